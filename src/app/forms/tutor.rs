//! The form of a tutor.

use super::{
    parts::{choice, commit, known, line},
    record::Which,
};
use crate::{
    app::{form::Form, model::Model, msg::Effect, popup::form::Errors},
    domain::{
        tutor::{Role, TutorId},
        word::Choice,
        write::tutor::{self, TutorInput},
    },
};

pub(super) fn form(model: &Model, which: Which<TutorId>) -> Form {
    let old = match which {
        Which::Edit(id) => model.records.tutor(id).map(TutorInput::of),
        Which::New => None,
    };
    let input = old.unwrap_or_else(|| TutorInput {
        role: Role::Tutor.words().into(),
        ..TutorInput::default()
    });
    let schools = model.records.tutors().map(|tutor| tutor.school.clone());
    Form::new(
        "Tutor",
        vec![
            line("name", "Name", &input.name).hint("with title, as it is to be printed"),
            choice::<Role>("role", "Role", &input.role),
            known("school", "School", &input.school, schools),
            line("email", "E-mail", &input.email),
            line("number", "Number", &input.number).hint("staff number or code; may stay empty"),
        ],
    )
}

pub(super) fn submit(
    form: &Form,
    model: &mut Model,
    which: Which<TutorId>,
) -> Result<Vec<Effect>, Errors> {
    let input = TutorInput {
        name: form.value("name"),
        email: form.value("email"),
        number: form.value("number"),
        school: form.value("school"),
        role: form.value("role"),
    };
    commit(model, |context| match which {
        Which::New => tutor::add(context, &input),
        Which::Edit(id) => tutor::edit(context, id, &input),
    })
}
