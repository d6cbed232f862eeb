//! Writing a snapshot, a slice at a time: between two slices the profile may go on being changed.

use std::{
    fs::{self, File},
    io::{Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

use super::{Around, Behind, Item, PLAIN, Snapshot, Summary, whole};
use crate::store::{
    bytes::Writer,
    disk::{self, Fsync},
    engine::Engine,
    error::{Error, Result},
    frame::{Frame, Image, Position},
    journal::Head,
    journal_path, keyring_path,
    progress::TREES,
    scan::scan,
};

/// Bytes that are copied or read back at a time: a few milliseconds.
const SLICE: usize = 1024 * 1024;
/// Beyond so many bytes of journal it is cheaper to begin anew.
const FAR: u64 = 8 * 1024 * 1024;

/// From where it is copied; the same through all slices.
#[derive(Clone, Copy)]
pub(crate) struct Source<'a> {
    pub engine: &'a Engine,
    pub database: &'a [u8; 16],
    /// Folder of the profile.
    pub folder: &'a Path,
}

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// There is more to do.
    More,
    /// So much was changed meanwhile that it has to be begun anew.
    Overtaken,
    /// The file is complete, on the disk and has been read back.
    Done,
}

/// A file under a temporary name; dropped, it leaves nothing.
pub(crate) struct Unnamed {
    pub path: PathBuf,
    pub fsync: Fsync,
}

impl Drop for Unnamed {
    fn drop(&mut self) {
        // Under another name by now, or of no use.
        fs::remove_file(&self.path).ok();
    }
}

impl Unnamed {
    /// Gives a finished file its name.
    pub(crate) fn name(self, path: &Path) -> Result<()> {
        fs::rename(&self.path, path).map_err(Error::io("rename the snapshot"))?;
        // A bare name lies in the folder one stands in.
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        self.fsync.folder(folder.unwrap_or(Path::new(".")))
    }
}

/// A snapshot in the making.
pub(crate) struct Copying {
    unnamed: Unnamed,
    file: File,
    around: Around,
    summary: Summary,
    /// The first record that is not copied yet lies behind this.
    tree: u8,
    behind: Option<[u8; 16]>,
    body: blake3::Hasher,
    counts: [u64; TREES],
    /// Set once all is written, and then read again.
    written: Option<Box<Snapshot>>,
}

impl Copying {
    /// Begins a file at `path`, a temporary name.
    pub(crate) fn begin(
        path: PathBuf,
        around: Around,
        source: Source<'_>,
        utc_ms: i64,
        fsync: Fsync,
    ) -> Result<Self> {
        let mut file = disk::new_file(&path)?;
        let progress = *source.engine.progress();
        let summary = Summary { database: *source.database, utc_ms, progress, format: PLAIN };
        let summary = summary.with(around.own.as_ref());
        // The place of the header; what it says is known only in the end.
        let room = around.front.len() + summary.encode().len();
        file.write_all(&vec![0; room]).map_err(Error::io("write the snapshot"))?;
        let (body, counts) = (blake3::Hasher::new(), [0; TREES]);
        Ok(Self {
            unnamed: Unnamed { path, fsync },
            file,
            around,
            summary,
            tree: 0,
            behind: None,
            body,
            counts,
            written: None,
        })
    }

    /// Does a slice of the work.
    pub(crate) fn step(&mut self, source: Source<'_>) -> Result<Step> {
        if let Some(written) = &mut self.written {
            let mut read = 0;
            while read < SLICE {
                let Some(item) = written.next()? else { return Ok(Step::Done) };
                read += 32 + item.sealed.map_or(0, |sealed| sealed.len());
            }
            return Ok(Step::More);
        }
        let mut out = Writer::default();
        let now = source.engine.progress().head;
        if is_far(self.summary.progress.head.next, now.next) {
            return Ok(Step::Overtaken);
        }
        self.take_in(source, now, &mut out)?;
        let is_all = self.copy(source.engine, &mut out)?;
        self.write(&out.0)?;
        if is_all {
            self.finish(source)?;
        }
        Ok(Step::More)
    }

    /// Writes once more what was changed since the last slice and had been copied before.
    fn take_in(&mut self, source: Source<'_>, now: Head, out: &mut Writer) -> Result<()> {
        let from = self.summary.progress.head;
        if from == now {
            return Ok(());
        }
        let mut late = Vec::new();
        scan(&journal_path(source.folder), source.database, from, |at, _, frame| {
            if let Frame::Entry(_, parts) | Frame::Parts(parts) = frame
                && at < now.next
            {
                late.extend(parts);
            }
            Ok(())
        })?;
        for Image { tree, record, before, after } in late {
            let is_copied = tree < self.tree
                || tree == self.tree && self.behind.is_some_and(|last| record <= last);
            if is_copied && (before.is_some() || after.is_some()) {
                self.put(&Item { tree, record, again: before.is_some(), sealed: after }, out)?;
            }
        }
        self.summary.progress = *source.engine.progress();
        Ok(())
    }

    /// Copies the next records; answers whether these were the last.
    fn copy(&mut self, engine: &Engine, out: &mut Writer) -> Result<bool> {
        while self.tree < crate::store::kinds() {
            let room = SLICE.saturating_sub(out.0.len());
            if room == 0 {
                return Ok(false);
            }
            let batch = engine.batch(self.tree, self.behind.as_ref(), room)?;
            let Some((last, _)) = batch.last() else {
                self.tree += 1;
                self.behind = None;
                continue;
            };
            self.behind = Some(*last);
            for (record, sealed) in batch {
                let sealed = Some(sealed.to_vec());
                self.put(&Item { tree: self.tree, record, again: false, sealed }, out)?;
            }
        }
        Ok(true)
    }

    fn put(&mut self, item: &Item, out: &mut Writer) -> Result<()> {
        item.count(&mut self.counts)?;
        item.put(out);
        Ok(())
    }

    fn write(&mut self, bytes: &[u8]) -> Result<()> {
        self.body.update(bytes);
        self.file.write_all(bytes).map_err(Error::io("write the snapshot"))?;
        // Piece by piece: a large file forced onto the disk at once would hold up every save.
        self.unnamed.fsync.file(&self.file, &self.unnamed.path)
    }

    /// Writes what stands behind the records, and the header, which now knows them.
    fn finish(&mut self, source: Source<'_>) -> Result<()> {
        let doing = "write the snapshot";
        self.summary.progress = *source.engine.progress();
        if self.counts != self.summary.progress.counts {
            return Err(Error::Damaged { what: "the database" });
        }
        let keyring = disk::read(&keyring_path(source.folder))?;
        let keyring = keyring.ok_or(Error::Damaged { what: "the keyring file" })?;
        let mut out = Writer(Behind { keyring, own: self.around.own.take() }.encode());
        self.body.update(&out.0);
        let front = [self.around.front.as_slice(), &self.summary.encode()].concat();
        let mut hasher = blake3::Hasher::new();
        hasher.update(&front);
        out.raw(whole(&hasher, &self.body).as_bytes());
        self.file.write_all(&out.0).map_err(Error::io(doing))?;
        self.file.seek(SeekFrom::Start(0)).map_err(Error::io(doing))?;
        self.file.write_all(&front).map_err(Error::io(doing))?;
        self.unnamed.fsync.file(&self.file, &self.unnamed.path)?;
        self.written = Some(Box::new(Snapshot::open(&self.unnamed.path)?));
        Ok(())
    }

    /// What the header says.
    pub(crate) const fn summary(&self) -> &Summary {
        &self.summary
    }

    /// Gives a finished file its name.
    pub(crate) fn name(self, path: &Path) -> Result<()> {
        self.unnamed.name(path)
    }
}

/// Whether so much lies between two places of the journal that it is not worth reading.
fn is_far(from: Position, to: Position) -> bool {
    from.segment != to.segment || to.offset.saturating_sub(from.offset) > FAR
}
