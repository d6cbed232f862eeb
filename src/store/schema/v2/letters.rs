//! Version 2 of ladders, letters and disclosures.

use serde::{Deserialize, Serialize};

use super::{Day, Id, choice, date, day, maybe_date, maybe_day};
use crate::{
    domain::{
        contact::ContactId, disclosure, ladder, letter, meeting::MeetingId, student::StudentId,
        tutor::TutorId, word::Choice,
    },
    store::error::{Error, Result},
};

#[derive(Serialize, Deserialize)]
struct Taken {
    step: u8,
    on: Day,
    contact: Option<Id>,
}

impl From<&ladder::Taken> for Taken {
    fn from(it: &ladder::Taken) -> Self {
        Self { step: it.step, on: day(it.on), contact: it.contact.map(ContactId::bytes) }
    }
}

impl TryFrom<Taken> for ladder::Taken {
    type Error = Error;

    fn try_from(it: Taken) -> Result<Self> {
        let contact = it.contact.map(ContactId::from_bytes);
        Ok(Self { step: it.step, on: date(it.on)?, contact })
    }
}

#[derive(Serialize, Deserialize)]
struct Ended {
    on: Day,
    how: u8,
    note: String,
}

impl From<&ladder::Ended> for Ended {
    fn from(it: &ladder::Ended) -> Self {
        Self { on: day(it.on), how: it.how.code(), note: it.note.clone() }
    }
}

impl TryFrom<Ended> for ladder::Ended {
    type Error = Error;

    fn try_from(it: Ended) -> Result<Self> {
        Ok(Self { on: date(it.on)?, how: choice(it.how)?, note: it.note })
    }
}

#[derive(Serialize, Deserialize)]
pub(super) struct Ladder {
    id: Id,
    student: Id,
    code: String,
    why: String,
    started: Day,
    tutor: Id,
    taken: Vec<Taken>,
    ended: Option<Ended>,
}

impl From<&ladder::Ladder> for Ladder {
    fn from(it: &ladder::Ladder) -> Self {
        Self {
            id: it.id.bytes(),
            student: it.student.bytes(),
            code: it.ladder.clone(),
            why: it.why.clone(),
            started: day(it.started),
            tutor: it.tutor.bytes(),
            taken: it.taken.iter().map(Into::into).collect(),
            ended: it.ended.as_ref().map(Into::into),
        }
    }
}

impl TryFrom<Ladder> for ladder::Ladder {
    type Error = Error;

    fn try_from(it: Ladder) -> Result<Self> {
        Ok(Self {
            id: ladder::LadderId::from_bytes(it.id),
            student: StudentId::from_bytes(it.student),
            ladder: it.code,
            why: it.why,
            started: date(it.started)?,
            tutor: TutorId::from_bytes(it.tutor),
            taken: it.taken.into_iter().map(TryInto::try_into).collect::<Result<_>>()?,
            ended: it.ended.map(TryInto::try_into).transpose()?,
        })
    }
}

#[derive(Serialize, Deserialize)]
pub(super) struct Letter {
    id: Id,
    student: Id,
    kind: String,
    meeting: Option<Id>,
    to: String,
    subject: String,
    text: String,
    made: Day,
    sent: Option<Day>,
    agreed: Option<Day>,
    tutor: Id,
}

impl From<&letter::Letter> for Letter {
    fn from(it: &letter::Letter) -> Self {
        Self {
            id: it.id.bytes(),
            student: it.student.bytes(),
            kind: it.kind.clone(),
            meeting: it.meeting.map(MeetingId::bytes),
            to: it.to.clone(),
            subject: it.subject.clone(),
            text: it.text.clone(),
            made: day(it.made),
            sent: maybe_day(it.sent),
            agreed: maybe_day(it.agreed),
            tutor: it.tutor.bytes(),
        }
    }
}

impl TryFrom<Letter> for letter::Letter {
    type Error = Error;

    fn try_from(it: Letter) -> Result<Self> {
        Ok(Self {
            id: letter::LetterId::from_bytes(it.id),
            student: StudentId::from_bytes(it.student),
            kind: it.kind,
            meeting: it.meeting.map(MeetingId::from_bytes),
            to: it.to,
            subject: it.subject,
            text: it.text,
            made: date(it.made)?,
            sent: maybe_date(it.sent)?,
            agreed: maybe_date(it.agreed)?,
            tutor: TutorId::from_bytes(it.tutor),
        })
    }
}

#[derive(Serialize, Deserialize)]
pub(super) struct Disclosure {
    id: Id,
    student: Id,
    to: String,
    purpose: String,
    what: String,
    basis: u8,
    reason: String,
    on: Day,
    tutor: Id,
}

impl From<&disclosure::Disclosure> for Disclosure {
    fn from(it: &disclosure::Disclosure) -> Self {
        Self {
            id: it.id.bytes(),
            student: it.student.bytes(),
            to: it.to.clone(),
            purpose: it.purpose.clone(),
            what: it.what.clone(),
            basis: it.basis.code(),
            reason: it.reason.clone(),
            on: day(it.on),
            tutor: it.tutor.bytes(),
        }
    }
}

impl TryFrom<Disclosure> for disclosure::Disclosure {
    type Error = Error;

    fn try_from(it: Disclosure) -> Result<Self> {
        Ok(Self {
            id: disclosure::DisclosureId::from_bytes(it.id),
            student: StudentId::from_bytes(it.student),
            to: it.to,
            purpose: it.purpose,
            what: it.what,
            basis: choice(it.basis)?,
            reason: it.reason,
            on: date(it.on)?,
            tutor: TutorId::from_bytes(it.tutor),
        })
    }
}
