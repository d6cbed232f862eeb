//! sled, and all that it needs from us: our own fsync behind each flush, patience at the lock, and a net
//! under its panics while it opens. The only file that names it.

use std::{
    cell::Cell,
    collections::BTreeSet,
    fs::{self, File},
    io,
    ops::Bound,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::Duration,
};

use sled::{
    Config, Db, IVec, Tree,
    transaction::{TransactionError, TransactionResult, Transactional, TransactionalTree},
};

use super::{
    disk::Fsync,
    error::{Error, Result},
    frame::Image,
    progress::{Progress, TREES},
};

/// Bytes of pages that sled keeps in memory. The records are all in ours: a page is read once to load them, and again
/// where something is written.
const CACHE: u64 = 2 * 1024 * 1024;
/// How often, and how long apart, the lock of a database that was just closed is tried.
const TRIES: u32 = 50;
const PAUSE: Duration = Duration::from_millis(20);
/// Name of the tree for our own record, and its key.
const OWN: &[u8] = b"own";
const PROGRESS: &[u8] = b"progress";

/// sled is being opened; its own threads work for it then.
static OPENING: AtomicBool = AtomicBool::new(false);

thread_local! {
    /// This thread reads all records, which finds damage too.
    static READING: Cell<bool> = const { Cell::new(false) };
}

/// Whether a panic here and now is one of sled's that is caught and answered by a repair, so that the
/// panic hook must leave the program alone.
#[must_use]
pub fn is_opening() -> bool {
    OPENING.load(Ordering::SeqCst) || READING.get()
}

/// Runs what may panic inside sled on this thread; a panic becomes an error.
fn caught<T>(doing: &'static str, run: impl FnOnce() -> Result<T>) -> Result<T> {
    READING.set(true);
    let outcome = catch_unwind(AssertUnwindSafe(run));
    READING.set(false);
    outcome.unwrap_or_else(|_| Err(Error::Engine { doing, source: "it broke down".into() }))
}

/// What the disk or another process refuses is no damage of the database.
fn failed(doing: &'static str) -> impl FnOnce(sled::Error) -> Error {
    move |error| {
        if let sled::Error::Io(source) = &error
            && is_refusal(source)
        {
            return Error::io(doing)(source.kind().into());
        }
        Error::Engine { doing, source: Box::new(error) }
    }
}

fn is_refusal(error: &io::Error) -> bool {
    use io::ErrorKind as Kind;
    is_lock(error)
        || matches!(
            error.kind(),
            Kind::PermissionDenied
                | Kind::StorageFull
                | Kind::QuotaExceeded
                | Kind::ReadOnlyFilesystem
                | Kind::OutOfMemory
        )
}

/// The database, open or closed again.
pub(crate) struct Engine {
    handles: Option<Handles>,
    progress: Progress,
    folder: PathBuf,
    blobs: BTreeSet<PathBuf>,
    fsync: Fsync,
}

/// What holds it open.
struct Handles {
    db: Db,
    own: Tree,
    trees: Vec<Tree>,
    /// The file `db`, for our own fsync.
    file: File,
}

impl Engine {
    /// Opens the database in `folder`, or makes an empty one, with trees for kinds below `kinds`.
    pub(crate) fn open(folder: &Path, kinds: u8, fsync: &Fsync) -> Result<Self> {
        let doing = "open";
        OPENING.store(true, Ordering::SeqCst);
        let opened = caught(doing, || {
            let db = patiently(folder)?;
            let own = db.open_tree(OWN).map_err(failed(doing))?;
            let trees = (0..kinds)
                .map(|code| db.open_tree([b'k', code]).map_err(failed(doing)))
                .collect::<Result<Vec<_>>>()?;
            let progress = match own.get(PROGRESS).map_err(failed(doing))? {
                Some(bytes) => Progress::decode(&bytes)?,
                None => Progress::START,
            };
            Ok((db, own, trees, progress))
        });
        OPENING.store(false, Ordering::SeqCst);
        let (db, own, trees, progress) = opened?;
        let file = File::open(folder.join("db")).map_err(Error::io("open the database file"))?;
        let (folder, fsync) = (folder.to_owned(), fsync.clone());
        let handles = Some(Handles { db, own, trees, file });
        let mut engine = Self { handles, progress, folder, blobs: BTreeSet::new(), fsync };
        engine.settle_all()?;
        Ok(engine)
    }

    /// Lets go of the files, so that they can be opened anew; nothing can be read or written any more.
    pub(crate) fn close(&mut self) {
        self.handles = None;
    }

    fn handles(&self) -> Result<&Handles> {
        self.handles.as_ref().ok_or(Error::Dead)
    }

    /// How far it has come.
    pub(crate) const fn progress(&self) -> &Progress {
        &self.progress
    }

    /// The sealed bytes of a record.
    pub(crate) fn get(&self, tree: u8, record: &[u8; 16]) -> Result<Option<Vec<u8>>> {
        let Some(tree) = self.handles()?.trees.get(usize::from(tree)) else { return Ok(None) };
        Ok(tree.get(record).map_err(failed("read"))?.map(|bytes| bytes.to_vec()))
    }

    /// Brings records to their state after a change, and `progress` with them, in one transaction.
    /// Counts are kept here. Nothing is durable before [`Engine::flush`].
    pub(crate) fn apply(&mut self, images: &[Image], progress: &Progress) -> Result<()> {
        let handles = self.handles()?;
        let codes: BTreeSet<u8> = images.iter().map(|image| image.tree).collect();
        let touched: Vec<&Tree> = std::iter::once(&handles.own)
            .chain(codes.iter().filter_map(|code| handles.trees.get(usize::from(*code))))
            .collect();
        if touched.len() != codes.len() + 1 {
            return Err(Error::Newer);
        }
        let slots: Vec<u8> = codes.into_iter().collect();
        let before = self.progress.counts;
        let outcome: TransactionResult<[u64; TREES], ()> =
            touched.as_slice().transaction(|views| {
                let mut counts = before;
                for image in images {
                    let Some(view) = view(views, &slots, image.tree) else { continue };
                    let held = write(view, image)?;
                    if let Some(count) = counts.get_mut(usize::from(image.tree)) {
                        *count = (*count + u64::from(image.after.is_some())) - u64::from(held);
                    }
                }
                if let Some(own) = views.first() {
                    own.insert(PROGRESS, Progress { counts, ..*progress }.encode())?;
                }
                Ok(counts)
            });
        match outcome {
            Ok(counts) => {
                self.progress = Progress { counts, ..*progress };
                Ok(())
            }
            Err(TransactionError::Storage(error)) => Err(failed("write")(error)),
            Err(TransactionError::Abort(())) => Err(Error::Dead),
        }
    }

    /// Writes our own record alone.
    pub(crate) fn set_progress(&mut self, progress: &Progress) -> Result<()> {
        let own = &self.handles()?.own;
        own.insert(PROGRESS, progress.encode()).map_err(failed("write"))?;
        self.progress = *progress;
        Ok(())
    }

    /// Makes durable what was applied: sled's flush orders its writes, our fsync brings them to the disk.
    pub(crate) fn flush(&mut self) -> Result<()> {
        self.handles()?.db.flush().map_err(failed("flush"))?;
        self.settle_blobs()?;
        self.fsync.file(&self.handles()?.file, &self.folder.join("db"))
    }

    /// Gives each record of a kind to `visit` in batches; a panic inside sled is an error.
    pub(crate) fn scan(
        &self,
        tree: u8,
        mut visit: impl FnMut(Vec<([u8; 16], IVec)>) -> Result<()>,
    ) -> Result<()> {
        const BATCH: usize = 8192;
        let Some(tree) = self.handles()?.trees.get(usize::from(tree)) else { return Ok(()) };
        let mut records = tree.iter();
        loop {
            let batch = caught("read", || {
                let mut batch = Vec::new();
                for record in records.by_ref().take(BATCH) {
                    let (key, value) = record.map_err(failed("read"))?;
                    let key = key.as_ref().try_into();
                    batch.push((key.map_err(|_| Error::Damaged { what: "the database" })?, value));
                }
                Ok(batch)
            })?;
            if batch.is_empty() {
                return Ok(());
            }
            visit(batch)?;
        }
    }

    /// Some records of a kind, in order, behind one of them; about so many bytes, none at the end.
    pub(crate) fn batch(
        &self,
        tree: u8,
        behind: Option<&[u8; 16]>,
        bytes: usize,
    ) -> Result<Vec<([u8; 16], IVec)>> {
        let trees = &self.handles()?.trees;
        let Some(tree) = trees.get(usize::from(tree)) else { return Ok(Vec::new()) };
        let from = behind.map_or(Bound::Unbounded, |last| Bound::Excluded(&last[..]));
        caught("read", || {
            let (mut batch, mut size) = (Vec::new(), 0);
            for record in tree.range::<&[u8], _>((from, Bound::Unbounded)) {
                let (key, value) = record.map_err(failed("read"))?;
                let key = key.as_ref().try_into();
                size += 32 + value.len();
                batch.push((key.map_err(|_| Error::Damaged { what: "the database" })?, value));
                if size >= bytes {
                    break;
                }
            }
            Ok(batch)
        })
    }

    /// After opening, sled's recovery has written files that nothing has forced onto the disk yet.
    fn settle_all(&mut self) -> Result<()> {
        self.handles()?.db.flush().map_err(failed("flush"))?;
        for path in files(&self.folder)? {
            self.settle(&path)?;
        }
        self.settle_blobs()?;
        self.fsync.folder(&self.folder)?;
        self.folder.parent().map_or(Ok(()), |parent| self.fsync.folder(parent))
    }

    /// sled moves pages of more than 128 KiB into files of their own.
    fn settle_blobs(&mut self) -> Result<()> {
        let folder = self.folder.join("blobs");
        let now: BTreeSet<PathBuf> = files(&folder)?.into_iter().collect();
        if now == self.blobs {
            return Ok(());
        }
        for path in now.difference(&self.blobs) {
            self.settle(path)?;
        }
        self.blobs = now;
        self.fsync.folder(&folder)
    }

    fn settle(&self, path: &Path) -> Result<()> {
        match File::open(path) {
            Ok(file) => self.fsync.file(&file, path),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(Error::io("open a file of the database")(error)),
        }
    }
}

fn view<'a>(
    views: &'a [TransactionalTree],
    slots: &[u8],
    tree: u8,
) -> Option<&'a TransactionalTree> {
    let slot = slots.binary_search(&tree).ok()?;
    views.get(slot + 1)
}

/// Puts the record into its state after the change; answers whether there was one before.
fn write(
    view: &TransactionalTree,
    image: &Image,
) -> std::result::Result<bool, sled::transaction::UnabortableTransactionError> {
    let held = match &image.after {
        Some(bytes) => view.insert(&image.record[..], bytes.as_slice())?,
        None => view.remove(&image.record[..])?,
    };
    Ok(held.is_some())
}

fn patiently(folder: &Path) -> Result<Db> {
    for _ in 1..TRIES {
        match open(folder) {
            Err(error) if is_locked(&error) => wait(),
            outcome => return outcome.map_err(failed("open")),
        }
    }
    open(folder).map_err(failed("open"))
}

fn open(folder: &Path) -> sled::Result<Db> {
    Config::new().path(folder).cache_capacity(CACHE).flush_every_ms(None).open()
}

/// Its threads hold the file for a moment after the last handle is gone.
fn is_locked(error: &sled::Error) -> bool {
    matches!(error, sled::Error::Io(error) if is_lock(error))
}

fn is_lock(error: &io::Error) -> bool {
    error.to_string().contains("WouldBlock")
}

#[expect(
    clippy::disallowed_methods,
    reason = "sled tells nobody when its threads let go of the file"
)]
fn wait() {
    thread::sleep(PAUSE);
}

fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let doing = "list the database";
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(Error::io(doing))? {
        let entry = entry.map_err(Error::io(doing))?;
        if entry.file_type().map_err(Error::io(doing))?.is_file() {
            paths.push(entry.path());
        }
    }
    Ok(paths)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn image(tree: u8, record: u8, after: Option<u8>) -> Image {
        let after = after.map(|byte| vec![byte; 50]);
        Image { tree, record: [record; 16], before: None, after }
    }

    #[test]
    fn counts_follow_the_records_however_often_a_change_is_applied() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("db");
        let mut engine = Engine::open(&path, 3, &Fsync::On).unwrap();
        let images = [image(0, 1, Some(1)), image(2, 1, Some(1)), image(2, 2, Some(2))];
        for _ in 0..2 {
            engine.apply(&images, &Progress::START).unwrap();
            assert_eq!(engine.progress().counts[..3], [1, 0, 2]);
        }
        engine.apply(&[image(2, 2, None), image(2, 3, None)], &Progress::START).unwrap();
        engine.flush().unwrap();
        drop(engine);
        let engine = Engine::open(&path, 3, &Fsync::On).unwrap();
        assert_eq!(engine.progress().counts[..3], [1, 0, 1]);
        assert_eq!(engine.get(2, &[1; 16]).unwrap(), Some(vec![1; 50]));
        assert_eq!(engine.get(2, &[2; 16]).unwrap(), None);
    }

    #[test]
    fn pages_that_become_files_of_their_own_are_forced_onto_the_disk_too() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("db");
        let mut engine = Engine::open(&path, 1, &Fsync::On).unwrap();
        let large = Image { after: Some(vec![5; 200_000]), ..image(0, 1, None) };
        engine.apply(&[large], &Progress::START).unwrap();
        engine.flush().unwrap();
        assert!(!engine.blobs.is_empty());
        drop(engine);
        let engine = Engine::open(&path, 1, &Fsync::On).unwrap();
        assert_eq!(engine.get(0, &[1; 16]).unwrap().unwrap().len(), 200_000);
    }

    #[test]
    fn nonsense_in_place_of_a_database_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("db");
        fs::create_dir(&path).unwrap();
        fs::write(path.join("conf"), [9; 64]).unwrap();
        fs::write(path.join("db"), [7; 4096]).unwrap();
        assert!(Engine::open(&path, 1, &Fsync::On).is_err());
        assert!(!is_opening());
    }
}
