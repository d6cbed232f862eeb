//! What raises an alert, what does not, and in which order.

use std::cmp::{Ordering, Reverse};

use proptest::prelude::*;

use super::*;
use crate::domain::{
    contact::{Channel, Reply},
    flag::{FlagKind, Urgency},
    id::Id,
    ladder::{Ladder, Taken},
    obligation::Plan,
    policy::example,
};
use crate::fixture::{Fixture, ago, day, desk, today};

fn all(records: &Records) -> Vec<Alert> {
    alerts(records, None, &Scope::of(records), AlertSettings::default(), today())
}

fn told(records: &Records) -> Vec<String> {
    let alerts = all(records);
    let rows = alerts.iter().flat_map(|alert| {
        let name = records.file(alert.student).unwrap().student.name.first().to_owned();
        alert.reasons.iter().map(move |reason| {
            format!(
                "{} {name}: {} → {}",
                reason.severity.sign(),
                reason.evidence,
                reason.next.words()
            )
        })
    });
    rows.collect()
}

#[test]
fn each_alert_tells_its_evidence_with_days_and_the_next_step() {
    assert_eq!(
        told(&desk()),
        [
            "‼ Aisha: concern 16 Nov, module leader: 2 of 3 submissions missing → get in touch",
            "! Aisha: action 32 days overdue (20 Oct): book Skills workshop → mark as done",
            "! Aisha: no reply to e-mail 6 Nov, phone 10 Nov → contact again",
            "! Ben: never met, tutee since 28 Sept, 54 days → meet".replace("Sept", "Sep").as_str(),
            "· Ben: referred to Wellbeing Team 2 Nov, follow-up due 16 Nov → ask how it went",
            "! Ewa: not met since 5 Oct, 47 days → meet",
            "! Dafydd: not met since 5 Oct, 47 days → meet",
            "! Zoë: not met since 5 Oct, 47 days → meet",
        ]
    );
}

#[test]
fn a_planned_meeting_answers_the_wish_to_meet() {
    let mut world = Fixture::new();
    let student = world.tutee("1", "Ewa Nowak", 4);
    world.meeting(student, day("2026-11-25"), Outcome::Planned, "");
    assert_eq!(told(&world.records()), Vec::<String>::new());
}

#[test]
fn a_reply_answers_the_contacts_before_it() {
    let mut world = Fixture::new();
    let student = world.tutee("1", "Ewa Nowak", 4);
    world.meeting(student, ago(30), Outcome::Held, "");
    world.contact(student, ago(20), Channel::Email, Reply::Awaited);
    world.contact(student, ago(15), Channel::Phone, Reply::NoAnswer);
    world.contact(student, ago(10), Channel::Phone, Reply::Replied);
    world.contact(student, ago(2), Channel::Email, Reply::Awaited);
    assert_eq!(told(&world.records()), Vec::<String>::new());
}

#[test]
fn other_tutors_tutees_raise_no_alert_in_my_list() {
    let mut world = Fixture::new();
    let other = world.tutor("Dr Else");
    let student = world.tutee_of(other, "1", "Ewa Nowak", 4);
    world.flag(student, ago(1), FlagKind::Concern, Urgency::Urgent, "");
    let records = world.records();
    assert_eq!(all(&records), []);
    let everybody = alerts(&records, None, &Scope::All, AlertSettings::default(), today());
    assert_eq!(everybody.len(), 1);
}

#[test]
fn debug_prints_no_evidence() {
    let printed = format!("{:?}", all(&desk()));
    assert!(!printed.contains("submissions") && !printed.contains("Aisha"));
}

/// One thing that may have happened.
#[derive(Debug, Clone)]
enum Event {
    Concern(u64, Urgency),
    Action(u64),
    Referral(u64),
    Silence(u64),
    Held(u64),
}

fn event() -> impl Strategy<Value = Event> {
    let urgency = prop_oneof![Just(Urgency::Watch), Just(Urgency::Soon), Just(Urgency::Urgent)];
    prop_oneof![
        (0_u64..60, urgency).prop_map(|(ago, urgency)| Event::Concern(ago, urgency)),
        (0_u64..60).prop_map(Event::Action),
        (0_u64..60).prop_map(Event::Referral),
        (0_u64..60).prop_map(Event::Silence),
        (0_u64..60).prop_map(Event::Held),
    ]
}

fn world(students: &[Vec<Event>]) -> Records {
    let mut world = Fixture::new();
    let ids: Vec<_> = (0..students.len())
        .map(|index| world.tutee(&index.to_string(), &format!("Student {index}"), 4))
        .collect();
    for (student, events) in ids.into_iter().zip(students) {
        for event in events {
            match *event {
                Event::Concern(days, urgency) => {
                    world.flag(student, ago(days), FlagKind::Concern, urgency, "");
                }
                Event::Action(days) => {
                    world.action(student, None, "x", Some(ago(days)));
                }
                Event::Referral(days) => {
                    world.referral(student, ago(days + 14), Some(ago(days)));
                }
                Event::Silence(days) => {
                    world.contact(student, ago(days), Channel::Email, Reply::NoAnswer);
                }
                Event::Held(days) => {
                    world.meeting(student, ago(days), Outcome::Held, "");
                }
            }
        }
    }
    world.records()
}

proptest! {
    #[test]
    fn one_more_reason_never_lowers_the_severity(
        events in prop::collection::vec(event(), 0..6),
        days in 1_u64..60,
    ) {
        let severity = |events: Vec<Event>| all(&world(&[events])).first().map(Alert::severity);
        let mut more = events.clone();
        more.push(Event::Action(days));
        prop_assert!(severity(more) >= severity(events));
    }

    #[test]
    fn the_list_holds_each_student_once_and_the_most_urgent_first(
        students in prop::collection::vec(prop::collection::vec(event(), 0..4), 0..8),
    ) {
        let records = world(&students);
        let list = all(&records);
        prop_assert!(list.is_sorted_by(|a, b| a.severity() >= b.severity()));
        prop_assert!(list.is_sorted_by(|a, b| a.before(b) == Ordering::Less));
        for row in &list {
            prop_assert!(!row.reasons.is_empty());
            prop_assert!(row.reasons.is_sorted_by_key(|reason| Reverse(reason.severity)));
            let file = records.file(row.student).unwrap();
            let alone = alert(&records, None, file, AlertSettings::default(), today());
            prop_assert_eq!(alone.as_ref(), Some(row));
        }
    }
}

#[test]
fn a_planned_meeting_that_is_past_asks_whether_it_was_held() {
    let mut world = Fixture::new();
    let student = world.tutee("1", "Ewa Nowak", 4);
    world.meeting(student, ago(9), Outcome::Planned, "");
    world.meeting(student, ago(3), Outcome::Held, "");
    assert_eq!(
        told(&world.records()),
        ["· Ewa: planned 12 Nov: was it held? → say what came of it"]
    );
}

/// A ladder with Ewa that was started on 12 November, its steps taken on these days, and a policy that knows it.
fn with_ladder(steps: &[u64], more: impl FnOnce(&mut Fixture, StudentId)) -> Vec<String> {
    let mut world = Fixture::new();
    let student = world.tutee("1", "Ewa Nowak", 4);
    world.meeting(student, ago(12), Outcome::Held, "");
    let taken = (0..).zip(steps).map(|(step, days)| {
        let contact = world.contact(student, ago(*days), Channel::Email, Reply::NoAnswer);
        Taken { step, on: ago(*days), contact: Some(contact) }
    });
    let taken = taken.collect();
    world.add(Ladder {
        id: Id::from_bytes([1; 16]),
        student,
        ladder: "not-reached".into(),
        why: "not seen".into(),
        started: ago(9),
        tutor: world.me,
        taken,
        ended: None,
    });
    more(&mut world, student);
    let records = world.records();
    let plan = Plan::new(std::sync::Arc::new(example::policy()), records.calendars());
    let file = records.file(student).unwrap();
    let alert = alert(&records, Some(&plan), file, AlertSettings::default(), today());
    let reasons = alert.into_iter().flat_map(|alert| alert.reasons);
    reasons
        .map(|it| format!("{} {} → {}", it.severity.sign(), it.evidence, it.next.words()))
        .collect()
}

#[test]
fn a_ladder_that_runs_says_its_next_step_and_stands_for_the_reply_that_did_not_come() {
    assert_eq!(
        with_ladder(&[9], |_, _| {}),
        ["! ladder 2 of 3: telephone, due 19 Nov (ASH 4); no reply to e-mail 12 Nov → telephone"]
    );
    assert_eq!(
        with_ladder(&[9, 1], |_, _| {}),
        ["· ladder 3 of 3: Student Wellbeing Team, due 25 Nov (ASH 4); \
          no reply to e-mail 12 Nov, e-mail 20 Nov → tell who helps"]
    );
}

#[test]
fn a_reply_ends_a_ladder_and_so_does_its_last_step() {
    let replied = with_ladder(&[9], |world, student| {
        world.contact(student, ago(2), Channel::Phone, Reply::Replied);
    });
    assert_eq!(
        replied,
        ["· replied 19 Nov: the ladder “not reached” has done its work → end the ladder"]
    );
    let finished = with_ladder(&[9, 9, 9], |_, _| {});
    assert!(finished[0].starts_with("! all 3 steps of the ladder “not reached” are taken"));
}
