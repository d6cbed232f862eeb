//! How records are stored, version by version. A version is chosen by its number in the envelope, never
//! by what the bytes look like, and is frozen once released. Each kind has its own number: a kind whose
//! structure stays is written as before, so that an older program can read it.

mod v1;
mod v2;
mod v3;
mod v4;

use super::error::{Error, Result};
use crate::domain::record::{Kind, Record};

/// The newest version that this program knows.
pub(crate) const NEWEST: u16 = 4;

/// The version in which records of a kind are written.
pub(crate) const fn version(kind: Kind) -> u16 {
    match kind {
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
        | Kind::Flag => 1,
        Kind::Profile
        | Kind::Calendar
        | Kind::Waiver
        | Kind::SlotChoice
        | Kind::Ladder
        | Kind::Letter
        | Kind::Disclosure
        | Kind::Training
        | Kind::Absence
        | Kind::RoleTerm
        | Kind::DutyDone => 2,
        Kind::Module
        | Kind::Batch
        | Kind::Tuning
        | Kind::SavedView
        | Kind::Engagement
        | Kind::Results
        | Kind::Case
        | Kind::Alias => 3,
        Kind::Decision => 4,
    }
}

/// The bytes of a record in the version of its kind.
pub(crate) fn encode(record: &Record) -> Result<Vec<u8>> {
    if let Record::Decision(decision) = record {
        return v4::encode(decision);
    }
    match version(record.id().kind) {
        1 => v1::encode(record),
        2 => v2::encode(record),
        _ => v3::encode(record),
    }
}

/// A record of any version that was ever released.
pub(crate) fn decode(kind: Kind, version: u16, bytes: &[u8]) -> Result<Record> {
    match version {
        0 => Err(Error::Damaged { what: "a record" }),
        1 => v1::decode(kind, bytes),
        2 => v2::decode(kind, bytes),
        3 => v3::decode(kind, bytes),
        4 => v4::decode(kind, bytes),
        _ => Err(Error::Newer),
    }
}

#[cfg(test)]
pub(crate) use v3::tests::sample;
