//! One import of signals: which source, about which module, when, and how far it knows.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{engagement::Source, id::Id, module::ModuleId};

/// Names an import.
pub type BatchId = Id<Batch>;

/// One import of signals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Batch {
    /// Identity.
    pub id: BatchId,
    /// The source.
    pub source: Source,
    /// The module it is about.
    pub module: ModuleId,
    /// The day it was imported.
    pub on: NaiveDate,
    /// The day its file was made: it knows every day before.
    pub as_of: NaiveDate,
    /// How many rows it had.
    pub rows: u32,
    /// How many students it spoke of.
    pub students: u32,
}
