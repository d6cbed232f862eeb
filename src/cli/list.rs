//! `list`: the tutees, one a row.

use chrono::NaiveDate;
use serde::Serialize;

use super::{
    args::List,
    exit::{Failure, Outcome},
    out::{Out, Table},
};
use crate::domain::{
    alert::{AlertSettings, alert},
    file::StudentFile,
    fold::fold,
    obligation::Plan,
    records::Records,
    tutee::{Scope, Sort, Tutee},
};

/// What is said of a profile that is still empty.
pub(super) const NO_STUDENTS: &str =
    "No students yet: `tutelage import students FILE` brings a list.";

/// What is said where none of the students there are is meant.
pub(super) const NOBODY: &str = "Nobody. `tutelage list --all` shows every student.";

/// One row, as JSON.
#[derive(Serialize)]
struct Row {
    number: String,
    name: String,
    level: Option<u8>,
    programme: String,
    tutor: String,
    email: String,
    last_contact: Option<NaiveDate>,
    days: Option<i64>,
    alert: Option<&'static str>,
}

/// Prints the tutees whom the arguments ask for.
///
/// # Errors
/// When there is no such tutor, or the output cannot be written.
pub fn list(
    records: &Records,
    arguments: &List,
    (plan, settings): (Option<&Plan>, AlertSettings),
    today: NaiveDate,
    out: &mut Out,
) -> Outcome {
    let scope = scope(records, arguments)?;
    let words = fold(&arguments.text.join(" ")).into_owned();
    let wanted =
        |file: &StudentFile| scope.holds(records, file, today) && has(records, file, &words, today);
    let mut tutees: Vec<Tutee> = records
        .files()
        .filter(|file| wanted(file))
        .map(|file| {
            let alert = alert(records, plan, file, settings, today);
            Tutee::of(records, file, alert.and_then(|alert| alert.sign()), today)
        })
        .collect();
    tutees.sort_by(|a, b| a.before(b, Sort::Name));
    if arguments.json {
        let rows: Vec<Row> = tutees.into_iter().map(|it| row(records, it, today)).collect();
        return out.json(&rows);
    }
    if tutees.is_empty() {
        return out.text(if records.files().len() == 0 { NO_STUDENTS } else { NOBODY });
    }
    out.table(&table(records, tutees, &scope, today))
}

fn scope(records: &Records, arguments: &List) -> Outcome<Scope> {
    let Some(text) = &arguments.tutor else {
        return Ok(if arguments.all { Scope::All } else { Scope::of(records) });
    };
    let wanted = fold(text);
    let called = records.tutors().filter(|tutor| {
        fold(&tutor.name).contains(&*wanted) || tutor.number == *text || tutor.email == *text
    });
    match called.collect::<Vec<_>>().as_slice() {
        [one] => Ok(Scope::MyTutees(one.id)),
        [] => Err(Failure::refused("No tutor has this name, number or e-mail address.")),
        many => Err(Failure::refused(format!(
            "{} tutors can be meant: write more of the name, or the staff number.",
            many.len()
        ))),
    }
}

/// Whether each word is in the name, number or programme, or in the name of the tutor.
fn has(records: &Records, file: &StudentFile, words: &str, today: NaiveDate) -> bool {
    let student = &file.student;
    let name = &student.name;
    let programme = file.enrolment(today).map_or("", |enrolment| &enrolment.programme);
    let text = [
        &name.given,
        &name.family,
        &name.preferred,
        &student.number,
        programme,
        tutor_of(records, file, today),
    ]
    .join("\n");
    let text = fold(&text);
    words.split_whitespace().all(|word| text.contains(word))
}

/// The name of the tutor on this day; empty if there is none.
pub(super) fn tutor_of<'a>(records: &'a Records, file: &StudentFile, today: NaiveDate) -> &'a str {
    let allocation = file.allocation(today);
    allocation.and_then(|it| records.tutor(it.tutor)).map_or("", |tutor| &tutor.name)
}

fn row(records: &Records, tutee: Tutee, today: NaiveDate) -> Row {
    let file = records.file(tutee.student);
    Row {
        tutor: file.map_or("", |file| tutor_of(records, file, today)).to_owned(),
        email: file.map_or_else(String::new, |file| file.student.email.clone()),
        days: tutee.days(today),
        last_contact: tutee.reached,
        alert: tutee.severity.map(crate::domain::reason::Severity::words),
        number: tutee.number,
        name: tutee.name,
        level: tutee.level,
        programme: tutee.programme,
    }
}

fn table(records: &Records, tutees: Vec<Tutee>, scope: &Scope, today: NaiveDate) -> Table {
    let with_tutor = !matches!(scope, Scope::MyTutees(_));
    let mut heading = vec!["", "Number", "Name", "Level", "Days", "Programme"];
    heading.extend(with_tutor.then_some("Tutor"));
    let mut table = Table::new(&heading);
    for tutee in tutees {
        let days = tutee.days(today).map_or_else(|| "–".to_owned(), |days| days.to_string());
        let mut cells = vec![
            tutee.severity.map_or("", |severity| severity.sign()).to_owned(),
            tutee.number,
            tutee.name,
            tutee.level.map_or_else(String::new, |level| format!("L{level}")),
            days,
            tutee.programme,
        ];
        let file = records.file(tutee.student).filter(|_| with_tutor);
        cells.extend(file.map(|file| tutor_of(records, file, today).to_owned()));
        table.row(cells);
    }
    table
}
