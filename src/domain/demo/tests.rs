use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use strum::{IntoEnumIterator, VariantArray};

use super::{sketch::Story, *};
use crate::domain::{
    contact::Reply,
    flag::FlagKind,
    meeting::Outcome,
    module::ModuleId,
    note::{Confidentiality, LONGEST_NOTE, NotePart},
    record::{Kind, Owner},
    score::{Card, Evidence, Look, Peers, Rule, Score, Setting, look::look, score},
    signal::{Signals, WeekEnd},
    student::{KindOfStudy, Mode as StudyMode, Status, StudentId},
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
    let demo = Demo::new(Scale::School, day(DAYS[0]));
    let records = demo.records(|done, all| steps.push((done, all)));
    assert_eq!(steps, (1..=7).map(|step| (step, 7)).collect::<Vec<_>>());
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

/// What each student's modules come to at the end of a week, by a card.
fn scored(records: &Records, card: &Card, week: WeekEnd) -> BTreeMap<StudentId, Vec<Scored>> {
    let mut all: BTreeMap<(ModuleId, StudentId), Signals> = BTreeMap::new();
    for file in records.files() {
        let whole = file.engagements.iter().find_map(|it| it.attendance.as_ref());
        for it in file.engagements.iter().filter(|it| it.ratings.is_none()) {
            if records.module(it.module).is_some_and(|module| !module.code.is_empty()) {
                let signals = all.entry((it.module, it.student)).or_default();
                signals.activity = signals.activity.take().or(it.activity.clone());
                signals.work = signals.work.take().or(it.work.clone());
                signals.attendance = whole.cloned();
                signals.repeating |= it.repeating;
            }
        }
    }
    let evidence = |(module, signals): (ModuleId, &Signals)| {
        Evidence::new(signals, &records.module(module).unwrap().pieces(), week, 4)
    };
    let all: Vec<_> = all
        .iter()
        .map(|((module, it), signals)| (*module, *it, evidence((*module, signals))))
        .collect();
    let mut found: BTreeMap<StudentId, Vec<Scored>> = BTreeMap::new();
    for (module, student, mine) in &all {
        let near = all.iter().filter(|(of, ..)| of == module).map(|(.., it)| it);
        let circles = [Peers::of(near), Peers::of(all.iter().map(|(.., it)| it))];
        let peers = Peers::nearest(circles, card.alert.peers_at_least);
        let scored = (score(card, mine, &peers), look(card, mine, &peers));
        found.entry(*student).or_default().push(scored);
    }
    found
}

type Scored = (Score, Vec<Look>);

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
    let card: Card = toml::from_str(include_str!("../../../assets/cards/points-v1.toml")).unwrap();
    for today in DAYS.map(day) {
        let records = Demo::new(Scale::Tutor, today).records(|_, _| {});
        let week = WeekEnd(8);
        let found = scored(&records, &card, week);
        let all = || found.values().flatten();
        let mut rules: BTreeSet<Rule> =
            all().flat_map(|(it, _)| &it.reasons).map(|point| point.why.rule()).collect();
        rules.extend(all().flat_map(|(_, looks)| looks).map(|look| look.rule));
        assert_eq!(rules, told_by_the_card(), "{today}");
        let is_on = |(score, looks): &Scored| {
            !looks.is_empty() || score.alerts(&card, Setting::Standard, week)
        };
        let on = found.values().filter(|of| of.iter().any(is_on)).count();
        assert!((8..=12).contains(&on) && found.len() >= 22, "{today}: {on} of {}", found.len());
        let little = |of: &&Vec<Scored>| of.iter().all(|(score, _)| score.too_little);
        assert!(found.values().any(|of| little(&of)), "{today}");
    }
}

#[test]
fn a_university_has_twenty_million_weekly_figures() {
    let demo = Demo::new(Scale::University, day(DAYS[0]));
    let figures = |record: &Record| {
        let Record::Engagement(it) = record else { return 0 };
        let active = it.activity.as_ref().map_or(0, |it| it.weeks().1.len());
        active + it.attendance.as_ref().map_or(0, |it| it.sessions().len())
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
