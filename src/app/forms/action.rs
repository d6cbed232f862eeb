//! The form of an action.

use super::{
    parts::{choice, commit, day, line, title},
    record::Which,
};
use crate::{
    app::{form::Form, model::Model, msg::Effect, popup::form::Errors},
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
    let edited = old.is_some();
    let input = old.unwrap_or_else(|| ActionInput {
        owner: Owner::Student.words().into(),
        ..ActionInput::default()
    });
    let done = day("done", "Done on", &input.done);
    Form::new(
        &title(model, "Action", student),
        vec![
            line("what", "What", &input.what),
            choice::<Owner>("owner", "Who", &input.owner),
            day("due", "Until", &input.due).hint("20 Oct, Friday, in 2 weeks; may stay empty"),
            if edited { done } else { done.hidden() },
        ],
    )
}

pub(super) fn submit(
    form: &Form,
    model: &mut Model,
    student: StudentId,
    which: Which<ActionId>,
) -> Result<Vec<Effect>, Errors> {
    let input = ActionInput {
        owner: form.value("owner"),
        what: form.value("what"),
        due: form.value("due"),
        done: form.value("done"),
    };
    commit(model, |context| match which {
        Which::New => action::add(context, student, &input),
        Which::Edit(id) => action::edit(context, student, id, &input),
    })
}
