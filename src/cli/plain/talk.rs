//! The conversation: what is printed and asked next, and where an answer goes. It holds no record; all it asks and
//! does goes through the model.

use std::mem;

use super::{form::Filling, home::Home, popups};
use crate::{
    app::{Command, Effect, Model, Msg, Typed, popup::Popup},
    domain::time::Now,
};

/// Lines that are printed at a time where a person reads along.
const PAGE: usize = 20;

/// What is printed, and what is asked then.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Question {
    /// The lines before it.
    pub says: Vec<String>,
    /// What stands before the answer.
    pub prompt: String,
    /// Whether the answer is not shown while it is typed.
    pub unseen: bool,
}

/// Whether long lists wait for Enter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paging {
    /// A person reads along.
    Pages,
    /// The output goes to a file or a program.
    Whole,
}

/// An answer on its way through the model.
pub struct Turn<'a> {
    /// The model.
    pub model: &'a mut Model,
    /// What it asked of the world.
    pub effects: Vec<Effect>,
    /// What is said at once.
    pub says: Vec<String>,
    now: Now,
}

impl<'a> Turn<'a> {
    /// A turn at this moment.
    pub fn new(model: &'a mut Model, now: Now) -> Self {
        Self { model, effects: Vec::new(), says: Vec::new(), now }
    }

    /// Hands something to the model.
    pub fn send(&mut self, typed: Typed) {
        self.effects.extend(self.model.update(Msg::Typed(typed), self.now));
    }

    /// Carries out a command.
    pub fn run(&mut self, command: Command) {
        self.send(Typed::Run(command));
    }

    /// Says something.
    pub fn say(&mut self, text: impl Into<String>) {
        self.says.push(text.into());
    }
}

/// Where the conversation stands.
pub struct Talk {
    home: Home,
    /// How far each open form is filled in.
    forms: Vec<Filling>,
    /// What was last said of which popup.
    shown: Option<(usize, Vec<String>)>,
    /// Lines that wait for Enter, and what is asked after them.
    held: Option<Question>,
    says: Vec<String>,
    paging: Paging,
}

impl Talk {
    /// A conversation that begins.
    #[must_use]
    pub fn new(paging: Paging) -> Self {
        Self {
            home: Home::default(),
            forms: Vec::new(),
            shown: None,
            held: None,
            says: Vec::new(),
            paging,
        }
    }

    /// Forgets everything readable.
    pub fn forget(&mut self) {
        *self = Self::new(self.paging);
    }

    /// What is printed and asked now.
    pub fn ask(&mut self, model: &Model) -> Question {
        let question = match self.held.take() {
            Some(held) => held,
            None => self.question(model),
        };
        if self.paging == Paging::Whole || question.says.len() <= PAGE {
            return question;
        }
        let mut held = question;
        let rest = held.says.split_off(PAGE);
        let says = mem::replace(&mut held.says, rest);
        self.held = Some(held);
        Question { says, prompt: "Enter for more, n for no more: ".into(), unseen: false }
    }

    fn question(&mut self, model: &Model) -> Question {
        self.forms.retain(|filling| filling.is_open(model));
        let depth = model.popups.len();
        let mut question = match model.popups.last() {
            Some(Popup::Form(popup)) => {
                self.shown = None;
                if self.forms.last().is_none_or(|filling| filling.depth < depth) {
                    self.forms.push(Filling::new(depth, popup));
                }
                self.forms.last_mut().map(|filling| filling.ask(popup)).unwrap_or_default()
            }
            Some(popup) => {
                let body = popups::body(popup, model);
                let mut says = Vec::new();
                if self.shown.as_ref() != Some(&(depth, body.clone())) {
                    says.extend(body.iter().cloned());
                    self.shown = Some((depth, body));
                }
                says.extend(popups::notice(popup));
                Question { says, prompt: popups::prompt(popup), unseen: false }
            }
            None => {
                self.shown = None;
                self.home.ask(model)
            }
        };
        question.says.splice(0..0, mem::take(&mut self.says));
        question
    }

    /// Takes an answer; what it asks of the world.
    pub fn hear(&mut self, model: &mut Model, line: &str, now: Now) -> Vec<Effect> {
        if let Some(held) = self.held.take() {
            match line.trim() {
                "" => {
                    self.held = Some(held);
                    return Vec::new();
                }
                "n" | "no" | "q" => {
                    self.held = Some(Question { says: Vec::new(), ..held });
                    return Vec::new();
                }
                _ => {}
            }
        }
        let mut turn = Turn::new(model, now);
        match turn.model.popups.last() {
            Some(Popup::Form(_)) => {
                if let Some(filling) = self.forms.last_mut() {
                    filling.hear(&mut turn, line);
                }
            }
            Some(popup) => {
                let searches = matches!(popup, Popup::Hits(_));
                popups::hear(&mut turn, line.trim());
                if searches && turn.model.popups.is_empty() && !line.trim().is_empty() {
                    self.home.arrive(&mut turn);
                }
            }
            None => self.home.hear(&mut turn, line.trim()),
        }
        self.says.append(&mut turn.says);
        turn.effects
    }
}
