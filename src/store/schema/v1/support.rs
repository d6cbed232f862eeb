//! Version 1 of actions, referrals, consents, concerns and praise.

use serde::{Deserialize, Serialize};

use super::{Day, Id, choice, date, day, maybe_date, maybe_day};
use crate::{
    domain::{
        action, consent, flag, meeting::MeetingId, referral, student::StudentId, tutor::TutorId,
        word::Choice,
    },
    store::error::{Error, Result},
};

#[derive(Serialize, Deserialize)]
pub(super) struct Action {
    id: Id,
    student: Id,
    owner: u8,
    what: String,
    due: Option<Day>,
    done: Option<Day>,
    meeting: Option<Id>,
    author: Id,
}

impl From<&action::Action> for Action {
    fn from(it: &action::Action) -> Self {
        Self {
            id: it.id.bytes(),
            student: it.student.bytes(),
            owner: it.owner.code(),
            what: it.what.clone(),
            due: maybe_day(it.due),
            done: maybe_day(it.done),
            meeting: it.meeting.map(MeetingId::bytes),
            author: it.author.bytes(),
        }
    }
}

impl TryFrom<Action> for action::Action {
    type Error = Error;

    fn try_from(it: Action) -> Result<Self> {
        Ok(Self {
            id: action::ActionId::from_bytes(it.id),
            student: StudentId::from_bytes(it.student),
            owner: choice(it.owner)?,
            what: it.what,
            due: maybe_date(it.due)?,
            done: maybe_date(it.done)?,
            meeting: it.meeting.map(MeetingId::from_bytes),
            author: TutorId::from_bytes(it.author),
        })
    }
}

#[derive(Serialize, Deserialize)]
struct Told {
    on: Day,
    text: String,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Referral {
    id: Id,
    student: Id,
    on: Day,
    service: String,
    reason: String,
    follow_up: Option<Day>,
    outcome: Option<Told>,
    tutor: Id,
}

impl From<&referral::Referral> for Referral {
    fn from(it: &referral::Referral) -> Self {
        Self {
            id: it.id.bytes(),
            student: it.student.bytes(),
            on: day(it.on),
            service: it.service.clone(),
            reason: it.reason.clone(),
            follow_up: maybe_day(it.follow_up),
            outcome: it
                .outcome
                .as_ref()
                .map(|told| Told { on: day(told.on), text: told.text.clone() }),
            tutor: it.tutor.bytes(),
        }
    }
}

impl TryFrom<Referral> for referral::Referral {
    type Error = Error;

    fn try_from(it: Referral) -> Result<Self> {
        let outcome = |told: Told| Ok(referral::Outcome { on: date(told.on)?, text: told.text });
        Ok(Self {
            id: referral::ReferralId::from_bytes(it.id),
            student: StudentId::from_bytes(it.student),
            on: date(it.on)?,
            service: it.service,
            reason: it.reason,
            follow_up: maybe_date(it.follow_up)?,
            outcome: it.outcome.map(outcome).transpose()?,
            tutor: TutorId::from_bytes(it.tutor),
        })
    }
}

#[derive(Serialize, Deserialize)]
pub(super) struct Consent {
    id: Id,
    student: Id,
    recipient: String,
    purpose: String,
    how: u8,
    on: Day,
    until: Option<Day>,
    withdrawn: Option<Day>,
    tutor: Id,
}

impl From<&consent::Consent> for Consent {
    fn from(it: &consent::Consent) -> Self {
        Self {
            id: it.id.bytes(),
            student: it.student.bytes(),
            recipient: it.recipient.clone(),
            purpose: it.purpose.clone(),
            how: it.how.code(),
            on: day(it.on),
            until: maybe_day(it.until),
            withdrawn: maybe_day(it.withdrawn),
            tutor: it.tutor.bytes(),
        }
    }
}

impl TryFrom<Consent> for consent::Consent {
    type Error = Error;

    fn try_from(it: Consent) -> Result<Self> {
        Ok(Self {
            id: consent::ConsentId::from_bytes(it.id),
            student: StudentId::from_bytes(it.student),
            recipient: it.recipient,
            purpose: it.purpose,
            how: choice(it.how)?,
            on: date(it.on)?,
            until: maybe_date(it.until)?,
            withdrawn: maybe_date(it.withdrawn)?,
            tutor: TutorId::from_bytes(it.tutor),
        })
    }
}

#[derive(Serialize, Deserialize)]
pub(super) struct Flag {
    id: Id,
    student: Id,
    kind: u8,
    on: Day,
    raised_by: String,
    text: String,
    urgency: u8,
    closed: Option<Told>,
    tutor: Id,
}

impl From<&flag::Flag> for Flag {
    fn from(it: &flag::Flag) -> Self {
        Self {
            id: it.id.bytes(),
            student: it.student.bytes(),
            kind: it.kind.code(),
            on: day(it.on),
            raised_by: it.raised_by.clone(),
            text: it.text.clone(),
            urgency: it.urgency.code(),
            closed: it
                .closed
                .as_ref()
                .map(|closed| Told { on: day(closed.on), text: closed.text.clone() }),
            tutor: it.tutor.bytes(),
        }
    }
}

impl TryFrom<Flag> for flag::Flag {
    type Error = Error;

    fn try_from(it: Flag) -> Result<Self> {
        let closed = |told: Told| Ok(flag::Closed { on: date(told.on)?, text: told.text });
        Ok(Self {
            id: flag::FlagId::from_bytes(it.id),
            student: StudentId::from_bytes(it.student),
            kind: choice(it.kind)?,
            on: date(it.on)?,
            raised_by: it.raised_by,
            text: it.text,
            urgency: choice(it.urgency)?,
            closed: it.closed.map(closed).transpose()?,
            tutor: TutorId::from_bytes(it.tutor),
        })
    }
}
