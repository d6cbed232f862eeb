//! The form of a term of office.

use super::{
    parts::{choice, commit, day, known, line, name_of, tutor_names},
    record::Which,
};
use crate::{
    app::{form::Form, model::Model, msg::Effect, popup::form::Errors},
    domain::{
        policy::TutorWhat,
        role_term::RoleTermId,
        tutor::{Role, TutorId},
        word::Choice,
        write::role_term::{self, RoleTermInput},
    },
};

pub(super) fn form(model: &Model, tutor: TutorId, which: Which<RoleTermId>) -> Form {
    let old = match which {
        Which::Edit(id) => model.records.role_term(id),
        Which::New => None,
    };
    let input = old.map_or_else(
        || RoleTermInput {
            tutor: name_of(model, tutor),
            role: Role::SeniorTutor.words().to_owned(),
            ..RoleTermInput::default()
        },
        |old| RoleTermInput::of(&model.records, old),
    );
    Form::new(
        "Term of office",
        vec![
            known("tutor", "Tutor", &input.tutor, tutor_names(&model.records)),
            choice::<Role>("role", "Role", &input.role),
            day("from", "From", &input.from),
            day("until", "Until", &input.until).hint(&length(model)),
            line("share", "Share of time", &input.share).hint("percent; may stay empty"),
            day("approved", "Approved on", &input.approved).hint("may stay empty"),
        ],
    )
}

/// What the policy says of how long a term is.
fn length(model: &Model) -> String {
    let policy = model.rules.policy.as_ref();
    let found = policy.and_then(|policy| {
        policy.tutor_duties.iter().find_map(|duty| {
            let TutorWhat::Term { years, .. } = &duty.what else { return None };
            Some(format!("; {} says {years} years", policy.cited(&duty.clause)))
        })
    });
    format!("last day{}", found.unwrap_or_default())
}

pub(super) fn submit(
    form: &Form,
    model: &mut Model,
    which: Which<RoleTermId>,
) -> Result<Vec<Effect>, Errors> {
    let input = RoleTermInput {
        tutor: form.value("tutor"),
        role: form.value("role"),
        share: form.value("share"),
        approved: form.value("approved"),
        from: form.value("from"),
        until: form.value("until"),
    };
    commit(model, |context| match which {
        Which::New => role_term::add(context, &input),
        Which::Edit(id) => role_term::edit(context, id, &input),
    })
}
