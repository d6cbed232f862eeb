//! Each level against each viewer and each way out.

use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;
use crate::domain::{
    consent::{Consent, HowGiven},
    disclosure::Basis,
    flag::Urgency,
    id::Id,
    letter::Letter,
    policy::{Permission, example::policy},
    student::StudentId,
};
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
        let leaves = |note: &Note| {
            record_may_leave(None, self.me, self.file(), &note.clone().into(), &exit).is_ok()
        };
        self.levels(leaves)
    }
}

const LEADER: RecipientKind = RecipientKind::ProgrammeLeader;

fn exit<'a>(kind: RecipientKind, name: &'a str, purpose: &'a str) -> Exit<'a> {
    Exit { recipient: Recipient::Other(kind, name), purpose, day: today() }
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
    assert_eq!(world.leaves(Recipient::STUDENT, ""), LEVELS[..2]);
    let senior = Recipient::Other(RecipientKind::SeniorTutor, "Dr Senior");
    assert_eq!(world.leaves(senior, ""), LEVELS[..3]);
}

#[test]
fn without_a_policy_nothing_goes_to_others_without_consent_to_recipient_and_purpose() {
    let world = World::new(|world, student| {
        world.consent(student, ago(5), "Wellbeing Team", "support");
    });
    let team = Recipient::Other(RecipientKind::Service, "wellbeing team");
    assert_eq!(world.leaves(team, "Support"), LEVELS[..2]);
    assert_eq!(world.leaves(team, "a reference"), []);
    let careers = exit(RecipientKind::Service, "Careers", "support");
    let student = world.file().student.value.clone().into();
    let refused = record_may_leave(None, world.me, world.file(), &student, &careers).unwrap_err();
    assert_eq!(refused.why, Why::NoConsent);
    assert_eq!(
        refused.sentence(),
        "Nothing about a student goes to others without the student's consent. \
         Needed: the student's consent to tell Careers for support."
    );
}

#[test]
fn a_consent_ends_with_its_last_day() {
    let world = World::new(|world, student| {
        world.consent(student, ago(5), "Wellbeing Team", "support");
    });
    let mut exit = exit(RecipientKind::Service, "Wellbeing Team", "support");
    assert!(may_leave(None, world.file(), Content::Details, &exit).unwrap().consent.is_some());
    exit.day = ago(6);
    let refused = may_leave(None, world.file(), Content::Details, &exit).unwrap_err();
    assert!(refused.needed.ends_with("The consent of 16 Nov 2026 does not hold yet."), "{refused}");
}

#[test]
fn a_concern_does_not_go_to_the_student_as_it_was_raised() {
    let world = World::new(|world, student| {
        world.flag(student, ago(5), FlagKind::Concern, Urgency::Soon, "x");
        world.flag(student, ago(5), FlagKind::Praise, Urgency::Soon, "x");
    });
    let exit = exit(RecipientKind::Student, "", "");
    for flag in &world.file().flags {
        let flag = flag.value.clone();
        let praise = flag.kind == FlagKind::Praise;
        let left = record_may_leave(None, world.me, world.file(), &flag.into(), &exit);
        assert_eq!(left.is_ok(), praise);
    }
}

#[test]
fn the_first_rule_of_the_policy_decides_and_is_cited() {
    let (world, policy) = (World::new(|_, _| {}), policy());
    let ask = |content, exit: Exit<'_>| may_leave(Some(&policy), world.file(), content, &exit);
    let fact = ask(Content::Fact, exit(LEADER, "Dr Menon", "progress")).unwrap();
    assert_eq!((fact.basis, fact.clause.as_str(), fact.consent), (Basis::Policy, "ASH 4", None));
    let refused = ask(Content::Substance, exit(LEADER, "Dr Menon", "progress")).unwrap_err();
    assert_eq!(refused.why, Why::NoWrittenConsent);
    assert_eq!(
        refused.sentence(),
        "ASH 5: What a student says is told to others only with written permission. \
         Needed: the student's written consent to tell Dr Menon (programme leader) for progress."
    );
    let outside = ask(Content::Fact, exit(RecipientKind::Outside, "A parent", "news")).unwrap_err();
    assert_eq!((outside.why, &*outside.clause), (Why::Never, "ASH 7"));
    assert!(outside.gives_way_to_risk());
    let own = ask(Content::Substance, exit(RecipientKind::Student, "", "")).unwrap();
    assert_eq!(own.clause, "");
}

#[test]
fn a_spoken_consent_is_none_where_one_in_writing_is_asked_for() {
    let policy = policy();
    let world = World::new(|world, student| {
        world.consent(student, ago(5), "Programme Leader", "progress");
        world.consent(student, ago(5), "Central system", "Records");
    });
    let leader = exit(LEADER, "", "progress");
    let refused = may_leave(Some(&policy), world.file(), Content::Substance, &leader).unwrap_err();
    assert!(refused.needed.contains("was spoken: it has to be in writing"), "{refused}");
    let central = exit(RecipientKind::CentralSystem, "e:Vision", "records");
    assert!(may_leave(Some(&policy), world.file(), Content::Substance, &central).is_ok());
}

#[test]
fn a_level_of_confidentiality_holds_even_at_risk() {
    let (world, policy) = (World::new(|_, _| {}), policy());
    let senior = exit(RecipientKind::SeniorTutor, "", "advice");
    for note in &world.file().notes {
        let level = note.confidentiality;
        let note = note.value.clone().into();
        let left = record_may_leave(Some(&policy), world.me, world.file(), &note, &senior);
        assert_eq!(left.is_ok(), level != Confidentiality::Restricted);
        assert!(left.err().is_none_or(|refusal| !refusal.gives_way_to_risk()));
    }
}

#[test]
fn a_new_note_starts_as_the_policy_says() {
    let mut rules = policy();
    let usual = |rules: Option<&Policy>, world: &World| {
        usual_level(rules, world.records.file(world.student).map(|file| &**file), today())
    };
    let silent = World::new(|_, _| {});
    assert_eq!(usual(None, &silent), Confidentiality::TutorAndSenior);
    rules.confidentiality.value = Confidentiality::Shared;
    assert_eq!(usual(Some(&rules), &silent), Confidentiality::Shared);
    rules.sharing.content_needs_consent = true;
    assert_eq!(usual(Some(&rules), &silent), Confidentiality::FactOnly);
    let agreed = World::new(|world, student| {
        world.consent(student, ago(5), "central system", RECORDING);
    });
    assert_eq!(usual(Some(&rules), &agreed), Confidentiality::Shared);
}

/// To whom, for what and how by their places, and the days from today: given, last, withdrawn.
type Typed = (u8, u8, u8, i64, Option<i64>, Option<i64>);

fn consents() -> impl Strategy<Value = Vec<Typed>> {
    let days = -3..4_i64;
    let one = (
        0..4_u8,
        0..2_u8,
        0..3_u8,
        days.clone(),
        prop::option::of(days.clone()),
        prop::option::of(days),
    );
    prop::collection::vec(one, 0..6)
}

const TO: [&str; 4] =
    ["Programme Leader", "  the COURSE leader", "Dr Menon", "Student Wellbeing Team"];
const PURPOSES: [&str; 2] = ["progress", "Réference"];
const HOW: [HowGiven; 3] = [HowGiven::InWriting, HowGiven::ByEmail, HowGiven::Spoken];

fn shifted(by: i64) -> NaiveDate {
    today() + chrono::Duration::days(by)
}

fn given(world: &World, all: &[Typed]) -> StudentFile {
    let mut file = world.file().clone();
    for (at, (to, purpose, how, on, until, withdrawn)) in (1_u8..).zip(all) {
        let value = Consent {
            id: Id::from_bytes([at; 16]),
            student: world.student,
            recipient: TO[usize::from(*to)].into(),
            purpose: PURPOSES[usize::from(*purpose)].into(),
            how: HOW[usize::from(*how)],
            on: shifted(*on),
            until: until.map(shifted),
            withdrawn: withdrawn.map(shifted),
            tutor: world.me.tutor,
        };
        let revision = crate::domain::record::Revision::FIRST;
        file.put(revision, value.into());
    }
    file
}

proptest! {
    #[test]
    fn substance_reaches_who_needs_written_consent_only_by_one_that_holds_today(
        all in consents(),
        purpose in 0..2_usize,
    ) {
        let (world, policy) = (World::new(|_, _| {}), policy());
        let file = given(&world, &all);
        let exit = exit(LEADER, "Dr Menon", PURPOSES[purpose]);
        let left = may_leave(Some(&policy), &file, Content::Substance, &exit);
        let holds = all.iter().any(|(to, why, how, on, until, withdrawn)| {
            *to < 3
                && usize::from(*why) == purpose
                && *how < 2
                && *on <= 0
                && until.is_none_or(|until| until >= 0)
                && withdrawn.is_none_or(|withdrawn| withdrawn > 0)
        });
        prop_assert_eq!(left.is_ok(), holds);
        if let Ok(basis) = left {
            prop_assert!(file.consents.iter().any(|it| Some(it.id) == basis.consent));
        }
    }

    #[test]
    fn the_order_of_consents_does_not_matter_and_one_more_never_forbids(all in consents()) {
        let (world, policy) = (World::new(|_, _| {}), policy());
        let exit = exit(LEADER, "", "progress");
        let ask = |all: &[_]| {
            may_leave(Some(&policy), &given(&world, all), Content::Substance, &exit).is_ok()
        };
        let mut turned = all.clone();
        turned.reverse();
        prop_assert_eq!(ask(&all), ask(&turned));
        if let Some((_, fewer)) = all.split_last() {
            prop_assert!(!ask(fewer) || ask(&all));
        }
    }

    #[test]
    fn no_consent_to_anybody_lets_a_restricted_note_out(
        all in consents(),
        may in prop::sample::select(vec![
            Permission::Allowed,
            Permission::Consent,
            Permission::WrittenConsent,
            Permission::Never,
        ]),
        kind in prop::sample::select(<RecipientKind as strum::IntoEnumIterator>::iter().collect::<Vec<_>>()),
    ) {
        let (world, mut policy) = (World::new(|_, _| {}), policy());
        for rule in &mut policy.sharing.rules {
            (rule.to, rule.may) = (vec![], may);
        }
        let file = given(&world, &all);
        let exit = exit(kind, "Dr Menon", "progress");
        let restricted = |note: &&crate::domain::file::Held<Note>| {
            note.confidentiality == Confidentiality::Restricted
        };
        for note in file.notes.iter().filter(restricted) {
            let note = note.value.clone().into();
            let left = record_may_leave(Some(&policy), world.me, &file, &note, &exit);
            prop_assert_eq!(
                left.map_err(|refusal| refusal.why),
                Err(Why::Confidential(Confidentiality::Restricted))
            );
        }
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
        let exit = Exit { recipient, purpose: "", day: today() };
        record_may_leave(None, viewer, file, &letter, &exit).map_err(|refusal| refusal.why)
    };
    assert!(leaves(world.me, Recipient::STUDENT).is_ok());
    assert!(leaves(world.me, Recipient::Other(RecipientKind::SeniorTutor, "")).is_ok());
    assert_eq!(leaves(world.other, Recipient::Myself), Err(Why::Tutors));
}
