//! What raises an alert, what does not, and in which order.

use proptest::prelude::*;

use super::*;
use crate::domain::{contact::Channel, flag::FlagKind};
use crate::fixture::{Fixture, ago, day, desk, today};

fn all(records: &Records) -> Vec<Alert> {
    alerts(records, &Scope::of(records), AlertSettings::default(), today())
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
    let everybody = alerts(&records, &Scope::All, AlertSettings::default(), today());
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
            let alone = alert(&records, file, AlertSettings::default(), today());
            prop_assert_eq!(alone.as_ref(), Some(row));
        }
    }
}
