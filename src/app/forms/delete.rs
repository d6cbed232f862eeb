//! Deleting what is selected: a question that says what goes with it and what stays.

use std::sync::Arc;

use chrono::NaiveDate;

use super::parts::beside;
use crate::{
    app::{
        model::Model,
        msg::Effect,
        popup::{Confirm, Popup},
        status::Toast,
    },
    domain::{
        case::CaseId,
        change::Change,
        contact::ContactId,
        decision::DecisionId,
        file::StudentFile,
        flag::FlagId,
        id::Id,
        letter::LetterId,
        meeting::MeetingId,
        note::NoteId,
        record::{Kind, RecordId},
        referral::ReferralId,
        student::StudentId,
        time::show_day,
        word::Choice,
        write::{
            Context, FieldError, absence, action, case, consent, contact, decision, duty_done,
            flag, group, ladder, letter, meeting, note, referral, role_term, student, training,
        },
    },
};

const OF_CONSENT: &str = "Delete the consent? If the student took it back, edit it and write when: \
                          then it stays known what was allowed until then.";

/// Asks before a record in the file of a student is deleted; says so where it cannot be.
pub fn ask(model: &mut Model, student: StudentId, record: RecordId) -> Vec<Effect> {
    let wanted = change(model, student, record);
    ask_for(model, wanted)
}

fn ask_for(model: &mut Model, wanted: Result<(String, Change), Vec<FieldError>>) -> Vec<Effect> {
    match wanted {
        Ok((question, change)) => {
            let question = format!("{question} Undo brings it back.");
            let confirm = Confirm::new(&question, Effect::Commit(change));
            model.popups.push(Popup::Confirm(confirm));
            Vec::new()
        }
        Err(errors) => {
            let sentence = beside(errors).into_iter().next().map(|(_, sentence)| sentence);
            model.tell(Toast::failed(sentence.unwrap_or_default()))
        }
    }
}

/// Asks before a record of a tutor is deleted.
pub fn ask_own(model: &mut Model, record: RecordId) -> Vec<Effect> {
    let records = Arc::clone(&model.records);
    let context = &Context { records: &records, now: model.now, ids: &mut model.ids };
    let bytes = record.bytes;
    let (question, written) = if record.kind == Kind::Training {
        ("Delete the training?", training::delete(context, Id::from_bytes(bytes)))
    } else if record.kind == Kind::Absence {
        ("Delete the absence?", absence::delete(context, Id::from_bytes(bytes)))
    } else if record.kind == Kind::RoleTerm {
        ("Delete the term of office?", role_term::delete(context, Id::from_bytes(bytes)))
    } else if record.kind == Kind::DutyDone {
        ("Mark the duty as not done?", duty_done::delete(context, Id::from_bytes(bytes)))
    } else {
        return Vec::new();
    };
    ask_for(model, written.map(|change| (question.to_owned(), change)))
}

/// Whether a record of this kind can be deleted from a list.
#[must_use]
pub fn deletes(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Student
            | Kind::Meeting
            | Kind::Contact
            | Kind::Note
            | Kind::Action
            | Kind::Referral
            | Kind::Consent
            | Kind::Flag
            | Kind::Ladder
            | Kind::Letter
            | Kind::Decision
            | Kind::Case
    )
}

#[expect(clippy::too_many_lines, reason = "a row for each kind of record")]
fn change(
    model: &mut Model,
    student: StudentId,
    record: RecordId,
) -> Result<(String, Change), Vec<FieldError>> {
    let records = Arc::clone(&model.records);
    let context = &mut Context { records: &records, now: model.now, ids: &mut model.ids };
    let file = context.file(student)?;
    let today = context.now.today();
    let RecordId { kind, bytes } = record;
    let of = |what: &str, day: NaiveDate| format!("Delete the {what} of {}?", show_day(day, today));
    Ok(match kind {
        Kind::Student => (whole(file), student::delete(context, student)?),
        Kind::Meeting => meeting_of(context, student, Id::from_bytes(bytes))?,
        Kind::Contact => {
            let day = context.held(student, ContactId::from_bytes(bytes))?.on;
            (of("contact", day), contact::delete(context, student, Id::from_bytes(bytes))?)
        }
        Kind::Note => {
            let day = context.held(student, NoteId::from_bytes(bytes))?.on;
            (of("note", day), note::delete(context, student, Id::from_bytes(bytes))?)
        }
        Kind::Action => {
            let change = action::delete(context, student, Id::from_bytes(bytes))?;
            ("Delete the action?".to_owned(), change)
        }
        Kind::Referral => {
            let day = context.held(student, ReferralId::from_bytes(bytes))?.on;
            (of("referral", day), referral::delete(context, student, Id::from_bytes(bytes))?)
        }
        Kind::Consent => {
            let change = consent::delete(context, student, Id::from_bytes(bytes))?;
            (OF_CONSENT.to_owned(), change)
        }
        Kind::Ladder => {
            let change = ladder::delete(context, student, Id::from_bytes(bytes))?;
            ("Delete the ladder? Its contacts stay.".to_owned(), change)
        }
        Kind::Flag => {
            let held = context.held(student, FlagId::from_bytes(bytes))?;
            let words = held.kind.words();
            (of(words, held.on), flag::delete(context, student, held.id)?)
        }
        Kind::Letter => {
            let day = context.held(student, LetterId::from_bytes(bytes))?.made;
            (of("letter", day), letter::delete(context, student, Id::from_bytes(bytes))?)
        }
        Kind::Decision => {
            let id = DecisionId::from_bytes(bytes);
            let what = context.held(student, id)?.words(&records, today);
            let question = format!("Take it back that the student was {what}?");
            (question, decision::take_back(context, student, id)?)
        }
        Kind::Case => {
            let day = context.held(student, CaseId::from_bytes(bytes))?.opened;
            (of("case", day), case::delete(context, student, Id::from_bytes(bytes))?)
        }
        Kind::Profile
        | Kind::Tutor
        | Kind::Calendar
        | Kind::Mapping
        | Kind::Enrolment
        | Kind::Allocation
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
        | Kind::Alias => {
            return Err(FieldError::whole("This is kept as history: edit it instead."));
        }
    })
}

fn whole(file: &StudentFile) -> String {
    let name = file.student.name.shown();
    let count: usize = file.counts().iter().map(|(_, count)| count).sum();
    format!("Delete {name} and everything about them, {count} records?")
}

fn meeting_of(
    context: &mut Context<'_>,
    student: StudentId,
    id: MeetingId,
) -> Result<(String, Change), Vec<FieldError>> {
    let today = context.now.today();
    let stays = "with its notes? Actions agreed there stay.";
    if let Some(held) = context.records.group(id) {
        let (day, people) = (show_day(held.on, today), context.records.register(id).count());
        let question =
            format!("Delete the group meeting of {day} for all {people} students {stays}");
        return Ok((question, group::delete(context, id)?));
    }
    let day = show_day(context.held(student, id)?.on, today);
    let question = format!("Delete the meeting of {day} {stays}");
    Ok((question, meeting::delete(context, student, id)?))
}
