//! Writing: a change into journal and database, taking it back, doing it again, and what was looked at.

use rayon::prelude::*;

use super::{
    Stamp, Store,
    bytes::Writer,
    error::{Error, Result},
    frame::{Deed, Header, Image, Position},
    journal::logical_time,
    journal_path,
    open::require_free,
    replay::{Tail, after, follow},
    scan::Scan,
    vault::{By, Envelope, Vault},
};
use crate::domain::{
    change::{Change, Label, Part},
    history::Look,
    record::{Kind, Record, RecordId, Revision},
    student::StudentId,
    word::Choice,
};

/// A change whose sealed parts are longer than this is written as a group of frames.
const FRAME: usize = 256 * 1024;
/// Bytes that stay free: after a full disk sled fails for good.
const SPARE: u64 = 16 * 1024 * 1024;
/// Records that are sealed at a time.
const BATCH: usize = 2048;

/// What undo and redo reach through a new entry.
#[derive(Clone, Copy)]
struct Reach {
    deed: Deed,
    undo: Option<Position>,
    redo: Option<Position>,
}

impl Store {
    /// Makes a change durable: when this returns, no crash takes it away. An empty change does nothing; a quiet one
    /// leaves what undo and redo reach.
    ///
    /// # Errors
    /// [`Error::Stale`] when a record is no longer what the change was made from (nothing is written);
    /// after any failure of the disk the store is dead.
    pub fn commit(&mut self, change: &Change, stamp: Stamp) -> Result<()> {
        if change.is_empty() {
            return Ok(());
        }
        let undo = self.engine.progress().undo;
        let deed = if change.label.is_quiet() { Deed::Look } else { Deed::Commit };
        self.write(change, Reach { deed, undo, redo: None }, stamp)
    }

    /// Takes back the last change that is not taken back yet; answers the inverse, for the model. The
    /// beginning of a profile stays: without it nobody would work there.
    ///
    /// # Errors
    /// [`Error::NothingToUndo`]; [`Error::Stale`] when one of its records has changed since.
    pub fn undo(&mut self, stamp: Stamp) -> Result<Change> {
        let progress = *self.engine.progress();
        let found = self.readable(progress.undo, |header| header.undo)?;
        let (header, change) = found.ok_or(Error::NothingToUndo)?;
        if change.label.is_beginning() {
            return Err(Error::NothingToUndo);
        }
        let deed = Deed::Undo(header.sequence);
        self.write(&change, Reach { deed, undo: header.undo, redo: progress.redo }, stamp)?;
        Ok(change)
    }

    /// Does again what undo took back last; answers the change, for the model.
    ///
    /// # Errors
    /// [`Error::NothingToRedo`]; [`Error::Stale`] when one of its records has changed since.
    pub fn redo(&mut self, stamp: Stamp) -> Result<Change> {
        let progress = *self.engine.progress();
        let found = self.readable(progress.redo, |header| header.redo)?;
        let (header, change) = found.ok_or(Error::NothingToRedo)?;
        let deed = Deed::Redo(header.sequence);
        self.write(&change, Reach { deed, undo: progress.undo, redo: header.redo }, stamp)?;
        Ok(change)
    }

    /// Writes into the journal that records were looked at or left the program; undo skips it.
    ///
    /// # Errors
    /// When it cannot be written; then what was to be shown or exported should not be.
    pub fn record_look(&mut self, look: Look, of: &[RecordId], stamp: Stamp) -> Result<()> {
        let vault = self.alive()?;
        let sequence = self.journal.head().sequence + 1;
        let mut text = Writer::default();
        text.u8(look.code());
        for id in of {
            text.u8(id.kind.code()).raw(&id.bytes);
        }
        let label = vault.seal_look(&text.0, sequence)?;
        let reach = Reach { deed: Deed::Look, undo: None, redo: None };
        let header = self.header(reach, label, stamp);
        self.drop_page();
        self.or_die(|store| store.write_whole(&header, &[]))
    }

    /// Destroys a student's key: nothing about the student can be read any more, in the database, the
    /// journal or the drafts. It cannot be undone; the records themselves go with a change before.
    ///
    /// # Errors
    /// When the profile is locked or the keyring cannot be written.
    pub fn erase_student(&mut self, student: StudentId) -> Result<()> {
        self.drop_page();
        self.or_die(|store| store.vault.as_mut().ok_or(Error::Locked)?.destroy(student))
    }

    fn write(&mut self, change: &Change, reach: Reach, stamp: Stamp) -> Result<()> {
        let vault = self.alive()?;
        let sequence = self.journal.head().sequence + 1;
        let label = match reach.deed {
            Deed::Look => vault.seal_look(&[Look::Kept.code()], sequence)?,
            Deed::Commit | Deed::Undo(_) | Deed::Redo(_) => {
                vault.seal_label(change.label, sequence)?
            }
        };
        let befores = self.befores(change)?;
        let length = befores.iter().flatten().map(Vec::len).sum::<usize>();
        require_free(&self.folder, SPARE + 8 * (length as u64 + change.parts.len() as u64 * 1024))?;
        self.drop_page();
        let new: Vec<_> = change.students().into_iter().collect();
        self.or_die(|store| store.vault.as_mut().ok_or(Error::Locked)?.ensure(new))?;
        let header = self.header(reach, label, stamp);
        let (parts, rest) = change.parts.split_at(change.parts.len().min(BATCH));
        let mut befores = befores.into_iter();
        let by = By { author: header.author, replica: header.replica };
        let images = seal(self.vault()?, by, parts, &mut befores)?;
        if rest.is_empty() && images.iter().map(Image::size).sum::<usize>() <= FRAME {
            return self.or_die(|store| store.write_whole(&header, &images));
        }
        self.or_die(|store| store.write_group(header, images, rest, &mut befores))
    }

    pub(super) fn write_whole(&mut self, header: &Header, images: &[Image]) -> Result<()> {
        let before = self.journal.head();
        let at =
            self.journal.append(header, images).inspect_err(|_| self.journal.abandon(before))?;
        let progress = after(self.engine.progress(), header, at, self.journal.head());
        self.engine.apply(images, &progress)?;
        self.engine.flush()
    }

    /// A large change goes into the journal piece by piece, and from there into the database, so that
    /// memory holds one piece at a time.
    fn write_group(
        &mut self,
        header: Header,
        first: Vec<Image>,
        rest: &[Part],
        befores: &mut impl Iterator<Item = Option<Vec<u8>>>,
    ) -> Result<()> {
        let from = self.journal.head();
        // What is whole in the journal stays there, whatever the database does with it then.
        let written = self.write_frames(header, first, rest, befores);
        written.inspect_err(|_| {
            self.journal.abandon(from);
            self.dead = Some(from.sequence);
        })?;
        let head = self.journal.head();
        let tail = Tail { from, found: Scan { head, damaged: 0, lost: 0, entries: 1 } };
        follow(&mut self.engine, &journal_path(&self.folder), &self.keys.database, &tail)?;
        self.engine.flush()
    }

    fn write_frames(
        &mut self,
        header: Header,
        first: Vec<Image>,
        rest: &[Part],
        befores: &mut impl Iterator<Item = Option<Vec<u8>>>,
    ) -> Result<()> {
        let by = By { author: header.author, replica: header.replica };
        self.journal.begin(header)?;
        let mut count = self.write_pieces(first)?;
        for parts in rest.chunks(BATCH) {
            let images = seal(self.vault()?, by, parts, befores)?;
            count += self.write_pieces(images)?;
        }
        self.journal.end(count)
    }

    fn write_pieces(&mut self, images: Vec<Image>) -> Result<u64> {
        let count = images.len() as u64;
        let (mut piece, mut size) = (Vec::new(), 0);
        for image in images {
            size += image.size();
            piece.push(image);
            if size >= FRAME {
                self.journal.parts(std::mem::take(&mut piece))?;
                size = 0;
            }
        }
        if !piece.is_empty() {
            self.journal.parts(piece)?;
        }
        Ok(count)
    }

    /// The bytes that each part replaces, after checking that they are what the change was made from.
    fn befores(&self, change: &Change) -> Result<Vec<Option<Vec<u8>>>> {
        let before = |part: &Part| {
            let (_, id) = part.target().ok_or(Error::Unfit("it is empty"))?;
            let bytes = self.engine.get(id.kind.code(), &id.bytes)?;
            let held = bytes.as_deref().map(Envelope::read).transpose()?;
            if held.map(|(envelope, _)| envelope.revision) == part.base {
                Ok(bytes)
            } else {
                Err(Error::Stale)
            }
        };
        change.parts.iter().map(before).collect()
    }

    fn header(&self, reach: Reach, label: Vec<u8>, stamp: Stamp) -> Header {
        Header {
            replica: self.keys.replica,
            sequence: self.journal.head().sequence + 1,
            time: logical_time(self.engine.progress().time, stamp.utc_ms),
            author: stamp.author.bytes(),
            deed: reach.deed,
            label,
            undo: reach.undo,
            redo: reach.redo,
        }
    }

    /// The first of these entries of which anything can be read, and the change that takes that back: what was about a
    /// student who has been erased is gone for good, and does not stand in the way of what came before.
    fn readable(
        &self,
        mut at: Option<Position>,
        next: impl Fn(&Header) -> Option<Position>,
    ) -> Result<Option<(Header, Change)>> {
        while let Some(entry) = at {
            match self.inverse(entry) {
                Err(Error::Erased) => at = next(&self.journal.entry(entry)?.0),
                found => return found.map(Some),
            }
        }
        Ok(None)
    }

    /// The change that takes back the entry at `at`, made for the records as they are now.
    fn inverse(&self, at: Position) -> Result<(Header, Change)> {
        let vault = self.alive()?;
        let (header, images) = self.journal.entry(at)?;
        let label: Label = vault.open_label(header.sequence, &header.label)?;
        let parts = images
            .par_iter()
            .rev()
            .filter_map(|image| match self.inverse_part(vault, image) {
                Err(Error::Erased) => None,
                part => Some(part),
            })
            .collect::<Result<Vec<_>>>()?;
        if parts.is_empty() && !images.is_empty() {
            return Err(Error::Erased);
        }
        Ok((header, Change { label, parts }))
    }

    fn inverse_part(&self, vault: &Vault, image: &Image) -> Result<Part> {
        let kind = Kind::from_code(image.tree).ok_or(Error::Newer)?;
        let id = RecordId { kind, bytes: image.record };
        let open = |bytes: &Option<Vec<u8>>| -> Result<Option<(Revision, Record)>> {
            bytes.as_deref().map(|bytes| vault.open(id, bytes)).transpose()
        };
        let current = self.engine.get(image.tree, &image.record)?;
        let after = open(&image.after)?;
        let (base, held) = if current == image.after {
            (after.as_ref().map(|(revision, _)| *revision), None)
        } else {
            let held = open(&current)?;
            (held.as_ref().map(|(revision, _)| *revision), Some(held.map(|(_, record)| record)))
        };
        let after = after.map(|(_, record)| record);
        if held.is_some_and(|held| held != after) {
            return Err(Error::Stale);
        }
        Ok(Part { base, before: after, after: open(&image.before)?.map(|(_, record)| record) })
    }

    /// The vault, if writing is possible at all.
    pub(super) fn alive(&self) -> Result<&Vault> {
        if self.is_dead() { Err(Error::Dead) } else { self.vault() }
    }

    /// After a failed write nobody knows what the disk holds: the store has to be opened again.
    fn or_die<T>(&mut self, write: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        let confirmed = self.journal.head().sequence;
        write(self).inspect_err(|error| {
            if !matches!(error, Error::Erased | Error::Locked | Error::TooLong) {
                self.dead.get_or_insert(confirmed);
            }
        })
    }
}

/// Seals the parts of a change, in order, each with what it replaces.
fn seal(
    vault: &Vault,
    by: By,
    parts: &[Part],
    befores: &mut impl Iterator<Item = Option<Vec<u8>>>,
) -> Result<Vec<Image>> {
    let pairs: Vec<(&Part, Option<Vec<u8>>)> = parts.iter().zip(befores).collect();
    let seal = |(part, before): (&Part, Option<Vec<u8>>)| {
        let (_, id) = part.target().ok_or(Error::Unfit("it is empty"))?;
        let revision = part.base.map_or(Revision::FIRST, Revision::next);
        let after =
            part.after.as_ref().map(|record| vault.seal(record, revision, &by)).transpose()?;
        Ok(Image { tree: id.kind.code(), record: id.bytes, before, after })
    };
    if pairs.len() < 16 {
        pairs.into_iter().map(seal).collect()
    } else {
        pairs.into_par_iter().map(seal).collect()
    }
}
