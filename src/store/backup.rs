//! Backups: a snapshot behind the `keys` file, so that it opens on another machine with the passphrase or the
//! recovery code; and the way back, which puts nothing in place before all of it is verified.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::{
    Options, Secret, Standing, Store,
    disk::{self, Fsync},
    engine::Engine,
    engine_path,
    error::{Error, Result},
    journal::Journal,
    journal_path,
    keyring::Keyring,
    keyring_path, keys_path, kinds, load,
    lock::Lock,
    open::require_free,
    own::{self, Found},
    progress::Progress,
    seal::random,
    snapshot::{Around, Behind, Copying, Rewriting, Snapshot, Source, Step, backup_front},
    snapshots,
    vault::Vault,
};
use crate::domain::{record::Kind, records::Records, word::Choice};

/// Bytes that stay free beside what is written.
const SPARE: u64 = 64 * 1024 * 1024;
/// How the folder is called, beside the place, in which a restored profile is built.
const UNFINISHED: &str = ".tutelage-restore-";

/// What is in a backup.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contents {
    /// When the state it holds was saved, in milliseconds since 1970.
    pub utc_ms: i64,
    /// How many records.
    pub records: u64,
    /// Of how many students.
    pub students: u64,
    /// How many policies and letters of the user's own.
    pub own: u64,
    /// How many of them are left out: too long, too deep in folders, or with a name that is no text.
    pub left_out: u64,
    /// How many more students a restore left out, because they have been erased since.
    pub erased: u64,
}

impl Contents {
    fn of(utc_ms: i64, progress: &Progress, found: &Found) -> Self {
        let students = progress.counts.get(usize::from(Kind::Student.code())).copied();
        let records = progress.counts.iter().sum();
        let students = students.unwrap_or_default();
        let Found { own, left_out } = found;
        Self { utc_ms, records, students, own: own.len() as u64, left_out: *left_out, erased: 0 }
    }
}

impl Store {
    /// Writes everything as it is now into a file, reads it back, and puts it in the place of `path`.
    ///
    /// # Errors
    /// When it cannot be written or read back, or the database does not hold all records.
    pub fn backup(&mut self, path: &Path, utc_ms: i64) -> Result<Contents> {
        let (engine, database, folder) = (&self.engine, &self.keys.database, &self.folder);
        let source = Source { engine, database, folder };
        let (found, around) = self.around()?;
        let contents = Contents::of(utc_ms, self.engine.progress(), &found);
        write(source, path, around, utc_ms, &self.options.fsync)?;
        Ok(contents)
    }

    /// What stands around the records in a backup, with the user's own policies and letters in it.
    fn around(&self) -> Result<(Found, Around)> {
        let found = own::read(&self.folder)?;
        let sealed = || self.vault()?.seal_own(&own::encode(&found.own));
        let own = (!found.own.is_empty()).then(sealed).transpose()?;
        Ok((found, Around { front: backup_front(&self.keys), own }))
    }

    /// Makes a backup of an automatic snapshot, which only this profile could open. What was erased since is
    /// erased in it.
    ///
    /// # Errors
    /// When there is no such snapshot, it is damaged, the profile is locked, or the file cannot be written.
    pub fn backup_snapshot(&self, made: i64, path: &Path) -> Result<Contents> {
        let all = snapshots::list(&self.folder)?;
        let kept = all.into_iter().find(|kept| kept.utc_ms == made).ok_or(Error::NoSnapshot)?;
        let vault = self.vault()?;
        let bytes = snapshots::open(&kept.path, &self.keys.database)?.verified()?.keyring;
        let mut ring =
            Keyring::decode(Path::new(""), &Fsync::Off, self.keys.database, &bytes, vault.data())?;
        ring.bury(&vault.ring);
        let keyring = ring.encode(vault.data())?;
        let snapshot = snapshots::open(&kept.path, &self.keys.database)?;
        let (found, around) = self.around()?;
        let contents = Contents::of(made, &snapshot.summary.progress, &found);
        let fsync = self.options.fsync.clone();
        let rewriting = Rewriting { around, keyring, path: temporary(path), fsync };
        rewriting.run(snapshot)?.name(path)?;
        Ok(contents)
    }

    /// Whether a backup asks for a passphrase.
    ///
    /// # Errors
    /// When the file cannot be read or is no backup.
    pub fn standing_of_backup(file: &Path) -> Result<Standing> {
        let keys = Snapshot::open(file)?.keys.ok_or(Error::NotABackup)?;
        Ok(if keys.is_open() { Standing::Unprotected } else { Standing::Protected })
    }

    /// Makes a profile of a backup, in a folder that is new or empty. It is another replica of the same
    /// database. Whom the other profiles of the options have erased is not in it. Everything is read, opened and
    /// written beside the place before it takes it.
    ///
    /// # Errors
    /// When the backup is damaged, of a newer version or no backup at all, the secret is wrong, the folder is
    /// not empty, or a file cannot be written. Then there is no profile.
    pub fn restore(
        file: &Path,
        folder: &Path,
        secret: &Secret,
        utc_ms: i64,
        options: &Options,
    ) -> Result<Contents> {
        require_empty(folder)?;
        let snapshot = Snapshot::open(file)?;
        let mut keys = snapshot.keys.clone().ok_or(Error::NotABackup)?;
        let summary = snapshot.summary;
        if keys.database != summary.database {
            return Err(Error::Damaged { what: "the backup" });
        }
        let data = keys.unlock(secret)?;
        let Behind { keyring, own } = snapshot.verified()?;
        let parent = folder.parent().filter(|parent| !parent.as_os_str().is_empty());
        let parent = parent.unwrap_or(Path::new("."));
        disk::new_folder(parent)?;
        require_free(parent, SPARE + fs::metadata(file).map_or(0, |file| file.len()) * 3)?;
        remove_unfinished(parent)?;
        let beside = tempfile::Builder::new().prefix(UNFINISHED).tempdir_in(parent);
        let beside = beside.map_err(Error::io("create a folder"))?;
        let place = beside.path();
        let lock = Lock::take(&place.join("lock"), utc_ms)?;
        keys.replica = random()?;
        let fsync = &options.fsync;
        let mut ring =
            Keyring::decode(&keyring_path(place), fsync, keys.database, &keyring, &data)?;
        let before = ring.len();
        for other in &options.others {
            // Of another database, or damaged: then it says nothing about these students.
            if let Ok(later) = Keyring::read(&keyring_path(other), fsync, keys.database, &data) {
                ring.bury(&later);
            }
        }
        let erased = ring.len() < before;
        ring.bury_own();
        ring.write(&data)?;
        let vault = Vault::new(keys.database, data, ring, options.sealing);
        let own = own.map(|own| own::decode(&vault.open_own(&own)?)).transpose()?;
        let own = own.unwrap_or_default();
        own::write(place, &own, fsync)?;
        let found = Found { own, left_out: 0 };
        let mut contents = Contents::of(summary.utc_ms, &summary.progress, &found);
        let held =
            build(place, Snapshot::open(file)?, &vault, (summary.utc_ms, keys.database), fsync)?;
        if erased {
            let students = held.files().len() as u64;
            contents.erased = contents.students.saturating_sub(students);
            contents.records = held.counts().values().sum::<usize>() as u64;
            contents.students = students;
        }
        keys.write(&keys_path(place), fsync)?;
        fsync.folder(place)?;
        drop(lock);
        require_empty(folder)?;
        fs::rename(beside.keep(), folder).map_err(Error::io("put the profile in its place"))?;
        fsync.folder(parent)?;
        Ok(contents)
    }
}

/// Database, journal and first snapshot of a restored profile; every record must open but those of the erased.
fn build(
    place: &Path,
    snapshot: Snapshot,
    vault: &Vault,
    (utc_ms, database): (i64, [u8; 16]),
    fsync: &Fsync,
) -> Result<Records> {
    let mut engine = Engine::open(&engine_path(place), kinds(), fsync)?;
    snapshot.fill(&mut engine)?;
    let found = load::load(&engine, vault)?;
    if found.unreadable > 0 || !found.complete {
        return Err(Error::Damaged { what: "the backup" });
    }
    let progress = *engine.progress();
    let journal = Journal::resume(journal_path(place), database, fsync.clone(), progress.head)?;
    let head = journal.head();
    engine.set_progress(&Progress { head, undo: None, redo: None, ..progress })?;
    engine.flush()?;
    // The journal begins here: only with a snapshot can the database be rebuilt.
    let folder = snapshots::folder(place);
    disk::new_folder(&folder)?;
    let source = Source { engine: &engine, database: &database, folder: place };
    let path = folder.join(snapshots::name(head.sequence, utc_ms));
    write(source, &path, Around::default(), utc_ms, fsync)?;
    Ok(found.gathering.finish().0)
}

/// Writes a snapshot in one go.
fn write(
    source: Source<'_>,
    path: &Path,
    around: Around,
    utc_ms: i64,
    fsync: &Fsync,
) -> Result<()> {
    let mut copying = Copying::begin(temporary(path), around, source, utc_ms, fsync.clone())?;
    while copying.step(source)? != Step::Done {}
    copying.name(path)
}

/// Removes what restores that were cut short have left; one that is under way holds its lock.
fn remove_unfinished(parent: &Path) -> Result<()> {
    let doing = "remove what a restore that was cut short had left";
    for entry in fs::read_dir(parent).map_err(Error::io(doing))? {
        let entry = entry.map_err(Error::io(doing))?;
        let is_ours = entry.file_name().to_str().is_some_and(|name| name.starts_with(UNFINISHED));
        let lock = entry.path().join("lock");
        if is_ours && lock.exists() && Lock::take(&lock, 0).is_ok() {
            fs::remove_dir_all(entry.path()).map_err(Error::io(doing))?;
        }
    }
    Ok(())
}

/// Where a file is written before it takes its place.
fn temporary(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".new");
    name.into()
}

fn require_empty(folder: &Path) -> Result<()> {
    match fs::read_dir(folder).map(|mut entries| entries.next().is_none()) {
        Ok(true) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Ok(false) => Err(Error::NotEmpty),
        Err(error) => Err(Error::io("list the folder")(error)),
    }
}
