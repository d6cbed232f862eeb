//! Full-text search over everything a viewer may see: every word must occur, the newest first.
//!
//! Text in plain ASCII is searched where it lies; of other text the index keeps folded copies, and makes them
//! again only for students whose file is another one.

use std::{cmp::Reverse, fmt, ops::Range, sync::Arc};

use chrono::NaiveDate;
use rayon::prelude::*;

use super::{
    access::Viewer,
    change::record_id,
    file::StudentFile,
    fold::fold,
    meeting::Meeting,
    record::{Kind, RecordId},
    records::Records,
    student::StudentId,
};

mod needle;
mod snippet;
mod text;

use needle::Words;
use text::{Place, texts};

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

/// Folded copies of all text that is not plain ASCII, student by student.
#[derive(Debug, Clone, Default)]
pub struct Index {
    files: Vec<Indexed>,
}

#[derive(Debug, Clone)]
struct Indexed {
    file: Arc<StudentFile>,
    folded: Vec<(Place, String)>,
}

impl Index {
    /// The index of these records.
    #[must_use]
    pub fn new(records: &Records) -> Self {
        let mut index = Self::default();
        index.refresh(records);
        index
    }

    /// Follows the records: only files that are new or changed are read.
    pub fn refresh(&mut self, records: &Records) {
        let mut old = std::mem::take(&mut self.files).into_iter().peekable();
        let kept: Vec<Result<Indexed, &Arc<StudentFile>>> = records
            .files()
            .map(|file| {
                while old.next_if(|held| held.file.student.id < file.student.id).is_some() {}
                old.next_if(|held| Arc::ptr_eq(&held.file, file)).ok_or(file)
            })
            .collect();
        self.files = kept
            .into_par_iter()
            .map(|kept| kept.unwrap_or_else(|file| Indexed::new(Arc::clone(file))))
            .collect();
    }

    /// Finds every record of which each word of the query occurs in it, or in the name, number or programme of
    /// its student, and at least one in the record itself. At most `cap` hits are returned.
    #[must_use]
    pub fn find(&self, records: &Records, viewer: Viewer, query: &str, cap: usize) -> Hits {
        let words = Words::new(query);
        if words.is_empty() {
            return Hits::default();
        }
        let mut found: Vec<Found> =
            self.files.par_iter().flat_map_iter(|indexed| indexed.search(viewer, &words)).collect();
        for meeting in records.groups() {
            found.extend(group(records, meeting, &words));
        }
        let total = found.len();
        let order = |found: &Found| (found.on.is_some(), Reverse(found.on), found.record);
        if cap < total {
            found.select_nth_unstable_by_key(cap, order);
            found.truncate(cap);
        }
        found.sort_unstable_by_key(order);
        let first = found.iter().filter_map(|found| found.hit(records, &words)).collect();
        Hits { first, total }
    }
}

/// A record in which all words occur, before anybody asks for its text.
#[derive(Clone, Copy)]
struct Found {
    student: StudentId,
    record: RecordId,
    on: Option<NaiveDate>,
}

impl Found {
    fn hit(&self, records: &Records, words: &Words) -> Option<Hit> {
        let file = records.file(self.student)?;
        let mut best: Option<(usize, String, Vec<Range<usize>>)> = None;
        let group = records.group(super::id::Id::from_bytes(self.record.bytes));
        let own = texts(file).filter(|(place, _)| place.record(file) == Some(self.record));
        let own = own.map(|(_, text)| text);
        let focus = group.filter(|_| self.record.kind == Kind::Meeting).map(|it| &*it.focus);
        for text in own.chain(focus) {
            let (snippet, marks) = snippet::around(text, words);
            if best.as_ref().is_none_or(|(count, ..)| marks.len() > *count) {
                best = Some((marks.len(), snippet, marks));
            }
        }
        let (_, snippet, marks) = best?;
        Some(Hit { student: self.student, record: self.record, on: self.on, snippet, marks })
    }
}

impl Indexed {
    fn new(file: Arc<StudentFile>) -> Self {
        let strange = texts(&file).filter(|(_, text)| !text.is_ascii());
        let folded = strange.map(|(place, text)| (place, fold(text).into_owned())).collect();
        Self { file, folded }
    }

    /// The records of this file in which the words occur.
    fn search(&self, viewer: Viewer, words: &Words) -> Vec<Found> {
        let mut found = Vec::new();
        let mut folded = self.folded.iter().peekable();
        let mut shared = 0;
        let mut current: Option<(Place, u64)> = None;
        // A loop inside the iterator: the chain of shelves is walked once, not asked for each text.
        texts(&self.file).for_each(|(place, text)| {
            let copy = folded.next_if(|(at, _)| *at == place);
            if !current.is_some_and(|(other, _)| other.same_record(place)) {
                self.settle(viewer, words, shared, current, &mut found);
                current = Some((place, 0));
            }
            let here = match copy {
                Some((_, copy)) => words.in_folded(copy),
                None => words.in_ascii(text),
            };
            if place.is_identity() {
                shared |= here;
            }
            if let Some((_, seen)) = &mut current {
                *seen |= here;
            }
        });
        self.settle(viewer, words, shared, current, &mut found);
        found
    }

    fn settle(
        &self,
        viewer: Viewer,
        words: &Words,
        shared: u64,
        current: Option<(Place, u64)>,
        found: &mut Vec<Found>,
    ) {
        let Some((place, seen)) = current.filter(|(_, seen)| *seen != 0) else { return };
        if !words.all(seen | shared) || !place.is_visible(&self.file, viewer) {
            return;
        }
        if let Some(record) = place.record(&self.file) {
            found.push(Found { student: self.file.student.id, record, on: place.day(&self.file) });
        }
    }
}

fn group(records: &Records, meeting: &Meeting, words: &Words) -> Option<Found> {
    let folded = fold(&meeting.focus);
    let all = words.all(words.in_folded(&folded));
    let student = records.register(meeting.id).next().filter(|_| all)?;
    Some(Found { student, record: record_id(meeting.id), on: Some(meeting.on) })
}

#[cfg(test)]
mod tests;
