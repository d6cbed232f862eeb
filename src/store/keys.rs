//! The `keys` file: which database and replica this is, and its data key, wrapped once for the
//! passphrase and once for the recovery code, or lying open where the owner chose no passphrase.

use std::path::Path;

use argon2::{Algorithm, Argon2, Params, Version};
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use super::{
    bytes::{Reader, Writer},
    disk::{self, Fsync},
    error::{Error, Result},
    recovery::RecoveryCode,
    seal::{self, Key, Place, random},
};

const MAGIC: &[u8; 8] = b"TUTKEYS1";
const WHAT: &str = "the keys file";
/// Stands for this file where sealed bytes name their tree.
const TREE: u8 = 255;
/// More memory than this is not asked for, whatever a file says.
const MOST_MEMORY_KIB: u32 = 4 * 1024 * 1024;

/// How the owner proves who they are. Prints nothing.
#[derive(Clone)]
pub enum Secret {
    /// The owner chose no passphrase: whoever has the files can read them.
    None,
    /// A passphrase; compared after Unicode normalisation.
    Passphrase(Zeroizing<String>),
    /// The code that was shown once when the profile was made.
    Recovery(RecoveryCode),
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("…")
    }
}

/// What guessing one passphrase costs (Argon2id, one lane).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes over it.
    pub passes: u32,
}

impl Default for Cost {
    fn default() -> Self {
        Self { memory_kib: 64 * 1024, passes: 3 }
    }
}

/// One copy of the data key.
#[derive(Clone)]
struct Slot {
    kind: SlotKind,
    cost: Cost,
    salt: [u8; 16],
    wrapped: Vec<u8>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
enum SlotKind {
    Open = 0,
    Passphrase = 1,
    Recovery = 2,
}

/// The content of the `keys` file.
#[derive(Clone)]
pub(crate) struct Keys {
    /// Stays for the life of the profile, restored backups included.
    pub database: [u8; 16],
    /// This copy of it; never reused.
    pub replica: [u8; 16],
    slots: Vec<Slot>,
}

impl Keys {
    /// New keys for a new profile, not yet on disk.
    pub(crate) fn new(secret: &Secret, cost: Cost) -> Result<(Self, Key, Option<RecoveryCode>)> {
        let mut keys = Self { database: random()?, replica: random()?, slots: Vec::new() };
        let data = Key::random()?;
        keys.set_secret(&data, secret, cost)?;
        let code = match secret {
            Secret::None => None,
            Secret::Passphrase(_) | Secret::Recovery(_) => Some(keys.new_recovery(&data)?),
        };
        Ok((keys, data, code))
    }

    /// Reads the file; `None` if there is none.
    pub(crate) fn read(path: &Path) -> Result<Option<Self>> {
        disk::read_either(path, Self::decode)
    }

    /// Reads the bytes of the file.
    pub(crate) fn decode(bytes: &[u8]) -> Result<Self> {
        let (body, hash) = bytes.split_last_chunk::<32>().ok_or(Error::Damaged { what: WHAT })?;
        if blake3::hash(body) != *hash {
            return Err(Error::Damaged { what: WHAT });
        }
        let mut reader = Reader::new(body, WHAT);
        if reader.array()? != *MAGIC {
            return Err(Error::Newer);
        }
        let (database, replica) = (reader.array()?, reader.array()?);
        let count = reader.u8()?;
        let slots = (0..count).map(|_| Slot::read(&mut reader)).collect::<Result<_>>()?;
        reader.end()?;
        Ok(Self { database, replica, slots })
    }

    /// Puts the file on disk, all or nothing.
    pub(crate) fn write(&self, path: &Path, fsync: &Fsync) -> Result<()> {
        fsync.replace_both(path, &self.encode())
    }

    /// The bytes of the file; without a passphrase the key lies open in them.
    pub(crate) fn encode(&self) -> Zeroizing<Vec<u8>> {
        let mut out = Writer::default();
        out.raw(MAGIC).raw(&self.database).raw(&self.replica);
        out.u8(u8::try_from(self.slots.len()).unwrap_or(u8::MAX));
        for slot in &self.slots {
            out.u8(slot.kind as u8).u32(slot.cost.memory_kib).u32(slot.cost.passes);
            out.raw(&slot.salt).bytes(&slot.wrapped);
        }
        let hash = blake3::hash(&out.0);
        out.raw(hash.as_bytes());
        Zeroizing::new(out.0)
    }

    /// Whether the key lies open beside the data.
    pub(crate) fn is_open(&self) -> bool {
        self.slots.iter().any(|slot| slot.kind == SlotKind::Open)
    }

    /// Whether a recovery code opens it.
    pub(crate) fn has_recovery(&self) -> bool {
        self.slots.iter().any(|slot| slot.kind == SlotKind::Recovery)
    }

    /// The data key, for who knows the secret.
    pub(crate) fn unlock(&self, secret: &Secret) -> Result<Key> {
        let (kind, refusal) = match secret {
            Secret::None if self.is_open() => (SlotKind::Open, Error::NeedsPassphrase),
            Secret::None => return Err(Error::NeedsPassphrase),
            Secret::Passphrase(_) if self.is_open() => return self.unlock(&Secret::None),
            Secret::Passphrase(_) => (SlotKind::Passphrase, Error::WrongPassphrase),
            Secret::Recovery(_) => (SlotKind::Recovery, Error::WrongRecoveryCode),
        };
        for slot in self.slots.iter().filter(|slot| slot.kind == kind) {
            let wrapping = derive(secret, &slot.salt, slot.cost)?;
            if let Ok(bytes) = seal::open(&wrapping, &self.place(kind), &slot.wrapped) {
                let bytes: [u8; 32] =
                    bytes.as_slice().try_into().map_err(|_| Error::Damaged { what: WHAT })?;
                return Ok(Key::from_bytes(bytes));
            }
        }
        Err(refusal)
    }

    /// Wraps the data key for a new passphrase, or lays it open; the recovery code goes on working.
    pub(crate) fn set_secret(&mut self, data: &Key, secret: &Secret, cost: Cost) -> Result<()> {
        let kind = match secret {
            Secret::None => SlotKind::Open,
            Secret::Passphrase(_) => SlotKind::Passphrase,
            Secret::Recovery(_) => SlotKind::Recovery,
        };
        let slot = self.wrap(data, secret, kind, cost)?;
        self.slots.retain(|old| match kind {
            SlotKind::Open | SlotKind::Passphrase => old.kind == SlotKind::Recovery,
            SlotKind::Recovery => old.kind != SlotKind::Recovery,
        });
        self.slots.push(slot);
        Ok(())
    }

    /// A new recovery code; the old one opens nothing any more.
    pub(crate) fn new_recovery(&mut self, data: &Key) -> Result<RecoveryCode> {
        let code = RecoveryCode::new()?;
        let cost = Cost { memory_kib: 0, passes: 0 };
        self.set_secret(data, &Secret::Recovery(code.clone()), cost)?;
        Ok(code)
    }

    fn wrap(&self, data: &Key, secret: &Secret, kind: SlotKind, cost: Cost) -> Result<Slot> {
        let salt = random()?;
        let wrapping = derive(secret, &salt, cost)?;
        let mut wrapped = Vec::new();
        seal::seal(&wrapping, &self.place(kind), data.bytes(), 1, &mut wrapped)?;
        Ok(Slot { kind, cost, salt, wrapped })
    }

    fn place(&self, kind: SlotKind) -> Place {
        let revision = u64::from(kind as u8);
        Place { database: self.database, tree: TREE, record: [0; 16], schema: 1, revision }
    }
}

impl Slot {
    fn read(reader: &mut Reader<'_>) -> Result<Self> {
        let kind = match reader.u8()? {
            0 => SlotKind::Open,
            1 => SlotKind::Passphrase,
            2 => SlotKind::Recovery,
            _ => return Err(Error::Newer),
        };
        let cost = Cost { memory_kib: reader.u32()?, passes: reader.u32()? };
        Ok(Self { kind, cost, salt: reader.array()?, wrapped: reader.bytes()?.to_vec() })
    }
}

/// The key that wraps the data key. A recovery code is random enough to need no slow function; without
/// a passphrase the salt beside the wrapped key is all it takes, and the program says so.
fn derive(secret: &Secret, salt: &[u8; 16], cost: Cost) -> Result<Key> {
    let mut bytes = Zeroizing::new([0; 32]);
    match secret {
        Secret::None => *bytes = blake3::derive_key("tutelage 2026 no passphrase", salt),
        Secret::Recovery(code) => {
            let mut hasher = blake3::Hasher::new_derive_key("tutelage 2026 recovery code");
            *bytes = *hasher.update(salt).update(code.bytes()).finalize().as_bytes();
        }
        Secret::Passphrase(passphrase) => {
            let normal = Zeroizing::new(passphrase.nfc().collect::<String>());
            let unfit = |_| Error::Damaged { what: WHAT };
            if cost.memory_kib > MOST_MEMORY_KIB {
                return Err(Error::Damaged { what: WHAT });
            }
            let params = Params::new(cost.memory_kib, cost.passes, 1, Some(32)).map_err(unfit)?;
            Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
                .hash_password_into(normal.as_bytes(), salt, bytes.as_mut_slice())
                .map_err(unfit)?;
        }
    }
    Ok(Key::from_bytes(*bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHEAP: Cost = Cost { memory_kib: 64, passes: 1 };

    fn passphrase(text: &str) -> Secret {
        Secret::Passphrase(Zeroizing::new(text.to_owned()))
    }

    fn reread(keys: &Keys) -> Keys {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys");
        keys.write(&path, &Fsync::On).unwrap();
        Keys::read(&path).unwrap().unwrap()
    }

    #[test]
    fn passphrase_and_recovery_code_open_the_same_key() {
        let (keys, data, code) = Keys::new(&passphrase("correct horse"), CHEAP).unwrap();
        let keys = reread(&keys);
        let code = RecoveryCode::parse(&code.unwrap().text()).unwrap();
        assert_eq!(keys.unlock(&passphrase("correct horse")).unwrap().bytes(), data.bytes());
        assert_eq!(keys.unlock(&Secret::Recovery(code)).unwrap().bytes(), data.bytes());
        assert!(matches!(keys.unlock(&passphrase("battery")), Err(Error::WrongPassphrase)));
        assert!(matches!(keys.unlock(&Secret::None), Err(Error::NeedsPassphrase)));
        let other = Secret::Recovery(RecoveryCode::new().unwrap());
        assert!(matches!(keys.unlock(&other), Err(Error::WrongRecoveryCode)));
    }

    #[test]
    fn a_passphrase_typed_on_another_keyboard_is_the_same() {
        let (keys, ..) = Keys::new(&passphrase("caf\u{e9}"), CHEAP).unwrap();
        assert!(keys.unlock(&passphrase("cafe\u{301}")).is_ok());
    }

    #[test]
    fn a_changed_passphrase_replaces_the_old_one_and_keeps_the_code() {
        let (mut keys, data, code) = Keys::new(&passphrase("old"), CHEAP).unwrap();
        keys.set_secret(&data, &passphrase("new"), CHEAP).unwrap();
        let keys = reread(&keys);
        assert!(keys.unlock(&passphrase("old")).is_err());
        assert!(keys.unlock(&passphrase("new")).is_ok());
        assert!(keys.unlock(&Secret::Recovery(code.unwrap())).is_ok());
    }

    #[test]
    fn a_new_recovery_code_ends_the_old_one() {
        let (mut keys, data, old) = Keys::new(&passphrase("p"), CHEAP).unwrap();
        let new = keys.new_recovery(&data).unwrap();
        assert!(keys.unlock(&Secret::Recovery(old.unwrap())).is_err());
        assert!(keys.unlock(&Secret::Recovery(new)).is_ok());
    }

    #[test]
    fn no_passphrase_is_marked_until_one_is_set() {
        let (mut keys, data, code) = Keys::new(&Secret::None, CHEAP).unwrap();
        assert!(code.is_none() && reread(&keys).is_open());
        assert!(reread(&keys).unlock(&Secret::None).is_ok());
        keys.set_secret(&data, &passphrase("p"), CHEAP).unwrap();
        assert!(!reread(&keys).is_open());
        assert!(matches!(keys.unlock(&Secret::None), Err(Error::NeedsPassphrase)));
    }

    #[test]
    fn a_flipped_bit_in_the_file_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys");
        Keys::new(&Secret::None, CHEAP).unwrap().0.write(&path, &Fsync::On).unwrap();
        let mut bytes = std::fs::read(&path).unwrap();
        bytes[30] ^= 1;
        std::fs::write(&path, bytes).unwrap();
        assert!(Keys::read(&path).is_ok(), "there is a copy");
        std::fs::remove_file(folder.path().join("keys.copy")).unwrap();
        assert!(matches!(Keys::read(&path), Err(Error::Damaged { .. })));
    }
}
