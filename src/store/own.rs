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

/// Path inside the profile, and content.
pub(crate) type Own = Vec<(String, Vec<u8>)>;

/// Reads them; those of one policy's letters lie a folder deeper.
pub(crate) fn read(profile: &Path) -> Result<Own> {
    let mut own = Own::new();
    for folder in FOLDERS {
        read_folder(profile, folder, 1, &mut own)?;
    }
    own.sort();
    Ok(own)
}

fn read_folder(profile: &Path, folder: &str, deeper: u8, own: &mut Own) -> Result<()> {
    let doing = "read your own policies and letters";
    let entries = match fs::read_dir(profile.join(folder)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries.map_err(Error::io(doing))?,
    };
    for entry in entries {
        let path = entry.map_err(Error::io(doing))?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        let name = format!("{folder}/{name}");
        let about = fs::metadata(&path).map_err(Error::io(doing))?;
        if about.is_dir() && deeper > 0 {
            read_folder(profile, &name, deeper - 1, own)?;
        } else if about.is_file() && about.len() <= LONGEST {
            own.push((name, fs::read(path).map_err(Error::io(doing))?));
        }
    }
    Ok(())
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
