//! Seals records, labels and drafts with the right key, and opens them again.

use super::{
    bytes::{Reader, Writer},
    error::{Error, Result},
    keyring::Keyring,
    schema,
    seal::{self, Key, Place, Sealing},
};
use crate::domain::{
    change::Label,
    history::Look,
    record::{Kind, Owner, Record, RecordId, Revision},
    student::StudentId,
    word::Choice,
};
use zeroize::Zeroizing;

/// Notes are padded to a multiple of this, so that their length says little.
const NOTE_STEP: usize = 256;
/// Everything else to a multiple of this.
const STEP: usize = 32;
/// Stand for labels and drafts where sealed bytes name their tree.
const LABEL_TREE: u8 = 253;
const DRAFT_TREE: u8 = 252;
/// Stands for the first page.
const PAGE_TREE: u8 = 251;
/// The first page is padded to a multiple of this.
const PAGE_STEP: usize = 4096;
/// Stands for the user's own policies and letters.
const OWN_TREE: u8 = 250;

/// What lies readable in front of a sealed record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Envelope {
    sealed: bool,
    /// Version of the schema.
    pub schema: u16,
    /// Revision of the record.
    pub revision: Revision,
    /// With whose key it is sealed.
    pub owner: Owner,
}

impl Envelope {
    /// Reads the envelope; answers it with what it holds.
    pub(crate) fn read(bytes: &[u8]) -> Result<(Self, &[u8])> {
        let mut reader = Reader::new(bytes, "a record");
        let sealed = match reader.u8()? {
            0 => false,
            1 => true,
            _ => return Err(Error::Newer),
        };
        let (schema, revision) = (reader.u16()?, Revision(reader.u32()?));
        let owner = match reader.u8()? {
            0 => Owner::Profile,
            1 => Owner::Student(StudentId::from_bytes(reader.array()?)),
            _ => return Err(Error::Newer),
        };
        let body = reader.raw(reader.left())?;
        Ok((Self { sealed, schema, revision, owner }, body))
    }

    fn write(&self) -> Vec<u8> {
        let mut out = Writer::default();
        out.u8(u8::from(self.sealed)).u16(self.schema).u32(self.revision.0);
        match self.owner {
            Owner::Profile => out.u8(0),
            Owner::Student(student) => out.u8(1).raw(&student.bytes()),
        };
        out.0
    }
}

/// Who wrote a record, and in which copy of the profile: sealed with it, for the day when copies are
/// brought together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct By {
    pub author: [u8; 16],
    pub replica: [u8; 16],
}

/// The keys of an unlocked profile; wiped when dropped.
pub(crate) struct Vault {
    database: [u8; 16],
    data: Key,
    profile: Key,
    /// The students' keys.
    pub ring: Keyring,
    sealing: Sealing,
}

impl Vault {
    /// The vault that this data key opens.
    pub(crate) fn new(database: [u8; 16], data: Key, ring: Keyring, sealing: Sealing) -> Self {
        let profile = Key::from_bytes(blake3::derive_key("tutelage 2026 profile", data.bytes()));
        Self { database, data, profile, ring, sealing }
    }

    /// The data key, for wrapping it anew.
    pub(crate) const fn data(&self) -> &Key {
        &self.data
    }

    /// Makes the keyring file and its copy equal; answers whether the file had to be brought back.
    pub(crate) fn mend(&self) -> Result<bool> {
        self.ring.mend(&self.data)
    }

    /// Makes keys for the students that have none; they are on disk when this returns.
    pub(crate) fn ensure(&mut self, students: impl IntoIterator<Item = StudentId>) -> Result<()> {
        let students: Vec<[u8; 16]> = students.into_iter().map(StudentId::bytes).collect();
        self.ring.ensure(&students, &self.data)
    }

    /// Destroys a student's key for good, on disk too.
    pub(crate) fn destroy(&mut self, student: StudentId) -> Result<()> {
        self.ring.destroy(&student.bytes(), &self.data)
    }

    /// The bytes of a record as journal and database hold them.
    pub(crate) fn seal(&self, record: &Record, revision: Revision, by: &By) -> Result<Vec<u8>> {
        self.seal_as(record, revision, by, schema::version(record.id().kind))
    }

    /// The same, said to be of this version; tests say one that is not known yet.
    pub(crate) fn seal_as(
        &self,
        record: &Record,
        revision: Revision,
        by: &By,
        schema: u16,
    ) -> Result<Vec<u8>> {
        let mut plain = Zeroizing::new(by.author.to_vec());
        plain.extend_from_slice(&by.replica);
        plain.extend_from_slice(&Zeroizing::new(schema::encode(record)?));
        let id = record.id();
        let envelope = Envelope {
            sealed: self.sealing == Sealing::On,
            schema,
            revision,
            owner: record.owner(),
        };
        let step = if id.kind == Kind::Note { NOTE_STEP } else { STEP };
        let mut bytes = envelope.write();
        self.seal_body(envelope.owner, &self.place(id, &envelope), &plain, step, &mut bytes)?;
        Ok(bytes)
    }

    /// The record of these bytes, which must be the one of this id.
    pub(crate) fn open(&self, id: RecordId, bytes: &[u8]) -> Result<(Revision, Record)> {
        self.open_in(id, bytes, &mut Zeroizing::default())
    }

    /// The same, with room for the plain bytes of one record after another.
    pub(crate) fn open_in(
        &self,
        id: RecordId,
        bytes: &[u8],
        plain: &mut Zeroizing<Vec<u8>>,
    ) -> Result<(Revision, Record)> {
        let (envelope, body) = Envelope::read(bytes)?;
        if envelope.sealed {
            let (key, place) = (self.key(envelope.owner)?, self.place(id, &envelope));
            seal::open_into(key, &place, body, plain)?;
        } else {
            *plain = self.unsealed(body)?;
        }
        let mut reader = Reader::new(plain, "a record");
        let _by = By { author: reader.array()?, replica: reader.array()? };
        let record = schema::decode(id.kind, envelope.schema, reader.raw(reader.left())?)?;
        if record.id() == id && record.owner() == envelope.owner {
            Ok((envelope.revision, record))
        } else {
            Err(Error::Damaged { what: "a record" })
        }
    }

    /// A label as the journal holds it.
    pub(crate) fn seal_label(&self, label: Label, sequence: u64) -> Result<Vec<u8>> {
        self.seal_look(&[label.code()], sequence)
    }

    /// Reads it back.
    pub(crate) fn open_label(&self, sequence: u64, bytes: &[u8]) -> Result<Label> {
        Label::from_code(self.open_code(sequence, bytes)?).ok_or(Error::Newer)
    }

    /// What was looked at, as the journal holds it.
    pub(crate) fn seal_look(&self, text: &[u8], sequence: u64) -> Result<Vec<u8>> {
        self.seal_text(Owner::Profile, &self.text_place(LABEL_TREE, [0; 16], sequence), text)
    }

    /// Reads back why something was looked at.
    pub(crate) fn open_look(&self, sequence: u64, bytes: &[u8]) -> Result<Look> {
        Look::from_code(self.open_code(sequence, bytes)?).ok_or(Error::Newer)
    }

    fn open_code(&self, sequence: u64, bytes: &[u8]) -> Result<u8> {
        let place = self.text_place(LABEL_TREE, [0; 16], sequence);
        let plain = self.open_text(Owner::Profile, &place, bytes)?;
        plain.first().copied().ok_or(Error::Damaged { what: "a label" })
    }

    /// A draft as its file holds it.
    pub(crate) fn seal_draft(&self, owner: Owner, id: &[u8; 16], text: &[u8]) -> Result<Vec<u8>> {
        self.seal_text(owner, &self.text_place(DRAFT_TREE, *id, 0), text)
    }

    /// Reads it back.
    pub(crate) fn open_draft(
        &self,
        owner: Owner,
        id: &[u8; 16],
        bytes: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>> {
        self.open_text(owner, &self.text_place(DRAFT_TREE, *id, 0), bytes)
    }

    /// The first page of this copy of the profile, as its file holds it.
    pub(crate) fn seal_page(&self, replica: [u8; 16], page: &[u8]) -> Result<Vec<u8>> {
        self.seal_text(Owner::Profile, &self.text_place(PAGE_TREE, replica, 0), page)
    }

    /// Reads it back.
    pub(crate) fn open_page(&self, replica: [u8; 16], bytes: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
        self.open_text(Owner::Profile, &self.text_place(PAGE_TREE, replica, 0), bytes)
    }

    /// The user's own policies and letters as a backup holds them.
    pub(crate) fn seal_own(&self, plain: &[u8]) -> Result<Vec<u8>> {
        self.seal_text(Owner::Profile, &self.text_place(OWN_TREE, [0; 16], 0), plain)
    }

    /// Reads them back.
    pub(crate) fn open_own(&self, bytes: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
        self.open_text(Owner::Profile, &self.text_place(OWN_TREE, [0; 16], 0), bytes)
    }

    fn seal_text(&self, owner: Owner, place: &Place, text: &[u8]) -> Result<Vec<u8>> {
        let mut bytes = vec![u8::from(self.sealing == Sealing::On)];
        let step = match place.tree {
            DRAFT_TREE => NOTE_STEP,
            PAGE_TREE => PAGE_STEP,
            _ => STEP,
        };
        self.seal_body(owner, place, text, step, &mut bytes)?;
        Ok(bytes)
    }

    fn open_text(&self, owner: Owner, place: &Place, bytes: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
        match bytes.split_first() {
            Some((1, body)) => seal::open(self.key(owner)?, place, body),
            Some((0, body)) => self.unsealed(body),
            _ => Err(Error::Damaged { what: "a sealed text" }),
        }
    }

    fn seal_body(
        &self,
        owner: Owner,
        place: &Place,
        plain: &[u8],
        step: usize,
        out: &mut Vec<u8>,
    ) -> Result<()> {
        match self.sealing {
            Sealing::On => seal::seal(self.key(owner)?, place, plain, step, out),
            Sealing::Off => {
                seal::pad(plain, step, out);
                Ok(())
            }
        }
    }

    /// Text that lies open counts only where sealing was switched off for a test.
    fn unsealed(&self, body: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
        let damaged = || Error::Damaged { what: "a sealed record" };
        if self.sealing == Sealing::On {
            return Err(damaged());
        }
        let length = seal::unpadded(body).ok_or_else(damaged)?;
        Ok(Zeroizing::new(body.get(..length).unwrap_or_default().to_vec()))
    }

    fn key(&self, owner: Owner) -> Result<&Key> {
        match owner {
            Owner::Profile => Ok(&self.profile),
            Owner::Student(student) => {
                let student = student.bytes();
                self.ring.key(&student).ok_or(if self.ring.is_erased(&student) {
                    Error::Erased
                } else {
                    Error::Damaged { what: "the keyring file" }
                })
            }
        }
    }

    fn place(&self, id: RecordId, envelope: &Envelope) -> Place {
        Place {
            database: self.database,
            tree: id.kind.code(),
            record: id.bytes,
            schema: envelope.schema,
            revision: u64::from(envelope.revision.0),
        }
    }

    fn text_place(&self, tree: u8, record: [u8; 16], revision: u64) -> Place {
        Place { database: self.database, tree, record, schema: 1, revision }
    }
}

#[cfg(test)]
mod tests {
    use strum::IntoEnumIterator;

    use super::*;
    use crate::store::{disk::Fsync, schema::sample};

    fn vault(sealing: Sealing) -> (Vault, tempfile::TempDir) {
        let folder = tempfile::tempdir().unwrap();
        let ring = Keyring::new(folder.path().join("keyring"), Fsync::On, [1; 16]);
        let mut vault = Vault::new([1; 16], Key::random().unwrap(), ring, sealing);
        vault.ensure([StudentId::from_bytes([4; 16])]).unwrap();
        (vault, folder)
    }

    const BY: By = By { author: [5; 16], replica: [6; 16] };

    fn holds(bytes: &[u8], text: &str) -> bool {
        bytes.windows(text.len()).any(|window| window == text.as_bytes())
    }

    #[test]
    fn every_record_is_sealed_and_opened_again() {
        let (vault, _folder) = vault(Sealing::On);
        for kind in Kind::iter() {
            let record = sample(kind);
            let bytes = vault.seal(&record, Revision(3), &BY).unwrap();
            assert!(vault.open(record.id(), &bytes).unwrap() == (Revision(3), record), "{kind:?}");
            assert!(!holds(&bytes, "Rahman") && !holds(&bytes, "Settling"));
        }
    }

    #[test]
    fn a_record_opens_under_no_other_id_and_no_other_revision() {
        let (vault, _folder) = vault(Sealing::On);
        let record = sample(Kind::Note);
        let mut bytes = vault.seal(&record, Revision(3), &BY).unwrap();
        let other = RecordId { bytes: [9; 16], ..record.id() };
        assert!(vault.open(other, &bytes).is_err());
        bytes[3] = 4;
        assert!(vault.open(record.id(), &bytes).is_err());
    }

    #[test]
    fn without_the_students_key_nothing_of_the_student_opens() {
        let (mut vault, _folder) = vault(Sealing::On);
        let record = sample(Kind::Note);
        let bytes = vault.seal(&record, Revision::FIRST, &BY).unwrap();
        vault.destroy(StudentId::from_bytes([4; 16])).unwrap();
        assert!(matches!(vault.open(record.id(), &bytes), Err(Error::Erased)));
    }

    #[test]
    fn a_label_belongs_to_its_entry() {
        let (vault, _folder) = vault(Sealing::On);
        let bytes = vault.seal_label(Label::WriteNote, 7).unwrap();
        assert_eq!(vault.open_label(7, &bytes).unwrap(), Label::WriteNote);
        assert!(vault.open_label(8, &bytes).is_err());
    }

    #[test]
    fn open_text_is_refused_unless_a_test_switched_sealing_off() {
        let (mut vault, _folder) = vault(Sealing::Off);
        let record = sample(Kind::Note);
        let bytes = vault.seal(&record, Revision::FIRST, &BY).unwrap();
        assert!(holds(&bytes, "Settling") && vault.open(record.id(), &bytes).is_ok());
        vault.sealing = Sealing::On;
        assert!(vault.open(record.id(), &bytes).is_err());
    }
}
