//! Full-text search on the worker thread, with an index that follows the records from search to search.
//!
//! The words of all texts are read on a thread of its own; until they are known, the texts themselves are looked through.

use std::{
    sync::{Arc, Weak},
    thread::{self, JoinHandle},
};

use crate::{
    app::{Msg, msg::Search},
    domain::{records::Records, search::Index},
};

/// How many hits come with an answer; the rest are counted.
const CAP: usize = 200;

/// What the worker searches with.
#[derive(Debug, Default)]
pub struct Finder {
    index: Index,
    /// The records that the index has followed.
    followed: Weak<Records>,
    /// Who reads the words.
    reader: Option<JoinHandle<Index>>,
}

impl Finder {
    /// Searches the records of the request.
    pub fn find(&mut self, search: &Search) -> Msg {
        self.follow(search);
        let hits = self.index.find(&search.records, search.viewer, &search.text.0, CAP);
        Msg::Found(search.ticket, hits)
    }

    /// Brings the index up to these records, and has their words read when that is worth the while.
    fn follow(&mut self, search: &Search) {
        if let Some(reader) = self.reader.take_if(|reader| reader.is_finished())
            && let Ok(index) = reader.join()
        {
            (self.index, self.followed) = (index, Weak::new());
        }
        if self.followed.as_ptr() != Arc::as_ptr(&search.records) {
            self.index.refresh(&search.records);
            self.followed = Arc::downgrade(&search.records);
        }
        if self.reader.is_none() && self.index.is_worn(search.viewer) {
            let (records, viewer) = (Arc::clone(&search.records), search.viewer);
            let reader = thread::Builder::new().name("words".to_owned());
            self.reader = reader.spawn(move || Index::read(&records, viewer)).ok();
        }
    }

    /// Forgets everything readable, for the lock.
    pub fn forget(&mut self) {
        let reader = self.reader.take();
        *self = Self::default();
        if let Some(reader) = reader {
            drop(reader.join());
        }
    }
}
