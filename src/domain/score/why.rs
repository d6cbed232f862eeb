//! Reasons in the words of a tutor.

use std::fmt;

use super::{
    Rule,
    evidence::{MONTH_DAYS, RECENT_DAYS},
    peers::Median,
};
use crate::domain::signal::Mark;

/// Why there are points, or why somebody should look; it prints as a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// Not online for so many days; none: never.
    NotOnline {
        /// Days since the last active one.
        days: Option<u16>,
    },
    /// Fewer active days of late than the peers.
    FewDays {
        /// Of the last 14.
        days: u16,
        /// The peers' median.
        peers: Median,
    },
    /// Fewer active days since the start than the peers.
    FewSinceStart {
        /// Since the start.
        days: u16,
        /// How many weeks that is.
        weeks: u8,
        /// The peers' median.
        peers: Median,
    },
    /// Never online since the start.
    NeverSinceStart,
    /// So many pieces are overdue.
    Overdue(u8),
    /// The mean mark is low; rounded down so that it never reads better than it counts.
    MeanMark(Mark),
    /// No mark, where most of the peers have one.
    NoMark,
    /// The module is taken again.
    Repeating,
    /// Sessions were missed.
    Attendance {
        /// To how many the student came …
        attended: u16,
        /// … of how many.
        expected: u16,
        /// In how many weeks.
        weeks: u8,
    },
    /// So many compulsory tutorials were missed in a row.
    TutorialsMissed(u8),
    /// Fewer active days in four weeks than the peers.
    FewInMonth {
        /// Of the last 28.
        days: u16,
        /// The peers' median.
        peers: Median,
    },
    /// Much of the work is overdue.
    ShareOverdue {
        /// Pieces overdue …
        pieces: u8,
        /// … of those that were due.
        due: u8,
    },
    /// So many pieces were handed in late or not at all.
    DeadlinesMissed(u8),
    /// Work comes on the last day, late or not at all.
    LastMinute {
        /// So many pieces …
        pieces: u8,
        /// … of those that were due.
        due: u8,
    },
    /// The mean mark is below that of the peers.
    BelowPeers {
        /// The mean mark.
        mark: Mark,
        /// The peers' median, in hundredths.
        peers: Median,
    },
}

// The codes that a rule for a look needs to know.
pub(super) const NOT_ONLINE: u8 = 1;
pub(super) const NEVER_SINCE_START: u8 = 4;
pub(super) const OVERDUE: u8 = 5;
pub(super) const MEAN_MARK: u8 = 6;

/// What [`Why::parts`] writes for "never".
const NEVER: u32 = u32::MAX;

impl Why {
    /// As plain numbers, to be stored: a code that is never reused or changed, and up to three numbers; 0 where one is
    /// not needed.
    #[must_use]
    pub fn parts(&self) -> (u8, [u32; 3]) {
        match *self {
            Self::NotOnline { days } => (NOT_ONLINE, [days.map_or(NEVER, u32::from), 0, 0]),
            Self::FewDays { days, peers } => (2, [days.into(), peers.halves(), 0]),
            Self::FewSinceStart { days, weeks, peers } => {
                (3, [days.into(), weeks.into(), peers.halves()])
            }
            Self::NeverSinceStart => (NEVER_SINCE_START, [0; 3]),
            Self::Overdue(pieces) => (OVERDUE, [pieces.into(), 0, 0]),
            Self::MeanMark(mark) => (MEAN_MARK, [mark.as_hundredths().into(), 0, 0]),
            Self::NoMark => (7, [0; 3]),
            Self::Repeating => (8, [0; 3]),
            Self::Attendance { attended, expected, weeks } => {
                (9, [attended.into(), expected.into(), weeks.into()])
            }
            Self::TutorialsMissed(missed) => (10, [missed.into(), 0, 0]),
            Self::FewInMonth { days, peers } => (11, [days.into(), peers.halves(), 0]),
            Self::ShareOverdue { pieces, due } => (12, [pieces.into(), due.into(), 0]),
            Self::DeadlinesMissed(missed) => (13, [missed.into(), 0, 0]),
            Self::LastMinute { pieces, due } => (14, [pieces.into(), due.into(), 0]),
            Self::BelowPeers { mark, peers } => {
                (15, [mark.as_hundredths().into(), peers.halves(), 0])
            }
        }
    }

    /// What [`Why::parts`] wrote; none where this version does not know it.
    #[must_use]
    pub fn of_parts(code: u8, [one, two, three]: [u32; 3]) -> Option<Self> {
        let (byte, count) = (|it| u8::try_from(it).ok(), |it| u16::try_from(it).ok());
        Some(match code {
            NOT_ONLINE if one == NEVER => Self::NotOnline { days: None },
            NOT_ONLINE => Self::NotOnline { days: Some(count(one)?) },
            2 => Self::FewDays { days: count(one)?, peers: Median::of_halves(two)? },
            3 => {
                let (days, weeks) = (count(one)?, byte(two)?);
                Self::FewSinceStart { days, weeks, peers: Median::of_halves(three)? }
            }
            NEVER_SINCE_START => Self::NeverSinceStart,
            OVERDUE => Self::Overdue(byte(one)?),
            MEAN_MARK => Self::MeanMark(Mark::hundredths(count(one)?)?),
            7 => Self::NoMark,
            8 => Self::Repeating,
            9 => {
                let (attended, expected) = (count(one)?, count(two)?);
                Self::Attendance { attended, expected, weeks: byte(three)? }
            }
            10 => Self::TutorialsMissed(byte(one)?),
            11 => Self::FewInMonth { days: count(one)?, peers: Median::of_halves(two)? },
            12 => Self::ShareOverdue { pieces: byte(one)?, due: byte(two)? },
            13 => Self::DeadlinesMissed(byte(one)?),
            14 => Self::LastMinute { pieces: byte(one)?, due: byte(two)? },
            15 => {
                let (mark, peers) = (Mark::hundredths(count(one)?)?, Median::of_halves(two)?);
                Self::BelowPeers { mark, peers }
            }
            _ => return None,
        })
    }

    /// The line of the card that gives points for it. A look knows its own rule.
    #[must_use]
    pub const fn rule(&self) -> Rule {
        match self {
            Self::NotOnline { .. } => Rule::NotOnline,
            Self::FewDays { .. } => Rule::FewDays,
            Self::FewSinceStart { .. } => Rule::FewSinceStart,
            Self::NeverSinceStart => Rule::NeverSeen,
            Self::Overdue(_) => Rule::WorkOverdue,
            Self::MeanMark(_) => Rule::MeanMark,
            Self::NoMark => Rule::NoMark,
            Self::Repeating => Rule::Repeating,
            Self::Attendance { .. } => Rule::Attendance,
            Self::TutorialsMissed(_) => Rule::TutorialsMissed,
            Self::FewInMonth { .. } => Rule::FewInMonth,
            Self::ShareOverdue { .. } => Rule::ShareOverdue,
            Self::DeadlinesMissed(_) => Rule::DeadlinesMissed,
            Self::LastMinute { .. } => Rule::LastMinute,
            Self::BelowPeers { .. } => Rule::BelowPeers,
        }
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::NotOnline { days: Some(days) } => write!(f, "not online for {days} days"),
            Self::NotOnline { days: None } => f.write_str("never online"),
            Self::NeverSinceStart => f.write_str("not online since the start"),
            Self::FewDays { days, peers } => {
                let days = counted(days, "active day", "active days");
                write!(f, "{days} in the last {RECENT_DAYS}; your group typically {peers}")
            }
            Self::FewSinceStart { days, weeks, peers } => {
                let days = counted(days, "active day", "active days");
                let weeks = counted(u16::from(weeks), "week", "weeks");
                write!(f, "{days} in {weeks} since the start; your group typically {peers}")
            }
            Self::Overdue(pieces) => {
                let pieces = counted(u16::from(pieces), "piece", "pieces");
                write!(f, "{pieces} of work overdue and not handed in")
            }
            Self::MeanMark(mean) => write!(f, "mean mark {} so far", mean.as_hundredths() / 100),
            Self::NoMark => f.write_str("no mark yet; most of your group have one"),
            Self::Repeating => f.write_str("takes the module again"),
            Self::Attendance { attended, expected, weeks } => {
                let sessions = counted(expected, "session", "sessions");
                let weeks = counted(u16::from(weeks), "week", "weeks");
                write!(f, "came to {attended} of {sessions} in the last {weeks}")
            }
            Self::TutorialsMissed(missed) => {
                write!(f, "missed {} in a row", counted(u16::from(missed), "tutorial", "tutorials"))
            }
            Self::FewInMonth { days, peers } => {
                let days = counted(days, "active day", "active days");
                write!(f, "{days} in the last {MONTH_DAYS}; your group typically {peers}")
            }
            Self::ShareOverdue { pieces, due } => {
                let due = counted(u16::from(due), "piece", "pieces");
                write!(f, "{pieces} of {due} of work due so far not handed in")
            }
            Self::DeadlinesMissed(missed) => {
                let deadlines = counted(u16::from(missed), "deadline", "deadlines");
                write!(f, "missed {deadlines}: late, or not handed in")
            }
            Self::LastMinute { pieces, due } => {
                let due = counted(u16::from(due), "piece", "pieces");
                write!(f, "{pieces} of {due} of work on the last day, late or not at all")
            }
            Self::BelowPeers { mark, peers } => {
                let (mark, peers) = (mark.as_hundredths() / 100, peers.halves() / 200);
                write!(f, "mean mark {mark} so far; your group typically {peers}")
            }
        }
    }
}

/// A count with its noun.
pub(super) fn counted(count: u16, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
