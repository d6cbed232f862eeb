//! For the fuzz tests alone: the parsers of stored bytes that lie behind a hash or a seal, without either.

use super::{
    frame::Frame, keys::Keys, own, progress::Progress, recovery::RecoveryCode, schema,
    vault::Envelope,
};
use crate::domain::{record::Kind, word::Choice};

/// Reads bytes as everything that the store ever reads; they must be refused or read, never panic.
#[doc(hidden)]
pub fn read_as_everything(bytes: &[u8]) {
    drop(Frame::decode(bytes));
    drop(Envelope::read(bytes));
    drop(Keys::decode(bytes));
    drop(own::decode(bytes));
    drop(Progress::decode(bytes));
    drop(RecoveryCode::parse(&String::from_utf8_lossy(bytes)));
    if let Some((code, rest)) = bytes.split_first()
        && let Some(kind) = Kind::from_code(code % 64)
    {
        for version in 1..=schema::NEWEST {
            drop(schema::decode(kind, version, rest));
        }
    }
}
