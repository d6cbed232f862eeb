//! The duties against the numbers of the five policies, and what must hold of them whatever is recorded.

use chrono::{Days, NaiveDate};
use proptest::prelude::*;

use super::*;
use crate::domain::{
    absence::Absence,
    calendar::Calendar,
    change::{Builder, Label},
    duty_done::DutyDone,
    id::{Id, IdSource},
    policy::{Rounding, Workload, example},
    record::{Record, Revision},
    role_term::RoleTerm,
    student::{Enrolment, KindOfStudy, Mode, Name, Status, Student},
    training::Training,
    tutor::Allocation,
};

const WESTMINSTER: Workload =
    Workload { base: 200, upto: 1000, per: 10, cap: 300, rounding: Rounding::Down };

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A policy with one duty.
fn policy(what: TutorWhat, role: Option<Role>) -> Policy {
    let duty = TutorDuty {
        code: "duty".into(),
        clause: "5".into(),
        name: "The duty".into(),
        role,
        what,
        why: String::new(),
    };
    Policy { tutor_duties: vec![duty], ..example::policy() }
}

/// One tutor with what is recorded of them.
#[derive(Debug)]
struct World {
    ids: IdSource,
    all: Vec<Record>,
    tutor: TutorId,
}

impl World {
    fn new(role: Role) -> Self {
        let mut ids = IdSource::new([9; 32]);
        let tutor = ids.fresh();
        let mut world = Self { ids, all: Vec::new(), tutor };
        world.add_tutor(tutor, "Dr Amara Okafor", role);
        let calendar = world.ids.fresh();
        world.all.push(Calendar::example(calendar, 2026).unwrap().into());
        world
    }

    fn add_tutor(&mut self, id: TutorId, name: &str, role: Role) {
        let school = "Computing".into();
        let (email, number) = (String::new(), String::new());
        self.all.push(Tutor { id, name: name.into(), email, number, school, role }.into());
    }

    /// A tutee since September; of another tutor if one is named.
    fn tutee(&mut self, level: Option<u8>) -> StudentId {
        let student = self.ids.fresh();
        let name = Name { given: "Ben".into(), ..Name::default() };
        self.all.push(
            Student {
                id: student,
                number: student.to_string(),
                name,
                pronouns: String::new(),
                email: String::new(),
                phone: String::new(),
                entry: None,
                new_entrant: None,
                under_18_until: None,
                placement_contacts: vec![],
                trusted_contacts: vec![],
            }
            .into(),
        );
        let enrolment = Enrolment {
            id: self.ids.fresh(),
            student,
            from: day("2026-09-21"),
            to: None,
            sequence: "".into(),
            programme: "".into(),
            programme_code: "".into(),
            school: "Computing".into(),
            second_discipline: "".into(),
            level,
            stage: None,
            mode: Mode::FullTime,
            kind: KindOfStudy::SingleHonours,
            status: Status::Enrolled,
        };
        self.all.push(enrolment.into());
        let allocation = self.allocation(student);
        self.all.push(allocation.into());
        student
    }

    fn allocation(&mut self, student: StudentId) -> Allocation {
        let (from, reason) = (day("2026-09-21"), String::new());
        Allocation { id: self.ids.fresh(), student, tutor: self.tutor, from, to: None, reason }
    }

    fn tutees(&mut self, levels: &[(u8, usize)]) {
        for (level, many) in levels {
            for _ in 0..*many {
                self.tutee(Some(*level));
            }
        }
    }

    fn away(&mut self, from: &str, to: Option<&str>) {
        let id = self.ids.fresh();
        let (from, to) = (day(from), to.map(day));
        self.all.push(
            Absence { id, tutor: self.tutor, from, to, why: String::new(), deputy: None }.into(),
        );
    }

    fn training(&mut self, course: Course, on: &str, expires: Option<&str>) {
        let (id, on, expires) = (self.ids.fresh(), day(on), expires.map(day));
        let note = String::new();
        self.all.push(Training { id, tutor: self.tutor, course, on, expires, note }.into());
    }

    fn term(&mut self, from: &str, until: &str) {
        let (id, from, until) = (self.ids.fresh(), day(from), day(until));
        let (role, share, approved) = (Role::SeniorTutor, 20, None);
        self.all
            .push(RoleTerm { id, tutor: self.tutor, role, share, approved, from, until }.into());
    }

    fn done(&mut self, year: i32, on: &str) {
        let (id, on, note) = (self.ids.fresh(), day(on), String::new());
        let duty = DutyKey { year, code: "duty".into() };
        self.all.push(DutyDone { id, duty, on, tutor: self.tutor, note }.into());
    }

    fn records(&self) -> Records {
        Records::gather(self.all.iter().map(|it| (Revision::FIRST, it.clone()))).0
    }

    fn state(&self, what: TutorWhat, today: &str) -> TutorDutyState {
        let found = tutor_duties(&policy(what, None), &self.records(), self.tutor, day(today));
        found.into_iter().next().unwrap()
    }
}

fn ljmu() -> TutorWhat {
    TutorWhat::Caseload { per_level: Some(10), total: Some(30) }
}

fn six_weeks() -> TutorWhat {
    TutorWhat::Absence { days: 42, within_term: true }
}

fn status(world: &World, what: TutorWhat, today: &str) -> DutyStatus {
    world.state(what, today).status
}

#[test]
fn hours_of_a_senior_tutor_are_those_of_westminster() {
    for (tutees, hours) in [
        (0, 200),
        (1_000, 200),
        (1_009, 200),
        (1_010, 201),
        (1_500, 250),
        (2_000, 300),
        (5_000, 300),
    ] {
        assert_eq!(WESTMINSTER.hours(tutees), hours, "{tutees}");
    }
    let nearest = Workload { rounding: Rounding::Nearest, ..WESTMINSTER };
    let up = Workload { rounding: Rounding::Up, ..WESTMINSTER };
    assert_eq!((nearest.hours(1_004), nearest.hours(1_005), up.hours(1_001)), (200, 201, 201));
}

#[test]
fn the_hours_of_a_senior_tutor_count_the_school_and_those_of_a_tutor_the_tutees() {
    let mut world = World::new(Role::SeniorTutor);
    world.tutees(&[(4, 2)]);
    let other = world.ids.fresh();
    world.add_tutor(other, "Dr Ben Ali", Role::Tutor);
    let mine = std::mem::replace(&mut world.tutor, other);
    world.tutees(&[(5, 3)]);
    world.tutor = mine;
    let hours = Workload { base: 2, upto: 2, per: 1, cap: 300, rounding: Rounding::Down };
    let evidence = |role| {
        let policy = policy(TutorWhat::Workload(hours), role);
        let found = tutor_duties(&policy, &world.records(), mine, day("2026-11-21"));
        found[0].evidence.clone()
    };
    assert!(evidence(None).starts_with("2 hours for 2 tutees"), "{}", evidence(None));
    let senior = evidence(Some(Role::SeniorTutor));
    assert!(senior.starts_with("5 hours for 5 students of the school"), "{senior}");
}

#[test]
fn ten_at_a_level_and_thirty_in_all_are_normal_and_one_more_is_over() {
    let mut world = World::new(Role::Tutor);
    world.tutees(&[(4, 10), (5, 10), (6, 10)]);
    let fine = world.state(ljmu(), "2026-11-21");
    assert_eq!(fine.status, DutyStatus::Fine);
    assert_eq!(fine.evidence, "30 of 30 in all, at most 10 of 10 at one level, level 6");
    assert_eq!((fine.clause.as_str(), fine.says.is_empty()), ("ASH 5", false));
    world.tutees(&[(4, 1)]);
    let over = world.state(ljmu(), "2026-11-21");
    assert_eq!(over.status, DutyStatus::Over(1));
    assert_eq!(over.evidence, "11 at level 4 where 10 are normal, 31 in all where 30 are normal");
}

#[test]
fn a_tutee_without_a_level_makes_a_full_level_unknown() {
    let mut world = World::new(Role::Tutor);
    world.tutees(&[(4, 10)]);
    world.tutee(None);
    let state = world.state(ljmu(), "2026-11-21");
    assert_eq!(state.status, DutyStatus::Unknown);
    assert!(state.evidence.ends_with("; 1 without a level"), "{}", state.evidence);
    let total = TutorWhat::Caseload { per_level: None, total: Some(30) };
    assert_eq!(status(&world, total, "2026-11-21"), DutyStatus::Fine);
}

#[test]
fn an_allocation_that_goes_over_is_said_and_one_that_does_not_is_silent() {
    let mut world = World::new(Role::Tutor);
    world.tutees(&[(4, 10)]);
    let tutee = world.tutee(Some(4));
    let Some(Record::Allocation(last)) = world.all.pop() else { panic!("an allocation") };
    let records = world.records();
    let mut change = Builder::new(Label::Allocate, &records);
    change.push(last);
    let change = change.build();
    let policy = policy(ljmu(), None);
    let today = day("2026-11-21");
    let said = overload(&policy, &records, &change, today);
    assert_eq!(said, ["Dr Amara Okafor would have 11 tutees at level 4; ASH 5 says 10."]);
    let free = Policy { tutor_duties: vec![], ..policy.clone() };
    assert!(overload(&free, &records, &change, today).is_empty());
    world.all.retain(|it| it.owner() != crate::domain::record::Owner::Student(tutee));
    world.all.pop();
    assert!(records.file(tutee).is_some());
}

#[test]
fn six_weeks_away_within_a_semester_ask_for_another_tutor_on_the_next_day() {
    let mut world = World::new(Role::Tutor);
    world.tutees(&[(4, 2)]);
    world.away("2026-10-05", None);
    assert_eq!(status(&world, six_weeks(), "2026-10-19"), DutyStatus::Upcoming(28));
    assert_eq!(status(&world, six_weeks(), "2026-11-15"), DutyStatus::Due(1));
    let state = world.state(six_weeks(), "2026-11-16");
    assert_eq!(state.status, DutyStatus::Over(1));
    assert_eq!(state.tutees.len(), 2);
    assert_eq!(
        state.evidence,
        "Away since 5 Oct, 43 days in Semester 1 where 42 are the most; 2 tutees need another tutor"
    );
}

#[test]
fn days_outside_a_semester_do_not_count_and_other_policies_count_every_day() {
    let mut world = World::new(Role::Tutor);
    world.tutees(&[(4, 1)]);
    // Semester 1 with its exams ends on 24 January, the second begins on 25 January.
    world.away("2026-12-21", Some("2027-02-28"));
    let state = world.state(six_weeks(), "2026-12-22");
    assert_eq!(state.status, DutyStatus::Fine, "{}", state.evidence);
    let four_weeks = TutorWhat::Absence { days: 28, within_term: false };
    assert_eq!(status(&world, four_weeks, "2026-12-22"), DutyStatus::Over(42));
    let mut summer = World::new(Role::Tutor);
    summer.tutees(&[(4, 1)]);
    summer.away("2027-06-21", Some("2027-08-31"));
    assert_eq!(status(&summer, six_weeks(), "2027-07-21"), DutyStatus::Fine);
}

#[test]
fn a_long_absence_is_known_before_it_begins_and_over_once_the_tutor_is_back() {
    let mut world = World::new(Role::Tutor);
    world.tutees(&[(4, 1)]);
    world.away("2026-10-05", Some("2026-11-20"));
    assert_eq!(status(&world, six_weeks(), "2026-10-01"), DutyStatus::Due(4));
    assert_eq!(status(&world, six_weeks(), "2026-10-05"), DutyStatus::Over(5));
    assert_eq!(status(&world, six_weeks(), "2026-11-21"), DutyStatus::Fine);
}

#[test]
fn two_absences_with_a_weekend_between_them_are_one() {
    let mut world = World::new(Role::Tutor);
    world.tutees(&[(4, 1)]);
    world.away("2026-10-05", Some("2026-10-30"));
    world.away("2026-11-02", Some("2026-11-20"));
    assert_eq!(status(&world, six_weeks(), "2026-11-20"), DutyStatus::Over(5));
}

#[test]
fn nobody_to_hand_over_and_no_calendar_are_said() {
    let mut world = World::new(Role::Tutor);
    world.away("2026-10-05", Some("2026-12-20"));
    let state = world.state(six_weeks(), "2026-10-06");
    assert_eq!(state.status, DutyStatus::Fine);
    assert!(state.evidence.ends_with("no tutees are left to hand over"));
    world.all.retain(|it| !matches!(it, Record::Calendar(_)));
    assert_eq!(status(&world, six_weeks(), "2026-10-06"), DutyStatus::Unknown);
}

#[test]
fn a_training_runs_out_by_its_own_day_or_by_the_policy_whichever_comes_first() {
    let first_aid =
        || TutorWhat::Training { course: Course::MentalHealthFirstAid, months: Some(36) };
    let mut world = World::new(Role::Tutor);
    assert_eq!(status(&world, first_aid(), "2026-11-21"), DutyStatus::Unknown);
    world.training(Course::Essential, "2026-10-01", None);
    assert_eq!(status(&world, first_aid(), "2026-11-21"), DutyStatus::Unknown);
    world.training(Course::MentalHealthFirstAid, "2023-12-01", None);
    let state = world.state(first_aid(), "2026-11-21");
    assert_eq!(state.status, DutyStatus::Due(9));
    assert_eq!(state.evidence, "Attended on 1 Dec 2023; it counts until 30 Nov.");
    assert_eq!(status(&world, first_aid(), "2026-12-01"), DutyStatus::Overdue(1));
    world.training(Course::MentalHealthFirstAid, "2026-11-01", Some("2027-10-31"));
    assert_eq!(status(&world, first_aid(), "2026-12-01"), DutyStatus::Fine);
    assert_eq!(status(&world, first_aid(), "2027-11-01"), DutyStatus::Overdue(1));
    let once = TutorWhat::Training { course: Course::Essential, months: None };
    assert_eq!(status(&world, once, "2036-11-01"), DutyStatus::Fine);
}

#[test]
fn the_term_of_office_reminds_six_three_and_one_month_before_its_end() {
    let three = || TutorWhat::Term { years: 3, remind: vec![6, 3, 1] };
    let mut world = World::new(Role::SeniorTutor);
    assert_eq!(status(&world, three(), "2026-11-21"), DutyStatus::Unknown);
    world.term("2024-08-01", "2027-07-31");
    assert_eq!(status(&world, three(), "2027-01-30"), DutyStatus::Fine);
    for (today, left, months) in [
        ("2027-01-31", 181, "6 months"),
        ("2027-04-29", 93, "6 months"),
        ("2027-04-30", 92, "3 months"),
        ("2027-06-30", 31, "1 month"),
        ("2027-07-31", 0, "1 month"),
    ] {
        let state = world.state(three(), today);
        assert_eq!(state.status, DutyStatus::Due(left), "{today}");
        assert!(state.evidence.contains(&format!("reminder {months} before")), "{today}");
    }
    assert_eq!(status(&world, three(), "2027-08-01"), DutyStatus::Overdue(1));
    world.term("2027-08-01", "2031-07-31");
    assert_eq!(status(&world, three(), "2027-07-01"), DutyStatus::Fine);
    let long = world.state(three(), "2027-09-01");
    assert!(long.evidence.ends_with("longer than 3 years."), "{}", long.evidence);
}

#[test]
fn a_yearly_duty_is_open_until_it_is_done_and_comes_back_every_year() {
    let may = || TutorWhat::Yearly { month: 5, day: 31 };
    let mut world = World::new(Role::SeniorTutor);
    assert_eq!(status(&world, may(), "2026-11-21"), DutyStatus::Upcoming(191));
    assert_eq!(status(&world, may(), "2027-05-01"), DutyStatus::Due(30));
    assert_eq!(status(&world, may(), "2027-06-02"), DutyStatus::Overdue(2));
    world.done(2026, "2027-05-03");
    let state = world.state(may(), "2027-06-02");
    assert_eq!((state.status, state.evidence.as_str()), (DutyStatus::Fine, "Done on 3 May."));
    assert_eq!(status(&world, may(), "2027-09-02"), DutyStatus::Upcoming(272));
    let october = TutorWhat::Yearly { month: 10, day: 31 };
    assert_eq!(status(&World::new(Role::Tutor), october, "2026-11-21"), DutyStatus::Overdue(21));
}

#[test]
fn a_monthly_duty_is_asked_for_in_months_with_teaching() {
    let mut world = World::new(Role::Tutor);
    let monthly = || TutorWhat::Monthly;
    let never = world.state(monthly(), "2026-11-21");
    assert_eq!(
        never.status,
        DutyStatus::Upcoming(9),
        "what was before the first record is not known"
    );
    assert_eq!(never.evidence, "Not done yet in November; none recorded.");
    world.done(2026, "2026-09-30");
    let missed = world.state(monthly(), "2026-11-21");
    assert_eq!(missed.status, DutyStatus::Overdue(21));
    assert_eq!(missed.evidence, "Not done in October 2026; last on 30 Sep.");
    world.done(2026, "2026-10-12");
    assert_eq!(status(&world, monthly(), "2026-11-21"), DutyStatus::Upcoming(9));
    assert_eq!(status(&world, monthly(), "2026-11-24"), DutyStatus::Due(6));
    world.done(2026, "2026-11-24");
    assert_eq!(status(&world, monthly(), "2026-11-24"), DutyStatus::Fine);
    world.done(2026, "2026-12-01");
    assert_eq!(status(&world, monthly(), "2027-07-15"), DutyStatus::Overdue(45));
    assert_eq!(status(&world, monthly(), "2030-07-15"), DutyStatus::Unknown);
}

#[test]
fn a_duty_binds_its_role_alone_and_a_senior_tutor_sees_what_presses_the_school() {
    let mut world = World::new(Role::SeniorTutor);
    let senior = world.tutor;
    let ben = world.ids.fresh();
    world.add_tutor(ben, "Dr Ben Ali", Role::Tutor);
    world.tutor = ben;
    world.tutees(&[(4, 12)]);
    let today = day("2026-11-21");
    let records = world.records();
    let caseload = policy(ljmu(), None);
    let seen = school_duties(&caseload, &records, senior, today);
    assert_eq!(seen.len(), 1);
    assert_eq!((seen[0].tutor, seen[0].status), (ben, DutyStatus::Over(2)));
    assert!(school_duties(&caseload, &records, ben, today).is_empty());
    let term = policy(TutorWhat::Term { years: 3, remind: vec![6] }, Some(Role::SeniorTutor));
    assert!(tutor_duties(&term, &records, ben, today).is_empty());
    assert_eq!(tutor_duties(&term, &records, senior, today).len(), 1);
    assert!(!format!("{seen:?}").contains("Ben"), "no names");
}

/// A world of any size with absences on any days.
fn any_world() -> impl Strategy<Value = World> {
    let absences = prop::collection::vec((0_u64..300, prop::option::of(0_u64..120)), 0..5);
    let tutees = prop::collection::vec(prop::option::of(3_u8..8), 0..24);
    (tutees, absences).prop_map(|(tutees, absences)| {
        let mut world = World::new(Role::Tutor);
        for level in tutees {
            world.tutee(level);
        }
        for (from, long) in absences {
            let from = day("2026-09-01") + Days::new(from);
            let to = long.map(|long| (from + Days::new(long)).to_string());
            world.away(&from.to_string(), to.as_deref());
        }
        world
    })
}

fn any_today() -> impl Strategy<Value = NaiveDate> {
    (0_u64..400).prop_map(|days| day("2026-09-01") + Days::new(days))
}

fn all_rules() -> Policy {
    let whats = [ljmu(), six_weeks(), TutorWhat::Absence { days: 28, within_term: false }];
    let duties = whats.into_iter().flat_map(|what| policy(what, None).tutor_duties).collect();
    Policy { tutor_duties: duties, ..example::policy() }
}

proptest! {
    #[test]
    fn more_tutees_never_lower_the_hours_and_never_pass_the_cap(tutees in 0_usize..9_000) {
        for rounding in [Rounding::Down, Rounding::Nearest, Rounding::Up] {
            let hours = Workload { rounding, ..WESTMINSTER };
            prop_assert!(hours.hours(tutees) <= hours.hours(tutees + 1));
            prop_assert!((200..=300).contains(&hours.hours(tutees)));
        }
    }

    #[test]
    fn one_more_day_of_absence_never_unflags(world in any_world(), today in any_today(), at in 0_usize..5) {
        let absences: Vec<usize> = (0..world.all.len())
            .filter(|at| matches!(&world.all[*at], Record::Absence(it) if it.to.is_some()))
            .collect();
        prop_assume!(!absences.is_empty());
        let mut longer = World { ids: IdSource::new([1; 32]), all: world.all.clone(), tutor: world.tutor };
        if let Record::Absence(absence) = &mut longer.all[absences[at % absences.len()]] {
            absence.to = absence.to.map(|to| to + Days::new(1));
        }
        let policy = all_rules();
        let pressing = |world: &World| -> Vec<bool> {
            let records = world.records();
            let loads = Loads::of(&records, world.tutor, today);
            let look = Look { policy: &policy, records: &records, loads: &loads, today };
            let tutor = records.tutor(world.tutor).unwrap();
            look.duties(tutor).iter().map(TutorDutyState::is_pressing).collect()
        };
        for (before, after) in pressing(&world).into_iter().zip(pressing(&longer)) {
            prop_assert!(!before || after);
        }
    }

    #[test]
    fn the_order_of_the_records_does_not_matter(world in any_world(), today in any_today(), seed in any::<u64>()) {
        let policy = all_rules();
        let before = tutor_duties(&policy, &world.records(), world.tutor, today);
        let mut turned = World { ids: IdSource::new([1; 32]), all: world.all.clone(), tutor: world.tutor };
        let by = usize::try_from(seed % 97).unwrap() % turned.all.len();
        turned.all.rotate_left(by);
        turned.all.reverse();
        prop_assert_eq!(before, tutor_duties(&policy, &turned.records(), world.tutor, today));
    }

    #[test]
    fn one_more_tutee_never_brings_a_caseload_down(world in any_world(), level in 3_u8..8) {
        let over = |world: &World| {
            let status = world.state(ljmu(), "2026-11-21").status;
            if let DutyStatus::Over(by) = status { by } else { 0 }
        };
        let before = over(&world);
        let mut more = World { ids: IdSource::new([1; 32]), all: world.all.clone(), tutor: world.tutor };
        more.tutee(Some(level));
        prop_assert!(before <= over(&more));
    }
}

#[test]
fn every_pack_is_applied_without_a_hole() {
    let mut world = World::new(Role::SeniorTutor);
    world.tutees(&[(4, 3)]);
    let records = world.records();
    for pack in crate::exchange::policy::BUILTIN {
        let policy = crate::exchange::policy::builtin(pack.code).unwrap();
        for state in tutor_duties(&policy, &records, world.tutor, day("2026-11-21")) {
            assert!(!state.evidence.is_empty() && !state.name.is_empty(), "{}", state.code);
            assert!(state.clause.len() > policy.cite.len(), "{}", state.code);
        }
    }
    let _: Id<Tutor> = world.tutor;
}
