//! Keeps columns straight where terminals disagree about the width of a letter: joined emoji, Indic and Arabic
//! clusters. Such a letter is written into cleared columns, what follows it is placed anew, and when one comes, goes or
//! changes its whole row is written, because what spilled over is known to nobody but the terminal.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    io::{self, Write},
    num::NonZeroU16,
};

use ratatui::{
    backend::{Backend, ClearType, CrosstermBackend, WindowSize},
    buffer::{Buffer, Cell, CellDiffOption},
    layout::{Position, Rect, Size},
};
use unicode_width::UnicodeWidthStr;

use crate::runtime::difference::is_doubtful;

/// A picture of more bytes may be seen half; a shorter one arrives as one.
const LONG: usize = 2048;

/// What is known of one row of the last picture.
#[derive(Debug, Clone, Copy, Default)]
struct Row {
    print: u64,
    /// Cells differ from those of another phase though they show the same, so that all of them are written.
    phase: bool,
    /// The row holds a doubtful letter, or did so when it was written last.
    watched: bool,
}

/// Rows with doubtful letters, from picture to picture.
#[derive(Debug, Default)]
pub struct Rows {
    area: Rect,
    rows: Vec<Row>,
}

impl Rows {
    /// Forgets the last picture: the terminal shows nothing of it any more.
    pub fn forget(&mut self) {
        self.rows.clear();
    }

    /// Marks every row to be written whole whose doubtful letters have changed.
    pub fn mark(&mut self, picture: &mut Buffer) {
        if self.area != picture.area {
            self.area = picture.area;
            self.forget();
        }
        self.rows.resize(picture.area.height.into(), Row::default());
        let width = usize::from(picture.area.width).max(1);
        for (row, cells) in self.rows.iter_mut().zip(picture.content.chunks_mut(width)) {
            row.mark(cells);
        }
    }
}

impl Row {
    fn mark(&mut self, cells: &mut [Cell]) {
        let doubtful = cells.iter().any(is_doubtful);
        if !doubtful && !self.watched {
            return;
        }
        let print = print(cells);
        if !self.watched {
            self.phase = true;
        } else if print != self.print {
            self.phase = !self.phase;
        }
        (self.print, self.watched) = (print, doubtful || self.phase);
        if self.phase {
            for cell in cells {
                let width = u16::try_from(cell.symbol().width()).unwrap_or(1);
                let width = NonZeroU16::new(width).unwrap_or(NonZeroU16::MIN);
                cell.set_diff_option(CellDiffOption::ForcedWidth(width));
            }
        }
    }
}

/// What the doubtful letters of a row are, and where. What is beside them is placed by itself.
fn print(cells: &[Cell]) -> u64 {
    let mut hasher = DefaultHasher::new();
    for (place, cell) in cells.iter().enumerate().filter(|(_, cell)| is_doubtful(cell)) {
        (place, cell.symbol(), cell.fg, cell.bg, cell.modifier).hash(&mut hasher);
    }
    hasher.finish()
}

/// The backend that is told what to write, and writes it as one.
#[derive(Debug)]
pub struct Aligned<W: Write> {
    general: CrosstermBackend<W>,
    /// Whether the cursor is to be seen, if that is known: saying it again costs bytes.
    cursor: Option<bool>,
    /// Whether and where the picture wants it.
    wanted: Option<Position>,
    /// The terminal shows a long picture at once if it is told where it begins and ends.
    holds: bool,
}

impl<W: Write> Aligned<W> {
    /// Writes to `writer`.
    pub fn new(writer: W) -> Self {
        Self { general: CrosstermBackend::new(writer), cursor: None, wanted: None, holds: false }
    }

    /// From now on long pictures are shown at once.
    pub const fn hold_pictures(&mut self) {
        self.holds = true;
    }

    /// Forgets what the terminal was told of the cursor: somebody else has had it.
    pub fn forget(&mut self) {
        self.cursor = None;
    }

    /// Writes what makes a picture, with the cursor where the picture wants it.
    ///
    /// # Errors
    /// When the terminal takes nothing more.
    pub fn show(&mut self, bytes: &[u8]) -> io::Result<()> {
        let held = self.holds && bytes.len() > LONG;
        if held {
            self.general.write_all(b"\x1b[?2026h")?;
        }
        self.general.write_all(bytes)?;
        let wanted = self.wanted;
        if self.cursor.replace(wanted.is_some()) != Some(wanted.is_some()) {
            match wanted {
                None => self.general.hide_cursor()?,
                Some(_) => self.general.show_cursor()?,
            }
        }
        if let Some(position) = wanted {
            self.general.set_cursor_position(position)?;
        }
        if held {
            self.general.write_all(b"\x1b[?2026l")?;
        }
        Backend::flush(&mut self.general)
    }
}

impl<W: Write> Write for Aligned<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.general.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Write::flush(&mut self.general)
    }
}

impl<W: Write> Backend for Aligned<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, _content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        // Pictures are compared by us.
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.wanted = None;
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Err(io::Error::other("the terminal is never asked"))
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.wanted = Some(position.into());
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        self.general.clear()
    }

    fn clear_region(&mut self, region: ClearType) -> io::Result<()> {
        self.general.clear_region(region)
    }

    fn size(&self) -> io::Result<Size> {
        self.general.size()
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        self.general.window_size()
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use ratatui::{style::Style, text::Line, widgets::Widget};

    use super::*;
    use crate::runtime::difference::difference;

    const WIDTH: u16 = 30;

    /// What a terminal with its own idea of widths shows after these pictures.
    fn shown(pictures: &[&[&str]]) -> (vt100::Parser, Vec<usize>) {
        let area = Rect::new(0, 0, WIDTH, 3);
        let (mut rows, mut last) = (Rows::default(), Buffer::empty(area));
        let mut screen = vt100::Parser::new(3.try_into().unwrap(), WIDTH.try_into().unwrap(), 0);
        let mut sizes = Vec::new();
        for picture in pictures {
            let mut next = Buffer::empty(area);
            for (line, y) in picture.iter().zip(0..) {
                Line::styled(*line, Style::new()).render(Rect::new(0, y, WIDTH, 1), &mut next);
            }
            rows.mark(&mut next);
            let bytes = difference(&last, &next);
            screen.process(&bytes);
            sizes.push(bytes.len());
            last = next;
        }
        (screen, sizes)
    }

    #[test]
    fn nothing_of_a_wide_letter_stays_when_something_else_is_drawn() {
        for name in ["अनन्या शर्मा", "👩🏽‍🏫 Zoë", "नमस्ते 👨‍👩‍👧", "สมชาย", "e\u{301}a\u{308}o"]
        {
            let (screen, _) = shown(&[&[name, name], &["plain", ""]]);
            assert_eq!(screen.screen().contents().trim_end(), "plain", "{name}");
        }
    }

    #[test]
    fn what_follows_a_wide_letter_stands_in_its_column() {
        let name = "अनन्या शर्मा";
        for after in [&[name, ""][..], &["", ""], &["other", "x"]] {
            let (screen, _) = shown(&[after, &[&format!("{name}L5")]]);
            let seen = screen.screen().cell(0, name.width().try_into().unwrap()).unwrap();
            assert_eq!(seen.contents(), "L", "{}", screen.screen().contents());
        }
    }

    #[test]
    fn a_row_that_has_not_changed_is_not_written_again() {
        let name = "अनन्या शर्मा";
        let (_, sizes) = shown(&[&[name, "a"], &[name, "b"], &[name, "b"], &[name, "b"]]);
        assert!(sizes[0] > 60 && sizes[1] < 30, "{sizes:?}");
        assert_eq!(sizes[2], sizes[3]);
        assert!(sizes[3] < 30, "{sizes:?}");
    }

    #[test]
    fn a_long_picture_is_held_back_until_it_is_whole_where_the_terminal_can() {
        let drawn = |holds: bool, letters: &str| {
            let mut bytes = Vec::new();
            let mut screen = Aligned::new(&mut bytes);
            if holds {
                screen.hold_pictures();
            }
            let mut next = Buffer::empty(Rect::new(0, 0, 100, 40));
            for y in 0..40 {
                next.set_string(0, y, letters, Style::new());
            }
            screen.show(&difference(&Buffer::empty(next.area), &next)).unwrap();
            String::from_utf8(bytes).unwrap()
        };
        let long = "a row of letters as they come ".repeat(3);
        let held = drawn(true, &long);
        assert!(held.starts_with("\u{1b}[?2026h") && held.ends_with("\u{1b}[?2026l"), "{held:?}");
        assert!(!drawn(false, &long).contains("2026"));
        assert!(!drawn(true, "short").contains("2026"));
    }
}
