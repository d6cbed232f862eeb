//! Where commands print: sanitised for a terminal, JSON for programs, tables without colour for both.

use std::{
    fmt,
    io::{self, BufWriter, IsTerminal, Write},
};

use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::exit::{Exit, Failure, Outcome};
use crate::domain::plain;

/// Standard output.
pub struct Out {
    to: Box<dyn Write>,
    /// Columns of the terminal; none if it is a file or a pipe.
    columns: Option<usize>,
}

impl Out {
    /// Standard output of this process.
    #[must_use]
    pub fn standard() -> Self {
        let output = io::stdout();
        let columns = output.is_terminal().then(|| {
            let size = rustix::termios::tcgetwinsize(&output).map(|size| usize::from(size.ws_col));
            size.ok().filter(|columns| *columns > 0).unwrap_or(80)
        });
        Self { to: Box::new(BufWriter::new(output)), columns }
    }

    /// Whether a person reads along.
    #[must_use]
    pub fn is_terminal(&self) -> bool {
        self.columns.is_some()
    }

    /// Prints lines of text; no control character reaches a terminal.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn text(&mut self, text: &str) -> Outcome {
        for line in text.split('\n') {
            let line = if self.is_terminal() { plain::shown(line) } else { line.into() };
            writeln!(self.to, "{line}").map_err(|error| Failure::output(&error))?;
        }
        Ok(())
    }

    /// Prints bytes as they are: for files that a program reads.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn bytes(&mut self, bytes: &[u8]) -> Outcome {
        if self.is_terminal()
            && let Ok(text) = str::from_utf8(bytes)
        {
            return self.text(text.trim_end_matches('\n'));
        }
        self.to.write_all(bytes).map_err(|error| Failure::output(&error))
    }

    /// Prints a value as indented JSON.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn json(&mut self, value: &impl Serialize) -> Outcome {
        let text = serde_json::to_string_pretty(value)
            .map_err(|_| Failure::new(Exit::Failed, "This cannot be written as JSON."))?;
        let text = if self.is_terminal() { escaped(&text) } else { text };
        writeln!(self.to, "{text}").map_err(|error| Failure::output(&error))
    }

    /// Prints a table; on a terminal its last columns give way so that rows stay on one line.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn table(&mut self, table: &Table) -> Outcome {
        let text = table.render(self.columns);
        write!(self.to, "{text}").map_err(|error| Failure::output(&error))
    }

    /// Hands everything over.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn finish(&mut self) -> Outcome {
        self.to.flush().map_err(|error| Failure::output(&error))
    }
}

impl fmt::Debug for Out {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Out").field("columns", &self.columns).finish_non_exhaustive()
    }
}

/// What JSON allows in a string and a terminal does not take kindly, as `\u` escapes.
fn escaped(json: &str) -> String {
    let unsafe_here = |c: char| c != '\n' && plain::is_unsafe(c);
    json.chars().fold(String::with_capacity(json.len()), |text, c| {
        if unsafe_here(c) {
            text + &format!("\\u{:04x}", u32::from(c))
        } else {
            text + c.encode_utf8(&mut [0; 4])
        }
    })
}

/// Rows of cells under a heading.
#[derive(Clone, Default)]
pub struct Table {
    heading: Vec<&'static str>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table without rows.
    #[must_use]
    pub fn new(heading: &[&'static str]) -> Self {
        Self { heading: heading.to_vec(), rows: Vec::new() }
    }

    /// Adds a row, one cell under each heading.
    pub fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        let cells = cells
            .into_iter()
            .map(|cell| plain::shown(&cell.replace(['\r', '\n'], " ")).into_owned());
        self.rows.push(cells.collect());
    }

    /// Whether there is nothing to show.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The table as text, rows cut to so many columns if given.
    #[must_use]
    pub fn render(&self, columns: Option<usize>) -> String {
        let heading: Vec<String> = self.heading.iter().map(|&cell| cell.to_owned()).collect();
        let rows = || std::iter::once(&heading).chain(&self.rows);
        let widths: Vec<usize> = (0..self.heading.len())
            .map(|place| {
                rows().filter_map(|row| row.get(place)).map(|cell| cell.width()).max().unwrap_or(0)
            })
            .collect();
        let widths = columns.map_or_else(|| widths.clone(), |columns| shared(&widths, columns));
        let mut text = String::new();
        for row in rows() {
            let cells = row.iter().zip(&widths).map(|(cell, &width)| padded(cell, width));
            text.push_str(cells.collect::<Vec<_>>().join("  ").trim_end());
            text.push('\n');
        }
        text
    }
}

impl fmt::Debug for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Table").field("rows", &self.rows.len()).finish_non_exhaustive()
    }
}

/// No column is cut below this.
const NARROWEST: usize = 10;

/// Takes columns from the widest until all fit.
fn shared(widths: &[usize], columns: usize) -> Vec<usize> {
    let mut widths = widths.to_vec();
    let gaps = 2 * widths.len().saturating_sub(1);
    while widths.iter().sum::<usize>() + gaps > columns {
        match widths.iter_mut().max() {
            Some(widest) if *widest > NARROWEST => *widest -= 1,
            _ => break,
        }
    }
    widths
}

/// The cell, cut or filled to so many columns.
fn padded(cell: &str, width: usize) -> String {
    let mut text = cell.to_owned();
    if text.width() > width {
        while text.width() >= width.max(1) && text.pop().is_some() {}
        text.push('…');
    }
    let missing = width.saturating_sub(text.width());
    text.extend(std::iter::repeat_n(' ', missing));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        let mut table = Table::new(&["Number", "Name", "Programme"]);
        table.row(["0042".into(), "陈伟 Chen Wei".into(), "BSc Computer Science".into()]);
        table.row(["7".into(), "Zoë\u{1b}[31m".into(), "LLB".into()]);
        table
    }

    #[test]
    fn wide_names_are_aligned_and_control_characters_shown_as_dots() {
        assert_eq!(
            table().render(None),
            "Number  Name           Programme\n\
             0042    陈伟 Chen Wei  BSc Computer Science\n\
             7       Zoë·[31m       LLB\n"
        );
    }

    #[test]
    fn the_widest_column_gives_way_first() {
        let text = table().render(Some(36));
        assert!(text.lines().all(|line| line.width() <= 36), "{text}");
        assert!(text.contains("BSc Computer…"), "{text}");
    }

    #[test]
    fn json_on_a_terminal_has_no_control_character() {
        assert_eq!(escaped("\"a\u{9b}\u{7f}b\"\n"), "\"a\\u009b\\u007fb\"\n");
    }
}
