//! Records that a duty of a tutor was carried out.

use super::{
    Context, Written,
    allocation::read_tutor,
    gone,
    names::name_of_tutor,
    read::{Reader, full_day},
};
use crate::domain::{
    change::Label,
    duty_done::{DutyDone, DutyDoneId},
    duty_key::DutyKey,
    records::Records,
    write::FieldError,
};

/// What is written of a duty that was done, as typed.
#[derive(Clone, Default)]
pub struct DutyDoneInput {
    /// By whom; empty is the tutor who works here.
    pub tutor: String,
    /// When; empty is today.
    pub on: String,
    /// A remark; may be empty.
    pub note: String,
}

impl DutyDoneInput {
    /// The fields filled in from a duty that was done.
    #[must_use]
    pub fn of(records: &Records, done: &DutyDone) -> Self {
        Self {
            tutor: name_of_tutor(records, done.tutor),
            on: full_day(done.on),
            note: done.note.clone(),
        }
    }
}

/// Records that a duty was done.
///
/// # Errors
/// All that is wrong with the fields, or that the profile has not been set up.
pub fn add(context: &mut Context<'_>, duty: &DutyKey, input: &DutyDoneInput) -> Written {
    let id = context.ids.fresh();
    let done = read(context, id, duty, input)?;
    Ok(context.change(Label::RecordDuty).put(done).build())
}

/// Edits when and by whom a duty was done.
///
/// # Errors
/// All that is wrong with the fields, or that the record is gone.
pub fn edit(context: &mut Context<'_>, id: DutyDoneId, input: &DutyDoneInput) -> Written {
    let old = context.records.duty_done(id).ok_or_else(gone)?;
    let done = read(context, id, &old.duty, input)?;
    Ok(context.change(Label::EditDuty).put(done).build())
}

/// Records a duty as not done after all.
///
/// # Errors
/// When the record is gone.
pub fn delete(context: &Context<'_>, id: DutyDoneId) -> Written {
    context.delete_own(Label::DeleteDuty, id)
}

fn read(
    context: &Context<'_>,
    id: DutyDoneId,
    duty: &DutyKey,
    input: &DutyDoneInput,
) -> Result<DutyDone, Vec<FieldError>> {
    let me = context.me()?;
    let mut reader = Reader::new(context.now);
    let tutor = read_tutor(context, &mut reader, &input.tutor).unwrap_or(me);
    let on = reader.past_day_or_today("on", &input.on);
    let note = reader.line("note", &input.note);
    reader.finish(DutyDone { id, duty: duty.clone(), on, tutor, note })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::write::fixture::Desk;

    fn key() -> DutyKey {
        DutyKey { year: 2026, code: "annual-feedback".into() }
    }

    #[test]
    fn a_duty_is_done_today_edited_and_taken_back() {
        let mut desk = Desk::new();
        let written = add(&mut desk.context(), &key(), &DutyDoneInput::default());
        desk.apply(written);
        let done = desk.records.duties_done().next().unwrap().clone();
        assert_eq!((&done.duty, done.on, done.tutor), (&key(), desk.now.today(), desk.me()));
        let fields = DutyDoneInput::of(&desk.records, &done);
        let written = edit(&mut desk.context(), done.id, &fields);
        assert!(desk.apply(written).is_empty());
        let written = delete(&desk.context(), done.id);
        desk.apply(written);
        assert!(delete(&desk.context(), done.id).is_err());
    }

    #[test]
    fn a_duty_is_not_done_before_it_was() {
        let mut desk = Desk::new();
        let input = DutyDoneInput { on: "1 Dec 2026".into(), ..DutyDoneInput::default() };
        assert_eq!(add(&mut desk.context(), &key(), &input).unwrap_err()[0].field, "on");
    }
}
