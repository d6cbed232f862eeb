//! The user's own policies and letters: plain files of the profile, which a backup takes along, sealed.

use std::{
    fs, io,
    io::Write,
    path::{Component, Path},
};

use super::{
    bytes::{Reader, Writer},
    disk::{self, Fsync},
    error::{Error, Result},
};

/// The folders in which they are.
const FOLDERS: [&str; 2] = ["policies", "letters"];
/// A longer one is no policy and no letter to the program either.
const LONGEST: u64 = 1024 * 1024;
const WHAT: &str = "the backup";
const READING: &str = "read your own policies and letters";

/// Path inside the profile, and content.
pub(crate) type Own = Vec<(String, Vec<u8>)>;

/// What a profile has of them.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// What a backup takes along.
    pub(crate) own: Own,
    /// How many it leaves out: too long, too deep in folders, or with a name that is no text.
    pub(crate) left_out: u64,
}

/// Reads them; those of one policy's letters lie a folder deeper.
pub(crate) fn read(profile: &Path) -> Result<Found> {
    let mut found = Found::default();
    for folder in FOLDERS {
        read_folder(profile, folder, 1, &mut found)?;
    }
    found.own.sort();
    Ok(found)
}

fn read_folder(profile: &Path, folder: &str, deeper: u8, found: &mut Found) -> Result<()> {
    let Some(entries) = there(fs::read_dir(profile.join(folder)))? else { return Ok(()) };
    for entry in entries {
        let path = entry.map_err(Error::io(READING))?.path();
        // An editor's lock leads nowhere, and what was there a moment ago may be gone.
        let Some(about) = there(fs::metadata(&path))? else { continue };
        match path.file_name().and_then(|name| name.to_str()) {
            Some(name) if about.is_dir() && deeper > 0 => {
                read_folder(profile, &format!("{folder}/{name}"), deeper - 1, found)?;
            }
            Some(name) if about.is_file() && about.len() <= LONGEST => {
                let bytes = there(fs::read(&path))?;
                found.own.extend(bytes.map(|bytes| (format!("{folder}/{name}"), bytes)));
            }
            _ => found.left_out += 1,
        }
    }
    Ok(())
}

/// What is there; nothing where nothing is found.
fn there<T>(answer: io::Result<T>) -> Result<Option<T>> {
    match answer {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        answer => answer.map(Some).map_err(Error::io(READING)),
    }
}

/// Puts them into a new profile, on the disk.
pub(crate) fn write(profile: &Path, own: &Own, fsync: &Fsync) -> Result<()> {
    for (name, bytes) in own {
        let path = profile.join(name);
        let folder = path.parent().unwrap_or(profile);
        disk::new_folder(folder)?;
        let mut file = disk::new_file(&path)?;
        file.write_all(bytes).map_err(Error::io("write your own policies and letters"))?;
        fsync.file(&file, &path)?;
        fsync.folder(folder)?;
    }
    Ok(())
}

/// The bytes of all of them, not sealed yet.
pub(crate) fn encode(own: &Own) -> Vec<u8> {
    let mut out = Writer::default();
    for (name, bytes) in own {
        out.bytes(name.as_bytes()).bytes(bytes);
    }
    out.0
}

/// Reads them back; a path that leads anywhere else is damage.
pub(crate) fn decode(bytes: &[u8]) -> Result<Own> {
    let mut reader = Reader::new(bytes, WHAT);
    let mut own = Own::new();
    while reader.left() > 0 {
        let name = String::from_utf8(reader.bytes()?.to_vec()).ok().filter(|name| is_inside(name));
        own.push((name.ok_or(Error::Damaged { what: WHAT })?, reader.bytes()?.to_vec()));
    }
    Ok(own)
}

/// Whether this is the path of a file in one of the folders, or one deeper.
fn is_inside(name: &str) -> bool {
    let parts: Vec<Component<'_>> = Path::new(name).components().collect();
    let is_plain = parts.iter().all(|part| matches!(part, Component::Normal(_)));
    let folder = name.split('/').next().unwrap_or_default();
    is_plain && (2..=3).contains(&parts.len()) && FOLDERS.contains(&folder) && !name.contains('\0')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_leads_nowhere_is_passed_over_and_what_is_left_out_is_counted() {
        let profile = tempfile::tempdir().unwrap();
        let path = |name: &str| profile.path().join(name);
        fs::create_dir_all(path("letters/ours/old")).unwrap();
        fs::create_dir(path("policies")).unwrap();
        for name in ["policies/ours.toml", "letters/ours/central.txt", "letters/ours/old/a.txt"] {
            fs::write(path(name), "ours").unwrap();
        }
        std::os::unix::fs::symlink("amara@desk.4711", path("policies/.#ours.toml")).unwrap();
        let found = read(profile.path()).unwrap();
        let names: Vec<&str> = found.own.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["letters/ours/central.txt", "policies/ours.toml"]);
        assert_eq!(found.left_out, 1, "the folder in a folder");
        fs::File::create(path("letters/long.txt")).unwrap().set_len(LONGEST + 1).unwrap();
        let no_text: &std::ffi::OsStr = std::os::unix::ffi::OsStrExt::from_bytes(b"letters/\xff");
        fs::write(profile.path().join(no_text), "ours").unwrap();
        assert_eq!(read(profile.path()).unwrap().left_out, 3);
    }

    #[test]
    fn only_paths_inside_the_two_folders_are_taken() {
        let own = |name: &str| decode(&encode(&vec![(name.to_owned(), vec![1])]));
        for good in ["policies/ours.toml", "letters/summary.txt", "letters/ljmu/central.txt"] {
            assert_eq!(own(good).unwrap(), [(good.to_owned(), vec![1])]);
        }
        for bad in ["../x", "/etc/x", "policies", "policies/../../x", "db/db", "letters/a/b/c", ""]
        {
            assert!(own(bad).is_err(), "{bad}");
        }
    }
}
