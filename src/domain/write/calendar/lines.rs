//! The lines in which the terms and days of an academic year are typed, and shown again.

use chrono::NaiveDate;

use crate::domain::{
    calendar::{Span, Term},
    time::{Leaning, parse_day},
    write::read::{Reader, full_day},
};

/// More weeks than any term has.
const MOST_WEEKS: u8 = 52;

/// A term as it is typed: `Semester 1: 28 Sep 2026, 12 weeks, induction`.
pub(super) fn show_term(term: &Term) -> String {
    let weeks = if term.weeks == 1 { "week" } else { "weeks" };
    let induction = if term.induction { ", induction" } else { "" };
    format!("{}: {}, {} {weeks}{induction}", term.name, full_day(term.first), term.weeks)
}

/// A stretch as it is typed: `14 Dec 2026 - 10 Jan 2027`.
pub(super) fn show_span(span: Span) -> String {
    if span.from == span.to {
        full_day(span.from)
    } else {
        format!("{} - {}", full_day(span.from), full_day(span.to))
    }
}

/// The lines with something on them, with their numbers.
fn numbered(raw: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = raw.lines().map(str::trim).enumerate();
    lines.filter(|(_, line)| !line.is_empty()).map(|(place, line)| (place + 1, line))
}

/// The terms, in the order of their days.
pub(super) fn terms(reader: &mut Reader, raw: &str, within: NaiveDate) -> Vec<Term> {
    let raw = reader.text("terms", raw);
    let mut terms: Vec<Term> = Vec::new();
    for (number, line) in numbered(&raw) {
        match term(line, within) {
            Ok(term) if terms.iter().any(|it| it.name.eq_ignore_ascii_case(&term.name)) => {
                reader.refuse("terms", format!("Line {number}: {} stands here twice.", term.name));
            }
            Ok(term) => terms.push(term),
            Err(message) => reader.refuse("terms", format!("Line {number}: {message}")),
        }
    }
    if terms.is_empty() && !reader.has_refused("terms") {
        let message = "Write a line for each term: Semester 1: 28 Sep 2026, 12 weeks, induction";
        reader.refuse("terms", message);
    }
    terms.sort_by_key(|term| term.first);
    terms
}

fn term(line: &str, within: NaiveDate) -> Result<Term, String> {
    let shape = || "write it like Semester 1: 28 Sep 2026, 12 weeks, induction.".to_owned();
    let (name, rest) = line.split_once(':').ok_or_else(shape)?;
    let mut parts = rest.split(',').map(str::trim);
    let first = day(parts.next().unwrap_or_default(), within)?;
    let weeks = parts.next().ok_or_else(shape)?;
    let digits = weeks.trim_end_matches(|c: char| c.is_alphabetic() || c == ' ');
    let weeks = digits.parse().ok().filter(|weeks| (1..=MOST_WEEKS).contains(weeks));
    let weeks =
        weeks.ok_or_else(|| format!("write how many teaching weeks, 1 to {MOST_WEEKS}."))?;
    let induction = match parts.next().map(str::to_lowercase).as_deref() {
        None | Some("") => false,
        Some("induction" | "induction week") => true,
        Some(_) => return Err(shape()),
    };
    if name.trim().is_empty() || parts.next().is_some() {
        return Err(shape());
    }
    Ok(Term {
        name: name.trim().to_owned(),
        first,
        weeks,
        induction,
        breaks: Vec::new(),
        reading: Vec::new(),
        exams: None,
    })
}

/// Stretches that lie in terms, put into the term that has begun when they begin.
pub(super) fn in_terms(
    reader: &mut Reader,
    field: &'static str,
    (raw, within): (&str, NaiveDate),
    terms: &mut [Term],
    of: impl Fn(&mut Term) -> &mut Vec<Span>,
) {
    for span in spans(reader, field, raw, within) {
        match terms.iter_mut().rfind(|term| term.first <= span.from) {
            Some(term) => of(term).push(span),
            None if reader.has_refused("terms") => {}
            None => {
                let from = full_day(span.from);
                reader.refuse(field, format!("No term has begun by {from}: check the day."));
            }
        }
    }
}

/// Exam periods, each with the name of its term.
pub(super) fn exams(reader: &mut Reader, raw: &str, within: NaiveDate, terms: &mut [Term]) {
    let raw = reader.text("exams", raw);
    for (number, line) in numbered(&raw) {
        let read = line
            .split_once(':')
            .ok_or_else(|| "write the term first, like Semester 1: 11 Jan - 22 Jan.".to_owned())
            .and_then(|(name, rest)| Ok((name.trim(), span(rest, within)?)));
        match read {
            Ok((name, span)) => {
                match terms.iter_mut().find(|term| term.name.eq_ignore_ascii_case(name)) {
                    Some(term) if term.exams.is_none() => term.exams = Some(span),
                    Some(_) => {
                        let message = format!("Line {number}: {name} has exams already.");
                        reader.refuse("exams", message);
                    }
                    None if reader.has_refused("terms") => {}
                    None => {
                        let message = format!("Line {number}: there is no term called {name}.");
                        reader.refuse("exams", message);
                    }
                }
            }
            Err(message) => reader.refuse("exams", format!("Line {number}: {message}")),
        }
    }
}

/// Stretches of days, in order.
pub(super) fn spans(
    reader: &mut Reader,
    field: &'static str,
    raw: &str,
    within: NaiveDate,
) -> Vec<Span> {
    let raw = reader.text(field, raw);
    let mut spans = Vec::new();
    for (number, line) in numbered(&raw) {
        match span(line, within) {
            Ok(span) => spans.push(span),
            Err(message) => reader.refuse(field, format!("Line {number}: {message}")),
        }
    }
    spans.sort_by_key(|span| (span.from, span.to));
    spans.dedup();
    spans
}

/// Single days, in order.
pub(super) fn days(
    reader: &mut Reader,
    field: &'static str,
    raw: &str,
    within: NaiveDate,
) -> Vec<NaiveDate> {
    let raw = reader.text(field, raw);
    let mut days = Vec::new();
    for (number, line) in numbered(&raw) {
        for text in line.split([',', ';']).map(str::trim).filter(|text| !text.is_empty()) {
            match day(text, within) {
                Ok(day) => days.push(day),
                Err(message) => reader.refuse(field, format!("Line {number}: {message}")),
            }
        }
    }
    days.sort_unstable();
    days.dedup();
    days
}

fn span(text: &str, within: NaiveDate) -> Result<Span, String> {
    let parts = [" - ", " – ", "–", " to ", "..", " until "];
    let (from, to) =
        parts.iter().find_map(|between| text.split_once(between)).unwrap_or((text, text));
    let from = day(from, within)?;
    // The last day is the next such day after the first: 14 Dec - 10 Jan.
    let to = day(to, from)?;
    Span::new(from, to).ok_or_else(|| "the last day lies before the first: check both.".to_owned())
}

/// A day; without a year the next such day from another on.
fn day(text: &str, from: NaiveDate) -> Result<NaiveDate, String> {
    parse_day(text, from, Leaning::Future).map_err(|message| {
        let (first, rest) = message.split_at(message.chars().next().map_or(0, char::len_utf8));
        format!("{}{rest}", first.to_lowercase())
    })
}
