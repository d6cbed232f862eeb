//! Version 4: a decision keeps the reasons it was made on one by one. Frozen, like the versions before, whose codes, days and
//! verdicts it uses.

use serde::{Deserialize, Serialize};

use super::{
    v1::{Day, Id, date, day},
    v3::Verdict,
};
use crate::{
    domain::{
        alert::{Fingerprint, Line},
        decision,
        record::{Kind, Record},
        student::StudentId,
        tutor::TutorId,
    },
    store::{
        codec,
        error::{Error, Result},
    },
};

/// The bytes of a decision.
pub(crate) fn encode(decision: &decision::Decision) -> Result<Vec<u8>> {
    codec::encode(&Decision::from(decision))
}

/// The record of these bytes. Kinds that are not here have no version 4 in this program.
pub(crate) fn decode(kind: Kind, bytes: &[u8]) -> Result<Record> {
    if kind == Kind::Decision {
        Ok(Record::Decision(codec::decode::<Decision>(bytes)?.try_into()?))
    } else {
        Err(Error::Newer)
    }
}

#[derive(Serialize, Deserialize)]
struct Decision {
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
        let lines = it.fingerprint.lines().iter();
        Self {
            id: it.id.bytes(),
            student: it.student.bytes(),
            verdict: it.verdict.into(),
            rule: it.rule.clone(),
            fingerprint: lines.map(|line| (line.what, day(line.since), line.points)).collect(),
            why: it.why.clone(),
            on: day(it.on),
            tutor: it.tutor.bytes(),
        }
    }
}

impl TryFrom<Decision> for decision::Decision {
    type Error = Error;

    fn try_from(it: Decision) -> Result<Self> {
        let line = |(what, since, points)| Ok(Line { what, since: date(since)?, points });
        let lines = it.fingerprint.into_iter().map(line).collect::<Result<_>>()?;
        Ok(Self {
            id: decision::DecisionId::from_bytes(it.id),
            student: StudentId::from_bytes(it.student),
            verdict: it.verdict.try_into()?,
            rule: it.rule,
            fingerprint: Fingerprint::kept(lines),
            why: it.why,
            on: date(it.on)?,
            tutor: TutorId::from_bytes(it.tutor),
        })
    }
}

#[cfg(test)]
mod tests;
