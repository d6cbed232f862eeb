//! Whether points stand for the same share of risk in modules that they were not read from.

use std::collections::BTreeMap;

use super::{Past, Points, ranking, share};
use crate::domain::signal::WeekEnd;

/// How many bands of expected shares are compared with what became of the students.
const BANDS: usize = 10;

/// The expected calibration error by week: every share is read from the other modules, moved to the base rate of the run that
/// is judged, and compared by tenths with what became of its students.
#[must_use]
pub fn by_week(past: &Past, points: &Points) -> BTreeMap<u8, Option<f64>> {
    ranking::WEEKS.iter().map(|week| (week.0, error(past, points, *week))).collect()
}

/// How many of whom at risk, by points.
type Shares = BTreeMap<u8, (f64, f64)>;

fn shares(past: &Past, points: &Points, cohort: usize, week: WeekEnd) -> Shares {
    let mut shares = Shares::new();
    let members = past.cohorts.get(cohort).map(|cohort| cohort.members.iter());
    for (at, member) in members.into_iter().flatten().enumerate() {
        if let Some(scored) = points.of(cohort, at, week) {
            let known = shares.entry(scored.points).or_default();
            known.0 += 1.0;
            known.1 += f64::from(u8::from(member.outcome.is_risk()));
        }
    }
    shares
}

fn error(past: &Past, points: &Points, week: WeekEnd) -> Option<f64> {
    let all: Vec<(&str, Shares)> = past
        .cohorts
        .iter()
        .enumerate()
        .map(|(at, cohort)| (cohort.module(), shares(past, points, at, week)))
        .collect();
    let mut bands = [(0.0, 0.0, 0.0); BANDS];
    for (module, judged) in &all {
        let others = all.iter().filter(|(other, _)| other != module).flat_map(|(_, shares)| shares);
        let mut read = Shares::new();
        for (points, (count, risk)) in others {
            let known = read.entry(*points).or_default();
            *known = (known.0 + count, known.1 + risk);
        }
        for (expected, count, risk) in shifted(judged, &read) {
            let band =
                (0..BANDS - 1).zip(1_u8..).find(|(_, upper)| expected * 10.0 < f64::from(*upper));
            if let Some(band) = bands.get_mut(band.map_or(BANDS - 1, |(band, _)| band)) {
                *band = (band.0 + count, band.1 + risk, band.2 + expected * count);
            }
        }
    }
    let count = bands.iter().map(|band| band.0).sum();
    share(bands.iter().map(|(_, risk, expected)| (risk - expected).abs()).sum(), count)
}

/// For each number of points the expected share, how many, and how many of them at risk.
fn shifted(judged: &Shares, read: &Shares) -> Vec<(f64, f64, f64)> {
    let (count, risk) = judged.values().fold((0.0, 0.0), |sum, it| (sum.0 + it.0, sum.1 + it.1));
    if risk <= 0.0 || risk >= count {
        return Vec::new();
    }
    let odds: Vec<(f64, f64, f64)> = judged
        .iter()
        .filter_map(|(points, (count, risk))| Some((nearby(read, *points)?, *count, *risk)))
        .collect();
    let chance = |odds: f64, by: f64| 1.0 / (1.0 + (-odds - by).exp());
    let (mut low, mut high) = (-10.0, 10.0);
    for _ in 0..40 {
        let middle = f64::midpoint(low, high);
        let expected: f64 = odds.iter().map(|(odds, count, _)| count * chance(*odds, middle)).sum();
        if expected < risk { low = middle } else { high = middle }
    }
    let by = f64::midpoint(low, high);
    odds.into_iter().map(|(odds, count, risk)| (chance(odds, by), count, risk)).collect()
}

/// The log odds at these points, together with the points next to them until there are a hundred students.
fn nearby(read: &Shares, points: u8) -> Option<f64> {
    let (count, risk) = (0..=u8::MAX)
        .map(|reach| {
            let near = read.range(points.saturating_sub(reach)..=points.saturating_add(reach));
            near.fold((0.0, 0.0), |sum, (_, it)| (sum.0 + it.0, sum.1 + it.1))
        })
        .find(|(count, _)| *count >= 100.0)?;
    Some(((risk + 0.5) / (count - risk + 0.5)).ln())
}
