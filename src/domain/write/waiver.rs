//! Sets an obligation aside, with a reason, and takes that back.

use super::{Context, FieldError, Written, read::Reader};
use crate::domain::{
    change::Label,
    duty_key::DutyKey,
    student::StudentId,
    waiver::{Waiver, WaiverId},
};

/// A waiver, as typed.
#[derive(Clone, Default)]
pub struct WaiverInput {
    /// Why the obligation need not be met.
    pub why: String,
}

/// Sets an obligation of a student aside. It says why, and by whom, for as long as it holds.
///
/// # Errors
/// When no reason is given, when it has been set aside already, or when the student is gone.
pub fn waive(
    context: &mut Context<'_>,
    student: StudentId,
    duty: &DutyKey,
    input: &WaiverInput,
) -> Written {
    let file = context.file(student)?;
    if file.waivers.iter().any(|waiver| waiver.duty == *duty) {
        return Err(FieldError::whole("This has been waived already."));
    }
    let mut reader = Reader::new(context.now);
    let why = reader.text("why", &input.why);
    if why.is_empty() && !reader.has_refused("why") {
        reader.refuse("why", "Write why it need not be met: the reason is kept with it.");
    }
    let waiver = Waiver {
        id: context.ids.fresh(),
        student,
        duty: duty.clone(),
        why,
        tutor: context.me()?,
        on: context.now.today(),
    };
    let waiver = reader.finish(waiver)?;
    Ok(context.change(Label::Waive).put(waiver).build())
}

/// Takes a waiver back: the obligation stands again as if it had never been set aside.
///
/// # Errors
/// When it is gone.
pub fn unwaive(context: &Context<'_>, student: StudentId, id: WaiverId) -> Written {
    context.delete(Label::Unwaive, student, id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::write::fixture::Desk;

    fn key() -> DutyKey {
        DutyKey { year: 2026, code: "first-review".into() }
    }

    #[test]
    fn an_obligation_is_waived_with_a_reason_and_stands_again() {
        let mut desk = Desk::new();
        let aisha = desk.aisha;
        let input = WaiverInput { why: " On placement until February. ".into() };
        let written = waive(&mut desk.context(), aisha, &key(), &input);
        desk.apply(written);
        let waiver = desk.records.file(aisha).unwrap().waivers[0].value.clone();
        assert_eq!(waiver.why.trim(), "On placement until February.");
        assert!(waiver.tutor == desk.me() && waiver.on == desk.now.today());
        assert!(waive(&mut desk.context(), aisha, &key(), &input).is_err());
        let written = unwaive(&desk.context(), aisha, waiver.id);
        desk.apply(written);
        assert!(desk.records.file(aisha).unwrap().waivers.is_empty());
        assert!(unwaive(&desk.context(), aisha, waiver.id).is_err());
    }

    #[test]
    fn nothing_is_waived_without_a_reason() {
        let mut desk = Desk::new();
        let aisha = desk.aisha;
        let input = WaiverInput { why: " \u{202e}\n".into() };
        let errors = waive(&mut desk.context(), aisha, &key(), &input).unwrap_err();
        assert_eq!(errors[0].field, "why");
    }
}
