//! The command palette: the typed letters, and the commands that read like them with their keys.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::app::popup::Palette;
use crate::app::{Model, Screen, Target};
use crate::ui::Theme;
use crate::ui::widget::frame::mark;
use crate::ui::widget::line::{self, Show};
use crate::ui::widget::list::{self, Focus, Rows};
use crate::ui::widget::text::{columns, fit_left};
use crate::ui::widget::{frame as framed, text};

const SIZE: (u16, u16) = (64, 20);

pub(super) fn draw(
    palette: &Palette,
    model: &Model,
    theme: &Theme,
    frame: &mut Frame,
    area: Rect,
    screen: &mut Screen,
) {
    let found = palette.found(model);
    let position = framed::position(palette.cursor.selected, found.len());
    let block = super::framed(theme, "Commands", &position, SIZE.0.min(area.width));
    let inner = super::open(&block, SIZE, frame, area, screen);
    if inner.is_empty() {
        return;
    }
    frame.buffer_mut().set_line(inner.x, inner.y, &Line::styled(":", theme.key()), inner.width);
    let typed = Rect { x: inner.x + 1, width: inner.width - 1, height: 1, ..inner };
    line::draw(&palette.query, Show::Plain, true, theme, frame, typed);
    let rest = Rect { y: inner.y + 1, height: inner.height - 1, ..inner };
    if found.is_empty() {
        let none = text::fit(" no command reads like this", rest.width.into()).into_owned();
        let none = Line::styled(none, theme.dim());
        frame.buffer_mut().set_line(rest.x, rest.y.min(inner.bottom() - 1), &none, rest.width);
    }
    let rows = Rows { cursor: palette.cursor, len: found.len(), focus: Focus::Here };
    let (page, places) = list::draw(rows, theme, frame, rest, |at, width| {
        let Some((spec, applies)) = found.get(at) else { return vec![Line::default()] };
        let keys = model.keymap.labels(spec.command);
        let keys = text::fit(&keys, usize::from(width / 2)).into_owned();
        let room = usize::from(width).saturating_sub(columns(&keys) + 2);
        let style = if *applies { theme.field(false) } else { theme.dim() };
        let title = Span::styled(format!(" {}", fit_left(spec.title, room)), style);
        vec![Line::from(vec![title, Span::styled(keys, theme.key())])]
    });
    screen.popup = page;
    for (rect, at) in places {
        mark(screen, rect, Target::PopupRow(at));
    }
}
