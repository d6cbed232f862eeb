//! The file picker: the typed path, and what begins like it.

use std::path::MAIN_SEPARATOR;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::app::popup::Picker;
use crate::app::{Screen, Target};
use crate::ui::Theme;
use crate::ui::widget::frame::{self as framed, mark};
use crate::ui::widget::line::{self, Show};
use crate::ui::widget::list::{self, Focus, Rows};
use crate::ui::widget::text::{fit, wrap};

const SIZE: (u16, u16) = (72, 20);
const LABEL: &str = " file ";

pub(super) fn draw(
    picker: &Picker,
    theme: &Theme,
    frame: &mut Frame,
    area: Rect,
    screen: &mut Screen,
) {
    let found = picker.matches();
    let position = framed::position(picker.cursor.selected, found.len());
    let block = super::framed(theme, "Import a list", &position, SIZE.0.min(area.width));
    let inner = super::open(&block, SIZE, frame, area, screen);
    if inner.is_empty() {
        return;
    }
    let label = u16::try_from(LABEL.len()).unwrap_or(0).min(inner.width);
    frame.buffer_mut().set_line(inner.x, inner.y, &Line::styled(LABEL, theme.key()), inner.width);
    let typed = Rect { x: inner.x + label, width: inner.width - label, height: 1, ..inner };
    line::draw(&picker.input, Show::Plain, true, theme, frame, typed);
    let mut rest = Rect { y: inner.y + 1, height: inner.height - 1, ..inner };
    if picker.waiting && rest.height > 0 {
        let line = Line::styled(" Reading…", theme.heading());
        frame.buffer_mut().set_line(rest.x, rest.y, &line, rest.width);
        rest = Rect { y: rest.y + 1, height: rest.height - 1, ..rest };
    } else if let Some(problem) = &picker.problem {
        for sentence in wrap(problem, inner.width.saturating_sub(2).into()) {
            if rest.height == 0 {
                return;
            }
            let line = Line::styled(format!(" {sentence}"), theme.bad());
            frame.buffer_mut().set_line(rest.x, rest.y, &line, rest.width);
            rest = Rect { y: rest.y + 1, height: rest.height - 1, ..rest };
        }
    } else if found.is_empty() && rest.height > 0 {
        let none = wrap("no list here: CSV, TSV, TXT or XLSX", rest.width.saturating_sub(2).into());
        for (sentence, y) in none.into_iter().zip(rest.y..rest.bottom()) {
            let line = Line::styled(format!(" {sentence}"), theme.dim());
            frame.buffer_mut().set_line(rest.x, y, &line, rest.width);
        }
    }
    let rows = Rows { cursor: picker.cursor, len: found.len(), focus: Focus::Here };
    let (page, places) = list::draw(rows, theme, frame, rest, |at, width| {
        let Some(entry) = found.get(at) else { return vec![Line::default()] };
        let end = if entry.is_folder { MAIN_SEPARATOR.to_string() } else { String::new() };
        let name = format!(" {}{end}", fit(&entry.name, usize::from(width).saturating_sub(2)));
        let style = if entry.is_folder { theme.heading() } else { theme.field(false) };
        vec![Line::styled(name, style)]
    });
    screen.popup = page;
    for (rect, at) in places {
        mark(screen, rect, Target::PopupRow(at));
    }
}
