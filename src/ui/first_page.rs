//! The first page: the picture that was kept, until the records are there.

use ratatui::{
    Frame,
    buffer::Buffer,
    layout::{Position, Rect},
    style::Style,
    text::Line,
};

use super::{theme::Theme, widget::text::fit};
use crate::app::{Command, Model, Place, command::Global, first_page::Opening};

/// Draws it where it was made for a screen of this size; answers whether it was.
pub fn draw(model: &Model, opening: &Opening, theme: &Theme, frame: &mut Frame) -> bool {
    let whole = frame.area();
    let page = &opening.page;
    if (page.width, page.height) != (whole.width, whole.height) {
        return false;
    }
    let picture = frame.buffer_mut();
    for (row, y) in page.rows.iter().zip(whole.y..whole.bottom()) {
        let mut x = whole.x;
        for (text, style) in row {
            x = write(picture, Position { x, y }, whole.right(), text, *style);
        }
    }
    if opening.slow {
        say(model, theme, frame, Rect { y: whole.bottom() - 1, height: 1, ..whole });
    }
    true
}

/// Writes a run, up to the right edge; answers where the next one begins.
fn write(picture: &mut Buffer, at: Position, right: u16, text: &str, style: Style) -> u16 {
    // Most of a desk is letters and lines that stand alone, one a cell: nothing has to be found out about them.
    let is_simple = |letter| matches!(letter, ' '..='~' | '─'..='▟');
    if !text.chars().all(is_simple) {
        return picture.set_stringn(at.x, at.y, text, (right - at.x).into(), style).0;
    }
    let mut x = at.x;
    for (letter, column) in text.chars().zip(at.x..right) {
        if let Some(cell) = picture.cell_mut((column, at.y)) {
            cell.set_char(letter).set_style(style);
        }
        x = column + 1;
    }
    x
}

/// Says at the foot that the profile is being opened.
pub fn say(model: &Model, theme: &Theme, frame: &mut Frame, foot: Rect) {
    let quit = model.keymap.label(Command::Global(Global::Leave), Place::Tutees);
    let waits = if model.opening.is_some() {
        " What you press counts as soon as all is there."
    } else {
        ""
    };
    let far = model.loaded.map_or_else(String::new, |percent| format!(" {percent} % read."));
    let text = format!(" Opening…{far}{waits} {quit} quits.");
    let line = Line::styled(fit(&text, foot.width.into()).into_owned(), theme.dim());
    frame.render_widget(ratatui::widgets::Clear, foot);
    frame.buffer_mut().set_line(foot.x, foot.y, &line, foot.width);
}
