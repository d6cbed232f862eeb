//! Rules that ask for a look without points, and what is shown beside them and never scored.

use std::fmt;

use super::{
    Card, Evidence, Peers, Rule,
    peers::Median,
    why::{self, Why, counted},
};
use crate::domain::{
    signal::{Activity, WeekEnd},
    word::Choice,
};

/// A rule that applies: precise enough to stand alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Which.
    pub rule: Rule,
    /// Its reason.
    pub why: Why,
}

impl Look {
    /// As plain numbers, to be stored: the code of the rule, and the numbers of the reason.
    #[must_use]
    pub fn parts(&self) -> (u8, [u32; 3]) {
        (self.rule.code(), self.why.parts().1)
    }

    /// What [`Look::parts`] wrote; none where this version does not know it.
    #[must_use]
    pub fn of_parts(code: u8, numbers: [u32; 3]) -> Option<Self> {
        let rule = Rule::from_code(code)?;
        let reason = match rule {
            Rule::Gone | Rule::Quiet => why::NOT_ONLINE,
            Rule::NeverSeen => why::NEVER_SINCE_START,
            Rule::Overdue => why::OVERDUE,
            Rule::LowMean => why::MEAN_MARK,
            Rule::NotOnline
            | Rule::FewDays
            | Rule::FewInMonth
            | Rule::FewSinceStart
            | Rule::WorkOverdue
            | Rule::ShareOverdue
            | Rule::DeadlinesMissed
            | Rule::LastMinute
            | Rule::MeanMark
            | Rule::BelowPeers
            | Rule::NoMark
            | Rule::Repeating
            | Rule::Attendance
            | Rule::TutorialsMissed => return None,
        };
        Some(Self { rule, why: Why::of_parts(reason, numbers)? })
    }
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
    let low = evidence.mean.filter(|mean| mean.is_below(limits.mean_below.into()));
    [
        (Rule::Gone, idle_for(limits.none_for_days)),
        (Rule::NeverSeen, never.map(|_| Why::NeverSinceStart)),
        (Rule::Quiet, idle_for(limits.idle_days).filter(|_| peers_were)),
        (Rule::Overdue, overdue.then_some(Why::Overdue(evidence.overdue))),
        (Rule::LowMean, low.map(|mean| Why::MeanMark(mean.mark()))),
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

/// From how many percent of the usual days on fewer are a sudden drop.
const DROP: u8 = 50;

/// Late work and a sudden drop, to be shown beside the reasons.
#[must_use]
pub fn asides(evidence: &Evidence, activity: Option<&Activity>) -> Vec<Aside> {
    let late = (evidence.late > 0).then_some(Aside::Late(evidence.late));
    let drop = activity.and_then(|activity| dropped(activity, evidence.week, DROP));
    late.into_iter().chain(drop).collect()
}

/// A last week of at most so many percent of the four before it; none where one of these weeks is not known.
#[must_use]
pub fn dropped(activity: &Activity, week: WeekEnd, percent: u8) -> Option<Aside> {
    let first = week.0.checked_sub(5).filter(|_| activity.covers(week.day()))?;
    let of = |week: u8| activity.days(WeekEnd(week).day(), WeekEnd(week + 1).day());
    let mut before: Vec<u16> = (first..week.0 - 1).map(of).collect();
    let (days, usual) = (of(week.0 - 1), Median::of(&mut before)?);
    (usual.is_above(days) && usual.holds(days, percent.into()))
        .then_some(Aside::Drop { days, usual })
}
