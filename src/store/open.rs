//! Making and opening a profile: what a crash left behind is completed, what sled lost is rebuilt from the
//! journal, and the user is told.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use super::{
    Loaded, Options, Store,
    disk::new_folder,
    engine::Engine,
    engine_path,
    error::{Error, Result},
    frame::{Deed, Frame, Header, Position},
    journal::{self, Head, Journal, OnDamage, scan},
    journal_path,
    keyring::Keyring,
    keyring_path,
    keys::{Keys, Secret},
    keys_path, kinds, load,
    lock::Lock,
    progress::Progress,
    recovery::RecoveryCode,
    vault::Vault,
};
use crate::domain::{
    record::{Kind, RecordId},
    word::Choice,
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
        let store = Self { folder, options, keys, vault, engine, journal, dead: false, _lock: lock };
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
        let keys = Keys::read(&keys_path(folder))?.ok_or(Error::NoProfile)?;
        let lock = Lock::take(&folder.join("lock"), utc_ms)?;
        require_space(folder)?;
        let vault = unlock(folder, &keys, secret, &options)?;
        let mut opening = Opening::new(folder, keys.database, &options);
        let (mut engine, mut journal) = opening.open()?;
        let mut found = load::load(&engine, &vault);
        if !matches!(&found, Ok(found) if found.complete && found.unreadable == 0)
            && !matches!(found, Err(Error::Newer))
            && opening.has_beginning()?
        {
            drop((engine, journal));
            (engine, journal) = opening.rebuild("did not hold all records")?;
            found = load::load(&engine, &vault);
        }
        let mut loaded = found?.into_loaded(opening.notices);
        loaded.notices.extend(warn_of_network(folder));
        let (folder, vault) = (folder.to_owned(), Some(vault));
        let store = Self { folder, options, keys, vault, engine, journal, dead: false, _lock: lock };
        Ok((store, loaded))
    }

    /// Looks at a profile that another process holds: reads its journal, writes nothing.
    ///
    /// # Errors
    /// When there is no profile, the secret is wrong, or the journal cannot be read.
    pub fn open_read_only(folder: &Path, secret: &Secret, options: &Options) -> Result<Loaded> {
        let keys = Keys::read(&keys_path(folder))?.ok_or(Error::NoProfile)?;
        let vault = unlock(folder, &keys, secret, options)?;
        let sealed: Vec<_> = replayed(folder, &keys.database)?.into_iter().collect();
        let notices = vec!["This view is read-only.".to_owned()];
        Ok(load::open_all(&sealed, &vault)?.into_loaded(notices))
    }
}

/// The vault of a profile, for who knows the secret.
pub(crate) fn unlock(
    folder: &Path,
    keys: &Keys,
    secret: &Secret,
    options: &Options,
) -> Result<Vault> {
    let data = keys.unlock(secret)?;
    let ring =
        Keyring::read(keyring_path(folder), options.fsync.clone(), keys.database, &data)?;
    Ok(Vault::new(keys.database, data, ring, options.sealing))
}

/// The sealed records that the journal, from its beginning, leads to.
pub(crate) fn replayed(
    folder: &Path,
    database: &[u8; 16],
) -> Result<BTreeMap<RecordId, Vec<u8>>> {
    let mut records = BTreeMap::new();
    let mut begun = Vec::new();
    scan(&journal_path(folder), database, Head::START, OnDamage::Hop, |_, _, frame| {
        let parts = match frame {
            Frame::Entry(_, parts) => parts,
            Frame::End(_) => std::mem::take(&mut begun),
            Frame::Begin(_) => {
                begun.clear();
                return Ok(());
            }
            Frame::Parts(parts) => {
                begun.extend(parts);
                return Ok(());
            }
        };
        for part in parts {
            let kind = Kind::from_code(part.tree).ok_or(Error::Newer)?;
            let id = RecordId { kind, bytes: part.record };
            match part.after {
                Some(bytes) => records.insert(id, bytes),
                None => records.remove(&id),
            };
        }
        Ok(())
    })?;
    Ok(records)
}

/// One attempt to bring database and journal together.
struct Opening<'a> {
    folder: &'a Path,
    database: [u8; 16],
    options: &'a Options,
    notices: Vec<String>,
}

impl<'a> Opening<'a> {
    const fn new(folder: &'a Path, database: [u8; 16], options: &'a Options) -> Self {
        Self { folder, database, options, notices: Vec::new() }
    }

    fn open(&mut self) -> Result<(Engine, Journal)> {
        match self.engine() {
            Ok(engine) => return self.catch_up(engine),
            Err(Error::Engine { .. } | Error::Damaged { .. }) => {}
            Err(error) => return Err(error),
        }
        if self.set_snapshots_aside()?
            && let Ok(engine) = self.engine()
        {
            return self.catch_up(engine);
        }
        if journal::segments(&self.journal())?.is_empty() || self.has_beginning()? {
            self.rebuild("could not be opened")
        } else {
            Err(Error::Damaged { what: "the database" })
        }
    }

    fn engine(&self) -> Result<Engine> {
        Engine::open(&engine_path(self.folder), kinds(), &self.options.fsync)
    }

    fn journal(&self) -> PathBuf {
        journal_path(self.folder)
    }

    /// Whether the journal reaches back to the first entry, so that all can be rebuilt from it.
    fn has_beginning(&self) -> Result<bool> {
        Ok(journal::segments(&self.journal())?.first() == Some(&1))
    }

    /// Applies what the journal holds beyond the database, and cuts off its torn end.
    fn catch_up(&mut self, mut engine: Engine) -> Result<(Engine, Journal)> {
        let from = engine.progress().head;
        let (folder, fsync) = (self.journal(), self.options.fsync.clone());
        if from == Head::START && journal::segments(&folder)?.is_empty() {
            return Ok((engine, Journal::create(folder, self.database, fsync)?));
        }
        let found = match scan(&folder, &self.database, from, OnDamage::Stop, |_, _, _| Ok(())) {
            Ok(found) => found,
            Err(error) if is_lost(&error) => return self.resume(engine),
            Err(error) => return Err(error),
        };
        let (journal, torn) = Journal::open(folder, self.database, fsync, found.head)?;
        if torn > 0 {
            self.notices.push(
                "The last save did not finish when the program ended; it was not confirmed, and what \
                 there is of it is kept aside."
                    .into(),
            );
        }
        if found.entries > 0 {
            follow(&mut engine, &self.journal(), &self.database, found.head, OnDamage::Stop)?;
            engine.flush()?;
            self.notices.push(format!(
                "Completed from the journal: {} changes that the database did not have yet.",
                found.entries
            ));
        }
        Ok((engine, journal))
    }

    /// The journal is gone or is another one: the records are complete, their history is not.
    fn resume(&mut self, mut engine: Engine) -> Result<(Engine, Journal)> {
        let progress = *engine.progress();
        let journal = Journal::resume(
            self.journal(),
            self.database,
            self.options.fsync.clone(),
            progress.head,
        )?;
        let head = journal.head();
        engine.set_progress(Progress { head, undo: None, redo: None, ..progress })?;
        engine.flush()?;
        self.notices.push(
            "The journal was missing or damaged. The records are complete, but what was done before \
             today cannot be undone."
                .into(),
        );
        Ok((engine, journal))
    }

    /// Sets the database aside and makes it anew from the journal.
    fn rebuild(&mut self, why: &str) -> Result<(Engine, Journal)> {
        let aside = self.set_database_aside()?;
        let mut engine = self.engine()?;
        let (folder, fsync) = (self.journal(), self.options.fsync.clone());
        if journal::segments(&folder)?.is_empty() {
            return Ok((engine, Journal::create(folder, self.database, fsync)?));
        }
        let found =
            scan(&folder, &self.database, Head::START, OnDamage::Hop, |_, _, _| Ok(()))?;
        let (journal, _) = Journal::open(folder, self.database, fsync, found.head)?;
        follow(&mut engine, &self.journal(), &self.database, found.head, OnDamage::Hop)?;
        engine.flush()?;
        let mut notice = format!(
            "The database {why}. It was rebuilt from the journal ({} changes)",
            found.entries
        );
        if let Some(aside) = aside {
            notice.push_str(&format!("; the old one is kept as {aside}"));
        }
        notice.push('.');
        if found.damaged > 0 {
            notice.push_str(&format!(
                " {} places in the journal were damaged too: please compare with your own papers.",
                found.damaged
            ));
        }
        self.notices.push(notice);
        Ok((engine, journal))
    }

    fn set_database_aside(&self) -> Result<Option<String>> {
        let path = engine_path(self.folder);
        if !path.exists() {
            return Ok(None);
        }
        let (name, aside) = free_name(self.folder, "db.aside");
        fs::rename(path, aside).map_err(Error::io("set the database aside"))?;
        self.options.fsync.folder(self.folder)?;
        Ok(Some(name))
    }

    /// A bad snapshot of sled's own alone keeps it from opening; it makes a new one.
    fn set_snapshots_aside(&self) -> Result<bool> {
        let folder = engine_path(self.folder);
        let doing = "set a snapshot aside";
        let mut any = false;
        let Ok(entries) = fs::read_dir(&folder) else { return Ok(false) };
        for entry in entries {
            let name = entry.map_err(Error::io(doing))?.file_name();
            let Some(name) = name.to_str().filter(|name| name.starts_with("snap.")) else { continue };
            let (_, aside) = free_name(self.folder, &format!("db.{name}.aside"));
            fs::rename(folder.join(name), aside).map_err(Error::io(doing))?;
            any = true;
        }
        Ok(any)
    }
}

/// Applies the whole entries from where the database is up to `until`.
pub(crate) fn follow(
    engine: &mut Engine,
    folder: &Path,
    database: &[u8; 16],
    until: Head,
    on_damage: OnDamage,
) -> Result<()> {
    let mut begun = None;
    scan(folder, database, engine.progress().head, on_damage, |at, head, frame| {
        if at >= until.next {
            return Ok(());
        }
        match frame {
            Frame::Entry(header, parts) => {
                let progress = after(engine.progress(), &header, at, head);
                engine.apply(&parts, progress)
            }
            Frame::Begin(header) => {
                begun = Some((at, header));
                Ok(())
            }
            Frame::Parts(parts) => engine.apply(&parts, *engine.progress()),
            Frame::End(_) => match begun.take() {
                Some((at, header)) => {
                    let progress = after(engine.progress(), &header, at, head);
                    engine.set_progress(progress)
                }
                None => Ok(()),
            },
        }
    })?;
    Ok(())
}

/// The database's progress after an entry that lies at `at` and ends at `head`.
pub(crate) fn after(before: &Progress, header: &Header, at: Position, head: Head) -> Progress {
    let (undo, redo) = match header.deed {
        Deed::Commit | Deed::Redo(_) => (Some(at), header.redo),
        Deed::Undo(_) => (header.undo, Some(at)),
        Deed::Look => (before.undo, before.redo),
    };
    Progress { head, time: header.time, undo, redo, counts: before.counts }
}

fn is_lost(error: &Error) -> bool {
    match error {
        Error::Damaged { .. } => true,
        Error::Io { source, .. } => source.kind() == io::ErrorKind::NotFound,
        _ => false,
    }
}

fn free_name(folder: &Path, stem: &str) -> (String, PathBuf) {
    let mut number = 1_u32;
    loop {
        let name = format!("{stem}-{number}");
        let path = folder.join(&name);
        if !path.exists() {
            return (name, path);
        }
        number += 1;
    }
}

/// sled cannot open on a full disk, and fails for good when the disk fills up.
fn require_space(folder: &Path) -> Result<()> {
    let doing = "ask how much of the disk is free";
    let disk = rustix::fs::statvfs(folder).map_err(|error| Error::io(doing)(error.into()))?;
    let free = disk.f_bavail.saturating_mul(disk.f_frsize);
    let database = fs::metadata(engine_path(folder).join("db")).map_or(0, |file| file.len());
    let needed = database.saturating_mul(3).saturating_add(SPARE);
    if free < needed {
        return Err(Error::Full { free_mib: free / MIB, needed_mib: needed.div_ceil(MIB) });
    }
    Ok(())
}

#[cfg(target_os = "linux")]
fn warn_of_network(folder: &Path) -> Option<String> {
    const NFS: i64 = 0x6969;
    let disk = rustix::fs::statfs(folder).ok()?;
    (i64::from(disk.f_type) == NFS).then(|| {
        "This profile lies on a network file system, where locks and saves are not certain: keep it on \
         a local disk."
            .to_owned()
    })
}

#[cfg(not(target_os = "linux"))]
fn warn_of_network(_: &Path) -> Option<String> {
    None
}
