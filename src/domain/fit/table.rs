//! What a fit learns from: past students week by week, each measure read as a level of its grid.

use std::collections::HashSet;

use rayon::prelude::*;
use strum::IntoEnumIterator;

use crate::domain::{
    evaluate::{Cohort, Past},
    score::{
        Evidence, Measure, Peers,
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
        let groups = past.cohorts.iter().enumerate();
        let groups: Vec<(usize, &Cohort, &Vec<u32>)> = groups
            .flat_map(|(at, cohort)| cohort.tutees.iter().map(move |group| (at, cohort, group)))
            .collect();
        let rows = groups.par_iter().flat_map_iter(|(at, cohort, group)| {
            WEEKS
                .iter()
                .filter(|(week, _)| *week <= cohort.weeks)
                .flat_map(|week| of_group(&measures, (*at, cohort), group, *week, attendance_weeks))
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
    (at, cohort): (usize, &Cohort),
    group: &[u32],
    (week, weight): (u8, f64),
    attendance_weeks: u8,
) -> Vec<Row> {
    let week = WeekEnd(week);
    let members = group.iter().filter_map(|member| cohort.members.get(*member as usize));
    let there: Vec<_> = members
        .filter(|member| member.is_there(week))
        .map(|it| (it, Evidence::new(&it.signals, &cohort.pieces, week, attendance_weeks)))
        .collect();
    let peers = Peers::of(there.iter().map(|(_, evidence)| evidence));
    let stage = STAGES.iter().filter(|from| **from <= week.0).count();
    let level = |evidence: &Evidence, (measure, line, grid): &(Measure, Line, Vec<Limit>)| {
        let reading = measure.read(line, evidence, &peers);
        let reached = grid.iter().filter(|limit| reading.is_some_and(|it| it.is_beyond(**limit)));
        u8::try_from(reached.count()).unwrap_or(u8::MAX)
    };
    there
        .iter()
        .map(|(member, evidence)| Row {
            levels: measures.iter().map(|measure| level(evidence, measure)).collect(),
            risk: member.outcome.is_risk(),
            cell: at * (STAGES.len() + 1) + stage,
            weight,
            cohort: at,
            who: member.who,
        })
        .collect()
}
