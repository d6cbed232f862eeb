//! What is done about an obligation in hand: the meeting that meets it, a waiver, a meeting put there by
//! hand, a group of all who have not met yet.

use crate::{
    app::{
        decide,
        forms::{RecordForm, group::Register, meeting::Sitting, slot::Filling},
        letters::Many,
        meetings::{Column, Half},
        model::{Model, Pane, View},
        msg::{Access, Effect},
        pane::step,
        popup::FormKind,
        status::Toast,
    },
    domain::{
        change::record_id,
        duty_key::DutyKey,
        obligation::{By, Obligation, Status},
        policy::{Format, What},
        record::RecordId,
        student::StudentId,
        write::waiver,
    },
};

/// The obligation that the keys speak of: that of the cell or line, or of the slot in the timeline.
#[must_use]
pub fn in_hand(model: &Model) -> Option<Obligation> {
    let plan = model.rules.plan.as_deref()?;
    match (model.view, model.focus) {
        (View::Meetings, _) => model.desk.meetings.in_hand(plan).copied(),
        (View::Desk, Pane::Timeline) => model.desk.timeline.slot().copied(),
        (View::Triage, _)
        | (View::Desk, Pane::Tutees | Pane::Note | Pane::Engagement | Pane::Alerts) => None,
    }
}

/// The record that met the obligation in hand, or is planned to, or set it aside.
#[must_use]
pub fn record(one: &Obligation) -> Option<RecordId> {
    match (one.status, one.planned) {
        (Status::Met(By::Meeting(id)), _)
        | (Status::Upcoming | Status::Due | Status::Overdue, Some(id)) => Some(record_id(id)),
        (Status::Met(By::Contact(id)), _) => Some(record_id(id)),
        (Status::Met(By::Letter(id)), _) => Some(record_id(id)),
        (Status::Met(By::Allocation(id)), _) => Some(record_id(id)),
        (Status::Waived(id), _) => Some(record_id(id)),
        (
            Status::Upcoming
            | Status::Due
            | Status::Overdue
            | Status::Met(By::Enrolment(_) | By::Student(_))
            | Status::NotApplicable(_),
            _,
        ) => None,
    }
}

fn format(model: &Model, one: &Obligation) -> Option<Format> {
    match &model.rules.plan.as_deref()?.duty(one)?.what {
        What::Slot(slot) => Some(slot.format),
        What::Count(count) => Some(count.format),
        What::Contact => Some(Format::Either),
        What::Tutor | What::Filled(_) | What::Letter { .. } | What::Outcome { .. } => None,
    }
}

/// The open slot of a student that a meeting held today would meet.
#[must_use]
pub fn nearest(model: &Model, student: StudentId) -> Option<Obligation> {
    let plan = model.rules.plan.as_deref()?;
    plan.would_meet(&model.records, model.records.file(student)?, model.now.today())
}

/// The form of a meeting for the slot in hand, or for the nearest one that is open.
#[must_use]
pub fn meeting(model: &Model, student: StudentId) -> RecordForm {
    let today = model.now.today();
    let open = in_hand(model).filter(|one| one.status.is_open() && one.planned.is_none());
    if let Some(one) = open.filter(|one| format(model, one) == Some(Format::Group)) {
        let students = who(model, student);
        let chosen = key(model, &one);
        let new = Register::new(students, today);
        return RecordForm::Group(Register { slot: Some(one), chosen, ..new });
    }
    let chosen = open.and_then(|one| key(model, &one));
    let slot = open.or_else(|| nearest(model, student).filter(|_| model.view != View::Meetings));
    RecordForm::Meeting(Sitting { slot, chosen, ..Sitting::new(student, today) })
}

/// The lasting name of a slot, for a meeting that is meant for it whatever the rule would find.
fn key(model: &Model, one: &Obligation) -> Option<DutyKey> {
    let plan = model.rules.plan.as_deref()?;
    let slot = plan.duty(one).is_some_and(|duty| matches!(duty.what, What::Slot(_)));
    plan.key(one).filter(|_| slot)
}

/// Who is meant for a group: the marked students, else all who have not met in the slot in hand, and the
/// one student while only theirs is shown.
fn who(model: &Model, student: StudentId) -> Vec<StudentId> {
    let desk = &model.desk;
    let marked: Vec<StudentId> = decide::marked(model).collect();
    if !marked.is_empty() {
        return marked;
    }
    let found = model.desk.meetings.unmet(&desk.tutees);
    let one = model.view != View::Meetings || desk.meetings.half == Half::Student;
    if one || found.is_empty() { vec![student] } else { found }
}

/// Opens the form of a group meeting for the slot in hand.
pub fn group(model: &mut Model) {
    let Some(student) = model.desk.student() else { return };
    let slot = in_hand(model).filter(|one| format(model, one).is_some());
    let today = model.now.today();
    let chosen = slot.and_then(|one| key(model, &one));
    let new = Register::new(who(model, student), today);
    model.open_form(FormKind::Record(RecordForm::Group(Register { slot, chosen, ..new })));
}

/// Opens the form of an invitation to the meeting of the slot in hand, for all who are meant.
pub fn invite(model: &mut Model) {
    let Some(student) = model.desk.student() else { return };
    let group = in_hand(model).and_then(|one| format(model, &one)) == Some(Format::Group);
    let kind = if group { "group-invitation" } else { "invitation" };
    let students = who(model, student);
    let form = RecordForm::Letters(Many { students, kind: kind.into(), meeting: None });
    model.open_form(FormKind::Record(form));
}

/// Opens what is in hand: the form of its meeting while it is open, else the record that met it.
pub fn open(model: &mut Model) -> Vec<Effect> {
    let (Some(student), Some(one)) = (model.desk.student(), in_hand(model)) else {
        return Vec::new();
    };
    if let Some(record) = record(&one) {
        return step::jump(model, record);
    }
    let meets = one.status.is_open() && format(model, &one).is_some();
    if meets && model.access == Access::Write {
        let form = meeting(model, student);
        model.open_form(FormKind::Record(form));
        return Vec::new();
    }
    model.tell(Toast::said("Nothing is recorded for this."))
}

/// Whether what is in hand can be waived, or a waiver of it taken back.
#[must_use]
pub fn can_waive(model: &Model) -> bool {
    in_hand(model)
        .is_some_and(|one| one.status.is_open() || matches!(one.status, Status::Waived(_)))
}

/// Asks why what is in hand need not be met, or takes the waiver back.
pub fn waive(model: &mut Model) -> Vec<Effect> {
    let (Some(student), Some(one)) = (model.desk.student(), in_hand(model)) else {
        return Vec::new();
    };
    if let Status::Waived(id) = one.status {
        return model.write(|context| waiver::unwaive(context, student, id));
    }
    if !one.status.is_open() {
        return model.tell(Toast::said("Nothing is left to waive here."));
    }
    let key = model.rules.plan.as_deref().and_then(|plan| plan.key(&one));
    if let Some(key) = key {
        model.open_form(FormKind::Record(RecordForm::Waiver(student, key)));
    }
    Vec::new()
}

/// The form that says which meeting fills which slot, for the meeting or slot in hand.
#[must_use]
pub fn filling(model: &Model) -> Option<RecordForm> {
    let plan = model.rules.plan.as_deref()?;
    let student = model.desk.student()?;
    let one = in_hand(model);
    let meeting = match one {
        Some(one) => match (one.status, one.planned) {
            (Status::Met(By::Meeting(id)), _) | (_, Some(id)) => Some(id),
            _ => None,
        },
        None if model.view == View::Desk => step::meeting_in_hand(model),
        None => None,
    };
    let slot = one.filter(|one| {
        let slot = plan.duty(one).is_some_and(|duty| matches!(duty.what, What::Slot(_)));
        slot && one.status.is_open() && Column::of(plan, one).is_some()
    });
    let filling = match (meeting, slot) {
        (Some(meeting), _) => Filling::Meeting(student, meeting),
        (None, Some(one)) => Filling::Slot(student, plan.key(&one)?),
        (None, None) => return None,
    };
    Some(RecordForm::Slot(filling))
}
