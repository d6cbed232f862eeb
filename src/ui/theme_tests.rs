//! Pictures of every theme and mode, and what must be seen in each: selection, focus and who is at risk.

use std::collections::HashSet;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};

use super::frames_tests::{demo, long, one};
use super::theme::{Colours, Depth, Lines, Palette, Role, files};
use super::{Theme, draw};
use crate::app::testing::Desk;
use crate::domain::policy::example::policy;
use crate::domain::records::Records;

/// Every theme, and every mode of a terminal, by name.
fn modes() -> Vec<(&'static str, Theme)> {
    let theme = |name: &str| Theme { palette: files::builtin(name).unwrap(), ..Theme::default() };
    let in_sixteen = |theme: Theme| {
        let palette = theme.palette.shown_in(Depth::Sixteen, files::terminal);
        Theme { palette, ..theme }
    };
    let auto = Theme { palette: files::suiting((255, 255, 255)), ..Theme::default() };
    vec![
        ("dark", theme("dark")),
        ("light", theme("light")),
        ("high_contrast", theme("high-contrast")),
        ("terminal", theme("terminal")),
        ("none", theme("none")),
        ("auto_on_light", auto),
        ("sixteen_colours", in_sixteen(theme("dark"))),
        ("no_color", Theme::new(Colours::Unused)),
        ("ascii", Theme { lines: Lines::Ascii, ..Theme::default() }),
        ("ascii_no_color", Theme { lines: Lines::Ascii, ..Theme::new(Colours::Unused) }),
    ]
}

fn buffer(desk: &mut Desk, theme: &Theme, (width, height): (u16, u16)) -> Buffer {
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    let mut screen = None;
    terminal.draw(|frame| screen = Some(draw(&desk.model, theme, frame))).unwrap();
    desk.effects.extend(desk.model.drawn(screen.unwrap()));
    terminal.backend().buffer().clone()
}

/// The text of a picture, and below it each style with the rows and columns that have it.
fn styled(buffer: &Buffer) -> String {
    let width = usize::from(buffer.area.width);
    let mut told = String::new();
    for row in buffer.content.chunks(width) {
        let text: String = row.iter().map(Cell::symbol).collect();
        told.push_str(text.trim_end());
        told.push('\n');
        let mut from = 0;
        let mut runs = Vec::new();
        while let Some(first) = row.get(from) {
            let look = (first.fg, first.bg, first.modifier);
            let same = row[from..].iter().take_while(|it| (it.fg, it.bg, it.modifier) == look);
            let to = from + same.count();
            let ground =
                if first.bg == Color::Reset { String::new() } else { format!(" on {}", first.bg) };
            let plain = look == (Color::Reset, Color::Reset, Modifier::empty());
            if !plain {
                let modifier = format!("{:?}", first.modifier).replace("NONE", "");
                runs.push(format!("{from}-{} {}{ground} {modifier}", to - 1, first.fg));
            }
            from = to;
        }
        if !runs.is_empty() {
            told.push_str(&["    ", &runs.join("; "), "\n"].concat());
        }
    }
    told
}

#[test]
fn a_picture_of_every_theme_and_mode() {
    for (name, theme) in modes() {
        let mut desk = Desk::under(demo(), policy());
        buffer(&mut desk, &theme, (80, 24));
        let picture = styled(&buffer(&mut desk.keys("j"), &theme, (80, 24)));
        insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(format!("theme__{name}_80x24"), picture);
        });
    }
}

#[test]
fn selection_focus_and_risk_are_seen_in_every_theme_without_any_colour() {
    for (name, theme) in modes() {
        let mut desk = Desk::under(demo(), policy());
        let shown = buffer(&mut desk, &theme, (80, 24));
        let cells =
            |what: &dyn Fn(&Cell) -> bool| shown.content.iter().filter(|it| what(it)).count();
        let has = |cell: &Cell, modifier| cell.modifier.contains(modifier);
        assert!(
            cells(&|it| has(it, Modifier::REVERSED)) > 20,
            "{name}: the selected row is reversed"
        );
        let thick = if theme.lines == Lines::Ascii { "[" } else { "┃" };
        let side = |it: &Cell| it.symbol() == thick && has(it, Modifier::BOLD);
        assert!(cells(&side) > 15, "{name}: the frame with the keys has lines of its own");
        let urgent = if theme.lines == Lines::Ascii { "#" } else { "‼" };
        let sign = |it: &Cell| it.symbol() == urgent && has(it, Modifier::BOLD);
        assert!(cells(&sign) > 0, "{name}: who is at risk has a sign, in bold");
        let row: Vec<&Cell> = shown.content.iter().skip(80 * 2).take(80).collect();
        let told: String = row.iter().map(|cell| cell.symbol()).collect();
        assert!(told.contains(&format!("{urgent} ")), "{name}: {told}");
    }
}

#[test]
fn without_colours_no_cell_has_one_and_a_theme_with_a_ground_paints_every_cell() {
    for (name, theme) in modes() {
        let mut desk = Desk::under(demo(), policy()).keys("?");
        let shown = buffer(&mut desk, &theme, (80, 24));
        let ground = theme.palette.get(Role::Ground);
        let none = theme.colours == Colours::Unused || theme.palette == Palette::default();
        for cell in &shown.content {
            assert!(!none || (cell.fg, cell.bg) == (Color::Reset, Color::Reset), "{name}");
            assert!(none || cell.bg == ground, "{name}");
            let painted = ground != Color::Reset && !none;
            assert!(!painted || cell.fg != Color::Reset, "{name}");
        }
    }
}

/// Every screen, pane, popup and form that keys lead to.
const EVERYWHERE: &[&str] = &[
    "",
    "j ",
    "G",
    "⇥",
    "⇥jj",
    "⇥⇥",
    "⇥⇥⇥",
    "⇤",
    "⇤f",
    "/an",
    "/an⏎",
    "/zzz",
    "//",
    ":",
    ":zzz",
    "?",
    "?zz",
    "g",
    "gc",
    "gm",
    "gm⇥",
    "gr",
    "gr⏎",
    "go",
    "gd",
    "gp",
    "gt",
    "gw",
    "L",
    "L⏎",
    "m",
    "m⇥⇥",
    "m‹ctrl-s›",
    "n",
    "c",
    "a",
    "a‹ctrl-s›",
    "r",
    "!",
    "+",
    "C",
    "p",
    "t",
    "w",
    "b",
    "W",
    "=",
    "e",
    "A",
    "I",
    "M",
    "d",
    "z",
    "x",
    "D",
    "2",
    "2⇥",
    "2gs",
    "2v",
    "2V",
    "2f",
    "2*z",
    "3",
    "3l",
    "3f",
    "3⇥",
    "3 jl",
    "3M",
    "3i",
    "aagain⎋",
    "s",
    "S",
    "‹ctrl-l›",
    "‹ctrl-l›secret",
];

/// Letters that people have written: the program itself draws none beyond ASCII.
fn written(records: &Records) -> HashSet<char> {
    let all: Vec<_> = records.all().into_iter().map(|(_, record)| record).collect();
    let text = String::from_utf8(crate::exchange::json::write(&all)).unwrap();
    text.chars().filter(|c| c.is_alphabetic() || c.is_numeric()).collect()
}

#[test]
fn the_sign_of_an_order_is_no_letter_of_the_column_where_it_is_one_of_ascii() {
    let theme = Theme { lines: Lines::Ascii, ..Theme::default() };
    let mut desk = Desk::with(demo()).keys("2");
    let head = |desk: &mut Desk| {
        let buffer = buffer(desk, &theme, (80, 24));
        (0..80).map(|x| buffer[(x, 2)].symbol().to_owned()).collect::<String>()
    };
    assert!(head(&mut desk).contains(" Severity v "), "{}", head(&mut desk));
    let mut desk = desk.keys("gs‹end›kkk⏎");
    assert!(head(&mut desk).contains(" Age v "), "{}", head(&mut desk));
}

#[test]
fn in_ascii_no_screen_draws_anything_else_but_what_people_have_written() {
    let theme = Theme { lines: Lines::Ascii, ..Theme::default() };
    for (records, sizes) in [
        (demo(), &[(80, 24), (160, 50), (30, 10)][..]),
        (one(), &[(160, 50)]),
        (long(), &[(80, 24)]),
        (Records::default(), &[(80, 24), (19, 5)]),
    ] {
        let letters = written(&records);
        for keys in EVERYWHERE {
            for size in sizes.iter().copied() {
                let mut desk = Desk::under(records.clone(), policy());
                buffer(&mut desk, &theme, size);
                let shown = buffer(&mut desk.keys(keys), &theme, size);
                for (at, cell) in shown.content.iter().enumerate() {
                    let strange = |c: char| !c.is_ascii() && !letters.contains(&c);
                    let combined =
                        cell.symbol().chars().next().is_some_and(|c| letters.contains(&c));
                    assert!(
                        combined || !cell.symbol().chars().any(strange),
                        "{:?} at {:?} after {keys:?}",
                        cell.symbol(),
                        shown.pos_of(at)
                    );
                }
            }
        }
    }
}
