//! The form of an absence: when a tutor is away, and who stands in.

use super::{
    parts::{commit, day, known, line, name_of, tutor_names},
    record::Which,
};
use crate::{
    app::{form::Form, model::Model, msg::Effect, popup::form::Errors},
    domain::{
        absence::AbsenceId,
        tutor::TutorId,
        write::absence::{self, AbsenceInput},
    },
};

pub(super) fn form(model: &Model, tutor: TutorId, which: Which<AbsenceId>) -> Form {
    let old = match which {
        Which::Edit(id) => model.records.absence(id),
        Which::New => None,
    };
    let input = old.map_or_else(
        || AbsenceInput {
            tutor: name_of(model, tutor),
            from: "today".into(),
            ..AbsenceInput::default()
        },
        |old| AbsenceInput::of(&model.records, old),
    );
    Form::new(
        "Absence",
        vec![
            known("tutor", "Who is away", &input.tutor, tutor_names(&model.records)),
            day("from", "From", &input.from),
            day("to", "To", &input.to).hint("last day; empty while nobody knows"),
            known("deputy", "Who stands in", &input.deputy, tutor_names(&model.records))
                .hint("may stay empty"),
            line("why", "Why", &input.why).hint("a word, such as leave; may stay empty"),
        ],
    )
}

pub(super) fn submit(
    form: &Form,
    model: &mut Model,
    which: Which<AbsenceId>,
) -> Result<Vec<Effect>, Errors> {
    let input = AbsenceInput {
        tutor: form.value("tutor"),
        from: form.value("from"),
        to: form.value("to"),
        why: form.value("why"),
        deputy: form.value("deputy"),
    };
    commit(model, |context| match which {
        Which::New => absence::add(context, &input),
        Which::Edit(id) => absence::edit(context, id, &input),
    })
}
