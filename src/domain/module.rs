//! A module as it runs in one academic year, and the work it asks for. Signals are about a module, or about the programme as a whole.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    id::Id,
    signal::{EvidenceDay, Piece, WeekEnd},
};

/// Names a module.
pub type ModuleId = Id<Module>;

/// One run of a module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Module {
    /// Identity.
    pub id: ModuleId,
    /// Its code: `COMP1001`; empty for the programme as a whole, which sources without modules speak of.
    pub code: String,
    /// Its title; may be empty.
    pub title: String,
    /// Its first day: day 0 of all its evidence. It never changes once there is evidence.
    pub starts: NaiveDate,
    /// What it asks for. A place in this list is a piece's number for ever; new ones are appended.
    pub tasks: Vec<Task>,
}

/// One piece of work that a module asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// What it is called in its source.
    pub name: String,
    /// The day it is due; none while nobody has said: then nothing of it is overdue.
    pub due: Option<NaiveDate>,
    /// The last day on which it is not late, where that is after the due day.
    pub closes: Option<NaiveDate>,
    /// Its share of the module in hundredths of a percent; 0 if unknown, or if it does not count.
    pub weight: u16,
}

impl Module {
    /// What a tutor calls it: the code, else the title, else the programme as a whole.
    #[must_use]
    pub fn shown(&self) -> &str {
        match (self.code.as_str(), self.title.as_str()) {
            ("", "") => "all modules",
            ("", title) => title,
            (code, _) => code,
        }
    }

    /// A day as one of its evidence; days far outside count as the furthest there are.
    #[must_use]
    pub fn day(&self, day: NaiveDate) -> EvidenceDay {
        let days = (day - self.starts).num_days();
        let near = days.clamp(i64::from(i16::MIN), i64::from(i16::MAX) - 1);
        EvidenceDay(i16::try_from(near).unwrap_or_default())
    }

    /// The date of a day of evidence.
    #[must_use]
    pub fn date(&self, day: EvidenceDay) -> Option<NaiveDate> {
        self.starts.checked_add_signed(chrono::TimeDelta::days(i64::from(day.0)))
    }

    /// How many of its weeks are wholly before a day.
    #[must_use]
    pub fn weeks_before(&self, day: NaiveDate) -> WeekEnd {
        let weeks = (day - self.starts).num_days().max(0) / 7;
        WeekEnd(u8::try_from(weeks).unwrap_or(u8::MAX))
    }

    /// What it asks for, as a score sees it. A piece without a due day is never due.
    #[must_use]
    pub fn pieces(&self) -> Vec<Piece> {
        let piece = |task: &Task| {
            let due = task.due.map_or(EvidenceDay::END, |due| self.day(due));
            let closes = task.closes.map_or(due, |closes| self.day(closes).max(due));
            Piece { due, closes, weight: task.weight }
        };
        self.tasks.iter().map(piece).collect()
    }
}
