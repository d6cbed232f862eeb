//! A form in its frame.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::app::Screen;
use crate::app::popup::FormPopup;
use crate::ui::Theme;
use crate::ui::widget::{form, frame as framed};

const WIDTH: u16 = 88;

pub(super) fn draw(
    open: &FormPopup,
    top: bool,
    theme: &Theme,
    frame: &mut Frame,
    area: Rect,
    screen: &mut Screen,
) {
    let width = WIDTH.min(area.width);
    let wanted = form::rows(&open.form, width.saturating_sub(2)).saturating_add(2);
    let height = if open.form.holds_text() { area.height.max(wanted).min(40) } else { wanted };
    let asked: Vec<usize> = (0..open.form.fields.len())
        .filter(|at| open.form.fields.get(*at).is_some_and(|f| !f.hidden))
        .collect();
    let here = asked.iter().position(|at| *at == open.form.focus).unwrap_or(0);
    let position = open.waits().map_or_else(|| framed::position(here, asked.len()), str::to_owned);
    let title = framed::title(&open.form.title, &position, width);
    let block = framed::with_position(theme.popup(title), &position);
    let inner = super::open(&block, (WIDTH, height), frame, area, screen);
    form::draw(&open.form, top, theme, frame, inner, screen);
}
