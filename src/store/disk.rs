//! Files that survive a power cut: every fsync of the store goes through here, so that tests can watch
//! it, make it fail or leave it out.

use std::{
    fmt,
    fs::{self, DirBuilder, File, OpenOptions},
    io::{self, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
    sync::Arc,
};

use super::error::{Error, Result};

/// What a test is told after each fsync; an error makes that fsync fail.
pub type Watch = Arc<dyn Fn(&Path) -> io::Result<()> + Send + Sync>;

/// Whether what is written is also forced to the disk.
#[derive(Clone, Default)]
pub enum Fsync {
    /// Always: the only choice outside tests.
    #[default]
    On,
    /// Never: the control of the durability test.
    Off,
    /// Always, and the watcher hears of it.
    Watched(Watch),
}

impl fmt::Debug for Fsync {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::On => "On",
            Self::Off => "Off",
            Self::Watched(_) => "Watched",
        })
    }
}

impl Fsync {
    /// Forces what was written to `file` onto the disk.
    pub(crate) fn file(&self, file: &File, path: &Path) -> Result<()> {
        self.sync(path, || file.sync_data()).map_err(Error::io("force a file onto the disk"))
    }

    /// Forces the names in a folder onto the disk.
    pub(crate) fn folder(&self, path: &Path) -> Result<()> {
        self.sync(path, || File::open(path)?.sync_all())
            .map_err(Error::io("force a folder onto the disk"))
    }

    fn sync(&self, path: &Path, sync: impl FnOnce() -> io::Result<()>) -> io::Result<()> {
        match self {
            Self::On => sync(),
            Self::Off => Ok(()),
            Self::Watched(watch) => {
                sync()?;
                watch(path)
            }
        }
    }

    /// Puts `bytes` at `path` all or nothing: temporary, fsync, rename, fsync of the folder.
    pub(crate) fn replace(&self, path: &Path, bytes: &[u8]) -> Result<()> {
        let temporary = temporary_of(path);
        let mut file = new_file(&temporary)?;
        file.write_all(bytes).map_err(Error::io("write a file"))?;
        self.file(&file, &temporary)?;
        fs::rename(&temporary, path).map_err(Error::io("rename a file"))?;
        path.parent().map_or(Ok(()), |folder| self.folder(folder))
    }

    /// The same for a file of secrets: the one that was replaced has no name any more, but its blocks
    /// live on, so it is overwritten.
    pub(crate) fn replace_secret(&self, path: &Path, bytes: &[u8]) -> Result<()> {
        let old = OpenOptions::new().write(true).open(path).ok();
        self.replace(path, bytes).inspect_err(|_| destroy(&temporary_of(path)))?;
        let Some(mut old) = old else { return Ok(()) };
        let doing = "overwrite old keys";
        let length = old.metadata().map_err(Error::io(doing))?.len();
        let zeros = vec![0; usize::try_from(length).unwrap_or(0)];
        old.write_all(&zeros).map_err(Error::io(doing))?;
        self.file(&old, Path::new("old keys"))
    }
}

/// Files without which nothing opens are kept twice.
impl Fsync {
    /// Replaces such a file, its copy first: until the file itself is there, the old one counts.
    pub(crate) fn replace_both(&self, path: &Path, bytes: &[u8]) -> Result<()> {
        self.replace_secret(&copy_of(path), bytes)?;
        self.replace_secret(path, bytes)
    }

    /// After a replacement that failed before the file itself: its copy is as the file again, or gone until the next
    /// start makes it anew.
    pub(crate) fn withdraw(&self, path: &Path, is_sound: impl Fn(&[u8]) -> bool) {
        if self.mend(path, &is_sound).is_err()
            && let (Ok(Some(held)), Ok(Some(copy))) = (read(path), read(&copy_of(path)))
            && is_sound(&held)
            && held != copy
        {
            destroy(&copy_of(path));
        }
    }

    /// Makes file and copy equal again: the file counts if it is sound. Answers whether it was the file that
    /// had to be brought back.
    pub(crate) fn mend(&self, path: &Path, is_sound: impl Fn(&[u8]) -> bool) -> Result<bool> {
        let (copy, other) = (copy_of(path), read(&copy_of(path))?);
        match (read(path)?, other) {
            (Some(bytes), other) if is_sound(&bytes) => {
                if other.is_none_or(|other| other != bytes) {
                    self.replace_secret(&copy, &bytes)?;
                }
                Ok(false)
            }
            (_, Some(bytes)) if is_sound(&bytes) => {
                self.replace_secret(path, &bytes)?;
                Ok(true)
            }
            _ => Ok(false),
        }
    }
}

/// Where the copy of a file lies.
fn copy_of(path: &Path) -> PathBuf {
    beside(path, ".copy")
}

/// Where a file is written before it takes its name.
fn temporary_of(path: &Path) -> PathBuf {
    beside(path, ".new")
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// Overwrites and removes a file of secrets that nobody is to find, as far as the disk lets it.
fn destroy(path: &Path) {
    if let Ok(mut file) = OpenOptions::new().write(true).open(path) {
        let length = file.metadata().map_or(0, |about| about.len());
        file.write_all(&vec![0; usize::try_from(length).unwrap_or(0)]).ok();
        fs::remove_file(path).ok();
    }
}

/// Reads a file that is kept twice: the copy, where the file itself is missing or damaged.
pub(crate) fn read_either<T>(
    path: &Path,
    decode: impl Fn(&[u8]) -> Result<T>,
) -> Result<Option<T>> {
    let first = read(path)?.map(|bytes| decode(&bytes));
    if matches!(first, None | Some(Err(Error::Damaged { .. })))
        && let Some(Ok(found)) = read(&copy_of(path))?.map(|bytes| decode(&bytes))
    {
        return Ok(Some(found));
    }
    first.transpose()
}

/// Creates or empties a file that only its owner can read.
pub(crate) fn new_file(path: &Path) -> Result<File> {
    OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(path)
        .map_err(Error::io("create a file"))
}

/// Creates a folder that only its owner can enter, with its parents.
pub(crate) fn new_folder(path: &Path) -> Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(path).map_err(Error::io("create a folder"))
}

/// Reads a whole file; `None` if there is none.
pub(crate) fn read(path: &Path) -> Result<Option<Vec<u8>>> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Error::Io { doing: "read a file", source: error }),
    }
}
