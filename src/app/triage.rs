//! The triage screen: one row per student who needs a word, across all tutors of the list, with the evidence of the
//! one in hand. Marks and whose students are listed are those of the desk.

mod act;
mod listing;
mod query;
mod row;

use std::{collections::BTreeSet, sync::Arc};

use tui_input::Input;

pub use self::{
    act::{
        ask, choose, clear, click, go, narrow, open_line, order_by, roll, run, sort_by, typing,
        wheel,
    },
    listing::{Counts, Listing},
    query::Query,
    row::{Column, Eyes, Names, Order, Row, Step},
};
use super::{
    command::{Command as AnyCommand, Roll, Triage as Command},
    cursor::Cursor,
    decide,
    desk::Desk,
    model::{Model, View},
    msg::Access,
    place::Place,
};
use crate::domain::{alert::Alert, records::Records, student::StudentId, tuning};

/// Which half of the screen has the keys.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Half {
    /// The rows.
    #[default]
    List,
    /// The evidence of the student in hand.
    Evidence,
}

/// The line over the list.
#[derive(Clone, Default)]
pub struct Line {
    /// What is typed.
    pub input: Input,
    /// Whether keys are typed into it.
    pub typing: bool,
}

/// The state of the screen.
#[derive(Clone, Default)]
pub struct Triage {
    /// The rows, once somebody has looked.
    pub list: Option<Listing>,
    /// Where the list stands.
    pub cursor: Cursor,
    /// The line over it, while there is one.
    pub line: Option<Line>,
    /// By which column it is ordered.
    pub order: Order,
    /// Which columns are not shown.
    pub hidden: BTreeSet<Column>,
    /// Whether more than the first few of each tutor are shown.
    pub all: bool,
    /// What has the keys.
    pub half: Half,
    /// The first line of the evidence that is shown.
    pub top: usize,
}

/// Prints how much is shown, never what was typed.
impl std::fmt::Debug for Triage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} shown …", self.len())
    }
}

impl Triage {
    /// How many rows are shown.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list.as_ref().map_or(0, Listing::len)
    }

    /// Whether no row is shown.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The row that is shown at this place.
    #[must_use]
    pub fn row(&self, place: usize) -> Option<&Row> {
        self.list.as_ref()?.row(place)
    }

    /// The selected row.
    #[must_use]
    pub fn selected(&self) -> Option<&Row> {
        self.row(self.cursor.selected)
    }

    /// What the line asks for; empty without one.
    #[must_use]
    pub fn asked(&self) -> &str {
        self.line.as_ref().map_or("", |line| line.input.value())
    }

    /// Changes what is shown, and stays at the student who was selected, else at the place.
    fn keeping(&mut self, change: impl FnOnce(&mut Listing)) {
        let selected = self.selected().map(Row::student);
        let Some(list) = &mut self.list else { return };
        change(list);
        let place = selected.and_then(|student| list.place(student));
        self.cursor.selected = place.unwrap_or(self.cursor.selected);
        self.cursor.clamp(list.len());
    }

    /// Orders the list by a column; once more turns it round.
    pub fn order_by(&mut self, column: Column) {
        let again = self.order.column == column;
        self.order = Order { column, turned: again && !self.order.turned };
        let order = self.order;
        self.keeping(|list| list.order_by(order));
    }
}

impl Desk {
    /// Fills the list of triage, which is there from the first look on.
    pub fn look_at_triage(&mut self, records: &Records) {
        let eyes = Eyes { records, policy: self.rules.policy.as_deref(), today: self.today };
        let me = self.viewer.map(|viewer| viewer.tutor);
        let cap = self.cap(records);
        let triage = &mut self.triage;
        let selected = triage.selected().map(Row::student);
        let mut list = Listing::of(self.alerts.rows(), eyes, triage.order);
        list.cap_at(cap);
        list.ask(triage.asked(), me);
        let place = selected.and_then(|student| list.place(student));
        triage.cursor.selected = place.unwrap_or(triage.cursor.selected);
        triage.cursor.clamp(list.len());
        triage.list = Some(list);
    }

    /// Follows a change of these students, whose alerts are these now.
    pub fn follow_triage(
        &mut self,
        records: &Records,
        students: &BTreeSet<StudentId>,
        alerts: &[Arc<Alert>],
    ) {
        let eyes = Eyes { records, policy: self.rules.policy.as_deref(), today: self.today };
        self.triage.keeping(|list| list.replace(students, alerts, eyes));
    }

    /// How many rows of each tutor are shown; none for all.
    fn cap(&self, records: &Records) -> Option<u8> {
        tuning::cap(records.tuning()).filter(|_| !self.triage.all)
    }
}

/// Where the keys go.
#[must_use]
pub fn place(model: &Model) -> Place {
    let triage = &model.desk.triage;
    match triage.half {
        Half::List if triage.line.as_ref().is_some_and(|line| line.typing) => Place::Filter,
        Half::List | Half::Evidence => Place::Triage,
    }
}

/// The screen has been turned to, or left.
pub fn shown(model: &mut Model) {
    model.desk.triage.half = Half::List;
    if model.view == View::Triage {
        if model.desk.triage.list.is_none() {
            model.desk.look_at_triage(&model.records);
        }
        take_row(model);
    }
}

/// Lists what a line asks for, all or the first few of each tutor; whoever is in hand stays there.
pub fn list(model: &mut Model, line: &str, all: bool) {
    let triage = &mut model.desk.triage;
    triage.all = all;
    triage.line = (!line.is_empty()).then(|| Line { input: line.into(), typing: false });
    model.desk.look_at_triage(&model.records);
}

/// What may be typed into the line.
pub const LINE: &str =
    "name, number, tutor, programme, or tutor: severity: why: level: owner: state: snoozed:";

/// Whether the screen shows less than it could, or something else than the list.
#[must_use]
pub fn narrows(model: &Model) -> bool {
    let triage = &model.desk.triage;
    triage.half == Half::Evidence || triage.line.is_some()
}

/// Shows the list, then all of it.
pub fn widen(model: &mut Model) {
    if model.desk.triage.half == Half::Evidence {
        model.desk.triage.half = Half::List;
    } else {
        clear(model);
    }
}

/// Whether a command can do something now.
#[must_use]
pub fn applies(model: &Model, command: Command) -> bool {
    if model.view != View::Triage {
        return false;
    }
    let triage = &model.desk.triage;
    match command {
        Command::Step | Command::Open | Command::Evidence => triage.selected().is_some(),
        Command::All => {
            let counts = triage.list.as_ref().map(Listing::counts).unwrap_or_default();
            triage.all || counts.more > 0
        }
        Command::Turn | Command::SortBy => triage.list.is_some(),
    }
}

/// Whether what the lists have in common can do something now.
#[must_use]
pub fn applies_as_list(model: &Model, command: AnyCommand) -> bool {
    let triage = &model.desk.triage;
    if let AnyCommand::Roll(Roll::Sort | Roll::Scope) = command {
        model.records.files().len() > 0
    } else if command == AnyCommand::Roll(Roll::Columns) {
        model.access == Access::Write && model.records.files().len() > 0
    } else if let AnyCommand::Roll(Roll::Views | Roll::SaveView) = command {
        command == AnyCommand::Roll(Roll::Views) || model.access == Access::Write
    } else if command == AnyCommand::Roll(Roll::Export) {
        model.access == Access::Write && decide::marked(model).next().is_some()
    } else if command == AnyCommand::Roll(Roll::ClearFilter) {
        narrows(model) || !model.desk.tutees.marks.is_empty()
    } else if let AnyCommand::Filter(_) = command {
        triage.asked().is_empty()
    } else {
        !triage.is_empty()
    }
}

/// Takes the student of the row in hand.
pub fn take_row(model: &mut Model) {
    let student = model.desk.triage.selected().map(Row::student);
    if student.is_some() && student != model.desk.student() {
        model.desk.triage.top = 0;
    }
    if student.is_some() {
        model.desk.take(&model.records, student);
    }
}

#[cfg(test)]
mod tests;
