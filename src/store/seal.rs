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
    let mut plain = Zeroizing::default();
    open_into(key, place, sealed, &mut plain)?;
    Ok(plain)
}

/// The same into a room that may have held other plain bytes: it is wiped once, not after each of them.
pub(crate) fn open_into(
    key: &Key,
    place: &Place,
    sealed: &[u8],
    plain: &mut Zeroizing<Vec<u8>>,
) -> Result<()> {
    let damaged = || Error::Damaged { what: "a sealed record" };
    let (nonce, rest) = sealed.split_first_chunk::<NONCE>().ok_or_else(damaged)?;
    let (text, tag) = rest.split_last_chunk::<TAG>().ok_or_else(damaged)?;
    if plain.capacity() < text.len() {
        // Growing would leave a copy behind that nobody wipes.
        *plain = Zeroizing::new(Vec::with_capacity(text.len()));
    }
    plain.clear();
    plain.extend_from_slice(text);
    XChaCha20Poly1305::new(key.bytes().into())
        .decrypt_inout_detached(
            &Nonce::<XChaCha20Poly1305>::from(*nonce),
            &place.associated(),
            plain.as_mut_slice().into(),
            &Tag::<XChaCha20Poly1305>::from(*tag),
        )
        .map_err(|_| damaged())?;
    let length = unpadded(plain).ok_or_else(damaged)?;
    plain.truncate(length);
    Ok(())
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

    /// The example of the cipher's specification, draft-irtf-cfrg-xchacha-03, A.3.1.
    #[test]
    fn the_cipher_is_the_one_that_is_specified() {
        let text = "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the \
                    future, sunscreen would be it.";
        let sealed = "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb731c7f1b0b4aa644\
                      0bf3a82f4eda7e39ae64c6708c54c216cb96b72e1213b4522f8c9ba40db5d945b11b69b982c1bb9e\
                      3f3fac2bc369488f76b2383565d3fff921f9664c97637da9768812f615c68b13b52e";
        let count = |first: u8| move |at: usize| first + u8::try_from(at).unwrap();
        let key: [u8; 32] = std::array::from_fn(count(0x80));
        let nonce: [u8; NONCE] = std::array::from_fn(count(0x40));
        let known = [0x50, 0x51, 0x52, 0x53, 0xc0, 0xc1, 0xc2, 0xc3, 0xc4, 0xc5, 0xc6, 0xc7];
        let mut bytes = text.as_bytes().to_vec();
        let tag = XChaCha20Poly1305::new(&key.into())
            .encrypt_inout_detached(&nonce.into(), &known, bytes.as_mut_slice().into())
            .unwrap();
        let bytes_of = |hex: &str| -> Vec<u8> {
            let pairs = hex.as_bytes().chunks(2).map(|pair| str::from_utf8(pair).unwrap());
            pairs.map(|pair| u8::from_str_radix(pair, 16).unwrap()).collect()
        };
        assert_eq!(bytes, bytes_of(sealed));
        assert_eq!(tag.to_vec(), bytes_of("c0875924c1c7987947deafd8780acf49"));
    }

    #[test]
    fn a_room_for_plain_bytes_is_used_again_and_again() {
        let key = Key::random().unwrap();
        let mut plain = Zeroizing::default();
        for text in [&b"Settling in"[..], &[7; 900], b"short", b""] {
            open_into(&key, &place(), &sealed(&key, text), &mut plain).unwrap();
            assert_eq!(plain.as_slice(), text);
        }
    }

    #[test]
    fn a_key_prints_nothing() {
        assert_eq!(format!("{:?}", Key::from_bytes([9; 32])), "…");
    }
}
