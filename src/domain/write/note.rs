//! Writes, edits and deletes notes.

use super::{Context, FieldError, Written, clean, read::Reader};
use crate::domain::{
    change::Label,
    meeting::MeetingId,
    note::{Confidentiality, LONGEST_NOTE, Note, NoteId, NotePart},
    student::StudentId,
    word::Choice,
};

/// A note, as typed.
#[derive(Clone, Default)]
pub struct NoteInput {
    /// The day it speaks of; empty is today.
    pub on: String,
    /// Which part of the record, in words; empty is discussion and actions.
    pub part: String,
    /// Who may see it, in words; empty is tutor and senior tutor.
    pub confidentiality: String,
    /// The text; must be empty for *fact only*.
    pub text: String,
    /// The meeting it belongs to, if any.
    pub meeting: Option<MeetingId>,
}

impl NoteInput {
    /// The fields filled in from a note.
    #[must_use]
    pub fn of(note: &Note) -> Self {
        Self {
            on: note.on.format("%-d %b %Y").to_string(),
            part: note.part.words().to_owned(),
            confidentiality: note.confidentiality.words().to_owned(),
            text: note.text.clone(),
            meeting: note.meeting,
        }
    }
}

/// Writes a note.
///
/// # Errors
/// All that is wrong with the fields, or that the student is gone.
pub fn add(context: &mut Context<'_>, student: StudentId, input: &NoteInput) -> Written {
    context.file(student)?;
    let blank = Note {
        id: context.ids.fresh(),
        student,
        on: context.now.today(),
        meeting: None,
        part: NotePart::Discussion,
        confidentiality: Confidentiality::TutorAndSenior,
        text: String::new(),
        author: context.me()?,
    };
    let note = read(context, &blank, input)?;
    Ok(context.change(Label::WriteNote).put(note).build())
}

/// Edits a note. Actions made from its lines stay as they are.
///
/// # Errors
/// All that is wrong with the fields, that the note is gone, or that it is restricted to another author.
pub fn edit(
    context: &mut Context<'_>,
    student: StudentId,
    id: NoteId,
    input: &NoteInput,
) -> Written {
    let old = &context.held(student, id)?.value;
    if old.confidentiality == Confidentiality::Restricted && old.author != context.me()? {
        return Err(FieldError::whole("Only its author can edit this note."));
    }
    let note = read(context, old, input)?;
    Ok(context.change(Label::EditNote).put(note).build())
}

/// Deletes a note.
///
/// # Errors
/// When it is gone.
pub fn delete(context: &mut Context<'_>, student: StudentId, id: NoteId) -> Written {
    context.delete(Label::DeleteNote, student, id)
}

fn read(context: &Context<'_>, old: &Note, input: &NoteInput) -> Result<Note, Vec<FieldError>> {
    let mut reader = Reader::new(context.now);
    let on = reader.past_day_or_today("on", &input.on);
    let part = reader.choice("part", &input.part, NotePart::Discussion);
    let fields = Fields { text: "text", confidentiality: "confidentiality" };
    let (confidentiality, text) =
        read_body(&mut reader, fields, &input.confidentiality, &input.text);
    let fact = confidentiality == Confidentiality::FactOnly;
    if text.is_empty() && !fact && !reader.has_refused("confidentiality") {
        reader.refuse("text", "Write the note, or choose fact only.");
    }
    let meeting = input.meeting;
    reader.finish(Note { on, meeting, part, confidentiality, text, ..old.clone() })
}

/// The names of the two fields of a note.
#[derive(Clone, Copy)]
pub(super) struct Fields {
    /// Of the text.
    pub text: &'static str,
    /// Of the confidentiality.
    pub confidentiality: &'static str,
}

/// Reads a note's text with its confidentiality: fact only holds no text.
pub(super) fn read_body(
    reader: &mut Reader,
    fields: Fields,
    confidentiality: &str,
    text: &str,
) -> (Confidentiality, String) {
    let usual = Confidentiality::TutorAndSenior;
    let confidentiality = reader.choice(fields.confidentiality, confidentiality, usual);
    let text = clean::text(text);
    if text.len() > LONGEST_NOTE {
        let over = text.len() - LONGEST_NOTE;
        let message = format!("A note holds 64 KiB: move the last {over} bytes into another note.");
        reader.refuse(fields.text, message);
    }
    if confidentiality == Confidentiality::FactOnly && !text.is_empty() {
        let message = "Fact only keeps no text: take the text out or choose who may see it.";
        reader.refuse(fields.text, message);
    }
    (confidentiality, text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::write::fixture::Desk;

    fn input(confidentiality: &str, text: &str) -> NoteInput {
        NoteInput {
            confidentiality: confidentiality.into(),
            text: text.into(),
            ..NoteInput::default()
        }
    }

    #[test]
    fn a_note_is_written_edited_and_deleted() {
        let mut desk = Desk::new();
        let aisha = desk.aisha;
        let written = add(&mut desk.context(), aisha, &input("shared", "Settling in.\r\n"));
        desk.apply(written);
        let note = desk.records.file(aisha).unwrap().notes[0].value.clone();
        assert_eq!(note.text, "Settling in.");
        assert_eq!(note.confidentiality, Confidentiality::Shared);
        let written = edit(&mut desk.context(), aisha, note.id, &NoteInput::of(&note));
        assert!(desk.apply(written).is_empty());
        let written = delete(&mut desk.context(), aisha, note.id);
        desk.apply(written);
    }

    #[test]
    fn fact_only_keeps_no_text_and_everything_else_needs_one() {
        let mut desk = Desk::new();
        let aisha = desk.aisha;
        for (confidentiality, text) in [
            ("fact only", "but"),
            ("shared", " \u{202e} "),
            ("secret", ""),
            ("", "x\n".repeat(40_000).as_str()),
        ] {
            let input = input(confidentiality, text);
            assert_eq!(add(&mut desk.context(), aisha, &input).unwrap_err().len(), 1);
        }
        let written = add(&mut desk.context(), aisha, &input("fact only", ""));
        desk.apply(written);
    }
}
