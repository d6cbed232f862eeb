//! Lists of any length: only the entries in sight become text.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::app::{Cursor, Page};
use crate::ui::Theme;

/// How the selected entry is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Focus {
    /// The list has the keys.
    Here,
    /// Something else has them.
    Elsewhere,
    /// Nothing is selected.
    Nowhere,
}

/// A list to draw.
#[derive(Debug, Clone, Copy)]
pub struct Rows {
    /// Which entry is selected, and which was on top.
    pub cursor: Cursor,
    /// How many entries there are.
    pub len: usize,
    /// How the selected one is shown.
    pub focus: Focus,
}

/// Draws the entries in sight. `entry` gives the lines of an entry for a width, at least one.
///
/// Returns which part is in sight, and where each entry lies.
pub fn draw<'a>(
    rows: Rows,
    theme: &Theme,
    frame: &mut Frame,
    rect: Rect,
    entry: impl Fn(usize, u16) -> Vec<Line<'a>>,
) -> (Page, Vec<(Rect, usize)>) {
    let height = |at: usize| u16::try_from(entry(at, rect.width).len()).unwrap_or(u16::MAX).max(1);
    let selected = rows.cursor.selected.min(rows.len.saturating_sub(1));
    let top = top(Cursor { selected, ..rows.cursor }, rows.len, rect.height, height);
    let (mut y, mut places) = (rect.y, Vec::new());
    for at in top..rows.len {
        if y >= rect.bottom() {
            break;
        }
        let begin = y;
        for line in entry(at, rect.width) {
            if y < rect.bottom() {
                frame.buffer_mut().set_line(rect.x, y, &line, rect.width);
                y += 1;
            }
        }
        let place = Rect { y: begin, height: y - begin, ..rect };
        if at == selected && rows.focus != Focus::Nowhere {
            let first = Rect { height: place.height.min(1), ..place };
            frame.buffer_mut().set_style(first, theme.cursor(rows.focus == Focus::Here));
        }
        places.push((place, at));
    }
    let fits = if y < rect.bottom() { usize::from(rect.height) } else { places.len() };
    (Page { top, rows: fits.max(1) }, places)
}

/// Which entry comes first so that the selected one is in sight: the same as before if that will do, else
/// the one that puts the selection in the middle, so that most keys move nothing but the selection.
fn top(cursor: Cursor, len: usize, rows: u16, height: impl Fn(usize) -> u16) -> usize {
    let reach = |room: u16| {
        let (mut first, mut left) = (cursor.selected, room.saturating_sub(height(cursor.selected)));
        while let Some(above) = first.checked_sub(1) {
            let taken = height(above);
            if taken > left {
                break;
            }
            left -= taken;
            first = above;
        }
        first
    };
    if len == 0 {
        return 0;
    }
    let highest = reach(rows);
    if (highest..=cursor.selected).contains(&cursor.top) {
        return cursor.top;
    }
    let middle = reach(rows / 2 + height(cursor.selected)).max(highest);
    // Near the end the last page stays full.
    let mut last = len;
    let mut left = rows;
    while let Some(above) = last.checked_sub(1).filter(|above| height(*above) <= left) {
        left -= height(above);
        last = above;
    }
    middle.min(last).max(highest)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_selected_entry_is_always_in_sight(
            heights in proptest::collection::vec(1u16..4, 1..60),
            selected in 0usize..60,
            old in 0usize..60,
            rows in 4u16..20,
        ) {
            let len = heights.len();
            let selected = selected % len;
            let top = top(Cursor { selected, top: old }, len, rows, |at| heights[at]);
            let used: u16 = heights[top..=selected].iter().sum();
            prop_assert!(top <= selected && used <= rows);
        }
    }

    #[test]
    fn the_page_stays_while_the_selection_moves_inside_it_and_the_last_page_is_full() {
        let at = |selected, old| top(Cursor { selected, top: old }, 100, 10, |_| 1);
        assert_eq!(at(15, 10), 10);
        assert_eq!(at(20, 10), 15);
        assert_eq!(at(99, 0), 90);
        assert_eq!(at(0, 10), 0);
    }
}
