//! What each week's run found about one student. A past week is never rewritten, whatever is imported later.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{id::Id, module::ModuleId, student::StudentId};

/// Names the results of a student.
pub type ResultsId = Id<Results>;

/// The weekly results of one student in one academic year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Results {
    /// Identity.
    pub id: ResultsId,
    /// Whose.
    pub student: StudentId,
    /// By week, the earliest first.
    pub weeks: Vec<WeekResult>,
}

/// What one week's run found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WeekResult {
    /// The Monday of the week in which the evidence ends.
    pub week: NaiveDate,
    /// The most points of any module that is over its own line; where none is, of any module.
    pub points: u8,
    /// From how many points on there was an alert then.
    pub from: u8,
    /// Whether the points, or a rule that asks for a look, made an alert.
    pub on: bool,
    /// Whether the evidence was too little for one.
    pub too_little: bool,
    /// Why; only of weeks that are on, or the latest.
    pub found: Vec<Found>,
}

/// One reason of a week, by the stable code and numbers of [`Why`](super::score::Why).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// In which module.
    pub module: ModuleId,
    /// How many points; 0 for a rule that asks for a look.
    pub points: u8,
    /// The code of a look rule; none for a line of the score.
    pub look: Option<u8>,
    /// The code of the reason.
    pub why: u8,
    /// Its numbers.
    pub numbers: [u32; 3],
}
