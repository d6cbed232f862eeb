//! Full-text search: the typed words, and each hit with its student, day and context.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::popup::Hits;
use crate::app::{Model, Screen, Target};
use crate::domain::id::Id;
use crate::domain::note::Note;
use crate::domain::record::Kind;
use crate::domain::search::Hit;
use crate::ui::Theme;
use crate::ui::widget::frame::{self as framed, mark};
use crate::ui::widget::line::{self, Show};
use crate::ui::widget::list::{self, Focus, Rows};
use crate::ui::widget::marked::by_bytes;
use crate::ui::widget::text::fit;

const SIZE: (u16, u16) = (100, 30);
/// From this many columns on it says how many hits are not shown.
const WITH_TOTAL: u16 = 40;

pub(super) fn draw(
    hits: &Hits,
    model: &Model,
    theme: &Theme,
    frame: &mut Frame,
    area: Rect,
    screen: &mut Screen,
) {
    let (found, total) = (&hits.found.first, hits.found.total);
    let position = framed::position(hits.cursor.selected, found.len());
    let width = SIZE.0.min(area.width);
    let more = total > found.len() && width >= WITH_TOTAL;
    let more = if more { format!(", {total} in all") } else { String::new() };
    let block = super::framed(theme, "Search", &format!("{position}{more}"), width);
    let inner = super::open(&block, SIZE, frame, area, screen);
    if inner.is_empty() {
        return;
    }
    frame.buffer_mut().set_line(inner.x, inner.y, &Line::styled("/", theme.key()), inner.width);
    let typed = Rect { x: inner.x + 1, width: inner.width - 1, height: 1, ..inner };
    line::draw(&hits.query, Show::Plain, true, theme, frame, typed);
    let rest = Rect { y: inner.y + 1, height: inner.height - 1, ..inner };
    if found.is_empty() && rest.height > 0 {
        let why = match (hits.query.value().trim().is_empty(), hits.is_behind()) {
            (true, _) => " type words: names, numbers, notes, actions, contacts, concerns",
            (false, true) => " searching …",
            (false, false) => " nothing holds all these words",
        };
        let why = fit(why, rest.width.into()).into_owned();
        frame.buffer_mut().set_line(rest.x, rest.y, &Line::styled(why, theme.dim()), rest.width);
    }
    let rows = Rows { cursor: hits.cursor, len: found.len(), focus: Focus::Here };
    let (page, places) = list::draw(rows, theme, frame, rest, |at, width| {
        found.get(at).map_or_else(|| vec![Line::default()], |hit| row(hit, model, theme, width))
    });
    screen.popup = page;
    for (rect, at) in places {
        mark(screen, rect, Target::PopupRow(at));
        if let Some(note) = found.get(at).and_then(|hit| note(hit, model)) {
            screen.shows(note);
        }
    }
}

/// The note of which the hit shows some words.
fn note<'a>(hit: &Hit, model: &'a Model) -> Option<&'a Note> {
    let record = Some(hit.record).filter(|record| record.kind == Kind::Note)?;
    let held = model.records.file(hit.student)?.find(Id::<Note>::from_bytes(record.bytes))?;
    Some(&held.value)
}

fn row(hit: &Hit, model: &Model, theme: &Theme, width: u16) -> Vec<Line<'static>> {
    let file = model.records.file(hit.student);
    let name = file.map(|file| file.student.name.shown()).unwrap_or_default();
    let day = hit.on.map(|day| day.format(", %-d %b %Y").to_string()).unwrap_or_default();
    let head = format!(" {name} · {}{day}", hit.record.kind.one());
    let head = fit(&head, width.into()).into_owned();
    let room = usize::from(width).saturating_sub(4);
    let shown = fit(&hit.snippet, room).into_owned();
    let mut context = vec![Span::raw("   ")];
    context.extend(by_bytes(&shown, Style::new(), theme.hit(), &hit.marks));
    vec![Line::styled(head, theme.heading()), Line::from(context)]
}
