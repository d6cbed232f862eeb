//! Whether those with more points are those who fail or leave.

use std::{collections::BTreeMap, ops::RangeInclusive};

use serde::Serialize;

use super::{Past, Points, share};
use crate::domain::signal::WeekEnd;

/// The weeks at whose end a ranking is judged.
pub const WEEKS: [WeekEnd; 4] = [WeekEnd(3), WeekEnd(5), WeekEnd(8), WeekEnd(12)];

/// How good a ranking is, by week.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Ranking {
    /// The mean over cohorts of the area under the curve inside each.
    pub auc_within: BTreeMap<u8, Option<f64>>,
    /// The area over all at once.
    pub auc_pooled: BTreeMap<u8, Option<f64>>,
    /// The share of risk among the first 20 % of each cohort.
    pub p_at_20: BTreeMap<u8, Option<f64>>,
    /// The share of all risk that is in the first 20 % of its cohort.
    pub r_at_20: BTreeMap<u8, Option<f64>>,
}

impl Ranking {
    /// Judges the ranking by points.
    #[must_use]
    pub fn of(past: &Past, points: &Points) -> Self {
        let mut ranking = Self::default();
        for week in WEEKS {
            let tallies: Vec<Tally> = (0..past.cohorts.len())
                .map(|cohort| Tally::of(past, points, cohort, week))
                .collect();
            let mut all = Tally::default();
            for tally in &tallies {
                all.merge(tally);
            }
            let firsts: Vec<First> = tallies.iter().filter_map(|it| it.first(0.2)).collect();
            let caught = firsts.iter().map(|first| first.risk).sum();
            ranking.auc_within.insert(week.0, mean(tallies.iter().filter_map(Tally::auc)));
            ranking.auc_pooled.insert(week.0, all.auc());
            let listed = firsts.iter().map(|first| first.size).sum();
            ranking.p_at_20.insert(week.0, share(caught, listed));
            ranking.r_at_20.insert(week.0, share(caught, all.sums().0));
        }
        ranking
    }
}

/// Who had how many points: at risk, and not.
#[derive(Debug, Clone, Default)]
pub struct Tally(BTreeMap<u8, (u32, u32)>);

/// The first of a list: how many, and how many of them at risk.
#[derive(Debug, Clone, Copy)]
struct First {
    size: f64,
    risk: f64,
}

impl Tally {
    /// Of one cohort, at the end of a week.
    pub(super) fn of(past: &Past, points: &Points, cohort: usize, week: WeekEnd) -> Self {
        let mut tally = Self::default();
        let members = past.cohorts.get(cohort).map(|cohort| cohort.members.iter());
        for (at, member) in members.into_iter().flatten().enumerate() {
            if let Some(scored) = points.of(cohort, at, week) {
                tally.add(scored.points, member.outcome.is_risk());
            }
        }
        tally
    }

    /// Adds one.
    pub fn add(&mut self, points: u8, risk: bool) {
        let (yes, no) = self.0.entry(points).or_default();
        *(if risk { yes } else { no }) += 1;
    }

    /// Adds all of another.
    pub(super) fn merge(&mut self, other: &Self) {
        for (points, (yes, no)) in &other.0 {
            let mine = self.0.entry(*points).or_default();
            *mine = (mine.0 + yes, mine.1 + no);
        }
    }

    /// How many are at risk, and how many not.
    pub(super) fn sums(&self) -> (f64, f64) {
        self.within(0..=u8::MAX)
    }

    /// The same of those with so many points.
    pub(super) fn within(&self, points: RangeInclusive<u8>) -> (f64, f64) {
        let add = |sum: (f64, f64), (yes, no): &(u32, u32)| {
            (sum.0 + f64::from(*yes), sum.1 + f64::from(*no))
        };
        self.0.range(points).fold((0.0, 0.0), |sum, (_, counts)| add(sum, counts))
    }

    /// Every number of points that somebody has.
    pub(super) fn points(&self) -> impl Iterator<Item = u8> {
        self.0.keys().copied()
    }

    /// How often one at risk has more points than one who is not; ties count half.
    #[must_use]
    pub fn auc(&self) -> Option<f64> {
        let (risk, safe) = self.sums();
        let mut below = 0.0;
        let mut wins = 0.0;
        for (yes, no) in self.0.values() {
            wins += f64::from(*yes) * (below + f64::from(*no) / 2.0);
            below += f64::from(*no);
        }
        share(wins, risk * safe)
    }

    /// The first part of the list; of those who tie at its end the average counts, so that no chance comes in.
    fn first(&self, part: f64) -> Option<First> {
        let (risk, safe) = self.sums();
        let size = ((risk + safe) * part).round();
        let (mut left, mut caught) = (size, 0.0);
        for (yes, no) in self.0.values().rev() {
            let (yes, here) = (f64::from(*yes), f64::from(yes + no));
            let taken = left.min(here);
            caught += share(yes * taken, here).unwrap_or(0.0);
            left -= taken;
        }
        (size > 0.0).then_some(First { size, risk: caught })
    }
}

fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, count) = values.fold((0.0, 0.0), |(sum, count), value| (sum + value, count + 1.0));
    share(sum, count)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(of: &[(u8, bool)]) -> Tally {
        let mut tally = Tally::default();
        for (points, risk) in of {
            tally.add(*points, *risk);
        }
        tally
    }

    #[test]
    fn ties_count_half() {
        let area = |of: &[(u8, bool)]| tally(of).auc().map(|area| format!("{area:.3}"));
        assert_eq!(area(&[(1, false), (2, true)]).unwrap(), "1.000");
        assert_eq!(area(&[(2, false), (2, true)]).unwrap(), "0.500");
        assert_eq!(area(&[(2, false), (1, true), (3, true)]).unwrap(), "0.500");
        assert_eq!(area(&[(2, true)]), None);
    }

    #[test]
    fn of_those_who_tie_at_the_end_of_the_first_the_average_counts() {
        let first = tally(&[(9, true), (5, true), (5, false), (0, false), (0, false)]);
        let first = first.first(0.4).unwrap();
        assert_eq!(
            (format!("{:.1}", first.size), format!("{:.2}", first.risk)),
            ("2.0".into(), "1.50".into())
        );
    }
}
