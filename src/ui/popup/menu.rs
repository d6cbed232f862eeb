//! A menu: what it is about, something to copy down, and the ways to go on.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::app::popup::Menu;
use crate::app::popup::menu::Way;
use crate::app::{Screen, Target};
use crate::ui::Theme;
use crate::ui::widget::frame::mark;
use crate::ui::widget::list::{self, Focus, Rows};
use crate::ui::widget::text::{columns, fit, fit_left, wrap};

const WIDTH: u16 = 70;
const MARGIN: u16 = 1;
/// Below this height blank lines are saved.
const TIGHT: u16 = 10;

pub(super) fn draw(menu: &Menu, theme: &Theme, frame: &mut Frame, area: Rect, screen: &mut Screen) {
    let room = WIDTH.min(area.width).saturating_sub(2 + 2 * MARGIN);
    let mut above: Vec<Line<'_>> = Vec::new();
    for paragraph in &menu.text {
        above.extend(wrap(paragraph, room.into()).into_iter().map(Line::raw));
        above.push(Line::default());
    }
    if let Some(code) = &menu.code {
        let code = wrap(&code.0, room.into()).into_iter();
        above.extend(code.map(|line| Line::styled(line, theme.heading())));
        if area.height > TIGHT {
            above.push(Line::default());
        }
    }
    let text = u16::try_from(above.len()).unwrap_or(u16::MAX);
    let ways = u16::try_from(menu.ways.len()).unwrap_or(u16::MAX);
    let height = text.saturating_add(ways).saturating_add(2);
    let block = super::framed(theme, &menu.title, "", WIDTH.min(area.width));
    let inner = super::open(&block, (WIDTH, height), frame, area, screen);
    // Where both do not fit, the ways keep one line and the code is still read: the text gives way.
    let kept = inner.height.saturating_sub(ways.min(inner.height / 2).max(1)).min(text);
    let skipped = if menu.code.is_some() { text - kept } else { 0 };
    let lines = above.iter().skip(skipped.into()).take(kept.into());
    for (line, y) in lines.zip(inner.y..) {
        frame.buffer_mut().set_line(inner.x + MARGIN, y, line, inner.width.saturating_sub(MARGIN));
    }
    let rest = Rect { y: inner.y + kept, height: inner.height - kept, ..inner };
    let label = menu.ways.iter().map(|way| columns(&way.label)).max().unwrap_or(0);
    let rows = Rows { cursor: menu.cursor, len: menu.ways.len(), focus: Focus::Here };
    let (page, places) = list::draw(rows, theme, frame, rest, |at, width| {
        vec![menu.ways.get(at).map(|way| line_of(way, label, theme, width)).unwrap_or_default()]
    });
    screen.popup = page;
    for (rect, at) in places {
        mark(screen, rect, Target::PopupRow(at));
    }
}

fn line_of<'a>(way: &Way, widest: usize, theme: &Theme, width: u16) -> Line<'a> {
    let width = usize::from(width).saturating_sub(2);
    let label = format!(" {}  ", fit_left(&way.label, widest.min(width)));
    let room = width.saturating_sub(columns(&label));
    let hint = if room < 8 { String::new() } else { fit(&way.hint, room).into_owned() };
    Line::from(vec![Span::styled(label, theme.field(false)), Span::styled(hint, theme.dim())])
}
