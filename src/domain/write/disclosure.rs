//! Tells somebody about a student: the gate is asked first, and every disclosure is recorded with what
//! allowed it.

use super::{Context, FieldError, Written, read::Reader};
use crate::domain::{
    access::{Exit, Permit, Recipient, Refusal, may_leave},
    change::Label,
    disclosure::{Basis, Disclosure, DisclosureId},
    file::StudentFile,
    letter::Told,
    policy::{Content, Policy, RecipientKind},
    student::StudentId,
    word::Choice,
};

/// What would be told, as typed.
#[derive(Clone, Default)]
pub struct DisclosureInput {
    /// Which kind of recipient, in words.
    pub kind: String,
    /// By which name; may be empty where the kind says who it is.
    pub to: String,
    /// For what.
    pub purpose: String,
    /// What kind of content, in words.
    pub content: String,
    /// What was told, in short; empty is the kind of content.
    pub what: String,
    /// When; empty is today.
    pub on: String,
    /// Why somebody is at serious risk, where nothing else allows it; empty if nobody is.
    pub risk: String,
}

/// Why nothing was recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stopped {
    /// All that is wrong with the fields.
    Fields(Vec<FieldError>),
    /// The gate refused it.
    Gate(Box<Refusal>),
}

impl From<Vec<FieldError>> for Stopped {
    fn from(errors: Vec<FieldError>) -> Self {
        Self::Fields(errors)
    }
}

impl From<Stopped> for Vec<FieldError> {
    fn from(stopped: Stopped) -> Self {
        match stopped {
            Stopped::Fields(errors) => errors,
            Stopped::Gate(refusal) => FieldError::whole(refusal.sentence()),
        }
    }
}

/// What is asked of the gate.
#[derive(Clone, PartialEq, Eq)]
pub struct Asked {
    /// Which kind of recipient.
    pub kind: RecipientKind,
    /// By which name.
    pub to: String,
    /// For what.
    pub purpose: String,
    /// What kind of content.
    pub content: Content,
    /// On which day.
    pub on: chrono::NaiveDate,
}

impl Asked {
    /// The way out.
    #[must_use]
    pub fn exit(&self) -> Exit<'_> {
        let recipient = Recipient::Other(self.kind, &self.to);
        Exit { recipient, purpose: &self.purpose, day: self.on }
    }

    /// What allows it: the policy, a consent, or the reason why somebody is at serious risk.
    ///
    /// # Errors
    /// The refusal of the gate, if no reason is given or it gives way to none.
    pub fn permit(
        &self,
        policy: Option<&Policy>,
        file: &StudentFile,
        risk: &str,
    ) -> Result<Permit, Refusal> {
        match may_leave(policy, file, self.content, &self.exit()) {
            Err(refusal) if refusal.gives_way_to_risk() && !risk.is_empty() => {
                Ok(Permit { basis: Basis::SeriousRisk, clause: refusal.clause, consent: None })
            }
            answer => answer,
        }
    }
}

/// Reads what would be told.
///
/// # Errors
/// All that is wrong with the fields.
pub fn read(context: &Context<'_>, input: &DisclosureInput) -> Result<Asked, Vec<FieldError>> {
    let mut reader = Reader::new(context.now);
    let kind = reader.choice("kind", &input.kind, RecipientKind::Service);
    let to = reader.line("to", &input.to);
    let by_name =
        matches!(kind, RecipientKind::Service | RecipientKind::Process | RecipientKind::Outside);
    if to.is_empty() && by_name {
        reader.refuse("to", "Write who it is, by name.");
    }
    let purpose = reader.required("purpose", &input.purpose, "Write for what.");
    let what = reader.choice("content", &input.content, Content::Fact);
    let on = reader.past_day_or_today("on", &input.on);
    reader.finish(Asked { kind, to, purpose, content: what, on })
}

/// Records that something was told, if it may be.
///
/// # Errors
/// All that is wrong with the fields, the refusal of the gate, or that the student is gone.
pub fn add(
    context: &mut Context<'_>,
    policy: Option<&Policy>,
    student: StudentId,
    input: &DisclosureInput,
) -> Result<crate::domain::change::Change, Stopped> {
    let asked = read(context, input)?;
    let made = make(context, policy, student, (&asked, &input.what, &input.risk))?;
    Ok(context.change(Label::Disclose).put(made).build())
}

/// The record of something that is told, if it may be.
///
/// # Errors
/// The refusal of the gate, what is wrong with the texts, or that the student is gone.
pub fn make(
    context: &mut Context<'_>,
    policy: Option<&Policy>,
    student: StudentId,
    (asked, what, risk): (&Asked, &str, &str),
) -> Result<Disclosure, Stopped> {
    let mut reader = Reader::new(context.now);
    let (what, risk) = (reader.line("what", what), reader.line("risk", risk));
    reader.finish(())?;
    let permit = asked.permit(policy, context.file(student)?, &risk);
    let permit = permit.map_err(|refusal| Stopped::Gate(Box::new(refusal)))?;
    Ok(Disclosure {
        id: context.ids.fresh(),
        student,
        to: asked.exit().recipient.recorded(),
        purpose: asked.purpose.clone(),
        what: if what.is_empty() { asked.content.words().into() } else { what },
        basis: permit.basis,
        reason: if permit.basis == Basis::SeriousRisk { risk } else { permit.clause },
        on: asked.on,
        tutor: context.me()?,
    })
}

/// The record of a letter that leaves for somebody other than the student.
///
/// # Errors
/// What is wrong with the reason, or that the profile has not been set up.
pub fn of_letter(
    context: &mut Context<'_>,
    student: StudentId,
    told: &Told,
) -> Result<Disclosure, Vec<FieldError>> {
    let mut reader = Reader::new(context.now);
    let reason = reader.line("risk", &told.reason);
    reader.finish(())?;
    Ok(Disclosure {
        id: context.ids.fresh(),
        student,
        to: told.to.clone(),
        purpose: told.purpose.clone(),
        what: told.what.clone(),
        basis: told.permit.basis,
        reason,
        on: context.now.today(),
        tutor: context.me()?,
    })
}

/// Deletes a disclosure that was recorded by mistake.
///
/// # Errors
/// When it is gone.
pub fn delete(context: &mut Context<'_>, student: StudentId, id: DisclosureId) -> Written {
    context.delete(Label::DeleteDisclosure, student, id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        access::Why,
        policy::example::policy,
        write::{
            consent::{self, ConsentInput},
            fixture::Desk,
        },
    };

    fn to_leader(risk: &str) -> DisclosureInput {
        DisclosureInput {
            kind: "programme leader".into(),
            to: "Dr Menon".into(),
            purpose: "progress".into(),
            content: Content::Substance.words().into(),
            risk: risk.into(),
            ..DisclosureInput::default()
        }
    }

    #[test]
    fn what_the_gate_refuses_is_not_recorded_until_the_student_consents_in_writing() {
        let (mut desk, policy) = (Desk::new(), policy());
        let aisha = desk.aisha;
        let stopped = add(&mut desk.context(), Some(&policy), aisha, &to_leader("")).unwrap_err();
        let Stopped::Gate(refusal) = stopped else { panic!("{stopped:?}") };
        assert_eq!((refusal.why, &*refusal.clause), (Why::NoWrittenConsent, "ASH 5"));
        let given = ConsentInput {
            recipient: "Dr Menon".into(),
            purpose: "progress".into(),
            how: "by e-mail".into(),
            ..ConsentInput::default()
        };
        let written = consent::add(&mut desk.context(), aisha, &given);
        desk.apply(written);
        let told = add(&mut desk.context(), Some(&policy), aisha, &to_leader("")).unwrap();
        desk.apply(Ok(told));
        let file = desk.records.file(aisha).unwrap();
        let told = &file.disclosures[0].value;
        assert_eq!(told.to, "Dr Menon (programme leader)");
        assert_eq!((told.basis, &*told.reason), (Basis::Consent, "ASH 5"));
        assert_eq!(told.what, "what was said, agreed or written");
    }

    #[test]
    fn a_serious_risk_needs_its_reason_and_is_recorded_with_it() {
        let (mut desk, policy) = (Desk::new(), policy());
        let aisha = desk.aisha;
        let told =
            add(&mut desk.context(), Some(&policy), aisha, &to_leader("said she wants to die"));
        desk.apply(Ok(told.unwrap()));
        let told = desk.records.file(aisha).unwrap().disclosures[0].value.clone();
        assert_eq!((told.basis, &*told.reason), (Basis::SeriousRisk, "said she wants to die"));
        let blank = add(&mut desk.context(), Some(&policy), aisha, &to_leader("  "));
        assert!(matches!(blank, Err(Stopped::Gate(_))));
        let written = delete(&mut desk.context(), aisha, told.id);
        desk.apply(written);
    }

    #[test]
    fn what_the_policy_allows_is_recorded_with_its_clause_whatever_the_risk() {
        let (mut desk, policy) = (Desk::new(), policy());
        let aisha = desk.aisha;
        let fact = DisclosureInput { content: "that there".into(), ..to_leader("a risk") };
        let told = add(&mut desk.context(), Some(&policy), aisha, &fact).unwrap();
        desk.apply(Ok(told));
        let told = desk.records.file(aisha).unwrap().disclosures[0].value.clone();
        assert_eq!((told.basis, &*told.reason), (Basis::Policy, "ASH 4"));
    }

    #[test]
    fn a_disclosure_says_to_whom_and_for_what() {
        let mut desk = Desk::new();
        let aisha = desk.aisha;
        let input = DisclosureInput { on: "tomorrow".into(), ..DisclosureInput::default() };
        let Stopped::Fields(errors) = add(&mut desk.context(), None, aisha, &input).unwrap_err()
        else {
            panic!("the fields come first")
        };
        let fields: Vec<_> = errors.iter().map(|error| error.field).collect();
        assert_eq!(fields, ["to", "purpose", "on"]);
    }
}
