//! The whole picture: tabs, panes, popups, status and hints.

use ratatui::Frame;

use super::theme::Theme;
use crate::app::{Area, Model, Screen};

/// Draws the model and returns what the drawing learnt.
pub fn draw(_model: &Model, _theme: &Theme, frame: &mut Frame) -> Screen {
    let whole = frame.area();
    let area = Area { x: whole.x, y: whole.y, width: whole.width, height: whole.height };
    frame.render_widget("tutelage", whole);
    Screen { area, ..Screen::default() }
}
