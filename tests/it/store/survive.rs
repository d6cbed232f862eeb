//! Snapshots on the real store: made beside the work, kept for a year, and what a profile is rebuilt from.

use std::{
    fs,
    path::{Path, PathBuf},
};

use tutelage::{
    domain::records::Records,
    store::{Error, Loaded, Store, Work},
};

use super::{
    faults::{STORED, unzip},
    filled, flip, no_problems, open,
    workload::{self, change, options, secret, stamp, verify},
};

const DAY: i64 = 24 * 60 * 60 * 1000;
/// Saturday, 21 November 2026, at noon.
const NOW: i64 = 1_795_262_400_000;

/// Makes a snapshot to its end.
fn snapshot(store: &mut Store, utc_ms: i64) {
    assert!(store.is_snapshot_due(utc_ms));
    while store.work_on_snapshot(utc_ms).unwrap() == Work::More {}
    assert!(!store.is_snapshot_due(utc_ms));
}

/// The files of the snapshots, the oldest first.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder.join("snapshots")).unwrap();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

fn commit(store: &mut Store, records: &mut Records, numbers: std::ops::RangeInclusive<u64>) {
    for n in numbers {
        let change = change(records, n, 1);
        store.commit(&change, stamp(n)).unwrap();
        records.apply(&change).unwrap();
    }
}

fn lose(folder: &Path, name: &str) {
    fs::rename(folder.join(name), folder.join(format!("{name}.lost"))).unwrap();
}

fn told(loaded: &Loaded, words: &str) {
    let notices = &loaded.notices;
    assert!(notices.iter().any(|told| told.contains(words)), "{words}: {notices:?}");
}

#[test]
fn a_snapshot_is_due_once_a_day_and_only_when_something_has_changed() {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, mut records) = filled(folder.path(), 3);
    snapshot(&mut store, NOW);
    commit(&mut store, &mut records, 4..=4);
    assert!(!store.is_snapshot_due(NOW + 1000));
    assert!(store.is_snapshot_due(NOW + DAY));
    drop(store);
    let (mut store, _) = open(folder.path());
    assert!(!store.is_snapshot_due(NOW));
    snapshot(&mut store, NOW + DAY);
    assert!(!store.is_snapshot_due(NOW + 2 * DAY), "nothing has changed");
    assert!(!store.is_snapshot_due(NOW - DAY));
    assert_eq!(files(folder.path()).len(), 2);
    let listed = Store::snapshots(folder.path()).unwrap();
    assert_eq!(listed.iter().map(|one| one.utc_ms).collect::<Vec<_>>(), [NOW + DAY, NOW]);
    assert_eq!(listed[0].records, Some(records.all().len() as u64));
}

#[test]
fn a_clock_that_was_set_back_hides_no_snapshot_and_throws_none_away() {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, mut records) = filled(folder.path(), 3);
    snapshot(&mut store, NOW + 900 * DAY);
    commit(&mut store, &mut records, 4..=5);
    snapshot(&mut store, NOW);
    commit(&mut store, &mut records, 6..=6);
    assert!(!store.is_snapshot_due(NOW));
    snapshot(&mut store, NOW + DAY);
    drop(store);
    assert_eq!(files(folder.path()).len(), 3);
    lose(folder.path(), "db");
    lose(folder.path(), "journal");
    let (_, loaded) = open(folder.path());
    assert_eq!(loaded.records, records, "the last in the order of the journal counts");
}

#[test]
fn who_leaves_while_a_snapshot_is_made_leaves_no_part_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, _) = filled(folder.path(), 45);
    assert_eq!(store.work_on_snapshot(NOW).unwrap(), Work::More);
    assert_eq!(files(folder.path()).len(), 1, "it is being made");
    store.leave();
    assert_eq!(files(folder.path()), [] as [PathBuf; 0]);
}

#[test]
fn commits_between_the_slices_of_a_snapshot_are_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, mut records) = filled(folder.path(), 45);
    let mut n = 46;
    while store.work_on_snapshot(NOW).unwrap() == Work::More {
        commit(&mut store, &mut records, n..=n);
        n += 1;
    }
    assert!(n > 47);
    drop(store);
    lose(folder.path(), "db");
    flip(&folder.path().join("journal/0001.log"));
    let (store, loaded) = open(folder.path());
    assert_eq!(loaded.records, records);
    assert_eq!(verify(&loaded.records).0, Vec::<String>::new());
    drop(store);
}

#[test]
fn a_lost_database_is_rebuilt_from_the_snapshot_and_the_journal_behind_it() {
    for is_gone in [true, false] {
        let folder = tempfile::tempdir().unwrap();
        let (mut store, mut records) = filled(folder.path(), 45);
        snapshot(&mut store, NOW);
        commit(&mut store, &mut records, 46..=60);
        drop(store);
        // What lies before the snapshot is needed no more.
        flip(&folder.path().join("journal/0001.log"));
        if is_gone {
            lose(folder.path(), "db");
        } else {
            fs::write(folder.path().join("db/db"), [7; 5000]).unwrap();
            fs::write(folder.path().join("db/conf"), [7; 64]).unwrap();
        }
        let (mut store, loaded) = open(folder.path());
        assert_eq!(loaded.records, records);
        told(
            &loaded,
            "from the snapshot of 21 Nov 2026, 12:00 UTC and the journal behind it (15 changes)",
        );
        told(&loaded, "nothing that was saved is missing");
        assert_eq!(folder.path().join("db.aside-1").exists(), !is_gone);
        store.undo(stamp(90)).unwrap();
        assert!(
            store.is_snapshot_due(NOW),
            "after a repair the next one does not wait for tomorrow"
        );
        drop(store);
        assert_eq!(open(folder.path()).1.notices, Vec::<String>::new());
    }
}

#[test]
fn a_snapshot_that_does_not_verify_is_passed_over_and_told() {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, mut records) = filled(folder.path(), 5);
    snapshot(&mut store, NOW);
    commit(&mut store, &mut records, 6..=9);
    snapshot(&mut store, NOW + DAY);
    commit(&mut store, &mut records, 10..=12);
    drop(store);
    flip(files(folder.path()).last().unwrap());
    fs::write(folder.path().join("db/conf"), [7; 64]).unwrap();
    let (store, loaded) = open(folder.path());
    assert_eq!(loaded.records, records);
    told(
        &loaded,
        "The snapshot of 22 Nov 2026, 12:00 UTC was passed over: the snapshot is damaged",
    );
    told(&loaded, "from the snapshot of 21 Nov 2026");
    assert_eq!(store.check().unwrap().problems.len(), 1);
}

#[test]
fn without_a_journal_the_snapshot_is_what_is_left_and_the_user_is_told_so() {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, mut records) = filled(folder.path(), 5);
    snapshot(&mut store, NOW);
    let saved = records.clone();
    commit(&mut store, &mut records, 6..=9);
    drop(store);
    lose(folder.path(), "db");
    lose(folder.path(), "journal");
    let (mut store, loaded) = open(folder.path());
    assert_eq!(loaded.records, saved);
    told(&loaded, "alone, for the journal behind it is missing");
    let mut records = saved;
    commit(&mut store, &mut records, 6..=7);
    no_problems(&store);
    let view = Store::open_read_only(folder.path(), &secret(), &options()).unwrap();
    assert_eq!(view.records, records);
    drop(store);
    assert_eq!(open(folder.path()).1.records, records);
}

#[test]
fn a_view_without_the_journal_shows_the_snapshot_and_says_that_it_is_not_complete() {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, mut records) = filled(folder.path(), 5);
    snapshot(&mut store, NOW);
    let saved = records.clone();
    let whole = Store::open_read_only(folder.path(), &secret(), &options()).unwrap();
    assert!(!whole.notices.iter().any(|told| told.contains("not complete")));
    commit(&mut store, &mut records, 6..=9);
    lose(folder.path(), "journal");
    let view = Store::open_read_only(folder.path(), &secret(), &options()).unwrap();
    assert_eq!(view.records, saved);
    told(&view, "this view is not complete");
}

#[test]
fn a_database_older_than_the_snapshot_is_no_reason_to_forget() {
    let folder = tempfile::tempdir().unwrap();
    drop(filled(folder.path(), 5));
    let kept = folder.path().join("kept");
    super::copy(&folder.path().join("db"), &kept);
    let (mut store, Loaded { mut records, .. }) = open(folder.path());
    commit(&mut store, &mut records, 6..=9);
    snapshot(&mut store, NOW);
    drop(store);
    lose(folder.path(), "db");
    lose(folder.path(), "journal");
    fs::rename(kept, folder.path().join("db")).unwrap();
    let (_, loaded) = open(folder.path());
    assert_eq!(loaded.records, records);
    told(&loaded, "lacked what a snapshot still has");
    assert!(folder.path().join("db.aside-1").exists());
}

#[test]
fn a_rebuild_that_was_cut_short_is_begun_anew() {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, mut records) = filled(folder.path(), 5);
    snapshot(&mut store, NOW);
    commit(&mut store, &mut records, 6..=9);
    drop(store);
    super::copy(&folder.path().join("db"), &folder.path().join("db.new"));
    lose(folder.path(), "db");
    let (store, loaded) = open(folder.path());
    assert_eq!(loaded.records, records);
    no_problems(&store);
    assert_eq!(workload::last(&records), 9);
}

#[test]
fn a_backup_becomes_a_profile_of_its_own_that_can_be_rebuilt_like_any_other() {
    let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (mut store, mut records) = filled(folder.path(), 45);
    let (file, place) = (other.path().join("backup"), other.path().join("deep/profile"));
    let contents = store.backup(&file, NOW).unwrap();
    assert_eq!((contents.utc_ms, contents.students), (NOW, 12));
    assert_eq!(contents.records, records.all().len() as u64);
    let restore = |place: &Path| Store::restore(&file, place, &secret(), NOW, &options());
    assert_eq!(restore(&place).unwrap(), contents);
    assert!(matches!(restore(&place), Err(Error::NotEmpty)));
    let (mut new, loaded) = open(&place);
    assert_eq!((&loaded.records, loaded.notices), (&records, vec![]));
    assert!(matches!(new.undo(stamp(80)), Err(Error::NothingToUndo)));
    commit(&mut new, &mut records, 46..=50);
    no_problems(&new);
    let view = Store::open_read_only(&place, &secret(), &options()).unwrap();
    assert_eq!(view.records, records);
    drop(new);
    lose(&place, "db");
    let (new, loaded) = open(&place);
    assert_eq!(loaded.records, records);
    no_problems(&new);
}

#[test]
fn a_backup_takes_the_own_policies_and_letters_along_and_nobody_reads_them_in_it() {
    let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (mut store, _) = filled(folder.path(), 5);
    snapshot(&mut store, NOW);
    let own = ["policies/ours.toml", "letters/summary.txt", "letters/ours/central.txt"];
    for name in own {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, format!("a text of our own: {name}")).unwrap();
    }
    fs::write(folder.path().join("config.toml"), "mouse = false").unwrap();
    for is_snapshot in [false, true] {
        let file = other.path().join("backup");
        let made = if is_snapshot {
            store.backup_snapshot(NOW, &file).unwrap()
        } else {
            store.backup(&file, NOW).unwrap()
        };
        assert_eq!(made.own, 3);
        let bytes = fs::read(&file).unwrap();
        assert!(!bytes.windows(6).any(|window| window == b"of our" || window == b"centra"));
        let place = other.path().join(format!("profile-{is_snapshot}"));
        assert_eq!(Store::restore(&file, &place, &secret(), NOW, &options()).unwrap(), made);
        for name in own {
            let text = fs::read_to_string(place.join(name)).unwrap();
            assert_eq!(text, format!("a text of our own: {name}"));
        }
        assert!(!place.join("config.toml").exists());
        no_problems(&open(&place).0);
    }
}

/// A backup in the first format, without a place for the user's own policies and letters. Never written anew.
const OLD_BACKUP: &[u8] = include_bytes!("profiles/without-own.backup");

#[test]
fn a_backup_of_the_first_format_is_still_restored() {
    let folder = tempfile::tempdir().unwrap();
    let (file, place) = (folder.path().join("backup"), folder.path().join("profile"));
    fs::write(&file, OLD_BACKUP).unwrap();
    let contents = Store::restore(&file, &place, &secret(), NOW, &options()).unwrap();
    assert_eq!((contents.students, contents.own), (5, 0));
    let (store, loaded) = open(&place);
    assert_eq!(workload::last(&loaded.records), 5);
    assert_eq!(verify(&loaded.records).0, Vec::<String>::new());
    no_problems(&store);
}

#[test]
fn an_erased_student_stays_erased_in_a_backup_of_an_older_snapshot() {
    let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (mut store, records) = filled(folder.path(), 14);
    snapshot(&mut store, NOW);
    let student = records.files().next().unwrap().student.id;
    store.erase_student(student).unwrap();
    let file = other.path().join("backup");
    assert!(matches!(store.backup_snapshot(NOW + 1000, &file), Err(Error::NoSnapshot)));
    store.backup_snapshot(NOW, &file).unwrap();
    let place = other.path().join("profile");
    Store::restore(&file, &place, &secret(), NOW, &options()).unwrap();
    let (_, loaded) = open(&place);
    assert!(loaded.records.file(student).is_none());
    assert_eq!(loaded.records.files().len(), records.files().len() - 1);
}

#[test]
fn a_backup_that_is_damaged_anywhere_is_never_restored() {
    let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (mut store, _) = filled(folder.path(), 5);
    let (file, place) = (other.path().join("backup"), other.path().join("profile"));
    store.backup(&file, NOW).unwrap();
    let sound = fs::read(&file).unwrap();
    let restore = || Store::restore(&file, &place, &secret(), NOW, &options());
    for n in 0..40 {
        let at = (sound.len() - 1) * n / 39;
        let mut bytes = sound.clone();
        bytes[at] ^= 0x20;
        fs::write(&file, bytes).unwrap();
        assert!(restore().is_err(), "bit in byte {at}");
        fs::write(&file, &sound[..at]).unwrap();
        assert!(restore().is_err(), "cut at {at}");
        assert!(!place.exists());
    }
    fs::write(&file, sound).unwrap();
    restore().unwrap();
}

#[test]
fn a_stored_profile_of_every_released_version_opens_is_written_to_and_rebuilt() {
    for (version, zipped) in STORED {
        for is_database_lost in [false, true] {
            let folder = tempfile::tempdir().unwrap();
            let secret = unzip(zipped, folder.path());
            if is_database_lost {
                lose(folder.path(), "db");
            }
            let open = || Store::open(folder.path(), &secret, 0, options());
            let (mut store, Loaded { mut records, .. }) = open().unwrap();
            let me = records.me().map(|tutor| tutor.name.clone());
            assert_eq!(me.as_deref(), Some("Dr Amara Okafor"), "version {version}");
            assert_eq!(records.files().len(), 3, "version {version}");
            let notes = records.files().flat_map(|file| file.notes.iter());
            assert_eq!(notes.count(), 2, "version {version}");
            no_problems(&store);
            let next = change(&records, 1, 1);
            store.commit(&next, stamp(1)).unwrap();
            records.apply(&next).unwrap();
            snapshot(&mut store, NOW);
            drop(store);
            fs::remove_dir_all(folder.path().join("db")).unwrap();
            let (store, loaded) = open().unwrap();
            assert_eq!(loaded.records, records, "version {version}");
            no_problems(&store);
        }
    }
}

#[test]
fn a_snapshot_that_fails_after_a_repair_is_given_up_for_the_day() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _) = filled(folder.path(), 5);
    drop(store);
    lose(folder.path(), "db");
    let (mut store, Loaded { mut records, .. }) = open(folder.path());
    assert!(store.is_snapshot_due(NOW), "what was repaired is worth one");
    fs::write(folder.path().join("snapshots"), "in the way").unwrap();
    assert!(store.work_on_snapshot(NOW).is_err());
    commit(&mut store, &mut records, 6..=6);
    assert!(!store.is_snapshot_due(NOW), "not after every save");
    assert!(store.is_snapshot_due(NOW + DAY));
}

#[test]
fn a_snapshot_of_another_history_is_kept_aside_and_brings_nothing_back() {
    let folder = tempfile::tempdir().unwrap();
    let profile = folder.path().join("profile");
    let (mut store, mut records) = filled(&profile, 5);
    drop(store);
    let older = folder.path().join("older");
    super::copy(&profile, &older);
    (store, _) = open(&profile);
    commit(&mut store, &mut records, 6..=10);
    snapshot(&mut store, NOW);
    drop(store);
    for name in ["db", "journal"] {
        fs::remove_dir_all(profile.join(name)).unwrap();
        super::copy(&older.join(name), &profile.join(name));
    }
    let (mut store, loaded) = open(&profile);
    told(&loaded, "changes that this profile does not have");
    let mut records = loaded.records;
    assert_eq!(workload::last(&records), 5);
    commit(&mut store, &mut records, 6..=6);
    drop(store);
    lose(&profile, "db");
    let (store, loaded) = open(&profile);
    assert_eq!(loaded.records, records);
    no_problems(&store);
    assert_eq!(files(&profile).len(), 1, "it is kept");
}
