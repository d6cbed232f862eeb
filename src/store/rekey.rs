//! Another passphrase or recovery code. Where the disk fails in between, what it holds then counts, and is told.

use super::{
    Store,
    error::{Error, Result},
    keys::{Keys, Secret},
    keys_path,
    recovery::RecoveryCode,
};

/// What came of new keys that are in force.
#[derive(Debug)]
pub struct Rekeyed {
    /// The recovery code, if there is a new one: it is shown once.
    pub code: Option<RecoveryCode>,
    /// What failed although they are in force.
    pub fault: Option<Error>,
}

impl Store {
    /// Wraps the data key for another passphrase, or lays it open. A profile that had no passphrase
    /// gets a recovery code with its first one.
    ///
    /// # Errors
    /// When the old secret is wrong or the keys file cannot be written; then the old one goes on.
    /// [`Error::UnsureKeys`] when nobody can tell.
    pub fn change_passphrase(&mut self, old: &Secret, new: &Secret) -> Result<Rekeyed> {
        let data = self.keys.unlock(old)?;
        // It says whether there is a passphrase.
        self.drop_page();
        let mut keys = self.keys.clone();
        keys.set_secret(&data, new, self.options.cost)?;
        let code = match new {
            Secret::Passphrase(_) if !keys.has_recovery() => Some(keys.new_recovery(&data)?),
            Secret::None | Secret::Passphrase(_) | Secret::Recovery(_) => None,
        };
        Ok(Rekeyed { code, fault: self.put_in_force(keys)? })
    }

    /// Makes a new recovery code; the old one opens nothing any more.
    ///
    /// # Errors
    /// When the profile is locked or the keys file cannot be written; then the old one goes on.
    /// [`Error::UnsureKeys`] when nobody can tell.
    pub fn new_recovery_code(&mut self) -> Result<Rekeyed> {
        let data = self.vault()?.data();
        let mut keys = self.keys.clone();
        let code = Some(keys.new_recovery(data)?);
        Ok(Rekeyed { code, fault: self.put_in_force(keys)? })
    }

    /// Puts these keys on the disk. A failure is an error only if the keys before them are the ones that count.
    fn put_in_force(&mut self, keys: Keys) -> Result<Option<Error>> {
        let (path, fsync) = (keys_path(&self.folder), &self.options.fsync);
        let Err(error) = keys.write(&path, fsync) else {
            self.keys = keys;
            return Ok(None);
        };
        self.reread_keys().map_err(|_| Error::UnsureKeys)?;
        if *self.keys.encode() == *keys.encode() {
            return Ok(Some(error));
        }
        self.options.fsync.withdraw(&path, |bytes| Keys::decode(bytes).is_ok());
        Err(error)
    }

    /// The keys as the disk holds them, which is what the next start reads.
    pub(super) fn reread_keys(&mut self) -> Result<()> {
        let held = Keys::read(&keys_path(&self.folder))?.ok_or(Error::KeysLost)?;
        if held.database != self.keys.database {
            return Err(Error::KeysLost);
        }
        self.keys = held;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::{
        fs, io,
        path::Path,
        sync::{
            Arc,
            atomic::{AtomicUsize, Ordering},
        },
    };

    use super::*;
    use crate::{
        domain::tutor::TutorId,
        store::{Cost, Fsync, Options, Stamp},
    };

    /// What is asked of the keys.
    #[derive(Debug, Clone, Copy)]
    enum Asked {
        Passphrase(&'static str, &'static str),
        Code,
    }

    fn secret(text: &str) -> Secret {
        if text.is_empty() { Secret::None } else { Secret::Passphrase(text.to_owned().into()) }
    }

    /// A disk on which so many forces succeed; then one fails, or all do.
    fn options(room: &Arc<AtomicUsize>, all_fail: bool) -> Options {
        let left = Arc::clone(room);
        let watch = move |_: &Path| {
            let spent = |left: usize| match left.checked_sub(1) {
                None if all_fail => None,
                None => Some(usize::MAX),
                Some(_) if left > 1000 => Some(left),
                less => less,
            };
            match left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, spent) {
                Ok(1..) => Ok(()),
                Ok(0) | Err(_) => Err(io::ErrorKind::StorageFull.into()),
            }
        };
        let cost = Cost { memory_kib: 64, passes: 1 };
        Options { cost, fsync: Fsync::Watched(Arc::new(watch)), ..Options::default() }
    }

    /// Whether this secret, put away and taken out again, opens the profile.
    fn opens(store: &mut Store, secret: &Secret) -> bool {
        store.lock();
        store.unlock(secret).is_ok()
    }

    fn files(folder: &Path) -> [Option<Vec<u8>>; 2] {
        ["keys", "keys.copy"].map(|name| fs::read(folder.join(name)).ok())
    }

    /// Asks, while the disk fails after so many forces; whether all went well, and whether it is in force.
    fn asked(asked: Asked, all_fail: bool, room: usize) -> (bool, bool) {
        let folder = tempfile::tempdir().unwrap();
        let (left, told) = (Arc::new(AtomicUsize::new(usize::MAX)), (asked, all_fail, room));
        let (old, new) = match asked {
            Asked::Passphrase(old, new) => (secret(old), secret(new)),
            Asked::Code => (secret("correct horse"), secret("correct horse")),
        };
        let made = Store::create(folder.path(), &old, 0, options(&left, all_fail));
        let (mut store, old_code) = made.unwrap();
        left.store(room, Ordering::SeqCst);
        let answer = match asked {
            Asked::Passphrase(..) => store.change_passphrase(&old, &new),
            Asked::Code => store.new_recovery_code(),
        };
        left.store(usize::MAX, Ordering::SeqCst);

        let (is_in_force, is_well) =
            (answer.is_ok(), matches!(&answer, Ok(done) if done.fault.is_none()));
        let (now, other) = if is_in_force { (&new, &old) } else { (&old, &new) };
        let new_code = answer.ok().and_then(|done| done.code);
        let has_new_code = new_code.is_some();
        let code = new_code.or_else(|| old_code.clone()).map(Secret::Recovery);
        let ended = old_code.filter(|_| has_new_code).map(Secret::Recovery);
        let is_open = matches!(now, Secret::None);
        let [keys, copy] = files(folder.path());
        assert!(copy.is_none_or(|copy| Some(copy) == keys), "no other keys lie about: {told:?}");
        for name in ["keys.new", "keys.copy.new"] {
            assert!(!folder.path().join(name).exists(), "{told:?}");
        }
        let holds = |store: &mut Store| {
            assert_eq!(store.has_passphrase(), !is_open, "{told:?}");
            if !is_open && matches!(asked, Asked::Passphrase(..)) {
                assert!(!opens(store, other), "{told:?}");
            }
            assert!(ended.as_ref().is_none_or(|ended| !opens(store, ended)), "{told:?}");
            assert!(code.as_ref().is_none_or(|code| opens(store, code)), "{told:?}");
            assert!(opens(store, now), "{told:?}");
        };
        holds(&mut store);
        store.reopen(Stamp { utc_ms: 1, author: TutorId::from_bytes([0; 16]) }).unwrap();
        holds(&mut store);
        drop(store);
        let opened = Store::open(folder.path(), now, 0, options(&left, all_fail));
        let (mut store, loaded) = opened.unwrap();
        assert_eq!(loaded.notices, Vec::<String>::new(), "{told:?}");
        holds(&mut store);
        let [keys, copy] = files(folder.path());
        assert!(keys.is_some() && keys == copy, "{told:?}");
        (is_well, is_in_force)
    }

    #[test]
    fn whatever_force_of_new_keys_fails_what_is_told_to_open_the_profile_opens_it() {
        let all = [
            Asked::Passphrase("correct horse", "battery staple"),
            Asked::Passphrase("", "battery staple"),
            Asked::Passphrase("correct horse", ""),
            Asked::Code,
        ];
        for (what, all_fail) in all.into_iter().flat_map(|what| [(what, false), (what, true)]) {
            let outcomes: Vec<_> = (0..=6).map(|room| asked(what, all_fail, room)).collect();
            assert_eq!(outcomes.first(), Some(&(false, false)), "{what:?}");
            assert!(outcomes.contains(&(false, true)), "{what:?}");
            assert_eq!(outcomes.last(), Some(&(true, true)), "{what:?}");
        }
    }
}
