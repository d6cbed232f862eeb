//! What the demo is for: whoever looks around, on whatever day, finds something in every pane.

use std::{
    collections::{BTreeMap, BTreeSet},
    ffi::OsString,
    fs,
};

use chrono::NaiveDate;
use rustix::process::Signal;
use tutelage::domain::{
    access::Viewer,
    alert::{Alert, AlertSettings, alerts},
    demo::{Demo, Scale},
    reason::{ReasonKind, Severity},
    search::Index,
    tutee::Scope,
};
use tutelage::exchange::card;

use crate::pty::Launch;

/// Term, July, New Year, a leap day, a Sunday.
const DAYS: [&str; 5] = ["2026-11-21", "2027-07-14", "2027-01-01", "2028-02-29", "2026-03-29"];

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn every_reason_and_severity_is_among_the_alerts_whatever_the_day() {
    for today in DAYS.map(day) {
        let demo = Demo::new(Scale::Tutor, today).judged(card::default_card());
        let records = demo.records(|_, _| {});
        let scope = Scope::of(&records);
        let rows = alerts(&records, None, &scope, AlertSettings::default(), today);
        let mut kinds: BTreeMap<ReasonKind, usize> = BTreeMap::new();
        let all = rows.iter().flat_map(|row| &row.reasons).map(|reason| reason.kind);
        // Ladders need a policy, and whether a planned meeting has just passed depends on the day.
        let always =
            |kind: &ReasonKind| !matches!(kind, ReasonKind::Ladder | ReasonKind::Unsettled);
        for kind in all.filter(always) {
            *kinds.entry(kind).or_default() += 1;
        }
        let (signals, others): (BTreeMap<_, _>, BTreeMap<_, _>) =
            kinds.into_iter().partition(|(kind, _)| kind.is_signal());
        assert!(others.len() == 5 && others.values().all(|many| *many >= 2), "{today}: {others:?}");
        assert!(signals.len() >= 10, "{today}: {signals:?}");
        let severities: BTreeSet<_> = rows.iter().map(Alert::severity).collect();
        assert_eq!(severities.len(), 3, "{today}: {severities:?}");
        assert_eq!(rows[0].severity(), Severity::Urgent);
        assert!((10..=22).contains(&rows.len()), "{today}: {} alerts", rows.len());
    }
}

#[test]
fn the_senior_tutor_of_the_demo_sees_the_whole_school() {
    let today = day(DAYS[0]);
    let demo = Demo::new(Scale::School, today).judged(card::default_card());
    let records = demo.records(|_, _| {});
    let scope = Scope::of(&records);
    let seen = records.files().filter(|file| scope.holds(&records, file, today)).count();
    assert_eq!(seen, Scale::School.students());
    let rows = alerts(&records, None, &scope, AlertSettings::default(), today);
    assert!((300..900).contains(&rows.len()), "{} alerts", rows.len());
}

#[test]
fn a_search_finds_names_of_every_script_and_words_of_notes() {
    let records = Demo::new(Scale::Tutor, day(DAYS[0])).records(|_, _| {});
    let index = Index::new(&records);
    let viewer = Viewer::of(&records).unwrap();
    for (query, least) in [("陈伟", 1), ("ليلى", 1), ("muller", 1), ("nguyen", 1), ("workshop", 2)]
    {
        let hits = index.find(&records, viewer, query, 10);
        assert!(hits.total >= least, "{query}: {}", hits.total);
    }
}

#[test]
#[ignore = "prints the demo for somebody to read"]
fn the_demo_is_printed() {
    let demo = Demo::new(Scale::Tutor, day(DAYS[0]));
    for student in demo.students() {
        println!("{}", serde_json::to_string_pretty(&student).unwrap());
    }
}

#[test]
fn two_words_open_the_demo_and_nothing_is_left_of_it() {
    let folder = tempfile::tempdir().unwrap();
    for (day, signal) in [("2026-11-21", None), ("2027-07-14", Some(Signal::TERM))] {
        let path = folder.path().to_str().unwrap();
        let mut program = Launch::command(env!("CARGO_BIN_EXE_tutelage"))
            .args(["--demo", "--today", day])
            .env("HOME", path)
            .env("TMPDIR", path)
            .size(120, 36)
            .start();
        program.see("Dr Amara Okafor").see("Semester 1, week 9");
        match signal {
            None => program.press("q"),
            Some(signal) => program.signal(signal),
        };
        program.wait("the shell's screen", |screen| !screen.alternate_screen());
        assert_eq!(program.exit_code(), signal.map_or(0, |_| 143));
        program.assert_restored();
        let left = fs::read_dir(folder.path()).unwrap();
        let left: Vec<_> = left.map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(left, Vec::<OsString>::new());
    }
}
