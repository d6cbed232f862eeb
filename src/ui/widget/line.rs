//! One line being typed: scrolled so that the cursor is in sight, masked where it is a secret. Without the keys it is read
//! from its beginning.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use tui_input::Input;
use unicode_segmentation::UnicodeSegmentation;

use super::text::{columns, fit, head, tail};
use crate::domain::plain;
use crate::ui::Theme;

/// How a line is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Show {
    /// As it is typed.
    Plain,
    /// One dot for each character.
    Masked,
}

/// Draws the line; where it has the keys, the terminal's cursor stands in it.
pub fn draw(
    input: &Input,
    show: Show,
    focused: bool,
    theme: &Theme,
    frame: &mut Frame,
    rect: Rect,
) {
    if rect.is_empty() {
        return;
    }
    let width = usize::from(rect.width);
    let before: String = input.value().chars().take(input.cursor()).collect();
    let (text, before) = match show {
        Show::Plain => {
            (plain::shown(input.value()).into_owned(), plain::shown(&before).into_owned())
        }
        Show::Masked => (masked(input.value()), masked(&before)),
    };
    let cursor = columns(&before);
    let skip = (cursor + 1).saturating_sub(width);
    let visible = if focused { tail(&text, skip) } else { fit(&text, width).into_owned() };
    let buffer = frame.buffer_mut();
    buffer.set_style(Rect { height: 1, ..rect }, theme.field(focused));
    buffer.set_stringn(rect.x, rect.y, head(&visible, width), width, Style::new());
    if focused {
        let column = u16::try_from(cursor - skip).unwrap_or(0).min(rect.width.saturating_sub(1));
        frame.set_cursor_position(Position::new(rect.x + column, rect.y));
    }
}

fn masked(text: &str) -> String {
    "•".repeat(text.graphemes(true).count())
}

#[cfg(test)]
mod tests {
    use ratatui::{Terminal, backend::TestBackend, buffer::Cell};

    use super::*;

    #[test]
    fn a_long_line_is_read_from_its_beginning_and_written_on_at_its_end() {
        let shown = |focused| {
            let mut terminal = Terminal::new(TestBackend::new(12, 1)).unwrap();
            let input = Input::from("concern of a friend");
            let theme = Theme::default();
            let area = Rect::new(0, 0, 12, 1);
            let drawn =
                terminal.draw(|f| draw(&input, Show::Plain, focused, &theme, f, area)).unwrap();
            drawn.buffer.content.iter().map(Cell::symbol).collect::<String>()
        };
        assert_eq!(shown(false), "concern of …");
        assert_eq!(shown(true), "of a friend ");
    }
}
