//! A set of small numbers: one bit for each that there can be.

/// Bits of a word.
const WORD: usize = u64::BITS as usize;

/// Numbers below the size that it was made with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bits(Box<[u64]>);

impl Bits {
    /// None of so many numbers.
    pub(super) fn none(size: usize) -> Self {
        Self(vec![0; size.div_ceil(WORD)].into())
    }

    /// All of so many numbers.
    pub(super) fn all(size: usize) -> Self {
        let mut bits = Self::none(size);
        (0..size).for_each(|number| bits.insert(number));
        bits
    }

    /// Puts a number in; one that has no place is none.
    pub(super) fn insert(&mut self, number: usize) {
        if let Some(word) = self.0.get_mut(number / WORD) {
            *word |= 1 << (number % WORD);
        }
    }

    /// Takes a number out.
    pub(super) fn remove(&mut self, number: usize) {
        if let Some(word) = self.0.get_mut(number / WORD) {
            *word &= !(1 << (number % WORD));
        }
    }

    /// Whether the number is in it.
    pub(super) fn holds(&self, number: usize) -> bool {
        self.0.get(number / WORD).is_some_and(|word| word & (1 << (number % WORD)) != 0)
    }

    /// Puts in what another set holds.
    pub(super) fn join(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(word, other)| *word |= other);
    }

    /// Keeps only what another set holds too.
    pub(super) fn keep(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(word, other)| *word &= other);
    }

    /// Keeps only what another set does not hold.
    pub(super) fn leave_out(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(word, other)| *word &= !other);
    }

    /// How many numbers are in it.
    pub(super) fn len(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// The numbers, in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = usize> {
        self.0.iter().enumerate().flat_map(|(at, word)| {
            let left = |word: &u64| Some(word & (word - 1)).filter(|left| *left != 0);
            let words = std::iter::successors(Some(*word).filter(|word| *word != 0), left);
            words.map(move |word| at * WORD + word.trailing_zeros() as usize)
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::{collection::btree_set, prelude::*};

    use super::*;

    fn bits(numbers: &BTreeSet<usize>) -> Bits {
        let mut bits = Bits::none(200);
        for number in numbers {
            bits.insert(*number);
        }
        bits
    }

    proptest! {
        #[test]
        fn it_is_a_set(a in btree_set(0..200_usize, 0..40), b in btree_set(0..200_usize, 0..40)) {
            let is = |bits: &Bits, set: BTreeSet<usize>| {
                bits.iter().eq(set.iter().copied()) && bits.len() == set.len()
            };
            let changed = |change: fn(&mut Bits, &Bits)| {
                let mut bits = bits(&a);
                change(&mut bits, &self::bits(&b));
                bits
            };
            prop_assert!(is(&changed(Bits::join), &a | &b));
            prop_assert!(is(&changed(Bits::keep), &a & &b));
            prop_assert!(is(&changed(Bits::leave_out), &a - &b));
            prop_assert!((0..200).all(|number| bits(&a).holds(number) == a.contains(&number)));
            let mut rest = Bits::all(200);
            for number in &a {
                rest.remove(*number);
            }
            prop_assert!(is(&rest, &(0..200).collect::<BTreeSet<_>>() - &a));
        }
    }
}
