//! Version 2: the profile with its policy, calendars with reading weeks, and the kinds of record that came with policies. Frozen, like
//! version 1, whose codes and days it uses.

mod calendar;
mod duties;
mod letters;
mod profile;
mod tutorship;

use super::v1::{Day, Id, Span, choice, date, day, maybe_date, maybe_day};
use crate::{
    domain::record::{Kind, Record},
    store::{
        codec,
        error::{Error, Result},
    },
};

/// The bytes of a record; of a kind that is still written in version 1 there are none.
pub(crate) fn encode(record: &Record) -> Result<Vec<u8>> {
    match record {
        Record::Profile(it) => codec::encode(&profile::Profile::from(it)),
        Record::Calendar(it) => codec::encode(&calendar::Calendar::from(it)),
        Record::Waiver(it) => codec::encode(&duties::Waiver::from(it)),
        Record::SlotChoice(it) => codec::encode(&duties::SlotChoice::from(it)),
        Record::Ladder(it) => codec::encode(&letters::Ladder::from(it)),
        Record::Letter(it) => codec::encode(&letters::Letter::from(it)),
        Record::Disclosure(it) => codec::encode(&letters::Disclosure::from(it)),
        Record::Training(it) => codec::encode(&tutorship::Training::from(it)),
        Record::Absence(it) => codec::encode(&tutorship::Absence::from(it)),
        Record::RoleTerm(it) => codec::encode(&tutorship::RoleTerm::from(it)),
        Record::DutyDone(it) => codec::encode(&duties::DutyDone::from(it)),
        Record::Tutor(_)
        | Record::Mapping(_)
        | Record::Student(_)
        | Record::Enrolment(_)
        | Record::Allocation(_)
        | Record::Meeting(_)
        | Record::Attendance(_)
        | Record::Contact(_)
        | Record::Note(_)
        | Record::Action(_)
        | Record::Referral(_)
        | Record::Consent(_)
        | Record::Flag(_)
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

/// The record of these bytes. Kinds that are not here have no version 2 in this program.
pub(crate) fn decode(kind: Kind, bytes: &[u8]) -> Result<Record> {
    Ok(match kind {
        Kind::Profile => Record::Profile(codec::decode::<profile::Profile>(bytes)?.into()),
        Kind::Calendar => Record::Calendar(codec::decode::<calendar::Calendar>(bytes)?.try_into()?),
        Kind::Waiver => Record::Waiver(codec::decode::<duties::Waiver>(bytes)?.try_into()?),
        Kind::SlotChoice => Record::SlotChoice(codec::decode::<duties::SlotChoice>(bytes)?.into()),
        Kind::Ladder => Record::Ladder(codec::decode::<letters::Ladder>(bytes)?.try_into()?),
        Kind::Letter => Record::Letter(codec::decode::<letters::Letter>(bytes)?.try_into()?),
        Kind::Disclosure => {
            Record::Disclosure(codec::decode::<letters::Disclosure>(bytes)?.try_into()?)
        }
        Kind::Training => {
            Record::Training(codec::decode::<tutorship::Training>(bytes)?.try_into()?)
        }
        Kind::Absence => Record::Absence(codec::decode::<tutorship::Absence>(bytes)?.try_into()?),
        Kind::RoleTerm => {
            Record::RoleTerm(codec::decode::<tutorship::RoleTerm>(bytes)?.try_into()?)
        }
        Kind::DutyDone => Record::DutyDone(codec::decode::<duties::DutyDone>(bytes)?.try_into()?),
        Kind::Tutor
        | Kind::Mapping
        | Kind::Student
        | Kind::Enrolment
        | Kind::Allocation
        | Kind::Meeting
        | Kind::Attendance
        | Kind::Contact
        | Kind::Note
        | Kind::Action
        | Kind::Referral
        | Kind::Consent
        | Kind::Flag
        | Kind::Module
        | Kind::Batch
        | Kind::Tuning
        | Kind::SavedView
        | Kind::Engagement
        | Kind::Results
        | Kind::Decision
        | Kind::Case
        | Kind::Alias => return Err(Error::Newer),
    })
}

#[cfg(test)]
pub(crate) mod tests;
