//! The form that tells somebody about a student. The gate answers: what it lets out is recorded and copied,
//! what it refuses is said with its clause and with what would be needed.

use std::sync::Arc;

use super::parts::{beside, choice, from_files, known, line, title, tutor_names};
use crate::{
    app::{
        form::Form,
        model::Model,
        msg::{Effect, Private},
        popup::{Menu, Popup, form::Errors},
    },
    domain::{
        access::{Refusal, told},
        policy::{Content, How, RecipientKind},
        student::StudentId,
        word::Choice,
        write::{
            Context, WHOLE,
            disclosure::{self, Asked, DisclosureInput, Stopped},
        },
    },
};

pub(super) fn form(model: &Model, student: StudentId) -> Form {
    let records = &model.records;
    let consents = from_files(records, |file| file.consents.iter().map(|it| &it.recipient));
    let services = from_files(records, |file| file.referrals.iter().map(|it| &it.service));
    let steps = model.rules.policy.iter().flat_map(|policy| &policy.ladders);
    let helpers = steps.flat_map(|ladder| &ladder.steps).filter_map(|step| match &step.how {
        How::Tell(whom) => Some(whom.clone()),
        How::Contact(_) | How::Meeting => None,
    });
    let names = helpers.chain(consents).chain(services).chain(tutor_names(records));
    let purposes = from_files(records, |file| file.consents.iter().map(|it| &it.purpose));
    let usual = ["referral", "handover"].map(str::to_owned);
    Form::new(
        &title(model, "Pass on", student),
        vec![
            choice::<RecipientKind>("kind", "To", RecipientKind::Service.words())
                .hint("what the policy allows depends on who it is"),
            known("to", "By name", "", names).hint("as a consent would name them"),
            known("purpose", "For what", "", usual.into_iter().chain(purposes))
                .hint("in the words of the consent"),
            choice::<Content>("content", "What", Content::Fact.words()),
            line("what", "In short", "").hint("for the record of it; may stay empty"),
            line("risk", "Serious risk", "")
                .hint("why somebody is at serious risk: recorded with what was told")
                .hidden(),
        ],
    )
}

/// Asks why somebody is at serious risk once something has been written about it.
pub(super) fn refresh(form: &mut Form) {
    if form.field("risk").is_some_and(|field| !field.entry.raw().is_empty()) {
        form.show("risk", true);
    }
}

pub(super) fn submit(
    form: &Form,
    model: &mut Model,
    student: StudentId,
) -> Result<Vec<Effect>, Errors> {
    let input = DisclosureInput {
        kind: form.value("kind"),
        to: form.value("to"),
        purpose: form.value("purpose"),
        content: form.value("content"),
        what: form.value("what"),
        on: String::new(),
        risk: form.value("risk"),
    };
    let (records, rules) = (Arc::clone(&model.records), Arc::clone(&model.rules));
    let policy = rules.policy.as_deref();
    let mut context = Context { records: &records, now: model.now, ids: &mut model.ids };
    let asked = disclosure::read(&context, &input).map_err(beside)?;
    match disclosure::add(&mut context, policy, student, &input) {
        Ok(change) => {
            if let Some(file) = records.file(student) {
                let text = told(policy, (&records, file), asked.content, &asked.exit());
                model.outgoing = Some(Private(text));
            }
            Ok(vec![Effect::Commit(change)])
        }
        Err(Stopped::Gate(refusal)) => Err(refused(model, student, &asked, &refusal)),
        Err(Stopped::Fields(errors)) => Err(beside(errors)),
    }
}

/// Opens the menu of what can be done about a refusal, over the form that keeps what was typed.
pub(super) fn refused(
    model: &mut Model,
    student: StudentId,
    asked: &Asked,
    refusal: &Refusal,
) -> Errors {
    let to = if asked.to.is_empty() { asked.kind.words() } else { &asked.to };
    let consent = (student, Private(to.to_owned()), Private(asked.purpose.clone()));
    model.popups.push(Popup::Menu(Menu::refused(refusal, consent)));
    vec![(WHOLE, refusal.sentence())]
}
