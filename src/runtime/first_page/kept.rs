//! The form in which pages are kept: a line of what they depend on, then a line a day, so that a start reads no other.

use chrono::NaiveDate;
use ratatui::{
    buffer::{Buffer, Cell},
    style::{Color, Modifier, Style},
};
use serde::{Deserialize, Serialize};
use unicode_width::UnicodeWidthStr;

use crate::ui::theme::Rgb;

/// What stands before the pages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Head {
    /// Everything but the records that the pictures depend on.
    pub print: u64,
    /// Columns and rows of the screen.
    pub size: (u16, u16),
    /// What the terminal had said of its background.
    pub ground: Option<Rgb>,
    /// The day of each page.
    pub days: Vec<NaiveDate>,
}

/// Rows of text of one style.
pub(super) type Rows = Vec<Vec<(String, Style)>>;

/// The page of a day: its styles, and its rows as runs, each with the number of its style.
#[derive(Serialize, Deserialize)]
struct Page {
    styles: Vec<Written>,
    rows: Vec<Vec<(usize, String)>>,
}

/// A style: its colours by name, and the bits of its modifiers.
type Written = (String, String, u16);

/// Pages with what stands before them, as they are kept.
pub(super) fn write(head: &Head, pages: &[Rows]) -> Option<Vec<u8>> {
    let mut kept = serde_json::to_vec(head).ok()?;
    for rows in pages {
        kept.push(b'\n');
        serde_json::to_writer(&mut kept, &Page::of(rows)).ok()?;
    }
    Some(kept)
}

/// What stands before the pages, and a line for each of them.
pub(super) fn read(kept: &[u8]) -> Option<(Head, impl Iterator<Item = &[u8]>)> {
    let mut lines = kept.split(|byte| *byte == b'\n');
    let head = serde_json::from_slice(lines.next()?).ok()?;
    Some((head, lines))
}

/// The rows of the page in this line.
pub(super) fn rows(line: &[u8]) -> Option<Rows> {
    let Page { styles, rows } = serde_json::from_slice(line).ok()?;
    let styles = styles.iter().map(style).collect::<Option<Vec<_>>>()?;
    let run = |(number, text): (usize, String)| Some((text, *styles.get(number)?));
    rows.into_iter().map(|row| row.into_iter().map(run).collect()).collect()
}

impl Page {
    fn of(rows: &Rows) -> Self {
        let mut known: Vec<Style> = Vec::new();
        let mut number = |style: &Style| {
            known.iter().position(|other| other == style).unwrap_or_else(|| {
                known.push(*style);
                known.len() - 1
            })
        };
        let row = |row: &Vec<(String, Style)>| {
            row.iter().map(|(text, style)| (number(style), text.clone())).collect()
        };
        let rows = rows.iter().map(row).collect();
        Self { styles: known.iter().map(written).collect(), rows }
    }
}

fn written(style: &Style) -> Written {
    let name = |colour: Option<Color>| colour.unwrap_or_default().to_string();
    (name(style.fg), name(style.bg), style.add_modifier.bits())
}

fn style((fg, bg, modifiers): &Written) -> Option<Style> {
    let style = Style::new().fg(fg.parse().ok()?).bg(bg.parse().ok()?);
    Some(style.add_modifier(Modifier::from_bits_truncate(*modifiers)))
}

/// The rows of a picture as runs of one style.
pub(super) fn runs(picture: &Buffer) -> Rows {
    let width = usize::from(picture.area.width).max(1);
    let row = |cells: &[Cell]| {
        let mut runs: Vec<(String, Style)> = Vec::new();
        let mut covered = 0;
        for cell in cells {
            // What lies under the second half of a wide letter is not seen.
            if covered > 0 {
                covered -= 1;
                continue;
            }
            covered = cell.symbol().width().saturating_sub(1);
            match runs.last_mut().filter(|(_, style)| *style == cell.style()) {
                Some((text, _)) => text.push_str(cell.symbol()),
                None => runs.push((cell.symbol().to_owned(), cell.style())),
            }
        }
        runs
    };
    picture.content.chunks(width).map(row).collect()
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;

    use super::*;

    #[test]
    fn a_page_is_read_back_as_it_was_written_and_no_other_is_read() {
        let mut picture = Buffer::empty(Rect::new(0, 0, 12, 2));
        let bold = Style::new().fg(Color::Rgb(1, 2, 3)).add_modifier(Modifier::BOLD);
        picture.set_string(0, 0, "陈伟 Chen", bold);
        picture.set_string(3, 1, "│ e\u{301}", Style::new().bg(Color::Indexed(7)));
        let rows = runs(&picture);
        let day = NaiveDate::default();
        let head = Head { print: u64::MAX, size: (12, 2), ground: None, days: vec![day, day] };
        let kept = write(&head, &[Vec::new(), rows.clone()]).unwrap();
        let (read_head, mut lines) = read(&kept).unwrap();
        assert_eq!(read_head, head);
        let other = super::rows(lines.next().unwrap());
        assert_eq!(other, Some(Vec::new()));
        let mut again = Buffer::empty(picture.area);
        for (y, row) in (0..).zip(super::rows(lines.next().unwrap()).unwrap()) {
            let mut x = 0;
            for (text, style) in row {
                x = again.set_stringn(x, y, &text, 12, style).0;
            }
        }
        assert_eq!(again, picture);
        assert!(lines.next().is_none() && super::rows(b"{").is_none());
    }
}
