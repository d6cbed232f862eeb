//! The cursor of a list: which entry is selected, and which is drawn first.

use super::area::Page;
use super::command::{Choose, List};

/// The selected entry of a list, and where its picture began.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cursor {
    /// The selected entry, counted from 0; means nothing in an empty list.
    pub selected: usize,
    /// The entry that the last drawing showed first.
    pub top: usize,
}

impl Cursor {
    /// Moves in a list of `len` entries of which `page` tells how many were drawn from which on.
    pub fn go(&mut self, command: List, len: usize, page: Page) {
        let rows = page.rows.max(1);
        self.top = page.top;
        let last = len.saturating_sub(1);
        let to = match command {
            List::Down => self.selected.saturating_add(1),
            List::Up => self.selected.saturating_sub(1),
            List::HalfPageDown => self.selected.saturating_add((rows / 2).max(1)),
            List::HalfPageUp => self.selected.saturating_sub((rows / 2).max(1)),
            List::PageDown => self.selected.saturating_add(rows),
            List::PageUp => self.selected.saturating_sub(rows),
            List::First => 0,
            List::Last => last,
        };
        self.selected = to.min(last);
    }

    /// Moves in a list under a line of typed text; says whether the command was a movement.
    pub fn choose(&mut self, command: Choose, len: usize, page: Page) -> bool {
        let list = match command {
            Choose::Next => List::Down,
            Choose::Previous => List::Up,
            Choose::PageDown => List::PageDown,
            Choose::PageUp => List::PageUp,
            Choose::Accept | Choose::Leave => return false,
        };
        self.go(list, len, page);
        true
    }

    /// Keeps the selection inside a list that has become shorter.
    pub fn clamp(&mut self, len: usize) {
        self.selected = self.selected.min(len.saturating_sub(1));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: Page = Page { top: 0, rows: 10 };

    #[test]
    fn the_cursor_never_leaves_the_list() {
        let mut cursor = Cursor::default();
        for command in [List::Up, List::PageUp, List::HalfPageUp, List::First] {
            cursor.go(command, 3, PAGE);
            assert_eq!(cursor.selected, 0);
        }
        for command in [List::Last, List::Down, List::PageDown, List::HalfPageDown] {
            cursor.go(command, 3, PAGE);
            assert_eq!(cursor.selected, 2);
        }
        cursor.go(List::Last, 0, PAGE);
        assert_eq!(cursor.selected, 0);
    }

    #[test]
    fn a_page_is_what_was_drawn() {
        let mut cursor = Cursor::default();
        cursor.go(List::PageDown, 100, PAGE);
        assert_eq!(cursor.selected, 10);
        cursor.go(List::HalfPageUp, 100, PAGE);
        assert_eq!(cursor.selected, 5);
    }
}
