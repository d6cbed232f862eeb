//! What a fit learns from: past students week by week, each measure read as a level of its grid.

use std::collections::HashSet;

use rayon::prelude::*;
use strum::IntoEnumIterator;

use crate::domain::{
    evaluate::{Group, Past},
    score::{
        Evidence, Measure,
        card::{Limit, Line},
    },
    signal::WeekEnd,
};

/// The weeks at whose end is learnt, and how much each counts: the early ones more, because they are for acting on.
pub(super) const WEEKS: [(u8, f64); 9] =
    [(3, 1.3), (4, 1.0), (5, 1.3), (6, 1.0), (8, 1.5), (10, 1.0), (12, 1.5), (16, 1.0), (21, 1.0)];
/// The first weeks of the parts of a year that have a base rate each.
const STAGES: [u8; 6] = [4, 6, 9, 13, 17, 23];

/// The limits that a fit may choose from, the mildest first.
pub(super) fn grid(measure: Measure) -> Vec<Limit> {
    let (limits, kind): (&[u16], fn(u16) -> Limit) = match measure {
        Measure::DaysNotOnline => (&[3, 5, 7, 10, 14, 21, 28, 42], Limit::From),
        Measure::ActiveDays14 | Measure::ActiveDays28 | Measure::ActiveDays => {
            (&[100, 84, 67, 50, 34, 25, 0], Limit::UpTo)
        }
        Measure::WorkOverdue | Measure::DeadlinesMissed => (&[1, 2, 3, 4], Limit::From),
        Measure::WorkOverduePercent => (&[20, 34, 50, 75, 100], Limit::From),
        Measure::LastMinutePercent => (&[34, 50, 67, 100], Limit::From),
        Measure::MeanMark => (&[85, 80, 75, 70, 65, 60, 55, 50, 45, 40, 30], Limit::Below),
        Measure::MarkBelowPeers => (&[1, 5, 10, 15, 20, 25, 30], Limit::From),
        Measure::NoMarkPercent => (&[50, 80], Limit::From),
        Measure::Repeating => (&[1], Limit::From),
    };
    limits.iter().copied().map(kind).collect()
}

/// The line by which a measure is read, without bands yet.
pub(super) fn blank(measure: Measure) -> Line {
    let mut line = Line::new(measure, Vec::new());
    if measure == Measure::ActiveDays {
        (line.peers_from, line.one_day_in_weeks) = (None, Some(4));
    }
    line
}

/// One student at the end of one week.
#[derive(Debug, Clone)]
pub(super) struct Row {
    /// By measure, how many limits of its grid are reached.
    pub levels: Vec<u8>,
    /// Whether the student failed or left.
    pub risk: bool,
    /// The run of the module and the part of the year, which have a base rate of their own.
    pub cell: usize,
    /// How much it counts.
    pub weight: f64,
    /// Which cohort.
    pub cohort: usize,
    /// Who.
    pub who: u32,
}

/// All rows.
#[derive(Debug, Clone)]
pub(super) struct Table {
    /// In the order of the folder.
    pub rows: Vec<Row>,
    /// How many limits each measure has.
    pub limits: Vec<usize>,
    /// How many cells there are.
    pub cells: usize,
}

impl Table {
    /// Reads every measure for everybody.
    pub fn of(past: &Past, attendance_weeks: u8) -> Self {
        let measures: Vec<(Measure, Line, Vec<Limit>)> =
            Measure::iter().map(|it| (it, blank(it), grid(it))).collect();
        let groups = Group::all(&past.cohorts);
        let rows = groups.par_iter().flat_map_iter(|group| {
            WEEKS.iter().flat_map(|week| of_group(&measures, group, *week, attendance_weeks))
        });
        let limits = measures.iter().map(|(_, _, grid)| grid.len()).collect();
        let cells = past.cohorts.len() * (STAGES.len() + 1);
        Self { rows: rows.collect(), limits, cells }
    }

    /// The rows without those who are left out.
    pub fn without(&self, left_out: &HashSet<u32>) -> Vec<&Row> {
        self.rows.iter().filter(|row| !left_out.contains(&row.who)).collect()
    }
}

fn of_group(
    measures: &[(Measure, Line, Vec<Limit>)],
    group: &Group<'_>,
    (week, weight): (u8, f64),
    attendance_weeks: u8,
) -> Vec<Row> {
    let (there, peers) = group.there(WeekEnd(week), attendance_weeks);
    let stage = STAGES.iter().filter(|from| **from <= week).count();
    let level = |evidence: &Evidence, (measure, line, grid): &(Measure, Line, Vec<Limit>)| {
        let reading = measure.read(line, evidence, &peers);
        let reached = grid.iter().filter(|limit| reading.is_some_and(|it| it.is_beyond(**limit)));
        u8::try_from(reached.count()).unwrap_or(u8::MAX)
    };
    there
        .iter()
        .map(|one| Row {
            levels: measures.iter().map(|measure| level(&one.evidence, measure)).collect(),
            risk: one.member.outcome.is_risk(),
            cell: group.at * (STAGES.len() + 1) + stage,
            weight,
            cohort: group.at,
            who: one.member.who,
        })
        .collect()
}
