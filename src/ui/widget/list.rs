//! Lists of any length: only the entries in sight become text.

use std::collections::BTreeMap;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::ink;
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
    mut entry: impl FnMut(usize, u16) -> Vec<Line<'a>>,
) -> (Page, Vec<(Rect, usize)>) {
    let mut made = Made { entry: |at| entry(at, rect.width), lines: BTreeMap::new() };
    let selected = rows.cursor.selected.min(rows.len.saturating_sub(1));
    let cursor = Cursor { selected, ..rows.cursor };
    let top = top(cursor, rows.len, rect.height, |at| made.height(at));
    let (mut y, mut places) = (rect.y, Vec::new());
    for at in top..rows.len {
        if y >= rect.bottom() {
            break;
        }
        let begin = y;
        for line in made.lines(at) {
            if y < rect.bottom() {
                ink::line(frame.buffer_mut(), (rect.x, y), line, rect.width);
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

/// Entries as text, each made once.
struct Made<'a, F: FnMut(usize) -> Vec<Line<'a>>> {
    entry: F,
    lines: BTreeMap<usize, Vec<Line<'a>>>,
}

impl<'a, F: FnMut(usize) -> Vec<Line<'a>>> Made<'a, F> {
    fn lines(&mut self, at: usize) -> &[Line<'a>] {
        self.lines.entry(at).or_insert_with(|| (self.entry)(at))
    }

    fn height(&mut self, at: usize) -> u16 {
        u16::try_from(self.lines(at).len()).unwrap_or(u16::MAX).max(1)
    }
}

/// Which entry comes first so that the selected one is in sight: the same as before if that will do, else
/// the one that puts the selection in the middle, so that most keys move nothing but the selection.
fn top(cursor: Cursor, len: usize, rows: u16, mut height: impl FnMut(usize) -> u16) -> usize {
    if len == 0 {
        return 0;
    }
    if is_in_sight(cursor, rows, &mut height) {
        return cursor.top;
    }
    let selected = height(cursor.selected);
    let mut reach = |room: u16| {
        let (mut first, mut left) = (cursor.selected, room.saturating_sub(selected));
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
    let highest = reach(rows);
    let middle = reach(rows / 2 + selected).max(highest);
    // Near the end the last page stays full. An entry takes a row at least.
    if middle + usize::from(rows) <= len {
        return middle;
    }
    let (mut last, mut left) = (len, rows);
    while let Some(above) = last.checked_sub(1) {
        let taken = height(above);
        if taken > left {
            break;
        }
        left -= taken;
        last = above;
    }
    middle.min(last).max(highest)
}

/// Whether the selected entry is whole in sight below the one that was on top, or is that one.
fn is_in_sight(cursor: Cursor, rows: u16, height: &mut impl FnMut(usize) -> u16) -> bool {
    let between = cursor.selected.checked_sub(cursor.top);
    if between == Some(0) {
        return true;
    }
    if between.is_none_or(|between| between >= usize::from(rows)) {
        return false;
    }
    let mut left = rows;
    (cursor.top..=cursor.selected).all(|at| {
        let fits = left.checked_sub(height(at));
        left = fits.unwrap_or(0);
        fits.is_some()
    })
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
