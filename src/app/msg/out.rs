//! What leaves the profile: letters and backups.

use std::{fmt, path::PathBuf};

use crate::domain::{change::Change, record::RecordId};

/// What becomes of a file of the same name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Existing {
    /// It stays; nothing is written.
    Stays,
    /// It is replaced.
    Replaced,
}

/// How far a backup is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BackedUp {
    /// There is a file of this name: somebody has to say whether it is replaced.
    IsThere(PathBuf),
    /// It is written and was read back: what is in it, and what opens it.
    Done(Vec<String>),
}

/// Where letters go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// One file of this name.
    File(PathBuf),
    /// Files in this folder, which is made if it is not there.
    Folder(PathBuf),
}

/// Letters on their way out.
#[derive(Clone, PartialEq, Eq)]
pub struct LetOut {
    /// Where they go.
    pub to: Destination,
    /// Name within the folder, and content.
    pub files: Vec<(String, Vec<u8>)>,
    /// What is kept about them; none if all of it is kept already.
    pub change: Option<Change>,
    /// The letters that leave.
    pub letters: Vec<RecordId>,
}

/// Prints how many, never where or what.
impl fmt::Debug for LetOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LetOut({} …)", self.files.len())
    }
}
