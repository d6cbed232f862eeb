//! The profile: one folder, one person; and what it remembers for that person.

use serde::{Deserialize, Serialize};

use super::{id::Id, tutor::TutorId};

/// Names the profile record.
pub type ProfileId = Id<Profile>;

/// Names a remembered mapping.
pub type MappingId = Id<Mapping>;

/// Whose profile this is.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// Identity.
    pub id: ProfileId,
    /// The tutor who works here.
    pub owner: TutorId,
    /// Name of the institution; may be empty.
    pub institution: String,
    /// Code of the policy pack in use; empty if none was chosen.
    #[serde(default)]
    pub policy: String,
}

/// How the columns of a list were read last time, remembered by its header.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    /// Identity.
    pub id: MappingId,
    /// The header's columns, joined and folded.
    pub header: String,
    /// What each column holds, by the name of the field; empty if it is left out.
    pub columns: Vec<String>,
}
