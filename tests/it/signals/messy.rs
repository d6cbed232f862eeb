//! Files of others that break readers, and real exports: each ends in signals or in a refusal that says where.

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use tutelage::exchange::{
    list::List,
    signals::{self, Told},
};

use super::{read, said};

/// No file at hand may take longer, on a slow machine and without optimisation.
const PATIENCE: Duration = Duration::from_secs(20);

fn told(file: &Path) -> Told {
    let name = file.file_name().unwrap().to_string_lossy();
    Told::of_file(&name, "2026-11-22".parse().unwrap())
}

/// All files below a folder in the order of their paths; none where the folder is absent.
fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
        .into_iter()
        .flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] })
        .collect()
}

fn at_hand(folder: &str) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    files(&root.join(folder))
}

/// What a file ends in, in a few words.
fn ends(file: &Path) -> String {
    let bytes = fs::read(file).unwrap();
    let begun = Instant::now();
    let end = match read(&bytes, &told(file)) {
        Ok(readings) => readings.iter().fold(String::new(), |mut told, reading| {
            let people = reading.people.len();
            let facts: usize = reading.people.iter().map(|seen| seen.facts.len()).sum();
            writeln!(
                told,
                "{:?} {:?}: {people} people, {facts} facts, {} pieces, {} rows left out",
                reading.source,
                reading.module,
                reading.tasks.len(),
                reading.rejected.len()
            )
            .unwrap();
            for it in &reading.rejected {
                assert!(it.row > 0 && !it.reason.is_empty(), "{}: {it:?}", file.display());
            }
            told
        }),
        Err(refusal) => format!("{refusal}\n"),
    };
    assert!(begun.elapsed() < PATIENCE, "{} took {:?}", file.display(), begun.elapsed());
    end
}

#[test]
fn files_that_break_csv_readers_and_lists_of_students_end_in_signals_or_a_refusal() {
    let mut all = String::new();
    for file in at_hand("tests/data/messy/csv").iter().chain(&at_hand("tests/data/messy/lists")) {
        let name = file.file_name().unwrap().to_string_lossy();
        write!(all, "== {name}\n{}", ends(file)).unwrap();
    }
    insta::assert_snapshot!(all);
}

/// The folder that this repository is developed beside holds real exports; elsewhere it is absent.
#[test]
fn every_messy_file_at_hand_ends_in_signals_or_a_refusal_with_its_place() {
    let placed = ["Row ", "The file ", "The workbook ", "This is "];
    for file in at_hand("../shared/data/messy") {
        let end = ends(&file);
        let signals = end.contains(" people, ");
        let refused = placed.iter().any(|begin| end.starts_with(begin)) && end.ends_with(".\n");
        assert!(signals || refused, "{}: {end}", file.display());
        let columns = ["student number", "handed in", "mark", "name"].map(str::to_owned).to_vec();
        let read = read(&fs::read(&file).unwrap(), &Told { columns, ..told(&file) });
        let rows = read.iter().flatten().flat_map(|reading| &reading.rejected);
        assert!(rows.into_iter().all(|it| it.row > 0 && !it.reason.is_empty()));
    }
}

/// Real exports of one module: a log, a list of results, a list of activity, a list of students; names are hidden in all.
#[test]
fn real_logs_and_lists_of_a_moodle_site_are_read_or_refused_by_their_line() {
    let log: String = "Time,User full name,Affected user,Event context,Component,Event name,Description,Origin,IP address\n"
        .chars()
        .chain("\"27/06/17, 05:54\",-,-,Course: E-Commerce (S17 COMP 0382),System,Course viewed,x,web,192.0.2.3\n".chars())
        .collect();
    let refusal = read(log.as_bytes(), &told(Path::new("log.csv"))).unwrap_err().to_string();
    assert!(refusal.starts_with("Row 2, column 2: "), "{refusal}");

    let results = fs::read(
        at_hand("tests/data/messy/lists").iter().find(|file| file.ends_with("result.csv")).unwrap(),
    )
    .unwrap();
    let refusal = read(&results, &told(Path::new("result.csv"))).unwrap_err().to_string();
    assert!(refusal.starts_with("Row 1: "), "{refusal}");

    let pairs = ["CW1", "CW2", "ESE"].map(|header| (header.to_owned(), "mark".to_owned()));
    let columns = signals::map_labels(&List::read(&results).unwrap(), &pairs).unwrap();
    let readings = read(&results, &Told { columns, ..told(Path::new("result.csv")) }).unwrap();
    assert_eq!(
        readings[0].tasks.iter().map(|task| task.name.as_str()).collect::<Vec<_>>(),
        ["CW1", "CW2", "ESE"]
    );
    assert!(said(&readings).len() > 6);
}
