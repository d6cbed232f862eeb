//! The pane that has the focus, read from the screen: its frame is heavy, and says which entry of how many is in hand.

use super::{keys::Keys, program::Program};

/// The row in which panes begin.
const TOP: u16 = 1;

/// How much of a list is in view.
struct Pane {
    total: usize,
    page: usize,
}

impl Pane {
    fn focused(program: &Program) -> Option<Self> {
        let (rows, columns) = program.screen().size();
        let is = |row, column, sign| {
            program.screen().cell(row, column).is_some_and(|cell| cell.contents() == sign)
        };
        let left = (0..columns.get()).find(|column| is(TOP, *column, "┏"))?;
        let right = (left..columns.get()).find(|column| is(TOP, *column, "┓"))?;
        let bottom = (TOP..rows.get()).find(|row| is(*row, left, "┗"))?;
        let title = program.screen().contents_between(TOP, left, TOP, right);
        let total = title.rsplit_once(" of ")?.1.trim_end().parse().ok()?;
        Some(Self { total, page: usize::from(bottom - TOP - 1) })
    }
}

/// Goes beyond the end of the page row by row, so often that there are this many keys; none when all is in view.
pub fn scroll(program: &mut Program, keys: usize) -> Option<Keys> {
    let Pane { total, page } = Pane::focused(program)?;
    let beyond = total.saturating_sub(page + 1);
    if beyond < 3 {
        return None;
    }
    let mut scrolled = Keys::default();
    while scrolled.0.len() < keys {
        program.key("gg");
        program.key(&"j".repeat(page - 1));
        let round = Keys::of(program, vec!["j"; beyond.min(keys)]);
        if round.0.is_empty() {
            return None;
        }
        scrolled.0.extend(round.0);
    }
    Some(scrolled)
}
