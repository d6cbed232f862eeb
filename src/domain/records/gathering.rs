//! Records as a store gives them, put into their places one by one.

use super::Records;
use crate::domain::record::{Kind, Owner, Record, RecordId, Revision};

/// Records on their way into memory, in any order: what belongs to a student who is not there yet waits.
#[derive(Default)]
pub struct Gathering {
    records: Records,
    waiting: Vec<(Revision, Record)>,
}

impl Gathering {
    /// Takes one more.
    pub fn put(&mut self, revision: Revision, record: Record) {
        if self.has_place(&record) {
            self.records.put(revision, record);
        } else {
            self.waiting.push((revision, record));
        }
    }

    /// All of them; what belongs to a student who is not there is returned beside them.
    #[must_use]
    pub fn finish(mut self) -> (Records, Vec<RecordId>) {
        let mut orphans = Vec::new();
        for (revision, record) in std::mem::take(&mut self.waiting) {
            if self.has_place(&record) {
                self.records.put(revision, record);
            } else {
                orphans.push(record.id());
            }
        }
        (self.records, orphans)
    }

    fn has_place(&self, record: &Record) -> bool {
        match record.owner() {
            Owner::Profile => true,
            Owner::Student(student) => {
                record.id().kind == Kind::Student || self.records.files.contains_key(&student)
            }
        }
    }
}
