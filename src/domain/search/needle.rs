//! The words of a query, ready to be looked for.

use std::ops::Range;

use memchr::{memchr2_iter, memmem};

use crate::domain::fold::fold;

/// The most words that count; what is typed beyond is not looked for.
const MOST: usize = 16;

/// Letters of English text, the most frequent first; what is not among them is rarer.
const FREQUENT: &[u8] = b" etaoinsrhldcumfpgwybvkxjqz";

/// One word, folded.
#[derive(Clone)]
pub(super) struct Needle {
    folded: String,
    finder: memmem::Finder<'static>,
    /// How to find the word in ASCII text of any case; none for a word that ASCII text cannot hold.
    ascii: Option<Rarest>,
}

/// The byte of a word to look for first, because it is the rarest.
#[derive(Clone, Copy)]
struct Rarest {
    at: usize,
    lower: u8,
    upper: u8,
}

impl Needle {
    fn new(word: String) -> Self {
        let rank = |byte: &u8| FREQUENT.iter().position(|other| other == byte);
        let bytes = word.bytes().enumerate();
        let rarest = bytes.max_by_key(|(_, byte)| rank(byte).unwrap_or(FREQUENT.len()));
        let ascii = rarest.filter(|_| word.is_ascii());
        let ascii =
            ascii.map(|(at, lower)| Rarest { at, lower, upper: lower.to_ascii_uppercase() });
        let finder = memmem::Finder::new(&word).into_owned();
        Self { folded: word, finder, ascii }
    }

    /// Where the word stands in a long folded text, from the first place on.
    pub(super) fn starts(&self, folded: &str) -> impl Iterator<Item = usize> {
        self.finder.find_iter(folded.as_bytes())
    }

    /// Every place of the word in a folded text.
    pub(super) fn places(&self, folded: &str) -> impl Iterator<Item = Range<usize>> {
        folded.match_indices(&self.folded).map(|(at, found)| at..at + found.len())
    }

    /// The first place of the word in a text, whatever the case of its ASCII letters.
    pub(super) fn first_in(&self, text: &str) -> Option<usize> {
        let (text, word) = (text.as_bytes(), self.folded.as_bytes());
        let Rarest { at, lower, upper } = self.ascii?;
        let middle = text.get(at..text.len().checked_sub(word.len() - 1 - at)?)?;
        memchr2_iter(lower, upper, middle).find(|start| {
            text.get(*start..start + word.len()).is_some_and(|here| here.eq_ignore_ascii_case(word))
        })
    }

    /// Whether the word is in a text, whatever the case of its ASCII letters.
    fn is_in(&self, text: &str) -> bool {
        self.first_in(text).is_some()
    }
}

/// All words of a query; each has one bit.
#[derive(Clone)]
pub(super) struct Words(Vec<Needle>);

impl Words {
    /// The words between blanks, folded.
    pub(super) fn new(query: &str) -> Self {
        let folded = fold(query);
        let mut words: Vec<String> = folded.split_whitespace().map(str::to_owned).collect();
        words.dedup();
        words.truncate(MOST);
        Self(words.into_iter().map(Needle::new).collect())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Needle> {
        self.0.iter()
    }

    /// Whether every word has been seen.
    pub(super) fn all(&self, seen: u64) -> bool {
        seen.count_ones() as usize == self.0.len()
    }

    /// The words that occur in a text of plain ASCII.
    pub(super) fn in_ascii(&self, text: &str) -> u64 {
        self.seen(|needle| needle.is_in(text))
    }

    /// The words that occur in a folded text.
    pub(super) fn in_folded(&self, folded: &str) -> u64 {
        self.seen(|needle| match needle.ascii {
            Some(_) => needle.is_in(folded),
            None => folded.contains(&needle.folded),
        })
    }

    fn seen(&self, occurs: impl Fn(&Needle) -> bool) -> u64 {
        let places = self.0.iter().enumerate();
        places.filter(|(_, needle)| occurs(needle)).fold(0, |seen, (at, _)| seen | (1 << at))
    }
}
