//! Version 2 of calendars: version 1 and the reading weeks of a term.

use serde::{Deserialize, Serialize};

use super::{Day, Id, Span, date, day};
use crate::{
    domain::calendar,
    store::error::{Error, Result},
};

#[derive(Serialize, Deserialize)]
struct Term {
    name: String,
    first: Day,
    weeks: u8,
    induction: bool,
    breaks: Vec<Span>,
    reading: Vec<Span>,
    exams: Option<Span>,
}

impl From<&calendar::Term> for Term {
    fn from(it: &calendar::Term) -> Self {
        Self {
            name: it.name.clone(),
            first: day(it.first),
            weeks: it.weeks,
            induction: it.induction,
            breaks: it.breaks.iter().map(Span::from).collect(),
            reading: it.reading.iter().map(Span::from).collect(),
            exams: it.exams.as_ref().map(Span::from),
        }
    }
}

impl TryFrom<Term> for calendar::Term {
    type Error = Error;

    fn try_from(it: Term) -> Result<Self> {
        Ok(Self {
            name: it.name,
            first: date(it.first)?,
            weeks: it.weeks,
            induction: it.induction,
            breaks: it.breaks.into_iter().map(TryInto::try_into).collect::<Result<_>>()?,
            reading: it.reading.into_iter().map(TryInto::try_into).collect::<Result<_>>()?,
            exams: it.exams.map(TryInto::try_into).transpose()?,
        })
    }
}

#[derive(Serialize, Deserialize)]
pub(super) struct Calendar {
    id: Id,
    year: String,
    span: Span,
    terms: Vec<Term>,
    holidays: Vec<Day>,
    closures: Vec<Span>,
    example: bool,
}

impl From<&calendar::Calendar> for Calendar {
    fn from(it: &calendar::Calendar) -> Self {
        Self {
            id: it.id.bytes(),
            year: it.year.clone(),
            span: (&it.span).into(),
            terms: it.terms.iter().map(Term::from).collect(),
            holidays: it.holidays.iter().copied().map(day).collect(),
            closures: it.closures.iter().map(Span::from).collect(),
            example: it.example,
        }
    }
}

impl TryFrom<Calendar> for calendar::Calendar {
    type Error = Error;

    fn try_from(it: Calendar) -> Result<Self> {
        Ok(Self {
            id: calendar::CalendarId::from_bytes(it.id),
            year: it.year,
            span: it.span.try_into()?,
            terms: it.terms.into_iter().map(TryInto::try_into).collect::<Result<_>>()?,
            holidays: it.holidays.into_iter().map(date).collect::<Result<_>>()?,
            closures: it.closures.into_iter().map(TryInto::try_into).collect::<Result<_>>()?,
            example: it.example,
        })
    }
}
