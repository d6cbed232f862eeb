//! Files of the user's own: what is in a folder, and lists to import. Every answer is a sentence or a value.

use std::{
    fs::{self, DirBuilder, File, OpenOptions},
    io::{self, Read, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::{
    app::msg::{Destination, FolderEntry, Msg, Rejects},
    exchange::{list::List, rejects},
};

/// No list of a school comes near it.
const LARGEST: u64 = 64 * 1024 * 1024;

/// More than anybody looks through.
const MOST_ENTRIES: usize = 10_000;

/// How often the rejected rows of one list are saved side by side.
const MOST_REJECTS: u32 = 99;

/// What kinds of failures mean, in words that need no manual.
const REASONS: [(io::ErrorKind, &str); 9] = [
    (io::ErrorKind::NotFound, "there is no such file or folder"),
    (io::ErrorKind::PermissionDenied, "you are not allowed to"),
    (io::ErrorKind::IsADirectory, "it is a folder"),
    (io::ErrorKind::NotADirectory, "what should be a folder is a file"),
    (io::ErrorKind::AlreadyExists, "there is such a file already"),
    (io::ErrorKind::StorageFull, "the disk is full"),
    (io::ErrorKind::ReadOnlyFilesystem, "the disk is read-only"),
    (io::ErrorKind::InvalidData, "it is no UTF-8 text"),
    (io::ErrorKind::InvalidFilename, "no file can be called that"),
];

/// Why a file or folder cannot be read or written.
#[must_use]
pub fn reason(error: &io::Error) -> String {
    let known = REASONS.iter().find(|(kind, _)| *kind == error.kind());
    known.map_or_else(|| error.to_string(), |(_, words)| (*words).to_owned())
}

/// What is in the folder, sorted by name.
#[must_use]
pub fn list_folder(path: PathBuf) -> Msg {
    let entries = entries(&home(&path))
        .map_err(|error| format!("{} cannot be read: {}.", path.display(), reason(&error)));
    Msg::FolderListed(path, entries)
}

fn entries(folder: &Path) -> io::Result<Vec<FolderEntry>> {
    let mut entries = Vec::new();
    for entry in fs::read_dir(folder)?.take(MOST_ENTRIES) {
        let entry = entry?;
        // A link counts as what it leads to.
        let is_folder = fs::metadata(entry.path()).is_ok_and(|metadata| metadata.is_dir());
        entries.push(FolderEntry {
            name: entry.file_name().to_string_lossy().into_owned(),
            is_folder,
        });
    }
    entries.sort_unstable_by(|a, b| a.name.cmp(&b.name));
    Ok(entries)
}

/// The list in the file.
#[must_use]
pub fn read_list(path: PathBuf) -> Msg {
    let list = bytes(&home(&path))
        .map_err(|error| format!("{} cannot be read: {}.", path.display(), reason(&error)))
        .and_then(|bytes| List::read(&bytes).map_err(|refusal| refusal.to_string()));
    Msg::ListRead(path, list.map(Arc::new))
}

/// Saves the rejected rows of a list beside it, and never over another file.
#[must_use]
pub fn save_rejects(rejects: &Rejects) -> Msg {
    let Rejects { path, list, rejected } = rejects;
    let csv = rejects::csv(list, rejected);
    match write_beside(&home(path), &csv) {
        Ok(saved) => {
            let rows = match rejected.len() {
                1 => "1 rejected row is".to_owned(),
                rows => format!("{rows} rejected rows are"),
            };
            Msg::Told(format!("{rows} saved in {}", saved.display()))
        }
        Err(error) => {
            Msg::Failed(format!("The rejected rows cannot be saved: {}.", reason(&error)))
        }
    }
}

fn write_beside(list: &Path, bytes: &[u8]) -> io::Result<PathBuf> {
    let stem = list.file_stem().unwrap_or_default().to_string_lossy();
    for number in 1..=MOST_REJECTS {
        let count = if number == 1 { String::new() } else { format!("-{number}") };
        let path = list.with_file_name(format!("{stem}-rejected{count}.csv"));
        match OpenOptions::new().write(true).create_new(true).open(&path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            opened => {
                let mut file = opened?;
                file.write_all(bytes)?;
                file.sync_all()?;
                return Ok(path);
            }
        }
    }
    Err(io::Error::other("there are too many such files in the folder already"))
}

/// Writes letters where only their owner can read them, and never over another file; says what was done.
///
/// # Errors
/// A sentence; then none of them is there.
pub fn save_letters(to: &Destination, files: &[(String, Vec<u8>)]) -> Result<String, String> {
    let mut written = Vec::new();
    let saved = match to {
        Destination::File(path) => {
            let path = home(path);
            let all = files.iter().try_for_each(|(_, bytes)| {
                written.push(new_file(&path, bytes)?);
                Ok(())
            });
            all.map_err(|error: io::Error| (path, error))
        }
        Destination::Folder(folder) => {
            let folder = home(folder);
            let made = DirBuilder::new().recursive(true).mode(0o700).create(&folder);
            made.map_err(|error| (folder.clone(), error)).and_then(|()| {
                files.iter().try_for_each(|(name, bytes)| {
                    let path = folder.join(name);
                    written.push(new_file(&path, bytes).map_err(|error| (path, error))?);
                    Ok(())
                })
            })
        }
    };
    match saved {
        Ok(()) => {
            let place = match to {
                Destination::File(path) | Destination::Folder(path) => path.display(),
            };
            let what = match files.len() {
                1 => "It is".to_owned(),
                count => format!("{count} letters are"),
            };
            Ok(format!("{what} saved in {place}, not sealed: whoever gets it can read it."))
        }
        Err((path, error)) => {
            for path in written {
                fs::remove_file(path).ok();
            }
            let place = path.display();
            Err(if error.kind() == io::ErrorKind::AlreadyExists {
                taken(&path)
            } else {
                format!("{place} cannot be written: {}. Nothing has left.", reason(&error))
            })
        }
    }
}

/// Why a file cannot be written, if one of its name is there already: nothing is ever written over.
#[must_use]
pub fn in_the_way(to: &Destination, files: &[(String, Vec<u8>)]) -> Option<String> {
    let mut paths = match to {
        Destination::File(path) => vec![home(path)],
        Destination::Folder(folder) => {
            let folder = home(folder);
            files.iter().map(|(name, _)| folder.join(name)).collect()
        }
    };
    paths.retain(|path| path.exists());
    paths.first().map(|path| taken(path))
}

fn taken(path: &Path) -> String {
    let place = path.display();
    format!("There is a file {place} already: choose another name. Nothing was written.")
}

fn new_file(path: &Path, bytes: &[u8]) -> io::Result<PathBuf> {
    let mut options = OpenOptions::new();
    let mut file = options.write(true).create_new(true).mode(0o600).open(path)?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    // A part of it would be one that leaves.
    written.inspect_err(|_| drop(fs::remove_file(path)))?;
    Ok(path.to_path_buf())
}

/// The whole file, unless it is larger than any list.
///
/// # Errors
/// When it cannot be read.
pub fn bytes(path: &Path) -> io::Result<Vec<u8>> {
    let file = File::open(path)?;
    if !file.metadata()?.is_file() {
        // A pipe or a device might never end.
        return Err(io::Error::other("it is no file"));
    }
    let mut bytes = Vec::new();
    file.take(LARGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST {
        return Err(io::Error::other(format!("it is larger than {} MiB", LARGEST / (1024 * 1024))));
    }
    Ok(bytes)
}

/// `~` in front is the home folder, as in a shell.
#[must_use]
pub fn home(path: &Path) -> PathBuf {
    match (path.strip_prefix("~"), etcetera::home_dir()) {
        (Ok(rest), Ok(home)) => home.join(rest),
        _ => path.to_path_buf(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_listed_by_name_and_says_what_is_a_folder() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("b")).unwrap();
        fs::write(folder.path().join("a.csv"), "").unwrap();
        let Msg::FolderListed(path, Ok(entries)) = list_folder(folder.path().into()) else {
            panic!()
        };
        assert_eq!(path, folder.path());
        let seen: Vec<_> =
            entries.iter().map(|entry| (entry.name.as_str(), entry.is_folder)).collect();
        assert_eq!(seen, [("a.csv", false), ("b", true)]);
    }

    #[test]
    fn rejected_rows_never_overwrite_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let list = folder.path().join("tutees.xlsx");
        let first = write_beside(&list, b"one").unwrap();
        let second = write_beside(&list, b"two").unwrap();
        assert_eq!(first, folder.path().join("tutees-rejected.csv"));
        assert_eq!(second, folder.path().join("tutees-rejected-2.csv"));
        assert_eq!(fs::read(first).unwrap(), b"one");
    }

    #[test]
    fn what_cannot_be_read_is_told_in_a_sentence() {
        let folder = tempfile::tempdir().unwrap();
        let told = |path: PathBuf| {
            let Msg::ListRead(_, Err(why)) = read_list(path) else { panic!() };
            why
        };
        assert!(told(folder.path().into()).ends_with("it is no file."));
        assert!(told("x".repeat(300).into()).ends_with(": no file can be called that."));
        assert!(told("/nowhere/at/all".into()).starts_with("/nowhere/at/all cannot be read: "));
    }
}
