//! The form that gives a student another tutor.

use super::parts::{commit_allocation, day, known, line, title, tutor_names};
use crate::{
    app::{form::Form, model::Model, msg::Effect, popup::form::Errors},
    domain::{
        student::StudentId,
        write::allocation::{self, AllocationInput},
    },
};

pub(super) fn form(model: &Model, student: StudentId) -> Form {
    let file = model.records.file(student);
    let held = file.and_then(|file| file.allocation(model.now.today()));
    let tutor = held.and_then(|held| model.records.tutor(held.tutor));
    let name = tutor.map(|tutor| tutor.name.as_str()).unwrap_or_default();
    Form::new(
        &title(model, "Tutor", student),
        vec![
            known("tutor", "Tutor", name, tutor_names(&model.records))
                .hint("name, number or “me”; empty ends the allocation"),
            day("from", "From", "today"),
            line("reason", "Why", "").hint("kept with the history; may stay empty"),
        ],
    )
}

pub(super) fn submit(
    form: &Form,
    model: &mut Model,
    student: StudentId,
) -> Result<Vec<Effect>, Errors> {
    let input = AllocationInput {
        tutor: form.value("tutor"),
        from: form.value("from"),
        reason: form.value("reason"),
    };
    commit_allocation(model, ("reason", &input.reason), |context| {
        allocation::allocate(context, student, &input)
    })
}
