//! Work: what a module asks for, and what one student handed in and got for it.

use super::EvidenceDay;

/// A mark of 0 to 100 in hundredths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark(u16);

impl Mark {
    /// The best.
    pub const FULL: Self = Self(10_000);

    /// A mark from its hundredths; none above 100.
    #[must_use]
    pub fn hundredths(hundredths: u16) -> Option<Self> {
        (hundredths <= 10_000).then_some(Self(hundredths))
    }

    /// The mark in hundredths.
    #[must_use]
    pub const fn as_hundredths(self) -> u16 {
        self.0
    }
}

/// One piece of work that a module asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// The day it is due.
    pub due: EvidenceDay,
    /// The last day on which it can be handed in without being late: the due day, or later for a quiz that stays open.
    pub closes: EvidenceDay,
    /// Its share of the module in hundredths of a percent; 0 where it does not count.
    pub weight: u16,
}

/// What became of one piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// Which piece of the module, from 0.
    pub piece: u16,
    /// The student's own last day, after an extension.
    pub extended: Option<EvidenceDay>,
    /// The day it was handed in; long ago, if it was carried over from an earlier year.
    pub handed: Option<EvidenceDay>,
    /// Its mark.
    pub mark: Option<Marked>,
}

/// A mark, and since when it can be known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marked {
    /// The mark.
    pub mark: Mark,
    /// The day on which it was given back.
    pub seen: EvidenceDay,
}

/// The work of one student.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Work {
    /// By piece, one for each at most; a piece without an entry was not handed in.
    entries: Vec<Entry>,
    until: EvidenceDay,
}

impl Work {
    /// Nothing handed in, by a source that knows the days before `until`.
    #[must_use]
    pub const fn new(until: EvidenceDay) -> Self {
        Self { entries: Vec::new(), until }
    }

    /// Adds what became of a piece; it takes the place of what was known of it.
    pub fn add(&mut self, entry: Entry) {
        match self.entries.binary_search_by_key(&entry.piece, |entry| entry.piece) {
            Ok(at) => {
                if let Some(known) = self.entries.get_mut(at) {
                    *known = entry;
                }
            }
            Err(at) => self.entries.insert(at, entry),
        }
    }

    /// Everything that is known, by piece.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Until when the source knows.
    #[must_use]
    pub const fn until(&self) -> EvidenceDay {
        self.until
    }
}
