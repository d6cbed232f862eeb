//! The list of tutees: sign, name, level, days since the last two-way contact.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::Canvas;
use crate::app::Screen;
use crate::app::columns::About;
use crate::app::command::{Choose, Command};
use crate::app::pane::tutees::{Filter, Matched};
use crate::app::views;
use crate::domain::obligation::Progress;
use crate::domain::tutee::Tutee;
use crate::ui::theme::{Lines, Theme};
use crate::ui::widget::frame::position;
use crate::ui::widget::line::{self, Show};
use crate::ui::widget::marked::by_character;
use crate::ui::widget::text::{columns, fit, fit_left, fit_right};

/// From this many columns on the number is shown as well, and from the second on the programme.
const WITH_NUMBER: u16 = 44;
const WITH_PROGRAMME: u16 = 70;

/// What was found beside the name is shown where the name keeps so many columns.
const SHORTEST_NAME: usize = 12;

/// The least and the most columns of the number, and those of the days.
const NUMBER: (usize, usize) = (8, 12);
const DAYS: usize = 5;

/// The columns of the slots met.
const SLOTS: usize = 4;

pub(super) fn draw(canvas: &Canvas<'_>, frame: &mut Frame, rect: Rect, screen: &mut Screen) {
    let tutees = &canvas.model.desk.tutees;
    let title = title(canvas);
    let at = position(tutees.cursor.selected, tutees.len());
    let mut inner = canvas.frame(&title, &at, frame, rect);
    if inner.is_empty() {
        return;
    }
    if let Some(filter) = &tutees.filter {
        inner = draw_filter(canvas, filter, frame, inner);
    }
    if tutees.is_empty() {
        return draw_empty(canvas, frame, inner);
    }
    let rows = (tutees.cursor, tutees.len());
    let mut finder = tutees.filter.as_ref().and_then(Filter::finder);
    canvas.list(rows, (frame, inner), screen, |at, width| {
        let Some(tutee) = tutees.row(at) else { return vec![Line::default()] };
        let found = finder.as_mut().map(|finder| finder.find(tutee)).unwrap_or_default();
        vec![row(canvas, (tutee, &found), width)]
    });
}

fn title(canvas: &Canvas<'_>) -> String {
    let desk = &canvas.model.desk;
    let view = views::current(canvas.model).map(|view| format!(" · “{}”", view.name));
    format!(
        "{} {}{}{}",
        desk.scope.words(),
        desk.tutees.sort().words(),
        view.unwrap_or_default(),
        Canvas::marked(desk.tutees.marks.len())
    )
}

pub(in crate::ui) fn draw_filter(
    canvas: &Canvas<'_>,
    filter: &Filter,
    frame: &mut Frame,
    rect: Rect,
) -> Rect {
    let buffer = frame.buffer_mut();
    buffer.set_line(rect.x, rect.y, &Line::styled("/", canvas.theme.key()), rect.width);
    let typed = Rect { x: rect.x + 1, width: rect.width - 1, height: 1, ..rect };
    let typing = filter.typing && canvas.has_keys();
    line::draw(&filter.input, Show::Plain, typing, canvas.theme, frame, typed);
    Rect { y: rect.y + 1, height: rect.height - 1, ..rect }
}

fn draw_empty(canvas: &Canvas<'_>, frame: &mut Frame, rect: Rect) {
    let model = canvas.model;
    if model.desk.tutees.filter.is_some() {
        let keys = [(Command::Choose(Choose::Leave), "shows all again")];
        return canvas.say("Nobody matches.", &keys, frame, rect);
    }
    if model.records.files().len() > 0 {
        return canvas.say_nobody(frame, rect);
    }
    canvas.say("No tutees yet.", canvas.beginnings(), frame, rect);
}

fn row(canvas: &Canvas<'_>, (tutee, found): (&Tutee, &Matched), width: u16) -> Line<'static> {
    let (theme, desk) = (canvas.theme, &canvas.model.desk);
    let urgency = tutee.severity.map(crate::domain::reason::Severity::urgency);
    let sign = urgency.map_or(" ", |urgency| theme.urgency_sign(urgency));
    let style = urgency.map_or_else(Style::new, |urgency| theme.urgency(urgency));
    let (end, freed) = end(canvas, tutee);
    let number_room = columns(&tutee.number).clamp(NUMBER.0, NUMBER.1);
    let room = usize::from(width).saturating_sub(3 + columns(&end));
    let shows = |column, from| {
        !desk.tutees.hidden.contains(&column) && usize::from(width) + freed >= usize::from(from)
    };
    let fits = room > SHORTEST_NAME + number_room;
    let number = fits && (shows(About::Number, WITH_NUMBER) || !found.number.is_empty());
    let room = if number { room - number_room - 1 } else { room };
    let fits = room * 3 / 5 >= SHORTEST_NAME;
    let programme =
        shows(About::Programme, WITH_PROGRAMME) || (!found.programme.is_empty() && fits);
    let name_room = if programme { room * 3 / 5 } else { room };
    let highlight = |text: String, style, found: &[usize]| {
        if found.is_empty() {
            return vec![Span::styled(text, style)];
        }
        by_character(&text, style, theme.hit(), |at| found.contains(&at))
    };
    let mut spans = vec![canvas.tick(tutee.student), Span::styled(sign, style), pin(canvas, tutee)];
    spans.extend(highlight(fit_left(&tutee.name, name_room), Style::new(), &found.name));
    if programme {
        let text = fit_left(&tutee.programme, (room - name_room).saturating_sub(1));
        spans.push(Span::raw(" "));
        spans.extend(highlight(text, theme.dim(), &found.programme));
    }
    if number {
        spans.push(Span::raw(" "));
        let text = fit(&tutee.number, number_room).into_owned();
        let gap = number_room.saturating_sub(columns(&text));
        spans.push(Span::raw(" ".repeat(gap)));
        spans.extend(highlight(text, theme.dim(), &found.number));
    }
    spans.push(Span::raw(end));
    Line::from(spans)
}

/// Level, slots and days, as far as they are shown, and how many columns are free where one is not.
fn end(canvas: &Canvas<'_>, tutee: &Tutee) -> (String, usize) {
    let desk = &canvas.model.desk;
    let level = tutee.level.map_or_else(|| "   ".into(), |level| format!(" L{level}"));
    let slots = tutee.slots.map(|slots| dots(canvas.theme, slots)).unwrap_or_default();
    let days = tutee.days(desk.today).map_or_else(|| "–".into(), |days| format!("{days} d"));
    let days = format!(" {}", fit_right(&days, DAYS));
    let all = [(About::Level, level), (About::Slots, slots), (About::Days, days)];
    let (gone, shown): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|(column, _)| desk.tutees.hidden.contains(column));
    let text = |of: Vec<(About, String)>| of.into_iter().map(|(_, text)| text).collect::<String>();
    (text(shown) + " ", columns(&text(gone)))
}

/// The sign before who is pinned to the top.
fn pin(canvas: &Canvas<'_>, tutee: &Tutee) -> Span<'static> {
    if !canvas.model.desk.tutees.is_pinned(tutee.student) {
        return Span::raw(" ");
    }
    let sign = if canvas.theme.lines == Lines::Ascii { "^" } else { "▴" };
    Span::styled(sign, canvas.theme.key())
}

/// Slots met of slots expected: a sign for each while they fit, else two numbers.
fn dots(theme: &Theme, slots: Progress) -> String {
    let (held, of) = (usize::from(slots.held), usize::from(slots.of));
    let (met, open) = if theme.lines == Lines::Ascii { ("*", "o") } else { ("●", "○") };
    let told = if of <= SLOTS {
        format!("{}{}", met.repeat(held.min(of)), open.repeat(of.saturating_sub(held)))
    } else {
        format!("{held}/{of}")
    };
    format!(" {}", fit_left(&told, SLOTS))
}
