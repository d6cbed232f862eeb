//! What other numbers would do: who comes, who goes, and how long the list would have been in weeks past.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::app::popup::Trial;
use crate::app::{Model, Screen, Target};
use crate::domain::student::StudentId;
use crate::domain::time::show_day;
use crate::ui::Theme;
use crate::ui::widget::frame::{self as framed, mark};
use crate::ui::widget::list::{self, Focus, Rows};
use crate::ui::widget::text::{fit, wrap};

const WIDTH: u16 = 72;
/// The most lines.
const HEIGHT: u16 = 22;

pub(super) fn draw(
    open: &Trial,
    model: &Model,
    theme: &Theme,
    frame: &mut Frame,
    area: Rect,
    screen: &mut Screen,
) {
    let position = framed::position(open.cursor.selected, open.len());
    let title = "What this would do";
    let width = WIDTH.min(area.width);
    let block = super::framed(theme, title, &position, width);
    let room = usize::from(width.saturating_sub(4)).max(1);
    let said = said(open, model);
    let above: Vec<String> = said.iter().flat_map(|text| wrap(text, room)).collect();
    let lines = above.len() + if open.is_empty() { 2 } else { open.len() + 3 };
    let height = u16::try_from(lines).unwrap_or(u16::MAX).min(HEIGHT);
    let inner = super::open(&block, (WIDTH, height), frame, area, screen);
    for (text, y) in above.iter().zip(inner.y..inner.bottom()) {
        frame.buffer_mut().set_line(inner.x, y, &Line::from(format!(" {text}")), inner.width);
    }
    let taken = u16::try_from(above.len() + 1).unwrap_or(u16::MAX).min(inner.height);
    let body = Rect { y: inner.y + taken, height: inner.height - taken, ..inner };
    if body.is_empty() || open.is_empty() {
        return;
    }
    let rows = Rows { cursor: open.cursor, len: open.len(), focus: Focus::Here };
    let (page, places) = list::draw(rows, theme, frame, body, |at, width| {
        let room = usize::from(width).saturating_sub(12);
        let gained = open.found.gained.get(at);
        let lost = at.checked_sub(open.found.gained.len()).and_then(|at| open.found.lost.get(at));
        let (sign, style, student) = match (gained, lost) {
            (Some(student), _) => ("+ comes", theme.warn(), *student),
            (None, Some(student)) => ("- goes ", theme.good(), *student),
            (None, None) => return vec![Line::default()],
        };
        let name = fit(&name(model, student), room).into_owned();
        vec![Line::from(vec![Span::styled(format!(" {sign}  "), style), Span::raw(name)])]
    });
    screen.popup = page;
    for (rect, at) in places {
        mark(screen, rect, Target::PopupRow(at));
    }
}

fn name(model: &Model, student: StudentId) -> String {
    model.records.file(student).map(|file| file.student.name.shown()).unwrap_or_default()
}

/// What it would do, in sentences.
fn said(open: &Trial, model: &Model) -> Vec<String> {
    let today = model.now.today();
    let (before, after) = open.found.now;
    let mut said = vec![format!("This week: {before} by the signals now, {after} then.")];
    let past = open
        .found
        .past
        .iter()
        .map(|it| format!("{} {}→{}", show_day(it.week, today), it.before, it.after));
    let past: Vec<String> = past.collect();
    if !past.is_empty() {
        said.push(format!("Weeks past, as they would have been: {}.", past.join(", ")));
    }
    said.push("What was found in weeks past stays as it was written.".to_owned());
    if open.is_empty() {
        said.push("Nobody comes onto this week’s list or leaves it.".to_owned());
    }
    said
}
