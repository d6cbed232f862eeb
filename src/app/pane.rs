//! The panes of the desk: what each command does in them. State and rules of a pane are in a file of their own.

pub mod alerts;
mod applies;
pub mod copying;
pub mod drafts;
pub mod engagement;
pub mod note;
mod screens;
pub mod step;
pub mod timeline;
pub mod tutees;
pub mod writing;

use crossterm::event::KeyEvent;

pub use self::applies::applies;
use self::screens::{desk, roll};
use super::command::{Alerts, Choose, Command, Desk, Filter, List, Timeline, Tutees};
use super::decide;
use super::dispatch::type_line;
use super::meetings;
use super::model::{Model, Pane, View};
use super::msg::{Effect, Msg};
use super::place::Place;
use super::popup::{Hits, Popup};
use super::triage;
use super::views;
use crate::domain::change::Change;
use crate::domain::{plain, write::saved_view};
use tui_input::{Input, InputRequest};

/// Where the keys go while no popup is open.
#[must_use]
pub fn place(model: &Model) -> Place {
    match model.focus {
        _ if model.view == View::Triage => triage::place(model),
        Pane::Tutees if types_filter(model) => Place::Filter,
        _ if model.view == View::Meetings => meetings::place(model),
        Pane::Tutees => Place::Tutees,
        Pane::Timeline => Place::Timeline,
        Pane::Note => match &model.desk.note.writing {
            Some(writing) if writing.editor.find.is_some() => Place::Find,
            Some(_) => Place::Writing,
            None => Place::Note,
        },
        Pane::Engagement => Place::Engagement,
        Pane::Alerts => Place::Alerts,
    }
}

/// Whether the filter over the tutees has the keys.
fn types_filter(model: &Model) -> bool {
    model.desk.tutees.filter.as_ref().is_some_and(|filter| filter.typing)
}

/// Carries out the command of a pane.
pub fn run(model: &mut Model, command: Command) -> Vec<Effect> {
    match command {
        Command::Desk(command) => return desk(model, command),
        Command::Student(command) => return step::run(model, command),
        Command::Tutees(Tutees::Open) => model.focus = Pane::Timeline,
        Command::Tutees(Tutees::Group) if decide::marked(model).next().is_none() => {}
        Command::Tutees(Tutees::Group) => meetings::act::group(model),
        Command::Tutees(Tutees::Pin) => {
            let Some(student) = model.desk.tutees.selected().map(|row| row.student) else {
                return Vec::new();
            };
            return model.write(|context| saved_view::pin(context, student));
        }
        Command::Tutees(Tutees::SortBy) => model.popups.push(Popup::Menu(views::sorts(model))),
        Command::Roll(command) => roll(model, command),
        Command::Timeline(command) => return timeline(model, command),
        Command::Note(command) => return writing::run_reading(model, command),
        Command::Alerts(Alerts::Step) if desk_line(model).is_none() => return step::next(model),
        Command::Alerts(_) => {
            model.desk.alerts.widen();
            take_alert(model);
        }
        Command::Writing(command) => return writing::run(model, command),
        Command::Text(command) => return writing::text(model, command),
        Command::Find(command) => {
            if let Some(writing) = &mut model.desk.note.writing {
                writing.editor.run_find(command);
            }
        }
        Command::Filter(Filter::Search) => {
            match model.view {
                View::Triage => triage::clear(model),
                View::Desk | View::Meetings => model.desk.tutees.clear_filter(),
            }
            return desk(model, Desk::Search);
        }
        Command::Choose(command) => choose(model, command),
        Command::List(_)
        | Command::Panes(_)
        | Command::Triage(_)
        | Command::Meetings(_)
        | Command::Global(_)
        | Command::Form(_)
        | Command::Field(_)
        | Command::Confirm(_)
        | Command::Picker(_)
        | Command::Menu(_)
        | Command::Ledger(_)
        | Command::Mapping(_)
        | Command::DryRun(_)
        | Command::Decide(_)
        | Command::Duties(_)
        | Command::Feedback(_)
        | Command::Trial(_)
        | Command::History(_)
        | Command::Versions(_) => {}
    }
    Vec::new()
}

/// Moves in the list of a pane.
pub fn go(model: &mut Model, pane: Pane, command: List) -> Vec<Effect> {
    let drawn = model.screen.page(pane);
    match pane {
        Pane::Tutees => {
            model.desk.tutees.go(command, drawn);
            take_selected(model);
        }
        Pane::Timeline => {
            model.desk.timeline.go(command, drawn);
            model.desk.note.top = 0;
        }
        Pane::Note => model.desk.note.go(command, drawn, model.now),
        Pane::Engagement => model.desk.engagement.go(command, drawn),
        Pane::Alerts => {
            model.desk.alerts.go(command, drawn);
            take_alert(model);
        }
    }
    Vec::new()
}

/// Takes a key that is no command.
pub fn type_key(model: &mut Model, key: KeyEvent) -> Vec<Effect> {
    if model.focus == Pane::Note {
        return writing::type_key(model, key);
    }
    if let Some(line) = typing(model) {
        type_line(line, key);
        narrow(model);
    }
    Vec::new()
}

/// Takes pasted text.
pub fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    if model.focus == Pane::Note {
        return writing::paste(model, text);
    }
    if let Some(line) = typing(model) {
        for c in plain::line(text).chars() {
            line.handle(InputRequest::InsertChar(c));
        }
        narrow(model);
    }
    Vec::new()
}

/// Selects the entry that was clicked.
pub fn click(model: &mut Model, pane: Pane, row: usize) -> Vec<Effect> {
    match pane {
        Pane::Tutees => {
            model.desk.tutees.cursor.selected = row;
            take_selected(model);
        }
        Pane::Timeline => {
            model.desk.timeline.cursor.selected = row;
            model.desk.note.top = 0;
        }
        Pane::Note | Pane::Engagement => {}
        Pane::Alerts => {
            model.desk.alerts.cursor.selected = row;
            if desk_line(model).is_some() {
                model.desk.alerts.widen();
            }
            take_alert(model);
        }
    }
    Vec::new()
}

/// Takes the world's answer to what a pane or an import asked.
pub fn answer(model: &mut Model, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::Found(ticket, hits) => Hits::found(model, ticket, hits),
        Msg::Edited(text) => writing::edited(model, text),
        Msg::FolderListed(..)
        | Msg::ListRead(..)
        | Msg::Planned(_)
        | Msg::SignalsPlanned(_)
        | Msg::HistoryListed(_)
        | Msg::VersionsListed(..)
        | Msg::Key(_)
        | Msg::Mouse(_)
        | Msg::Typed(_)
        | Msg::Paste(_)
        | Msg::Resized
        | Msg::NotCopied(_)
        | Msg::Due(_)
        | Msg::Ended(_)
        | Msg::FirstPage(_)
        | Msg::FirstPageWanted
        | Msg::Loaded(_)
        | Msg::Written(_)
        | Msg::Opened(_)
        | Msg::Reopened(..)
        | Msg::NotOpened(_)
        | Msg::Locked
        | Msg::Committed(_)
        | Msg::Told(_)
        | Msg::BackedUp(_)
        | Msg::Failed(_)
        | Msg::NotCommitted(_)
        | Msg::DraftNotKept(_)
        | Msg::NotKept
        | Msg::DiskChecked(_) => Vec::new(),
    }
}

/// Whether a note is being written that is not saved.
#[must_use]
pub fn is_unsaved(model: &Model) -> bool {
    model.desk.note.writing.as_ref().is_some_and(|writing| writing.is_changed())
}

/// Takes in records that are new, or what a change has touched.
pub fn refresh(model: &mut Model, change: Option<&Change>) {
    if let Some(change) = change {
        model.desk.follow(&model.records, change);
        model.clamp_duties();
        if model.view == View::Triage {
            triage::take_row(model);
        } else if model.view == View::Meetings {
            meetings::take_row(model);
        } else if model.focus == Pane::Alerts {
            take_alert(model);
        }
        return;
    }
    model.desk.open(&model.records, model.now.today());
    model.turn_to(Pane::Tutees);
}

/// Keeps what is being written before the profile is closed.
#[must_use]
pub fn keep_drafts(model: &mut Model) -> Vec<Effect> {
    drafts::keep(model)
}

/// Forgets everything readable.
pub fn forget(model: &mut Model) {
    refresh(model, None);
}

fn timeline(model: &mut Model, command: Timeline) -> Vec<Effect> {
    match command {
        Timeline::Open if model.desk.timeline.slot().is_some() => {
            return meetings::act::open(model);
        }
        Timeline::Open => return step::open_entry(model),
        Timeline::Done => return step::done(model),
        Timeline::Kinds => {
            let timeline = &mut model.desk.timeline;
            timeline.filter = timeline.filter.next();
            let student = timeline.student;
            model.desk.take(&model.records, student);
        }
    }
    Vec::new()
}

/// The line of the filter: Enter keeps it, Esc takes it away, arrows move in what is left.
fn choose(model: &mut Model, command: Choose) {
    if model.view == View::Triage {
        return triage::choose(model, command);
    }
    let page = model.screen.page(Pane::Tutees);
    let tutees = &mut model.desk.tutees;
    let len = tutees.len();
    if tutees.cursor.choose(command, len, page) {
        return take_selected(model);
    }
    match command {
        Choose::Accept => {
            if let Some(filter) = &mut tutees.filter {
                filter.typing = false;
            }
            if tutees.filter.as_ref().is_some_and(|filter| filter.input.value().is_empty()) {
                tutees.clear_filter();
            }
        }
        Choose::Leave => tutees.clear_filter(),
        Choose::Next | Choose::Previous | Choose::PageDown | Choose::PageUp => {}
    }
    take_selected(model);
}

/// The filter, if keys are typed into it.
fn typing(model: &mut Model) -> Option<&mut Input> {
    let on_it = place(model) == Place::Filter;
    match model.view {
        View::Triage => triage::typing(model),
        View::Desk | View::Meetings => model.desk.tutees.filter.as_mut().map(|it| &mut it.input),
    }
    .filter(|_| on_it)
}

fn narrow(model: &mut Model) {
    if model.view == View::Triage {
        return triage::narrow(model);
    }
    model.desk.tutees.narrow();
    take_selected(model);
}

pub(super) fn take_selected(model: &mut Model) {
    model.desk.meetings.narrow(&model.desk.tutees);
    if model.view == View::Meetings {
        return meetings::take_row(model);
    }
    let student = model.desk.tutees.selected().map(|row| row.student);
    if student.is_some() {
        model.desk.take(&model.records, student);
    }
}

/// The selected line of the alerts, if it stands for more of them.
fn desk_line(model: &Model) -> Option<alerts::Line> {
    model.desk.alerts.line().filter(|line| !matches!(line, alerts::Line::Alert(_)))
}

/// Gives a pane the keys. The alerts begin at the student in hand; who has none gives way to the one selected, as keys
/// are about whom they are seen to be about.
pub fn turn_to(model: &mut Model, pane: Pane) -> Vec<Effect> {
    model.focus = pane;
    if pane == Pane::Alerts {
        if let Some(student) = model.desk.student() {
            model.desk.alerts.turn_to(student);
        }
        take_alert(model);
    }
    Vec::new()
}

fn take_alert(model: &mut Model) {
    if let Some(student) = model.desk.alerts.selected().map(|row| row.student) {
        model.desk.select(&model.records, student);
    }
}
