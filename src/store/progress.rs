//! What the database knows about itself: how far it has followed the journal, what undo and redo reach,
//! and how many records each kind has.

use super::{
    bytes::{Reader, Writer},
    error::{Error, Result},
    frame::{Position, position, put_position},
    journal::Head,
};

/// Trees there is room to count; kinds have smaller codes. The first version of the record had room for 32.
pub(crate) const TREES: usize = 64;

/// How far the database has come. Written in the same transaction as the records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Progress {
    /// Behind the last entry that is applied.
    pub head: Head,
    /// Hybrid logical time of that entry.
    pub time: u64,
    /// The entry that undo takes back next.
    pub undo: Option<Position>,
    /// The undo that redo takes back next.
    pub redo: Option<Position>,
    /// Records of each kind, by its code.
    pub counts: [u64; TREES],
}

impl Progress {
    /// Of an empty database.
    pub(crate) const START: Self =
        Self { head: Head::START, time: 0, undo: None, redo: None, counts: [0; TREES] };

    pub(crate) fn encode(&self) -> Vec<u8> {
        let mut out = Writer::default();
        out.u8(2).u64(self.head.sequence).raw(&self.head.hash).u64(self.time);
        put_position(&mut out, Some(self.head.next));
        put_position(&mut out, self.undo);
        put_position(&mut out, self.redo);
        for count in self.counts {
            out.u64(count);
        }
        out.0
    }

    pub(crate) fn decode(bytes: &[u8]) -> Result<Self> {
        let what = "the database's own record";
        let mut reader = Reader::new(bytes, what);
        let trees = match reader.u8()? {
            1 => 32,
            2 => TREES,
            _ => return Err(Error::Newer),
        };
        let (sequence, hash, time) = (reader.u64()?, reader.array()?, reader.u64()?);
        let next = position(&mut reader)?.ok_or(Error::Damaged { what })?;
        let (undo, redo) = (position(&mut reader)?, position(&mut reader)?);
        let mut counts = [0; TREES];
        for count in counts.iter_mut().take(trees) {
            *count = reader.u64()?;
        }
        reader.end()?;
        Ok(Self { head: Head { next, hash, sequence }, time, undo, redo, counts })
    }
}

#[cfg(test)]
mod tests {
    use strum::IntoEnumIterator;

    use super::*;
    use crate::domain::{record::Kind, word::Choice};

    #[test]
    fn progress_is_read_back() {
        let mut progress = Progress { time: 5, ..Progress::START };
        progress.undo = Some(Position { segment: 2, offset: 99 });
        progress.counts[14] = 7;
        assert_eq!(Progress::decode(&progress.encode()).unwrap(), progress);
        let mut first = progress.encode();
        first[0] = 1;
        first.truncate(first.len() - 8 * (TREES - 32));
        assert_eq!(Progress::decode(&first).unwrap(), progress, "of the first version");
    }

    #[test]
    fn there_is_room_for_every_kind() {
        assert!(Kind::iter().all(|kind| usize::from(kind.code()) < TREES));
    }
}
