//! Bringing database and journal together: what a crash left behind is completed, what sled lost is
//! rebuilt from the journal, and the user is told.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use strum::IntoEnumIterator;

use super::{
    Options,
    engine::Engine,
    engine_path,
    error::{Error, Result},
    frame::{Deed, Frame, Header, Position},
    journal::{self, Head, Journal},
    journal_path, kinds,
    progress::Progress,
    scan::{Scan, scan},
};
use crate::domain::{
    record::{Kind, RecordId},
    word::Choice,
};

/// One attempt to bring database and journal together.
pub(crate) struct Opening<'a> {
    folder: &'a Path,
    database: [u8; 16],
    options: &'a Options,
    notices: Vec<String>,
}

impl<'a> Opening<'a> {
    /// Nothing is touched yet.
    pub(crate) const fn new(folder: &'a Path, database: [u8; 16], options: &'a Options) -> Self {
        Self { folder, database, options, notices: Vec::new() }
    }

    /// What the user has to hear.
    pub(crate) fn notices(self) -> Vec<String> {
        self.notices
    }

    /// Opens both, and repairs what it has to.
    pub(crate) fn open(&mut self) -> Result<(Engine, Journal)> {
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
    pub(crate) fn has_beginning(&self) -> Result<bool> {
        Ok(journal::segments(&self.journal())?.first() == Some(&1))
    }

    /// Applies what the journal holds beyond the database, over damage too, and cuts off its torn end.
    fn catch_up(&mut self, mut engine: Engine) -> Result<(Engine, Journal)> {
        let from = engine.progress().head;
        let (folder, fsync) = (self.journal(), self.options.fsync.clone());
        if from == Head::START && journal::segments(&folder)?.is_empty() {
            return Ok((engine, Journal::create(folder, self.database, fsync)?));
        }
        let found = match scan(&folder, &self.database, from, |_, _, _| Ok(())) {
            Ok(found) => found,
            Err(error) if is_lost(&error) => return self.resume(engine),
            Err(error) => return Err(error),
        };
        let (journal, torn) = Journal::open(folder, self.database, fsync, found.head)?;
        if found.entries > 0 {
            follow(&mut engine, &self.journal(), &self.database, found.head)?;
            engine.flush()?;
            self.notices.push(format!(
                "Completed from the journal: {} changes that the database did not have yet.",
                found.entries
            ));
        }
        self.tell_of_journal(&found, torn);
        Ok((engine, journal))
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
            self.notices.push(format!(
                "The journal is damaged: {} entries that had been saved cannot be read; those behind them \
                 were taken in. Please compare with your own papers, and keep a copy of the folder: \
                 nothing was cut off.",
                found.lost
            ));
        }
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
        engine.set_progress(&Progress { head, undo: None, redo: None, ..progress })?;
        engine.flush()?;
        self.notices.push(
            "The journal was missing or damaged. The records are complete, but what was done before \
             today cannot be undone."
                .into(),
        );
        Ok((engine, journal))
    }

    /// Sets the database aside and makes it anew from the journal.
    pub(crate) fn rebuild(&mut self, why: &str) -> Result<(Engine, Journal)> {
        let aside = self.set_database_aside()?;
        let mut engine = self.engine()?;
        let (folder, fsync) = (self.journal(), self.options.fsync.clone());
        if journal::segments(&folder)?.is_empty() {
            return Ok((engine, Journal::create(folder, self.database, fsync)?));
        }
        let found = scan(&folder, &self.database, Head::START, |_, _, _| Ok(()))?;
        let (journal, torn) = Journal::open(folder, self.database, fsync, found.head)?;
        follow(&mut engine, &self.journal(), &self.database, found.head)?;
        engine.flush()?;
        let kept = aside.map_or(String::new(), |aside| format!("; the old one is kept as {aside}"));
        self.notices.push(format!(
            "The database {why}. It was rebuilt from the journal ({} changes){kept}.",
            found.entries
        ));
        self.tell_of_journal(&found, torn);
        Ok((engine, journal))
    }

    /// How many records differ from what the journal leads to; none if it does not reach back far enough.
    pub(crate) fn differing(&self, engine: &Engine) -> Result<u64> {
        if !self.has_beginning()? {
            return Ok(0);
        }
        differing(engine, &replayed(self.folder, &self.database)?)
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

/// Applies the whole entries from where the database is up to `until`.
pub(crate) fn follow(
    engine: &mut Engine,
    folder: &Path,
    database: &[u8; 16],
    until: Head,
) -> Result<()> {
    let mut begun = None;
    scan(folder, database, engine.progress().head, |at, head, frame| {
        if at >= until.next {
            return Ok(());
        }
        match frame {
            Frame::Entry(header, parts) => {
                let progress = after(engine.progress(), &header, at, head);
                engine.apply(&parts, &progress)
            }
            Frame::Begin(header) => {
                begun = Some((at, header));
                Ok(())
            }
            Frame::Parts(parts) => {
                let unchanged = *engine.progress();
                engine.apply(&parts, &unchanged)
            }
            Frame::End(_) => match begun.take() {
                Some((at, header)) => {
                    let progress = after(engine.progress(), &header, at, head);
                    engine.set_progress(&progress)
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
    matches!(error, Error::Damaged { .. })
        || matches!(error, Error::Io { source, .. } if source.kind() == io::ErrorKind::NotFound)
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

/// The sealed records that the journal, from its beginning, leads to.
pub(crate) fn replayed(folder: &Path, database: &[u8; 16]) -> Result<BTreeMap<RecordId, Vec<u8>>> {
    let mut records = BTreeMap::new();
    let mut begun = Vec::new();
    scan(&journal_path(folder), database, Head::START, |_, _, frame| {
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

/// How many records of the database differ from these, or are in one place only.
pub(crate) fn differing(engine: &Engine, replayed: &BTreeMap<RecordId, Vec<u8>>) -> Result<u64> {
    let (mut same, mut held) = (0, 0);
    for kind in Kind::iter() {
        engine.scan(kind.code(), |batch| {
            for (bytes, sealed) in batch {
                held += 1;
                let said = replayed.get(&RecordId { kind, bytes });
                same += u64::from(said.is_some_and(|said| said[..] == sealed[..]));
            }
            Ok(())
        })?;
    }
    Ok(held - same + (replayed.len() as u64 - same))
}
