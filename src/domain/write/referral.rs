//! Refers a student to a service, and notes how it went.

use super::{Context, FieldError, Written, read::Reader};
use crate::domain::{
    change::Label,
    referral::{Outcome, Referral, ReferralId},
    student::StudentId,
    time::Leaning,
};

/// A referral, as typed.
#[derive(Clone, Default)]
pub struct ReferralInput {
    /// When; empty is today.
    pub on: String,
    /// To which service.
    pub service: String,
    /// Why, in short.
    pub reason: String,
    /// When to ask how it went; may be empty.
    pub follow_up: String,
    /// How it went; empty until asked.
    pub outcome: String,
    /// When the student said so; empty is today.
    pub outcome_on: String,
}

impl ReferralInput {
    /// The fields filled in from a referral.
    #[must_use]
    pub fn of(referral: &Referral) -> Self {
        let show = |day: chrono::NaiveDate| day.format("%-d %b %Y").to_string();
        let outcome = referral.outcome.as_ref();
        Self {
            on: show(referral.on),
            service: referral.service.clone(),
            reason: referral.reason.clone(),
            follow_up: referral.follow_up.map(show).unwrap_or_default(),
            outcome: outcome.map(|outcome| outcome.text.clone()).unwrap_or_default(),
            outcome_on: outcome.map(|outcome| show(outcome.on)).unwrap_or_default(),
        }
    }
}

/// Refers a student.
///
/// # Errors
/// All that is wrong with the fields, or that the student is gone.
pub fn add(context: &mut Context<'_>, student: StudentId, input: &ReferralInput) -> Written {
    context.file(student)?;
    let blank = Referral {
        id: context.ids.fresh(),
        student,
        on: context.now.today(),
        service: String::new(),
        reason: String::new(),
        follow_up: None,
        outcome: None,
        tutor: context.me()?,
    };
    let referral = read(context, &blank, input)?;
    Ok(context.change(Label::Refer).put(referral).build())
}

/// Edits a referral.
///
/// # Errors
/// All that is wrong with the fields, or that the referral is gone.
pub fn edit(
    context: &mut Context<'_>,
    student: StudentId,
    id: ReferralId,
    input: &ReferralInput,
) -> Written {
    let old = &context.held(student, id)?.value;
    let label = match (&old.outcome, input.outcome.trim().is_empty()) {
        (None, false) => Label::FollowUp,
        _ => Label::EditReferral,
    };
    let referral = read(context, old, input)?;
    Ok(context.change(label).put(referral).build())
}

/// Deletes a referral.
///
/// # Errors
/// When it is gone.
pub fn delete(context: &mut Context<'_>, student: StudentId, id: ReferralId) -> Written {
    context.delete(Label::DeleteReferral, student, id)
}

fn read(
    context: &Context<'_>,
    old: &Referral,
    input: &ReferralInput,
) -> Result<Referral, Vec<FieldError>> {
    let mut reader = Reader::new(context.now);
    let on = reader.past_day_or_today("on", &input.on);
    let service = reader.required("service", &input.service, "Write to which service.");
    let reason = reader.line("reason", &input.reason);
    let follow_up = reader.optional_day("follow-up", &input.follow_up, Leaning::Future);
    if follow_up.is_some_and(|day| day < on) && !reader.has_refused("on") {
        reader.refuse("follow-up", "Ask how it went after the referral: check both days.");
    }
    let text = reader.text("outcome", &input.outcome);
    let outcome = if text.is_empty() {
        if !input.outcome_on.trim().is_empty() {
            reader.refuse("outcome", "Write how it went, or leave the day of the answer empty.");
        }
        None
    } else {
        Some(Outcome { on: reader.past_day_or_today("outcome-on", &input.outcome_on), text })
    };
    reader.finish(Referral { on, service, reason, follow_up, outcome, ..old.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::write::fixture::{Desk, day};

    #[test]
    fn a_referral_is_made_and_followed_up() {
        let mut desk = Desk::new();
        let aisha = desk.aisha;
        let input = ReferralInput {
            on: "12 Oct".into(),
            service: "Student Wellbeing Team".into(),
            follow_up: "26/10/2026".into(),
            ..ReferralInput::default()
        };
        let written = add(&mut desk.context(), aisha, &input);
        desk.apply(written);
        let referral = desk.records.file(aisha).unwrap().referrals[0].value.clone();
        assert!(referral.follow_up_due(day("2026-10-26")));
        let fields = ReferralInput { outcome: "It helped.".into(), ..ReferralInput::of(&referral) };
        let written = edit(&mut desk.context(), aisha, referral.id, &fields);
        assert_eq!(desk.apply(written).label, Label::FollowUp);
        let referral = desk.records.file(aisha).unwrap().referrals[0].value.clone();
        assert!(!referral.follow_up_due(day("2026-10-26")));
        let written = edit(&mut desk.context(), aisha, referral.id, &ReferralInput::of(&referral));
        assert!(desk.apply(written).is_empty());
        let written = delete(&mut desk.context(), aisha, referral.id);
        desk.apply(written);
    }

    #[test]
    fn a_referral_names_a_service_and_is_followed_up_later() {
        let mut desk = Desk::new();
        let aisha = desk.aisha;
        let input = ReferralInput {
            on: "12 Oct 2026".into(),
            follow_up: "11 Oct 2026".into(),
            outcome_on: "today".into(),
            ..ReferralInput::default()
        };
        let errors = add(&mut desk.context(), aisha, &input).unwrap_err();
        let fields: Vec<_> = errors.iter().map(|error| error.field).collect();
        assert_eq!(fields, ["service", "follow-up", "outcome"]);
    }
}
