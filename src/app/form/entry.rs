//! What a field of a form can hold: a line, a choice, a toggle, a long text, a list to tick.

use crossterm::event::{Event, KeyEvent, KeyModifiers};
use tui_input::backend::crossterm::to_input_request;
use tui_input::{Input, InputRequest};

use super::ticks::{Ticks, Turn, next_by_letter};
use crate::app::command::Field as FieldCommand;
use crate::app::editor::Editor;
use crate::domain::plain;
use crate::domain::time::Now;
use crate::domain::word;

/// What a line holds at most, in characters.
pub(super) const LINE_LIMIT: usize = 1_000;

/// What is typed or chosen in a field.
#[derive(Clone)]
pub enum Entry {
    /// One line of text.
    Line(Line),
    /// One of a few possibilities.
    Choice(Choice),
    /// Yes or no.
    Toggle(bool),
    /// A text of several lines.
    Text(Box<Editor>),
    /// A checklist or a register.
    Ticks(Ticks),
}

/// What kind of line it is: for its hint and its drawing; the domain parses it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum LineKind {
    /// Any text.
    #[default]
    Text,
    /// A day.
    Date,
    /// A wall time.
    Time,
    /// A number.
    Number,
    /// A passphrase: never shown.
    Secret,
}

/// One line of text.
#[derive(Clone, Default)]
pub struct Line {
    /// What is typed, and where the cursor stands.
    pub input: Input,
    /// What kind of line it is.
    pub kind: LineKind,
    /// What it may become: the first that begins like the typed text is offered.
    pub suggestions: Vec<String>,
}

impl Line {
    /// A line with this text in it.
    #[must_use]
    pub fn new(kind: LineKind, value: &str) -> Self {
        Self { input: Input::new(plain::line(value).into_owned()), kind, suggestions: Vec::new() }
    }

    /// The same with texts that it may become.
    #[must_use]
    pub fn suggest(mut self, suggestions: impl IntoIterator<Item = String>) -> Self {
        self.suggestions = suggestions.into_iter().collect();
        self
    }

    /// What Right would add to the typed text.
    #[must_use]
    pub fn offer(&self) -> Option<&str> {
        let typed = self.input.value();
        if typed.is_empty() || self.input.cursor() < typed.chars().count() {
            return None;
        }
        let begins = |known: &&String| {
            known
                .get(..typed.len())
                .is_some_and(|start| start.to_lowercase() == typed.to_lowercase())
        };
        let offered = self.suggestions.iter().find(begins)?;
        offered.get(typed.len()..).filter(|rest| !rest.is_empty())
    }
}

/// How much an option gives away or weighs; the theme has a colour for each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Shade {
    /// Nothing special.
    #[default]
    Plain,
    /// Open: may be seen by the person it is about.
    Open,
    /// Held: seen by few.
    Held,
    /// Closed: seen by its author alone.
    Closed,
}

/// One possibility of a choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opt {
    /// The words for it.
    pub words: String,
    /// What its colour says.
    pub shade: Shade,
}

/// One of a few possibilities.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choice {
    /// The possibilities.
    pub options: Vec<Opt>,
    /// The chosen one; none before the first decision.
    pub selected: Option<usize>,
}

impl Choice {
    /// A choice between words.
    #[must_use]
    pub fn new<T: Into<String>>(
        words: impl IntoIterator<Item = T>,
        selected: Option<usize>,
    ) -> Self {
        let option = |words: T| Opt { words: words.into(), shade: Shade::Plain };
        Self { options: words.into_iter().map(option).collect(), selected }
    }

    /// A choice between all values of one of the domain's enums.
    #[must_use]
    pub fn of<T: word::Choice>(selected: Option<T>) -> Self {
        let at = selected.and_then(|chosen| T::iter().position(|value| value == chosen));
        Self::new(T::iter().map(T::words), at)
    }

    /// The same, with a shade for each option in turn.
    #[must_use]
    pub fn shades(mut self, shades: &[Shade]) -> Self {
        for (option, shade) in self.options.iter_mut().zip(shades) {
            option.shade = *shade;
        }
        self
    }

    /// The chosen option.
    #[must_use]
    pub fn chosen(&self) -> Option<&Opt> {
        self.selected.and_then(|at| self.options.get(at))
    }

    fn turn(&mut self, by: Turn) -> bool {
        let len = self.options.len();
        self.selected = match (self.selected, by) {
            _ if len == 0 => None,
            (None, Turn::On) => Some(0),
            (None | Some(0), Turn::Back) => Some(len - 1),
            (Some(at), Turn::On) => Some((at + 1) % len),
            (Some(at), Turn::Back) => Some(at - 1),
        };
        true
    }

    fn letter(&mut self, c: char) -> bool {
        next_by_letter(self.options.iter().map(|option| option.words.as_str()), self.selected, c)
            .is_some_and(|at| {
                self.selected = Some(at);
                true
            })
    }
}

impl Entry {
    /// What is typed or chosen, as raw text.
    #[must_use]
    pub fn raw(&self) -> String {
        match self {
            Self::Line(line) => line.input.value().to_owned(),
            Self::Choice(choice) => {
                choice.chosen().map(|option| option.words.clone()).unwrap_or_default()
            }
            Self::Toggle(on) => if *on { "yes" } else { "no" }.to_owned(),
            Self::Text(editor) => editor.text(),
            Self::Ticks(ticks) => format!("{:?}", ticks.chosen()),
        }
    }

    /// Whether Space chooses here instead of typing.
    #[must_use]
    pub fn chooses(&self) -> bool {
        match self {
            Self::Choice(_) | Self::Toggle(_) | Self::Ticks(_) => true,
            Self::Line(_) | Self::Text(_) => false,
        }
    }

    /// Carries out a command of the field; says whether it meant something here.
    pub(super) fn run(&mut self, command: FieldCommand) -> bool {
        match (self, command) {
            (Self::Line(line), FieldCommand::Left) => line.left(),
            (Self::Line(line), FieldCommand::Right) => line.right(),
            (Self::Choice(choice), FieldCommand::Toggle | FieldCommand::Right) => {
                choice.turn(Turn::On)
            }
            (Self::Choice(choice), FieldCommand::Left) => choice.turn(Turn::Back),
            (Self::Toggle(on), FieldCommand::Toggle | FieldCommand::Left | FieldCommand::Right) => {
                *on = !*on;
                true
            }
            (Self::Ticks(ticks), FieldCommand::Toggle | FieldCommand::Right) => {
                ticks.turn(Turn::On)
            }
            (Self::Ticks(ticks), FieldCommand::Left) => ticks.turn(Turn::Back),
            (Self::Ticks(ticks), FieldCommand::Down | FieldCommand::Accept) => ticks.step(Turn::On),
            (Self::Ticks(ticks), FieldCommand::Up) => ticks.step(Turn::Back),
            (Self::Line(_) | Self::Choice(_) | Self::Toggle(_) | Self::Text(_), _) => false,
        }
    }

    /// Takes a key that is no command; says whether it changed something.
    pub(super) fn type_key(&mut self, key: KeyEvent, now: Now) -> bool {
        let plain = (key.modifiers - KeyModifiers::SHIFT).is_empty();
        let typed = key.code.as_char().filter(|_| plain);
        match (self, typed) {
            (Self::Line(line), Some(c)) => line.insert(c),
            (Self::Line(line), None) => {
                let request = to_input_request(&Event::Key(key))
                    .filter(|request| !matches!(request, InputRequest::InsertChar(_)));
                request
                    .and_then(|request| line.input.handle(request))
                    .is_some_and(|changed| changed.value)
            }
            (Self::Choice(choice), Some(c)) => choice.letter(c),
            (Self::Toggle(on), Some(c)) => match c.to_ascii_lowercase() {
                'y' => {
                    *on = true;
                    true
                }
                'n' => {
                    *on = false;
                    true
                }
                _ => false,
            },
            (Self::Ticks(ticks), Some(c)) => ticks.letter(c),
            (Self::Text(editor), Some(c)) => {
                editor.type_char(c, now);
                true
            }
            (Self::Choice(_) | Self::Toggle(_) | Self::Ticks(_) | Self::Text(_), None) => false,
        }
    }

    /// Takes pasted text; says whether it changed something.
    pub(super) fn paste(&mut self, text: &str) -> bool {
        match self {
            Self::Line(line) => plain::line(text).chars().filter(|c| line.insert(*c)).count() > 0,
            Self::Text(editor) => {
                editor.paste(text);
                true
            }
            Self::Choice(_) | Self::Toggle(_) | Self::Ticks(_) => false,
        }
    }
}

impl Line {
    fn insert(&mut self, c: char) -> bool {
        if plain::is_unsafe(c) || self.input.value().chars().count() >= LINE_LIMIT {
            return false;
        }
        self.input.handle(InputRequest::InsertChar(c)).is_some()
    }

    fn left(&mut self) -> bool {
        self.input.handle(InputRequest::GoToPrevChar);
        true
    }

    fn right(&mut self) -> bool {
        let offered = self
            .offer()
            .and_then(|rest| self.suggestions.iter().find(|known| known.ends_with(rest)));
        match offered.cloned() {
            Some(known) => self.input = Input::new(known),
            None => drop(self.input.handle(InputRequest::GoToNextChar)),
        }
        true
    }
}

impl From<Line> for Entry {
    fn from(line: Line) -> Self {
        Self::Line(line)
    }
}

impl From<Choice> for Entry {
    fn from(choice: Choice) -> Self {
        Self::Choice(choice)
    }
}

impl From<bool> for Entry {
    fn from(on: bool) -> Self {
        Self::Toggle(on)
    }
}

impl From<Editor> for Entry {
    fn from(editor: Editor) -> Self {
        Self::Text(Box::new(editor))
    }
}

impl From<Ticks> for Entry {
    fn from(ticks: Ticks) -> Self {
        Self::Ticks(ticks)
    }
}
