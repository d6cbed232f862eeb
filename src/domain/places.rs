//! Where texts stand in a long list, by their hashes: keys of their own would take as long as the list itself.

use std::{
    borrow::Cow,
    collections::HashMap,
    hash::{BuildHasher, BuildHasherDefault, Hash, Hasher, RandomState},
};

/// Hashes texts; another one hashes them otherwise.
#[derive(Debug, Clone, Default)]
pub struct Hashes(RandomState, RandomState);

impl Hashes {
    /// The hash of a text.
    #[must_use]
    pub fn of(&self, text: &str) -> u64 {
        self.0.hash_one(text)
    }

    /// A hash so long that two things that have it are the same.
    #[must_use]
    pub fn long(&self, it: &impl Hash) -> u128 {
        u128::from(self.0.hash_one(it)) << 64 | u128::from(self.1.hash_one(it))
    }
}

/// Which places have which hash; whoever asks compares what stands there.
#[derive(Debug, Clone, Default)]
pub struct Places {
    first: HashMap<u64, usize, BuildHasherDefault<AsItIs>>,
    others: HashMap<u64, Vec<usize>, BuildHasherDefault<AsItIs>>,
}

impl Places {
    /// None yet, with room for so many.
    #[must_use]
    pub fn with_capacity(places: usize) -> Self {
        let first = HashMap::with_capacity_and_hasher(places, BuildHasherDefault::default());
        Self { first, others: HashMap::default() }
    }

    /// Adds a place, unless it is there.
    pub fn put(&mut self, hash: u64, place: usize) {
        let first = *self.first.entry(hash).or_insert(place);
        if first != place {
            let others = self.others.entry(hash).or_default();
            if !others.contains(&place) {
                others.push(place);
            }
        }
    }

    /// Adds a hash alone; answers whether it is new.
    pub fn is_first(&mut self, hash: u64) -> bool {
        self.first.insert(hash, 0).is_none()
    }

    /// The places with this hash, in the order in which they were added.
    pub fn at(&self, hash: u64) -> impl Iterator<Item = usize> {
        let first = self.first.get(&hash).copied();
        let others = first.filter(|_| !self.others.is_empty()).and_then(|_| self.others.get(&hash));
        first.into_iter().chain(others.into_iter().flatten().copied())
    }
}

/// The key is a hash already.
#[derive(Debug, Clone, Copy, Default)]
struct AsItIs(u64);

impl Hasher for AsItIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }
}

/// Lower case; what stands in lists is nearly always ASCII, and often lower case already.
#[must_use]
pub fn lower(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_places_of_one_hash_are_found_in_their_order_and_once() {
        let mut places = Places::with_capacity(4);
        for (hash, place) in [(7, 3), (8, 1), (7, 5), (7, 3), (7, 5)] {
            places.put(hash, place);
        }
        assert_eq!(places.at(7).collect::<Vec<_>>(), [3, 5]);
        assert_eq!(places.at(8).collect::<Vec<_>>(), [1]);
        assert_eq!(places.at(9).count(), 0);
    }
}
