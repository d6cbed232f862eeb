//! Making and opening a profile, for writing or as a view of what another process holds.

use std::{fs, path::Path};

use super::{
    Loaded, Options, Store,
    disk::new_folder,
    engine::Engine,
    engine_path,
    error::{Error, Result},
    journal::{self, Journal},
    journal_path,
    keyring::Keyring,
    keyring_path,
    keys::{Keys, Secret},
    keys_path, kinds, load,
    lock::Lock,
    page::{self, Sight},
    recover::Opening,
    recovery::RecoveryCode,
    replay::{Replayed, replayed},
    seal::Key,
    snapshots::{self, Shelf},
    vault::Vault,
};

/// Bytes that must be free beside three times the database.
const SPARE: u64 = 64 * 1024 * 1024;
const MIB: u64 = 1024 * 1024;

impl Store {
    /// Makes a profile in a folder that has none, and opens it. The recovery code is shown once and kept
    /// nowhere.
    ///
    /// # Errors
    /// When there is a profile already, or a file cannot be written.
    pub fn create(
        folder: &Path,
        secret: &Secret,
        utc_ms: i64,
        options: Options,
    ) -> Result<(Self, Option<RecoveryCode>)> {
        new_folder(folder)?;
        let lock = Lock::take(&folder.join("lock"), utc_ms)?;
        if Keys::read(&keys_path(folder))?.is_some() {
            return Err(Error::ProfileExists);
        }
        if has_lost_keys(folder)? {
            return Err(Error::KeysLost);
        }
        require_space(folder)?;
        let (keys, data, code) = Keys::new(secret, options.cost)?;
        let fsync = options.fsync.clone();
        let ring = Keyring::new(keyring_path(folder), fsync.clone(), keys.database);
        ring.write(&data)?;
        let journal = Journal::create(journal_path(folder), keys.database, fsync.clone())?;
        let mut engine = Engine::open(&engine_path(folder), kinds(), &fsync)?;
        engine.flush()?;
        fsync.folder(folder)?;
        // The keys come last: a folder without them is no profile, and creation can be repeated.
        keys.write(&keys_path(folder), &fsync)?;
        if let Some(parent) = folder.parent().filter(|parent| parent.is_dir()) {
            fsync.folder(parent)?;
        }
        let vault = Some(Vault::new(keys.database, data, ring, options.sealing));
        let folder = folder.to_owned();
        let shelf = Shelf::default();
        let store = Self {
            folder,
            options,
            keys,
            vault,
            engine,
            journal,
            shelf,
            dead: None,
            has_page: false,
            _lock: lock,
        };
        Ok((store, code))
    }

    /// Opens a profile for writing and loads its records.
    ///
    /// # Errors
    /// When there is no profile, the secret is wrong, another process holds it ([`Error::Held`]), the
    /// disk is too full, or what is there can neither be read nor rebuilt.
    pub fn open(
        folder: &Path,
        secret: &Secret,
        utc_ms: i64,
        options: Options,
    ) -> Result<(Self, Loaded)> {
        Self::open_showing(folder, secret, utc_ms, options, &mut |_| {})
    }

    /// The same; `show` gets the first page that was kept, if it shows what the profile holds, and then how far the
    /// records are loaded.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn open_showing(
        folder: &Path,
        secret: &Secret,
        utc_ms: i64,
        options: Options,
        show: &mut dyn FnMut(Sight<'_>),
    ) -> Result<(Self, Loaded)> {
        let keys = read_keys(folder)?.ok_or(Error::NoProfile)?;
        let lock = Lock::seize(&folder.join("lock"))?;
        if !keys.is_open() {
            // A passphrase takes a while, and so long somebody else may ask who has it.
            lock.sign(utc_ms)?;
        }
        let data = keys.unlock(secret)?;
        // Before all that takes longer for more students: the page needs none of their keys.
        let page = page::read(folder, &keys, &data, &options);
        if let Some(page) = &page {
            show(Sight::Page(page));
        }
        lock.sign(utc_ms)?;
        require_space(folder)?;
        let vault = vault(folder, &keys, data, &options)?;
        let mended = mend(folder, &vault, &options)?;
        let Brought { engine, journal, shelf, has_repaired, mut loaded } =
            Brought::together(folder, keys.database, &vault, &options, show)?;
        loaded.notices.extend(mended.into_iter().chain(warn_of_network(folder)));
        let has_page = page.is_some() && !has_repaired;
        let (folder, vault) = (folder.to_owned(), Some(vault));
        let store = Self {
            folder,
            options,
            keys,
            vault,
            engine,
            journal,
            shelf,
            dead: None,
            has_page,
            _lock: lock,
        };
        Ok((store, loaded))
    }

    /// Looks at a profile that another process holds: reads its newest snapshot and its journal, writes
    /// nothing. What a newer version of the program wrote is left out, and said to be.
    ///
    /// # Errors
    /// When there is no profile, the secret is wrong, or the journal cannot be read.
    pub fn open_read_only(folder: &Path, secret: &Secret, options: &Options) -> Result<Loaded> {
        let keys = read_keys(folder)?.ok_or(Error::NoProfile)?;
        let vault = unlock(folder, &keys, secret, options)?;
        let replayed = newest(folder, &keys.database)?;
        let sealed: Vec<_> = replayed.records.into_iter().collect();
        let mut notices = vec!["This view is read-only.".to_owned()];
        if !replayed.is_whole {
            notices.push(
                "A part of what was saved cannot be read from here: this view is not complete."
                    .to_owned(),
            );
        }
        Ok(load::open_all(&sealed, &vault).into_loaded(notices))
    }
}

/// Database, journal and snapshots of a profile, after what was broken has been repaired.
pub(crate) struct Brought {
    pub engine: Engine,
    pub journal: Journal,
    pub shelf: Shelf,
    /// Whether anything had to be rebuilt.
    pub has_repaired: bool,
    pub loaded: Loaded,
}

impl Brought {
    /// Opens them, repairs what has to be repaired, and loads the records.
    pub(crate) fn together(
        folder: &Path,
        database: [u8; 16],
        vault: &Vault,
        options: &Options,
        show: &mut dyn FnMut(Sight<'_>),
    ) -> Result<Self> {
        let mut tell = |percent| show(Sight::Loaded(percent));
        let mut opening = Opening::new(folder, database, options);
        let (mut engine, mut journal) = opening.open()?;
        let mut found = load::load_telling(&engine, vault, &mut tell);
        let broken = match &found {
            Ok(found) if found.unreadable > 0 => opening.differing(&engine)? > 0,
            Ok(found) => !found.complete,
            Err(error) => !matches!(error, Error::Newer),
        };
        if broken && opening.has_base()? {
            drop((engine, journal));
            (engine, journal) = opening.rebuild("did not hold all records")?;
            found = load::load_telling(&engine, vault, &mut tell);
        }
        let foreign = snapshots::set_aside(folder, engine.progress().head.sequence)?;
        let has_repaired = opening.has_repaired();
        let shelf = Shelf::of(folder, has_repaired)?;
        let mut loaded = found?.into_loaded(opening.notices());
        loaded.notices.extend(foreign);
        Ok(Self { engine, journal, shelf, has_repaired, loaded })
    }
}

/// What the newest snapshot that holds together, or the beginning of the journal, leads to.
fn newest(folder: &Path, database: &[u8; 16]) -> Result<Replayed> {
    for kept in snapshots::list(folder)? {
        let Ok(snapshot) = snapshots::open(&kept.path, database) else { continue };
        if let Ok(replayed) = replayed(folder, database, Some(snapshot)) {
            return Ok(replayed);
        }
    }
    replayed(folder, database, None)
}

/// The keys of a profile; none where there is no profile, or only the beginning of one.
pub(crate) fn read_keys(folder: &Path) -> Result<Option<Keys>> {
    match Keys::read(&keys_path(folder))? {
        None if has_lost_keys(folder)? => Err(Error::KeysLost),
        keys => Ok(keys),
    }
}

/// Whether records lie in a folder that has no keys. The journal is made before the database, so that a
/// database without one is no creation that was cut short.
fn has_lost_keys(folder: &Path) -> Result<bool> {
    let journal = journal_path(folder);
    let alone = engine_path(folder).join("db").exists() && journal::segments(&journal)?.is_empty();
    Ok(alone || journal::has_entries(&journal)?)
}

/// The vault of a profile, for who knows the secret.
pub(crate) fn unlock(
    folder: &Path,
    keys: &Keys,
    secret: &Secret,
    options: &Options,
) -> Result<Vault> {
    vault(folder, keys, keys.unlock(secret)?, options)
}

/// The vault that the data key opens, with the keys of the students.
fn vault(folder: &Path, keys: &Keys, data: Key, options: &Options) -> Result<Vault> {
    let ring = Keyring::read(&keyring_path(folder), &options.fsync, keys.database, &data)?;
    Ok(Vault::new(keys.database, data, ring, options.sealing))
}

/// Brings the files back without which nothing opens, from their copies; says which.
pub(crate) fn mend(folder: &Path, vault: &Vault, options: &Options) -> Result<Vec<String>> {
    let are_keys = |bytes: &[u8]| Keys::decode(bytes).is_ok();
    let is_mended =
        [("keys", options.fsync.mend(&keys_path(folder), are_keys)?), ("keyring", vault.mend()?)];
    let told = |(name, _)| {
        format!("The file `{name}` was missing or damaged; it was brought back from its copy.")
    };
    Ok(is_mended.into_iter().filter(|(_, is_mended)| *is_mended).map(told).collect())
}

/// sled cannot open on a full disk, and fails for good when the disk fills up.
pub(crate) fn require_space(folder: &Path) -> Result<()> {
    let database = fs::metadata(engine_path(folder).join("db")).map_or(0, |file| file.len());
    require_free(folder, database.saturating_mul(3).saturating_add(SPARE))
}

impl Store {
    /// How many MiB of the disk are free, where the profile could not be opened again with so few.
    #[must_use]
    pub fn short_of_space(&self) -> Option<u64> {
        match require_space(&self.folder) {
            Err(Error::Full { free_mib, .. }) => Some(free_mib),
            Ok(()) | Err(_) => None,
        }
    }
}

/// Refuses while less than this is free, before anything is written.
pub(crate) fn require_free(folder: &Path, needed: u64) -> Result<()> {
    let doing = "ask how much of the disk is free";
    let disk = rustix::fs::statvfs(folder).map_err(|error| Error::io(doing)(error.into()))?;
    let free = disk.f_bavail.saturating_mul(disk.f_frsize);
    if free < needed {
        return Err(Error::Full { free_mib: free / MIB, needed_mib: needed.div_ceil(MIB) });
    }
    Ok(())
}

#[cfg(target_os = "linux")]
fn warn_of_network(folder: &Path) -> Option<String> {
    const NFS: i64 = 0x6969;
    let disk = rustix::fs::statfs(folder).ok()?;
    (disk.f_type == NFS).then(|| {
        "This profile lies on a network file system, where locks and saves are not certain: keep it on \
         a local disk."
            .to_owned()
    })
}

#[cfg(not(target_os = "linux"))]
fn warn_of_network(_: &Path) -> Option<String> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::{
            record::{Record, Revision},
            tutor::{Role, Tutor, TutorId},
            word::Choice,
        },
        store::{
            Cost,
            frame::{Deed, Image, tests::header},
            vault::By,
        },
    };

    fn tutor(byte: u8, name: &str) -> Record {
        Record::Tutor(Tutor {
            id: TutorId::from_bytes([byte; 16]),
            name: name.into(),
            email: String::new(),
            number: String::new(),
            school: String::new(),
            role: Role::Tutor,
        })
    }

    #[test]
    fn a_profile_of_a_newer_version_is_not_written_to_but_may_be_looked_at() {
        let folder = tempfile::tempdir().unwrap();
        let cost = Cost { memory_kib: 64, passes: 1 };
        let options = Options { cost, ..Options::default() };
        let (mut store, _) =
            Store::create(folder.path(), &Secret::None, 0, options.clone()).unwrap();
        let by = By { author: [0; 16], replica: [0; 16] };
        let images = [(1, 1), (2, 9)].map(|(byte, schema)| {
            let record = tutor(byte, "Dr Amara Okafor");
            let sealed = store.vault().unwrap().seal_as(&record, Revision::FIRST, &by, schema);
            let (tree, record) = (record.id().kind.code(), record.id().bytes);
            Image { tree, record, before: None, after: Some(sealed.unwrap()) }
        });
        store.write_whole(&header(1, Deed::Commit), &images).unwrap();
        drop(store);
        let journal = std::fs::read(folder.path().join("journal/0001.log")).unwrap();
        let opened = Store::open(folder.path(), &Secret::None, 0, options.clone());
        assert!(matches!(opened, Err(Error::Newer)));
        let seen = Store::open_read_only(folder.path(), &Secret::None, &options).unwrap();
        assert!(seen.records.tutor(TutorId::from_bytes([1; 16])).is_some());
        assert!(seen.records.tutor(TutorId::from_bytes([2; 16])).is_none());
        assert!(
            seen.notices.iter().any(|told| told.starts_with("1 records were written by a newer"))
        );
        assert!(std::fs::read(folder.path().join("journal/0001.log")).unwrap() == journal);
    }
}
