//! The form of a training that a tutor has attended.

use super::{
    parts::{choice, commit, day, known, line, name_of, tutor_names},
    record::Which,
};
use crate::{
    app::{form::Form, model::Model, msg::Effect, popup::form::Errors},
    domain::{
        policy::TutorWhat,
        training::{Course, TrainingId},
        tutor::TutorId,
        word::Choice,
        write::training::{self, TrainingInput},
    },
};

pub(super) fn form(
    model: &Model,
    tutor: TutorId,
    course: Course,
    which: Which<TrainingId>,
) -> Form {
    let old = match which {
        Which::Edit(id) => model.records.training(id),
        Which::New => None,
    };
    let input = old.map_or_else(
        || TrainingInput {
            tutor: name_of(model, tutor),
            course: course.words().to_owned(),
            on: "today".into(),
            ..TrainingInput::default()
        },
        |old| TrainingInput::of(&model.records, old),
    );
    Form::new(
        "Training",
        vec![
            known("tutor", "Tutor", &input.tutor, tutor_names(&model.records)),
            choice::<Course>("course", "Training", &input.course),
            day("on", "Attended on", &input.on),
            day("expires", "Counts until", &input.expires).hint(&expiry(model, course)),
            line("note", "Remark", &input.note),
        ],
    )
}

/// What the policy says of how long this training counts.
fn expiry(model: &Model, course: Course) -> String {
    let policy = model.rules.policy.as_ref();
    let found = policy.and_then(|policy| {
        policy.tutor_duties.iter().find_map(|duty| {
            let TutorWhat::Training { course: asked, months } = duty.what else { return None };
            let (months, cited) = (months.filter(|_| asked == course)?, policy.cited(&duty.clause));
            Some(format!("; {cited} asks for it again after {months} months"))
        })
    });
    format!("last day; empty if it does not run out{}", found.unwrap_or_default())
}

pub(super) fn submit(
    form: &Form,
    model: &mut Model,
    which: Which<TrainingId>,
) -> Result<Vec<Effect>, Errors> {
    let input = TrainingInput {
        tutor: form.value("tutor"),
        course: form.value("course"),
        on: form.value("on"),
        expires: form.value("expires"),
        note: form.value("note"),
    };
    commit(model, |context| match which {
        Which::New => training::add(context, &input),
        Which::Edit(id) => training::edit(context, id, &input),
    })
}
