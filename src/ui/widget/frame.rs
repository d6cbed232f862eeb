//! Frames with a title and a position such as `3 of 28`.

use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::{Block, Widget};
use ratatui::{Frame, layout::Alignment};

use super::text::{columns, fit};
use crate::app::{Area, Screen, Target};

/// A rectangle as plain numbers, for what drawing tells the model.
#[must_use]
pub fn area(rect: Rect) -> Area {
    Area { x: rect.x, y: rect.y, width: rect.width, height: rect.height }
}

/// Remembers what lies where, for the mouse.
pub fn mark(screen: &mut Screen, rect: Rect, target: Target) {
    if !rect.is_empty() {
        screen.targets.push((area(rect), target));
    }
}

/// The title of a frame, cut to what the frame leaves beside its position.
#[must_use]
pub fn title(text: &str, position: &str, width: u16) -> String {
    let taken = 2 + if position.is_empty() { 0 } else { columns(position) + 3 };
    let room = usize::from(width).saturating_sub(taken + 2);
    if room == 0 { String::new() } else { format!(" {} ", fit(text, room)) }
}

/// Puts a position into the upper right corner of a frame.
#[must_use]
pub fn with_position<'a>(block: Block<'a>, position: &str) -> Block<'a> {
    if position.is_empty() {
        return block;
    }
    block.title_top(Line::from(format!(" {position} ")).alignment(Alignment::Right))
}

/// Draws a frame and returns what is inside; nothing is drawn where there is no room for both.
pub fn draw(block: Block<'_>, frame: &mut Frame, rect: Rect) -> Rect {
    let inner = block.inner(rect);
    block.render(rect, frame.buffer_mut());
    inner
}

/// `3 of 28`; empty for an empty list.
#[must_use]
pub fn position(selected: usize, len: usize) -> String {
    if len == 0 { String::new() } else { format!("{} of {len}", selected.min(len - 1) + 1) }
}
