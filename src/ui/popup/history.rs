//! What was done, and when: one line an entry, and below what the one in hand touched.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::app::popup::History;
use crate::app::popup::history::Waits;
use crate::app::{Model, Screen, Target};
use crate::domain::history::{Deed, Entry};
use crate::ui::Theme;
use crate::ui::widget::frame::{self as framed, mark};
use crate::ui::widget::list::{self, Focus, Rows};
use crate::ui::widget::text::{columns, fit, wrap};

const SIZE: (u16, u16) = (96, 30);
/// The lines below the list.
const BELOW: u16 = 3;
/// The columns of day and time.
const WHEN: usize = 17;

pub(super) fn draw(
    open: &History,
    model: &Model,
    theme: &Theme,
    frame: &mut Frame,
    area: Rect,
    screen: &mut Screen,
) {
    let position = framed::position(open.cursor.selected, open.len());
    let block = super::framed(theme, "What was done", &position, SIZE.0.min(area.width));
    let inner = super::open(&block, SIZE, frame, area, screen);
    if inner.is_empty() {
        return;
    }
    if open.is_empty() {
        let why = match open.waits {
            Waits::Not => " Nothing was done yet: each change stands here, and undo takes it back.",
            Waits::ForLast | Waits::ForEarlier => " reading the journal …",
        };
        let line = Line::styled(fit(why, inner.width.into()).into_owned(), theme.dim());
        frame.buffer_mut().set_line(inner.x, inner.y, &line, inner.width);
        return;
    }
    let below = if inner.height > BELOW + 4 { BELOW } else { 0 };
    let body = Rect { height: inner.height - below, ..inner };
    let rows = Rows { cursor: open.cursor, len: open.len(), focus: Focus::Here };
    let (page, places) = list::draw(rows, theme, frame, body, |at, width| {
        vec![match open.known.entries.get(at) {
            Some(entry) => row(entry, open, model, theme, width),
            None if open.waits == Waits::ForEarlier => Line::styled(" reading on …", theme.dim()),
            None => Line::styled(" Enter shows what was done before", theme.dim()),
        }]
    });
    screen.popup = page;
    for (rect, at) in places {
        mark(screen, rect, Target::PopupRow(at));
    }
    let said = open.selected().map(|entry| said(entry, open, model)).unwrap_or_default();
    let room = usize::from(inner.width.saturating_sub(2)).max(1);
    for (text, y) in wrap(&said, room).into_iter().zip(body.bottom() + 1..inner.bottom()) {
        let line = Line::styled(format!(" {text}"), theme.dim());
        frame.buffer_mut().set_line(inner.x, y, &line, inner.width);
    }
}

fn row(entry: &Entry, open: &History, model: &Model, theme: &Theme, width: u16) -> Line<'static> {
    let back = open.taken_back.contains(&entry.sequence);
    let aside = matches!(entry.deed, Deed::TookBack(..) | Deed::Looked(_) | Deed::Unread);
    let style = if back || aside { theme.dim() } else { theme.heading() };
    let words = if back { format!("{}, taken back", entry.words()) } else { entry.words() };
    let when = entry.at.format("%e %b %Y %H:%M").to_string();
    let room = usize::from(width).saturating_sub(WHEN + 2);
    let words = fit(&words, room).into_owned();
    let whom = whom(entry, model);
    let left = room.saturating_sub(columns(&words) + 3);
    let whom = if whom.is_empty() || left < 4 {
        String::new()
    } else {
        format!(" · {}", fit(&whom, left))
    };
    Line::from(vec![
        Span::styled(format!(" {when}  "), theme.dim()),
        Span::styled(words, style),
        Span::raw(whom),
    ])
}

/// About whom, in words.
fn whom(entry: &Entry, model: &Model) -> String {
    let name = |id| model.records.file(id).map(|file| file.student.name.shown());
    match (entry.students.len(), entry.students.first()) {
        (0, _) | (_, None) => String::new(),
        (1, Some(only)) => name(*only).unwrap_or_else(|| "a student no longer here".to_owned()),
        (count, Some(_)) => format!("{count} students"),
    }
}

/// What the entry touched, who did it, and whether it stands.
fn said(entry: &Entry, open: &History, model: &Model) -> String {
    let by = model.records.tutor(entry.author).map(|tutor| format!("by {}", tutor.name));
    let back = open.taken_back.contains(&entry.sequence);
    let told = [
        Some(entry.touched()).filter(|touched| !touched.is_empty()),
        by,
        back.then(|| "taken back since".to_owned()),
    ];
    told.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
