//! The text of the editor. The widget holds all of a short text; of a long one it holds the lines around
//! the cursor, because its work for a key grows with the lines it holds.

use std::mem;

use ratatui::style::{Modifier, Style};
use tui_textarea::{CursorMove, Scrolling, TextArea, WrapMode};
use unicode_segmentation::GraphemeCursor;

/// Up to this many lines the widget holds the whole text.
const WHOLE: usize = 1_000;
/// This many lines of a longer text are in the widget.
const PART: usize = 600;
/// So near the edge of the widget, it moves on. More than a screen is high.
const MARGIN: usize = 150;
/// As far into a line as the widget's own jump reaches.
const COLUMN_LIMIT: usize = u16::MAX as usize;

/// A place in the text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pos {
    /// The line, counted from 0.
    pub row: usize,
    /// The character in the line, counted from 0 in Unicode scalar values.
    pub col: usize,
}

impl Pos {
    /// The place after a text that begins here.
    #[must_use]
    pub fn after(self, text: &str) -> Self {
        match text.rsplit_once('\n') {
            None => Self { row: self.row, col: self.col + text.chars().count() },
            Some((above, last)) => {
                Self { row: self.row + 1 + above.matches('\n').count(), col: last.chars().count() }
            }
        }
    }
}

#[derive(Clone)]
pub(super) struct Window {
    above: Vec<String>,
    area: TextArea<'static>,
    below: Vec<String>,
    bytes: usize,
}

impl Default for Window {
    fn default() -> Self {
        Self::new("")
    }
}

impl Window {
    pub(super) fn new(text: &str) -> Self {
        let lines = text.split('\n').map(str::to_owned).collect();
        let mut window = Self {
            above: Vec::new(),
            area: TextArea::default(),
            below: Vec::new(),
            bytes: text.len(),
        };
        window.fill(lines, Pos::default());
        window
    }

    pub(super) fn area(&self) -> &TextArea<'static> {
        &self.area
    }

    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    pub(super) fn len(&self) -> usize {
        self.above.len() + self.area.lines().len() + self.below.len()
    }

    pub(super) fn text(&self) -> String {
        let mut text = String::with_capacity(self.bytes);
        for (row, line) in self.above.iter().chain(self.area.lines()).chain(&self.below).enumerate()
        {
            if row > 0 {
                text.push('\n');
            }
            text.push_str(line);
        }
        text
    }

    pub(super) fn cursor(&self) -> Pos {
        let cursor = self.area.cursor();
        Pos { row: self.above.len() + cursor.0, col: cursor.1 }
    }

    pub(super) fn end(&self) -> Pos {
        let row = self.len() - 1;
        Pos { row, col: self.line(row).chars().count() }
    }

    /// The character before the cursor; none at the start of a line.
    pub(super) fn before(&self) -> Option<char> {
        let at = self.cursor();
        at.col.checked_sub(1).and_then(|col| self.line(at.row).chars().nth(col))
    }

    /// The place one whole character before the cursor.
    pub(super) fn left(&self) -> Pos {
        let at = self.cursor();
        if at.col > 0 {
            return Pos { row: at.row, col: boundary(self.line(at.row), at.col - 1, Side::Before) };
        }
        match at.row.checked_sub(1) {
            Some(row) => Pos { row, col: self.line(row).chars().count() },
            None => at,
        }
    }

    /// The place one whole character after the cursor.
    pub(super) fn right(&self) -> Pos {
        let at = self.cursor();
        let line = self.line(at.row);
        if at.col < line.chars().count() {
            Pos { row: at.row, col: boundary(line, at.col + 1, Side::After) }
        } else if at.row + 1 < self.len() {
            Pos { row: at.row + 1, col: 0 }
        } else {
            at
        }
    }

    pub(super) fn go(&mut self, to: Pos) {
        let row = to.row.min(self.len() - 1);
        let inside = row.checked_sub(self.above.len()).filter(|row| *row < self.area.lines().len());
        match inside {
            Some(inside) => jump(&mut self.area, inside, to.col),
            None => self.refill(Pos { row, col: to.col }),
        }
        self.keep_margin();
    }

    /// Moves the cursor off the middle of a character.
    pub(super) fn settle(&mut self) {
        let at = self.cursor();
        let col = boundary(self.line(at.row), at.col, Side::After);
        if col != at.col {
            self.go(Pos { row: at.row, col });
        }
    }

    pub(super) fn step(&mut self, to: CursorMove) {
        self.area.move_cursor(to);
        self.keep_margin();
        self.settle();
    }

    pub(super) fn scroll(&mut self, by: Scrolling) {
        let before = self.cursor();
        self.area.scroll(by);
        if self.cursor() == before {
            let last = Pos { row: usize::MAX, col: usize::MAX };
            self.go(if matches!(by, Scrolling::PageUp) { Pos::default() } else { last });
        }
        self.keep_margin();
        self.settle();
    }

    pub(super) fn click(&mut self, row: u16, col: u16) {
        let (top, _) = self.area.scroll_offset();
        let at = self.area.screen_to_data(usize::from(top) + usize::from(row), usize::from(col));
        self.go(Pos { row: self.above.len() + at.0, col: at.1 });
        let at = self.cursor();
        let col = boundary(self.line(at.row), at.col, Side::Before);
        self.go(Pos { row: at.row, col });
    }

    /// The text between two places.
    pub(super) fn slice(&self, start: Pos, end: Pos) -> String {
        let mut text = String::new();
        for row in start.row..=end.row.min(self.len() - 1) {
            let line = self.line(row);
            let from = if row == start.row { byte(line, start.col) } else { 0 };
            let to = if row == end.row { byte(line, end.col) } else { line.len() };
            text.push_str(line.get(from..to).unwrap_or_default());
            if row < end.row {
                text.push('\n');
            }
        }
        text
    }

    /// Puts a text between two places, the cursor behind it; returns what stood there.
    pub(super) fn splice(&mut self, start: Pos, end: Pos, text: &str) -> String {
        let removed = if start == end { String::new() } else { self.slice(start, end) };
        let first = self.above.len();
        let inside = first..first + self.area.lines().len();
        if inside.contains(&start.row) && inside.contains(&end.row) {
            jump(&mut self.area, start.row - first, start.col);
            if !removed.is_empty() {
                self.area.delete_str(removed.chars().count());
            }
            self.area.insert_str(text);
        } else {
            let whole = self.text();
            let (from, to) = (offset(&whole, start), offset(&whole, end));
            let (head, tail) =
                (whole.get(..from).unwrap_or_default(), whole.get(to..).unwrap_or_default());
            let next = format!("{head}{text}{tail}");
            self.fill(next.split('\n').map(str::to_owned).collect(), start.after(text));
        }
        self.bytes = self.bytes - removed.len() + text.len();
        self.keep_margin();
        self.settle();
        removed
    }

    /// The next or previous place that reads like the query, whatever its case. Marks all of them.
    pub(super) fn find(&mut self, query: &str, forward: bool, from_here: bool) -> Option<Pos> {
        let pattern =
            if query.is_empty() { String::new() } else { format!("(?i){}", regex::escape(query)) };
        self.area.set_search_pattern(&pattern).ok()?;
        if query.is_empty() {
            return None;
        }
        let pattern = regex::Regex::new(&pattern).ok()?;
        let (here, rows) = (self.cursor(), self.len());
        let places = |row: usize| {
            let line = self.line(row % rows);
            let cols = pattern
                .find_iter(line)
                .map(|hit| line.get(..hit.start()).unwrap_or_default().chars().count());
            cols.map(move |col| Pos { row: row % rows, col }).collect::<Vec<_>>()
        };
        if forward {
            let comes = |at: &Pos| *at > here || (from_here && *at == here);
            let first = places(here.row).into_iter().find(comes);
            first.or_else(|| {
                (here.row + 1..=here.row + rows).find_map(|row| places(row).into_iter().next())
            })
        } else {
            let first = places(here.row).into_iter().rev().find(|at| *at < here);
            first.or_else(|| {
                (here.row..here.row + rows)
                    .rev()
                    .find_map(|row| places(row).into_iter().next_back())
            })
        }
    }

    fn line(&self, row: usize) -> &str {
        let held = self.area.lines();
        let found = match row.checked_sub(self.above.len()) {
            None => self.above.get(row),
            Some(inside) if inside < held.len() => held.get(inside),
            Some(inside) => self.below.get(inside - held.len()),
        };
        found.map_or("", String::as_str)
    }

    /// Moves the widget on when the cursor comes near its edge and there is more text.
    fn keep_margin(&mut self) {
        let (row, held) = (self.area.cursor().0, self.area.lines().len());
        let above = row < MARGIN && !self.above.is_empty();
        let below = row + MARGIN >= held && !self.below.is_empty();
        if above || below || held > WHOLE {
            self.refill(self.cursor());
        }
    }

    fn refill(&mut self, cursor: Pos) {
        let mut lines = mem::take(&mut self.above);
        lines.extend(mem::take(&mut self.area).into_lines());
        lines.append(&mut self.below);
        self.fill(lines, cursor);
    }

    fn fill(&mut self, mut lines: Vec<String>, cursor: Pos) {
        let start = if lines.len() > WHOLE {
            cursor.row.saturating_sub(PART / 2).min(lines.len() - PART)
        } else {
            0
        };
        let end = if lines.len() > WHOLE { start + PART } else { lines.len() };
        self.below = lines.split_off(end);
        let inside = lines.split_off(start);
        self.above = lines;
        let pattern = self.area.search_pattern().map(ToString::to_string);
        self.area = TextArea::new(inside);
        self.area.set_wrap_mode(WrapMode::WordOrGlyph);
        self.area.set_max_histories(0);
        self.area.set_cursor_line_style(Style::default());
        self.area.set_cursor_style(Style::default());
        self.area
            .set_search_style(Style::new().add_modifier(Modifier::BOLD | Modifier::UNDERLINED));
        if let Some(pattern) = pattern {
            let _found = self.area.set_search_pattern(pattern).is_ok();
        }
        jump(&mut self.area, cursor.row - start, cursor.col);
    }
}

/// Puts the widget's cursor at a line and character of its own, even behind what its jump can say.
fn jump(area: &mut TextArea<'static>, row: usize, col: usize) {
    let len = area.lines().get(row).map_or(0, |line| line.chars().count());
    let col = col.min(len);
    let near = u16::try_from(col.min(COLUMN_LIMIT)).unwrap_or(u16::MAX);
    area.move_cursor(CursorMove::Jump(u16::try_from(row).unwrap_or(u16::MAX), near));
    for _ in usize::from(near)..col {
        area.move_cursor(CursorMove::Forward);
    }
}

/// The byte at which a place of the text begins.
fn offset(text: &str, at: Pos) -> usize {
    let above: usize = text.split('\n').take(at.row).map(|line| line.len() + 1).sum();
    let line = text.split('\n').nth(at.row).unwrap_or_default();
    (above + byte(line, at.col)).min(text.len())
}

/// The byte at which a character of the line begins.
fn byte(line: &str, col: usize) -> usize {
    line.char_indices().nth(col).map_or(line.len(), |(at, _)| at)
}

#[derive(Clone, Copy)]
enum Side {
    Before,
    After,
}

/// The boundary between whole characters at, before or after a place in the line.
fn boundary(line: &str, col: usize, side: Side) -> usize {
    let at = byte(line, col);
    let mut cursor = GraphemeCursor::new(at, line.len(), true);
    if cursor.is_boundary(line, 0).unwrap_or(true) {
        return col.min(line.chars().count());
    }
    let found = match side {
        Side::Before => cursor.prev_boundary(line, 0),
        Side::After => cursor.next_boundary(line, 0),
    };
    let at = found.ok().flatten().unwrap_or(at);
    line.get(..at).unwrap_or_default().chars().count()
}
