//! What was done, and when: the entries of the journal, the newest first, part by part.

use std::collections::HashSet;

use crate::{
    app::{
        command::{Command as Any, Desk, History as Command},
        cursor::Cursor,
        model::{Model, Pane},
        msg::Effect,
        popup::Popup,
        status::Toast,
    },
    domain::{history, student::StudentId},
};

/// The list that is open.
#[derive(Debug, Clone, Default)]
pub struct History {
    /// What is known so far.
    pub known: history::History,
    /// The numbers of the entries that are taken back.
    pub taken_back: HashSet<u64>,
    /// Where the list stands.
    pub cursor: Cursor,
    /// Whether an answer is awaited; its first takes the place of what is known.
    pub waits: Waits,
}

/// What is awaited.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Waits {
    /// Nothing.
    #[default]
    Not,
    /// The end of the journal.
    ForLast,
    /// The part before what is known.
    ForEarlier,
}

impl History {
    /// Opens the list, and asks for its first part.
    pub fn open(model: &mut Model) -> Vec<Effect> {
        let waits = Waits::ForLast;
        model.popups.push(Popup::History(Self { waits, ..Self::default() }));
        vec![Effect::ListHistory(None)]
    }

    /// How many lines it has: the entries, and one for what comes before.
    #[must_use]
    pub fn len(&self) -> usize {
        self.known.entries.len() + usize::from(self.known.earlier.is_some())
    }

    /// Whether it has no line.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The entry under the cursor; none on the line for what comes before.
    #[must_use]
    pub fn selected(&self) -> Option<&history::Entry> {
        self.known.entries.get(self.cursor.selected)
    }

    /// The student whom the entry under the cursor is about, where it is one alone who is still there.
    #[must_use]
    pub fn student(&self, model: &Model) -> Option<StudentId> {
        let mut students = self.selected()?.students.iter();
        let only = students.next().filter(|_| students.next().is_none())?;
        model.records.file(*only).map(|_| *only)
    }

    /// Whether a command can do something now.
    #[must_use]
    pub fn applies(&self, model: &Model, command: Command) -> bool {
        match command {
            Command::Open => self.selected().is_none() || self.student(model).is_some(),
            Command::Undo | Command::Redo | Command::Leave => true,
        }
    }

    fn take(&mut self, mut found: history::History) {
        found.entries.retain(history::Entry::is_work);
        if self.waits == Waits::ForEarlier {
            self.known.entries.extend(found.entries);
            self.known.earlier = found.earlier;
        } else {
            self.known = found;
        }
        self.waits = Waits::Not;
        self.taken_back = self.known.taken_back();
        let len = self.len();
        self.cursor.clamp(len);
    }
}

impl Model {
    /// Carries out a command of the list of what was done.
    pub(in crate::app) fn history(&mut self, command: Command) -> Vec<Effect> {
        let Some(Popup::History(open)) = self.popups.last_mut() else { return Vec::new() };
        match command {
            Command::Leave => drop(self.popups.pop()),
            Command::Undo => return self.run(Any::Desk(Desk::Undo)),
            Command::Redo => return self.run(Any::Desk(Desk::Redo)),
            Command::Open if open.selected().is_none() => {
                let earlier = open.known.earlier.filter(|_| open.waits == Waits::Not);
                open.waits = if earlier.is_some() { Waits::ForEarlier } else { open.waits };
                return earlier.map(|part| Effect::ListHistory(Some(part))).into_iter().collect();
            }
            Command::Open => {
                let Some(Popup::History(open)) = self.popups.last() else { return Vec::new() };
                let Some(student) = open.student(self) else { return Vec::new() };
                self.popups.pop();
                self.desk.select(&self.records, student);
                self.turn_to(Pane::Timeline);
            }
        }
        Vec::new()
    }

    /// Takes the answer about what was done.
    pub(in crate::app) fn history_listed(
        &mut self,
        answer: Result<history::History, String>,
    ) -> Vec<Effect> {
        let open = self
            .popups
            .iter_mut()
            .find_map(|popup| if let Popup::History(open) = popup { Some(open) } else { None });
        match (open, answer) {
            (Some(open), Ok(found)) => open.take(found),
            (Some(open), Err(why)) => {
                open.waits = Waits::Not;
                return self.tell(Toast::failed(why));
            }
            (None, _) => {}
        }
        Vec::new()
    }

    /// Asks again while the list is open, as something was done.
    pub(in crate::app) fn follow_history(&mut self) -> Vec<Effect> {
        let Some(Popup::History(open)) = self.popups.last_mut() else { return Vec::new() };
        open.waits = Waits::ForLast;
        vec![Effect::ListHistory(None)]
    }
}

#[cfg(test)]
mod tests;
