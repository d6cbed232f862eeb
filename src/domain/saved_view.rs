//! A way to look at a list of students that was given a name, and who is pinned to the top of one.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{id::Id, student::StudentId};

/// Names a saved view.
pub type SavedViewId = Id<SavedView>;

/// A filter and an order with a name.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedView {
    /// Identity.
    pub id: SavedViewId,
    /// What it is called.
    pub name: String,
    /// The filter as it is typed.
    pub filter: String,
    /// The order, by the word for it.
    pub sort: String,
}

/// Which list a view is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listed {
    /// The triage list.
    Triage,
    /// The list of tutees.
    Tutees,
    /// None: who is pinned to the top of the list of tutees.
    Pins,
    /// None: which commands were used.
    Tips,
    /// None: which columns a list does without.
    Columns,
}

impl SavedView {
    /// How the order of a view of the list of tutees begins.
    pub const TUTEES: &str = "tutees";
    /// The order of the view that holds who is pinned, in place of a filter by their identities.
    pub const PINS: &str = "pinned";

    /// The order of the view that holds which commands were used, in place of a filter by their names.
    pub const TIPS: &str = "used";
    /// How the order of the view begins that holds which columns a list does without, in place of a filter.
    pub const COLUMNS: &str = "columns";

    /// Which list it is of.
    #[must_use]
    pub fn listed(&self) -> Listed {
        listed(&self.sort)
    }

    /// Who is pinned by it.
    #[must_use]
    pub fn pinned(&self) -> BTreeSet<StudentId> {
        match self.listed() {
            Listed::Pins => self.filter.split_whitespace().filter_map(Id::parse).collect(),
            Listed::Triage | Listed::Tutees | Listed::Tips | Listed::Columns => BTreeSet::new(),
        }
    }
}

/// Which list an order is of.
#[must_use]
pub fn listed(sort: &str) -> Listed {
    match sort.split_whitespace().next() {
        Some(SavedView::TUTEES) => Listed::Tutees,
        Some(SavedView::PINS) => Listed::Pins,
        Some(SavedView::TIPS) => Listed::Tips,
        Some(SavedView::COLUMNS) => Listed::Columns,
        Some(_) | None => Listed::Triage,
    }
}
