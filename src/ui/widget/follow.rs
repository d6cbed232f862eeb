//! What may follow the keys pressed so far: the rest of each sequence, or the moves that a count repeats.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Widget};

use super::frame::{self as framed, mark};
use super::text::{columns, fit};
use crate::app::{Hint, Screen, Target};
use crate::ui::Theme;

/// Columns of one entry, its key, and the space between.
const WIDE: u16 = 38;
/// What is above stays in sight.
const LEAST_ABOVE: u16 = 6;

/// Draws the panel at the bottom of the area; false where there is no room for it.
pub fn draw(
    pressed: &str,
    hints: &[Hint],
    theme: &Theme,
    frame: &mut Frame,
    area: Rect,
    screen: &mut Screen,
) -> bool {
    let across = usize::from((area.width.saturating_sub(2) / WIDE).max(1));
    let lines = u16::try_from(hints.len().div_ceil(across)).unwrap_or(u16::MAX);
    let height = lines.saturating_add(2);
    if hints.is_empty() || height.saturating_add(LEAST_ABOVE) > area.height {
        return false;
    }
    let rect = Rect { y: area.bottom() - height, height, ..area };
    Clear.render(rect, frame.buffer_mut());
    let title = format!(" {pressed} … ");
    let inner = framed::draw(&theme.popup(title), frame, rect);
    let width = inner.width / u16::try_from(across).unwrap_or(1);
    let keys = hints.iter().map(|hint| columns(&hint.keys)).max().unwrap_or(0);
    for (at, hint) in hints.iter().enumerate() {
        let down = u16::try_from(at % usize::from(lines.max(1))).unwrap_or(0);
        let right = u16::try_from(at / usize::from(lines.max(1))).unwrap_or(0) * width;
        let place = Rect { x: inner.x + right, y: inner.y + down, width, height: 1 };
        let room = usize::from(width).saturating_sub(keys + 3);
        let line = Line::from(vec![
            Span::raw(" ".repeat(keys + 1 - columns(&hint.keys).min(keys))),
            Span::styled(hint.keys.as_str(), theme.key()),
            Span::raw(" "),
            Span::raw(fit(hint.label, room)),
        ]);
        frame.buffer_mut().set_line(place.x, place.y, &line, place.width);
        mark(screen, place, Target::Command(hint.command));
    }
    true
}
