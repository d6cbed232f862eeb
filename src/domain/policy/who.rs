//! To which students a rule applies.

use serde::{Deserialize, Serialize};

use crate::domain::student::{KindOfStudy, Mode, Status};

/// The students whom a rule is for; an empty list means all. By itself it leaves out who is interrupted,
/// withdrawn or has completed, unless `statuses` names them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Who {
    /// FHEQ levels.
    pub levels: Vec<u8>,
    /// Years of the programme.
    pub stages: Vec<u8>,
    /// Modes of study.
    pub modes: Vec<Mode>,
    /// Kinds of study.
    pub kinds: Vec<KindOfStudy>,
    /// Kinds of study that are left out.
    pub not_kinds: Vec<KindOfStudy>,
    /// Where the student stands.
    pub statuses: Vec<Status>,
    /// In the first year here, or not.
    pub new_entrant: Option<bool>,
    /// Under eighteen on the day, or not.
    pub under_18: Option<bool>,
    /// Came in time, or late.
    pub entry: Option<Entry>,
    /// With a second discipline, or without.
    pub joint: Option<bool>,
}

/// When a student came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Entry {
    /// By the end of induction week, or in an earlier year.
    InTime,
    /// Later: direct entry or late arrival (LJM 2).
    Late,
}
