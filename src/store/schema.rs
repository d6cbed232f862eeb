//! How records are stored, version by version. A version is chosen by its number in the envelope, never
//! by what the bytes look like, and is frozen once released.

mod v1;

use super::error::{Error, Result};
use crate::domain::record::{Kind, Record};

/// The version that is written.
pub(crate) const CURRENT: u16 = 1;

/// The bytes of a record in the current version.
pub(crate) fn encode(record: &Record) -> Result<Vec<u8>> {
    v1::encode(record)
}

/// A record of any version that was ever released.
pub(crate) fn decode(kind: Kind, version: u16, bytes: &[u8]) -> Result<Record> {
    match version {
        0 => Err(Error::Damaged { what: "a record" }),
        1 => v1::decode(kind, bytes),
        _ => Err(Error::Newer),
    }
}

#[cfg(test)]
pub(crate) use v1::tests::sample;
