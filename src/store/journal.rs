//! The journal: an append-only, hash-chained history in segments, written and fsynced before anything
//! else. Undo, audit and recovery read it from any position, never as a whole.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

use super::{
    disk::{self, Fsync, new_file},
    error::{Error, Result},
    frame::{self, Frame, Header, Image, Position},
    scan::Frames,
};

/// How a segment begins.
pub(crate) const MAGIC: &[u8; 8] = b"TUTJRNL1";
const WHAT: &str = "the journal";
/// Magic, database, and the hash of the frame before the first one.
pub(crate) const START: u64 = 8 + 16 + 32;
/// A segment that has grown beyond this gets a successor.
const SEGMENT: u64 = 64 * 1024 * 1024;
/// No frame comes near this; a longer one is damage.
pub(crate) const LONGEST: u32 = 16 * 1024 * 1024;

/// How far the journal, or the database behind it, has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Head {
    /// Where the next frame begins.
    pub next: Position,
    /// Hash of the frame before it.
    pub hash: [u8; 32],
    /// Sequence number of the last entry.
    pub sequence: u64,
}

impl Head {
    /// Before the first entry.
    pub(crate) const START: Self =
        Self { next: Position { segment: 1, offset: START }, hash: [0; 32], sequence: 0 };
}

/// The journal of a profile, open for appending.
pub(crate) struct Journal {
    folder: PathBuf,
    database: [u8; 16],
    fsync: Fsync,
    file: File,
    head: Head,
    /// Hash and place while a large entry is being written.
    pending: Option<(Position, u64)>,
}

impl Journal {
    /// An empty journal in a new folder.
    pub(crate) fn create(folder: PathBuf, database: [u8; 16], fsync: Fsync) -> Result<Self> {
        disk::new_folder(&folder)?;
        Self::start_segment(folder, database, fsync, Head::START)
    }

    /// Opens for appending at `head`, which a scan has found; whatever lies behind it is torn, and is
    /// kept aside before it is cut off. Answers how many bytes that were.
    pub(crate) fn open(
        folder: PathBuf,
        database: [u8; 16],
        fsync: Fsync,
        head: Head,
    ) -> Result<(Self, u64)> {
        let path = segment_path(&folder, head.next.segment);
        let doing = "open the journal";
        let file =
            OpenOptions::new().read(true).write(true).open(&path).map_err(Error::io(doing))?;
        let length = file.metadata().map_err(Error::io(doing))?.len();
        let torn = length.saturating_sub(head.next.offset);
        let mut journal = Self { folder, database, fsync, file, head, pending: None };
        if torn > 0 {
            journal.cut_tail(&path)?;
        }
        journal.file.seek(SeekFrom::Start(head.next.offset)).map_err(Error::io(doing))?;
        Ok((journal, torn))
    }

    /// Continues behind a database whose journal was lost: a new segment that begins at its hash.
    pub(crate) fn resume(
        folder: PathBuf,
        database: [u8; 16],
        fsync: Fsync,
        mut head: Head,
    ) -> Result<Self> {
        disk::new_folder(&folder)?;
        let last = segments(&folder)?.last().copied().unwrap_or(0);
        head.next = Position { segment: last.max(head.next.segment) + 1, offset: START };
        Self::start_segment(folder, database, fsync, head)
    }

    fn start_segment(
        folder: PathBuf,
        database: [u8; 16],
        fsync: Fsync,
        head: Head,
    ) -> Result<Self> {
        let path = segment_path(&folder, head.next.segment);
        let mut file = new_file(&path)?;
        let mut bytes = MAGIC.to_vec();
        bytes.extend_from_slice(&database);
        bytes.extend_from_slice(&head.hash);
        file.write_all(&bytes).map_err(Error::io("begin the journal"))?;
        fsync.file(&file, &path)?;
        fsync.folder(&folder)?;
        Ok(Self { folder, database, fsync, file, head, pending: None })
    }

    fn cut_tail(&mut self, path: &Path) -> Result<()> {
        let doing = "set aside the torn end of the journal";
        let offset = self.head.next.offset;
        let mut tail = Vec::new();
        self.file.seek(SeekFrom::Start(offset)).map_err(Error::io(doing))?;
        self.file.read_to_end(&mut tail).map_err(Error::io(doing))?;
        self.fsync.replace(&path.with_extension(format!("torn-{offset}")), &tail)?;
        self.file.set_len(offset).map_err(Error::io(doing))?;
        self.fsync.file(&self.file, path)
    }

    /// Where the next entry will go.
    pub(crate) const fn head(&self) -> Head {
        self.head
    }

    /// Appends a whole entry and forces it onto the disk; answers where it lies.
    pub(crate) fn append(&mut self, header: &Header, parts: &[Image]) -> Result<Position> {
        self.turn_segment()?;
        let position = self.head.next;
        self.write(&frame::encode_entry(header, parts))?;
        self.settle(header.sequence)?;
        Ok(position)
    }

    /// Begins an entry that is too large for one frame; answers where it lies.
    pub(crate) fn begin(&mut self, header: Header) -> Result<Position> {
        self.turn_segment()?;
        let (position, sequence) = (self.head.next, header.sequence);
        self.write(&Frame::Begin(header).encode())?;
        self.pending = Some((position, sequence));
        Ok(position)
    }

    /// Appends some of its parts.
    pub(crate) fn parts(&mut self, parts: Vec<Image>) -> Result<()> {
        self.write(&Frame::Parts(parts).encode())
    }

    /// Ends it and forces all of it onto the disk: from now on it counts.
    pub(crate) fn end(&mut self, count: u64) -> Result<()> {
        self.write(&Frame::End(count).encode())?;
        let sequence = self.pending.take().map_or(self.head.sequence, |(_, sequence)| sequence);
        self.settle(sequence)
    }

    fn write(&mut self, payload: &[u8]) -> Result<()> {
        let length = u32::try_from(payload.len())
            .ok()
            .filter(|length| *length <= LONGEST)
            .ok_or(Error::TooLong)?;
        let hash = chain(&self.head.hash, payload);
        let mut bytes = Vec::with_capacity(payload.len() + 36);
        bytes.extend_from_slice(&length.to_le_bytes());
        bytes.extend_from_slice(payload);
        bytes.extend_from_slice(&hash);
        self.file.write_all(&bytes).map_err(Error::io("write to the journal"))?;
        self.head.next.offset += u64::from(length) + 36;
        self.head.hash = hash;
        Ok(())
    }

    fn settle(&mut self, sequence: u64) -> Result<()> {
        self.fsync.file(&self.file, &segment_path(&self.folder, self.head.next.segment))?;
        self.head.sequence = sequence;
        Ok(())
    }

    fn turn_segment(&mut self) -> Result<()> {
        if self.head.next.offset < SEGMENT {
            return Ok(());
        }
        let mut head = self.head;
        head.next = Position { segment: head.next.segment + 1, offset: START };
        let (folder, fsync) = (self.folder.clone(), self.fsync.clone());
        *self = Self::start_segment(folder, self.database, fsync, head)?;
        Ok(())
    }

    /// After a failed write: takes the unfinished end off again, as far as the disk lets us.
    pub(crate) fn abandon(&mut self, head: Head) {
        if self.head.next.segment == head.next.segment {
            drop(self.file.set_len(head.next.offset));
        }
    }

    /// The header of the entry at a position.
    pub(crate) fn header(&self, at: Position) -> Result<Header> {
        match Frames::at(&self.folder, &self.database, at)?.next_frame()? {
            Some((_, Frame::Entry(header, _) | Frame::Begin(header))) => Ok(header),
            _ => Err(Error::Damaged { what: WHAT }),
        }
    }

    /// The entry at a position, with all its parts.
    pub(crate) fn entry(&self, at: Position) -> Result<(Header, Vec<Image>)> {
        let mut frames = Frames::at(&self.folder, &self.database, at)?;
        let damaged = || Error::Damaged { what: WHAT };
        match frames.next_frame()?.ok_or_else(damaged)?.1 {
            Frame::Entry(header, parts) => Ok((header, parts)),
            Frame::Begin(header) => {
                let mut all = Vec::new();
                loop {
                    match frames.next_frame()?.ok_or_else(damaged)?.1 {
                        Frame::Parts(parts) => all.extend(parts),
                        Frame::End(_) => return Ok((header, all)),
                        Frame::Entry(..) | Frame::Begin(_) => return Err(damaged()),
                    }
                }
            }
            Frame::Parts(_) | Frame::End(_) => Err(damaged()),
        }
    }
}

/// The segments in a folder, in order.
pub(crate) fn segments(folder: &Path) -> Result<Vec<u32>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(Error::io("list the journal")(error)),
    };
    let mut numbers: Vec<u32> = entries
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.strip_suffix(".log")?.parse().ok())
        .collect();
    numbers.sort_unstable();
    Ok(numbers)
}

/// Whether anything was ever written into the journal.
pub(crate) fn has_entries(folder: &Path) -> Result<bool> {
    let length = || fs::metadata(segment_path(folder, 1)).map(|file| file.len());
    Ok(match segments(folder)?.as_slice() {
        [] => false,
        [1] => length().map_err(Error::io("read the journal"))? > START,
        _ => true,
    })
}

/// Where a segment lies.
pub(crate) fn segment_path(folder: &Path, segment: u32) -> PathBuf {
    folder.join(format!("{segment:04}.log"))
}

/// The hash of a frame, which takes in the one before.
pub(crate) fn chain(before: &[u8; 32], payload: &[u8]) -> [u8; 32] {
    *blake3::Hasher::new().update(before).update(payload).finalize().as_bytes()
}

/// The hybrid logical time of an entry: the clock's, or just after the last one if the clock went back.
pub(crate) fn logical_time(last: u64, utc_ms: i64) -> u64 {
    (u64::try_from(utc_ms).unwrap_or(0) << 16).max(last + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{
        frame::{Deed, tests::header},
        scan::{Scan, scan},
    };

    const DATABASE: [u8; 16] = [3; 16];

    fn image(byte: u8) -> Image {
        Image { tree: 4, record: [byte; 16], before: None, after: Some(vec![byte; 40]) }
    }

    fn fill_journal(folder: &Path, entries: u64) -> Journal {
        let mut journal = Journal::create(folder.to_owned(), DATABASE, Fsync::On).unwrap();
        for sequence in 1..=entries {
            let byte = u8::try_from(sequence).unwrap();
            journal.append(&header(sequence, Deed::Commit), &[image(byte)]).unwrap();
        }
        journal
    }

    fn scan_all(folder: &Path) -> (Scan, Vec<u64>) {
        let mut seen = Vec::new();
        let scan = scan(folder, &DATABASE, Head::START, |_, _, frame| {
            if let Frame::Entry(header, _) | Frame::Begin(header) = frame {
                seen.push(header.sequence);
            }
            Ok(())
        });
        (scan.unwrap(), seen)
    }

    #[test]
    fn entries_are_read_back_from_any_position() {
        let folder = tempfile::tempdir().unwrap();
        let mut journal = fill_journal(folder.path(), 3);
        let from = journal.head();
        let at = journal.append(&header(4, Deed::Undo(3)), &[image(9)]).unwrap();
        assert_eq!(journal.entry(at).unwrap(), (header(4, Deed::Undo(3)), vec![image(9)]));
        let (whole, seen) = scan_all(folder.path());
        assert_eq!((whole.head, seen), (journal.head(), vec![1, 2, 3, 4]));
        let late = scan(folder.path(), &DATABASE, from, |_, _, _| Ok(())).unwrap();
        assert_eq!((late.head, late.entries), (journal.head(), 1));
    }

    #[test]
    fn a_torn_end_is_cut_off_and_kept_aside() {
        let folder = tempfile::tempdir().unwrap();
        let good = fill_journal(folder.path(), 2).head();
        let path = segment_path(folder.path(), 1);
        for torn in [&b"\x40\0\0\0half an entry"[..], &[0; 300], &[255; 7]] {
            let mut bytes = fs::read(&path).unwrap();
            bytes.extend_from_slice(torn);
            fs::write(&path, bytes).unwrap();
            let (found, _) = scan_all(folder.path());
            assert_eq!(found.head, good);
            let (journal, cut) =
                Journal::open(folder.path().to_owned(), DATABASE, Fsync::On, good).unwrap();
            assert_eq!((journal.head(), cut), (good, torn.len() as u64));
            let aside = path.with_extension(format!("torn-{}", good.next.offset));
            assert_eq!(fs::read(aside).unwrap(), torn);
        }
        let (mut journal, cut) =
            Journal::open(folder.path().to_owned(), DATABASE, Fsync::On, good).unwrap();
        assert_eq!(cut, 0);
        journal.append(&header(3, Deed::Commit), &[image(3)]).unwrap();
        assert_eq!(scan_all(folder.path()).1, [1, 2, 3]);
    }

    #[test]
    fn a_large_entry_counts_only_when_it_has_ended() {
        let folder = tempfile::tempdir().unwrap();
        let mut journal = fill_journal(folder.path(), 1);
        let before = journal.head();
        let at = journal.begin(header(2, Deed::Commit)).unwrap();
        journal.parts(vec![image(1)]).unwrap();
        journal.parts(vec![image(2)]).unwrap();
        assert_eq!(scan_all(folder.path()).0.head, before);
        journal.end(2).unwrap();
        assert_eq!(scan_all(folder.path()).0.head, journal.head());
        assert_eq!(journal.entry(at).unwrap().1, [image(1), image(2)]);
        assert_eq!(journal.head().sequence, 2);
    }

    #[test]
    fn damage_hides_only_the_entries_that_it_hits() {
        let folder = tempfile::tempdir().unwrap();
        let journal = fill_journal(folder.path(), 6);
        let path = segment_path(folder.path(), 1);
        let sound = fs::read(&path).unwrap();
        let start = usize::try_from(START).unwrap();
        let length = (sound.len() - start) / 6;
        let third = start + 2 * length;
        let places = [
            third..third + 1,
            third + 3..third + 4,
            third + 30..third + 31,
            third..third + length,
            third + 40..third + length + 40,
        ];
        for place in places {
            let mut bytes = sound.clone();
            bytes[place.clone()].iter_mut().for_each(|byte| *byte ^= 0x44);
            fs::write(&path, bytes).unwrap();
            let (found, seen) = scan_all(folder.path());
            assert_eq!((found.head, found.damaged), (journal.head(), 1), "{place:?}");
            assert!(seen.starts_with(&[1, 2]) && seen.ends_with(&[6]), "{place:?}: {seen:?}");
            assert_eq!(found.lost, 6 - found.entries, "{place:?}");
            assert!((1..=3).contains(&found.lost), "{place:?}: {}", found.lost);
        }
    }

    #[test]
    fn a_lost_journal_goes_on_in_a_new_segment() {
        let folder = tempfile::tempdir().unwrap();
        let head = fill_journal(folder.path(), 2).head();
        fs::remove_file(segment_path(folder.path(), 1)).unwrap();
        let mut journal =
            Journal::resume(folder.path().to_owned(), DATABASE, Fsync::On, head).unwrap();
        let from = journal.head();
        journal.append(&header(3, Deed::Commit), &[image(3)]).unwrap();
        let found = scan(folder.path(), &DATABASE, from, |_, _, _| Ok(())).unwrap();
        assert_eq!(found.head, journal.head());
    }

    #[test]
    fn time_never_goes_back_when_the_clock_does() {
        let noon = logical_time(0, 1_790_000_000_000);
        assert!(logical_time(noon, 1_700_000_000_000) > noon);
        assert!(logical_time(noon, 1_790_000_000_001) > logical_time(noon, 0));
    }
}
