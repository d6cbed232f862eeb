//! What can go wrong with a profile on disk, in sentences without personal text.

use std::io;

use thiserror::Error;

use super::lock::Holder;

/// What kinds of failures mean that nothing can be written.
const UNWRITABLE: [(io::ErrorKind, &str); 2] = [
    (io::ErrorKind::ReadOnlyFilesystem, "the disk is read-only"),
    (io::ErrorKind::PermissionDenied, "you are not allowed to write here"),
];

/// Why the store could not do what was asked. Never holds the content of a record.
#[derive(Debug, Error)]
pub enum Error {
    /// A file could not be read or written.
    #[error("could not {doing}: {source}")]
    Io {
        /// What was being done, as an infinitive.
        doing: &'static str,
        /// Why it failed.
        #[source]
        source: io::Error,
    },
    /// The database refused.
    #[error("the database could not {doing}: {source}")]
    Engine {
        /// What was being done, as an infinitive.
        doing: &'static str,
        /// What the database says.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// Another process has the profile open.
    #[error("{0} has this profile open; close it there, or look at it read-only")]
    Held(Holder),
    /// There is no profile in the folder.
    #[error("there is no profile in this folder yet")]
    NoProfile,
    /// There are records, but the file that opens them is gone.
    #[error(
        "this profile has lost its file `keys`, without which nothing opens its journal and database: \
         bring the file back from a copy of the folder; nothing was changed"
    )]
    KeysLost,
    /// New keys failed on their way to the disk, and what it holds cannot be read.
    #[error(
        "the file `keys` could be neither written nor read: the passphrase is the old one or the new one, \
         try both"
    )]
    UnsureKeys,
    /// There is one already.
    #[error("there is a profile in this folder already")]
    ProfileExists,
    /// The profile has a passphrase and none was given.
    #[error("this profile needs its passphrase")]
    NeedsPassphrase,
    /// The passphrase or recovery code opens nothing.
    #[error("this passphrase does not open the profile")]
    WrongPassphrase,
    /// The recovery code was mistyped or belongs elsewhere.
    #[error("this recovery code does not open the profile; check it letter by letter")]
    WrongRecoveryCode,
    /// Written by a later version of the program.
    #[error("this was written by a newer tutelage: please upgrade; nothing was changed")]
    Newer,
    /// Bytes on disk are not what was written.
    #[error("{what} is damaged")]
    Damaged {
        /// Which file or record.
        what: &'static str,
    },
    /// The file is something else.
    #[error("this file is no backup of tutelage")]
    NotABackup,
    /// There is no automatic snapshot of that time.
    #[error("there is no snapshot of that day: `tutelage backup --list` lists them")]
    NoSnapshot,
    /// A backup is only restored where nothing is.
    #[error(
        "this folder is not empty: a backup is restored into a new one, which --data names; nothing was \
         changed"
    )]
    NotEmpty,
    /// Not enough room to open or save safely.
    #[error(
        "the disk is too full to go on safely: {free_mib} MiB are free, {needed_mib} MiB are needed"
    )]
    Full {
        /// MiB that are free.
        free_mib: u64,
        /// MiB that it may need.
        needed_mib: u64,
    },
    /// A record is no longer what the change was made from.
    #[error("this was changed meanwhile; nothing was saved: look again and repeat the change")]
    Stale,
    /// One record is larger than the format allows.
    #[error("this text is too long to be saved")]
    TooLong,
    /// A record cannot be said in the stored form.
    #[error("this record cannot be stored: {0}")]
    Unfit(&'static str),
    /// There is nothing left to undo.
    #[error("there is nothing to undo")]
    NothingToUndo,
    /// There is nothing left to redo.
    #[error("there is nothing to redo")]
    NothingToRedo,
    /// The student's key was destroyed.
    #[error("this student's records were erased for good")]
    Erased,
    /// The keys were put away.
    #[error("the profile is locked")]
    Locked,
    /// A view of another process's profile writes nothing.
    #[error("this view is read-only")]
    ReadOnly,
    /// An earlier write failed: nothing is accepted until the profile is opened again.
    #[error("an earlier save failed; open the profile again before saving more")]
    Dead,
    /// The system gave no random bytes.
    #[error("the system gave no random numbers")]
    Random,
}

impl Error {
    /// Why nothing can be written where a profile lies that may still be looked at; none for any other error.
    #[must_use]
    pub fn unwritable(&self) -> Option<&'static str> {
        if let Self::Io { source, .. } = self {
            let known = UNWRITABLE.iter().find(|(kind, _)| *kind == source.kind());
            return known.map(|(_, words)| *words);
        }
        matches!(self, Self::Full { .. }).then_some("the disk is too full")
    }

    /// For `map_err`: a failed file operation, with what was being done.
    pub(crate) fn io(doing: &'static str) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Io { doing, source }
    }
}

/// What the store answers.
pub type Result<T> = std::result::Result<T, Error>;
