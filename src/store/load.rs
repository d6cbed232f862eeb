//! From sealed bytes to the records in memory, on all cores.

use rayon::prelude::*;
use strum::IntoEnumIterator;

use super::{
    Loaded,
    engine::Engine,
    error::{Error, Result},
    vault::Vault,
};
use crate::domain::{
    record::{Kind, Record, RecordId, Revision},
    records::Gathering,
    word::Choice,
};

/// What the database gave.
pub(crate) struct Found {
    pub gathering: Gathering,
    /// Records whose bytes did not open.
    pub unreadable: u64,
    /// Records that a newer version of the program wrote.
    pub newer: u64,
    /// Whether each kind has as many records as the database remembers.
    pub complete: bool,
}

impl Found {
    /// Puts the records into their places, and says what did not fit.
    pub(crate) fn into_loaded(self, mut notices: Vec<String>) -> Loaded {
        let (records, orphans) = self.gathering.finish();
        if self.unreadable > 0 {
            notices.push(format!(
                "{} records could not be read and are left as they lie; tutelage check says more.",
                self.unreadable
            ));
        }
        if self.newer > 0 {
            notices.push(format!(
                "{} records were written by a newer tutelage and are not shown: please upgrade.",
                self.newer
            ));
        }
        if !orphans.is_empty() && self.newer == 0 {
            notices.push(format!(
                "{} records belong to students who are not there; tutelage check says more.",
                orphans.len()
            ));
        }
        Loaded { records, notices }
    }
}

/// Reads and opens every record of the database.
pub(crate) fn load(engine: &Engine, vault: &Vault) -> Result<Found> {
    load_telling(engine, vault, &mut |_| {})
}

/// The same; `tell` gets how many of a hundred records are open so far.
pub(crate) fn load_telling(
    engine: &Engine,
    vault: &Vault,
    tell: &mut dyn FnMut(u8),
) -> Result<Found> {
    let all = engine.progress().counts.iter().sum::<u64>().max(1);
    let mut done = 0;
    let mut found =
        Found { gathering: Gathering::default(), unreadable: 0, newer: 0, complete: true };
    for kind in Kind::iter() {
        let mut count = 0;
        engine.scan(kind.code(), |batch| {
            count += batch.len() as u64;
            let opened = batch
                .par_iter()
                .map(|(bytes, sealed)| vault.open(RecordId { kind, bytes: *bytes }, sealed));
            found.take(opened.collect());
            done += batch.len() as u64;
            tell(u8::try_from(done.saturating_mul(100) / all).unwrap_or(100).min(100));
            Ok(())
        })?;
        let remembered = engine.progress().counts.get(usize::from(kind.code())).copied();
        found.complete &= remembered == Some(count);
    }
    if found.newer > 0 { Err(Error::Newer) } else { Ok(found) }
}

/// Opens records that were gathered from the journal.
pub(crate) fn open_all(sealed: &[(RecordId, Vec<u8>)], vault: &Vault) -> Found {
    let mut found =
        Found { gathering: Gathering::default(), unreadable: 0, newer: 0, complete: true };
    found.take(sealed.par_iter().map(|(id, bytes)| vault.open(*id, bytes)).collect());
    found
}

impl Found {
    fn take(&mut self, opened: Vec<Result<(Revision, Record)>>) {
        for outcome in opened {
            match outcome {
                Ok((revision, record)) => self.gathering.put(revision, record),
                Err(Error::Erased) => {}
                Err(Error::Newer) => self.newer += 1,
                Err(_) => self.unreadable += 1,
            }
        }
    }
}
