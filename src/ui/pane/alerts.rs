//! The alerts: who needs a word, why, and the next step.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::Canvas;
use crate::app::{Screen, Target};
use crate::domain::alert::Alert;
use crate::ui::theme::Lines;
use crate::ui::widget::frame::{mark, position};
use crate::ui::widget::list::{self, Rows};
use crate::ui::widget::text::{fit, wrap};

/// The most reasons that a row spells out, in two lines each.
const REASONS: usize = 3;

pub(super) fn draw(canvas: &Canvas<'_>, frame: &mut Frame, rect: Rect, screen: &mut Screen) {
    let desk = &canvas.model.desk;
    let alerts = desk.alerts.rows();
    let at = position(desk.alerts.cursor.selected, alerts.len());
    let inner = canvas.frame("Alerts", &at, frame, rect);
    if inner.is_empty() {
        return;
    }
    if alerts.is_empty() {
        let why = if desk.tutees.rows_in_scope() == 0 {
            "Who needs a word stands here, and why."
        } else {
            "Nobody needs a word: no open concern, nothing overdue, everybody met."
        };
        return canvas.say(why, canvas.beginnings(), frame, inner);
    }
    let rows = Rows { cursor: desk.alerts.cursor, len: alerts.len(), focus: canvas.focus() };
    let (page, places) = list::draw(rows, canvas.theme, frame, inner, |at, width| {
        alerts.get(at).map_or_else(|| vec![Line::default()], |alert| row(canvas, alert, width))
    });
    screen.pages.push((canvas.pane, page));
    for (rect, at) in places {
        mark(screen, rect, Target::Row(canvas.pane, at));
    }
}

fn row(canvas: &Canvas<'_>, alert: &Alert, width: u16) -> Vec<Line<'static>> {
    let theme = canvas.theme;
    let file = canvas.model.records.file(alert.student);
    let name = file.map(|file| file.student.name.shown()).unwrap_or_default();
    let room = usize::from(width).saturating_sub(4);
    let urgency = alert.severity().urgency();
    let mut lines = vec![Line::from(vec![
        Span::raw(" "),
        Span::styled(theme.urgency_sign(urgency), theme.urgency(urgency)),
        Span::styled(format!(" {}", fit(&name, room)), theme.heading()),
    ])];
    for reason in alert.reasons.iter().take(REASONS) {
        let mut told = wrap(&reason.evidence, room).into_iter();
        lines.extend(told.next().map(|first| Line::from(format!("   {first}"))));
        let rest: Vec<String> = told.collect();
        if !rest.is_empty() {
            lines.push(Line::from(format!("   {}", fit(&rest.join(" "), room))));
        }
    }
    if let Some(more) = alert.reasons.len().checked_sub(REASONS).filter(|more| *more > 0) {
        lines.push(Line::styled(format!("   +{more} more"), theme.dim()));
    }
    if let Some(next) = alert.next() {
        let arrow = if theme.lines == Lines::Ascii { "->" } else { "→" };
        let step = format!("   {arrow} {}", fit(next.words(), room.saturating_sub(3)));
        lines.push(Line::styled(step, theme.key()));
    }
    lines
}
