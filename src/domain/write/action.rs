//! Adds, edits, ticks and deletes actions.

use super::{Context, FieldError, Written, read::Reader};
use crate::domain::{
    action::{Action, ActionId, Owner},
    change::Label,
    student::StudentId,
    time::Leaning,
    word::Choice,
};

/// An action, as typed.
#[derive(Clone, Default)]
pub struct ActionInput {
    /// Who does it, in words; empty is the student.
    pub owner: String,
    /// What.
    pub what: String,
    /// Until when; may be empty.
    pub due: String,
    /// When it was done; empty while it is open.
    pub done: String,
}

impl ActionInput {
    /// The fields filled in from an action.
    #[must_use]
    pub fn of(action: &Action) -> Self {
        let day =
            |day: Option<chrono::NaiveDate>| day.map(|day| day.format("%-d %b %Y").to_string());
        Self {
            owner: action.owner.words().to_owned(),
            what: action.what.clone(),
            due: day(action.due).unwrap_or_default(),
            done: day(action.done).unwrap_or_default(),
        }
    }
}

/// Adds an action.
///
/// # Errors
/// All that is wrong with the fields, or that the student is gone.
pub fn add(context: &mut Context<'_>, student: StudentId, input: &ActionInput) -> Written {
    add_all(context, &[student], input)
}

/// Adds the same action for each of these students, in one change.
///
/// # Errors
/// All that is wrong with the fields, or that nobody is named or a student is gone.
pub fn add_all(context: &mut Context<'_>, students: &[StudentId], input: &ActionInput) -> Written {
    let author = context.me()?;
    let mut change = context.change(Label::AddAction);
    for student in super::named(students)? {
        context.file(*student)?;
        let blank = Action {
            id: context.ids.fresh(),
            student: *student,
            owner: Owner::Student,
            what: String::new(),
            due: None,
            done: None,
            meeting: None,
            author,
        };
        change.push(read(context, &blank, input)?);
    }
    Ok(change.build())
}

/// Edits an action.
///
/// # Errors
/// All that is wrong with the fields, or that the action is gone.
pub fn edit(
    context: &mut Context<'_>,
    student: StudentId,
    id: ActionId,
    input: &ActionInput,
) -> Written {
    let old = &context.held(student, id)?.value;
    let action = read(context, old, input)?;
    Ok(context.change(Label::EditAction).put(action).build())
}

/// Marks an open action as done today, and a done one as open.
///
/// # Errors
/// When it is gone.
pub fn tick(context: &mut Context<'_>, student: StudentId, id: ActionId) -> Written {
    let old = context.held(student, id)?.value.clone();
    let done = if old.done.is_some() { None } else { Some(context.now.today()) };
    Ok(context.change(Label::TickAction).put(Action { done, ..old }).build())
}

/// Deletes an action.
///
/// # Errors
/// When it is gone.
pub fn delete(context: &mut Context<'_>, student: StudentId, id: ActionId) -> Written {
    context.delete(Label::DeleteAction, student, id)
}

fn read(
    context: &Context<'_>,
    old: &Action,
    input: &ActionInput,
) -> Result<Action, Vec<FieldError>> {
    let mut reader = Reader::new(context.now);
    let owner = reader.choice("owner", &input.owner, Owner::Student);
    let what = reader.required("what", &input.what, "Write what was agreed.");
    let due = reader.optional_day("due", &input.due, Leaning::Future);
    let done = reader.optional_day("done", &input.done, Leaning::Past);
    if done.is_some_and(|day| day > context.now.today()) {
        reader.refuse("done", "This day lies ahead: leave it empty until it is done.");
    }
    reader.finish(Action { owner, what, due, done, ..old.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::write::fixture::{Desk, day};

    #[test]
    fn an_action_is_added_ticked_unticked_edited_and_deleted() {
        let mut desk = Desk::new();
        let aisha = desk.aisha;
        let input = ActionInput {
            what: "book Skills workshop".into(),
            due: "20 Oct".into(),
            ..ActionInput::default()
        };
        let written = add(&mut desk.context(), aisha, &input);
        desk.apply(written);
        let action = desk.records.file(aisha).unwrap().actions[0].value.clone();
        assert_eq!(action.due, Some(day("2027-10-20")));
        for done in [Some(desk.now.today()), None] {
            let written = tick(&mut desk.context(), aisha, action.id);
            desk.apply(written);
            assert_eq!(desk.records.file(aisha).unwrap().actions[0].done, done);
        }
        let written = edit(&mut desk.context(), aisha, action.id, &ActionInput::of(&action));
        assert!(desk.apply(written).is_empty());
        let written = delete(&mut desk.context(), aisha, action.id);
        desk.apply(written);
    }

    #[test]
    fn an_action_says_what_and_is_not_done_ahead_of_time() {
        let mut desk = Desk::new();
        let aisha = desk.aisha;
        let input = ActionInput { done: "tomorrow".into(), ..ActionInput::default() };
        let errors = add(&mut desk.context(), aisha, &input).unwrap_err();
        assert_eq!(errors.iter().map(|e| e.field).collect::<Vec<_>>(), ["what", "done"]);
    }
}
