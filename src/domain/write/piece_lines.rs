//! What somebody writes about pieces of work, a line for each: `Essay 1: 14 Nov 2026`, or what it is marked out of.

use chrono::NaiveDate;

use super::{FieldError, clean};
use crate::domain::time::{Leaning, parse_day};

/// The field of due days.
pub const DUE: &str = "due";
/// The field of what pieces are marked out of.
pub const OUT_OF: &str = "out-of";

/// The day each piece is due. A line that ends in its colon says nothing.
///
/// # Errors
/// The first line that cannot be read.
pub fn due_days(raw: &str, today: NaiveDate) -> Result<Vec<(String, NaiveDate)>, FieldError> {
    lines(raw, DUE, "the day it is due", |text| near(text, today))
}

/// What each piece is marked out of.
///
/// # Errors
/// The first line that cannot be read.
pub fn maxima(raw: &str) -> Result<Vec<(String, u32)>, FieldError> {
    let number = |text: &str| match text.parse() {
        Ok(number @ 1..=10_000) => Ok(number),
        _ => Err("Write a whole number, as 20.".to_owned()),
    };
    lines(raw, OUT_OF, "the best mark there is", number)
}

fn lines<T>(
    raw: &str,
    field: &'static str,
    what: &str,
    read: impl Fn(&str) -> Result<T, String>,
) -> Result<Vec<(String, T)>, FieldError> {
    let mut said = Vec::new();
    for line in raw.lines().map(clean::line).filter(|line| !line.is_empty()) {
        let Some((name, value)) = line.rsplit_once(':') else {
            let message = format!("Write “{line}: ” and then {what}.");
            return Err(FieldError::new(field, message));
        };
        let (name, value) = (name.trim(), value.trim());
        if !value.is_empty() {
            let value = read(value);
            let value = value.map_err(|why| FieldError::new(field, format!("{name}: {why}")))?;
            said.push((name.to_owned(), value));
        }
    }
    Ok(said)
}

/// A day without its year is the nearest, before today or after it.
fn near(text: &str, today: NaiveDate) -> Result<NaiveDate, String> {
    let past = parse_day(text, today, Leaning::Past)?;
    let future = parse_day(text, today, Leaning::Future)?;
    let far = |day: NaiveDate| (day - today).num_days().abs();
    Ok(if far(past) < far(future) { past } else { future })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn pieces_are_read_line_by_line_and_the_nearest_day_is_meant() {
        let raw = "Essay 1: 14 Nov 2025\nQuiz: part two: 1 Nov\n\nTalk: 20 Jan\nExam:\n";
        let said = due_days(raw, day("2026-11-22")).unwrap();
        let expected =
            [("Essay 1", "2025-11-14"), ("Quiz: part two", "2026-11-01"), ("Talk", "2027-01-20")];
        assert_eq!(said, expected.map(|(name, due)| (name.to_owned(), day(due))));
        assert_eq!(maxima("Quiz: 20"), Ok(vec![("Quiz".to_owned(), 20)]));
    }

    #[test]
    fn a_line_that_cannot_be_read_is_named() {
        let why = |raw| due_days(raw, day("2026-11-22")).unwrap_err().message;
        assert_eq!(why("Essay 1"), "Write “Essay 1: ” and then the day it is due.");
        assert!(why("Essay 1: soon").starts_with("Essay 1: "));
        assert_eq!(maxima("Quiz: 0").unwrap_err().message, "Quiz: Write a whole number, as 20.");
    }
}
