//! Version 1 of what belongs to the profile: whose it is, tutors, calendars, remembered mappings.

use serde::{Deserialize, Serialize};

use super::{Day, Id, choice, date, day};
use crate::{
    domain::{calendar, profile, tutor, word::Choice},
    store::error::{Error, Result},
};

#[derive(Serialize, Deserialize)]
pub(super) struct Profile {
    id: Id,
    owner: Id,
    institution: String,
}

impl From<&profile::Profile> for Profile {
    fn from(it: &profile::Profile) -> Self {
        Self { id: it.id.bytes(), owner: it.owner.bytes(), institution: it.institution.clone() }
    }
}

impl From<Profile> for profile::Profile {
    fn from(it: Profile) -> Self {
        Self {
            id: profile::ProfileId::from_bytes(it.id),
            owner: tutor::TutorId::from_bytes(it.owner),
            institution: it.institution,
            policy: String::new(),
        }
    }
}

#[derive(Serialize, Deserialize)]
pub(super) struct Mapping {
    id: Id,
    header: String,
    columns: Vec<String>,
}

impl From<&profile::Mapping> for Mapping {
    fn from(it: &profile::Mapping) -> Self {
        Self { id: it.id.bytes(), header: it.header.clone(), columns: it.columns.clone() }
    }
}

impl From<Mapping> for profile::Mapping {
    fn from(it: Mapping) -> Self {
        Self { id: profile::MappingId::from_bytes(it.id), header: it.header, columns: it.columns }
    }
}

#[derive(Serialize, Deserialize)]
pub(super) struct Tutor {
    id: Id,
    name: String,
    email: String,
    number: String,
    school: String,
    role: u8,
}

impl From<&tutor::Tutor> for Tutor {
    fn from(it: &tutor::Tutor) -> Self {
        Self {
            id: it.id.bytes(),
            name: it.name.clone(),
            email: it.email.clone(),
            number: it.number.clone(),
            school: it.school.clone(),
            role: it.role.code(),
        }
    }
}

impl TryFrom<Tutor> for tutor::Tutor {
    type Error = Error;

    fn try_from(it: Tutor) -> Result<Self> {
        Ok(Self {
            id: tutor::TutorId::from_bytes(it.id),
            name: it.name,
            email: it.email,
            number: it.number,
            school: it.school,
            role: choice(it.role)?,
        })
    }
}

/// Two days, both included; version 2 writes them the same.
#[derive(Serialize, Deserialize)]
pub(in crate::store::schema) struct Span {
    from: Day,
    to: Day,
}

impl From<&calendar::Span> for Span {
    fn from(it: &calendar::Span) -> Self {
        Self { from: day(it.from), to: day(it.to) }
    }
}

impl TryFrom<Span> for calendar::Span {
    type Error = Error;

    fn try_from(it: Span) -> Result<Self> {
        Ok(Self { from: date(it.from)?, to: date(it.to)? })
    }
}

#[derive(Serialize, Deserialize)]
struct Term {
    name: String,
    first: Day,
    weeks: u8,
    induction: bool,
    breaks: Vec<Span>,
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
            reading: Vec::new(),
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
