//! Sealing with XChaCha20-Poly1305: what is at rest can neither be read nor moved to another place.

use std::fmt;

use chacha20poly1305::{
    AeadInOut, KeyInit, XChaCha20Poly1305,
    aead::{Nonce, Tag},
};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::error::{Error, Result};

/// Bytes of the random nonce in front of what is sealed.
const NONCE: usize = 24;
/// Bytes of the authentication tag behind it.
const TAG: usize = 16;
/// Program and version of the sealed form, bound into everything.
const PROGRAM: &[u8] = b"tutelage seal 1";

/// A secret key; it prints as `…` and is wiped when dropped.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct Key([u8; 32]);

impl Key {
    /// A new key from the system's random numbers.
    pub(crate) fn random() -> Result<Self> {
        random().map(Self)
    }

    pub(crate) const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    pub(crate) const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

/// Random bytes from the system.
pub(crate) fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| Error::Random)?;
    Ok(bytes)
}

/// Whether content is sealed. Never a choice of the user: the privacy test's control switches it off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sealing {
    /// Everything is sealed.
    #[default]
    On,
    /// Content lies open: only for the test that shows the search for plain text finds it.
    Off,
}

/// Where sealed bytes belong; opened anywhere else they fail.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    /// Which database.
    pub database: [u8; 16],
    /// Which tree or file.
    pub tree: u8,
    /// Which record in it.
    pub record: [u8; 16],
    /// Version of the schema of the plain bytes.
    pub schema: u16,
    /// Revision of the record.
    pub revision: u64,
}

impl Place {
    fn associated(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(PROGRAM.len() + 43);
        bytes.extend_from_slice(PROGRAM);
        bytes.extend_from_slice(&self.database);
        bytes.push(self.tree);
        bytes.extend_from_slice(&self.record);
        bytes.extend_from_slice(&self.schema.to_le_bytes());
        bytes.extend_from_slice(&self.revision.to_le_bytes());
        bytes
    }
}

/// Appends the sealed `plain` to `out`, its length first hidden by padding to a multiple of `step`.
pub(crate) fn seal(
    key: &Key,
    place: &Place,
    plain: &[u8],
    step: usize,
    out: &mut Vec<u8>,
) -> Result<()> {
    let nonce: [u8; NONCE] = random()?;
    out.reserve(NONCE + plain.len() + step + TAG);
    out.extend_from_slice(&nonce);
    let start = out.len();
    pad(plain, step, out);
    let (_, text) = out.split_at_mut(start);
    let tag = XChaCha20Poly1305::new(key.bytes().into())
        .encrypt_inout_detached(
            &Nonce::<XChaCha20Poly1305>::from(nonce),
            &place.associated(),
            text.into(),
        )
        .map_err(|_| Error::TooLong)?;
    out.extend_from_slice(&tag);
    Ok(())
}

/// Opens what [`seal`] wrote for the same place with the same key.
pub(crate) fn open(key: &Key, place: &Place, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
    let damaged = || Error::Damaged { what: "a sealed record" };
    let (nonce, rest) = sealed.split_first_chunk::<NONCE>().ok_or_else(damaged)?;
    let (text, tag) = rest.split_last_chunk::<TAG>().ok_or_else(damaged)?;
    let mut plain = Zeroizing::new(text.to_vec());
    XChaCha20Poly1305::new(key.bytes().into())
        .decrypt_inout_detached(
            &Nonce::<XChaCha20Poly1305>::from(*nonce),
            &place.associated(),
            plain.as_mut_slice().into(),
            &Tag::<XChaCha20Poly1305>::from(*tag),
        )
        .map_err(|_| damaged())?;
    let length = unpadded(&plain).ok_or_else(damaged)?;
    plain.truncate(length);
    Ok(plain)
}

/// Appends `plain`, a mark and zeros up to a multiple of `step`.
pub(crate) fn pad(plain: &[u8], step: usize, out: &mut Vec<u8>) {
    let length = (plain.len() + 1).next_multiple_of(step.max(1));
    let start = out.len();
    out.extend_from_slice(plain);
    out.push(0x80);
    out.resize(start + length, 0);
}

/// How many bytes of padded text are text.
pub(crate) fn unpadded(padded: &[u8]) -> Option<usize> {
    let mark = padded.iter().rposition(|&byte| byte != 0)?;
    (padded.get(mark) == Some(&0x80)).then_some(mark)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const DATABASE: [u8; 16] = [1; 16];
    const RECORD: [u8; 16] = [2; 16];

    fn place() -> Place {
        Place { database: DATABASE, tree: 3, record: RECORD, schema: 1, revision: 9 }
    }

    fn sealed(key: &Key, plain: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        seal(key, &place(), plain, 256, &mut out).unwrap();
        out
    }

    proptest! {
        #[test]
        fn what_is_sealed_opens_again(plain: Vec<u8>) {
            let key = Key::random().unwrap();
            let bytes = sealed(&key, &plain);
            prop_assert_eq!((bytes.len() - NONCE - TAG) % 256, 0);
            let opened = open(&key, &place(), &bytes).unwrap();
            prop_assert_eq!(opened.as_slice(), plain.as_slice());
        }

        #[test]
        fn one_flipped_bit_anywhere_is_noticed(at in 0_usize..296, bit in 0_u8..8) {
            let key = Key::random().unwrap();
            let mut bytes = sealed(&key, b"Settling in");
            bytes[at] ^= 1 << bit;
            prop_assert!(open(&key, &place(), &bytes).is_err());
        }
    }

    #[test]
    fn sealed_bytes_open_nowhere_but_in_their_place() {
        let key = Key::random().unwrap();
        let bytes = sealed(&key, b"Settling in");
        let other = [7; 16];
        let elsewhere = [
            Place { database: other, ..place() },
            Place { tree: 4, ..place() },
            Place { record: other, ..place() },
            Place { schema: 2, ..place() },
            Place { revision: 10, ..place() },
        ];
        assert!(open(&key, &place(), &bytes).is_ok());
        assert!(elsewhere.iter().all(|place| open(&key, place, &bytes).is_err()));
        assert!(open(&Key::random().unwrap(), &place(), &bytes).is_err());
    }

    #[test]
    fn equal_texts_look_different_when_sealed() {
        let key = Key::random().unwrap();
        assert_ne!(sealed(&key, b"same"), sealed(&key, b"same"));
    }

    #[test]
    fn a_key_prints_nothing() {
        assert_eq!(format!("{:?}", Key::from_bytes([9; 32])), "…");
    }
}
