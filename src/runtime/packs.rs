//! The user's own policies and letters: the folders `policies` and `letters` of the profile.

use std::{fs, io, path::Path};

use crate::exchange::packs::{Packs, Texts};

/// A pack or a letter is no longer than this.
const LONGEST: u64 = 1024 * 1024;

/// The packs for the profile in this folder, and what could not be read, in sentences.
#[must_use]
pub fn find(profile: &Path) -> (Packs, Vec<String>) {
    let mut faults = Vec::new();
    let mut texts = |folder: &str, deep: bool| {
        let mut found = Texts::new();
        if let Err(error) = read(&profile.join(folder), "", deep, &mut found) {
            faults.push(format!("The folder {folder} cannot be read: {error}."));
        }
        found
    };
    let packs = Packs::new(texts("policies", false), texts("letters", true));
    (packs, faults)
}

/// Reads the texts of a folder, and of the folders in it where letters of one policy are.
fn read(folder: &Path, prefix: &str, deep: bool, found: &mut Texts) -> io::Result<()> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    for entry in entries {
        let entry = entry?;
        let Ok(name) = entry.file_name().into_string() else { continue };
        let name = format!("{prefix}{name}");
        // An editor's lock leads nowhere.
        let about = match fs::metadata(entry.path()) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            about => about?,
        };
        if about.is_dir() && deep {
            read(&entry.path(), &format!("{name}/"), false, found)?;
        } else if about.is_file() && about.len() <= LONGEST {
            let bytes = fs::read(entry.path())?;
            found.insert(name, String::from_utf8_lossy(&bytes).into_owned());
        }
    }
    Ok(())
}

/// What tells whether the user's own policies and letters are as they were: names, lengths and times of change.
#[must_use]
pub fn stamp(profile: &Path) -> String {
    let mut files = Vec::new();
    for folder in ["policies", "letters"] {
        stamp_folder(&profile.join(folder), &mut files);
    }
    files.sort();
    files.join("\n")
}

fn stamp_folder(folder: &Path, files: &mut Vec<String>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let Ok(about) = fs::metadata(entry.path()) else { continue };
        if about.is_dir() {
            stamp_folder(&entry.path(), files);
        } else {
            files.push(format!(
                "{} {} {:?}",
                entry.path().display(),
                about.len(),
                about.modified()
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_without_own_rules_has_the_built_in_ones() {
        let folder = tempfile::tempdir().unwrap();
        let (packs, faults) = find(folder.path());
        assert_eq!(packs, Packs::default());
        assert_eq!(faults, Vec::<String>::new());
    }

    #[test]
    fn own_policies_and_letters_are_found_by_their_names() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("letters/ljmu")).unwrap();
        fs::create_dir_all(folder.path().join("policies")).unwrap();
        fs::write(folder.path().join("letters/summary.txt"), "Subject: S\n").unwrap();
        fs::write(folder.path().join("letters/ljmu/central.txt"), "Subject: C\n").unwrap();
        fs::write(folder.path().join("policies/ours.toml"), "code = 1").unwrap();
        let lock = folder.path().join("policies/.#ours.toml");
        std::os::unix::fs::symlink("amara@desk.4711", lock).unwrap();
        let (packs, faults) = find(folder.path());
        assert_eq!(faults, Vec::<String>::new());
        assert_eq!(packs.letter("summary.txt"), Some("Subject: S\n"));
        assert_eq!(packs.letter("ljmu/central.txt"), Some("Subject: C\n"));
        assert!(packs.offers().iter().any(|offer| offer.code == "ours"));
        let (policy, faults) = packs.policy("ours");
        assert!(policy.is_none());
        assert!(faults.iter().all(|fault| fault.contains("policies/ours.toml")), "{faults:?}");
        assert!(!faults.is_empty());
    }
}
