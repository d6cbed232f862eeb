//! A way to look at the triage list that was given a name.

use serde::{Deserialize, Serialize};

use super::id::Id;

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
