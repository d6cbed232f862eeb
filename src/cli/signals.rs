//! `signals`: how far each source knows each module, and what is too old to say anything.

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
    let mut rows: Vec<Row> = known.iter().map(|known| row(records, known)).collect();
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

fn row(records: &Records, known: &Known) -> Row {
    let module = records.module(known.module).map_or("", |module| module.shown()).to_owned();
    let age: Age = known.age;
    Row {
        module,
        source: known.source.words(),
        as_of: known.as_of,
        days: known.days,
        age: age.words(),
        students: students(records, known.module, known.source),
    }
}

/// Of how many students a source knows anything in a module.
fn students(records: &Records, module: ModuleId, source: Source) -> usize {
    let about = |held: &&crate::domain::file::Held<crate::domain::engagement::Engagement>| {
        held.module == module && held.source == source
    };
    let known = |file: &&std::sync::Arc<crate::domain::file::StudentFile>| {
        file.engagements.iter().any(|held| about(&held))
    };
    records.files().filter(known).count()
}
