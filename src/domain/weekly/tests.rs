//! What the weekly run finds, and what it must never do.

use proptest::prelude::*;

use super::*;
use crate::{
    domain::{
        batch::{Batch, BatchId},
        decision::{Decision, Ground, Verdict},
        engagement::{Engagement, EngagementId, Kept, Source, Told},
        id::Id,
        module::{Module, Task},
        score::Why,
        signal::{Activity, Entry, Mark, Marked, Work},
        tutor::TutorId,
    },
    exchange::card::builtin,
    fixture::{Fixture, ago, day, today},
};

fn card() -> Card {
    builtin("points v1").unwrap()
}

fn id<T>(kind: u8, one: u8, two: u8) -> Id<T> {
    let mut bytes = [kind; 16];
    (bytes[1], bytes[2]) = (one, two);
    Id::from_bytes(bytes)
}

/// The module of this number: two of the same start, and 2, the programme as a whole, which starts a week before.
fn module(number: u8) -> Module {
    let task =
        |name: &str, due| Task { name: name.into(), due: Some(day(due)), closes: None, weight: 50 };
    Module {
        id: id(1, number, 0),
        code: if number == 2 { String::new() } else { format!("COMP100{number}") },
        title: String::new(),
        starts: day(if number == 2 { "2026-09-21" } else { "2026-09-28" }),
        tasks: if number == 2 {
            vec![]
        } else {
            vec![task("Quiz", "2026-10-16"), task("Essay", "2026-11-06")]
        },
    }
}

/// One file about one module.
#[derive(Debug, Clone)]
struct File {
    module: u8,
    source: Source,
    /// So many days ago it was made.
    made: u64,
    /// Of each student who is in it: active days since the start of the module, pieces handed in.
    rows: Vec<(u8, Vec<i16>, Vec<u16>)>,
}

/// That a student is on a module, and nothing else.
fn nothing(id: EngagementId, student: StudentId, module: ModuleId, source: Source) -> Engagement {
    let batch = BatchId::from_bytes([255; 16]);
    let repeating = false;
    Engagement { id, student, module, source, batch, kept: Kept::default(), repeating }
}

/// What the file adds to the records, and the run that goes with it.
fn import(records: &mut Records, students: &[StudentId], file: &File) {
    let module = module(file.module);
    let as_of = ago(file.made);
    let batch: BatchId =
        id(2, file.module, u8::try_from(file.made).unwrap() ^ (file.source as u8 * 32));
    let mut change = Builder::new(Label::ImportSignals, records);
    let until = module.day(as_of);
    change.push(Batch {
        id: batch,
        source: file.source,
        module: module.id,
        on: today(),
        as_of,
        rows: 1,
        students: 1,
    });
    for (who, days, pieces) in &file.rows {
        let Some(student) = students.get(usize::from(*who)) else { continue };
        let held = records.file(*student).unwrap();
        let id = id(3, who * 4 + file.module, file.source as u8);
        let mut known = held.find(id).map_or_else(
            || nothing(id, *student, module.id, file.source),
            |held| held.value.clone(),
        );
        if matches!(file.source, Source::MoodleLog | Source::Teams) {
            let mut activity = Activity::new(until);
            for day in days.iter().filter(|day| **day < until.0) {
                activity.add_day(crate::domain::signal::EvidenceDay(*day));
            }
            known.kept.edit(|told| match &mut told.activity {
                Some(known) => {
                    known.add_all(&activity);
                    known.know(activity.known());
                }
                none => *none = Some(activity),
            });
        } else if file.source == Source::MoodleGrades {
            let mut work = Work::new(until);
            for piece in pieces {
                let handed = module.pieces()[usize::from(*piece)].due;
                let mark =
                    Mark::hundredths(7_500).map(|mark| Marked { mark, seen: handed, read: until });
                work.add(Entry { handed: Some(handed), mark, ..Entry::new(*piece) });
            }
            known.kept.edit(|told| match &mut told.work {
                Some(known) => known.merge(&work),
                none => *none = Some(work),
            });
        }
        known.batch = batch.min(known.batch);
        change.push(known);
    }
    let change = change.build();
    records.apply(&change).unwrap();
    run_now(records, Some(&BTreeSet::from([module.id])));
}

fn run_now(records: &mut Records, modules: Option<&BTreeSet<ModuleId>>) -> Change {
    let held = records.counts().values().sum::<usize>();
    let mut ids = IdSource::new([u8::try_from(held % 251).unwrap(); 32]);
    let change = change(records, &card(), today(), &mut ids, modules);
    records.apply(&change).unwrap();
    change
}

/// Tutees of two tutors, the first of whom has two of three, and the modules.
fn world(count: u8) -> (Records, Vec<StudentId>) {
    let mut world = Fixture::new();
    let other: TutorId = world.tutor("Dr Ben Hill");
    for number in 0..3 {
        world.add(module(number));
    }
    let students = (0..count).map(|at| {
        let tutor = if at % 3 == 2 { other } else { world.me };
        world.tutee_of(tutor, &at.to_string(), &format!("Student {at}"), 4 + at % 2)
    });
    let students = students.collect();
    (world.records(), students)
}

fn latest(records: &Records, student: StudentId) -> Option<WeekResult> {
    weeks(records.file(student)?).last().map(|week| (*week).clone())
}

/// Nine students of one tutor, each online on these days and with these pieces, all in both files of one module.
fn class(rows: &[(Vec<i16>, Vec<u16>)]) -> (Records, Vec<StudentId>) {
    let (mut records, students) = world(u8::try_from(rows.len()).unwrap());
    let rows: Vec<_> =
        (0..).zip(rows).map(|(at, (days, pieces))| (at, days.clone(), pieces.clone())).collect();
    for source in [Source::MoodleLog, Source::MoodleGrades] {
        import(&mut records, &students, &File { module: 0, source, made: 1, rows: rows.clone() });
    }
    (records, students)
}

/// A student who does what is asked.
fn diligent() -> (Vec<i16>, Vec<u16>) {
    ((0..60).step_by(3).collect(), vec![0, 1])
}

#[test]
fn a_student_who_is_gone_is_found_with_points_and_looks_and_a_diligent_one_is_not() {
    let mut rows = vec![diligent(); 9];
    rows[4] = (vec![0, 3], vec![0]);
    let (records, students) = class(&rows);
    let gone = latest(&records, students[4]).unwrap();
    assert_eq!((gone.week, gone.from), (day("2026-11-09"), 5));
    assert!(gone.on && !gone.too_little);
    let words = |found: &&crate::domain::results::Found| {
        Why::of_parts(found.why, found.numbers).unwrap().to_string()
    };
    let points: Vec<String> =
        gone.found.iter().filter(|it| it.look.is_none()).map(|it| words(&it)).collect();
    assert_eq!(
        points,
        [
            "not online for 45 days",
            "2 active days in 7 weeks since the start; your group typically 17",
            "1 piece of work overdue and not handed in"
        ]
    );
    assert_eq!(gone.found.iter().filter(|it| it.look.is_some()).count(), 3);
    let fine = latest(&records, students[0]).unwrap();
    assert!(!fine.on, "{fine:?}");
}

#[test]
fn a_module_whose_sources_all_are_old_is_not_judged_any_more() {
    let (mut records, students) = world(9);
    let rows = (0..9).map(|at| (at, vec![0], vec![])).collect();
    import(&mut records, &students, &File { module: 0, source: Source::MoodleLog, made: 22, rows });
    assert!(students.iter().all(|student| latest(&records, *student).is_none()));
}

#[test]
fn who_is_silent_in_one_source_is_not_called_silent_while_another_source_of_theirs_lags() {
    let mut rows: Vec<_> = (0..9).map(|at| (at, diligent().0, vec![])).collect();
    rows[4].1 = vec![0, 3];
    let (mut records, students) = world(9);
    let log = File { module: 0, source: Source::MoodleLog, made: 1, rows: rows.clone() };
    import(&mut records, &students, &log);
    assert!(latest(&records, students[4]).unwrap().on);
    let also = |made: u64, days: Vec<i16>| {
        let mut records = records.clone();
        let rows = vec![(4, days, vec![])];
        import(&mut records, &students, &File { module: 0, source: Source::Teams, made, rows });
        latest(&records, students[4]).unwrap()
    };
    let lagging = also(15, vec![]);
    assert!(!lagging.on && lagging.found.is_empty(), "{lagging:?}");
    assert!(also(1, vec![]).on, "both know, and neither saw anything");
    // Of an old source the active days remain; how far it knew does not keep the other from knowing.
    let old = also(22, vec![20]);
    let words: Vec<String> =
        old.found.iter().map(|it| Why::of_parts(it.why, it.numbers).unwrap().to_string()).collect();
    assert_eq!(words.first().map(String::as_str), Some("not online for 28 days"), "{words:?}");
}

#[test]
fn who_is_exempt_is_neither_judged_nor_a_peer() {
    let mut rows = vec![(vec![], vec![0, 1]); 12];
    rows[0] = ((0..49).step_by(9).collect(), vec![0, 1]);
    rows[1..4].fill(diligent());
    let (mut records, students) = class(&rows);
    let before: Vec<_> =
        students.iter().map(|student| latest(&records, *student).unwrap()).collect();
    let tutor = records.me().unwrap().id;
    let mut change = Builder::new(Label::Exempt, &records);
    for (at, student) in (0..).zip(&students).skip(4) {
        change.push(Decision {
            id: id(7, at, 0),
            student: *student,
            verdict: Verdict::Exempt { from: ago(30), to: Some(ago(8)), ground: Ground::Placement },
            rule: String::new(),
            fingerprint: crate::domain::alert::Fingerprint::default(),
            why: String::new(),
            on: ago(30),
            tutor,
        });
    }
    let exempt = change.build();
    records.apply(&exempt).unwrap();
    run_now(&mut records, None);
    for (student, before) in students.iter().zip(&before).skip(4) {
        assert_eq!(latest(&records, *student).as_ref(), Some(before));
    }
    assert!(latest(&records, students[0]).unwrap().points > before[0].points);
}

#[test]
fn who_was_exempt_in_any_of_the_four_weeks_that_the_score_looks_at_is_not_judged() {
    let (records, students) = class(&vec![diligent(); 9]);
    let exempt = |from: u64, to: u64| {
        let mut records = records.clone();
        let (from, to) = (ago(from), Some(ago(to)));
        let decision = Decision {
            id: id(7, 0, 0),
            student: students[0],
            verdict: Verdict::Exempt { from, to, ground: Ground::Illness },
            rule: String::new(),
            fingerprint: crate::domain::alert::Fingerprint::default(),
            why: String::new(),
            on: from,
            tutor: records.me().unwrap().id,
        };
        let change = Builder::new(Label::Exempt, &records).put(decision).build();
        records.apply(&change).unwrap();
        let judged = preview(&records, &card(), today()).into_iter();
        judged.map(|(student, _)| student).collect::<Vec<_>>().contains(&students[0])
    };
    // The last week that is judged ended six days ago.
    assert!(!exempt(50, 33) && exempt(50, 34));
}

#[test]
fn the_same_run_again_changes_nothing() {
    let (mut records, _) = class(&vec![diligent(); 9]);
    assert!(run_now(&mut records, None).is_empty());
}

#[test]
fn another_threshold_or_due_day_brings_its_run_with_it_and_one_undo_takes_back_both() {
    let mut rows = vec![diligent(); 9];
    rows[4] = ((0..54).step_by(3).collect(), vec![0]);
    let (mut records, students) = class(&rows);
    let before = latest(&records, students[4]).unwrap();
    assert!(before.on, "one piece is overdue");
    let mut later = module(0);
    later.tasks[1].due = Some(day("2026-12-01"));
    let edit = Builder::new(Label::EditModule, &records).put(later).build();
    let mut ids = IdSource::new([8; 32]);
    let edit = carried(&records, edit, |_| Some(card()), today(), &mut ids);
    records.apply(&edit).unwrap();
    assert!(!latest(&records, students[4]).unwrap().on);
    let undo = edit.inverse(&records).unwrap();
    records.apply(&undo).unwrap();
    assert_eq!(latest(&records, students[4]), Some(before));
}

#[test]
fn what_a_module_is_called_judges_nobody_and_signals_judge_whom_they_touch() {
    let (records, students) = class(&vec![diligent(); 9]);
    let mut ids = IdSource::new([8; 32]);
    let named = Module { title: "Programming".into(), ..module(0) };
    let edit = Builder::new(Label::EditModule, &records).put(named).build();
    let unread = |_: Option<&Tuning>| -> Option<Card> { panic!("nothing asks for a run") };
    let carried_edit = carried(&records, edit.clone(), unread, today(), &mut ids);
    assert_eq!(carried_edit, edit);
    let file = records.file(students[4]).unwrap();
    let log = file.engagements.iter().find(|it| it.source == Source::MoodleLog).unwrap();
    let activity = Some(Activity::new(module(0).day(ago(1))));
    let kept = Told { activity, ..Told::default() }.into();
    let silent = Engagement { kept, ..log.value.clone() };
    let import = Builder::new(Label::ImportSignals, &records).put(silent).build();
    let import = carried(&records, import, |_| Some(card()), today(), &mut ids);
    let mut after = records.clone();
    after.apply(&import).unwrap();
    assert!(latest(&after, students[4]).unwrap().on);
    assert!(run_now(&mut after, None).is_empty());
    let again = carried(&records, import.clone(), unread, today(), &mut ids);
    assert_eq!(again, import, "what brings its results asks for none");
}

#[test]
fn modules_looked_at_alone_are_as_far_known_as_among_all() {
    let (mut records, students) = world(9);
    for (module, source, made) in [
        (0, Source::MoodleLog, 1),
        (0, Source::MoodleGrades, 22),
        (1, Source::Turnitin, 2),
        (2, Source::Teams, 9),
    ] {
        import(&mut records, &students, &File { module, source, made, rows: vec![] });
    }
    let all = Calendar::new(&records, today(), None);
    for number in 0..3 {
        let id = module(number).id;
        let alone = Calendar::new(&records, today(), Some(&BTreeSet::from([id])));
        let known = |calendar: &Calendar<'_>| {
            let old = [Source::MoodleLog, Source::MoodleGrades, Source::Turnitin, Source::Teams]
                .map(|source| calendar.is_old(id, source));
            (calendar.running(id).map(|it| (it.week, it.whole.map(|it| it.id))), old)
        };
        assert!(known(&all).0.is_some());
        assert_eq!(known(&alone), known(&all));
    }
}

#[test]
fn late_work_and_drops_stand_beside_and_are_not_scored() {
    let mut rows = vec![diligent(); 9];
    rows[4].0 = (0..42).collect();
    let (records, students) = class(&rows);
    let told = |at: usize| -> Vec<String> {
        let file = records.file(students[at]).unwrap();
        let asides = asides(&records, file, today());
        asides.into_iter().map(|(_, aside)| aside.to_string()).collect()
    };
    assert_eq!(told(0), Vec::<String>::new());
    assert_eq!(told(4), ["0 active days in the last week; 7 a week before"]);
}

fn file() -> impl Strategy<Value = File> {
    let row = (
        prop::collection::vec(-3..55_i16, 0..20),
        prop::sample::subsequence(vec![0_u16, 1], 0..=2),
    );
    let sources = vec![Source::MoodleLog, Source::MoodleGrades];
    (
        0..3_u8,
        prop::sample::select(sources),
        0..30_u64,
        prop::collection::btree_map(0..9_u8, row, 0..9),
    )
        .prop_map(|(module, source, made, rows)| {
            let source = if module == 2 { Source::MoodleLog } else { source };
            let rows = rows.into_iter().map(|(who, (days, pieces))| (who, days, pieces)).collect();
            File { module, source, made, rows }
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_order_of_imports_does_not_matter(
        (files, shuffled) in prop::collection::vec(file(), 1..7)
            .prop_flat_map(|files| (Just(files.clone()), Just(files).prop_shuffle())),
    ) {
        let (mut one, students) = world(9);
        let mut other = one.clone();
        for file in &files {
            import(&mut one, &students, file);
        }
        for file in &shuffled {
            import(&mut other, &students, file);
        }
        for student in &students {
            prop_assert_eq!(latest(&one, *student), latest(&other, *student));
        }
        // What only touched students were judged for is what a run over all finds.
        prop_assert!(run_now(&mut one, None).is_empty());
    }

    #[test]
    fn the_order_of_records_and_of_students_does_not_matter(
        files in prop::collection::vec(file(), 1..5),
        seed in any::<u8>(),
    ) {
        let (mut records, students) = world(9);
        for file in &files {
            import(&mut records, &students, file);
        }
        let mut all = records.all();
        let mut ids = IdSource::new([seed; 32]);
        all.sort_by_cached_key(|_| ids.fresh::<()>());
        let (gathered, _) = Records::gather(all);
        prop_assert_eq!(preview(&gathered, &card(), today()), preview(&records, &card(), today()));
    }

    #[test]
    fn a_late_import_never_rewrites_a_past_week(
        files in prop::collection::vec(file(), 1..6),
        late in file(),
    ) {
        let (mut records, students) = world(9);
        for file in &files {
            import(&mut records, &students, file);
        }
        let past = |records: &Records| -> Vec<Vec<(NaiveDate, u8, bool)>> {
            let of = |student: &StudentId| weeks(records.file(*student).unwrap()).into_iter().map(|week| (week.week, week.points, week.on)).collect();
            students.iter().map(of).collect()
        };
        let before = past(&records);
        import(&mut records, &students, &late);
        for (before, after) in before.into_iter().zip(past(&records)) {
            let kept = before.len().saturating_sub(1);
            prop_assert_eq!(&before[..kept], &after[..kept]);
        }
    }

    #[test]
    fn no_data_never_means_an_alert(files in prop::collection::vec(file(), 0..5)) {
        let (mut records, students) = world(9);
        for mut file in files {
            file.rows.retain(|(who, ..)| *who != 4);
            import(&mut records, &students, &file);
        }
        prop_assert_eq!(latest(&records, students[4]), None);
        // To be on the module and nothing else is no evidence either.
        let rows = vec![(4, vec![], vec![])];
        import(&mut records, &students, &File { module: 0, source: Source::MoodleParticipants, made: 0, rows });
        let found = latest(&records, students[4]);
        prop_assert!(found.is_none_or(|found| !found.on || found.found.iter().all(|it| it.look.is_none())));
    }

    #[test]
    fn more_missing_work_never_lowers_the_points(
        rows in prop::collection::vec((prop::collection::vec(0..50_i16, 0..20), prop::sample::subsequence(vec![0_u16, 1], 0..=2)), 9),
        who in 0..9_usize,
        piece in 0..2_u16,
    ) {
        let (records, students) = class(&rows);
        let handed = latest(&records, students[who]).unwrap();
        let mut missing = rows;
        missing[who].1.retain(|it| *it != piece);
        let (records, students) = class(&missing);
        let missing = latest(&records, students[who]).unwrap();
        prop_assert!(missing.points >= handed.points, "{missing:?} {handed:?}");
    }
}
