//! Fits a score card to past students: whole points, monotone bands, thresholds; judged on modules that were left out.
//!
//! There is no chance in it: the same folder gives the same card. It sees the measures of a card and how it ended, nothing
//! else; the groups of an equality audit are never opened here.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use rayon::prelude::*;
use serde::Serialize;
use strum::IntoEnumIterator;

use super::{
    evaluate::{Past, Points, Ranking, Volume, calibration},
    score::{
        Card, Measure, Setting,
        card::{MOST_POINTS, Step},
    },
};

mod points;
mod table;
pub mod thresholds;

use points::Steps;
use table::Table;

/// The fewest students who failed or left, and who passed, that points can be fitted to.
const FEWEST: usize = 20;
/// The fewest of each group that is left out in turn.
const GROUPS: usize = 2;

/// What is left out in turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeaveOut {
    /// All runs of a module.
    Module,
    /// One run of it.
    Presentation,
}

/// Why nothing can be fitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Not enough students.
    #[error(
        "{risk} students here failed or left and {safe} passed; a card needs at least {FEWEST} of each, and \
         a good one hundreds. Export more years or modules."
    )]
    TooFew {
        /// Who failed or left.
        risk: usize,
        /// Who passed.
        safe: usize,
    },
    /// Nobody is in a tutor group.
    #[error(
        "nobody here is in a tutor group, and a card compares students with those of the same group. Check that \
         tutor_groups names the students and presentations of enrolments."
    )]
    NoTutorGroup,
    /// Nothing can be left out.
    #[error(
        "there are only students of {groups} {what}; at least {GROUPS} are needed, so that a card can be tried on one it \
         has not seen. Export more{instead}."
    )]
    OneGroup {
        /// How many there are.
        groups: usize,
        /// What they are.
        what: &'static str,
        /// What else would do.
        instead: &'static str,
    },
    /// Nothing tells who will fail.
    #[error(
        "nothing that is measured tells those who failed or left from those who passed. Check that weekly_vle, \
         submissions and enrolments are of the same students and years."
    )]
    Nothing,
}

/// How right a card is.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Gain {
    /// By week.
    #[serde(flatten)]
    pub ranking: Ranking,
    /// Under the standard setting.
    #[serde(flatten)]
    pub volume: Volume,
    /// How far the shares that the points stand for are off, by week.
    pub ece: BTreeMap<u8, Option<f64>>,
}

/// A card, and how right it is.
#[derive(Debug, Clone)]
pub struct Fitted {
    /// The card.
    pub card: Card,
    /// The groups that were left out in turn.
    pub groups: Vec<String>,
    /// The card in use.
    pub in_use: Gain,
    /// The new card, on the students that it was fitted to.
    pub seen: Gain,
    /// Cards that were fitted in the same way, each on a group that it has not seen.
    pub left_out: Gain,
}

/// Fits a card. What cannot be learnt here, attendance and the rules for a look, is that of the card in use.
///
/// # Errors
/// When there are too few students, or too few groups.
pub fn fit(past: &Past, in_use: &Card, leave_out: LeaveOut) -> Result<Fitted, Refusal> {
    let table = Table::of(past, in_use.attendance.weeks);
    let groups = groups(past, &table, leave_out)?;
    let mut left_out: Vec<BTreeSet<usize>> = vec![BTreeSet::new()];
    left_out.extend(groups.values().cloned());
    let cards: Vec<Card> =
        left_out.par_iter().map(|group| card(past, &table, in_use, group)).collect();
    let Some((whole, others)) = cards.split_first().filter(|(card, _)| !card.lines.is_empty())
    else {
        return Err(Refusal::Nothing);
    };
    let of_cohort = |cohort: usize| {
        let fold = groups.values().position(|group| group.contains(&cohort));
        fold.and_then(|fold| others.get(fold)).unwrap_or(whole)
    };
    Ok(Fitted {
        in_use: gain(past, |_| in_use),
        seen: gain(past, |_| whole),
        left_out: gain(past, of_cohort),
        card: whole.clone(),
        groups: groups.into_keys().collect(),
    })
}

/// How right a card is that may be another for each cohort.
fn gain<'a>(past: &Past, card: impl Fn(usize) -> &'a Card + Sync) -> Gain {
    let points = Points::by(&card, &past.cohorts);
    let from = |cohort, week| card(cohort).threshold(Setting::Standard, week);
    Gain {
        ranking: Ranking::of(past, &points),
        volume: Volume::of(past, &points, from),
        ece: calibration::by_week(past, &points),
    }
}

/// What is left out in turn, by name.
fn groups(
    past: &Past,
    table: &Table,
    leave_out: LeaveOut,
) -> Result<BTreeMap<String, BTreeSet<usize>>, Refusal> {
    if past.cohorts.iter().flat_map(|cohort| &cohort.tutees).all(Vec::is_empty) {
        return Err(Refusal::NoTutorGroup);
    }
    let known: BTreeMap<u32, bool> = table.rows.iter().map(|row| (row.who, row.risk)).collect();
    let risk = known.values().filter(|risk| **risk).count();
    let safe = known.len() - risk;
    if risk < FEWEST || safe < FEWEST {
        return Err(Refusal::TooFew { risk, safe });
    }
    let mut groups: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    let there: BTreeSet<usize> = table.rows.iter().map(|row| row.cohort).collect();
    for (at, cohort) in past.cohorts.iter().enumerate().filter(|(at, _)| there.contains(at)) {
        let name = match leave_out {
            LeaveOut::Module => cohort.module(),
            LeaveOut::Presentation => &cohort.name,
        };
        groups.entry(name.to_owned()).or_default().insert(at);
    }
    if groups.len() < GROUPS {
        let (what, instead) = match leave_out {
            LeaveOut::Module if there.len() >= GROUPS => {
                ("module", ", or leave out by presentation")
            }
            LeaveOut::Module => ("module", ""),
            LeaveOut::Presentation => ("presentation", ""),
        };
        return Err(Refusal::OneGroup { groups: groups.len(), what, instead });
    }
    Ok(groups)
}

/// The card of all students who are in none of some cohorts: whoever is in one of them is left out of the others as well.
fn card(past: &Past, table: &Table, in_use: &Card, without: &BTreeSet<usize>) -> Card {
    let members = without.iter().filter_map(|at| past.cohorts.get(*at));
    let members = members.flat_map(|cohort| &cohort.members);
    let left_out: HashSet<u32> = members.map(|member| member.who).collect();
    let rows = table.without(&left_out);
    let steps = points::search(&rows, &table.limits, table.cells);
    let mut card = of_steps(in_use, &steps);
    thresholds::place(&mut card, past, &left_out);
    scale(&mut card, in_use);
    card
}

/// The lines that have points, the worst band first.
fn of_steps(in_use: &Card, steps: &Steps) -> Card {
    let mut card = Card { name: "fitted".to_owned(), ..in_use.clone() };
    card.lines = Measure::iter()
        .zip(steps)
        .filter_map(|(measure, steps)| {
            let mut points = 0_u8;
            let mut bands: Vec<Step> = Vec::new();
            for (limit, step) in table::grid(measure).into_iter().zip(steps) {
                points = points.saturating_add(*step);
                if *step > 0 {
                    bands.push(Step { limit, points });
                }
            }
            bands.reverse();
            let mut line = table::blank(measure);
            line.bands = bands;
            (!line.bands.is_empty()).then_some(line)
        })
        .collect();
    card.alert.engagement_at_most = u8::MAX;
    card
}

/// Attendance is worth as much of an alert as it was; so is the most that engagement brings, unless that would cut off
/// what was fitted.
fn scale(card: &mut Card, in_use: &Card) {
    let (now, before) = (u16::from(card.alert.standard), u16::from(in_use.alert.standard.max(1)));
    let scaled = |points: u8| {
        let points = (u16::from(points) * now + before / 2) / before;
        u8::try_from(points).unwrap_or(u8::MAX)
    };
    for band in &mut card.attendance.bands {
        band.points = scaled(band.points).min(MOST_POINTS);
    }
    card.attendance.tutorials_points = scaled(card.attendance.tutorials_points).min(MOST_POINTS);
    let engagement = card.lines.iter().filter(|line| line.measure.is_engagement());
    let most = engagement.filter_map(|line| line.bands.first()).map(|band| band.points);
    let most = most.fold(0_u8, u8::saturating_add);
    card.alert.engagement_at_most = scaled(in_use.alert.engagement_at_most).max(most);
}

#[cfg(test)]
mod tests;
