//! Golden bytes of every record of version 2, and round trips.

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use strum::IntoEnumIterator;

use super::*;
use crate::{
    domain::{
        absence::Absence,
        calendar::{Calendar, Span},
        disclosure::{Basis, Disclosure},
        duty_done::DutyDone,
        duty_key::DutyKey,
        id::Id,
        ladder::{Ended, Ladder, LadderEnd, Taken},
        letter::Letter,
        profile::Profile,
        record::Revision,
        records::Records,
        role_term::RoleTerm,
        slot_choice::SlotChoice,
        training::{Course, Training},
        tutor::Role,
        waiver::Waiver,
        write::setup::is_spoken_of,
    },
    exchange::json,
    store::schema::{
        self,
        v1::tests::{hex, sample as sample_of_v1, unhex},
    },
};

fn id<T>(byte: u8) -> Id<T> {
    Id::from_bytes([byte; 16])
}

fn on(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
}

fn key() -> DutyKey {
    DutyKey { year: 2026, code: "progress-1".into() }
}

fn profile() -> Profile {
    Profile { id: id(0), owner: id(1), institution: "Example".into(), policy: "leicester".into() }
}

fn calendar() -> Calendar {
    let Record::Calendar(mut calendar) = sample_of_v1(Kind::Calendar) else {
        unreachable!("it is one")
    };
    for term in &mut calendar.terms {
        term.reading = vec![Span { from: on(9), to: on(15) }];
    }
    calendar
}

fn waiver() -> Waiver {
    Waiver {
        id: id(15),
        student: id(4),
        duty: key(),
        why: "Late entry".into(),
        tutor: id(1),
        on: on(12),
    }
}

fn ladder() -> Ladder {
    Ladder {
        id: id(17),
        student: id(4),
        ladder: "no-reply".into(),
        why: "Missed twice".into(),
        started: on(12),
        tutor: id(1),
        taken: vec![
            Taken { step: 0, on: on(12), contact: Some(id(9)) },
            Taken { step: 1, on: on(16), contact: None },
        ],
        ended: Some(Ended { on: on(18), how: LadderEnd::Escalated, note: "Wellbeing".into() }),
    }
}

fn letter() -> Letter {
    Letter {
        id: id(18),
        student: id(4),
        kind: "summary".into(),
        meeting: Some(id(7)),
        to: "a.rahman@example.ac.uk".into(),
        subject: "Our meeting".into(),
        text: "Dear Aisha,\n".into(),
        made: on(12),
        sent: Some(on(13)),
        agreed: None,
        tutor: id(1),
    }
}

fn disclosure() -> Disclosure {
    Disclosure {
        id: id(19),
        student: id(4),
        to: "Wellbeing".into(),
        purpose: "Support".into(),
        what: "Summary".into(),
        basis: Basis::SeriousRisk,
        reason: "At risk".into(),
        on: on(12),
        tutor: id(1),
    }
}

fn training() -> Training {
    Training {
        id: id(20),
        tutor: id(1),
        course: Course::MentalHealthFirstAid,
        on: on(2),
        expires: Some(on(30)),
        note: "Online".into(),
    }
}

fn absence() -> Absence {
    Absence {
        id: id(21),
        tutor: id(1),
        from: on(2),
        to: None,
        why: "Leave".into(),
        deputy: Some(id(2)),
    }
}

fn duty_done() -> DutyDone {
    DutyDone { id: id(23), duty: key(), on: on(5), tutor: id(1), note: "Sent".into() }
}

/// A record of each kind up to version 2, with every field filled.
pub(crate) fn sample(kind: Kind) -> Record {
    match kind {
        Kind::Profile => profile().into(),
        Kind::Calendar => calendar().into(),
        Kind::Waiver => waiver().into(),
        Kind::SlotChoice => {
            SlotChoice { id: id(16), student: id(4), meeting: id(7), slot: Some(key()) }.into()
        }
        Kind::Ladder => ladder().into(),
        Kind::Letter => letter().into(),
        Kind::Disclosure => disclosure().into(),
        Kind::Training => training().into(),
        Kind::Absence => absence().into(),
        Kind::RoleTerm => RoleTerm {
            id: id(22),
            tutor: id(1),
            role: Role::SeniorTutor,
            share: 20,
            approved: Some(on(1)),
            from: on(2),
            until: on(30),
        }
        .into(),
        Kind::DutyDone => duty_done().into(),
        Kind::Tutor
        | Kind::Mapping
        | Kind::Student
        | Kind::Enrolment
        | Kind::Allocation
        | Kind::Meeting
        | Kind::Attendance
        | Kind::Contact
        | Kind::Note
        | Kind::Action
        | Kind::Referral
        | Kind::Consent
        | Kind::Flag => sample_of_v1(kind),
        Kind::Module
        | Kind::Batch
        | Kind::Tuning
        | Kind::SavedView
        | Kind::Engagement
        | Kind::Results
        | Kind::Decision
        | Kind::Case
        | Kind::Alias => unreachable!("later"),
    }
}

/// The kinds that are written in version 2.
fn kinds() -> impl Iterator<Item = Kind> {
    Kind::iter().filter(|kind| schema::version(*kind) == 2)
}

#[test]
fn the_bytes_of_version_2_never_change() {
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

#[test]
fn a_profile_of_version_1_has_no_policy() {
    let line = include_str!("../v1/golden.txt").lines().next().unwrap();
    let old = schema::decode(Kind::Profile, 1, &unhex(line)).unwrap();
    assert!(old == Profile { policy: String::new(), ..profile() }.into());
}

#[test]
fn a_calendar_of_version_1_has_no_reading_weeks() {
    let line = include_str!("../v1/golden.txt").lines().find(|line| line.starts_with("Calendar"));
    let old = schema::decode(Kind::Calendar, 1, &unhex(line.unwrap())).unwrap();
    assert!(old == sample_of_v1(Kind::Calendar) && old != calendar().into());
}

proptest! {
    #[test]
    fn whatever_was_typed_is_read_back(
        texts: [String; 4],
        days: [Option<u16>; 3],
        year: i32,
        steps in prop::collection::vec(any::<u8>(), 0..5),
    ) {
        let [one, two, three, four] = texts;
        let days = days.map(|days| days.and_then(|days| on(1).checked_add_days(Days::new(days.into()))));
        let duty = DutyKey { year, code: one.clone() };
        let taken = steps.into_iter().map(|step| Taken { step, on: on(3), contact: None }).collect();
        let ended = days[1].map(|on| Ended { on, how: LadderEnd::Met, note: four.clone() });
        let records: [Record; 8] = [
            Profile { policy: one.clone(), ..profile() }.into(),
            Waiver { duty: duty.clone(), why: two.clone(), ..waiver() }.into(),
            Ladder { ladder: one.clone(), why: three.clone(), taken, ended, ..ladder() }.into(),
            Letter { text: three.clone(), sent: days[0], agreed: days[1], meeting: None, ..letter() }.into(),
            Disclosure { what: four.clone(), reason: two.clone(), ..disclosure() }.into(),
            Training { note: one, expires: days[2], ..training() }.into(),
            Absence { why: four, to: days[0], deputy: None, ..absence() }.into(),
            DutyDone { duty, note: three, ..duty_done() }.into(),
        ];
        for record in records {
            let bytes = encode(&record).unwrap();
            prop_assert!(decode(record.id().kind, &bytes).unwrap() == record);
        }
    }

    #[test]
    fn nonsense_is_an_error_and_never_a_panic(bytes: Vec<u8>) {
        for kind in Kind::iter() {
            drop(decode(kind, &bytes));
        }
    }
}

#[test]
fn a_code_of_a_later_version_asks_for_an_upgrade() {
    let training = Training { expires: None, note: String::new(), ..training() };
    let mut bytes = encode(&training.into()).unwrap();
    bytes[32] = 200;
    assert!(matches!(decode(Kind::Training, &bytes), Err(Error::Newer)));
}

#[test]
fn bytes_that_are_cut_are_refused() {
    for kind in kinds() {
        let bytes = encode(&sample(kind)).unwrap();
        assert!((0..bytes.len()).all(|length| decode(kind, &bytes[..length]).is_err()));
    }
}

#[test]
fn a_take_out_from_before_there_were_policies_is_read() {
    let text = String::from_utf8(json::write(&[profile().into()])).unwrap();
    let old =
        text.replace(",\"policy\":\"leicester\"", "").replace("\"version\":3", "\"version\":1");
    assert_ne!(old, text);
    let read = json::read(old.as_bytes()).unwrap();
    assert!(read == [Profile { policy: String::new(), ..profile() }.into()]);
}

#[test]
fn a_tutor_of_whom_one_of_these_records_speaks_is_not_deleted() {
    let silent = [Kind::Profile, Kind::Calendar, Kind::SlotChoice];
    for kind in kinds() {
        let records = [Kind::Student, kind].map(|kind| (Revision::FIRST, sample(kind)));
        let spoken = is_spoken_of(&Records::gather(records).0, id(1));
        assert_eq!(spoken, !silent.contains(&kind), "{kind:?}");
    }
    let absence = [(Revision::FIRST, sample(Kind::Absence))];
    assert!(is_spoken_of(&Records::gather(absence).0, id(2)), "who stands in");
}
