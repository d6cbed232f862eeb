//! A snapshot written once more, behind other keys and with another keyring.

use std::{fs::File, io::Write, path::PathBuf};

use super::{Around, Behind, Snapshot, whole};
use crate::store::{
    bytes::Writer,
    disk::{self, Fsync},
    error::{Error, Result},
    snapshot::copying::Unnamed,
};

/// Bytes that are written at a time.
const PIECE: usize = 1024 * 1024;

/// What takes the place of what.
pub(crate) struct Rewriting {
    pub around: Around,
    /// The keyring, as its file would be.
    pub keyring: Vec<u8>,
    /// A temporary name.
    pub path: PathBuf,
    pub fsync: Fsync,
}

impl Rewriting {
    /// Writes the records of a snapshot and reads the file back.
    pub(crate) fn run(self, mut snapshot: Snapshot) -> Result<Unnamed> {
        let Self { around: Around { front, own }, keyring, path, fsync } = self;
        let mut file = disk::new_file(&path)?;
        let unnamed = Unnamed { path, fsync };
        let (mut before, mut body) = (blake3::Hasher::new(), blake3::Hasher::new());
        let mut out = Writer(front);
        out.raw(&snapshot.summary.with(own.as_ref()).encode());
        before.update(&out.0);
        write(&mut file, &mut out)?;
        while let Some(item) = snapshot.next()? {
            item.put(&mut out);
            if out.0.len() >= PIECE {
                body.update(&out.0);
                write(&mut file, &mut out)?;
            }
        }
        out.raw(&Behind { keyring, own }.encode());
        body.update(&out.0);
        out.raw(whole(&before, &body).as_bytes());
        write(&mut file, &mut out)?;
        unnamed.fsync.file(&file, &unnamed.path)?;
        Snapshot::open(&unnamed.path)?.verified()?;
        Ok(unnamed)
    }
}

fn write(file: &mut File, out: &mut Writer) -> Result<()> {
    file.write_all(&out.0).map_err(Error::io("write the backup"))?;
    out.0.clear();
    Ok(())
}
