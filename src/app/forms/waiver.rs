//! The form of a waiver: why an obligation of the student need not be met.

use super::parts::{commit, text};
use crate::{
    app::{form::Form, model::Model, msg::Effect, popup::form::Errors},
    domain::{
        duty_key::DutyKey,
        student::StudentId,
        write::waiver::{self, WaiverInput},
    },
};

pub(super) fn form(model: &Model, student: StudentId, key: &DutyKey) -> Form {
    let name = super::slot::named(model, student, key);
    let file = model.records.file(student);
    let whose = file.map(|file| file.student.name.shown()).unwrap_or_default();
    let why = text("why", "Why", "").hint("it counts as waived as long as this stands");
    Form::new(&format!("Waive · {name} · {whose}"), vec![why.required()])
}

pub(super) fn submit(
    form: &Form,
    model: &mut Model,
    student: StudentId,
    key: &DutyKey,
) -> Result<Vec<Effect>, Errors> {
    let input = WaiverInput { why: form.value("why") };
    commit(model, |context| waiver::waive(context, student, key, &input))
}
