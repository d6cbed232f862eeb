//! After a failed write: whatever is asked next opens the profile anew first, with the keys in hand.

use std::sync::Arc;

use super::Keeper;
use crate::{
    app::msg::Msg,
    domain::{
        change::{Change, Part},
        records::Records,
    },
    store::{self, Stamp},
};

impl Keeper {
    /// Opens the profile anew if an earlier write has failed, and answers the records as they are now.
    pub(super) fn reopen_if_dead(&mut self) -> store::Result<Option<Arc<Records>>> {
        let utc_ms = self.clock.now().utc_ms;
        let Some(open) = self.open.as_mut().filter(|open| open.store.is_dead()) else {
            return Ok(None);
        };
        let loaded = open.store.reopen(Stamp { utc_ms, author: open.author })?;
        let records = Arc::new(loaded.records);
        self.news = Some(Msg::Reopened(Arc::clone(&records), loaded.notices));
        Ok(Some(records))
    }

    /// What has to be told before the next answer.
    pub fn news(&mut self) -> Option<Msg> {
        self.news.take()
    }
}

/// Makes a change that was made before the profile was opened anew one of the records as they are now: what holds
/// the same has only another revision. What differs stays, and is refused.
pub(super) fn move_upon(change: &mut Change, records: &Records) {
    for part in &mut change.parts {
        let Some((owner, id)) = part.target() else { continue };
        let Part { base, before, .. } = part;
        if let Some((revision, held)) = records.record(owner, id)
            && before.as_ref() == Some(&held)
        {
            *base = Some(revision);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{
        io,
        path::Path,
        sync::atomic::{AtomicUsize, Ordering},
    };

    use super::{
        super::{
            Clock, NOBODY, Open,
            tests::{added, created},
        },
        *,
    };
    use crate::{
        app::msg::{NotOpened, Private},
        domain::{
            change::{Builder, Label},
            write::{fixture::Desk, saved_view},
        },
        store::{Cost, Fsync, Options, Secret, Store},
    };

    /// A disk that can be full: so many forces onto it succeed from now on.
    struct Disk(Arc<AtomicUsize>);

    impl Disk {
        fn under(keeper: &mut Keeper) -> Self {
            Self::beneath(keeper, &Secret::None)
        }

        fn beneath(keeper: &mut Keeper, secret: &Secret) -> Self {
            let room = Arc::new(AtomicUsize::new(usize::MAX));
            let left = Arc::clone(&room);
            let watch = move |_: &Path| {
                let spent = |left: usize| left.checked_sub(1);
                let took = left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, spent);
                took.map(drop).map_err(|_| io::ErrorKind::StorageFull.into())
            };
            let cost = Cost { memory_kib: 64, passes: 1 };
            let options =
                Options { cost, fsync: Fsync::Watched(Arc::new(watch)), ..Options::default() };
            let author = keeper.open.take().unwrap().author;
            let (store, _) = Store::open(&keeper.folder, secret, 0, options).unwrap();
            keeper.open = Some(Open { store, author });
            Self(room)
        }

        fn has(&self, room: usize) {
            self.0.store(room, Ordering::SeqCst);
        }
    }

    /// The records that a model has after these messages.
    fn told(desk: &mut Desk, keeper: &mut Keeper, answer: Msg) {
        if let Some(Msg::Reopened(records, notices)) = keeper.news() {
            assert_eq!(notices, Vec::<String>::new());
            desk.records = (*records).clone();
        }
        let Msg::Committed(done) = answer else { panic!("{answer:?}") };
        desk.records.apply(&done.change).unwrap();
    }

    #[test]
    fn a_save_that_failed_at_any_force_is_made_once_when_there_is_room_again() {
        let mut forces = 0;
        for room in 0.. {
            let folder = tempfile::tempdir().unwrap();
            let (mut keeper, _, mut desk) = created(folder.path(), None);
            let medium = Disk::under(&mut keeper);
            let first = desk.records.clone();
            let change = added(&mut desk);
            desk.records = first;
            medium.has(room);
            let answer = keeper.commit(change.clone());
            if matches!(answer, Msg::Committed(_)) {
                forces = room;
                break;
            }
            // Still full: it is refused again, and nothing is told of records.
            medium.has(0);
            for _ in 0..2 {
                let Msg::NotCommitted(why) = keeper.commit(change.clone()) else { panic!() };
                assert!(why.contains("make room on the disk"), "{why}");
                assert!(keeper.news().is_none());
            }
            medium.has(usize::MAX);
            let answer = keeper.commit(change);
            told(&mut desk, &mut keeper, answer);
            let store = &keeper.open.as_ref().unwrap().store;
            assert_eq!(store.check().unwrap().problems, Vec::<String>::new(), "after {room}");
            drop(keeper);
            let profile = folder.path().join("profile");
            let opened = Store::open(&profile, &Secret::None, 0, Options::default());
            let (mut store, loaded) = opened.unwrap();
            assert_eq!(loaded.records, desk.records, "after {room}");
            assert_eq!(loaded.notices, Vec::<String>::new());
            store.undo(Stamp { utc_ms: 9, author: NOBODY }).unwrap();
        }
        assert!(forces >= 3, "{forces}");
    }

    #[test]
    fn what_nobody_waits_for_fails_without_a_word_and_does_not_open_the_profile_anew() {
        let folder = tempfile::tempdir().unwrap();
        let (mut keeper, _, mut desk) = created(folder.path(), None);
        let medium = Disk::under(&mut keeper);
        let quiet = saved_view::learn(&mut desk.context(), &["help"]).unwrap();
        medium.has(0);
        assert!(matches!(keeper.commit(quiet.clone()), Msg::NotKept));
        medium.has(usize::MAX);
        assert!(matches!(keeper.commit(quiet), Msg::NotKept));
        assert!(keeper.news().is_none());
        let change = added(&mut desk);
        assert!(matches!(keeper.commit(change), Msg::Committed(_)));
        assert!(matches!(keeper.news(), Some(Msg::Reopened(..))));
    }

    #[test]
    fn a_save_that_failed_before_the_profile_was_locked_is_not_there_when_it_is_unlocked() {
        let typed = "correct horse".to_owned();
        let secret = Secret::Passphrase(typed.clone().into());
        let mut forces = 0;
        for room in 0.. {
            let folder = tempfile::tempdir().unwrap();
            let (mut keeper, _, mut desk) = created(folder.path(), Some(&typed));
            let medium = Disk::beneath(&mut keeper, &secret);
            let before = desk.records.clone();
            let change = added(&mut desk);
            medium.has(room);
            if matches!(keeper.commit(change), Msg::Committed(_)) {
                forces = room;
                break;
            }
            keeper.lock();
            // Still full: it stays locked, whatever is tried.
            medium.has(0);
            let full = keeper.unlock(Private(typed.clone()));
            medium.has(usize::MAX);
            if matches!(full, Msg::NotOpened(_)) {
                assert!(keeper.open.as_ref().unwrap().store.is_locked());
            }
            let wrong = keeper.unlock(Private("wrong horse".to_owned()));
            assert!(matches!(wrong, Msg::NotOpened(NotOpened::WrongPassphrase)), "{wrong:?}");
            let Msg::Opened(opened) = keeper.unlock(Private(typed.clone())) else { panic!() };
            assert_eq!(*opened.records, before, "after {room}");
            assert_eq!(opened.notices, Vec::<String>::new());
            // The form that was kept is saved again: as another change, with an identity of its own.
            desk.records = (*opened.records).clone();
            let records = desk.records.clone();
            let again = added(&mut desk);
            desk.records = records;
            let answer = keeper.commit(again);
            told(&mut desk, &mut keeper, answer);
            drop(keeper);
            let profile = folder.path().join("profile");
            let (_, loaded) = Store::open(&profile, &secret, 0, Options::default()).unwrap();
            assert_eq!(loaded.records, desk.records, "after {room}");
            assert_eq!(loaded.records.numbered("20481234").count(), 1, "after {room}");
        }
        assert!(forces >= 3, "{forces}");
    }

    #[test]
    fn what_is_told_of_a_new_passphrase_holds_at_whatever_force_the_disk_fails() {
        for room in 0..6 {
            let folder = tempfile::tempdir().unwrap();
            let (mut keeper, ..) = created(folder.path(), None);
            let medium = Disk::under(&mut keeper);
            let typed = || Private("correct horse".to_owned());
            medium.has(room);
            let answer = keeper.change_passphrase(Private(String::new()), typed());
            medium.has(usize::MAX);
            if let Msg::Failed(why) = answer {
                assert!(why.starts_with("The passphrase is as it was."), "{why}");
                drop(keeper);
                let mut keeper = Keeper::new(folder.path().join("profile"), Clock::new(None));
                assert!(matches!(keeper.open(), Msg::Opened(_)), "after {room}");
                continue;
            }
            assert!(room > 3, "{room}");
            let Msg::Told(told) = answer else { panic!("{answer:?}") };
            assert!(told.contains("One thing failed, though: could not "), "{told}");
            let code = told.rsplit(' ').next().unwrap().to_owned();
            keeper.lock();
            assert!(matches!(keeper.unlock(typed()), Msg::Opened(_)), "after {room}");
            drop(keeper);
            let mut keeper = Keeper::new(folder.path().join("profile"), Clock::new(None));
            assert!(matches!(keeper.open(), Msg::NotOpened(NotOpened::Sealed)));
            assert!(matches!(keeper.unlock(Private(code)), Msg::Opened(_)), "after {room}");
        }
    }

    #[test]
    fn undo_and_redo_that_failed_are_as_if_they_had_not_been_asked_for() {
        for room in 0..3 {
            let folder = tempfile::tempdir().unwrap();
            let (mut keeper, _, mut desk) = created(folder.path(), None);
            let medium = Disk::under(&mut keeper);
            let change = added(&mut desk);
            assert!(matches!(keeper.commit(change), Msg::Committed(_)));
            medium.has(room);
            let answer = keeper.undo();
            medium.has(usize::MAX);
            if !matches!(answer, Msg::Committed(_)) {
                let answer = keeper.undo();
                told(&mut desk, &mut keeper, answer);
                assert_eq!(desk.records.files().len(), 0, "after {room}");
            }
            medium.has(room);
            let answer = keeper.redo();
            medium.has(usize::MAX);
            if !matches!(answer, Msg::Committed(_)) {
                let answer = keeper.redo();
                told(&mut desk, &mut keeper, answer);
                assert_eq!(desk.records.files().len(), 1, "after {room}");
            }
        }
    }

    #[test]
    fn a_note_that_was_edited_is_saved_upon_what_is_there_after_a_failure() {
        let folder = tempfile::tempdir().unwrap();
        let (mut keeper, _, mut desk) = created(folder.path(), None);
        let medium = Disk::under(&mut keeper);
        let change = added(&mut desk);
        assert!(matches!(keeper.commit(change), Msg::Committed(_)));
        let edit = |desk: &Desk, email: &str| {
            let mut student = desk.records.files().next().unwrap().student.value.clone();
            student.email = email.to_owned();
            Builder::new(Label::EditStudent, &desk.records).put(student).build()
        };
        // The journal has it, the database behind it has not.
        medium.has(1);
        assert!(matches!(keeper.commit(edit(&desk, "a@example.ac.uk")), Msg::NotCommitted(_)));
        medium.has(usize::MAX);
        let answer = keeper.commit(edit(&desk, "aisha@example.ac.uk"));
        told(&mut desk, &mut keeper, answer);
        assert_eq!(desk.records.files().next().unwrap().student.value.email, "aisha@example.ac.uk");
    }
}
