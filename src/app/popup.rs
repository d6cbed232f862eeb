//! Popups exist only while open. They are a stack: all are drawn, the topmost has the keys.

pub mod confirm;
pub mod form;
pub mod help;
pub mod mapping;
pub mod palette;
pub mod picker;

use super::place::Place;

pub use self::confirm::Confirm;
pub use self::form::{FormKind, FormPopup};
pub use self::help::Help;
pub use self::palette::Palette;

/// One open popup.
#[derive(Debug, Clone)]
pub enum Popup {
    /// A question.
    Confirm(Confirm),
    /// A form.
    Form(Box<FormPopup>),
    /// The command palette.
    Palette(Palette),
    /// The help.
    Help(Help),
}

impl Popup {
    /// Where the keys go while this popup is on top.
    #[must_use]
    pub fn place(&self) -> Place {
        match self {
            Self::Confirm(_) => Place::Confirm,
            Self::Form(popup) => popup.place(),
            Self::Palette(_) => Place::Palette,
            Self::Help(_) => Place::Help,
        }
    }

    /// Whether closing it would lose something typed.
    #[must_use]
    pub fn is_unsaved(&self) -> bool {
        match self {
            Self::Form(popup) => popup.form.is_changed(),
            Self::Confirm(_) | Self::Palette(_) | Self::Help(_) => false,
        }
    }
}
