//! Concerns and praise: what a person raised about a student.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use strum::EnumIter;

use super::{id::Id, student::StudentId, tutor::TutorId, word::Choice};

/// Names a concern or praise.
pub type FlagId = Id<Flag>;

/// A concern or a praise.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flag {
    /// Identity.
    pub id: FlagId,
    /// About whom.
    pub student: StudentId,
    /// Concern or praise.
    pub kind: FlagKind,
    /// When it was raised.
    pub on: NaiveDate,
    /// Who raised it, in words: a module leader, a warden, the student.
    pub raised_by: String,
    /// What.
    pub text: String,
    /// How urgent a concern is; of praise without meaning.
    pub urgency: Urgency,
    /// When and how it was closed, if it was.
    pub closed: Option<Closed>,
    /// Which tutor recorded it.
    pub tutor: TutorId,
}

/// How a concern ended.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closed {
    /// When.
    pub on: NaiveDate,
    /// What came of it; may be empty.
    pub text: String,
}

impl Flag {
    /// Whether it is a concern that nobody has closed.
    #[must_use]
    pub fn is_open_concern(&self) -> bool {
        self.kind == FlagKind::Concern && self.closed.is_none()
    }
}

/// What was raised.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum FlagKind {
    /// Something to worry about.
    Concern,
    /// Something done well.
    Praise,
}

impl Choice for FlagKind {
    fn code(self) -> u8 {
        match self {
            Self::Concern => 0,
            Self::Praise => 1,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Concern => "concern",
            Self::Praise => "praise",
        }
    }
}

/// How soon a concern wants a word (LEI Appendix 3).
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Urgency {
    /// Nothing to do now.
    Watch,
    /// A word this week.
    Soon,
    /// Today.
    Urgent,
}

impl Choice for Urgency {
    fn code(self) -> u8 {
        match self {
            Self::Watch => 0,
            Self::Soon => 1,
            Self::Urgent => 2,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Watch => "keep an eye on",
            Self::Soon => "this week",
            Self::Urgent => "urgent",
        }
    }
}
