//! The columns of a list: header, what it is taken for, and some cells to judge it by.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::popup::Columns;
use crate::app::{Screen, Target};
use crate::exchange::mapping::Confidence;
use crate::ui::Theme;
use crate::ui::widget::frame::{self as framed, mark};
use crate::ui::widget::list::{self, Focus, Rows};
use crate::ui::widget::text::{fit_left, wrap};

const SIZE: (u16, u16) = (100, 30);

pub(super) fn draw(
    columns: &Columns,
    theme: &Theme,
    frame: &mut Frame,
    area: Rect,
    screen: &mut Screen,
) {
    let position = framed::position(columns.cursor.selected, columns.len());
    let title = match columns.signals {
        Some(_) => "Signals: which column is what?",
        None => "Which column is what?",
    };
    let block = super::framed(theme, title, &position, SIZE.0.min(area.width));
    let inner = super::open(&block, SIZE, frame, area, screen);
    let mut said = sentences(columns, theme, inner.width);
    said.truncate(usize::from(inner.height.saturating_sub(2)));
    let taken = u16::try_from(said.len()).unwrap_or(0);
    for (line, y) in said.iter().zip(inner.y..) {
        frame.buffer_mut().set_line(inner.x, y, line, inner.width);
    }
    let rest = Rect { y: inner.y + taken, height: inner.height - taken, ..inner };
    let rows = Rows { cursor: columns.cursor, len: columns.len(), focus: Focus::Here };
    let (page, places) =
        list::draw(rows, theme, frame, rest, |at, width| vec![line_of(columns, at, theme, width)]);
    screen.popup = page;
    for (rect, at) in places {
        mark(screen, rect, Target::PopupRow(at));
    }
}

/// How the file was read, what is left out on purpose, and what is wrong.
fn sentences<'a>(columns: &Columns, theme: &Theme, width: u16) -> Vec<Line<'a>> {
    let mut said: Vec<(String, Style)> = Vec::new();
    if let Some(problem) = &columns.problem {
        said.push((problem.clone(), theme.bad()));
    }
    let mut notes = columns.list.notes().join(" ");
    if columns.remembered {
        notes += " The columns are as you set them last time.";
    }
    said.push((notes, theme.dim()));
    if !columns.protected.is_empty() {
        let left = columns.protected.join(", ");
        said.push((format!("Left out, as protected characteristics: {left}."), theme.dim()));
    }
    if columns.waiting {
        said.push(("Comparing with what is known…".to_owned(), theme.heading()));
    }
    said.into_iter()
        .flat_map(|(text, style)| {
            let lines = wrap(&text, usize::from(width).saturating_sub(2));
            lines.into_iter().map(move |line| Line::styled(format!(" {line}"), style))
        })
        .chain([Line::default()])
        .collect()
}

fn line_of<'a>(columns: &Columns, at: usize, theme: &Theme, width: u16) -> Line<'a> {
    let width = usize::from(width);
    let (name, meaning) = (width * 30 / 100, 24.min(width * 40 / 100));
    let samples = width.saturating_sub(name + meaning + 6);
    let column = columns.label(at);
    let sure = columns.confidence.get(at).copied().unwrap_or(Confidence::None);
    let (words, style) = match (column, sure) {
        (None, _) => ("– left out".to_owned(), theme.dim()),
        (Some(column), Confidence::Sure) => (format!("✓ {column}"), theme.good()),
        (Some(column), Confidence::Likely | Confidence::None) => {
            (format!("? {column}"), theme.warn())
        }
    };
    Line::from(vec![
        Span::styled(
            format!(" {}", fit_left(&columns.list.column_name(at), name)),
            theme.field(false),
        ),
        Span::styled(format!(" {}", fit_left(&words, meaning + 2)), style),
        Span::styled(
            format!(" {}", fit_left(&columns.samples(at).join(" · "), samples)),
            theme.dim(),
        ),
    ])
}
