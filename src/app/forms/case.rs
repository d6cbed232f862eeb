//! The form of a case: a Student Success Action Plan.

use super::{
    parts::{choice, commit, day, known, text, title, tutor_names},
    record::Which,
};
use crate::{
    app::{decide, form::Form, model::Model, msg::Effect, popup::form::Errors},
    domain::{
        case::{CaseId, Stage},
        reason::Reason,
        student::StudentId,
        write::case::{self, CaseInput},
    },
};

pub(super) fn form(model: &Model, student: StudentId, which: Which<CaseId>) -> Form {
    let file = model.records.file(student);
    let old = match which {
        Which::Edit(id) => file.and_then(|file| file.find(id)),
        Which::New => None,
    };
    let input = old.map_or_else(
        || CaseInput { why: because(model, student), owner: "me".into(), ..CaseInput::default() },
        |held| CaseInput::of(&model.records, held),
    );
    let mut fields = vec![
        text("why", "Why", &input.why).required(),
        known("owner", "Owner", &input.owner, tutor_names(&model.records)),
        text("plan", "Plan", &input.plan).hint("as agreed with the student; may stay empty"),
        day("review", "Review", &input.review).hint("when it is looked at again; may stay empty"),
    ];
    if old.is_some() {
        fields.insert(1, choice::<Stage>("stage", "Stage", &input.stage));
        fields.push(
            text("contributions", "Contributions", &input.contributions)
                .hint("a line each: 12 Nov Wellbeing Adviser: sees them weekly"),
        );
        fields
            .push(text("outcome", "Outcome", &input.outcome).hint("writing this closes the case"));
        fields.push(day("closed", "Closed on", &input.closed).hint("empty is today"));
    }
    let what = if old.is_some() { "Case" } else { "Open a case" };
    Form::new(&title(model, what, student), fields)
}

/// What speaks for a case: the reasons of the alert.
fn because(model: &Model, student: StudentId) -> String {
    let alert = decide::alert(model, student);
    let reasons = alert.map(|alert| alert.reasons.as_slice()).unwrap_or_default();
    reasons.iter().flat_map(Reason::in_full).collect::<Vec<_>>().join("\n")
}

pub(super) fn submit(
    form: &Form,
    model: &mut Model,
    student: StudentId,
    which: Which<CaseId>,
) -> Result<Vec<Effect>, Errors> {
    let input = CaseInput {
        why: form.value("why"),
        owner: form.value("owner"),
        stage: form.value("stage"),
        plan: form.value("plan"),
        review: form.value("review"),
        contributions: form.value("contributions"),
        outcome: form.value("outcome"),
        closed: form.value("closed"),
    };
    commit(model, |context| match which {
        Which::New => case::open(context, student, &input),
        Which::Edit(id) => case::edit(context, student, id, &input),
    })
}
