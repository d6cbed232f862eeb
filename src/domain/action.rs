//! Actions: something agreed, owned by tutor or student, with a due date.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use strum::EnumIter;

use super::{id::Id, meeting::MeetingId, student::StudentId, tutor::TutorId, word::Choice};

/// Names an action.
pub type ActionId = Id<Action>;

/// Something agreed; it returns at the next meeting until it is done.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Action {
    /// Identity.
    pub id: ActionId,
    /// With whom.
    pub student: StudentId,
    /// Who does it.
    pub owner: Owner,
    /// What.
    pub what: String,
    /// Until when, if agreed.
    pub due: Option<NaiveDate>,
    /// When it was done.
    pub done: Option<NaiveDate>,
    /// The meeting where it was agreed, if any.
    pub meeting: Option<MeetingId>,
    /// Which tutor recorded it.
    pub author: TutorId,
}

impl Action {
    /// Whether it is open and its day has passed.
    #[must_use]
    pub fn is_overdue(&self, today: NaiveDate) -> bool {
        self.done.is_none() && self.due.is_some_and(|due| due < today)
    }
}

/// Who does an action.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Owner {
    /// The tutee.
    Student,
    /// The tutor.
    Tutor,
}

impl Choice for Owner {
    fn code(self) -> u8 {
        match self {
            Self::Student => 0,
            Self::Tutor => 1,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Student => "student",
            Self::Tutor => "tutor",
        }
    }
}
