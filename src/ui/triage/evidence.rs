//! The evidence of the student in hand: every reason with its days, and what was done so far.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::app::triage::Row;
use crate::app::{Page, Screen};
use crate::domain::file::StudentFile;
use crate::domain::time::show_day;
use crate::ui::pane::Canvas;
use crate::ui::theme::Lines;
use crate::ui::widget::plot::{self, Height};
use crate::ui::widget::text::{fit, wrap};

pub(super) fn draw(canvas: &Canvas<'_>, frame: &mut Frame, rect: Rect, screen: &mut Screen) {
    let (model, triage) = (canvas.model, &canvas.model.desk.triage);
    let found = triage.selected().and_then(|row| Some((row, model.records.file(row.student())?)));
    let Some((row, file)) = found else {
        let inner = canvas.frame("Evidence", "", frame, rect);
        return canvas.say("Why a student is on the list stands here.", &[], frame, inner);
    };
    let level = row.level.map_or_else(String::new, |level| format!(" · L{level}"));
    let title = format!("{}{level}", file.student.name.shown());
    let number = file.student.number.clone();
    let inner = canvas.frame(&title, &number, frame, rect);
    if inner.is_empty() {
        return;
    }
    let lines = told(canvas, row, file, usize::from(inner.width.saturating_sub(2)));
    let rows = usize::from(inner.height);
    let top = triage.top.min(lines.len().saturating_sub(rows));
    for (line, y) in lines.iter().skip(top).zip(inner.y..inner.bottom()) {
        frame.buffer_mut().set_line(inner.x + 1, y, line, inner.width.saturating_sub(2));
    }
    screen.pages.push((canvas.pane, Page { top, rows }));
}

/// Everything that is said, a line each.
fn told(canvas: &Canvas<'_>, row: &Row, file: &StudentFile, width: usize) -> Vec<Line<'static>> {
    let mut lines = head(canvas, row, file, width);
    lines.push(Line::default());
    lines.extend(reasons(canvas, row, width));
    lines.extend(plots(canvas, row, width));
    lines
}

/// What the student did, week by week.
fn plots(canvas: &Canvas<'_>, row: &Row, width: usize) -> Vec<Line<'static>> {
    let (desk, theme) = (&canvas.model.desk, canvas.theme);
    let in_hand = desk.student() == Some(row.student());
    let Some(plots) = desk.engagement.plots.as_ref().filter(|it| in_hand && !it.is_empty()) else {
        return Vec::new();
    };
    let mut lines = vec![Line::default(), Line::styled("Week by week", theme.heading())];
    lines.extend(plot::overview(plots, Height::Two, theme, width));
    lines.extend(plot::modules(plots, theme, width));
    lines
}

/// How urgent it is, since when, and who acts.
fn head(canvas: &Canvas<'_>, row: &Row, file: &StudentFile, width: usize) -> Vec<Line<'static>> {
    let (model, theme) = (canvas.model, canvas.theme);
    let today = model.desk.today;
    let urgency = row.alert.severity().urgency();
    let sign = theme.urgency_sign(urgency);
    let (state, since) = (row.alert.state.words(), show_day(row.alert.first_seen, today));
    let how = format!("{sign} {}", row.alert.severity().words());
    let mut lines = vec![Line::from(vec![
        Span::styled(how, theme.urgency(urgency)),
        Span::raw(format!(" · {state} since {since}")),
    ])];
    let enrolment = file.enrolment(today);
    if let Some(programme) = enrolment.map(|it| it.programme.clone()).filter(|it| !it.is_empty()) {
        lines.push(Line::styled(fit(&programme, width).into_owned(), theme.dim()));
    }
    let tutor = file.allocation(today).and_then(|it| model.records.tutor(it.tutor));
    let tutor = tutor.map_or_else(|| "no tutor".into(), |tutor| format!("tutee of {}", tutor.name));
    lines.push(Line::styled(fit(&tutor, width).into_owned(), theme.dim()));
    lines
}

/// Every reason, with its days, and the next step.
fn reasons(canvas: &Canvas<'_>, row: &Row, width: usize) -> Vec<Line<'static>> {
    let theme = canvas.theme;
    let mut lines = vec![Line::styled("Why", theme.heading())];
    for reason in &row.alert.reasons {
        let urgency = reason.severity.urgency();
        for (at, text) in wrap(&reason.evidence, width.saturating_sub(2)).into_iter().enumerate() {
            let lead = if at == 0 { theme.urgency_sign(urgency) } else { " " };
            lines.push(Line::from(vec![
                Span::styled(lead, theme.urgency(urgency)),
                Span::raw(format!(" {text}")),
            ]));
        }
    }
    if let Some(next) = row.alert.next() {
        let arrow = if theme.lines == Lines::Ascii { "->" } else { "→" };
        lines.push(Line::styled(format!("{arrow} {}", next.words()), theme.key()));
    }
    lines
}
