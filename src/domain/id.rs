//! Identities of records: random, opaque, typed by what they name.

use std::{
    cmp::Ordering,
    fmt,
    hash::{Hash, Hasher},
    marker::PhantomData,
};

use rand_chacha::{
    ChaCha8Rng,
    rand_core::{Rng, SeedableRng},
};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

/// Sixteen random bytes that name one record of type `T` for ever.
///
/// Order is that of the bytes and means nothing; order of changes comes from the journal.
pub struct Id<T> {
    bytes: [u8; 16],
    names: PhantomData<fn() -> T>,
}

impl<T> Id<T> {
    /// The identity with these bytes.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self { bytes, names: PhantomData }
    }

    /// The bytes, as stored.
    #[must_use]
    pub const fn bytes(self) -> [u8; 16] {
        self.bytes
    }

    /// Parses the 32 hexadecimal digits that `Display` writes.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() != 32 || !text.is_ascii() {
            return None;
        }
        let mut bytes = [0; 16];
        for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks(2)) {
            *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
        }
        Some(Self::from_bytes(bytes))
    }
}

impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Id<T> {}

impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.bytes == other.bytes
    }
}

impl<T> Eq for Id<T> {}

impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.bytes.cmp(&other.bytes)
    }
}

impl<T> Hash for Id<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.bytes.hash(state);
    }
}

impl<T> fmt::Display for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.bytes.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl<T> Serialize for Id<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de, T> Deserialize<'de> for Id<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| D::Error::custom("an id has 32 hexadecimal digits"))
    }
}

/// Where new identities come from: seeded by the runtime from the system, fixed in tests.
#[derive(Debug, Clone)]
pub struct IdSource(ChaCha8Rng);

impl IdSource {
    /// A source that gives the same identities for the same seed.
    #[must_use]
    pub fn new(seed: [u8; 32]) -> Self {
        Self(ChaCha8Rng::from_seed(seed))
    }

    /// A source of its own for work elsewhere, seeded from this one.
    #[must_use]
    pub fn branch(&mut self) -> Self {
        let mut seed = [0; 32];
        self.0.fill_bytes(&mut seed);
        Self::new(seed)
    }

    /// The next identity.
    pub fn fresh<T>(&mut self) -> Id<T> {
        let mut bytes = [0; 16];
        self.0.fill_bytes(&mut bytes);
        Id::from_bytes(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_read_back_from_what_it_prints() {
        let id: Id<()> = IdSource::new([7; 32]).fresh();
        assert_eq!(Id::parse(&id.to_string()), Some(id));
        assert_eq!(Id::<()>::parse("zz"), None);
    }

    #[test]
    fn the_same_seed_gives_the_same_ids() {
        let (mut a, mut b) = (IdSource::new([1; 32]), IdSource::new([1; 32]));
        assert_eq!(a.fresh::<()>(), b.fresh::<()>());
        assert_ne!(a.fresh::<()>(), IdSource::new([2; 32]).fresh());
    }
}
