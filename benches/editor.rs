//! A key in a long note: the editor alone, drawn.

use std::time::Duration;

use ratatui::{Terminal, backend::TestBackend};
use tutelage::{app::editor::Editor, domain::demo::Scale};

use crate::{
    floor::Floor,
    measure::{Against, Sheet, Times},
    world::World,
};

const KEYS: usize = 300;
const LINE: &str = "- what was said ";

pub fn run(world: &World, sheet: &mut Sheet) {
    if world.scale != Scale::Tutor {
        return;
    }
    let mut floor = Floor::new(1_000);
    let mut terminal = Terminal::new(TestBackend::new(80, 24)).unwrap();
    let plain = Times::of(KEYS, |_| floor.step(&mut terminal));
    let mut short = Editor::new(&note(10));
    let base = typing(world, &mut short, &mut terminal);
    let against = || {
        [
            Against {
                what: "a key in a note of 10 lines",
                took: base.median().into(),
                at_most: None,
            },
            Against { what: "8 ms", took: Duration::from_millis(8).into(), at_most: Some(1.0) },
            Against {
                what: "one row on in a plain list",
                took: plain.median().into(),
                at_most: None,
            },
        ]
    };
    for (what, lines) in [("a key at 1,000 lines", 1_000), ("a key at 10,000 lines", 10_000)] {
        let mut editor = Editor::new(&note(lines));
        let times = typing(world, &mut editor, &mut terminal);
        sheet.row(what, times.median(), &against());
    }
    let mut editor = Editor::new(&note(1_000));
    let pasted = "words and words and ".repeat(100);
    let paste = Times::of(5, |_| editor.paste(&pasted));
    sheet.row("paste 2,000 characters", paste.median(), &against());
}

/// A note of so many lines, short enough for the limit.
fn note(lines: usize) -> String {
    let line = if lines > 2_000 { "- ok" } else { LINE };
    vec![line; lines].join("\n")
}

fn typing(world: &World, editor: &mut Editor, terminal: &mut Terminal<TestBackend>) -> Times {
    editor.go(tutelage::app::editor::Pos { row: editor.line_count() / 2, col: 3 });
    Times::of(KEYS, |round| {
        editor.type_char(if round % 6 == 0 { ' ' } else { 'e' }, world.now);
        terminal.draw(|frame| frame.render_widget(editor.area(), frame.area())).unwrap();
    })
}
