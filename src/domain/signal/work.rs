//! Work: what a module asks for, and what one student handed in and got for it.

use serde::{Deserialize, Serialize};

use super::EvidenceDay;

/// A mark of 0 to 100 in hundredths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Which piece of the module, from 0.
    pub piece: u16,
    /// The student's own last day, after an extension.
    pub extended: Option<EvidenceDay>,
    /// The day it was handed in; long ago, if it was carried over from an earlier year; [`Entry::UNDATED`] if no source says when.
    pub handed: Option<EvidenceDay>,
    /// Until when it is known whether it was handed in, where that is more than the source knows of every piece.
    pub checked: Option<EvidenceDay>,
    /// Its mark.
    pub mark: Option<Marked>,
}

/// A mark, and since when it can be known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marked {
    /// The mark.
    pub mark: Mark,
    /// The day on which it was given back.
    pub seen: EvidenceDay,
    /// The day of the file that says so.
    pub read: EvidenceDay,
}

impl Entry {
    /// Handed in, on a day that nobody says: never late. A day that another file says counts in its place.
    pub const UNDATED: EvidenceDay = EvidenceDay::START;

    /// Nothing about a piece.
    #[must_use]
    pub const fn new(piece: u16) -> Self {
        Self { piece, extended: None, handed: None, checked: None, mark: None }
    }

    /// Takes up what another file says of the same piece: the first day of handing in, the last day of an extension,
    /// and the mark of the newer file, which is known since the first.
    fn learn(&mut self, other: Self) {
        self.extended = self.extended.max(other.extended);
        self.checked = self.checked.max(other.checked);
        self.handed = match (self.handed, other.handed) {
            (Some(Self::UNDATED), Some(day)) | (Some(day), Some(Self::UNDATED)) => Some(day),
            (Some(one), Some(two)) => Some(one.min(two)),
            (one, two) => one.or(two),
        };
        self.mark = match (self.mark, other.mark) {
            (Some(one), Some(two)) => {
                let newer = if (two.read, two.mark) > (one.read, one.mark) { two } else { one };
                Some(Marked { seen: one.seen.min(two.seen), ..newer })
            }
            (one, two) => one.or(two),
        };
    }
}

/// The work of one student.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Work {
    /// By piece, one for each at most.
    entries: Box<[Entry]>,
    marks_until: EvidenceDay,
    handed_until: EvidenceDay,
}

impl Work {
    /// Nothing handed in, by a source that knows every mark and everything handed in before `until`.
    #[must_use]
    pub fn new(until: EvidenceDay) -> Self {
        Self { entries: Box::default(), marks_until: until, handed_until: until }
    }

    /// No mark, by a source that knows every mark before `until`, but not who has handed in.
    #[must_use]
    pub fn of_marks(until: EvidenceDay) -> Self {
        Self { entries: Box::default(), marks_until: until, handed_until: EvidenceDay::START }
    }

    /// Nothing, by a source that knows neither, but says what it knows piece by piece.
    #[must_use]
    pub fn of_pieces() -> Self {
        Self::of_marks(EvidenceDay::START)
    }

    /// Adds what became of a piece. The order in which files say it does not matter, and the same twice changes nothing.
    pub fn add(&mut self, entry: Entry) {
        match self.entries.binary_search_by_key(&entry.piece, |entry| entry.piece) {
            Ok(at) => {
                if let Some(known) = self.entries.get_mut(at) {
                    known.learn(entry);
                }
            }
            Err(at) => super::insert(&mut self.entries, at, entry),
        }
    }

    /// Adds what another file or source says.
    pub fn merge(&mut self, other: &Self) {
        for entry in &*other.entries {
            self.add(*entry);
        }
        self.marks_until = self.marks_until.max(other.marks_until);
        self.handed_until = self.handed_until.max(other.handed_until);
    }

    /// Everything that is known, by piece.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Until when every mark is known.
    #[must_use]
    pub const fn marks_until(&self) -> EvidenceDay {
        self.marks_until
    }

    /// Until when everything handed in is known.
    #[must_use]
    pub const fn handed_until(&self) -> EvidenceDay {
        self.handed_until
    }

    /// The work as it was kept.
    #[must_use]
    pub fn kept(
        entries: impl IntoIterator<Item = Entry>,
        (marks_until, handed_until): (EvidenceDay, EvidenceDay),
    ) -> Self {
        let entries: Box<[Entry]> = entries.into_iter().collect();
        if entries.is_sorted_by(|a, b| a.piece < b.piece) {
            return Self { entries, marks_until, handed_until };
        }
        let mut work = Self { entries: Box::default(), marks_until, handed_until };
        for entry in entries {
            work.add(entry);
        }
        work
    }
}
