//! Full-text search on the worker thread, with an index that follows the records from search to search.

use crate::{
    app::{Msg, msg::Search},
    domain::search::Index,
};

/// How many hits come with an answer; the rest are counted.
const CAP: usize = 200;

/// What the worker searches with.
#[derive(Debug, Default)]
pub struct Finder {
    index: Index,
}

impl Finder {
    /// Searches the records of the request.
    pub fn find(&mut self, search: &Search) -> Msg {
        self.index.refresh(&search.records);
        let hits = self.index.find(&search.records, search.viewer, &search.text.0, CAP);
        Msg::Found(search.ticket, hits)
    }

    /// Forgets everything readable, for the lock.
    pub fn forget(&mut self) {
        self.index = Index::default();
    }
}
