//! Where files are, and that nobody else can read them.

use std::{
    fs, io,
    os::unix::fs::{DirBuilderExt, PermissionsExt},
    path::{Path, PathBuf},
};

use etcetera::{AppStrategy, AppStrategyArgs, app_strategy::Xdg};
use rustix::{
    fs::Mode,
    process::{Resource, Rlimit},
};

/// Only the owner may enter.
const PRIVATE: u32 = 0o700;

/// The folders and files of the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paths {
    /// The profile: everything that is known, sealed.
    pub profile: PathBuf,
    /// The settings of the user.
    pub settings: PathBuf,
    /// The log, written only when the settings ask for it.
    pub log: PathBuf,
}

impl Paths {
    /// The user's own folders, or everything in `data` when that is given.
    ///
    /// # Errors
    /// When the home folder is unknown.
    pub fn find(data: Option<&Path>) -> io::Result<Self> {
        if let Some(data) = data {
            let data = std::path::absolute(data)?;
            return Ok(Self {
                settings: data.join("config.toml"),
                log: data.join("tutelage.log"),
                profile: data,
            });
        }
        let names = AppStrategyArgs {
            top_level_domain: "org".into(),
            author: "tutelage".into(),
            app_name: "tutelage".into(),
        };
        let folders = Xdg::new(names).map_err(io::Error::other)?;
        Ok(Self {
            profile: folders.in_data_dir("default"),
            settings: folders.in_config_dir("config.toml"),
            log: folders.state_dir().unwrap_or_else(|| folders.data_dir()).join("tutelage.log"),
        })
    }
}

/// The folders that may be profiles of this user: those beside the usual one, and those beside this one.
#[must_use]
pub fn profiles(beside: &Path) -> Vec<PathBuf> {
    let usual = Paths::find(None).ok().map(|paths| paths.profile);
    let places = [Some(beside), usual.as_deref()].into_iter().flatten().filter_map(Path::parent);
    let mut all: Vec<PathBuf> = places
        .filter_map(|place| fs::read_dir(place).ok())
        .flat_map(|entries| entries.flatten().map(|entry| entry.path()))
        .filter(|path| path.is_dir() && path != beside)
        .collect();
    all.sort();
    all.dedup();
    all
}

/// Makes the folder and its parents for the owner alone; one that exists is closed to others.
///
/// # Errors
/// When it cannot be made, or belongs to somebody else.
pub fn private_folder(folder: &Path) -> io::Result<()> {
    fs::DirBuilder::new().recursive(true).mode(PRIVATE).create(folder)?;
    let open = fs::metadata(folder)?.permissions().mode() & 0o077 != 0;
    if open { fs::set_permissions(folder, fs::Permissions::from_mode(PRIVATE)) } else { Ok(()) }
}

/// From now on new files are for the owner alone, and a crash leaves no image of the memory.
pub fn keep_private() {
    rustix::process::umask(Mode::from_raw_mode(0o077));
    let none = Rlimit { current: Some(0), maximum: Some(0) };
    // Only a limit below the wish can refuse this, and then it is met already.
    rustix::process::setrlimit(Resource::Core, none).ok();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_of_ours_is_closed_to_others() {
        let folder = tempfile::tempdir().unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        let deep = folder.path().join("a/b");
        private_folder(&deep).unwrap();
        assert_eq!(mode(&deep), PRIVATE);
        fs::set_permissions(&deep, fs::Permissions::from_mode(0o755)).unwrap();
        private_folder(&deep).unwrap();
        assert_eq!(mode(&deep), PRIVATE);
    }

    #[test]
    fn another_data_folder_holds_everything() {
        let paths = Paths::find(Some(Path::new("/x/y"))).unwrap();
        assert_eq!(paths.profile, Path::new("/x/y"));
        assert_eq!(paths.settings, Path::new("/x/y/config.toml"));
    }
}
