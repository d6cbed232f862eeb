//! Full-text search over everything a viewer may see: every word must occur, the newest first.
//!
//! The texts of an index are looked through again for each search, until their words have been read: then a search looks at
//! the words, of which there are few. Files that changed since are looked through beside them.

use std::{cmp::Reverse, fmt, ops::Range, sync::Arc};

use chrono::NaiveDate;
use rayon::prelude::*;

use super::{
    access::Viewer,
    change::record_id,
    file::StudentFile,
    meeting::MeetingId,
    record::{Kind, RecordId},
    records::Records,
    student::StudentId,
};

mod bits;
mod block;
mod groups;
mod loose;
mod needle;
mod snippet;
mod text;
mod vocabulary;

use block::Block;
use groups::Groups;
use loose::Loose;
use needle::Words;
use text::numbered;

/// After so many changed files it is time to read all words again.
const WORN: usize = 64;

/// One place where all words were found.
#[derive(Clone, PartialEq, Eq)]
pub struct Hit {
    /// Whose record.
    pub student: StudentId,
    /// Which record; a meeting also of a group.
    pub record: RecordId,
    /// Its day; none of the student itself.
    pub on: Option<NaiveDate>,
    /// The words around the first place, on one line.
    pub snippet: String,
    /// Which bytes of the snippet to highlight.
    pub marks: Vec<Range<usize>>,
}

/// Prints the ids, never the text.
impl fmt::Debug for Hit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} of {} …", self.record.kind, self.student)
    }
}

/// What a search found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hits {
    /// The first hits: students by name or number, then the newest records.
    pub first: Vec<Hit>,
    /// How many there are in all.
    pub total: usize,
}

/// What is searched: words that were read for one viewer, and files whose texts are looked through.
#[derive(Clone, Default)]
pub struct Index {
    viewer: Option<Viewer>,
    blocks: Vec<Block>,
    loose: Vec<Loose>,
    groups: Groups,
    /// How many files came loose since the words were read.
    changed: usize,
}

/// Prints how much there is, never a word of it.
impl fmt::Debug for Index {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Index({} blocks, {} files beside them)", self.blocks.len(), self.loose.len())
    }
}

impl Index {
    /// The index of these records, without their words: made at once, for some searches.
    #[must_use]
    pub fn new(records: &Records) -> Self {
        let mut index = Self::default();
        index.refresh(records);
        index
    }

    /// The same with the words that the viewer may see: for many searches. It takes a while.
    #[must_use]
    pub fn read(records: &Records, viewer: Viewer) -> Self {
        Self::read_in(records, viewer, block::MOST)
    }

    /// The same in blocks of so many records.
    fn read_in(records: &Records, viewer: Viewer, most: usize) -> Self {
        let mut index = Self { viewer: Some(viewer), ..Self::default() };
        let mut files = records.files().peekable();
        while files.peek().is_some() {
            let taken = Block::take(&mut files, most);
            if taken.is_empty() {
                files.next();
            } else {
                index.blocks.push(Block::new(taken, viewer));
            }
        }
        index.refresh(records);
        index.changed = 0;
        index
    }

    /// Whether it is worth the while to read the words, for the first time or again.
    #[must_use]
    pub fn is_worn(&self, viewer: Viewer) -> bool {
        self.viewer != Some(viewer) || self.changed > WORN
    }

    /// Follows the records: of files that are new or changed the texts are looked through from now on.
    pub fn refresh(&mut self, records: &Records) {
        let mut loose = std::mem::take(&mut self.loose).into_iter().peekable();
        let blocks = self.blocks.iter().enumerate();
        let mut read = blocks
            .flat_map(|(block, it)| it.files().map(move |(at, file)| (block, at, file)))
            .peekable();
        let (mut kept, mut gone) = (Vec::new(), Vec::new());
        let mut vanished = false;
        for file in records.files() {
            // Most are as they were, and need not be looked into to see that.
            while read.next_if(|(.., old)| Arc::ptr_eq(old, file)).is_none() {
                let id = file.student.id;
                let Some((block, at, old)) = read.next_if(|(.., old)| old.student.id <= id) else {
                    let mut held = loose.next_if(|held| held.file.student.id <= id);
                    while held.as_ref().is_some_and(|held| held.file.student.id < id) {
                        vanished = true;
                        held = loose.next_if(|held| held.file.student.id <= id);
                    }
                    kept.push(held.filter(|held| Arc::ptr_eq(&held.file, file)).ok_or(file));
                    break;
                };
                gone.push((block, at));
                vanished |= old.student.id < id;
            }
        }
        let known = gone.len();
        gone.extend(read.map(|(block, at, _)| (block, at)));
        vanished |= gone.len() > known || loose.next().is_some();
        self.changed = self.changed.saturating_add(kept.iter().filter(|it| it.is_err()).count());
        // Words of students who are not here any more are not kept either.
        self.changed = if vanished { usize::MAX } else { self.changed };
        let anew = |file: &Arc<StudentFile>| Loose::new(Arc::clone(file));
        self.loose = kept.into_par_iter().map(|kept| kept.unwrap_or_else(anew)).collect();
        for gone in gone.chunk_by(|one, other| one.0 == other.0) {
            if let Some(block) = gone.first().and_then(|(block, _)| self.blocks.get_mut(*block)) {
                block.forget(gone.iter().map(|(_, at)| *at));
            }
        }
        self.groups = Groups::new(records);
    }

    /// Finds every record of which each word of the query occurs in it, or in the name, number or programme of
    /// its student, and at least one in the record itself. At most `cap` hits are returned.
    #[must_use]
    pub fn find(&self, records: &Records, viewer: Viewer, query: &str, cap: usize) -> Hits {
        if self.viewer.is_some_and(|reader| reader != viewer) {
            return Self::new(records).find(records, viewer, query, cap);
        }
        let words = Words::new(query);
        if words.is_empty() {
            return Hits::default();
        }
        let mut parts: Vec<(usize, Vec<Found>)> =
            self.blocks.par_iter().map(|block| block.find(&words, cap)).collect();
        let loose: Vec<Found> =
            self.loose.par_iter().flat_map_iter(|it| it.find(viewer, &words)).collect();
        parts.push((loose.len(), loose));
        parts.push(self.groups.find(&words, cap));
        let total = parts.iter().map(|(total, _)| total).sum();
        let mut found: Vec<Found> = parts.into_iter().flat_map(|(_, found)| found).collect();
        if cap < found.len() {
            found.select_nth_unstable_by_key(cap, Found::order);
            found.truncate(cap);
        }
        found.sort_unstable_by_key(Found::order);
        let first = found.par_iter().filter_map(|found| found.hit(records, &words)).collect();
        Hits { first, total }
    }
}

/// A record in which all words occur, before anybody asks for its text.
#[derive(Debug, Clone, Copy)]
struct Found {
    on: Option<NaiveDate>,
    kind: Kind,
    student: StudentId,
    /// Which of the records of the file that hold texts.
    nth: usize,
    /// Or a group meeting, of which the student is the first on the register.
    group: Option<MeetingId>,
}

impl Found {
    fn order(&self) -> impl Ord + use<> {
        (self.on.is_some(), Reverse(self.on), self.kind, self.student, self.nth, self.group)
    }

    fn hit(&self, records: &Records, words: &Words) -> Option<Hit> {
        let Self { on, student, nth, group, .. } = *self;
        let in_hit = |record, (snippet, marks)| Hit { student, record, on, snippet, marks };
        if let Some(meeting) = group {
            let focus = &records.group(meeting)?.focus;
            return Some(in_hit(record_id(meeting), snippet::around(focus, words)));
        }
        let file = records.file(student)?;
        let of_it = numbered(file).skip_while(|(at, ..)| *at < nth);
        let mut best = None;
        for (_, place, text) in of_it.take_while(|(at, ..)| *at == nth) {
            let (snippet, marks) = snippet::around(text, words);
            let most = best.as_ref().map(|(_, (_, marks)): &(_, (_, Vec<_>))| marks.len());
            if most.is_none_or(|most| marks.len() > most) {
                best = Some((place.record(file)?, (snippet, marks)));
            }
        }
        best.map(|(record, around)| in_hit(record, around))
    }
}

#[cfg(test)]
mod tests;
