//! Students down, slots across: each cell a sign, a colour and a few letters; totals below.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::told::{short, sign, style};
use crate::app::command::{Choose, Command, Desk, Roll};
use crate::app::meetings::{Board, Column, Total};
use crate::app::{Screen, Target};
use crate::domain::obligation::Plan;
use crate::domain::student::StudentId;
use crate::domain::tutee::Scope;
use crate::ui::pane::{Canvas, tutees};
use crate::ui::theme::Lines;
use crate::ui::widget::frame::{mark, position};
use crate::ui::widget::ink;
use crate::ui::widget::list::{self, Focus, Rows};
use crate::ui::widget::text::{fit, fit_left, wrap};

/// The least and the most columns of a slot and of a name.
const SLOT: (u16, u16) = (10, 18);
const NAME: (u16, u16) = (9, 30);
/// From this many rows on the names of the slots take three lines, else one.
const TALL: u16 = 12;

pub(super) fn draw(
    canvas: &Canvas<'_>,
    plan: &Plan,
    frame: &mut Frame,
    rect: Rect,
    screen: &mut Screen,
) {
    let desk = &canvas.model.desk;
    let meetings = &desk.meetings;
    let (cursor, len) = (meetings.rows(&desk.tutees), meetings.len(&desk.tutees));
    let at = position(cursor.selected, len);
    let mut inner = canvas.frame(&title(canvas, plan), &at, frame, rect);
    if inner.is_empty() {
        return;
    }
    if let Some(filter) = &desk.tutees.filter {
        inner = tutees::draw_filter(canvas, filter, frame, inner);
    }
    let columns = meetings.columns();
    let Some(board) = meetings.board.as_ref().filter(|_| len > 0 && !columns.is_empty()) else {
        return draw_empty(canvas, columns.is_empty(), frame, inner);
    };
    let table = Table::new(canvas, plan, board, &columns, inner.width);
    let high = if inner.height >= TALL { 3 } else { 1 };
    let foot = u16::from(inner.height > high + 3);
    let [top, body, bottom] = inner.layout(&Layout::vertical([
        Constraint::Length(high.min(inner.height.saturating_sub(1))),
        Constraint::Min(0),
        Constraint::Length(foot),
    ]));
    table.draw_head(frame, top);
    table.mark_heads(top, cursor.selected, screen);
    let focus = if canvas.has_keys() { Focus::Elsewhere } else { canvas.focus() };
    let rows = Rows { cursor, len, focus };
    let (page, places) = list::draw(rows, canvas.theme, frame, body, |at, _| {
        let student = meetings.student(&desk.tutees, at);
        vec![student.map_or_else(Line::default, |student| table.row(student))]
    });
    table.mark_cells(frame, &places, cursor.selected, screen);
    screen.pages.push((canvas.pane, page));
    if foot > 0 {
        table.draw_totals(frame, bottom);
    }
}

fn title(canvas: &Canvas<'_>, plan: &Plan) -> String {
    let desk = &canvas.model.desk;
    let year = desk.meetings.year.and_then(|year| plan.calendar(year));
    let year = year.map_or("", |calendar| calendar.year.as_str());
    let example = year_is_example(canvas, plan);
    let marks = desk.tutees.marks.len();
    let marked = if marks > 0 { format!(" · {marks} marked") } else { String::new() };
    let what = match (&desk.meetings.only, desk.meetings.column) {
        (Some(_), Some(column)) => format!("Not yet met: {}", column.name(plan)),
        _ => format!("{} {}", desk.scope.words(), desk.tutees.sort().words()),
    };
    format!("{year}{example} · {what}{marked}")
}

/// Says that the dates of the year are an example, until somebody has confirmed them.
fn year_is_example(canvas: &Canvas<'_>, plan: &Plan) -> &'static str {
    let year = canvas.model.desk.meetings.year.and_then(|year| plan.calendar(year));
    if year.is_some_and(|calendar| calendar.example) { " (example dates)" } else { "" }
}

fn draw_empty(canvas: &Canvas<'_>, nothing: bool, frame: &mut Frame, rect: Rect) {
    let desk = &canvas.model.desk;
    if desk.meetings.year.is_none() {
        let why = "No calendar knows this day: the policy's weeks cannot be told.";
        let keys = [(Command::Desk(Desk::Years), "writes the dates of the year")];
        return canvas.say(why, &keys, frame, rect);
    }
    if desk.meetings.only.is_some() {
        let keys = [(Command::Roll(Roll::ClearFilter), "shows all again")];
        return canvas.say("Everybody has met in this slot.", &keys, frame, rect);
    }
    if desk.tutees.filter.is_some() && desk.tutees.is_empty() {
        let keys = [(Command::Choose(Choose::Leave), "shows all again")];
        return canvas.say("Nobody matches.", &keys, frame, rect);
    }
    if desk.tutees.rows_in_scope() > 0 && nothing {
        let why = "The policy asks for no meeting with them in this year.";
        return canvas.say(why, &super::YEARS, frame, rect);
    }
    if canvas.model.records.files().len() > 0 && desk.scope != Scope::All {
        let keys = [(Command::Roll(Roll::Scope), "shows others")];
        return canvas.say("Nobody is in this list today.", &keys, frame, rect);
    }
    canvas.say("No tutees yet.", canvas.beginnings(), frame, rect);
}

/// The slots that are in sight, and how wide everything is.
struct Table<'a> {
    canvas: &'a Canvas<'a>,
    plan: &'a Plan,
    board: &'a Board,
    /// Which slots, each with its place among all.
    shown: Vec<(usize, Column)>,
    more: (bool, bool),
    name: u16,
    slot: u16,
}

impl<'a> Table<'a> {
    /// Shows as many slots as fit beside the names, that in hand among them.
    fn new(
        canvas: &'a Canvas<'a>,
        plan: &'a Plan,
        board: &'a Board,
        columns: &[Column],
        width: u16,
    ) -> Self {
        let all = u16::try_from(columns.len()).unwrap_or(u16::MAX).max(1);
        let name = (width * 30 / 100).clamp(NAME.0, NAME.1);
        let room = width.saturating_sub(name);
        let fits = (room / SLOT.0).clamp(1, all);
        let slot = (room / fits).min(SLOT.1);
        let name = width.saturating_sub(slot * fits).min(NAME.1 + 6);
        let here = canvas.model.desk.meetings.column;
        let here = columns.iter().position(|column| Some(*column) == here).unwrap_or(0);
        let first = (here + 1).saturating_sub(usize::from(fits));
        let shown: Vec<(usize, Column)> =
            columns.iter().copied().enumerate().skip(first).take(usize::from(fits)).collect();
        let more = (first > 0, first + shown.len() < columns.len());
        Self { canvas, plan, board, shown, more, name, slot }
    }

    fn draw_head(&self, frame: &mut Frame, rect: Rect) {
        let theme = self.canvas.theme;
        let width = usize::from(self.slot.saturating_sub(2));
        for (place, (_, column)) in self.shown.iter().enumerate() {
            let mut lines = wrap(&column.name(self.plan), width);
            let most = usize::from(rect.height);
            if lines.len() > most {
                let cut = lines.split_off(most.saturating_sub(1)).join(" ");
                lines.push(fit(&cut, width).into_owned());
            }
            let here = self.canvas.model.desk.meetings.column == Some(*column);
            let style = if here { theme.focus() } else { theme.heading() };
            let x = self.x(rect, place);
            let skip = most.saturating_sub(lines.len());
            for (line, y) in lines.iter().zip(rect.y + u16::try_from(skip).unwrap_or(0)..) {
                let line = Line::styled(fit(line, width).into_owned(), style);
                ink::line(frame.buffer_mut(), (x, y), &line, self.slot.saturating_sub(1));
            }
        }
        let (left, right) = if theme.lines == Lines::Ascii { ("<", ">") } else { ("‹", "›") };
        let y = rect.bottom().saturating_sub(1);
        if self.more.0 && self.name > 1 {
            frame.buffer_mut().set_string(rect.x + self.name - 1, y, left, theme.key());
        }
        if self.more.1 && rect.width > 0 {
            frame.buffer_mut().set_string(rect.right() - 1, y, right, theme.key());
        }
    }

    fn row(&self, student: StudentId) -> Line<'static> {
        let (theme, desk) = (self.canvas.theme, &self.canvas.model.desk);
        let tick = if theme.lines == Lines::Ascii { "x" } else { "✓" };
        let picked = if desk.tutees.marks.contains(&student) { tick } else { " " };
        let file = self.canvas.model.records.file(student);
        let name = file.map(|file| file.student.name.shown()).unwrap_or_default();
        let named = fit_left(&name, usize::from(self.name).saturating_sub(2));
        let mut spans = vec![Span::styled(picked, theme.key()), Span::raw(named), Span::raw(" ")];
        for (_, column) in &self.shown {
            let room = usize::from(self.slot).saturating_sub(1);
            let Some(cell) = self.board.cell(student, *column) else {
                spans.push(Span::raw(" ".repeat(room + 1)));
                continue;
            };
            let text = format!("{} {}", sign(theme, cell.state), short(cell, desk.today));
            spans.push(Span::styled(fit_left(&text, room), style(theme, cell.state)));
            spans.push(Span::raw(" "));
        }
        Line::from(spans)
    }

    /// Tells the mouse that a head takes its slot in hand, for the student who is in hand.
    fn mark_heads(&self, rect: Rect, selected: usize, screen: &mut Screen) {
        for (place, (at, _)) in self.shown.iter().enumerate() {
            let x = self.x(rect, place);
            let width = self.slot.min(rect.right().saturating_sub(x));
            mark(screen, Rect { x, width, ..rect }, Target::Cell(selected, *at));
        }
    }

    /// Shows which cell is in hand, and tells the mouse where each lies.
    fn mark_cells(
        &self,
        frame: &mut Frame,
        places: &[(Rect, usize)],
        selected: usize,
        screen: &mut Screen,
    ) {
        let here = self.canvas.model.desk.meetings.column;
        for (rect, row) in places {
            mark(screen, *rect, Target::Row(self.canvas.pane, *row));
            for (place, (at, column)) in self.shown.iter().enumerate() {
                let x = self.x(*rect, place);
                let width = self.slot.min(rect.right().saturating_sub(x));
                let cell = Rect { x, width, ..*rect };
                mark(screen, cell, Target::Cell(*row, *at));
                if *row == selected && here == Some(*column) {
                    let inner = Rect { width: width.saturating_sub(1), ..cell };
                    let style = self.canvas.theme.cursor(self.canvas.has_keys());
                    frame.buffer_mut().set_style(inner, style);
                }
            }
        }
    }

    fn draw_totals(&self, frame: &mut Frame, rect: Rect) {
        let theme = self.canvas.theme;
        let label = Line::styled(fit(" met", self.name.into()).into_owned(), theme.heading());
        ink::line(frame.buffer_mut(), (rect.x, rect.y), &label, self.name);
        for (place, (_, column)) in self.shown.iter().enumerate() {
            let total = self.total(*column);
            let style = if total.met == total.of { theme.good() } else { Style::new() };
            let text = format!("{} of {}", total.met, total.of);
            let text = fit(&text, usize::from(self.slot) - 1).into_owned();
            let x = self.x(rect, place);
            ink::line(frame.buffer_mut(), (x, rect.y), &Line::styled(text, style), self.slot);
        }
    }

    /// How a slot stands for those whom the filter leaves.
    fn total(&self, column: Column) -> Total {
        let desk = &self.canvas.model.desk;
        if desk.tutees.filter.is_none() {
            return self.board.total(column);
        }
        let mut total = Total::default();
        for tutee in (0..desk.tutees.len()).filter_map(|row| desk.tutees.row(row)) {
            if let Some(cell) = self.board.cell(tutee.student, column) {
                total.add(cell);
            }
        }
        total
    }

    fn x(&self, rect: Rect, place: usize) -> u16 {
        rect.x + self.name + u16::try_from(place).unwrap_or(0) * self.slot
    }
}
