//! What the student in hand did, week by week, beside their group: attendance, days online, points, work and marks.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::Canvas;
use crate::app::command::{Command, Desk};
use crate::app::{Page, Screen};
use crate::domain::{freshness::Age, plot::Plots, time::show_day};
use crate::ui::widget::{
    ink,
    plot::{self, Height},
    text::{columns, fit},
};

/// What the pane is called.
const TITLE: &str = "Engagement";

/// Columns that corners, blanks and the line between title and name take.
const BESIDE: usize = 7;

/// From this many rows on the bars have two lines each.
const TALL: u16 = 11;

pub(super) fn draw(canvas: &Canvas<'_>, frame: &mut Frame, rect: Rect, screen: &mut Screen) {
    let model = canvas.model;
    let name = model.desk.student().and_then(|student| model.records.file(student));
    let name = name.map(|file| file.student.name.shown()).unwrap_or_default();
    let room = usize::from(rect.width).saturating_sub(columns(TITLE) + BESIDE);
    let inner = canvas.frame(TITLE, &fit(&name, room), frame, rect);
    if inner.is_empty() {
        return;
    }
    let shown = model.desk.engagement.plots.as_ref().filter(|plots| !plots.is_empty());
    let Some(plots) = shown else {
        let why = "Attendance, days online, marks and work stand here, week by week.";
        let keys = [(Command::Desk(Desk::Import), "imports what other programs know")];
        return canvas.say(why, &keys, frame, inner);
    };
    draw_age(canvas, plots, frame, rect);
    let width = usize::from(inner.width.saturating_sub(2));
    let height = if inner.height >= TALL { Height::Two } else { Height::One };
    let mut lines: Vec<Line<'_>> = plot::overview(plots, height, canvas.theme, width);
    lines.extend(plot::ages(plots, canvas.theme, width));
    let rows = usize::from(inner.height);
    if lines.len() < model.desk.engagement.top.saturating_add(rows) {
        lines.extend(plot::modules(plots, canvas.theme, width));
    }
    let top = model.desk.engagement.top.min(lines.len().saturating_sub(rows));
    for (line, y) in lines.iter().skip(top).zip(inner.y..inner.bottom()) {
        ink::line(frame.buffer_mut(), (inner.x + 1, y), line, inner.width.saturating_sub(2));
    }
    screen.pages.push((canvas.pane, Page { top, rows }));
}

/// Says in the frame as of which day the newest source knows, and how many are getting old.
fn draw_age(canvas: &Canvas<'_>, plots: &Plots, frame: &mut Frame, rect: Rect) {
    let Some(as_of) = plots.as_of().filter(|_| rect.height > 1) else { return };
    let short = format!(" as of {} ", show_day(as_of, plots.today));
    let old = plots.known.iter().filter(|(_, known)| known.age != Age::Fresh).count();
    let long = format!(" {old} of {} sources getting old ·{short}", plots.known.len());
    let (words, style) = match old {
        0 => (vec![short], canvas.theme.frame()),
        _ => (vec![long, short], canvas.theme.warn()),
    };
    let room = usize::from(rect.width.saturating_sub(2));
    let lines = words.into_iter().map(|words| Line::styled(words, style));
    if let Some(line) = lines.into_iter().find(|line| line.width() <= room) {
        ink::line(frame.buffer_mut(), (rect.x + 1, rect.bottom() - 1), &line, rect.width - 2);
    }
}
