//! A file whose texts are looked through again for each search: nobody has read it for a block yet.

use std::sync::Arc;

use super::{
    Found,
    needle::Words,
    text::{Place, numbered, texts},
};
use crate::domain::{access::Viewer, file::StudentFile, fold::fold};

/// A file. Text in plain ASCII is searched where it lies; of other text there are folded copies.
#[derive(Clone)]
pub(super) struct Loose {
    pub(super) file: Arc<StudentFile>,
    folded: Vec<(Place, String)>,
}

impl Loose {
    pub(super) fn new(file: Arc<StudentFile>) -> Self {
        let strange = texts(&file).filter(|(_, text)| !text.is_ascii());
        let folded = strange.map(|(place, text)| (place, fold(text).into_owned())).collect();
        Self { file, folded }
    }

    /// The records of this file in which the words occur.
    pub(super) fn find(&self, viewer: Viewer, words: &Words) -> Vec<Found> {
        let mut seen: Vec<(usize, Place, u64)> = Vec::new();
        let mut shared = 0;
        let mut folded = self.folded.iter().peekable();
        // A loop inside the iterator: the chain of shelves is walked once, not asked for each text.
        numbered(&self.file).for_each(|(nth, place, text)| {
            let here = match folded.next_if(|(at, _)| *at == place) {
                Some((_, copy)) => words.in_folded(copy),
                None => words.in_ascii(text),
            };
            if place.is_identity() {
                shared |= here;
            }
            match seen.last_mut() {
                _ if here == 0 => {}
                Some((last, _, bits)) if *last == nth => *bits |= here,
                _ => seen.push((nth, place, here)),
            }
        });
        seen.retain(|(_, place, bits)| {
            words.all(bits | shared) && place.is_visible(&self.file, viewer)
        });
        let student = self.file.student.id;
        let found = |(nth, place, _): (usize, Place, u64)| Found {
            on: place.day(&self.file),
            kind: place.kind,
            student,
            nth,
            group: None,
        };
        seen.into_iter().map(found).collect()
    }
}
