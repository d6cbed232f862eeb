//! `tutelage check`: walks every record, the counts, the hash chain and the keyring, and says what it found.

use std::collections::BTreeMap;

use strum::IntoEnumIterator;

use super::{
    Store,
    error::{Error, Result},
    journal::{self, Head},
    journal_path, load, replay,
    scan::{Scan, scan},
    snapshot::Snapshot,
    snapshots,
};
use crate::domain::{record::Kind, word::Choice};

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Records of each kind in the database.
    pub counts: BTreeMap<Kind, u64>,
    /// Entries of the journal.
    pub entries: u64,
    /// Snapshots that are sound.
    pub snapshots: u64,
    /// Students who have a key.
    pub keys: u64,
    /// One sentence for each thing that is wrong; none is good.
    pub problems: Vec<String>,
}

impl Store {
    /// Checks everything; changes nothing.
    ///
    /// # Errors
    /// When the profile is locked or cannot be read at all.
    pub fn check(&self) -> Result<Report> {
        let vault = self.vault()?;
        let mut report = Report {
            counts: BTreeMap::new(),
            entries: 0,
            snapshots: 0,
            keys: vault.ring.len() as u64,
            problems: Vec::new(),
        };
        self.check_counts(&mut report)?;
        self.check_journal(&mut report)?;
        let found = load::load(&self.engine, vault)?;
        if found.unreadable > 0 {
            report.problems.push(format!("{} records do not open.", found.unreadable));
        }
        let (_, orphans) = found.gathering.finish();
        if !orphans.is_empty() {
            let count = orphans.len();
            report.problems.push(format!("{count} records belong to students who are not there."));
        }
        Ok(report)
    }

    fn check_counts(&self, report: &mut Report) -> Result<()> {
        for kind in Kind::iter() {
            let mut count = 0;
            self.engine.scan(kind.code(), |batch| {
                count += batch.len() as u64;
                Ok(())
            })?;
            let remembered =
                self.engine.progress().counts.get(usize::from(kind.code())).copied().unwrap_or(0);
            if remembered != count {
                report.problems.push(format!(
                    "The database should hold {remembered} {} and holds {count}.",
                    kind.words()
                ));
            }
            report.counts.insert(kind, count);
        }
        Ok(())
    }

    /// Verifies the hash chain, and that following it leads to the records that are there.
    fn check_journal(&self, report: &mut Report) -> Result<()> {
        let folder = journal_path(&self.folder);
        let database = &self.keys.database;
        let oldest = self.check_snapshots(report)?;
        let has_beginning = journal::segments(&folder)?.first() == Some(&1);
        let oldest = oldest.filter(|_| !has_beginning);
        let from = oldest.as_ref().map_or(Head::START, |it| it.summary.progress.head);
        let found = if has_beginning {
            match scan(&folder, database, from, |_, _, _| Ok(())) {
                Err(Error::Damaged { .. }) => {
                    report.problems.push("The beginning of the journal is damaged.".into());
                    return Ok(());
                }
                found => found?,
            }
        } else {
            let head = self.engine.progress().head;
            let nothing = Scan { head, damaged: 0, lost: 0, entries: 0 };
            match replay::tail(&folder, database, from)? {
                Some(tail) => tail.found,
                None if oldest.is_some() && head.sequence == from.sequence => nothing,
                None => {
                    report.problems.push("The beginning of the journal is missing.".into());
                    return Ok(());
                }
            }
        };
        report.entries = found.entries;
        if found.damaged > 0 || found.lost > 0 {
            report.problems.push(format!(
                "The journal is damaged in {} places; {} of its entries cannot be read.",
                found.damaged, found.lost
            ));
        }
        if found.head != self.engine.progress().head {
            report.problems.push("Journal and database do not end with the same change.".into());
        }
        let replayed = replay::replayed(&self.folder, database, oldest)?;
        let differing = replay::differing(&self.engine, &replayed.records)?;
        if differing > 0 {
            report.problems.push(format!("{differing} records differ from what the journal says."));
        }
        Ok(())
    }

    /// Reads all snapshots; answers the oldest one that is sound.
    fn check_snapshots(&self, report: &mut Report) -> Result<Option<Snapshot>> {
        let mut oldest = None;
        for kept in snapshots::list(&self.folder)? {
            let open = || snapshots::open(&kept.path, &self.keys.database);
            match open().and_then(Snapshot::verified).and_then(|_| open()) {
                Ok(snapshot) => {
                    report.snapshots += 1;
                    oldest = Some(snapshot);
                }
                Err(error) => report.problems.push(format!(
                    "The snapshot of {} cannot be used: {error}.",
                    snapshots::moment(kept.utc_ms)
                )),
            }
        }
        Ok(oldest)
    }
}
