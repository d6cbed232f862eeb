//! What a drawing tells the model: sizes, and what lies where for the mouse. Plain numbers, no terminal types.

use super::command::{Command, List};
use super::model::Pane;
use super::split::Divider;
use super::triage::Column;
use crate::domain::note::{Confidentiality, Note, NoteId};

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
    /// The row and the slot where a student and a slot cross, both counted from 0.
    Cell(usize, usize),
    /// The divider between two panes of the desk.
    Divider(Divider),
    /// The head of a column of the triage list.
    Head(Column),
    /// Somewhere in the topmost popup.
    Popup,
    /// The entry of the topmost popup's list, counted from 0.
    PopupRow(usize),
    /// The field of the form on top, counted from 0.
    Field(usize),
    /// A command shown in the hint line or the tabs.
    Command(Command),
}

/// Which part of a list was drawn.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Page {
    /// The first entry drawn, counted from 0.
    pub top: usize,
    /// How many entries were drawn, or would fit.
    pub rows: usize,
}

impl Page {
    /// The first line of a text after a move; drawing cuts what is too far.
    #[must_use]
    pub fn scrolled(self, command: List) -> usize {
        let rows = self.rows.max(1);
        match command {
            List::Down => self.top.saturating_add(1),
            List::Up => self.top.saturating_sub(1),
            List::HalfPageDown => self.top.saturating_add((rows / 2).max(1)),
            List::HalfPageUp => self.top.saturating_sub((rows / 2).max(1)),
            List::PageDown => self.top.saturating_add(rows),
            List::PageUp => self.top.saturating_sub(rows),
            List::First => 0,
            List::Last => usize::MAX,
        }
    }
}

/// What the last drawing learnt.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Screen {
    /// The whole terminal.
    pub area: Area,
    /// Where the panes of the desk are.
    pub panes: Area,
    /// What lies where; later entries lie on top.
    pub targets: Vec<(Area, Target)>,
    /// What each drawn pane shows of its list.
    pub pages: Vec<(Pane, Page)>,
    /// What the topmost popup shows of its list.
    pub popup: Page,
    /// Where the long text lies that has the keys, or that a click would give them to.
    pub text: Option<Area>,
    /// The notes restricted to their author of which any text is in the picture.
    pub restricted: Vec<NoteId>,
    /// Whether the records have changed under it, so that what it shows is not what there is.
    pub stale: bool,
}

impl Screen {
    /// What lies under the cell, the topmost first.
    #[must_use]
    pub fn at(&self, x: u16, y: u16) -> Option<Target> {
        let found = self.targets.iter().rev().find(|(area, _)| area.contains(x, y));
        found.map(|(_, target)| *target)
    }

    /// Text of the note is in the picture.
    pub fn shows(&mut self, note: &Note) {
        if note.confidentiality == Confidentiality::Restricted {
            self.restricted.push(note.id);
        }
    }

    /// What the pane showed of its list; one entry if it was not drawn.
    #[must_use]
    pub fn page(&self, pane: Pane) -> Page {
        let found = self.pages.iter().find(|(drawn, _)| *drawn == pane);
        found.map_or(Page { top: 0, rows: 1 }, |(_, page)| *page)
    }
}
