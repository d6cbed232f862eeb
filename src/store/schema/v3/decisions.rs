//! Version 3 of decisions and cases.

use serde::{Deserialize, Serialize};

use super::{Day, Id, choice, date, day, maybe_date, maybe_day};
use crate::{
    domain::{
        alert::Fingerprint, case, decision, student::StudentId, tutor::TutorId, word::Choice,
    },
    store::error::{Error, Result},
};

#[derive(Serialize, Deserialize)]
pub(crate) enum Verdict {
    Snoozed { until: Option<Day> },
    Exempt { from: Day, to: Option<Day>, ground: u8 },
    Wrong { fault: u8 },
    Closed { close: u8 },
    Assigned { to: Id, escalated: bool },
}

impl From<decision::Verdict> for Verdict {
    fn from(it: decision::Verdict) -> Self {
        match it {
            decision::Verdict::Snoozed { until } => Self::Snoozed { until: maybe_day(until) },
            decision::Verdict::Exempt { from, to, ground } => {
                Self::Exempt { from: day(from), to: maybe_day(to), ground: ground.code() }
            }
            decision::Verdict::Wrong(fault) => Self::Wrong { fault: fault.code() },
            decision::Verdict::Closed(close) => Self::Closed { close: close.code() },
            decision::Verdict::Assigned { to, escalated } => {
                Self::Assigned { to: to.bytes(), escalated }
            }
        }
    }
}

impl TryFrom<Verdict> for decision::Verdict {
    type Error = Error;

    fn try_from(it: Verdict) -> Result<Self> {
        Ok(match it {
            Verdict::Snoozed { until } => Self::Snoozed { until: maybe_date(until)? },
            Verdict::Exempt { from, to, ground } => {
                Self::Exempt { from: date(from)?, to: maybe_date(to)?, ground: choice(ground)? }
            }
            Verdict::Wrong { fault } => Self::Wrong(choice(fault)?),
            Verdict::Closed { close } => Self::Closed(choice(close)?),
            Verdict::Assigned { to, escalated } => {
                Self::Assigned { to: TutorId::from_bytes(to), escalated }
            }
        })
    }
}

#[derive(Serialize, Deserialize)]
pub(super) struct Decision {
    id: Id,
    student: Id,
    verdict: Verdict,
    rule: String,
    fingerprint: u64,
    why: String,
    on: Day,
    tutor: Id,
}

impl TryFrom<Decision> for decision::Decision {
    type Error = Error;

    fn try_from(it: Decision) -> Result<Self> {
        Ok(Self {
            id: decision::DecisionId::from_bytes(it.id),
            student: StudentId::from_bytes(it.student),
            verdict: it.verdict.try_into()?,
            rule: it.rule,
            // One number for all reasons together says nothing of each: what comes next counts as new.
            fingerprint: Fingerprint::default(),
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
