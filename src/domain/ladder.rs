//! Ladder: the steps of contact that were taken with one student, and how they ended (LJM 9; WST 6.7).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use strum::EnumIter;

use super::{contact::ContactId, id::Id, student::StudentId, tutor::TutorId, word::Choice};

mod state;

pub use state::{Next, State, after_working_days, next_step, startable, state};

/// Names a ladder that was started.
pub type LadderId = Id<Ladder>;

/// A contact ladder with a student: why it was started, and the steps taken so far.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ladder {
    /// Identity.
    pub id: LadderId,
    /// With whom.
    pub student: StudentId,
    /// The code of the ladder in the policy.
    pub ladder: String,
    /// Why it was started.
    pub why: String,
    /// When it was started.
    pub started: NaiveDate,
    /// Which tutor started it.
    pub tutor: TutorId,
    /// The steps taken, in their order.
    pub taken: Vec<Taken>,
    /// When and how it ended; none while it runs.
    pub ended: Option<Ended>,
}

impl Ladder {
    /// Whether it still runs.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.ended.is_none()
    }
}

/// One step that was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken {
    /// Which step of the ladder, from 0.
    pub step: u8,
    /// When.
    pub on: NaiveDate,
    /// The contact that it was, if it was recorded as one.
    pub contact: Option<ContactId>,
}

/// The end of a ladder.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    /// When.
    pub on: NaiveDate,
    /// How.
    pub how: LadderEnd,
    /// What came of it; may be empty.
    pub note: String,
}

/// How a ladder ended.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum LadderEnd {
    /// The student answered.
    Replied,
    /// The student was met.
    Met,
    /// Somebody else has taken it on.
    Escalated,
    /// The tutor stopped it.
    Stopped,
}

impl Choice for LadderEnd {
    fn code(self) -> u8 {
        match self {
            Self::Replied => 0,
            Self::Met => 1,
            Self::Escalated => 2,
            Self::Stopped => 3,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Replied => "replied",
            Self::Met => "met",
            Self::Escalated => "passed on",
            Self::Stopped => "stopped",
        }
    }
}
