//! What the journal tells of what was done, and of what a record was before.

use tutelage::{
    domain::{
        change::{Builder, Label, record_id},
        history::{Deed, Entry},
        record::Record,
    },
    store::Store,
};

use super::workload::{change, stamp};
use super::{filled, open};

/// Wall time as the journal has it.
fn wall(utc_ms: i64) -> chrono::NaiveDateTime {
    chrono::DateTime::from_timestamp_millis(utc_ms).unwrap().naive_utc()
}

fn entries(store: &Store) -> Vec<Entry> {
    let history = store.history(None, &wall).unwrap();
    assert_eq!(history.earlier, None);
    history.entries
}

#[test]
fn every_entry_is_told_the_newest_first_with_what_it_touched_after_a_restart_too() {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, mut records) = filled(folder.path(), 0);
    let mut made = Vec::new();
    for n in 1..=45 {
        let change = change(&records, n, 1);
        store.commit(&change, stamp(n)).unwrap();
        records.apply(&change).unwrap();
        made.push((change, stamp(n)));
    }
    store.undo(stamp(100)).unwrap();
    store.redo(stamp(101)).unwrap();
    store.undo(stamp(102)).unwrap();
    drop(store);
    let (store, _) = open(folder.path());
    let told = entries(&store);
    let numbers: Vec<u64> = told.iter().map(|entry| entry.sequence).collect();
    assert_eq!(numbers, (1..=48).rev().collect::<Vec<_>>());
    let label = Label::LogContact;
    let deeds: Vec<Deed> = told.iter().take(4).map(|entry| entry.deed).collect();
    let (once, again) = (Deed::TookBack(label, 45), Deed::TookBack(label, 47));
    assert_eq!(deeds, [again, Deed::DidAgain(label, 46), once, Deed::Did(label)]);
    assert_eq!(told[3].at, wall(stamp(45).utc_ms));
    for (entry, (change, stamp)) in told.iter().rev().zip(&made) {
        assert_eq!(entry.students, change.students(), "entry {}", entry.sequence);
        let parts = usize::try_from(entry.kinds.values().sum::<u32>()).unwrap();
        assert_eq!((parts, entry.author), (change.parts.len(), stamp.author));
    }
    let history = store.history(None, &wall).unwrap();
    assert_eq!(history.taken_back().into_iter().collect::<Vec<_>>(), [45]);
}

#[test]
fn a_record_is_told_as_it_was_after_each_entry_that_touched_it() {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, mut records) = filled(folder.path(), 3);
    let contact = |(_, record)| if let Record::Contact(it) = record { Some(it) } else { None };
    let first = records.all().into_iter().find_map(contact).unwrap();
    let id = record_id(first.id);
    for text in ["second", "third"] {
        let held = records.file(first.student).unwrap().find(first.id).unwrap();
        let mut changed = held.value.clone();
        changed.about = text.into();
        let change = Builder::new(Label::EditContact, &records).put(changed).build();
        store.commit(&change, stamp(50)).unwrap();
        records.apply(&change).unwrap();
    }
    let versions = store.versions(id, &wall).unwrap();
    let texts: Vec<String> = versions
        .iter()
        .map(|version| match &version.record {
            Some(Record::Contact(contact)) => contact.about.clone(),
            _ => "gone".to_owned(),
        })
        .collect();
    assert_eq!(texts, ["third", "second", first.about.as_str()]);
    assert_eq!(versions[0].at, wall(stamp(50).utc_ms));
}

#[test]
fn a_damaged_entry_is_left_out_and_the_others_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _) = filled(folder.path(), 9);
    drop(store);
    let path = folder.path().join("journal/0001.log");
    let mut bytes = std::fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0x44;
    std::fs::write(&path, bytes).unwrap();
    let (store, _) = open(folder.path());
    let numbers: Vec<u64> = entries(&store).iter().map(|entry| entry.sequence).collect();
    assert!(numbers.len() >= 6 && numbers.len() < 9, "{numbers:?}");
    assert_eq!((numbers[0], numbers.last()), (9, Some(&1)));
}

#[test]
fn damage_never_gives_an_entry_the_name_or_the_students_of_another() {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, mut records) = filled(folder.path(), 0);
    let mut made = Vec::new();
    for n in 1..=45 {
        let change = change(&records, n, 1);
        store.commit(&change, stamp(n)).unwrap();
        records.apply(&change).unwrap();
        made.push(change);
    }
    let path = folder.path().join("journal/0001.log");
    let sound = std::fs::read(&path).unwrap();
    for cut in 1..60 {
        let mut bytes = sound.clone();
        bytes[sound.len() * cut / 60] ^= 0x44;
        std::fs::write(&path, bytes).unwrap();
        for entry in entries(&store) {
            let change = &made[usize::try_from(entry.sequence).unwrap() - 1];
            assert_eq!(entry.students, change.students(), "{cut}: entry {}", entry.sequence);
        }
    }
}
