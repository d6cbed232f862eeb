//! Adds, edits and deletes tutors.

use super::{Context, FieldError, Written, read::Reader, setup::is_spoken_of};
use crate::domain::{
    change::{Label, record_id},
    record::Owner,
    tutor::{Role, Tutor, TutorId},
    word::Choice,
};

/// A tutor, as typed.
#[derive(Clone, Default)]
pub struct TutorInput {
    /// Name as printed, with title.
    pub name: String,
    /// E-mail; may be empty.
    pub email: String,
    /// Staff number or code; may be empty.
    pub number: String,
    /// School; may be empty.
    pub school: String,
    /// Role in words; empty is tutor.
    pub role: String,
}

impl TutorInput {
    /// The fields filled in from a tutor.
    #[must_use]
    pub fn of(tutor: &Tutor) -> Self {
        Self {
            name: tutor.name.clone(),
            email: tutor.email.clone(),
            number: tutor.number.clone(),
            school: tutor.school.clone(),
            role: tutor.role.words().to_owned(),
        }
    }
}

/// Adds a tutor.
///
/// # Errors
/// All that is wrong with the fields.
pub fn add(context: &mut Context<'_>, input: &TutorInput) -> Written {
    let id = context.ids.fresh();
    let tutor = read(context, id, input)?;
    Ok(context.change(Label::AddTutor).put(tutor).build())
}

/// Edits a tutor.
///
/// # Errors
/// All that is wrong with the fields, or that the tutor is gone.
pub fn edit(context: &mut Context<'_>, id: TutorId, input: &TutorInput) -> Written {
    if context.records.tutor(id).is_none() {
        return Err(FieldError::whole("This tutor is not there any more."));
    }
    let tutor = read(context, id, input)?;
    Ok(context.change(Label::EditTutor).put(tutor).build())
}

/// Deletes a tutor of whom no record speaks.
///
/// # Errors
/// When the tutor works here, or a record names them.
pub fn delete(context: &mut Context<'_>, id: TutorId) -> Written {
    if context.records.profile().is_some_and(|profile| profile.owner == id) {
        return Err(FieldError::whole("This tutor works in this profile and stays."));
    }
    if is_spoken_of(context.records, id) {
        return Err(FieldError::whole(
            "Allocations or records name this tutor: give the tutees to another tutor instead.",
        ));
    }
    let mut change = context.change(Label::DeleteTutor);
    change.delete(Owner::Profile, record_id(id));
    Ok(change.build())
}

fn read(context: &Context<'_>, id: TutorId, input: &TutorInput) -> Result<Tutor, Vec<FieldError>> {
    let mut reader = Reader::new(context.now);
    let tutor = Tutor {
        id,
        name: reader.required("name", &input.name, "Write the name as it is to be printed."),
        email: reader.email("email", &input.email),
        number: reader.line("number", &input.number),
        school: reader.line("school", &input.school),
        role: reader.choice("role", &input.role, Role::Tutor),
    };
    let taken = context
        .records
        .tutors()
        .any(|other| other.id != id && !tutor.number.is_empty() && other.number == tutor.number);
    if taken {
        reader.refuse("number", "Another tutor has this number: check it.");
    }
    reader.finish(tutor)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::write::fixture::Desk;

    fn input(name: &str, number: &str) -> TutorInput {
        TutorInput { name: name.into(), number: number.into(), ..TutorInput::default() }
    }

    #[test]
    fn a_tutor_is_added_edited_and_deleted() {
        let mut desk = Desk::new();
        let written = add(&mut desk.context(), &input("Dr Ben Ali", "T7"));
        let change = desk.apply(written);
        assert_eq!(change.parts.len(), 1);
        let id = desk.records.tutors().find(|tutor| tutor.number == "T7").unwrap().id;
        let fields = TutorInput::of(desk.records.tutor(id).unwrap());
        let written = edit(&mut desk.context(), id, &fields);
        assert!(desk.apply(written).is_empty());
        let written = delete(&mut desk.context(), id);
        desk.apply(written);
        assert!(desk.records.tutor(id).is_none());
    }

    #[test]
    fn who_works_here_or_has_tutees_is_not_deleted() {
        let mut desk = Desk::new();
        let me = desk.me();
        assert!(delete(&mut desk.context(), me).is_err());
    }

    #[test]
    fn two_tutors_cannot_have_one_number() {
        let mut desk = Desk::new();
        let written = add(&mut desk.context(), &input("Dr Ben Ali", "T7"));
        desk.apply(written);
        let errors = add(&mut desk.context(), &input("", "T7")).unwrap_err();
        assert_eq!(errors.iter().map(|e| e.field).collect::<Vec<_>>(), ["name", "number"]);
    }
}
