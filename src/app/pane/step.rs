//! What is done about the student in hand: the forms, the next step of an alert, marking an entry as done.

use crate::app::command::Student;
use crate::app::decide;
use crate::app::forms::{BulkForm, Deed, LadderForm, RecordForm, Which, delete};
use crate::app::letters::{self, Writing};
use crate::app::meetings::act;
use crate::app::model::{Model, Pane, View};
use crate::app::msg::{Access, Effect};
use crate::app::popup::{FormKind, Ledger, Popup};
use crate::domain::{
    action::ActionId,
    change::record_id,
    contact::{Contact, Reply},
    id::Id,
    letter::{Letter, LetterId},
    meeting::MeetingId,
    policy::RecipientKind,
    reason::NextStep,
    record::{Kind, Record, RecordId},
    student::StudentId,
    write::{action, contact, letter},
};

use super::{copying, writing};

/// Whether a command about the student in hand can do something now.
#[must_use]
pub fn applies(model: &Model, command: Student) -> bool {
    let Some(student) = decide::in_hand(model) else { return false };
    let writes = model.access == Access::Write;
    match command {
        Student::Copy => copying::applies(model, student),
        Student::Edit => writes && (edits_selected(model) || writes_note(model)),
        Student::Delete => {
            writes && selected(model).is_some_and(|record| delete::deletes(record.kind))
        }
        Student::Meeting
        | Student::Note
        | Student::Contact
        | Student::Action
        | Student::Refer
        | Student::Concern
        | Student::Praise
        | Student::Consent
        | Student::PassOn
        | Student::Letter
        | Student::Summary
        | Student::Central => writes,
        Student::Waive => writes && act::can_waive(model),
        Student::Slot => writes && act::filling(model).is_some(),
        Student::Consents => true,
        Student::Ladder => writes && LadderForm::next(model, student).is_some(),
    }
}

/// Carries out a command about the student in hand.
pub fn run(model: &mut Model, command: Student) -> Vec<Effect> {
    let Some(student) = decide::in_hand(model) else { return Vec::new() };
    match command {
        Student::Copy => copying::ask(model, student),
        Student::Edit if writes_note(model) => return writing::begin(model),
        Student::Edit => {
            if let Some(form) = form_of_selected(model) {
                model.open_form(FormKind::Record(form));
            }
        }
        Student::Delete => {
            if let Some(record) = selected(model) {
                return delete::ask(model, student, record);
            }
        }
        Student::Letter => write_letter(model, student),
        Student::Summary => return about_meeting(model, student, Letter::SUMMARY),
        Student::Central => return about_meeting(model, student, Letter::CENTRAL),
        Student::Contact | Student::Action => {
            let deed = if command == Student::Contact { Deed::Contact } else { Deed::Action };
            match for_marked(model, deed) {
                Some(form) => model.open_form(FormKind::Record(form)),
                None => open(model, command, student),
            }
        }
        Student::Meeting
        | Student::Note
        | Student::Refer
        | Student::Concern
        | Student::Praise
        | Student::Consent
        | Student::PassOn => open(model, command, student),
        Student::Waive => return act::waive(model),
        Student::Slot => {
            if let Some(form) = act::filling(model) {
                model.open_form(FormKind::Record(form));
            }
        }
        Student::Consents => model.popups.push(Popup::Ledger(Ledger::new(student))),
        Student::Ladder => {
            if let Some(form) = LadderForm::next(model, student) {
                model.open_form(FormKind::Record(RecordForm::Ladder(form)));
            }
        }
    }
    Vec::new()
}

/// The form of a contact or an action for all who are marked, while somebody is and their list has the keys.
fn for_marked(model: &Model, deed: Deed) -> Option<RecordForm> {
    let students: Vec<StudentId> = decide::marked(model).collect();
    (!students.is_empty()).then_some(RecordForm::Bulk(BulkForm { deed, students }))
}

/// Opens the form of a command: a meeting for the marked students while their list has the keys, a note
/// for the meeting under the cursor.
fn open(model: &mut Model, command: Student, student: StudentId) {
    let on_board = model.view == View::Meetings;
    let marked: Vec<StudentId> =
        if on_board { Vec::new() } else { decide::marked(model).collect() };
    let entry = selected(model).filter(|record| record.kind == Kind::Meeting);
    let form = match (command, entry) {
        (Student::Note, Some(meeting)) => {
            let meeting = Id::from_bytes(meeting.bytes);
            Some(RecordForm::Note(student, Which::New, Some(meeting)))
        }
        (Student::Meeting, _) if marked.is_empty() => Some(act::meeting(model, student)),
        _ => RecordForm::of_command(command, student, &marked, model.now.today()),
    };
    if let Some(form) = form {
        model.open_form(FormKind::Record(form));
    }
}

/// The menu of letters: for the marked students while their list has the keys, else for the one in hand.
fn write_letter(model: &mut Model, student: StudentId) {
    let marked: Vec<StudentId> = decide::marked(model).collect();
    let students = if marked.is_empty() { vec![student] } else { marked };
    let menu = letters::menu(model, &students, meeting_in_hand(model));
    model.popups.push(Popup::Menu(menu));
}

/// A letter about the meeting in hand, else about the latest.
fn about_meeting(model: &mut Model, student: StudentId, kind: &str) -> Vec<Effect> {
    let meeting = meeting_in_hand(model);
    letters::write(model, Writing { student, kind: kind.to_owned(), meeting, letter: None })
}

/// The meeting under the cursor, or that of the note or action under it.
#[must_use]
pub fn meeting_in_hand(model: &Model) -> Option<MeetingId> {
    let record = selected(model)?;
    let file = model.records.file(model.desk.student()?)?;
    match file.record(record) {
        Some((_, Record::Note(note))) => note.meeting,
        Some((_, Record::Action(action))) => action.meeting,
        _ => (record.kind == Kind::Meeting).then(|| Id::from_bytes(record.bytes)),
    }
}

/// What the keys of the pane speak of: the student in the lists, the entry in timeline and note.
pub(super) fn selected(model: &Model) -> Option<RecordId> {
    if model.view == View::Meetings {
        return act::in_hand(model).and_then(|one| act::record(&one));
    }
    match model.focus {
        Pane::Tutees | Pane::Engagement | Pane::Alerts => model.desk.student().map(record_id),
        Pane::Timeline => model.desk.timeline.selected().map(|entry| entry.record),
        Pane::Note => {
            let timeline = &model.desk.timeline;
            timeline.note().or_else(|| timeline.selected().map(|entry| entry.record))
        }
    }
}

fn writes_note(model: &Model) -> bool {
    model.access == Access::Write && selected(model).is_some_and(|record| record.kind == Kind::Note)
}

fn form_of_selected(model: &Model) -> Option<RecordForm> {
    form_of(model, selected(model)?)
}

fn edits_selected(model: &Model) -> bool {
    let file = model.desk.student().and_then(|student| model.records.file(student));
    let found = file.zip(selected(model));
    found.is_some_and(|(file, record)| {
        RecordForm::edits(&model.records, file, record, model.now.today())
    })
}

fn form_of(model: &Model, record: RecordId) -> Option<RecordForm> {
    let file = model.records.file(model.desk.student()?)?;
    RecordForm::of_record(&model.records, file, record, model.now.today())
}

/// Does the next step of the selected alert: marks the action, or opens the form for it.
pub fn next(model: &mut Model) -> Vec<Effect> {
    let Some(alert) = model.desk.alerts.selected() else { return Vec::new() };
    let student = alert.student;
    next_of(model, student)
}

/// The same for the alert of a student, wherever it is listed.
pub fn next_of(model: &mut Model, student: StudentId) -> Vec<Effect> {
    let Some(alert) = model.desk.alerts.find(student) else { return Vec::new() };
    let next = alert.next();
    model.desk.select(&model.records, student);
    if model.access != Access::Write {
        model.turn_to(Pane::Timeline);
        return Vec::new();
    }
    match next {
        Some(NextStep::MarkDone(action)) => return tick(model, student, action),
        Some(NextStep::GetInTouch(flag)) => {
            model.desk.show_record(&model.records, record_id(flag));
            open(model, Student::Contact, student);
        }
        Some(NextStep::ContactAgain(contact)) => {
            model.desk.show_record(&model.records, record_id(contact));
            open(model, Student::Contact, student);
        }
        Some(NextStep::CheckIn) => open(model, Student::Contact, student),
        Some(NextStep::StartLadder) => {
            model.open_form(FormKind::Record(RecordForm::Ladder(LadderForm::Start(student))));
        }
        Some(NextStep::AskHowItWent(referral)) => {
            model.desk.show_record(&model.records, record_id(referral));
            let form = RecordForm::Referral(student, Which::Edit(referral));
            model.open_form(FormKind::Record(form));
        }
        Some(NextStep::Allocate) => {
            model.open_form(FormKind::Record(RecordForm::Allocation(student)));
        }
        Some(NextStep::Meet) => {
            let form = act::meeting(model, student);
            model.open_form(FormKind::Record(form));
        }
        Some(NextStep::SayOutcome(meeting)) => {
            model.desk.show_record(&model.records, record_id(meeting));
            if let Some(form) = form_of(model, record_id(meeting)) {
                model.open_form(FormKind::Record(form));
            }
        }
        Some(NextStep::TakeStep(ladder, _)) => {
            model.desk.show_record(&model.records, record_id(ladder));
            let form = RecordForm::Ladder(LadderForm::Step(student, ladder));
            model.open_form(FormKind::Record(form));
        }
        Some(NextStep::EndLadder(ladder)) => {
            model.desk.show_record(&model.records, record_id(ladder));
            let form = RecordForm::Ladder(LadderForm::End(student, ladder));
            model.open_form(FormKind::Record(form));
        }
        None => {}
    }
    Vec::new()
}

/// Whether the entry under the cursor can be marked as done.
#[must_use]
pub fn can_be_done(model: &Model) -> bool {
    let file = model.desk.student().and_then(|student| model.records.file(student));
    let (Some(file), Some(entry)) = (file, model.desk.timeline.selected()) else { return false };
    let bytes = entry.record.bytes;
    match entry.record.kind {
        Kind::Action => true,
        Kind::Letter => stamp(model, LetterId::from_bytes(bytes)).is_some(),
        Kind::Contact => file.contacts.iter().any(|it| it.id.bytes() == bytes && waits(it)),
        Kind::Referral => {
            file.referrals.iter().any(|it| it.id.bytes() == bytes && it.outcome.is_none())
        }
        Kind::Flag => file.flags.iter().any(|it| it.id.bytes() == bytes && it.is_open_concern()),
        Kind::Profile
        | Kind::Tutor
        | Kind::Calendar
        | Kind::Mapping
        | Kind::Student
        | Kind::Enrolment
        | Kind::Allocation
        | Kind::Meeting
        | Kind::Attendance
        | Kind::Note
        | Kind::Consent
        | Kind::Waiver
        | Kind::SlotChoice
        | Kind::Ladder
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
        | Kind::Case
        | Kind::Alias => false,
    }
}

/// What becomes of a letter next: it is sent, and one to the student is then agreed.
fn stamp(model: &Model, id: LetterId) -> Option<letter::Stamp> {
    let held = model.records.file(model.desk.student()?)?.find(id)?;
    let to_student =
        || letters::template(model, &held.kind).is_some_and(|it| it.to == RecipientKind::Student);
    match (held.sent, held.agreed) {
        (None, _) => Some(letter::Stamp::Sent),
        (Some(_), None) if to_student() => Some(letter::Stamp::Agreed),
        (Some(_), _) => None,
    }
}

fn waits(contact: &Contact) -> bool {
    matches!(contact.reply, Reply::Awaited | Reply::NoAnswer)
}

/// Marks the entry under the cursor as done: an action, a reply that came; or asks how it ended.
pub fn done(model: &mut Model) -> Vec<Effect> {
    let entry = model.desk.timeline.selected().copied();
    let Some((student, entry)) = model.desk.student().zip(entry) else { return Vec::new() };
    let bytes = entry.record.bytes;
    if entry.record.kind == Kind::Action {
        return tick(model, student, Id::from_bytes(bytes));
    }
    if let (Kind::Letter, Some(next)) = (entry.record.kind, stamp(model, Id::from_bytes(bytes))) {
        return model.write(|context| letter::stamp(context, student, Id::from_bytes(bytes), next));
    }
    if entry.record.kind == Kind::Contact {
        return model.write(|context| contact::mark_reply(context, student, Id::from_bytes(bytes)));
    }
    if let Some(form) = form_of_selected(model) {
        model.open_form(FormKind::Record(form));
    }
    Vec::new()
}

/// Opens the entry under the cursor: its note, or the form that edits it.
pub fn open_entry(model: &mut Model) -> Vec<Effect> {
    if model.desk.timeline.note().is_some() || model.access != Access::Write {
        model.turn_to(Pane::Note);
    } else if let Some(form) = form_of_selected(model) {
        model.open_form(FormKind::Record(form));
    }
    Vec::new()
}

/// Shows a record in the timeline and gives the timeline the keys.
pub fn jump(model: &mut Model, record: RecordId) -> Vec<Effect> {
    model.desk.show_record(&model.records, record);
    model.turn_to(Pane::Timeline);
    Vec::new()
}

fn tick(model: &mut Model, student: StudentId, id: ActionId) -> Vec<Effect> {
    model.write(|context| action::tick(context, student, id))
}
