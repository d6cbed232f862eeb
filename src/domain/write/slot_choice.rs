//! Decides by hand which slot a meeting fills, or leaves it to the rule again.

use super::{Context, FieldError, Written};
use crate::domain::{
    change::{Label, record_id},
    duty_key::DutyKey,
    meeting::MeetingId,
    record::Owner,
    slot_choice::SlotChoice,
    student::StudentId,
};

/// Lets a meeting of a student fill this slot, or none at all. Another meeting that had been chosen for
/// the slot is left to the rule.
///
/// # Errors
/// When the student has no part in the meeting.
pub fn choose(
    context: &mut Context<'_>,
    student: StudentId,
    meeting: MeetingId,
    slot: Option<&DutyKey>,
) -> Written {
    let file = context.file(student)?;
    if !file.attendances.iter().any(|part| part.meeting == meeting) {
        return Err(FieldError::whole("The student has no part in this meeting."));
    }
    let own = file.slot_choices.iter().find(|choice| choice.meeting == meeting);
    let id = own.map_or_else(|| context.ids.fresh(), |choice| choice.id);
    let mut change = context.change(Label::ChooseSlot);
    for other in file.slot_choices.iter().filter(|other| other.id != id) {
        let same_slot = slot.is_some() && other.slot.as_ref() == slot;
        if other.meeting == meeting || same_slot {
            change.delete(Owner::Student(student), record_id(other.id));
        }
    }
    change.push(SlotChoice { id, student, meeting, slot: slot.cloned() });
    Ok(change.build())
}

/// Leaves it to the rule which slot a meeting fills.
///
/// # Errors
/// When nothing had been chosen for it.
pub fn clear(context: &Context<'_>, student: StudentId, meeting: MeetingId) -> Written {
    let file = context.file(student)?;
    let mut change = context.change(Label::ChooseSlot);
    for choice in file.slot_choices.iter().filter(|choice| choice.meeting == meeting) {
        change.delete(Owner::Student(student), record_id(choice.id));
    }
    let change = change.build();
    if change.is_empty() {
        return Err(FieldError::whole("No slot has been chosen for this meeting."));
    }
    Ok(change)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        meeting::{Attendance, Meeting, Mode, Outcome, With},
        write::fixture::{Desk, day},
    };

    fn key(code: &str) -> DutyKey {
        DutyKey { year: 2026, code: code.into() }
    }

    fn meeting(desk: &mut Desk) -> MeetingId {
        let aisha = desk.aisha;
        let tutor = desk.me();
        let meeting = Meeting {
            id: desk.ids.fresh(),
            with: With::OneToOne(aisha),
            on: day("2026-10-12"),
            at: None,
            minutes: 30,
            mode: Mode::InPerson,
            place: "".into(),
            focus: "".into(),
            tutor,
        };
        let id = meeting.id;
        let part = Attendance {
            id: desk.ids.fresh(),
            meeting: id,
            student: aisha,
            outcome: Outcome::Held,
        };
        let change = desk.context().change(Label::RecordMeeting).put(meeting).put(part).build();
        desk.apply(Ok(change));
        id
    }

    fn chosen(desk: &Desk) -> Vec<(MeetingId, Option<DutyKey>)> {
        let choices = &desk.records.file(desk.aisha).unwrap().slot_choices;
        choices.iter().map(|it| (it.meeting, it.slot.clone())).collect()
    }

    #[test]
    fn a_slot_is_chosen_for_a_meeting_and_for_another_one_later() {
        let mut desk = Desk::new();
        let aisha = desk.aisha;
        let (first, second) = (meeting(&mut desk), meeting(&mut desk));
        for code in ["y1-1", "y1-2"] {
            let written = choose(&mut desk.context(), aisha, first, Some(&key(code)));
            desk.apply(written);
        }
        assert_eq!(chosen(&desk), [(first, Some(key("y1-2")))]);
        let written = choose(&mut desk.context(), aisha, second, Some(&key("y1-2")));
        desk.apply(written);
        assert_eq!(chosen(&desk), [(second, Some(key("y1-2")))]);
        let written = choose(&mut desk.context(), aisha, second, None);
        desk.apply(written);
        assert_eq!(chosen(&desk), [(second, None)]);
        let written = clear(&desk.context(), aisha, second);
        desk.apply(written);
        assert_eq!(chosen(&desk), []);
        assert!(clear(&desk.context(), aisha, second).is_err());
    }

    #[test]
    fn nobody_chooses_for_a_meeting_that_was_anothers() {
        let mut desk = Desk::new();
        let ben = desk.ben;
        let hers = meeting(&mut desk);
        assert!(choose(&mut desk.context(), ben, hers, None).is_err());
    }
}
