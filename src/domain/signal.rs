//! Engagement evidence of one student in one module: compact columns per source and year, never a record per figure.
//!
//! A year of online activity is one byte a week. Each column says until when its source knows
//! ([`EvidenceDay`]); what lies after that is unknown, which is never the same as nothing.
//!
//! # What cannot be in here
//!
//! A score sees [`Signals`] and nothing else of a student. The type has fields for activity, attendance, work and
//! repeating the module. There is no field for sex, age, ethnicity, disability, religion, deprivation, fee status or any
//! other attribute of a person, none that takes a free key, and none that takes text: a protected characteristic cannot
//! be handed to a score, whatever an import holds.

use serde::{Deserialize, Serialize};

pub mod activity;
pub mod attendance;
pub mod known;
pub mod ratings;
pub mod work;

pub use activity::Activity;
pub use attendance::{Attendance, Presence, Session};
pub use known::Known;
pub use ratings::Ratings;
pub use work::{Entry, Mark, Marked, Piece, Work};

/// A day of a module's run: 0 is its first day, days before it are negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct EvidenceDay(pub i16);

impl EvidenceDay {
    /// Later than every day: a source that knows everything there is.
    pub const END: Self = Self(i16::MAX);

    /// Earlier than every day: a source that knows nothing yet.
    pub const START: Self = Self(i16::MIN);

    /// So many days later.
    #[must_use]
    pub const fn plus(self, days: i16) -> Self {
        Self(self.0.saturating_add(days))
    }

    /// A last day after an extension, which never makes it earlier; where nobody has said the day, the extension does.
    #[must_use]
    pub fn extended(self, to: Option<Self>) -> Self {
        match to {
            None => self,
            Some(to) if self == Self::END => to,
            Some(to) => self.max(to),
        }
    }
}

/// The end of an evidence week, as the number of weeks that are over: of the first `k` weeks only days before
/// `7k` are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct WeekEnd(pub u8);

impl WeekEnd {
    /// The first day that is not known yet.
    #[must_use]
    pub const fn day(self) -> EvidenceDay {
        EvidenceDay(self.0 as i16 * 7)
    }
}

/// Everything a score may know about one student in one module; nothing, where no source has been imported.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Signals {
    /// Days of online activity.
    pub activity: Option<Activity>,
    /// Teaching sessions and compulsory tutorials.
    pub attendance: Option<Attendance>,
    /// What was handed in, and its marks.
    pub work: Option<Work>,
    /// Whether the student takes the module again.
    pub repeating: bool,
}

/// Puts a value in its place; a column has no room to spare, for there are millions of them.
fn insert<T>(column: &mut Box<[T]>, at: usize, value: T) {
    let mut all = std::mem::take(column).into_vec();
    all.reserve_exact(1);
    all.insert(at, value);
    *column = all.into_boxed_slice();
}
