//! Days around today: whatever the day, the demo stands in week 9 of its first semester.

use chrono::{Datelike, Days, NaiveDate, NaiveTime};

use super::Dice;
use crate::domain::{
    calendar::{Calendar, Span, Term},
    time::monday_of,
};

/// From the first teaching week to this one.
const WEEKS_TAUGHT: i64 = 8;

/// From one academic year to the next.
const YEAR: i64 = 52;

/// The academic year around a day, and the one before.
pub(super) struct Year {
    pub(super) today: NaiveDate,
    monday: NaiveDate,
}

impl Year {
    pub(super) fn around(today: NaiveDate) -> Self {
        Self { today, monday: monday_of(today) }
    }

    /// The day so many weeks before this week, 0 for Monday; negative weeks are ahead.
    pub(super) fn day(&self, weeks_back: i64, weekday: u32) -> NaiveDate {
        shift(self.monday, i64::from(weekday) - weeks_back * 7)
    }

    /// A working day about so many days ago, never less; negative: ahead, never nearer.
    pub(super) fn ago(&self, days: i64) -> NaiveDate {
        let day = shift(self.today, -days);
        let past_friday = i64::from(day.weekday().num_days_from_monday()) - 4;
        match past_friday {
            ..=0 => day,
            over if days > 0 => shift(day, -over),
            over => shift(day, 3 - over),
        }
    }

    /// The first day of the academic year that began so many years ago, 0 for this one.
    pub(super) fn start(&self, years_back: i64) -> NaiveDate {
        self.day(WEEKS_TAUGHT + 3 + years_back * YEAR, 0)
    }

    /// A day of the teaching that began so many academic years ago, by its week from 0 and its weekday.
    pub(super) fn taught(&self, years_back: u8, week: i64, weekday: u32) -> NaiveDate {
        self.day(WEEKS_TAUGHT + i64::from(years_back) * YEAR - week, weekday)
    }

    /// The day on which something was fetched about so many days ago; what is fresh knows all of last week.
    pub(super) fn fetched(&self, days: i64) -> NaiveDate {
        let day = shift(self.today, -days);
        if days < 7 { day.max(self.monday) } else { day }
    }

    /// Whether a day lies in this academic year.
    pub(super) fn holds(&self, day: NaiveDate) -> bool {
        self.start(0) <= day
    }

    pub(super) fn calendars(&self, dice: &mut Dice) -> impl Iterator<Item = Calendar> {
        let name = self.start(0).year();
        [1, 0].map(|back| self.calendar(dice, back, name)).into_iter()
    }

    fn calendar(&self, dice: &mut Dice, years_back: i64, this_year: i32) -> Calendar {
        let week_one = WEEKS_TAUGHT + years_back * YEAR;
        let weeks = |from: i64, long: i64| Span {
            from: self.day(week_one - from, 0),
            to: self.day(week_one - from - long + 1, 6),
        };
        let term = |name: &str, first: i64, induction, breaks, exams| Term {
            name: name.into(),
            first: self.day(week_one - first, 0),
            weeks: 12,
            induction,
            breaks,
            reading: Vec::new(),
            exams: Some(exams),
        };
        let begins = this_year - i32::try_from(years_back).unwrap_or_default();
        Calendar {
            id: dice.id(),
            year: format!("{begins}/{:02}", (begins + 1).rem_euclid(100)),
            span: weeks(-3, YEAR),
            terms: vec![
                term("Semester 1", 0, true, Vec::new(), weeks(15, 2)),
                term("Semester 2", 18, false, vec![weeks(26, 3)], weeks(34, 3)),
            ],
            holidays: Vec::new(),
            closures: vec![weeks(12, 2)],
            example: false,
        }
    }
}

/// A day so many days later, or the same where the calendar ends.
pub(super) fn shift(day: NaiveDate, by: i64) -> NaiveDate {
    let days = Days::new(by.unsigned_abs());
    let moved = if by < 0 { day.checked_sub_days(days) } else { day.checked_add_days(days) };
    moved.unwrap_or(day)
}

/// A wall time.
pub(super) fn time(hour: u32, minute: u32) -> Option<NaiveTime> {
    NaiveTime::from_hms_opt(hour, minute, 0)
}
