//! `signals`: how far each source knows each module, and what is too old to say anything.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use serde::Serialize;

use super::{
    args::Signals,
    exit::Outcome,
    out::{Out, Table},
};
use crate::domain::{
    engagement::Source,
    fold::fold,
    freshness::{self, Age, Known},
    module::ModuleId,
    records::Records,
    word::Choice,
};

/// How far one source knows one module, as JSON.
#[derive(Serialize)]
struct Row {
    module: String,
    source: &'static str,
    as_of: NaiveDate,
    days: i64,
    age: &'static str,
    students: usize,
}

/// Lists every source of every module, with how old it is and of how many students it speaks.
///
/// # Errors
/// When the output cannot be written.
pub fn list(records: &Records, arguments: &Signals, today: NaiveDate, out: &mut Out) -> Outcome {
    let known = freshness::all(records, today);
    let students = students(records);
    let of = |known: &Known| students.get(&(known.module, known.source)).copied();
    let rows = known.iter().map(|known| row(records, known, of(known).unwrap_or_default()));
    let mut rows: Vec<Row> = rows.collect();
    rows.sort_by_key(|row| (fold(&row.module).into_owned(), row.source));
    if arguments.json {
        return out.json(&rows);
    }
    if rows.is_empty() {
        return out.text("No signals yet: `tutelage import signals` brings them.");
    }
    let mut table = Table::new(&["Module", "Source", "As of", "Days", "Age", "Students"]);
    for row in rows {
        let day = row.as_of.format("%-d %b %Y").to_string();
        let (days, students) = (row.days.to_string(), row.students.to_string());
        let age = row.age.to_owned();
        table.row([row.module, row.source.to_owned(), day, days, age, students]);
    }
    out.table(&table)
}

fn row(records: &Records, known: &Known, students: usize) -> Row {
    let module = records.module(known.module).map_or("", |module| module.shown()).to_owned();
    let age: Age = known.age;
    Row {
        module,
        source: known.source.words(),
        as_of: known.as_of,
        days: known.days,
        age: age.words(),
        students,
    }
}

/// Of how many students each source knows anything in each module.
fn students(records: &Records) -> HashMap<(ModuleId, Source), usize> {
    let mut students = HashMap::new();
    for file in records.files() {
        let known = file.engagements.iter().map(|held| (held.module, held.source));
        for place in known.collect::<HashSet<_>>() {
            *students.entry(place).or_default() += 1;
        }
    }
    students
}
