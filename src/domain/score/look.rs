//! Rules that ask for a look without points, and what is shown beside them and never scored.

use std::fmt;

use super::{
    Card, Evidence, Peers,
    peers::Median,
    why::{Why, counted},
};
use crate::domain::signal::{Activity, WeekEnd};

/// A rule that is precise enough to stand alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Rule {
    /// R8: not online for a month.
    Gone,
    /// R6: not online since the start.
    NeverSeen,
    /// R1g: not online for two weeks in which the peers were.
    Quiet,
    /// R2: work overdue.
    Overdue,
    /// R3b: a low mean mark.
    LowMean,
}

/// A rule that applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Which.
    pub rule: Rule,
    /// Its reason.
    pub why: Why,
}

/// The rules that apply. Nothing follows from a source that is missing.
#[must_use]
pub fn look(card: &Card, evidence: &Evidence, peers: &Peers) -> Vec<Look> {
    let limits = &card.look;
    if evidence.week.0 < limits.from_week {
        return Vec::new();
    }
    let idle_for = |days| {
        let online = evidence.online.filter(|online| online.idle.is_none_or(|idle| idle >= days));
        online.map(|online| Why::NotOnline { days: online.idle })
    };
    let peers_were = peers.recent.is_some_and(|it| !it.is_below(limits.idle_peers_median));
    let never = evidence.online.filter(|online| online.since_start == 0);
    let overdue = evidence.overdue >= limits.overdue.max(1);
    let low = evidence.mean.filter(|mean| mean.is_below(limits.mean_below));
    [
        (Rule::Gone, idle_for(limits.none_for_days)),
        (Rule::NeverSeen, never.map(|_| Why::NeverSinceStart)),
        (Rule::Quiet, idle_for(limits.idle_days).filter(|_| peers_were)),
        (Rule::Overdue, overdue.then_some(Why::Overdue(evidence.overdue))),
        (Rule::LowMean, low.map(Why::MeanMark)),
    ]
    .into_iter()
    .filter_map(|(rule, why)| Some(Look { rule, why: why? }))
    .collect()
}

/// What is shown and never scored: real data say that it tells nothing by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aside {
    /// So many pieces were handed in late.
    Late(u8),
    /// Far fewer active days in the last week than in the four before.
    Drop {
        /// In the last week.
        days: u16,
        /// The median of the four weeks before.
        usual: Median,
    },
}

impl fmt::Display for Aside {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Late(pieces) => {
                write!(f, "{} handed in late", counted(u16::from(pieces), "piece", "pieces"))
            }
            Self::Drop { days, usual } => {
                let days = counted(days, "active day", "active days");
                write!(f, "{days} in the last week; {usual} a week before")
            }
        }
    }
}

/// Late work and a sudden drop, to be shown beside the reasons.
#[must_use]
pub fn asides(evidence: &Evidence, activity: Option<&Activity>) -> Vec<Aside> {
    let late = (evidence.late > 0).then_some(Aside::Late(evidence.late));
    let drop = activity.and_then(|activity| dropped(activity, evidence.week));
    late.into_iter().chain(drop).collect()
}

fn dropped(activity: &Activity, week: WeekEnd) -> Option<Aside> {
    let first = week.0.checked_sub(5).filter(|_| activity.covers(week.day()))?;
    let of = |week: u8| activity.days(WeekEnd(week).day(), WeekEnd(week + 1).day());
    let mut before: Vec<u16> = (first..week.0 - 1).map(of).collect();
    let (days, usual) = (of(week.0 - 1), Median::of(&mut before)?);
    (usual.is_above(days) && usual.holds(days, 50)).then_some(Aside::Drop { days, usual })
}
