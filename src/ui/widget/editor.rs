//! The editor for notes: the text, the search line, and why a key did nothing.

use std::ops::Range;

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::Line;
use tui_textarea::TextArea;
use unicode_segmentation::UnicodeSegmentation;

use super::line::{self, Show};
use super::text::{columns, fit};
use crate::app::editor::Editor;
use crate::ui::Theme;

const TAB: usize = 4;

/// Draws the text; where it has the keys, the terminal's cursor stands in it.
pub fn draw(editor: &Editor, focused: bool, theme: &Theme, frame: &mut Frame, rect: Rect) {
    if rect.is_empty() {
        return;
    }
    let foot = u16::from((editor.find.is_some() || editor.notice.is_some()) && rect.height > 1);
    let text = Rect { height: rect.height - foot, ..rect };
    frame.render_widget(editor.area(), text);
    let cursor = repair(editor.area(), frame, text);
    if foot > 0 {
        draw_foot(editor, focused, theme, frame, Rect { y: text.bottom(), height: 1, ..rect });
    }
    if focused && editor.find.is_none() {
        frame.set_cursor_position(cursor);
    }
}

fn draw_foot(editor: &Editor, focused: bool, theme: &Theme, frame: &mut Frame, rect: Rect) {
    let width = usize::from(rect.width);
    frame.buffer_mut().set_stringn(rect.x, rect.y, " ".repeat(width), width, Style::new());
    let mut left = rect;
    if let Some(find) = &editor.find {
        let label = Line::styled("find ", theme.key());
        frame.buffer_mut().set_line(rect.x, rect.y, &label, rect.width);
        left.x += rect.width.min(5);
        left.width -= rect.width.min(5);
        line::draw(
            find,
            Show::Plain,
            focused,
            theme,
            frame,
            Rect { width: left.width / 2, ..left },
        );
        left.x += left.width / 2;
        left.width -= left.width / 2;
    }
    if let Some(notice) = editor.notice {
        let notice = Line::styled(fit(notice, usize::from(left.width)).into_owned(), theme.warn());
        frame.buffer_mut().set_line(left.x, left.y, &notice, left.width);
    }
}

/// Draws the line under the cursor again, because the widget takes the character under its cursor apart
/// when it is made of several; returns the cell of the cursor.
fn repair(area: &TextArea<'_>, frame: &mut Frame, rect: Rect) -> Position {
    let at = area.screen_cursor().row;
    let top = usize::from(area.scroll_offset().0);
    let y = rect.y + u16::try_from(at.saturating_sub(top)).unwrap_or(0).min(rect.height - 1);
    let cursor = area.cursor();
    let Some(text) = area.lines().get(cursor.0) else { return Position::new(rect.x, y) };
    let shown = drawn_part(area, at, text);
    let part: String = text.chars().take(shown.end).skip(shown.start).collect();
    let before: String = part.chars().take(cursor.1.saturating_sub(shown.start)).collect();
    let (part, before) = (untabbed(&part), untabbed(&before));
    let buffer = frame.buffer_mut();
    for x in rect.left()..rect.right() {
        if let Some(cell) = buffer.cell_mut((x, y)) {
            cell.set_symbol(" ");
        }
    }
    buffer.set_stringn(rect.x, y, part, usize::from(rect.width), Style::new());
    let column = u16::try_from(columns(&before)).unwrap_or(u16::MAX).min(rect.width - 1);
    Position::new(rect.x + column, y)
}

/// Which characters of the cursor's line its row of the screen holds.
fn drawn_part(area: &TextArea<'_>, row: usize, text: &str) -> Range<usize> {
    let start = area.screen_to_data(row, 0);
    let next = area.screen_to_data(row + 1, 0);
    let end = if next.0 == start.0 && next.1 > start.1 { next.1 } else { text.chars().count() };
    start.1..end
}

fn untabbed(text: &str) -> String {
    let mut plain = String::new();
    for whole in text.graphemes(true) {
        if whole == "\t" {
            plain.push_str(&" ".repeat(TAB - columns(&plain) % TAB));
        } else {
            plain.push_str(whole);
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use ratatui::Terminal;
    use ratatui::backend::TestBackend;

    use super::*;
    use crate::app::command::Text;
    use crate::app::editor::Pos;
    use crate::app::testing::now_at;

    fn picture(editor: &Editor, width: u16, height: u16) -> (String, Position) {
        let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        terminal.draw(|frame| draw(editor, true, &Theme::default(), frame, frame.area())).unwrap();
        (terminal.backend().to_string(), terminal.get_cursor_position().unwrap())
    }

    #[test]
    fn long_lines_wrap_at_words() {
        let editor = Editor::new("feedback on first coursework\n\nwell");
        let (picture, cursor) = picture(&editor, 14, 6);
        insta::assert_snapshot!(picture, @r#"
        "feedback on   "
        "first         "
        "coursework    "
        "              "
        "well          "
        "              "
        "#);
        assert_eq!(cursor, Position::new(0, 0));
    }

    #[test]
    fn the_character_under_the_cursor_stays_whole() {
        let mut editor = Editor::new("ae\u{301}👩\u{200d}👧陈\tb");
        for column in [0, 1, 2, 4, 6, 8, 9] {
            let (picture, cursor) = picture(&editor, 20, 1);
            assert!(
                picture.starts_with("\"ae\u{301}👩\u{200d}👧陈  b   "),
                "at {column}: {picture}"
            );
            assert_eq!(cursor.x, column);
            editor.run(Text::Right, now_at(0));
        }
    }

    #[test]
    fn the_view_follows_the_cursor_and_the_search_line_stands_below() {
        let text: Vec<String> = (0..3_000).map(|n| format!("line {n}")).collect();
        let mut editor = Editor::new(&text.join("\n"));
        editor.go(Pos { row: 2_000, col: 5 });
        editor.find = Some("line 2500".into());
        editor.find_next(true, true);
        let (picture, _) = picture(&editor, 30, 4);
        assert!(picture.contains("line 2500") && picture.contains("find line 2500"), "{picture}");
        editor.find = Some("nobody".into());
        editor.find_next(true, true);
        assert!(self::picture(&editor, 40, 4).0.contains("not in this text"));
    }

    #[test]
    fn one_cell_is_enough() {
        for (width, height) in [(1, 1), (2, 1), (1, 3)] {
            picture(&Editor::new("陈伟\nabc"), width, height);
        }
    }
}
