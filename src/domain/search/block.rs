//! The words of some files, read once: a search looks at the words, not at the texts.

use std::{cmp::Reverse, iter::Peekable, sync::Arc};

use chrono::NaiveDate;

use super::{
    Found,
    bits::Bits,
    needle::Words,
    text::{most, numbered},
    vocabulary::{Reading, Vocabulary},
};
use crate::domain::{access::Viewer, file::StudentFile, fold::fold, record::Kind};

/// The most records of a block: each has a number of 16 bits.
pub(super) const MOST: usize = 1 << u16::BITS;

/// Some files, in the order of their students, and the words of what a viewer may see of them.
#[derive(Clone)]
pub(super) struct Block {
    /// None where another file has taken its place since.
    files: Vec<Option<Arc<StudentFile>>>,
    /// The records, in the order of hits.
    records: Box<[Indexed]>,
    /// Those of the files that are still there.
    here: Bits,
    /// Those that say who a student is.
    identity: Bits,
    words: Vocabulary,
}

/// A record with texts: its day and kind, which of the files, and which of its records with texts.
#[derive(Debug, Clone, Copy)]
struct Indexed {
    on: Option<NaiveDate>,
    kind: Kind,
    file: u16,
    nth: u16,
}

impl Block {
    /// Takes as many files as there is room for in a block of so many records; none if the next is too large for any.
    pub(super) fn take<'a>(
        files: &mut Peekable<impl Iterator<Item = &'a Arc<StudentFile>>>,
        most_records: usize,
    ) -> Vec<Arc<StudentFile>> {
        let (mut taken, mut room) = (Vec::new(), most_records);
        while let Some(file) = files.next_if(|file| most(file) <= room) {
            room -= most(file);
            taken.push(Arc::clone(file));
        }
        taken
    }

    /// Reads what the viewer may see of the files.
    pub(super) fn new(files: Vec<Arc<StudentFile>>, viewer: Viewer) -> Self {
        let mut records: Vec<(Indexed, bool)> = Vec::new();
        let mut reading = Reading::default();
        for (at, file) in files.iter().enumerate() {
            let mut last = (None, false);
            numbered(file).for_each(|(nth, place, text)| {
                if last.0 != Some(nth) {
                    last = (Some(nth), place.is_visible(file, viewer));
                    if last.1 {
                        let (on, kind) = (place.day(file), place.kind);
                        let indexed = Indexed { on, kind, file: small(at), nth: small(nth) };
                        records.push((indexed, place.is_identity()));
                    }
                }
                if last.1 {
                    reading.read(small(records.len() - 1), &fold(text));
                }
            });
        }
        let mut order: Vec<usize> = (0..records.len()).collect();
        order.sort_by_key(|at| {
            let record = records.get(*at).map(|(record, _)| record);
            record.map(|it| (it.on.is_some(), Reverse(it.on), it.kind))
        });
        let mut places = vec![0; records.len()];
        let mut identity = Bits::none(records.len());
        for (place, at) in order.iter().enumerate() {
            if let Some(of_it) = places.get_mut(*at) {
                *of_it = small(place);
            }
            if records.get(*at).is_some_and(|(_, identity)| *identity) {
                identity.insert(place);
            }
        }
        let ordered = order.iter().filter_map(|at| records.get(*at)).map(|(record, _)| *record);
        Self {
            records: ordered.collect(),
            here: Bits::all(records.len()),
            identity,
            words: reading.finish(&places),
            files: files.into_iter().map(Some).collect(),
        }
    }

    /// The files that are still there, with their places.
    pub(super) fn files(&self) -> impl Iterator<Item = (usize, &Arc<StudentFile>)> {
        let places = self.files.iter().enumerate();
        places.filter_map(|(at, file)| file.as_ref().map(|file| (at, file)))
    }

    /// Forgets some files.
    pub(super) fn forget(&mut self, gone: impl Iterator<Item = usize>) {
        let mut files = Bits::none(self.files.len());
        for at in gone {
            files.insert(at);
            if let Some(file) = self.files.get_mut(at) {
                *file = None;
            }
        }
        let records = self.records.iter().enumerate();
        let gone = records.filter(|(_, record)| files.holds(record.file.into()));
        gone.for_each(|(place, _)| self.here.remove(place));
    }

    /// How many records there are in which the words occur, and the first of them.
    pub(super) fn find(&self, words: &Words, cap: usize) -> (usize, Vec<Found>) {
        let found = self.all_of(words);
        let first = found.iter().filter_map(|place| self.found(place)).take(cap);
        (found.len(), first.collect())
    }

    fn found(&self, place: usize) -> Option<Found> {
        let Indexed { on, kind, file, nth } = *self.records.get(place)?;
        let file = self.files.get(usize::from(file))?.as_ref()?;
        Some(Found { on, kind, student: file.student.id, nth: nth.into(), group: None })
    }

    /// The records that hold at least one word, and of whose student the others are told.
    fn all_of(&self, words: &Words) -> Bits {
        let size = self.records.len();
        let mut found = self.here.clone();
        let holding: Vec<Bits> = words
            .iter()
            .map(|needle| {
                let mut records = Bits::none(size);
                self.words.find(needle, &mut records);
                records
            })
            .collect();
        if let [only] = holding.as_slice() {
            found.keep(only);
            return found;
        }
        let mut any = Bits::none(size);
        for records in &holding {
            any.join(records);
        }
        found.keep(&any);
        for records in &holding {
            let named = self.named(records);
            let mut others = found.clone();
            others.leave_out(records);
            for place in others.iter() {
                let file = self.records.get(place).map(|record| record.file);
                if !file.is_some_and(|file| named.holds(file.into())) {
                    found.remove(place);
                }
            }
        }
        found
    }

    /// The files of which one of the records says who the student is.
    fn named(&self, records: &Bits) -> Bits {
        let mut saying = records.clone();
        saying.keep(&self.identity);
        let mut named = Bits::none(self.files.len());
        let files = saying.iter().filter_map(|place| self.records.get(place));
        files.for_each(|record| named.insert(record.file.into()));
        named
    }
}

/// Places in a block are small.
fn small(place: usize) -> u16 {
    u16::try_from(place).unwrap_or(u16::MAX)
}
