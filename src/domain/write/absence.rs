//! Records when a tutor is away, and who stands in.

use super::{
    Context, Written,
    allocation::{read_tutor, read_tutor_in},
    gone,
    names::name_of_tutor,
    read::{Reader, full_day},
};
use crate::domain::{
    absence::{Absence, AbsenceId},
    change::Label,
    records::Records,
    time::Leaning,
    write::FieldError,
};

/// An absence, as typed.
#[derive(Clone, Default)]
pub struct AbsenceInput {
    /// Who is away; empty is the tutor who works here.
    pub tutor: String,
    /// First day; empty is today.
    pub from: String,
    /// Last day; empty while it is open.
    pub to: String,
    /// Why, in a word; may be empty.
    pub why: String,
    /// Who stands in; empty if nobody does.
    pub deputy: String,
}

impl AbsenceInput {
    /// The fields filled in from an absence.
    #[must_use]
    pub fn of(records: &Records, absence: &Absence) -> Self {
        Self {
            tutor: name_of_tutor(records, absence.tutor),
            from: full_day(absence.from),
            to: absence.to.map(full_day).unwrap_or_default(),
            why: absence.why.clone(),
            deputy: absence.deputy.map(|id| name_of_tutor(records, id)).unwrap_or_default(),
        }
    }
}

/// Records an absence.
///
/// # Errors
/// All that is wrong with the fields, or that the profile has not been set up.
pub fn add(context: &mut Context<'_>, input: &AbsenceInput) -> Written {
    let id = context.ids.fresh();
    let absence = read(context, id, input)?;
    Ok(context.change(Label::RecordAbsence).put(absence).build())
}

/// Edits an absence.
///
/// # Errors
/// All that is wrong with the fields, or that the absence is gone.
pub fn edit(context: &mut Context<'_>, id: AbsenceId, input: &AbsenceInput) -> Written {
    context.records.absence(id).ok_or_else(gone)?;
    let absence = read(context, id, input)?;
    Ok(context.change(Label::EditAbsence).put(absence).build())
}

/// Deletes an absence that was recorded by mistake.
///
/// # Errors
/// When it is gone.
pub fn delete(context: &Context<'_>, id: AbsenceId) -> Written {
    context.delete_own(Label::DeleteAbsence, id)
}

fn read(
    context: &Context<'_>,
    id: AbsenceId,
    input: &AbsenceInput,
) -> Result<Absence, Vec<FieldError>> {
    let me = context.me()?;
    let mut reader = Reader::new(context.now);
    let tutor = read_tutor(context, &mut reader, &input.tutor).unwrap_or(me);
    let from = if input.from.trim().is_empty() {
        context.now.today()
    } else {
        reader.near_day("from", &input.from, Leaning::Past)
    };
    let to = reader.optional_day("to", &input.to, Leaning::Future);
    if to.is_some_and(|day| day < from) && !reader.has_refused("from") {
        reader.refuse("to", "The last day cannot be before the first: check both days.");
    }
    let why = reader.line("why", &input.why);
    let deputy = read_tutor_in(context, &mut reader, "deputy", &input.deputy);
    if deputy == Some(tutor) {
        reader.refuse("deputy", "Nobody stands in for themselves: name another tutor.");
    }
    reader.finish(Absence { id, tutor, from, to, why, deputy })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::write::{
        fixture::{Desk, day},
        tutor::{self, TutorInput},
    };

    #[test]
    fn an_absence_has_a_deputy_is_edited_and_deleted() {
        let mut desk = Desk::new();
        let other = TutorInput { name: "Dr Ben Ali".into(), ..TutorInput::default() };
        let written = tutor::add(&mut desk.context(), &other);
        desk.apply(written);
        let input = AbsenceInput {
            from: "1 Nov 2026".into(),
            why: "leave".into(),
            deputy: "Ali".into(),
            ..AbsenceInput::default()
        };
        let written = add(&mut desk.context(), &input);
        desk.apply(written);
        let absence = desk.records.absences().next().unwrap().clone();
        assert!(absence.deputy.is_some() && absence.tutor == desk.me());
        assert!(absence.covers(day("2027-05-01")) && !absence.covers(day("2026-10-31")));
        let fields = AbsenceInput::of(&desk.records, &absence);
        assert_eq!(fields.deputy, "Dr Ben Ali");
        let written = edit(&mut desk.context(), absence.id, &fields);
        assert!(desk.apply(written).is_empty());
        assert!(tutor::delete(&mut desk.context(), absence.deputy.unwrap()).is_err());
        let written = delete(&desk.context(), absence.id);
        desk.apply(written);
        assert!(delete(&desk.context(), absence.id).is_err());
    }

    #[test]
    fn everything_wrong_is_said_at_once() {
        let mut desk = Desk::new();
        let input = AbsenceInput {
            from: "20 Nov 2026".into(),
            to: "1 Nov 2026".into(),
            deputy: "me".into(),
            ..AbsenceInput::default()
        };
        let errors = add(&mut desk.context(), &input).unwrap_err();
        let fields: Vec<_> = errors.iter().map(|error| error.field).collect();
        assert_eq!(fields, ["to", "deputy"]);
    }
}
