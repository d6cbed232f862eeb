//! What a session of lines asks of the model: commands by name, whole values for fields, rows by number. It reaches the
//! same popups, forms and write functions as the keys do.

use std::{collections::BTreeSet, fmt};

use tui_input::Input;

use super::{
    command::{Command, Note, Student},
    forms::{RecordForm, Which, drafts},
    looks,
    model::{Model, Pane},
    msg::Effect,
    pane::step,
    popup::{FormKind, FormPopup, Popup},
    status::Toast,
    triage,
};
use crate::domain::{
    id::Id, note::NoteId, plain, record::Kind, student::StudentId, word::Choice as _,
};

/// Something that was typed as a line.
#[derive(Clone, PartialEq, Eq)]
pub enum Typed {
    /// A command by its name.
    Run(Command),
    /// The value of a field of the form on top; none leaves it as it is.
    Fill(&'static str, Option<String>),
    /// What is chosen on one line of a checklist or register of the form on top.
    Tick(&'static str, usize, String),
    /// A row of the popup on top.
    Row(usize),
    /// The line over the list of the popup on top: words to search, a path.
    Line(String),
    /// What a column of a list is taken for; none leaves it out.
    Meaning(usize, Option<&'static str>),
    /// A student to take in hand.
    Take(StudentId),
    /// An entry of the timeline of the student in hand.
    Entry(usize),
    /// The students that are marked, and no others.
    Mark(BTreeSet<StudentId>),
    /// What the triage list shows: what this line asks for, all or the first few of each tutor.
    Triage(String, bool),
    /// The board of meetings, as it is now.
    Board,
    /// A note of last time that was being written in its pane: it goes on in its form.
    TakeUp,
    /// Notes that are shown as a whole or in part.
    Read(Vec<(StudentId, NoteId)>),
}

/// Prints nothing of what was typed.
impl fmt::Debug for Typed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Typed …")
    }
}

impl Model {
    /// Does what a line asks for.
    pub(super) fn typed(&mut self, typed: Typed) -> Vec<Effect> {
        self.toast = None;
        match typed {
            Typed::Run(command) => return self.run_typed(command),
            Typed::Fill(name, text) => {
                self.fill(|popup| popup.form.fill(name, text.as_deref()));
            }
            Typed::Tick(name, line, text) => self.fill(|popup| popup.form.tick(name, line, &text)),
            Typed::Row(row) => {
                if let Some(cursor) = self.popups.last_mut().and_then(Popup::cursor) {
                    cursor.selected = row;
                }
            }
            Typed::Line(text) => {
                if let Some((line, cursor)) = self.popups.last_mut().and_then(Popup::line) {
                    *line = Input::new(plain::line(&text).into_owned());
                    cursor.selected = 0;
                    return self.line_changed();
                }
            }
            Typed::Meaning(column, label) => {
                if let Some(Popup::Columns(columns)) = self.popups.last_mut() {
                    columns.cursor.selected = column;
                    columns.say(label);
                }
            }
            Typed::Take(student) => {
                self.desk.select(&self.records, student);
                self.turn_to(Pane::Tutees);
            }
            Typed::Entry(place) => {
                self.desk.timeline.cursor.selected = place;
                self.turn_to(Pane::Timeline);
            }
            Typed::Mark(students) => {
                self.desk.tutees.marks = students;
                self.turn_to(Pane::Tutees);
            }
            Typed::Triage(line, all) => triage::list(self, &line, all),
            Typed::Board => self.desk.look_at_meetings(&self.records),
            Typed::TakeUp => return self.take_up_note(),
            Typed::Read(notes) => return looks::read(self, &notes),
        }
        Vec::new()
    }

    fn fill(&mut self, fill: impl FnOnce(&mut FormPopup)) {
        if let Some(Popup::Form(popup)) = self.popups.last_mut()
            && !popup.waiting
        {
            fill(popup);
            popup.refresh();
        }
    }

    /// Carries a command out where it has its meaning. A note is edited in its form: there is no pane to write in.
    fn run_typed(&mut self, command: Command) -> Vec<Effect> {
        if self.popups.is_empty() {
            let edits =
                matches!(command, Command::Note(Note::Write) | Command::Student(Student::Edit));
            if let Some(form) = self.form_of_note().filter(|_| edits) {
                self.open_form(FormKind::Record(form));
                return Vec::new();
            }
            if matches!(command, Command::Timeline(_) | Command::Note(_)) {
                self.turn_to(Pane::Timeline);
            } else if matches!(command, Command::Alerts(_)) && self.only_looking(command).is_none()
            {
                let student = self.desk.student();
                let Some(student) = student.filter(|it| self.desk.alerts.find(*it).is_some())
                else {
                    return self.tell(Toast::failed("There is no alert about this student."));
                };
                self.turn_to(Pane::Timeline);
                return step::next_of(self, student);
            }
        }
        if self.applies(command) || self.only_looking(command).is_some() {
            return self.run(command);
        }
        self.can_do_nothing(command)
    }

    /// Opens the form of the note that is being written in the pane, with its text; the draft goes with it.
    fn take_up_note(&mut self) -> Vec<Effect> {
        let Some(writing) = self.desk.note.writing.take() else { return Vec::new() };
        let form = RecordForm::Note(writing.student, Which::Edit(writing.before.id), None);
        self.open_form(FormKind::Record(form));
        let text = writing.editor.text();
        self.fill(|popup| popup.form.fill("text", Some(&text)));
        self.fill(|popup| {
            popup.form.fill("confidentiality", Some(writing.confidentiality.words()));
        });
        // The new draft is kept before the old one goes.
        let mut effects = drafts::keep(self);
        effects.push(Effect::DropDraft(writing.draft_id()));
        effects.extend(self.tell(Toast::said("This text of last time is not saved yet.")));
        effects
    }

    /// The form of the note under the cursor of the timeline.
    fn form_of_note(&self) -> Option<RecordForm> {
        if self.focus != Pane::Timeline || self.access != super::msg::Access::Write {
            return None;
        }
        let note = self.desk.timeline.selected().map(|entry| entry.record);
        let note = note.filter(|record| record.kind == Kind::Note)?;
        let (student, note) = (self.desk.student()?, Id::from_bytes(note.bytes));
        Some(RecordForm::Note(student, Which::Edit(note), None))
    }
}

#[cfg(test)]
mod tests {
    use crate::app::{
        Command, Effect, Msg, Typed,
        command::{Alerts, Confirm, Desk as OnDesk, Form, Student, Timeline},
        testing::Desk,
    };
    use crate::domain::{meeting::Outcome, note::Confidentiality};
    use crate::fixture::{Fixture, ago};

    fn typed(desk: Desk, typed: Typed) -> Desk {
        desk.after(Msg::Typed(typed))
    }

    fn run(desk: Desk, command: Command) -> Desk {
        typed(desk, Typed::Run(command))
    }

    #[test]
    fn a_form_is_filled_in_and_saved_by_lines() {
        let mut world = Fixture::new();
        let aisha = world.tutee("20481234", "Aisha Rahman", 4);
        let desk = typed(Desk::with(world.records()), Typed::Take(aisha));
        let desk = run(desk, Command::Student(Student::Action));
        let desk = typed(desk, Typed::Fill("what", Some("book a workshop".into())));
        let desk = typed(desk, Typed::Fill("owner", Some("nobody".into())));
        assert!(desk.form().field("owner").unwrap().error.is_some());
        let desk = typed(desk, Typed::Fill("owner", None));
        let desk = run(desk, Command::Form(Form::Save)).saved();
        let file = desk.model.records.file(aisha).unwrap();
        assert_eq!(file.actions.first().unwrap().what, "book a workshop");
        let desk = run(desk, Command::Timeline(Timeline::Done)).saved();
        let file = desk.model.records.file(aisha).unwrap();
        assert!(file.actions.first().unwrap().done.is_some(), "the new entry is selected");
    }

    #[test]
    fn leaving_a_form_asks_only_when_something_would_be_lost() {
        let mut world = Fixture::new();
        let aisha = world.tutee("20481234", "Aisha Rahman", 4);
        let desk = typed(Desk::with(world.records()), Typed::Take(aisha));
        let desk = run(desk, Command::Student(Student::Action));
        let desk = typed(desk, Typed::Fill("what", Some("x".into())));
        let desk = run(desk, Command::Form(Form::Leave));
        assert_eq!(desk.model.popups.len(), 2);
        let desk = run(desk, Command::Confirm(Confirm::Yes));
        assert!(desk.model.popups.is_empty());
    }

    #[test]
    fn a_command_that_can_do_nothing_says_so() {
        let desk = run(Desk::new(), Command::Student(Student::Note));
        let said = &desk.model.toast.as_ref().unwrap().text;
        assert_eq!(said, "\"Write a note\" can do nothing here now.");
        let desk = run(desk, Command::Desk(OnDesk::Undo));
        assert!(desk.model.toast.is_none() && desk.effects.contains(&Effect::Undo));
    }

    #[test]
    fn the_next_step_is_that_of_the_student_in_hand_and_of_nobody_else() {
        let mut world = Fixture::new();
        let aisha = world.tutee("20481234", "Aisha Rahman", 4);
        let ben = world.tutee("20480002", "Ben O'Connor", 5);
        let meeting = world.meeting(ben, ago(2), Outcome::Held, "Progress review");
        world.action(aisha, None, "return the book", Some(ago(9)));
        world.action(ben, Some(meeting), "read", None);
        let desk = Desk::with(world.records());
        assert!(desk.model.desk.alerts.find(aisha).is_some(), "somebody else has one");
        assert!(desk.model.desk.alerts.find(ben).is_none());
        let desk = typed(desk, Typed::Take(ben));
        let desk = run(desk, Command::Alerts(Alerts::Step));
        assert!(desk.model.popups.is_empty() && desk.effects.is_empty());
        let said = &desk.model.toast.as_ref().unwrap().text;
        assert_eq!(said, "There is no alert about this student.");
        assert_eq!(desk.model.desk.student(), Some(ben));
    }

    #[test]
    fn a_note_that_was_being_written_in_its_pane_goes_on_in_its_form() {
        let mut world = Fixture::new();
        let aisha = world.tutee("20481234", "Aisha Rahman", 4);
        world.note(aisha, ago(3), None, "Likes maps.");
        let desk = typed(Desk::with(world.records()), Typed::Take(aisha));
        let desk = typed(desk, Typed::Entry(0)).keys("⏎⏎!");
        assert!(desk.model.desk.note.writing.is_some());
        let desk = typed(desk, Typed::TakeUp);
        assert!(desk.model.desk.note.writing.is_none());
        assert!(desk.form().value("text").contains('!'));
        let kept = desk.effects.iter().position(|it| matches!(it, Effect::KeepDraft(_)));
        let dropped = desk.effects.iter().position(|it| matches!(it, Effect::DropDraft(_)));
        assert!(kept.is_some() && kept < dropped);
    }

    #[test]
    fn a_restricted_note_that_is_printed_counts_as_looked_at_once() {
        let mut world = Fixture::new();
        let (aisha, me) = (world.tutee("20481234", "Aisha Rahman", 4), world.me);
        let about = (aisha, ago(3), None);
        let secret = world.note_by(me, Confidentiality::Restricted, about, "Fears the landlord.");
        let open = world.note(aisha, ago(3), None, "Likes maps.");
        let desk = typed(Desk::with(world.records()), Typed::Take(aisha));
        let read = || Typed::Read(vec![(aisha, secret), (aisha, open)]);
        let desk = typed(typed(desk, read()), read());
        assert_eq!(desk.effects, [Effect::RecordLook(vec![secret])]);
    }
}
