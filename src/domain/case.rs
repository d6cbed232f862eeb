//! A case: a Student Success Action Plan (WST 4.3, 6.7), with its owner, stage, plan, contributions and outcome.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use strum::EnumIter;

use super::{id::Id, student::StudentId, tutor::TutorId, word::Choice};

/// Names a case.
pub type CaseId = Id<Case>;

/// One Student Success Action Plan.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// Identity.
    pub id: CaseId,
    /// Whose.
    pub student: StudentId,
    /// When it was opened.
    pub opened: NaiveDate,
    /// Who owns it.
    pub owner: TutorId,
    /// Why it was opened.
    pub why: String,
    /// How far it is.
    pub stage: Stage,
    /// The plan agreed with the student.
    pub plan: String,
    /// What others brought to it, the earliest first.
    pub contributions: Vec<Contribution>,
    /// When it is looked at again.
    pub review: Option<NaiveDate>,
    /// What came of it; empty while it is open.
    pub outcome: String,
    /// When it was closed.
    pub closed: Option<NaiveDate>,
}

/// What somebody brought to a case.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contribution {
    /// When.
    pub on: NaiveDate,
    /// Who, in words: `Wellbeing Adviser`.
    pub by: String,
    /// What.
    pub text: String,
}

/// How far a case is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Opened; no plan yet.
    Opened,
    /// A plan is agreed.
    Planned,
    /// The plan runs and is looked at.
    Reviewed,
    /// Closed, with an outcome.
    Closed,
}

impl Choice for Stage {
    fn code(self) -> u8 {
        match self {
            Self::Opened => 0,
            Self::Planned => 1,
            Self::Reviewed => 2,
            Self::Closed => 3,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Opened => "opened",
            Self::Planned => "plan agreed",
            Self::Reviewed => "under review",
            Self::Closed => "closed",
        }
    }
}
