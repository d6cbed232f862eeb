//! Reading the journal from any position, and finding where its last whole entry ends.

use std::{
    fs::File,
    io::{BufReader, Read, Seek, SeekFrom},
    path::{Path, PathBuf},
};

use super::{
    error::{Error, Result},
    frame::{Frame, Position},
    journal::{Head, LONGEST, MAGIC, START, chain, segment_path},
};

const WHAT: &str = "the journal";

/// Reads frames one after another, across segments.
pub(crate) struct Frames {
    folder: PathBuf,
    database: [u8; 16],
    file: BufReader<File>,
    next: Position,
    hash: [u8; 32],
}

impl Frames {
    /// From the beginning of a segment; entries up to `sequence` are known.
    pub(crate) fn head_of(
        folder: &Path,
        database: &[u8; 16],
        segment: u32,
        sequence: u64,
    ) -> Result<Head> {
        let next = Position { segment, offset: START };
        let hash = Self::at(folder, database, next)?.hash;
        Ok(Head { next, hash, sequence })
    }

    /// From a position; the hash of the frame before lies just in front of it.
    pub(crate) fn at(folder: &Path, database: &[u8; 16], at: Position) -> Result<Self> {
        let doing = "read the journal";
        let mut file = open_segment(folder, database, at.segment)?;
        let before = at.offset.checked_sub(32).ok_or(Error::Damaged { what: WHAT })?;
        file.seek(SeekFrom::Start(before)).map_err(Error::io(doing))?;
        let mut hash = [0; 32];
        file.read_exact(&mut hash).map_err(|_| Error::Damaged { what: WHAT })?;
        Ok(Self { folder: folder.to_owned(), database: *database, file, next: at, hash })
    }

    /// The next frame and where it lies; `None` at the end. Damage is an error; [`Frames::hop`] may
    /// lead past it.
    pub(crate) fn next_frame(&mut self) -> Result<Option<(Position, Frame)>> {
        loop {
            let at = self.next;
            match self.read_payload()? {
                Some((payload, hash)) => {
                    let length = payload.len() as u64;
                    if chain(&self.hash, &payload) != hash {
                        return Err(Error::Damaged { what: WHAT });
                    }
                    let frame = Frame::decode(&payload)?;
                    self.hash = hash;
                    self.next.offset += length + 36;
                    return Ok(Some((at, frame)));
                }
                None if self.turn_segment()? => {}
                None => return Ok(None),
            }
        }
    }

    /// Length, payload and hash as they lie there; `None` at the end of the segment.
    fn read_payload(&mut self) -> Result<Option<(Vec<u8>, [u8; 32])>> {
        let mut length = [0; 4];
        if fill(&mut self.file, &mut length)? == 0 {
            return Ok(None);
        }
        let length = u32::from_le_bytes(length);
        if length == 0 || length > LONGEST {
            return Err(Error::Damaged { what: WHAT });
        }
        let mut payload = Vec::new();
        let wanted = u64::from(length) + 32;
        let read = (&mut self.file)
            .take(wanted)
            .read_to_end(&mut payload)
            .map_err(Error::io("read the journal"))?;
        if read as u64 != wanted {
            return Err(Error::Damaged { what: WHAT });
        }
        let (_, hash) = payload.split_last_chunk::<32>().ok_or(Error::Damaged { what: WHAT })?;
        let hash = *hash;
        payload.truncate(payload.len() - 32);
        Ok(Some((payload, hash)))
    }

    fn turn_segment(&mut self) -> Result<bool> {
        let segment = self.next.segment + 1;
        if !segment_path(&self.folder, segment).exists() {
            return Ok(false);
        }
        let next = Position { segment, offset: START };
        let successor = Self::at(&self.folder, &self.database, next)?;
        if successor.hash != self.hash {
            return Err(Error::Damaged { what: WHAT });
        }
        *self = successor;
        Ok(true)
    }

    /// Steps over damage to the next frame that holds together with the hash before it; false if there is
    /// none.
    pub(crate) fn hop(&mut self) -> Result<bool> {
        let at = self.next;
        let doing = "read the journal";
        let behind = at.offset + 1;
        let mut tail = Vec::new();
        self.file.seek(SeekFrom::Start(behind - 32)).map_err(Error::io(doing))?;
        self.file.read_to_end(&mut tail).map_err(Error::io(doing))?;
        let place = (0..tail.len())
            .find(|place| tail.get(*place..).is_some_and(holds_together))
            .map(|place| Position { segment: at.segment, offset: behind + place as u64 });
        let successor = Position { segment: at.segment + 1, offset: START };
        for next in place.into_iter().chain([successor]) {
            let probe = Self::at(&self.folder, &self.database, next);
            if probe.is_ok_and(|mut probe| matches!(probe.next_frame(), Ok(Some(_)))) {
                *self = Self::at(&self.folder, &self.database, next)?;
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// Whether bytes begin with the hash of a frame and the whole frame that follows it.
fn holds_together(bytes: &[u8]) -> bool {
    let Some((before, rest)) = bytes.split_first_chunk::<32>() else { return false };
    let Some((length, rest)) = rest.split_first_chunk::<4>() else { return false };
    let length = u32::from_le_bytes(*length);
    let Some((payload, rest)) =
        usize::try_from(length).ok().and_then(|length| rest.split_at_checked(length))
    else {
        return false;
    };
    length <= LONGEST
        && Frame::decode(payload).is_ok()
        && rest.first_chunk::<32>() == Some(&chain(before, payload))
}

/// What a scan found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Scan {
    /// Behind the last whole entry.
    pub head: Head,
    /// Damaged places that were stepped over.
    pub damaged: u64,
    /// Entries that are missing there, by the numbers of those around them.
    pub lost: u64,
    /// Whole entries.
    pub entries: u64,
}

/// Walks the frames from `from`, gives each to `visit` with its place and the head behind it, and finds the
/// end of the last whole entry. One entry at most is unfinished when a program ends: whole entries behind
/// damage were confirmed, so that it is stepped over; only what lies behind the last of them is torn.
/// Entries up to the number of `from` are known already: they neither count nor are they missed.
pub(crate) fn scan(
    folder: &Path,
    database: &[u8; 16],
    from: Head,
    mut visit: impl FnMut(Position, Head, Frame) -> Result<()>,
) -> Result<Scan> {
    let mut frames = Frames::at(folder, database, from.next)?;
    if frames.hash != from.hash {
        return Err(Error::Damaged { what: WHAT });
    }
    let mut scan = Scan { head: from, damaged: 0, lost: 0, entries: 0 };
    let (mut begun, mut damaged) = (None, 0);
    loop {
        let (at, frame) = match frames.next_frame() {
            Ok(Some(found)) => found,
            Err(Error::Damaged { .. }) if frames.hop()? => {
                damaged += 1;
                begun = None;
                continue;
            }
            Ok(None) | Err(Error::Damaged { .. }) => return Ok(scan),
            Err(error) => return Err(error),
        };
        let ended = match &frame {
            Frame::Entry(header, _) => Some(header.sequence),
            Frame::Begin(header) => {
                begun = Some(header.sequence);
                None
            }
            Frame::Parts(_) => None,
            Frame::End(_) => begun.take(),
        };
        let sequence = ended.unwrap_or(0).max(scan.head.sequence);
        let head = Head { next: frames.next, hash: frames.hash, sequence };
        visit(at, head, frame)?;
        if ended.is_some() {
            scan.lost += sequence.saturating_sub(scan.head.sequence + 1);
            scan.entries += u64::from(sequence > scan.head.sequence);
            scan.damaged = damaged;
            scan.head = head;
        }
    }
}

fn open_segment(folder: &Path, database: &[u8; 16], segment: u32) -> Result<BufReader<File>> {
    let file = File::open(segment_path(folder, segment)).map_err(Error::io("read the journal"))?;
    let mut file = BufReader::with_capacity(64 * 1024, file);
    let mut start = [0; 24];
    file.read_exact(&mut start).map_err(|_| Error::Damaged { what: WHAT })?;
    let (magic, rest) = start.split_at(8);
    if magic != MAGIC || rest != database {
        return Err(Error::Damaged { what: WHAT });
    }
    Ok(file)
}

/// Reads until `bytes` is full or the end; a part of them is damage.
fn fill(file: &mut impl Read, bytes: &mut [u8]) -> Result<usize> {
    let mut filled = 0;
    while let Some(rest) = bytes.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match file.read(rest).map_err(Error::io("read the journal"))? {
            0 if filled == 0 => return Ok(0),
            0 => return Err(Error::Damaged { what: WHAT }),
            count => filled += count,
        }
    }
    Ok(filled)
}
