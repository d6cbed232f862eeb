//! The form of a referral, and of the question how it went.

use super::{
    parts::{commit, day, from_files, known, line, text, title},
    record::Which,
};
use crate::{
    app::{form::Form, model::Model, msg::Effect, popup::form::Errors},
    domain::{
        referral::ReferralId,
        student::StudentId,
        write::referral::{self, ReferralInput},
    },
};

pub(super) fn form(model: &Model, student: StudentId, which: Which<ReferralId>) -> Form {
    let file = model.records.file(student);
    let old = match which {
        Which::Edit(id) => file.and_then(|file| file.find(id)).map(|held| ReferralInput::of(held)),
        Which::New => None,
    };
    let edited = old.is_some();
    let input = old.unwrap_or_else(|| ReferralInput {
        on: "today".into(),
        follow_up: "in 2 weeks".into(),
        ..ReferralInput::default()
    });
    let services = from_files(&model.records, |file| file.referrals.iter().map(|it| &it.service));
    let outcome = text("outcome", "How it went", &input.outcome);
    let outcome_on = day("outcome-on", "Said on", &input.outcome_on).hint("empty is today");
    let mut form = Form::new(
        &title(model, "Referral", student),
        vec![
            known("service", "To", &input.service, services)
                .hint("the service, for example Student Wellbeing Team"),
            day("on", "When", &input.on),
            line("reason", "Why", &input.reason).hint("in short; may stay empty"),
            day("follow-up", "Ask again", &input.follow_up)
                .hint("when to ask how it went; may stay empty"),
            if edited { outcome } else { outcome.hidden() },
            if edited { outcome_on } else { outcome_on.hidden() },
        ],
    );
    if edited && input.outcome.is_empty() {
        form.focus_on("outcome");
    }
    form
}

pub(super) fn submit(
    form: &Form,
    model: &mut Model,
    student: StudentId,
    which: Which<ReferralId>,
) -> Result<Vec<Effect>, Errors> {
    let input = ReferralInput {
        on: form.value("on"),
        service: form.value("service"),
        reason: form.value("reason"),
        follow_up: form.value("follow-up"),
        outcome: form.value("outcome"),
        outcome_on: form.value("outcome-on"),
    };
    commit(model, |context| match which {
        Which::New => referral::add(context, student, &input),
        Which::Edit(id) => referral::edit(context, student, id, &input),
    })
}
