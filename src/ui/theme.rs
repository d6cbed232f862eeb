//! Colours and styles by meaning. Widgets never name a colour.

use ratatui::style::{Modifier, Style};

/// Styles by meaning.
#[derive(Debug, Clone, Default)]
pub struct Theme {}

impl Theme {
    /// The selected entry.
    #[must_use]
    pub fn cursor(&self) -> Style {
        Style::new().add_modifier(Modifier::REVERSED)
    }
}
