//! What the journal tells of the profile, and what is told to it.

use super::{Keeper, advice, sentence};
use crate::{
    app::msg::Msg,
    domain::{change::record_id, note::NoteId, record::RecordId},
    store::{self, Error, Look, Store, Wall},
};

impl Keeper {
    /// What was done, in the last part of the journal or in this one.
    pub fn history(&self, part: Option<u32>) -> Msg {
        let listed = self.read(|store, wall| store.history(part, wall));
        Msg::HistoryListed(listed)
    }

    /// What a note was before.
    pub fn versions(&self, note: NoteId) -> Msg {
        Msg::VersionsListed(note, self.read(|store, wall| store.versions(record_id(note), wall)))
    }

    fn read<T>(
        &self,
        work: impl FnOnce(&Store, Wall<'_>) -> store::Result<T>,
    ) -> Result<T, String> {
        let open = self.open.as_ref().ok_or_else(|| sentence(&Error::ReadOnly))?;
        let wall = |utc_ms| self.clock.wall(utc_ms).unwrap_or_default();
        work(&open.store, &wall).map_err(|error| sentence(&error))
    }

    /// Writes down that restricted notes were looked at; says nothing unless that fails.
    pub fn record_look(&mut self, notes: &[NoteId]) -> Option<Msg> {
        let of: Vec<RecordId> = notes.iter().map(|note| record_id(*note)).collect();
        let recorded = self.touch(|store, stamp| store.record_look(Look::Restricted, &of, stamp));
        let error = recorded.err()?;
        Some(Msg::Failed(format!(
            "The journal does not say that a restricted note was looked at. {}{}",
            sentence(&error),
            advice(&error)
        )))
    }
}
