//! Dates with times as exports write them. Day before month, unless the column itself shows the other order.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime};

use crate::exchange::dates::{self, Order};

/// Reads `17/10/21, 12:39`, `17 October 2021, 12:39 PM`, `Sunday, 17 October 2021, 12:39`, `3 Oct 2025 10.00AM`,
/// `2021-10-17T12:39:00`, `11/26/25, 4:16:54 PM`, and the seconds since 1970 that computers count.
/// Without a time it is midnight.
pub(super) fn moment(text: &str, order: Order, today: NaiveDate) -> Option<NaiveDateTime> {
    let text = without_weekday(text.trim());
    if let Some(seconds) = unix(text) {
        return Some(seconds);
    }
    let Some((before, time, after)) = at_time(text) else {
        // A colon that is in no time is in a wrong one.
        return day(text, order, today).filter(|_| !text.contains(':')).map(NaiveDate::into);
    };
    let date = if before.is_empty() { after } else { before };
    Some(day(date, order, today)?.and_time(time))
}

/// The order in a column of what has happened: the one by which no day lies ahead, else as the column shows it.
pub(super) fn order<'a>(cells: impl Iterator<Item = &'a str>, today: NaiveDate) -> Order {
    fn date(text: &str) -> Option<&str> {
        text.split([' ', ',', 'T']).next()
    }
    let mut texts: Vec<&str> = cells.collect();
    // Rows of one day follow each other.
    texts.dedup_by(|one, other| date(one) == date(other));
    match fitting(&texts, today) {
        (true, false) => Order::MonthFirst,
        (false, true) => Order::DayFirst,
        (true, true) | (false, false) => dates::order(texts.into_iter()),
    }
}

/// Whether a column of what has happened can be read month first, and whether day first, so that no day lies ahead.
pub(super) fn fitting(texts: &[&str], today: NaiveDate) -> (bool, bool) {
    let reads = |text: &str, order: Order| {
        moment(text, order, today).is_some_and(|moment| moment.date() <= today)
    };
    texts.iter().fold((true, true), |(month, day), text| {
        match (reads(text, Order::MonthFirst), reads(text, Order::DayFirst)) {
            (false, false) => (month, day),
            (by_month, by_day) => (month && by_month, day && by_day),
        }
    })
}

/// Reads a date, with or without a time behind it.
pub(super) fn day(text: &str, order: Order, today: NaiveDate) -> Option<NaiveDate> {
    dates::parse(without_weekday(text.trim()), order, today, 1)
}

/// Reads a time of the day: `12:39`, `12:39:05`, `12:39:05.250Z`, `4:16 PM`, `10.00AM`, `9am`.
pub(super) fn time(text: &str) -> Option<NaiveTime> {
    let (digits, half) = halves(text.trim());
    let digits = without_fraction(digits);
    let mut parts = digits.split([':', '.']);
    let mut next = |least: usize| match parts.next() {
        Some(part) if (least..=2).contains(&part.len()) => part.parse::<u32>().ok().map(Some),
        Some(_) => None,
        None => Some(None),
    };
    let (hour, minute, second) = (next(1)??, next(2)?, next(2)?);
    if parts.next().is_some() || (minute.is_none() && half.is_none()) {
        return None;
    }
    let hour = match half {
        // Moodle writes `17:39 PM` as well.
        Some(_) if hour > 12 => hour,
        Some(Half::Morning) => hour % 12,
        Some(Half::Afternoon) => hour % 12 + 12,
        None => hour,
    };
    NaiveTime::from_hms_opt(hour, minute.unwrap_or(0), second.unwrap_or(0))
}

/// `12:39:05` of `12:39:05.250Z`: parts of a second, and the sign for the time of Greenwich.
fn without_fraction(text: &str) -> &str {
    let clock = |text: &str| text.matches(':').count();
    let bare = text.strip_suffix(['Z', 'z']).filter(|bare| clock(bare) > 0).unwrap_or(text);
    let split = bare.rsplit_once('.').filter(|(whole, part)| {
        clock(whole) == 2 && !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit())
    });
    split.map_or(bare, |(whole, _)| whole)
}

#[derive(Clone, Copy)]
enum Half {
    Morning,
    Afternoon,
}

/// The digits of a time and which half of the day is meant.
fn halves(text: &str) -> (&str, Option<Half>) {
    let ends = |tail: &str| {
        let at = text.len().checked_sub(tail.len())?;
        text.get(at..).filter(|end| end.eq_ignore_ascii_case(tail))?;
        text.get(..at).map(str::trim_end)
    };
    for (tail, half) in [
        ("am", Half::Morning),
        ("pm", Half::Afternoon),
        ("a.m.", Half::Morning),
        ("p.m.", Half::Afternoon),
    ] {
        if let Some(digits) = ends(tail) {
            return (digits, Some(half));
        }
    }
    (text, None)
}

/// What stands before the time in a text, the time, and what stands after it.
pub(super) fn at_time(text: &str) -> Option<(&str, NaiveTime, &str)> {
    let blank = |letter: char| letter.is_whitespace() || matches!(letter, ',' | 'T');
    let trim = |text: &'_ str| -> (usize, usize) {
        let start = text.len() - text.trim_start_matches(blank).len();
        (start, text.trim_end_matches(blank).len().max(start))
    };
    let mut from = 0;
    while let Some(rest) = text.get(from..) {
        let start = from + rest.find(|letter: char| !blank(letter))?;
        let word = text.get(start..)?;
        let end = start + word.find(blank).unwrap_or(word.len());
        if text.get(start..end)?.bytes().next()?.is_ascii_digit() {
            let half = end + half_length(text.get(end..)?);
            for end in [half, end] {
                if let Some(time) = looks_like_time(text.get(start..end)?)
                    .then(|| time(text.get(start..end)?))
                    .flatten()
                {
                    let (before, after) = (text.get(..start)?, text.get(end..)?);
                    let ((a, b), (c, d)) = (trim(before), trim(after));
                    return Some((before.get(a..b)?, time, after.get(c..d)?));
                }
            }
        }
        from = end;
    }
    None
}

/// `12:39`, and `10.00AM`, which is no `10.10.25`.
fn looks_like_time(text: &str) -> bool {
    text.contains(':') || halves(text).1.is_some()
}

/// The length of ` PM` at the start of a text.
fn half_length(text: &str) -> usize {
    let bare = text.trim_start();
    let long =
        |tail: &&&str| bare.get(..tail.len()).is_some_and(|head| head.eq_ignore_ascii_case(tail));
    let found = ["a.m.", "p.m.", "am", "pm"].iter().find(|tail| long(tail));
    found.map_or(0, |tail| text.len() - bare.len() + tail.len())
}

/// Takes `Sunday, ` and `Sun ` off.
fn without_weekday(text: &str) -> &str {
    const DAYS: [&str; 7] =
        ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let end = text.find(|letter: char| !letter.is_ascii_alphabetic()).unwrap_or(text.len());
    let word = text.get(..end).unwrap_or_default();
    let named = word.len() >= 3
        && DAYS
            .iter()
            .any(|day| day.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word)));
    if named {
        text.get(end..).unwrap_or_default().trim_start_matches([' ', ',', '.'])
    } else {
        text
    }
}

/// Seconds since 1970; exports of this century have ten digits.
fn unix(text: &str) -> Option<NaiveDateTime> {
    let digits = text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit());
    let seconds = digits.then(|| text.parse::<i64>().ok())??;
    DateTime::from_timestamp(seconds, 0).map(|moment| moment.naive_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        let today = "2026-11-22".parse().unwrap();
        moment(text, Order::DayFirst, today).map(|moment| moment.format("%F %T").to_string())
    }

    #[test]
    fn every_usual_way_to_write_a_moment_is_read() {
        for text in [
            "17/10/21, 12:39",
            "17/10/21 12:39",
            "17/10/2021, 12:39:00",
            "17 October 2021, 12:39 PM",
            "17 October 2021, 12:39 pm",
            "Sunday, 17 October 2021, 12:39 PM",
            "Sun 17 Oct 2021 12.39PM",
            "17 Oct 2021 12:39",
            "2021-10-17T12:39:00",
            "2021-10-17T12:39:00Z",
            "2021-10-17T12:39:00.123Z",
            "2021-10-17 12:39:00.000000",
            "2021-10-17 12:39",
            "12:39, 17/10/2021",
            "1634474340",
        ] {
            assert_eq!(read(text).as_deref(), Some("2021-10-17 12:39:00"), "{text}");
        }
        assert_eq!(read("3 Oct 2025 9AM").as_deref(), Some("2025-10-03 09:00:00"));
        assert_eq!(read("17.10.21").as_deref(), Some("2021-10-17 00:00:00"));
        assert_eq!(read("17/10/21, 12:39 AM").as_deref(), Some("2021-10-17 00:39:00"));
    }

    #[test]
    fn what_is_no_moment_is_none() {
        for text in
            ["", "-", "29/02/18, 19:00", "17/10/21, 25:00", "Monday", "12:39", "soon", "ů, 1:1"]
        {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn what_has_happened_is_read_so_that_it_does_not_lie_ahead() {
        let today = "2026-11-22".parse().unwrap();
        let order = |cells: &[&str]| order(cells.iter().copied(), today);
        assert_eq!(order(&["11/12/2026", "03/04/2026"]), Order::MonthFirst);
        assert_eq!(order(&["12/11/2026", "03/04/2026"]), Order::DayFirst);
        assert_eq!(order(&["03/04/2026"]), Order::DayFirst, "either may be");
        assert_eq!(order(&["11/12/2026", "13/04/2026"]), Order::DayFirst, "neither fits");
        assert_eq!(order(&["11/12/2025, 9:00", "-", "11/26/2025"]), Order::MonthFirst);
    }

    #[test]
    fn the_other_order_is_read_where_a_column_shows_it() {
        let today = "2026-11-22".parse().unwrap();
        let read = moment("11/26/25, 4:16:54 PM", Order::MonthFirst, today).unwrap();
        assert_eq!(read.format("%F %T").to_string(), "2025-11-26 16:16:54");
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_or_not(text in "[0-9TPM:,./ a-zé-]{0,30}") {
            let _ = read(&text);
        }
    }
}
