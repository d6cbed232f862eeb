//! A snapshot: every record of a profile in one file, sealed as the database holds it, with the keyring.
//! Nothing is opened for it. A backup is the same behind the `keys` file, so that it opens elsewhere too.
//!
//! Magic, header with its hash, records, keyring, the user's own files if there are any, and a hash over all. A record that changes while the
//! file is being written follows once more: the later one counts.

mod copying;
mod rewriting;

use std::{
    fs::File,
    io::{self, BufReader, Read},
    path::Path,
};

use super::{
    bytes::{Reader, Writer},
    engine::Engine,
    error::{Error, Result},
    frame::Image,
    journal::LONGEST,
    keys::Keys,
    progress::{Progress, TREES},
    schema,
};

pub(crate) use copying::{Copying, Source, Step};
pub(crate) use rewriting::Rewriting;

const MAGIC: &[u8; 8] = b"TUTSNAP1";
/// How a backup begins: behind it stands the `keys` file, then a snapshot.
const BACKUP: &[u8; 8] = b"TUTBACK1";
/// Without and with the user's own files.
const PLAIN: u8 = 1;
const WITH_OWN: u8 = 2;
/// No header and no keys file comes near this.
const LONGEST_HEADER: usize = 64 * 1024;
/// Stands where the tree of a record would: the keyring follows.
const END: u8 = 0xFF;
/// Records are brought into a database so many bytes at a time.
const BATCH: usize = 256 * 1024;

/// What stands in front of the records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Summary {
    /// Of which database.
    pub database: [u8; 16],
    /// When it was begun.
    pub utc_ms: i64,
    /// Where in the journal it stands, and how many records of each kind it holds.
    pub progress: Progress,
    format: u8,
}

/// What stands before and behind the records of a backup; both are empty in a snapshot.
#[derive(Default)]
pub(crate) struct Around {
    /// The keys.
    pub front: Vec<u8>,
    /// The user's own policies and letters, sealed.
    pub own: Option<Vec<u8>>,
}

/// What stands behind the records.
pub(crate) struct Behind {
    /// As its file was.
    pub keyring: Vec<u8>,
    /// The user's own policies and letters, sealed.
    pub own: Option<Vec<u8>>,
}

impl Behind {
    fn encode(&self) -> Vec<u8> {
        let mut out = Writer::default();
        out.u8(END).bytes(&self.keyring);
        if let Some(own) = &self.own {
            out.bytes(own);
        }
        out.0
    }
}

impl Summary {
    /// The same in a file with or without the user's own files.
    const fn with(mut self, own: Option<&Vec<u8>>) -> Self {
        self.format = if own.is_some() { WITH_OWN } else { PLAIN };
        self
    }

    /// The header, with its hash; its length depends on nothing but the format.
    fn encode(&self) -> Vec<u8> {
        let mut out = Writer::default();
        out.raw(MAGIC).u8(self.format).u16(schema::NEWEST).raw(&self.database);
        out.raw(&self.utc_ms.to_le_bytes()).bytes(&self.progress.encode());
        let hash = blake3::hash(&out.0);
        out.raw(hash.as_bytes());
        out.0
    }
}

/// One record of a snapshot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Item {
    pub tree: u8,
    pub record: [u8; 16],
    /// Whether it stood further up in the file too.
    pub again: bool,
    /// Its sealed bytes; none if it was deleted since.
    pub sealed: Option<Vec<u8>>,
}

impl Item {
    fn put(&self, out: &mut Writer) {
        let code = match (self.again, &self.sealed) {
            (_, None) => 0,
            (false, Some(_)) => 1,
            (true, Some(_)) => 2,
        };
        out.u8(self.tree).raw(&self.record).u8(code);
        if let Some(sealed) = &self.sealed {
            out.bytes(sealed);
        }
    }

    /// How it changes the number of records of its kind.
    fn count(&self, counts: &mut [u64; TREES]) -> Result<()> {
        let count = counts.get_mut(usize::from(self.tree)).ok_or(Error::Newer)?;
        match (self.again, &self.sealed) {
            (_, None) => *count = count.saturating_sub(1),
            (false, Some(_)) => *count += 1,
            (true, Some(_)) => {}
        }
        Ok(())
    }
}

/// Reads a snapshot or backup from front to back; only at its end is it known to be sound.
pub(crate) struct Snapshot {
    file: BufReader<File>,
    what: &'static str,
    /// The `keys` file of a backup.
    pub keys: Option<Keys>,
    pub summary: Summary,
    /// Hash of what stands before the records, and of the records.
    front: blake3::Hasher,
    body: blake3::Hasher,
    counts: [u64; TREES],
    behind: Option<Behind>,
}

impl Snapshot {
    /// Opens a file and reads as far as the records.
    pub(crate) fn open(path: &Path) -> Result<Self> {
        let file = File::open(path).map_err(Error::io("open the snapshot"))?;
        let mut snapshot = Self {
            file: BufReader::with_capacity(256 * 1024, file),
            what: "the snapshot",
            keys: None,
            summary: Summary {
                database: [0; 16],
                utc_ms: 0,
                progress: Progress::START,
                format: PLAIN,
            },
            front: blake3::Hasher::new(),
            body: blake3::Hasher::new(),
            counts: [0; TREES],
            behind: None,
        };
        let mut magic = snapshot.fronts::<8>()?;
        if magic == *BACKUP {
            snapshot.what = "the backup";
            let keys = snapshot.front_bytes()?;
            snapshot.keys = Some(Keys::decode(&keys)?);
            magic = snapshot.fronts()?;
        }
        if magic != *MAGIC {
            return Err(Error::NotABackup);
        }
        snapshot.read_header(magic)?;
        Ok(snapshot)
    }

    fn read_header(&mut self, magic: [u8; 8]) -> Result<()> {
        let mut header = magic.to_vec();
        let start = self.fronts::<{ 1 + 2 + 16 + 8 }>()?;
        header.extend_from_slice(&start);
        let mut reader = Reader::new(&start, self.what);
        let format = reader.u8()?;
        let is_newer = reader.u16()? > schema::NEWEST || format > WITH_OWN;
        let (database, utc_ms) = (reader.array()?, i64::from_le_bytes(reader.array()?));
        let progress = self.front_bytes()?;
        let mut out = Writer(header);
        out.bytes(&progress);
        let hash = self.fronts::<32>()?;
        if blake3::hash(&out.0) != hash {
            return Err(self.damaged());
        }
        if is_newer {
            return Err(Error::Newer);
        }
        let progress = Progress::decode(&progress)?;
        self.summary = Summary { database, utc_ms, progress, format };
        Ok(())
    }

    /// The next record; none at the end, and then all of it is sound.
    pub(crate) fn next(&mut self) -> Result<Option<Item>> {
        if self.behind.is_some() {
            return Ok(None);
        }
        let [tree] = self.bodies::<1>()?;
        if tree == END {
            return self.end().map(|()| None);
        }
        let (record, [code]) = (self.bodies::<16>()?, self.bodies::<1>()?);
        let sealed = match code {
            0 => None,
            1 | 2 => Some(self.body_bytes(LONGEST)?),
            _ => return Err(self.damaged()),
        };
        let item = Item { tree, record, again: code != 1, sealed };
        item.count(&mut self.counts)?;
        Ok(Some(item))
    }

    /// Keyring, hash, counts, and nothing behind them.
    fn end(&mut self) -> Result<()> {
        let keyring = self.body_bytes(u32::MAX)?;
        let has_own = self.summary.format >= WITH_OWN;
        let own = has_own.then(|| self.body_bytes(u32::MAX)).transpose()?;
        let (mut hash, mut more) = ([0; 32], [0; 1]);
        fill(&mut self.file, &mut hash, self.what)?;
        let behind = self.file.read(&mut more).map_err(Error::io("read the snapshot"))?;
        let is_sound = whole(&self.front, &self.body) == hash;
        if !is_sound || behind > 0 || self.counts != self.summary.progress.counts {
            return Err(self.damaged());
        }
        self.behind = Some(Behind { keyring, own });
        Ok(())
    }

    /// Reads what is left, and answers what stands behind the records.
    pub(crate) fn verified(mut self) -> Result<Behind> {
        while self.next()?.is_some() {}
        self.behind.ok_or(Error::Damaged { what: "the snapshot" })
    }

    /// Brings all records into an empty database, which then stands where the snapshot stood.
    pub(crate) fn fill(mut self, engine: &mut Engine) -> Result<Behind> {
        let (mut images, mut size) = (Vec::new(), 0);
        loop {
            let item = self.next()?;
            let is_last = item.is_none();
            images.extend(item.map(|item| {
                let Item { tree, record, sealed, .. } = item;
                Image { tree, record, before: None, after: sealed }
            }));
            size += images.last().map_or(0, Image::size);
            if size >= BATCH || is_last {
                let unchanged = *engine.progress();
                engine.apply(&images, &unchanged)?;
                images.clear();
                size = 0;
            }
            if is_last {
                break;
            }
        }
        if engine.progress().counts != self.summary.progress.counts {
            return Err(self.damaged());
        }
        engine.set_progress(&self.summary.progress)?;
        self.behind.ok_or(Error::Damaged { what: "the snapshot" })
    }

    fn fronts<const N: usize>(&mut self) -> Result<[u8; N]> {
        let mut bytes = [0; N];
        fill(&mut self.file, &mut bytes, self.what)?;
        self.front.update(&bytes);
        Ok(bytes)
    }

    fn front_bytes(&mut self) -> Result<Vec<u8>> {
        let length = u32::from_le_bytes(self.fronts()?);
        let length = usize::try_from(length).unwrap_or(usize::MAX);
        if length > LONGEST_HEADER {
            return Err(self.damaged());
        }
        let mut bytes = vec![0; length];
        fill(&mut self.file, &mut bytes, self.what)?;
        self.front.update(&bytes);
        Ok(bytes)
    }

    fn bodies<const N: usize>(&mut self) -> Result<[u8; N]> {
        let mut bytes = [0; N];
        fill(&mut self.file, &mut bytes, self.what)?;
        self.body.update(&bytes);
        Ok(bytes)
    }

    /// Bytes with their length in front; a damaged length asks for no memory that the file cannot fill.
    fn body_bytes(&mut self, longest: u32) -> Result<Vec<u8>> {
        let length = u32::from_le_bytes(self.bodies()?);
        if length > longest {
            return Err(self.damaged());
        }
        let mut bytes = Vec::new();
        let read = (&mut self.file)
            .take(u64::from(length))
            .read_to_end(&mut bytes)
            .map_err(Error::io("read the snapshot"))?;
        if read as u64 != u64::from(length) {
            return Err(self.damaged());
        }
        self.body.update(&bytes);
        Ok(bytes)
    }

    const fn damaged(&self) -> Error {
        Error::Damaged { what: self.what }
    }
}

/// The hash at the end, over all that stands before it.
fn whole(front: &blake3::Hasher, body: &blake3::Hasher) -> blake3::Hash {
    let mut hasher = blake3::Hasher::new();
    hasher.update(front.finalize().as_bytes()).update(body.finalize().as_bytes());
    hasher.finalize()
}

/// What stands in front of the header of a backup.
pub(crate) fn backup_front(keys: &Keys) -> Vec<u8> {
    let mut out = Writer::default();
    out.raw(BACKUP).bytes(&keys.encode());
    out.0
}

fn fill(file: &mut impl Read, bytes: &mut [u8], what: &'static str) -> Result<()> {
    file.read_exact(bytes).map_err(|error| {
        if error.kind() == io::ErrorKind::UnexpectedEof {
            return Error::Damaged { what };
        }
        Error::io("read the snapshot")(error)
    })
}

#[cfg(test)]
mod tests;
