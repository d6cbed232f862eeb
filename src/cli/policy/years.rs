//! An example calendar in words.

use chrono::NaiveDate;

use super::rule::{Parts, Rule};
use crate::domain::{
    calendar::{Span, Term},
    policy::Year,
};

/// A year with its terms.
pub(super) fn rule(year: &Year) -> Rule {
    let mut parts = Parts(Vec::new()).with("from", span(year.span));
    for term in &year.terms {
        parts = parts.with(&term.name, term_words(term));
    }
    let holidays: Vec<String> = year.holidays.iter().copied().map(day).collect();
    let closures: Vec<String> = year.closures.iter().copied().map(span).collect();
    Rule {
        section: "Calendars",
        name: year.year.clone(),
        title: "An example, until somebody confirms its dates".into(),
        parts: parts
            .with("bank holidays", holidays.join(", "))
            .with("closed", closures.join(", "))
            .0,
    }
}

fn term_words(term: &Term) -> String {
    let mut words = format!("{} teaching weeks from {}", term.weeks, day(term.first));
    if term.induction {
        words.push_str(", induction week before");
    }
    for pause in &term.breaks {
        words = format!("{words}; break {}", span(*pause));
    }
    for weeks in &term.reading {
        words = format!("{words}; reading week {}", span(*weeks));
    }
    if let Some(exams) = term.exams {
        words = format!("{words}; exams {}", span(exams));
    }
    words
}

fn span(span: Span) -> String {
    format!("{} to {}", day(span.from), day(span.to))
}

fn day(day: NaiveDate) -> String {
    day.format("%-d %b %Y").to_string()
}
