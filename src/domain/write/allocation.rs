//! Changes who tutors whom, and keeps the history with its reasons.

use chrono::NaiveDate;

use super::{Context, Written, names::find_tutor, read::Reader};
use crate::domain::{
    change::{Builder, Label, record_id},
    file::StudentFile,
    id::IdSource,
    record::Owner,
    student::StudentId,
    time::Leaning,
    tutor::{Allocation, TutorId},
};

/// A change of tutor, as typed.
#[derive(Clone, Default)]
pub struct AllocationInput {
    /// The new tutor's name, number or e-mail, or `me`; empty if the student is to have none.
    pub tutor: String,
    /// First day of the new allocation; empty is today.
    pub from: String,
    /// Why; may be empty (ESX SPT6: no reason is needed).
    pub reason: String,
}

/// Gives a student another tutor, or none.
///
/// # Errors
/// All that is wrong with the fields, or that the student is gone.
pub fn allocate(context: &mut Context<'_>, student: StudentId, input: &AllocationInput) -> Written {
    let file = context.file(student)?;
    let mut reader = Reader::new(context.now);
    let tutor = read_tutor(context, &mut reader, &input.tutor);
    let from = reader.optional_day("from", &input.from, Leaning::Past);
    let reason = reader.line("reason", &input.reason);
    let from = from.unwrap_or_else(|| context.now.today());
    reader.finish(())?;
    let mut change = context.change(Label::Allocate);
    let step = Step { student, tutor, from, reason };
    reallocate(&mut change, context.ids, Some(file), step);
    Ok(change.build())
}

/// The tutor named in the field `tutor`; none if it is empty.
pub(super) fn read_tutor(context: &Context<'_>, reader: &mut Reader, raw: &str) -> Option<TutorId> {
    read_tutor_in(context, reader, "tutor", raw)
}

/// The tutor named in a field; none if it is empty.
pub(super) fn read_tutor_in(
    context: &Context<'_>,
    reader: &mut Reader,
    field: &'static str,
    raw: &str,
) -> Option<TutorId> {
    if raw.trim().is_empty() {
        return None;
    }
    match find_tutor(context, raw) {
        Ok(tutor) => Some(tutor),
        Err(message) => {
            reader.refuse(field, message);
            None
        }
    }
}

/// One change of tutor.
pub(super) struct Step {
    /// The tutee.
    pub student: StudentId,
    /// The new tutor, or none.
    pub tutor: Option<TutorId>,
    /// First day.
    pub from: NaiveDate,
    /// Why.
    pub reason: String,
}

/// Ends the allocation that holds on that day and begins the new one, within what follows it.
pub(super) fn reallocate(
    change: &mut Builder<'_>,
    ids: &mut IdSource,
    file: Option<&StudentFile>,
    step: Step,
) {
    let Step { student, tutor, from, reason } = step;
    let held = file.and_then(|file| file.allocation(from)).map(|held| held.value.clone());
    if held.as_ref().map(|held| held.tutor) == tutor {
        return;
    }
    let mut to = None;
    if let Some(current) = held {
        to = current.to;
        match tutor {
            Some(tutor) if current.from == from => {
                return change.push(Allocation { tutor, reason, ..current });
            }
            None if current.from == from => {
                change.delete(Owner::Student(student), record_id(current.id));
            }
            Some(_) => change.push(Allocation { to: from.pred_opt(), ..current }),
            None => {
                change.push(Allocation { to: from.pred_opt(), reason: reason.clone(), ..current });
            }
        }
    }
    let Some(tutor) = tutor else { return };
    if to.is_none() {
        let later = file.into_iter().flat_map(|file| &file.allocations);
        let next = later.map(|held| held.from).filter(|first| *first > from).min();
        to = next.and_then(|next| next.pred_opt());
    }
    change.push(Allocation { id: ids.fresh(), student, tutor, from, to, reason });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::write::{
        fixture::{Desk, day},
        tutor::{self, TutorInput},
    };

    fn desk() -> Desk {
        let mut desk = Desk::new();
        let input = TutorInput { name: "Dr Ben Ali".into(), ..TutorInput::default() };
        let written = tutor::add(&mut desk.context(), &input);
        desk.apply(written);
        desk
    }

    fn to(tutor: &str, from: &str, reason: &str) -> AllocationInput {
        AllocationInput { tutor: tutor.into(), from: from.into(), reason: reason.into() }
    }

    #[test]
    fn a_new_tutor_ends_the_allocation_before_and_keeps_it() {
        let mut desk = desk();
        let aisha = desk.aisha;
        let input = to("ben ali", "1 Nov 2026", "Dr Okafor is on leave");
        let written = allocate(&mut desk.context(), aisha, &input);
        desk.apply(written);
        let file = desk.records.file(aisha).unwrap();
        assert_eq!(file.allocations.len(), 2);
        assert!(file.is_tutee_of(desk.me(), day("2026-10-31")));
        let new = file.allocation(day("2026-11-01")).unwrap();
        assert_eq!(new.reason, "Dr Okafor is on leave");
        assert_ne!(new.tutor, desk.me());
    }

    #[test]
    fn the_same_tutor_again_changes_nothing() {
        let mut desk = desk();
        let aisha = desk.aisha;
        let written = allocate(&mut desk.context(), aisha, &to("me", "", ""));
        assert!(desk.apply(written).is_empty());
    }

    #[test]
    fn a_student_can_be_left_without_a_tutor() {
        let mut desk = desk();
        let aisha = desk.aisha;
        let written = allocate(&mut desk.context(), aisha, &to("", "today", "asked for a change"));
        desk.apply(written);
        let file = desk.records.file(aisha).unwrap();
        assert!(file.allocation(desk.now.today()).is_none());
        assert_eq!(file.allocations[0].reason, "asked for a change");
    }

    #[test]
    fn unknown_tutors_and_days_are_refused_together() {
        let mut desk = desk();
        let aisha = desk.aisha;
        let errors = allocate(&mut desk.context(), aisha, &to("Nobody", "soon", "")).unwrap_err();
        assert_eq!(errors.iter().map(|e| e.field).collect::<Vec<_>>(), ["tutor", "from"]);
    }
}
