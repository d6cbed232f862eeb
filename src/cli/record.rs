//! `note`, `log meeting`, `undo` and `redo`: what changes records one step at a time.

use std::{
    io::{self, IsTerminal},
    path::Path,
};

use super::{
    args,
    exit::{Failure, Outcome},
    session::{self, Session},
    who,
};
use crate::domain::{
    self,
    access::usual_level,
    note::{Confidentiality, NotePart},
    records::Records,
    student::StudentId,
    word::Choice,
    write::{
        self,
        group::GroupInput,
        meeting::{HeaderInput, MeetingInput, PartInput},
        note::{self, NoteInput},
    },
};

/// Writes a note whose text comes from standard input.
///
/// # Errors
/// When the student is unknown, or the note is refused or cannot be saved.
pub fn note(session: &mut Session, arguments: args::Note) -> Outcome {
    let mut profile = session.open()?;
    let today = session.today();
    let file = who::find(&profile.records, &arguments.student, today, &mut session.out)?;
    let student = file.student.id;
    let policy = session.policy(&profile.records);
    let usual = || usual_level(policy.as_ref(), Some(file), today).words().to_owned();
    let confidentiality = arguments.confidentiality.unwrap_or_else(usual);
    let input = NoteInput {
        on: arguments.on,
        part: arguments.part,
        text: text_for(&confidentiality, Some(Path::new("-")))?,
        confidentiality,
        meeting: None,
    };
    let change = profile.write(|context| note::add(context, student, &input))?;
    session.done(&mut profile, &session::saved(&change))
}

/// The text of a note. For a fact alone nobody is asked to type one; what comes all the same is refused
/// by the domain, not thrown away.
fn text_for(confidentiality: &str, path: Option<&Path>) -> Outcome<String> {
    let fact = Confidentiality::from_words(confidentiality) == Some(Confidentiality::FactOnly);
    match path {
        Some(path) if fact && path == Path::new("-") && io::stdin().is_terminal() => {
            Ok(String::new())
        }
        Some(path) => session::read_text(path),
        None => Ok(String::new()),
    }
}

/// Records a meeting: a 1-2-1 with one student, a group meeting with several.
///
/// # Errors
/// When a student is unknown, or the meeting is refused or cannot be saved.
pub fn meeting(session: &mut Session, arguments: args::LogMeeting) -> Outcome {
    let mut profile = session.open()?;
    let students = whom(session, &profile.records, &arguments.student)?;
    let missed = whom(session, &profile.records, &arguments.missed)?;
    if !missed.iter().all(|student| students.contains(student)) || students.len() < missed.len() {
        return Err(Failure::refused("--missed names somebody who is not among the students."));
    }
    let policy = session.policy(&profile.records);
    let first = students.first().and_then(|student| profile.records.file(*student));
    let usual = usual_level(policy.as_ref(), first.map(|file| &**file), session.today());
    let note = note_of(&arguments, usual)?;
    let header = HeaderInput {
        on: arguments.on,
        at: arguments.at,
        minutes: arguments.minutes,
        mode: arguments.mode,
        place: arguments.place,
        focus: arguments.focus,
    };
    let not_there = domain::meeting::Outcome::Missed.words();
    let outcome = |student: &StudentId| {
        if missed.contains(student) { not_there.to_owned() } else { arguments.outcome.clone() }
    };
    let change = if let [student] = students.as_slice() {
        let notes = note.into_iter().collect();
        let outcome = outcome(student);
        let input = MeetingInput { header, outcome, notes, done: Vec::new() };
        profile.write(|context| write::meeting::record(context, *student, &input))?
    } else {
        let register = students.iter().map(|student| (*student, outcome(student))).collect();
        let note = note.unwrap_or_else(|| PartInput::new(NotePart::Discussion));
        let input = GroupInput { header, register, note };
        profile.write(|context| write::group::record(context, &input))?
    };
    session.done(&mut profile, &session::saved(&change))
}

/// The students meant, each once.
fn whom(session: &mut Session, records: &Records, named: &[String]) -> Outcome<Vec<StudentId>> {
    let today = session.today();
    let mut students = Vec::with_capacity(named.len());
    for text in named {
        let id = who::find(records, text, today, &mut session.out)?.student.id;
        if !students.contains(&id) {
            students.push(id);
        }
    }
    Ok(students)
}

/// The note of a meeting, at the usual level unless another is named; none if neither text nor level is.
fn note_of(arguments: &args::LogMeeting, usual: Confidentiality) -> Outcome<Option<PartInput>> {
    let named = arguments.confidentiality.as_deref().filter(|level| !level.is_empty());
    if arguments.note.is_none() && named.is_none() {
        return Ok(None);
    }
    let confidentiality = named.unwrap_or(usual.words());
    let text = text_for(confidentiality, arguments.note.as_deref())?;
    let confidentiality = confidentiality.to_owned();
    Ok(Some(PartInput { confidentiality, text, ..PartInput::new(NotePart::Discussion) }))
}

/// Takes the last change back.
///
/// # Errors
/// When there is none, or a record has changed since.
pub fn undo(session: &mut Session) -> Outcome {
    let mut profile = session.open()?;
    let stamp = profile.stamp()?;
    let change = profile.store.undo(stamp)?;
    session.done(&mut profile, &format!("Taken back: {}.", change.label.words()))
}

/// Does the change again that was taken back last.
///
/// # Errors
/// When there is none, or a record has changed since.
pub fn redo(session: &mut Session) -> Outcome {
    let mut profile = session.open()?;
    let stamp = profile.stamp()?;
    let change = profile.store.redo(stamp)?;
    session.done(&mut profile, &format!("Done again: {}.", change.label.words()))
}
