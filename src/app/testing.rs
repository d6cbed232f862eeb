//! What tests of the model share: a fixed moment, and a desk that presses keys.

use chrono::{Duration, NaiveDate};

use crate::domain::time::Now;

/// Saturday, 21 November 2026, 14:02 at the institution, and so many milliseconds later.
pub fn now_at(ms: i64) -> Now {
    let day = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
    let local = day.and_hms_opt(14, 2, 0).unwrap();
    Now { local: local + Duration::milliseconds(ms), utc_ms: 1_795_269_720_000 + ms }
}
