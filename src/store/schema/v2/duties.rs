//! Version 2 of waivers, slot choices and duties done.

use serde::{Deserialize, Serialize};

use super::{Day, Id, date, day};
use crate::{
    domain::{
        duty_done, duty_key, meeting::MeetingId, slot_choice, student::StudentId, tutor::TutorId,
        waiver,
    },
    store::error::{Error, Result},
};

#[derive(Serialize, Deserialize)]
struct DutyKey {
    year: i32,
    code: String,
}

impl From<&duty_key::DutyKey> for DutyKey {
    fn from(it: &duty_key::DutyKey) -> Self {
        Self { year: it.year, code: it.code.clone() }
    }
}

impl From<DutyKey> for duty_key::DutyKey {
    fn from(it: DutyKey) -> Self {
        Self { year: it.year, code: it.code }
    }
}

#[derive(Serialize, Deserialize)]
pub(super) struct Waiver {
    id: Id,
    student: Id,
    duty: DutyKey,
    why: String,
    tutor: Id,
    on: Day,
}

impl From<&waiver::Waiver> for Waiver {
    fn from(it: &waiver::Waiver) -> Self {
        Self {
            id: it.id.bytes(),
            student: it.student.bytes(),
            duty: (&it.duty).into(),
            why: it.why.clone(),
            tutor: it.tutor.bytes(),
            on: day(it.on),
        }
    }
}

impl TryFrom<Waiver> for waiver::Waiver {
    type Error = Error;

    fn try_from(it: Waiver) -> Result<Self> {
        Ok(Self {
            id: waiver::WaiverId::from_bytes(it.id),
            student: StudentId::from_bytes(it.student),
            duty: it.duty.into(),
            why: it.why,
            tutor: TutorId::from_bytes(it.tutor),
            on: date(it.on)?,
        })
    }
}

#[derive(Serialize, Deserialize)]
pub(super) struct SlotChoice {
    id: Id,
    student: Id,
    meeting: Id,
    slot: Option<DutyKey>,
}

impl From<&slot_choice::SlotChoice> for SlotChoice {
    fn from(it: &slot_choice::SlotChoice) -> Self {
        Self {
            id: it.id.bytes(),
            student: it.student.bytes(),
            meeting: it.meeting.bytes(),
            slot: it.slot.as_ref().map(Into::into),
        }
    }
}

impl From<SlotChoice> for slot_choice::SlotChoice {
    fn from(it: SlotChoice) -> Self {
        Self {
            id: slot_choice::SlotChoiceId::from_bytes(it.id),
            student: StudentId::from_bytes(it.student),
            meeting: MeetingId::from_bytes(it.meeting),
            slot: it.slot.map(Into::into),
        }
    }
}

#[derive(Serialize, Deserialize)]
pub(super) struct DutyDone {
    id: Id,
    duty: DutyKey,
    on: Day,
    tutor: Id,
    note: String,
}

impl From<&duty_done::DutyDone> for DutyDone {
    fn from(it: &duty_done::DutyDone) -> Self {
        Self {
            id: it.id.bytes(),
            duty: (&it.duty).into(),
            on: day(it.on),
            tutor: it.tutor.bytes(),
            note: it.note.clone(),
        }
    }
}

impl TryFrom<DutyDone> for duty_done::DutyDone {
    type Error = Error;

    fn try_from(it: DutyDone) -> Result<Self> {
        Ok(Self {
            id: duty_done::DutyDoneId::from_bytes(it.id),
            duty: it.duty.into(),
            on: date(it.on)?,
            tutor: TutorId::from_bytes(it.tutor),
            note: it.note,
        })
    }
}
