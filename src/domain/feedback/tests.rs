use super::*;
use crate::domain::{
    change::{Builder, Label},
    results::Results,
    student::StudentId,
    write::{
        decision::{self, CloseInput, WrongInput},
        fixture::{Desk, day, seen},
    },
};

/// A week with these reasons: work overdue, and perhaps not online.
fn week(monday: &str, on: bool, why: &[Why]) -> WeekResult {
    let found = why.iter().map(|why| {
        let (code, numbers) = why.parts();
        let module = crate::domain::id::Id::from_bytes([1; 16]);
        Found { module, points: 3, look: None, why: code, numbers }
    });
    let (points, from) = (6, 5);
    WeekResult { week: day(monday), points, from, on, too_little: false, found: found.collect() }
}

fn put(desk: &mut Desk, student: StudentId, weeks: Vec<WeekResult>) {
    let results = Results { id: desk.ids.fresh(), student, weeks };
    let change = Builder::new(Label::Demo, &desk.records).put(results).build();
    desk.apply(Ok(change));
}

fn row(records: &Records, since: Option<&str>, rule: &str) -> Feedback {
    let all = feedback(records, since.map(day));
    all.into_iter().find(|it| it.rule == rule).unwrap()
}

#[test]
fn a_rule_counts_once_for_a_student_until_it_has_been_quiet_for_a_week() {
    let mut desk = Desk::new();
    let (overdue, gone) = (Why::Overdue(1), Why::NotOnline { days: Some(30) });
    let aisha = desk.aisha;
    let weeks = vec![
        week("2026-10-19", true, &[overdue]),
        week("2026-10-26", true, &[overdue, gone]),
        week("2026-11-02", false, &[overdue]),
        week("2026-11-09", true, &[overdue]),
    ];
    put(&mut desk, aisha, weeks);
    assert_eq!(row(&desk.records, None, "work-overdue").raised, 2);
    assert_eq!(row(&desk.records, None, "not-online").raised, 1);
    assert_eq!(row(&desk.records, Some("2026-11-02"), "work-overdue").raised, 1);
    assert_eq!(row(&desk.records, Some("2026-11-02"), "not-online").raised, 0);
}

#[test]
fn what_people_said_counts_for_the_rule_or_for_all_rules_of_the_week() {
    let mut desk = Desk::new();
    let (aisha, ben) = (desk.aisha, desk.ben);
    let both = [Why::Overdue(1), Why::Repeating];
    for student in [aisha, ben] {
        put(&mut desk, student, vec![week("2026-11-09", true, &both)]);
    }
    let input = WrongInput { rule: "repeating".into(), why: "no".into(), ..WrongInput::default() };
    let written = decision::wrong(&mut desk.context(), &[(aisha, seen(1))], &input);
    desk.apply(written);
    let input = CloseInput { how: "no need found".into(), ..CloseInput::default() };
    let written = decision::close(&mut desk.context(), &[(ben, seen(1))], &input);
    desk.apply(written);
    let repeating = row(&desk.records, None, "repeating");
    assert_eq!((repeating.raised, repeating.wrong, repeating.no_need), (2, 1, 1));
    assert_eq!((repeating.against(), repeating.share()), (2, Some(100)));
    let overdue = row(&desk.records, None, "work-overdue");
    assert_eq!((overdue.wrong, overdue.no_need, overdue.share()), (0, 1, Some(50)));
    assert_eq!(row(&desk.records, None, "mean-mark").share(), None);
}

#[test]
fn an_alert_as_a_whole_counts_only_against_the_rules_of_the_last_run() {
    // Today is Saturday, 21 November: the rules of the last run count if its week began at most 14 days before.
    let overdue = [Why::Overdue(1)];
    let cases: [(&[(&str, bool)], u32); 4] = [
        (&[("2026-11-02", false), ("2026-11-09", true)], 1),
        (&[("2026-11-02", true), ("2026-11-09", false)], 0),
        (&[("2026-11-02", true)], 0),
        (&[], 0),
    ];
    for (weeks, counted) in cases {
        let mut desk = Desk::new();
        let aisha = desk.aisha;
        let weeks = weeks.iter().map(|(monday, on)| week(monday, *on, &overdue)).collect();
        put(&mut desk, aisha, weeks);
        let input = CloseInput { how: "no need found".into(), ..CloseInput::default() };
        let written = decision::close(&mut desk.context(), &[(aisha, seen(1))], &input);
        desk.apply(written);
        assert_eq!(row(&desk.records, None, "work-overdue").no_need, counted);
    }
}

#[test]
fn what_was_judged_of_another_kind_stands_after_the_rules_of_the_score() {
    let mut desk = Desk::new();
    let input = WrongInput { rule: "not-met".into(), why: "no".into(), ..WrongInput::default() };
    let about = [(desk.aisha, seen(1))];
    let written = decision::wrong(&mut desk.context(), &about, &input);
    desk.apply(written);
    let all = feedback(&desk.records, None);
    assert_eq!(all.last().map(|it| (&*it.rule, it.wrong)), Some(("not-met", 1)));
    assert_eq!(named("not-met"), "not met for long");
    assert_eq!(named("nobody knows"), "another rule");
}

#[test]
fn periods_go_round() {
    let desk = Desk::new();
    let today = desk.now.today();
    assert_eq!(Period::All.next(), Period::FourWeeks);
    assert_eq!(Period::FourWeeks.first(&desk.records, today), Some(day("2026-10-26")));
    assert_eq!(Period::All.first(&desk.records, today), None);
    let records = Records::default();
    for (today, first) in [("2026-11-21", "2026-08-01"), ("2026-07-31", "2025-08-01")] {
        let first = day(first);
        assert_eq!(Period::Year.first(&records, day(today)), Some(first), "without a calendar");
    }
}

#[test]
fn what_people_said_counts_once_and_only_of_what_was_raised_in_the_same_weeks() {
    let mut desk = Desk::new();
    let aisha = desk.aisha;
    let overdue = [Why::Overdue(1)];
    let weeks = ["2026-10-26", "2026-11-02", "2026-11-09"];
    put(&mut desk, aisha, weeks.iter().map(|monday| week(monday, true, &overdue)).collect());
    let about = [(aisha, seen(1))];
    let close = CloseInput { how: "no need found".into(), ..CloseInput::default() };
    let written = decision::close(&mut desk.context(), &about, &close);
    desk.apply(written);
    for rule in ["work-overdue", "mean-mark"] {
        let wrong = WrongInput { rule: rule.into(), why: "no".into(), ..WrongInput::default() };
        let written = decision::wrong(&mut desk.context(), &about, &wrong);
        desk.apply(written);
    }
    let all = row(&desk.records, None, "work-overdue");
    assert_eq!((all.raised, all.against()), (1, 1), "three decisions of one day about one stretch");
    let later = row(&desk.records, Some("2026-11-02"), "work-overdue");
    assert_eq!((later.raised, later.against()), (0, 0), "it was raised before");
    assert_eq!(row(&desk.records, None, "mean-mark").against(), 0, "it was never raised");
}
