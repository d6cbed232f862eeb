use chrono::Days;
use proptest::prelude::*;

use super::{course::year_of, *};
use crate::domain::{
    engagement::{Engagement, Source},
    id::Id,
    reading::{Fact, Held, ListedTask, Seen},
    record::Record,
    records::Records,
    signal::{EvidenceDay, Mark, Presence},
    student::StudentId,
    write::fixture::{Desk, day},
};

fn card() -> Card {
    crate::exchange::card::default_card().unwrap()
}

fn who(number: &str, email: &str, name: &str) -> Who {
    Who { number: number.into(), email: email.into(), name: name.into() }
}

fn named(name: &str) -> Who {
    who("", "", name)
}

/// A file about COMP1001 that was made on a day.
fn file(source: Source, made: &str, people: Vec<(Who, Vec<Fact>)>) -> Reading {
    let mut reading = Reading::new(source);
    reading.module = "COMP1001 Programming (2026/27)".into();
    reading.as_of = Some(day(made));
    reading.rows = u32::try_from(people.len()).unwrap();
    let seen = people.into_iter().zip(2..).map(|((who, facts), row)| Seen { row, who, facts });
    reading.people = seen.collect();
    reading
}

fn active(days: &[&str]) -> Vec<Fact> {
    days.iter().map(|on| Fact::Active(day(on))).collect()
}

fn log(made: &str, people: &[(&str, &[&str])]) -> Reading {
    let people = people.iter().map(|(name, days)| (named(name), active(days))).collect();
    file(Source::MoodleLog, made, people)
}

/// What is planned of one file, with its change.
struct Planned {
    plan: SignalPlan,
    change: Change,
}

impl std::ops::Deref for Planned {
    type Target = SignalPlan;

    fn deref(&self) -> &SignalPlan {
        &self.plan
    }
}

fn planned(desk: &mut Desk, reading: &Reading, wanted: &Wanted) -> Planned {
    let readings = std::slice::from_ref(reading);
    let SignalImport { mut plans, change } =
        plan(&mut desk.context(), readings, wanted, &card()).unwrap();
    Planned { plan: plans.remove(0), change }
}

/// Imports a file, after making sure that it can be undone.
fn import(desk: &mut Desk, reading: &Reading) -> Planned {
    let plan = planned(desk, reading, &Wanted::default());
    desk.apply(Ok(plan.change.clone()));
    plan
}

fn known(desk: &Desk, student: StudentId, source: Source) -> Engagement {
    let held = &desk.records.file(student).unwrap().engagements;
    held.iter().find(|held| held.source == source).unwrap().value.clone()
}

fn texts(plan: &SignalPlan) -> String {
    plan.remarks.iter().map(|remark| remark.text.as_str()).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_log_brings_the_module_the_days_and_the_day_it_was_made() {
    let mut desk = Desk::new();
    let reading = log("2026-11-16", &[("Aisha Rahman", &["2026-10-01", "2026-10-02"])]);
    let plan = import(&mut desk, &reading);
    assert_eq!((plan.new.len(), plan.counts.days, plan.new_module), (1, 2, true));
    let module = desk.records.modules().next().unwrap();
    assert_eq!((module.code.as_str(), module.title.as_str()), ("COMP1001", "Programming"));
    assert_eq!(module.starts, day("2026-09-28"), "the week of the earliest day");
    let activity = known(&desk, desk.aisha, Source::MoodleLog).kept.activity().unwrap();
    assert_eq!(activity.days(EvidenceDay(0), EvidenceDay(7)), 2);
    assert_eq!(module.date(activity.known().until()), Some(day("2026-11-16")));
    assert_eq!(desk.records.batches().next().unwrap().as_of, day("2026-11-16"));
}

#[test]
fn the_same_file_twice_changes_nothing() {
    let mut desk = Desk::new();
    let reading = log("2026-11-16", &[("Aisha Rahman", &["2026-10-01"])]);
    import(&mut desk, &reading);
    let plan = planned(&mut desk, &reading, &Wanted::default());
    assert!(plan.change.is_empty());
    assert_eq!((plan.unchanged.len(), plan.counts), (1, Counts::default()));
    let older = log("2026-11-09", &[("Aisha Rahman", &["2026-10-01"])]);
    assert!(planned(&mut desk, &older, &Wanted::default()).change.is_empty());
}

#[test]
fn a_newer_file_that_says_the_same_is_set_down_for_its_day() {
    let mut desk = Desk::new();
    let people = |made| {
        file(Source::MoodleParticipants, made, vec![(named("Aisha Rahman"), vec![Fact::Member])])
    };
    import(&mut desk, &people("2026-11-09"));
    let plan = import(&mut desk, &people("2026-11-16"));
    assert_eq!((plan.unchanged.len(), desk.records.batches().count()), (1, 2));
}

/// A log of Aisha alone, for a module on which Ben is as well.
fn log_without_ben(everyone: bool) -> (Desk, Reading) {
    let mut desk = Desk::new();
    let both = ["Ben O’Connor", "Aisha Rahman"].map(|name| (named(name), vec![Fact::Member]));
    let people = file(Source::MoodleParticipants, "2026-11-09", both.into());
    let wanted = Wanted { starts: Some(day("2026-09-28")), ..Wanted::default() };
    let plan = planned(&mut desk, &people, &wanted);
    desk.apply(Ok(plan.change));
    let mut log = log("2026-11-16", &[("Aisha Rahman", &["2026-10-01"])]);
    log.everyone = everyone;
    (desk, log)
}

fn logged(desk: &Desk, student: StudentId) -> Option<Engagement> {
    let held = &desk.records.file(student).unwrap().engagements;
    held.iter().find(|held| held.source == Source::MoodleLog).map(|held| held.value.clone())
}

#[test]
fn nothing_is_known_of_who_is_on_the_module_and_not_in_its_log() {
    let (mut desk, log) = log_without_ben(false);
    let plan = import(&mut desk, &log);
    assert_eq!(plan.members, Members { all: 2, named: 1 });
    let text = "one of your students on the module is not in the log: nothing is known of them";
    assert!(texts(&plan).contains(text), "{}", texts(&plan));
    assert!(logged(&desk, desk.aisha).is_some() && logged(&desk, desk.ben).is_none());
}

#[test]
fn who_is_not_in_a_log_of_everybody_was_not_online() {
    let (mut desk, log) = log_without_ben(true);
    let plan = import(&mut desk, &log);
    assert!(texts(&plan).contains("taken not to have been online"), "{}", texts(&plan));
    let module = desk.records.modules().next().unwrap();
    let activity = logged(&desk, desk.ben).unwrap().kept.activity().unwrap();
    assert_eq!(activity.known().until(), module.day(day("2026-11-16")));
    assert_eq!(activity.last(EvidenceDay::END), None);
    assert!(planned(&mut desk, &log, &Wanted::default()).change.is_empty());
}

#[test]
fn nobody_is_silent_by_a_log_in_which_somebody_cannot_be_told() {
    let hidden = |log: &mut Reading| log.hides = true;
    let loose = |log: &mut Reading| {
        let (row, facts) = (9, active(&["2026-10-02"]));
        log.people.push(Seen { row, who: named("B O'Connor"), facts });
    };
    let unread = |log: &mut Reading| {
        log.rejected.push(Rejected { row: 9, column: String::new(), reason: "is no day".into() });
    };
    let faults: [&dyn Fn(&mut Reading); 3] = [&hidden, &loose, &unread];
    for fault in faults {
        let (mut desk, mut log) = log_without_ben(true);
        fault(&mut log);
        let plan = import(&mut desk, &log);
        assert!(texts(&plan).contains("not everybody in it can be told"), "{}", texts(&plan));
        assert!(logged(&desk, desk.ben).is_none());
    }
}

#[test]
fn who_has_left_the_module_is_not_silent() {
    let (mut desk, mut log) = log_without_ben(true);
    log.people.push(Seen { row: 9, who: named("Ben O'Connor"), facts: vec![Fact::Left] });
    let plan = import(&mut desk, &log);
    assert_eq!((plan.members, texts(&plan)), (Members { all: 1, named: 1 }, String::new()));
    assert!(logged(&desk, desk.ben).is_none());
}

#[test]
fn a_list_of_activity_says_nothing_of_those_whom_it_does_not_name() {
    let (mut desk, mut list) = log_without_ben(true);
    (list.source, list.everyone) = (Source::Other, false);
    import(&mut desk, &list);
    let held = &desk.records.file(desk.ben).unwrap().engagements;
    assert!(held.iter().all(|held| held.kept.activity().is_none()));
}

#[test]
fn a_log_that_was_cut_to_its_last_days_says_nothing_of_the_days_before() {
    let mut desk = Desk::new();
    let late = log("2026-11-16", &[("Aisha Rahman", &["2026-11-10"]), ("Ben O'Connor", &[])]);
    let wanted = Wanted { starts: Some(day("2026-09-28")), ..Wanted::default() };
    let plan = planned(&mut desk, &late, &wanted);
    assert!(texts(&plan).contains("of the days before nothing is known"), "{}", texts(&plan));
    desk.apply(Ok(plan.change));
    let activity =
        |desk: &Desk| known(desk, desk.aisha, Source::MoodleLog).kept.activity().unwrap();
    assert!(!activity(&desk).covers(EvidenceDay(49)));
    let whole = log("2026-11-12", &[("Aisha Rahman", &["2026-09-29"]), ("Ben O'Connor", &[])]);
    let plan = import(&mut desk, &whole);
    assert!(!texts(&plan).contains("of the days before"), "{}", texts(&plan));
    assert!(activity(&desk).covers(EvidenceDay(49)));
}

#[test]
fn who_came_to_no_session_of_a_report_was_absent() {
    let mut desk = Desk::new();
    let members = [("Aisha Rahman", &[][..]), ("Ben O'Connor", &[])];
    import(&mut desk, &log("2026-11-16", &members));
    let (on, key) = (day("2026-11-12"), 600);
    let came = Fact::Session { on, key, presence: Presence::Present, compulsory: false };
    let mut report = file(Source::Teams, "2026-11-12", vec![(named("Aisha Rahman"), vec![came])]);
    report.held.push(Held { on, key, compulsory: false });
    let plan = import(&mut desk, &report);
    assert!(texts(&plan).contains("1 of your students’ absences"));
    let sessions = known(&desk, desk.ben, Source::Teams).kept.attendance().unwrap();
    assert_eq!(sessions.sessions().next().unwrap().presence, Presence::Absent);
    assert!(planned(&mut desk, &report, &Wanted::default()).change.is_empty());
}

#[test]
fn nobody_is_absent_while_a_guest_with_an_address_of_elsewhere_may_be_anybody() {
    let (on, key) = (day("2026-11-12"), 600);
    let came = vec![Fact::Session { on, key, presence: Presence::Present, compulsory: false }];
    let absent = |guest: Who, nobody: bool| {
        let (mut desk, _) = log_without_ben(false);
        let aisha = who("20481234", "ar1@example.ac.uk", "Aisha Rahman");
        let people = vec![(aisha, came.clone()), (guest.clone(), came.clone())];
        let mut report = file(Source::Teams, "2026-11-12", people);
        report.held.push(Held { on, key, compulsory: false });
        let mut wanted = Wanted::default();
        wanted.chosen.extend(nobody.then_some((guest, Chosen::Nobody)));
        let plan = planned(&mut desk, &report, &wanted);
        let doubted = texts(&plan).contains("one person came with no address of here");
        desk.apply(Ok(plan.change));
        let held = &desk.records.file(desk.ben).unwrap().engagements;
        let absent = held.iter().any(|held| held.source == Source::Teams);
        assert_eq!(doubted, !absent);
        absent
    };
    assert!(absent(who("", "zz9@example.ac.uk", "Zed Zero"), false), "an address of here");
    assert!(absent(who("", "ao1@staff.example.ac.uk", "A Okafor"), false), "a part of here");
    assert!(!absent(who("", "benny@mail.example", "Benny"), false), "an address of elsewhere");
    assert!(!absent(who("", "", "iPad"), false), "no address");
    assert!(absent(who("", "", "iPad"), true), "somebody says that it is nobody");
}

#[test]
fn people_who_are_not_of_this_profile_are_counted_and_left_out() {
    let mut desk = Desk::new();
    let days: &[&str] = &["2026-10-01"];
    let people =
        [("Aisha Rahman", days), ("Zed Zero", days), ("Zed Zero", days), ("Yi Yang", days)];
    let plan = import(&mut desk, &log("2026-11-16", &people));
    assert_eq!(plan.strangers, Strangers { people: 2, rows: 3 });
    assert_eq!(plan.change.students().len(), 1);
    let nobody = log("2026-11-16", &[("Zed Zero", days)]);
    let mut empty = Desk::new();
    assert!(planned(&mut empty, &nobody, &Wanted::default()).change.is_empty());
}

#[test]
fn a_student_is_known_by_number_e_mail_or_name_in_either_order() {
    let mut desk = Desk::new();
    for person in [
        who("20481234", "", "Somebody Else"),
        who("20481234/1", "", ""),
        named("RAHMAN, Aisha"),
        named("aisha rahman (Student)"),
    ] {
        let reading = file(Source::MoodleLog, "2026-11-16", vec![(person, vec![])]);
        let plan = planned(&mut desk, &reading, &Wanted::default());
        assert_eq!(plan.new, [desk.aisha]);
    }
}

#[test]
fn a_name_alone_counts_for_nothing_against_a_number_of_our_kind() {
    let mut desk = Desk::new();
    let ben = (who("20481235", "", "Ben O'Connor"), vec![]);
    let namesake = (who("20489999", "", "Aisha Rahman"), vec![]);
    let reading = file(Source::MoodleLog, "2026-11-16", vec![ben, namesake.clone()]);
    let plan = planned(&mut desk, &reading, &Wanted::default());
    assert_eq!((plan.new.len(), plan.strangers.people, plan.ambiguous.len()), (1, 1, 0));
    let alone = file(Source::MoodleLog, "2026-11-16", vec![namesake]);
    let plan = planned(&mut desk, &alone, &Wanted::default());
    assert_eq!(
        (plan.new.len(), plan.ambiguous.len()),
        (0, 1),
        "it may be a number of another kind"
    );
}

#[test]
fn what_fits_several_or_only_loosely_is_asked_once_and_remembered() {
    let mut desk = Desk::new();
    let other = desk.add("20481236", "Aisha", "Rahman");
    let people = [("Aisha Rahman", &[][..]), ("B O'Connor", &[])];
    let reading = log("2026-11-16", &people);
    let plan = planned(&mut desk, &reading, &Wanted::default());
    let asked: Vec<usize> = plan.ambiguous.iter().map(|it| it.candidates.len()).collect();
    assert_eq!(asked, [2, 1]);
    assert!(plan.change.is_empty());
    let mut wanted = Wanted::default();
    wanted.chosen.insert(named("Aisha Rahman"), Chosen::Student(other));
    wanted.chosen.insert(named("B O'Connor"), Chosen::Student(desk.ben));
    let plan = planned(&mut desk, &reading, &wanted);
    desk.apply(Ok(plan.change));
    let plan = planned(&mut desk, &reading, &Wanted::default());
    assert!(plan.ambiguous.is_empty() && plan.change.is_empty());
    assert!(desk.records.file(desk.aisha).unwrap().engagements.is_empty());
    wanted.chosen.insert(named("Aisha Rahman"), Chosen::Student(desk.aisha));
    let plan = planned(&mut desk, &reading, &wanted);
    desk.apply(Ok(plan.change));
    assert!(desk.records.file(other).unwrap().aliases.is_empty(), "a name means one student");
}

#[test]
fn two_people_whose_names_fit_one_student_are_asked_about() {
    let mut desk = Desk::new();
    let people = [("Rahman Aisha", &[][..]), ("Aisha Rahman", &[])];
    let plan = planned(&mut desk, &log("2026-11-16", &people), &Wanted::default());
    assert_eq!((plan.ambiguous.len(), plan.new.len()), (2, 0));
}

#[test]
fn grades_bring_pieces_marks_and_what_was_not_handed_in() {
    let mut desk = Desk::new();
    let mark = Mark::hundredths(5_500).unwrap();
    let facts = vec![Fact::Marked(0, mark), Fact::Handed(0, None), Fact::NotHanded(1)];
    let mut reading =
        file(Source::MoodleGrades, "2026-11-18", vec![(named("Aisha Rahman"), facts)]);
    for name in ["Essay", "Report"] {
        reading.tasks.push(ListedTask { name: name.into(), ..ListedTask::default() });
    }
    let wanted = Wanted {
        due: vec![("essay".into(), day("2026-10-30"))],
        weights: vec![("Report".into(), 6_000)],
        ..Wanted::default()
    };
    let plan = planned(&mut desk, &reading, &wanted);
    assert_eq!((plan.counts.marks, plan.counts.submissions, plan.counts.pieces), (1, 1, 2));
    assert!(texts(&plan).contains("until you say when they are due: Report"));
    desk.apply(Ok(plan.change));
    let module = desk.records.modules().next().unwrap();
    assert_eq!((module.tasks[0].due, module.tasks[1].weight), (Some(day("2026-10-30")), 6_000));
    let work = known(&desk, desk.aisha, Source::MoodleGrades).kept.work().unwrap();
    let made = module.day(day("2026-11-18"));
    let [essay, report] = work.entries() else { panic!() };
    assert!(essay.mark.unwrap().seen < module.weeks_before(day("2026-11-18")).day());
    assert_eq!((report.checked, work.marks_until()), (Some(made), made));
    reading.tasks.swap(0, 1);
    reading.people[0].facts =
        vec![Fact::Marked(1, mark), Fact::Handed(1, None), Fact::NotHanded(0)];
    assert!(planned(&mut desk, &reading, &Wanted::default()).change.is_empty(), "found by name");
}

#[test]
fn a_piece_keeps_the_day_that_was_set_and_the_reader_is_told() {
    let mut desk = Desk::new();
    let mut reading =
        file(Source::MoodleGrades, "2026-11-18", vec![(named("Aisha Rahman"), vec![])]);
    let due = Some(day("2026-10-30"));
    reading.tasks.push(ListedTask { name: "Essay".into(), due, ..ListedTask::default() });
    import(&mut desk, &reading);
    reading.tasks[0].due = Some(day("2026-11-06"));
    let plan = planned(&mut desk, &reading, &Wanted::default());
    assert!(plan.change.is_empty());
    assert!(texts(&plan).contains("Essay stays due on 30 Oct 2026; the file says 6 Nov 2026"));
}

#[test]
fn what_must_be_said_first_is_asked_for_by_its_field() {
    let mut desk = Desk::new();
    let mut reading = log("2026-11-22", &[("Aisha Rahman", &["2026-10-01"])]);
    let mut field = |reading: &Reading, wanted: &Wanted| {
        let readings = std::slice::from_ref(reading);
        plan(&mut desk.context(), readings, wanted, &card()).unwrap_err()[0].field
    };
    assert_eq!(field(&reading, &Wanted::default()), "as-of", "a day that lies ahead");
    (reading.as_of, reading.module) = (None, String::new());
    assert_eq!(field(&reading, &Wanted::default()), "module");
    let wanted = Wanted {
        module: Some("COMP1001".into()),
        due: vec![("Essay".into(), day("2026-10-30"))],
        ..Wanted::default()
    };
    assert_eq!(field(&reading, &wanted), "due");
}

#[test]
fn an_old_file_without_its_day_is_taken_to_know_no_more_than_it_tells() {
    let mut desk = Desk::new();
    let mut reading = log("2026-11-16", &[("Aisha Rahman", &["2026-10-01", "2026-11-02"])]);
    reading.as_of = None;
    let plan = planned(&mut desk, &reading, &Wanted::default());
    assert_eq!(plan.as_of, day("2026-11-02"));
    assert!(texts(&plan).contains("nothing in it is later than 2 Nov 2026"));
    reading.people[0].facts.push(Fact::Active(day("2026-11-18")));
    assert_eq!(planned(&mut desk, &reading, &Wanted::default()).as_of, day("2026-11-18"));
}

/// The same desk on the next day.
fn next_day(desk: &mut Desk) {
    desk.now.local = desk.now.local.checked_add_days(Days::new(1)).unwrap();
    desk.now.utc_ms += 24 * 60 * 60 * 1_000;
}

#[test]
fn what_hangs_on_the_day_a_file_was_made_is_not_taken_for_today() {
    let mark = Mark::hundredths(5_500).unwrap();
    let asked = |source: Source, facts: Vec<Fact>| {
        let mut desk = Desk::new();
        let mut reading = file(source, "2026-11-18", vec![(named("Aisha Rahman"), facts)]);
        reading.tasks.push(ListedTask { name: "Essay".into(), ..ListedTask::default() });
        reading.as_of = None;
        let readings = [reading];
        let planned = plan(&mut desk.context(), &readings, &Wanted::default(), &card());
        planned.is_err_and(|errors| errors[0].field == "as-of")
    };
    assert!(asked(Source::MoodleGrades, vec![]), "who has no mark yet");
    assert!(asked(Source::Other, vec![Fact::NotHanded(0)]));
    assert!(asked(Source::Other, vec![Fact::Marked(0, mark)]));
    assert!(!asked(
        Source::Other,
        vec![Fact::Handed(0, Some(day("2026-11-02"))), Fact::NotHanded(0)]
    ));
    assert!(!asked(Source::MoodleParticipants, vec![Fact::Member]));
}

#[test]
fn the_same_file_without_its_day_changes_nothing_the_next_day() {
    for (source, facts) in [
        (Source::MoodleLog, active(&["2026-11-20", "2026-11-21"])),
        (Source::MoodleParticipants, vec![Fact::Member]),
        (Source::Turnitin, vec![Fact::Handed(0, Some(day("2026-11-21")))]),
    ] {
        let mut desk = Desk::new();
        let mut reading = file(source, "2026-11-21", vec![(named("Aisha Rahman"), facts)]);
        reading.tasks.push(ListedTask { name: "Essay".into(), ..ListedTask::default() });
        reading.as_of = None;
        import(&mut desk, &reading);
        next_day(&mut desk);
        let again = planned(&mut desk, &reading, &Wanted::default());
        assert!(again.change.is_empty(), "{source:?}");
    }
}

#[test]
fn marks_of_a_year_belong_to_the_module_of_that_year() {
    let mut desk = Desk::new();
    let marks = |year: i32, made: &str| {
        let mark = Fact::Marked(0, Mark::hundredths(5_500).unwrap());
        let mut reading = file(Source::Sits, made, vec![(named("Aisha Rahman"), vec![mark])]);
        reading.tasks.push(ListedTask { name: "Module mark".into(), ..ListedTask::default() });
        reading.module = "COMP1001".into();
        reading.year = Some(year);
        reading
    };
    let starts = |desk: &Desk, plan: &SignalPlan| year_of(&desk.records, plan.module.starts);
    let plan = import(&mut desk, &marks(2025, "2026-07-31"));
    assert_eq!((plan.new_module, starts(&desk, &plan)), (true, 2025));
    let plan = import(&mut desk, &marks(2026, "2026-11-18"));
    assert_eq!((plan.new_module, starts(&desk, &plan)), (true, 2026));
    let plan = import(&mut desk, &marks(2025, "2026-11-18"));
    assert_eq!((plan.new_module, starts(&desk, &plan)), (false, 2025), "made later");
}

#[test]
fn an_absence_that_nobody_said_never_beats_a_presence_that_was_said() {
    let (mut desk, _) = log_without_ben(false);
    let (on, key) = (day("2026-11-12"), 600);
    let came = |name| {
        let came = Fact::Session { on, key, presence: Presence::Present, compulsory: false };
        (named(name), vec![came])
    };
    let older = file(Source::Teams, "2026-11-12", vec![came("Ben O'Connor")]);
    let mut newer = file(Source::Teams, "2026-11-19", vec![came("Aisha Rahman")]);
    newer.held.push(Held { on, key, compulsory: true });
    for report in [&older, &newer, &older] {
        import(&mut desk, report);
        let sessions = known(&desk, desk.ben, Source::Teams).kept.attendance().unwrap();
        assert_eq!(sessions.sessions().next().unwrap().presence, Presence::Present);
    }
}

#[test]
fn several_files_are_one_change_and_a_piece_is_named_once() {
    let mut desk = Desk::new();
    let people = || vec![(named("Aisha Rahman"), vec![])];
    let mut grades = file(Source::MoodleGrades, "2026-11-18", people());
    grades.tasks.push(ListedTask { name: "Essay".into(), ..ListedTask::default() });
    let mut other = grades.clone();
    other.module = "COMP1002".into();
    let log = log("2026-11-16", &[("Aisha Rahman", &["2026-10-01"])]);
    let due = vec![("Essay".into(), day("2026-10-30"))];
    let wanted = Wanted { due, ..Wanted::default() };
    let both = plan(&mut desk.context(), &[log.clone(), grades.clone()], &wanted, &card()).unwrap();
    assert_eq!((both.plans.len(), both.plans[1].new_module), (2, false));
    desk.apply(Ok(both.change));
    assert_eq!(desk.records.modules().next().unwrap().tasks[0].due, Some(day("2026-10-30")));
    let refused = |desk: &mut Desk, files: &[Reading], wanted: &Wanted| {
        plan(&mut desk.context(), files, wanted, &card()).unwrap_err()[0].field
    };
    assert_eq!(refused(&mut desk, &[grades.clone(), other.clone()], &wanted), "due");
    let wanted = Wanted { module: Some("COMP1001".into()), ..Wanted::default() };
    assert_eq!(refused(&mut desk, &[grades, other], &wanted), "module");
}

/// The columns, without their ids and imports.
fn columns(records: &Records) -> Vec<Engagement> {
    let nobody = [0; 16];
    let all = records.files().flat_map(|file| &file.engagements);
    let same = |held: &Engagement| Engagement {
        id: Id::from_bytes(nobody),
        batch: Id::from_bytes(nobody),
        module: Id::from_bytes(nobody),
        ..held.clone()
    };
    let mut all: Vec<Engagement> = all.map(|held| same(&held.value)).collect();
    all.sort_by_key(|held| (held.student, held.source));
    all
}

fn some_fact() -> impl Strategy<Value = Fact> {
    let on =
        (0_u64..60).prop_map(|days| day("2026-09-21").checked_add_days(Days::new(days)).unwrap());
    let mark = (0..=10_000_u16).prop_map(|it| Mark::hundredths(it).unwrap());
    let presence = prop::sample::select(&[Presence::Absent, Presence::Late, Presence::Present][..]);
    prop_oneof![
        Just(Fact::Member),
        Just(Fact::Repeating),
        on.clone().prop_map(Fact::Active),
        (on.clone(), 600..602_u16, presence, any::<bool>()).prop_map(
            |(on, key, presence, compulsory)| Fact::Session { on, key, presence, compulsory }
        ),
        (0..2_usize, prop::option::of(on.clone())).prop_map(|(piece, on)| Fact::Handed(piece, on)),
        (0..2_usize).prop_map(Fact::NotHanded),
        (0..2_usize, on.clone()).prop_map(|(piece, on)| Fact::Extended(piece, on)),
        (0..2_usize, mark).prop_map(|(piece, mark)| Fact::Marked(piece, mark)),
        (on, 0..=5_u8).prop_map(|(on, band)| Fact::Rated(on, band)),
    ]
}

fn some_file() -> impl Strategy<Value = Reading> {
    let source = prop::sample::select(
        &[
            Source::MoodleLog,
            Source::MoodleGrades,
            Source::MoodleParticipants,
            Source::Teams,
            Source::Attendance,
            Source::Other,
        ][..],
    );
    let name = prop::sample::select(&["Aisha Rahman", "Ben O'Connor", "Zed Zero"][..]);
    let people = prop::collection::vec((name, prop::collection::vec(some_fact(), 0..4)), 0..4);
    (source, 0..40_u64, people).prop_map(|(source, made, people)| {
        let people = people.into_iter().map(|(name, facts)| (named(name), facts)).collect();
        let mut reading = file(source, "2026-10-12", people);
        reading.as_of = day("2026-10-12").checked_add_days(Days::new(made));
        for name in ["Essay", "Report"] {
            reading.tasks.push(ListedTask { name: name.into(), ..ListedTask::default() });
        }
        reading
    })
}

fn all_in_order(files: &[Reading]) -> Vec<Engagement> {
    let mut desk = Desk::new();
    for reading in files {
        let starts = desk.records.modules().next().is_none().then(|| day("2026-09-28"));
        let plan = planned(&mut desk, reading, &Wanted { starts, ..Wanted::default() });
        desk.apply(Ok(plan.change));
        assert!(planned(&mut desk, reading, &Wanted::default()).change.is_empty());
    }
    columns(&desk.records)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_order_of_imports_does_not_matter(
        files in prop::collection::vec(some_file(), 1..5).prop_flat_map(|files| {
            (Just(files.clone()), Just(files).prop_shuffle())
        }),
    ) {
        let (one, other) = (all_in_order(&files.0), all_in_order(&files.1));
        prop_assert!(one == other);
    }

    #[test]
    fn undoing_every_import_brings_the_records_back(
        files in prop::collection::vec(some_file(), 1..4),
    ) {
        let mut desk = Desk::new();
        let values = |desk: &Desk| -> Vec<Record> {
            desk.records.all().into_iter().map(|(_, record)| record).collect()
        };
        let before = values(&desk);
        let mut done = Vec::new();
        for reading in &files {
            done.push(planned(&mut desk, reading, &Wanted::default()).change);
            desk.records.apply(done.last().unwrap()).unwrap();
        }
        for change in done.iter().rev() {
            let back = change.inverse(&desk.records).unwrap();
            desk.records.apply(&back).unwrap();
        }
        prop_assert!(values(&desk) == before);
    }
}
