//! Training: what a tutor has attended, and until when it counts.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use strum::EnumIter;

use super::{id::Id, tutor::TutorId, word::Choice};

/// Names a training.
pub type TrainingId = Id<Training>;

/// One training of one tutor.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Training {
    /// Identity.
    pub id: TrainingId,
    /// Whose.
    pub tutor: TutorId,
    /// Which.
    pub course: Course,
    /// When.
    pub on: NaiveDate,
    /// The last day on which it counts; none if it does not expire.
    pub expires: Option<NaiveDate>,
    /// A remark; may be empty.
    pub note: String,
}

impl Training {
    /// Whether it counts on that day.
    #[must_use]
    pub fn counts(&self, day: NaiveDate) -> bool {
        self.on <= day && self.expires.is_none_or(|expires| day <= expires)
    }
}

/// Which training.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Course {
    /// What every tutor must have before the first meeting.
    Essential,
    /// The training in person.
    InPerson,
    /// What is repeated.
    Refresher,
    /// What the school tells its tutors.
    Briefing,
    /// First aid for mental health.
    MentalHealthFirstAid,
    /// Any other.
    Other,
}

impl Course {
    /// Whether this training answers a rule that asks for that one: essential training in person is
    /// essential, and whoever has just been trained needs no refresher yet (LDS Resource 2).
    #[must_use]
    pub fn answers(self, asked: Self) -> bool {
        match asked {
            Self::Essential => matches!(self, Self::Essential | Self::InPerson),
            Self::Refresher => matches!(self, Self::Essential | Self::InPerson | Self::Refresher),
            Self::InPerson | Self::Briefing | Self::MentalHealthFirstAid | Self::Other => {
                self == asked
            }
        }
    }
}

impl Choice for Course {
    fn code(self) -> u8 {
        match self {
            Self::Essential => 0,
            Self::InPerson => 1,
            Self::Refresher => 2,
            Self::Briefing => 3,
            Self::MentalHealthFirstAid => 4,
            Self::Other => 5,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Essential => "essential training",
            Self::InPerson => "in-person training",
            Self::Refresher => "refresher",
            Self::Briefing => "school briefing",
            Self::MentalHealthFirstAid => "Mental Health First Aid",
            Self::Other => "other",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_has_just_been_trained_needs_no_refresher() {
        assert!(Course::Essential.answers(Course::Refresher));
        assert!(Course::InPerson.answers(Course::Essential));
        assert!(!Course::Refresher.answers(Course::Essential));
        assert!(!Course::Essential.answers(Course::InPerson));
        assert!(!Course::Essential.answers(Course::MentalHealthFirstAid));
    }
}
