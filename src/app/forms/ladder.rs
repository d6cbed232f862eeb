//! The forms of a ladder: its start, its next step and its end.

use std::sync::Arc;

use super::{
    parts::{choice, commit, day, known, line, title},
    share,
};
use crate::{
    app::{
        form::{self, Field, Form},
        letters::{self, Writing},
        model::Model,
        msg::Effect,
        popup::form::Errors,
    },
    domain::{
        contact::{Channel, Reply},
        file::StudentFile,
        ladder::{Ladder, LadderEnd, LadderId, Next, State, next_step, startable, state},
        policy::{How, LadderRule, Policy},
        student::StudentId,
        time::{Leaning, parse_day},
        word::Choice,
        write::ladder::{self, EndInput, StartInput, StepInput},
    },
};

/// What is done with a ladder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LadderForm {
    /// One is started with this student.
    Start(StudentId),
    /// Its next step is taken.
    Step(StudentId, LadderId),
    /// It is ended.
    End(StudentId, LadderId),
}

impl LadderForm {
    /// With whom.
    #[must_use]
    pub const fn student(self) -> StudentId {
        match self {
            Self::Start(student) | Self::Step(student, _) | Self::End(student, _) => student,
        }
    }

    /// What is to be done next with the ladders of a student: the step or the end of one that runs, else
    /// the start of one. None if the policy has no ladder to start.
    #[must_use]
    pub fn next(model: &Model, student: StudentId) -> Option<Self> {
        let file = model.records.file(student)?;
        let policy = model.rules.policy.as_deref()?;
        match file.ladders.iter().find(|ladder| ladder.is_open()) {
            Some(ladder) => Some(Self::of(model, policy, file, ladder)),
            None => startable(policy, file).next().map(|_| Self::Start(student)),
        }
    }

    fn of(model: &Model, policy: &Policy, file: &StudentFile, ladder: &Ladder) -> Self {
        let rule = policy.ladder(&ladder.ladder);
        let next = rule.and_then(|rule| next_step(rule, ladder, &model.records, file));
        match next {
            Some(_) => Self::Step(ladder.student, ladder.id),
            None => Self::End(ladder.student, ladder.id),
        }
    }
}

pub(super) fn form(model: &Model, what: LadderForm) -> Form {
    match what {
        LadderForm::Start(student) => start(model, student),
        LadderForm::Step(student, id) => step(model, student, id),
        LadderForm::End(student, id) => end(model, student, id),
    }
}

fn start(model: &Model, student: StudentId) -> Form {
    let file = model.records.file(student);
    let policy = model.rules.policy.as_deref();
    let rules: Vec<&LadderRule> = policy
        .zip(file)
        .map(|(policy, file)| startable(policy, file).collect())
        .unwrap_or_default();
    let names = rules.iter().map(|rule| rule.name.clone());
    let hint = policy.zip(rules.first()).map(|(policy, rule)| clause(policy, &rule.clause));
    let alert = model.desk.alerts.find(student);
    let reasons = alert.map(|alert| alert.reasons.as_slice()).unwrap_or_default();
    let why = reasons.first().map(|reason| reason.evidence.clone()).unwrap_or_default();
    let reasons = reasons.iter().map(|reason| reason.evidence.clone());
    let ladder = Field::new("ladder", "Ladder", form::Choice::new(names, Some(0)));
    Form::new(
        &title(model, "Start a ladder", student),
        vec![
            ladder.hint(&hint.unwrap_or_default()),
            known("why", "Why", &why, reasons).hint("in short: what speaks for it"),
        ],
    )
}

/// The rule of a ladder that runs and its next step.
fn running(
    model: &Model,
    student: StudentId,
    id: LadderId,
) -> Option<(&Policy, &LadderRule, Next<'_>)> {
    let file = model.records.file(student)?;
    let ladder = file.find(id)?;
    let policy = model.rules.policy.as_deref()?;
    let rule = policy.ladder(&ladder.ladder)?;
    Some((policy, rule, next_step(rule, ladder, &model.records, file)?))
}

fn step(model: &Model, student: StudentId, id: LadderId) -> Form {
    let Some((policy, rule, next)) = running(model, student, id) else {
        return Form::new(&title(model, "No step is left", student), Vec::new());
    };
    let cited = if next.step.clause.is_empty() { &rule.clause } else { &next.step.clause };
    let (tells, contacts) = match &next.step.how {
        How::Tell(_) => (true, None),
        How::Contact(channel) => (false, Some(*channel)),
        How::Meeting => (false, None),
    };
    let reply = match contacts {
        Some(Channel::Phone | Channel::InPassing) => Reply::NoAnswer,
        Some(Channel::Email | Channel::Letter | Channel::Message) | None => Reply::Awaited,
    };
    let outcome = choice::<Reply>("reply", "Outcome", reply.words());
    let about = if tells { "What is told" } else { "About" };
    let letter = match letters::ready(model, &next.step.letter) {
        None => "in short; may stay empty".to_owned(),
        Some(letter) => format!("in short; the letter “{}” opens once this is saved", letter.name),
    };
    let fields = vec![
        day("on", "When", "today").hint(&clause(policy, cited)),
        if contacts.is_some() { outcome } else { outcome.hidden() },
        line("about", about, "").hint(&letter),
        line("risk", "Serious risk", "")
            .hint("why somebody is at serious risk: recorded with what was told")
            .hidden(),
    ];
    let what = format!("Ladder {}: {}", next.place(), next.step.name);
    Form::new(&title(model, &what, student), fields)
}

fn end(model: &Model, student: StudentId, id: LadderId) -> Form {
    let file = model.records.file(student);
    let ladder = file.and_then(|file| file.find(id));
    let rule = model.rules.policy.as_deref().zip(ladder);
    let rule = rule.and_then(|(policy, ladder)| policy.ladder(&ladder.ladder));
    let stands = rule.zip(ladder).zip(file);
    let stands = stands.map(|((rule, ladder), file)| state(rule, ladder, &model.records, file));
    let (how, on) = match stands {
        Some(State::Reached { on, how }) => (how, super::parts::show(on)),
        Some(State::Finished { .. }) => (LadderEnd::Escalated, "today".into()),
        Some(State::Due(_) | State::Ended) | None => (LadderEnd::Stopped, "today".into()),
    };
    Form::new(
        &title(model, "End the ladder", student),
        vec![
            choice::<LadderEnd>("how", "How", how.words()),
            day("on", "When", &on),
            line("note", "What came of it", "").hint("may stay empty"),
        ],
    )
}

fn clause(policy: &Policy, id: &str) -> String {
    let says = policy.says(id).unwrap_or_default();
    [policy.cited(id).as_str(), says].join(": ").trim_matches([':', ' ']).to_owned()
}

pub(super) fn submit(
    form: &Form,
    model: &mut Model,
    what: LadderForm,
) -> Result<Vec<Effect>, Errors> {
    let rules = Arc::clone(&model.rules);
    let policy = rules.policy.as_deref();
    match what {
        LadderForm::Start(student) => {
            let input = StartInput { ladder: form.value("ladder"), why: form.value("why") };
            commit(model, |context| ladder::start(context, policy, student, &input))
        }
        LadderForm::Step(student, id) => {
            let input = StepInput {
                on: form.value("on"),
                reply: form.value("reply"),
                about: form.value("about"),
                risk: form.value("risk"),
            };
            ask(model, (student, id), &input)?;
            let letter = letter(model, student, id);
            let effects =
                commit(model, |context| ladder::take(context, policy, (student, id), &input))?;
            model.next_letter = letter;
            Ok(effects)
        }
        LadderForm::End(student, id) => {
            let input =
                EndInput { how: form.value("how"), on: form.value("on"), note: form.value("note") };
            commit(model, |context| ladder::end(context, student, id, &input))
        }
    }
}

/// The letter that goes with the next step.
fn letter(model: &Model, student: StudentId, id: LadderId) -> Option<Writing> {
    let (_, _, next) = running(model, student, id)?;
    let kind = letters::ready(model, &next.step.letter)?.kind;
    Some(Writing { student, kind, meeting: None, letter: None })
}

/// Asks the gate before a step that tells somebody; a refusal opens the menu of what can be done about it.
fn ask(
    model: &mut Model,
    (student, id): (StudentId, LadderId),
    input: &StepInput,
) -> Result<(), Errors> {
    let rules = Arc::clone(&model.rules);
    let refusal = running(model, student, id).and_then(|(_, _, next)| {
        let How::Tell(whom) = &next.step.how else { return None };
        let today = model.now.today();
        let on = parse_day(&input.on, today, Leaning::Past).unwrap_or(today);
        let asked = ladder::asked(whom, on);
        let file = model.records.file(student)?;
        let answer = asked.permit(rules.policy.as_deref(), file, input.risk.trim());
        answer.err().map(|refusal| (asked, refusal))
    });
    match refusal {
        None => Ok(()),
        Some((asked, refusal)) => Err(share::refused(model, student, &asked, &refusal)),
    }
}
