//! What a tutor owes by the policy, and how it stands: caseload, absence, training, term of office, yearly and
//! monthly duties, hours. Pure functions of policy, records and day; nothing here is stored.

use std::{cmp::Reverse, fmt};

use chrono::NaiveDate;

use super::{
    absence::AbsenceId,
    change::record_id,
    duty_done::DutyDoneId,
    duty_key::DutyKey,
    entity::Entity,
    fold::fold,
    id::Id,
    policy::{Policy, TutorDuty, TutorWhat},
    reason::Severity,
    record::RecordId,
    records::Records,
    role_term::RoleTermId,
    student::StudentId,
    training::Course,
    tutor::{Role, Tutor, TutorId},
};

mod away;
mod dated;
mod load;
mod yearly;

pub use load::{Load, Loads, has_caseload, overload};

/// How a duty stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DutyStatus {
    /// Nothing is asked for now.
    Fine,
    /// To be done in so many days, with time to spare.
    Upcoming(i64),
    /// To be done in so many days: it is time.
    Due(i64),
    /// It should have been done so many days ago.
    Overdue(i64),
    /// Over a limit by so many tutees or days.
    Over(usize),
    /// The records do not tell.
    Unknown,
}

impl DutyStatus {
    /// The sign before a row, one column wide.
    #[must_use]
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Fine => "✓",
            Self::Upcoming(_) => "○",
            Self::Due(_) | Self::Over(_) => "!",
            Self::Overdue(_) => "‼",
            Self::Unknown => "?",
        }
    }

    /// `due in 12 days`, `over by 1`.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::Fine => "fine".into(),
            Self::Upcoming(days) => format!("in {}", counted(days, "day")),
            Self::Due(0) => "due today".into(),
            Self::Due(days) => format!("due in {}", counted(days, "day")),
            Self::Overdue(days) => format!("overdue by {}", counted(days, "day")),
            Self::Over(by) => format!("over by {by}"),
            Self::Unknown => "not known".into(),
        }
    }

    /// The word for programs: `due`, `over`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Fine => "fine",
            Self::Upcoming(_) => "upcoming",
            Self::Due(_) => "due",
            Self::Overdue(_) => "overdue",
            Self::Over(_) => "over",
            Self::Unknown => "unknown",
        }
    }

    /// How soon somebody should act; none if nobody has to.
    #[must_use]
    pub const fn severity(self) -> Option<Severity> {
        match self {
            Self::Fine | Self::Upcoming(_) => None,
            Self::Unknown => Some(Severity::Watch),
            Self::Due(_) | Self::Over(_) => Some(Severity::Soon),
            Self::Overdue(_) => Some(Severity::Urgent),
        }
    }
}

/// What Enter on a duty does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DutyStep {
    /// Nothing is to be done here.
    None,
    /// Record that this training was attended.
    RecordTraining(Course),
    /// Record an absence.
    RecordAbsence,
    /// Say who stands in, or when the absence ends.
    EditAbsence(AbsenceId),
    /// Record the term of office.
    RecordTerm,
    /// Edit the term of office.
    EditTerm(RoleTermId),
    /// Mark the duty as done.
    MarkDone(DutyKey),
    /// Edit when the duty was done.
    EditDone(DutyKey, DutyDoneId),
}

impl DutyStep {
    /// What it is called beside the arrow; empty if there is nothing to do here.
    #[must_use]
    pub const fn words(&self) -> &'static str {
        match self {
            Self::None => "",
            Self::RecordTraining(_) => "record the training",
            Self::RecordAbsence => "record an absence",
            Self::EditAbsence(_) => "edit the absence",
            Self::RecordTerm => "record the term of office",
            Self::EditTerm(_) => "edit the term of office",
            Self::MarkDone(_) => "mark as done",
            Self::EditDone(..) => "edit when it was done",
        }
    }
}

/// One duty of one tutor, and how it stands.
#[derive(Clone, PartialEq, Eq)]
pub struct TutorDutyState {
    /// Whose.
    pub tutor: TutorId,
    /// The code of the duty in the policy.
    pub code: String,
    /// What it is called.
    pub name: String,
    /// How it stands.
    pub status: DutyStatus,
    /// The evidence in one sentence, with its numbers and days.
    pub evidence: String,
    /// The clause as it is cited.
    pub clause: String,
    /// What the clause says, in one line; may be empty.
    pub says: String,
    /// Who needs another tutor.
    pub tutees: Vec<StudentId>,
    /// What to do.
    pub step: DutyStep,
    /// The record that the evidence comes from, if it is one.
    pub record: Option<RecordId>,
}

impl TutorDutyState {
    /// Whether somebody has to do something now.
    #[must_use]
    pub const fn is_pressing(&self) -> bool {
        self.status.severity().is_some()
    }
}

/// Prints code and status, never names.
impl fmt::Debug for TutorDutyState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {:?} …", self.code, self.status)
    }
}

/// How a duty stands, before it is known whose and by which clause.
struct Found {
    status: DutyStatus,
    evidence: String,
    tutees: Vec<StudentId>,
    step: DutyStep,
    record: Option<RecordId>,
}

impl Found {
    fn new(status: DutyStatus, evidence: impl Into<String>, step: DutyStep) -> Self {
        Self { status, evidence: evidence.into(), tutees: Vec::new(), step, record: None }
    }

    /// The same, with the record that it comes from.
    fn by<T: Entity>(mut self, record: Id<T>) -> Self {
        self.record = Some(record_id(record));
        self
    }
}

/// Whose duties are looked at, and what is known of everybody.
#[derive(Clone, Copy)]
struct Look<'a> {
    policy: &'a Policy,
    records: &'a Records,
    loads: &'a Loads,
    today: NaiveDate,
}

/// The duties of one tutor, the most pressing first.
#[must_use]
pub fn tutor_duties(
    policy: &Policy,
    records: &Records,
    tutor: TutorId,
    today: NaiveDate,
) -> Vec<TutorDutyState> {
    let loads = Loads::of(records, tutor, today);
    let look = Look { policy, records, loads: &loads, today };
    let mut all = records.tutor(tutor).map(|tutor| look.duties(tutor)).unwrap_or_default();
    all.sort_by_key(|duty| Reverse(duty.status.severity()));
    all
}

/// What presses the tutors of a senior tutor's school, themselves left out: one row for each tutor and
/// duty, the most pressing first, then by name. Nothing for who is no senior tutor.
#[must_use]
pub fn school_duties(
    policy: &Policy,
    records: &Records,
    senior: TutorId,
    today: NaiveDate,
) -> Vec<TutorDutyState> {
    let Some(me) = records.tutor(senior).filter(|it| it.role == Role::SeniorTutor) else {
        return Vec::new();
    };
    let loads = Loads::all(records, today);
    let look = Look { policy, records, loads: &loads, today };
    let mut tutors: Vec<&Tutor> =
        records.tutors().filter(|other| other.id != senior && same_school(me, other)).collect();
    tutors.sort_by_cached_key(|tutor| (fold(&tutor.name).into_owned(), tutor.id));
    let mut all: Vec<TutorDutyState> =
        tutors.into_iter().flat_map(|tutor| look.duties(tutor)).collect();
    all.retain(TutorDutyState::is_pressing);
    all.sort_by_key(|duty| Reverse(duty.status.severity()));
    all
}

/// Whether a senior tutor speaks for this tutor: of the same school, or of all where none is named.
fn same_school(senior: &Tutor, tutor: &Tutor) -> bool {
    senior.school.is_empty() || fold(&senior.school) == fold(&tutor.school)
}

impl Look<'_> {
    fn duties(self, tutor: &Tutor) -> Vec<TutorDutyState> {
        let binds = |duty: &&TutorDuty| duty.role.is_none_or(|role| role == tutor.role);
        let duties = self.policy.tutor_duties.iter().filter(binds);
        duties.map(|duty| self.state(duty, tutor)).collect()
    }

    fn state(self, duty: &TutorDuty, tutor: &Tutor) -> TutorDutyState {
        let Found { status, evidence, tutees, step, record } = self.find(duty, tutor);
        TutorDutyState {
            tutor: tutor.id,
            code: duty.code.clone(),
            name: duty.name.clone(),
            status,
            evidence,
            clause: self.policy.cited(&duty.clause),
            says: self.policy.says(&duty.clause).unwrap_or_default().to_owned(),
            tutees,
            step,
            record,
        }
    }

    fn find(self, duty: &TutorDuty, tutor: &Tutor) -> Found {
        match &duty.what {
            TutorWhat::Caseload { per_level, total } => self.caseload(*per_level, *total, tutor),
            TutorWhat::Absence { days, within_term } => {
                self.absence(i64::from(*days), *within_term, tutor)
            }
            TutorWhat::Training { course, months } => self.training(*course, *months, tutor),
            TutorWhat::Term { years, remind } => {
                self.term(*years, remind, duty.role.unwrap_or(Role::SeniorTutor), tutor)
            }
            TutorWhat::Yearly { month, day } => self.yearly(&duty.code, (*month, *day), tutor),
            TutorWhat::Monthly => self.monthly(&duty.code, tutor),
            TutorWhat::Workload(hours) => self.workload(hours, duty.role, tutor),
        }
    }
}

/// `1 day`, `12 days`.
fn counted(number: impl TryInto<i64>, thing: &str) -> String {
    let number: i64 = number.try_into().unwrap_or(i64::MAX);
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {thing}{plural}")
}

#[cfg(test)]
mod tests;
