//! `note`, `log meeting`, `undo` and `redo`: what changes records one step at a time.

use std::path::Path;

use super::{
    args,
    exit::Outcome,
    session::{self, Session},
    who,
};
use crate::domain::{
    word::Choice,
    write::note::{self, NoteInput},
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
    let confidentiality = arguments.confidentiality.unwrap_or_default();
    let input = NoteInput {
        on: arguments.on,
        part: arguments.part,
        text: text_for(&confidentiality, Some(Path::new("-")))?,
        confidentiality,
        meeting: None,
    };
    let change = profile.write(|context| note::add(context, student, &input))?;
    session.out.text(&session::saved(&change))
}

/// The text of a note; none is read for a fact alone.
fn text_for(confidentiality: &str, path: Option<&Path>) -> Outcome<String> {
    use crate::domain::note::Confidentiality;
    let fact = Confidentiality::from_words(confidentiality) == Some(Confidentiality::FactOnly);
    match path {
        Some(path) if !(fact && path == Path::new("-")) => session::read_text(path),
        Some(_) | None => Ok(String::new()),
    }
}

/// Takes the last change back.
///
/// # Errors
/// When there is none, or a record has changed since.
pub fn undo(session: &mut Session) -> Outcome {
    let mut profile = session.open()?;
    let stamp = profile.stamp()?;
    let change = profile.store.undo(stamp)?;
    session.out.text(&format!("Taken back: {}.", change.label.words()))
}

/// Does the change again that was taken back last.
///
/// # Errors
/// When there is none, or a record has changed since.
pub fn redo(session: &mut Session) -> Outcome {
    let mut profile = session.open()?;
    let stamp = profile.stamp()?;
    let change = profile.store.redo(stamp)?;
    session.out.text(&format!("Done again: {}.", change.label.words()))
}
