//! The form of a note.

use super::{
    parts::{choice, commit, confidentiality, day, text, title, usual},
    record::Which,
};
use crate::{
    app::{form::Form, model::Model, msg::Effect, popup::form::Errors},
    domain::{
        meeting::MeetingId,
        note::{Confidentiality, NoteId, NotePart},
        student::StudentId,
        word::Choice,
        write::note::{self, NoteInput},
    },
};

pub(super) fn form(
    model: &Model,
    student: StudentId,
    which: Which<NoteId>,
    meeting: Option<MeetingId>,
) -> Form {
    let file = model.records.file(student);
    let old = match which {
        Which::Edit(id) => file.and_then(|file| file.find(id)).map(|held| NoteInput::of(held)),
        Which::New => None,
    };
    let on = file.zip(meeting).and_then(|(file, id)| model.records.meeting(file, id));
    let input = old.unwrap_or_else(|| NoteInput {
        on: on.map_or_else(|| "today".into(), |meeting| super::parts::show(meeting.on)),
        part: NotePart::Discussion.words().into(),
        ..NoteInput::default()
    });
    let mut form = Form::new(
        &title(model, "Note", student),
        vec![
            day("on", "Of", &input.on),
            choice::<NotePart>("part", "Part", &input.part),
            confidentiality("confidentiality", &input.confidentiality, usual(model, Some(student))),
            text("text", "Note", &input.text),
        ],
    );
    refresh(&mut form);
    form.focus_on("text");
    form
}

/// Fact only takes no text; what was typed stays, and is said to be in the way.
pub(super) fn refresh(form: &mut Form) {
    let chosen = Confidentiality::from_words(&form.value("confidentiality"));
    let empty = form.field("text").is_none_or(|field| field.entry.raw().is_empty());
    form.show("text", chosen != Some(Confidentiality::FactOnly) || !empty);
}

pub(super) fn submit(
    form: &Form,
    model: &mut Model,
    student: StudentId,
    (which, meeting): (Which<NoteId>, Option<MeetingId>),
) -> Result<Vec<Effect>, Errors> {
    let file = model.records.file(student);
    let held = match which {
        Which::Edit(id) => file.and_then(|file| file.find(id)?.meeting),
        Which::New => meeting,
    };
    let input = NoteInput {
        on: form.value("on"),
        part: form.value("part"),
        confidentiality: form.value("confidentiality"),
        text: form.value("text"),
        meeting: held,
    };
    commit(model, |context| match which {
        Which::New => note::add(context, student, &input),
        Which::Edit(id) => note::edit(context, student, id, &input),
    })
}
