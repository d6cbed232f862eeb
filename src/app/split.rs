//! Where the panes of the desk meet: as it comes, or where a divider was dragged to, until the program ends.

use super::area::Area;

/// What lies between two panes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Divider {
    /// Right of the first of three columns.
    Left,
    /// Left of the last of three columns.
    Right,
    /// Between the only two columns.
    Two,
    /// Between timeline and note.
    Across,
}

/// Where the dividers were dragged to; none as it comes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Splits {
    /// Columns of the first of three.
    pub left: Option<u16>,
    /// Columns of the last of three.
    pub right: Option<u16>,
    /// Columns of the first of two.
    pub two: Option<u16>,
    /// Rows of the timeline above the note.
    pub across: Option<u16>,
}

impl Splits {
    /// Puts a divider to a cell of the area of all panes; drawing keeps both sides readable.
    pub fn drag(&mut self, divider: Divider, panes: Area, (x, y): (u16, u16)) {
        let before = x.saturating_sub(panes.x).saturating_add(1);
        match divider {
            Divider::Left => self.left = Some(before),
            Divider::Two => self.two = Some(before),
            Divider::Right => {
                self.right = Some(panes.x.saturating_add(panes.width).saturating_sub(x));
            }
            Divider::Across => self.across = Some(y.saturating_sub(panes.y).saturating_add(1)),
        }
    }

    /// A size that was dragged, no smaller than `least` and leaving as much beside it; else the size as it comes.
    #[must_use]
    pub fn size(dragged: Option<u16>, usual: u16, (least, whole): (u16, u16)) -> u16 {
        let most = whole.saturating_sub(least).max(least);
        dragged.map_or(usual, |size| size.clamp(least, most)).min(whole)
    }
}
