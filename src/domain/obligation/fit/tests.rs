use chrono::{Days, NaiveDate};
use proptest::prelude::*;

use super::*;

fn day(number: u64) -> NaiveDate {
    "2026-09-28".parse::<NaiveDate>().unwrap() + Days::new(number)
}

fn spans(windows: &[(u64, u64)]) -> Vec<Span> {
    windows.iter().map(|(from, to)| Span { from: day(*from), to: day(*to) }).collect()
}

fn days(meetings: &[u64]) -> Vec<NaiveDate> {
    meetings.iter().map(|number| day(*number)).collect()
}

fn fitted(windows: &[(u64, u64)], meetings: &[u64]) -> Vec<Option<usize>> {
    fit(&spans(windows), &days(meetings), |_, _| Suits::Yes)
}

#[test]
fn a_meeting_fills_the_slot_in_whose_window_it_lies() {
    assert_eq!(fitted(&[(0, 6), (35, 41)], &[37]), [None, Some(0)]);
    assert_eq!(fitted(&[(0, 6), (35, 41)], &[3, 37]), [Some(0), Some(1)]);
    assert_eq!(fitted(&[(0, 27), (0, 83)], &[10]), [Some(0), None], "the one that ends first");
    assert_eq!(fitted(&[(0, 27), (0, 83)], &[10, 60]), [Some(0), Some(1)]);
    assert_eq!(fitted(&[(0, 27), (0, 83)], &[10, 20]), [Some(0), Some(1)], "in their order");
    assert_eq!(fitted(&[(0, 27), (0, 83)], &[60]), [None, Some(0)]);
}

#[test]
fn a_meeting_a_little_before_or_after_still_fills_the_slot() {
    assert_eq!(fitted(&[(50, 56)], &[43]), [Some(0)], "a week before");
    assert_eq!(fitted(&[(50, 56)], &[42]), [None]);
    assert_eq!(fitted(&[(0, 6)], &[48]), [Some(0)], "six weeks after");
    assert_eq!(fitted(&[(0, 6)], &[49]), [None]);
}

#[test]
fn what_is_late_goes_to_the_latest_slot_and_within_a_window_nothing_is_late() {
    assert_eq!(fitted(&[(0, 6), (14, 20)], &[25]), [None, Some(0)]);
    assert_eq!(fitted(&[(0, 6), (14, 20)], &[25, 26]), [Some(0), Some(1)]);
    assert_eq!(fitted(&[(0, 13), (21, 27)], &[24]), [None, Some(0)]);
    assert_eq!(fitted(&[(0, 13), (21, 27)], &[22, 24]), [Some(1), Some(0)]);
}

#[test]
fn a_meeting_fills_only_what_it_suits() {
    let filled = fit(&spans(&[(0, 6), (0, 6)]), &days(&[1, 2]), |slot, meeting| {
        if slot == meeting { Suits::No } else { Suits::Yes }
    });
    assert_eq!(filled, [Some(1), Some(0)]);
}

#[test]
fn a_meeting_with_the_very_focus_of_a_slot_may_be_earlier() {
    let early = |suits| fit(&spans(&[(50, 56)]), &days(&[8]), |_, _| suits);
    assert_eq!(early(Suits::Yes), [None]);
    assert_eq!(early(Suits::ByName), [Some(0)]);
}

#[derive(Debug, Clone)]
struct Case {
    windows: Vec<(u64, u64)>,
    meetings: Vec<(u64, u8)>,
}

fn case() -> impl Strategy<Value = Case> {
    let window = (0..120_u64, 0..30_u64).prop_map(|(from, long)| (from, from + long));
    (
        proptest::collection::vec(window, 0..6),
        proptest::collection::vec((0..160_u64, any::<u8>()), 0..7),
    )
        .prop_map(|(windows, meetings)| Case { windows, meetings })
}

/// Which slots are filled; a bit of each meeting says which slots it suits.
fn filled(windows: &[(u64, u64)], meetings: &[(u64, u8)]) -> Vec<Option<usize>> {
    let mut meetings = meetings.to_vec();
    meetings.sort_unstable();
    let on = days(&meetings.iter().map(|(on, _)| *on).collect::<Vec<_>>());
    fit(&spans(windows), &on, |slot, meeting| match meetings[meeting].1 >> slot & 3 {
        0 => Suits::No,
        3 => Suits::ByName,
        _ => Suits::Yes,
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn one_more_meeting_never_opens_a_slot(case in case(), more in (0..160_u64, any::<u8>())) {
        let before = filled(&case.windows, &case.meetings);
        let mut meetings = case.meetings.clone();
        meetings.push(more);
        let after = filled(&case.windows, &meetings);
        for (before, after) in before.iter().zip(after) {
            prop_assert!(before.is_none() || after.is_some());
        }
    }

    #[test]
    fn a_meeting_fills_one_slot_at_most_and_only_near_its_window(case in case()) {
        let found = filled(&case.windows, &case.meetings);
        let mut meetings = case.meetings.clone();
        meetings.sort_unstable();
        let mut used: Vec<usize> = found.iter().flatten().copied().collect();
        for ((from, to), meeting) in case.windows.iter().zip(&found) {
            if let Some(meeting) = meeting {
                let on = meetings[*meeting].0;
                prop_assert!(on + 42 >= *from && on <= to + 42);
            }
        }
        used.sort_unstable();
        let all = used.len();
        used.dedup();
        prop_assert_eq!(used.len(), all);
    }
}
