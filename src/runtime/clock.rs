//! The one clock of the program.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use chrono_tz::Tz;

use crate::domain::time::Now;

/// Where the institution is, unless a profile says otherwise.
pub const ZONE: Tz = chrono_tz::Europe::London;

/// Tells the time at the institution. `--today` moves the day that rules see, and nothing else.
#[derive(Debug, Clone, Copy)]
pub struct Clock {
    zone: Tz,
    today: Option<NaiveDate>,
}

impl Clock {
    /// A clock at the institution; `today` is the day to see instead of the real one.
    #[must_use]
    pub fn new(today: Option<NaiveDate>) -> Self {
        Self { zone: ZONE, today }
    }

    /// The moment.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the clock")]
    pub fn now(self) -> Now {
        self.at(Utc::now())
    }

    /// Wall time at the institution of a stamp.
    #[must_use]
    pub fn wall(self, utc_ms: i64) -> Option<NaiveDateTime> {
        Some(DateTime::from_timestamp_millis(utc_ms)?.with_timezone(&self.zone).naive_local())
    }

    fn at(self, moment: DateTime<Utc>) -> Now {
        let wall = moment.with_timezone(&self.zone).naive_local();
        let local = self.today.map_or(wall, |today| today.and_time(wall.time()));
        Now { local, utc_ms: moment.timestamp_millis() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn the_wall_shows_summer_time() {
        let clock = Clock::new(None);
        assert_eq!(
            clock.at(moment("2026-07-01T23:30:00Z")).local.to_string(),
            "2026-07-02 00:30:00"
        );
        assert_eq!(
            clock.at(moment("2026-12-01T23:30:00Z")).local.to_string(),
            "2026-12-01 23:30:00"
        );
    }

    #[test]
    fn another_today_moves_the_day_but_never_the_stamp() {
        let day = NaiveDate::from_ymd_opt(2025, 10, 3);
        let now = Clock::new(day).at(moment("2026-11-21T14:02:00Z"));
        assert_eq!(now.local.to_string(), "2025-10-03 14:02:00");
        assert_eq!(now.utc_ms, moment("2026-11-21T14:02:00Z").timestamp_millis());
    }
}
