//! What a person decided about an alert, with the reason: nothing else ever quietens one.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use strum::EnumIter;

use super::{
    alert::Fingerprint, id::Id, records::Records, student::StudentId, time::show_day,
    tutor::TutorId, word::Choice,
};

/// Names a decision.
pub type DecisionId = Id<Decision>;

/// One decision about one student's alert.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// Identity.
    pub id: DecisionId,
    /// Whose.
    pub student: StudentId,
    /// What was decided.
    pub verdict: Verdict,
    /// The rule it is about; empty for the alert as a whole.
    pub rule: String,
    /// Of the evidence that it was made on: it holds until something is added to it.
    pub fingerprint: Fingerprint,
    /// Why; may be empty where a verdict needs no reason.
    pub why: String,
    /// When.
    pub on: NaiveDate,
    /// By whom.
    pub tutor: TutorId,
}

impl Decision {
    /// What was decided, as a tutor reads it: `snoozed until 3 Dec`.
    #[must_use]
    pub fn words(&self, records: &Records, today: NaiveDate) -> String {
        let show = |day| show_day(day, today);
        match self.verdict {
            Verdict::Snoozed { until: Some(day) } => format!("snoozed until {}", show(day)),
            Verdict::Snoozed { until: None } => "snoozed until something changes".to_owned(),
            Verdict::Exempt { from, to: Some(to), ground } => {
                format!("exempt {} to {}, {}", show(from), show(to), ground.words())
            }
            Verdict::Exempt { from, to: None, ground } => {
                format!("exempt from {} on, {}", show(from), ground.words())
            }
            Verdict::Wrong(fault) => format!("marked as {}", fault.words()),
            Verdict::Closed(how) => format!("closed, {}", how.words()),
            Verdict::Assigned { to, escalated } => {
                let name = records.tutor(to).map_or("another tutor", |tutor| &tutor.name);
                let verb = if escalated { "escalated" } else { "assigned" };
                format!("{verb} to {name}")
            }
        }
    }
}

/// What was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Quiet until a day; without one, until the evidence changes.
    Snoozed {
        /// The first day on which it speaks again.
        until: Option<NaiveDate>,
    },
    /// Signals are not judged between two days, both included.
    Exempt {
        /// First day.
        from: NaiveDate,
        /// Last day; none while it runs.
        to: Option<NaiveDate>,
        /// On what ground.
        ground: Ground,
    },
    /// Not right: quiet until the evidence changes, and counted for the rule.
    Wrong(Fault),
    /// The matter is settled; quiet until the evidence changes.
    Closed(Close),
    /// Somebody acts.
    Assigned {
        /// Who.
        to: TutorId,
        /// Whether it was passed upwards.
        escalated: bool,
    },
}

/// What is not right about an alert.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Fault {
    /// The evidence is wrong, or means something else.
    Wrong,
    /// It was raised before.
    Duplicate,
    /// The rule does not fit this student.
    NotApplicable,
}

impl Choice for Fault {
    fn code(self) -> u8 {
        match self {
            Self::Wrong => 0,
            Self::Duplicate => 1,
            Self::NotApplicable => 2,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Wrong => "wrong",
            Self::Duplicate => "duplicate",
            Self::NotApplicable => "not applicable",
        }
    }
}

/// On what ground signals are not judged.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Ground {
    /// A placement or a year abroad.
    Placement,
    /// Illness.
    Illness,
    /// A teaching break.
    Break,
    /// Something else, said in the reason.
    Other,
}

impl Choice for Ground {
    fn code(self) -> u8 {
        match self {
            Self::Placement => 0,
            Self::Illness => 1,
            Self::Break => 2,
            Self::Other => 3,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Placement => "placement or year abroad",
            Self::Illness => "illness",
            Self::Break => "teaching break",
            Self::Other => "other",
        }
    }
}

/// How an alert came to its end.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Close {
    /// We talked, and the student is on course.
    BackOnCourse,
    /// A plan was agreed.
    Planned,
    /// A service has taken over.
    Referred,
    /// The student does not want help now.
    Declined,
    /// The student has left or paused.
    Left,
    /// Nothing was the matter.
    NoNeed,
}

impl Choice for Close {
    fn code(self) -> u8 {
        match self {
            Self::BackOnCourse => 0,
            Self::Planned => 1,
            Self::Referred => 2,
            Self::Declined => 3,
            Self::Left => 4,
            Self::NoNeed => 5,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::BackOnCourse => "talked, back on course",
            Self::Planned => "plan agreed",
            Self::Referred => "referred",
            Self::Declined => "help declined",
            Self::Left => "left or paused",
            Self::NoNeed => "no need found",
        }
    }
}
