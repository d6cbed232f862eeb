//! The words of a query, ready to be looked for.

use std::ops::Range;

use regex::{Regex, RegexBuilder};

use crate::domain::fold::fold;

/// The most words that count; what is typed beyond is not looked for.
const MOST: usize = 16;

/// One word, folded.
#[derive(Clone)]
pub(super) struct Needle {
    folded: String,
    /// Finds the word in ASCII text of any case; none for a word that ASCII text cannot hold.
    ascii: Option<Regex>,
}

impl Needle {
    fn new(word: String) -> Self {
        let pattern = regex::escape(&word);
        let built = RegexBuilder::new(&pattern).case_insensitive(true).unicode(false).build();
        let ascii = if word.is_ascii() { built.ok() } else { None };
        Self { folded: word, ascii }
    }

    /// Every place of the word in a folded text.
    pub(super) fn places(&self, folded: &str) -> impl Iterator<Item = Range<usize>> {
        folded.match_indices(&self.folded).map(|(at, found)| at..at + found.len())
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
        self.seen(|needle| needle.ascii.as_ref().is_some_and(|ascii| ascii.is_match(text)))
    }

    /// The words that occur in a folded text.
    pub(super) fn in_folded(&self, folded: &str) -> u64 {
        self.seen(|needle| match &needle.ascii {
            Some(ascii) => ascii.is_match(folded),
            None => folded.contains(&needle.folded),
        })
    }

    fn seen(&self, occurs: impl Fn(&Needle) -> bool) -> u64 {
        let places = self.0.iter().enumerate();
        places.filter(|(_, needle)| occurs(needle)).fold(0, |seen, (at, _)| seen | (1 << at))
    }
}
