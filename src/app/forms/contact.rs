//! The form of a contact that is not a meeting.

use super::{
    parts::{choice, commit, day, line, title},
    record::Which,
};
use crate::{
    app::{
        form::{Field, Form},
        model::Model,
        msg::Effect,
        popup::form::Errors,
    },
    domain::{
        contact::{Channel, ContactId, Reply},
        student::StudentId,
        word::Choice,
        write::contact::{self, ContactInput},
    },
};

pub(super) fn form(model: &Model, student: StudentId, which: Which<ContactId>) -> Form {
    let file = model.records.file(student);
    let old = match which {
        Which::Edit(id) => file.and_then(|file| file.find(id)).map(|held| ContactInput::of(held)),
        Which::New => None,
    };
    let input = old.unwrap_or_else(begun);
    let mut form = Form::new(&title(model, "Contact", student), fields(&input));
    refresh(&mut form);
    form
}

/// What a new contact begins with.
pub(super) fn begun() -> ContactInput {
    ContactInput {
        on: "today".into(),
        channel: Channel::Email.words().into(),
        reply: Reply::Awaited.words().into(),
        ..ContactInput::default()
    }
}

/// The fields of a contact, filled in.
pub(super) fn fields(input: &ContactInput) -> Vec<Field> {
    vec![
        choice::<Channel>("channel", "By", &input.channel),
        day("on", "When", &input.on),
        line("about", "About", &input.about),
        choice::<Reply>("reply", "Outcome", &input.reply),
        day("replied", "Replied on", &input.replied),
    ]
}

/// What was typed.
pub(super) fn read(form: &Form) -> ContactInput {
    ContactInput {
        on: form.value("on"),
        channel: form.value("channel"),
        reply: form.value("reply"),
        replied: form.value("replied"),
        about: form.value("about"),
    }
}

/// Asks for the day of a reply only where there is one.
pub(super) fn refresh(form: &mut Form) {
    let replied = Reply::from_words(&form.value("reply")) == Some(Reply::Replied);
    form.show("replied", replied);
}

pub(super) fn submit(
    form: &Form,
    model: &mut Model,
    student: StudentId,
    which: Which<ContactId>,
) -> Result<Vec<Effect>, Errors> {
    let input = read(form);
    commit(model, |context| match which {
        Which::New => contact::add(context, student, &input),
        Which::Edit(id) => contact::edit(context, student, id, &input),
    })
}
