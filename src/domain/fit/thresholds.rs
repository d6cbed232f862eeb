//! From how many points on there is an alert: as many as a tutor can act on, placed where they help most.

use std::collections::HashSet;

use super::Card;
use crate::domain::{
    evaluate::{Past, Points, Seen, Volume},
    score::card::{Alert, Stage},
    signal::WeekEnd,
};

/// The most new alerts a week for a tutor of 30 under the standard setting.
pub const STANDARD: f64 = 0.80;
/// What is asked of alerts: how many are right, …
const PRECISION: f64 = 0.74;
/// … how many of those who fail or leave are found, …
const RECALL: f64 = 0.78;
/// … how many of them by week 8, …
const BY_WEEK_8: f64 = 0.63;
/// … and how many who leave are found two weeks before.
const AHEAD: f64 = 0.57;
/// The most new alerts under the other settings, as shares of it.
const WIDE: f64 = 1.35;
const NARROW: f64 = 0.75;
/// Urgent alerts are half of it at most.
const URGENT: f64 = 0.5;
/// The first weeks of the parts of a year that have a threshold each.
const STAGES: [u8; PARTS] = [2, 4, 6, 9, 13, 20];
/// How many parts that are.
const PARTS: usize = 6;
/// The highest threshold that is tried.
const HIGHEST: u8 = 60;

/// Thresholds by part of the year.
type Stages = [u8; PARTS];

/// Gives a card its thresholds, by the students who are not left out.
pub(super) fn place(card: &mut Card, past: &Past, left_out: &HashSet<u32>) {
    let points = Points::all(card, &past.cohorts);
    let seen = Seen::some(past, &points, |member| !left_out.contains(&member.who));
    let volume = |stages: &Stages| seen.volume(|_, week| at(*stages, week));
    let new = |stages: &Stages| volume(stages).new_per_tutor_week.unwrap_or(0.0);
    let flat =
        |most: f64| (1..HIGHEST).find(|from| new(&[*from; PARTS]) <= most).unwrap_or(HIGHEST);
    let stages = climb([flat(STANDARD); PARTS], |stages| worth(&volume(stages)));
    let moved = |by: i8| stages.map(|from| from.saturating_add_signed(by).max(1));
    let wide = (1..=10).rev().find(|by| new(&moved(-by)) <= STANDARD * WIDE).unwrap_or(1);
    let narrow = (1..=10).find(|by| new(&moved(*by)) <= STANDARD * NARROW).unwrap_or(10);
    let [first, ..] = stages;
    let adds = STAGES.iter().zip(stages).skip(1);
    card.alert = Alert {
        first_week: STAGES.first().copied().unwrap_or(2),
        wide: first.saturating_add_signed(-wide).max(1),
        standard: first,
        narrow: first.saturating_add_signed(narrow),
        urgent: flat(STANDARD * URGENT),
        stages: adds
            .map(|(from, at)| Stage { from_week: *from, add: at.saturating_sub(first) })
            .collect(),
        ..card.alert.clone()
    };
}

fn at(stages: Stages, week: WeekEnd) -> Option<u8> {
    let begun = STAGES.into_iter().zip(stages).take_while(|(from, _)| *from <= week.0);
    begun.last().map(|(_, at)| at)
}

/// How far alerts are from what is asked of them: that they are few enough, right, that nobody is missed, and that they
/// come in time. What is short counts; what is beyond hardly.
fn worth(volume: &Volume) -> f64 {
    let short = |asked: f64, figure: Option<f64>| asked - figure.unwrap_or(0.0);
    let over = volume.new_per_tutor_week.unwrap_or(0.0) - STANDARD;
    let all = [
        over,
        short(PRECISION, volume.precision),
        short(RECALL, volume.recall),
        short(BY_WEEK_8, volume.recall_by_week_8),
        short(AHEAD, volume.withdrawals_two_weeks_ahead),
    ];
    let missing: f64 = all.iter().map(|short| short.max(0.0)).sum();
    -(missing + 100.0 * over.max(0.0)) - all.iter().sum::<f64>() / 200.0
}

/// The best thresholds within reach: a part of the year at a time, or two; they never fall during the year.
fn climb(start: Stages, worth: impl Fn(&Stages) -> f64) -> Stages {
    let (mut best, mut most) = (start, worth(&start));
    loop {
        let mut better = None;
        for parts in [Parts::One, Parts::Two] {
            for near in near(best, parts) {
                let worth = worth(&near);
                if worth > most + 1e-6 {
                    (better, most) = (Some(near), worth);
                }
            }
            if better.is_some() {
                break;
            }
        }
        match better {
            Some(near) => best = near,
            None => return best,
        }
    }
}

/// How many parts of the year move at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Parts {
    One,
    Two,
}

fn near(stages: Stages, parts: Parts) -> Vec<Stages> {
    let moves: [i8; 5] = [-2, -1, 0, 1, 2];
    let mut all = Vec::new();
    for first in 0..stages.len() {
        let seconds = if parts == Parts::One { first..first + 1 } else { first + 1..stages.len() };
        for second in seconds {
            for (one, two) in moves.iter().flat_map(|one| moves.iter().map(move |two| (one, two))) {
                let mut near = stages;
                for (place, by) in [(first, one), (second, two)] {
                    if let Some(from) = near.get_mut(place) {
                        *from = from.saturating_add_signed(*by).clamp(1, HIGHEST);
                    }
                }
                all.push(near);
            }
        }
    }
    all.retain(|near| *near != stages && near.is_sorted());
    all.sort_unstable();
    all.dedup();
    all
}
