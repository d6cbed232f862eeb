//! What the tests of all formats need: a file from text, and what was read of it as lines.

use std::fmt::Write as _;

use chrono::NaiveDate;

use super::{Reading, Refusal, Told};
use crate::{
    domain::{reading::Fact, word::Choice},
    exchange::list::List,
};

/// Today in the tests of formats.
pub(super) fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 22).unwrap()
}

/// What is known of a file of this name.
pub(super) fn told(file_name: &str) -> Told {
    Told::of_file(file_name, today())
}

/// Reads a file of this name about one module.
pub(super) fn read(file_name: &str, text: &str) -> Result<Reading, Refusal> {
    let mut readings = read_bytes(text.as_bytes(), &told(file_name))?;
    assert_eq!(readings.len(), 1);
    Ok(readings.remove(0))
}

/// Reads the bytes of a file.
pub(super) fn read_bytes(bytes: &[u8], told: &Told) -> Result<Vec<Reading>, Refusal> {
    super::read(&List::read(bytes).unwrap(), told)
}

/// Everything that was read, a line for each person, row and remark.
pub(super) fn lines(reading: &Reading) -> String {
    let mut lines = format!("{:?} {:?} {:?}\n", reading.source, reading.module, reading.as_of);
    for task in &reading.tasks {
        writeln!(lines, "task {:?} due {:?} weight {:?}", task.name, task.due, task.weight)
            .unwrap();
    }
    for held in &reading.held {
        writeln!(lines, "held {} at {} {}", held.on, held.key, held.compulsory).unwrap();
    }
    for seen in &reading.people {
        let who = &seen.who;
        let facts: Vec<String> = seen.facts.iter().map(fact).collect();
        let facts = facts.join("; ");
        writeln!(lines, "{}: {}|{}|{}: {facts}", seen.row, who.number, who.email, who.name)
            .unwrap();
    }
    for it in &reading.rejected {
        writeln!(lines, "rejected {} {}: {}", it.row, it.column, it.reason).unwrap();
    }
    for it in &reading.remarks {
        writeln!(lines, "remark {} {}: {}", it.row, it.column, it.text).unwrap();
    }
    lines
}

/// What is said of somebody, in short.
fn fact(fact: &Fact) -> String {
    match fact {
        Fact::Member => "member".to_owned(),
        Fact::Left => "left".to_owned(),
        Fact::Repeating => "repeating".to_owned(),
        Fact::Active(day) => format!("active {day}"),
        Fact::Session { on, key, presence, compulsory } => {
            let must = if *compulsory { " compulsory" } else { "" };
            format!("{} {on} {key}{must}", presence.words())
        }
        Fact::Handed(task, Some(day)) => format!("handed {task} {day}"),
        Fact::Handed(task, None) => format!("handed {task}"),
        Fact::NotHanded(task) => format!("not handed {task}"),
        Fact::Extended(task, day) => format!("extended {task} {day}"),
        Fact::Marked(task, mark) => format!("mark {task} {}", mark.as_hundredths()),
        Fact::Rated(day, band) => format!("rated {day} {band}"),
    }
}
