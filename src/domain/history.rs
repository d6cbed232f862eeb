//! What was done in a profile, as its journal tells it: entries for a list, and the earlier versions of a record.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use chrono::NaiveDateTime;

use super::{
    change::Label,
    record::{Kind, Record},
    student::StudentId,
    tutor::TutorId,
    word::Choice,
};

/// Why something about a student left the screen it belongs to. Codes are only ever appended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::EnumIter)]
pub enum Look {
    /// A restricted note was opened.
    Restricted,
    /// Records were exported.
    Export,
    /// A letter or summary was made.
    Letter,
    /// Something was disclosed to someone else.
    Disclosure,
    /// A sealed backup was made.
    Backup,
    /// The program kept what it alone wants to know.
    Kept,
}

impl Choice for Look {
    fn code(self) -> u8 {
        match self {
            Self::Restricted => 0,
            Self::Export => 1,
            Self::Letter => 2,
            Self::Disclosure => 3,
            Self::Backup => 4,
            Self::Kept => 5,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Restricted => "looked at a restricted note",
            Self::Export => "exported records",
            Self::Letter => "made a letter",
            Self::Disclosure => "passed something on",
            Self::Backup => "made a backup",
            Self::Kept => "remembered which commands were used",
        }
    }
}

/// What an entry of the journal says was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// A change.
    Did(Label),
    /// What the entry with this number did, or did again, was taken back.
    TookBack(Label, u64),
    /// What the entry with this number took back was done again.
    DidAgain(Label, u64),
    /// Something was looked at, or left the program.
    Looked(Look),
    /// What cannot be read.
    Unread,
}

/// One entry of the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its number in this copy of the profile.
    pub sequence: u64,
    /// When, as wall time at the institution.
    pub at: NaiveDateTime,
    /// Who.
    pub author: TutorId,
    /// What.
    pub deed: Deed,
    /// About whom.
    pub students: BTreeSet<StudentId>,
    /// How many records of which kind.
    pub kinds: BTreeMap<Kind, u32>,
}

impl Entry {
    /// What was done, in words.
    #[must_use]
    pub fn words(&self) -> String {
        match self.deed {
            Deed::Did(label) => label.words().to_owned(),
            Deed::TookBack(label, _) => format!("took back: {}", label.words()),
            Deed::DidAgain(label, _) => format!("did again: {}", label.words()),
            Deed::Looked(look) => look.words().to_owned(),
            Deed::Unread => "an entry that cannot be read".to_owned(),
        }
    }

    /// Whether it tells of somebody's work, and not of what the program kept for itself.
    #[must_use]
    pub fn is_work(&self) -> bool {
        self.deed != Deed::Looked(Look::Kept)
    }

    /// The records it touched, as in "2 notes, 1 action".
    #[must_use]
    pub fn touched(&self) -> String {
        let told = self.kinds.iter().map(|(kind, count)| {
            let word = if *count == 1 { kind.one() } else { kind.words() };
            format!("{count} {word}")
        });
        told.collect::<Vec<_>>().join(", ")
    }
}

/// A part of the journal, the newest entry first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History {
    /// The entries.
    pub entries: Vec<Entry>,
    /// Which part comes before; none where this is the first.
    pub earlier: Option<u32>,
}

impl History {
    /// The numbers of the entries that are taken back, and not done again since.
    #[must_use]
    pub fn taken_back(&self) -> HashSet<u64> {
        let (mut back, mut first) = (HashSet::new(), BTreeMap::new());
        for entry in self.entries.iter().rev() {
            let (of, taken) = match entry.deed {
                Deed::TookBack(_, of) => (of, true),
                Deed::DidAgain(_, of) => (of, false),
                Deed::Did(_) | Deed::Looked(_) | Deed::Unread => continue,
            };
            // What is taken back may itself be a change that was done again: what counts is the first.
            let of = first.get(&of).copied().unwrap_or(of);
            first.insert(entry.sequence, of);
            if taken {
                back.insert(of);
            } else {
                back.remove(&of);
            }
        }
        back
    }
}

/// A record as it was after an entry of the journal.
#[derive(Clone, PartialEq, Eq)]
pub struct Version {
    /// Since when, as wall time at the institution.
    pub at: NaiveDateTime,
    /// Who wrote it.
    pub author: TutorId,
    /// The record; none where it was deleted.
    pub record: Option<Record>,
}

/// Prints when, never what.
impl std::fmt::Debug for Version {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Version({} …)", self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use strum::IntoEnumIterator;

    fn entry(sequence: u64, deed: Deed) -> Entry {
        Entry {
            sequence,
            at: NaiveDateTime::default(),
            author: TutorId::from_bytes([1; 16]),
            deed,
            students: BTreeSet::new(),
            kinds: BTreeMap::new(),
        }
    }

    #[test]
    fn what_is_done_again_is_not_taken_back_any_more() {
        let label = Label::WriteNote;
        let mut entries = vec![
            entry(1, Deed::Did(label)),
            entry(2, Deed::Did(label)),
            entry(3, Deed::TookBack(label, 2)),
            entry(4, Deed::TookBack(label, 1)),
            entry(5, Deed::DidAgain(label, 4)),
            entry(6, Deed::Did(label)),
            entry(7, Deed::TookBack(label, 6)),
            entry(8, Deed::DidAgain(label, 7)),
            entry(9, Deed::TookBack(label, 8)),
        ];
        entries.reverse();
        let history = History { entries, earlier: None };
        assert_eq!(history.taken_back(), HashSet::from([2, 6]));
    }

    #[test]
    fn an_entry_tells_what_it_touched_in_words() {
        let kinds = BTreeMap::from([(Kind::Meeting, 1), (Kind::Note, 2)]);
        let told = Entry { kinds, ..entry(1, Deed::TookBack(Label::RecordMeeting, 9)) };
        assert_eq!(told.words(), "took back: record a meeting");
        assert_eq!(told.touched(), "1 meeting, 2 notes");
    }

    #[test]
    fn every_look_has_a_code_of_its_own() {
        let codes: HashSet<u8> = Look::iter().map(Look::code).collect();
        assert_eq!(codes.len(), Look::iter().count());
    }
}
