//! The screen of meetings: the tutees of the list down, the slots of the policy across, and all obligations
//! of the student in hand. List, filter, order and marks of the tutees are those of the desk.

pub mod act;
pub mod board;

use chrono::NaiveDate;

pub use self::board::{Board, Cell, Column, State, Total};
use super::{
    area::Page,
    command::{List, Meetings as Command},
    cursor::Cursor,
    model::{Model, Pane, View},
    msg::{Access, Effect},
    pane::tutees::Tutees,
    place::Place,
    status::Toast,
};
use crate::domain::{
    obligation::{Obligation, Plan, Status},
    records::Records,
    student::StudentId,
};

/// Which half of the screen has the keys.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Half {
    /// Students and slots.
    #[default]
    Board,
    /// All obligations of the student in hand.
    Student,
}

/// The state of the screen.
#[derive(Debug, Clone, Default)]
pub struct Meetings {
    /// In whose September the year begins that is shown; none if no calendar knows one.
    pub year: Option<i32>,
    /// What is shown of it, once somebody has looked.
    pub board: Option<Board>,
    /// The slot in hand.
    pub column: Option<Column>,
    /// Who has not met the slot in hand yet, the most urgent first; none while everybody is shown.
    pub only: Option<Vec<StudentId>>,
    /// Where the list of them stands.
    pub cursor: Cursor,
    /// What has the keys.
    pub half: Half,
    /// All obligations of the student in hand.
    pub obligations: Vec<Obligation>,
    /// Where the list of these stands.
    pub all: Cursor,
}

impl Meetings {
    /// The slots across.
    #[must_use]
    pub fn columns(&self) -> Vec<Column> {
        self.board.as_ref().map_or_else(Vec::new, |board| board.columns().collect())
    }

    /// The student of a row, and how many rows there are.
    #[must_use]
    pub fn student(&self, tutees: &Tutees, row: usize) -> Option<StudentId> {
        match &self.only {
            Some(only) => only.get(row).copied(),
            None => tutees.row(row).map(|tutee| tutee.student),
        }
    }

    /// How many rows are shown.
    #[must_use]
    pub fn len(&self, tutees: &Tutees) -> usize {
        self.only.as_ref().map_or_else(|| tutees.len(), Vec::len)
    }

    /// Where the list of rows stands.
    #[must_use]
    pub fn rows(&self, tutees: &Tutees) -> Cursor {
        if self.only.is_some() { self.cursor } else { tutees.cursor }
    }

    /// The obligation in hand: that of the cell, or the selected one of the list.
    #[must_use]
    pub fn in_hand(&self, plan: &Plan) -> Option<&Obligation> {
        match self.half {
            Half::Student => self.obligations.get(self.all.selected),
            Half::Board => {
                let wanted = self.column?;
                self.obligations.iter().find(|one| Column::of(plan, one) == Some(wanted))
            }
        }
    }

    /// Looks at every student of the list.
    pub fn look(&mut self, plan: &Plan, records: &Records, tutees: &Tutees, today: NaiveDate) {
        self.board = self.year.map(|year| {
            let students: Vec<StudentId> = tutees.students().collect();
            Board::new(plan, year, records, &students, today)
        });
        self.keep_column();
    }

    /// Keeps the slot in hand if it is there still, else takes the one that most students are overdue for,
    /// or the first that somebody has not met.
    fn keep_column(&mut self) {
        let columns = self.columns();
        if self.column.is_some_and(|column| columns.contains(&column)) {
            return;
        }
        let total = |column: &Column| {
            self.board.as_ref().map(|board| board.total(*column)).unwrap_or_default()
        };
        // Of several as urgent the first: the last maximum of the turned list.
        let urgent = columns.iter().rev().max_by_key(|column| total(column).overdue);
        let urgent = urgent.filter(|column| total(column).overdue > 0);
        let unmet = || columns.iter().find(|column| total(column).met < total(column).of);
        self.column = urgent.or_else(unmet).or(columns.last()).copied();
    }

    /// Takes the obligations of the student in hand: what is not for them comes last.
    pub fn hold(&mut self, mut obligations: Vec<Obligation>) {
        obligations.sort_by_key(|one| matches!(one.status, Status::NotApplicable(_)));
        self.obligations = obligations;
        self.all.clamp(self.obligations.len());
    }

    /// Lists again who has not met the slot in hand yet, while only they are shown.
    pub fn narrow(&mut self, tutees: &Tutees) {
        if self.only.is_some() {
            let unmet = self.unmet(tutees);
            self.cursor.clamp(unmet.len());
            self.only = Some(unmet);
        }
    }

    /// Who has not met the slot in hand yet, of those that the filter leaves: the most urgent first, who
    /// has a meeting planned last.
    #[must_use]
    pub fn unmet(&self, tutees: &Tutees) -> Vec<StudentId> {
        let (Some(board), Some(column)) = (&self.board, self.column) else { return Vec::new() };
        let shown = (0..tutees.len()).filter_map(|row| tutees.row(row));
        let mut open: Vec<_> = shown
            .filter_map(|tutee| {
                let cell = board.cell(tutee.student, column)?;
                let planned = cell.state == State::Planned;
                cell.state.is_open().then_some((planned, cell.until, tutee.student))
            })
            .collect();
        open.sort_by_key(|(planned, until, _)| (*planned, *until));
        open.into_iter().map(|(_, _, student)| student).collect()
    }

    fn step(&mut self, by: isize) {
        let columns = self.columns();
        let here = columns.iter().position(|column| Some(*column) == self.column).unwrap_or(0);
        let last = columns.len().saturating_sub(1);
        self.column = columns.get(here.saturating_add_signed(by).min(last)).copied();
    }
}

/// Where the keys go.
#[must_use]
pub fn place(model: &Model) -> Place {
    match model.desk.meetings.half {
        Half::Board => Place::Meetings,
        Half::Student => Place::Obligations,
    }
}

/// Whether the screen shows less than it could: one student, or who has not met yet.
#[must_use]
pub fn narrows(model: &Model) -> bool {
    let meetings = &model.desk.meetings;
    model.view == View::Meetings && (meetings.half == Half::Student || meetings.only.is_some())
}

/// Shows more again.
pub fn widen(model: &mut Model) {
    let meetings = &mut model.desk.meetings;
    match meetings.half {
        Half::Student => meetings.half = Half::Board,
        Half::Board => {
            meetings.only = None;
            take_row(model);
        }
    }
}

/// The screen has been turned to, or left.
pub fn shown(model: &mut Model) {
    let desk = &mut model.desk;
    desk.meetings.half = Half::Board;
    desk.meetings.only = None;
    if model.view == View::Meetings {
        if desk.meetings.board.is_none() {
            desk.look_at_meetings(&model.records);
        }
        take_row(model);
    }
}

/// Whether a command can do something now.
#[must_use]
pub fn applies(model: &Model, command: Command) -> bool {
    let meetings = &model.desk.meetings;
    let Some(plan) = model.rules.plan.as_ref().filter(|_| model.view == View::Meetings) else {
        return false;
    };
    let years = |wanted: &dyn Fn(i32) -> bool| plan.years().any(wanted);
    match command {
        Command::Open => meetings.in_hand(plan).is_some(),
        Command::NextSlot | Command::PreviousSlot | Command::NotYetMet => {
            meetings.half == Half::Board && meetings.column.is_some()
        }
        Command::Student => !meetings.obligations.is_empty(),
        Command::Group | Command::Invite => {
            model.access == Access::Write && model.desk.student().is_some()
        }
        Command::NextYear => years(&|year| Some(year) > meetings.year),
        Command::PreviousYear => years(&|year| meetings.year.is_some_and(|shown| year < shown)),
    }
}

/// Carries out a command.
pub fn run(model: &mut Model, command: Command) -> Vec<Effect> {
    if !applies(model, command) {
        return Vec::new();
    }
    match command {
        Command::Open => return act::open(model),
        Command::Group => act::group(model),
        Command::Invite => act::invite(model),
        Command::NextSlot => turn(model, 1),
        Command::PreviousSlot => turn(model, -1),
        Command::NotYetMet => {
            let desk = &mut model.desk;
            desk.meetings.only = match desk.meetings.only {
                Some(_) => None,
                None => Some(Vec::new()),
            };
            desk.meetings.cursor = Cursor::default();
            desk.meetings.narrow(&desk.tutees);
            take_row(model);
        }
        Command::Student => {
            let meetings = &mut model.desk.meetings;
            let plan = model.rules.plan.as_ref();
            let here = plan.and_then(|plan| meetings.in_hand(plan)).copied();
            let place = meetings.obligations.iter().position(|one| Some(*one) == here);
            meetings.half = match meetings.half {
                Half::Board => Half::Student,
                Half::Student => Half::Board,
            };
            meetings.all = Cursor { selected: place.unwrap_or(0), top: 0 };
        }
        Command::NextYear | Command::PreviousYear => return change_year(model, command),
    }
    Vec::new()
}

fn turn(model: &mut Model, by: isize) {
    let desk = &mut model.desk;
    desk.meetings.step(by);
    if desk.meetings.only.is_some() {
        desk.meetings.narrow(&desk.tutees);
        take_row(model);
    }
}

fn change_year(model: &mut Model, command: Command) -> Vec<Effect> {
    let Some(plan) = model.rules.plan.clone() else { return Vec::new() };
    let shown = model.desk.meetings.year;
    let wanted = if command == Command::PreviousYear {
        plan.years().filter(|year| Some(*year) < shown).max()
    } else {
        plan.years().filter(|year| Some(*year) > shown).min()
    };
    if wanted.is_none() {
        return Vec::new();
    }
    model.desk.meetings.year = wanted;
    model.desk.meetings.column = None;
    let student = model.desk.student();
    model.desk.take(&model.records, student);
    model.desk.look_at_meetings(&model.records);
    take_row(model);
    let name = wanted.and_then(|year| plan.calendar(year)).map(|it| it.year.clone());
    model.tell(Toast::said(format!("academic year {}", name.unwrap_or_default())))
}

/// Moves in the rows, or in the list of obligations.
pub fn go(model: &mut Model, command: List) -> Vec<Effect> {
    let page = page(model);
    let desk = &mut model.desk;
    match desk.meetings.half {
        Half::Student => {
            let len = desk.meetings.obligations.len();
            desk.meetings.all.go(command, len, page);
        }
        Half::Board => {
            match &desk.meetings.only {
                Some(only) => desk.meetings.cursor.go(command, only.len(), page),
                None => desk.tutees.go(command, page),
            }
            take_row(model);
        }
    }
    Vec::new()
}

fn page(model: &Model) -> Page {
    match model.desk.meetings.half {
        Half::Board => model.screen.page(Pane::Tutees),
        Half::Student => model.screen.page(Pane::Timeline),
    }
}

/// Gives the keys to the half that was clicked, and selects the row and the slot.
pub fn click(model: &mut Model, pane: Pane, at: Option<(usize, Option<usize>)>) -> Vec<Effect> {
    let desk = &mut model.desk;
    desk.meetings.half = if pane == Pane::Tutees { Half::Board } else { Half::Student };
    let Some((row, column)) = at else { return Vec::new() };
    if desk.meetings.half == Half::Student {
        desk.meetings.all.selected = row;
        return Vec::new();
    }
    if let Some(column) = column.and_then(|place| desk.meetings.columns().get(place).copied()) {
        desk.meetings.column = Some(column);
    }
    match &desk.meetings.only {
        Some(_) => desk.meetings.cursor.selected = row,
        None => desk.tutees.cursor.selected = row,
    }
    take_row(model);
    Vec::new()
}

/// Takes the student of the row in hand.
pub fn take_row(model: &mut Model) {
    let desk = &mut model.desk;
    let row = desk.meetings.rows(&desk.tutees).selected;
    let student = desk.meetings.student(&desk.tutees, row);
    if student.is_some() || desk.meetings.only.is_some() {
        desk.take(&model.records, student);
    }
}

/// Marks the student of the row, or takes the mark away, and goes on.
pub fn mark(model: &mut Model) {
    let desk = &mut model.desk;
    let cursor = desk.meetings.rows(&desk.tutees);
    let Some(student) = desk.meetings.student(&desk.tutees, cursor.selected) else { return };
    desk.tutees.mark_student(student);
    let _moved = go(model, List::Down);
}

#[cfg(test)]
mod tests;
