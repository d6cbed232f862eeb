//! The first page: shown before the records are loaded, and only while it shows what they say.

use std::{fs, path::Path};

use tutelage::store::{Error, Loaded, Secret, Sight, Store};

use super::{
    filled, open,
    workload::{change, options, secret, stamp},
};

const PAGE: &[u8] = b"a list with one name on it";

/// Opens the profile; the page that was shown before.
fn shown(folder: &Path) -> (Store, Loaded, Option<Vec<u8>>) {
    let mut page = None;
    let mut loaded_last = 0;
    let mut show = |seen: Sight<'_>| match seen {
        Sight::Page(seen) => page = Some(seen.to_vec()),
        Sight::Loaded(percent) => {
            assert!(percent >= loaded_last && percent <= 100);
            loaded_last = percent;
        }
    };
    let (store, loaded) = Store::open_showing(folder, &secret(), 0, options(), &mut show).unwrap();
    assert_eq!(loaded_last, 100, "all is told");
    (store, loaded, page)
}

/// A profile of some commits with a page, closed.
fn paged(folder: &Path) {
    let (mut store, _) = filled(folder, 5);
    assert!(!store.has_page());
    store.keep_page(PAGE).unwrap();
    assert!(store.has_page());
}

#[test]
fn a_page_is_shown_at_every_start_until_something_changes() {
    let folder = tempfile::tempdir().unwrap();
    paged(folder.path());
    for _ in 0..2 {
        assert_eq!(shown(folder.path()).2.as_deref(), Some(PAGE));
    }
    let (mut store, loaded, _) = shown(folder.path());
    assert!(store.has_page());
    store.commit(&change(&loaded.records, 6, 1), stamp(6)).unwrap();
    assert!(!store.has_page());
    assert!(!folder.path().join("page").exists());
    drop(store);
    let (store, _, page) = shown(folder.path());
    assert_eq!((store.has_page(), page), (false, None));
}

#[test]
fn undo_looks_and_the_end_of_a_student_take_the_page_away_too() {
    let folder = tempfile::tempdir().unwrap();
    paged(folder.path());
    let (mut store, loaded, _) = shown(folder.path());
    let student = loaded.records.files().next().map(|file| file.student.id);
    let acts: [&dyn Fn(&mut Store); 3] = [
        &|store| drop(store.undo(stamp(7)).unwrap()),
        &|store| store.record_look(tutelage::store::Look::Restricted, &[], stamp(8)).unwrap(),
        &|store| store.erase_student(student.unwrap()).unwrap(),
    ];
    for act in acts {
        store.keep_page(PAGE).unwrap();
        act(&mut store);
        assert!(!folder.path().join("page").exists());
    }
}

#[test]
fn a_page_of_an_earlier_state_that_was_put_back_is_not_shown() {
    let folder = tempfile::tempdir().unwrap();
    paged(folder.path());
    let earlier = fs::read(folder.path().join("page")).unwrap();
    let (mut store, loaded, _) = shown(folder.path());
    store.commit(&change(&loaded.records, 6, 1), stamp(6)).unwrap();
    drop(store);
    fs::write(folder.path().join("page"), &earlier).unwrap();
    assert_eq!(shown(folder.path()).2, None);
    // What a crash left behind the last entry makes the page doubtful as well.
    paged_again(folder.path());
    let journal = folder.path().join("journal/0001.log");
    let mut bytes = fs::read(&journal).unwrap();
    bytes.extend_from_slice(&[9; 40]);
    fs::write(&journal, bytes).unwrap();
    assert_eq!(shown(folder.path()).2, None);
}

fn paged_again(folder: &Path) {
    open(folder).0.keep_page(PAGE).unwrap();
    assert!(shown(folder).2.is_some());
}

#[test]
fn a_page_of_another_profile_or_another_copy_is_not_shown() {
    let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    for folder in &folders {
        paged(folder.path());
    }
    let [mine, other] = &folders;
    fs::copy(other.path().join("page"), mine.path().join("page")).unwrap();
    assert_eq!(shown(mine.path()).2, None);
    let backup = mine.path().join("backup");
    let copy = tempfile::tempdir().unwrap();
    let (mut store, _) = open(other.path());
    store.backup(&backup, 0).unwrap();
    drop(store);
    Store::restore(&backup, &copy.path().join("profile"), &secret(), 0, &options()).unwrap();
    fs::copy(other.path().join("page"), copy.path().join("profile/page")).unwrap();
    assert_eq!(shown(&copy.path().join("profile")).2, None);
}

#[test]
fn a_damaged_page_is_ignored_and_a_wrong_passphrase_shows_none() {
    let folder = tempfile::tempdir().unwrap();
    paged(folder.path());
    let page = folder.path().join("page");
    let whole = fs::read(&page).unwrap();
    assert!(!whole.windows(PAGE.len()).any(|part| part == PAGE), "it is sealed");
    let wrong = Secret::Passphrase("wrong".to_owned().into());
    let refused =
        Store::open_showing(folder.path(), &wrong, 0, options(), &mut |_| panic!("shown"));
    assert!(matches!(refused, Err(Error::WrongPassphrase)));
    for place in (0..whole.len()).step_by(97) {
        fs::write(&page, whole.get(..place).unwrap()).unwrap();
        assert_eq!(shown(folder.path()).2, None, "cut at {place}");
        fs::write(&page, &whole).unwrap();
        let mut bytes = whole.clone();
        bytes[place] ^= 8;
        fs::write(&page, bytes).unwrap();
        assert_eq!(shown(folder.path()).2, None, "flipped at {place}");
    }
}

#[test]
fn what_a_crash_left_of_a_page_and_a_page_of_another_protection_are_taken_away() {
    let folder = tempfile::tempdir().unwrap();
    paged(folder.path());
    let (mut store, loaded, _) = shown(folder.path());
    fs::write(folder.path().join("page.new"), "torn").unwrap();
    store.commit(&change(&loaded.records, 6, 1), stamp(6)).unwrap();
    assert!(!folder.path().join("page.new").exists());
    store.keep_page(PAGE).unwrap();
    store.change_passphrase(&secret(), &Secret::None).unwrap();
    assert!(!store.has_page() && !folder.path().join("page").exists(), "it says how it is opened");
}
