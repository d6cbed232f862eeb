//! Consent: the student's express permission (LJM 10, 11; ESX PT5).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use strum::EnumIter;

use super::{id::Id, student::StudentId, tutor::TutorId, word::Choice};

/// Names a consent.
pub type ConsentId = Id<Consent>;

/// Permission to share: to whom, for what, how it was given, until when.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    /// Identity.
    pub id: ConsentId,
    /// Whose.
    pub student: StudentId,
    /// To whom the tutor may pass it.
    pub recipient: String,
    /// For what.
    pub purpose: String,
    /// How it was given.
    pub how: HowGiven,
    /// When it was given.
    pub on: NaiveDate,
    /// Last day; none if open.
    pub until: Option<NaiveDate>,
    /// When it was withdrawn, if it was.
    pub withdrawn: Option<NaiveDate>,
    /// Which tutor recorded it.
    pub tutor: TutorId,
}

impl Consent {
    /// Whether it holds on that day.
    #[must_use]
    pub fn holds(&self, day: NaiveDate) -> bool {
        self.on <= day
            && self.until.is_none_or(|until| day <= until)
            && self.withdrawn.is_none_or(|withdrawn| day < withdrawn)
    }
}

/// How a consent was given.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum HowGiven {
    /// Signed or typed by the student.
    InWriting,
    /// From the university address.
    ByEmail,
    /// Said, and noted by the tutor.
    Spoken,
}

impl Choice for HowGiven {
    fn code(self) -> u8 {
        match self {
            Self::InWriting => 0,
            Self::ByEmail => 1,
            Self::Spoken => 2,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::InWriting => "in writing",
            Self::ByEmail => "by e-mail",
            Self::Spoken => "spoken",
        }
    }
}
