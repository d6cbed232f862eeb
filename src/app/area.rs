//! What a drawing tells the model: sizes, and what lies where for the mouse. Plain numbers, no terminal types.

use super::command::Command;
use super::model::Pane;

/// A rectangle of the screen in cells.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Area {
    /// Leftmost column.
    pub x: u16,
    /// Topmost row.
    pub y: u16,
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

impl Area {
    /// Whether the cell lies inside.
    #[must_use]
    pub fn contains(self, x: u16, y: u16) -> bool {
        (self.x..self.x.saturating_add(self.width)).contains(&x)
            && (self.y..self.y.saturating_add(self.height)).contains(&y)
    }
}

/// What a click in an area means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// Somewhere in a pane.
    Pane(Pane),
    /// The entry of a pane's list, counted from 0.
    Row(Pane, usize),
    /// Somewhere in the topmost popup.
    Popup,
    /// The entry of the topmost popup's list, counted from 0.
    PopupRow(usize),
    /// The field of the form on top, counted from 0.
    Field(usize),
    /// A command shown in the hint line or the tabs.
    Command(Command),
}

/// What the last drawing learnt.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Screen {
    /// The whole terminal.
    pub area: Area,
    /// What lies where; later entries lie on top.
    pub targets: Vec<(Area, Target)>,
    /// How many entries fit in each drawn pane.
    pub pages: Vec<(Pane, usize)>,
    /// How many entries fit in the topmost popup.
    pub popup_page: usize,
    /// The columns into which the topmost editor wraps its text, 0 if none was drawn.
    pub text_width: u16,
}

impl Screen {
    /// What lies under the cell, the topmost first.
    #[must_use]
    pub fn at(&self, x: u16, y: u16) -> Option<Target> {
        let found = self.targets.iter().rev().find(|(area, _)| area.contains(x, y));
        found.map(|(_, target)| *target)
    }

    /// How many entries of the pane fit; 1 if it was not drawn.
    #[must_use]
    pub fn page(&self, pane: Pane) -> usize {
        let found = self.pages.iter().find(|(drawn, _)| *drawn == pane);
        found.map_or(1, |(_, rows)| (*rows).max(1))
    }
}
