//! What a reason follows from, so that feedback can be counted by it: the lines of a card, and the rules that ask for a
//! look.

use serde::{Deserialize, Serialize};
use strum::EnumIter;

use super::Block;
use crate::domain::word::Choice;

/// A line of a card, or a rule that asks for a look.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// Points: no active day for weeks.
    NotOnline,
    /// Points: fewer active days of late than the peers.
    FewDays,
    /// Points: fewer active days in four weeks than the peers.
    FewInMonth,
    /// Points: fewer active days since the start than the peers.
    FewSinceStart,
    /// Points: work not handed in.
    WorkOverdue,
    /// Points: much of the work that was due not handed in.
    ShareOverdue,
    /// Points: work handed in late, or not at all.
    DeadlinesMissed,
    /// Points: work handed in on the last day, late or not at all.
    LastMinute,
    /// Points: a low mean mark.
    MeanMark,
    /// Points: a mean mark below that of the peers.
    BelowPeers,
    /// Points: no mark, where most of the peers have one.
    NoMark,
    /// Points: the module is taken again.
    Repeating,
    /// Points: sessions missed.
    Attendance,
    /// Points: compulsory tutorials missed in a row.
    TutorialsMissed,
    /// Look, R8: not online for a month.
    Gone,
    /// Look, R6: not online since the start.
    NeverSeen,
    /// Look, R1g: not online for two weeks in which the peers were.
    Quiet,
    /// Look, R2: work overdue.
    Overdue,
    /// Look, R3b: a low mean mark.
    LowMean,
}

impl Rule {
    /// Whether it asks for a look, and gives no points.
    #[must_use]
    pub const fn is_look(self) -> bool {
        self.block().is_none()
    }

    /// The line of a card that says the same as a rule that asks for a look; none if there is none, or it is no such rule.
    #[must_use]
    pub const fn counterpart(self) -> Option<Self> {
        match self {
            Self::Gone | Self::Quiet => Some(Self::NotOnline),
            Self::Overdue => Some(Self::WorkOverdue),
            Self::LowMean => Some(Self::MeanMark),
            Self::NeverSeen
            | Self::NotOnline
            | Self::FewDays
            | Self::FewInMonth
            | Self::FewSinceStart
            | Self::WorkOverdue
            | Self::ShareOverdue
            | Self::DeadlinesMissed
            | Self::LastMinute
            | Self::MeanMark
            | Self::BelowPeers
            | Self::NoMark
            | Self::Repeating
            | Self::Attendance
            | Self::TutorialsMissed => None,
        }
    }

    /// Its key: stable, in kebab-case, as decisions and settings name it.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::NotOnline => "not-online",
            Self::FewDays => "few-days",
            Self::FewInMonth => "few-in-month",
            Self::FewSinceStart => "few-since-start",
            Self::WorkOverdue => "work-overdue",
            Self::ShareOverdue => "share-overdue",
            Self::DeadlinesMissed => "deadlines-missed",
            Self::LastMinute => "last-minute",
            Self::MeanMark => "mean-mark",
            Self::BelowPeers => "below-peers",
            Self::NoMark => "no-mark",
            Self::Repeating => "repeating",
            Self::Attendance => "attendance",
            Self::TutorialsMissed => "tutorials-missed",
            Self::Gone => "look-gone",
            Self::NeverSeen => "look-never-seen",
            Self::Quiet => "look-quiet",
            Self::Overdue => "look-overdue",
            Self::LowMean => "look-low-mean",
        }
    }

    /// The part of the score that its points belong to; none for a look.
    #[must_use]
    pub const fn block(self) -> Option<Block> {
        match self {
            Self::NotOnline | Self::FewDays | Self::FewInMonth => Some(Block::Recent),
            Self::FewSinceStart => Some(Block::SinceStart),
            Self::WorkOverdue | Self::ShareOverdue | Self::DeadlinesMissed | Self::LastMinute => {
                Some(Block::Submissions)
            }
            Self::MeanMark | Self::BelowPeers | Self::NoMark => Some(Block::Marks),
            Self::Repeating => Some(Block::History),
            Self::Attendance | Self::TutorialsMissed => Some(Block::Attendance),
            Self::Gone | Self::NeverSeen | Self::Quiet | Self::Overdue | Self::LowMean => None,
        }
    }
}

impl Choice for Rule {
    /// Points from 1, looks from 101.
    fn code(self) -> u8 {
        match self {
            Self::NotOnline => 1,
            Self::FewDays => 2,
            Self::FewSinceStart => 3,
            Self::WorkOverdue => 4,
            Self::MeanMark => 5,
            Self::NoMark => 6,
            Self::Repeating => 7,
            Self::Attendance => 8,
            Self::TutorialsMissed => 9,
            Self::FewInMonth => 10,
            Self::ShareOverdue => 11,
            Self::DeadlinesMissed => 12,
            Self::LastMinute => 13,
            Self::BelowPeers => 14,
            Self::Gone => 101,
            Self::NeverSeen => 102,
            Self::Quiet => 103,
            Self::Overdue => 104,
            Self::LowMean => 105,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::NotOnline => "not online for weeks",
            Self::FewDays => "fewer active days than the group",
            Self::FewInMonth => "fewer active days in four weeks",
            Self::FewSinceStart => "fewer active days since the start",
            Self::WorkOverdue => "work not handed in",
            Self::ShareOverdue => "much of the work not handed in",
            Self::DeadlinesMissed => "deadlines missed",
            Self::LastMinute => "handed in at the last minute",
            Self::MeanMark => "mean mark",
            Self::BelowPeers => "mean mark below the group's",
            Self::NoMark => "no mark yet",
            Self::Repeating => "takes the module again",
            Self::Attendance => "sessions missed",
            Self::TutorialsMissed => "tutorials missed in a row",
            Self::Gone => "look: not online for a month",
            Self::NeverSeen => "look: not online since the start",
            Self::Quiet => "look: not online for two weeks, the group was",
            Self::Overdue => "look: work overdue",
            Self::LowMean => "look: low mean mark",
        }
    }
}
