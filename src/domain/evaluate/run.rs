//! The points of every past student at the end of every week.

use rayon::prelude::*;

use super::{Cohort, Expected, Group};
use crate::domain::{
    score::{self, Card},
    signal::WeekEnd,
};

/// The last week that is scored.
pub const LAST_WEEK: u8 = 30;
/// Weeks of one student, from week 0 on.
const WEEKS: usize = LAST_WEEK as usize + 1;

/// Points of one week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scored {
    /// How many.
    pub points: u8,
    /// Whether the evidence is too little for an alert.
    pub too_little: bool,
}

/// One student's points by week; none while the student is not there or in no group.
type Year = [Option<Scored>; WEEKS];

/// Points of all, by cohort and member.
#[derive(Debug, Clone)]
pub struct Points(Vec<Vec<Year>>);

impl Points {
    /// Scores everybody, each against those of the same group who are there that week.
    #[must_use]
    pub fn all(card: &Card, cohorts: &[Cohort]) -> Self {
        Self::by(|_| card, cohorts)
    }

    /// The same by a card that may be another for each cohort.
    #[must_use]
    pub fn by<'a>(card: impl Fn(usize) -> &'a Card + Sync, cohorts: &[Cohort]) -> Self {
        let mut all: Vec<Vec<Year>> =
            cohorts.iter().map(|cohort| vec![[None; WEEKS]; cohort.members.len()]).collect();
        let groups = Group::all(cohorts);
        let scored: Vec<(usize, Vec<(u32, Year)>)> =
            groups.par_iter().map(|group| (group.at, years(card(group.at), group))).collect();
        for (at, years) in scored {
            let Some(cohort) = all.get_mut(at) else { continue };
            for (member, year) in years {
                if let Some(place) = cohort.get_mut(member as usize) {
                    *place = year;
                }
            }
        }
        Self(all)
    }

    /// What somebody had at the end of a week.
    #[must_use]
    pub fn of(&self, cohort: usize, member: usize, week: WeekEnd) -> Option<Scored> {
        *self.0.get(cohort)?.get(member)?.get(usize::from(week.0))?
    }

    /// How many rows are not as expected; a row of somebody who is not there counts as one.
    #[must_use]
    pub fn differences(&self, rows: &[Expected]) -> u32 {
        let mine = |row: &Expected| {
            self.of(usize::from(row.cohort), row.member as usize, row.week).map(|it| it.points)
        };
        let different = rows.iter().filter(|row| mine(row) != Some(row.points)).count();
        u32::try_from(different).unwrap_or(u32::MAX)
    }
}

fn years(card: &Card, group: &Group<'_>) -> Vec<(u32, Year)> {
    let mut years: Vec<(u32, Year)> = group.tutees.iter().map(|at| (*at, [None; WEEKS])).collect();
    for week in (1..=LAST_WEEK).map(WeekEnd) {
        let (there, peers) = group.there(week, card.attendance.weeks);
        for one in &there {
            let score = score::score(card, &one.evidence, &peers);
            let scored = Scored { points: score.points, too_little: score.too_little };
            if let Some((_, year)) = years.get_mut(one.place)
                && let Some(at) = year.get_mut(usize::from(week.0))
            {
                *at = Some(scored);
            }
        }
    }
    years
}
