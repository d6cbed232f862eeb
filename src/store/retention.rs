//! Which snapshots are kept: the newest of each of the last seven days that have one, of four weeks and of
//! twelve months. None grows older than a year, so that what was erased is gone from all of them then.

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike, Days, NaiveDate};

const DAYS: usize = 7;
const WEEKS: usize = 4;
const MONTHS: usize = 12;
const OLDEST: Days = Days::new(366);

/// Of the times of snapshots (milliseconds since 1970), the newest first, those of the ones to keep. The
/// first always stays, whatever the clock says.
pub(crate) fn kept(times: &[i64], now: i64) -> BTreeSet<usize> {
    let mut kept = BTreeSet::new();
    let today = day(now);
    let (mut days, mut weeks, mut months) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for (at, time) in times.iter().enumerate() {
        let day = day(*time);
        let is_old = day.checked_add_days(OLDEST).is_none_or(|end| end < today);
        if is_old && at > 0 {
            continue;
        }
        let is_first = [
            is_new(&mut days, day, DAYS),
            is_new(&mut weeks, day.week(chrono::Weekday::Mon).checked_first_day(), WEEKS),
            is_new(&mut months, (day.year(), day.month()), MONTHS),
        ];
        if at == 0 || is_first.contains(&true) {
            kept.insert(at);
        }
    }
    kept
}

/// Whether this is the first of its day, week or month, while there is room for more of them.
fn is_new<T: Ord>(seen: &mut BTreeSet<T>, one: T, most: usize) -> bool {
    seen.len() < most && seen.insert(one)
}

/// The day of a time; nonsense is long ago.
pub(crate) fn day(utc_ms: i64) -> NaiveDate {
    DateTime::from_timestamp_millis(utc_ms).map_or(NaiveDate::MIN, |time| time.date_naive())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const DAY: i64 = 24 * 60 * 60 * 1000;
    /// Saturday, 21 November 2026, at noon.
    const NOW: i64 = 1_795_262_400_000;

    fn days(times: &[i64], kept: &BTreeSet<usize>) -> Vec<String> {
        kept.iter().map(|at| day(times[*at]).to_string()).collect()
    }

    #[test]
    fn a_year_of_daily_snapshots_leaves_seven_days_four_weeks_and_twelve_months() {
        let times: Vec<i64> = (0..500).map(|n| NOW - n * DAY).collect();
        let kept = kept(&times, NOW);
        assert_eq!(
            days(&times, &kept),
            [
                "2026-11-21",
                "2026-11-20",
                "2026-11-19",
                "2026-11-18",
                "2026-11-17",
                "2026-11-16",
                "2026-11-15",
                "2026-11-08",
                "2026-11-01",
                "2026-10-31",
                "2026-09-30",
                "2026-08-31",
                "2026-07-31",
                "2026-06-30",
                "2026-05-31",
                "2026-04-30",
                "2026-03-31",
                "2026-02-28",
                "2026-01-31",
                "2025-12-31",
            ]
        );
    }

    #[test]
    fn a_program_started_once_a_month_keeps_its_snapshots_for_a_year() {
        let times: Vec<i64> = (0..20).map(|n| NOW - n * 31 * DAY).collect();
        assert_eq!(kept(&times, NOW).len(), 12);
    }

    proptest! {
        #[test]
        fn the_newest_always_stays_and_no_more_than_twenty_three_do(
            mut ages in prop::collection::vec(0_i64..2000, 0..80),
            ahead in -4000_i64..4000,
        ) {
            ages.sort_unstable();
            let times: Vec<i64> = ages.iter().map(|age| NOW - age * DAY).collect();
            let kept = kept(&times, NOW + ahead * DAY);
            prop_assert!(kept.len() <= DAYS + WEEKS + MONTHS);
            prop_assert_eq!(kept.contains(&0), !times.is_empty());
        }

        #[test]
        fn what_is_kept_today_and_thrown_away_later_never_leaves_a_gap(
            skips in prop::collection::vec(1_i64..4, 1..400),
        ) {
            let (mut now, mut held) = (NOW, Vec::<i64>::new());
            for skip in skips {
                now += skip * DAY;
                held.insert(0, now);
                let stay = kept(&held, now);
                held = stay.into_iter().map(|at| held[at]).collect();
            }
            let gaps = held.windows(2).map(|two| (two[0] - two[1]) / DAY);
            prop_assert!(gaps.max().unwrap_or(0) <= 62);
        }
    }
}
