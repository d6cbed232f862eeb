//! The alerts: one row per student who needs a word, most urgent first.

use std::{collections::BTreeSet, sync::Arc};

use crate::app::{area::Page, command::List, cursor::Cursor};
use crate::domain::{alert::Alert, student::StudentId};

/// The state of the list.
#[derive(Debug, Clone, Default)]
pub struct Alerts {
    rows: Vec<Arc<Alert>>,
    /// Where the list stands.
    pub cursor: Cursor,
}

impl Alerts {
    /// Takes all rows anew, in their order, and keeps the position.
    pub fn fill(&mut self, rows: Vec<Arc<Alert>>) {
        let selected = self.selected().map(|row| row.student);
        self.rows = rows;
        self.keep(selected);
    }

    /// Takes new rows for these students; who has none needs no word.
    pub fn replace(&mut self, students: &BTreeSet<StudentId>, rows: Vec<Arc<Alert>>) {
        let selected = self.selected().map(|row| row.student);
        self.rows.retain(|row| !students.contains(&row.student));
        for row in rows {
            let place = self.rows.partition_point(|other| other.before(&row).is_lt());
            self.rows.insert(place, row);
        }
        self.keep(selected);
    }

    /// The rows, most urgent first.
    #[must_use]
    pub fn rows(&self) -> &[Arc<Alert>] {
        &self.rows
    }

    /// The selected row.
    #[must_use]
    pub fn selected(&self) -> Option<&Alert> {
        self.rows.get(self.cursor.selected).map(|row| &**row)
    }

    /// The row of a student, if there is one.
    #[must_use]
    pub fn find(&self, student: StudentId) -> Option<&Arc<Alert>> {
        self.rows.iter().find(|row| row.student == student)
    }

    /// Selects the row of a student, if there is one.
    pub fn select(&mut self, student: StudentId) {
        let place = self.rows.iter().position(|row| row.student == student);
        self.cursor.selected = place.unwrap_or(self.cursor.selected);
    }

    /// Moves in the list.
    pub fn go(&mut self, command: List, page: Page) {
        self.cursor.go(command, self.rows.len(), page);
    }

    /// Stays at the student, or at the place where they were.
    fn keep(&mut self, selected: Option<StudentId>) {
        let place = self.rows.iter().position(|row| Some(row.student) == selected);
        self.cursor.selected = place.unwrap_or(self.cursor.selected);
        self.cursor.clamp(self.rows.len());
    }
}
