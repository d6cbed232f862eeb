//! What holds whatever the policy, the calendar and the records are.

use proptest::prelude::*;

use super::*;
use crate::domain::{
    calendar::tests_support::{any_calendar, any_day, any_when},
    policy::{Count, Detail, Entry, Format, Per, What, Who},
};

fn any_what() -> impl Strategy<Value = What> {
    let format = || prop_oneof![Just(Format::OneToOne), Just(Format::Group), Just(Format::Either)];
    prop_oneof![
        4 => (format(), prop_oneof![3 => Just(""), 1 => Just("WeThrive")])
            .prop_map(|(format, series)| slot(format, series)),
        2 => (format(), 0..4_u8, any::<bool>()).prop_map(|(format, at_least, series_count)| {
            What::Count(Count { at_least, format, series_count })
        }),
        1 => Just(What::Tutor),
        1 => Just(What::Contact),
        1 => Just(What::Filled(Detail::SecondDiscipline)),
        1 => (0..4_u8, proptest::option::of(any::<u16>())).prop_map(|(per, days)| What::Letter {
            kind: "summary".into(),
            per: [Per::Allocation, Per::Change, Per::Meeting, Per::Year][usize::from(per)],
            days,
        }),
        1 => any::<u16>().prop_map(|days| What::Outcome { days }),
    ]
}

fn any_who() -> impl Strategy<Value = Who> {
    (
        proptest::collection::vec(3..8_u8, 0..3),
        proptest::option::of(any::<bool>()),
        proptest::option::of(any::<bool>()),
        proptest::option::of(prop_oneof![Just(Entry::InTime), Just(Entry::Late)]),
    )
        .prop_map(|(levels, new_entrant, under_18, entry)| Who {
            levels,
            new_entrant,
            under_18,
            entry,
            ..Who::default()
        })
}

fn any_duties() -> impl Strategy<Value = Vec<policy::Duty>> {
    let one =
        (any_what(), any_when(), any_who(), proptest::option::of(any::<u16>()), any::<bool>());
    proptest::collection::vec(one, 0..6).prop_map(|all| {
        let numbered = all.into_iter().enumerate();
        let made = numbered.map(|(number, (what, when, who, late_days, senior))| policy::Duty {
            who,
            late_days,
            by: senior.then_some(Role::SeniorTutor),
            ..duty(&format!("duty-{number}"), what, when)
        });
        made.collect()
    })
}

/// Slots and counts within one usual year, which meetings may well fill.
fn usual_duties() -> impl Strategy<Value = Vec<policy::Duty>> {
    let what = prop_oneof![
        Just(slot(Format::OneToOne, "")),
        Just(slot(Format::Group, "")),
        Just(slot(Format::Either, "")),
        Just(slot(Format::Group, "WeThrive")),
        Just(What::Count(Count { at_least: 2, format: Format::Either, series_count: true })),
        Just(What::Contact),
    ];
    let when = (1..12_u8, 0..4_u8).prop_map(|(from, long)| weeks(from, from + long));
    proptest::collection::vec((what, when), 1..6).prop_map(|all| {
        let numbered = all.into_iter().enumerate();
        numbered.map(|(at, (what, when))| duty(&format!("duty-{at}"), what, when)).collect()
    })
}

#[derive(Debug, Clone)]
struct Met {
    day: u32,
    group: bool,
    outcome: Outcome,
    series: bool,
}

fn any_meeting() -> impl Strategy<Value = Met> {
    let outcome = prop_oneof![3 => Just(Outcome::Held), 1 => Just(Outcome::Planned), 1 => Just(Outcome::Missed)];
    (0..150_u32, any::<bool>(), outcome, any::<bool>())
        .prop_map(|(day, group, outcome, series)| Met { day, group, outcome, series })
}

fn hold(desk: &mut Desk, met: &Met) {
    let on = day("2026-09-14") + chrono::Days::new(met.day.into());
    let meeting = desk.meet(&on.to_string(), met.group, met.outcome);
    if met.series {
        meeting.focus = "WeThrive 1".into();
    }
}

fn hold_all(desk: &mut Desk, meetings: &[Met]) {
    for met in meetings {
        hold(desk, met);
    }
}

fn any_today() -> impl Strategy<Value = String> {
    (0..200_u64).prop_map(|later| (day("2026-09-14") + chrono::Days::new(later)).to_string())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn adding_a_held_meeting_never_makes_a_slot_overdue(
        duties in usual_duties(),
        meetings in proptest::collection::vec(any_meeting(), 0..5),
        more in any_meeting(),
        today in any_today(),
    ) {
        let mut desk = Desk::new(duties);
        hold_all(&mut desk, &meetings);
        let before = desk.on(&today);
        hold(&mut desk, &Met { outcome: Outcome::Held, ..more });
        let after = desk.on(&today);
        prop_assert_eq!(before.len(), after.len());
        for (before, after) in before.iter().zip(&after) {
            prop_assert!(before.met_by().is_none() || after.met_by().is_some());
            prop_assert!(before.status == Status::Overdue || after.status != Status::Overdue);
        }
    }

    #[test]
    fn waiving_and_unwaiving_is_the_identity(
        duties in any_duties(),
        meetings in proptest::collection::vec(any_meeting(), 0..5),
        which in any::<usize>(),
        today in any_today(),
    ) {
        let mut desk = Desk::new(duties);
        hold_all(&mut desk, &meetings);
        let before = desk.on(&today);
        prop_assume!(!before.is_empty());
        let key = desk.plan.key(&before[which % before.len()]).unwrap();
        desk.waive(&key.code);
        let waived = desk.on(&today);
        let is = |one: &&Obligation| one.is(desk.plan.duty(one).unwrap(), &key);
        prop_assert!(waived.iter().filter(is).all(|one| matches!(one.status, Status::Waived(_))));
        prop_assert_eq!(waived.iter().filter(is).count(), 1, "keys name one alone");
        desk.all.pop();
        prop_assert_eq!(desk.on(&today), before);
    }

    #[test]
    fn the_order_of_records_does_not_matter(
        duties in usual_duties(),
        meetings in proptest::collection::vec(any_meeting(), 0..6),
        seed in any::<u64>(),
        today in any_today(),
    ) {
        let mut desk = Desk::new(duties);
        hold_all(&mut desk, &meetings);
        let before = desk.on(&today);
        let mut seed = seed;
        for place in (1..desk.all.len()).rev() {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            desk.all.swap(place, (seed >> 33) as usize % (place + 1));
        }
        prop_assert_eq!(desk.on(&today), before);
    }

    #[test]
    fn nothing_panics_and_each_obligation_has_a_clause_and_a_sound_window(
        duties in any_duties(),
        calendars in proptest::collection::vec(any_calendar(), 0..3),
        meetings in proptest::collection::vec(any_meeting(), 0..4),
        entry in proptest::option::of(any_day()),
        born in proptest::option::of(any_day()),
        today in any_day(),
    ) {
        let mut desk = Desk::new(duties.clone());
        hold_all(&mut desk, &meetings);
        desk.student().entry = entry;
        desk.student().under_18_until = born;
        desk.plan = Plan::new(Arc::new(policy(duties)), &calendars);
        let (records, file) = (desk.records(), desk.file());
        for year in desk.plan.years() {
            let all = desk.plan.obligations_in(year, &records, &file, today);
            for one in &all {
                let duty = desk.plan.duty(one).unwrap();
                prop_assert!(one.window.from <= one.window.to);
                prop_assert_eq!(one.year, year);
                prop_assert!(one.is(duty, &one.key(duty)));
                prop_assert_eq!(desk.plan.cited(one), "TST 5");
            }
            let mut keys: Vec<_> = all.iter().filter_map(|one| desk.plan.key(one)).collect();
            keys.sort();
            keys.dedup();
            prop_assert_eq!(keys.len(), all.len());
        }
    }

    #[test]
    fn in_a_usual_year_each_window_lies_in_it_or_near_it(
        whens in proptest::collection::vec(any_when(), 1..6),
    ) {
        let duties = whens.into_iter().enumerate();
        let duties = duties.map(|(at, when)| duty(&format!("d{at}"), slot(Format::Group, ""), when));
        let desk = Desk::new(duties.collect());
        let year = calendar().span;
        for one in desk.on("2026-10-01") {
            prop_assert!(year.holds(one.window.from) || one.window.meets(&year));
        }
    }
}
