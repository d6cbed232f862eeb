//! What a policy asks for each student.

use serde::{Deserialize, Serialize};

use super::{When, Who};
use crate::domain::tutor::Role;

/// One rule about students: for whom, what, when, and the clause that says so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Duty {
    /// Its short name, unique in the policy: `first-review`.
    pub code: String,
    /// The clause it comes from.
    pub clause: String,
    /// What it is called in lists.
    pub name: String,
    /// For whom.
    #[serde(default)]
    pub who: Who,
    /// What is asked.
    pub what: What,
    /// When.
    pub when: When,
    /// Who comes after the window has begun has so many days from the first day on; none if the window
    /// holds for everybody.
    #[serde(default)]
    pub late_days: Option<u16>,
    /// Who carries it out; the personal tutor if not given.
    #[serde(default)]
    pub by: Option<Role>,
    /// Where the clause leaves a choice: what was chosen and why.
    #[serde(default)]
    pub why: String,
}

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub enum What {
    /// A meeting with its format and focus.
    Slot(Slot),
    /// A number of meetings within the window.
    Count(Count),
    /// A tutor allocated.
    Tutor,
    /// Any contact or meeting within the window.
    Contact,
    /// Something filled in on the student's record.
    Filled(Detail),
    /// A letter of this kind, sent.
    Letter {
        /// Which.
        kind: String,
        /// For what.
        per: Per,
        /// Within so many days of it; by the end of the window if not given.
        #[serde(default)]
        days: Option<u16>,
    },
    /// What came of each past meeting written down.
    Outcome {
        /// Within so many days of it.
        days: u16,
    },
}

/// One expected meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Slot {
    /// 1-2-1, group, or either.
    pub format: Format,
    /// What it is mainly about.
    #[serde(default)]
    pub focus: String,
    /// Other activities.
    #[serde(default)]
    pub other: String,
    /// What to go through.
    #[serde(default)]
    pub checklist: Vec<String>,
    /// Minutes that it takes as a rule; 30 if not given.
    #[serde(default)]
    pub minutes: Option<u16>,
    /// A series of its own: only a meeting whose focus begins with this word fills it (`WeThrive`).
    #[serde(default)]
    pub series: String,
}

/// A number of meetings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Count {
    /// How many at least.
    pub at_least: u8,
    /// Which meetings count.
    pub format: Format,
    /// Whether those of a series count as well.
    #[serde(default)]
    pub series_count: bool,
}

/// How a meeting is to be held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Format {
    /// One tutor, one student.
    #[serde(rename = "1-2-1")]
    OneToOne,
    /// A group.
    #[serde(rename = "group")]
    Group,
    /// Either.
    #[serde(rename = "either")]
    Either,
}

/// Something on the student's record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Detail {
    /// A key contact at the placement or partner institution (LEI 2.3).
    PlacementContact,
    /// The second discipline of a joint degree (LEI 2.3).
    SecondDiscipline,
}

/// For what a letter is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Per {
    /// The first allocation of a student, where it begins in the year.
    Allocation,
    /// Each later allocation that begins in the year: a change of tutor.
    Change,
    /// Each meeting held.
    Meeting,
    /// The year.
    Year,
}
