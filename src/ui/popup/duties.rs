//! The duties of a tutor: sign, name and state, the evidence, the clause with what it says, the next step.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::command::{Command, Desk, Duties as DutyCommand};
use crate::app::popup::{Duties, duties::Whose};
use crate::app::{Model, Screen, Target};
use crate::domain::fold::fold;
use crate::domain::reason::Severity;
use crate::domain::tutor_duty::TutorDutyState;
use crate::ui::Theme;
use crate::ui::theme::Lines;
use crate::ui::widget::empty;
use crate::ui::widget::frame::{self as framed, mark};
use crate::ui::widget::list::{self, Focus, Rows};
use crate::ui::widget::text::{fit, wrap};

const SIZE: (u16, u16) = (100, 34);
/// The most lines for the names of tutees.
const NAMES: usize = 2;

pub(super) fn draw(
    duties: &Duties,
    model: &Model,
    theme: &Theme,
    frame: &mut Frame,
    area: Rect,
    screen: &mut Screen,
) {
    let rows = duties.rows(model);
    let title = match duties.whose {
        Whose::Mine => "My duties",
        Whose::School => "Duties in the school",
    };
    let position = framed::position(duties.cursor.selected, rows.len());
    let block = super::framed(theme, title, &position, SIZE.0.min(area.width));
    let inner = super::open(&block, SIZE, frame, area, screen);
    if rows.is_empty() {
        let ways = [
            (Command::Duties(DutyCommand::Training), "records a training"),
            (Command::Duties(DutyCommand::Absence), "records an absence"),
            (Command::Desk(Desk::Policy), "on the desk chooses the policy"),
        ];
        // Which policy runs is chosen elsewhere: only where none does is that said.
        let ways = if model.rules.policy.is_some() { &ways[..2] } else { &ways[2..] };
        return empty::say(&nothing(duties, model), ways, (model, theme), frame, inner);
    }
    let list = Rows { cursor: duties.cursor, len: rows.len(), focus: Focus::Here };
    let (page, places) = list::draw(list, theme, frame, inner, |at, width| {
        let Some(duty) = rows.get(at) else { return vec![Line::default()] };
        lines_of(duty, duties.whose, model, theme, width)
    });
    screen.popup = page;
    for (rect, at) in places {
        mark(screen, rect, Target::PopupRow(at));
    }
}

/// Why the list is empty, and what fills it.
fn nothing(duties: &Duties, model: &Model) -> String {
    match (&model.rules.policy, duties.whose) {
        (None, _) => "What the policy asks of a tutor stands here: none is chosen.".into(),
        (Some(policy), Whose::Mine) => format!("{} asks nothing of you.", policy.university),
        (Some(_), Whose::School) => "Nobody else in the school has anything due.".into(),
    }
}

fn lines_of(
    duty: &TutorDutyState,
    whose: Whose,
    model: &Model,
    theme: &Theme,
    width: u16,
) -> Vec<Line<'static>> {
    let room = usize::from(width).saturating_sub(4);
    let tutor = model.records.tutor(duty.tutor).filter(|_| whose == Whose::School);
    let who = tutor.map(|tutor| format!("{}: ", tutor.name)).unwrap_or_default();
    let head = format!(" {who}{} · {}", duty.name, duty.status.words());
    let mut lines = vec![Line::from(vec![
        Span::raw(" "),
        Span::styled(sign(duty, theme), style(duty, theme)),
        Span::styled(fit(&head, room + 1).into_owned(), theme.heading()),
    ])];
    let say = |lines: &mut Vec<Line<'static>>, text: &str, style: Style, most: usize| {
        let told = wrap(text, room).into_iter().take(most);
        lines.extend(told.map(|line| Line::styled(format!("   {line}"), style)));
    };
    say(&mut lines, &duty.evidence, Style::new(), usize::MAX);
    if !duty.tutees.is_empty() {
        say(&mut lines, &names(duty, model), Style::new(), NAMES);
    }
    say(&mut lines, &format!("{}: {}", duty.clause, duty.says), theme.dim(), 2);
    if !duty.step.words().is_empty() {
        let arrow = if theme.lines == Lines::Ascii { "->" } else { "→" };
        say(&mut lines, &format!("{arrow} {}", duty.step.words()), theme.key(), 1);
    }
    lines
}

/// The tutees who need another tutor, by name.
fn names(duty: &TutorDutyState, model: &Model) -> String {
    let files = duty.tutees.iter().filter_map(|student| model.records.file(*student));
    let mut names: Vec<String> = files.map(|file| file.student.name.shown()).collect();
    names.sort_by_cached_key(|name| fold(name).into_owned());
    names.join(", ")
}

fn sign(duty: &TutorDutyState, theme: &Theme) -> &'static str {
    match (theme.lines, duty.status.severity()) {
        (Lines::Ascii, Some(severity @ (Severity::Soon | Severity::Urgent))) => {
            theme.urgency_sign(severity.urgency())
        }
        (Lines::Ascii, None) => "-",
        (_, Some(_) | None) => duty.status.sign(),
    }
}

fn style(duty: &TutorDutyState, theme: &Theme) -> Style {
    duty.status.severity().map_or_else(|| theme.good(), |it| theme.urgency(it.urgency()))
}
