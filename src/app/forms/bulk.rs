//! The forms for all students who are marked: one contact, one action or one export, in one change; and the calendar
//! file, which can be of all tutees as well.

use std::{collections::BTreeSet, path::PathBuf};

use super::{
    action, agenda, contact,
    group::by_name,
    parts::{commit, line},
};
use crate::{
    app::{
        form::{Choice, Entry, Field, Form},
        model::Model,
        msg::{Destination, Effect, LetOut},
        popup::form::Errors,
    },
    domain::{
        change::record_id,
        record::RecordId,
        student::StudentId,
        write::{
            action::{ActionInput, add_all as act},
            contact::{ContactInput, add_all as log},
            takeout::take_out_of,
        },
    },
    exchange::{json, spreadsheet},
};

const TABLE: &str = "a table: CSV, one row each";
const ALL: &str = "everything about them: JSON";

/// What is done about all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// A contact is recorded.
    Contact,
    /// An action is added.
    Action,
    /// They are exported.
    Export,
    /// What is to come is written as a calendar file; of nobody named: all that is the tutor's own.
    Calendar,
}

/// Something that is done about many students at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulkForm {
    /// What.
    pub deed: Deed,
    /// About whom.
    pub students: Vec<StudentId>,
}

pub(super) fn form(model: &Model, what: &BulkForm) -> Form {
    match what.deed {
        Deed::Contact => {
            let mut form =
                Form::new(&title(model, what, "Contact"), contact::fields(&contact::begun()));
            contact::refresh(&mut form);
            form
        }
        Deed::Action => {
            let fields = action::fields(&action::begun(), action::Done::Hidden);
            Form::new(&title(model, what, "Action"), fields)
        }
        Deed::Export => {
            let file = format!("~/tutees-{}.csv", model.now.today());
            let hint = "not sealed: whoever gets it can read it; the journal says that it left";
            let fields = vec![
                Field::new("as", "As", Choice::new([TABLE, ALL], Some(0))),
                line("file", "File", &file).hint(hint),
            ];
            Form::new(&title(model, what, "Export"), fields)
        }
        Deed::Calendar => agenda::form(model, &what.students),
    }
}

fn title(model: &Model, what: &BulkForm, deed: &str) -> String {
    match what.students.as_slice() {
        [only] => super::parts::title(model, deed, *only),
        many => format!("{deed} · for {} students", many.len()),
    }
}

/// Asks for the day of a reply where there is one; a file ends as what is in it.
pub(super) fn refresh(what: &BulkForm, form: &mut Form) {
    match what.deed {
        Deed::Contact => contact::refresh(form),
        Deed::Action | Deed::Calendar => {}
        Deed::Export => {
            let (old, new) =
                if form.value("as") == ALL { (".csv", ".json") } else { (".json", ".csv") };
            if let Some(Field { entry: Entry::Line(line), .. }) = form.field_mut("file")
                && let Some(stem) = line.input.value().strip_suffix(old)
            {
                line.input = format!("{stem}{new}").into();
            }
        }
    }
}

pub(super) fn submit(
    form: &Form,
    model: &mut Model,
    what: &BulkForm,
) -> Result<Vec<Effect>, Errors> {
    match what.deed {
        Deed::Contact => {
            let input: ContactInput = contact::read(form);
            commit(model, |context| log(context, &what.students, &input))
        }
        Deed::Action => {
            let input: ActionInput = action::read(form);
            commit(model, |context| act(context, &what.students, &input))
        }
        Deed::Export => export(form, model, &what.students),
        Deed::Calendar => agenda::submit(form, model, &what.students),
    }
}

/// Lets them out to a file: what the gate holds back stays, and the journal says whose records left.
fn export(form: &Form, model: &Model, students: &[StudentId]) -> Result<Vec<Effect>, Errors> {
    let path = destination(form)?;
    let (records, today) = (&*model.records, model.now.today());
    let students = by_name(records, students.to_vec());
    let there: Vec<_> = students.iter().filter_map(|student| records.file(*student)).collect();
    let bytes = if form.value("as") == ALL {
        let all: BTreeSet<StudentId> = students.iter().copied().collect();
        json::write(&take_out_of(records, &all, today))
    } else {
        spreadsheet::tutees(records, there.iter().map(|file| &***file), today)
    };
    let about = there.iter().map(|file| record_id(file.student.id)).collect();
    Ok(vec![let_out(path, bytes, about)])
}

/// Where a file is to be written, as the form says.
pub(super) fn destination(form: &Form) -> Result<PathBuf, Errors> {
    let path = form.value("file");
    if path.trim().is_empty() {
        return Err(vec![("file", "Write where it is to be saved.".to_owned())]);
    }
    Ok(PathBuf::from(path.trim()))
}

/// Lets a file out that tells of these records.
pub(super) fn let_out(path: PathBuf, bytes: Vec<u8>, about: Vec<RecordId>) -> Effect {
    Effect::LetOut(Box::new(LetOut {
        to: Destination::File(path),
        files: vec![(String::new(), bytes)],
        change: None,
        letters: about,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::forms::RecordForm;
    use crate::app::popup::FormKind;
    use crate::app::testing::Desk;
    use crate::domain::change::{Change, Label};
    use crate::fixture::desk;

    /// The change that the last effect asks for.
    fn asked(desk: &Desk) -> Change {
        let commits = desk.effects.iter().rev().find_map(|effect| {
            if let Effect::Commit(change) = effect { Some(change.clone()) } else { None }
        });
        commits.unwrap()
    }

    fn marked(desk: &Desk) -> usize {
        desk.model.desk.tutees.marks.len()
    }

    #[test]
    fn all_that_are_shown_are_marked_and_one_contact_with_them_is_one_change() {
        let desk = Desk::with(desk()).keys("*");
        let all = desk.model.desk.tutees.len();
        assert_eq!(marked(&desk), all);
        let mut desk = desk.keys("c");
        assert_eq!(desk.form().title, format!("Contact · for {all} students"));
        assert!(desk.frame(80, 24).contains(&format!("for {all} students")));
        let desk = desk.keys("⇥⇥reading week‹ctrl-s›");
        let change = asked(&desk);
        assert_eq!((change.label, change.students().len()), (Label::LogContact, all));
        assert_eq!(change.parts.len(), all);
        assert_eq!(marked(&desk.saved()), 0, "the marks have done their work");
    }

    #[test]
    fn an_action_for_two_says_so_and_what_is_wrong_with_it_is_told_once() {
        let desk = Desk::with(desk()).keys("  a‹ctrl-s›");
        assert!(desk.form().title.ends_with("for 2 students"));
        assert!(desk.form().field("what").unwrap().error.is_some());
        let desk = desk.keys("book a workshop‹ctrl-s›");
        assert_eq!((asked(&desk).label, asked(&desk).parts.len()), (Label::AddAction, 2));
    }

    #[test]
    fn a_group_meeting_of_who_is_marked_and_none_of_nobody() {
        let desk = Desk::with(desk()).keys("M");
        assert!(desk.model.popups.is_empty());
        let desk = desk.keys("  M");
        let kind = &desk.model.form().unwrap().kind;
        let FormKind::Record(RecordForm::Group(register)) = kind else { panic!("no group") };
        assert_eq!(register.students.len(), 2);
    }

    #[test]
    fn who_is_marked_is_exported_as_a_table_or_whole_and_nobody_else() {
        let out = |keys: &str| {
            let desk = Desk::with(desk()).keys("  X").keys(keys).keys("‹ctrl-s›");
            let out = desk.effects.iter().find_map(|effect| {
                if let Effect::LetOut(out) = effect { Some((**out).clone()) } else { None }
            });
            (out.unwrap(), desk)
        };
        let (table, desk) = out("");
        assert_eq!(table.to, Destination::File("~/tutees-2026-11-21.csv".into()));
        assert_eq!((table.letters.len(), table.change), (2, None));
        let text = String::from_utf8(table.files[0].1.clone()).unwrap();
        assert_eq!(text.lines().count(), 3, "a head and two rows");
        assert_eq!(marked(&desk), 2);
        let (whole, _) = out("→");
        assert_eq!(whole.to, Destination::File("~/tutees-2026-11-21.json".into()));
        let text = String::from_utf8(whole.files[0].1.clone()).unwrap();
        let others = desk.model.records.files().map(|file| file.student.number.clone());
        assert_eq!(others.filter(|number| text.contains(number.as_str())).count(), 2);
    }

    #[test]
    fn the_next_step_of_one_alert_is_about_that_student_alone_whoever_is_marked() {
        let desk = Desk::with(desk()).keys("*⇤⏎");
        assert!(!desk.form().title.contains("students"), "{}", desk.form().title);
    }
}
