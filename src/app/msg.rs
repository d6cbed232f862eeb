//! What happened (messages), and what the program wants from the world (effects). Both are data.

mod import;
mod out;

use std::{fmt, path::PathBuf, sync::Arc, time::Duration};

use crossterm::event::{KeyEvent, MouseEvent};
use strum::IntoStaticStr;

pub use self::import::{ImportPlan, ImportRequest, Rejects};
pub use self::out::{BackedUp, Destination, Existing, LetOut};
use super::first_page::{FirstPage, FirstPageWanted};
use super::importing::signals::{SignalAnswer, SignalRequest};
use crate::{
    domain::{
        access::Viewer,
        change::Change,
        draft::{Draft, DraftId},
        history::{History, Version},
        note::NoteId,
        records::Records,
        search::Hits,
    },
    exchange::{list::List, packs::Packs},
};

/// Something that happened. Its `Debug` names the kind alone: a key or a paste is personal text.
#[derive(Clone, IntoStaticStr)]
pub enum Msg {
    /// A key went down.
    Key(KeyEvent),
    /// The mouse did something.
    Mouse(MouseEvent),
    /// A session of lines asks for something.
    Typed(super::typed::Typed),
    /// Text was pasted.
    Paste(String),
    /// The terminal has another size; draw again.
    Resized,
    /// An armed timer is due.
    Due(Timer),
    /// A signal asks the program to end.
    Ended(i32),
    /// What the first picture will show, before the profile is open.
    FirstPage(Arc<FirstPage>),
    /// The messages before this one lead to this entry of the journal.
    Written(u64),
    /// So many of a hundred records are loaded.
    Loaded(u8),
    /// There is time to make the first page of the next start.
    FirstPageWanted,
    /// The profile is open.
    Opened(Box<Opened>),
    /// The profile could not be opened.
    NotOpened(NotOpened),
    /// The profile was opened anew after a failed write: its records, and what was repaired, in sentences.
    Reopened(Arc<Records>, Vec<String>),
    /// The profile is closed and its keys are forgotten.
    Locked,
    /// A change is durable.
    Committed(Box<Committed>),
    /// Something was done that has no picture of its own.
    Told(String),
    /// How far the backup is that [`Effect::BackUp`] asked for.
    BackedUp(BackedUp),
    /// Something failed: what happened, what was kept, what to do.
    Failed(String),
    /// A change could not be saved; the form that made it keeps what was typed.
    NotCommitted(String),
    /// Unsaved text could not be kept as a draft: whoever waits for a save waits on.
    DraftNotKept(String),
    /// A quiet change could not be saved: nobody waits for it, and nothing is said.
    NotKept,
    /// The answer to [`Effect::CheckDisk`]: how many MiB are free, where that is too little.
    DiskChecked(Option<u64>),
    /// The answer to [`Effect::ListFolder`]: what is in the folder, or why it cannot be read.
    FolderListed(PathBuf, Result<Vec<FolderEntry>, String>),
    /// The answer to [`Effect::ReadList`]: a list, or why the file is none.
    ListRead(PathBuf, Result<Arc<List>, String>),
    /// The answer to [`Effect::Search`], with its ticket.
    Found(u64, Hits),
    /// The answer to [`Effect::PlanImport`].
    Planned(Result<Arc<ImportPlan>, String>),
    /// The answer to [`Effect::PlanSignals`]: a file that was read and compared, or why it cannot be read.
    SignalsPlanned(Result<Box<SignalAnswer>, String>),
    /// The answer to [`Effect::ListHistory`]: a part of the journal, or why it cannot be read.
    HistoryListed(Result<History, String>),
    /// The answer to [`Effect::ListVersions`]: the versions of a note, or why they cannot be read.
    VersionsListed(NoteId, Result<Vec<Version>, String>),
    /// The answer to [`Effect::Copy`] where the terminal is known to take no text for the clipboard.
    NotCopied(Private),
    /// The user's own editor has ended: the text, or why there is none.
    Edited(Result<Private, String>),
}

/// An open profile.
#[derive(Debug, Clone)]
pub struct Opened {
    /// Everything it knows.
    pub records: Arc<Records>,
    /// Whether it may be changed; if not, who holds it.
    pub access: Access,
    /// Whether a passphrase protects it.
    pub sealed: bool,
    /// The recovery code of a profile that has just been made.
    pub code: Option<Private>,
    /// What was repaired while opening, in sentences.
    pub notices: Vec<String>,
    /// Unsaved text of last time.
    pub drafts: Vec<Draft>,
    /// The policies and letters that can be chosen.
    pub packs: Arc<Packs>,
}

impl Opened {
    /// A sealed profile that may be changed, of which there is nothing else to tell.
    #[must_use]
    pub fn of(records: Arc<Records>) -> Self {
        Self {
            records,
            access: Access::Write,
            sealed: true,
            code: None,
            notices: Vec::new(),
            drafts: Vec::new(),
            packs: Arc::default(),
        }
    }
}

/// Whether a profile may be changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Access {
    /// It is ours.
    Write,
    /// Somebody else holds it: it is shown as it was when it was opened.
    ReadOnly(Holder),
    /// A newer version of the program wrote it: what this one knows of it is shown.
    Newer,
    /// Nothing can be written where it lies, and why: what can be read is shown.
    Unwritable(&'static str),
}

/// Who holds a profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// Process number.
    pub process: u32,
    /// Terminal, such as `pts/3`; empty if unknown.
    pub terminal: String,
    /// Since when, as wall time.
    pub since: String,
}

/// `process 4711 on pts/3`.
impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "process {}", self.process)?;
        if self.terminal.is_empty() { Ok(()) } else { write!(f, " on {}", self.terminal) }
    }
}

/// Why a profile is not open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotOpened {
    /// There is none yet: the first start.
    Missing,
    /// It wants its passphrase.
    Sealed,
    /// The passphrase or recovery code is not right.
    WrongPassphrase,
    /// Another process holds it.
    Held(Holder),
    /// Something else: a sentence.
    Failed(String),
}

/// A durable change and how it came about.
#[derive(Debug, Clone)]
pub struct Committed {
    /// What to apply to the records.
    pub change: Change,
    /// How it came about.
    pub how: How,
}

/// How a change came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// The user did it.
    Done,
    /// It took an earlier change back.
    Undone,
    /// It did a change again that had been taken back.
    Redone,
}

/// What is in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FolderEntry {
    /// Its name.
    pub name: String,
    /// Whether it is a folder itself.
    pub is_folder: bool,
}

impl fmt::Debug for Msg {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.into())
    }
}

/// A deadline that the runtime keeps; it answers with [`Msg::Due`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Timer {
    /// The message in the status line has been read.
    Toast,
    /// The draft is to be kept.
    Draft,
    /// Nobody has pressed a key for long.
    Idle,
    /// The clock on the screen shows another minute or day.
    Clock,
    /// What came onto the screen has stayed there.
    Look,
    /// Opening takes a while.
    Opening,
}

/// What the program wants from the world.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// End the program; everything sent before is carried out first.
    Quit,
    /// Send [`Msg::Due`] after this time; an armed timer of the same name starts again.
    Arm(Timer, Duration),
    /// Forget the timer.
    Disarm(Timer),
    /// Open the profile that needs no passphrase.
    Open,
    /// Make a profile.
    Create(Box<NewProfile>),
    /// Open the profile with its passphrase or recovery code.
    Unlock(Private),
    /// Open the profile that another process holds, only to look.
    OpenReadOnly(Option<Private>),
    /// Make a demo in a temporary folder and open it.
    OpenDemo,
    /// Save a change: answered by [`Msg::Committed`] once it is on disk, or [`Msg::NotCommitted`]; a
    /// quiet one by [`Msg::NotKept`].
    Commit(Change),
    /// Take the last change back.
    Undo,
    /// Do the change again that was taken back last.
    Redo,
    /// Forget the keys and everything readable.
    Lock,
    /// Put the text on the clipboard.
    Copy(Private),
    /// Change the passphrase.
    ChangePassphrase {
        /// The passphrase as it is.
        old: Private,
        /// The passphrase to come.
        new: Private,
    },
    /// Write a backup: answered by [`Msg::BackedUp`], or [`Msg::Failed`].
    BackUp(PathBuf, Existing),
    /// Keep unsaved text, sealed.
    KeepDraft(Draft),
    /// Make the first page of the next start, and keep it sealed.
    KeepFirstPage(Box<FirstPageWanted>),
    /// Say whether there is room on the disk; answered by [`Msg::DiskChecked`] when that is news.
    CheckDisk,
    /// Forget unsaved text that was saved or given up.
    DropDraft(DraftId),
    /// Say what is in a folder.
    ListFolder(PathBuf),
    /// Read a list from a file.
    ReadList(PathBuf),
    /// Search everything that a viewer may see: answered by [`Msg::Found`].
    Search(Search),
    /// Say what an import would do.
    PlanImport(Box<ImportRequest>),
    /// Carry out an import: answered as [`Effect::Commit`].
    Import(Arc<ImportPlan>),
    /// Say what an import of signals would do.
    PlanSignals(Box<SignalRequest>),
    /// Save the rejected rows of an import in a file beside the list.
    SaveRejects(Box<Rejects>),
    /// Write on in the user's own editor.
    EditOutside(Private),
    /// Write into the journal that these restricted notes were looked at.
    RecordLook(Vec<NoteId>),
    /// Say what was done, in the last part of the journal or in this one.
    ListHistory(Option<u32>),
    /// Say what a note was before.
    ListVersions(NoteId),
    /// Write letters to files of the user's own, and save what is kept about them: answered by
    /// [`Msg::Committed`] and [`Msg::Told`], or [`Msg::NotCommitted`].
    LetOut(Box<LetOut>),
}

/// One full-text search over the records as they were when it was asked.
#[derive(Clone)]
pub struct Search {
    /// Comes back with the answer.
    pub ticket: u64,
    /// The words.
    pub text: Private,
    /// Who looks.
    pub viewer: Viewer,
    /// What to search.
    pub records: Arc<Records>,
}

impl PartialEq for Search {
    fn eq(&self, other: &Self) -> bool {
        (self.ticket, &self.text, self.viewer) == (other.ticket, &other.text, other.viewer)
    }
}

impl Eq for Search {}

/// Prints the ticket, never the words.
impl fmt::Debug for Search {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Search({} …)", self.ticket)
    }
}

/// What a first start asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewProfile {
    /// Whose profile, and their calendars: the first change.
    pub change: Change,
    /// The passphrase; none if the user wants none.
    pub passphrase: Option<Private>,
}

/// Personal text on its way out of the model: `Debug` shows only that it is there.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Private(pub String);

impl fmt::Debug for Private {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}
