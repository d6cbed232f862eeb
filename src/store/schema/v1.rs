//! Version 1 of the first fifteen kinds of record. Frozen: what is written here can be read for ever, so nothing in these
//! structs may change. Enums are the codes of the domain, dates are days since 1 January of year 1.

mod meeting;
mod profile;
mod student;
mod support;

pub(super) use self::profile::Span;

use chrono::{Datelike, NaiveDate};

use crate::{
    domain::{
        record::{Kind, Record},
        word::Choice,
    },
    store::{
        codec,
        error::{Error, Result},
    },
};

/// The bytes of a record; of a kind that came later there are none.
pub(crate) fn encode(record: &Record) -> Result<Vec<u8>> {
    match record {
        Record::Profile(it) => codec::encode(&profile::Profile::from(it)),
        Record::Tutor(it) => codec::encode(&profile::Tutor::from(it)),
        Record::Calendar(it) => codec::encode(&profile::Calendar::from(it)),
        Record::Mapping(it) => codec::encode(&profile::Mapping::from(it)),
        Record::Student(it) => codec::encode(&student::Student::from(it)),
        Record::Enrolment(it) => codec::encode(&student::Enrolment::from(it)),
        Record::Allocation(it) => codec::encode(&student::Allocation::from(it)),
        Record::Meeting(it) => codec::encode(&meeting::Meeting::from(it)),
        Record::Attendance(it) => codec::encode(&meeting::Attendance::from(it)),
        Record::Contact(it) => codec::encode(&meeting::Contact::from(it)),
        Record::Note(it) => codec::encode(&meeting::Note::from(it)),
        Record::Action(it) => codec::encode(&support::Action::from(it)),
        Record::Referral(it) => codec::encode(&support::Referral::from(it)),
        Record::Consent(it) => codec::encode(&support::Consent::from(it)),
        Record::Flag(it) => codec::encode(&support::Flag::from(it)),
        Record::Waiver(_)
        | Record::SlotChoice(_)
        | Record::Ladder(_)
        | Record::Letter(_)
        | Record::Disclosure(_)
        | Record::Training(_)
        | Record::Absence(_)
        | Record::RoleTerm(_)
        | Record::DutyDone(_)
        | Record::Module(_)
        | Record::Batch(_)
        | Record::Tuning(_)
        | Record::SavedView(_)
        | Record::Engagement(_)
        | Record::Results(_)
        | Record::Decision(_)
        | Record::Case(_)
        | Record::Alias(_) => Err(Error::Newer),
    }
}

/// The record of these bytes.
pub(crate) fn decode(kind: Kind, bytes: &[u8]) -> Result<Record> {
    Ok(match kind {
        Kind::Profile => Record::Profile(codec::decode::<profile::Profile>(bytes)?.into()),
        Kind::Tutor => Record::Tutor(codec::decode::<profile::Tutor>(bytes)?.try_into()?),
        Kind::Calendar => Record::Calendar(codec::decode::<profile::Calendar>(bytes)?.try_into()?),
        Kind::Mapping => Record::Mapping(codec::decode::<profile::Mapping>(bytes)?.into()),
        Kind::Student => Record::Student(codec::decode::<student::Student>(bytes)?.try_into()?),
        Kind::Enrolment => {
            Record::Enrolment(codec::decode::<student::Enrolment>(bytes)?.try_into()?)
        }
        Kind::Allocation => {
            Record::Allocation(codec::decode::<student::Allocation>(bytes)?.try_into()?)
        }
        Kind::Meeting => Record::Meeting(codec::decode::<meeting::Meeting>(bytes)?.try_into()?),
        Kind::Attendance => {
            Record::Attendance(codec::decode::<meeting::Attendance>(bytes)?.try_into()?)
        }
        Kind::Contact => Record::Contact(codec::decode::<meeting::Contact>(bytes)?.try_into()?),
        Kind::Note => Record::Note(codec::decode::<meeting::Note>(bytes)?.try_into()?),
        Kind::Action => Record::Action(codec::decode::<support::Action>(bytes)?.try_into()?),
        Kind::Referral => Record::Referral(codec::decode::<support::Referral>(bytes)?.try_into()?),
        Kind::Consent => Record::Consent(codec::decode::<support::Consent>(bytes)?.try_into()?),
        Kind::Flag => Record::Flag(codec::decode::<support::Flag>(bytes)?.try_into()?),
        Kind::Waiver
        | Kind::SlotChoice
        | Kind::Ladder
        | Kind::Letter
        | Kind::Disclosure
        | Kind::Training
        | Kind::Absence
        | Kind::RoleTerm
        | Kind::DutyDone
        | Kind::Module
        | Kind::Batch
        | Kind::Tuning
        | Kind::SavedView
        | Kind::Engagement
        | Kind::Results
        | Kind::Decision
        | Kind::Case
        | Kind::Alias => return Err(Error::Damaged { what: "a record" }),
    })
}

/// Days since 1 January of year 1, which is day 1.
pub(super) type Day = i32;

/// Sixteen bytes that name a record.
pub(super) type Id = [u8; 16];

pub(super) fn day(date: NaiveDate) -> Day {
    date.num_days_from_ce()
}

pub(super) fn maybe_day(date: Option<NaiveDate>) -> Option<Day> {
    date.map(day)
}

pub(super) fn date(day: Day) -> Result<NaiveDate> {
    NaiveDate::from_num_days_from_ce_opt(day).ok_or(Error::Damaged { what: "a date" })
}

pub(super) fn maybe_date(day: Option<Day>) -> Result<Option<NaiveDate>> {
    day.map(date).transpose()
}

/// The value of a code; one that this version does not know was written by a later one.
pub(super) fn choice<C: Choice>(code: u8) -> Result<C> {
    C::from_code(code).ok_or(Error::Newer)
}

#[cfg(test)]
pub(crate) mod tests;
