//! The moment that rules and screens see. Nothing in here reads a clock.

use chrono::{NaiveDate, NaiveDateTime};

/// The moment of a message: the wall clock at the institution, and the stamp for the journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Now {
    /// Wall time at the institution; `--today` has moved its day.
    pub local: NaiveDateTime,
    /// Milliseconds since 1970 in UTC, never moved by `--today`.
    pub utc_ms: i64,
}

impl Now {
    /// The day that rules count from.
    #[must_use]
    pub fn today(self) -> NaiveDate {
        self.local.date()
    }
}
