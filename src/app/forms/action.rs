//! The form of an action.

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
        action::{ActionId, Owner},
        student::StudentId,
        word::Choice,
        write::action::{self, ActionInput},
    },
};

pub(super) fn form(model: &Model, student: StudentId, which: Which<ActionId>) -> Form {
    let file = model.records.file(student);
    let old = match which {
        Which::Edit(id) => file.and_then(|file| file.find(id)).map(|held| ActionInput::of(held)),
        Which::New => None,
    };
    let done = if old.is_some() { Done::Asked } else { Done::Hidden };
    let input = old.unwrap_or_else(begun);
    Form::new(&title(model, "Action", student), fields(&input, done))
}

/// Whether the form asks when it was done.
#[derive(Clone, Copy)]
pub(super) enum Done {
    Asked,
    Hidden,
}

/// What a new action begins with.
pub(super) fn begun() -> ActionInput {
    ActionInput { owner: Owner::Student.words().into(), ..ActionInput::default() }
}

/// The fields of an action, filled in.
pub(super) fn fields(input: &ActionInput, asks: Done) -> Vec<Field> {
    let done = day("done", "Done on", &input.done);
    vec![
        line("what", "What", &input.what),
        choice::<Owner>("owner", "Who", &input.owner),
        day("due", "Until", &input.due).hint("20 Oct, Friday, in 2 weeks; may stay empty"),
        match asks {
            Done::Asked => done,
            Done::Hidden => done.hidden(),
        },
    ]
}

/// What was typed.
pub(super) fn read(form: &Form) -> ActionInput {
    ActionInput {
        owner: form.value("owner"),
        what: form.value("what"),
        due: form.value("due"),
        done: form.value("done"),
    }
}

pub(super) fn submit(
    form: &Form,
    model: &mut Model,
    student: StudentId,
    which: Which<ActionId>,
) -> Result<Vec<Effect>, Errors> {
    let input = read(form);
    commit(model, |context| match which {
        Which::New => action::add(context, student, &input),
        Which::Edit(id) => action::edit(context, student, id, &input),
    })
}
