//! The versions of a note: a line each, and below what the one in hand changed, or its whole text.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::popup::Versions;
use crate::app::popup::versions::{Mark, Version};
use crate::app::{Model, Page, Screen, Target};
use crate::domain::word::Choice;
use crate::ui::Theme;
use crate::ui::widget::frame::{self as framed, mark};
use crate::ui::widget::list::{self, Focus, Rows};
use crate::ui::widget::text::{fit, wrap};

const SIZE: (u16, u16) = (96, 34);
/// The most versions in sight at a time.
const LISTED: u16 = 8;

pub(super) fn draw(
    open: &Versions,
    model: &Model,
    theme: &Theme,
    frame: &mut Frame,
    area: Rect,
    screen: &mut Screen,
) {
    let position = framed::position(open.cursor.selected, open.len());
    let name = model.records.file(open.student).map(|file| file.student.name.shown());
    let title = format!("Versions of a note about {}", name.unwrap_or_default());
    let block = super::framed(theme, &title, &position, SIZE.0.min(area.width));
    let inner = super::open(&block, SIZE, frame, area, screen);
    if inner.is_empty() {
        return;
    }
    if open.is_empty() {
        let why = if open.found.is_some() {
            " The journal has no version that can be read."
        } else {
            " reading the journal …"
        };
        let line = Line::styled(fit(why, inner.width.into()).into_owned(), theme.dim());
        frame.buffer_mut().set_line(inner.x, inner.y, &line, inner.width);
        return;
    }
    let len = u16::try_from(open.len()).unwrap_or(u16::MAX);
    let listed = len.min(LISTED).min(inner.height / 2).max(1);
    let above = Rect { height: listed, ..inner };
    let rows = Rows { cursor: open.cursor, len: open.len(), focus: Focus::Here };
    let found = open.found.as_deref().unwrap_or_default();
    let (_, places) = list::draw(rows, theme, frame, above, |at, width| {
        let version = found.get(at);
        vec![version.map_or_else(Line::default, |it| row(it, at, theme, width))]
    });
    for (rect, at) in places {
        mark(screen, rect, Target::PopupRow(at));
    }
    if let Some(version) = open.selected() {
        screen.shows(&version.note);
    }
    let taken = (listed + 1).min(inner.height);
    let text = Rect { y: inner.y + taken, height: inner.height - taken, ..inner };
    let drawn = lines(open, theme, usize::from(inner.width.saturating_sub(4)).max(1));
    let top = open.top.min(drawn.len().saturating_sub(1));
    for (line, y) in drawn.into_iter().skip(top).zip(text.y..text.bottom()) {
        frame.buffer_mut().set_line(text.x, y, &line, text.width);
    }
    screen.popup = Page { top: 0, rows: usize::from(text.height).max(1) };
}

fn row(version: &Version, at: usize, theme: &Theme, width: u16) -> Line<'static> {
    let when = version.at.format("%e %b %Y %H:%M").to_string();
    let now = if at == 0 { " · as it is now" } else { "" };
    let level = version.note.confidentiality.words();
    let told = format!("{} · {level}{now}", version.author);
    let room = usize::from(width).saturating_sub(20);
    Line::from(vec![
        Span::styled(format!(" {when}  "), theme.dim()),
        Span::raw(fit(&told, room).into_owned()),
    ])
}

/// The lines of the version in hand, each with a sign that tells without colour what became of it.
fn lines(open: &Versions, theme: &Theme, room: usize) -> Vec<Line<'static>> {
    let told = open.lines();
    if told.is_empty() {
        let why = if open.whole { "It has no text." } else { "The text did not change." };
        return vec![Line::styled(format!("   {why}"), theme.dim())];
    }
    let mut drawn = Vec::new();
    for (mark, line) in told {
        let (sign, style) = match mark {
            Mark::Same => (" ", Style::new()),
            Mark::Added => ("+", theme.good()),
            Mark::Gone => ("-", theme.bad()),
            Mark::Left => {
                drawn.push(Line::styled("   [...]", theme.dim()));
                continue;
            }
        };
        let parts = wrap(line, room);
        let parts = if parts.is_empty() { vec![String::new()] } else { parts };
        drawn.extend(parts.into_iter().map(|part| Line::styled(format!(" {sign} {part}"), style)));
    }
    drawn
}
