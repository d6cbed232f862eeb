//! Frames with a title and a position such as `3 of 28`.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Alignment, Rect};
use ratatui::style::Style;
use ratatui::symbols::border;
use ratatui::text::Line;
use ratatui::widgets::Widget;

use super::ink;
use super::text::{columns, fit};
use crate::app::{Area, Screen, Target};

/// Lines around something, and what stands in the upper one. Nothing inside is touched: a ratatui block visits every
/// cell of its place.
#[derive(Debug, Clone)]
pub struct Framed<'a> {
    /// What the lines are made of.
    pub set: border::Set<'static>,
    /// How they look.
    pub style: Style,
    /// What stands at the left of the upper one.
    pub title: Line<'a>,
    /// How that looks.
    pub title_style: Style,
    /// What stands at its right.
    pub position: Option<Line<'a>>,
}

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
pub fn with_position<'a>(framed: Framed<'a>, position: &str) -> Framed<'a> {
    if position.is_empty() {
        return framed;
    }
    let position = Line::from(format!(" {position} ")).alignment(Alignment::Right);
    Framed { position: Some(position), ..framed }
}

/// Draws a frame and returns what is inside; nothing is drawn where there is no room for both.
pub fn draw(framed: &Framed<'_>, frame: &mut Frame, rect: Rect) -> Rect {
    let place = rect.intersection(frame.area());
    if !place.is_empty() {
        framed.draw_lines(frame.buffer_mut(), place);
        framed.draw_titles(frame.buffer_mut(), place);
    }
    let inside = |from: u16, size: u16| (from.saturating_add(size.min(1)), size.saturating_sub(2));
    let ((x, width), (y, height)) = (inside(rect.x, rect.width), inside(rect.y, rect.height));
    Rect { x, y, width, height }
}

impl Framed<'_> {
    fn draw_lines(&self, picture: &mut Buffer, rect: Rect) {
        let (set, right, bottom) = (&self.set, rect.right() - 1, rect.bottom() - 1);
        let mut put = |x, y, symbol| {
            if let Some(cell) = picture.cell_mut((x, y)) {
                cell.set_symbol(symbol).set_style(self.style);
            }
        };
        for y in rect.top()..rect.bottom() {
            put(rect.x, y, set.vertical_left);
            put(right, y, set.vertical_right);
        }
        for x in rect.left()..rect.right() {
            put(x, rect.y, set.horizontal_top);
            put(x, bottom, set.horizontal_bottom);
        }
        put(right, bottom, set.bottom_right);
        put(right, rect.y, set.top_right);
        put(rect.x, bottom, set.bottom_left);
        put(rect.x, rect.y, set.top_left);
    }

    fn draw_titles(&self, picture: &mut Buffer, rect: Rect) {
        let room = Rect { x: rect.x + 1, width: rect.width.saturating_sub(2), height: 1, ..rect };
        let cells = |line: &Line<'_>| {
            let wide: usize = line.spans.iter().map(|span| columns(&span.content)).sum();
            u16::try_from(wide).unwrap_or(u16::MAX).min(room.width)
        };
        picture.set_style(Rect { width: cells(&self.title), ..room }, self.title_style);
        ink::line(picture, (room.x, room.y), &self.title, room.width);
        if let Some(position) = &self.position {
            let width = cells(position);
            let place = Rect { x: room.right() - width, width, ..room };
            picture.set_style(place, self.title_style);
            position.render(place, picture);
        }
    }
}

/// `3 of 28`; empty for an empty list.
#[must_use]
pub fn position(selected: usize, len: usize) -> String {
    if len == 0 { String::new() } else { format!("{} of {len}", selected.min(len - 1) + 1) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::Terminal;
    use ratatui::backend::TestBackend;
    use ratatui::widgets::Block;

    use super::*;
    use crate::ui::Theme;

    proptest! {
        #[test]
        fn a_frame_is_drawn_as_a_ratatui_block(
            title in "[ a-z陈…]{0,20}",
            position in "[0-9a-z]{0,8}",
            (x, y) in (0u16..24, 0u16..6),
            (width, height) in (0u16..30, 0u16..8),
            focused in any::<bool>(),
        ) {
            let rect = Rect { x, y, width, height };
            let ours = with_position(Theme::default().pane(title, focused), &position);
            let theirs = Block::bordered()
                .border_set(ours.set)
                .border_style(ours.style)
                .title(ours.title.clone())
                .title_style(ours.title_style);
            let theirs = ours.position.iter().cloned().fold(theirs, Block::title_top);
            let drawn = |ours: Option<&Framed<'_>>| {
                let mut terminal = Terminal::new(TestBackend::new(24, 6)).unwrap();
                let mut inside = Rect::default();
                let done = terminal.draw(|frame| {
                    inside = ours.map_or_else(|| theirs.inner(rect), |it| draw(it, frame, rect));
                    if ours.is_none() {
                        frame.render_widget(&theirs, rect);
                    }
                });
                (done.unwrap().buffer.clone(), inside)
            };
            prop_assert_eq!(drawn(Some(&ours)), drawn(None));
        }
    }
}
