//! The versions of a note, by keys: what each changed, and the way back to one.

use super::*;
use crate::app::{
    Msg,
    testing::{Desk, now_at},
};
use crate::domain::{change::Part, note::Confidentiality};
use crate::fixture::{Fixture, ago};

const OLD: &str = "Settling in.\nWants help with referencing.\nSees Careers.";
const NEW: &str = "Settling in.\nWants help with essays.\nSees Careers.";

/// Aisha's note in hand, and its versions: the newest first.
fn desk() -> (Desk, NoteId) {
    let mut world = Fixture::new();
    let aisha = world.tutee("20481234", "Aisha Rahman", 4);
    let me = world.me;
    world.note_by(me, Confidentiality::TutorAndSenior, (aisha, ago(3), None), NEW);
    let desk = Desk::with(world.records());
    let id = desk.model.records.file(aisha).unwrap().notes[0].value.id;
    (desk.keys("⇥⇥v"), id)
}

fn version(desk: &Desk, text: &str, level: Confidentiality) -> history::Version {
    let student = desk.model.desk.student().unwrap();
    let note = desk.model.records.file(student).unwrap().notes[0].value.clone();
    let author = note.author;
    let note = Note { text: text.into(), confidentiality: level, ..note };
    history::Version { at: now_at(0).local, author, record: Some(Record::Note(note)) }
}

#[test]
fn a_version_shows_what_it_changed_and_is_taken_again_by_a_change_that_can_be_undone() {
    let (mut desk, id) = desk();
    assert!(desk.effects.contains(&Effect::ListVersions(id)));
    let level = Confidentiality::TutorAndSenior;
    let versions = vec![version(&desk, NEW, level), version(&desk, OLD, level)];
    desk.send(Msg::VersionsListed(id, Ok(versions)));
    let picture = desk.frame(100, 30);
    for said in ["as it is now", " - Wants help with referencing.", " + Wants help with essays."] {
        assert!(picture.contains(said), "{said}\n{picture}");
    }
    let mut desk = desk.keys("⏎");
    assert!(!desk.model.popups.is_empty(), "the newest is there already");
    desk = desk.keys("j⇥");
    assert!(desk.frame(100, 30).contains("Wants help with referencing."));
    let desk = desk.keys("⏎");
    let change = desk
        .effects
        .iter()
        .find_map(|effect| if let Effect::Commit(change) = effect { Some(change) } else { None });
    let part: &Part = &change.unwrap().parts[0];
    let Some(Record::Note(note)) = &part.after else { panic!() };
    assert_eq!((note.id, note.text.as_str()), (id, OLD));
    assert!(desk.model.popups.is_empty());
}

#[test]
fn a_line_after_which_another_was_added_is_not_told_as_changed() {
    let lines = |before, after| changes(before, after).into_iter().map(|(mark, _)| mark).collect();
    let added: Vec<Mark> = lines("Settling in.", "Settling in.\nSees Careers.");
    assert_eq!(added, [Mark::Same, Mark::Added]);
    let gone: Vec<Mark> = lines("Settling in.\nSees Careers.", "Settling in.");
    assert_eq!(gone, [Mark::Same, Mark::Gone]);
}

#[test]
fn a_version_that_another_author_restricted_is_not_shown() {
    let (mut desk, id) = desk();
    let level = Confidentiality::TutorAndSenior;
    let mut hidden = version(&desk, "for my eyes alone", Confidentiality::Restricted);
    if let Some(Record::Note(note)) = &mut hidden.record {
        note.author = crate::domain::tutor::TutorId::from_bytes([9; 16]);
    }
    let versions = vec![version(&desk, NEW, level), hidden];
    desk.send(Msg::VersionsListed(id, Ok(versions)));
    let picture = desk.frame(100, 30);
    assert!(picture.contains("1 of 1") && !picture.contains("my eyes"), "{picture}");
}

#[test]
fn lines_far_from_any_change_are_left_out_and_said_so() {
    let lines: Vec<String> = (1..=20).map(|line| format!("line {line}")).collect();
    let before = lines.join("\n");
    let after = before.replace("line 10\n", "line ten\n");
    let told = changes(&before, &after);
    let signs: Vec<Mark> = told.iter().map(|(mark, _)| *mark).collect();
    assert_eq!(
        signs,
        [
            Mark::Left,
            Mark::Same,
            Mark::Same,
            Mark::Gone,
            Mark::Added,
            Mark::Same,
            Mark::Same,
            Mark::Left
        ]
    );
    assert_eq!(changes("same", "same"), []);
}
