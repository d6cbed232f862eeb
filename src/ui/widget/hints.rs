//! The last line: the commands that apply now, and the message beside them.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::frame::mark;
use super::ink;
use super::text::{columns, fit, fit_left, wrap};
use crate::app::status::{Toast, Tone};
use crate::app::{Hint, Screen, Target};
use crate::ui::Theme;

/// Draws whole hints as far as they fit, the last one always; and the message at the right.
pub fn draw(
    hints: &[Hint],
    toast: Option<&Toast>,
    theme: &Theme,
    frame: &mut Frame,
    rect: Rect,
    screen: &mut Screen,
) {
    let width = usize::from(rect.width);
    // What today holds keeps to its line: nothing has to be read whole before one goes on.
    let long = |toast: &&Toast| toast.tone != Tone::Today && columns(&toast.text) + 2 > width;
    if let Some(toast) = toast.filter(long) {
        return draw_long(toast, theme, frame, rect);
    }
    let message = toast
        .map(|toast| (fit(&toast.text, width.saturating_sub(2).max(1)), theme.tone(toast.tone)));
    let taken = message.as_ref().map_or(0, |(text, _)| columns(text) + 2);
    let shown = which(hints, width.saturating_sub(taken));
    let mut x = rect.x;
    for hint in shown {
        let line = Line::from(vec![
            Span::raw(" "),
            Span::styled(hint.keys.as_str(), theme.key()),
            Span::raw(" "),
            Span::raw(hint.label),
        ]);
        let cells = u16::try_from(line.width()).unwrap_or(rect.width);
        ink::line(frame.buffer_mut(), (x, rect.y), &line, rect.right().saturating_sub(x));
        mark(screen, Rect { x, width: cells, height: 1, ..rect }, Target::Command(hint.command));
        x = x.saturating_add(cells + 1);
    }
    if let Some((text, style)) = message {
        let cells = u16::try_from(columns(&text)).unwrap_or(rect.width);
        let x = rect.right().saturating_sub(cells.saturating_add(1)).max(rect.x);
        frame.buffer_mut().set_stringn(x, rect.y, text, usize::from(rect.width), style);
    }
}

/// A message that is longer than the line takes lines above it, and the place of the hints.
fn draw_long(toast: &Toast, theme: &Theme, frame: &mut Frame, rect: Rect) {
    let width = usize::from(rect.width);
    let most = usize::from(rect.y) * 2 / 3 + 1;
    let mut lines = wrap(&toast.text, width.saturating_sub(2));
    if let Some(rest) = (lines.len() > most).then(|| lines.split_off(most - 1)) {
        lines.push(fit(&rest.join(" "), width.saturating_sub(2)).into_owned());
    }
    for (line, y) in lines.iter().rev().zip((0..=rect.y).rev()) {
        let line = fit_left(&format!(" {line}"), width);
        frame.buffer_mut().set_stringn(rect.x, y, line, width, theme.tone(toast.tone));
    }
}

/// The hints that fit whole. The last is kept for as long as it fits alone: it leads to all others.
fn which(hints: &[Hint], width: usize) -> Vec<&Hint> {
    let cells = |hint: &Hint| columns(&hint.keys) + columns(hint.label) + 3;
    let Some((last, others)) = hints.split_last() else { return Vec::new() };
    if cells(last) > width {
        return Vec::new();
    }
    let mut left = width - cells(last);
    let mut shown = Vec::new();
    for hint in others {
        if cells(hint) > left {
            break;
        }
        left -= cells(hint);
        shown.push(hint);
    }
    shown.push(last);
    shown
}
