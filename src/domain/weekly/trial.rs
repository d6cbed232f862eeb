//! What other numbers would do: who would come onto this week's list, who would leave it, and how long the list would have
//! been in weeks past. Nothing is written.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};

use super::preview;
use crate::domain::{records::Records, score::Card, student::StudentId, time::monday_of};

/// Records and a card to judge them by.
pub type Side<'a> = (&'a Records, &'a Card);

/// The difference that other numbers make.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trial {
    /// Who would come onto this week's list.
    pub gained: Vec<StudentId>,
    /// Who would leave it.
    pub lost: Vec<StudentId>,
    /// How many are on it, before and after.
    pub now: (usize, usize),
    /// The weeks before this one, the latest first.
    pub past: Vec<PastWeek>,
}

/// One week past.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PastWeek {
    /// Its Monday.
    pub week: NaiveDate,
    /// How many the numbers of today would have put on the list.
    pub before: usize,
    /// How many the others would.
    pub after: usize,
}

/// What `after` does that `before` does not, this week and in so many weeks before.
#[must_use]
pub fn trial(before: Side<'_>, after: Side<'_>, today: NaiveDate, weeks: u8) -> Trial {
    let (one, other) = (on(before, today), on(after, today));
    let past = (1..=u64::from(weeks)).filter_map(|back| {
        let day = today.checked_sub_days(Days::new(7 * back))?;
        let (before, after) = (on(before, day).len(), on(after, day).len());
        Some(PastWeek { week: monday_of(day), before, after })
    });
    Trial {
        gained: other.difference(&one).copied().collect(),
        lost: one.difference(&other).copied().collect(),
        now: (one.len(), other.len()),
        past: past.collect(),
    }
}

/// Who is on the list of a day.
fn on((records, card): Side<'_>, today: NaiveDate) -> BTreeSet<StudentId> {
    let judged = preview(records, card, today).into_iter();
    judged.filter(|(_, week)| week.on).map(|(student, _)| student).collect()
}
