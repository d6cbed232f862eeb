use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;
use crate::domain::{
    calendar::tests_support::{any_calendar, any_day, any_when},
    id::Id,
};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Weeks 1 to 12 from 28 September 2026, with a break of a week after week 6; weeks 1 to 12 from 25 January
/// 2027, with three weeks at Easter.
fn calendar() -> Calendar {
    let mut calendar = Calendar::example(Id::from_bytes([0; 16]), 2026).unwrap();
    calendar.terms[0].breaks = vec![Span { from: day("2026-11-09"), to: day("2026-11-15") }];
    calendar.terms[0].reading = vec![Span { from: day("2026-11-02"), to: day("2026-11-08") }];
    calendar
}

fn shown(when: &When) -> Vec<String> {
    let spans = calendar().resolve(when, Some(day("2026-10-06")));
    spans.iter().map(|span| format!("{} {}", span.from, span.to)).collect()
}

fn weeks(term: &str, from: u8, to: u8) -> When {
    When::Weeks { term: term.into(), from, to }
}

#[test]
fn week_labels_of_a_policy_are_days_of_the_year() {
    assert_eq!(shown(&weeks("Semester 1", 1, 1)), ["2026-09-28 2026-10-04"]);
    assert_eq!(shown(&weeks("semester 1", 0, 0)), ["2026-09-21 2026-09-27"], "induction week");
    assert_eq!(shown(&weeks("Semester 1", 6, 7)), ["2026-11-02 2026-11-22"], "around the break");
    assert_eq!(shown(&weeks("Semester 1", 11, 15)), ["2026-12-14 2026-12-27"], "up to the last");
    assert_eq!(shown(&weeks("Semester 1", 13, 15)), [""; 0], "there is no week 13");
    assert_eq!(shown(&weeks("Michaelmas", 1, 1)), [""; 0]);
    assert_eq!(shown(&When::YearWeeks { from: 19, to: 20 }), ["2027-03-08 2027-03-21"]);
    let late = When::Month { month: 2, part: MonthPart::Late };
    assert_eq!(shown(&late), ["2027-02-21 2027-02-28"]);
    let september = When::Month { month: 9, part: MonthPart::Early };
    assert_eq!(shown(&september), ["2026-09-01 2026-09-10"]);
    let exams = When::AfterExams { term: "Semester 2".into(), days: 14 };
    assert_eq!(shown(&exams), ["2027-05-31 2027-06-13"]);
    assert_eq!(shown(&When::AfterEntry { days: 14 }), ["2026-10-06 2026-10-20"]);
    assert_eq!(shown(&When::Year), ["2026-09-01 2027-08-31"]);
}

#[test]
fn what_comes_again_has_a_stretch_for_each_time() {
    assert_eq!(shown(&When::EachTerm), ["2026-09-21 2027-01-24", "2027-01-25 2027-05-30"]);
    let three = When::Spread { times: 3, term: "Semester 2".into() };
    assert_eq!(
        shown(&three),
        ["2027-01-25 2027-02-21", "2027-02-22 2027-03-21", "2027-04-12 2027-05-09"]
    );
    let half = When::Spread { times: 4, term: String::new() };
    assert_eq!(shown(&half).len(), 4);
    assert_eq!(shown(&half)[0], "2026-09-28 2026-11-08");
    assert_eq!(shown(&When::Every { weeks: 5 }).len(), 6, "5, 5 and 2 weeks in each");
    assert_eq!(shown(&When::Spread { times: 0, term: String::new() }), [""; 0]);
}

#[test]
fn reading_weeks_are_teaching_weeks_that_are_marked() {
    let calendar = calendar();
    let (term, week) = calendar.week_of(day("2026-11-04")).unwrap();
    assert_eq!(week.0, 6);
    assert!(term.is_reading(day("2026-11-04")) && !term.is_reading(day("2026-11-16")));
}

proptest! {
    #[test]
    fn every_stretch_ends_after_it_begins_whatever_the_calendar(
        calendar in any_calendar(),
        when in any_when(),
        entry in proptest::option::of(any_day()),
    ) {
        let spans = calendar.resolve(&when, entry);
        prop_assert!(spans.iter().all(|span| span.from <= span.to));
        prop_assert!(spans.len() <= 4 * 106 + 256);
    }

    #[test]
    fn a_week_that_is_named_is_the_week_that_is_found(week in 0..13_u8) {
        let calendar = calendar();
        let span = calendar.resolve(&weeks("Semester 1", week, week), None);
        if let [span] = span.as_slice() {
            let (_, found) = calendar.week_of(span.from).unwrap();
            prop_assert_eq!(found.0, week);
        } else {
            prop_assert!(false, "each of them is there");
        }
    }

    #[test]
    fn adding_working_days_ends_on_a_working_day(from in 739_000..741_000_i32, days in 0..60_u16) {
        let calendar = calendar();
        let from = NaiveDate::from_num_days_from_ce_opt(from).unwrap();
        let to = calendar.add_working_days(from, days);
        prop_assert!(calendar.is_working_day(to) && to >= from);
        let between = from.iter_days().take_while(|day| *day < to);
        prop_assert_eq!(between.filter(|day| calendar.is_working_day(*day)).count(), usize::from(days));
    }
}
