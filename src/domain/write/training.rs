//! Records what training a tutor has attended.

use super::{
    Context, Written,
    allocation::read_tutor,
    gone,
    names::name_of_tutor,
    read::{Reader, full_day},
};
use crate::domain::{
    change::Label,
    records::Records,
    time::Leaning,
    training::{Course, Training, TrainingId},
    word::Choice,
    write::FieldError,
};

/// A training, as typed.
#[derive(Clone, Default)]
pub struct TrainingInput {
    /// Whose; empty is the tutor who works here.
    pub tutor: String,
    /// Which, in words; empty is the essential training.
    pub course: String,
    /// When; empty is today.
    pub on: String,
    /// The last day on which it counts; empty if it does not expire.
    pub expires: String,
    /// A remark; may be empty.
    pub note: String,
}

impl TrainingInput {
    /// The fields filled in from a training.
    #[must_use]
    pub fn of(records: &Records, training: &Training) -> Self {
        Self {
            tutor: name_of_tutor(records, training.tutor),
            course: training.course.words().to_owned(),
            on: full_day(training.on),
            expires: training.expires.map(full_day).unwrap_or_default(),
            note: training.note.clone(),
        }
    }
}

/// Records a training.
///
/// # Errors
/// All that is wrong with the fields, or that the profile has not been set up.
pub fn add(context: &mut Context<'_>, input: &TrainingInput) -> Written {
    let id = context.ids.fresh();
    let training = read(context, id, input)?;
    Ok(context.change(Label::RecordTraining).put(training).build())
}

/// Edits a training.
///
/// # Errors
/// All that is wrong with the fields, or that the training is gone.
pub fn edit(context: &mut Context<'_>, id: TrainingId, input: &TrainingInput) -> Written {
    context.records.training(id).ok_or_else(gone)?;
    let training = read(context, id, input)?;
    Ok(context.change(Label::EditTraining).put(training).build())
}

/// Deletes a training that was recorded by mistake.
///
/// # Errors
/// When it is gone.
pub fn delete(context: &Context<'_>, id: TrainingId) -> Written {
    context.delete_own(Label::DeleteTraining, id)
}

fn read(
    context: &Context<'_>,
    id: TrainingId,
    input: &TrainingInput,
) -> Result<Training, Vec<FieldError>> {
    let me = context.me()?;
    let mut reader = Reader::new(context.now);
    let tutor = read_tutor(context, &mut reader, &input.tutor).unwrap_or(me);
    let course = reader.choice("course", &input.course, Course::Essential);
    let on = reader.past_day_or_today("on", &input.on);
    let expires = reader.optional_day("expires", &input.expires, Leaning::Future);
    if expires.is_some_and(|day| day < on) && !reader.has_refused("on") {
        reader.refuse("expires", "It cannot expire before it was attended: check both days.");
    }
    let note = reader.line("note", &input.note);
    reader.finish(Training { id, tutor, course, on, expires, note })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::write::fixture::{Desk, day};

    #[test]
    fn a_training_counts_until_it_expires_is_edited_and_deleted() {
        let mut desk = Desk::new();
        let input = TrainingInput {
            course: "Mental Health First Aid".into(),
            on: "1 Oct 2026".into(),
            expires: "30 Sep 2029".into(),
            ..TrainingInput::default()
        };
        let written = add(&mut desk.context(), &input);
        desk.apply(written);
        let training = desk.records.trainings().next().unwrap().clone();
        assert_eq!(training.tutor, desk.me());
        assert!(training.counts(day("2029-09-30")) && !training.counts(day("2029-10-01")));
        let fields = TrainingInput::of(&desk.records, &training);
        let written = edit(&mut desk.context(), training.id, &fields);
        assert!(desk.apply(written).is_empty());
        let written = delete(&desk.context(), training.id);
        desk.apply(written);
        assert!(delete(&desk.context(), training.id).is_err());
        assert!(edit(&mut desk.context(), training.id, &fields).is_err());
    }

    #[test]
    fn everything_wrong_is_said_at_once() {
        let mut desk = Desk::new();
        let input = TrainingInput {
            tutor: "Nobody".into(),
            course: "juggling".into(),
            expires: "1 Oct 2025".into(),
            ..TrainingInput::default()
        };
        let errors = add(&mut desk.context(), &input).unwrap_err();
        let fields: Vec<_> = errors.iter().map(|error| error.field).collect();
        assert_eq!(fields, ["tutor", "course", "expires"]);
    }
}
