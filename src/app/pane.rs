//! The panes of the desk: what each command does in them. State and rules of a pane are in a file of their own.

use crossterm::event::KeyEvent;

use super::command::{Command, List};
use super::model::{Model, Pane};
use super::msg::{Effect, Msg};
use super::place::Place;
use crate::domain::change::Change;

/// Where the keys go while no popup is open.
#[must_use]
pub fn place(model: &Model) -> Place {
    match model.focus {
        Pane::Tutees => Place::Tutees,
        Pane::Timeline => Place::Timeline,
        Pane::Note => Place::Note,
        Pane::Alerts => Place::Alerts,
    }
}

/// Whether the command of a pane can do something now.
#[must_use]
pub fn applies(_model: &Model, _command: Command) -> bool {
    false
}

/// Carries out the command of a pane.
pub fn run(_model: &mut Model, _command: Command) -> Vec<Effect> {
    Vec::new()
}

/// Moves in the list of a pane.
pub fn go(_model: &mut Model, _pane: Pane, _command: List) -> Vec<Effect> {
    Vec::new()
}

/// Takes a key that is no command.
pub fn type_key(_model: &mut Model, _key: KeyEvent) -> Vec<Effect> {
    Vec::new()
}

/// Takes pasted text.
pub fn paste(_model: &mut Model, _text: &str) -> Vec<Effect> {
    Vec::new()
}

/// Selects the entry that was clicked.
pub fn click(_model: &mut Model, _pane: Pane, _row: usize) -> Vec<Effect> {
    Vec::new()
}

/// Takes the world's answer to what a pane or an import asked.
pub fn answer(_model: &mut Model, _msg: Msg) -> Vec<Effect> {
    Vec::new()
}

/// Whether a note is being written that is not saved.
#[must_use]
pub fn is_unsaved(_model: &Model) -> bool {
    false
}

/// Takes in records that are new, or what a change has touched.
pub fn refresh(_model: &mut Model, _change: Option<&Change>) {}

/// Keeps what is being written before the profile is closed.
#[must_use]
pub fn keep_drafts(_model: &Model) -> Vec<Effect> {
    Vec::new()
}

/// Forgets everything readable.
pub fn forget(_model: &mut Model) {}
