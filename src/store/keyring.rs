//! The `keyring` file: one random key a student, all sealed under the data key. Destroying a student's
//! key erases that student in the database and in the journal at once; a tombstone stays.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use zeroize::Zeroizing;

use super::{
    bytes::{Reader, Writer},
    disk::{self, Fsync},
    error::{Error, Result},
    seal::{self, Key, Place},
};

const MAGIC: &[u8; 8] = b"TUTRING1";
const WHAT: &str = "the keyring file";
const MISSING: &str = "the profile has lost its file `keyring` and the copy, without which no record opens: \
     `tutelage restore` makes a new profile of a backup; this one";
const TREE: u8 = 254;

/// Sixteen bytes that name a student.
type Student = [u8; 16];

/// The keys of all students of a profile.
pub(crate) struct Keyring {
    path: PathBuf,
    fsync: Fsync,
    database: [u8; 16],
    keys: BTreeMap<Student, Key>,
    erased: BTreeSet<Student>,
}

impl Keyring {
    /// A keyring without keys, not yet on disk.
    pub(crate) fn new(path: PathBuf, fsync: Fsync, database: [u8; 16]) -> Self {
        Self { path, fsync, database, keys: BTreeMap::new(), erased: BTreeSet::new() }
    }

    /// Reads the file, which every profile has.
    pub(crate) fn read(path: &Path, fsync: &Fsync, database: [u8; 16], data: &Key) -> Result<Self> {
        let decode = |bytes: &[u8]| Self::decode(path, fsync, database, bytes, data);
        disk::read_either(path, decode)?.ok_or(Error::Damaged { what: MISSING })
    }

    /// Reads the bytes of the file.
    pub(crate) fn decode(
        path: &Path,
        fsync: &Fsync,
        database: [u8; 16],
        bytes: &[u8],
        data: &Key,
    ) -> Result<Self> {
        let mut ring = Self::new(path.to_owned(), fsync.clone(), database);
        let sealed = bytes.strip_prefix(MAGIC).ok_or(Error::Damaged { what: WHAT })?;
        let plain = seal::open(data, &place(ring.database), sealed)
            .map_err(|_| Error::Damaged { what: WHAT })?;
        let mut reader = Reader::new(&plain, WHAT);
        for _ in 0..reader.u32()? {
            ring.keys.insert(reader.array()?, Key::from_bytes(reader.array()?));
        }
        for _ in 0..reader.u32()? {
            ring.erased.insert(reader.array()?);
        }
        reader.end()?;
        Ok(ring)
    }

    /// The key of a student.
    pub(crate) fn key(&self, student: &Student) -> Option<&Key> {
        self.keys.get(student)
    }

    /// How many students have keys.
    pub(crate) fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether this student's key was destroyed.
    pub(crate) fn is_erased(&self, student: &Student) -> bool {
        self.erased.contains(student)
    }

    /// Makes keys for the students that have none; they are on disk when this returns.
    pub(crate) fn ensure<'a>(
        &mut self,
        students: impl IntoIterator<Item = &'a Student>,
        data: &Key,
    ) -> Result<()> {
        let mut made = Vec::new();
        for student in students {
            if self.erased.contains(student) {
                self.forget(&made);
                return Err(Error::Erased);
            }
            if !self.keys.contains_key(student) {
                self.keys.insert(*student, Key::random()?);
                made.push(*student);
            }
        }
        if made.is_empty() {
            return Ok(());
        }
        self.write(data).inspect_err(|_| self.forget(&made))
    }

    /// Destroys a student's key for good, on disk too, and leaves a tombstone.
    pub(crate) fn destroy(&mut self, student: &Student, data: &Key) -> Result<()> {
        self.keys.remove(student);
        self.erased.insert(*student);
        self.write(data)
    }

    /// Takes the keys away that were destroyed in another copy of the keyring since.
    pub(crate) fn bury(&mut self, later: &Self) {
        self.erased.extend(&later.erased);
        self.bury_own();
    }

    /// Takes the keys away that have a tombstone.
    pub(crate) fn bury_own(&mut self) {
        self.keys.retain(|student, _| !self.erased.contains(student));
    }

    /// Makes the file and its copy equal; answers whether the file had to be brought back.
    pub(crate) fn mend(&self, data: &Key) -> Result<bool> {
        let decode =
            |bytes: &[u8]| Self::decode(&self.path, &self.fsync, self.database, bytes, data);
        self.fsync.mend(&self.path, |bytes| decode(bytes).is_ok())
    }

    /// Puts the file on disk, all or nothing, and overwrites the one before.
    pub(crate) fn write(&self, data: &Key) -> Result<()> {
        self.fsync.replace_both(&self.path, &self.encode(data)?)
    }

    /// The bytes of the file.
    pub(crate) fn encode(&self, data: &Key) -> Result<Vec<u8>> {
        let mut plain = Zeroizing::new(Writer::default().0);
        plain.reserve_exact(self.keys.len() * 48 + self.erased.len() * 16 + 8);
        let mut out = Writer(std::mem::take(&mut *plain));
        out.u32(count(self.keys.len()));
        for (student, key) in &self.keys {
            out.raw(student).raw(key.bytes());
        }
        out.u32(count(self.erased.len()));
        for student in &self.erased {
            out.raw(student);
        }
        *plain = out.0;
        let mut bytes = MAGIC.to_vec();
        seal::seal(data, &place(self.database), &plain, 256, &mut bytes)?;
        Ok(bytes)
    }

    fn forget(&mut self, students: &[Student]) {
        for student in students {
            self.keys.remove(student);
        }
    }
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

fn place(database: [u8; 16]) -> Place {
    Place { database, tree: TREE, record: [0; 16], schema: 1, revision: 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reread(ring: &Keyring, data: &Key) -> Keyring {
        Keyring::read(&ring.path, &Fsync::On, ring.database, data).unwrap()
    }

    #[test]
    fn keys_are_on_disk_before_they_are_used() {
        let folder = tempfile::tempdir().unwrap();
        let data = Key::random().unwrap();
        let mut ring = Keyring::new(folder.path().join("keyring"), Fsync::On, [1; 16]);
        ring.ensure(&[[1; 16], [2; 16]], &data).unwrap();
        let again = reread(&ring, &data);
        assert_eq!(again.key(&[1; 16]).unwrap().bytes(), ring.key(&[1; 16]).unwrap().bytes());
        ring.ensure(&[[1; 16], [3; 16]], &data).unwrap();
        assert_eq!(ring.key(&[1; 16]).unwrap().bytes(), again.key(&[1; 16]).unwrap().bytes());
        assert_eq!(reread(&ring, &data).len(), 3);
    }

    #[test]
    fn a_destroyed_key_is_gone_for_good() {
        let folder = tempfile::tempdir().unwrap();
        let data = Key::random().unwrap();
        let mut ring = Keyring::new(folder.path().join("keyring"), Fsync::On, [1; 16]);
        ring.ensure(&[[1; 16], [2; 16]], &data).unwrap();
        ring.destroy(&[1; 16], &data).unwrap();
        let mut ring = reread(&ring, &data);
        assert!(ring.key(&[1; 16]).is_none() && ring.is_erased(&[1; 16]));
        assert!(matches!(ring.ensure(&[[4; 16], [1; 16]], &data), Err(Error::Erased)));
        assert!(ring.key(&[4; 16]).is_none() && ring.key(&[2; 16]).is_some());
    }

    #[test]
    fn a_damaged_keyring_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let (data, path) = (Key::random().unwrap(), folder.path().join("keyring"));
        let mut ring = Keyring::new(path.clone(), Fsync::On, [1; 16]);
        ring.ensure(&[[1; 16]], &data).unwrap();
        let mut bytes = std::fs::read(&path).unwrap();
        bytes[40] ^= 1;
        std::fs::write(&path, bytes).unwrap();
        assert_eq!(reread(&ring, &data).len(), 1, "there is a copy");
        std::fs::remove_file(folder.path().join("keyring.copy")).unwrap();
        let read = Keyring::read(&path, &Fsync::On, [1; 16], &data);
        assert!(matches!(read, Err(Error::Damaged { .. })));
        std::fs::remove_file(&path).unwrap();
        let read = Keyring::read(&path, &Fsync::On, [1; 16], &data);
        assert!(read.is_err_and(|error| error.to_string().contains("`tutelage restore`")));
    }
}
