//! Reads raw fields and gathers everything that is wrong with them.

use chrono::{Datelike, NaiveDate, NaiveTime};

use super::{FieldError, clean};
use crate::domain::{
    time::{Leaning, Now, parse_day, parse_time},
    word::Choice,
};

/// The longest text on one line, in characters.
pub const LONGEST_LINE: usize = 1_000;

/// The longest text of several lines that is not a note, in bytes of UTF-8.
pub const LONGEST_TEXT: usize = 16 * 1024;

/// Reads a percentage, such as `40`, `12.5` or `40 %`, in hundredths of a percent.
///
/// # Errors
/// A sentence that says how to write it.
pub fn percent(raw: &str) -> Result<u16, &'static str> {
    let ask = "Write a percentage from 0 to 100, such as 40 or 12.5.";
    let number = raw.trim().trim_end_matches('%').trim_end();
    let (whole, part) = number.split_once('.').unwrap_or((number, "0"));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let hundredths: String = part.chars().chain(['0', '0']).take(2).collect();
    let read = |text: &str| text.parse::<u16>().ok().filter(|_| digits(text));
    let sum = read(whole).and_then(|whole| {
        whole.checked_mul(100)?.checked_add(read(&hundredths).filter(|_| digits(part))?)
    });
    sum.filter(|sum| *sum <= 10_000).ok_or(ask)
}

/// Reads fields one by one. What is wrong leaves a value that stands for nothing, and an error that
/// [`Reader::finish`] returns: so all fields are looked at before any is refused.
pub struct Reader {
    now: Now,
    errors: Vec<FieldError>,
}

impl Reader {
    /// A reader without errors.
    #[must_use]
    pub fn new(now: Now) -> Self {
        Self { now, errors: Vec::new() }
    }

    /// Adds an error.
    pub fn refuse(&mut self, field: &'static str, message: impl Into<String>) {
        self.errors.push(FieldError::new(field, message));
    }

    /// Whether this field has been refused.
    #[must_use]
    pub fn has_refused(&self, field: &str) -> bool {
        self.errors.iter().any(|error| error.field == field)
    }

    /// The value, if nothing is wrong.
    ///
    /// # Errors
    /// All that was refused.
    pub fn finish<T>(self, value: T) -> Result<T, Vec<FieldError>> {
        if self.errors.is_empty() { Ok(value) } else { Err(self.errors) }
    }

    /// Text on one line; may be empty.
    pub fn line(&mut self, field: &'static str, raw: &str) -> String {
        let line = clean::line(raw);
        if line.chars().count() > LONGEST_LINE {
            self.refuse(field, "This is too long: a line holds 1,000 characters.");
        }
        line
    }

    /// Text on one line that must be there; `ask` is the sentence if it is not.
    pub fn required(&mut self, field: &'static str, raw: &str, ask: &str) -> String {
        let line = self.line(field, raw);
        if line.is_empty() {
            self.refuse(field, ask);
        }
        line
    }

    /// Text of several lines; may be empty.
    pub fn text(&mut self, field: &'static str, raw: &str) -> String {
        let text = clean::text(raw);
        if text.len() > LONGEST_TEXT {
            self.refuse(field, "This is too long: write it in a note, which holds 64 KiB.");
        }
        text
    }

    /// A day, leaning to the past or the future where the year is left out.
    pub fn day(&mut self, field: &'static str, raw: &str, leaning: Leaning) -> NaiveDate {
        let today = self.now.today();
        match parse_day(raw, today, leaning) {
            Ok(day) if (1900..=2199).contains(&day.year()) => day,
            Ok(_) => {
                self.refuse(field, "This year cannot be right: write a year from 1900 to 2199.");
                today
            }
            Err(message) => {
                self.refuse(field, message);
                today
            }
        }
    }

    /// A day leaning to the past or the future, but not further than half a year if the other one
    /// is nearer: in November `12 Dec` is never last year’s.
    pub fn near_day(&mut self, field: &'static str, raw: &str, leaning: Leaning) -> NaiveDate {
        let today = self.now.today();
        let day = self.day(field, raw, leaning);
        let other = match leaning {
            Leaning::Past => Leaning::Future,
            Leaning::Future => Leaning::Past,
        };
        let far = |day: NaiveDate| (day - today).num_days().abs();
        match parse_day(raw, today, other) {
            Ok(other) if far(day) > 183 && far(other) < far(day) => other,
            _ => day,
        }
    }

    /// The day on which something happened: not after today.
    pub fn past_day(&mut self, field: &'static str, raw: &str) -> NaiveDate {
        let day = self.near_day(field, raw, Leaning::Past);
        if day > self.now.today() {
            self.refuse(field, "This day lies ahead: write the day on which it happened.");
        }
        day
    }

    /// The same, where empty is today.
    pub fn past_day_or_today(&mut self, field: &'static str, raw: &str) -> NaiveDate {
        if raw.trim().is_empty() { self.now.today() } else { self.past_day(field, raw) }
    }

    /// A day that may be left out.
    pub fn optional_day(
        &mut self,
        field: &'static str,
        raw: &str,
        leaning: Leaning,
    ) -> Option<NaiveDate> {
        (!raw.trim().is_empty()).then(|| self.day(field, raw, leaning))
    }

    /// A wall time that may be left out.
    pub fn optional_time(&mut self, field: &'static str, raw: &str) -> Option<NaiveTime> {
        if raw.trim().is_empty() {
            return None;
        }
        match parse_time(raw) {
            Ok(time) => Some(time),
            Err(message) => {
                self.refuse(field, message);
                None
            }
        }
    }

    /// A duration: `30`, `30 min`, `1 h`, `1:15`.
    pub fn minutes(&mut self, field: &'static str, raw: &str) -> u16 {
        let minutes = parse_minutes(raw).filter(|minutes| (1..=600).contains(minutes));
        minutes.unwrap_or_else(|| {
            self.refuse(field, "Write how long it took in minutes, for example 30.");
            0
        })
    }

    /// A whole number between two, with an optional word before it (`L4`, `Year 2`); empty is none.
    pub fn number(&mut self, field: &'static str, raw: &str, from: u8, to: u8) -> Option<u8> {
        let raw = raw.trim();
        if raw.is_empty() {
            return None;
        }
        let digits = raw.trim_start_matches(|c: char| c.is_alphabetic() || c.is_whitespace());
        let number = digits.parse().ok().filter(|number| (from..=to).contains(number));
        if number.is_none() {
            self.refuse(field, format!("Write a number from {from} to {to}, or leave it empty."));
        }
        number
    }

    /// Yes or no; empty is none.
    pub fn yes_or_no(&mut self, field: &'static str, raw: &str) -> Option<bool> {
        match raw.trim().to_lowercase().as_str() {
            "" | "not known" | "unknown" => None,
            "yes" | "y" | "true" => Some(true),
            "no" | "n" | "false" => Some(false),
            _ => {
                self.refuse(field, "Write yes or no, or leave it empty.");
                None
            }
        }
    }

    /// One of a closed choice by its words, or the given one if the field is empty.
    pub fn choice<T: Choice>(&mut self, field: &'static str, raw: &str, empty: T) -> T {
        if raw.trim().is_empty() {
            return empty;
        }
        T::from_words(raw).unwrap_or_else(|| {
            let all: Vec<&str> = T::iter().map(Choice::words).collect();
            self.refuse(field, format!("Choose one of: {}.", all.join(", ")));
            empty
        })
    }

    /// An e-mail address; may be empty.
    pub fn email(&mut self, field: &'static str, raw: &str) -> String {
        let address = self.line(field, raw);
        let sound = match address.split_once('@') {
            Some((name, host)) => {
                !name.is_empty()
                    && !host.is_empty()
                    && !host.contains('@')
                    && !address.contains(' ')
            }
            None => address.is_empty(),
        };
        if !sound {
            self.refuse(
                field,
                "This is not an e-mail address: write it like name@university.ac.uk.",
            );
        }
        address
    }
}

/// A day as a field shows it and reads it again, whatever today is.
#[must_use]
pub fn full_day(day: NaiveDate) -> String {
    day.format("%-d %b %Y").to_string()
}

fn parse_minutes(raw: &str) -> Option<u16> {
    let raw = raw.trim().to_lowercase();
    if let Some((hours, minutes)) = raw.split_once(':') {
        let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.parse().ok()?);
        return (minutes < 60).then(|| hours.checked_mul(60)?.checked_add(minutes)).flatten();
    }
    let digits = raw.trim_end_matches(|c: char| c.is_alphabetic() || c == '.' || c == ' ');
    let number: u16 = digits.parse().ok()?;
    match raw.strip_prefix(digits)?.trim().trim_end_matches('.') {
        "" | "m" | "min" | "mins" | "minute" | "minutes" => Some(number),
        "h" | "hr" | "hrs" | "hour" | "hours" => number.checked_mul(60),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::meeting::Mode;

    fn reader() -> Reader {
        let local = "2026-11-21T14:00:00".parse().unwrap();
        Reader::new(Now { local, utc_ms: 0 })
    }

    #[test]
    fn a_percentage_is_read_in_hundredths() {
        for (raw, hundredths) in
            [("40", 4_000), ("12.5 %", 1_250), ("33.333", 3_333), ("100%", 10_000)]
        {
            assert_eq!(percent(raw), Ok(hundredths), "{raw}");
        }
        for raw in ["", "-1", "100.01", "1e2", "40,5", "+4", ".5"] {
            assert!(percent(raw).is_err(), "{raw}");
        }
    }

    #[test]
    fn a_duration_is_read_in_minutes_and_hours() {
        for (raw, minutes) in
            [("30", 30), (" 45 min ", 45), ("1h", 60), ("1:15", 75), ("2 hours", 120)]
        {
            let mut reader = reader();
            assert_eq!(reader.minutes("minutes", raw), minutes, "{raw}");
            assert_eq!(reader.finish(()), Ok(()));
        }
        for raw in ["", "0", "-5", "601", "soon", "1:75", "30 years", "99999999"] {
            let mut reader = reader();
            reader.minutes("minutes", raw);
            assert!(reader.has_refused("minutes"), "{raw}");
        }
    }

    #[test]
    fn every_field_is_looked_at_before_any_is_refused() {
        let mut reader = reader();
        reader.past_day("on", "tomorrow");
        reader.optional_time("at", "noonish");
        reader.number("level", "L9", 3, 8);
        reader.choice("mode", "by pigeon", Mode::InPerson);
        reader.email("email", "a@b@c");
        reader.required("number", "\u{202e}", "Write the number.");
        reader.yes_or_no("new", "perhaps");
        reader.day("year", "1/1/0001", Leaning::Past);
        let errors = reader.finish(()).unwrap_err();
        let fields: Vec<_> = errors.iter().map(|error| error.field).collect();
        assert_eq!(fields, ["on", "at", "level", "mode", "email", "number", "new", "year"]);
        assert_eq!(errors[3].message, "Choose one of: in person, online, phone.");
    }

    #[test]
    fn a_day_without_a_year_is_the_nearer_one() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        for (raw, leaning, expected) in [
            ("12 Dec", Leaning::Past, "2026-12-12"),
            ("12 Oct", Leaning::Past, "2026-10-12"),
            ("12 Oct", Leaning::Future, "2026-10-12"),
            ("12 Dec 2025", Leaning::Past, "2025-12-12"),
            ("Fri", Leaning::Past, "2026-11-20"),
            ("Fri", Leaning::Future, "2026-11-27"),
        ] {
            assert_eq!(reader().near_day("on", raw, leaning), day(expected), "{raw}");
        }
        let mut reader = reader();
        reader.past_day("on", "12 Dec");
        assert!(reader.has_refused("on"));
    }

    #[test]
    fn a_level_is_read_with_and_without_a_word_before_it() {
        for raw in ["4", "L4", " level 4"] {
            assert_eq!(reader().number("level", raw, 3, 8), Some(4));
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_a_reader_panic(raw in any::<String>()) {
            let mut reader = reader();
            reader.minutes("a", &raw);
            reader.number("b", &raw, 3, 8);
            reader.past_day("c", &raw);
            reader.optional_time("d", &raw);
            reader.email("e", &raw);
            reader.choice("f", &raw, Mode::Phone);
            reader.yes_or_no("g", &raw);
            reader.text("h", &raw);
        }
    }
}
