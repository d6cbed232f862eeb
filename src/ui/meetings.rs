//! The screen of meetings: students and slots, all obligations of the student in hand, and what is in hand.

mod board;
mod student;
pub(super) mod told;

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;

use self::told::Teller;
use super::pane::Canvas;
use super::theme::Theme;
use super::widget::frame::mark;
use super::widget::text::{fit, wrap};
use crate::app::command::{Command, Desk, Meetings};
use crate::app::meetings::Half;
use crate::app::{Model, Pane, Screen, Target};
use crate::domain::obligation::Plan;

/// From this many columns on both halves are shown.
const BOTH: u16 = 110;
/// From this many rows on what is in hand is spelt out below, in so many.
const WITH_HAND: u16 = 15;
const HAND: u16 = 6;

/// Draws the screen.
/// What shows another year than one in which nothing is asked for.
const YEARS: [(Command, &str); 2] = [
    (Command::Meetings(Meetings::NextYear), "shows the next year"),
    (Command::Meetings(Meetings::PreviousYear), "shows the year before"),
];

/// Draws the screen.
pub fn draw(model: &Model, theme: &Theme, frame: &mut Frame, area: Rect, screen: &mut Screen) {
    let half = model.desk.meetings.half;
    let canvas = |pane, of| Canvas { model, theme, pane, turned: half == of };
    let board = canvas(Pane::Tutees, Half::Board);
    let Some(plan) = model.rules.plan.as_deref() else {
        return draw_without(&board, frame, area);
    };
    let low = area.height < WITH_HAND;
    let [upper, lower] = area.layout(&Layout::vertical([
        Constraint::Min(0),
        Constraint::Length(if low { 0 } else { HAND }),
    ]));
    let student = canvas(Pane::Timeline, Half::Student);
    if area.width >= BOTH {
        let [left, right] = upper.layout(&Layout::horizontal([
            Constraint::Min(0),
            Constraint::Length((area.width * 32 / 100).clamp(38, 60)),
        ]));
        mark(screen, left, Target::Pane(Pane::Tutees));
        board::draw(&board, plan, frame, left, screen);
        mark(screen, right, Target::Pane(Pane::Timeline));
        student::draw(&student, plan, frame, right, screen);
    } else if half == Half::Board {
        board::draw(&board, plan, frame, upper, screen);
    } else {
        student::draw(&student, plan, frame, upper, screen);
    }
    if !lower.is_empty() {
        draw_hand(&canvas(Pane::Note, Half::Board), plan, frame, lower);
    }
}

/// No policy is in use: says so, and which key chooses one.
fn draw_without(canvas: &Canvas<'_>, frame: &mut Frame, area: Rect) {
    let inner = canvas.frame("Meetings", "", frame, area);
    let why = "Which meetings are due stands here once a policy is in use: none is chosen.";
    let keys = [(Command::Desk(Desk::Policy), "chooses the university's policy")];
    canvas.say(why, &keys, frame, inner);
}

/// What is in hand: its name and format, its clause and what it says, its days, and what became of it.
fn draw_hand(canvas: &Canvas<'_>, plan: &Plan, frame: &mut Frame, area: Rect) {
    let model = canvas.model;
    let file = model.desk.student().and_then(|student| model.records.file(student));
    let obligation = model.desk.meetings.in_hand(plan);
    let (Some(file), Some(obligation)) = (file, obligation) else {
        let inner = canvas.frame("In hand", "", frame, area);
        let why = "What the slot in hand asks for stands here, and what has met it.";
        return canvas.say(why, canvas.beginnings(), frame, inner);
    };
    let teller = Teller {
        plan,
        records: &model.records,
        file,
        theme: canvas.theme,
        today: model.desk.today,
    };
    let title = format!("{} · {}", file.student.name.shown(), teller.name(obligation));
    let quiet = Canvas { turned: false, ..*canvas };
    let inner = quiet.frame(&title, &plan.cited(obligation), frame, area);
    let width = usize::from(inner.width.saturating_sub(2));
    let told = teller.tell(obligation);
    let mut lines = vec![Line::styled(fit(&told.sentence, width).into_owned(), told.style)];
    lines.push(Line::raw(fit(&teller.about(obligation), width).into_owned()));
    let says = wrap(&teller.says(obligation), width);
    lines.extend(says.into_iter().map(|line| Line::styled(line, canvas.theme.dim())));
    for (line, y) in lines.iter().zip(inner.y..inner.bottom()) {
        frame.buffer_mut().set_line(inner.x + 1, y, line, inner.width.saturating_sub(2));
    }
}

#[cfg(test)]
mod tests;
