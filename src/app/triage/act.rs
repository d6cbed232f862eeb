//! What the keys and the mouse do on the triage screen.

use std::collections::BTreeSet;

use tui_input::Input;

use super::{Column, Half, Line, Order, Row, applies, narrows, take_row, widen};
use crate::{
    app::{
        command::{Choose, List, Roll, Triage as Command},
        cursor::Cursor,
        model::{Model, Pane},
        msg::Effect,
        pane::step,
        popup::{
            Menu, Popup,
            menu::{Then, Way},
        },
        status::Toast,
    },
    domain::student::StudentId,
};

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
    }
    Vec::new()
}

/// Shows what this filter asks for, in this order.
pub fn ask(model: &mut Model, filter: &str, order: Order) {
    let me = model.desk.viewer.map(|viewer| viewer.tutor);
    let triage = &mut model.desk.triage;
    triage.order = order;
    triage.line = (!filter.is_empty()).then(|| Line { input: filter.into(), typing: false });
    triage.keeping(|list| {
        list.order_by(order);
        list.ask(filter, me);
    });
    take_row(model);
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
    if model.desk.alerts.find(student).is_none() {
        return model.tell(Toast::said("This alert is quiet now."));
    }
    step::next_of(model, student)
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
        Roll::MarkAll => mark_all(model),
        Roll::Export | Roll::Views | Roll::SaveView | Roll::Columns => {}
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
    model.desk.tutees.mark_all(&shown);
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
