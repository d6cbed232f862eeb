//! The form engine: fields as data, raw text in, raw text out. The domain parses and says what is wrong.
//!
//! A form knows nothing of what it is for. Whoever opens it builds the fields, reads the raw values back
//! on saving, and hands it the errors of the domain, which it shows beside the fields.

mod entry;
mod fill;
mod ticks;

use std::fmt;

use crossterm::event::KeyEvent;

use super::command::{Field as FieldCommand, Form as FormCommand};
use crate::domain::time::Now;

pub use self::entry::{Choice, Entry, Line, LineKind, Opt, Shade};
pub use self::fill::pick;
pub use self::ticks::{Tick, Ticks};

/// One field of a form.
#[derive(Clone)]
pub struct Field {
    /// Its name in the domain, to which errors refer.
    pub name: &'static str,
    /// What the user reads before it.
    pub label: String,
    /// What helps to fill it in, shown while it has the keys; may be empty.
    pub hint: String,
    /// Whether it must be filled in.
    pub required: bool,
    /// Whether it is not asked for at present.
    pub hidden: bool,
    /// What is typed or chosen.
    pub entry: Entry,
    /// What is wrong with it.
    pub error: Option<String>,
}

impl Field {
    /// A field with this entry.
    #[must_use]
    pub fn new(name: &'static str, label: &str, entry: impl Into<Entry>) -> Self {
        let entry = entry.into();
        Self {
            name,
            label: label.to_owned(),
            hint: String::new(),
            required: false,
            hidden: false,
            entry,
            error: None,
        }
    }

    /// The same with a hint.
    #[must_use]
    pub fn hint(mut self, hint: &str) -> Self {
        hint.clone_into(&mut self.hint);
        self
    }

    /// The same, marked as required.
    #[must_use]
    pub fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// The same, not asked for at present.
    #[must_use]
    pub fn hidden(mut self) -> Self {
        self.hidden = true;
        self
    }
}

/// What the form wants from whoever opened it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub enum Verdict {
    /// Nothing: it stays open.
    Stay,
    /// To be closed; nothing would be lost.
    Close,
    /// To be closed, but typed text would be lost.
    Ask,
    /// To be saved.
    Save,
}

/// A form being filled in.
#[derive(Clone)]
pub struct Form {
    /// What the frame says.
    pub title: String,
    /// The fields, in the order of Tab.
    pub fields: Vec<Field>,
    /// The field that has the keys.
    pub focus: usize,
    /// What concerns the form as a whole.
    pub message: Option<String>,
    initial: Vec<String>,
}

impl fmt::Debug for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Form …")
    }
}

impl Form {
    /// A form over prefilled fields; the first that is asked for has the keys.
    #[must_use]
    pub fn new(title: &str, fields: Vec<Field>) -> Self {
        let initial = fields.iter().map(|field| field.entry.raw()).collect();
        let mut form = Self { title: title.to_owned(), fields, focus: 0, message: None, initial };
        form.keep_focus();
        form
    }

    /// The field with this name.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// The field with this name, to change it.
    pub fn field_mut(&mut self, name: &str) -> Option<&mut Field> {
        self.fields.iter_mut().find(|field| field.name == name)
    }

    /// What is typed or chosen in the field, as raw text; empty if it is not asked for.
    ///
    /// A choice gives its words, a toggle `yes` or `no`.
    #[must_use]
    pub fn value(&self, name: &str) -> String {
        self.field(name)
            .filter(|field| !field.hidden)
            .map(|field| field.entry.raw())
            .unwrap_or_default()
    }

    /// What is chosen on each line of a checklist or register; empty if it is not asked for.
    #[must_use]
    pub fn ticks(&self, name: &str) -> Vec<usize> {
        match self.field(name) {
            Some(Field { entry: Entry::Ticks(ticks), hidden: false, .. }) => ticks.chosen(),
            _ => Vec::new(),
        }
    }

    /// Shows or hides a field; what is typed in it stays.
    pub fn show(&mut self, name: &str, shown: bool) {
        if let Some(field) = self.field_mut(name) {
            field.hidden = !shown;
        }
        self.keep_focus();
    }

    /// The field that has the keys.
    #[must_use]
    pub fn focused(&self) -> Option<&Field> {
        self.fields.get(self.focus)
    }

    /// Gives the keys to a field.
    pub fn focus_on(&mut self, name: &str) {
        if let Some(at) = self.fields.iter().position(|field| field.name == name && !field.hidden) {
            self.focus = at;
        }
    }

    /// Whether something was typed or chosen that closing would lose.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        self.fields.iter().zip(&self.initial).any(|(field, initial)| field.entry.raw() != *initial)
    }

    /// Whether something was typed or chosen in one of these fields.
    #[must_use]
    pub fn is_changed_in(&self, names: &[&str]) -> bool {
        let fields = self.fields.iter().zip(&self.initial);
        let mut asked = fields.filter(|(field, _)| names.contains(&field.name));
        asked.any(|(field, initial)| field.entry.raw() != *initial)
    }

    /// Takes these fields and the message over from the same form, begun anew.
    pub fn take(&mut self, new: Self, names: &[&str]) {
        self.message = new.message;
        for ((field, initial), new) in self.fields.iter_mut().zip(&mut self.initial).zip(new.fields)
        {
            if names.contains(&field.name) {
                *initial = new.entry.raw();
                *field = new;
            }
        }
    }

    /// Whether a text of several lines is asked for: then Enter never saves.
    #[must_use]
    pub fn holds_text(&self) -> bool {
        self.fields.iter().any(|field| !field.hidden && matches!(field.entry, Entry::Text(_)))
    }

    /// Shows what is wrong, beside the fields, and gives the keys to the first of them.
    /// Errors that name no field of this form are said above the fields.
    pub fn refuse<'a>(&mut self, errors: impl IntoIterator<Item = (&'a str, String)>) {
        self.clear_errors();
        for (name, sentence) in errors {
            match self.fields.iter_mut().find(|field| field.name == name && !field.hidden) {
                Some(field) => field.error = Some(sentence),
                None => self.message = Some(sentence),
            }
        }
        if let Some(first) = self.fields.iter().position(|field| field.error.is_some()) {
            self.focus = first;
        }
    }

    /// Carries out a command of the form.
    pub fn run(&mut self, command: FormCommand) -> Verdict {
        match command {
            FormCommand::Save => return self.save(),
            FormCommand::NextField => self.move_focus(1, Wrap::Round),
            FormCommand::PreviousField => self.move_focus(-1, Wrap::Round),
            FormCommand::Leave if self.is_changed() => return Verdict::Ask,
            FormCommand::Leave => return Verdict::Close,
        }
        Verdict::Stay
    }

    /// Carries out a command of the field that has the keys.
    pub fn run_field(&mut self, command: FieldCommand) -> Verdict {
        let last = self.neighbour(1, Wrap::Stop).is_none();
        let Some(field) = self.fields.get_mut(self.focus) else { return Verdict::Stay };
        if field.entry.run(command) {
            field.error = None;
            return Verdict::Stay;
        }
        match command {
            FieldCommand::Accept if last && !self.holds_text() => return self.save(),
            FieldCommand::Accept | FieldCommand::Down => self.move_focus(1, Wrap::Stop),
            FieldCommand::Up => self.move_focus(-1, Wrap::Stop),
            FieldCommand::Toggle | FieldCommand::Left | FieldCommand::Right => {}
        }
        Verdict::Stay
    }

    /// Takes a key that is no command.
    pub fn type_key(&mut self, key: KeyEvent, now: Now) {
        if let Some(field) = self.fields.get_mut(self.focus)
            && field.entry.type_key(key, now)
        {
            field.error = None;
        }
    }

    /// Takes pasted text.
    pub fn paste(&mut self, text: &str) {
        if let Some(field) = self.fields.get_mut(self.focus)
            && field.entry.paste(text)
        {
            field.error = None;
        }
    }

    /// Gives the keys to the field that was clicked.
    pub fn click(&mut self, at: usize) {
        if self.fields.get(at).is_some_and(|field| !field.hidden) {
            self.focus = at;
        }
    }

    fn save(&mut self) -> Verdict {
        let missing =
            |field: &&Field| field.required && !field.hidden && field.entry.raw().trim().is_empty();
        let missing: Vec<_> = self.fields.iter().filter(missing).map(|field| field.name).collect();
        if missing.is_empty() {
            self.clear_errors();
            return Verdict::Save;
        }
        self.refuse(missing.into_iter().map(|name| (name, "must be filled in".to_owned())));
        Verdict::Stay
    }

    fn clear_errors(&mut self) {
        self.message = None;
        for field in &mut self.fields {
            field.error = None;
        }
    }

    fn keep_focus(&mut self) {
        if self.focused().is_none_or(|field| field.hidden) {
            let next = self
                .neighbour(1, Wrap::Round)
                .or_else(|| self.fields.iter().position(|field| !field.hidden));
            self.focus = next.unwrap_or(0);
        }
    }

    fn move_focus(&mut self, by: isize, wrap: Wrap) {
        if let Some(next) = self.neighbour(by, wrap) {
            self.focus = next;
        }
    }

    fn neighbour(&self, by: isize, wrap: Wrap) -> Option<usize> {
        let asked: Vec<usize> = (0..self.fields.len())
            .filter(|at| self.fields.get(*at).is_some_and(|f| !f.hidden))
            .collect();
        let here = asked.iter().position(|at| *at == self.focus);
        let next = match (here, wrap) {
            (Some(here), Wrap::Stop) => here.checked_add_signed(by)?,
            (Some(here), Wrap::Round) if by < 0 => {
                here.checked_sub(1).unwrap_or(asked.len().saturating_sub(1))
            }
            (Some(here), Wrap::Round) => (here + 1) % asked.len().max(1),
            (None, _) => asked.iter().position(|at| *at > self.focus)?,
        };
        asked.get(next).copied()
    }
}

#[derive(Clone, Copy)]
enum Wrap {
    Round,
    Stop,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::editor::Editor;
    use crate::app::popup::{FormKind, FormPopup, Popup};
    use crate::app::testing::Desk;
    use crate::app::{Msg, Place};
    use crate::domain::meeting::Mode;

    fn fields() -> Vec<Field> {
        let words = vec![
            ("●", "present".to_owned()),
            ("○", "absent, told us".to_owned()),
            ("✗", "absent".to_owned()),
        ];
        vec![
            Field::new("topic", "Topic", Line::default()).required(),
            Field::new(
                "service",
                "Service",
                Line::default().suggest(["student support".to_owned()]),
            ),
            Field::new("mode", "How", Choice::of(Some(Mode::InPerson))),
            Field::new("urgent", "Urgent", false),
            Field::new("open", "Open", Ticks::checklist(["one", "two"])),
            Field::new("who", "Who", Ticks::register(words, [("Ben", 0), ("Ewa", 0), ("Zoë", 0)])),
            Field::new("secret", "Secret", Line::new(LineKind::Text, "hidden")).hidden(),
            Field::new("note", "Note", Editor::default()),
        ]
    }

    fn desk(fields: Vec<Field>) -> Desk {
        let mut desk = Desk::new();
        let form = FormPopup::new(FormKind::Unlock, Form::new("Form", fields));
        desk.model.popups.push(Popup::Form(Box::new(form)));
        desk
    }

    fn value(desk: &Desk, name: &str) -> String {
        desk.form().value(name)
    }

    #[test]
    fn every_kind_of_field_is_filled_in_by_keys_and_read_as_raw_text() {
        let desk = desk(fields()).keys("Exams⏎stu→⏎o⏎y⏎↓ ⏎apa⏎- [ ] Ben: ring ⏎me");
        assert_eq!(value(&desk, "topic"), "Exams");
        assert_eq!(value(&desk, "service"), "student support");
        assert_eq!(value(&desk, "mode"), "online");
        assert_eq!(value(&desk, "urgent"), "yes");
        assert_eq!(desk.form().ticks("open"), [0, 1]);
        assert_eq!(desk.form().ticks("who"), [1, 0, 1]);
        assert_eq!(value(&desk, "note"), "- [ ] Ben: ring \nme");
        assert_eq!(value(&desk, "secret"), "", "what is not asked for has no value");
        assert_eq!(desk.model.place(), Place::FormText);
    }

    #[test]
    fn tab_goes_round_the_fields_that_are_asked_for() {
        let at = |keys: &str| desk(fields()).keys(keys).form().focused().unwrap().name;
        assert_eq!(at("⇤"), "note");
        assert_eq!(at("⇥⇥⇥⇥⇥⇥"), "note");
        assert_eq!(at("⇥⇥⇥⇥⇥⇥⇥"), "topic");
        assert_eq!(at("↓↓↑"), "service");
        assert_eq!(at("↑"), "topic");
    }

    #[test]
    fn a_required_field_says_so_and_typing_takes_that_back() {
        let desk = desk(fields()).keys("‹ctrl-s›");
        assert_eq!(desk.form().fields[0].error.as_deref(), Some("must be filled in"));
        assert_eq!(desk.effects, []);
        assert_eq!(desk.keys("x").form().fields[0].error, None);
    }

    #[test]
    fn enter_saves_a_form_of_lines_from_its_last_field_but_never_one_with_a_text() {
        let lines = vec![
            Field::new("passphrase", "Passphrase", Line::default()),
            Field::new("b", "B", false),
        ];
        assert_eq!(desk(lines.clone()).keys("x⏎").effects.len(), 0);
        assert_eq!(desk(lines).keys("x⏎⏎").effects.len(), 1);
        let desk = desk(fields()).keys("⇤⏎⏎");
        assert_eq!(value(&desk, "note"), "\n\n");
        assert_eq!(desk.effects, []);
    }

    #[test]
    fn a_form_knows_whether_something_would_be_lost() {
        assert!(!desk(fields()).form().is_changed());
        for keys in ["x", "⇥⇥→", "⇥⇥⇥ ", "⇥⇥⇥⇥ ", "⇤x"] {
            assert!(desk(fields()).keys(keys).form().is_changed(), "{keys}");
        }
        assert!(!desk(fields()).keys("x⌫⇥⇥→←").form().is_changed());
    }

    #[test]
    fn printable_keys_are_typed_and_chords_work() {
        let desk = desk(fields()).keys("m?:q/!1G");
        assert_eq!(value(&desk, "topic"), "m?:q/!1G");
        assert_eq!(desk.keys("‹f1›").model.place(), Place::Help);
    }

    #[test]
    fn a_paste_into_a_line_stays_one_line_of_plain_text() {
        let desk = desk(fields()).after(Msg::Paste("a\r\nb\u{1b}[31m\tc".into()));
        assert_eq!(value(&desk, "topic"), "a b[31m c");
    }

    #[test]
    fn saving_waits_for_the_disk_and_a_failure_keeps_what_was_typed() {
        let one = vec![Field::new("passphrase", "Passphrase", Line::default())];
        let mut desk = desk(one).keys("x⏎");
        assert!(desk.model.form().unwrap().waiting);
        assert_eq!(value(&desk.keys("y"), "passphrase"), "x");
        desk = self::desk(vec![Field::new("passphrase", "Passphrase", Line::default())]).keys("x⏎");
        desk.send(Msg::Failed("the disk is full".into()));
        assert_eq!(desk.form().message.as_deref(), Some("the disk is full"));
        assert_eq!(value(&desk.keys("y"), "passphrase"), "xy");
    }

    #[test]
    fn errors_of_the_domain_stand_beside_their_fields_and_the_first_has_the_keys() {
        let mut form = Form::new("Form", fields());
        form.refuse([
            ("who", "nobody came".to_owned()),
            ("mode", "how?".to_owned()),
            ("gone", "conflict".to_owned()),
        ]);
        assert_eq!(form.focused().unwrap().name, "mode");
        assert_eq!(form.field("who").unwrap().error.as_deref(), Some("nobody came"));
        assert_eq!(form.message.as_deref(), Some("conflict"));
    }
}
