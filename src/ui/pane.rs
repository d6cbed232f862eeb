//! The panes of the desk. Each has a file of its own.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::theme::Theme;
use crate::app::{Model, Screen};

/// Draws the panes.
pub fn draw(model: &Model, theme: &Theme, frame: &mut Frame, area: Rect, _screen: &mut Screen) {
    let block = theme.pane(" Tutees ", model.popups.is_empty());
    frame.render_widget(block, area);
}
