//! Which students have which number.

use std::collections::BTreeSet;

use crate::domain::student::StudentId;

/// Numbers with the student who has each; in one set, for a set of each number would take ten times its room.
#[derive(Clone, Default, PartialEq, Eq)]
pub(super) struct Numbers(BTreeSet<(String, StudentId)>);

impl Numbers {
    /// The students with this number.
    pub(super) fn of(&self, number: &str) -> impl Iterator<Item = StudentId> {
        let [first, last] = [0, u8::MAX].map(|byte| StudentId::from_bytes([byte; 16]));
        let all = self.0.range((number.to_owned(), first)..=(number.to_owned(), last));
        all.map(|(_, student)| *student)
    }

    /// Follows a student's number: as it was, and as it is now, if the student was and is there.
    pub(super) fn follow(&mut self, student: StudentId, old: Option<&str>, new: Option<&str>) {
        if new == old {
            return;
        }
        if let Some(old) = old {
            self.0.remove(&(old.to_owned(), student));
        }
        if let Some(new) = new {
            self.0.insert((new.to_owned(), student));
        }
    }
}
