//! Version 2 of trainings, absences and terms of office.

use serde::{Deserialize, Serialize};

use super::{Day, Id, choice, date, day, maybe_date, maybe_day};
use crate::{
    domain::{absence, role_term, training, tutor::TutorId, word::Choice},
    store::error::{Error, Result},
};

#[derive(Serialize, Deserialize)]
pub(super) struct Training {
    id: Id,
    tutor: Id,
    course: u8,
    on: Day,
    expires: Option<Day>,
    note: String,
}

impl From<&training::Training> for Training {
    fn from(it: &training::Training) -> Self {
        Self {
            id: it.id.bytes(),
            tutor: it.tutor.bytes(),
            course: it.course.code(),
            on: day(it.on),
            expires: maybe_day(it.expires),
            note: it.note.clone(),
        }
    }
}

impl TryFrom<Training> for training::Training {
    type Error = Error;

    fn try_from(it: Training) -> Result<Self> {
        Ok(Self {
            id: training::TrainingId::from_bytes(it.id),
            tutor: TutorId::from_bytes(it.tutor),
            course: choice(it.course)?,
            on: date(it.on)?,
            expires: maybe_date(it.expires)?,
            note: it.note,
        })
    }
}

#[derive(Serialize, Deserialize)]
pub(super) struct Absence {
    id: Id,
    tutor: Id,
    from: Day,
    to: Option<Day>,
    why: String,
    deputy: Option<Id>,
}

impl From<&absence::Absence> for Absence {
    fn from(it: &absence::Absence) -> Self {
        Self {
            id: it.id.bytes(),
            tutor: it.tutor.bytes(),
            from: day(it.from),
            to: maybe_day(it.to),
            why: it.why.clone(),
            deputy: it.deputy.map(TutorId::bytes),
        }
    }
}

impl TryFrom<Absence> for absence::Absence {
    type Error = Error;

    fn try_from(it: Absence) -> Result<Self> {
        Ok(Self {
            id: absence::AbsenceId::from_bytes(it.id),
            tutor: TutorId::from_bytes(it.tutor),
            from: date(it.from)?,
            to: maybe_date(it.to)?,
            why: it.why,
            deputy: it.deputy.map(TutorId::from_bytes),
        })
    }
}

#[derive(Serialize, Deserialize)]
pub(super) struct RoleTerm {
    id: Id,
    tutor: Id,
    role: u8,
    share: u8,
    approved: Option<Day>,
    from: Day,
    until: Day,
}

impl From<&role_term::RoleTerm> for RoleTerm {
    fn from(it: &role_term::RoleTerm) -> Self {
        Self {
            id: it.id.bytes(),
            tutor: it.tutor.bytes(),
            role: it.role.code(),
            share: it.share,
            approved: maybe_day(it.approved),
            from: day(it.from),
            until: day(it.until),
        }
    }
}

impl TryFrom<RoleTerm> for role_term::RoleTerm {
    type Error = Error;

    fn try_from(it: RoleTerm) -> Result<Self> {
        Ok(Self {
            id: role_term::RoleTermId::from_bytes(it.id),
            tutor: TutorId::from_bytes(it.tutor),
            role: choice(it.role)?,
            share: it.share,
            approved: maybe_date(it.approved)?,
            from: date(it.from)?,
            until: date(it.until)?,
        })
    }
}
