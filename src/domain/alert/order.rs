//! The order of the list, and how much of it a tutor is shown at once.

use std::{
    cmp::{Ordering, Reverse},
    collections::HashMap,
    hash::Hash,
};

use super::Alert;
use crate::domain::reason::Severity;

impl Alert {
    /// The order of the list. What a decision quietens comes last; then severity; more kinds of reasons that severe before
    /// fewer; what was there in a run before, before what is new; points; ties by who is early in their studies; then who
    /// waits longest.
    #[must_use]
    pub fn before(&self, other: &Self) -> Ordering {
        let key = |alert: &Self| {
            let top = alert.severity();
            let points = alert.standing.map_or(0, |standing| standing.points);
            (
                alert.quiet.is_some(),
                Reverse(top),
                Reverse(alert.kinds(top)),
                Reverse(alert.runs > 1),
                Reverse(points),
                Reverse(alert.early),
                alert.since(),
                Reverse(alert.evidence().count()),
                alert.student,
            )
        };
        key(self).cmp(&key(other))
    }

    /// How many reasons are that severe; all that signals say is one.
    fn kinds(&self, severity: Severity) -> usize {
        let severe = || self.evidence().filter(|reason| reason.severity == severity);
        let others = severe().filter(|reason| !reason.kind.is_signal()).count();
        others + usize::from(severe().any(|reason| reason.kind.is_signal()))
    }
}

/// Which rows are shown at first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Capped {
    /// Whether each row is, in the order of the list.
    pub shown: Vec<bool>,
    /// How many more there are that speak.
    pub more: usize,
}

/// Which rows that speak are shown at first: so many of each owner, or all where no number is given, and always those that
/// are urgent. The rows come in the order of the list, each with its owner.
pub fn first<O: Hash + Eq>(
    rows: impl IntoIterator<Item = (O, Severity)>,
    most: Option<u8>,
) -> impl Iterator<Item = bool> {
    let mut counts: HashMap<O, u8> = HashMap::new();
    rows.into_iter().map(move |(owner, severity)| {
        let Some(most) = most else { return true };
        let count = counts.entry(owner).or_default();
        let shown = *count < most || severity == Severity::Urgent;
        *count = count.saturating_add(u8::from(shown));
        shown
    })
}

/// The rows of a list that are shown at first. What a decision quietens is shown on request, and is not among those that are
/// told as more.
#[must_use]
pub fn cap<'a>(
    alerts: impl IntoIterator<Item = &'a Alert, IntoIter: Clone>,
    per_tutor: Option<u8>,
) -> Capped {
    let alerts = alerts.into_iter();
    let speaking = alerts.clone().filter(|alert| alert.speaks());
    let mut first = first(speaking.map(|alert| (alert.owner, alert.severity())), per_tutor);
    let shown: Vec<bool> =
        alerts.clone().map(|alert| alert.speaks() && first.next().unwrap_or(true)).collect();
    let held = alerts.zip(&shown).filter(|(alert, shown)| alert.speaks() && !**shown);
    Capped { more: held.count(), shown }
}
