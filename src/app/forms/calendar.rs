//! The form of an academic year: its dates as typed lines, and the word that they are right.

use super::{
    parts::{commit, line, text},
    record::Which,
};
use crate::{
    app::{form::Choice, form::Field, form::Form, model::Model, msg::Effect, popup::form::Errors},
    domain::{
        calendar::CalendarId,
        write::calendar::{self, CalendarInput},
    },
};

/// What is said of the dates, and what the domain reads.
const WORDS: [(&str, &str); 2] =
    [("an example: check them", "no"), ("right: I have checked them", "yes")];

pub(super) fn form(model: &Model, which: Which<CalendarId>) -> Form {
    let old = match which {
        Which::Edit(id) => model.records.calendars().find(|it| it.id == id).map(CalendarInput::of),
        Which::New => None,
    };
    let input = old.unwrap_or_default();
    let confirmed = WORDS.iter().position(|(_, raw)| *raw == input.confirmed);
    let standing = Choice::new(WORDS.map(|(words, _)| words.to_owned()), confirmed.or(Some(0)));
    Form::new(
        "Academic year",
        vec![
            line("year", "Year", &input.year).hint("its name: 2026/27"),
            line("from", "First day", &input.from),
            line("to", "Last day", &input.to),
            text("terms", "Terms", &input.terms)
                .hint("a line each: Semester 1: 28 Sep 2026, 12 weeks, induction"),
            text("reading", "Reading weeks", &input.reading)
                .hint("weeks that count, without teaching, a line each: 2 Nov 2026 - 8 Nov 2026"),
            text("breaks", "Breaks", &input.breaks).hint(
                "days inside a term that do not count, a line each: 14 Dec 2026 - 10 Jan 2027",
            ),
            text("exams", "Exams", &input.exams)
                .hint("a line each, with the term: Semester 1: 11 Jan 2027 - 22 Jan 2027"),
            text("holidays", "Bank holidays", &input.holidays).hint("a line each: 25 Dec 2026"),
            text("closures", "Closures", &input.closures)
                .hint("a line each: 24 Dec 2026 - 1 Jan 2027"),
            Field::new("confirmed", "The dates are", standing)
                .hint("while they are an example, the first line of the screen says so"),
        ],
    )
}

pub(super) fn submit(
    form: &Form,
    model: &mut Model,
    which: Which<CalendarId>,
) -> Result<Vec<Effect>, Errors> {
    let confirmed = form.value("confirmed");
    let confirmed = WORDS.iter().find(|(words, _)| *words == confirmed).map_or("", |(_, raw)| raw);
    let input = CalendarInput {
        year: form.value("year"),
        from: form.value("from"),
        to: form.value("to"),
        terms: form.value("terms"),
        breaks: form.value("breaks"),
        reading: form.value("reading"),
        exams: form.value("exams"),
        holidays: form.value("holidays"),
        closures: form.value("closures"),
        confirmed: confirmed.to_owned(),
    };
    commit(model, |context| match which {
        Which::New => calendar::add(context, &input),
        Which::Edit(id) => calendar::edit(context, id, &input),
    })
}
