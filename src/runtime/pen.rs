//! Writes cells to a terminal in few bytes: one sequence for all that changes of a style, the sixteen colours by their
//! short names, steps instead of places, and blanks erased instead of written. ECMA-48 has every sequence (SGR, CUF,
//! CUP, ECH); nothing else is asked of a terminal.
//!
//! Over SSH the bytes of a picture are what one waits for: a move in a list takes about half of what the general
//! backend writes for it.

use std::io::Write;

use ratatui::{
    buffer::Cell,
    style::{Color, Modifier},
};
use unicode_width::UnicodeWidthStr;

/// From this many blanks on they are erased: the sequence that does it is shorter.
const ERASED: u16 = 9;

/// Modifiers with the parameters that switch them on and off.
const MODIFIERS: [(Modifier, u8, u8); 9] = [
    (Modifier::BOLD, 1, 22),
    (Modifier::DIM, 2, 22),
    (Modifier::ITALIC, 3, 23),
    (Modifier::UNDERLINED, 4, 24),
    (Modifier::SLOW_BLINK, 5, 25),
    (Modifier::RAPID_BLINK, 6, 25),
    (Modifier::REVERSED, 7, 27),
    (Modifier::HIDDEN, 8, 28),
    (Modifier::CROSSED_OUT, 9, 29),
];

/// How a cell looks, but for its letter.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Look {
    fg: Color,
    bg: Color,
    modifier: Modifier,
}

impl Look {
    const fn of(cell: &Cell) -> Self {
        Self { fg: cell.fg, bg: cell.bg, modifier: cell.modifier }
    }

    /// Whether a blank of this look is nothing but ground that the terminal itself fills.
    const fn is_plain_ground(self) -> bool {
        matches!(self.bg, Color::Reset)
            && !self.modifier.intersects(
                Modifier::REVERSED.union(Modifier::UNDERLINED).union(Modifier::CROSSED_OUT),
            )
    }
}

/// The bytes of a picture, and where the terminal is after them.
#[derive(Debug, Default)]
pub struct Pen {
    bytes: Vec<u8>,
    /// Where the cursor stands, if that is known.
    at: Option<(u16, u16)>,
    /// Something stands on the row whose width a terminal may know better: the next gap is no step, but a place.
    drifts: bool,
    look: Look,
    /// Blanks that are not written yet: where they begin, and how many.
    blanks: Option<(u16, u16, u16)>,
}

impl Pen {
    /// Writes a cell whose letter is as wide as its columns on every terminal.
    pub fn put(&mut self, x: u16, y: u16, cell: &Cell) {
        let look = Look::of(cell);
        if cell.symbol() == " " && look.is_plain_ground() {
            return self.blank(x, y, look);
        }
        self.flush();
        self.go(x, y);
        self.dress(look);
        self.bytes.extend_from_slice(cell.symbol().as_bytes());
        let is_wide = width(cell) != 1;
        // What stands behind a wide letter is placed anew.
        self.at = (!is_wide).then_some((x.saturating_add(1), y));
        self.drifts |= !is_wide && !is_sure(cell.symbol());
    }

    /// Writes letters that stand there already, between what was written and what comes next, where that takes fewer
    /// bytes than a step over them.
    pub fn bridge(&mut self, x: u16, y: u16, between: &[Cell]) {
        let step = match between.len() {
            1 => 3,
            2 | 3 => 4,
            _ => return,
        };
        let is_here = match self.blanks {
            Some((from, row, many)) => row == y && from.saturating_add(many) == x,
            None => self.at == Some((x, y)),
        };
        let is_here = is_here && !self.drifts;
        let (mut free, mut bytes) = (self.blanks.is_some(), 0);
        for cell in between {
            let look = Look::of(cell);
            let is_blank = cell.symbol() == " " && look.is_plain_ground();
            if !(look == self.look || is_blank && self.look.is_plain_ground()) {
                return;
            }
            // Blanks behind blanks cost no more while they are erased.
            free &= is_blank;
            bytes += if free { 0 } else { cell.symbol().len() };
        }
        if is_here && bytes < step {
            for (cell, x) in between.iter().zip(x..) {
                self.put(x, y, cell);
            }
        }
    }

    /// Writes a cell whose letter may be of any width: into cleared columns, and the next one is placed anew.
    pub fn put_doubtful(&mut self, x: u16, y: u16, cell: &Cell) {
        self.flush();
        self.go(x, y);
        self.dress(Look::of(cell));
        self.bytes.extend(std::iter::repeat_n(b' ', width(cell).into()));
        self.at = None;
        self.go(x, y);
        self.bytes.extend_from_slice(cell.symbol().as_bytes());
        self.at = None;
    }

    /// All bytes, with the terminal's own look at their end; the pen is as new.
    pub fn take(&mut self) -> Vec<u8> {
        self.flush();
        self.dress(Look::default());
        std::mem::take(self).bytes
    }

    fn blank(&mut self, x: u16, y: u16, look: Look) {
        match &mut self.blanks {
            Some((from, row, many)) if *row == y && from.saturating_add(*many) == x => *many += 1,
            _ => {
                self.flush();
                self.blanks = Some((x, y, 1));
            }
        }
        // The colour of a letter that is not there is nothing: the look stays where it can.
        if !self.look.is_plain_ground() {
            self.dress(Look { fg: self.look.fg, ..look });
        }
    }

    /// Writes the blanks that wait.
    fn flush(&mut self) {
        let Some((x, y, many)) = self.blanks.take() else { return };
        self.go(x, y);
        if many < ERASED {
            self.bytes.extend(std::iter::repeat_n(b' ', many.into()));
            self.at = Some((x.saturating_add(many), y));
        } else {
            // The cursor stays where it is.
            self.code(many, b'X');
        }
    }

    /// Moves the cursor there.
    fn go(&mut self, x: u16, y: u16) {
        match self.at {
            Some(at) if at == (x, y) => return,
            Some((from, row)) if row == y && from < x && !self.drifts => self.code(x - from, b'C'),
            _ => {
                self.drifts = false;
                if x == 0 {
                    self.code(y + 1, b'H');
                } else {
                    write!(self.bytes, "\x1b[{};{}H", y + 1, x + 1).unwrap_or_default();
                }
            }
        }
        self.at = Some((x, y));
    }

    /// A sequence of one number, which is left out where it is one.
    fn code(&mut self, number: u16, end: u8) {
        self.bytes.extend_from_slice(b"\x1b[");
        if number > 1 {
            write!(self.bytes, "{number}").unwrap_or_default();
        }
        self.bytes.push(end);
    }

    /// Changes the look, from where it is or from nothing, whichever is shorter.
    fn dress(&mut self, look: Look) {
        if look == self.look {
            return;
        }
        let steps = steps(self.look, look);
        let anew = steps_anew(look);
        let shorter = if anew.len() < steps.len() { anew } else { steps };
        self.bytes.extend_from_slice(b"\x1b[");
        self.bytes.extend_from_slice(&shorter);
        self.bytes.push(b'm');
        self.look = look;
    }
}

/// Whether every terminal knows the letter to be of one column: ASCII, Latin, and what frames and bars are made of.
fn is_sure(symbol: &str) -> bool {
    let sure = |c: char| matches!(u32::from(c), 0..0x250 | 0x2500..=0x259f);
    symbol.chars().all(sure)
}

/// Columns of a cell.
fn width(cell: &Cell) -> u16 {
    u16::try_from(cell.symbol().width()).unwrap_or(1).max(1)
}

/// What leads from one look to another.
fn steps(from: Look, to: Look) -> Vec<u8> {
    let mut out = Vec::new();
    let gone = from.modifier - to.modifier;
    let mut kept = from.modifier & to.modifier;
    let mut last = 0;
    for (modifier, _, off) in MODIFIERS {
        if gone.contains(modifier) && off != last {
            parameter(&mut out, &off.to_string());
            last = off;
        }
    }
    // The same switches bold and faint off.
    let both = Modifier::BOLD | Modifier::DIM;
    if gone.intersects(both) {
        kept -= both;
    }
    for (modifier, on, _) in MODIFIERS {
        if (to.modifier - kept).contains(modifier) {
            parameter(&mut out, &on.to_string());
        }
    }
    if from.fg != to.fg {
        colour(&mut out, to.fg, 30);
    }
    if from.bg != to.bg {
        colour(&mut out, to.bg, 40);
    }
    out
}

/// What leads to a look from any other; nothing at all means the terminal's own.
fn steps_anew(to: Look) -> Vec<u8> {
    let steps = steps(Look::default(), to);
    if steps.is_empty() { steps } else { [b"0;".as_slice(), &steps].concat() }
}

fn parameter(out: &mut Vec<u8>, text: &str) {
    if !out.is_empty() {
        out.push(b';');
    }
    out.extend_from_slice(text.as_bytes());
}

/// The parameters of a colour; `ground` is 30 for letters and 40 for what lies under them.
fn colour(out: &mut Vec<u8>, colour: Color, ground: u8) {
    let text = match colour {
        Color::Reset => (ground + 9).to_string(),
        Color::Rgb(r, g, b) => format!("{};2;{r};{g};{b}", ground + 8),
        Color::Indexed(number @ 16..) => format!("{};5;{number}", ground + 8),
        Color::Indexed(number @ 8..) => (ground + 52 + number).to_string(),
        Color::Indexed(number) => (ground + number).to_string(),
        Color::Black => ground.to_string(),
        Color::Red => (ground + 1).to_string(),
        Color::Green => (ground + 2).to_string(),
        Color::Yellow => (ground + 3).to_string(),
        Color::Blue => (ground + 4).to_string(),
        Color::Magenta => (ground + 5).to_string(),
        Color::Cyan => (ground + 6).to_string(),
        Color::Gray => (ground + 7).to_string(),
        Color::DarkGray => (ground + 60).to_string(),
        Color::LightRed => (ground + 61).to_string(),
        Color::LightGreen => (ground + 62).to_string(),
        Color::LightYellow => (ground + 63).to_string(),
        Color::LightBlue => (ground + 64).to_string(),
        Color::LightMagenta => (ground + 65).to_string(),
        Color::LightCyan => (ground + 66).to_string(),
        Color::White => (ground + 67).to_string(),
    };
    parameter(out, &text);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::{
        backend::{Backend, CrosstermBackend},
        buffer::Buffer,
        layout::Rect,
        style::Style,
    };

    use super::*;
    use crate::runtime::difference::difference;

    const AREA: Rect = Rect::new(0, 0, 40, 6);

    fn screen() -> vt100::Parser {
        vt100::Parser::new(AREA.height.try_into().unwrap(), AREA.width.try_into().unwrap(), 0)
    }

    fn bytes(from: &Buffer, to: &Buffer) -> Vec<u8> {
        difference(from, to)
    }

    fn general(from: &Buffer, to: &Buffer) -> Vec<u8> {
        let mut bytes = Vec::new();
        CrosstermBackend::new(&mut bytes).draw(from.diff(to).into_iter()).unwrap();
        bytes
    }

    fn style() -> impl Strategy<Value = Style> {
        let colours = prop::sample::select(vec![
            Color::Reset,
            Color::Red,
            Color::DarkGray,
            Color::White,
            Color::Indexed(3),
            Color::Indexed(12),
            Color::Indexed(200),
            Color::Rgb(1, 22, 233),
        ]);
        // What the terminal of the tests knows.
        let modifiers = prop::sample::subsequence(
            vec![
                Modifier::BOLD,
                Modifier::DIM,
                Modifier::ITALIC,
                Modifier::UNDERLINED,
                Modifier::REVERSED,
            ],
            0..3,
        );
        (colours.clone(), colours, modifiers).prop_map(|(fg, bg, modifiers)| {
            let all = modifiers.into_iter().fold(Modifier::empty(), |all, one| all | one);
            Style::new().fg(fg).bg(bg).add_modifier(all)
        })
    }

    fn picture() -> impl Strategy<Value = Buffer> {
        let word =
            prop::sample::select(vec!["Aisha", "田辺さくら", " ", "              ", "é—…", "│"]);
        prop::collection::vec((0..AREA.width, 0..AREA.height, word, style()), 0..25).prop_map(
            |all| {
                let mut picture = Buffer::empty(AREA);
                for (x, y, text, style) in all {
                    picture.set_stringn(x, y, text, (AREA.width - x).into(), style);
                }
                picture
            },
        )
    }

    proptest! {
        #[test]
        fn the_terminal_shows_what_the_general_backend_shows_on_an_empty_screen(
            pictures in prop::collection::vec(picture(), 1..5),
        ) {
            let mut ours = screen();
            let mut last = Buffer::empty(AREA);
            for picture in pictures {
                ours.process(&bytes(&last, &picture));
                // The general difference leaves colours where half a wide letter was written over.
                let mut theirs = screen();
                theirs.process(&general(&Buffer::empty(AREA), &picture));
                last = picture;
                for y in 0..AREA.height {
                    for x in 0..AREA.width {
                        let (one, other) = (ours.screen().cell(y, x), theirs.screen().cell(y, x));
                        let blank = |cell: &vt100::Cell| cell.contents().trim().is_empty();
                        let (one, other) = (one.unwrap(), other.unwrap());
                        prop_assert_eq!(one.contents().trim(), other.contents().trim());
                        prop_assert_eq!(one.bgcolor(), other.bgcolor());
                        prop_assert_eq!(one.inverse(), other.inverse());
                        prop_assert_eq!(one.underline(), other.underline());
                        if !blank(one) {
                            prop_assert_eq!(one.fgcolor(), other.fgcolor());
                            // The terminal of the tests is either bold or faint.
                            let strength = |cell: &vt100::Cell| cell.bold() || cell.dim();
                            prop_assert_eq!(strength(one), strength(other));
                            prop_assert_eq!(one.italic(), other.italic());
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn a_bar_that_moves_one_row_down_takes_few_bytes() {
        let list = |selected: u16| {
            let mut picture = Buffer::empty(AREA);
            for y in 0..AREA.height {
                let bar = if y == selected { Modifier::REVERSED } else { Modifier::empty() };
                let style = Style::new().add_modifier(bar);
                picture.set_string(0, y, format!("{:<40}", "  Aisha Rahman  L4"), style);
            }
            picture
        };
        let (from, to) = (list(2), list(3));
        let (ours, theirs) = (bytes(&from, &to).len(), general(&from, &to).len());
        assert!(ours < theirs && ours < 90, "{ours} of {theirs}");
    }

    #[test]
    fn blanks_are_erased_and_the_look_of_letters_does_not_matter_to_them() {
        let mut full = Buffer::empty(AREA);
        full.set_string(0, 1, "x".repeat(40), Style::new().fg(Color::Red));
        let erased = bytes(&full, &Buffer::empty(AREA));
        assert_eq!(String::from_utf8(erased).unwrap(), "\u{1b}[2H\u{1b}[40X");
    }

    #[test]
    fn what_stands_between_two_changes_is_written_again_where_a_step_is_longer() {
        let row = |text: &str| {
            let mut picture = Buffer::empty(AREA);
            picture.set_string(0, 1, text, Style::new());
            picture
        };
        let written = |from, to| String::from_utf8(bytes(&row(from), &row(to))).unwrap();
        assert_eq!(written("aa bb  cc    dd", "xx yy  zz    ww"), "\u{1b}[2Hxx yy  zz\u{1b}[4Cww");
        assert_eq!(written("one two three four five", ""), "\u{1b}[2H\u{1b}[23X");
    }

    #[test]
    fn behind_a_letter_of_doubtful_width_the_cursor_is_placed_and_does_not_step() {
        let written = |sign: &str| {
            let mut picture = Buffer::empty(AREA);
            picture.set_string(0, 1, sign, Style::new());
            picture.set_string(20, 1, "L4", Style::new());
            String::from_utf8(bytes(&Buffer::empty(AREA), &picture)).unwrap()
        };
        let over = |old: &str, new: &str| {
            let picture = |text: &str| {
                let mut picture = Buffer::empty(AREA);
                picture.set_string(0, 1, text, Style::new());
                picture
            };
            String::from_utf8(bytes(&picture(old), &picture(new))).unwrap()
        };
        // The a that stands there already is no bridge.
        assert_eq!(over("xyac", "→ ab"), "\u{1b}[2H→ \u{1b}[2;4Hb");
        assert_eq!(written("e│é"), "\u{1b}[2He│é\u{1b}[17CL4");
        for sign in ["●", "⚡", "田"] {
            assert_eq!(written(sign), format!("\u{1b}[2H{sign}\u{1b}[2;21HL4"), "{sign}");
        }
        let mut picture = Buffer::empty(AREA);
        picture.set_string(0, 1, "田a", Style::new());
        let next = String::from_utf8(bytes(&Buffer::empty(AREA), &picture)).unwrap();
        assert_eq!(next, "\u{1b}[2H田\u{1b}[2;3Ha", "also right behind a wide one");
    }
}
