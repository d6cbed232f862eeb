//! Every word that occurs in some records, once, and in which of them it occurs.
//!
//! A word that somebody looks for holds no blank: it stands in a text exactly where it stands in one of its words. So it is
//! looked for in the words, of which there are few, and not in the texts.

use std::collections::HashMap;

use super::{bits::Bits, needle::Needle};

/// Words that more than one of so many records hold have a bit for each record; that is smaller, and quicker to join.
const MANY: usize = u16::BITS as usize;

/// The words of some records.
#[derive(Clone, Default)]
pub(super) struct Vocabulary {
    /// The words, in the order of how many records hold them, each with a blank behind it.
    text: Box<str>,
    /// Where each ends in the text.
    ends: Box<[u32]>,
    /// The records of the first words, which are in many.
    many: Box<[Bits]>,
    /// The records of the other words, one word after another.
    few: Box<[u16]>,
    /// Where those of each of them end.
    lists: Box<[u32]>,
}

impl Vocabulary {
    /// Puts the records into `found` that hold a word in which this one occurs.
    pub(super) fn find(&self, needle: &Needle, found: &mut Bits) {
        let (mut next, mut start) = (0, 0);
        for at in needle.starts(&self.text).filter_map(|at| u32::try_from(at).ok()) {
            if at < start {
                // A second time in the word that was just counted.
                continue;
            }
            let mut rest = self.ends.iter().enumerate().skip(next);
            let Some((word, end)) = rest.find(|(_, end)| **end > at) else { return };
            self.join(word, found);
            (next, start) = (word + 1, *end);
        }
    }

    /// Puts the records of a word into `found`.
    fn join(&self, word: usize, found: &mut Bits) {
        if let Some(records) = self.many.get(word) {
            return found.join(records);
        }
        let list = word - self.many.len();
        let bound = |list: usize| self.lists.get(list).map_or(0, |end| *end as usize);
        let start = list.checked_sub(1).map_or(0, bound);
        let records = self.few.get(start..bound(list)).unwrap_or_default();
        for record in records {
            found.insert(usize::from(*record));
        }
    }
}

/// Words as they are read, record by record.
#[derive(Default)]
pub(super) struct Reading {
    known: HashMap<Box<str>, usize>,
    /// The records of each word, in the order in which they were read.
    records: Vec<Vec<u16>>,
}

impl Reading {
    /// Reads the folded text of a record.
    pub(super) fn read(&mut self, record: u16, folded: &str) {
        for word in folded.split_whitespace() {
            let at = self.known.get(word).copied().unwrap_or_else(|| {
                let at = self.records.len();
                self.known.insert(word.into(), at);
                self.records.push(Vec::new());
                at
            });
            if let Some(records) = self.records.get_mut(at).filter(|it| it.last() != Some(&record))
            {
                records.push(record);
            }
        }
    }

    /// The words of all that was read; `places` says where each record stands now.
    pub(super) fn finish(self, places: &[u16]) -> Vocabulary {
        let place = |record: &u16| places.get(usize::from(*record)).copied();
        let Self { known, mut records } = self;
        let mut words: Vec<(Box<str>, Vec<u16>)> = known
            .into_iter()
            .map(|(word, at)| (word, records.get_mut(at).map(std::mem::take).unwrap_or_default()))
            .collect();
        words.sort_unstable_by(|(a, of_a), (b, of_b)| (of_b.len(), a).cmp(&(of_a.len(), b)));
        let (mut text, mut ends) = (String::new(), Vec::with_capacity(words.len()));
        let (mut many, mut few, mut lists) = (Vec::new(), Vec::new(), Vec::new());
        for (word, records) in words {
            text.push_str(&word);
            ends.push(length(text.len()));
            text.push(' ');
            let places_of_it = records.iter().filter_map(place);
            if records.len() * MANY > places.len() {
                let mut bits = Bits::none(places.len());
                places_of_it.for_each(|place| bits.insert(usize::from(place)));
                many.push(bits);
            } else {
                few.extend(places_of_it);
                lists.push(length(few.len()));
            }
        }
        Vocabulary {
            text: text.into(),
            ends: ends.into(),
            many: many.into(),
            few: few.into(),
            lists: lists.into(),
        }
    }
}

/// Texts of a part of the records are far from this long.
fn length(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}
