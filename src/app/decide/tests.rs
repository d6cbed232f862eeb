//! Deciding by keys: what a decision is about, what saving writes, and what undo would take back.

use crate::app::Effect;
use crate::app::Place;
use crate::app::forms::{DecideForm, RecordForm, Wish};
use crate::app::popup::FormKind;
use crate::app::testing::Desk;
use crate::domain::change::{Change, Label};
use crate::domain::decision::{Close, Fault, Ground, Verdict};
use crate::domain::flag::{FlagKind, Urgency};
use crate::domain::meeting::Outcome;
use crate::domain::record::Record;
use crate::fixture::{Fixture, ago, desk};

/// The change that the last effect asks for.
fn asked(desk: &Desk) -> Change {
    let commits = desk.effects.iter().rev().find_map(|effect| {
        if let Effect::Commit(change) = effect { Some(change.clone()) } else { None }
    });
    commits.unwrap()
}

fn verdicts(change: &Change) -> Vec<(Verdict, String)> {
    let records = change.parts.iter().filter_map(|part| part.after.clone());
    records
        .filter_map(|record| {
            if let Record::Decision(it) = record { Some((it.verdict, it.rule)) } else { None }
        })
        .collect()
}

/// The keys that go to the alerts.
const ALERTS: &str = "⇤";

#[test]
fn one_is_snoozed_one_marked_wrong_and_one_closed() {
    let desk = Desk::with(desk()).keys(ALERTS);
    assert_eq!(desk.model.place(), Place::Alerts);
    let desk = desk.keys("z‹ctrl-s›");
    let change = asked(&desk);
    assert_eq!(change.label, Label::Snooze);
    let until = Some("2026-12-05".parse().unwrap());
    assert_eq!(verdicts(&change), [(Verdict::Snoozed { until }, String::new())]);
    let desk = desk.saved().keys("jx⇥⇥she was ill‹ctrl-s›");
    assert_eq!(asked(&desk).label, Label::MarkWrong);
    let desk = desk.saved().keys("jD‹ctrl-s›");
    assert!(desk.form().field("how").unwrap().error.is_some());
    let desk = desk.keys("n‹ctrl-s›");
    assert_eq!(verdicts(&asked(&desk)), [(Verdict::Closed(Close::NoNeed), String::new())]);
    assert!(desk.saved().model.popups.is_empty());
}

#[test]
fn one_reason_alone_can_be_not_right() {
    let desk = Desk::with(desk()).keys(ALERTS).keys("x→⇥⇥on paper‹ctrl-s›");
    let rule = desk.model.desk.alerts.selected().unwrap().reasons[0].rule.to_string();
    let change = asked(&desk);
    assert_eq!(verdicts(&change)[0].1, rule);
}

#[test]
fn a_group_is_exempt_in_one_change() {
    let desk = Desk::with(desk()).keys(" j j Z⇥18 Dec⇥p‹ctrl-s›");
    let change = asked(&desk);
    assert_eq!((change.label, change.parts.len()), (Label::Exempt, 3));
    let (from, to) = ("2026-11-21".parse().unwrap(), Some("2026-12-18".parse().unwrap()));
    let verdict = Verdict::Exempt { from, to, ground: Ground::Placement };
    assert!(verdicts(&change).iter().all(|(it, _)| *it == verdict));
}

#[test]
fn a_decision_is_taken_back_and_asked_for_where_there_are_two() {
    let desk = Desk::with(desk()).keys("z‹ctrl-s›").saved().keys("U");
    let change = asked(&desk);
    assert_eq!((change.label, change.parts.len()), (Label::TakeBackDecision, 1));
    let desk = desk.saved().keys("U");
    assert!(desk.effects.is_empty(), "nothing is left to take back");
    let desk = desk.keys("z‹ctrl-s›").saved().keys("O‹ctrl-s›").saved().keys("U");
    assert_eq!(desk.model.place(), Place::Menu);
    let desk = desk.keys("⏎");
    assert_eq!(asked(&desk).label, Label::TakeBackDecision);
}

#[test]
fn a_decision_that_holds_no_longer_is_not_taken_back() {
    let mut world = Fixture::new();
    let student = world.tutee("20480000", "Student", 4);
    world.meeting(student, ago(3), Outcome::Held, "Progress review");
    world.flag(student, ago(2), FlagKind::Concern, Urgency::Soon, "not seen");
    let closed = Desk::with(world.records()).keys("D‹ctrl-s›").keys("n‹ctrl-s›").saved();
    let one = closed.keys("U");
    assert_eq!(asked(&one).label, Label::TakeBackDecision, "its evidence is the same");
    let again = Desk::with((*one.model.records).clone());
    let more = again.keys("!Gone again.‹ctrl-s›").saved();
    assert_eq!(more.model.desk.alerts.counts(), (1, 0), "the evidence is another");
    let mut more = more.keys("U");
    assert!(more.effects.iter().all(|effect| !matches!(effect, Effect::Commit(_))));
    assert!(more.model.popups.is_empty());
    more = more.keys("O‹ctrl-s›").saved().keys("U");
    let change = asked(&more);
    let Some(Record::Decision(gone)) = &change.parts[0].before else { panic!("no decision") };
    assert!(
        matches!(gone.verdict, Verdict::Assigned { .. }),
        "the one that holds, not the old one"
    );
}

#[test]
fn an_alert_is_assigned_and_a_case_opened_edited_and_closed() {
    let desk = Desk::with(desk()).keys(ALERTS).keys("O‹ctrl-s›");
    let me = desk.model.records.me().unwrap().id;
    let verdict = Verdict::Assigned { to: me, escalated: false };
    assert_eq!(verdicts(&asked(&desk)), [(verdict, String::new())]);
    let desk = desk.saved().keys("E‹ctrl-s›");
    assert!(desk.form().field("to").unwrap().error.is_some(), "no senior tutor is known");
    let desk = desk.keys("⎋").keys("K");
    assert!(!desk.form().value("why").is_empty(), "the reasons of the alert are filled in");
    let desk = desk.keys("‹ctrl-s›");
    assert_eq!(asked(&desk).label, Label::OpenCase);
    let desk = desk.saved().keys("K⇤⇤back on course‹ctrl-s›");
    assert_eq!(asked(&desk).label, Label::CloseCase);
}

#[test]
fn of_the_marked_only_those_with_an_alert_are_decided_about() {
    let mut world = Fixture::new();
    for at in 0..4 {
        let student = world.tutee(&format!("2048000{at}"), &format!("Student {at}"), 4);
        world.meeting(student, ago(3), Outcome::Held, "Progress review");
        if at < 2 {
            world.flag(student, ago(2), FlagKind::Concern, Urgency::Soon, "not seen");
        }
    }
    let records = world.records();
    let marked = Desk::with(records.clone()).keys("    ");
    assert_eq!(super::marked(&marked.model).count(), 4);
    for (key, about) in [("z", 2), ("x", 2), ("D", 2), ("O", 2), ("E", 2), ("Z", 4)] {
        let desk = Desk::with(records.clone()).keys("    ").keys(key);
        let FormKind::Record(RecordForm::Decide(what)) = &desk.model.form().unwrap().kind else {
            panic!("no decision")
        };
        assert_eq!(what.students.len(), about, "{key}");
    }
    let desk = Desk::with(records).keys("jj  z");
    assert!(desk.model.popups.is_empty(), "nobody of them has an alert");
}

#[test]
fn a_rule_that_is_not_right_is_marked_only_where_it_fires() {
    let mut world = Fixture::new();
    for (at, fires) in [(0, false), (1, true), (2, false)] {
        let student = world.tutee(&format!("2048000{at}"), &format!("Student {at}"), 4);
        world.flag(student, ago(2), FlagKind::Concern, Urgency::Soon, "not seen");
        if !fires {
            world.meeting(student, ago(3), Outcome::Held, "Progress review");
        }
    }
    let desk = Desk::with(world.records()).keys("   x");
    let FormKind::Record(RecordForm::Decide(what)) = desk.model.form().unwrap().kind.clone() else {
        panic!("no decision")
    };
    let about = |rule: &str| super::about(&desk.model, &what, rule).len();
    assert_eq!((about(""), about("concern"), about("not-met"), about("ladder")), (3, 3, 1, 0));
    let exempt = DecideForm { wish: Wish::Exempt, ..what.clone() };
    assert_eq!(super::about(&desk.model, &exempt, "ladder").len(), 3);
    let desk = desk.keys("→→⇥⇥she was abroad‹ctrl-s›");
    assert_eq!(verdicts(&asked(&desk)), [(Verdict::Wrong(Fault::Wrong), "not-met".to_owned())]);
}

#[test]
fn nothing_is_decided_where_nobody_raised_an_alert() {
    let desk = Desk::with(desk()).keys("Gz");
    assert!(desk.effects.is_empty() && desk.model.popups.is_empty());
    let desk = desk.keys("Z");
    assert_eq!(desk.model.place(), Place::Field, "signals can be put aside before they speak");
}
