//! Records for how long a tutor holds a role.

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
    role_term::{RoleTerm, RoleTermId},
    time::Leaning,
    tutor::Role,
    word::Choice,
    write::FieldError,
};

/// A term of office, as typed.
#[derive(Clone, Default)]
pub struct RoleTermInput {
    /// Whose; empty is the tutor who works here.
    pub tutor: String,
    /// Which role, in words; empty is senior tutor.
    pub role: String,
    /// Share of the working time in percent; empty is none.
    pub share: String,
    /// When it was approved; empty if it was not.
    pub approved: String,
    /// First day.
    pub from: String,
    /// Last day.
    pub until: String,
}

impl RoleTermInput {
    /// The fields filled in from a term of office.
    #[must_use]
    pub fn of(records: &Records, term: &RoleTerm) -> Self {
        Self {
            tutor: name_of_tutor(records, term.tutor),
            role: term.role.words().to_owned(),
            share: term.share.to_string(),
            approved: term.approved.map(full_day).unwrap_or_default(),
            from: full_day(term.from),
            until: full_day(term.until),
        }
    }
}

/// Records a term of office.
///
/// # Errors
/// All that is wrong with the fields, or that the profile has not been set up.
pub fn add(context: &mut Context<'_>, input: &RoleTermInput) -> Written {
    let id = context.ids.fresh();
    let term = read(context, id, input)?;
    Ok(context.change(Label::RecordTerm).put(term).build())
}

/// Edits a term of office.
///
/// # Errors
/// All that is wrong with the fields, or that the term is gone.
pub fn edit(context: &mut Context<'_>, id: RoleTermId, input: &RoleTermInput) -> Written {
    context.records.role_term(id).ok_or_else(gone)?;
    let term = read(context, id, input)?;
    Ok(context.change(Label::EditTerm).put(term).build())
}

/// Deletes a term of office that was recorded by mistake.
///
/// # Errors
/// When it is gone.
pub fn delete(context: &Context<'_>, id: RoleTermId) -> Written {
    context.delete_own(Label::DeleteTerm, id)
}

fn read(
    context: &Context<'_>,
    id: RoleTermId,
    input: &RoleTermInput,
) -> Result<RoleTerm, Vec<FieldError>> {
    let me = context.me()?;
    let mut reader = Reader::new(context.now);
    let tutor = read_tutor(context, &mut reader, &input.tutor).unwrap_or(me);
    let role = reader.choice("role", &input.role, Role::SeniorTutor);
    let share = input.share.trim().trim_end_matches('%');
    let share = reader.number("share", share, 0, 100).unwrap_or(0);
    let approved = reader.optional_day("approved", &input.approved, Leaning::Past);
    let from = reader.near_day("from", &input.from, Leaning::Past);
    let until = reader.day("until", &input.until, Leaning::Future);
    if until < from && !reader.has_refused("from") && !reader.has_refused("until") {
        reader.refuse("until", "The last day cannot be before the first: check both days.");
    }
    reader.finish(RoleTerm { id, tutor, role, share, approved, from, until })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::write::fixture::{Desk, day};

    #[test]
    fn a_term_of_office_is_recorded_edited_and_deleted() {
        let mut desk = Desk::new();
        let input = RoleTermInput {
            share: "20 %".into(),
            from: "1 Aug 2026".into(),
            until: "31 Jul 2029".into(),
            ..RoleTermInput::default()
        };
        let written = add(&mut desk.context(), &input);
        desk.apply(written);
        let term = desk.records.role_terms().next().unwrap().clone();
        assert_eq!((term.role, term.share, term.approved), (Role::SeniorTutor, 20, None));
        assert!(term.covers(day("2029-07-31")) && !term.covers(day("2029-08-01")));
        let fields = RoleTermInput::of(&desk.records, &term);
        let written = edit(&mut desk.context(), term.id, &fields);
        assert!(desk.apply(written).is_empty());
        let written = delete(&desk.context(), term.id);
        desk.apply(written);
        assert!(delete(&desk.context(), term.id).is_err());
    }

    #[test]
    fn everything_wrong_is_said_at_once() {
        let mut desk = Desk::new();
        let input = RoleTermInput { share: "120".into(), ..RoleTermInput::default() };
        let errors = add(&mut desk.context(), &input).unwrap_err();
        let fields: Vec<_> = errors.iter().map(|error| error.field).collect();
        assert_eq!(fields, ["share", "from", "until"]);
    }
}
