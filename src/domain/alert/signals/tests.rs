//! What the list tells of weekly runs, and what decisions make of it.

use std::sync::Arc;

use proptest::prelude::*;

use crate::domain::{
    alert::{Alert, AlertSettings, State, Trend, alert, alerts, cap, fingerprint},
    change::{Builder, Label},
    decision::{Close, Decision, DecisionId, Fault, Ground, Verdict},
    engagement::{Engagement, Kept, Source},
    id::Id,
    module::{Module, ModuleId},
    obligation::Plan,
    policy::{self, Choice, Policy},
    reason::{NextStep, Reason, Scored, Severity},
    records::Records,
    results::{Found, Results, WeekResult},
    score::{Look, Rule, Why},
    signal::{Activity, EvidenceDay},
    student::StudentId,
    tutee::Scope,
};
use crate::fixture::{Fixture, ago, day, today};

const COMP: ModuleId = ModuleId::from_bytes([1; 16]);

fn found(why: Why, points: u8) -> Found {
    let (code, numbers) = why.parts();
    Found { module: COMP, points, look: None, why: code, numbers }
}

fn look(rule: Rule, why: Why) -> Found {
    let (code, numbers) = Look { rule, why }.parts();
    Found { module: COMP, points: 0, look: Some(code), why: why.parts().0, numbers }
}

/// A week so many weeks before the last, with these points of five.
fn week(before: u64, points: u8) -> WeekResult {
    let found = if points > 0 { vec![found(Why::Overdue(1), points)] } else { vec![] };
    let week = day("2026-11-09") - chrono::Days::new(7 * before);
    WeekResult { week, points, from: 5, on: points >= 5, too_little: false, found }
}

/// A student with these weeks.
fn world(weeks: Vec<WeekResult>) -> (Records, StudentId) {
    let mut world = Fixture::new();
    let student = world.tutee("1", "Ewa Nowak", 5);
    world.meeting(student, ago(2), crate::domain::meeting::Outcome::Held, "");
    for (at, code) in [(1, "COMP1001"), (2, "COMP1002")] {
        let (id, code) = (ModuleId::from_bytes([at; 16]), code.to_owned());
        world.add(Module {
            id,
            code,
            title: String::new(),
            starts: day("2026-09-28"),
            tasks: vec![],
        });
        world.add(Engagement {
            id: Id::from_bytes([at; 16]),
            student,
            module: id,
            source: Source::MoodleParticipants,
            batch: Id::from_bytes([9; 16]),
            kept: Kept::default(),
            repeating: false,
        });
    }
    world.add(Results { id: Id::from_bytes([3; 16]), student, weeks });
    (world.records(), student)
}

fn of(records: &Records, student: StudentId) -> Option<Alert> {
    alert(records, None, records.file(student).unwrap(), AlertSettings::default(), today())
}

fn told(alert: &Alert) -> Vec<&str> {
    alert.reasons.iter().map(|reason| reason.evidence.as_str()).collect()
}

fn decide(records: &mut Records, student: StudentId, verdict: Verdict, rule: &str) {
    let current = of(records, student);
    let all = current.iter().flat_map(|it| it.reasons.iter().chain(&it.hushed));
    let about: Vec<_> = all.filter(|it| rule.is_empty() || it.rule == rule).cloned().collect();
    let at = u8::try_from(records.file(student).unwrap().decisions.len()).unwrap();
    let change = Builder::new(Label::Snooze, records).put(Decision {
        id: DecisionId::from_bytes([at; 16]),
        student,
        verdict,
        rule: rule.into(),
        fingerprint: fingerprint(&about),
        why: String::new(),
        on: today(),
        tutor: records.me().unwrap().id,
    });
    let change = change.build();
    records.apply(&change).unwrap();
}

#[test]
fn a_week_is_told_in_words_with_the_module_points_state_and_trend() {
    let mut latest = week(0, 6);
    latest.found = vec![
        found(Why::Overdue(2), 3),
        found(Why::NotOnline { days: Some(30) }, 3),
        look(Rule::Gone, Why::NotOnline { days: Some(30) }),
        look(Rule::Overdue, Why::Overdue(2)),
    ];
    let (records, student) = world(vec![week(2, 5), week(1, 7), latest]);
    let alert = of(&records, student).unwrap();
    assert_eq!(
        told(&alert),
        ["not online for 30 days", "2 pieces of work overdue and not handed in (COMP1001)"]
    );
    assert_eq!((alert.state, alert.trend, alert.runs), (State::Continuing, Trend::Falling, 3));
    assert_eq!(alert.severity(), Severity::Soon);
    assert_eq!(alert.first_seen, day("2026-10-26"));
    assert_eq!(alert.next(), Some(NextStep::CheckIn));
    let standing = alert.standing.unwrap();
    assert_eq!((standing.points, standing.threshold, standing.band()), (6, 5, "worth a check-in"));
}

#[test]
fn a_rule_that_holds_in_several_modules_is_one_reason_that_names_them() {
    let other = |mut found: Found, module: u8| {
        found.module = ModuleId::from_bytes([module; 16]);
        found
    };
    let mut latest = week(0, 6);
    latest.found = vec![
        found(Why::Overdue(1), 2),
        other(found(Why::Overdue(2), 3), 2),
        found(Why::Repeating, 1),
        other(found(Why::Repeating, 1), 2),
    ];
    let apart = latest.found.clone();
    let (records, student) = world(vec![week(1, 7), latest]);
    let alert = of(&records, student).unwrap();
    assert_eq!(
        told(&alert),
        [
            "2 pieces of work overdue and not handed in (COMP1002; also COMP1001)",
            "takes the module again (COMP1001, COMP1002)",
        ]
    );
    let scored = alert.reasons[0].scored.as_ref().unwrap();
    let each: Vec<_> = scored.each.iter().map(|it| (it.points, it.evidence.as_str())).collect();
    assert_eq!(
        each,
        [
            (3, "2 pieces of work overdue and not handed in (COMP1002)"),
            (2, "1 piece of work overdue and not handed in (COMP1001)"),
        ]
    );
    // In COMP1001 the week before had it too.
    assert_eq!(scored.each.iter().map(|it| it.since).max(), Some(day("2026-11-09")));
    assert_eq!(alert.reasons[0].since, day("2026-11-02"));
    // A decision that was made when each module had a reason of its own still holds.
    let mut single: Vec<Reason> = Vec::new();
    for (reason, found) in alert.reasons.iter().flat_map(|it| {
        let each = &it.scored.as_ref().unwrap().each;
        each.iter().map(move |one| (it, one))
    }) {
        let scored = Scored { module: found.module, points: found.points, each: Vec::new() };
        single.push(Reason { scored: Some(scored), since: found.since, ..reason.clone() });
    }
    assert_eq!((single.len(), fingerprint(&single)), (apart.len(), fingerprint(&alert.reasons)));
}

/// The same where the student was online on six days a week of the first module, and on one of the last week.
fn dropping(weeks: Vec<WeekResult>) -> (Records, StudentId) {
    let (mut records, student) = world(weeks);
    let held = &records.file(student).unwrap().engagements;
    let mut engagement = held.iter().find(|it| it.module == COMP).unwrap().value.clone();
    let mut activity = Activity::new(EvidenceDay::END);
    (0..6).for_each(|week| activity.add(week, 0b11_1111));
    activity.add(6, 1);
    engagement.kept.edit(|told| told.activity = Some(activity));
    let change = Builder::new(Label::EditModule, &records).put(engagement).build();
    records.apply(&change).unwrap();
    (records, student)
}

#[test]
fn a_sudden_drop_is_told_where_the_policy_asks_for_it_and_is_no_alert_by_itself() {
    let asks = |percent: Option<u8>, records: &Records| {
        let value = |value| Choice { value, clause: String::new(), why: "halved".into() };
        let policy = Policy { sudden_drop: percent.map(value), ..policy::example::policy() };
        Plan::new(Arc::new(policy), records.calendars())
    };
    let under = |percent, (records, student): &(Records, StudentId)| {
        let plan = asks(percent, records);
        let file = records.file(*student).unwrap();
        alert(records, Some(&plan), file, AlertSettings::default(), today())
    };
    let mut both = dropping(vec![week(0, 6)]);
    let plain = under(None, &both).unwrap();
    let prompted = under(Some(50), &both).unwrap();
    let overdue = "1 piece of work overdue and not handed in (COMP1001)";
    let drop = "sudden drop: 1 active day in the last week; 6 a week before (COMP1001)";
    assert_eq!((told(&plain), told(&prompted)), (vec![overdue], vec![overdue, drop]));
    assert_eq!(told(&under(Some(10), &both).unwrap()), [overdue]);
    assert_eq!((prompted.standing, prompted.severity()), (plain.standing, plain.severity()));
    assert_eq!(prompted.first_seen, plain.first_seen);
    assert_eq!(fingerprint(&prompted.reasons), fingerprint(&plain.reasons));
    assert_eq!(under(Some(50), &dropping(vec![])), None);
    assert_eq!(under(Some(50), &dropping(vec![week(0, 1)])), None);
    // Where a person has settled the rest, nothing is left that speaks.
    decide(&mut both.0, both.1, Verdict::Wrong(Fault::NotApplicable), "work-overdue");
    let quiet = under(Some(50), &both).unwrap();
    assert!(!quiet.speaks() && quiet.reasons.len() == 2);
}

#[test]
fn eight_points_are_urgent_and_a_rule_without_points_is_a_look() {
    let (records, student) = world(vec![week(0, 8)]);
    let urgent = of(&records, student).unwrap();
    assert_eq!(
        (urgent.severity(), urgent.state, urgent.trend),
        (Severity::Urgent, State::New, Trend::First)
    );
    let mut watch = week(0, 2);
    (watch.on, watch.found) =
        (true, vec![found(Why::Overdue(1), 2), look(Rule::Overdue, Why::Overdue(1))]);
    let (records, student) = world(vec![watch]);
    let watch = of(&records, student).unwrap();
    assert_eq!(
        (watch.severity(), watch.standing.unwrap().band()),
        (Severity::Watch, "worth a look")
    );
    assert_eq!(watch.reasons.len(), 1);
    assert_eq!(watch.reasons[0].rule, "look-overdue");
}

#[test]
fn one_week_below_is_easing_and_two_are_gone() {
    let (records, student) = world(vec![week(1, 6), week(0, 2)]);
    let easing = of(&records, student).unwrap();
    assert_eq!(
        told(&easing),
        ["easing: 2 points after 6 points; off the list if that lasts another week"]
    );
    assert_eq!((easing.state, easing.severity()), (State::Easing, Severity::Watch));
    let (records, student) = world(vec![week(2, 6), week(1, 2), week(0, 2)]);
    assert_eq!(of(&records, student), None);
}

#[test]
fn old_results_and_too_little_evidence_raise_nothing() {
    let (records, student) = world(vec![week(4, 9)]);
    assert_eq!(of(&records, student), None);
    let mut little = week(0, 6);
    (little.on, little.too_little) = (false, true);
    let (records, student) = world(vec![little]);
    assert_eq!(of(&records, student), None);
    let file = records.file(student).unwrap();
    let standing = super::standing(file, AlertSettings::default(), today()).unwrap();
    assert_eq!(standing.band(), "too little evidence");
}

#[test]
fn a_snooze_holds_until_its_day_or_until_the_evidence_changes() {
    let (mut records, student) = world(vec![week(0, 6)]);
    decide(&mut records, student, Verdict::Snoozed { until: Some(day("2026-12-03")) }, "");
    let quiet = of(&records, student).unwrap().quiet.unwrap();
    assert_eq!(quiet.words(today()), "snoozed until 3 Dec");
    let (mut records, student) = world(vec![week(0, 6)]);
    decide(&mut records, student, Verdict::Snoozed { until: None }, "");
    assert!(!of(&records, student).unwrap().speaks());
    let mut more = records.file(student).unwrap().results[0].value.clone();
    more.weeks[0].found.push(found(Why::NoMark, 3));
    let change = Builder::new(Label::WeeklyRun, &records).put(more).build();
    records.apply(&change).unwrap();
    assert!(of(&records, student).unwrap().speaks());
}

#[test]
fn what_was_closed_stays_quiet_while_points_fall_and_speaks_once_something_is_added() {
    let silent = Why::NotOnline { days: Some(30) };
    let of_week = |before, points, on, found| WeekResult { on, found, ..week(before, points) };
    let gone = look(Rule::Gone, silent);
    let first = of_week(1, 6, true, vec![found(Why::Overdue(2), 3), found(silent, 3), gone]);
    let (mut records, student) = world(vec![first.clone()]);
    decide(&mut records, student, Verdict::Closed(Close::BackOnCourse), "");
    let results = records.file(student).unwrap().results[0].value.clone();
    let speaks = |next: WeekResult| {
        let mut records = records.clone();
        let results = Results { weeks: vec![first.clone(), next], ..results.clone() };
        let change = Builder::new(Label::WeeklyRun, &records).put(results).build();
        records.apply(&change).unwrap();
        of(&records, student).unwrap().speaks()
    };
    let overdue = |pieces, points| found(Why::Overdue(pieces), points);
    assert!(!speaks(of_week(0, 4, false, vec![])), "it eases");
    assert!(!speaks(of_week(0, 5, true, vec![overdue(1, 2), found(silent, 3)])), "fewer points");
    assert!(!speaks(of_week(0, 3, true, vec![found(silent, 3), gone])), "the look alone is left");
    assert!(speaks(of_week(0, 9, true, vec![overdue(3, 6), found(silent, 3)])), "more points");
    let mark = found(Why::NoMark, 3);
    assert!(speaks(of_week(0, 6, true, vec![overdue(2, 3), mark])), "another rule");
    let elsewhere = Found { module: ModuleId::from_bytes([2; 16]), ..overdue(2, 3) };
    assert!(speaks(of_week(0, 6, true, vec![overdue(2, 3), elsewhere])), "another module");
}

#[test]
fn a_rule_that_was_marked_as_wrong_is_quiet_and_the_others_speak() {
    let mut latest = week(0, 6);
    latest.found = vec![found(Why::Overdue(2), 3), found(Why::NotOnline { days: Some(30) }, 3)];
    let (mut records, student) = world(vec![latest]);
    decide(&mut records, student, Verdict::Wrong(Fault::Wrong), "not-online");
    let alert = of(&records, student).unwrap();
    assert_eq!(told(&alert), ["2 pieces of work overdue and not handed in (COMP1001)"]);
    assert!(alert.speaks() && alert.hushed.len() == 1);
    decide(&mut records, student, Verdict::Wrong(Fault::NotApplicable), "work-overdue");
    let alert = of(&records, student).unwrap();
    assert!(!alert.speaks() && alert.hushed.is_empty() && alert.reasons.len() == 2);
}

#[test]
fn an_exemption_quietens_signals_and_nothing_else() {
    let (mut records, student) = world(vec![week(0, 6)]);
    let exempt =
        Verdict::Exempt { from: ago(3), to: Some(day("2026-12-31")), ground: Ground::Placement };
    decide(&mut records, student, exempt, "");
    let quiet = of(&records, student).unwrap().quiet.unwrap();
    assert_eq!(quiet.words(today()), "exempt until 1 Jan 2027: placement or year abroad");
}

#[test]
fn who_was_closed_and_comes_again_after_two_good_weeks_is_new() {
    let (mut records, student) = world(vec![week(3, 6)]);
    let again = vec![week(3, 6), week(2, 0), week(1, 0), week(0, 6)];
    let results = records.file(student).unwrap().results[0].value.clone();
    let closed = |records: &mut Records, weeks| {
        let results = Results { weeks, ..results.clone() };
        let change = Builder::new(Label::WeeklyRun, records).put(results).build();
        records.apply(&change).unwrap();
    };
    closed(&mut records, vec![week(3, 6), week(2, 6), week(1, 6), week(0, 6)]);
    decide(&mut records, student, Verdict::Closed(Close::BackOnCourse), "");
    assert!(!of(&records, student).unwrap().speaks());
    closed(&mut records, again);
    let alert = of(&records, student).unwrap();
    assert!(alert.speaks() && alert.state == State::New);
}

#[test]
fn who_acts_is_whom_it_was_assigned_to() {
    let (mut records, student) = world(vec![week(0, 6)]);
    let me = records.me().unwrap().id;
    assert_eq!(of(&records, student).unwrap().owner, Some(me));
    let to = Id::from_bytes([77; 16]);
    decide(&mut records, student, Verdict::Assigned { to, escalated: true }, "");
    let alert = of(&records, student).unwrap();
    assert_eq!((alert.owner, alert.escalated, alert.speaks()), (Some(to), true, true));
}

#[test]
fn the_first_few_of_a_tutor_are_shown_and_all_that_are_urgent() {
    let mut world = Fixture::new();
    for at in 0..9_u8 {
        let student = world.tutee(&at.to_string(), "Ewa Nowak", 5);
        world.meeting(student, ago(2), crate::domain::meeting::Outcome::Held, "");
        let weeks = vec![week(0, if at < 4 { 9 } else { 5 })];
        world.add(Results { id: Id::from_bytes([at; 16]), student, weeks });
    }
    let records = world.records();
    let list = alerts(&records, None, &Scope::of(&records), AlertSettings::default(), today());
    let capped = cap(&list, Some(5));
    assert_eq!((capped.shown.iter().filter(|it| **it).count(), capped.more), (5, 4));
    assert_eq!(cap(&list, Some(2)).more, 5);
}

#[test]
fn without_a_number_the_rows_of_a_tutor_have_no_end() {
    let mut world = Fixture::new();
    for at in 0..300_u16 {
        let student = world.tutee(&at.to_string(), "Ewa Nowak", 5);
        world.meeting(student, ago(2), crate::domain::meeting::Outcome::Held, "");
        let [high, low] = at.to_be_bytes();
        let id = Id::from_bytes([high, low, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
        world.add(Results { id, student, weeks: vec![week(0, 5)] });
    }
    let records = world.records();
    let list = alerts(&records, None, &Scope::of(&records), AlertSettings::default(), today());
    let all = cap(&list, None);
    assert_eq!((all.shown.len(), all.more), (300, 0));
    assert!(all.shown.iter().all(|shown| *shown));
}

#[test]
fn each_owner_has_as_many_rows_and_what_is_urgent_is_no_less() {
    let (watch, urgent) = (Severity::Watch, Severity::Urgent);
    let rows = [(1, urgent), (2, watch), (1, watch), (1, watch), (2, watch), (1, urgent)];
    let shown = |most| super::super::first(rows, most).collect::<Vec<_>>();
    assert_eq!(shown(Some(1)), [true, true, false, false, false, true]);
    assert_eq!(shown(Some(2)), [true, true, true, false, true, true]);
    assert_eq!(shown(None), [true; 6]);
}

proptest! {
    #[test]
    fn nothing_flickers(points in prop::collection::vec(0..9_u8, 1..12)) {
        let weeks: Vec<WeekResult> = points.iter().rev().enumerate().map(|(at, points)| week(at as u64, *points)).collect();
        let weeks: Vec<WeekResult> = weeks.into_iter().rev().collect();
        let last = weeks.len() - 1;
        let on = |at: usize| weeks[at].on;
        let (records, student) = world(weeks.clone());
        let alert = of(&records, student);
        // On the list from the first week on, and off it only after two weeks below.
        prop_assert_eq!(alert.is_some(), on(last) || last > 0 && on(last - 1));
        if let Some(alert) = alert {
            let new = on(last) && (last == 0 || !on(last - 1)) && (last < 2 || !on(last - 2));
            prop_assert_eq!(alert.state == State::New, new);
        }
    }
}
