//! The equality audit: whether a card treats groups of students alike. It sees points that have been given already; no
//! group ever reaches a score.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Past, Points, ranking::Tally, share};
use crate::domain::signal::WeekEnd;

/// The weeks at whose end groups are compared.
pub const WEEKS: [WeekEnd; 3] = [WeekEnd(5), WeekEnd(8), WeekEnd(12)];

/// The groups that students belong to, by what they are told apart by.
#[derive(Debug, Clone, Default)]
pub struct Groups {
    /// Sex, age and so on.
    pub by: Vec<Division>,
}

/// Students told apart by one thing.
#[derive(Debug, Clone, Default)]
pub struct Division {
    /// By what.
    pub name: String,
    /// What each group is called.
    pub values: Vec<String>,
    /// Cohort, member and group, a row for each student whose group is known.
    pub of: Vec<(u16, u32, u16)>,
}

/// One group at the end of one week.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Row {
    /// The week.
    pub week: u8,
    /// What students are told apart by.
    pub by: String,
    /// The group.
    pub group: String,
    /// How many.
    pub students: u32,
    /// How many of them failed or left.
    pub base_rate: Option<f64>,
    /// How many of them were flagged.
    pub flagged: Option<f64>,
    /// Of those flagged, how many failed or left.
    pub precision: Option<f64>,
    /// Of those who failed or left, how many were flagged.
    pub recall: Option<f64>,
    /// Of those who passed, how many were flagged.
    pub false_positive_rate: Option<f64>,
    /// The same, as if every group took the same mix of modules.
    pub false_positive_rate_same_modules: Option<f64>,
    /// The area under the curve inside the group.
    pub auc: Option<f64>,
}

/// Fewer students than this are not compared: too much of the difference would be chance.
const LARGE: u32 = 500;

/// Every group at the end of every week; flagged are those with so many points or more.
#[must_use]
pub fn rows(past: &Past, points: &Points, groups: &Groups, from: u8) -> Vec<Row> {
    let weeks = WEEKS.iter().flat_map(|week| groups.by.iter().map(move |by| (*week, by)));
    weeks.flat_map(|(week, by)| division(past, points, (by, from), week)).collect()
}

/// By how much the shares of those flagged without need differ between any two large groups, by week: as they are, and as
/// if every group took the same mix of modules.
#[must_use]
pub fn gaps(rows: &[Row]) -> BTreeMap<u8, [Option<f64>; 2]> {
    let gap = |week: u8, rate: fn(&Row) -> Option<f64>| {
        let large = rows.iter().filter(|row| row.week == week && row.students >= LARGE);
        let rates = large.filter_map(rate);
        let (low, high) =
            rates.fold((1.0_f64, 0.0_f64), |(low, high), it| (low.min(it), high.max(it)));
        (high >= low).then_some(high - low)
    };
    let of = |week: &WeekEnd| {
        let same = |row: &Row| row.false_positive_rate_same_modules;
        (week.0, [gap(week.0, |row| row.false_positive_rate), gap(week.0, same)])
    };
    WEEKS.iter().map(of).collect()
}

/// Those who passed, and those of them who were flagged, by module.
type Passed<'a> = BTreeMap<&'a str, (f64, f64)>;

#[derive(Default)]
struct Group<'a> {
    tally: Tally,
    students: u32,
    flagged: f64,
    risk: f64,
    right: f64,
    passed: Passed<'a>,
}

fn division(past: &Past, points: &Points, (by, from): (&Division, u8), week: WeekEnd) -> Vec<Row> {
    let mut groups: Vec<Group<'_>> = by.values.iter().map(|_| Group::default()).collect();
    let mut mix: BTreeMap<&str, f64> = BTreeMap::new();
    for (cohort, member, value) in &by.of {
        let (at, place) = (usize::from(*cohort), *member as usize);
        let Some(scored) = points.of(at, place, week) else { continue };
        let Some(run) = past.cohorts.get(at) else { continue };
        let Some(member) = run.members.get(place) else { continue };
        let Some(group) = groups.get_mut(usize::from(*value)) else { continue };
        let (flag, risk) = (scored.points >= from, member.outcome.is_risk());
        let one = |yes: bool| f64::from(u8::from(yes));
        group.tally.add(scored.points, risk);
        group.students += 1;
        group.flagged += one(flag);
        group.risk += one(risk);
        group.right += one(flag && risk);
        if !risk {
            let passed = group.passed.entry(run.module()).or_default();
            *passed = (passed.0 + 1.0, passed.1 + one(flag));
            *mix.entry(run.module()).or_default() += 1.0;
        }
    }
    let named = by.values.iter().zip(&groups).filter(|(_, group)| group.students > 0);
    named.map(|(value, group)| row(group, (&by.name, value), week, &mix)).collect()
}

fn row(group: &Group<'_>, name: (&str, &str), week: WeekEnd, mix: &BTreeMap<&str, f64>) -> Row {
    let students = f64::from(group.students);
    Row {
        week: week.0,
        by: name.0.to_owned(),
        group: name.1.to_owned(),
        students: group.students,
        base_rate: share(group.risk, students),
        flagged: share(group.flagged, students),
        precision: share(group.right, group.flagged),
        recall: share(group.right, group.risk),
        false_positive_rate: share(group.flagged - group.right, students - group.risk),
        false_positive_rate_same_modules: same_modules(&group.passed, mix),
        auc: group.tally.auc(),
    }
}

/// The mean of a group's false-positive rates by module, each weighed by how many passed it in all groups together; over
/// the modules that somebody of the group passed.
fn same_modules(passed: &Passed<'_>, mix: &BTreeMap<&str, f64>) -> Option<f64> {
    let (sum, weight) = passed.iter().fold((0.0, 0.0), |(sum, all), (module, (count, flagged))| {
        let weight = mix.get(module).copied().unwrap_or(0.0);
        (sum + weight * share(*flagged, *count).unwrap_or(0.0), all + weight)
    });
    share(sum, weight)
}
