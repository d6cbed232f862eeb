//! Reasons in the words of a tutor.

use std::fmt;

use super::{
    evidence::{Mean, RECENT_DAYS},
    peers::Median,
};

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
    /// The mean mark is low.
    MeanMark(Mean),
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
            Self::MeanMark(mean) => write!(f, "mean mark {} so far", mean.percent()),
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
        }
    }
}

/// A count with its noun.
pub(super) fn counted(count: u16, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
