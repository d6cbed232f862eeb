//! What a tutor would have seen: how many new alerts, how right, how early.

use serde::Serialize;

use super::{Outcome, Past, Points, run::LAST_WEEK, share};
use crate::domain::signal::WeekEnd;

/// The first week at whose end alerts are counted; who is not there then is left out.
pub const FIRST_WEEK: WeekEnd = WeekEnd(2);
/// An alert is new after so many weeks without one.
const OFF_WEEKS: u8 = 2;
/// The tutees of one tutor.
const TUTEES: f64 = 30.0;

/// The alerts of a year.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Volume {
    /// New alerts a week for a tutor of 30.
    pub new_per_tutor_week: Option<f64>,
    /// Of those who had an alert, how many failed or left.
    pub precision: Option<f64>,
    /// Of those who failed or left, how many had an alert.
    pub recall: Option<f64>,
    /// The same, by week 5.
    pub recall_by_week_5: Option<f64>,
    /// The same, by week 8.
    pub recall_by_week_8: Option<f64>,
    /// The same, by week 12.
    pub recall_by_week_12: Option<f64>,
    /// Of those who left on a known day, how many had their first alert two weeks before or earlier.
    pub withdrawals_two_weeks_ahead: Option<f64>,
    /// The same, four weeks before.
    pub withdrawals_four_weeks_ahead: Option<f64>,
}

#[derive(Default)]
struct Counts {
    students: f64,
    new: f64,
    alerted: f64,
    right: f64,
    risk: f64,
    by: [f64; 3],
    left: f64,
    ahead: [f64; 2],
}

impl Volume {
    /// Counts the alerts from these points on, by week.
    #[must_use]
    pub fn of(past: &Past, points: &Points, from: impl Fn(WeekEnd) -> Option<u8>) -> Self {
        let mut counts = Counts::default();
        for (cohort, run) in past.cohorts.iter().enumerate() {
            for (at, member) in run.members.iter().enumerate() {
                if points.of(cohort, at, FIRST_WEEK).is_none() {
                    continue;
                }
                let weeks = (FIRST_WEEK.0..=LAST_WEEK).map(WeekEnd).filter(|week| {
                    let scored = points.of(cohort, at, *week).filter(|it| !it.too_little);
                    scored.zip(from(*week)).is_some_and(|(scored, from)| scored.points >= from)
                });
                let (new, first) = begun(weeks);
                let left = member.left.filter(|_| member.outcome == Outcome::Withdrawn);
                let ahead = first.zip(left).map(|(first, left)| left.0 - first.day().0);
                counts.add(new, first, member.outcome.is_risk());
                counts.leaves(left.is_some(), ahead);
            }
        }
        counts.volume()
    }
}

/// How many alerts are new in weeks with an alert, and when the first is.
fn begun(weeks: impl Iterator<Item = WeekEnd>) -> (u32, Option<WeekEnd>) {
    let (mut new, mut first, mut last) = (0, None, None::<WeekEnd>);
    for week in weeks {
        new += u32::from(last.is_none_or(|last| week.0 - last.0 > OFF_WEEKS));
        first = first.or(Some(week));
        last = Some(week);
    }
    (new, first)
}

impl Counts {
    fn add(&mut self, new: u32, first: Option<WeekEnd>, risk: bool) {
        let one = |yes: bool| f64::from(u8::from(yes));
        self.students += 1.0;
        self.new += f64::from(new);
        self.alerted += one(first.is_some());
        self.right += one(first.is_some() && risk);
        self.risk += one(risk);
        for (count, by) in self.by.iter_mut().zip([5, 8, 12]) {
            *count += one(risk && first.is_some_and(|week| week.0 <= by));
        }
    }

    fn leaves(&mut self, left: bool, ahead: Option<i16>) {
        self.left += f64::from(u8::from(left));
        for (count, days) in self.ahead.iter_mut().zip([14, 28]) {
            *count += f64::from(u8::from(ahead.is_some_and(|ahead| ahead >= days)));
        }
    }

    fn volume(&self) -> Volume {
        let weeks = f64::from(LAST_WEEK - FIRST_WEEK.0 + 1);
        let [by_5, by_8, by_12] = self.by.map(|count| share(count, self.risk));
        let [two, four] = self.ahead.map(|count| share(count, self.left));
        Volume {
            new_per_tutor_week: share(self.new * TUTEES, self.students * weeks),
            precision: share(self.right, self.alerted),
            recall: share(self.right, self.risk),
            recall_by_week_5: by_5,
            recall_by_week_8: by_8,
            recall_by_week_12: by_12,
            withdrawals_two_weeks_ahead: two,
            withdrawals_four_weeks_ahead: four,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_alert_is_new_only_after_two_weeks_without_one() {
        let of = |weeks: &[u8]| begun(weeks.iter().copied().map(WeekEnd));
        assert_eq!(of(&[2, 3, 5, 8]), (2, Some(WeekEnd(2))));
        assert_eq!(of(&[]), (0, None));
    }
}
