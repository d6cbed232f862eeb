//! `search`: every place where all words stand, and what stands around them.

use chrono::NaiveDate;
use serde::Serialize;

use super::{
    args,
    exit::Outcome,
    out::{Out, Table},
    session::{self, Session},
};
use crate::domain::{
    id::Id,
    record::Kind,
    records::Records,
    search::{Hit, Hits, Index},
    time::show_day,
};

/// How many places are printed as text.
const SHOWN: usize = 200;

/// One place, as JSON.
#[derive(Serialize)]
struct Found {
    number: String,
    name: String,
    kind: &'static str,
    id: String,
    on: Option<NaiveDate>,
    text: String,
}

/// Prints where the words stand. A look at notes that are for their author alone is recorded.
///
/// # Errors
/// When the profile has no owner, or the output cannot be written.
pub fn search(session: &mut Session, arguments: &args::Search) -> Outcome {
    let today = session.today();
    let mut sight = session.look()?;
    let viewer = session::viewer(&sight.records)?;
    let cap = if arguments.json { usize::MAX } else { SHOWN };
    let query = arguments.text.join(" ");
    let hits = Index::new(&sight.records).find(&sight.records, viewer, &query, cap);
    let notes = hits.first.iter().filter(|hit| hit.record.kind == Kind::Note);
    let notes: Vec<_> = notes.map(|hit| (hit.student, Id::from_bytes(hit.record.bytes))).collect();
    print(&sight.records, hits, arguments.json, today, &mut session.out)?;
    sight.record(notes)
}

fn print(records: &Records, hits: Hits, json: bool, today: NaiveDate, out: &mut Out) -> Outcome {
    let found = hits.first.into_iter().map(|hit| found(records, hit));
    if json {
        return out.json(&found.collect::<Vec<_>>());
    }
    let mut table = Table::new(&["Day", "Number", "Name", "What", "Text"]);
    for it in found {
        let day = it.on.map_or_else(String::new, |day| show_day(day, today));
        table.row([day, it.number, it.name, it.kind.to_owned(), it.text]);
    }
    if table.is_empty() {
        return out.text("Nothing found.");
    }
    out.table(&table)?;
    if hits.total > SHOWN {
        out.text(&format!("The first {SHOWN} of {}: more words find fewer.", hits.total))?;
    }
    Ok(())
}

fn found(records: &Records, hit: Hit) -> Found {
    let file = records.file(hit.student);
    Found {
        number: file.map_or_else(String::new, |file| file.student.number.clone()),
        name: file.map_or_else(String::new, |file| file.student.name.shown()),
        kind: hit.record.kind.one(),
        id: Id::<()>::from_bytes(hit.record.bytes).to_string(),
        on: hit.on,
        text: hit.snippet,
    }
}
