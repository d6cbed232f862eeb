//! Records a student's consent, and its withdrawal.

use super::{Context, FieldError, Written, read::Reader};
use crate::domain::{
    change::Label,
    consent::{Consent, ConsentId, HowGiven},
    student::StudentId,
    time::Leaning,
    word::Choice,
};

/// A consent, as typed.
#[derive(Clone, Default)]
pub struct ConsentInput {
    /// To whom the tutor may pass it.
    pub recipient: String,
    /// For what.
    pub purpose: String,
    /// How it was given, in words; empty is in writing.
    pub how: String,
    /// When it was given; empty is today.
    pub on: String,
    /// Last day; empty if open.
    pub until: String,
    /// When it was withdrawn; empty if it was not.
    pub withdrawn: String,
}

impl ConsentInput {
    /// The fields filled in from a consent.
    #[must_use]
    pub fn of(consent: &Consent) -> Self {
        let show = |day: chrono::NaiveDate| day.format("%-d %b %Y").to_string();
        Self {
            recipient: consent.recipient.clone(),
            purpose: consent.purpose.clone(),
            how: consent.how.words().to_owned(),
            on: show(consent.on),
            until: consent.until.map(show).unwrap_or_default(),
            withdrawn: consent.withdrawn.map(show).unwrap_or_default(),
        }
    }
}

/// Records a consent.
///
/// # Errors
/// All that is wrong with the fields, or that the student is gone.
pub fn add(context: &mut Context<'_>, student: StudentId, input: &ConsentInput) -> Written {
    context.file(student)?;
    let blank = Consent {
        id: context.ids.fresh(),
        student,
        recipient: String::new(),
        purpose: String::new(),
        how: HowGiven::InWriting,
        on: context.now.today(),
        until: None,
        withdrawn: None,
        tutor: context.me()?,
    };
    let consent = read(context, &blank, input)?;
    Ok(context.change(Label::RecordConsent).put(consent).build())
}

/// Edits a consent.
///
/// # Errors
/// All that is wrong with the fields, or that the consent is gone.
pub fn edit(
    context: &mut Context<'_>,
    student: StudentId,
    id: ConsentId,
    input: &ConsentInput,
) -> Written {
    let old = &context.held(student, id)?.value;
    let label = if old.withdrawn.is_none() && !input.withdrawn.trim().is_empty() {
        Label::WithdrawConsent
    } else {
        Label::EditConsent
    };
    let consent = read(context, old, input)?;
    Ok(context.change(label).put(consent).build())
}

/// Notes that the student has withdrawn a consent today. It is kept: it tells what was allowed until now.
///
/// # Errors
/// When it is gone or has been withdrawn before.
pub fn withdraw(context: &mut Context<'_>, student: StudentId, id: ConsentId) -> Written {
    let old = context.held(student, id)?.value.clone();
    if old.withdrawn.is_some() {
        return Err(FieldError::whole("This consent has been withdrawn already."));
    }
    let consent = Consent { withdrawn: Some(context.now.today()), ..old };
    Ok(context.change(Label::WithdrawConsent).put(consent).build())
}

/// Deletes a consent that was recorded by mistake.
///
/// # Errors
/// When it is gone.
pub fn delete(context: &mut Context<'_>, student: StudentId, id: ConsentId) -> Written {
    context.delete(Label::DeleteConsent, student, id)
}

fn read(
    context: &Context<'_>,
    old: &Consent,
    input: &ConsentInput,
) -> Result<Consent, Vec<FieldError>> {
    let mut reader = Reader::new(context.now);
    let recipient = reader.required("recipient", &input.recipient, "Write who may have it.");
    let purpose = reader.required("purpose", &input.purpose, "Write for what it was given.");
    let how = reader.choice("how", &input.how, HowGiven::InWriting);
    let on = reader.past_day_or_today("on", &input.on);
    let until = reader.optional_day("until", &input.until, Leaning::Future);
    if until.is_some_and(|day| day < on) && !reader.has_refused("on") {
        reader.refuse("until", "The last day cannot be before the consent: check both days.");
    }
    let withdrawn = reader.optional_day("withdrawn", &input.withdrawn, Leaning::Past);
    if withdrawn.is_some_and(|day| day < on) && !reader.has_refused("on") {
        reader.refuse("withdrawn", "It cannot be withdrawn before it was given: check both days.");
    }
    reader.finish(Consent { recipient, purpose, how, on, until, withdrawn, ..old.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::write::fixture::{Desk, day};

    fn input() -> ConsentInput {
        ConsentInput {
            recipient: "Programme Leader".into(),
            purpose: "extension".into(),
            on: "12 Oct 2026".into(),
            until: "31 Jul".into(),
            ..ConsentInput::default()
        }
    }

    #[test]
    fn a_consent_holds_until_it_is_withdrawn() {
        let mut desk = Desk::new();
        let aisha = desk.aisha;
        let written = add(&mut desk.context(), aisha, &input());
        desk.apply(written);
        let consent = desk.records.file(aisha).unwrap().consents[0].value.clone();
        assert_eq!(consent.until, Some(day("2027-07-31")));
        assert!(consent.holds(desk.now.today()));
        let written = edit(&mut desk.context(), aisha, consent.id, &ConsentInput::of(&consent));
        assert!(desk.apply(written).is_empty());
        let written = withdraw(&mut desk.context(), aisha, consent.id);
        desk.apply(written);
        assert!(!desk.records.file(aisha).unwrap().consents[0].holds(desk.now.today()));
        assert!(withdraw(&mut desk.context(), aisha, consent.id).is_err());
        let written = delete(&mut desk.context(), aisha, consent.id);
        desk.apply(written);
    }

    #[test]
    fn a_consent_says_to_whom_and_for_what() {
        let mut desk = Desk::new();
        let aisha = desk.aisha;
        let input = ConsentInput { until: "1 Jan 2026".into(), ..ConsentInput::default() };
        let errors = add(&mut desk.context(), aisha, &input).unwrap_err();
        let fields: Vec<_> = errors.iter().map(|error| error.field).collect();
        assert_eq!(fields, ["recipient", "purpose", "until"]);
    }
}
