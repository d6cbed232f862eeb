//! The store as its callers see it: what was committed is there again, whatever happened in between.

mod crash;
mod faults;
mod history;
mod page;
mod survive;
mod workload;

use std::{fs, path::Path};

use chrono::NaiveDateTime;
pub use faults::copy;
use tutelage::{
    domain::{
        change::Label,
        id::{Id, IdSource},
        record::Owner,
        records::Records,
        student::StudentId,
        time::Now,
        write::{Context, saved_view::learn},
    },
    store::{Draft, Error, Loaded, Look, Options, RecoveryCode, Secret, Store},
};
use workload::{change, options, secret, stamp, verify};

/// A profile with `count` commits.
fn filled(folder: &Path, count: u64) -> (Store, Records) {
    let (mut store, Loaded { mut records, .. }) =
        workload::open_or_create(folder, options()).unwrap();
    for n in 1..=count {
        let change = change(&records, n, 1);
        store.commit(&change, stamp(n)).unwrap();
        records.apply(&change).unwrap();
    }
    (store, records)
}

fn open(folder: &Path) -> (Store, Loaded) {
    Store::open(folder, &secret(), 0, options()).unwrap()
}

fn no_problems(store: &Store) {
    assert_eq!(store.check().unwrap().problems, Vec::<String>::new());
}

#[test]
fn what_was_committed_is_there_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let (store, records) = filled(folder.path(), 60);
    no_problems(&store);
    drop(store);
    let (store, loaded) = open(folder.path());
    assert_eq!(loaded.notices, Vec::<String>::new());
    assert_eq!(loaded.records, records);
    assert_eq!(verify(&loaded.records).0, Vec::<String>::new());
    assert_eq!(store.check().unwrap().entries, 60);
}

#[test]
fn a_quiet_change_is_kept_and_rebuilt_and_undo_and_redo_reach_past_it() {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, mut records) = filled(folder.path(), 5);
    let back = store.undo(stamp(6)).unwrap();
    records.apply(&back).unwrap();
    let mut ids = IdSource::new([9; 32]);
    let now = Now { local: NaiveDateTime::default(), utc_ms: 0 };
    let mut context = Context { records: &records, now, ids: &mut ids };
    let quiet = learn(&mut context, &["help"]).unwrap();
    store.commit(&quiet, stamp(7)).unwrap();
    records.apply(&quiet).unwrap();
    let again = store.redo(stamp(8)).unwrap();
    records.apply(&again).unwrap();
    let taken = store.undo(stamp(9)).unwrap();
    assert_eq!(taken.label, again.label);
    records.apply(&taken).unwrap();
    drop(store);
    for lost in ["", "db"] {
        if !lost.is_empty() {
            fs::remove_dir_all(folder.path().join(lost)).unwrap();
        }
        let (store, loaded) = open(folder.path());
        let words: Vec<_> = loaded.records.kept("used").collect();
        assert_eq!(words, ["help"], "without {lost}");
        assert_eq!(loaded.records, records, "without {lost}");
        no_problems(&store);
    }
}

#[test]
fn every_change_is_taken_back_and_done_again_across_restarts() {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, mut records) = filled(folder.path(), 45);
    let values = |records: &Records| -> Vec<_> {
        records.all().into_iter().map(|(_, record)| record).collect()
    };
    let done = values(&records);
    for n in 0..45 {
        if n % 10 == 7 {
            drop(store);
            let loaded;
            (store, loaded) = open(folder.path());
            assert_eq!(loaded.records, records);
        }
        assert_eq!(store.undo_label(), Some(Label::LogContact));
        records.apply(&store.undo(stamp(100)).unwrap()).unwrap();
    }
    assert!(records.all().is_empty());
    assert!(matches!(store.undo(stamp(100)), Err(Error::NothingToUndo)));
    drop(store);
    let (mut store, _) = open(folder.path());
    for _ in 0..45 {
        records.apply(&store.redo(stamp(200)).unwrap()).unwrap();
    }
    assert!(values(&records) == done);
    assert!(matches!(store.redo(stamp(200)), Err(Error::NothingToRedo)));
    records.apply(&store.undo(stamp(300)).unwrap()).unwrap();
    store.commit(&change(&records, 45, 2), stamp(301)).unwrap();
    assert!(matches!(store.redo(stamp(302)), Err(Error::NothingToRedo)));
    no_problems(&store);
}

#[test]
fn a_change_made_from_an_older_record_is_refused_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, records) = filled(folder.path(), 12);
    let stale = change(&records, 24, 1);
    let fresh = change(&records, 13, 1);
    store.commit(&fresh, stamp(13)).unwrap();
    assert!(matches!(store.commit(&stale, stamp(24)), Err(Error::Stale)));
    assert!(!store.is_dead());
    drop(store);
    assert_eq!(workload::last(&open(folder.path()).1.records), 13);
}

#[test]
fn a_lost_database_is_rebuilt_from_the_journal() {
    let folder = tempfile::tempdir().unwrap();
    let (store, records) = filled(folder.path(), 45);
    drop(store);
    fs::rename(folder.path().join("db"), folder.path().join("elsewhere")).unwrap();
    let (store, loaded) = open(folder.path());
    assert_eq!(loaded.records, records);
    assert!(loaded.notices[0].contains("from the journal"), "{:?}", loaded.notices);
    no_problems(&store);
}

#[test]
fn a_database_that_cannot_be_opened_is_set_aside_and_rebuilt() {
    let folder = tempfile::tempdir().unwrap();
    let (store, records) = filled(folder.path(), 10);
    drop(store);
    for file in ["db", "conf"] {
        let path = folder.path().join("db").join(file);
        let length = fs::metadata(&path).unwrap().len();
        fs::write(path, vec![0xA5; usize::try_from(length).unwrap()]).unwrap();
    }
    let (mut store, loaded) = open(folder.path());
    assert_eq!(loaded.records, records);
    assert!(loaded.notices[0].contains("db.aside-1"), "{:?}", loaded.notices);
    assert!(folder.path().join("db.aside-1/db").exists());
    no_problems(&store);
    store.undo(stamp(50)).unwrap();
}

#[test]
fn an_older_database_is_completed_from_the_journal() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _) = filled(folder.path(), 5);
    drop(store);
    let kept = folder.path().join("kept");
    copy(&folder.path().join("db"), &kept);
    let (store, records) = {
        let (mut store, Loaded { mut records, .. }) = open(folder.path());
        for n in 6..=41 {
            let change = change(&records, n, 1);
            store.commit(&change, stamp(n)).unwrap();
            records.apply(&change).unwrap();
        }
        (store, records)
    };
    drop(store);
    fs::remove_dir_all(folder.path().join("db")).unwrap();
    fs::rename(kept, folder.path().join("db")).unwrap();
    let (store, loaded) = open(folder.path());
    assert_eq!(loaded.records, records);
    assert!(loaded.notices[0].contains("36 changes"), "{:?}", loaded.notices);
    no_problems(&store);
}

#[test]
fn a_lost_journal_costs_the_history_but_no_record() {
    let folder = tempfile::tempdir().unwrap();
    let (store, mut records) = filled(folder.path(), 5);
    drop(store);
    fs::remove_dir_all(folder.path().join("journal")).unwrap();
    let (mut store, loaded) = open(folder.path());
    assert_eq!(loaded.records, records);
    assert!(loaded.notices[0].contains("cannot be undone"), "{:?}", loaded.notices);
    assert!(matches!(store.undo(stamp(6)), Err(Error::NothingToUndo)));
    let next = change(&records, 6, 1);
    store.commit(&next, stamp(6)).unwrap();
    records.apply(&next).unwrap();
    drop(store);
    let (mut store, loaded) = open(folder.path());
    assert_eq!((loaded.records == records, loaded.notices), (true, vec![]));
    store.undo(stamp(7)).unwrap();
}

#[test]
fn a_creation_that_was_cut_short_can_be_repeated() {
    let folder = tempfile::tempdir().unwrap();
    drop(Store::create(folder.path(), &secret(), 0, options()).unwrap());
    lose_keys(folder.path());
    assert!(matches!(Store::open(folder.path(), &secret(), 0, options()), Err(Error::NoProfile)));
    drop(Store::create(folder.path(), &secret(), 0, options()).unwrap());
    assert!(matches!(
        Store::create(folder.path(), &secret(), 0, options()),
        Err(Error::ProfileExists)
    ));
    fs::remove_dir_all(folder.path().join("db")).unwrap();
    fs::remove_dir_all(folder.path().join("journal")).unwrap();
    assert!(open(folder.path()).1.records.all().is_empty());
}

#[test]
fn a_profile_that_lost_its_keys_is_never_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let (store, records) = filled(folder.path(), 3);
    drop(store);
    for name in ["keys", "keyring"] {
        let (path, aside) = (folder.path().join(name), folder.path().join("aside"));
        fs::rename(&path, &aside).unwrap();
        fs::remove_file(folder.path().join(format!("{name}.copy"))).unwrap();
        let refused = [
            Store::open(folder.path(), &secret(), 0, options()).err(),
            Store::open_read_only(folder.path(), &secret(), &options()).err(),
            Store::create(folder.path(), &secret(), 0, options()).err().filter(|_| name == "keys"),
            Store::standing(folder.path()).err(),
        ];
        let said: Vec<_> = refused.into_iter().flatten().map(|error| error.to_string()).collect();
        assert_eq!(said.len(), if name == "keys" { 4 } else { 2 }, "{said:?}");
        assert!(said.iter().all(|said| said.contains("has lost its")), "{said:?}");
        fs::rename(&aside, &path).unwrap();
        assert_eq!(open(folder.path()).1.records, records);
    }
}

#[test]
fn a_database_without_keys_is_never_written_over_even_when_its_journal_is_lost_too() {
    for is_opened_between in [false, true] {
        let folder = tempfile::tempdir().unwrap();
        drop(filled(folder.path(), 3));
        fs::remove_dir_all(folder.path().join("journal")).unwrap();
        if is_opened_between {
            drop(open(folder.path()));
        }
        lose_keys(folder.path());
        let refused = Store::create(folder.path(), &secret(), 0, options()).err();
        assert!(matches!(refused, Some(Error::KeysLost)), "{refused:?}");
    }
}

#[test]
fn a_second_opener_hears_who_holds_it_and_may_look() {
    let folder = tempfile::tempdir().unwrap();
    let (_store, records) = filled(folder.path(), 41);
    let Err(Error::Held(holder)) = Store::open(folder.path(), &secret(), 0, options()) else {
        panic!("opened twice")
    };
    assert_eq!(holder.pid, std::process::id());
    let view = Store::open_read_only(folder.path(), &secret(), &options()).unwrap();
    assert_eq!(view.records, records);
}

#[test]
fn passphrase_and_recovery_code_open_the_profile_and_can_be_changed() {
    let folder = tempfile::tempdir().unwrap();
    let (store, code) = Store::create(folder.path(), &Secret::None, 0, options()).unwrap();
    assert!(code.is_none() && !store.has_passphrase());
    drop(store);
    let (mut store, _) = Store::open(folder.path(), &Secret::None, 0, options()).unwrap();
    let code = store.change_passphrase(&Secret::None, &secret()).unwrap().code.unwrap();
    assert!(store.has_passphrase());
    let wrong = Secret::Passphrase("wrong".to_owned().into());
    assert!(matches!(store.change_passphrase(&wrong, &wrong), Err(Error::WrongPassphrase)));
    let other = Secret::Passphrase("other words".to_owned().into());
    assert!(store.change_passphrase(&secret(), &other).unwrap().code.is_none());
    drop(store);
    assert!(matches!(
        Store::open(folder.path(), &secret(), 0, options()),
        Err(Error::WrongPassphrase)
    ));
    drop(Store::open(folder.path(), &other, 0, options()).unwrap());
    let typed = Secret::Recovery(RecoveryCode::parse(&code.text()).unwrap());
    let (mut store, _) = Store::open(folder.path(), &typed, 0, options()).unwrap();
    let new = Secret::Recovery(store.new_recovery_code().unwrap().code.unwrap());
    drop(store);
    assert!(Store::open(folder.path(), &typed, 0, options()).is_err());
    assert!(Store::open(folder.path(), &new, 0, options()).is_ok());
}

#[test]
fn a_locked_profile_writes_and_tells_nothing_until_it_is_unlocked() {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, records) = filled(folder.path(), 3);
    let next = change(&records, 4, 1);
    store.lock();
    assert!(store.is_locked() && store.undo_label().is_none());
    assert!(matches!(store.commit(&next, stamp(4)), Err(Error::Locked)));
    assert!(matches!(store.load_drafts(), Err(Error::Locked)));
    let wrong = Secret::Passphrase("wrong".to_owned().into());
    assert!(matches!(store.unlock(&wrong), Err(Error::WrongPassphrase)));
    assert_eq!(store.unlock(&secret()).unwrap().records, records);
    store.commit(&next, stamp(4)).unwrap();
}

fn draft(byte: u8, owner: Owner, text: &str) -> Draft {
    Draft { id: Id::from_bytes([byte; 16]), owner, text: text.to_owned().into() }
}

#[test]
fn drafts_are_found_again_until_they_are_dropped() {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, _) = filled(folder.path(), 1);
    let student = StudentId::from_bytes([9; 16]);
    store.save_draft(&draft(1, Owner::Profile, "first")).unwrap();
    store.save_draft(&draft(2, Owner::Student(student), "two")).unwrap();
    store.save_draft(&draft(1, Owner::Profile, "first, longer")).unwrap();
    drop(store);
    fs::write(folder.path().join("drafts/nonsense.draft"), "x").unwrap();
    fs::write(folder.path().join("drafts/00000000000000000000000000000000.draft"), "x").unwrap();
    let (mut store, _) = open(folder.path());
    assert_eq!(
        store.load_drafts().unwrap(),
        [draft(1, Owner::Profile, "first, longer"), draft(2, Owner::Student(student), "two")]
    );
    store.drop_draft(Id::from_bytes([1; 16])).unwrap();
    store.drop_draft(Id::from_bytes([1; 16])).unwrap();
    assert_eq!(store.load_drafts().unwrap().len(), 1);
    assert!(!format!("{:?}", store.load_drafts().unwrap()).contains("two"));
}

#[test]
fn a_look_is_written_down_and_undo_passes_over_it() {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, records) = filled(folder.path(), 2);
    let ids: Vec<_> = records.all().iter().map(|(_, record)| record.id()).collect();
    store.record_look(Look::Export, &ids, stamp(3)).unwrap();
    assert_eq!(store.check().unwrap().entries, 3);
    drop(store);
    let (mut store, _) = open(folder.path());
    assert_eq!(workload::last(&records), 2);
    store.undo(stamp(4)).unwrap();
    store.undo(stamp(5)).unwrap();
    assert!(matches!(store.undo(stamp(6)), Err(Error::NothingToUndo)));
}

#[test]
fn an_erased_student_is_gone_from_database_and_journal() {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, records) = filled(folder.path(), 14);
    let mut students = records.files().map(|file| file.student.id);
    let (student, other) = (students.next().unwrap(), students.next().unwrap());
    store.save_draft(&draft(1, Owner::Student(student), "about the one")).unwrap();
    store.save_draft(&draft(2, Owner::Student(other), "about another")).unwrap();
    store.erase_student(student).unwrap();
    store.drop_erased_drafts().unwrap();
    let kept: Vec<_> = store.load_drafts().unwrap().iter().map(|draft| draft.owner).collect();
    assert_eq!(kept, [Owner::Student(other)]);
    assert_eq!(fs::read_dir(folder.path().join("drafts")).unwrap().count(), 1);
    drop(store);
    let (mut store, loaded) = open(folder.path());
    assert!(loaded.records.file(student).is_none());
    assert_eq!(loaded.records.files().len(), records.files().len() - 1);
    assert_eq!(loaded.notices, Vec::<String>::new());
    let undone: Vec<_> = (0..14).map(|_| store.undo(stamp(20))).collect();
    let about = |change: &tutelage::domain::change::Change| change.students().contains(&student);
    assert!(undone.iter().all(Result::is_ok), "what is about others is taken back, in its order");
    assert!(!undone.iter().flatten().any(about));
    assert!(matches!(store.undo(stamp(20)), Err(Error::NothingToUndo)));
    no_problems(&store);
}

#[test]
fn a_flipped_bit_in_a_record_is_repaired_from_the_journal() {
    let folder = tempfile::tempdir().unwrap();
    let (store, records) = filled(folder.path(), 20);
    drop(store);
    let path = folder.path().join("db/db");
    let sound = fs::read(&path).unwrap();
    for at in (3000..sound.len()).step_by(sound.len() / 15) {
        let mut bytes = sound.clone();
        bytes[at] ^= 0x10;
        fs::write(&path, bytes).unwrap();
        let (store, loaded) = open(folder.path());
        assert_eq!(loaded.records, records, "bit at {at}");
        no_problems(&store);
    }
}

#[test]
fn check_names_a_damaged_journal() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _) = filled(folder.path(), 20);
    flip(&folder.path().join("journal/0001.log"));
    let problems = store.check().unwrap().problems;
    assert!(problems[0].contains("damaged in 1 places"), "{problems:?}");
}

/// The file is kept twice.
fn lose_keys(folder: &Path) {
    for name in ["keys", "keys.copy"] {
        fs::remove_file(folder.join(name)).unwrap();
    }
}

/// Flips a bit in the middle of a file.
fn flip(path: &Path) {
    let mut bytes = fs::read(path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(path, bytes).unwrap();
}

#[test]
fn damage_in_the_middle_of_the_journal_is_no_torn_end_and_costs_only_what_it_hit() {
    for is_database_lost in [true, false] {
        let folder = tempfile::tempdir().unwrap();
        let (path, database) = (folder.path().join("journal/0001.log"), folder.path().join("db"));
        drop(filled(folder.path(), 1));
        let kept = folder.path().join("kept");
        copy(&database, &kept);
        let (mut store, Loaded { mut records, .. }) = open(folder.path());
        for n in 2..=20 {
            let change = change(&records, n, 1);
            store.commit(&change, stamp(n)).unwrap();
            records.apply(&change).unwrap();
        }
        drop(store);
        fs::remove_dir_all(&database).unwrap();
        if !is_database_lost {
            fs::rename(kept, &database).unwrap();
        }
        flip(&path);
        let damaged = fs::read(&path).unwrap();
        let (store, loaded) = open(folder.path());
        assert!(fs::read(&path).unwrap() == damaged, "nothing is cut off");
        let report = store.check().unwrap();
        let lost = 20 - report.entries;
        assert!((1..=2).contains(&lost), "{lost}");
        let said = format!("The journal is damaged: {lost} entries");
        assert!(loaded.notices.iter().any(|told| told.starts_with(&said)), "{:?}", loaded.notices);
        let said = format!("damaged in 1 places; {lost} of its entries cannot be read");
        assert!(report.problems[0].contains(&said), "{:?}", report.problems);
        drop(store);
        assert_eq!(open(folder.path()).1.records, loaded.records);
    }
}

#[test]
fn after_a_failed_write_nothing_is_accepted_until_it_is_opened_again() {
    use std::sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    };
    use tutelage::store::Fsync;
    let folder = tempfile::tempdir().unwrap();
    drop(filled(folder.path(), 3));
    for broken in ["journal/0001.log", "db/db", "keyring.new"] {
        let failing = Arc::new(AtomicBool::new(false));
        let (watch, broken) = (failing.clone(), folder.path().join(broken));
        let fsync = Fsync::Watched(Arc::new(move |path: &Path| {
            let fails = watch.load(Ordering::SeqCst) && path == broken;
            if fails { Err(std::io::ErrorKind::StorageFull.into()) } else { Ok(()) }
        }));
        let watched = Options { fsync, ..options() };
        let (mut store, loaded) = Store::open(folder.path(), &secret(), 0, watched).unwrap();
        assert_eq!(verify(&loaded.records).0, Vec::<String>::new());
        let n = workload::last(&loaded.records) + 1;
        let change = change(&loaded.records, n, 1);
        failing.store(true, Ordering::SeqCst);
        assert!(matches!(store.commit(&change, stamp(n)), Err(Error::Io { .. })));
        failing.store(false, Ordering::SeqCst);
        assert!(matches!(store.commit(&change, stamp(n)), Err(Error::Dead)));
        drop(store);
        let (_, loaded) = open(folder.path());
        assert_eq!(verify(&loaded.records).0, Vec::<String>::new());
        assert!(workload::last(&loaded.records) >= n - 1);
    }
}

#[test]
fn the_store_can_live_on_a_worker_thread() {
    fn sendable<T: Send>() {}
    sendable::<Store>();
    sendable::<Loaded>();
}
