//! What was done, read back from the journal: its entries, and the earlier versions of one record.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use chrono::NaiveDateTime;

use super::{
    Store,
    error::{Error, Result},
    frame::{self, Frame, Header, Image, Position},
    journal::{self, START},
    journal_path,
    scan::Frames,
    vault::{Envelope, Vault},
};
use crate::domain::{
    history::{Deed, Entry, History, Version},
    record::{Kind, Owner, RecordId},
    tutor::TutorId,
    word::Choice,
};

/// Tells the wall time of a stamp in milliseconds since 1970.
pub type Wall<'a> = &'a dyn Fn(i64) -> NaiveDateTime;

impl Store {
    /// The entries of the last part of the journal, or of `part`, the newest first. What is damaged is left out.
    ///
    /// # Errors
    /// When the profile is locked or the journal cannot be read.
    pub fn history(&self, part: Option<u32>, wall: Wall<'_>) -> Result<History> {
        let vault = self.vault()?;
        let folder = journal_path(&self.folder);
        let parts = journal::segments(&folder)?;
        let wanted = |it: &u32| part.is_none_or(|part| *it <= part);
        let Some((segment, before)) =
            parts.iter().rposition(wanted).and_then(|at| parts.get(..=at)?.split_last())
        else {
            return Ok(History::default());
        };
        let (mut entries, mut open) = (Vec::new(), None);
        walk(&folder, &self.keys.database, *segment, |header, images, whole| {
            // The end of a large entry may be lost in damage.
            open.take_if(|begun: &mut Entry| begun.sequence != header.sequence);
            let entry = open.get_or_insert_with(|| entry(vault, header, wall));
            for image in images {
                tell(entry, image);
            }
            entries.extend(open.take_if(|_| whole));
        })?;
        entries.reverse();
        Ok(History { entries, earlier: before.last().copied() })
    }

    /// What a record was after each entry of the journal that touched it, the newest first. What cannot be read
    /// any more is left out.
    ///
    /// # Errors
    /// When the profile is locked or the journal cannot be read.
    pub fn versions(&self, id: RecordId, wall: Wall<'_>) -> Result<Vec<Version>> {
        let vault = self.vault()?;
        let folder = journal_path(&self.folder);
        let mut versions = Vec::new();
        for segment in journal::segments(&folder)? {
            walk(&folder, &self.keys.database, segment, |header, images, _| {
                let of_it =
                    |image: &&Image| image.tree == id.kind.code() && image.record == id.bytes;
                for image in images.iter().filter(of_it) {
                    let opened = image.after.as_deref().map(|bytes| vault.open(id, bytes));
                    if let Ok(record) = opened.transpose() {
                        versions.push(Version {
                            at: wall(utc_ms(header)),
                            author: TutorId::from_bytes(header.author),
                            record: record.map(|(_, record)| record),
                        });
                    }
                }
            })?;
        }
        versions.reverse();
        Ok(versions)
    }
}

/// An entry before its parts are told.
fn entry(vault: &Vault, header: &Header, wall: Wall<'_>) -> Entry {
    let label = || vault.open_label(header.sequence, &header.label).ok();
    let deed = match header.deed {
        frame::Deed::Commit => label().map(Deed::Did),
        frame::Deed::Undo(of) => label().map(|label| Deed::TookBack(label, of)),
        frame::Deed::Redo(of) => label().map(|label| Deed::DidAgain(label, of)),
        frame::Deed::Look => vault.open_look(header.sequence, &header.label).ok().map(Deed::Looked),
    };
    Entry {
        sequence: header.sequence,
        at: wall(utc_ms(header)),
        author: TutorId::from_bytes(header.author),
        deed: deed.unwrap_or(Deed::Unread),
        students: BTreeSet::new(),
        kinds: BTreeMap::new(),
    }
}

/// Takes in whom a part is about, and what kind of record it is.
fn tell(entry: &mut Entry, image: &Image) {
    let bytes = image.after.as_deref().or(image.before.as_deref());
    if let Some(Ok((Envelope { owner: Owner::Student(student), .. }, _))) =
        bytes.map(Envelope::read)
    {
        entry.students.insert(student);
    }
    if let Some(kind) = Kind::from_code(image.tree) {
        *entry.kinds.entry(kind).or_default() += 1;
    }
}

/// When an entry was written, by the clock of its time.
fn utc_ms(header: &Header) -> i64 {
    i64::try_from(header.time >> 16).unwrap_or_default()
}

/// Gives the entries of a segment to `visit`, in order and a large one piece by piece, and says with which piece an entry
/// is whole. What is damaged is stepped over.
fn walk(
    folder: &Path,
    database: &[u8; 16],
    segment: u32,
    mut visit: impl FnMut(&Header, &[Image], bool),
) -> Result<()> {
    let mut frames = Frames::at(folder, database, Position { segment, offset: START })?;
    let mut begun = None;
    loop {
        let frame = match frames.next_frame() {
            Ok(Some((at, frame))) if at.segment == segment => frame,
            Err(Error::Damaged { .. }) if frames.hop()? => {
                begun = None;
                continue;
            }
            Ok(_) | Err(Error::Damaged { .. }) => return Ok(()),
            Err(error) => return Err(error),
        };
        match frame {
            Frame::Entry(header, images) => visit(&header, &images, true),
            Frame::Begin(header) => begun = Some(header),
            Frame::Parts(images) => {
                if let Some(header) = &begun {
                    visit(header, &images, false);
                }
            }
            Frame::End(_) => {
                if let Some(header) = begun.take() {
                    visit(&header, &[], true);
                }
            }
        }
    }
}
