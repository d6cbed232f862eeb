//! The whole state of the program, and the one function that changes it.

use crokey::KeyCombination;
use crossterm::event::{KeyEvent, KeyEventKind};

use super::area::Screen;
use super::command::{Command, Confirm, Desk, Global};
use super::keymap::{Found, Keymap};
use super::msg::{Effect, Msg, Timer};
use super::place::Place;
use super::popup::Popup;
use super::status::{SHOWN, Toast};
use crate::domain::time::Now;

/// The panes of the desk, in the order in which Tab visits them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, strum::VariantArray)]
pub enum Pane {
    /// The list of tutees.
    Tutees,
    /// Everything about one student.
    Timeline,
    /// The note.
    Note,
    /// Who needs a word.
    Alerts,
}

/// What the model starts from.
#[derive(Debug, Clone, Default)]
pub struct Start {
    /// The keys, with the user's own.
    pub keymap: Keymap,
}

/// The whole state of the program.
#[derive(Debug)]
pub struct Model {
    /// What the last drawing learnt; the loop puts it here.
    pub screen: Screen,
    /// The pane that has the keys when no popup is open.
    pub focus: Pane,
    /// Open popups, the topmost last.
    pub popups: Vec<Popup>,
    /// The message beside the hints.
    pub toast: Option<Toast>,
    /// Keys of a sequence that is not complete yet.
    pub pending: Vec<KeyCombination>,
    /// The keys of every command.
    pub keymap: Keymap,
    /// The moment of the last message.
    pub now: Now,
}

impl Model {
    /// A model before the first message.
    #[must_use]
    pub fn new(start: Start, now: Now) -> Self {
        Self {
            screen: Screen::default(),
            focus: Pane::Tutees,
            popups: Vec::new(),
            toast: None,
            pending: Vec::new(),
            keymap: start.keymap,
            now,
        }
    }

    /// The only place where state changes: no I/O, no clock, no terminal.
    pub fn update(&mut self, msg: Msg, now: Now) -> Vec<Effect> {
        self.now = now;
        match msg {
            Msg::Key(key) => self.key(key),
            Msg::Failed(why) | Msg::NotCommitted(why) => self.tell(Toast::failed(why)),
            Msg::Committed(_) => self.tell(Toast::saved(now)),
            Msg::Ended(_) => vec![Effect::Quit],
            Msg::Due(Timer::Toast) => {
                self.toast = None;
                Vec::new()
            }
            Msg::Due(Timer::Draft | Timer::Idle | Timer::Clock)
            | Msg::Mouse(_)
            | Msg::Paste(_)
            | Msg::Resized
            | Msg::Opened(_)
            | Msg::NotOpened(_)
            | Msg::Locked
            | Msg::Told(_)
            | Msg::FolderListed(..)
            | Msg::ListRead(..)
            | Msg::Edited(_) => Vec::new(),
        }
    }

    /// Where the keys go now.
    #[must_use]
    pub fn place(&self) -> Place {
        match (self.popups.last(), self.focus) {
            (Some(popup), _) => popup.place(),
            (None, Pane::Tutees) => Place::Tutees,
            (None, Pane::Timeline) => Place::Timeline,
            (None, Pane::Note) => Place::Note,
            (None, Pane::Alerts) => Place::Alerts,
        }
    }

    /// Shows a message and arms the timer that takes it away.
    pub fn tell(&mut self, toast: Toast) -> Vec<Effect> {
        self.toast = Some(toast);
        vec![Effect::Arm(Timer::Toast, SHOWN)]
    }

    fn key(&mut self, key: KeyEvent) -> Vec<Effect> {
        if key.kind == KeyEventKind::Release {
            return Vec::new();
        }
        self.pending.push(key.into());
        match self.keymap.find(self.place(), &self.pending, |_| true) {
            Found::Prefix => Vec::new(),
            Found::Nothing => {
                self.pending.clear();
                Vec::new()
            }
            Found::Command(command) => {
                self.pending.clear();
                self.run(command)
            }
        }
    }

    /// Carries a command out, whether a key, the palette or the mouse asked for it.
    pub fn run(&mut self, command: Command) -> Vec<Effect> {
        match command {
            Command::Global(Global::Leave) | Command::Desk(Desk::Back) => vec![Effect::Quit],
            Command::Confirm(Confirm::Yes) => match self.popups.pop() {
                Some(Popup::Confirm { then, .. }) => vec![then],
                None => Vec::new(),
            },
            Command::Confirm(Confirm::No) => {
                self.popups.pop();
                Vec::new()
            }
            Command::Global(_)
            | Command::Desk(_)
            | Command::Student(_)
            | Command::List(_)
            | Command::Tutees(_)
            | Command::Timeline(_)
            | Command::Note(_)
            | Command::Alerts(_)
            | Command::Writing(_)
            | Command::Text(_)
            | Command::Find(_)
            | Command::Filter(_)
            | Command::Choose(_)
            | Command::Form(_)
            | Command::Field(_)
            | Command::Picker(_)
            | Command::Mapping(_)
            | Command::DryRun(_) => Vec::new(),
        }
    }
}
