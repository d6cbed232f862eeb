//! What `y` puts on the clipboard: the note or letter in hand, the e-mail address or the number of the student, as far as
//! it may leave.

use super::step::selected;
use crate::app::command::{Command, Student};
use crate::app::letters;
use crate::app::model::Model;
use crate::app::msg::{Effect, Private};
use crate::app::popup::menu::{Then, Way};
use crate::app::popup::{Menu, Popup};
use crate::app::status::Toast;
use crate::domain::{
    access::{Exit, Recipient, Viewer, record_may_leave},
    id::Id,
    letter::{Letter, LetterId},
    note::Note,
    record::Kind,
    student::StudentId,
};

/// What can be put on the clipboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::VariantArray)]
pub enum Copied {
    /// The note in hand.
    Note,
    /// The letter in hand.
    Letter,
    /// The student's e-mail address.
    Email,
    /// The student's number.
    Number,
}

/// The text that copying takes, as far as it may leave.
fn copied(model: &Model, student: StudentId, what: Copied) -> Option<String> {
    let file = model.records.file(student)?;
    let text = match what {
        Copied::Note => {
            let note = selected_note(model, student)?;
            let day = model.now.today();
            let exit = Exit { recipient: Recipient::Myself, purpose: "clipboard", day };
            let (viewer, record) = (Viewer::of(&model.records)?, note.clone().into());
            record_may_leave(None, viewer, file, &record, &exit).ok()?;
            note.text
        }
        Copied::Letter => {
            let letter = selected_letter(model, student)?;
            letters::may_copy(model, letter).ok()?;
            letter.text.clone()
        }
        Copied::Email => file.student.email.clone(),
        Copied::Number => file.student.number.clone(),
    };
    Some(text).filter(|text| !text.is_empty())
}

/// Whether anything can be copied now.
#[must_use]
pub fn applies(model: &Model, student: StudentId) -> bool {
    !copies(model, student).is_empty()
}

/// What can be copied now, with what it is called; the nearest first.
fn copies(model: &Model, student: StudentId) -> Vec<(Copied, &'static str, String)> {
    let way = |what: &Copied| {
        let text = copied(model, student, *what)?;
        Some(match what {
            Copied::Note => (*what, "The note", String::new()),
            Copied::Letter => (*what, "The letter", String::new()),
            Copied::Email => (*what, "E-mail address", text),
            Copied::Number => (*what, "Student number", text),
        })
    };
    <Copied as strum::VariantArray>::VARIANTS.iter().filter_map(way).collect()
}

/// Asks what is copied.
pub fn ask(model: &mut Model, student: StudentId) {
    let mut ways: Vec<Way> = copies(model, student)
        .into_iter()
        .map(|(what, label, hint)| Way::new(label, hint, Then::Copy(student, what)))
        .collect();
    if ways.is_empty() {
        return;
    }
    let summary = Command::Student(Student::Summary);
    if model.applies(summary) {
        let hint = "is written first, and copied from there";
        ways.push(Way::new("Summary of the meeting", hint, Then::Run(summary)));
    }
    let menu = Menu::of("Copy to the clipboard", ways, 0);
    model.popups.push(Popup::Menu(menu));
}

/// Puts something about a student on the clipboard.
pub fn copy(model: &mut Model, student: StudentId, what: Copied) -> Vec<Effect> {
    let Some(text) = copied(model, student, what) else { return Vec::new() };
    let mut effects = vec![Effect::Copy(Private(text))];
    if let Some(note) = selected_note(model, student).filter(|_| what == Copied::Note) {
        effects.extend(model.took(&note));
    }
    effects.extend(model.tell(Toast::said("copied")));
    effects
}

/// The note that the keys of the pane speak of, if it is one.
fn selected_note(model: &Model, student: StudentId) -> Option<Note> {
    let record = selected(model).filter(|record| record.kind == Kind::Note)?;
    let held = model.records.file(student)?.find(Id::<Note>::from_bytes(record.bytes))?;
    Some(held.value.clone())
}

/// The letter under the cursor.
fn selected_letter(model: &Model, student: StudentId) -> Option<&Letter> {
    let record = selected(model).filter(|record| record.kind == Kind::Letter)?;
    let held = model.records.file(student)?.find(LetterId::from_bytes(record.bytes))?;
    Some(&held.value)
}
