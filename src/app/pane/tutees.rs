//! The list of tutees: its rows, its filter, its marks. Rows of students that a change does not touch stay.

use std::{cmp::Ordering, collections::BTreeSet};

use crate::app::{area::Page, columns::About, command::List, cursor::Cursor};
use crate::domain::{
    reason::Severity,
    student::StudentId,
    tutee::{Sort, Tutee},
};

mod filter;

pub use filter::{Filter, Finder, Matched};
pub(in crate::app) use filter::{matcher, narrows, pattern};

/// The state of the list.
#[derive(Debug, Clone, Default)]
pub struct Tutees {
    rows: Vec<Tutee>,
    /// By what the rows are sorted.
    sort: Sort,
    /// Where the list stands.
    pub cursor: Cursor,
    /// What narrows it, while something does.
    pub filter: Option<Filter>,
    /// Students marked for bulk work, whether shown or not.
    pub marks: BTreeSet<StudentId>,
    /// Which columns are not shown.
    pub hidden: BTreeSet<About>,
    /// Students pinned to the top.
    pins: BTreeSet<StudentId>,
}

impl Tutees {
    /// Takes all rows anew and keeps the position and the marks of students who are still there.
    pub fn fill(&mut self, mut rows: Vec<Tutee>) {
        let selected = self.selected().map(|row| row.student);
        rows.sort_unstable_by(|a, b| self.before(a, b));
        self.rows = rows;
        if !self.marks.is_empty() {
            let there: BTreeSet<_> = self.rows.iter().map(|row| row.student).collect();
            self.marks.retain(|student| there.contains(student));
        }
        self.refilter(selected);
    }

    /// Takes new rows for these students; who has none is no longer in the list.
    pub fn replace(&mut self, students: &BTreeSet<StudentId>, rows: Vec<Tutee>) {
        let selected = self.selected().map(|row| row.student);
        self.rows.retain(|row| !students.contains(&row.student));
        let kept: BTreeSet<_> = rows.iter().map(|row| row.student).collect();
        self.marks.retain(|student| !students.contains(student) || kept.contains(student));
        for row in rows {
            let place = self.rows.partition_point(|other| self.before(other, &row).is_lt());
            self.rows.insert(place, row);
        }
        self.refilter(selected);
    }

    /// How many students there are in all.
    #[must_use]
    pub fn total(&self) -> usize {
        self.rows.len()
    }

    /// How many rows are shown.
    #[must_use]
    pub fn len(&self) -> usize {
        self.filter.as_ref().map_or(self.rows.len(), Filter::len)
    }

    /// How many rows there are without a filter.
    #[must_use]
    pub fn rows_in_scope(&self) -> usize {
        self.rows.len()
    }

    /// Whether no row is shown.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The row that is shown at this place.
    #[must_use]
    pub fn row(&self, place: usize) -> Option<&Tutee> {
        let index = match &self.filter {
            Some(filter) => filter.row(place)?,
            None => place,
        };
        self.rows.get(index)
    }

    /// The selected row.
    #[must_use]
    pub fn selected(&self) -> Option<&Tutee> {
        self.row(self.cursor.selected)
    }

    /// The row of a student, shown or not.
    #[must_use]
    pub fn find(&self, student: StudentId) -> Option<&Tutee> {
        self.rows.iter().find(|row| row.student == student)
    }

    /// By what the rows are sorted.
    #[must_use]
    pub fn sort(&self) -> Sort {
        self.sort
    }

    /// Sorts in another way and keeps the position.
    pub fn sort_by(&mut self, sort: Sort) {
        let selected = self.selected().map(|row| row.student);
        self.sort = sort;
        self.sort_rows();
        self.refilter(selected);
    }

    /// Pins these students to the top and no others, and keeps the position.
    pub fn pin(&mut self, pins: BTreeSet<StudentId>) {
        if pins != self.pins {
            let selected = self.selected().map(|row| row.student);
            self.pins = pins;
            self.sort_rows();
            self.refilter(selected);
        }
    }

    /// Whether a student is pinned to the top.
    #[must_use]
    pub fn is_pinned(&self, student: StudentId) -> bool {
        self.pins.contains(&student)
    }

    fn sort_rows(&mut self) {
        let mut rows = std::mem::take(&mut self.rows);
        rows.sort_by(|a, b| self.before(a, b));
        self.rows = rows;
    }

    /// The order of the list: who is pinned comes first.
    fn before(&self, a: &Tutee, b: &Tutee) -> Ordering {
        let pinned = |row: &Tutee| self.is_pinned(row.student);
        pinned(b).cmp(&pinned(a)).then_with(|| a.before(b, self.sort))
    }

    /// What narrows the list; empty if nothing does.
    #[must_use]
    pub fn asked(&self) -> &str {
        self.filter.as_ref().map_or("", |filter| filter.input.value())
    }

    /// Narrows the list to this; to everybody if it is empty.
    pub fn ask(&mut self, text: &str) {
        let len = self.rows.len();
        self.filter = (!text.is_empty()).then(|| Filter::of(text, len));
        self.cursor = Cursor::default();
        self.narrow();
    }

    /// Moves in the list.
    pub fn go(&mut self, command: List, page: Page) {
        let len = self.len();
        self.cursor.go(command, len, page);
    }

    /// Selects the student of a row as it is now, if the list shows them.
    pub fn select(&mut self, row: &Tutee) {
        let place = match &self.filter {
            None => Some(self.rows.partition_point(|other| self.before(other, row).is_lt())),
            Some(_) => self.shown(row.student),
        };
        let there = |place: &usize| self.row(*place).is_some_and(|it| it.student == row.student);
        if let Some(place) = place.filter(there) {
            self.cursor.selected = place;
        }
    }

    fn shown(&self, student: StudentId) -> Option<usize> {
        (0..self.len()).find(|place| self.row(*place).is_some_and(|row| row.student == student))
    }

    /// Marks the selected student, or takes the mark away, and goes on to the next.
    pub fn mark(&mut self) {
        let Some(student) = self.selected().map(|row| row.student) else { return };
        self.mark_student(student);
        if self.cursor.selected + 1 < self.len() {
            self.cursor.selected += 1;
        }
    }

    /// Marks a student, or takes the mark away.
    pub fn mark_student(&mut self, student: StudentId) {
        if !self.marks.remove(&student) {
            self.marks.insert(student);
        }
    }

    /// Marks all of these students, or takes their marks away if each has one.
    pub fn mark_all(&mut self, students: &BTreeSet<StudentId>) {
        if students.is_subset(&self.marks) {
            self.marks.retain(|student| !students.contains(student));
        } else {
            self.marks.extend(students);
        }
    }

    /// The students whose rows are shown.
    pub fn shown_students(&self) -> impl Iterator<Item = StudentId> {
        (0..self.len()).filter_map(|place| self.row(place)).map(|row| row.student)
    }

    /// Every student of the list, whether the filter shows them or not.
    pub fn students(&self) -> impl Iterator<Item = StudentId> {
        self.rows.iter().map(|row| row.student)
    }

    /// Opens the filter for typing.
    pub fn open_filter(&mut self) {
        let len = self.rows.len();
        self.filter.get_or_insert_with(|| Filter::new(len)).typing = true;
    }

    /// Follows what was typed in the filter.
    pub fn narrow(&mut self) {
        if let Some(filter) = &mut self.filter
            && filter.follow(&self.rows)
        {
            self.cursor = Cursor::default();
        }
    }

    /// Shows everybody again and stays at the selected student.
    pub fn clear_filter(&mut self) {
        let selected = self.selected().map(|row| row.student);
        self.filter = None;
        self.refilter(selected);
    }

    /// How urgent the most urgent row is.
    #[must_use]
    pub fn most_urgent(&self) -> Option<Severity> {
        self.rows.iter().filter_map(|row| row.severity).max()
    }

    fn refilter(&mut self, selected: Option<StudentId>) {
        if let Some(filter) = &mut self.filter {
            filter.again(&self.rows);
        }
        if let Some(place) = selected.and_then(|student| self.shown(student)) {
            self.cursor.selected = place;
        }
        self.cursor.clamp(self.len());
    }
}

#[cfg(test)]
mod tests;
