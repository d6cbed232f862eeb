//! What the student in hand did, week by week, beside their group: attendance, days online, points, work and marks.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::Canvas;
use crate::app::command::{Command, Desk};
use crate::app::{Page, Screen};
use crate::ui::widget::plot::{self, Height};

/// From this many rows on the bars have two lines each.
const TALL: u16 = 11;

pub(super) fn draw(canvas: &Canvas<'_>, frame: &mut Frame, rect: Rect, screen: &mut Screen) {
    let model = canvas.model;
    let name = model.desk.student().and_then(|student| model.records.file(student));
    let name = name.map(|file| file.student.name.shown()).unwrap_or_default();
    let inner = canvas.frame("Engagement", &name, frame, rect);
    if inner.is_empty() {
        return;
    }
    let shown = model.desk.engagement.plots.as_ref().filter(|plots| !plots.is_empty());
    let Some(plots) = shown else {
        let why = "Attendance, days online, marks and work stand here, week by week.";
        let import = Command::Desk(Desk::Import);
        let keys = [(import, "imports what other programs know")];
        let keys = if model.applies(import) { keys.as_slice() } else { &[] };
        return canvas.say(why, keys, frame, inner);
    };
    let width = usize::from(inner.width.saturating_sub(2));
    let height = if inner.height >= TALL { Height::Two } else { Height::One };
    let mut lines: Vec<Line<'_>> = plot::overview(plots, height, canvas.theme, width);
    lines.extend(plot::modules(plots, canvas.theme, width));
    let rows = usize::from(inner.height);
    let top = model.desk.engagement.top.min(lines.len().saturating_sub(rows));
    for (line, y) in lines.iter().skip(top).zip(inner.y..inner.bottom()) {
        frame.buffer_mut().set_line(inner.x + 1, y, line, inner.width.saturating_sub(2));
    }
    screen.pages.push((canvas.pane, Page { top, rows }));
}
