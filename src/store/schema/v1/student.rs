//! Version 1 of students, what they study, and who tutors them.

use serde::{Deserialize, Serialize};

use super::{Day, Id, choice, date, day, maybe_date, maybe_day};
use crate::{
    domain::{student, tutor, word::Choice},
    store::error::{Error, Result},
};

#[derive(Serialize, Deserialize)]
struct Person {
    name: String,
    belongs: String,
    reach: String,
}

impl From<&student::Person> for Person {
    fn from(it: &student::Person) -> Self {
        Self { name: it.name.clone(), belongs: it.belongs.clone(), reach: it.reach.clone() }
    }
}

impl From<Person> for student::Person {
    fn from(it: Person) -> Self {
        Self { name: it.name, belongs: it.belongs, reach: it.reach }
    }
}

#[derive(Serialize, Deserialize)]
pub(super) struct Student {
    id: Id,
    number: String,
    given: String,
    family: String,
    preferred: String,
    pronouns: String,
    email: String,
    phone: String,
    entry: Option<Day>,
    new_entrant: Option<bool>,
    under_18_until: Option<Day>,
    placement_contacts: Vec<Person>,
    trusted_contacts: Vec<Person>,
}

impl From<&student::Student> for Student {
    fn from(it: &student::Student) -> Self {
        Self {
            id: it.id.bytes(),
            number: it.number.clone(),
            given: it.name.given.clone(),
            family: it.name.family.clone(),
            preferred: it.name.preferred.clone(),
            pronouns: it.pronouns.clone(),
            email: it.email.clone(),
            phone: it.phone.clone(),
            entry: maybe_day(it.entry),
            new_entrant: it.new_entrant,
            under_18_until: maybe_day(it.under_18_until),
            placement_contacts: it.placement_contacts.iter().map(Person::from).collect(),
            trusted_contacts: it.trusted_contacts.iter().map(Person::from).collect(),
        }
    }
}

impl TryFrom<Student> for student::Student {
    type Error = Error;

    fn try_from(it: Student) -> Result<Self> {
        Ok(Self {
            id: student::StudentId::from_bytes(it.id),
            number: it.number,
            name: student::Name { given: it.given, family: it.family, preferred: it.preferred },
            pronouns: it.pronouns,
            email: it.email,
            phone: it.phone,
            entry: maybe_date(it.entry)?,
            new_entrant: it.new_entrant,
            under_18_until: maybe_date(it.under_18_until)?,
            placement_contacts: it.placement_contacts.into_iter().map(Into::into).collect(),
            trusted_contacts: it.trusted_contacts.into_iter().map(Into::into).collect(),
        })
    }
}

#[derive(Serialize, Deserialize)]
pub(super) struct Enrolment {
    id: Id,
    student: Id,
    from: Day,
    to: Option<Day>,
    sequence: String,
    programme: String,
    programme_code: String,
    school: String,
    second_discipline: String,
    level: Option<u8>,
    stage: Option<u8>,
    mode: u8,
    kind: u8,
    status: u8,
}

impl From<&student::Enrolment> for Enrolment {
    fn from(it: &student::Enrolment) -> Self {
        Self {
            id: it.id.bytes(),
            student: it.student.bytes(),
            from: day(it.from),
            to: maybe_day(it.to),
            sequence: it.sequence.to_string(),
            programme: it.programme.to_string(),
            programme_code: it.programme_code.to_string(),
            school: it.school.to_string(),
            second_discipline: it.second_discipline.to_string(),
            level: it.level,
            stage: it.stage,
            mode: it.mode.code(),
            kind: it.kind.code(),
            status: it.status.code(),
        }
    }
}

impl TryFrom<Enrolment> for student::Enrolment {
    type Error = Error;

    fn try_from(it: Enrolment) -> Result<Self> {
        Ok(Self {
            id: student::EnrolmentId::from_bytes(it.id),
            student: student::StudentId::from_bytes(it.student),
            from: date(it.from)?,
            to: maybe_date(it.to)?,
            sequence: it.sequence.into(),
            programme: it.programme.into(),
            programme_code: it.programme_code.into(),
            school: it.school.into(),
            second_discipline: it.second_discipline.into(),
            level: it.level,
            stage: it.stage,
            mode: choice(it.mode)?,
            kind: choice(it.kind)?,
            status: choice(it.status)?,
        })
    }
}

#[derive(Serialize, Deserialize)]
pub(super) struct Allocation {
    id: Id,
    student: Id,
    tutor: Id,
    from: Day,
    to: Option<Day>,
    reason: String,
}

impl From<&tutor::Allocation> for Allocation {
    fn from(it: &tutor::Allocation) -> Self {
        Self {
            id: it.id.bytes(),
            student: it.student.bytes(),
            tutor: it.tutor.bytes(),
            from: day(it.from),
            to: maybe_day(it.to),
            reason: it.reason.clone(),
        }
    }
}

impl TryFrom<Allocation> for tutor::Allocation {
    type Error = Error;

    fn try_from(it: Allocation) -> Result<Self> {
        Ok(Self {
            id: tutor::AllocationId::from_bytes(it.id),
            student: student::StudentId::from_bytes(it.student),
            tutor: tutor::TutorId::from_bytes(it.tutor),
            from: date(it.from)?,
            to: maybe_date(it.to)?,
            reason: it.reason,
        })
    }
}
