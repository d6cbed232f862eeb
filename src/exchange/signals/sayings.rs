//! Where a format notes down what it reads: each person once, however many rows speak of them.

use std::collections::HashMap;

use super::Export;
use crate::{
    domain::{
        engagement::Source,
        reading::{Fact, Held, ListedTask, Reading, Seen, Who},
        roll::{Rejected, Remark},
    },
    exchange::student_row::Wrong,
};

/// What was read so far.
#[derive(Default)]
pub(super) struct Sayings {
    people: Vec<Seen>,
    places: HashMap<Who, usize>,
    /// Pieces of work; a fact names one by its place.
    pub tasks: Vec<ListedTask>,
    /// The day the file was made, where it says so.
    pub as_of: Option<chrono::NaiveDate>,
    /// The year in whose September the academic year begins, where it says so.
    pub year: Option<i32>,
    /// The module as the file says it.
    pub module: String,
    /// Sessions of which only those who came are named.
    pub held: Vec<Held>,
    /// Whether it is of everybody on the module.
    pub everyone: bool,
    /// Whether it hides who some of its rows are about.
    pub hides: bool,
    /// What the reader should know.
    pub remarks: Vec<Remark>,
    rejected: Vec<Rejected>,
}

impl Sayings {
    /// Nothing yet, but which columns are never read.
    pub(super) fn of(export: &Export<'_>) -> Self {
        Self { remarks: export.protected(), ..Self::default() }
    }

    /// The place of somebody, new or known.
    pub(super) fn person(&mut self, row: u32, who: Who) -> usize {
        let next = self.people.len();
        let place = *self.places.entry(who.clone()).or_insert(next);
        if place == next {
            self.people.push(Seen { row, who, facts: Vec::new() });
        }
        place
    }

    /// Adds what is said of the person at a place; the same as the last said adds nothing.
    pub(super) fn add(&mut self, person: usize, fact: Fact) {
        if let Some(seen) = self.people.get_mut(person)
            && seen.facts.last() != Some(&fact)
        {
            seen.facts.push(fact);
        }
    }

    /// The place of a piece of work by its name, new or known.
    pub(super) fn task(&mut self, name: &str) -> usize {
        let known = self.tasks.iter().position(|task| task.name == name);
        known.unwrap_or_else(|| {
            self.tasks.push(ListedTask { name: name.to_owned(), ..ListedTask::default() });
            self.tasks.len() - 1
        })
    }

    /// The marks of a piece are left out until somebody says what they are out of.
    pub(super) fn unmark(&mut self, task: usize) {
        if let Some(task) = self.tasks.get_mut(task) {
            task.unmarked = true;
        }
    }

    /// Leaves a row out.
    pub(super) fn reject(&mut self, export: &Export<'_>, row: u32, (column, reason): Wrong) {
        let column = column.map_or_else(String::new, |column| export.list.column_name(column));
        self.rejected.push(Rejected { row, column, reason });
    }

    /// Everything that was read. What somebody said of the file counts before what it says itself.
    pub(super) fn reading(mut self, export: &Export<'_>, source: Source) -> Reading {
        self.remarks.sort_by_key(|remark| remark.row);
        let today = export.told.today;
        // A day that lies ahead is none on which a file was made.
        let says = self.as_of.filter(|day| *day <= today);
        let as_of = export.told.as_of.map(|day| day.min(today)).or(says);
        let rows = u32::try_from(export.list.len()).unwrap_or(u32::MAX);
        Reading {
            source,
            module: self.module,
            year: self.year,
            as_of,
            tasks: self.tasks,
            people: self.people,
            rejected: self.rejected,
            held: self.held,
            everyone: self.everyone,
            hides: self.hides,
            remarks: self.remarks,
            rows,
        }
    }
}
