//! Records on disk: journal, sealing, sled. Domain types in and out.
//!
//! A profile is one folder: `keys` and `keyring` (each with a copy), `lock`, `journal/`, `db/` (sled), `snapshots/`,
//! `drafts/` and `page`. A
//! change is sealed, appended to the journal and forced onto the disk, then applied to sled in one transaction
//! and forced onto the disk; only then [`Store::commit`] returns. Whatever sled loses is rebuilt from the newest
//! snapshot and the journal behind it when the profile is opened.

mod backup;
mod bytes;
mod check;
mod codec;
mod commit;
mod disk;
mod drafts;
mod engine;
mod error;
mod frame;
mod fuzz;
mod history;
mod journal;
mod keyring;
mod keys;
mod load;
mod lock;
mod open;
mod own;
mod page;
mod progress;
mod recover;
mod recovery;
mod rekey;
mod reopen;
mod replay;
mod retention;
mod scan;
mod schema;
mod seal;
mod snapshot;
mod snapshots;
mod vault;

use std::{
    mem,
    path::{Path, PathBuf},
};

use strum::IntoEnumIterator;

use crate::domain::{change::Label, record::Kind, records::Records, tutor::TutorId, word::Choice};

pub use crate::domain::history::Look;
pub use backup::Contents;
pub use check::Report;
pub use disk::{Fsync, Watch};
pub use drafts::Draft;
pub use engine::is_opening;
pub use error::{Error, Result};
#[doc(hidden)]
pub use fuzz::read_as_everything;
pub use history::Wall;
pub use keys::{Cost, Secret};
pub use lock::Holder;
pub use page::Sight;
pub use recovery::RecoveryCode;
pub use rekey::Rekeyed;
pub use seal::Sealing;
pub use snapshots::{Listed, Work};

use engine::Engine;
use frame::Position;
use journal::Journal;
use keys::Keys;
use lock::Lock;
use snapshots::Shelf;
use vault::Vault;

/// How a profile is opened. Users choose nothing of it; tests do.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// What guessing a new passphrase costs.
    pub cost: Cost,
    /// Switched off by the control of the privacy test alone.
    #[doc(hidden)]
    pub sealing: Sealing,
    /// Switched off or watched by the durability test alone.
    #[doc(hidden)]
    pub fsync: Fsync,
    /// Other profiles of this user: whom one of them has erased, a restore does not bring back.
    pub others: Vec<PathBuf>,
}

/// When a change is made, and by whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// Milliseconds since 1970 in UTC.
    pub utc_ms: i64,
    /// The tutor.
    pub author: TutorId,
}

/// What is in a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// No profile.
    Absent,
    /// A profile without a passphrase.
    Unprotected,
    /// A profile that asks for its passphrase.
    Protected,
}

/// What opening a profile brings.
#[derive(Debug)]
pub struct Loaded {
    /// Everything the profile knows.
    pub records: Records,
    /// Sentences for the user: what was found broken, and what was done about it.
    pub notices: Vec<String>,
}

/// A profile, open for writing. One process at a time.
pub struct Store {
    folder: PathBuf,
    options: Options,
    keys: Keys,
    /// None while locked.
    vault: Option<Vault>,
    engine: Engine,
    journal: Journal,
    shelf: Shelf,
    /// After a failed write nothing is accepted; the number of the last entry that was confirmed.
    dead: Option<u64>,
    /// Whether the first page shows what there is.
    has_page: bool,
    _lock: Lock,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Store(…)")
    }
}

impl Store {
    /// What is in this folder.
    ///
    /// # Errors
    /// When the keys file cannot be read or is damaged, or is missing beside records.
    pub fn standing(folder: &Path) -> Result<Standing> {
        Ok(match open::read_keys(folder)? {
            None => Standing::Absent,
            Some(keys) if keys.is_open() => Standing::Unprotected,
            Some(_) => Standing::Protected,
        })
    }

    /// Whether a passphrase protects the profile; where none does, the program says so all the time.
    #[must_use]
    pub fn has_passphrase(&self) -> bool {
        !self.keys.is_open()
    }

    /// Whether the keys are put away.
    #[must_use]
    pub const fn is_locked(&self) -> bool {
        self.vault.is_none()
    }

    /// Whether an earlier write failed, so that the profile has to be opened again.
    #[must_use]
    pub const fn is_dead(&self) -> bool {
        self.dead.is_some()
    }

    /// What undo would take back.
    #[must_use]
    pub fn undo_label(&self) -> Option<Label> {
        self.label_at(self.engine.progress().undo).filter(|label| !label.is_beginning())
    }

    /// What redo would do again.
    #[must_use]
    pub fn redo_label(&self) -> Option<Label> {
        self.label_at(self.engine.progress().redo)
    }

    fn label_at(&self, position: Option<Position>) -> Option<Label> {
        let header = self.journal.header(position?).ok()?;
        self.vault.as_ref()?.open_label(header.sequence, &header.label).ok()
    }

    /// Puts the keys away and wipes them; the profile stays ours.
    pub fn lock(&mut self) {
        self.vault = None;
    }

    /// Puts the keys away and wipes them, at the end of the program. What was confirmed is on the disk, so that the
    /// database is left as it is: letting go of every page and thread takes longer than a process takes to end, and
    /// until then the lock is held.
    pub fn leave(mut self) {
        self.lock();
        self.give_up_snapshot();
        mem::forget(self);
    }

    /// Takes the keys out again and loads the records anew.
    ///
    /// # Errors
    /// When the secret is wrong or the profile cannot be read.
    pub fn unlock(&mut self, secret: &Secret) -> Result<Loaded> {
        let vault = self.take_out(secret)?;
        let found = load::load(&self.engine, &vault)?;
        self.vault = Some(vault);
        Ok(found.into_loaded(Vec::new()))
    }

    /// The vault, opened with the keys that the disk holds; those in hand, where it cannot be read.
    fn take_out(&mut self, secret: &Secret) -> Result<Vault> {
        self.reread_keys().ok();
        open::unlock(&self.folder, &self.keys, secret, &self.options)
    }

    fn vault(&self) -> Result<&Vault> {
        self.vault.as_ref().ok_or(Error::Locked)
    }
}

/// Codes of kinds are below this.
fn kinds() -> u8 {
    Kind::iter().map(Choice::code).max().map_or(0, |last| last + 1)
}

fn keys_path(folder: &Path) -> PathBuf {
    folder.join("keys")
}

fn keyring_path(folder: &Path) -> PathBuf {
    folder.join("keyring")
}

fn journal_path(folder: &Path) -> PathBuf {
    folder.join("journal")
}

fn engine_path(folder: &Path) -> PathBuf {
    folder.join("db")
}
