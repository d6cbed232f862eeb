use std::{
    collections::{BTreeSet, HashSet},
    mem,
};

use proptest::prelude::*;
use strum::{IntoEnumIterator, VariantArray};

use super::{sketch::Story, *};
use crate::domain::{
    contact::Reply,
    flag::FlagKind,
    meeting::Outcome,
    note::{Confidentiality, LONGEST_NOTE, NotePart},
    record::{Kind, Owner},
    results::Found,
    score::{Rule, Why},
    student::{KindOfStudy, Mode as StudyMode, Status},
    weekly,
    word::Choice,
};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Term, July, New Year's Eve, a leap day, a Sunday.
const DAYS: [&str; 5] = ["2026-11-21", "2027-07-14", "2026-12-31", "2028-02-29", "2026-03-29"];

#[test]
fn the_roster_is_read_whole_and_tells_every_story() {
    let roster = sketch::roster(&phrases::schools());
    assert_eq!(roster.len(), Scale::Tutor.students());
    for story in Story::VARIANTS {
        assert!(roster.iter().any(|sketch| sketch.is(*story)), "{story:?}");
    }
    let modes: BTreeSet<_> = roster.iter().map(|sketch| sketch.mode).collect();
    assert_eq!(modes, StudyMode::iter().collect());
    let levels: BTreeSet<_> = roster.iter().map(|sketch| sketch.level).collect();
    assert_eq!(levels, (3..=8).collect());
    assert!(roster.iter().all(|sketch| sketch.status.is_current()));
}

#[test]
fn every_school_has_modules_and_every_kind_of_study_somewhere_a_programme() {
    let schools = phrases::schools();
    assert_eq!(schools.len(), 10);
    assert!(schools.iter().all(|school| school.modules.len() > 4));
    let kinds: BTreeSet<_> =
        schools.iter().flat_map(|school| &school.programmes).map(|it| it.kind).collect();
    assert_eq!(kinds, KindOfStudy::iter().collect());
}

#[test]
fn the_same_day_gives_the_same_demo_and_another_day_the_same_people() {
    let demo = |text| Demo::new(Scale::School, day(text));
    let (first, again, other) = (demo(DAYS[0]), demo(DAYS[0]), demo(DAYS[1]));
    assert_eq!(first.base(), again.base());
    for place in [0, 7, 1_499] {
        assert_eq!(first.student(place), again.student(place));
        let (Some(Record::Student(one)), Some(Record::Student(two))) =
            (first.student(place).into_iter().next(), other.student(place).into_iter().next())
        else {
            panic!("the student comes first");
        };
        assert!(one.name == two.name && one.id == two.id && one.number == two.number);
    }
}

#[test]
fn a_school_has_as_many_of_all_as_it_promises() {
    let mut steps = Vec::new();
    let demo = Demo::new(Scale::School, day(DAYS[0])).judged(Some(points_v1()));
    let records = demo.records(|done, all| steps.push((done, all)));
    assert_eq!(steps, (1..=10).map(|step| (step, 10)).collect::<Vec<_>>());
    let counts = records.counts();
    assert_eq!(counts[&Kind::Student], Scale::School.students());
    assert_eq!(counts[&Kind::Tutor], Scale::School.tutors());
    let promised = Scale::School.meetings_and_notes();
    assert_eq!(Some(counts[&Kind::Meeting] + counts[&Kind::Note]), promised);
    let all: usize = counts.values().sum();
    assert!((55_000..70_000).contains(&all), "{all} records");
    let numbers: BTreeSet<_> = records.files().map(|file| &file.student.number).collect();
    assert_eq!(numbers.len(), Scale::School.students());
}

#[test]
fn a_university_keeps_its_promise_in_every_ten_students() {
    let demo = Demo::new(Scale::University, day(DAYS[0]));
    let base = demo.base();
    let groups = base.iter().filter(|it| it.id().kind == Kind::Meeting).count();
    let tutors = base.iter().filter(|it| it.id().kind == Kind::Tutor).count();
    assert_eq!(tutors, Scale::University.tutors());
    for ten in [0, 2_345, 4_999] {
        let of_ten: usize = (ten * 10..ten * 10 + 10)
            .flat_map(|place| demo.student(place))
            .filter(|record| matches!(record.id().kind, Kind::Meeting | Kind::Note))
            .count();
        let all = of_ten * Scale::University.students() / 10 + groups;
        assert_eq!(Some(all), Scale::University.meetings_and_notes());
    }
}

#[test]
fn every_pane_has_something_to_show_whatever_the_day() {
    for today in DAYS.map(day) {
        let records = Demo::new(Scale::Tutor, today).records(|_, _| {});
        let me = records.me().unwrap().id;
        assert!(records.files().all(|file| file.is_tutee_of(me, today) && file.is_current(today)));
        let (term, week) = records.calendar(today).unwrap().week_of(today).unwrap();
        assert_eq!((&*term.name, week.0), ("Semester 1", 9), "{today}");
        let all = |found: &dyn Fn(&crate::domain::file::StudentFile) -> bool| {
            records.files().filter(|file| found(file)).count()
        };
        assert!(all(&|file| file.flags.iter().any(|it| it.is_open_concern())) >= 4);
        assert!(all(&|file| file.flags.iter().any(|it| it.kind == FlagKind::Praise)) >= 4);
        assert!(all(&|file| file.actions.iter().any(|it| it.is_overdue(today))) >= 4);
        assert!(all(&|file| file.actions.iter().any(|it| it.done.is_some())) >= 15);
        assert!(all(&|file| file.referrals.iter().any(|it| it.follow_up_due(today))) >= 2);
        assert!(all(&|file| file.referrals.iter().any(|it| it.outcome.is_some())) >= 2);
        assert!(all(&|file| file.consents.iter().any(|it| it.holds(today))) >= 3);
        assert!(all(&|file| file.consents.iter().any(|it| !it.holds(today))) >= 2);
        let waits = |reply| {
            all(&|file| {
                let due = |on: NaiveDate| (today - on).num_days() >= 7;
                file.contacts.iter().any(|it| it.reply == reply && due(it.on))
            })
        };
        assert!(waits(Reply::Awaited) >= 4 && waits(Reply::NoAnswer) >= 2);
        assert!(unmet(&records, today, 56) >= 3, "{today}");
        assert!(unmet(&records, today, 28) <= 9, "{today}");
    }
}

fn unmet(records: &Records, today: NaiveDate, days: i64) -> usize {
    let met = |file: &crate::domain::file::StudentFile| {
        records.meetings_of(file).any(|(meeting, attendance)| {
            attendance.outcome == Outcome::Held
                && meeting.with != With::Group
                && (today - meeting.on).num_days() < days
        })
    };
    records.files().filter(|file| !met(file)).count()
}

#[test]
fn notes_are_of_every_kind_and_never_too_long() {
    let today = day(DAYS[0]);
    let records = Demo::new(Scale::Tutor, today).records(|_, _| {});
    let notes: Vec<_> = records.files().flat_map(|file| &file.notes).collect();
    assert!((150..600).contains(&notes.len()), "{} notes", notes.len());
    let levels: BTreeSet<_> = notes.iter().map(|note| note.confidentiality).collect();
    let parts: BTreeSet<_> = notes.iter().map(|note| note.part).collect();
    assert_eq!(levels, Confidentiality::iter().collect());
    assert_eq!(parts, NotePart::iter().collect());
    for note in notes {
        let fact_only = note.confidentiality == Confidentiality::FactOnly;
        assert_eq!(note.text.is_empty(), fact_only);
        assert!(note.text.len() < LONGEST_NOTE && !note.text.contains(['{', '}']));
    }
    let all: usize = records.counts().values().sum();
    assert!((800..1_600).contains(&all), "{all} records");
    let outcomes: BTreeSet<_> =
        records.files().flat_map(|file| &file.attendances).map(|it| it.outcome).collect();
    let wanted = [Outcome::Planned, Outcome::Held, Outcome::MissedWithNotice, Outcome::Missed];
    assert!(wanted.iter().all(|outcome| outcomes.contains(outcome)));
    let statuses: BTreeSet<_> =
        records.files().filter_map(|file| file.enrolment(today)).map(|it| it.status).collect();
    assert!(statuses.len() == 5 && !statuses.contains(&Status::Withdrawn));
}

/// The day a record speaks of, and whether that day may lie ahead.
fn speaks_of(record: &Record) -> Option<(NaiveDate, bool)> {
    match record {
        Record::Meeting(it) => Some((it.on, true)),
        Record::Contact(it) => Some((it.on, false)),
        Record::Note(it) => Some((it.on, false)),
        Record::Action(it) => it.done.map(|done| (done, false)),
        Record::Referral(it) => Some((it.on, false)),
        Record::Consent(it) => Some((it.on, false)),
        Record::Flag(it) => Some((it.on, false)),
        Record::Enrolment(it) => Some((it.from, false)),
        Record::Allocation(it) => Some((it.from, false)),
        Record::Batch(it) => Some((it.on, false)),
        Record::Decision(it) => Some((it.on, false)),
        Record::Case(it) => Some((it.opened, false)),
        Record::Profile(_)
        | Record::Tutor(_)
        | Record::Calendar(_)
        | Record::Mapping(_)
        | Record::Student(_)
        | Record::Attendance(_)
        | Record::Waiver(_)
        | Record::SlotChoice(_)
        | Record::Ladder(_)
        | Record::Letter(_)
        | Record::Disclosure(_)
        | Record::Training(_)
        | Record::Absence(_)
        | Record::RoleTerm(_)
        | Record::DutyDone(_)
        | Record::Module(_)
        | Record::Tuning(_)
        | Record::SavedView(_)
        | Record::Engagement(_)
        | Record::Results(_)
        | Record::Alias(_) => None,
    }
}

proptest! {
    #[test]
    fn a_student_owns_all_of_their_records_and_no_day_is_odd(
        offset in 0_i64..4_000,
        place in 0_usize..50_000,
    ) {
        let today = day("2024-01-01") + chrono::Duration::days(offset);
        let demo = Demo::new(Scale::University, today);
        let records = demo.student(place);
        let Some(Record::Student(student)) = records.first() else { panic!("no student") };
        let ids: BTreeSet<_> = records.iter().map(Record::id).collect();
        prop_assert_eq!(ids.len(), records.len());
        for record in &records {
            prop_assert_eq!(record.owner(), Owner::Student(student.id));
            if let Some((on, may_lie_ahead)) = speaks_of(record) {
                let days = (today - on).num_days();
                let least = if may_lie_ahead { -40 } else { 0 };
                prop_assert!((least..1_300).contains(&days), "{} days ago", days);
            }
            if let Record::Meeting(meeting) = record {
                let attendance = records.iter().find_map(|it| {
                    let Record::Attendance(it) = it else { return None };
                    (it.meeting == meeting.id).then_some(it.outcome)
                });
                prop_assert_eq!(attendance == Some(Outcome::Planned), meeting.on >= today);
                prop_assert!(demo.year.calendars(&mut Dice::new("", 0)).any(|year|
                    year.span.holds(meeting.on) && year.is_working_day(meeting.on)));
            }
        }
    }

    #[test]
    fn two_years_meet_without_a_gap_on_any_day(offset in 0_i64..4_000) {
        let today = day("2024-01-01") + chrono::Duration::days(offset);
        let years: Vec<_> = Year::around(today).calendars(&mut Dice::new("", 0)).collect();
        prop_assert_eq!(shift_one(years[0].span.to), years[1].span.from);
        prop_assert!(years[1].span.holds(today) && years[0].year != years[1].year);
        prop_assert!(years.iter().all(|year| !year.example));
    }
}

fn shift_one(day: NaiveDate) -> NaiveDate {
    year::shift(day, 1)
}

fn points_v1() -> Card {
    toml::from_str(include_str!("../../../assets/cards/points-v1.toml")).unwrap()
}

/// The reasons of this card; cards of another shape know more.
fn told_by_the_card() -> BTreeSet<Rule> {
    let others = [
        Rule::FewInMonth,
        Rule::ShareOverdue,
        Rule::DeadlinesMissed,
        Rule::LastMinute,
        Rule::BelowPeers,
    ];
    Rule::iter().filter(|rule| !others.contains(rule)).collect()
}

#[test]
fn every_reason_is_told_while_most_tutees_are_fine_whatever_the_day() {
    for today in DAYS.map(day) {
        let demo = Demo::new(Scale::Tutor, today).judged(Some(points_v1()));
        let records = demo.records(|_, _| {});
        let weeks: Vec<_> = records.files().map(|file| weekly::weeks(file)).collect();
        let rule = |found: &Found| match found.look {
            Some(look) => Rule::from_code(look).unwrap(),
            None => Why::of_parts(found.why, found.numbers).unwrap().rule(),
        };
        let rules: BTreeSet<Rule> =
            weeks.iter().flatten().flat_map(|week| &week.found).map(rule).collect();
        assert_eq!(rules, told_by_the_card(), "{today}");
        let last: Vec<_> = weeks.iter().filter_map(|weeks| weeks.last()).collect();
        let on = last.iter().filter(|week| week.on).count();
        assert!((7..=12).contains(&on) && last.len() >= 22, "{today}: {on} of {}", last.len());
        assert!(last.iter().any(|week| week.too_little), "{today}");
        assert!(weeks.iter().any(|weeks| weeks.len() == 6), "{today}");
        let verdicts = records.files().flat_map(|file| &file.decisions).map(|it| it.verdict);
        let kinds: HashSet<_> = verdicts.map(|verdict| mem::discriminant(&verdict)).collect();
        assert_eq!(kinds.len(), 4, "{today}");
    }
}

#[test]
fn a_university_has_twenty_million_weekly_figures() {
    let demo = Demo::new(Scale::University, day(DAYS[0]));
    let figures = |record: &Record| {
        let Record::Engagement(it) = record else { return 0 };
        let active = it.kept.activity().map_or(0, |it| it.weeks().1.len());
        active + it.kept.attendance().map_or(0, |it| it.sessions().count())
    };
    let tens = [0, 1_111, 2_345, 4_999];
    let of_tens: usize = tens
        .iter()
        .flat_map(|ten| ten * 10..ten * 10 + 10)
        .flat_map(|it| demo.student(it))
        .map(|it| figures(&it))
        .sum();
    let all = of_tens * Scale::University.students() / 40;
    let promised = Scale::University.weekly_figures().unwrap();
    assert!((promised * 9 / 10..promised * 11 / 10).contains(&all), "{all}");
}
