//! A terminal's screen as an SVG picture: text in runs of one style, frames and blocks as shapes. It knows no program.

use std::fmt::Write;

use vt100::{Cell, Color, Screen};

/// The size of a cell, of the letters in it, and how far below its top they stand.
const CELL: (f32, f32) = (8.4, 18.0);
const LETTERS: f32 = 14.0;
const BASE: f32 = 13.4;
/// What lies around the cells.
const MARGIN: f32 = 10.0;
/// How thick frames are.
const THIN: f32 = 1.2;
const THICK: f32 = 2.4;
/// How far each of two lines is from the middle.
const APART: f32 = 1.5;

/// How a cell looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Look {
    front: [u8; 3],
    back: [u8; 3],
    bold: bool,
    dim: bool,
    underlined: bool,
}

/// Some cells of a row that are drawn together.
struct Run {
    from: u16,
    cells: u16,
    text: String,
    look: Look,
    kind: Kind,
}

/// What a cell holds, as far as it is drawn apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Ascii,
    /// Signs and letters of one cell, which a font may draw with another width.
    Other,
    /// Letters of two cells.
    Wide,
    /// A frame or a block, drawn as a shape.
    Shape,
}

/// The rows of the screen as text, without what is blank at their ends.
pub fn rows(screen: &Screen) -> Vec<String> {
    screen.rows(0, screen.size().1.get()).map(|row| row.trim_end().to_owned()).collect()
}

/// The picture of a screen that brings colours of its own.
pub fn draw(screen: &Screen, title: &str) -> String {
    let (height, width) = (screen.size().0.get(), screen.size().1.get());
    let ground = screen.cell(0, 0).map_or([0; 3], |cell| colour(cell.bgcolor()));
    let (w, h) = (f32::from(width) * CELL.0, f32::from(height) * CELL.1);
    let (w, h) = (w + 2.0 * MARGIN, h + 2.0 * MARGIN);
    let mut out = String::new();
    let all = [
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {w:.0} {h:.0}\" role=\"img\">"
        ),
        format!("<title>{}</title>", escape(title)),
        format!("<desc>{}</desc>", escape(&rows(screen).join("\n"))),
        format!("<rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{}\"/>", hex(ground)),
        format!(
            "<g xml:space=\"preserve\" transform=\"translate({MARGIN} {MARGIN})\" font-size=\"{LETTERS}\" \
             font-family=\"'DejaVu Sans Mono','Cascadia Mono',Menlo,Consolas,monospace\">"
        ),
    ];
    out += &(all.join("\n") + "\n");
    for row in 0..height {
        let runs = runs(screen, row);
        draw_backs(&runs, row, ground, &mut out);
        for run in &runs {
            draw_run(run, row, &mut out);
        }
    }
    out + "</g>\n</svg>\n"
}

/// The text of a picture, row by row.
#[cfg(test)]
pub fn text(picture: &str) -> &str {
    picture
        .split_once("<desc>")
        .and_then(|(_, rest)| rest.split_once("</desc>"))
        .map_or("", |it| it.0)
}

/// The cells of a row, taken together where they look the same.
fn runs(screen: &Screen, row: u16) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for column in 0..screen.size().1.get() {
        let Some(cell) = screen.cell(row, column).filter(|cell| !cell.is_wide_continuation())
        else {
            continue;
        };
        let text = if cell.has_contents() { cell.contents() } else { " " };
        let (look, kind) = (look(cell), kind(text, cell));
        let cells = if cell.is_wide() { 2 } else { 1 };
        match runs.last_mut() {
            // A blank between letters of any script belongs to them.
            Some(run)
                if run.look == look
                    && (run.kind == kind || text == " " && run.kind != Kind::Shape) =>
            {
                run.cells += cells;
                run.text += text;
            }
            _ => runs.push(Run { from: column, cells, text: text.into(), look, kind }),
        }
    }
    runs
}

fn kind(text: &str, cell: &Cell) -> Kind {
    match text.chars().next() {
        Some('─'..='▟') => Kind::Shape,
        Some(_) if cell.is_wide() => Kind::Wide,
        Some(c) if !c.is_ascii() => Kind::Other,
        _ => Kind::Ascii,
    }
}

fn look(cell: &Cell) -> Look {
    let (mut front, mut back) = (colour(cell.fgcolor()), colour(cell.bgcolor()));
    if cell.inverse() {
        std::mem::swap(&mut front, &mut back);
    }
    let shows = cell.has_contents() && cell.contents() != " ";
    // What nobody sees of a blank makes no run of its own.
    let front = if shows || cell.underline() { front } else { back };
    Look {
        front,
        back,
        bold: cell.bold() && shows,
        dim: cell.dim() && shows,
        underlined: cell.underline(),
    }
}

/// The colour of a terminal that shows every one; those of its own palette are not in the picture.
fn colour(colour: Color) -> [u8; 3] {
    match colour {
        Color::Rgb(red, green, blue) => [red, green, blue],
        Color::Default | Color::Idx(_) => panic!("a theme of the terminal's own colours"),
    }
}

fn hex([red, green, blue]: [u8; 3]) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// What lies behind the letters, where it is not the ground; one piece as far as it is of one colour.
fn draw_backs(runs: &[Run], row: u16, ground: [u8; 3], out: &mut String) {
    for same in runs.chunk_by(|a, b| a.look.back == b.look.back) {
        let Some(first) = same.first().filter(|run| run.look.back != ground) else { continue };
        let cells: u16 = same.iter().map(|run| run.cells).sum();
        let (x, y) = (f32::from(first.from) * CELL.0, f32::from(row) * CELL.1);
        let (w, h, back) = (f32::from(cells) * CELL.0, CELL.1, hex(first.look.back));
        writeln!(
            out,
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{w:.1}\" height=\"{h:.1}\" fill=\"{back}\"/>"
        )
        .unwrap();
    }
}

fn draw_run(run: &Run, row: u16, out: &mut String) {
    let (x, y) = (f32::from(run.from) * CELL.0, f32::from(row) * CELL.1);
    let wide = f32::from(run.cells) * CELL.0;
    if run.kind == Kind::Shape {
        draw_shapes(run, (x, y), out);
        return;
    }
    let front = hex(run.look.front);
    if run.look.underlined {
        let (y, h) = (y + CELL.1 - 2.5, THIN);
        let rect = format!(
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{wide:.1}\" height=\"{h}\" fill=\"{front}\"/>"
        );
        out.push_str(&(rect + "\n"));
    }
    let text = run.text.trim();
    if text.is_empty() {
        return;
    }
    // What is left out is blank, a byte and a cell each.
    let cells = usize::from(run.cells) - (run.text.len() - text.len());
    let before = run.text.len() - run.text.trim_start().len();
    #[expect(clippy::cast_precision_loss, reason = "a screen has few columns")]
    let (x, wide) = (x + before as f32 * CELL.0, cells as f32 * CELL.0);
    let bold = if run.look.bold { " font-weight=\"bold\"" } else { "" };
    let dim = if run.look.dim { " opacity=\".7\"" } else { "" };
    let fits =
        if text.chars().count() > 1 { format!(" textLength=\"{wide:.1}\"") } else { String::new() };
    writeln!(
        out,
        "<text x=\"{x:.1}\" y=\"{:.1}\" fill=\"{front}\"{bold}{dim}{fits}>{}</text>",
        y + BASE,
        escape(text)
    )
    .unwrap();
}

/// Lines as paths, blocks as rectangles.
fn draw_shapes(run: &Run, (x, y): (f32, f32), out: &mut String) {
    let [mut thin, mut thick, mut full] = [const { String::new() }; 3];
    for (c, at) in run.text.chars().zip(0_u8..) {
        let cell = Square { x: x + f32::from(at) * CELL.0, y };
        if ('▁'..='█').contains(&c) {
            cell.block(c, &mut full);
        } else if "━┃┏┓┗┛".contains(c) {
            cell.line(c, &mut thick);
        } else {
            cell.line(c, &mut thin);
        }
    }
    let front = hex(run.look.front);
    for (path, width) in [(thin, THIN), (thick, THICK)] {
        if !path.is_empty() {
            let stroke = format!("stroke=\"{front}\" stroke-width=\"{width}\"");
            writeln!(out, "<path d=\"{path}\" fill=\"none\" {stroke}/>").unwrap();
        }
    }
    if !full.is_empty() {
        writeln!(out, "<path d=\"{full}\" fill=\"{front}\"/>").unwrap();
    }
}

/// Where a cell is.
#[derive(Clone, Copy)]
struct Square {
    x: f32,
    y: f32,
}

impl Square {
    fn right(self) -> f32 {
        self.x + CELL.0
    }

    fn bottom(self) -> f32 {
        self.y + CELL.1
    }

    fn middle(self) -> (f32, f32) {
        (self.x + CELL.0 / 2.0, self.y + CELL.1 / 2.0)
    }

    /// A block that stands on the ground of the cell.
    fn block(self, c: char, path: &mut String) {
        let eighths = ('▁'..='█').zip(1_u8..).find(|(block, _)| *block == c).unwrap().1;
        let (left, right, bottom) = (self.x, self.right(), self.bottom());
        let top = bottom - CELL.1 * f32::from(eighths) / 8.0;
        write!(path, "M{left:.1} {top:.1}H{right:.1}V{bottom:.1}H{left:.1}z").unwrap();
    }

    /// A part of a frame.
    fn line(self, c: char, path: &mut String) {
        let (mx, my) = self.middle();
        match c {
            '─' | '━' => self.level(my, path),
            '═' => [my - APART, my + APART].into_iter().for_each(|y| self.level(y, path)),
            '│' | '┃' => self.upright(mx, path),
            '║' => [mx - APART, mx + APART].into_iter().for_each(|x| self.upright(x, path)),
            _ => self.corner(c, path),
        }
    }

    /// One line goes on for as long as it is the same.
    fn level(self, y: f32, path: &mut String) {
        let (left, right) = (self.x, self.right());
        match path.rfind('H').filter(|_| path.ends_with(&format!(" {y:.1}H{left:.1}"))) {
            Some(at) => {
                path.truncate(at);
                write!(path, "H{right:.1}").unwrap();
            }
            None => write!(path, "M{left:.1} {y:.1}H{right:.1}").unwrap(),
        }
    }

    fn upright(self, x: f32, path: &mut String) {
        write!(path, "M{x:.1} {:.1}V{:.1}", self.y, self.bottom()).unwrap();
    }

    /// A corner: from below or above to the middle, and on to a side.
    fn corner(self, c: char, path: &mut String) {
        let (mx, my) = self.middle();
        let corners =
            [("╭┏╔", 1.0, 1.0), ("╮┓╗", -1.0, 1.0), ("╰┗╚", 1.0, -1.0), ("╯┛╝", -1.0, -1.0)];
        let found = corners.into_iter().find(|(corner, ..)| corner.contains(c));
        let (_, across, down) = found.unwrap_or_else(|| panic!("{c} has no shape yet"));
        let end_x = if across > 0.0 { self.right() } else { self.x };
        let end_y = if down > 0.0 { self.bottom() } else { self.y };
        if "╭╮╰╯".contains(c) {
            let bend = my + down * CELL.0 / 2.0;
            write!(path, "M{mx:.1} {end_y:.1}V{bend:.1}Q{mx:.1} {my:.1} {end_x:.1} {my:.1}")
                .unwrap();
            return;
        }
        let lines: &[f32] = if "╔╗╚╝".contains(c) { &[-APART, APART] } else { &[0.0] };
        for by in lines {
            let (x, y) = (mx + by * across, my + by * down);
            write!(path, "M{x:.1} {end_y:.1}V{y:.1}H{end_x:.1}").unwrap();
        }
    }
}
