//! Version 3: signals, weekly results, decisions, cases, and how the score is used. Frozen, like the versions before, whose
//! codes and days it uses.

mod decisions;
mod signals;
mod watch;

pub(crate) use decisions::Verdict;

use super::v1::{Day, Id, choice, date, day, maybe_date, maybe_day};
use crate::{
    domain::record::{Kind, Record},
    store::{
        codec,
        error::{Error, Result},
    },
};

/// The bytes of a record; of a kind that is still written in an earlier version there are none.
pub(crate) fn encode(record: &Record) -> Result<Vec<u8>> {
    match record {
        Record::Module(it) => codec::encode(&watch::Module::from(it)),
        Record::Batch(it) => codec::encode(&watch::Batch::from(it)),
        Record::Tuning(it) => codec::encode(&watch::Tuning::from(it)),
        Record::SavedView(it) => codec::encode(&watch::SavedView::from(it)),
        Record::Engagement(it) => codec::encode(&signals::Engagement::from(it)),
        Record::Results(it) => codec::encode(&signals::Results::from(it)),
        Record::Alias(it) => codec::encode(&signals::Alias::from(it)),
        Record::Case(it) => codec::encode(&decisions::Case::from(it)),
        Record::Profile(_)
        | Record::Tutor(_)
        | Record::Calendar(_)
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
        | Record::Waiver(_)
        | Record::SlotChoice(_)
        | Record::Ladder(_)
        | Record::Letter(_)
        | Record::Disclosure(_)
        | Record::Training(_)
        | Record::Absence(_)
        | Record::RoleTerm(_)
        | Record::DutyDone(_)
        | Record::Decision(_) => Err(Error::Newer),
    }
}

/// The record of these bytes. Kinds that are not here have no version 3 in this program.
pub(crate) fn decode(kind: Kind, bytes: &[u8]) -> Result<Record> {
    Ok(match kind {
        Kind::Module => Record::Module(codec::decode::<watch::Module>(bytes)?.try_into()?),
        Kind::Batch => Record::Batch(codec::decode::<watch::Batch>(bytes)?.try_into()?),
        Kind::Tuning => Record::Tuning(codec::decode::<watch::Tuning>(bytes)?.try_into()?),
        Kind::SavedView => Record::SavedView(codec::decode::<watch::SavedView>(bytes)?.into()),
        Kind::Engagement => {
            Record::Engagement(codec::decode::<signals::Engagement>(bytes)?.try_into()?)
        }
        Kind::Results => Record::Results(codec::decode::<signals::Results>(bytes)?.try_into()?),
        Kind::Alias => Record::Alias(codec::decode::<signals::Alias>(bytes)?.try_into()?),
        Kind::Decision => {
            Record::Decision(codec::decode::<decisions::Decision>(bytes)?.try_into()?)
        }
        Kind::Case => Record::Case(codec::decode::<decisions::Case>(bytes)?.try_into()?),
        Kind::Profile
        | Kind::Tutor
        | Kind::Calendar
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
        | Kind::Waiver
        | Kind::SlotChoice
        | Kind::Ladder
        | Kind::Letter
        | Kind::Disclosure
        | Kind::Training
        | Kind::Absence
        | Kind::RoleTerm
        | Kind::DutyDone => return Err(Error::Newer),
    })
}

#[cfg(test)]
pub(crate) mod tests;
