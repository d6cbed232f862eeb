//! Popups exist only while open. They are a stack: all are drawn, the topmost has the keys.

pub mod mapping;
pub mod picker;

use super::msg::Effect;
use super::place::Place;

/// One open popup.
#[derive(Debug, Clone)]
pub enum Popup {
    /// A question that carries what it asks about.
    Confirm {
        /// The question.
        question: String,
        /// What happens on yes.
        then: Effect,
    },
}

impl Popup {
    /// Where the keys go while this popup is on top.
    #[must_use]
    pub fn place(&self) -> Place {
        match self {
            Self::Confirm { .. } => Place::Confirm,
        }
    }
}
