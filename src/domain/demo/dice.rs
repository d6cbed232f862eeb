//! Chance that falls the same way every time.

use rand_chacha::{
    ChaCha8Rng,
    rand_core::{Rng, SeedableRng},
};

use super::{Id, seed};

/// A seeded source of choices and identities.
pub(super) struct Dice {
    chance: ChaCha8Rng,
    place: [u8; 4],
}

impl Dice {
    pub(super) fn new(what: &str, place: usize) -> Self {
        let chance = ChaCha8Rng::from_seed(seed(what, place));
        Self { chance, place: u32::try_from(place).unwrap_or(u32::MAX).to_be_bytes() }
    }

    /// Identities begin with the place: a store that is filled in this order writes each page once, where random
    /// ones would make it read pages back millions of times for a university.
    pub(super) fn id<T>(&mut self) -> Id<T> {
        let mut bytes = [0; 16];
        self.chance.fill_bytes(&mut bytes);
        for (byte, place) in bytes.iter_mut().zip(self.place) {
            *byte = place;
        }
        Id::from_bytes(bytes)
    }

    /// A number from 0 up to, but not including, `end`; 0 if there is none.
    pub(super) fn below(&mut self, end: u32) -> u32 {
        self.chance.next_u32().checked_rem(end).unwrap_or(0)
    }

    pub(super) fn chance(&mut self, percent: u32) -> bool {
        self.below(100) < percent
    }

    /// One of them; none if there are none.
    pub(super) fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        from.get(self.below(u32::try_from(from.len()).unwrap_or(u32::MAX)) as usize)
    }

    /// One of the texts; empty if there are none.
    pub(super) fn text(&mut self, from: &[&'static str]) -> &'static str {
        self.pick(from).copied().unwrap_or_default()
    }
}
