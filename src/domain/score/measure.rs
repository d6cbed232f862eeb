//! What the lines of a card measure, and what one student's evidence reads on it.

use serde::{Deserialize, Serialize};
use strum::EnumIter;

use super::{
    Evidence, Peers,
    card::{Limit, Line},
    evidence::Mean,
    peers::Median,
    why::Why,
};

/// What a line of a card measures. There is no measure for who somebody is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Measure {
    /// Days since the last active one.
    DaysNotOnline,
    /// Active days among the last 14, in percent of the peers' median.
    #[serde(rename = "active-days-14")]
    ActiveDays14,
    /// Active days among the last 28, in percent of the peers' median.
    #[serde(rename = "active-days-28")]
    ActiveDays28,
    /// Active days since the start, in percent of the peers' median.
    ActiveDays,
    /// Pieces of work overdue and not handed in.
    WorkOverdue,
    /// The same in percent of the pieces that were due.
    WorkOverduePercent,
    /// Pieces handed in late, or overdue and not handed in.
    DeadlinesMissed,
    /// Pieces handed in on their last day, late or not at all, in percent of those that were due.
    LastMinutePercent,
    /// The weighted mean of the marks that are back.
    MeanMark,
    /// How far it is below the peers' median.
    MarkBelowPeers,
    /// No mark, while so many percent of the peers have one.
    NoMarkPercent,
    /// Whether the module is taken again: 1.
    Repeating,
}

/// How the limits of a measure are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// More is worse: `from`.
    More,
    /// Less is worse: `below` or `up-to`.
    Less,
}

impl Measure {
    /// Whether more of it is worse, or less.
    #[must_use]
    pub const fn scale(self) -> Scale {
        match self {
            Self::ActiveDays14 | Self::ActiveDays28 | Self::ActiveDays | Self::MeanMark => {
                Scale::Less
            }
            Self::DaysNotOnline
            | Self::WorkOverdue
            | Self::WorkOverduePercent
            | Self::DeadlinesMissed
            | Self::LastMinutePercent
            | Self::MarkBelowPeers
            | Self::NoMarkPercent
            | Self::Repeating => Scale::More,
        }
    }

    /// Whether it is a share of what the peers' median is, so that a line can ask for a least one.
    #[must_use]
    pub const fn is_of_peers(self) -> bool {
        matches!(self, Self::ActiveDays14 | Self::ActiveDays28 | Self::ActiveDays)
    }

    /// Whether it is about being there, so that its points count towards the most that engagement brings.
    #[must_use]
    pub const fn is_engagement(self) -> bool {
        matches!(self, Self::DaysNotOnline) || self.is_of_peers()
    }

    /// What somebody's evidence reads on it; none where nothing is known, or nothing can be compared.
    #[must_use]
    pub(in crate::domain) fn read(
        self,
        line: &Line,
        evidence: &Evidence,
        peers: &Peers,
    ) -> Option<Reading> {
        let online = evidence.online;
        let days =
            |days: u16, of: Option<Median>| line.base(evidence.week.0, of?).map(|of| (days, of));
        Some(match self {
            Self::DaysNotOnline => Reading::Count(online?.idle.unwrap_or(u16::MAX)),
            Self::ActiveDays14 => Reading::days(days(online?.recent, peers.recent)?),
            Self::ActiveDays28 => Reading::days(days(online?.month, peers.month)?),
            Self::ActiveDays => Reading::days(days(online?.since_start, peers.since_start)?),
            Self::WorkOverdue => Reading::Count(evidence.overdue.into()),
            Self::WorkOverduePercent => {
                Reading::Share(evidence.overdue.into(), evidence.due.into())
            }
            Self::DeadlinesMissed => Reading::Count(evidence.deadlines_missed.into()),
            Self::LastMinutePercent => {
                Reading::Share(evidence.last_minute.into(), evidence.closed.into())
            }
            Self::MeanMark => Reading::Mean(evidence.mean?),
            Self::MarkBelowPeers => {
                let (mine, peers) = (evidence.mean?.mark().as_hundredths(), peers.mean?);
                Reading::Share(peers.halves().saturating_sub(2 * u32::from(mine)), 200 * 100)
            }
            Self::NoMarkPercent if evidence.mean.is_some() || !evidence.marks_known => return None,
            Self::NoMarkPercent => Reading::Share(peers.marked.into(), peers.count.into()),
            Self::Repeating => Reading::Count(evidence.repeating.into()),
        })
    }

    /// The reason that points of this measure have.
    #[must_use]
    pub(super) fn why(self, evidence: &Evidence, peers: &Peers) -> Option<Why> {
        let online = evidence.online;
        Some(match self {
            Self::DaysNotOnline => Why::NotOnline { days: online?.idle },
            Self::ActiveDays14 => Why::FewDays { days: online?.recent, peers: peers.recent? },
            Self::ActiveDays28 => Why::FewInMonth { days: online?.month, peers: peers.month? },
            Self::ActiveDays => {
                let (days, weeks) = (online?.since_start, evidence.week.0);
                Why::FewSinceStart { days, weeks, peers: peers.since_start? }
            }
            Self::WorkOverdue => Why::Overdue(evidence.overdue),
            Self::WorkOverduePercent => {
                Why::ShareOverdue { pieces: evidence.overdue, due: evidence.due }
            }
            Self::DeadlinesMissed => Why::DeadlinesMissed(evidence.deadlines_missed),
            Self::LastMinutePercent => {
                Why::LastMinute { pieces: evidence.last_minute, due: evidence.closed }
            }
            Self::MeanMark => Why::MeanMark(evidence.mean?.mark()),
            Self::MarkBelowPeers => {
                Why::BelowPeers { mark: evidence.mean?.mark(), peers: peers.mean? }
            }
            Self::NoMarkPercent => Why::NoMark,
            Self::Repeating => Why::Repeating,
        })
    }
}

/// What is read on a measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::domain) enum Reading {
    /// So many.
    Count(u16),
    /// So many of so many.
    Share(u32, u32),
    /// So many days, where the peers' median is this.
    Days(u16, Median),
    /// A mean mark.
    Mean(Mean),
}

impl Reading {
    const fn days((days, of): (u16, Median)) -> Self {
        Self::Days(days, of)
    }

    /// Whether it is as bad as a limit says, or worse. A share of nothing is no share.
    #[must_use]
    pub(in crate::domain) fn is_beyond(self, limit: Limit) -> bool {
        let percent = |share: u16| u64::from(share);
        match (self, limit) {
            (Self::Count(count), Limit::From(from)) => count >= from,
            (Self::Share(part, of), Limit::From(from)) => {
                of > 0 && 100 * u64::from(part) >= percent(from) * u64::from(of)
            }
            (Self::Days(days, median), Limit::UpTo(share)) => median.holds(days, share),
            (Self::Days(days, median), Limit::Below(share)) => !median.is_reached(days, share),
            (Self::Mean(mean), Limit::Below(mark)) => mean.is_below(mark),
            (Self::Mean(mean), Limit::UpTo(mark)) => mean.is_up_to(mark),
            (Self::Count(_) | Self::Share(..), Limit::Below(_) | Limit::UpTo(_))
            | (Self::Days(..) | Self::Mean(_), Limit::From(_)) => false,
        }
    }
}
