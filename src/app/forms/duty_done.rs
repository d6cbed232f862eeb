//! The form that marks a yearly or monthly duty of a tutor as done.

use super::{
    parts::{commit, day, known, line, name_of, tutor_names},
    record::Which,
};
use crate::{
    app::{form::Form, model::Model, msg::Effect, popup::form::Errors},
    domain::{
        duty_done::DutyDoneId,
        duty_key::DutyKey,
        tutor::TutorId,
        write::duty_done::{self, DutyDoneInput},
    },
};

pub(super) fn form(
    model: &Model,
    tutor: TutorId,
    duty: &DutyKey,
    which: Which<DutyDoneId>,
) -> Form {
    let old = match which {
        Which::Edit(id) => model.records.duty_done(id),
        Which::New => None,
    };
    let input = old.map_or_else(
        || DutyDoneInput {
            tutor: name_of(model, tutor),
            on: "today".into(),
            ..DutyDoneInput::default()
        },
        |old| DutyDoneInput::of(&model.records, old),
    );
    let mut duties = model.rules.policy.iter().flat_map(|policy| &policy.tutor_duties);
    let name = duties.find(|it| it.code == duty.code).map_or(&duty.code, |it| &it.name);
    Form::new(
        &format!("Done · {name}"),
        vec![
            day("on", "Done on", &input.on),
            known("tutor", "By", &input.tutor, tutor_names(&model.records)),
            line("note", "Remark", &input.note).hint("may stay empty"),
        ],
    )
}

pub(super) fn submit(
    form: &Form,
    model: &mut Model,
    duty: &DutyKey,
    which: Which<DutyDoneId>,
) -> Result<Vec<Effect>, Errors> {
    let input = DutyDoneInput {
        tutor: form.value("tutor"),
        on: form.value("on"),
        note: form.value("note"),
    };
    commit(model, |context| match which {
        Which::New => duty_done::add(context, duty, &input),
        Which::Edit(id) => duty_done::edit(context, id, &input),
    })
}
