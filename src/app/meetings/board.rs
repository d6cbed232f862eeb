//! The board of one academic year: for each student in the list and each slot of the policy what became of
//! it, small enough for a whole university. A change looks again at the students that it touches alone.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use chrono::NaiveDate;
use rayon::prelude::*;

use crate::domain::{
    file::StudentFile,
    obligation::{Obligation, Part, Plan, Status},
    policy::What,
    records::Records,
    student::StudentId,
};

/// A column: a duty by its place in the policy, and which of several it is, 0 for the only one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Column {
    /// Which duty.
    pub duty: u16,
    /// Which of those of the year, from 1; 0 for the only one.
    pub nth: u16,
}

/// What became of a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// Past its last day.
    Overdue,
    /// Its time is now.
    Due,
    /// A meeting is planned for it.
    Planned,
    /// Its time has not come.
    Upcoming,
    /// Met.
    Met,
    /// Set aside.
    Waived,
    /// Not for this student.
    NotApplicable,
}

impl State {
    /// Whether a meeting is still to be held.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Overdue | Self::Due | Self::Planned | Self::Upcoming)
    }

    /// The word for it.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::Due => "due",
            Self::Planned => "planned",
            Self::Upcoming => "upcoming",
            Self::Met => "met",
            Self::Waived => "waived",
            Self::NotApplicable => "not applicable",
        }
    }
}

/// One student and one slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// What became of it.
    pub state: State,
    /// The day that matters: the last one of what is open, the first one of what is to come, that of the
    /// meeting that is planned or was held.
    pub day: NaiveDate,
    /// The last day of its window: what is open longest comes first.
    pub until: NaiveDate,
    /// How many of how many meetings; 0 of 0 where one is asked for.
    pub held: (u8, u8),
}

/// How many students of those whom a slot is for have met it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Total {
    /// Met.
    pub met: usize,
    /// Met or still open.
    pub of: usize,
    /// Past its last day.
    pub overdue: usize,
    /// Set aside.
    pub waived: usize,
}

impl Total {
    /// Counts a cell.
    pub fn add(&mut self, cell: Cell) {
        self.met += usize::from(cell.state == State::Met);
        self.of += usize::from(cell.state == State::Met || cell.state.is_open());
        self.overdue += usize::from(cell.state == State::Overdue);
        self.waived += usize::from(cell.state == State::Waived);
    }

    fn take(&mut self, cell: Cell) {
        let mut one = Self::default();
        one.add(cell);
        self.met -= one.met;
        self.of -= one.of;
        self.overdue -= one.overdue;
        self.waived -= one.waived;
    }
}

type Row = Box<[(Column, Cell)]>;

/// The board of one academic year.
#[derive(Debug, Clone, Default)]
pub struct Board {
    rows: HashMap<StudentId, Row>,
    totals: BTreeMap<Column, Total>,
}

impl Board {
    /// The board of these students.
    #[must_use]
    pub fn new(
        plan: &Plan,
        year: i32,
        records: &Records,
        students: &[StudentId],
        today: NaiveDate,
    ) -> Self {
        let look = |student: &StudentId| {
            let file = records.file(*student)?;
            Some((*student, row(plan, year, records, file, today)))
        };
        let rows: HashMap<StudentId, Row> = students.par_iter().filter_map(look).collect();
        let mut totals = BTreeMap::new();
        for (column, cell) in rows.values().flatten() {
            totals.entry(*column).or_insert_with(Total::default).add(*cell);
        }
        Self { rows, totals }
    }

    /// Looks at one student again; `None` takes them out.
    pub fn follow(
        &mut self,
        plan: &Plan,
        year: i32,
        records: &Records,
        (student, file): (StudentId, Option<&Arc<StudentFile>>),
        today: NaiveDate,
    ) {
        for (column, cell) in self.rows.remove(&student).iter().flatten() {
            if let Some(total) = self.totals.get_mut(column) {
                total.take(*cell);
            }
        }
        let Some(file) = file else { return };
        let row = row(plan, year, records, file, today);
        for (column, cell) in &row {
            self.totals.entry(*column).or_default().add(*cell);
        }
        self.rows.insert(student, row);
    }

    /// The slots that are for somebody, in the order of the policy.
    pub fn columns(&self) -> impl Iterator<Item = Column> {
        let some = self.totals.iter().filter(|(_, total)| total.of + total.waived > 0);
        some.map(|(column, _)| *column)
    }

    /// How a slot stands in all.
    #[must_use]
    pub fn total(&self, column: Column) -> Total {
        self.totals.get(&column).copied().unwrap_or_default()
    }

    /// One student and one slot; none where the policy does not know the student in that year.
    #[must_use]
    pub fn cell(&self, student: StudentId, column: Column) -> Option<Cell> {
        let row = self.rows.get(&student)?;
        row.iter().find(|(other, _)| *other == column).map(|(_, cell)| *cell)
    }
}

impl Column {
    /// What the policy calls it.
    #[must_use]
    pub fn name(self, plan: &Plan) -> String {
        let duty = plan.policy().duties.get(usize::from(self.duty));
        let name = duty.map_or("", |duty| duty.name.as_str());
        if self.nth == 0 { name.to_owned() } else { format!("{name} {}", self.nth) }
    }

    /// The column of an obligation that meetings meet; none for others, which have no column.
    #[must_use]
    pub fn of(plan: &Plan, obligation: &Obligation) -> Option<Self> {
        let meets = match &plan.duty(obligation)?.what {
            What::Slot(_) | What::Count(_) | What::Contact => true,
            What::Tutor | What::Filled(_) | What::Letter { .. } | What::Outcome { .. } => false,
        };
        let nth = match obligation.part {
            Part::Whole => 0,
            Part::Nth(number) => number,
            Part::Meeting(_) | Part::Allocation(_) => return None,
        };
        Some(Self { duty: u16::try_from(obligation.duty).ok()?, nth }).filter(|_| meets)
    }
}

fn row(plan: &Plan, year: i32, records: &Records, file: &StudentFile, today: NaiveDate) -> Row {
    let all = plan.obligations_in(year, records, file, today);
    all.iter().filter_map(|one| Some((Column::of(plan, one)?, cell(records, file, one)))).collect()
}

/// What a cell shows of an obligation.
#[must_use]
pub fn cell(records: &Records, file: &StudentFile, one: &Obligation) -> Cell {
    let on = |id| records.meeting(file, id).map(|meeting| meeting.on);
    let planned = one.planned.and_then(on);
    let (state, day) = match (one.status, planned) {
        (Status::Upcoming | Status::Due | Status::Overdue, Some(day)) => (State::Planned, day),
        (Status::Upcoming, None) => (State::Upcoming, one.window.from),
        (Status::Due, None) => (State::Due, one.window.to),
        (Status::Overdue, None) => (State::Overdue, one.window.to),
        (Status::Met(by), _) => (State::Met, met_on(records, file, by).unwrap_or(one.window.to)),
        (Status::Waived(_), _) => (State::Waived, one.window.to),
        (Status::NotApplicable(_), _) => (State::NotApplicable, one.window.to),
    };
    let held = one.progress.map_or((0, 0), |progress| (progress.held, progress.of));
    Cell { state, day, until: one.window.to, held }
}

/// The day of what met an obligation; none where it has none.
fn met_on(
    records: &Records,
    file: &StudentFile,
    by: crate::domain::obligation::By,
) -> Option<NaiveDate> {
    use crate::domain::obligation::By;
    match by {
        By::Meeting(id) => records.meeting(file, id).map(|meeting| meeting.on),
        By::Contact(id) => file.find(id).map(|contact| contact.on),
        By::Allocation(id) => file.find(id).map(|allocation| allocation.from),
        By::Letter(id) => file.find(id).and_then(|letter| letter.sent),
        By::Enrolment(_) | By::Student(_) => None,
    }
}
