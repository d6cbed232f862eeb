//! A question before something that cannot be undone. It carries what happens on yes.

use std::{fmt, path::PathBuf};

use crate::app::msg::{Effect, Existing};

/// What a yes does to the popup under the question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Below {
    /// It stays open.
    Stays,
    /// It is a form that waits for what follows.
    Waits,
    /// It closes, with what was typed in it.
    Closes,
    /// No popup is there: the note being written goes back to what is stored.
    NoteReverts,
}

/// A question that is open.
#[derive(Clone, PartialEq, Eq)]
pub struct Confirm {
    /// The question, with what will happen.
    pub question: String,
    /// What the world has to do on yes.
    pub then: Vec<Effect>,
    /// What happens to the popup under the question on yes.
    pub below: Below,
}

/// Prints what follows, never the question: it may name a student.
impl fmt::Debug for Confirm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Confirm(… {:?})", self.then)
    }
}

impl Confirm {
    /// A question whose yes has an effect on the world.
    #[must_use]
    pub fn new(question: &str, then: Effect) -> Self {
        Self { question: question.to_owned(), then: vec![then], below: Below::Stays }
    }

    /// Whether a backup takes the place of a file.
    #[must_use]
    pub fn replacing(file: PathBuf) -> Self {
        let question = format!("There is a file {} already. Replace it?", file.display());
        let then = vec![Effect::BackUp(file, Existing::Replaced)];
        Self { question, then, below: Below::Waits }
    }

    /// A question whose yes throws away what was typed in the popup below.
    #[must_use]
    pub fn leaving() -> Self {
        let question = "Leave without saving? What you typed here would be lost.".to_owned();
        Self { question, then: Vec::new(), below: Below::Closes }
    }

    /// A question whose yes throws away what was written in the note pane.
    #[must_use]
    pub fn leaving_note() -> Self {
        Self { below: Below::NoteReverts, ..Self::leaving() }
    }
}
