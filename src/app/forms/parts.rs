//! What the forms share: fields by their values, and the way from a form to a change.

use std::{collections::BTreeSet, ops::Deref, sync::Arc};

use crate::{
    app::{
        editor::{Editor, Pos},
        form::{Choice, Field, Line, LineKind, Shade},
        model::Model,
        msg::Effect,
        popup::form::Errors,
    },
    domain::{
        access::usual_level,
        file::StudentFile,
        note::Confidentiality,
        records::Records,
        student::StudentId,
        tutor::TutorId,
        tutor_duty::overload,
        word,
        write::{Context, FieldError, Written},
    },
};

/// How many known values a line offers at most.
const OFFERED: usize = 200;

/// A line of text.
pub(super) fn line(name: &'static str, label: &str, value: &str) -> Field {
    Field::new(name, label, Line::new(LineKind::Text, value))
}

/// A day.
pub(super) fn day(name: &'static str, label: &str, value: &str) -> Field {
    Field::new(name, label, Line::new(LineKind::Date, value))
        .hint("12 Oct, 12/10/2026, Friday, today, in 2 weeks")
}

/// A choice between the values of an enum, with the one chosen whose words these are.
pub(super) fn choice<T: word::Choice>(name: &'static str, label: &str, words: &str) -> Field {
    Field::new(name, label, Choice::of(T::from_words(words)))
}

/// Who may see a note: each level has a colour beside its words.
pub(super) fn confidentiality(name: &'static str, words: &str, usual: Confidentiality) -> Field {
    let chosen = <Confidentiality as word::Choice>::from_words(words).unwrap_or(usual);
    let shades = [Shade::Plain, Shade::Open, Shade::Held, Shade::Closed];
    Field::new(name, "Confidentiality", Choice::of(Some(chosen)).shades(&shades))
        .hint(if usual == Confidentiality::FactOnly {
            "what was said is kept with the student's consent: C records one, for keeping what was said"
        } else {
            "fact only keeps no text; restricted is for its author alone"
        })
}

/// How a new note about this student starts.
pub(super) fn usual(model: &Model, student: Option<StudentId>) -> Confidentiality {
    let file = student.and_then(|student| model.records.file(student));
    let policy = model.rules.policy.as_deref();
    usual_level(policy, file.map(|file| &**file), model.now.today())
}

/// A text of several lines, with the cursor at its end.
pub(super) fn text(name: &'static str, label: &str, value: &str) -> Field {
    let mut editor = Editor::new(value);
    editor.go_end();
    Field::new(name, label, editor)
}

/// Lines to go through from the first one, with the cursor at its end.
pub(super) fn lines(name: &'static str, label: &str, value: &str) -> Field {
    let mut editor = Editor::new(value);
    editor.go(Pos { row: 0, col: usize::MAX });
    Field::new(name, label, editor)
}

/// A line that offers what has been written there before.
pub(super) fn known(
    name: &'static str,
    label: &str,
    value: &str,
    known: impl IntoIterator<Item = String>,
) -> Field {
    let mut all: BTreeSet<String> = BTreeSet::new();
    for value in known.into_iter().filter(|value| !value.is_empty()) {
        if all.len() >= OFFERED {
            break;
        }
        all.insert(value);
    }
    Field::new(name, label, Line::new(LineKind::Text, value).suggest(all))
}

/// What stands in the files of all students, for [`known`].
pub(super) fn from_files<'a, I, T>(
    records: &'a Records,
    values: impl Fn(&'a StudentFile) -> I + 'a,
) -> impl Iterator<Item = String> + 'a
where
    I: IntoIterator<Item = &'a T> + 'a,
    T: Deref<Target = str> + 'a,
{
    records.files().flat_map(move |file| values(file)).map(|text| (**text).to_owned())
}

/// The names of all tutors.
pub(super) fn tutor_names(records: &Records) -> impl Iterator<Item = String> {
    records.tutors().map(|tutor| tutor.name.clone())
}

/// The name of a tutor; empty if nobody knows them.
pub(super) fn name_of(model: &Model, tutor: TutorId) -> String {
    model.records.tutor(tutor).map(|tutor| tutor.name.clone()).unwrap_or_default()
}

/// The title of a form about a student: what, and whose.
pub(super) fn title(model: &Model, what: &str, student: StudentId) -> String {
    match model.records.file(student) {
        Some(file) => format!("{what} · {}", file.student.name.shown()),
        None => what.to_owned(),
    }
}

/// A day as the forms show it before anything is typed.
pub(super) fn show(day: chrono::NaiveDate) -> String {
    day.format("%-d %b %Y").to_string()
}

/// Makes a change with a write function and asks for it to be saved; nothing if nothing changes.
pub(super) fn commit(
    model: &mut Model,
    write: impl FnOnce(&mut Context<'_>) -> Written,
) -> Result<Vec<Effect>, Errors> {
    let records = Arc::clone(&model.records);
    let mut context = Context { records: &records, now: model.now, ids: &mut model.ids };
    match write(&mut context) {
        Ok(change) if change.is_empty() => Ok(Vec::new()),
        Ok(change) => Ok(vec![Effect::Commit(model.carried(change))]),
        Err(errors) => Err(beside(errors)),
    }
}

/// The same for a change of tutor: what would bring a tutor over the caseload of the policy is said beside
/// the field for the reason, and is done once a reason is there.
pub(super) fn commit_allocation(
    model: &mut Model,
    (field, reason): (&'static str, &str),
    write: impl FnOnce(&mut Context<'_>) -> Written,
) -> Result<Vec<Effect>, Errors> {
    let effects = commit(model, write)?;
    let policy = model.rules.policy.as_ref().filter(|_| reason.trim().is_empty());
    if let (Some(policy), [Effect::Commit(change)]) = (policy, effects.as_slice()) {
        let said = overload(policy, &model.records, change, model.now.today());
        if !said.is_empty() {
            return Err(vec![(field, format!("{} Save it with the reason why.", said.join(" ")))]);
        }
    }
    Ok(effects)
}

/// The errors by field; several beside one field are said one after the other.
pub(in crate::app) fn beside(errors: Vec<FieldError>) -> Errors {
    let mut all: Errors = Vec::new();
    for FieldError { field, message } in errors {
        match all.iter_mut().find(|(name, _)| *name == field) {
            Some((_, said)) => {
                said.push(' ');
                said.push_str(&message);
            }
            None => all.push((field, message)),
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::form::Entry;

    #[test]
    fn lines_to_go_through_begin_at_the_first_and_a_text_goes_on_at_its_end() {
        let at = |field: Field| {
            let Entry::Text(editor) = field.entry else { panic!("no text") };
            editor.cursor()
        };
        let due = "Essay 1: \nEssay 2: ";
        assert_eq!(at(lines("due", "Due days", due)), Pos { row: 0, col: 9 });
        assert_eq!(at(text("note", "Note", due)), Pos { row: 1, col: 9 });
    }
}
