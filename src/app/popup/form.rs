//! Forms in a popup: each kind knows its fields, and which domain function takes them.

use crate::app::form::{Entry, Field, Form, Line, LineKind};
use crate::app::forms::{RecordForm, backup, drafts::Keeping, first_start, passphrase, signals};
use crate::app::importing::signals::SignalAnswer;
use crate::app::model::Model;
use crate::app::msg::{Effect, Private};
use crate::app::place::Place;
use crate::domain::note::Note;
use crate::domain::records::Records;

/// What a form is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FormKind {
    /// The passphrase, after locking.
    Unlock,
    /// Another passphrase.
    Passphrase,
    /// Everything into one file.
    Backup,
    /// Something about a student or a tutor.
    Record(RecordForm),
    /// Who works here, at the first start.
    FirstStart,
    /// What a file of signals does not say.
    Signals(Box<SignalAnswer>),
}

/// What is wrong, by field name.
pub type Errors = Vec<(&'static str, String)>;

/// A form that is open.
#[derive(Debug, Clone)]
pub struct FormPopup {
    /// What it is for.
    pub kind: FormKind,
    /// What is typed in it.
    pub form: Form,
    /// Whether it waits until what was typed is durable; it closes then, and stays if that fails.
    pub waiting: bool,
    /// How far it is kept as a draft.
    pub keeping: Keeping,
}

impl FormPopup {
    /// A form that begins.
    #[must_use]
    pub fn new(kind: FormKind, form: Form) -> Self {
        Self { kind, form, waiting: false, keeping: Keeping::default() }
    }

    /// The form of this kind, prefilled from the model.
    #[must_use]
    pub fn open(kind: FormKind, model: &Model) -> Self {
        let form = match &kind {
            FormKind::Unlock => unlock(),
            FormKind::Passphrase => passphrase::form(),
            FormKind::Backup => backup::form(model),
            FormKind::Record(record) => record.form(model),
            FormKind::FirstStart => first_start::form(&model.rules.packs),
            FormKind::Signals(answer) => signals::form(answer, model),
        };
        Self::new(kind, form)
    }

    /// Where the keys go.
    #[must_use]
    pub fn place(&self) -> Place {
        match self.form.focused().map(|field| &field.entry) {
            Some(Entry::Text(editor)) if editor.find.is_some() => Place::Find,
            Some(Entry::Text(_)) => Place::FormText,
            Some(Entry::Line(_) | Entry::Choice(_) | Entry::Toggle(_) | Entry::Ticks(_)) | None => {
                Place::Field
            }
        }
    }

    /// What it waits for, in words.
    #[must_use]
    pub fn waits(&self) -> Option<&'static str> {
        let words = match self.kind {
            FormKind::Signals(_) => "reading …",
            FormKind::Backup => "writing, and reading it back …",
            FormKind::Unlock
            | FormKind::Passphrase
            | FormKind::Record(_)
            | FormKind::FirstStart => "saving …",
        };
        self.waiting.then_some(words)
    }

    /// The notes of which it was filled in with the text.
    pub fn notes<'a>(&self, records: &'a Records) -> impl Iterator<Item = &'a Note> {
        let record = if let FormKind::Record(record) = &self.kind { Some(record) } else { None };
        record.map(|record| record.notes(records)).into_iter().flatten()
    }

    /// Whether Esc may close it.
    #[must_use]
    pub fn may_close(&self) -> bool {
        match self.kind {
            FormKind::Unlock | FormKind::FirstStart => false,
            FormKind::Passphrase
            | FormKind::Backup
            | FormKind::Record(_)
            | FormKind::Signals(_) => true,
        }
    }

    /// Shows and hides fields after each key, as what is chosen asks for.
    pub fn refresh(&mut self) {
        match &self.kind {
            FormKind::Unlock | FormKind::Passphrase | FormKind::Backup | FormKind::Signals(_) => {}
            FormKind::Record(record) => record.refresh(&mut self.form),
            FormKind::FirstStart => first_start::refresh(&mut self.form),
        }
    }

    /// What saving asks of the world.
    ///
    /// # Errors
    /// What is wrong with which field; the form shows it and stays open.
    pub fn submit(&self, model: &mut Model) -> Result<Vec<Effect>, Errors> {
        match &self.kind {
            FormKind::Unlock => Ok(vec![model.unlocking(Private(self.form.value("passphrase")))]),
            FormKind::FirstStart => first_start::submit(&self.form, model),
            FormKind::Passphrase => passphrase::submit(&self.form),
            FormKind::Backup => backup::submit(&self.form),
            FormKind::Record(record) => record.submit(&self.form, model),
            FormKind::Signals(answer) => signals::submit(&self.form, answer, model),
        }
    }
}

fn unlock() -> Form {
    let passphrase = Field::new("passphrase", "Passphrase", Line::new(LineKind::Secret, ""));
    Form::new("Locked", vec![passphrase.required().hint("Enter unlocks; Ctrl-C quits")])
}
