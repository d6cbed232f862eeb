//! The alerts: who needs a word, why, how it goes, and the next step.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::Canvas;
use crate::app::Screen;
use crate::app::command::{Alerts as Command, Command as Any, Desk, Student};
use crate::app::pane::alerts::{Alerts, Breadth, Line as Row};
use crate::domain::alert::{Alert, Standing, State, Trend};
use crate::domain::freshness::Age;
use crate::ui::theme::{Lines, Theme};
use crate::ui::widget::frame::position;
use crate::ui::widget::ink;
use crate::ui::widget::text::{fit, wrap};

/// The most reasons that a row spells out.
const REASONS: usize = 3;
/// The most lines of a reason, and of one that names modules at its end.
const LINES: (usize, usize) = (2, 3);

/// What makes an alert.
const WAYS: [(Any, &str); 2] = [
    (Any::Student(Student::Concern), "raises a concern"),
    (Any::Desk(Desk::Import), "imports what other programs know"),
];

pub(super) fn draw(canvas: &Canvas<'_>, frame: &mut Frame, rect: Rect, screen: &mut Screen) {
    let desk = &canvas.model.desk;
    let (loud, _) = desk.alerts.counts();
    let at = position(desk.alerts.cursor.selected, loud);
    let inner = canvas.frame("Alerts", &at, frame, rect);
    if inner.is_empty() {
        return;
    }
    let lines = desk.alerts.lines();
    if lines.is_empty() {
        if desk.tutees.rows_in_scope() == 0 {
            let why = "Who needs a word stands here, and why.";
            return canvas.say(why, canvas.beginnings(), frame, inner);
        }
        let why = "Nobody needs a word: no open concern, nothing overdue, everybody met.";
        return canvas.say(why, &WAYS, frame, inner);
    }
    let below = told(canvas, frame, inner);
    let body = dated(canvas, frame, below);
    let rows = (desk.alerts.cursor, lines.len());
    canvas.list(rows, (frame, body), screen, |at, width| {
        lines.get(at).map_or_else(|| vec![Line::default()], |line| drawn(canvas, *line, width))
    });
}

/// Says above the list that it is a first one, and returns what is left.
fn told(canvas: &Canvas<'_>, frame: &mut Frame, rect: Rect) -> Rect {
    let words = "first run: one list, most urgent first";
    if !canvas.model.desk.alerts.is_first_run() || rect.height < 6 {
        return rect;
    }
    let line = Line::styled(fit(words, rect.width.saturating_sub(2).into()), canvas.theme.dim());
    ink::line(frame.buffer_mut(), (rect.x + 1, rect.y), &line, rect.width.saturating_sub(2));
    Rect { y: rect.y + 1, height: rect.height - 1, ..rect }
}

/// Says below the list how far the signals are known, and returns what is left.
fn dated(canvas: &Canvas<'_>, frame: &mut Frame, rect: Rect) -> Rect {
    let fresh = canvas.model.desk.alerts.fresh();
    let Some((age, words)) = fresh.filter(|_| rect.height >= 6) else { return rect };
    let (sign, style) = match age {
        Age::Fresh => (" ", canvas.theme.dim()),
        Age::Amber => (age.sign(), canvas.theme.warn()),
        Age::Red if canvas.theme.lines == Lines::Ascii => ("!", canvas.theme.bad()),
        Age::Red => (age.sign(), canvas.theme.bad()),
    };
    let room = usize::from(rect.width).saturating_sub(4);
    let line = Line::styled(format!(" {sign} {}", fit(words, room)), style);
    let y = rect.bottom().saturating_sub(1);
    ink::line(frame.buffer_mut(), (rect.x, y), &line, rect.width);
    Rect { height: rect.height - 1, ..rect }
}

fn drawn(canvas: &Canvas<'_>, line: Row, width: u16) -> Vec<Line<'static>> {
    let alerts: &Alerts = &canvas.model.desk.alerts;
    let words = match line {
        Row::Alert(_) => {
            return alerts
                .row(line)
                .map_or_else(|| vec![Line::default()], |alert| row(canvas, alert, width));
        }
        Row::More(more) => format!("+{more} more"),
        Row::Quiet(1) => "1 is quiet".to_owned(),
        Row::Quiet(quiet) => format!("{quiet} are quiet"),
    };
    // While others are held back, `f` shows those first.
    let held_back = alerts.lines().iter().any(|line| matches!(line, Row::More(_)));
    let command =
        if held_back && matches!(line, Row::Quiet(_)) { Command::Step } else { Command::All };
    let key = canvas.model.keymap.labels(Any::Alerts(command));
    let verb = if alerts.breadth() == Breadth::Quiet { "hides" } else { "shows" };
    vec![Line::from(vec![
        Span::styled(format!("   {words}  "), canvas.theme.dim()),
        Span::styled(key, canvas.theme.key()),
        Span::styled(format!(" {verb} them"), canvas.theme.dim()),
    ])]
}

fn row(canvas: &Canvas<'_>, alert: &Alert, width: u16) -> Vec<Line<'static>> {
    let theme = canvas.theme;
    let file = canvas.model.records.file(alert.student);
    let name = file.map(|file| file.student.name.shown()).unwrap_or_default();
    let room = usize::from(width).saturating_sub(4);
    let urgency = alert.severity().urgency();
    let below = |words: &str| Line::styled(format!("   {}", fit(words, room)), theme.dim());
    if let Some(quiet) = alert.quiet {
        let words = quiet.words(canvas.model.desk.today);
        let name = Line::styled(format!("   {}", fit(&name, room)), theme.dim());
        return vec![name, below(&words)];
    }
    let mut lines = vec![Line::from(vec![
        Span::raw(" "),
        Span::styled(theme.urgency_sign(urgency), theme.urgency(urgency)),
        Span::styled(format!(" {}", fit(&name, room)), theme.heading()),
    ])];
    lines.extend(standing(canvas, alert).map(|words| below(&words)));
    lines.extend(who(canvas, alert).map(|words| below(&words)));
    for reason in alert.reasons.iter().take(REASONS) {
        let most = if reason.scored.is_some() { LINES.1 } else { LINES.0 };
        let mut told = wrap(&reason.evidence, room);
        let rest = told.split_off(told.len().min(most - 1));
        lines.extend(told.iter().map(|told| Line::from(format!("   {told}"))));
        if !rest.is_empty() {
            lines.push(Line::from(format!("   {}", fit(&rest.join(" "), room))));
        }
    }
    if let Some(more) = alert.reasons.len().checked_sub(REASONS).filter(|more| *more > 0) {
        lines.push(Line::styled(format!("   +{more} more"), theme.dim()));
    }
    if let Some(next) = alert.next() {
        let arrow = if theme.lines == Lines::Ascii { "->" } else { "→" };
        let step = format!("   {arrow} {}", fit(next.words(), room.saturating_sub(3)));
        lines.push(Line::styled(step, theme.key()));
    }
    lines
}

/// Points, where they go, and the band in words: `7 points ↑ · worth a check-in · new`.
fn standing(canvas: &Canvas<'_>, alert: &Alert) -> Option<String> {
    let first = canvas.model.desk.alerts.is_first_run();
    let standing: &Standing = alert.standing.as_ref()?;
    let noun = if standing.points == 1 { "point" } else { "points" };
    let trend = trend(canvas.theme, alert.trend);
    let mut words = format!("{} {noun}{trend} · {}", standing.points, standing.band());
    if alert.state != State::Continuing && !first {
        words.extend([" · ", alert.state.words()]);
    }
    Some(words)
}

/// Where the points go, with a blank before it.
fn trend(theme: &Theme, trend: Trend) -> &'static str {
    match (trend, theme.lines == Lines::Ascii) {
        (Trend::Rising, false) => " ↑",
        (Trend::Rising, true) => " ^",
        (Trend::Falling, false) => " ↓",
        (Trend::Falling, true) => " v",
        (Trend::Same, _) => " =",
        (Trend::First, _) => "",
    }
}

/// Who acts, where it is not the tutor at work, and whether a case is open.
fn who(canvas: &Canvas<'_>, alert: &Alert) -> Option<String> {
    let records = &canvas.model.records;
    let me = records.me().map(|me| me.id);
    let owner = alert.owner.filter(|owner| Some(*owner) != me);
    let owner = owner.and_then(|owner| records.tutor(owner)).map(|tutor| tutor.name.as_str());
    let acts = match (owner, alert.escalated) {
        (Some(name), true) => Some(format!("escalated to {name}")),
        (None, true) => Some("escalated to you".to_owned()),
        (Some(name), false) => Some(format!("{name} acts")),
        (None, false) => None,
    };
    let case = alert.case.map(|_| "a case is open".to_owned());
    let told: Vec<String> = acts.into_iter().chain(case).collect();
    (!told.is_empty()).then(|| told.join(" · "))
}
