//! Version 3 of decisions and cases.

use serde::{Deserialize, Serialize};

use super::{Day, Id, choice, date, day, maybe_date, maybe_day};
use crate::{
    domain::{
        alert::{Fingerprint, Line},
        case, decision,
        student::StudentId,
        tutor::TutorId,
        word::Choice,
    },
    store::error::{Error, Result},
};

#[derive(Serialize, Deserialize)]
enum Verdict {
    Snoozed { until: Option<Day> },
    Exempt { from: Day, to: Option<Day>, ground: u8 },
    Wrong { fault: u8 },
    Closed { close: u8 },
    Assigned { to: Id, escalated: bool },
}

#[derive(Serialize, Deserialize)]
pub(super) struct Decision {
    id: Id,
    student: Id,
    verdict: Verdict,
    rule: String,
    fingerprint: Vec<(u64, Day, u8)>,
    why: String,
    on: Day,
    tutor: Id,
}

impl From<&decision::Decision> for Decision {
    fn from(it: &decision::Decision) -> Self {
        let verdict = match it.verdict {
            decision::Verdict::Snoozed { until } => Verdict::Snoozed { until: maybe_day(until) },
            decision::Verdict::Exempt { from, to, ground } => {
                Verdict::Exempt { from: day(from), to: maybe_day(to), ground: ground.code() }
            }
            decision::Verdict::Wrong(fault) => Verdict::Wrong { fault: fault.code() },
            decision::Verdict::Closed(close) => Verdict::Closed { close: close.code() },
            decision::Verdict::Assigned { to, escalated } => {
                Verdict::Assigned { to: to.bytes(), escalated }
            }
        };
        Self {
            id: it.id.bytes(),
            student: it.student.bytes(),
            verdict,
            rule: it.rule.clone(),
            fingerprint: it
                .fingerprint
                .lines()
                .iter()
                .map(|line| (line.what, day(line.since), line.points))
                .collect(),
            why: it.why.clone(),
            on: day(it.on),
            tutor: it.tutor.bytes(),
        }
    }
}

impl TryFrom<Decision> for decision::Decision {
    type Error = Error;

    fn try_from(it: Decision) -> Result<Self> {
        let verdict = match it.verdict {
            Verdict::Snoozed { until } => decision::Verdict::Snoozed { until: maybe_date(until)? },
            Verdict::Exempt { from, to, ground } => decision::Verdict::Exempt {
                from: date(from)?,
                to: maybe_date(to)?,
                ground: choice(ground)?,
            },
            Verdict::Wrong { fault } => decision::Verdict::Wrong(choice(fault)?),
            Verdict::Closed { close } => decision::Verdict::Closed(choice(close)?),
            Verdict::Assigned { to, escalated } => {
                decision::Verdict::Assigned { to: TutorId::from_bytes(to), escalated }
            }
        };
        let line = |(what, since, points)| Ok(Line { what, since: date(since)?, points });
        let lines = it.fingerprint.into_iter().map(line).collect::<Result<_>>()?;
        Ok(Self {
            id: decision::DecisionId::from_bytes(it.id),
            student: StudentId::from_bytes(it.student),
            verdict,
            rule: it.rule,
            fingerprint: Fingerprint::kept(lines),
            why: it.why,
            on: date(it.on)?,
            tutor: TutorId::from_bytes(it.tutor),
        })
    }
}

#[derive(Serialize, Deserialize)]
struct Contribution {
    on: Day,
    by: String,
    text: String,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Case {
    id: Id,
    student: Id,
    opened: Day,
    owner: Id,
    why: String,
    stage: u8,
    plan: String,
    contributions: Vec<Contribution>,
    review: Option<Day>,
    outcome: String,
    closed: Option<Day>,
}

impl From<&case::Case> for Case {
    fn from(it: &case::Case) -> Self {
        let contribution = |it: &case::Contribution| Contribution {
            on: day(it.on),
            by: it.by.clone(),
            text: it.text.clone(),
        };
        Self {
            id: it.id.bytes(),
            student: it.student.bytes(),
            opened: day(it.opened),
            owner: it.owner.bytes(),
            why: it.why.clone(),
            stage: it.stage.code(),
            plan: it.plan.clone(),
            contributions: it.contributions.iter().map(contribution).collect(),
            review: maybe_day(it.review),
            outcome: it.outcome.clone(),
            closed: maybe_day(it.closed),
        }
    }
}

impl TryFrom<Case> for case::Case {
    type Error = Error;

    fn try_from(it: Case) -> Result<Self> {
        let contribution = |it: Contribution| {
            Ok(case::Contribution { on: date(it.on)?, by: it.by, text: it.text })
        };
        Ok(Self {
            id: case::CaseId::from_bytes(it.id),
            student: StudentId::from_bytes(it.student),
            opened: date(it.opened)?,
            owner: TutorId::from_bytes(it.owner),
            why: it.why,
            stage: choice(it.stage)?,
            plan: it.plan,
            contributions: it.contributions.into_iter().map(contribution).collect::<Result<_>>()?,
            review: maybe_date(it.review)?,
            outcome: it.outcome,
            closed: maybe_date(it.closed)?,
        })
    }
}
