//! Example calendars: one academic year each, terms in order and inside it, weeks that begin on a Monday.

use std::ops::RangeInclusive;

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::Check;
use crate::domain::{
    calendar::{Span, Term},
    policy::Year,
    time::monday_of,
};

/// Years that a calendar may be in.
const YEARS: RangeInclusive<i32> = 2000..=2100;

impl Check<'_, '_> {
    pub(super) fn years(&mut self) {
        let years = &self.policy.years;
        if years.is_empty() {
            self.fault(
                "calendar",
                "there is no [[calendar]]; weeks and terms need one for each year",
            );
        }
        self.once("calendar", "year", years.iter().map(|year| year.year.as_str()));
        let mut before: Option<&Year> = None;
        for (place, year) in years.iter().enumerate() {
            let path = format!("calendar.{place}");
            self.year(&path, year);
            if let Some(before) = before.filter(|before| year.span.from <= before.span.to) {
                let message =
                    format!("begins before {} has ended; years stand in order", before.year);
                self.fault(&format!("{path}.span.from"), message);
            }
            before = Some(year);
        }
    }

    fn year(&mut self, path: &str, year: &Year) {
        if let Some(day) = days(year).find(|day| !YEARS.contains(&day.year())) {
            let (from, to) = YEARS.into_inner();
            let message = format!("{day} is not possible; years can be {from} to {to}");
            self.fault(path, message);
            return;
        }
        let start = year.span.from.year();
        let name = format!("{start}/{:02}", (start + 1).rem_euclid(100));
        if year.year != name {
            let message = format!("a year that begins in {start} is called \"{name}\"");
            self.fault(&format!("{path}.year"), message);
        }
        if self.upright_span(&format!("{path}.span"), year.span)
            && (year.span.to - year.span.from).num_days() > 400
        {
            self.fault(&format!("{path}.span.to"), "the year is longer than 400 days");
        }
        if year.terms.is_empty() {
            self.fault(&format!("{path}.term"), "a year needs at least one term");
        }
        let mut before: Option<(&Term, NaiveDate)> = None;
        for (place, term) in year.terms.iter().enumerate() {
            let path = format!("{path}.term.{place}");
            let last = self.term(&path, term, year);
            match before.filter(|(_, last)| term.first <= *last) {
                Some((before, _)) if before.name == term.name => {
                    let message =
                        format!("\"{}\" stands here again; terms have different names", term.name);
                    self.fault(&format!("{path}.name"), message);
                }
                Some((before, last)) => {
                    let message =
                        format!("{} lasts until {last}; terms stand in order", before.name);
                    self.fault(&format!("{path}.first"), message);
                }
                None => {}
            }
            before = last.map(|last| (term, last));
        }
        self.days_off(path, year);
    }

    /// Checks a term; answers its last day of teaching.
    fn term(&mut self, path: &str, term: &Term, year: &Year) -> Option<NaiveDate> {
        self.text(&format!("{path}.name"), &term.name);
        self.number(&format!("{path}.weeks"), term.weeks, 1..=52);
        if term.first.weekday() != Weekday::Mon {
            let monday = monday_of(term.first);
            let message = format!("{} is no Monday; that week begins on {monday}", term.first);
            self.fault(&format!("{path}.first"), message);
        }
        let last = term.last_teaching_day()?;
        let opening =
            if term.induction { term.first.checked_sub_days(Days::new(7))? } else { term.first };
        if !year.span.holds(opening) {
            self.fault(&format!("{path}.first"), format!("begins on {opening}, outside the year"));
        } else if !year.span.holds(last) {
            self.fault(&format!("{path}.weeks"), format!("lasts until {last}, outside the year"));
        }
        for (place, pause) in term.breaks.iter().enumerate() {
            let path = format!("{path}.breaks.{place}");
            let mondays = || year.span.from.iter_weeks().map(monday_of).take(60);
            if self.upright_span(&path, *pause)
                && !mondays().any(|day| pause.holds(day) && term.first < day && day < last)
            {
                let message = "holds no Monday inside the term, so no week is left out";
                self.fault(&path, message);
            }
        }
        for (place, weeks) in term.reading.iter().enumerate() {
            let path = format!("{path}.reading.{place}");
            if self.upright_span(&path, *weeks) && (weeks.from < term.first || last < weeks.to) {
                self.fault(&path, "the reading week is outside the term");
            }
        }
        if let Some(exams) = term.exams
            && self.upright_span(&format!("{path}.exams"), exams)
        {
            if exams.from < term.first {
                self.fault(&format!("{path}.exams.from"), "the exams are before the term");
            } else if !year.span.holds(exams.to) {
                self.fault(&format!("{path}.exams.to"), "the exams end outside the year");
            }
        }
        Some(last)
    }

    fn days_off(&mut self, path: &str, year: &Year) {
        for (place, day) in year.holidays.iter().enumerate() {
            if !year.span.holds(*day) {
                self.fault(
                    &format!("{path}.holidays.{place}"),
                    format!("{day} is outside the year"),
                );
            }
        }
        for (place, closure) in year.closures.iter().enumerate() {
            let path = format!("{path}.closures.{place}");
            if self.upright_span(&path, *closure)
                && (closure.to < year.span.from || year.span.to < closure.from)
            {
                self.fault(&path, "the closure is outside the year");
            }
        }
    }

    fn upright_span(&mut self, path: &str, span: Span) -> bool {
        let upright = span.from <= span.to;
        if !upright {
            let message = format!("{} is before {}; the span is upside down", span.to, span.from);
            self.fault(&format!("{path}.to"), message);
        }
        upright
    }
}

/// Every day that a year names.
fn days(year: &Year) -> impl Iterator<Item = NaiveDate> {
    let spans = year
        .terms
        .iter()
        .flat_map(|term| term.breaks.iter().chain(&term.reading).chain(&term.exams));
    let spans = spans.chain(&year.closures).chain([&year.span]);
    let firsts = year.terms.iter().map(|term| term.first);
    spans.flat_map(|span| [span.from, span.to]).chain(firsts).chain(year.holidays.iter().copied())
}
