//! Following the journal: into the database, or into memory for a look or a comparison.

use std::{collections::BTreeMap, io, path::Path};

use strum::IntoEnumIterator;

use super::{
    engine::Engine,
    error::{Error, Result},
    frame::{Deed, Frame, Header, Image, Position},
    journal::{self, Head},
    journal_path,
    progress::Progress,
    scan::{Frames, Scan, scan},
    snapshot::Snapshot,
};
use crate::domain::{
    record::{Kind, RecordId},
    word::Choice,
};

/// Sealed records by their identity.
pub(crate) type Sealed = BTreeMap<RecordId, Vec<u8>>;

/// What a snapshot, or the beginning, and the journal behind it lead to.
pub(crate) struct Replayed {
    pub records: Sealed,
    /// Whether nothing of the journal was missing.
    pub is_whole: bool,
}

/// What the journal holds behind a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tail {
    /// From where it is read.
    pub from: Head,
    /// What is found there.
    pub found: Scan,
}

/// What lies behind `from`, which a database or snapshot remembers. Where that place is damaged, the whole
/// journal is searched for later entries; none if it has nothing to do with the place any more.
pub(crate) fn tail(folder: &Path, database: &[u8; 16], from: Head) -> Result<Option<Tail>> {
    match scan(folder, database, from, |_, _, _| Ok(())) {
        Ok(found) => return Ok(Some(Tail { from, found })),
        Err(error) if is_lost(&error) => {}
        Err(error) => return Err(error),
    }
    for segment in journal::segments(folder)? {
        let Ok(from) = Frames::head_of(folder, database, segment, from.sequence) else { continue };
        match scan(folder, database, from, |_, _, _| Ok(())) {
            Ok(found) if found.entries > 0 => return Ok(Some(Tail { from, found })),
            Ok(_) => {}
            Err(error) if is_lost(&error) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(None)
}

fn is_lost(error: &Error) -> bool {
    matches!(error, Error::Damaged { .. })
        || matches!(error, Error::Io { source, .. } if source.kind() == io::ErrorKind::NotFound)
}

/// Applies the whole entries of a tail that the database does not have yet.
pub(crate) fn follow(
    engine: &mut Engine,
    folder: &Path,
    database: &[u8; 16],
    tail: &Tail,
) -> Result<()> {
    let mut begun = None;
    let known = engine.progress().head.sequence;
    scan(folder, database, tail.from, |at, head, frame| {
        if at >= tail.found.head.next {
            return Ok(());
        }
        match frame {
            Frame::Entry(header, _) if header.sequence <= known => Ok(()),
            Frame::Entry(header, parts) => {
                let progress = after(engine.progress(), &header, at, head);
                engine.apply(&parts, &progress)
            }
            Frame::Begin(header) => {
                begun = (header.sequence > known).then_some((at, header));
                Ok(())
            }
            Frame::Parts(_) if begun.is_none() => Ok(()),
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

/// The sealed records that a snapshot, or the beginning, and the journal behind it lead to.
pub(crate) fn replayed(
    folder: &Path,
    database: &[u8; 16],
    snapshot: Option<Snapshot>,
) -> Result<Replayed> {
    let mut records = Sealed::new();
    let mut from = Head::START;
    if let Some(mut snapshot) = snapshot {
        from = snapshot.summary.progress.head;
        while let Some(item) = snapshot.next()? {
            take(&mut records, item.tree, item.record, item.sealed);
        }
    }
    let folder = journal_path(folder);
    let Some(Tail { from: start, found }) = tail(&folder, database, from)? else {
        return if from == Head::START {
            Err(Error::Damaged { what: "the journal" })
        } else {
            Ok(Replayed { records, is_whole: false })
        };
    };
    let mut begun: Option<Vec<Image>> = None;
    scan(&folder, database, start, |at, _, frame| {
        if at >= found.head.next {
            return Ok(());
        }
        let parts = match frame {
            Frame::Entry(header, parts) if header.sequence > from.sequence => parts,
            Frame::Entry(..) => return Ok(()),
            Frame::End(_) => begun.take().unwrap_or_default(),
            Frame::Begin(header) => {
                begun = (header.sequence > from.sequence).then(Vec::new);
                return Ok(());
            }
            Frame::Parts(parts) => {
                if let Some(begun) = &mut begun {
                    begun.extend(parts);
                }
                return Ok(());
            }
        };
        for part in parts {
            take(&mut records, part.tree, part.record, part.after);
        }
        Ok(())
    })?;
    Ok(Replayed { records, is_whole: found.lost == 0 })
}

/// Puts a record in its place; of a kind that a newer version made nothing is known here.
fn take(records: &mut Sealed, tree: u8, bytes: [u8; 16], sealed: Option<Vec<u8>>) {
    let Some(kind) = Kind::from_code(tree) else { return };
    let id = RecordId { kind, bytes };
    match sealed {
        Some(sealed) => records.insert(id, sealed),
        None => records.remove(&id),
    };
}

/// How many records of the database differ from these, or are in one place only.
pub(crate) fn differing(engine: &Engine, replayed: &Sealed) -> Result<u64> {
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
