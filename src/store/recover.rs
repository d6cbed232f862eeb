//! Bringing database and journal together: what a crash left behind is completed, what sled lost is
//! rebuilt from the newest sound snapshot and the journal behind it, and the user is told. Nothing that was
//! there is ever deleted.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::{
    Options,
    engine::Engine,
    engine_path,
    error::{Error, Result},
    journal::{self, Head, Journal},
    journal_path, kinds,
    progress::Progress,
    replay::{self, Tail, follow, replayed, tail},
    scan::Scan,
    snapshot::Snapshot,
    snapshots::{self, moment},
};

/// Where a database is built before it takes the place of the broken one.
const UNFINISHED: &str = "db.new";

/// A snapshot that holds together.
#[derive(Clone)]
struct Sound {
    path: PathBuf,
    utc_ms: i64,
    head: Head,
}

/// The newest one of them.
enum Sought {
    NotYet,
    Nowhere,
    Found(Sound),
}

/// One attempt to bring database and journal together.
pub(crate) struct Opening<'a> {
    folder: &'a Path,
    database: [u8; 16],
    options: &'a Options,
    notices: Vec<String>,
    sound: Sought,
    /// Whether anything was repaired, so that a fresh snapshot is worth its while.
    repaired: bool,
}

impl<'a> Opening<'a> {
    /// Nothing is touched yet.
    pub(crate) const fn new(folder: &'a Path, database: [u8; 16], options: &'a Options) -> Self {
        Self {
            folder,
            database,
            options,
            notices: Vec::new(),
            sound: Sought::NotYet,
            repaired: false,
        }
    }

    /// What the user has to hear.
    pub(crate) fn notices(self) -> Vec<String> {
        self.notices
    }

    /// Whether something had been lost or broken.
    pub(crate) const fn has_repaired(&self) -> bool {
        self.repaired
    }

    /// Opens both, and repairs what it has to.
    pub(crate) fn open(&mut self) -> Result<(Engine, Journal)> {
        if !engine_path(self.folder).exists() && self.has_base()? {
            return self.rebuild("was missing");
        }
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
        self.rebuild("could not be opened")
    }

    fn engine(&self) -> Result<Engine> {
        Engine::open(&engine_path(self.folder), kinds(), &self.options.fsync)
    }

    fn journal(&self) -> PathBuf {
        journal_path(self.folder)
    }

    /// Whether there is anything to rebuild from: a snapshot, or a journal that reaches back to the first
    /// entry.
    pub(crate) fn has_base(&mut self) -> Result<bool> {
        Ok(self.has_beginning()? || self.sound()?.is_some())
    }

    fn has_beginning(&self) -> Result<bool> {
        Ok(journal::segments(&self.journal())?.first() == Some(&1))
    }

    /// The newest snapshot that holds together; looks through them once, and tells which do not.
    fn sound(&mut self) -> Result<Option<Sound>> {
        match &self.sound {
            Sought::NotYet => {}
            Sought::Nowhere => return Ok(None),
            Sought::Found(sound) => return Ok(Some(sound.clone())),
        }
        self.sound = Sought::Nowhere;
        for kept in snapshots::list(self.folder)? {
            let verified = snapshots::open(&kept.path, &self.database).and_then(|snapshot| {
                let (utc_ms, head) = (snapshot.summary.utc_ms, snapshot.summary.progress.head);
                snapshot.verified().map(|_| Sound { path: kept.path, utc_ms, head })
            });
            match verified {
                Ok(sound) => {
                    self.sound = Sought::Found(sound.clone());
                    return Ok(Some(sound));
                }
                Err(error) => self.notices.push(format!(
                    "The snapshot of {} was passed over: {error}.",
                    moment(kept.utc_ms)
                )),
            }
        }
        Ok(None)
    }

    /// The newest sound snapshot, if it stands behind this entry.
    fn ahead_of(&mut self, sequence: u64) -> Result<Option<Sound>> {
        Ok(self.sound()?.filter(|sound| sound.head.sequence > sequence))
    }

    /// Applies what the journal holds beyond the database, over damage too, and cuts off its torn end.
    fn catch_up(&mut self, mut engine: Engine) -> Result<(Engine, Journal)> {
        let from = engine.progress().head;
        let (folder, fsync) = (self.journal(), self.options.fsync.clone());
        let is_empty = from == Head::START && journal::segments(&folder)?.is_empty();
        let tail = if is_empty { None } else { tail(&folder, &self.database, from)? };
        if tail.is_none_or(|tail| tail.found.lost > 0)
            && let Some(ahead) = self.ahead_of(from.sequence)?
            && self.loses_less(&ahead, tail)?
        {
            drop(engine);
            return self.rebuild("lacked what a snapshot still has");
        }
        if is_empty {
            self.notices.push(
                "The database and the journal of this profile were not there: it begins anew, empty."
                    .into(),
            );
            return Ok((engine, Journal::create(folder, self.database, fsync)?));
        }
        let Some(tail) = tail else { return self.resume(engine) };
        let (journal, torn) = Journal::open(folder, self.database, fsync, tail.found.head)?;
        if tail.found.entries > 0 || tail.from != from {
            follow(&mut engine, &self.journal(), &self.database, &tail)?;
            let head = tail.found.head;
            let progress = *engine.progress();
            engine.set_progress(&Progress { head, ..progress })?;
            engine.flush()?;
            self.notices.push(format!(
                "Completed from the journal: {} changes that the database did not have yet.",
                tail.found.entries
            ));
        }
        self.tell_of_journal(&tail.found, torn);
        Ok((engine, journal))
    }

    /// Whether a rebuild from a snapshot brings more than going on with the database and this tail.
    fn loses_less(&self, sound: &Sound, tail: Option<Tail>) -> Result<bool> {
        let Some(tail) = tail else { return Ok(true) };
        let behind = replay::tail(&self.journal(), &self.database, sound.head)?;
        let reached = behind.map_or(sound.head, |behind| behind.found.head).sequence;
        let lost = behind.map_or(0, |behind| behind.found.lost);
        Ok(reached >= tail.found.head.sequence && lost < tail.found.lost)
    }

    /// Says what the journal has lost; a torn end and damage of what was confirmed are not the same.
    fn tell_of_journal(&mut self, found: &Scan, torn: u64) {
        if torn > 0 {
            self.notices.push(
                "The end of the journal is not whole, as after a save that was cut short and never \
                 confirmed; what there is of it is kept aside."
                    .into(),
            );
        }
        if found.lost > 0 {
            self.repaired = true;
            self.notices.push(format!(
                "The journal is damaged: {} entries that had been saved cannot be read; those behind them \
                 were taken in. Please compare with your own papers, and keep a copy of the folder: \
                 nothing was cut off.",
                found.lost
            ));
        }
    }

    /// The journal is gone or is another one: the records are those of the database, their history is not there.
    fn resume(&mut self, mut engine: Engine) -> Result<(Engine, Journal)> {
        if engine.progress().head == Head::START {
            return Err(Error::Damaged { what: "the journal" });
        }
        let journal = self.resume_behind(&mut engine)?;
        self.notices.push(
            "The journal was missing or damaged. The records are those that the database holds; what was done \
             before today cannot be undone."
                .into(),
        );
        Ok((engine, journal))
    }

    /// A new segment of the journal that goes on where the database is.
    fn resume_behind(&mut self, engine: &mut Engine) -> Result<Journal> {
        let progress = *engine.progress();
        let fsync = self.options.fsync.clone();
        let journal = Journal::resume(self.journal(), self.database, fsync, progress.head)?;
        let head = journal.head();
        engine.set_progress(&Progress { head, undo: None, redo: None, ..progress })?;
        engine.flush()?;
        self.repaired = true;
        Ok(journal)
    }

    /// Makes the database anew from the newest sound snapshot and the journal behind it, or from the whole
    /// journal, and sets the old one aside. Cut short, it leaves the old one as it was.
    pub(crate) fn rebuild(&mut self, why: &str) -> Result<(Engine, Journal)> {
        let sound = self.sound()?;
        let has_journal = !journal::segments(&self.journal())?.is_empty();
        if has_journal && !self.has_base()? {
            return Err(Error::Damaged { what: "the database" });
        }
        let unfinished = self.folder.join(UNFINISHED);
        if unfinished.exists() {
            let doing = "remove what a rebuild that was cut short had left";
            fs::remove_dir_all(&unfinished).map_err(Error::io(doing))?;
        }
        let mut engine = Engine::open(&unfinished, kinds(), &self.options.fsync)?;
        if let Some(sound) = &sound {
            Snapshot::open(&sound.path)?.fill(&mut engine)?;
        }
        let tail = tail(&self.journal(), &self.database, engine.progress().head)?;
        if let Some(tail) = &tail {
            follow(&mut engine, &self.journal(), &self.database, tail)?;
            let progress = *engine.progress();
            engine.set_progress(&Progress { head: tail.found.head, ..progress })?;
        }
        engine.flush()?;
        drop(engine);
        let aside = self.put_in_place(&unfinished)?;
        let mut engine = self.engine()?;
        let (journal, torn) = match &tail {
            Some(tail) => {
                let fsync = self.options.fsync.clone();
                Journal::open(self.journal(), self.database, fsync, tail.found.head)?
            }
            None if engine.progress().head == Head::START => {
                let fsync = self.options.fsync.clone();
                (Journal::create(self.journal(), self.database, fsync)?, 0)
            }
            None => (self.resume_behind(&mut engine)?, 0),
        };
        self.repaired = true;
        self.tell_of_rebuild(why, sound.as_ref(), tail, aside);
        if let Some(tail) = tail {
            self.tell_of_journal(&tail.found, torn);
        }
        Ok((engine, journal))
    }

    /// The old database aside, the new one in its place.
    fn put_in_place(&self, unfinished: &Path) -> Result<Option<String>> {
        let path = engine_path(self.folder);
        let mut aside = None;
        if path.exists() {
            let (name, free) = free_name(self.folder, "db.aside");
            fs::rename(&path, free).map_err(Error::io("set the database aside"))?;
            aside = Some(name);
        }
        fs::rename(unfinished, &path).map_err(Error::io("put the new database in its place"))?;
        self.options.fsync.folder(self.folder)?;
        Ok(aside)
    }

    /// Says from what the database was rebuilt, and what that could not bring back.
    fn tell_of_rebuild(
        &mut self,
        why: &str,
        sound: Option<&Sound>,
        tail: Option<Tail>,
        aside: Option<String>,
    ) {
        let changes = tail.map_or(0, |tail| tail.found.entries);
        let from = match (sound, tail) {
            (Some(sound), Some(_)) => format!(
                "from the snapshot of {} and the journal behind it ({changes} changes)",
                moment(sound.utc_ms)
            ),
            (Some(sound), None) => format!(
                "from the snapshot of {} alone, for the journal behind it is missing: what was changed \
                 later, if anything, is lost, and what was done before cannot be undone",
                moment(sound.utc_ms)
            ),
            (None, Some(_)) => format!("from the journal ({changes} changes)"),
            (None, None) => "empty, for neither journal nor snapshot is there".to_owned(),
        };
        let whole = match tail {
            Some(tail) if tail.found.lost == 0 => "; nothing that was saved is missing",
            Some(_) | None => "",
        };
        let kept = aside.map_or(String::new(), |aside| format!("; the old one is kept as {aside}"));
        self.notices.push(format!("The database {why}. It was rebuilt {from}{whole}{kept}."));
    }

    /// How many records differ from what snapshot and journal lead to; none if they do not reach back, or lack what
    /// the database may have.
    pub(crate) fn differing(&mut self, engine: &Engine) -> Result<u64> {
        if !self.has_base()? {
            return Ok(0);
        }
        let snapshot = self.sound()?.map(|sound| Snapshot::open(&sound.path)).transpose()?;
        let replayed = replayed(self.folder, &self.database, snapshot)?;
        if replayed.is_whole { replay::differing(engine, &replayed.records) } else { Ok(0) }
    }

    /// A bad snapshot of sled's own alone keeps it from opening; it makes a new one.
    fn set_snapshots_aside(&self) -> Result<bool> {
        let folder = engine_path(self.folder);
        let doing = "set a snapshot aside";
        let mut any = false;
        let Ok(entries) = fs::read_dir(&folder) else { return Ok(false) };
        for entry in entries {
            let name = entry.map_err(Error::io(doing))?.file_name();
            let Some(name) = name.to_str().filter(|name| name.starts_with("snap.")) else {
                continue;
            };
            let (_, aside) = free_name(self.folder, &format!("db.{name}.aside"));
            fs::rename(folder.join(name), aside).map_err(Error::io(doing))?;
            any = true;
        }
        Ok(any)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::{
            demo::{Demo, Scale},
            tutor::TutorId,
        },
        store::{Secret, Stamp, Store, Work},
    };

    #[test]
    fn a_database_is_not_compared_with_a_snapshot_whose_journal_is_gone() {
        let folder = tempfile::tempdir().unwrap();
        let options = Options::default();
        let (mut store, _) =
            Store::create(folder.path(), &Secret::None, 0, options.clone()).unwrap();
        let stamp = Stamp { utc_ms: 1, author: TutorId::from_bytes([1; 16]) };
        let demo = Demo::new(Scale::Tutor, "2026-11-21".parse().unwrap());
        let mut changes = demo.changes();
        store.commit(&changes.next().unwrap(), stamp).unwrap();
        while store.work_on_snapshot(1).unwrap() == Work::More {}
        for change in changes {
            store.commit(&change, stamp).unwrap();
        }
        let database = store.keys.database;
        drop(store);
        fs::rename(journal_path(folder.path()), folder.path().join("lost")).unwrap();
        let mut opening = Opening::new(folder.path(), database, &options);
        let (engine, _journal) = opening.open().unwrap();
        assert_eq!(opening.differing(&engine).unwrap(), 0, "the database has more");
    }
}
