//! Plots as lines of text: a bar a week with the group behind it in another sign, then the number it ends in.
//!
//! Nothing is told by colour: bars are the student's, the line behind them is the group's. A week that is known and
//! empty has a stroke at its foot; one that nobody knows has nothing.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Sparkline, Widget};

use super::text::{columns, fit, fit_left, wrap};
use crate::domain::freshness::Age;
use crate::domain::plot::{Fate, ModulePlots, PieceOfWork, Plots, Series};
use crate::domain::signal::Mark;
use crate::domain::time::show_day;
use crate::ui::theme::{Lines, Theme};

/// How many columns the names of the plots take, with a gap behind; and where there are few columns.
const NAME: (usize, usize) = (11, 5);
/// From this many columns on there is room for whole names.
const WITH_NAMES: usize = 26;
/// The words of a dashboard's bands.
const BANDS: [&str; 6] = ["none", "very low", "low", "fair", "high", "very high"];

/// How much room the bars are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Height {
    /// One line each: the group is told only where the student did nothing.
    One,
    /// Two lines each.
    Two,
}

/// A unit of the numbers at the end.
#[derive(Debug, Clone, Copy)]
enum Unit {
    Days,
    Percent,
    Points,
    Band,
}

impl Unit {
    /// The value that fills the height.
    fn top(self, series: &Series) -> u16 {
        let most = series.own.iter().chain(&series.behind).flatten().copied().max();
        match self {
            Self::Days => 7,
            Self::Percent => 100,
            Self::Points => most.unwrap_or(0).max(9),
            Self::Band => 5,
        }
    }

    fn own(self, value: u16) -> String {
        match self {
            Self::Days => format!("{value}/w"),
            Self::Percent => format!("{value} %"),
            Self::Points => format!("{value}"),
            Self::Band => BANDS.get(usize::from(value)).copied().unwrap_or_default().into(),
        }
    }

    fn behind(self, value: u16) -> String {
        match self {
            Self::Points => format!("line {value}"),
            Self::Days | Self::Percent | Self::Band => format!("group {}", self.own(value)),
        }
    }

    /// The numbers at the end of each line.
    fn ends(self, series: &Series, height: Height) -> Vec<String> {
        let last = series.last();
        let own = last.map(|(own, _)| self.own(own)).unwrap_or_default();
        let behind = last.and_then(|(_, behind)| behind).map(|it| self.behind(it));
        if height == Height::Two { vec![own, behind.unwrap_or_default()] } else { vec![own] }
    }

    fn columns(self, series: &Series, height: Height) -> usize {
        self.ends(series, height).iter().map(|end| columns(end)).max().unwrap_or(0)
    }
}

/// The student over all modules.
#[must_use]
pub fn overview(plots: &Plots, height: Height, theme: &Theme, width: usize) -> Vec<Line<'static>> {
    let all = [
        ("attendance", &plots.attendance, Unit::Percent),
        ("online", &plots.online, Unit::Days),
        ("points", &plots.points, Unit::Points),
        ("rating", &plots.ratings, Unit::Band),
    ];
    let shown = || all.iter().filter(|(_, series, _)| !series.is_empty());
    let numbers = shown().map(|(_, series, unit)| unit.columns(series, height)).max().unwrap_or(0);
    let look = Look { height, theme, width, numbers };
    let mut lines: Vec<Line<'static>> =
        shown().flat_map(|(name, series, unit)| plot(name, series, *unit, look)).collect();
    if !plots.work.is_empty() {
        lines.push(work(&plots.work, theme, width));
        lines.push(marks(plots, theme, width));
    }
    lines
}

/// What each source that is getting old knows, in words.
#[must_use]
pub fn ages(plots: &Plots, theme: &Theme, width: usize) -> Vec<Line<'static>> {
    let old = plots.known.iter().filter(|(_, known)| known.age != Age::Fresh);
    old.flat_map(|(module, known)| {
        let (age, words) = (known.age.words(), known.told(plots.today));
        // What is about the programme as a whole names no module.
        let of = if module.is_empty() { String::new() } else { format!("{module} ") };
        let told = format!("{} {of}{words}: {age}", known.age.sign());
        let style = if known.age == Age::Red { theme.bad() } else { theme.warn() };
        wrap(&told, width).into_iter().map(move |line| Line::styled(line, style))
    })
    .collect()
}

/// Module by module: the days online, and each piece of work.
#[must_use]
pub fn modules(plots: &Plots, theme: &Theme, width: usize) -> Vec<Line<'static>> {
    let today = plots.today;
    let of = |module: &ModulePlots| {
        let title = format!("{} {}", module.name, module.title);
        let mut lines = vec![
            Line::default(),
            Line::styled(fit(title.trim(), width).into_owned(), theme.heading()),
        ];
        if !module.online.is_empty() {
            let height = Height::One;
            let numbers = Unit::Days.columns(&module.online, height);
            let look = Look { height, theme, width, numbers };
            lines.extend(plot("online", &module.online, Unit::Days, look));
        }
        lines.extend(module.work.iter().map(|piece| {
            let due = piece.due.map(|due| format!("due {}", show_day(due, today)));
            let mark = piece.mark.map(|mark| format!("{} ", mark.as_hundredths() / 100));
            let right = format!("{}{}", mark.unwrap_or_default(), piece.words(today));
            let left = format!(
                "{} {}{}",
                sign(piece.fate, theme),
                piece.name,
                due.map_or_else(String::new, |due| format!(", {due}"))
            );
            let room = width.saturating_sub(columns(&right) + 1);
            Line::from(vec![
                Span::raw(fit_left(&left, room)),
                Span::raw(" "),
                Span::styled(fit(&right, width).into_owned(), style(piece.fate, theme)),
            ])
        }));
        lines
    };
    plots.modules.iter().flat_map(of).collect()
}

/// How plots are drawn, so that the weeks of all stand below each other.
#[derive(Clone, Copy)]
struct Look<'a> {
    height: Height,
    theme: &'a Theme,
    width: usize,
    /// The columns of the longest number.
    numbers: usize,
}

/// One plot: its name, the last weeks that fit, and the number it ends in; below it that of the group.
fn plot(name: &str, series: &Series, unit: Unit, look: Look<'_>) -> Vec<Line<'static>> {
    let (theme, width, gap) = (look.theme, look.width, gap(look.width));
    let top = unit.top(series);
    let mut rows = match theme.lines {
        Lines::Ascii => digits(series, top),
        Lines::Drawn => bars(series, top, look.height),
    };
    let ends = unit.ends(series, look.height);
    rows.truncate(ends.len());
    let room = width.saturating_sub(gap + look.numbers + 1);
    let names = [name, ""];
    let rows = rows.into_iter().zip(names).zip(ends);
    rows.map(|((cells, name), end)| {
        let from = cells.len().saturating_sub(room);
        let mut spans = vec![head(name, gap)];
        spans.extend(cells.into_iter().skip(from).map(|cell| match cell {
            Cell::Own(sign) => Span::raw(sign),
            Cell::Behind(sign) => Span::styled(sign, theme.dim()),
        }));
        spans.push(Span::raw(format!(" {}", fit(&end, width.saturating_sub(gap + 1)))));
        Line::from(spans)
    })
    .collect()
}

/// How many columns stand before the bars.
fn gap(width: usize) -> usize {
    if width < WITH_NAMES { NAME.1 } else { NAME.0 }
}

/// The name of a plot, cut to the columns before the bars.
fn head(name: &str, gap: usize) -> Span<'static> {
    Span::raw(fit_left(&fit(name, gap.saturating_sub(1)), gap))
}

/// A cell of a plot.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Cell {
    Own(String),
    Behind(String),
}

/// Bars, the highest line first, with a line where the group is and the bar is not.
fn bars(series: &Series, top: u16, height: Height) -> Vec<Vec<Cell>> {
    let rows: u16 = if height == Height::Two { 2 } else { 1 };
    let area = Rect::new(0, 0, u16::try_from(series.own.len()).unwrap_or(u16::MAX), rows);
    let mut buffer = Buffer::empty(area);
    let bars = series.own.iter().map(|value| value.map(u64::from));
    let sparkline = Sparkline::default().data(bars).max(top.into()).absent_value_symbol(" ");
    sparkline.render(area, &mut buffer);
    let behind = |week: u16| {
        let value = series.behind.get(usize::from(week)).copied().flatten().filter(|it| *it > 0)?;
        let eighths = (u32::from(value) * 8 * u32::from(rows)).div_ceil(top.max(1).into());
        u16::try_from(eighths.saturating_sub(1) / 8).ok().map(|row| row.min(rows - 1))
    };
    let cell = |row: u16, week: u16| {
        let drawn = buffer.cell((week, row)).map_or(" ", |cell| cell.symbol());
        let known = series.own.get(usize::from(week)).copied().flatten().is_some();
        match drawn {
            " " if behind(week) == Some(rows - 1 - row) => Cell::Behind("─".into()),
            " " if known && row + 1 == rows => Cell::Own("_".into()),
            drawn => Cell::Own(drawn.into()),
        }
    };
    (0..rows).map(|row| (0..area.width).map(|week| cell(row, week)).collect()).collect()
}

/// The same for a terminal without bars: a digit a week, and those of the group below.
fn digits(series: &Series, top: u16) -> Vec<Vec<Cell>> {
    let digit = |value: &Option<u16>| match value {
        None => " ".to_owned(),
        Some(value) if top <= 9 => value.min(&9).to_string(),
        Some(value) => (u32::from(*value) * 9).div_ceil(top.into()).min(9).to_string(),
    };
    let own = series.own.iter().map(|value| Cell::Own(digit(value))).collect();
    vec![own, series.behind.iter().map(|value| Cell::Behind(digit(value))).collect()]
}

/// Each piece of work that is due by a sign, and what is missing in words.
fn work(pieces: &[PieceOfWork], theme: &Theme, width: usize) -> Line<'static> {
    let due = || pieces.iter().filter(|piece| piece.fate != Fate::Open);
    let count = |fate| due().filter(|piece| piece.fate == fate).count();
    let (all, missing, late) = (due().count(), count(Fate::Missing), count(Fate::Late));
    let said = match (missing, late) {
        (0, 0) if all == 0 => "nothing due yet".to_owned(),
        (0, 0) => format!("{all} of {all}"),
        (0, late) => format!("{late} late"),
        (missing, 0) => format!("{missing} missing"),
        (missing, late) => format!("{missing} missing, {late} late"),
    };
    let gap = gap(width);
    let room = width.saturating_sub(gap + columns(&said) + 1);
    let mut spans = vec![head("work", gap)];
    let from = all.saturating_sub(room);
    spans.extend(
        due().skip(from).map(|it| Span::styled(sign(it.fate, theme), style(it.fate, theme))),
    );
    let space = if all == 0 { "" } else { " " };
    spans.push(Span::raw(format!("{space}{}", fit(&said, width.saturating_sub(gap)))));
    Line::from(spans)
}

/// The marks that are back, the newest last, and their mean.
fn marks(plots: &Plots, theme: &Theme, width: usize) -> Line<'static> {
    let none = if theme.lines == Lines::Ascii { "-" } else { "–" };
    let due = plots.work.iter().filter(|piece| piece.fate != Fate::Open);
    let percent = |mark: Mark| (mark.as_hundredths() / 100).to_string();
    let all: Vec<String> = due.map(|piece| piece.mark.map_or(none.into(), percent)).collect();
    let mean =
        plots.mean().map_or_else(|| "none back".into(), |mean| format!("mean {}", percent(mean)));
    let gap = gap(width);
    let mut room = width.saturating_sub(gap + columns(&mean) + 1);
    let fits = all.iter().rev().take_while(|mark| {
        let cells = columns(mark) + 1;
        let fits = cells <= room + 1;
        room = room.saturating_sub(cells);
        fits
    });
    let shown: Vec<&str> = fits.map(String::as_str).collect::<Vec<_>>().into_iter().rev().collect();
    let space = if shown.is_empty() { "" } else { " " };
    let shown = shown.join(" ");
    Line::from(vec![
        head("marks", gap),
        Span::raw(shown),
        Span::raw(format!("{space}{}", fit(&mean, width.saturating_sub(gap)))),
    ])
}

/// What became of a piece of work, as a sign.
fn sign(fate: Fate, theme: &Theme) -> &'static str {
    match (fate, theme.lines) {
        (Fate::Handed, Lines::Drawn) => "✓",
        (Fate::Handed, Lines::Ascii) => "+",
        (Fate::Late, _) => "~",
        (Fate::Missing, Lines::Drawn) => "✗",
        (Fate::Missing, Lines::Ascii) => "x",
        (Fate::Open, Lines::Drawn) => "·",
        (Fate::Open, Lines::Ascii) => ".",
    }
}

fn style(fate: Fate, theme: &Theme) -> Style {
    match fate {
        Fate::Handed => theme.good(),
        Fate::Late => theme.warn(),
        Fate::Missing => theme.bad(),
        Fate::Open => theme.dim(),
    }
}

#[cfg(test)]
mod tests;
