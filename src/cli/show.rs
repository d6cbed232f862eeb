//! `show`: everything about one student, as text or as records.

pub(super) mod lines;

use std::sync::Arc;

use chrono::NaiveDate;
use serde::Serialize;

use super::{
    args,
    exit::Outcome,
    list::tutor_of,
    out::Out,
    session::{self, Session},
    who,
};
use crate::domain::{
    access::{Viewer, visible_to},
    file::StudentFile,
    record::Record,
    records::Records,
    time::show_day,
    timeline::{Filter, timeline},
    word::Choice,
};

/// A student as JSON: what one asks first, then all records that the viewer may see.
#[derive(Serialize)]
struct Shown<'a> {
    number: &'a str,
    name: String,
    programme: &'a str,
    level: Option<u8>,
    tutor: &'a str,
    records: Vec<Record>,
}

/// Prints what the viewer may see of a student. A look at notes that are for their author alone is recorded.
///
/// # Errors
/// When the student is unknown, the profile has no owner, or the output cannot be written.
pub fn show(session: &mut Session, arguments: &args::Show) -> Outcome {
    let today = session.today();
    let mut sight = session.look()?;
    let file = who::find(&sight.records, &arguments.student, today, &mut session.out)?;
    let file = Arc::clone(file);
    print(&sight.records, &file, arguments.json, today, &mut session.out)?;
    let mine = sight.records.me().map(|me| me.id);
    let own = file.notes.iter().filter(|note| Some(note.author) == mine);
    sight.record(own.map(|note| (note.student, note.id)))
}

fn print(
    records: &Records,
    file: &StudentFile,
    json: bool,
    today: NaiveDate,
    out: &mut Out,
) -> Outcome {
    let viewer = session::viewer(records)?;
    if json {
        let enrolment = file.enrolment(today);
        return out.json(&Shown {
            number: &file.student.number,
            name: file.student.name.shown(),
            programme: enrolment.map_or("", |it| &it.programme),
            level: enrolment.and_then(|it| it.level),
            tutor: tutor_of(records, file, today),
            records: visible(records, file, viewer),
        });
    }
    for line in head(records, file, today) {
        out.text(&line)?;
    }
    let entries = timeline(records, file, viewer, Filter::All, today);
    if entries.is_empty() {
        return out.text("\nNothing recorded yet.");
    }
    for entry in entries {
        if !entry.nested {
            out.text("")?;
        }
        for line in lines::of(records, file, &entry, today) {
            out.text(&line)?;
        }
    }
    Ok(())
}

fn visible(records: &Records, file: &StudentFile, viewer: Viewer) -> Vec<Record> {
    let own = file.records().into_iter().map(|(_, record)| record);
    let mut shown: Vec<Record> = own.filter(|record| visible_to(viewer, file, record)).collect();
    let groups = file.attendances.iter().filter_map(|held| records.group(held.meeting));
    shown.extend(groups.map(|meeting| meeting.clone().into()));
    shown
}

fn head(records: &Records, file: &StudentFile, today: NaiveDate) -> Vec<String> {
    let student = &file.student;
    let given = format!("{} {}", student.name.given, student.name.family);
    let full = (given.trim() != student.name.shown()).then(|| given.trim().to_owned());
    let mut head = vec![joined([
        Some(student.name.shown()),
        full,
        Some(student.number.clone()),
        Some(student.pronouns.clone()),
    ])];
    if let Some(it) = file.enrolment(today) {
        head.push(joined([
            it.level.map(|level| format!("L{level}")),
            it.stage.map(|stage| format!("year {stage}")),
            Some(it.programme.to_string()),
            Some(it.school.to_string()),
            Some(it.mode.words().to_owned()),
            Some(it.status.words().to_owned()),
        ]));
    }
    if let Some(allocation) = file.allocation(today) {
        let tutor = tutor_of(records, file, today);
        head.push(format!("Tutor {tutor} since {}", show_day(allocation.from, today)));
    }
    head.push(joined([Some(student.email.clone()), Some(student.phone.clone())]));
    if let Some(day) = student.under_18_until.filter(|day| *day > today) {
        head.push(format!("Under 18 until {}", show_day(day, today)));
    }
    head.retain(|line| !line.is_empty());
    head
}

fn joined<const N: usize>(parts: [Option<String>; N]) -> String {
    let parts: Vec<String> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    parts.join(" · ")
}
