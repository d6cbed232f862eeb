//! What a policy asks of tutors and senior tutors.

use serde::{Deserialize, Serialize};

use crate::domain::{training::Course, tutor::Role};

/// One rule about tutors.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct TutorDuty {
    /// Its short name, unique in the policy: `caseload`.
    pub code: String,
    /// The clause it comes from.
    pub clause: String,
    /// What it is called in lists.
    pub name: String,
    /// Whom it binds; everybody if not given.
    #[serde(default)]
    pub role: Option<Role>,
    /// What is asked.
    pub what: TutorWhat,
    /// Where the clause leaves a choice: what was chosen and why.
    #[serde(default)]
    pub why: String,
}

/// What is asked of a tutor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum TutorWhat {
    /// No more tutees than this (LJM 1c).
    Caseload {
        /// At one level.
        #[serde(default)]
        per_level: Option<u16>,
        /// In all.
        #[serde(default)]
        total: Option<u16>,
    },
    /// Away for longer: the tutees get another tutor (LJM 1e).
    Absence {
        /// More than so many days.
        days: u16,
        /// Counted within one semester only.
        within_term: bool,
    },
    /// A training done, and done again before it runs out.
    Training {
        /// Which, as the register has it.
        course: Course,
        /// Months after which it is to be done again; never if not given.
        #[serde(default)]
        months: Option<u16>,
    },
    /// A term of office (LEI Appointment c).
    Term {
        /// How long.
        years: u8,
        /// Months before its end at which to remind.
        remind: Vec<u8>,
    },
    /// Once in an academic year, by this day.
    Yearly {
        /// 1 is January.
        month: u8,
        /// Day of the month.
        day: u8,
    },
    /// Every month in which there is teaching.
    Monthly,
    /// Hours in the workload model (WST App. 1).
    Workload(Workload),
}

/// Hours for so many tutees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Workload {
    /// Hours for up to `upto` tutees.
    pub base: u16,
    /// Tutees that the base covers.
    pub upto: u16,
    /// One hour more for each so many further.
    pub per: u16,
    /// Never more.
    pub cap: u16,
    /// What to do with a part of an hour.
    pub rounding: Rounding,
}

impl Workload {
    /// The hours for so many tutees.
    #[must_use]
    pub fn hours(&self, tutees: usize) -> usize {
        let per = usize::from(self.per.max(1));
        let further = tutees.saturating_sub(self.upto.into());
        let steps = match self.rounding {
            Rounding::Down => further / per,
            Rounding::Nearest => (further + per / 2) / per,
            Rounding::Up => further.div_ceil(per),
        };
        (usize::from(self.base) + steps).min(self.cap.into())
    }
}

/// What to do with a part of an hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rounding {
    /// Only full steps count.
    Down,
    /// To the nearest hour.
    Nearest,
    /// A step that has begun counts.
    Up,
}
