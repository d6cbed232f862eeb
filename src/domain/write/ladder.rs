//! Starts a ladder of the policy, takes its steps and ends it. A step that contacts the student logs the
//! contact; one that tells somebody asks the gate, and records what was told.

use super::{
    Context, FieldError, Written,
    contact::{self, ContactInput},
    disclosure::{self, Asked},
    read::Reader,
};
use crate::domain::{
    change::{Builder, Label},
    contact::{Channel, Contact, Reply},
    fold::fold,
    ladder::{
        Ended, Ladder, LadderEnd, LadderId, Next, Taken, after_working_days, next_step, startable,
    },
    policy::{Content, How, LadderRule, Policy, RecipientKind},
    referral::Referral,
    student::StudentId,
    time::show_day,
    word::Choice,
};

/// For what a step tells somebody.
pub const PURPOSE: &str = "getting in touch with the student";

/// A ladder that is to start, as typed.
#[derive(Clone, Default)]
pub struct StartInput {
    /// Which, by its code or its name; empty is the only one.
    pub ladder: String,
    /// Why.
    pub why: String,
}

/// A step that was taken, as typed.
#[derive(Clone, Default)]
pub struct StepInput {
    /// When; empty is today.
    pub on: String,
    /// What came back of a contact, in words; empty is reply awaited.
    pub reply: String,
    /// What it was about, or what was told, in short.
    pub about: String,
    /// Why somebody is at serious risk, where nothing else lets the step tell somebody.
    pub risk: String,
}

/// The end of a ladder, as typed.
#[derive(Clone, Default)]
pub struct EndInput {
    /// How it ended, in words.
    pub how: String,
    /// When; empty is today.
    pub on: String,
    /// What came of it; may be empty.
    pub note: String,
}

/// Starts a ladder; its first step is due at once.
///
/// # Errors
/// When the policy has none such, it runs already, or nothing is said about why.
pub fn start(
    context: &mut Context<'_>,
    policy: Option<&Policy>,
    student: StudentId,
    input: &StartInput,
) -> Written {
    let file = context.file(student)?;
    let Some(policy) = policy.filter(|policy| !policy.ladders.is_empty()) else {
        return Err(FieldError::whole("The policy has no ladder of contact."));
    };
    let mut reader = Reader::new(context.now);
    let wanted = reader.line("ladder", &input.ladder);
    let why = reader.required("why", &input.why, "Write why, in short.");
    let named = |rule: &&LadderRule| {
        wanted.is_empty() || rule.code == wanted || fold(&rule.name) == fold(&wanted)
    };
    if !policy.ladders.iter().any(|rule| named(&rule)) {
        let all: Vec<&str> = policy.ladders.iter().map(|rule| rule.name.as_str()).collect();
        reader.refuse("ladder", format!("Choose one of: {}.", all.join(", ")));
    }
    reader.finish(())?;
    let Some(rule) = startable(policy, file).find(named) else {
        return Err(vec![FieldError::new("ladder", "This ladder runs with the student already.")]);
    };
    let ladder = Ladder {
        id: context.ids.fresh(),
        student,
        ladder: rule.code.clone(),
        why,
        started: context.now.today(),
        tutor: context.me()?,
        taken: Vec::new(),
        ended: None,
    };
    Ok(context.change(Label::StartLadder).put(ladder).build())
}

/// Takes the next step of a ladder.
///
/// # Errors
/// All that is wrong with the fields, the refusal of the gate, or that no step is left.
pub fn take(
    context: &mut Context<'_>,
    policy: Option<&Policy>,
    (student, id): (StudentId, LadderId),
    input: &StepInput,
) -> Written {
    let file = context.file(student)?;
    let ladder = context.held(student, id)?.value.clone();
    let rule = policy.and_then(|policy| policy.ladder(&ladder.ladder));
    let next = rule.and_then(|rule| next_step(rule, &ladder, context.records, file));
    let Some(next) = next else {
        return Err(FieldError::whole(
            "No step of this ladder is left to take: it is over, or the policy does not have it.",
        ));
    };
    let mut reader = Reader::new(context.now);
    let on = reader.past_day_or_today("on", &input.on);
    if on < ladder.taken.iter().map(|taken| taken.on).fold(ladder.started, Ord::max)
        && !reader.has_refused("on")
    {
        reader
            .refuse("on", "This is before the ladder was started or its last step: check the day.");
    }
    reader.finish(())?;
    let mut change = context.change(Label::TakeStep);
    let contact = match &next.step.how {
        How::Contact(channel) => Some(called(context, student, *channel, input)?),
        How::Meeting => None,
        How::Tell(whom) => {
            let asked = asked(whom, on);
            tell(context, policy, (&ladder, &next, &asked), input, &mut change)?;
            None
        }
    };
    let taken = Taken { step: next.at, on, contact: contact.as_ref().map(|contact| contact.id) };
    if let Some(contact) = contact {
        change.push(contact);
    }
    let mut steps = ladder.taken.clone();
    steps.push(taken);
    change.push(Ladder { taken: steps, ..ladder });
    Ok(change.build())
}

/// The contact that a step is.
fn called(
    context: &mut Context<'_>,
    student: StudentId,
    channel: Channel,
    input: &StepInput,
) -> Result<Contact, Vec<FieldError>> {
    let input = ContactInput {
        on: input.on.clone(),
        channel: channel.words().into(),
        reply: if input.reply.trim().is_empty() {
            Reply::Awaited.words().into()
        } else {
            input.reply.clone()
        },
        replied: String::new(),
        about: input.about.clone(),
    };
    contact::new(context, student, &input)
}

/// What a step that tells somebody asks of the gate: that the student is not reached, and how to reach them.
#[must_use]
pub fn asked(whom: &str, on: chrono::NaiveDate) -> Asked {
    let folded = fold(whom);
    let kind = if folded.contains("senior tutor") || folded.contains("senior personal tutor") {
        RecipientKind::SeniorTutor
    } else if folded.contains("engagement") {
        RecipientKind::EngagementTeam
    } else {
        RecipientKind::Service
    };
    Asked { kind, to: whom.into(), purpose: PURPOSE.into(), content: Content::Details, on }
}

/// Records that somebody was told, and the referral where it is a service that will act.
fn tell(
    context: &mut Context<'_>,
    policy: Option<&Policy>,
    (ladder, next, asked): (&Ladder, &Next<'_>, &Asked),
    input: &StepInput,
    change: &mut Builder<'_>,
) -> Result<(), Vec<FieldError>> {
    let file = context.file(ladder.student)?;
    let today = context.now.today();
    let tried: Vec<String> = file
        .contacts
        .iter()
        .filter(|contact| ladder.taken.iter().any(|taken| taken.contact == Some(contact.id)))
        .map(|contact| format!("{} {}", contact.channel.words(), show_day(contact.on, today)))
        .collect();
    let tried = if tried.is_empty() { String::new() } else { format!(": {}", tried.join(", ")) };
    let typed = input.about.trim();
    let what = if typed.is_empty() { format!("not reached{tried}") } else { typed.to_owned() };
    change.push(disclosure::make(context, policy, ladder.student, (asked, &what, &input.risk))?);
    if asked.kind == RecipientKind::Service {
        let follow_up = after_working_days(context.records, asked.on, next.step.wait.max(1));
        change.push(Referral {
            id: context.ids.fresh(),
            student: ladder.student,
            on: asked.on,
            service: asked.to.clone(),
            reason: what,
            follow_up: Some(follow_up),
            outcome: None,
            tutor: context.me()?,
        });
    }
    Ok(())
}

/// Ends a ladder.
///
/// # Errors
/// All that is wrong with the fields, or that it has been ended already.
pub fn end(
    context: &mut Context<'_>,
    student: StudentId,
    id: LadderId,
    input: &EndInput,
) -> Written {
    let ladder = context.held(student, id)?.value.clone();
    if !ladder.is_open() {
        return Err(FieldError::whole("This ladder has been ended already."));
    }
    let mut reader = Reader::new(context.now);
    let how = reader.choice("how", &input.how, LadderEnd::Stopped);
    let on = reader.past_day_or_today("on", &input.on);
    if on < ladder.started && !reader.has_refused("on") {
        reader.refuse("on", "It cannot end before it was started: check the day.");
    }
    let note = reader.line("note", &input.note);
    let ladder = reader.finish(Ladder { ended: Some(Ended { on, how, note }), ..ladder })?;
    Ok(context.change(Label::EndLadder).put(ladder).build())
}

/// Deletes a ladder that was started by mistake; its contacts stay.
///
/// # Errors
/// When it is gone.
pub fn delete(context: &mut Context<'_>, student: StudentId, id: LadderId) -> Written {
    context.delete(Label::DeleteLadder, student, id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        policy::{Permission, example::policy},
        write::fixture::{Desk, day},
    };

    fn started(desk: &mut Desk, policy: &Policy) -> LadderId {
        let input = StartInput { why: "not seen for three weeks".into(), ..StartInput::default() };
        let aisha = desk.aisha;
        let written = start(&mut desk.context(), Some(policy), aisha, &input);
        desk.apply(written);
        desk.records.file(aisha).unwrap().ladders.last().unwrap().id
    }

    fn step(desk: &mut Desk, policy: &Policy, id: LadderId, input: &StepInput) {
        let aisha = desk.aisha;
        let written = take(&mut desk.context(), Some(policy), (aisha, id), input);
        desk.apply(written);
    }

    #[test]
    fn from_the_e_mail_to_the_wellbeing_team_every_step_is_recorded() {
        let (mut desk, policy) = (Desk::new(), policy());
        let (aisha, id) = (desk.aisha, started(&mut desk, &policy));
        step(&mut desk, &policy, id, &StepInput::default());
        let unanswered = StepInput { reply: "no answer".into(), ..StepInput::default() };
        step(&mut desk, &policy, id, &unanswered);
        step(&mut desk, &policy, id, &StepInput::default());
        let file = desk.records.file(aisha).unwrap();
        let channels: Vec<_> =
            file.contacts.iter().map(|contact| (contact.channel, contact.reply)).collect();
        assert!(channels.contains(&(Channel::Email, Reply::Awaited)));
        assert!(channels.contains(&(Channel::Phone, Reply::NoAnswer)));
        let ladder = &file.ladders[0];
        assert_eq!(ladder.taken.iter().map(|taken| taken.step).collect::<Vec<_>>(), [0, 1, 2]);
        let told = &file.disclosures[0];
        assert_eq!((&*told.to, &*told.purpose), ("Student Wellbeing Team", PURPOSE));
        assert_eq!(
            (&*told.reason, &*told.what),
            ("ASH 4", "not reached: e-mail 21 Nov, phone 21 Nov",)
        );
        let referral = &file.referrals[0];
        assert_eq!(referral.service, "Student Wellbeing Team");
        assert_eq!(referral.follow_up, Some(day("2026-11-27")));
        let over = take(&mut desk.context(), Some(&policy), (aisha, id), &StepInput::default());
        assert!(over.unwrap_err()[0].message.contains("No step"));
        let passed_on = EndInput { how: "passed on".into(), ..EndInput::default() };
        let written = end(&mut desk.context(), aisha, id, &passed_on);
        desk.apply(written);
        assert!(end(&mut desk.context(), aisha, id, &passed_on).is_err());
        let written = delete(&mut desk.context(), aisha, id);
        desk.apply(written);
    }

    #[test]
    fn telling_somebody_waits_for_the_gate() {
        let (mut desk, mut policy) = (Desk::new(), policy());
        for rule in &mut policy.sharing.rules {
            rule.may = Permission::WrittenConsent;
        }
        let (aisha, id) = (desk.aisha, started(&mut desk, &policy));
        for _ in 0..2 {
            step(&mut desk, &policy, id, &StepInput::default());
        }
        let before = desk.records.clone();
        let refused = take(&mut desk.context(), Some(&policy), (aisha, id), &StepInput::default());
        assert!(refused.unwrap_err()[0].message.contains("written consent to tell"));
        assert_eq!(desk.records, before);
        let risk = StepInput { risk: "said goodbye to friends".into(), ..StepInput::default() };
        step(&mut desk, &policy, id, &risk);
        assert_eq!(desk.records.file(aisha).unwrap().disclosures.len(), 1);
    }

    #[test]
    fn a_ladder_runs_once_at_a_time_says_why_and_keeps_the_order_of_its_days() {
        let (mut desk, policy) = (Desk::new(), policy());
        let aisha = desk.aisha;
        let wrong = StartInput { ladder: "nothing".into(), ..StartInput::default() };
        let errors = start(&mut desk.context(), Some(&policy), aisha, &wrong).unwrap_err();
        let fields: Vec<_> = errors.iter().map(|error| error.field).collect();
        assert_eq!(fields, ["why", "ladder"]);
        assert!(start(&mut desk.context(), None, aisha, &wrong).is_err());
        let id = started(&mut desk, &policy);
        let again = StartInput { ladder: "not reached".into(), why: "x".into() };
        let errors = start(&mut desk.context(), Some(&policy), aisha, &again).unwrap_err();
        assert!(errors[0].message.contains("runs with the student already"));
        let early = StepInput { on: "20 Nov 2026".into(), ..StepInput::default() };
        let errors = take(&mut desk.context(), Some(&policy), (aisha, id), &early).unwrap_err();
        assert_eq!(errors[0].field, "on");
    }
}
