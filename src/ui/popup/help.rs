//! The help: what applies here first, in full; the rest dimmed. Typing searches.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::app::popup::Help;
use crate::app::popup::help::Row;
use crate::app::{Model, Screen};
use crate::ui::Theme;
use crate::ui::widget::frame as framed;
use crate::ui::widget::line::{self, Show};
use crate::ui::widget::list::{self, Focus, Rows};
use crate::ui::widget::text::{fit, fit_left};

const SIZE: (u16, u16) = (72, 40);
const KEYS: u16 = 22;
const LABEL: &str = " search ";

pub(super) fn draw(
    help: &Help,
    model: &Model,
    theme: &Theme,
    frame: &mut Frame,
    area: Rect,
    screen: &mut Screen,
) {
    let rows = help.rows(model);
    let position = framed::position(help.cursor.selected, rows.len());
    let block = super::framed(theme, "Help", &position, SIZE.0.min(area.width));
    let inner = super::open(&block, SIZE, frame, area, screen);
    if inner.is_empty() {
        return;
    }
    let label = u16::try_from(LABEL.len()).unwrap_or(0).min(inner.width);
    frame.buffer_mut().set_line(inner.x, inner.y, &Line::styled(LABEL, theme.key()), inner.width);
    let typed = Rect { x: inner.x + label, width: inner.width - label, height: 1, ..inner };
    line::draw(&help.query, Show::Plain, true, theme, frame, typed);
    let rest = Rect { y: inner.y + 1, height: inner.height - 1, ..inner };
    if rows.is_empty() && rest.height > 0 {
        let none = fit(" no command reads like this", rest.width.into()).into_owned();
        let none = Line::styled(none, theme.dim());
        frame.buffer_mut().set_line(rest.x, rest.y, &none, rest.width);
    }
    let shown = Rows { cursor: help.cursor, len: rows.len(), focus: Focus::Here };
    let (page, _) = list::draw(shown, theme, frame, rest, |at, width| {
        vec![rows.get(at).map(|row| line_of(row, model, theme, width)).unwrap_or_default()]
    });
    screen.popup = page;
}

fn line_of<'a>(row: &Row, model: &Model, theme: &Theme, width: u16) -> Line<'a> {
    let keys_width = usize::from(KEYS.min(width / 2));
    match row {
        Row::Heading { scope, here: true } => {
            Line::styled(fit(scope.title(), width.into()), theme.heading())
        }
        Row::Heading { scope, here: false } => Line::styled(
            fit(&format!("{} (elsewhere)", scope.title()), width.into()).into_owned(),
            theme.dim(),
        ),
        Row::Command { spec, applies } => {
            let style = if *applies { theme.field(false) } else { theme.dim() };
            let key = if *applies { theme.key() } else { theme.dim() };
            let keys = fit_left(&model.keymap.labels(spec.command), keys_width);
            let room = usize::from(width).saturating_sub(keys_width + 3);
            let title = fit(spec.title, room);
            Line::from(vec![
                Span::raw("  "),
                Span::styled(keys, key),
                Span::raw(" "),
                Span::styled(title, style),
            ])
        }
    }
}
