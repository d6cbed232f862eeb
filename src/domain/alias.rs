//! What another program calls a student, chosen once by a person where a name alone did not say who it is.

use serde::{Deserialize, Serialize};

use super::{engagement::Source, id::Id, student::StudentId};

/// Names an alias.
pub type AliasId = Id<Alias>;

/// One name of a student in one source.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alias {
    /// Identity.
    pub id: AliasId,
    /// Whose.
    pub student: StudentId,
    /// In which source.
    pub source: Source,
    /// The name there, folded.
    pub name: String,
}
