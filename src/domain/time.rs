//! Days and times as tutors write them. The clock itself is the runtime's.

use chrono::{Datelike, Days, Months, NaiveDate, NaiveDateTime, NaiveTime, Weekday};

/// The moment of an update: wall time at the institution (moved by `--today`) and the true stamp.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Now {
    /// Local date and wall time at the institution.
    pub local: NaiveDateTime,
    /// Milliseconds since 1970 in UTC, never moved.
    pub utc_ms: i64,
}

impl Now {
    /// The day that the domain sees.
    #[must_use]
    pub fn today(self) -> NaiveDate {
        self.local.date()
    }
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

const DAYS: [&str; 7] =
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// In which direction a date without a year, or a day of the week, is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leaning {
    /// The latest such day that is not after today: when something happened.
    Past,
    /// The next such day from today on: when something is due.
    Future,
}

/// Reads a day: `12 Oct 2026`, `12/10/2026`, `2026-10-12`, `12 Oct`, `12/10`, `today`, `yesterday`,
/// `tomorrow`, `Fri`, `in 2 weeks`, `3 days ago`, `+14`. Day before month, as in Britain.
///
/// # Errors
/// A sentence that says what is wrong and how to write it.
pub fn parse_day(text: &str, today: NaiveDate, leaning: Leaning) -> Result<NaiveDate, String> {
    let text = text.trim().to_lowercase();
    if text.is_empty() {
        return Err("Write a date, for example 12 Oct or today.".into());
    }
    relative(&text, today)
        .or_else(|| weekday(&text, today, leaning))
        .or_else(|| written(&text, today, leaning))
        .ok_or_else(|| "This is not a date: write 12 Oct, 12/10/2026, 2026-10-12 or today.".into())
}

fn relative(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    match text {
        "today" | "now" => return Some(today),
        "tomorrow" => return today.checked_add_days(Days::new(1)),
        "yesterday" => return today.checked_sub_days(Days::new(1)),
        _ => {}
    }
    if let Some(days) = text.strip_prefix('+') {
        return today.checked_add_days(Days::new(days.trim_end_matches(['d', ' ']).parse().ok()?));
    }
    let (count, ago) = match (text.strip_prefix("in "), text.strip_suffix(" ago")) {
        (Some(rest), None) => (rest, false),
        (None, Some(rest)) => (rest, true),
        _ => return None,
    };
    let (number, unit) = count.trim().split_once(' ')?;
    let number: u32 = if number == "a" || number == "one" { 1 } else { number.parse().ok()? };
    match (unit.trim().trim_end_matches('s'), ago) {
        ("day", false) => today.checked_add_days(Days::new(number.into())),
        ("day", true) => today.checked_sub_days(Days::new(number.into())),
        ("week", false) => today.checked_add_days(Days::new(u64::from(number) * 7)),
        ("week", true) => today.checked_sub_days(Days::new(u64::from(number) * 7)),
        ("month", false) => today.checked_add_months(Months::new(number)),
        ("month", true) => today.checked_sub_months(Months::new(number)),
        _ => None,
    }
}

fn weekday(text: &str, today: NaiveDate, leaning: Leaning) -> Option<NaiveDate> {
    let name = text.strip_prefix("next ").or_else(|| text.strip_prefix("last ")).unwrap_or(text);
    let wanted = prefix_of(&DAYS, name)?;
    let leaning = match text.split(' ').next() {
        Some("next") => Leaning::Future,
        Some("last") => Leaning::Past,
        _ => leaning,
    };
    let current = today.weekday().num_days_from_monday();
    let named = !text.starts_with(name);
    match leaning {
        Leaning::Future => {
            let ahead = (wanted + 7 - current) % 7;
            today.checked_add_days(Days::new(if ahead == 0 && named { 7 } else { ahead.into() }))
        }
        Leaning::Past => {
            let back = (current + 7 - wanted) % 7;
            today.checked_sub_days(Days::new(if back == 0 && named { 7 } else { back.into() }))
        }
    }
}

fn prefix_of(names: &[&str], text: &str) -> Option<u32> {
    let text = text.trim_end_matches('.');
    if text.len() < 3 {
        return None;
    }
    let found = names.iter().position(|name| name.starts_with(text))?;
    u32::try_from(found).ok()
}

fn written(text: &str, today: NaiveDate, leaning: Leaning) -> Option<NaiveDate> {
    let parts: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || matches!(c, '/' | '-' | '.' | ','))
        .filter(|part| !part.is_empty())
        .collect();
    let parts = match parts.as_slice() {
        [first, rest @ ..] if rest.len() >= 2 && prefix_of(&DAYS, first).is_some() => rest,
        all => all,
    };
    match *parts {
        [year, month, day] if year.len() == 4 && year.parse::<i32>().is_ok() => {
            NaiveDate::from_ymd_opt(year.parse().ok()?, month_of(month)?, day_of(day)?)
        }
        [day, month, year] => {
            let year: i32 = match (year.len(), year.parse::<i32>().ok()?) {
                (4, year) => year,
                (2, short) => 2000 + short,
                _ => return None,
            };
            let (day, month) = day_and_month(day, month)?;
            NaiveDate::from_ymd_opt(year, month, day)
        }
        [day, month] => {
            let (day, month) = day_and_month(day, month)?;
            nearest_year(day, month, today, leaning)
        }
        _ => None,
    }
}

fn day_and_month(first: &str, second: &str) -> Option<(u32, u32)> {
    match (day_of(first), month_of(second)) {
        (Some(day), Some(month)) => Some((day, month)),
        _ => Some((day_of(second)?, prefix_of(&MONTHS, first)? + 1)),
    }
}

fn day_of(text: &str) -> Option<u32> {
    text.trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse().ok()
}

fn month_of(text: &str) -> Option<u32> {
    text.parse()
        .ok()
        .or_else(|| if text == "sept" { Some(9) } else { Some(prefix_of(&MONTHS, text)? + 1) })
}

fn nearest_year(day: u32, month: u32, today: NaiveDate, leaning: Leaning) -> Option<NaiveDate> {
    let years: Vec<i32> = match leaning {
        Leaning::Future => (0..=4).map(|ahead| today.year() + ahead).collect(),
        Leaning::Past => (0..=4).map(|back| today.year() - back).collect(),
    };
    years.into_iter().filter_map(|year| NaiveDate::from_ymd_opt(year, month, day)).find(|date| {
        match leaning {
            Leaning::Future => *date >= today,
            Leaning::Past => *date <= today,
        }
    })
}

/// Reads a wall time: `14:30`, `14.30`, `1430`, `2:30pm`, `9am`.
///
/// # Errors
/// A sentence that says how to write it.
pub fn parse_time(text: &str) -> Result<NaiveTime, String> {
    let wrong = || "This is not a time: write 14:30 or 2:30pm.".to_owned();
    let text = text.trim().to_lowercase().replace(' ', "");
    let (digits, half) = match text.strip_suffix("am") {
        Some(rest) => (rest, Some(0)),
        None => match text.strip_suffix("pm") {
            Some(rest) => (rest, Some(12)),
            None => (text.as_str(), None),
        },
    };
    let (hour, minute) = match digits.split_once([':', '.']) {
        Some((hour, minute)) => (hour, minute),
        None if digits.len() > 2 && digits.is_ascii() => digits.split_at(digits.len() - 2),
        None if half.is_some() => (digits, "0"),
        None => return Err(wrong()),
    };
    let hour: u32 = hour.parse().map_err(|_| wrong())?;
    let minute: u32 = minute.parse().map_err(|_| wrong())?;
    let hour = match half {
        Some(_) if !(1..=12).contains(&hour) => return Err(wrong()),
        Some(add) => hour % 12 + add,
        None => hour,
    };
    NaiveTime::from_hms_opt(hour, minute, 0).ok_or_else(wrong)
}

/// A day as the screens print it: `12 Oct`, with the year where it is not this one.
#[must_use]
pub fn show_day(day: NaiveDate, today: NaiveDate) -> String {
    if day.year() == today.year() {
        day.format("%-d %b").to_string()
    } else {
        day.format("%-d %b %Y").to_string()
    }
}

/// How long ago a day is, in words: `today`, `3 days ago`, `in 2 days`.
#[must_use]
pub fn show_distance(day: NaiveDate, today: NaiveDate) -> String {
    match (day - today).num_days() {
        0 => "today".into(),
        1 => "tomorrow".into(),
        -1 => "yesterday".into(),
        ahead @ 2.. => format!("in {ahead} days"),
        back => format!("{} days ago", -back),
    }
}

/// The Monday of the week in which a day lies; the day itself where the calendar begins.
#[must_use]
pub fn monday_of(day: NaiveDate) -> NaiveDate {
    day.week(Weekday::Mon).checked_first_day().unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_day_is_read_in_every_way_tutors_write_it() {
        let today = day("2026-11-21");
        for (text, expected) in [
            ("today", "2026-11-21"),
            ("Yesterday", "2026-11-20"),
            ("12 Oct 2026", "2026-10-12"),
            ("12th October 2026", "2026-10-12"),
            ("Mon 12 Oct 2026", "2026-10-12"),
            ("October 12, 2026", "2026-10-12"),
            ("12/10/26", "2026-10-12"),
            ("12.10.2026", "2026-10-12"),
            ("2026-10-12", "2026-10-12"),
            ("in 2 weeks", "2026-12-05"),
            ("3 days ago", "2026-11-18"),
            ("+14", "2026-12-05"),
        ] {
            assert_eq!(parse_day(text, today, Leaning::Past), Ok(day(expected)), "{text}");
        }
    }

    #[test]
    fn a_day_without_a_year_leans_to_the_past_or_the_future() {
        let today = day("2026-11-21");
        assert_eq!(parse_day("20 Oct", today, Leaning::Past), Ok(day("2026-10-20")));
        assert_eq!(parse_day("20 Oct", today, Leaning::Future), Ok(day("2027-10-20")));
        assert_eq!(parse_day("29 Feb", today, Leaning::Future), Ok(day("2028-02-29")));
        assert_eq!(parse_day("Fri", today, Leaning::Past), Ok(day("2026-11-20")));
        assert_eq!(parse_day("next sat", today, Leaning::Past), Ok(day("2026-11-28")));
    }

    #[test]
    fn what_is_no_day_or_time_is_refused() {
        for text in ["", "31 Feb 2026", "soon", "32/1/2026", "12/13/2026", "1", "+99999999999999"] {
            assert!(parse_day(text, day("2026-11-21"), Leaning::Past).is_err(), "{text}");
        }
        for text in ["", "25:00", "9", "13pm", "noon", "1:2:3"] {
            assert!(parse_time(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_time_is_read_with_and_without_a_colon() {
        for (text, hour, minute) in [
            ("14:30", 14, 30),
            ("1430", 14, 30),
            ("2:30 pm", 14, 30),
            ("12am", 0, 0),
            ("9.05", 9, 5),
        ] {
            assert_eq!(parse_time(text), Ok(NaiveTime::from_hms_opt(hour, minute, 0).unwrap()));
        }
    }

    proptest! {
        #[test]
        fn a_shown_day_is_read_back(offset in 0_i64..20_000) {
            let today = day("2026-11-21");
            let shown = day("2000-01-01") + chrono::Duration::days(offset);
            let text = shown.format("%-d %b %Y").to_string();
            prop_assert_eq!(parse_day(&text, today, Leaning::Past), Ok(shown));
        }

        #[test]
        fn no_text_makes_the_parsers_panic(text in "\\PC{0,24}") {
            let _: Result<_, _> = parse_day(&text, day("2026-11-21"), Leaning::Future);
            let _: Result<_, _> = parse_time(&text);
        }
    }
}
