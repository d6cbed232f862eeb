use super::*;
use crate::{
    domain::signal::{Activity, Work},
    exchange::card::builtin,
};

/// A student who is online every day, or never; with nothing to hand in.
fn member(active: bool, outcome: Outcome, left: Option<i16>) -> Member {
    let mut activity = Activity::new(EvidenceDay::END);
    for week in 0..30 {
        activity.add(week, if active { 0x7f } else { 0 });
    }
    let work = Some(Work::new(EvidenceDay::END));
    let signals = Signals { activity: Some(activity), work, ..Signals::default() };
    Member { who: 0, signals, joined: None, left: left.map(EvidenceDay), outcome }
}

fn past(members: Vec<Member>) -> Past {
    let tutees = vec![(0..u32::try_from(members.len()).unwrap()).collect()];
    let (name, pieces) = ("AAA_2026J".into(), Vec::new());
    let cohort = Cohort { name, weeks: LAST_WEEK, pieces, members, tutees };
    Past { cohorts: vec![cohort], ..Past::default() }
}

#[test]
fn one_who_stays_away_is_alerted_once_and_ahead_of_leaving() {
    let mut members: Vec<Member> = (0..9).map(|_| member(true, Outcome::Passed, None)).collect();
    members.push(member(false, Outcome::Withdrawn, Some(30)));
    let figures = evaluate(&builtin("points v1").unwrap(), &past(members));
    let standard = figures.standard;
    assert_eq!((standard.precision, standard.recall), (Some(1.0), Some(1.0)));
    assert_eq!(standard.recall_by_week_5, Some(1.0));
    let new = standard.new_per_tutor_week.unwrap();
    assert!((new - 30.0 / (10.0 * 29.0)).abs() < 1e-9, "{new}");
    assert_eq!(standard.withdrawals_two_weeks_ahead, Some(1.0));
    assert_eq!(standard.withdrawals_four_weeks_ahead, Some(0.0));
    assert_eq!(figures.ranking.auc_within[&3], Some(1.0));
    assert_eq!(figures.b1_differences, None);
}

#[test]
fn a_short_module_has_alerts_in_its_own_weeks_only_and_they_are_shared_out_over_these() {
    let mut members: Vec<Member> = (0..9).map(|_| member(true, Outcome::Passed, None)).collect();
    members.push(member(false, Outcome::Failed, None));
    let mut past = past(members);
    past.cohorts[0].weeks = 12;
    let card = builtin("points v1").unwrap();
    let points = Points::all(&card, &past.cohorts);
    assert!(points.of(0, 9, WeekEnd(12)).is_some());
    assert_eq!(points.of(0, 9, WeekEnd(13)), None);
    let new = evaluate(&card, &past).standard.new_per_tutor_week.unwrap();
    assert!((new - 30.0 / (10.0 * 11.0)).abs() < 1e-9, "{new}");
    past.cohorts[0].weeks = 1;
    assert_eq!(evaluate(&card, &past).standard, Volume::default());
}

#[test]
fn who_has_left_or_not_joined_yet_is_not_there() {
    let one = Member { joined: Some(EvidenceDay(7)), ..member(true, Outcome::Withdrawn, Some(21)) };
    let there = [1, 2, 3, 4].map(|week| one.is_there(WeekEnd(week)));
    assert_eq!(there, [false, true, true, false]);
    let gone = member(true, Outcome::Withdrawn, Some(-3));
    assert!(!gone.is_there(WeekEnd(1)));
}

#[test]
fn who_withdrew_without_a_date_is_at_risk_until_the_end_and_nobody_left_in_time() {
    let mut members: Vec<Member> = (0..9).map(|_| member(true, Outcome::Passed, None)).collect();
    members.push(member(false, Outcome::Withdrawn, None));
    assert!(members[9].is_there(WeekEnd(LAST_WEEK)));
    let standard = evaluate(&builtin("points v1").unwrap(), &past(members)).standard;
    assert_eq!((standard.precision, standard.recall), (Some(1.0), Some(1.0)));
    assert_eq!((standard.withdrawals_alerted, standard.withdrawals_two_weeks_ahead), (None, None));
}

#[test]
fn who_has_a_date_and_passed_is_gone_from_then_on_and_was_neither_at_risk_nor_left() {
    let mut members: Vec<Member> = (0..9).map(|_| member(true, Outcome::Passed, None)).collect();
    members.push(member(false, Outcome::Passed, Some(30)));
    assert_eq!([4, 5].map(|week| members[9].is_there(WeekEnd(week))), [true, false]);
    let standard = evaluate(&builtin("points v1").unwrap(), &past(members)).standard;
    assert_eq!((standard.precision, standard.recall), (Some(0.0), None));
    assert_eq!((standard.withdrawals_alerted, standard.withdrawals_two_weeks_ahead), (None, None));
}

#[test]
fn a_group_of_one_and_a_folder_without_anybody_have_figures() {
    let alone =
        evaluate(&builtin("points v1").unwrap(), &past(vec![member(false, Outcome::Failed, None)]));
    assert_eq!(alone.ranking.auc_within[&3], None);
    let nobody = evaluate(&builtin("points v1").unwrap(), &Past::default());
    assert_eq!(nobody.standard, Volume::default());
}

#[test]
fn the_audit_compares_groups_as_if_they_took_the_same_modules() {
    let mut past =
        past(vec![member(true, Outcome::Passed, None), member(false, Outcome::Passed, None)]);
    past.cohorts[0].pieces = Vec::new();
    let of = vec![(0, 0, 0), (0, 1, 1)];
    let division = Division { name: "gender".into(), values: vec!["F".into(), "M".into()], of };
    past.groups = Some(Groups { by: vec![division] });
    let rows = evaluate(&builtin("points v1").unwrap(), &past).audit;
    let week_8: Vec<_> = rows.iter().filter(|row| row.week == 8).collect();
    assert_eq!(week_8[0].false_positive_rate, Some(0.0));
    assert_eq!(week_8[1].false_positive_rate_same_modules, Some(1.0));
}
