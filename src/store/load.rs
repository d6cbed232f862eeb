//! From sealed bytes to the records in memory, on all cores.

use rayon::prelude::*;
use strum::IntoEnumIterator;
use zeroize::Zeroizing;

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

/// Sealed bytes that are opened together.
const BATCH: usize = 1024 * 1024;
/// The fewest records for which a core is asked.
const AT_LEAST: usize = 64;
/// Bytes that the most records need.
const ROOM: usize = 4096;

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
        let read = |behind: Option<[u8; 16]>| engine.batch(kind.code(), behind.as_ref(), BATCH);
        let (mut sealed, mut opened, mut count) = (read(None)?, Vec::new(), 0);
        while !sealed.is_empty() || !opened.is_empty() {
            count += sealed.len() as u64;
            // While some are opened, this thread puts those before them into their places and reads the next: so sled stays
            // on one thread, whose memory has no records that stay between what it lets go of.
            let (mut fresh, mut next) = (Vec::new(), Ok(Vec::new()));
            rayon::in_place_scope(|scope| {
                scope.spawn(|_| fresh = open_batch(vault, kind, &sealed));
                if let Some((last, _)) = sealed.last() {
                    next = read(Some(*last));
                }
                found.take(std::mem::take(&mut opened));
            });
            (sealed, opened) = (next?, fresh);
            let percent = (done + count).saturating_mul(100) / all;
            tell(u8::try_from(percent).unwrap_or(100).min(100));
        }
        let remembered = engine.progress().counts.get(usize::from(kind.code())).copied();
        found.complete &= remembered == Some(count);
        done += count;
    }
    if found.newer > 0 { Err(Error::Newer) } else { Ok(found) }
}

type Opened = Vec<Result<(Revision, Record)>>;

/// Opens what was read, on all cores; each has room for the plain bytes of one record after another.
fn open_batch<S: AsRef<[u8]> + Sync>(
    vault: &Vault,
    kind: Kind,
    sealed: &[([u8; 16], S)],
) -> Opened {
    let room = || Zeroizing::new(Vec::with_capacity(ROOM));
    let open = |plain: &mut Zeroizing<Vec<u8>>, (bytes, sealed): &([u8; 16], S)| {
        vault.open_in(RecordId { kind, bytes: *bytes }, sealed.as_ref(), plain)
    };
    sealed.par_iter().with_min_len(AT_LEAST).map_init(room, open).collect()
}

/// Opens records that were gathered from the journal.
pub(crate) fn open_all(sealed: &[(RecordId, Vec<u8>)], vault: &Vault) -> Found {
    let mut found =
        Found { gathering: Gathering::default(), unreadable: 0, newer: 0, complete: true };
    found.take(sealed.par_iter().map(|(id, bytes)| vault.open(*id, bytes)).collect());
    found
}

impl Found {
    fn take(&mut self, opened: Opened) {
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
