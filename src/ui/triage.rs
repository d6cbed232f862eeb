//! The triage screen: the list of who needs a word, and beside or below it the evidence of the one in hand.

mod evidence;
mod table;

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};

use super::pane::Canvas;
use super::theme::Theme;
use super::widget::frame::mark;
use crate::app::triage::Half;
use crate::app::{Model, Pane, Screen, Target};

/// From this many columns on the evidence stands beside the list.
const BESIDE: u16 = 110;
/// From this many rows on it stands below, where it does not stand beside.
const BELOW: u16 = 32;

/// Draws the screen.
pub fn draw(model: &Model, theme: &Theme, frame: &mut Frame, area: Rect, screen: &mut Screen) {
    let half = model.desk.triage.half;
    let canvas = |pane, of| Canvas { model, theme, pane, turned: half == of };
    let list = canvas(Pane::Tutees, Half::List);
    let evidence = canvas(Pane::Note, Half::Evidence);
    let split: Option<[Rect; 2]> = if area.width >= BESIDE {
        let width = (area.width * 34 / 100).clamp(40, 72);
        Some(area.layout(&Layout::horizontal([Constraint::Min(0), Constraint::Length(width)])))
    } else if area.height >= BELOW {
        let height = Constraint::Percentage(45);
        Some(area.layout(&Layout::vertical([Constraint::Min(0), height])))
    } else {
        None
    };
    let places = match (split, half) {
        (Some([one, other]), _) => [one, other],
        (None, Half::List) => [area, Rect::default()],
        (None, Half::Evidence) => [Rect::default(), area],
    };
    for (canvas, rect) in [(&list, places[0]), (&evidence, places[1])] {
        if rect.is_empty() {
            continue;
        }
        mark(screen, rect, Target::Pane(canvas.pane));
        match canvas.pane {
            Pane::Tutees => table::draw(canvas, frame, rect, screen),
            Pane::Timeline | Pane::Note | Pane::Engagement | Pane::Alerts => {
                evidence::draw(canvas, frame, rect, screen);
            }
        }
    }
}

#[cfg(test)]
mod tests;
