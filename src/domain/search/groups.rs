//! Group meetings: many of them have the same focus, which is looked through once.

use std::collections::HashMap;

use super::{Found, needle::Words};
use crate::domain::{fold::fold, record::Kind, records::Records, shared::Shared};

/// What group meetings are about, folded, and the meetings with a register, the newest first.
#[derive(Clone, Default)]
pub(super) struct Groups(Vec<(String, Vec<Found>)>);

impl Groups {
    pub(super) fn new(records: &Records) -> Self {
        let mut all: HashMap<&Shared, Vec<Found>> = HashMap::new();
        for meeting in records.groups() {
            if let Some(student) = records.register(meeting.id).next() {
                let group = Some(meeting.id);
                let (on, kind) = (Some(meeting.on), Kind::Meeting);
                let found = Found { on, kind, student, nth: usize::MAX, group };
                all.entry(&meeting.focus).or_default().push(found);
            }
        }
        let folded = |(focus, mut meetings): (&Shared, Vec<Found>)| {
            meetings.sort_unstable_by_key(Found::order);
            (fold(focus).into_owned(), meetings)
        };
        Self(all.into_iter().map(folded).collect())
    }

    /// How many have a focus in which the words occur, and the first of each focus.
    pub(super) fn find(&self, words: &Words, cap: usize) -> (usize, Vec<Found>) {
        let about = self.0.iter().filter(|(focus, _)| words.all(words.in_folded(focus)));
        about.fold((0, Vec::new()), |(total, mut first), (_, meetings)| {
            first.extend(meetings.iter().take(cap).copied());
            (total + meetings.len(), first)
        })
    }
}
