//! Drafts: what is being typed and not saved yet, sealed files of their own, outside the journal.

use std::{
    fmt, fs, io,
    path::{Path, PathBuf},
};

use zeroize::Zeroizing;

use super::{
    Store,
    bytes::{Reader, Writer},
    disk,
    error::{Error, Result},
};
use crate::domain::{id::Id, record::Owner, student::StudentId};

const MAGIC: &[u8; 8] = b"TUTDRFT1";
const ENDING: &str = "draft";

/// Something typed and not saved. Prints nothing of its text.
#[derive(Clone, PartialEq, Eq)]
pub struct Draft {
    /// Names it while the form is open.
    pub id: Id<Draft>,
    /// About whom.
    pub owner: Owner,
    /// What was typed, in a form that the caller understands.
    pub text: Zeroizing<String>,
}

impl fmt::Debug for Draft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Draft({} …)", self.id)
    }
}

impl Store {
    /// Keeps a draft; it replaces the one with the same id. Works even after a failed save.
    ///
    /// # Errors
    /// When the profile is locked or the file cannot be written.
    pub fn save_draft(&mut self, draft: &Draft) -> Result<()> {
        let vault = self.vault.as_mut().ok_or(Error::Locked)?;
        let mut out = Writer::default();
        out.raw(MAGIC);
        match draft.owner {
            Owner::Profile => out.u8(0),
            Owner::Student(student) => {
                vault.ensure([student])?;
                out.u8(1).raw(&student.bytes())
            }
        };
        out.raw(&vault.seal_draft(draft.owner, &draft.id.bytes(), draft.text.as_bytes())?);
        let folder = folder(&self.folder);
        if !folder.exists() {
            disk::new_folder(&folder)?;
            self.options.fsync.folder(&self.folder)?;
        }
        self.options.fsync.replace(&path(&self.folder, draft.id), &out.0)
    }

    /// All drafts that were kept. One that cannot be opened is left where it is.
    ///
    /// # Errors
    /// When the profile is locked or the folder cannot be read.
    pub fn load_drafts(&self) -> Result<Vec<Draft>> {
        self.vault()?;
        let mut drafts = Vec::new();
        for (id, path) in self.kept_drafts()? {
            if let Some(bytes) = disk::read(&path)? {
                drafts.extend(self.open_draft(id, &bytes).ok());
            }
        }
        drafts.sort_by_key(|draft| draft.id);
        Ok(drafts)
    }

    fn kept_drafts(&self) -> Result<Vec<(Id<Draft>, PathBuf)>> {
        let doing = "list the drafts";
        let entries = match fs::read_dir(folder(&self.folder)) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(Error::io(doing)(error)),
        };
        let mut kept = Vec::new();
        for entry in entries {
            let path = entry.map_err(Error::io(doing))?.path();
            let id = path
                .file_stem()
                .filter(|_| path.extension().is_some_and(|ending| ending == ENDING))
                .and_then(|stem| Id::parse(stem.to_str()?));
            kept.extend(id.map(|id| (id, path)));
        }
        Ok(kept)
    }

    /// Removes what nobody can open any more, because its student was erased.
    ///
    /// # Errors
    /// When the folder cannot be read or a file not be removed.
    pub fn drop_erased_drafts(&mut self) -> Result<()> {
        for (id, path) in self.kept_drafts()? {
            let bytes = disk::read(&path)?;
            if bytes.is_some_and(|bytes| matches!(self.open_draft(id, &bytes), Err(Error::Erased)))
            {
                self.drop_draft(id)?;
            }
        }
        Ok(())
    }

    /// Forgets a draft: it was saved or given up.
    ///
    /// # Errors
    /// When the file cannot be removed.
    pub fn drop_draft(&mut self, id: Id<Draft>) -> Result<()> {
        match fs::remove_file(path(&self.folder, id)) {
            Ok(()) => self.options.fsync.folder(&folder(&self.folder)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(Error::io("remove a draft")(error)),
        }
    }

    fn open_draft(&self, id: Id<Draft>, bytes: &[u8]) -> Result<Draft> {
        let damaged = || Error::Damaged { what: "a draft" };
        let mut reader = Reader::new(bytes.strip_prefix(MAGIC).ok_or_else(damaged)?, "a draft");
        let owner = match reader.u8()? {
            0 => Owner::Profile,
            1 => Owner::Student(StudentId::from_bytes(reader.array()?)),
            _ => return Err(Error::Newer),
        };
        let sealed = reader.raw(reader.left())?;
        let plain = self.vault()?.open_draft(owner, &id.bytes(), sealed)?;
        let text = std::str::from_utf8(&plain).map_err(|_| damaged())?;
        Ok(Draft { id, owner, text: Zeroizing::new(text.to_owned()) })
    }
}

fn folder(profile: &Path) -> PathBuf {
    profile.join("drafts")
}

fn path(profile: &Path, id: Id<Draft>) -> PathBuf {
    folder(profile).join(format!("{id}.{ENDING}"))
}
