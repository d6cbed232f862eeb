//! The triage screen: one row per student who needs a word, across all tutors of the list, with the evidence of the
//! one in hand. Marks and whose students are listed are those of the desk.

mod listing;
mod query;
mod row;
pub mod views;

use std::{collections::BTreeSet, sync::Arc};

use tui_input::Input;

pub use self::{
    listing::{Counts, Listing},
    query::Query,
    row::{Column, Eyes, Names, Order, Row, Step},
};
use super::{
    command::{Choose, Command as AnyCommand, List, Roll, Triage as Command},
    cursor::Cursor,
    desk::Desk,
    model::{Model, Pane, View},
    msg::{Access, Effect},
    pane::step,
    place::Place,
    popup::{
        Menu, Popup,
        menu::{Then, Way},
    },
    status::Toast,
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

    /// How many rows of each tutor are shown; none for all.
    fn cap(&self, records: &Records) -> Option<u8> {
        let cap = records.tuning().map_or(tuning::CAP, |tuning| tuning.cap);
        (!self.triage.all && cap > 0).then_some(cap)
    }
}

/// Follows a change of these students, whose alerts are these now.
pub fn follow(
    triage: &mut Triage,
    students: &BTreeSet<StudentId>,
    alerts: &[Arc<Alert>],
    eyes: Eyes<'_>,
) {
    triage.keeping(|list| list.replace(students, alerts, eyes));
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
        Command::MarkAll => !triage.is_empty(),
        Command::All => {
            let counts = triage.list.as_ref().map(Listing::counts).unwrap_or_default();
            triage.all || counts.more > 0
        }
        Command::Turn | Command::SortBy => triage.list.is_some(),
        Command::Views => true,
        Command::SaveView => model.access == Access::Write,
    }
}

/// Whether what the lists have in common can do something now.
#[must_use]
pub fn applies_as_list(model: &Model, command: AnyCommand) -> bool {
    let triage = &model.desk.triage;
    if let AnyCommand::Roll(Roll::Sort | Roll::Scope) = command {
        model.records.files().len() > 0
    } else if command == AnyCommand::Roll(Roll::ClearFilter) {
        narrows(model) || !model.desk.tutees.marks.is_empty()
    } else if let AnyCommand::Filter(_) = command {
        triage.asked().is_empty()
    } else {
        !triage.is_empty()
    }
}

/// Carries out a command.
pub fn run(model: &mut Model, command: Command) -> Vec<Effect> {
    if !applies(model, command) {
        return Vec::new();
    }
    match command {
        Command::Step => return next(model),
        Command::Open => {
            if let Some(student) = model.desk.triage.selected().map(Row::student) {
                model.desk.select(&model.records, student);
                model.desk.alerts.select(student);
                model.turn_to(Pane::Timeline);
            }
        }
        Command::Evidence => {
            let triage = &mut model.desk.triage;
            triage.half = match triage.half {
                Half::List => Half::Evidence,
                Half::Evidence => Half::List,
            };
        }
        Command::MarkAll => mark_all(model),
        Command::All => {
            model.desk.triage.all = !model.desk.triage.all;
            let cap = model.desk.cap(&model.records);
            model.desk.triage.keeping(|list| list.cap_at(cap));
            take_row(model);
        }
        Command::Turn => {
            let column = model.desk.triage.order.column;
            order_by(model, column);
        }
        Command::SortBy => {
            let order = model.desk.triage.order;
            let columns = <Column as strum::VariantArray>::VARIANTS;
            let selected = columns.iter().position(|column| *column == order.column);
            let way = |column: &Column| Way::new(column.title(), "", Then::SortBy(*column));
            let ways = columns.iter().map(way).collect();
            let menu = Menu::of("Sort by", ways, selected.unwrap_or(0));
            model.popups.push(Popup::Menu(menu));
        }
        Command::Views => model.popups.push(Popup::Menu(views::menu(model))),
        Command::SaveView => views::ask_name(model),
    }
    Vec::new()
}

/// Orders the list by a column; once more turns it round.
pub fn order_by(model: &mut Model, column: Column) {
    model.desk.triage.order_by(column);
    take_row(model);
}

/// Orders the list by a column that was chosen, in its own direction.
pub fn sort_by(model: &mut Model, column: Column) {
    let order = Order::by(column);
    let triage = &mut model.desk.triage;
    triage.order = order;
    triage.keeping(|list| list.order_by(order));
    take_row(model);
}

/// Does the next step of the row, as the alerts of the desk do.
fn next(model: &mut Model) -> Vec<Effect> {
    let Some(student) = model.desk.triage.selected().map(Row::student) else {
        return Vec::new();
    };
    model.desk.alerts.select(student);
    if model.desk.alerts.selected().map(|alert| alert.student) != Some(student) {
        return model.tell(Toast::said("This alert is quiet now."));
    }
    step::next(model)
}

/// Carries out what the lists of tutees have in common.
pub fn roll(model: &mut Model, command: Roll) {
    match command {
        Roll::Mark => {
            if let Some(student) = model.desk.triage.selected().map(Row::student) {
                model.desk.tutees.mark_student(student);
                let _moved = go(model, List::Down);
            }
        }
        Roll::Sort => {
            let columns = <Column as strum::VariantArray>::VARIANTS;
            let here = model.desk.triage.order.column;
            let at = columns.iter().position(|column| *column == here).unwrap_or(0);
            let next = columns.get((at + 1) % columns.len()).copied();
            order_by(model, next.unwrap_or_default());
        }
        Roll::Scope => {
            model.desk.next_scope(&model.records);
            take_row(model);
        }
        Roll::ClearFilter if narrows(model) => widen(model),
        Roll::ClearFilter => model.desk.tutees.marks.clear(),
    }
}

/// Marks every row that is shown, or takes the marks away if all have one.
fn mark_all(model: &mut Model) {
    let Some(list) = &model.desk.triage.list else { return };
    let shown: BTreeSet<StudentId> = list.students().collect();
    let marks = &mut model.desk.tutees.marks;
    if shown.is_subset(marks) {
        marks.retain(|student| !shown.contains(student));
    } else {
        marks.extend(shown);
    }
}

/// Opens the line for typing.
pub fn open_line(model: &mut Model) {
    let triage = &mut model.desk.triage;
    triage.half = Half::List;
    triage.line.get_or_insert_default().typing = true;
}

/// The line that has the keys.
pub fn typing(model: &mut Model) -> Option<&mut Input> {
    let line = model.desk.triage.line.as_mut()?;
    line.typing.then_some(&mut line.input)
}

/// Shows what the line asks for.
pub fn narrow(model: &mut Model) {
    let me = model.desk.viewer.map(|viewer| viewer.tutor);
    let triage = &mut model.desk.triage;
    let text = triage.asked().to_owned();
    let Some(list) = &mut triage.list else { return };
    if list.ask(&text, me) {
        triage.cursor = Cursor::default();
        take_row(model);
    }
}

/// Takes the line away.
pub fn clear(model: &mut Model) {
    let me = model.desk.viewer.map(|viewer| viewer.tutor);
    model.desk.triage.line = None;
    model.desk.triage.keeping(|list| {
        list.ask("", me);
    });
    take_row(model);
}

/// The line has the keys: Enter keeps it, Esc takes it away, arrows move in what is left.
pub fn choose(model: &mut Model, command: Choose) {
    let page = model.screen.page(Pane::Tutees);
    let triage = &mut model.desk.triage;
    let len = triage.len();
    if triage.cursor.choose(command, len, page) {
        return take_row(model);
    }
    let empty = triage.asked().trim().is_empty();
    match (command, &mut triage.line) {
        (Choose::Accept, Some(line)) if !empty => line.typing = false,
        (Choose::Accept | Choose::Leave, _) => clear(model),
        (Choose::Next | Choose::Previous | Choose::PageDown | Choose::PageUp, _) => {}
    }
}

/// Moves in the rows, or in the evidence.
pub fn go(model: &mut Model, command: List) -> Vec<Effect> {
    match model.desk.triage.half {
        Half::Evidence => scroll(model, command),
        Half::List => {
            let page = model.screen.page(Pane::Tutees);
            let triage = &mut model.desk.triage;
            let len = triage.len();
            triage.cursor.go(command, len, page);
            take_row(model);
        }
    }
    Vec::new()
}

/// The wheel over a half of the screen.
pub fn wheel(model: &mut Model, pane: Pane, command: List) {
    if pane == Pane::Tutees {
        model.desk.triage.half = Half::List;
        drop(go(model, command));
    } else {
        scroll(model, command);
    }
}

/// Moves in the evidence.
fn scroll(model: &mut Model, command: List) {
    let page = model.screen.page(Pane::Note);
    // The drawing stops at the last line; a turn of the wheel moves more than once between two drawings.
    let selected = model.desk.triage.top.min(page.top + 2);
    let mut cursor = Cursor { selected, top: page.top };
    cursor.go(command, usize::MAX, page);
    model.desk.triage.top = cursor.selected;
}

/// Gives the keys to the half that was clicked, and selects the row.
pub fn click(model: &mut Model, pane: Pane, row: Option<usize>) -> Vec<Effect> {
    let triage = &mut model.desk.triage;
    triage.half = if pane == Pane::Tutees { Half::List } else { Half::Evidence };
    if let Some(row) = row {
        triage.cursor.selected = row;
        take_row(model);
    }
    Vec::new()
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
