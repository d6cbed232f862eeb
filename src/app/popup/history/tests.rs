//! The list of what was done, by keys: what it asks for, what it shows, and where it leads.

use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::app::{
    Msg,
    msg::Committed,
    msg::How,
    testing::{Desk, now_at},
};
use crate::domain::{
    change::{Change, Label},
    history::{Deed, Entry, History as Known},
    record::Kind,
};
use crate::fixture::Fixture;

fn desk() -> (Desk, StudentId) {
    let mut world = Fixture::new();
    world.tutee("20480002", "Ben O'Connor", 5);
    let aisha = world.tutee("20481234", "Aisha Rahman", 4);
    (Desk::with(world.records()), aisha)
}

fn entry(desk: &Desk, sequence: u64, deed: Deed, student: Option<StudentId>) -> Entry {
    Entry {
        sequence,
        at: now_at(0).local,
        author: desk.model.records.me().unwrap().id,
        deed,
        students: student.into_iter().collect::<BTreeSet<_>>(),
        kinds: BTreeMap::from([(Kind::Note, 1)]),
    }
}

fn asked(desk: &Desk) -> Vec<Option<u32>> {
    let part = |effect: &Effect| {
        if let Effect::ListHistory(part) = effect { Some(*part) } else { None }
    };
    desk.effects.iter().filter_map(part).collect()
}

#[test]
fn the_list_shows_what_was_done_to_whom_and_what_was_taken_back() {
    let (desk, aisha) = desk();
    let mut desk = desk.keys("gu");
    assert_eq!(asked(&desk), [None]);
    assert!(desk.frame(100, 30).contains("reading the journal"));
    let label = Label::WriteNote;
    let entries = vec![
        entry(&desk, 3, Deed::TookBack(label, 2), Some(aisha)),
        entry(&desk, 2, Deed::Did(label), Some(aisha)),
        entry(&desk, 1, Deed::Did(Label::ImportStudents), None),
    ];
    desk.send(Msg::HistoryListed(Ok(Known { entries, earlier: Some(4) })));
    let picture = desk.frame(100, 30);
    for said in [
        "21 Nov 2026 14:02  took back: write a note · Aisha Rahman",
        "write a note, taken back · Aisha Rahman",
        "import a tutee list",
        "Enter shows what was done before",
        "1 note · by Dr Amara Okafor",
    ] {
        assert!(picture.contains(said), "{said}\n{picture}");
    }
    let mut desk = desk.keys("G⏎⏎");
    assert_eq!(asked(&desk), [None, Some(4)], "asked for once");
    let first = entry(&desk, 1, Deed::Did(Label::SetUp), None);
    desk.send(Msg::HistoryListed(Ok(Known { entries: vec![first], earlier: None })));
    assert!(desk.frame(100, 30).contains("set up the profile"));
    let desk = desk.keys("gg⏎");
    assert!(desk.model.popups.is_empty());
    assert_eq!((desk.model.desk.student(), desk.model.focus), (Some(aisha), Pane::Timeline));
}

#[test]
fn undo_within_the_list_reads_it_again() {
    let (desk, _) = desk();
    let mut desk = desk.keys("guu");
    assert!(desk.effects.contains(&Effect::Undo));
    let change = Change { label: Label::WriteNote, parts: Vec::new() };
    desk.send(Msg::Committed(Box::new(Committed { change, how: How::Undone })));
    assert_eq!(asked(&desk), [None, None]);
}

#[test]
fn a_journal_that_cannot_be_read_is_told() {
    let (desk, _) = desk();
    let mut desk = desk.keys("gu");
    desk.send(Msg::HistoryListed(Err("The journal is damaged.".into())));
    let picture = desk.frame(100, 30);
    assert!(picture.contains("The journal is damaged."), "{picture}");
    assert!(desk.keys("⎋").model.popups.is_empty());
}
