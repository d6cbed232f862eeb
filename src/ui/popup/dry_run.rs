//! What an import would do: the sum in one line, then every row that matters.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;

use crate::app::popup::DryRun;
use crate::app::popup::dry_run::{Line as Entry, Section};
use crate::app::{Model, Screen};
use crate::ui::Theme;
use crate::ui::widget::frame as framed;
use crate::ui::widget::list::{self, Focus, Rows};
use crate::ui::widget::text::wrap;

const SIZE: (u16, u16) = (100, 34);

pub(super) fn draw(
    dry_run: &DryRun,
    model: &Model,
    theme: &Theme,
    frame: &mut Frame,
    area: Rect,
    screen: &mut Screen,
) {
    let position = framed::position(dry_run.cursor.selected, dry_run.lines.len());
    let block =
        super::framed(theme, "Import: nothing is written yet", &position, SIZE.0.min(area.width));
    let inner = super::open(block, SIZE, frame, area, screen);
    let mut said: Vec<(String, Style)> = vec![(dry_run.summary(), theme.heading())];
    said.extend(dry_run.plan.notes.iter().map(|note| (note.clone(), theme.dim())));
    if let Some(message) = &dry_run.message {
        said.push((message.clone(), theme.warn()));
    }
    if dry_run.waiting {
        said.push(("Saving…".to_owned(), theme.heading()));
    }
    let room = usize::from(inner.width).saturating_sub(2);
    let mut lines: Vec<Line<'_>> = said
        .into_iter()
        .flat_map(|(text, style)| {
            let lines = wrap(&text, room);
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
    let rows = Rows { cursor: dry_run.cursor, len: dry_run.lines.len(), focus: Focus::Here };
    let (page, _) = list::draw(rows, theme, frame, rest, |at, width| {
        let Some(entry) = dry_run.lines.get(at) else { return vec![Line::default()] };
        let words = dry_run.words(*entry, &model.records);
        let room = usize::from(width).saturating_sub(3);
        let lines = wrap(&words, room.max(1)).into_iter().enumerate();
        let indent = |at| if at == 0 { " " } else { "   " };
        lines
            .map(|(at, line)| Line::styled(format!("{}{line}", indent(at)), style(*entry, theme)))
            .collect()
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
