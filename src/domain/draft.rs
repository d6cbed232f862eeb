//! Text that was typed and not yet saved: sealed on disk every few seconds, found again after a crash.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{id::Id, note::NoteId, student::StudentId};

/// Names a draft.
pub type DraftId = Id<Draft>;

/// What was being written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Writing {
    /// A note that is stored already.
    Note(NoteId),
    /// A form, by its code; which one is for the application to know.
    Form(u8),
}

/// Unsaved text: the raw fields of a form, or of a note.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// Identity.
    pub id: DraftId,
    /// About whom; it is sealed with this student's key.
    pub student: Option<StudentId>,
    /// What was being written.
    pub writing: Writing,
    /// Raw text by the name of the field.
    pub fields: Vec<(String, String)>,
    /// When it was kept, in milliseconds since 1970 in UTC.
    pub kept_ms: i64,
}

/// Prints the id, never content.
impl fmt::Debug for Draft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Draft({} …)", self.id)
    }
}
