use std::sync::Arc;

use super::*;
use crate::{
    domain::change::{Builder, Label},
    domain::demo::{Demo, Scale},
    domain::student::Student,
    exchange::policy::builtin,
    fixture::{Fixture, day, desk},
};

const TODAY: &str = "2026-11-21";

fn gathered(records: &Records, named: &[StudentId], show: Show) -> Agenda {
    let students = named.iter().copied().collect();
    agenda(records, None, Asked { students: &students, show, today: day(TODAY) })
}

fn summaries(agenda: &Agenda) -> Vec<&str> {
    agenda.entries.iter().map(|entry| entry.summary.as_str()).collect()
}

fn who(records: &Records, number: &str) -> StudentId {
    records.numbered(number).next().unwrap()
}

#[test]
fn only_what_is_to_come_is_told_and_no_name_of_anybody() {
    let found = gathered(&desk(), &[], Show::Initials);
    assert_eq!(summaries(&found), ["Tutoring meeting: AR"]);
    assert_eq!(found.entries[0].when.on, day("2026-12-12"));
    assert_eq!((found.entries[0].details.as_str(), found.students.len()), ("", 1));
    assert!(format!("{found:?}").contains("Entry(") && !format!("{found:?}").contains("Tutoring"));
}

#[test]
fn names_and_what_was_agreed_are_told_when_they_are_asked_for() {
    let mut world = Fixture::new();
    let aisha = world.tutee("1", "Aisha Rahman", 4);
    world.meeting(aisha, day("2026-12-12"), Outcome::Planned, "Progress review");
    world.action(aisha, None, "book a workshop", Some(day("2026-12-01")));
    world.action(aisha, None, "call the bank", Some(day("2026-11-20")));
    world.action(aisha, None, "read", None);
    let records = world.records();
    let told = |show| gathered(&records, &[], show);
    assert_eq!(
        summaries(&told(Show::Initials)),
        ["Action of AR due", "Tutoring meeting: AR"],
        "what was due before, or has no day, is not to come"
    );
    assert_eq!(
        summaries(&told(Show::Names)),
        ["Action of Aisha Rahman due", "Tutoring meeting: Aisha Rahman"]
    );
    assert!(told(Show::Names).entries.iter().all(|entry| entry.details.is_empty()));
    let all = told(Show::All);
    assert_eq!(
        summaries(&all),
        ["Aisha Rahman to do: book a workshop", "Tutoring meeting: Aisha Rahman"]
    );
    assert_eq!(all.entries[1].details, "Progress review");
}

#[test]
fn an_entry_keeps_its_name_and_counts_its_changes() {
    let records = desk();
    let before = gathered(&records, &[], Show::Initials);
    let aisha = records.file(who(&records, "20481234")).unwrap();
    let (meeting, _) = records.meetings_of(aisha).find(|(it, _)| it.on > day(TODAY)).unwrap();
    let moved = Meeting { on: day("2026-12-14"), ..meeting.clone() };
    let part = aisha.attendances.iter().find(|held| held.meeting == meeting.id).unwrap();
    let called_off = Attendance { outcome: Outcome::Cancelled, ..part.value.clone() };
    let mut changed = records.clone();
    let change = Builder::new(Label::RecordMeeting, &records).put(moved).put(called_off).build();
    changed.apply(&change).unwrap();
    let after = gathered(&changed, &[], Show::Initials);
    let (old, new) = (&before.entries[0], &after.entries[0]);
    assert_eq!((old.uid.as_str(), old.sequence, old.cancelled), (new.uid.as_str(), 0, false));
    assert_eq!((new.sequence, new.cancelled, new.when.on), (2, true, day("2026-12-14")));
}

#[test]
fn a_group_meeting_is_one_entry_that_names_nobody() {
    let mut world = Fixture::new();
    let names = ["Aisha Rahman", "Ben O'Connor", "Ewa Nowak"];
    let all = names.map(|name| world.tutee(name, name, 4));
    let on = day("2026-12-02");
    let meeting = world.group(&all, on, "Introductions");
    let records = world.records();
    let told_of = |outcome: Outcome, many: usize| {
        let mut change = Builder::new(Label::RecordMeeting, &records);
        for file in records.files().take(many) {
            for part in &file.attendances {
                change.push(Attendance { outcome, ..part.value.clone() });
            }
        }
        let mut records = records.clone();
        records.apply(&change.build()).unwrap();
        gathered(&records, &[], Show::Names)
    };
    let planned = |outcome| told_of(outcome, 3);
    let sequence = |many| told_of(Outcome::Cancelled, many).entries[0].sequence;
    assert!(
        sequence(1) < sequence(2) && sequence(2) < sequence(3),
        "one after the other calls off"
    );
    let one = planned(Outcome::Planned);
    assert_eq!(summaries(&one), ["Group tutoring meeting with 3 students"]);
    assert_eq!((one.entries[0].uid.clone(), one.students.len()), (meeting.to_string(), 3));
    assert!(planned(Outcome::Cancelled).entries[0].cancelled);
    assert!(planned(Outcome::Held).entries.is_empty(), "what was held is not to come");
}

#[test]
fn other_tutors_meetings_are_told_only_of_students_who_were_named() {
    let mut world = Fixture::new();
    let other = world.tutor("Dr Ravi Menon");
    let theirs = world.tutee_of(other, "2", "Ben O'Connor", 4);
    world.meeting(theirs, day("2026-12-12"), Outcome::Planned, "");
    let mut records = world.records();
    let file = records.file(theirs).unwrap();
    let (meeting, _) = records.meetings_of(file).next().unwrap();
    let moved = Meeting { tutor: other, ..meeting.clone() };
    let change = Builder::new(Label::RecordMeeting, &records).put(moved).build();
    records.apply(&change).unwrap();
    assert!(gathered(&records, &[], Show::Initials).entries.is_empty());
    assert_eq!(gathered(&records, &[theirs], Show::Initials).entries.len(), 1);
}

#[test]
fn slots_that_end_on_one_day_are_one_entry_unless_students_are_named() {
    let records = Demo::new(Scale::Tutor, day(TODAY)).records(|_, _| {});
    let plan = Plan::new(Arc::new(builtin("leicester").unwrap()), records.calendars());
    let of = |named: &BTreeSet<StudentId>| {
        let asked = Asked { students: named, show: Show::Initials, today: day(TODAY) };
        let slot = |entry: &Entry| entry.summary.starts_with("Last day: ");
        let found = agenda(&records, Some(&plan), asked).entries.into_iter().filter(slot);
        found.collect::<Vec<Entry>>()
    };
    let all = of(&BTreeSet::new());
    assert!(!all.is_empty() && all.len() < 30, "{}", all.len());
    assert!(all.iter().any(|entry| entry.summary.ends_with("students to meet")));
    assert!(all.iter().all(|entry| entry.when.at.is_none() && entry.details.contains(": from ")));
    let uids: BTreeSet<&str> = all.iter().map(|entry| entry.uid.as_str()).collect();
    assert_eq!(uids.len(), all.len());
    let two: BTreeSet<StudentId> = records.files().take(2).map(|file| file.student.id).collect();
    assert!(!of(&two).is_empty());
    assert!(of(&two).iter().all(|entry| !uids.contains(entry.uid.as_str())));
}

#[test]
fn who_came_late_on_another_day_has_an_entry_of_their_own_and_no_two_have_one_name() {
    let mut records = Demo::new(Scale::Tutor, day(TODAY)).records(|_, _| {});
    let mut change = Builder::new(Label::EditStudent, &records);
    for (file, entry) in
        records.files().zip(["2026-11-16", "2026-11-17", "2026-11-18", "2026-11-19"])
    {
        let entry = Some(day(entry));
        change.push(Student { entry, new_entrant: Some(true), ..file.student.value.clone() });
    }
    let change = change.build();
    records.apply(&change).unwrap();
    for policy in ["ljmu", "leeds", "essex", "leicester"] {
        let plan = Plan::new(Arc::new(builtin(policy).unwrap()), records.calendars());
        let all = BTreeSet::new();
        let asked = Asked { students: &all, show: Show::Initials, today: day(TODAY) };
        let entries = agenda(&records, Some(&plan), asked).entries;
        let uids: BTreeSet<&str> = entries.iter().map(|entry| entry.uid.as_str()).collect();
        assert_eq!(uids.len(), entries.len(), "{policy}");
        let of_one = |name| entries.iter().filter(|entry| entry.summary.contains(name)).count();
        assert!(policy != "ljmu" || of_one("First Progress Review") == 2, "on two days");
    }
}

#[test]
fn initials_never_give_away_a_name_that_has_one_letter() {
    let of = |given: &str, family: &str| {
        let name = Name { given: given.into(), family: family.into(), preferred: String::new() };
        initials(&name)
    };
    assert_eq!(of("Aisha", "Rahman"), "AR");
    assert_eq!(of("Dafydd", "ap Rhys"), "DR");
    assert_eq!(of("Zoë", "Müller-Strauß"), "ZS");
    assert_eq!(of("øystein", ""), "Ø");
    assert_eq!(of("陈伟", ""), "a student");
    assert_eq!(of("陈伟", "Chen Wei"), "CW");
    assert_eq!(of("", ""), "a student");
}
