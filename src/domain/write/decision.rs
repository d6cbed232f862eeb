//! Writes down what a person decided about alerts: one student or many in one change. A decision is never edited: it is
//! taken back and made anew.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Context, FieldError, Written, allocation::read_tutor_in, read::Reader};
use crate::domain::{
    alert::Fingerprint,
    change::Label,
    decision::{Close, Decision, DecisionId, Fault, Ground, Verdict},
    fold::fold,
    records::Records,
    student::StudentId,
    time::Leaning,
    tutor::{Role, TutorId},
};

/// Whose alerts, each with the fingerprint of the evidence that the decision is made on.
pub type About<'a> = &'a [(StudentId, Fingerprint)];

/// A snooze, as typed.
#[derive(Clone, Default)]
pub struct SnoozeInput {
    /// The first day on which the alert speaks again; empty is when the evidence changes.
    pub until: String,
    /// Why; may be empty.
    pub why: String,
}

/// An exemption, as typed.
#[derive(Clone, Default)]
pub struct ExemptInput {
    /// First day; empty is today.
    pub from: String,
    /// Last day; empty while it runs.
    pub to: String,
    /// On what ground, in words.
    pub ground: String,
    /// Why; needed where the ground does not say it.
    pub why: String,
}

/// What is not right, as typed.
#[derive(Clone, Default)]
pub struct WrongInput {
    /// The key of the rule; empty is the alert as a whole.
    pub rule: String,
    /// What is not right with it, in words; empty is wrong.
    pub fault: String,
    /// Why.
    pub why: String,
}

/// The end of an alert, as typed.
#[derive(Clone, Default)]
pub struct CloseInput {
    /// What came of it, in words.
    pub how: String,
    /// More about it; may be empty.
    pub why: String,
}

/// Who acts from now on, as typed.
#[derive(Clone, Default)]
pub struct AssignInput {
    /// A tutor; an alert that is escalated goes to the senior tutor if this is empty.
    pub to: String,
    /// Why; may be empty.
    pub why: String,
}

/// Quietens alerts until a day, or until their evidence changes.
///
/// # Errors
/// When the day is not ahead, or a student is gone.
pub fn snooze(context: &mut Context<'_>, about: About<'_>, input: &SnoozeInput) -> Written {
    let mut reader = Reader::new(context.now);
    let until = reader.optional_day("until", &input.until, Leaning::Future);
    if until.is_some_and(|day| day <= context.now.today()) && !reader.has_refused("until") {
        reader.refuse("until", "Write a day that lies ahead, or leave it empty.");
    }
    let why = reader.text("why", &input.why);
    reader.finish(())?;
    decide(context, Label::Snooze, about, &Decided::new(Verdict::Snoozed { until }, why))
}

/// Judges no signals of these students between two days.
///
/// # Errors
/// All that is wrong with the fields, or that a student is gone.
pub fn exempt(context: &mut Context<'_>, about: About<'_>, input: &ExemptInput) -> Written {
    let mut reader = Reader::new(context.now);
    let from = reader.optional_day("from", &input.from, Leaning::Past);
    let from = from.unwrap_or_else(|| context.now.today());
    let to = reader.optional_day("to", &input.to, Leaning::Future);
    if to.is_some_and(|to| to < from) && !reader.has_refused("from") && !reader.has_refused("to") {
        reader.refuse("to", "The last day cannot be before the first: check both days.");
    } else if to.is_some_and(|to| to < context.now.today()) && !reader.has_refused("to") {
        reader.refuse("to", "This is over already: write a last day that is not past.");
    }
    if input.ground.trim().is_empty() {
        reader.refuse("ground", "Choose on what ground.");
    }
    let ground = reader.choice("ground", &input.ground, Ground::Other);
    let why = reader.text("why", &input.why);
    if ground == Ground::Other && why.is_empty() && !reader.has_refused("ground") {
        reader.refuse("why", "Write why: “other” does not say it.");
    }
    reader.finish(())?;
    let verdict = Verdict::Exempt { from, to, ground };
    decide(context, Label::Exempt, about, &Decided::new(verdict, why))
}

/// Marks alerts as not right, as a whole or by one rule.
///
/// # Errors
/// When no reason is given, or a student is gone.
pub fn wrong(context: &mut Context<'_>, about: About<'_>, input: &WrongInput) -> Written {
    let mut reader = Reader::new(context.now);
    let fault = reader.choice("fault", &input.fault, Fault::Wrong);
    let rule = reader.line("rule", &input.rule);
    let why = reader.text("why", &input.why);
    if why.is_empty() && !reader.has_refused("why") {
        reader.refuse("why", "Write what is not right: the rule is judged by it.");
    }
    reader.finish(())?;
    let decided = Decided { rule, ..Decided::new(Verdict::Wrong(fault), why) };
    decide(context, Label::MarkWrong, about, &decided)
}

/// Closes alerts with what came of them.
///
/// # Errors
/// When nothing is said about what came of them, or a student is gone.
pub fn close(context: &mut Context<'_>, about: About<'_>, input: &CloseInput) -> Written {
    let mut reader = Reader::new(context.now);
    if input.how.trim().is_empty() {
        reader.refuse("how", "Choose what came of it.");
    }
    let how = reader.choice("how", &input.how, Close::BackOnCourse);
    let why = reader.text("why", &input.why);
    reader.finish(())?;
    decide(context, Label::CloseAlert, about, &Decided::new(Verdict::Closed(how), why))
}

/// Says who acts about alerts.
///
/// # Errors
/// When nobody of that name is known, or a student is gone.
pub fn assign(context: &mut Context<'_>, about: About<'_>, input: &AssignInput) -> Written {
    let mut reader = Reader::new(context.now);
    let to = read_tutor_in(context, &mut reader, "to", &input.to);
    if to.is_none() && !reader.has_refused("to") {
        reader.refuse("to", "Write who acts.");
    }
    let why = reader.text("why", &input.why);
    let Some(to) = reader.finish(to)? else { return Err(super::gone()) };
    let verdict = Verdict::Assigned { to, escalated: false };
    decide(context, Label::Assign, about, &Decided::new(verdict, why))
}

/// Passes alerts to the senior tutor.
///
/// # Errors
/// When nobody is named and no senior tutor, or more than one, is known; or when a student is gone.
pub fn escalate(context: &mut Context<'_>, about: About<'_>, input: &AssignInput) -> Written {
    let mut reader = Reader::new(context.now);
    let named = read_tutor_in(context, &mut reader, "to", &input.to);
    let to = named.or_else(|| senior_tutor(context.records, about, context.now.today()));
    if to.is_none() && !reader.has_refused("to") {
        reader.refuse("to", "Write to whom: not exactly one senior tutor is known.");
    }
    if to.is_some() && to == Some(context.me()?) {
        reader.refuse("to", "This is you: write somebody else, or assign it to yourself.");
    }
    let why = reader.text("why", &input.why);
    let Some(to) = reader.finish(to)? else { return Err(super::gone()) };
    let verdict = Verdict::Assigned { to, escalated: true };
    decide(context, Label::Escalate, about, &Decided::new(verdict, why))
}

/// Takes a decision back: the alert stands as if it had never been made.
///
/// # Errors
/// When it is gone.
pub fn take_back(context: &Context<'_>, student: StudentId, id: DecisionId) -> Written {
    context.delete(Label::TakeBackDecision, student, id)
}

/// The one senior tutor of these students' school, if all are of one, by role or by term of office; who works here is not
/// asked.
#[must_use]
pub fn senior_tutor(records: &Records, about: About<'_>, today: NaiveDate) -> Option<TutorId> {
    let me = records.me()?;
    let school_of = |student: StudentId| {
        let enrolled = records.file(student).and_then(|file| file.enrolment(today));
        let school = enrolled.map(|enrolment| &*enrolment.school);
        fold(school.filter(|school| !school.is_empty()).unwrap_or(&me.school))
    };
    let mut schools = about.iter().map(|(student, _)| school_of(*student));
    let school = schools.next().unwrap_or_else(|| fold(&me.school));
    if schools.any(|other| other != school) {
        return None;
    }
    let holds = |id| {
        let mut terms = records.role_terms();
        terms.any(|it| it.tutor == id && it.role == Role::SeniorTutor && it.covers(today))
    };
    let senior: Vec<_> = records
        .tutors()
        .filter(|it| it.id != me.id && (it.role == Role::SeniorTutor || holds(it.id)))
        .collect();
    let here: Vec<_> = senior.iter().filter(|it| fold(&it.school) == school).collect();
    match (here.as_slice(), senior.as_slice()) {
        ([only], _) => Some(only.id),
        ([], [only]) if only.school.is_empty() => Some(only.id),
        _ => None,
    }
}

/// What is the same for every student of a decision.
struct Decided {
    verdict: Verdict,
    rule: String,
    why: String,
}

impl Decided {
    const fn new(verdict: Verdict, why: String) -> Self {
        Self { verdict, rule: String::new(), why }
    }
}

fn decide(context: &mut Context<'_>, label: Label, about: About<'_>, decided: &Decided) -> Written {
    let about: BTreeMap<StudentId, Fingerprint> = about.iter().cloned().collect();
    if about.is_empty() {
        return Err(FieldError::whole("No student is in hand."));
    }
    let (tutor, on) = (context.me()?, context.now.today());
    let mut change = context.change(label);
    for (student, fingerprint) in about {
        context.file(student)?;
        change.push(Decision {
            id: context.ids.fresh(),
            student,
            verdict: decided.verdict,
            rule: decided.rule.clone(),
            fingerprint,
            why: decided.why.clone(),
            on,
            tutor,
        });
    }
    Ok(change.build())
}

#[cfg(test)]
mod tests;
