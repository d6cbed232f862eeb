//! Edits an academic year: terms, weeks, breaks, exams and days off as typed lines, and the word of a
//! person that the dates are right.

use chrono::NaiveDate;

use super::{Context, FieldError, Written, gone, read::Reader, read::full_day};
use crate::domain::{
    calendar::{Calendar, CalendarId, Span, Term},
    change::Label,
    time::Leaning,
};

mod lines;

/// An academic year, as typed. Days without a year lie within it.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct CalendarInput {
    /// Its name: `2026/27`.
    pub year: String,
    /// First day.
    pub from: String,
    /// Last day.
    pub to: String,
    /// A line for each term: `Semester 1: 28 Sep 2026, 12 weeks, induction`.
    pub terms: String,
    /// A line for each stretch without teaching: `14 Dec 2026 - 10 Jan 2027`.
    pub breaks: String,
    /// A line for each reading week: `2 Nov 2026 - 8 Nov 2026`.
    pub reading: String,
    /// A line for each exam period, with its term: `Semester 1: 11 Jan 2027 - 22 Jan 2027`.
    pub exams: String,
    /// Bank holidays, a line or a comma between them.
    pub holidays: String,
    /// A line for each closure: `24 Dec 2026 - 1 Jan 2027`.
    pub closures: String,
    /// Whether the dates are right, in words; empty leaves it as it was.
    pub confirmed: String,
}

impl CalendarInput {
    /// The fields filled in from a calendar.
    #[must_use]
    pub fn of(calendar: &Calendar) -> Self {
        let of_terms = |spans: fn(&Term) -> &Vec<Span>| {
            joined(calendar.terms.iter().flat_map(spans).copied().map(lines::show_span))
        };
        let exams = calendar.terms.iter().filter_map(|term| {
            term.exams.map(|exams| format!("{}: {}", term.name, lines::show_span(exams)))
        });
        Self {
            year: calendar.year.clone(),
            from: full_day(calendar.span.from),
            to: full_day(calendar.span.to),
            terms: joined(calendar.terms.iter().map(lines::show_term)),
            breaks: of_terms(|term| &term.breaks),
            reading: of_terms(|term| &term.reading),
            exams: joined(exams),
            holidays: joined(calendar.holidays.iter().copied().map(full_day)),
            closures: joined(calendar.closures.iter().copied().map(lines::show_span)),
            confirmed: if calendar.example { "no" } else { "yes" }.into(),
        }
    }
}

fn joined(lines: impl Iterator<Item = String>) -> String {
    lines.collect::<Vec<_>>().join("\n")
}

/// Adds an academic year.
///
/// # Errors
/// All that is wrong with the fields.
pub fn add(context: &mut Context<'_>, input: &CalendarInput) -> Written {
    let id = context.ids.fresh();
    write(context, id, true, input)
}

/// Edits an academic year.
///
/// # Errors
/// All that is wrong with the fields, or that it is gone.
pub fn edit(context: &Context<'_>, id: CalendarId, input: &CalendarInput) -> Written {
    let old = find(context, id)?;
    write(context, id, old.example, input)
}

/// Notes that the dates of an academic year are right: no longer an example.
///
/// # Errors
/// When it is gone.
pub fn confirm(context: &Context<'_>, id: CalendarId) -> Written {
    let confirmed = Calendar { example: false, ..find(context, id)?.clone() };
    Ok(context.change(Label::EditCalendar).put(confirmed).build())
}

/// Deletes an academic year.
///
/// # Errors
/// When it is gone.
pub fn delete(context: &Context<'_>, id: CalendarId) -> Written {
    context.delete_own(Label::EditCalendar, id)
}

fn find<'a>(context: &Context<'a>, id: CalendarId) -> Result<&'a Calendar, Vec<FieldError>> {
    context.records.calendars().find(|calendar| calendar.id == id).ok_or_else(gone)
}

fn write(context: &Context<'_>, id: CalendarId, example: bool, input: &CalendarInput) -> Written {
    let mut reader = Reader::new(context.now);
    let year = reader.required("year", &input.year, "Write its name, for example 2026/27.");
    let span = read_span(&mut reader, input);
    let within = span.from;
    let mut terms = lines::terms(&mut reader, &input.terms, within);
    lines::in_terms(&mut reader, "breaks", (&input.breaks, within), &mut terms, |term| {
        &mut term.breaks
    });
    lines::in_terms(&mut reader, "reading", (&input.reading, within), &mut terms, |term| {
        &mut term.reading
    });
    lines::exams(&mut reader, &input.exams, within, &mut terms);
    let holidays = lines::days(&mut reader, "holidays", &input.holidays, within);
    let closures = lines::spans(&mut reader, "closures", &input.closures, within);
    let confirmed = reader.yes_or_no("confirmed", &input.confirmed);
    if !reader.has_refused("from") && !reader.has_refused("to") {
        check(context, &mut reader, (id, span), &terms);
    }
    let example = confirmed.map_or(example, |confirmed| !confirmed);
    let calendar = Calendar { id, year, span, terms, holidays, closures, example };
    let calendar = reader.finish(calendar)?;
    Ok(context.change(Label::EditCalendar).put(calendar).build())
}

fn read_span(reader: &mut Reader, input: &CalendarInput) -> Span {
    let from = reader.day("from", &input.from, Leaning::Future);
    let to = if input.to.trim().is_empty() {
        reader.refuse("to", "Write its last day, for example 31 Aug 2027.");
        from
    } else {
        reader.day("to", &input.to, Leaning::Future)
    };
    let days = (to - from).num_days();
    if !(28..=800).contains(&days) && !reader.has_refused("from") && !reader.has_refused("to") {
        reader.refuse("to", "An academic year lasts from a month to two years: check both days.");
    }
    Span { from, to: to.max(from) }
}

/// What days say together: no two years share a day, terms lie in their year, in order.
fn check(
    context: &Context<'_>,
    reader: &mut Reader,
    (id, span): (CalendarId, Span),
    terms: &[Term],
) {
    let mut others = context.records.calendars().filter(|other| other.id != id);
    if let Some(other) = others.find(|other| other.span.meets(&span)) {
        let message = format!("{} has some of the same days: change one of them.", other.year);
        reader.refuse("from", message);
    }
    let outside = |day: NaiveDate| !span.holds(day);
    for term in terms {
        let end = term.span().map_or(term.first, |term| term.to);
        if outside(term.first) || outside(end) {
            let message = format!(
                "{} would run until {}, outside the year: check its first day and weeks.",
                term.name,
                full_day(end)
            );
            reader.refuse("terms", message);
        }
    }
    for (one, next) in terms.iter().zip(terms.iter().skip(1)) {
        let taught = one.last_teaching_day().unwrap_or(one.first);
        if next.first <= taught {
            let message =
                format!("{} begins before {} is over: check the weeks.", next.name, one.name);
            reader.refuse("terms", message);
        }
    }
}

#[cfg(test)]
mod tests;
