use super::*;
use crate::domain::{
    change::Builder,
    tutor::Tutor,
    write::{
        fixture::{Desk, day, seen},
        tutor::{self, TutorInput},
    },
};

fn of(desk: &Desk, student: StudentId) -> Vec<Decision> {
    let file = desk.records.file(student).unwrap();
    file.decisions.iter().map(|held| held.value.clone()).collect()
}

fn add_tutor(desk: &mut Desk, name: &str, role: &str, school: &str) -> Tutor {
    let input = TutorInput {
        name: name.into(),
        role: role.into(),
        school: school.into(),
        ..TutorInput::default()
    };
    let written = tutor::add(&mut desk.context(), &input);
    desk.apply(written);
    desk.records.tutors().find(|tutor| tutor.name == name).unwrap().clone()
}

fn field(written: Written) -> &'static str {
    written.unwrap_err()[0].field
}

#[test]
fn an_alert_is_snoozed_until_a_day_ahead_or_until_something_changes() {
    let mut desk = Desk::new();
    let aisha = desk.aisha;
    let until = |until: &str| SnoozeInput { until: until.into(), ..SnoozeInput::default() };
    let written = snooze(&mut desk.context(), &[(aisha, seen(7))], &until("3 Dec"));
    assert_eq!(desk.apply(written).label, Label::Snooze);
    let written = snooze(&mut desk.context(), &[(aisha, seen(8))], &until(""));
    desk.apply(written);
    let held = of(&desk, aisha);
    let verdicts: Vec<_> = held.iter().map(|it| (it.verdict, it.fingerprint.clone())).collect();
    assert!(verdicts.contains(&(Verdict::Snoozed { until: Some(day("2026-12-03")) }, seen(7))));
    assert!(verdicts.contains(&(Verdict::Snoozed { until: None }, seen(8))));
    for past in ["today", "20 Nov 2026"] {
        assert_eq!(field(snooze(&mut desk.context(), &[(aisha, seen(7))], &until(past))), "until");
    }
    assert_eq!(field(snooze(&mut desk.context(), &[], &until(""))), "");
}

#[test]
fn a_group_is_exempt_in_one_change_and_a_decision_is_taken_back() {
    let mut desk = Desk::new();
    let (aisha, ben) = (desk.aisha, desk.ben);
    let input = ExemptInput {
        from: "16 Nov 2026".into(),
        to: "18 Dec 2026".into(),
        ground: "placement or year abroad".into(),
        ..ExemptInput::default()
    };
    let written =
        exempt(&mut desk.context(), &[(aisha, seen(1)), (ben, seen(2)), (aisha, seen(1))], &input);
    assert_eq!(desk.apply(written).parts.len(), 2);
    let (from, to) = (day("2026-11-16"), Some(day("2026-12-18")));
    let verdict = Verdict::Exempt { from, to, ground: Ground::Placement };
    assert!(of(&desk, ben)[0].verdict == verdict);
    let id = of(&desk, aisha)[0].id;
    let written = take_back(&desk.context(), aisha, id);
    assert_eq!(desk.apply(written).label, Label::TakeBackDecision);
    assert!(of(&desk, aisha).is_empty() && of(&desk, ben).len() == 1);
    assert!(take_back(&desk.context(), aisha, id).is_err());
}

#[test]
fn an_exemption_says_on_what_ground_and_ends_after_it_begins() {
    let mut desk = Desk::new();
    let about = [(desk.aisha, seen(1))];
    let mut input = ExemptInput::default();
    assert_eq!(field(exempt(&mut desk.context(), &about, &input)), "ground");
    input.ground = "other".into();
    assert_eq!(field(exempt(&mut desk.context(), &about, &input)), "why");
    input.why = "caring for a parent".into();
    (input.from, input.to) = ("1 Dec 2026".into(), "24 Nov 2026".into());
    assert_eq!(field(exempt(&mut desk.context(), &about, &input)), "to");
    (input.from, input.to) = ("1 Oct 2026".into(), "24 Oct 2026".into());
    assert_eq!(field(exempt(&mut desk.context(), &about, &input)), "to");
    input.to = String::new();
    let written = exempt(&mut desk.context(), &about, &input);
    desk.apply(written);
}

#[test]
fn what_is_not_right_says_why_and_of_which_rule() {
    let mut desk = Desk::new();
    let about = [(desk.aisha, seen(1))];
    let mut input = WrongInput { rule: "overdue".into(), ..WrongInput::default() };
    assert_eq!(field(wrong(&mut desk.context(), &about, &input)), "why");
    input.why = "handed in on paper".into();
    let written = wrong(&mut desk.context(), &about, &input);
    desk.apply(written);
    let held = of(&desk, desk.aisha);
    assert!(held[0].verdict == Verdict::Wrong(Fault::Wrong) && held[0].rule == "overdue");
    input.fault = "duplicate".into();
    let written = wrong(&mut desk.context(), &about, &input);
    desk.apply(written);
}

#[test]
fn an_alert_is_closed_with_what_came_of_it() {
    let mut desk = Desk::new();
    let about = [(desk.aisha, seen(1))];
    let mut input = CloseInput::default();
    assert_eq!(field(close(&mut desk.context(), &about, &input)), "how");
    input.how = "no need found".into();
    let written = close(&mut desk.context(), &about, &input);
    desk.apply(written);
    assert!(of(&desk, desk.aisha)[0].verdict == Verdict::Closed(Close::NoNeed));
}

#[test]
fn an_alert_is_assigned_to_a_tutor_who_is_known() {
    let mut desk = Desk::new();
    let about = [(desk.aisha, seen(1))];
    let to = |to: &str| AssignInput { to: to.into(), why: String::new() };
    assert_eq!(field(assign(&mut desk.context(), &about, &to(""))), "to");
    assert_eq!(field(assign(&mut desk.context(), &about, &to("Nobody"))), "to");
    let written = assign(&mut desk.context(), &about, &to("me"));
    desk.apply(written);
    let verdict = Verdict::Assigned { to: desk.me(), escalated: false };
    assert!(of(&desk, desk.aisha)[0].verdict == verdict);
}

#[test]
fn an_alert_goes_to_the_senior_tutor_of_the_school_or_asks_to_whom() {
    let mut desk = Desk::new();
    let about = [(desk.aisha, seen(1))];
    assert_eq!(field(escalate(&mut desk.context(), &about, &AssignInput::default())), "to");
    let senior = add_tutor(&mut desk, "Dr Ruth Mensah", "senior tutor", "Computing");
    add_tutor(&mut desk, "Dr Ola Berg", "senior tutor", "Law");
    let written = escalate(&mut desk.context(), &about, &AssignInput::default());
    desk.apply(written);
    let verdict = Verdict::Assigned { to: senior.id, escalated: true };
    assert!(of(&desk, desk.aisha)[0].verdict == verdict);
    add_tutor(&mut desk, "Dr Jo Lind", "senior tutor", "computing");
    assert_eq!(field(escalate(&mut desk.context(), &about, &AssignInput::default())), "to");
    let me = AssignInput { to: "me".into(), why: String::new() };
    assert_eq!(field(escalate(&mut desk.context(), &about, &me)), "to");
}

#[test]
fn students_of_two_schools_have_no_senior_tutor_in_common() {
    let mut desk = Desk::new();
    let (aisha, ben) = (desk.aisha, desk.ben);
    let senior = add_tutor(&mut desk, "Dr Ruth Mensah", "senior tutor", "Computing");
    let common =
        |desk: &Desk, about: About<'_>| senior_tutor(&desk.records, about, desk.now.today());
    let both = [(aisha, seen(1)), (ben, seen(2))];
    assert_eq!(common(&desk, &both), Some(senior.id));
    let file = desk.records.file(ben).unwrap();
    let mut enrolment = file.enrolments[0].value.clone();
    enrolment.school = "Law".into();
    let change = Builder::new(Label::Demo, &desk.records).put(enrolment).build();
    desk.apply(Ok(change));
    assert_eq!(common(&desk, &both), None);
    assert_eq!(common(&desk, &[(ben, seen(2)), (aisha, seen(1))]), None);
    assert_eq!(common(&desk, &[(aisha, seen(1))]), Some(senior.id));
    assert_eq!(field(escalate(&mut desk.context(), &both, &AssignInput::default())), "to");
}
