//! Golden bytes of every record of version 1, and round trips.

use std::fmt::Write;

use chrono::{Days, NaiveDate, NaiveTime};
use proptest::prelude::*;
use strum::IntoEnumIterator;

use super::*;
use crate::domain::{
    action::{self, Action},
    calendar::{Calendar, Span, Term},
    consent::{Consent, HowGiven},
    contact::{Channel, Contact, Reply},
    flag::{Closed, Flag, FlagKind, Urgency},
    id::Id,
    meeting::{self, Attendance, Meeting, With},
    note::{Confidentiality, Note, NotePart},
    profile::{Mapping, Profile},
    referral::{self, Referral},
    student::{self, Enrolment, KindOfStudy, Name, Person, Status, Student},
    tutor::{Allocation, Role, Tutor},
};

fn id<T>(byte: u8) -> Id<T> {
    Id::from_bytes([byte; 16])
}

fn on(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
}

fn person(name: &str) -> Person {
    Person { name: name.into(), belongs: "aunt".into(), reach: "07700 900123".into() }
}

fn student() -> Student {
    Student {
        id: id(4),
        number: "00481234".into(),
        name: Name { given: "Aisha".into(), family: "Rahman".into(), preferred: "陈伟".into() },
        pronouns: "she/her".into(),
        email: "a.rahman@example.ac.uk".into(),
        phone: String::new(),
        entry: Some(on(1)),
        new_entrant: Some(true),
        under_18_until: None,
        placement_contacts: vec![],
        trusted_contacts: vec![person("Noor")],
    }
}

fn enrolment() -> Enrolment {
    Enrolment {
        id: id(5),
        student: id(4),
        from: on(1),
        to: None,
        sequence: "1".into(),
        programme: "BSc Computer Science".into(),
        programme_code: "G400".into(),
        school: "Computing".into(),
        second_discipline: "".into(),
        level: Some(4),
        stage: Some(1),
        mode: student::Mode::PartTime,
        kind: KindOfStudy::SingleHonours,
        status: Status::Enrolled,
    }
}

fn calendar() -> Calendar {
    let span = Span { from: on(2), to: on(8) };
    Calendar {
        id: id(2),
        year: "2026/27".into(),
        span,
        terms: vec![Term {
            name: "Semester 1".into(),
            first: on(9),
            weeks: 12,
            induction: true,
            breaks: vec![span],
            reading: vec![],
            exams: Some(span),
        }],
        holidays: vec![on(3)],
        closures: vec![span],
        example: true,
    }
}

fn meeting() -> Meeting {
    Meeting {
        id: id(7),
        with: With::OneToOne(id(4)),
        on: on(12),
        at: NaiveTime::from_hms_opt(14, 30, 0),
        minutes: 25,
        mode: meeting::Mode::InPerson,
        place: "B12".into(),
        focus: "Progress review".into(),
        tutor: id(1),
    }
}

fn contact() -> Contact {
    Contact {
        id: id(9),
        student: id(4),
        on: on(10),
        channel: Channel::Phone,
        reply: Reply::Replied,
        replied: Some(on(11)),
        about: "Missed meeting".into(),
        tutor: id(1),
    }
}

fn note() -> Note {
    Note {
        id: id(10),
        student: id(4),
        on: on(12),
        meeting: Some(id(7)),
        part: NotePart::Engagement,
        confidentiality: Confidentiality::Restricted,
        text: "Settling in.\n".into(),
        author: id(1),
    }
}

fn action() -> Action {
    Action {
        id: id(11),
        student: id(4),
        owner: action::Owner::Tutor,
        what: "Book workshop".into(),
        due: Some(on(20)),
        done: None,
        meeting: Some(id(7)),
        author: id(1),
    }
}

fn referral() -> Referral {
    Referral {
        id: id(12),
        student: id(4),
        on: on(12),
        service: "Wellbeing".into(),
        reason: String::new(),
        follow_up: Some(on(26)),
        outcome: Some(referral::Outcome { on: on(27), text: "Helped".into() }),
        tutor: id(1),
    }
}

fn consent() -> Consent {
    Consent {
        id: id(13),
        student: id(4),
        recipient: "Wellbeing".into(),
        purpose: "Support".into(),
        how: HowGiven::Spoken,
        on: on(12),
        until: Some(on(30)),
        withdrawn: None,
        tutor: id(1),
    }
}

fn flag() -> Flag {
    Flag {
        id: id(14),
        student: id(4),
        kind: FlagKind::Praise,
        on: on(12),
        raised_by: "Warden".into(),
        text: "Quiet".into(),
        urgency: Urgency::Soon,
        closed: Some(Closed { on: on(13), text: "Spoke".into() }),
        tutor: id(1),
    }
}

/// The kinds that version 1 knows.
fn kinds() -> impl Iterator<Item = Kind> {
    Kind::iter().filter(|kind| kind.code() <= Kind::Flag.code())
}

/// A record of each of these kinds with every field filled.
#[expect(clippy::too_many_lines, reason = "a row for each kind of record")]
pub(crate) fn sample(kind: Kind) -> Record {
    match kind {
        Kind::Profile => Profile {
            id: id(0),
            owner: id(1),
            institution: "Example".into(),
            policy: String::new(),
        }
        .into(),
        Kind::Tutor => Tutor {
            id: id(1),
            name: "Dr Amara Okafor".into(),
            email: "a.okafor@example.ac.uk".into(),
            number: "S1".into(),
            school: "Computing".into(),
            role: Role::SeniorTutor,
        }
        .into(),
        Kind::Calendar => calendar().into(),
        Kind::Mapping => {
            let columns = vec!["number".into(), String::new()];
            Mapping { id: id(3), header: "id|x".into(), columns }.into()
        }
        Kind::Student => student().into(),
        Kind::Enrolment => enrolment().into(),
        Kind::Allocation => Allocation {
            id: id(6),
            student: id(4),
            tutor: id(1),
            from: on(1),
            to: Some(on(30)),
            reason: "asked".into(),
        }
        .into(),
        Kind::Meeting => meeting().into(),
        Kind::Attendance => Attendance {
            id: id(8),
            meeting: id(7),
            student: id(4),
            outcome: meeting::Outcome::Missed,
        }
        .into(),
        Kind::Contact => contact().into(),
        Kind::Note => note().into(),
        Kind::Action => action().into(),
        Kind::Referral => referral().into(),
        Kind::Consent => consent().into(),
        Kind::Flag => flag().into(),
        Kind::Waiver
        | Kind::SlotChoice
        | Kind::Ladder
        | Kind::Letter
        | Kind::Disclosure
        | Kind::Training
        | Kind::Absence
        | Kind::RoleTerm
        | Kind::DutyDone
        | Kind::Module
        | Kind::Batch
        | Kind::Tuning
        | Kind::SavedView
        | Kind::Engagement
        | Kind::Results
        | Kind::Decision
        | Kind::Case
        | Kind::Alias => unreachable!("version 1 has no such kind"),
    }
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").unwrap();
        text
    })
}

/// The bytes of a golden line: the kind, a space, and digits.
pub(crate) fn unhex(line: &str) -> Vec<u8> {
    let digits = line.split_once(' ').unwrap().1.as_bytes();
    let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap();
    digits.chunks(2).map(byte).collect()
}

#[test]
fn the_bytes_of_version_1_never_change() {
    let golden: Vec<String> =
        kinds().map(|kind| format!("{kind:?} {}", hex(&encode(&sample(kind)).unwrap()))).collect();
    assert_eq!(golden, include_str!("golden.txt").lines().collect::<Vec<_>>());
}

#[test]
fn the_golden_bytes_are_read_as_the_records_they_were() {
    for (kind, line) in kinds().zip(include_str!("golden.txt").lines()) {
        assert!(decode(kind, &unhex(line)).unwrap() == sample(kind), "{kind:?}");
    }
}

proptest! {
    #[test]
    fn whatever_was_typed_is_read_back(
        texts: [String; 4],
        days: [Option<u16>; 3],
        level: Option<u8>,
        seconds in prop::option::of(0_u32..86_400),
    ) {
        let [one, two, three, four] = texts;
        let days = days.map(|days| days.and_then(|days| on(1).checked_add_days(Days::new(days.into()))));
        let at = seconds.and_then(|seconds| NaiveTime::from_num_seconds_from_midnight_opt(seconds, 0));
        let name = Name { given: one.clone(), family: two.clone(), preferred: three.clone() };
        let records: [Record; 5] = [
            Student { name, pronouns: four.clone(), entry: days[0], ..student() }.into(),
            Enrolment { programme: one.clone().into(), to: days[1], level, ..enrolment() }.into(),
            Meeting { focus: two.clone().into(), at, ..meeting() }.into(),
            Note { text: three, ..note() }.into(),
            Action { what: four, due: days[1], done: days[2], ..action() }.into(),
        ];
        for record in records {
            let bytes = encode(&record).unwrap();
            prop_assert!(decode(record.id().kind, &bytes).unwrap() == record);
        }
    }

    #[test]
    fn nonsense_is_an_error_and_never_a_panic(bytes: Vec<u8>) {
        for kind in kinds() {
            drop(decode(kind, &bytes));
        }
    }
}

#[test]
fn a_group_meeting_names_no_student() {
    let group = Record::from(Meeting { with: With::Group, at: None, ..meeting() });
    assert!(decode(Kind::Meeting, &encode(&group).unwrap()).unwrap() == group);
}

#[test]
fn a_code_of_a_later_version_asks_for_an_upgrade() {
    let mut bytes = encode(&sample(Kind::Attendance)).unwrap();
    *bytes.last_mut().unwrap() = 200;
    assert!(matches!(decode(Kind::Attendance, &bytes), Err(Error::Newer)));
}

#[test]
fn bytes_that_are_cut_are_refused() {
    for kind in kinds() {
        let bytes = encode(&sample(kind)).unwrap();
        assert!((0..bytes.len()).all(|length| decode(kind, &bytes[..length]).is_err()));
    }
}
