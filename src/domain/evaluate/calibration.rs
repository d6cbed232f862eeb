//! Whether points stand for the same share of risk in modules that they were not read from.

use std::collections::BTreeMap;

use super::{
    Past, Points,
    ranking::{self, Tally},
    share,
};
use crate::domain::signal::WeekEnd;

/// How many bands of expected shares are compared with what became of the students.
const BANDS: usize = 10;

/// The expected calibration error by week: every share is read from the other modules, moved to the base rate of the run that
/// is judged, and compared by tenths with what became of its students.
#[must_use]
pub fn by_week(past: &Past, points: &Points) -> BTreeMap<u8, Option<f64>> {
    ranking::WEEKS.iter().map(|week| (week.0, error(past, points, *week))).collect()
}

fn error(past: &Past, points: &Points, week: WeekEnd) -> Option<f64> {
    let cohorts = past.cohorts.iter().enumerate();
    let all: Vec<(&str, Tally)> =
        cohorts.map(|(at, it)| (it.module(), Tally::of(past, points, at, week))).collect();
    let mut bands = [(0.0, 0.0, 0.0); BANDS];
    for (module, judged) in &all {
        let mut read = Tally::default();
        for (_, tally) in all.iter().filter(|(other, _)| other != module) {
            read.merge(tally);
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
fn shifted(judged: &Tally, read: &Tally) -> Vec<(f64, f64, f64)> {
    let (risk, safe) = judged.sums();
    if risk <= 0.0 || safe <= 0.0 {
        return Vec::new();
    }
    let odds = judged.points().filter_map(|points| {
        let (risk, safe) = judged.within(points..=points);
        Some((nearby(read, points)?, risk + safe, risk))
    });
    let odds: Vec<(f64, f64, f64)> = odds.collect();
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
fn nearby(read: &Tally, points: u8) -> Option<f64> {
    let (risk, safe) = (0..=u8::MAX)
        .map(|reach| read.within(points.saturating_sub(reach)..=points.saturating_add(reach)))
        .find(|(risk, safe)| risk + safe >= 100.0)?;
    Some(((risk + 0.5) / (safe + 0.5)).ln())
}
