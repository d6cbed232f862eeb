//! The order of the list, and how much of it a tutor is shown at once.

use std::{
    cmp::{Ordering, Reverse},
    collections::HashMap,
};

use super::Alert;
use crate::domain::{reason::Severity, tutor::TutorId};

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
                Reverse(alert.reasons.len()),
                alert.student,
            )
        };
        key(self).cmp(&key(other))
    }

    /// How many reasons are that severe; all that signals say is one.
    fn kinds(&self, severity: Severity) -> usize {
        let severe = || self.reasons.iter().filter(|reason| reason.severity == severity);
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

/// The first rows of each tutor, so many of each, from a list in its order; all of them where no number is given. What is urgent is always shown; what a decision
/// quietens is shown on request, and is not among those that are told as more.
#[must_use]
pub fn cap<'a>(alerts: impl IntoIterator<Item = &'a Alert>, per_tutor: Option<u8>) -> Capped {
    let mut counts: HashMap<Option<TutorId>, usize> = HashMap::new();
    let mut capped = Capped::default();
    for alert in alerts {
        let count = counts.entry(alert.owner).or_default();
        let room = per_tutor.is_none_or(|most| *count < usize::from(most));
        let fits = room || alert.severity() == Severity::Urgent;
        let shown = alert.speaks() && fits;
        *count += usize::from(shown);
        capped.more += usize::from(alert.speaks() && !shown);
        capped.shown.push(shown);
    }
    capped
}
