//! After a failed write: the database is closed and opened anew with the keys in hand, as a start would, and
//! compared with what had been confirmed.

use super::{
    Loaded, Secret, Stamp, Store,
    error::{Error, Result},
    frame::Deed,
    keyring::Keyring,
    keyring_path,
    open::{Brought, mend, require_space},
};
use crate::domain::change::Change;

impl Store {
    /// Opens the profile anew after a failed write. A change that had reached the journal all the same, though
    /// it was never confirmed, is taken back: the records are as they were told to be, at newer revisions.
    ///
    /// # Errors
    /// When the disk is still too full, or what is there can neither be read nor rebuilt; it can be tried again.
    pub fn reopen(&mut self, stamp: Stamp) -> Result<Loaded> {
        require_space(&self.folder)?;
        // Nobody knows which of two keyrings a failed write has left, nor which keys.
        let mended = mend(&self.folder, self.vault()?, &self.options)?;
        self.reread_keys().ok();
        let vault = self.vault.as_mut().ok_or(Error::Locked)?;
        let (path, database) = (keyring_path(&self.folder), self.keys.database);
        vault.ring = Keyring::read(&path, &self.options.fsync, database, vault.data())?;
        let confirmed = *self.dead.get_or_insert(self.journal.head().sequence);
        self.engine.close();
        let brought =
            Brought::together(&self.folder, database, self.vault()?, &self.options, &mut |_| {})?;
        let Brought { engine, journal, shelf, mut loaded, .. } = brought;
        (self.engine, self.journal, self.shelf, self.dead) = (engine, journal, shelf, None);
        match self.take_back_beyond(confirmed, stamp) {
            Ok(None) => {}
            Ok(Some(change)) => loaded.records.apply(&change).map_err(|_| Error::Stale)?,
            Err(error) if self.is_dead() => {
                self.dead = Some(confirmed);
                return Err(error);
            }
            Err(_) => loaded.notices.push(
                "The change that could not be confirmed had been saved all the same: look at it."
                    .into(),
            ),
        }
        loaded.notices.extend(mended);
        Ok(loaded)
    }

    /// Takes the keys out again; after a failed write, which may lie before the keys were put away, the profile is
    /// opened anew with them.
    ///
    /// # Errors
    /// As [`Store::unlock`] and [`Store::reopen`]; the keys stay put away.
    pub fn unlock_anew(&mut self, secret: &Secret, stamp: Stamp) -> Result<Loaded> {
        if !self.is_dead() {
            return self.unlock(secret);
        }
        self.vault = Some(self.take_out(secret)?);
        self.reopen(stamp).inspect_err(|_| self.lock())
    }

    /// Takes the last entry back if it is a change behind the one that was confirmed last, and not itself what took
    /// such a change back.
    fn take_back_beyond(&mut self, confirmed: u64, stamp: Stamp) -> Result<Option<Change>> {
        let progress = *self.engine.progress();
        let last = progress.head.sequence;
        if last <= confirmed {
            return Ok(None);
        }
        for at in [progress.undo, progress.redo].into_iter().flatten() {
            let header = self.journal.header(at)?;
            if header.sequence != last {
                continue;
            }
            return match header.deed {
                Deed::Undo(of) | Deed::Redo(of) if of > confirmed => Ok(None),
                Deed::Undo(_) => self.redo(stamp).map(Some),
                Deed::Commit | Deed::Redo(_) => self.undo(stamp).map(Some),
                Deed::Look => Ok(None),
            };
        }
        Ok(None)
    }
}
