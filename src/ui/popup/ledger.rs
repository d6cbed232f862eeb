//! The ledger of a student: consents with what they permit, and what was passed on with its basis.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::app::command::{Command, Ledger as LedgerCommand};
use crate::app::popup::Ledger;
use crate::app::popup::ledger::Row;
use crate::app::{Model, Screen, Target};
use crate::domain::access::permits;
use crate::domain::consent::Consent;
use crate::domain::disclosure::{Basis, Disclosure};
use crate::domain::time::show_day;
use crate::domain::word::Choice;
use crate::ui::Theme;
use crate::ui::theme::Lines;
use crate::ui::widget::empty;
use crate::ui::widget::frame::{self as framed, mark};
use crate::ui::widget::list::{self, Focus, Rows};
use crate::ui::widget::text::{fit, wrap};

const SIZE: (u16, u16) = (90, 24);

pub(super) fn draw(
    ledger: &Ledger,
    model: &Model,
    theme: &Theme,
    frame: &mut Frame,
    area: Rect,
    screen: &mut Screen,
) {
    let rows = ledger.rows(model);
    let file = ledger.file(model);
    let name = file.map(|file| file.student.name.shown()).unwrap_or_default();
    let position = framed::position(ledger.cursor.selected, rows.len());
    let title = format!("Consents of {name}, and what was passed on");
    let block = super::framed(theme, &title, &position, SIZE.0.min(area.width));
    let inner = super::open(&block, SIZE, frame, area, screen);
    if inner.is_empty() {
        return;
    }
    if rows.is_empty() {
        let text = "No consent is recorded, and nothing was passed on. Without consent nothing \
                    that a student says goes to others.";
        let ways = [
            (Command::Ledger(LedgerCommand::Record), "records a consent"),
            (Command::Ledger(LedgerCommand::PassOn), "passes something on"),
        ];
        return empty::say(text, &ways, (model, theme), frame, inner);
    }
    let shown = Rows { cursor: ledger.cursor, len: rows.len(), focus: Focus::Here };
    let (page, places) = list::draw(shown, theme, frame, inner, |at, width| {
        let entry = rows.get(at).zip(file).and_then(|(row, file)| match row {
            Row::Consent(id) => file.find(*id).map(|it| consent(it, model, theme, width)),
            Row::Told(id) => file.find(*id).map(|it| told(it, model, theme, width)),
        });
        entry.unwrap_or_else(|| vec![Line::default()])
    });
    screen.popup = page;
    for (rect, at) in places {
        mark(screen, rect, Target::PopupRow(at));
    }
}

fn consent(consent: &Consent, model: &Model, theme: &Theme, width: u16) -> Vec<Line<'static>> {
    let today = model.now.today();
    let holds = consent.holds(today);
    let style = if holds { theme.good() } else { theme.dim() };
    let sign = if theme.lines == Lines::Ascii { "c" } else { "§" };
    let state = match (consent.withdrawn, consent.until) {
        (Some(day), _) => format!("withdrawn {}", show_day(day, today)),
        (None, Some(day)) if day < today => format!("ended {}", show_day(day, today)),
        (None, Some(day)) => format!("until {}", show_day(day, today)),
        (None, None) if holds => "holds".into(),
        (None, None) => format!("from {}", show_day(consent.on, today)),
    };
    let given = format!("{}, {}", consent.how.words(), show_day(consent.on, today));
    let permits = permits(model.rules.policy.as_deref(), consent);
    let head = format!("{}, for {}", consent.recipient, consent.purpose);
    let below = if holds {
        format!("{given} · {state} · permits: {permits}")
    } else {
        format!("{given} · {state} · permits nothing")
    };
    entry((sign, style), &head, &below, theme, width)
}

fn told(told: &Disclosure, model: &Model, theme: &Theme, width: u16) -> Vec<Line<'static>> {
    let today = model.now.today();
    let at_risk = told.basis == Basis::SeriousRisk;
    let style = if at_risk { theme.bad() } else { theme.dim() };
    let sign = if theme.lines == Lines::Ascii { ">" } else { "⇒" };
    let head = format!("{}, for {}: {}", told.to, told.purpose, told.what);
    let colon = if told.reason.is_empty() { "" } else { ": " };
    let day = show_day(told.on, today);
    let below = format!("passed on {day} · {}{colon}{}", told.basis.words(), told.reason);
    entry((sign, style), &head, &below, theme, width)
}

fn entry(
    (sign, style): (&'static str, ratatui::style::Style),
    head: &str,
    below: &str,
    theme: &Theme,
    width: u16,
) -> Vec<Line<'static>> {
    let room = usize::from(width).saturating_sub(4);
    let mut lines = vec![Line::from(vec![
        Span::styled(format!(" {sign} "), style),
        Span::styled(fit(head, room).into_owned(), theme.heading()),
    ])];
    let told = wrap(below, room.max(1)).into_iter().take(2);
    lines.extend(told.map(|line| Line::raw(format!("   {line}"))));
    lines
}
