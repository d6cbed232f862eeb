//! Raises and closes concerns, and records praise.

use super::{Context, FieldError, Written, read::Reader};
use crate::domain::{
    change::Label,
    flag::{Closed, Flag, FlagId, FlagKind, Urgency},
    student::StudentId,
    word::Choice,
};

/// A concern or praise, as typed.
#[derive(Clone, Default)]
pub struct FlagInput {
    /// When it was raised; empty is today.
    pub on: String,
    /// Who raised it; empty is the tutor.
    pub raised_by: String,
    /// What.
    pub text: String,
    /// How urgent, in words; empty is this week. Praise has none.
    pub urgency: String,
    /// What came of it; a concern is closed when this or the day is filled in.
    pub closed: String,
    /// When it was closed; empty is today if the outcome is filled in.
    pub closed_on: String,
}

impl FlagInput {
    /// The fields filled in from a concern or praise.
    #[must_use]
    pub fn of(flag: &Flag) -> Self {
        let show = |day: chrono::NaiveDate| day.format("%-d %b %Y").to_string();
        let closed = flag.closed.as_ref();
        Self {
            on: show(flag.on),
            raised_by: flag.raised_by.clone(),
            text: flag.text.clone(),
            urgency: flag.urgency.words().to_owned(),
            closed: closed.map(|closed| closed.text.clone()).unwrap_or_default(),
            closed_on: closed.map(|closed| show(closed.on)).unwrap_or_default(),
        }
    }
}

/// Raises a concern or records praise.
///
/// # Errors
/// All that is wrong with the fields, or that the student is gone.
pub fn add(
    context: &mut Context<'_>,
    student: StudentId,
    kind: FlagKind,
    input: &FlagInput,
) -> Written {
    context.file(student)?;
    let blank = Flag {
        id: context.ids.fresh(),
        student,
        kind,
        on: context.now.today(),
        raised_by: String::new(),
        text: String::new(),
        urgency: Urgency::Soon,
        closed: None,
        tutor: context.me()?,
    };
    let flag = read(context, &blank, input)?;
    let label = match kind {
        FlagKind::Concern => Label::RaiseConcern,
        FlagKind::Praise => Label::GivePraise,
    };
    Ok(context.change(label).put(flag).build())
}

/// Edits a concern or praise.
///
/// # Errors
/// All that is wrong with the fields, or that it is gone.
pub fn edit(
    context: &mut Context<'_>,
    student: StudentId,
    id: FlagId,
    input: &FlagInput,
) -> Written {
    let old = &context.held(student, id)?.value;
    let was_open = old.is_open_concern();
    let flag = read(context, old, input)?;
    let closes = was_open && flag.closed.is_some();
    let label = if closes { Label::CloseConcern } else { Label::EditFlag };
    Ok(context.change(label).put(flag).build())
}

/// Closes a concern today; the outcome may be empty.
///
/// # Errors
/// When it is gone, closed already, or no concern.
pub fn close(context: &mut Context<'_>, student: StudentId, id: FlagId, outcome: &str) -> Written {
    let old = context.held(student, id)?.value.clone();
    if !old.is_open_concern() {
        return Err(FieldError::whole("Only an open concern can be closed."));
    }
    let mut reader = Reader::new(context.now);
    let text = reader.text("closed", outcome);
    let closed = Some(Closed { on: context.now.today(), text });
    let flag = reader.finish(Flag { closed, ..old })?;
    Ok(context.change(Label::CloseConcern).put(flag).build())
}

/// Deletes a concern or praise.
///
/// # Errors
/// When it is gone.
pub fn delete(context: &mut Context<'_>, student: StudentId, id: FlagId) -> Written {
    context.delete(Label::DeleteFlag, student, id)
}

fn read(context: &Context<'_>, old: &Flag, input: &FlagInput) -> Result<Flag, Vec<FieldError>> {
    let mut reader = Reader::new(context.now);
    let on = reader.past_day_or_today("on", &input.on);
    let raised_by = reader.line("raised-by", &input.raised_by);
    let text = reader.text("text", &input.text);
    if text.is_empty() {
        reader.refuse(
            "text",
            match old.kind {
                FlagKind::Concern => "Write what the concern is.",
                FlagKind::Praise => "Write what was done well.",
            },
        );
    }
    let urgency = reader.choice("urgency", &input.urgency, Urgency::Soon);
    let closed = match old.kind {
        FlagKind::Praise => None,
        FlagKind::Concern => {
            let outcome = reader.text("closed", &input.closed);
            if outcome.is_empty() && input.closed_on.trim().is_empty() {
                None
            } else {
                let day = reader.past_day_or_today("closed-on", &input.closed_on);
                if day < on && !reader.has_refused("on") {
                    let message = "It cannot be closed before it was raised: check both days.";
                    reader.refuse("closed-on", message);
                }
                Some(Closed { on: day, text: outcome })
            }
        }
    };
    reader.finish(Flag { on, raised_by, text, urgency, closed, ..old.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::write::fixture::Desk;

    #[test]
    fn a_concern_is_raised_edited_closed_and_deleted() {
        let mut desk = Desk::new();
        let aisha = desk.aisha;
        let input = FlagInput {
            text: "Two missed labs".into(),
            urgency: "urgent".into(),
            ..FlagInput::default()
        };
        let written = add(&mut desk.context(), aisha, FlagKind::Concern, &input);
        desk.apply(written);
        let flag = desk.records.file(aisha).unwrap().flags[0].value.clone();
        assert!(flag.is_open_concern());
        let written = edit(&mut desk.context(), aisha, flag.id, &FlagInput::of(&flag));
        assert!(desk.apply(written).is_empty());
        let written = close(&mut desk.context(), aisha, flag.id, "Spoke to her");
        assert_eq!(desk.apply(written).label, Label::CloseConcern);
        let flag = desk.records.file(aisha).unwrap().flags[0].value.clone();
        assert!(!flag.is_open_concern());
        let written = edit(&mut desk.context(), aisha, flag.id, &FlagInput::of(&flag));
        assert!(desk.apply(written).is_empty());
        assert!(close(&mut desk.context(), aisha, flag.id, "").is_err());
        let written = delete(&mut desk.context(), aisha, flag.id);
        desk.apply(written);
    }

    #[test]
    fn praise_says_what_was_done_well_and_is_never_closed() {
        let mut desk = Desk::new();
        let aisha = desk.aisha;
        let mut input = FlagInput { closed: "no".into(), ..FlagInput::default() };
        let errors = add(&mut desk.context(), aisha, FlagKind::Praise, &input).unwrap_err();
        assert_eq!(errors[0].message, "Write what was done well.");
        input.text = "Helped two others".into();
        let written = add(&mut desk.context(), aisha, FlagKind::Praise, &input);
        desk.apply(written);
        assert!(desk.records.file(aisha).unwrap().flags[0].closed.is_none());
    }
}
