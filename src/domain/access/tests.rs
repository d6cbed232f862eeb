//! Each level against each viewer and each way out.

use super::*;
use crate::domain::{flag::FlagKind, flag::Urgency, id::Id, letter::Letter, student::StudentId};
use crate::fixture::{Fixture, ago, today};

const LEVELS: [Confidentiality; 4] = [
    Confidentiality::FactOnly,
    Confidentiality::Shared,
    Confidentiality::TutorAndSenior,
    Confidentiality::Restricted,
];

struct World {
    records: Records,
    student: StudentId,
    me: Viewer,
    other: Viewer,
    senior: Viewer,
}

impl World {
    fn new(prepare: impl FnOnce(&mut Fixture, StudentId)) -> Self {
        let mut world = Fixture::new();
        let student = world.tutee("1", "Ewa Nowak", 4);
        let me = Viewer { tutor: world.me, role: Role::Tutor };
        let other = Viewer { tutor: world.tutor("Dr Else"), role: Role::Tutor };
        let senior = Viewer { tutor: world.tutor("Dr Senior"), role: Role::SeniorTutor };
        for level in LEVELS {
            world.note_by(me.tutor, level, (student, ago(3), None), "text");
        }
        prepare(&mut world, student);
        Self { records: world.records(), student, me, other, senior }
    }

    fn file(&self) -> &StudentFile {
        self.records.file(self.student).unwrap()
    }

    /// The levels of the notes for which something holds.
    fn levels(&self, holds: impl Fn(&Note) -> bool) -> Vec<Confidentiality> {
        let notes = self.file().notes.iter().filter(|note| holds(note));
        let mut levels: Vec<_> = notes.map(|note| note.confidentiality).collect();
        levels.sort();
        levels
    }

    fn leaves(&self, recipient: Recipient<'_>, purpose: &str) -> Vec<Confidentiality> {
        let exit = Exit { recipient, purpose, day: today() };
        self.levels(|note| may_leave(self.me, self.file(), &note.clone().into(), &exit).is_ok())
    }
}

#[test]
fn a_viewer_sees_notes_up_to_their_level() {
    let world = World::new(|_, _| {});
    let seen = |viewer| world.levels(|note| note_visible_to(viewer, world.file(), note));
    assert_eq!(seen(world.me), LEVELS);
    assert_eq!(seen(world.senior), LEVELS[..3]);
    assert_eq!(seen(world.other), LEVELS[..2]);
}

#[test]
fn a_note_leaves_within_its_confidentiality_only() {
    let world = World::new(|_, _| {});
    assert_eq!(world.leaves(Recipient::Myself, ""), LEVELS);
    assert_eq!(world.leaves(Recipient::Student, ""), LEVELS[..2]);
    assert_eq!(world.leaves(Recipient::Colleague(world.senior), ""), LEVELS[..3]);
    assert_eq!(world.leaves(Recipient::Colleague(world.other), ""), LEVELS[..2]);
}

#[test]
fn nothing_goes_to_others_without_consent_to_recipient_and_purpose() {
    let world = World::new(|world, student| {
        world.consent(student, ago(5), "Wellbeing Team", "support");
    });
    let team = Recipient::Other("wellbeing team");
    assert_eq!(world.leaves(team, "Support"), LEVELS[..2]);
    assert_eq!(world.leaves(team, "a reference"), []);
    assert_eq!(world.leaves(Recipient::Other("Careers"), "support"), []);
    let student = world.file().student.value.clone().into();
    let exit = Exit { recipient: Recipient::Other("Careers"), purpose: "support", day: today() };
    let refused = may_leave(world.me, world.file(), &student, &exit);
    assert_eq!(refused, Err(Refused::NoConsent));
}

#[test]
fn a_consent_ends_with_its_last_day() {
    let world = World::new(|world, student| {
        world.consent(student, ago(5), "Wellbeing Team", "support");
    });
    let mut exit =
        Exit { recipient: Recipient::Other("Wellbeing Team"), purpose: "support", day: today() };
    let student: Record = world.file().student.value.clone().into();
    assert_eq!(may_leave(world.me, world.file(), &student, &exit), Ok(()));
    exit.day = ago(6);
    let refused = may_leave(world.me, world.file(), &student, &exit);
    assert_eq!(refused, Err(Refused::NoConsent));
}

#[test]
fn a_concern_does_not_go_to_the_student_as_it_was_raised() {
    let world = World::new(|world, student| {
        world.flag(student, ago(5), FlagKind::Concern, Urgency::Soon, "x");
        world.flag(student, ago(5), FlagKind::Praise, Urgency::Soon, "x");
    });
    let exit = Exit { recipient: Recipient::Student, purpose: "", day: today() };
    for flag in &world.file().flags {
        let left = may_leave(world.me, world.file(), &flag.value.clone().into(), &exit);
        assert_eq!(left.is_ok(), flag.kind == FlagKind::Praise);
    }
}

#[test]
fn a_letter_and_a_disclosure_are_for_the_tutors_of_the_student() {
    let world = World::new(|_, _| {});
    let letter = Record::Letter(Letter {
        id: Id::from_bytes([1; 16]),
        student: world.student,
        kind: "summary".into(),
        meeting: None,
        to: String::new(),
        subject: String::new(),
        text: "text".into(),
        made: today(),
        sent: None,
        agreed: None,
        tutor: world.me.tutor,
    });
    let file = world.file();
    assert!([world.me, world.senior].iter().all(|viewer| visible_to(*viewer, file, &letter)));
    assert!(!visible_to(world.other, file, &letter));
    let leaves = |viewer, recipient| {
        may_leave(viewer, file, &letter, &Exit { recipient, purpose: "", day: today() })
    };
    assert_eq!(leaves(world.me, Recipient::Student), Ok(()));
    assert_eq!(leaves(world.me, Recipient::Colleague(world.senior)), Ok(()));
    assert_eq!(leaves(world.me, Recipient::Colleague(world.other)), Err(Refused::Tutors));
    assert_eq!(leaves(world.other, Recipient::Myself), Err(Refused::Tutors));
}
