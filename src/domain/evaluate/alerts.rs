//! What a tutor would have seen: how many new alerts, how right, how early.

use serde::Serialize;

use super::{Member, Outcome, Past, Points, run::LAST_WEEK, share};
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
    /// What nine of ten weeks of a tutor of 30 do not exceed.
    pub p90_per_tutor_week: Option<f64>,
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
    /// Of those who left on a known day, how many had an alert before.
    pub withdrawals_alerted: Option<f64>,
    /// The median of the weeks from their first alert until they left.
    pub median_lead_weeks: Option<f64>,
    /// Of those who left on a known day, how many had their first alert two weeks before or earlier.
    pub withdrawals_two_weeks_ahead: Option<f64>,
    /// The same, four weeks before.
    pub withdrawals_four_weeks_ahead: Option<f64>,
}

/// Everybody who is counted, with their points by week: alerts under many thresholds are counted from it.
#[derive(Debug, Clone)]
pub struct Seen {
    students: Vec<Student>,
    groups: Vec<Group>,
    /// In how many weeks alerts are counted, by cohort.
    weeks: Vec<u8>,
}

/// Weeks of one student, from week 0 on.
const WEEKS: usize = LAST_WEEK as usize + 1;

/// A tutor group.
#[derive(Debug, Clone, Copy)]
struct Group {
    students: f64,
    /// In how many weeks its alerts are counted.
    weeks: u8,
}

#[derive(Debug, Clone)]
struct Student {
    cohort: usize,
    group: Option<usize>,
    /// None where the student is not there, or the evidence is too little.
    points: [Option<u8>; WEEKS],
    risk: bool,
    left: Option<i16>,
}

/// From how many points on there is an alert, by week.
type From = [Option<u8>; WEEKS];

impl Volume {
    /// Counts the alerts from these points on, by cohort and week.
    #[must_use]
    pub fn of(past: &Past, points: &Points, from: impl Fn(usize, WeekEnd) -> Option<u8>) -> Self {
        Seen::of(past, points).volume(from)
    }
}

impl Seen {
    /// Those who are there at the end of the first week that counts.
    #[must_use]
    pub fn of(past: &Past, points: &Points) -> Self {
        Self::some(past, points, |_| true)
    }

    /// Those of them who are wanted.
    #[must_use]
    pub fn some(past: &Past, points: &Points, wanted: impl Fn(&Member) -> bool) -> Self {
        let mut seen = Self { students: Vec::new(), groups: Vec::new(), weeks: Vec::new() };
        for (cohort, run) in past.cohorts.iter().enumerate() {
            let weeks = (run.weeks.min(LAST_WEEK) + 1).saturating_sub(FIRST_WEEK.0);
            seen.weeks.push(weeks);
            let mut group_of: Vec<Option<usize>> = vec![None; run.members.len()];
            for tutees in &run.tutees {
                for tutee in tutees {
                    if let Some(group) = group_of.get_mut(*tutee as usize) {
                        *group = Some(seen.groups.len());
                    }
                }
                seen.groups.push(Group { students: 0.0, weeks });
            }
            for ((at, member), group) in run.members.iter().enumerate().zip(group_of) {
                if !wanted(member) || points.of(cohort, at, FIRST_WEEK).is_none() {
                    continue;
                }
                if let Some(group) = group.and_then(|group| seen.groups.get_mut(group)) {
                    group.students += 1.0;
                }
                let left = member.left.filter(|_| member.outcome == Outcome::Withdrawn);
                let of_week = |week| points.of(cohort, at, week).filter(|it| !it.too_little);
                let mut scored = [None; WEEKS];
                for (week, scored) in (FIRST_WEEK.0..).zip(scored.iter_mut().skip(2)) {
                    *scored = of_week(WeekEnd(week)).map(|it| it.points);
                }
                seen.students.push(Student {
                    cohort,
                    group,
                    points: scored,
                    risk: member.outcome.is_risk(),
                    left: left.map(|day| day.0),
                });
            }
        }
        seen
    }

    /// Counts the alerts from these points on, by cohort and week.
    #[must_use]
    pub fn volume(&self, from: impl Fn(usize, WeekEnd) -> Option<u8>) -> Volume {
        let mut counts = Counts { busy: vec![0; self.groups.len() * WEEKS], ..Counts::default() };
        let from = self.weeks.iter().enumerate().map(|(cohort, weeks)| {
            let mut all = [None; WEEKS];
            for (week, at) in (0..).zip(&mut all) {
                *at = from(cohort, WeekEnd(week));
            }
            (all, *weeks)
        });
        let from: Vec<(From, u8)> = from.collect();
        for student in &self.students {
            if let Some((from, weeks)) = from.get(student.cohort) {
                counts.weeks += f64::from(*weeks);
                counts.add(student, from);
            }
        }
        counts.volume(&self.groups)
    }
}

#[derive(Default)]
struct Counts {
    /// Of all students together.
    weeks: f64,
    new: f64,
    alerted: f64,
    right: f64,
    risk: f64,
    by: [f64; 3],
    left: f64,
    ahead: [f64; 2],
    /// Weeks from the first alert until they left, of those who left.
    leads: Vec<f64>,
    /// New alerts by tutor group and week.
    busy: Vec<u16>,
}

impl Counts {
    fn add(&mut self, student: &Student, from: &From) {
        let one = |yes: bool| f64::from(u8::from(yes));
        let weeks = student.points.iter().zip(from).zip(0_u8..);
        let weeks = weeks.filter(|((points, from), _)| {
            points.is_some_and(|points| from.is_some_and(|from| points >= from))
        });
        let (new, first) = begun(weeks.map(|(_, week)| WeekEnd(week)), |week| {
            let at = student.group.map(|group| group * WEEKS + usize::from(week.0));
            if let Some(busy) = at.and_then(|at| self.busy.get_mut(at)) {
                *busy += 1;
            }
        });
        let (risk, alerted) = (student.risk, first.is_some());
        self.new += f64::from(new);
        self.alerted += one(alerted);
        self.right += one(alerted && risk);
        self.risk += one(risk);
        for (count, by) in self.by.iter_mut().zip([5, 8, 12]) {
            *count += one(risk && first.is_some_and(|week| week.0 <= by));
        }
        let Some(left) = student.left else { return };
        self.left += 1.0;
        let Some(ahead) = first.map(|first| left - first.day().0) else { return };
        self.leads.push(f64::from(ahead) / 7.0);
        for (count, days) in self.ahead.iter_mut().zip([14, 28]) {
            *count += one(ahead >= days);
        }
    }

    fn volume(mut self, groups: &[Group]) -> Volume {
        let [by_5, by_8, by_12] = self.by.map(|count| share(count, self.risk));
        let [two, four] = self.ahead.map(|count| share(count, self.left));
        let known = self.leads.iter().fold(0.0, |count, _| count + 1.0);
        Volume {
            new_per_tutor_week: share(self.new * TUTEES, self.weeks),
            p90_per_tutor_week: busiest(&self.busy, groups),
            precision: share(self.right, self.alerted),
            recall: share(self.right, self.risk),
            recall_by_week_5: by_5,
            recall_by_week_8: by_8,
            recall_by_week_12: by_12,
            withdrawals_alerted: share(known, self.left),
            median_lead_weeks: part(&mut self.leads, 50),
            withdrawals_two_weeks_ahead: two,
            withdrawals_four_weeks_ahead: four,
        }
    }
}

/// What nine of ten weeks of a tutor do not exceed, as if every group had 30.
fn busiest(busy: &[u16], groups: &[Group]) -> Option<f64> {
    let weeks = busy.chunks(WEEKS).zip(groups).filter(|(_, group)| group.students > 0.0);
    let mut all: Vec<f64> = weeks
        .flat_map(|(weeks, group)| {
            let counted = weeks.iter().skip(usize::from(FIRST_WEEK.0));
            let counted = counted.take(usize::from(group.weeks));
            counted.map(move |new| f64::from(*new) * TUTEES / group.students)
        })
        .collect();
    part(&mut all, 90)
}

/// The value below which so many percent of all are.
fn part(values: &mut [f64], percent: usize) -> Option<f64> {
    let at = (values.len() * percent / 100).min(values.len().checked_sub(1)?);
    let (_, value, _) = values.select_nth_unstable_by(at, f64::total_cmp);
    Some(*value)
}

/// How many alerts are new in weeks with an alert, each of them told, and when the first is.
fn begun(
    weeks: impl Iterator<Item = WeekEnd>,
    mut told: impl FnMut(WeekEnd),
) -> (u32, Option<WeekEnd>) {
    let (mut new, mut first, mut last) = (0, None, None::<WeekEnd>);
    for week in weeks {
        if last.is_none_or(|last| week.0 - last.0 > OFF_WEEKS) {
            new += 1;
            told(week);
        }
        first = first.or(Some(week));
        last = Some(week);
    }
    (new, first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_alert_is_new_only_after_two_weeks_without_one() {
        let of = |weeks: &[u8]| begun(weeks.iter().copied().map(WeekEnd), |_| ());
        assert_eq!(of(&[2, 3, 5, 8]), (2, Some(WeekEnd(2))));
        assert_eq!(of(&[]), (0, None));
    }
}
