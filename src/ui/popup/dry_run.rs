//! What an import would do: the sum in one line, then every row that matters.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;

use crate::app::Screen;
use crate::app::cursor::Cursor;
use crate::app::popup::dry_run::{Line as Entry, Section};
use crate::app::popup::signal_run::Weight;
use crate::app::popup::{DryRun, SignalRun};
use crate::domain::freshness::Age;
use crate::ui::Theme;
use crate::ui::widget::frame as framed;
use crate::ui::widget::list::{self, Focus, Rows};
use crate::ui::widget::text::wrap;

const SIZE: (u16, u16) = (100, 34);

/// A report as it is drawn: whatever it is of.
struct Report<'a> {
    summary: &'a str,
    notes: Vec<(&'a str, Style)>,
    message: Option<&'a str>,
    waiting: bool,
    cursor: Cursor,
    len: usize,
}

pub(super) fn draw(
    dry_run: &DryRun,
    theme: &Theme,
    frame: &mut Frame,
    area: Rect,
    screen: &mut Screen,
) {
    let report = Report {
        summary: &dry_run.summary(),
        notes: dry_run.plan.notes.iter().map(|note| (note.as_str(), theme.dim())).collect(),
        message: dry_run.message.as_deref(),
        waiting: dry_run.waiting,
        cursor: dry_run.cursor,
        len: dry_run.lines.len(),
    };
    let line = |at: usize| {
        let entry = dry_run.lines.get(at)?;
        Some((style(*entry, theme), dry_run.words(*entry)))
    };
    draw_report(&report, line, theme, (frame, area, screen));
}

/// The report of an import of signals.
pub(super) fn draw_signals(
    run: &SignalRun,
    theme: &Theme,
    frame: &mut Frame,
    area: Rect,
    screen: &mut Screen,
) {
    let report = Report {
        summary: &run.summary,
        notes: run.notes.iter().map(|(age, note)| (note.as_str(), aged(*age, theme))).collect(),
        message: run.message.as_deref(),
        waiting: run.waiting,
        cursor: run.cursor,
        len: run.lines.len(),
    };
    let line = |at: usize| {
        let (weight, words) = run.lines.get(at)?;
        let style = match weight {
            Weight::Bad => theme.bad(),
            Weight::Heading => theme.heading(),
            Weight::Plain => theme.field(false),
            Weight::Dim => theme.dim(),
        };
        Some((style, words.clone()))
    };
    draw_report(&report, line, theme, (frame, area, screen));
}

fn aged(age: Age, theme: &Theme) -> Style {
    match age {
        Age::Fresh => theme.dim(),
        Age::Amber => theme.warn(),
        Age::Red => theme.bad(),
    }
}

fn draw_report(
    report: &Report<'_>,
    line: impl Fn(usize) -> Option<(Style, String)>,
    theme: &Theme,
    (frame, area, screen): (&mut Frame, Rect, &mut Screen),
) {
    let position = framed::position(report.cursor.selected, report.len);
    let block =
        super::framed(theme, "Import: nothing is written yet", &position, SIZE.0.min(area.width));
    let inner = super::open(&block, SIZE, frame, area, screen);
    let mut said: Vec<(&str, Style)> = vec![(report.summary, theme.heading())];
    said.extend(&report.notes);
    said.extend(report.message.map(|message| (message, theme.warn())));
    if report.waiting {
        said.push(("Saving…", theme.heading()));
    }
    let room = usize::from(inner.width).saturating_sub(2);
    let mut lines: Vec<Line<'_>> = said
        .into_iter()
        .flat_map(|(text, style)| {
            let lines = wrap(text, room);
            lines.into_iter().map(move |line| Line::styled(format!(" {line}"), style))
        })
        .chain([Line::default()])
        .collect();
    lines.truncate(usize::from(inner.height.saturating_sub(2).max(1)));
    let taken = u16::try_from(lines.len()).unwrap_or(0).min(inner.height);
    for (line, y) in lines.iter().zip(inner.y..inner.bottom()) {
        frame.buffer_mut().set_line(inner.x, y, line, inner.width);
    }
    let rest = Rect { y: inner.y + taken, height: inner.height - taken, ..inner };
    let rows = Rows { cursor: report.cursor, len: report.len, focus: Focus::Here };
    let (page, _) = list::draw(rows, theme, frame, rest, |at, width| {
        let Some((style, words)) = line(at) else { return vec![Line::default()] };
        let room = usize::from(width).saturating_sub(3);
        let lines = wrap(&words, room.max(1)).into_iter().enumerate();
        let indent = |at| if at == 0 { " " } else { "   " };
        lines.map(|(at, line)| Line::styled(format!("{}{line}", indent(at)), style)).collect()
    });
    screen.popup = page;
}

fn style(entry: Entry, theme: &Theme) -> Style {
    match entry {
        Entry::Heading(Section::Rejected, _) => theme.bad(),
        Entry::Heading(Section::Changed | Section::New | Section::Remarks, _) => theme.heading(),
        Entry::Rejected(_) | Entry::Changed(_) | Entry::New(_) => theme.field(false),
        Entry::Remark(_) | Entry::Field(..) => theme.dim(),
    }
}
