//! The first page: what the first picture shows, sealed in a file of its own, so that a start need not wait for the
//! database (engineering decisions, section 2, point 10).
//!
//! It counts only as long as the journal ends where it ended when the page was kept: a page of an earlier state, of
//! another profile or of another copy of this one is never read, and one that a crash has torn does not open. So it
//! needs no fsync.

use std::{
    fs::{self, File, OpenOptions},
    io::{Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

use zeroize::Zeroizing;

use super::{
    Options, Store,
    bytes::{Reader, Writer},
    disk,
    error::{Error, Result},
    frame::{position, put_position},
    journal::{self, Head},
    journal_path,
    keyring::Keyring,
    keyring_path,
    keys::Keys,
    seal::Key,
    vault::Vault,
};

/// What can be shown while a profile is being opened.
#[derive(Clone, Copy)]
pub enum Sight<'a> {
    /// The first page, before the records are loaded.
    Page(&'a [u8]),
    /// So many of a hundred records are loaded.
    Loaded(u8),
}

const MAGIC: &[u8; 8] = b"TUTPAGE1";
const WHAT: &str = "the first page";
/// Bytes of the hash at the end of every frame of the journal, and of the start of a segment.
const HASH: usize = 32;

impl Store {
    /// Keeps what the first picture shows, in place of the page that there was.
    ///
    /// # Errors
    /// When the profile is locked or dead, or the file cannot be written.
    pub fn keep_page(&mut self, page: &[u8]) -> Result<()> {
        self.drop_page();
        let head = self.journal.head();
        let mut out = Writer::default();
        put_position(&mut out, Some(head.next));
        let plain = Zeroizing::new([out.raw(&head.hash).0.as_slice(), page].concat());
        let sealed = self.alive()?.seal_page(self.keys.replica, &plain)?;
        let (path, new) = (page_path(&self.folder), new_path(&self.folder));
        let mut file = disk::new_file(&new)?;
        let written = file.write_all(MAGIC).and_then(|()| file.write_all(&sealed));
        if let Err(error) = written.and_then(|()| fs::rename(&new, path)) {
            wipe(&new);
            return Err(Error::io("keep the first page")(error));
        }
        self.has_page = true;
        Ok(())
    }

    /// The number of the last entry of the journal: what the profile holds, in one number.
    #[must_use]
    pub const fn sequence(&self) -> u64 {
        self.journal.head().sequence
    }

    /// Whether the first page shows what the profile holds.
    #[must_use]
    pub const fn has_page(&self) -> bool {
        self.has_page
    }

    /// Takes the first page away, before what it shows is no longer so. Its blocks are overwritten first: it names
    /// students whose own keys may be destroyed one day.
    pub(super) fn drop_page(&mut self) {
        self.has_page = false;
        for path in [page_path(&self.folder), new_path(&self.folder)] {
            wipe(&path);
        }
    }
}

/// The first page, if it shows what the profile holds now.
pub(super) fn read(
    folder: &Path,
    keys: &Keys,
    data: &Key,
    options: &Options,
) -> Option<Zeroizing<Vec<u8>>> {
    let bytes = disk::read(&page_path(folder)).ok()??;
    let ring = Keyring::new(keyring_path(folder), options.fsync.clone(), keys.database);
    let vault = Vault::new(keys.database, data.clone(), ring, options.sealing);
    let plain = vault.open_page(keys.replica, bytes.strip_prefix(MAGIC)?).ok()?;
    let mut reader = Reader::new(&plain, WHAT);
    let next = position(&mut reader).ok()??;
    let hash = reader.array().ok()?;
    let is_now = ends_at(&journal_path(folder), &Head { next, hash, sequence: 0 }).ok()?;
    is_now.then(|| Zeroizing::new(reader.raw(reader.left()).unwrap_or_default().to_vec()))
}

/// Whether the journal ends there and nowhere else. Its frames are chained, so that the last hash stands for all.
fn ends_at(journal: &Path, head: &Head) -> Result<bool> {
    if journal::segments(journal)?.last() != Some(&head.next.segment) {
        return Ok(false);
    }
    let doing = "look at the end of the journal";
    let path = journal::segment_path(journal, head.next.segment);
    let mut file = File::open(path).map_err(Error::io(doing))?;
    let last = i64::try_from(HASH).unwrap_or(0);
    let start = file.seek(SeekFrom::End(-last)).map_err(Error::io(doing))?;
    let mut hash = [0; HASH];
    file.read_exact(&mut hash).map_err(Error::io(doing))?;
    Ok(start + HASH as u64 == head.next.offset && hash == head.hash)
}

/// Overwrites a page and takes it away. What cannot be is stale all the same.
fn wipe(path: &Path) {
    if let Ok(mut old) = OpenOptions::new().write(true).open(path) {
        let length = old.metadata().map_or(0, |about| about.len());
        old.write_all(&vec![0; usize::try_from(length).unwrap_or(0)]).ok();
        fs::remove_file(path).ok();
    }
}

fn new_path(folder: &Path) -> PathBuf {
    folder.join("page.new")
}

fn page_path(folder: &Path) -> PathBuf {
    folder.join("page")
}
