//! The forms that write records: which one is open, about whom, and which domain function takes it.

use chrono::NaiveDate;

use super::{
    absence, action, allocation,
    bulk::{self, BulkForm},
    calendar, case, columns, consent, contact,
    decide::{self, DecideForm},
    duty_done, flag, group,
    ladder::{self, LadderForm},
    letter, letters, meeting, note, referral, role_term, share, slot, student, training,
    tuning::{self, TuningForm},
    tutor, view, waiver,
};
use crate::{
    app::{
        columns::List,
        command,
        form::Form,
        letters::{Many, Writing},
        model::Model,
        msg::Effect,
        popup::form::Errors,
    },
    domain::{
        absence::AbsenceId,
        action::ActionId,
        calendar::CalendarId,
        case::CaseId,
        consent::ConsentId,
        contact::ContactId,
        duty_done::DutyDoneId,
        duty_key::DutyKey,
        file::StudentFile,
        flag::{FlagId, FlagKind},
        id::Id,
        ladder::LadderId,
        letter::LetterId,
        meeting::MeetingId,
        note::{Note, NoteId},
        record::{Kind, RecordId},
        records::Records,
        referral::ReferralId,
        role_term::RoleTermId,
        saved_view::Listed,
        student::StudentId,
        training::{Course, TrainingId},
        tutor::TutorId,
    },
};

/// A record that is new, or one that is edited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which<T> {
    /// A new one.
    New,
    /// This one.
    Edit(T),
}

/// A form that writes records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecordForm {
    /// A student with enrolment and tutor.
    Student(Which<StudentId>),
    /// A tutor.
    Tutor(Which<TutorId>),
    /// An academic year.
    Calendar(Which<CalendarId>),
    /// Another tutor for a student.
    Allocation(StudentId),
    /// A 1-2-1; a new one can become a group meeting.
    Meeting(meeting::Sitting),
    /// A group meeting.
    Group(group::Register),
    /// A contact.
    Contact(StudentId, Which<ContactId>),
    /// A note; a new one may belong to a meeting.
    Note(StudentId, Which<NoteId>, Option<MeetingId>),
    /// An action.
    Action(StudentId, Which<ActionId>),
    /// A referral.
    Referral(StudentId, Which<ReferralId>),
    /// A consent.
    Consent(StudentId, Which<ConsentId>),
    /// Why an obligation need not be met.
    Waiver(StudentId, DutyKey),
    /// Which meeting fills which slot.
    Slot(slot::Filling),
    /// A concern or praise.
    Flag(StudentId, FlagKind, Which<FlagId>),
    /// Something that is passed on about a student.
    Share(StudentId),
    /// The start, a step or the end of a ladder.
    Ladder(LadderForm),
    /// A decision about alerts.
    Decide(DecideForm),
    /// A contact, an action or an export for many.
    Bulk(BulkForm),
    /// A case.
    Case(StudentId, Which<CaseId>),
    /// How the score is used.
    Tuning(TuningForm),
    /// A letter.
    Letter(Writing),
    /// One letter for many students.
    Letters(Many),
    /// A view of a list that gets a name.
    View(Listed),
    /// The columns of a list.
    Columns(List),
    /// A training of a tutor.
    Training(TutorId, Course, Which<TrainingId>),
    /// An absence of a tutor.
    Absence(TutorId, Which<AbsenceId>),
    /// A term of office of a tutor.
    Term(TutorId, Which<RoleTermId>),
    /// A yearly or monthly duty of a tutor, done.
    DutyDone(TutorId, DutyKey, Which<DutyDoneId>),
}

impl RecordForm {
    /// The form that a command about a student opens; `marked` are the students of a group meeting.
    #[must_use]
    pub fn of_command(
        command: command::Student,
        student: StudentId,
        marked: &[StudentId],
        today: NaiveDate,
    ) -> Option<Self> {
        use command::Student as Command;
        let new = match command {
            Command::Meeting if !marked.is_empty() => {
                Self::Group(group::Register::new(marked.to_vec(), today))
            }
            Command::Meeting => Self::Meeting(meeting::Sitting::new(student, today)),
            Command::Note => Self::Note(student, Which::New, None),
            Command::Contact => Self::Contact(student, Which::New),
            Command::Action => Self::Action(student, Which::New),
            Command::Refer => Self::Referral(student, Which::New),
            Command::Concern => Self::Flag(student, FlagKind::Concern, Which::New),
            Command::Praise => Self::Flag(student, FlagKind::Praise, Which::New),
            Command::Consent => Self::Consent(student, Which::New),
            Command::PassOn => Self::Share(student),
            Command::Edit => Self::Student(Which::Edit(student)),
            Command::Ladder
            | Command::Consents
            | Command::Waive
            | Command::Slot
            | Command::Copy
            | Command::Delete
            | Command::Letter
            | Command::Summary
            | Command::Central => return None,
        };
        Some(new)
    }

    /// Whether [`of_record`](Self::of_record) has a form: asked for every picture, so nobody is looked for who could
    /// be on a register.
    #[must_use]
    pub fn edits(
        records: &Records,
        file: &StudentFile,
        record: RecordId,
        today: NaiveDate,
    ) -> bool {
        let meeting = (record.kind == Kind::Meeting).then(|| MeetingId::from_bytes(record.bytes));
        meeting.map_or_else(
            || Self::of_record(records, file, record, today).is_some(),
            |id| file.find(id).is_some() || records.group(id).is_some(),
        )
    }

    /// The form that edits a record in the file of a student; none if there is nothing to edit.
    #[must_use]
    pub fn of_record(
        records: &Records,
        file: &StudentFile,
        record: RecordId,
        today: NaiveDate,
    ) -> Option<Self> {
        let student = file.student.id;
        let RecordId { kind, bytes } = record;
        let found = match kind {
            Kind::Student | Kind::Enrolment => Self::Student(Which::Edit(student)),
            Kind::Allocation => Self::Allocation(student),
            Kind::Meeting if file.find(MeetingId::from_bytes(bytes)).is_some() => {
                let sitting = meeting::Sitting::new(student, today);
                Self::Meeting(meeting::Sitting { meeting: Some(Id::from_bytes(bytes)), ..sitting })
            }
            Kind::Meeting => {
                Self::Group(group::Register::of(records, Id::from_bytes(bytes), today)?)
            }
            Kind::Contact => Self::Contact(student, Which::Edit(Id::from_bytes(bytes))),
            Kind::Note => Self::Note(student, Which::Edit(Id::from_bytes(bytes)), None),
            Kind::Action => Self::Action(student, Which::Edit(Id::from_bytes(bytes))),
            Kind::Referral => Self::Referral(student, Which::Edit(Id::from_bytes(bytes))),
            Kind::Consent => Self::Consent(student, Which::Edit(Id::from_bytes(bytes))),
            Kind::Ladder => {
                let ladder = file.find(LadderId::from_bytes(bytes)).filter(|it| it.is_open())?;
                Self::Ladder(LadderForm::End(student, ladder.id))
            }
            Kind::Flag => {
                let held = file.find(FlagId::from_bytes(bytes))?;
                Self::Flag(student, held.kind, Which::Edit(held.id))
            }
            Kind::Case => {
                let held = file.find(CaseId::from_bytes(bytes))?;
                Self::Case(student, Which::Edit(held.id))
            }
            Kind::Letter => {
                let held = file.find(LetterId::from_bytes(bytes))?;
                let (letter, meeting) = (Some(held.id), held.meeting);
                Self::Letter(Writing { student, kind: held.kind.clone(), meeting, letter })
            }
            Kind::Profile
            | Kind::Tutor
            | Kind::Calendar
            | Kind::Mapping
            | Kind::Attendance
            | Kind::Waiver
            | Kind::SlotChoice
            | Kind::Disclosure
            | Kind::Training
            | Kind::Absence
            | Kind::RoleTerm
            | Kind::DutyDone
            | Kind::Module
            | Kind::Batch
            | Kind::Tuning
            | Kind::SavedView
            | Kind::Engagement
            | Kind::Results
            | Kind::Decision
            | Kind::Alias => {
                return None;
            }
        };
        Some(found)
    }

    /// The form, filled in.
    #[must_use]
    pub fn form(&self, model: &Model) -> Form {
        match self {
            Self::Student(which) => student::form(model, *which),
            Self::Tutor(which) => tutor::form(model, *which),
            Self::Calendar(which) => calendar::form(model, *which),
            Self::Allocation(student) => allocation::form(model, *student),
            Self::Meeting(sitting) => meeting::form(model, sitting),
            Self::Group(register) => group::form(model, register),
            Self::Contact(student, which) => contact::form(model, *student, *which),
            Self::Note(student, which, meeting) => note::form(model, *student, *which, *meeting),
            Self::Action(student, which) => action::form(model, *student, *which),
            Self::Referral(student, which) => referral::form(model, *student, *which),
            Self::Consent(student, which) => consent::form(model, *student, *which),
            Self::Waiver(student, key) => waiver::form(model, *student, key),
            Self::Slot(filling) => slot::form(model, filling),
            Self::Flag(student, kind, which) => flag::form(model, *student, (*kind, *which)),
            Self::Share(student) => share::form(model, *student),
            Self::Ladder(what) => ladder::form(model, *what),
            Self::Decide(what) => decide::form(model, what),
            Self::Bulk(what) => bulk::form(model, what),
            Self::Case(student, which) => case::form(model, *student, *which),
            Self::Tuning(what) => tuning::form(model, what),
            Self::Letter(writing) => letter::form(model, writing),
            Self::Letters(many) => letters::form(model, many),
            Self::View(listed) => view::form(model, *listed),
            Self::Columns(list) => columns::form(model, *list),
            Self::Training(tutor, course, which) => training::form(model, *tutor, *course, *which),
            Self::Absence(tutor, which) => absence::form(model, *tutor, *which),
            Self::Term(tutor, which) => role_term::form(model, *tutor, *which),
            Self::DutyDone(tutor, duty, which) => duty_done::form(model, *tutor, duty, *which),
        }
    }

    /// The notes that it edits.
    #[must_use]
    pub fn notes<'a>(&self, records: &'a Records) -> Vec<&'a Note> {
        let (student, notes) = match self {
            Self::Note(student, Which::Edit(note), _) => (*student, vec![*note]),
            Self::Meeting(sitting) => (sitting.student, meeting::notes(sitting, records)),
            Self::Note(_, Which::New, _)
            | Self::Student(_)
            | Self::Tutor(_)
            | Self::Calendar(_)
            | Self::Allocation(_)
            | Self::Group(_)
            | Self::Contact(..)
            | Self::Action(..)
            | Self::Referral(..)
            | Self::Consent(..)
            | Self::Waiver(..)
            | Self::Slot(_)
            | Self::Flag(..)
            | Self::Share(_)
            | Self::Ladder(_)
            | Self::Decide(_)
            | Self::Bulk(_)
            | Self::Case(..)
            | Self::Tuning(_)
            | Self::Letter(_)
            | Self::Letters(_)
            | Self::View(_)
            | Self::Columns(_)
            | Self::Training(..)
            | Self::Absence(..)
            | Self::Term(..)
            | Self::DutyDone(..) => return Vec::new(),
        };
        let Some(file) = records.file(student) else { return Vec::new() };
        notes.into_iter().filter_map(|note| Some(&file.find(note)?.value)).collect()
    }

    /// Shows and hides fields, as what is chosen asks for.
    pub fn refresh(&self, form: &mut Form) {
        match self {
            Self::Meeting(sitting) => meeting::refresh(sitting, form),
            Self::Group(register) => group::refresh(register, form),
            Self::Contact(..) => contact::refresh(form),
            Self::Note(..) => note::refresh(form),
            Self::Letter(_) => letter::refresh(form),
            Self::Bulk(what) => bulk::refresh(what, form),
            Self::Student(_)
            | Self::Tutor(_)
            | Self::Calendar(_)
            | Self::Allocation(_)
            | Self::Action(..)
            | Self::Referral(..)
            | Self::Consent(..)
            | Self::Waiver(..)
            | Self::Slot(_)
            | Self::Flag(..)
            | Self::Decide(_)
            | Self::Case(..)
            | Self::Tuning(_)
            | Self::Letters(_)
            | Self::View(_)
            | Self::Columns(_)
            | Self::Training(..)
            | Self::Absence(..)
            | Self::Term(..)
            | Self::DutyDone(..) => {}
            Self::Share(_) | Self::Ladder(_) => share::refresh(form),
        }
    }

    /// What saving asks of the world: nothing if nothing has changed.
    ///
    /// # Errors
    /// What is wrong with which field.
    pub fn submit(&self, form: &Form, model: &mut Model) -> Result<Vec<Effect>, Errors> {
        match self {
            Self::Student(which) => student::submit(form, model, *which),
            Self::Tutor(which) => tutor::submit(form, model, *which),
            Self::Calendar(which) => calendar::submit(form, model, *which),
            Self::Allocation(student) => allocation::submit(form, model, *student),
            Self::Meeting(sitting) => meeting::submit(form, model, sitting),
            Self::Group(register) => group::submit(form, model, register),
            Self::Contact(student, which) => contact::submit(form, model, *student, *which),
            Self::Note(student, which, meeting) => {
                note::submit(form, model, *student, (*which, *meeting))
            }
            Self::Action(student, which) => action::submit(form, model, *student, *which),
            Self::Referral(student, which) => referral::submit(form, model, *student, *which),
            Self::Consent(student, which) => consent::submit(form, model, *student, *which),
            Self::Waiver(student, key) => waiver::submit(form, model, *student, key),
            Self::Slot(filling) => slot::submit(form, model, filling),
            Self::Flag(student, kind, which) => {
                flag::submit(form, model, *student, (*kind, *which))
            }
            Self::Share(student) => share::submit(form, model, *student),
            Self::Ladder(what) => ladder::submit(form, model, *what),
            Self::Decide(what) => decide::submit(form, model, what),
            Self::Bulk(what) => bulk::submit(form, model, what),
            Self::Case(student, which) => case::submit(form, model, *student, *which),
            Self::Tuning(what) => tuning::submit(form, model, what),
            Self::Letter(writing) => letter::submit(form, model, writing),
            Self::Letters(many) => letters::submit(form, model, many),
            Self::View(listed) => view::submit(form, model, *listed),
            Self::Columns(list) => columns::submit(form, model, *list),
            Self::Training(_, _, which) => training::submit(form, model, *which),
            Self::Absence(_, which) => absence::submit(form, model, *which),
            Self::Term(_, which) => role_term::submit(form, model, *which),
            Self::DutyDone(_, duty, which) => duty_done::submit(form, model, duty, *which),
        }
    }
}
