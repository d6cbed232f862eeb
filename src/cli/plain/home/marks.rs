//! Marks: a set of students chosen by their numbers, and what is done about all of them. A mark counts only where the
//! word `marked` is said.

use std::collections::BTreeSet;

use super::{Home, Rows, Turn, boards::numbered};
use crate::{
    app::{Command, Typed},
    cli::plain::{lists, menu, words::counted},
    domain::student::StudentId,
};

/// What can be done about all who are marked.
const WAYS: &str = "contact marked, action marked, letter marked, snooze marked, group and export are about all of \
                    them; unmark takes the marks away.";

/// How many of them are named at most.
const NAMED: usize = 30;

impl Home {
    /// Marks the students with these numbers; without one the student in hand.
    pub(super) fn mark(&mut self, turn: &mut Turn<'_>, words: &str) {
        let wanted = match (words, self.hand, &self.rows) {
            ("", Some(hand), _) => Ok(vec![hand]),
            (_, _, Rows::Students(students)) => numbered(students, words),
            _ => return turn.say("Print a list first: list, alerts, triage or meetings."),
        };
        match wanted {
            Ok(students) => {
                let new = students.into_iter().filter(|it| !self.marks.contains(it));
                let new: Vec<StudentId> = new.collect();
                self.marks.extend(new);
                self.marked(turn);
            }
            Err(word) => {
                turn.say(format!("\"{word}\" is no number of the list that was printed last."));
            }
        }
    }

    /// Takes the marks of these away, or all.
    pub(super) fn unmark(&mut self, turn: &mut Turn<'_>, words: &str) {
        let gone = match &self.rows {
            _ if words.is_empty() || words == "all" => Ok(self.marks.clone()),
            Rows::Students(students) => numbered(students, words),
            Rows::Menu | Rows::Entries => Err(words.to_owned()),
        };
        match gone {
            Ok(gone) => {
                self.marks.retain(|student| !gone.contains(student));
                self.marked(turn);
            }
            Err(word) => {
                turn.say(format!("\"{word}\" is no number of the list that was printed last."));
            }
        }
    }

    /// Says who is marked.
    pub(super) fn marked(&mut self, turn: &mut Turn<'_>) {
        let model = &*turn.model;
        self.marks.retain(|student| model.records.file(*student).is_some());
        if self.marks.is_empty() {
            return turn.say("Nobody is marked.");
        }
        let are = if self.marks.len() == 1 { "is" } else { "are" };
        let count = counted(self.marks.len(), "student");
        let names = self.marks.iter().take(NAMED).map(|it| lists::name(model, *it));
        let names = names.collect::<Vec<_>>().join("; ");
        let more = match self.marks.len().saturating_sub(NAMED) {
            0 => String::new(),
            more => format!("; and {more} more"),
        };
        turn.say(format!("{count} {are} marked: {names}{more}."));
        turn.say(WAYS);
    }

    /// Does something about all who are marked. The model knows their marks for that moment alone.
    pub(super) fn about_marked(&mut self, turn: &mut Turn<'_>, command: Command) {
        let model = &*turn.model;
        self.marks.retain(|student| model.records.file(*student).is_some());
        let Some(command) = menu::about_marked(command) else {
            return turn.say("This is done about one student at a time.");
        };
        if self.marks.is_empty() {
            return turn.say("Nobody is marked: mark students of a list by number first.");
        }
        turn.send(Typed::Mark(self.marks.iter().copied().collect()));
        turn.run(command);
        turn.send(Typed::Mark(BTreeSet::new()));
    }
}
