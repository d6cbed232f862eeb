//! How right a score card is, on past students whose outcome is known: ranking, alerts, and whether it treats groups of
//! students alike. Nothing in here is about a student of the profile.
//!
//! A card sees the signals of a [`Member`] only; [`Groups`] and outcomes are opened after every point has been given.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    signal::{EvidenceDay, Piece, Signals, WeekEnd},
    word::Choice,
};

pub mod alerts;
pub mod audit;
pub mod calibration;
pub mod group;
pub mod ranking;
pub mod run;

pub use alerts::{Seen, Volume};
pub use audit::{Division, Groups, Row};
pub use group::Group;
pub use ranking::Ranking;
pub use run::{LAST_WEEK, Points};

use super::score::{Card, Setting};

/// How it ended for somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Passed, with or without distinction.
    Passed,
    /// Failed.
    Failed,
    /// Left before the end.
    Withdrawn,
}

impl Outcome {
    /// Whether a word would have been worth it: failed or withdrawn.
    #[must_use]
    pub const fn is_risk(self) -> bool {
        matches!(self, Self::Failed | Self::Withdrawn)
    }
}

/// One student of a past run of a module.
#[derive(Debug, Clone)]
pub struct Member {
    /// The same number in every cohort that this student is in; it says nothing else.
    pub who: u32,
    /// What a score may know.
    pub signals: Signals,
    /// When the student joined; none: before the start.
    pub joined: Option<EvidenceDay>,
    /// When the student left.
    pub left: Option<EvidenceDay>,
    /// How it ended.
    pub outcome: Outcome,
}

impl Member {
    /// Whether the student is there at the end of a week: who has left is not predicted.
    #[must_use]
    pub fn is_there(&self, week: WeekEnd) -> bool {
        let end = week.day();
        self.joined.is_none_or(|day| day < end) && self.left.is_none_or(|day| day >= end)
    }
}

/// One past run of a module.
#[derive(Debug, Clone)]
pub struct Cohort {
    /// What it is called, module first: `AAA_2013J`.
    pub name: String,
    /// In how many weeks it is scored: those that it ran, [`LAST_WEEK`] at most.
    pub weeks: u8,
    /// The work it asked for.
    pub pieces: Vec<Piece>,
    /// Who took it.
    pub members: Vec<Member>,
    /// The groups of personal tutors: places in `members`.
    pub tutees: Vec<Vec<u32>>,
}

impl Cohort {
    /// The module without the year.
    #[must_use]
    pub fn module(&self) -> &str {
        self.name.split('_').next().unwrap_or(&self.name)
    }
}

/// One row of points that somebody else computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Expected {
    /// Which cohort.
    pub cohort: u16,
    /// Which member.
    pub member: u32,
    /// The end of which week.
    pub week: WeekEnd,
    /// The points.
    pub points: u8,
}

/// Past students, with the outcome of each.
#[derive(Debug, Clone, Default)]
pub struct Past {
    /// By run of a module.
    pub cohorts: Vec<Cohort>,
    /// Points to compare with; none where the folder has none.
    pub expected: Option<Vec<Expected>>,
    /// Groups for the equality audit.
    pub groups: Option<Groups>,
}

/// How right a card is.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figures {
    /// The name of the card.
    pub card: String,
    /// Rows whose points are not those of the reference; none without a reference.
    pub b1_differences: Option<u32>,
    /// Rows of the reference.
    pub b1_rows: Option<u32>,
    /// By week.
    #[serde(flatten)]
    pub ranking: Ranking,
    /// How far the shares that points stand for are off in modules they were not read from, by week.
    pub ece: BTreeMap<u8, Option<f64>>,
    /// Alerts under the standard setting.
    #[serde(flatten)]
    pub standard: Volume,
    /// Alerts under the other settings, and urgent ones.
    pub settings: Vec<Named>,
    /// From how many points on somebody counts as flagged in the audit: the standard threshold of week 8.
    pub flagged_from: u8,
    /// By how much false positives differ between any two groups of 500 students or more, by week: as they are, and as if
    /// every group took the same modules.
    pub false_positive_gaps: BTreeMap<u8, [Option<f64>; 2]>,
    /// Whether groups are treated alike; empty where the folder has no groups.
    pub audit: Vec<Row>,
    /// Reading and computing together.
    pub seconds: f64,
}

/// Alerts under a setting.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Named {
    /// The setting.
    pub setting: &'static str,
    /// Its alerts.
    #[serde(flatten)]
    pub volume: Volume,
}

/// Computes all figures of a card.
#[must_use]
pub fn evaluate(card: &Card, past: &Past) -> Figures {
    let points = Points::all(card, &past.cohorts);
    let seen = Seen::of(past, &points);
    let settings = Setting::ALL.map(|setting| {
        let volume = seen.volume(|_, week| card.threshold(setting, week));
        Named { setting: setting.words(), volume }
    });
    let urgent = seen.volume(|_, _| Some(card.alert.urgent));
    let [wide, standard, narrow] = settings;
    let urgent = Named { setting: "urgent", volume: urgent };
    let differences = past.expected.as_ref().map(|rows| points.differences(rows));
    let groups = past.groups.as_ref();
    let flagged_from = card.threshold(Setting::Standard, WeekEnd(8)).unwrap_or(card.alert.urgent);
    let audit = |groups| audit::rows(past, &points, groups, flagged_from);
    let audit = groups.map(audit).unwrap_or_default();
    Figures {
        card: card.name.clone(),
        b1_differences: differences,
        b1_rows: past.expected.as_ref().and_then(|rows| u32::try_from(rows.len()).ok()),
        ranking: Ranking::of(past, &points),
        ece: calibration::by_week(past, &points),
        standard: standard.volume,
        settings: vec![wide, narrow, urgent],
        flagged_from,
        false_positive_gaps: audit::gaps(&audit),
        audit,
        seconds: 0.0,
    }
}

/// A share, none of nothing.
fn share(part: f64, of: f64) -> Option<f64> {
    (of > 0.0).then(|| part / of)
}

#[cfg(test)]
mod tests;
