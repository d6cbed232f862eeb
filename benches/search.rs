//! Full-text search as somebody types, against a scan of the same text in one piece.

use std::{
    fs,
    path::Path,
    process::{Command, ExitStatus, Stdio},
};

use tutelage::domain::{access::Viewer, fold::fold, records::Records, search::Index};

use crate::{
    measure::{Against, Sheet, Times},
    world::World,
};

/// As many hits as the program shows.
const CAP: usize = 200;

/// A common word, two words, a name, and what is nowhere.
const TYPED: [&str; 4] = ["workshop", "hardship fund", "okonkwo", "zzzzz"];

pub fn run(world: &World, sheet: &mut Sheet) {
    let records = &*world.records;
    let viewer = Viewer::of(records).unwrap();
    let index = Index::read(records, viewer);
    let rounds = if records.files().len() > 10_000 { 1 } else { 5 };
    let queries: Vec<&str> = TYPED
        .iter()
        .flat_map(|text| (1..=text.len()).map(|end| text.get(..end).unwrap().trim_end()))
        .cycle()
        .take(TYPED.concat().len() * rounds)
        .collect();
    let found =
        Times::of(queries.len(), |round| index.find(records, viewer, queries[round], CAP).total);
    let text = tempfile::NamedTempFile::new_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    fs::write(text.path(), all_text(records)).unwrap();
    let scan = Times::of(queries.len(), |round| scan(&fold(queries[round]), text.path()));
    let against = |percent| Against {
        what: "rg -c (or grep -c) over the same text in one file",
        took: scan.within(percent).into(),
        at_most: Some(1.0),
    };
    sheet.row("search, a key, median", found.median(), &[against(50)]);
    sheet.row("search, a key, 95 of 100", found.within(95), &[against(95)]);
    let looked = Index::new(records);
    let before = Times::of(queries.len().min(12), |round| {
        looked.find(records, viewer, queries[round], CAP).total
    });
    sheet.row("search, a key, words not read yet", before.median(), &[]);
    let made = Times::of(3, |_| Index::read(records, viewer));
    sheet.row("words read, on a thread of its own", made.median(), &[]);
    let mut index = index;
    let fresh = Times::of(20, |_| index.refresh(records));
    sheet.row("index brought up to a change", fresh.median(), &[]);
}

/// Counts the lines with a text in them, as somebody at a shell would.
fn scan(words: &str, file: &Path) -> ExitStatus {
    let run = |program: &str| {
        let mut command = Command::new(program);
        command.args(["-c", "-F", "-e", words]).arg(file).env("LC_ALL", "C");
        command.stdout(Stdio::null()).status()
    };
    run("rg").or_else(|_| run("grep")).unwrap()
}

/// Everything that a search looks at, folded, in one piece.
fn all_text(records: &Records) -> String {
    let mut text = String::new();
    for file in records.files() {
        let texts = std::iter::once(file.student.name.shown())
            .chain(file.notes.iter().map(|it| it.text.clone()))
            .chain(file.meetings.iter().map(|it| it.focus.to_string()))
            .chain(file.actions.iter().map(|it| it.what.clone()))
            .chain(file.contacts.iter().map(|it| it.about.clone()))
            .chain(file.referrals.iter().map(|it| it.reason.clone()))
            .chain(file.flags.iter().map(|it| it.text.clone()));
        for line in texts {
            text.push_str(&fold(&line));
            text.push('\n');
        }
    }
    text
}
