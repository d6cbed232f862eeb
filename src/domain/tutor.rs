//! Tutors, their role, and who tutors whom.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use strum::EnumIter;

use super::{id::Id, student::StudentId, word::Choice};

/// Names a tutor.
pub type TutorId = Id<Tutor>;

/// Names an allocation.
pub type AllocationId = Id<Allocation>;

/// A personal tutor or senior tutor.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tutor {
    /// Identity.
    pub id: TutorId,
    /// Name as printed, with title.
    pub name: String,
    /// E-mail; may be empty.
    pub email: String,
    /// Staff number or code; may be empty.
    pub number: String,
    /// School; may be empty.
    pub school: String,
    /// Role.
    pub role: Role,
}

/// Chooses the home screen and the default scope.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Personal Tutor: my tutees.
    Tutor,
    /// Senior Personal Tutor: my school.
    SeniorTutor,
}

impl Choice for Role {
    fn code(self) -> u8 {
        match self {
            Self::Tutor => 0,
            Self::SeniorTutor => 1,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Tutor => "tutor",
            Self::SeniorTutor => "senior tutor",
        }
    }
}

/// Who tutors whom, from when to when, and why it changed (LJM 1d: continuity; LEI 2.2: changes are told).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Allocation {
    /// Identity.
    pub id: AllocationId,
    /// The tutee.
    pub student: StudentId,
    /// The tutor.
    pub tutor: TutorId,
    /// First day.
    pub from: NaiveDate,
    /// Last day; none while it runs.
    pub to: Option<NaiveDate>,
    /// Why it began or ended; may be empty (ESX SPT6: no reason is needed).
    pub reason: String,
}

impl Allocation {
    /// Whether it holds on that day.
    #[must_use]
    pub fn covers(&self, day: NaiveDate) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }
}
