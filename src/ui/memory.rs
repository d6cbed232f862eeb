//! What each pane of the desk looked like last, and what it was drawn from: one that would look the same is not drawn
//! anew. Most keys change one or two panes.
//!
//! A pane is remembered only while it has no keys and shows a list or a text. Then it reads nothing of the model but what
//! [`Seen`] holds; the tests compare every picture with one that is drawn anew.

use std::{
    fmt,
    sync::{Arc, Weak},
};

use chrono::NaiveDate;
use ratatui::{Frame, buffer::Cell, layout::Rect};

use super::{Theme, pane::Canvas};
use crate::{
    app::{
        Area, Model, Page, Pane, Screen, Target,
        msg::Access,
        rules::Rules,
        watched::{Mark, Watched},
    },
    domain::{note::NoteId, records::Records, student::StudentId, tutee::Scope},
};

/// How a pane is drawn.
pub(super) type Draw = fn(&Canvas<'_>, &mut Frame, Rect, &mut Screen);

/// The panes as they were drawn last.
#[derive(Default)]
pub struct Memory(Vec<Kept>);

impl fmt::Debug for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Memory(…)")
    }
}

/// A pane as it was drawn.
struct Kept {
    pane: Pane,
    seen: Seen,
    /// From the second time on: a pane that changes with every key is not worth it.
    picture: Option<Picture>,
}

/// Its cells, row by row, and what the drawing told.
struct Picture {
    cells: Vec<Cell>,
    targets: Vec<(Area, Target)>,
    pages: Vec<(Pane, Page)>,
    restricted: Vec<NoteId>,
}

/// Everything that a pane without keys is drawn from.
struct Seen {
    theme: Theme,
    rect: Rect,
    today: NaiveDate,
    student: Option<StudentId>,
    scope: Scope,
    access: Access,
    // Changing what an `Arc` holds moves it away from those who look without holding it.
    records: Weak<Records>,
    rules: Weak<Rules>,
    parts: Vec<Mark>,
}

impl Seen {
    fn of(canvas: &Canvas<'_>, rect: Rect) -> Self {
        let Model { desk, records, rules, access, .. } = canvas.model;
        let parts = match canvas.pane {
            Pane::Tutees => vec![Watched::mark(&desk.tutees)],
            Pane::Timeline => vec![Watched::mark(&desk.timeline)],
            Pane::Note => vec![Watched::mark(&desk.timeline), Watched::mark(&desk.note)],
            Pane::Engagement => vec![Watched::mark(&desk.engagement)],
            Pane::Alerts => vec![Watched::mark(&desk.alerts)],
        };
        Self {
            theme: *canvas.theme,
            rect,
            today: desk.today,
            student: desk.student(),
            scope: desk.scope.clone(),
            access: access.clone(),
            records: Arc::downgrade(records),
            rules: Arc::downgrade(rules),
            parts,
        }
    }
}

impl PartialEq for Seen {
    fn eq(&self, other: &Self) -> bool {
        self.parts == other.parts
            && self.records.ptr_eq(&other.records)
            && self.rules.ptr_eq(&other.rules)
            && (self.rect, self.today, self.student) == (other.rect, other.today, other.student)
            && (&self.scope, &self.access) == (&other.scope, &other.access)
            && self.theme == other.theme
    }
}

impl Memory {
    /// Forgets everything: what is not shown is not kept.
    pub fn forget(&mut self) {
        self.0.clear();
    }

    /// Forgets the panes that have no place any more.
    pub(super) fn keep_only(&mut self, places: &[(Pane, Rect)]) {
        self.0.retain(|kept| places.iter().any(|(pane, _)| *pane == kept.pane));
    }

    /// Draws a pane, or shows it as it was.
    pub(super) fn draw(
        &mut self,
        canvas: &Canvas<'_>,
        draw: Draw,
        frame: &mut Frame,
        rect: Rect,
        screen: &mut Screen,
    ) {
        let at = self.0.iter().position(|kept| kept.pane == canvas.pane);
        let before = at.map(|at| self.0.swap_remove(at));
        if canvas.has_keys() {
            return draw(canvas, frame, rect, screen);
        }
        let seen = Seen::of(canvas, rect);
        let before = before.filter(|kept| kept.seen == seen);
        let again = before.is_some();
        let picture = if let Some(picture) = before.and_then(|kept| kept.picture) {
            picture.show(frame, rect, screen);
            Some(picture)
        } else {
            let ends = (screen.targets.len(), screen.pages.len(), screen.restricted.len());
            draw(canvas, frame, rect, screen);
            // What an empty pane says depends on what every key would do.
            if screen.pages.len() == ends.1 {
                return;
            }
            again.then(|| Picture::of(frame, rect, screen, ends))
        };
        self.0.push(Kept { pane: canvas.pane, seen, picture });
    }
}

impl Picture {
    /// What was drawn there, and what the drawing told behind these ends.
    fn of(frame: &mut Frame, rect: Rect, screen: &Screen, ends: (usize, usize, usize)) -> Self {
        let (targets, pages, restricted) = ends;
        Self {
            cells: rows(frame, rect).flat_map(|row| row.iter().cloned()).collect(),
            targets: screen.targets.get(targets..).unwrap_or_default().to_vec(),
            pages: screen.pages.get(pages..).unwrap_or_default().to_vec(),
            restricted: screen.restricted.get(restricted..).unwrap_or_default().to_vec(),
        }
    }

    fn show(&self, frame: &mut Frame, rect: Rect, screen: &mut Screen) {
        let cells = self.cells.chunks(usize::from(rect.width).max(1));
        for (row, kept) in rows(frame, rect).zip(cells) {
            row.iter_mut().zip(kept).for_each(|(cell, kept)| cell.clone_from(kept));
        }
        screen.targets.extend_from_slice(&self.targets);
        screen.pages.extend_from_slice(&self.pages);
        screen.restricted.extend_from_slice(&self.restricted);
    }
}

/// The cells of a place, row by row.
fn rows<'a>(frame: &'a mut Frame, rect: Rect) -> impl Iterator<Item = &'a mut [Cell]> {
    let picture = frame.buffer_mut();
    let rect = rect.intersection(picture.area);
    let (left, width) = (usize::from(rect.x - picture.area.x), usize::from(rect.width));
    let above = usize::from(rect.y - picture.area.y);
    let all = picture.content.chunks_exact_mut(usize::from(picture.area.width).max(1));
    let mine = all.skip(above).take(rect.height.into());
    mine.filter_map(move |row| row.get_mut(left..left + width))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::{Terminal, backend::TestBackend, buffer::Buffer};

    use super::*;
    use crate::app::testing::Desk;
    use crate::ui::{draw, draw_again, frames_tests::demo};

    /// Keys of every kind: most of them move, some open and close, some change what is shown or kept.
    const KEYS: [&str; 44] = [
        "j",
        "j",
        "j",
        "k",
        "⇥",
        "⇥",
        "⇤",
        "j",
        "k",
        "g",
        "G",
        "‹ctrl-d›",
        "‹ctrl-u›",
        "⏎",
        "⎋",
        "⎋",
        "/",
        "a",
        "e",
        "⌫",
        "n",
        "x",
        " ",
        "?",
        ":",
        "m",
        "s",
        "f",
        "F",
        "v",
        "t",
        "p",
        "P",
        "S",
        "1",
        "2",
        "3",
        "u",
        "‹ctrl-s›",
        "y",
        "l",
        "h",
        "o",
        "‹ctrl-f›",
    ];

    fn picture(paint: impl FnOnce(&mut Frame) -> Screen) -> (Buffer, Screen) {
        let mut terminal = Terminal::new(TestBackend::new(120, 36)).unwrap();
        let mut screen = None;
        terminal.draw(|frame| screen = Some(paint(frame))).unwrap();
        (terminal.backend().buffer().clone(), screen.unwrap())
    }

    /// Presses these keys, and compares each picture with one that is drawn anew; how many panes came from memory.
    fn press<'a>(keys: impl Iterator<Item = &'a str>) -> usize {
        let (mut desk, mut memory) = (Desk::with(demo()), Memory::default());
        let (theme, mut remembered) = (Theme::default(), 0);
        for key in keys {
            desk = desk.keys(key).saved();
            for _ in 0..2 {
                let model = &desk.model;
                let anew = picture(|frame| draw(model, &theme, frame));
                let again = picture(|frame| draw_again(model, &theme, frame, &mut memory));
                assert_eq!(again, anew, "after {key}");
                desk.effects.extend(desk.model.drawn(again.1));
            }
            remembered += memory.0.iter().filter(|kept| kept.picture.is_some()).count();
        }
        remembered
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(16))]
        #[test]
        fn what_is_remembered_is_what_would_be_drawn(
            keys in proptest::collection::vec(proptest::sample::select(&KEYS[..]), 1..30),
        ) {
            press(keys.into_iter());
        }
    }

    #[test]
    fn panes_that_a_key_does_not_change_are_remembered() {
        let moves = ["⇥", "j", "j", "k", "k", "j", "k"];
        assert!(press(moves.into_iter()) >= 4 * moves.len() - 4);
    }

    #[test]
    fn a_pane_that_has_no_place_any_more_is_not_remembered() {
        let (mut desk, mut memory, theme) =
            (Desk::with(demo()), Memory::default(), Theme::default());
        for size in [(120, 36), (120, 36), (80, 24)] {
            let mut terminal = Terminal::new(TestBackend::new(size.0, size.1)).unwrap();
            let mut screen = Screen::default();
            let paint =
                |frame: &mut Frame| screen = draw_again(&desk.model, &theme, frame, &mut memory);
            terminal.draw(paint).unwrap();
            desk.model.drawn(screen);
        }
        assert!(!memory.0.is_empty() && memory.0.len() < 3, "{}", memory.0.len());
    }

    #[test]
    fn nothing_is_remembered_behind_the_lock() {
        let (mut desk, mut memory) = (Desk::with(demo()), Memory::default());
        for _ in 0..3 {
            picture(|frame| draw_again(&desk.model, &Theme::default(), frame, &mut memory));
        }
        assert!(!memory.0.is_empty());
        desk.model.locked = true;
        picture(|frame| draw_again(&desk.model, &Theme::default(), frame, &mut memory));
        assert!(memory.0.is_empty());
    }
}
