//! How right each rule has been: what it raised, what people said of it, and its numbers.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;

use crate::app::forms::numbers_of;
use crate::app::popup::{
    Feedback,
    feedback::{is_off, may_change},
};
use crate::app::{Model, Screen, Target};
use crate::domain::feedback::{Feedback as Row, named};
use crate::domain::score::{Rule, Setting};
use crate::domain::tuning::CAP;
use crate::domain::word::Choice;
use crate::ui::Theme;
use crate::ui::widget::frame::{self as framed, mark};
use crate::ui::widget::list::{self, Focus, Rows};
use crate::ui::widget::text::{columns, fit, fit_right, wrap};
use strum::IntoEnumIterator;

const SIZE: (u16, u16) = (96, 30);
/// The lines below the list.
const BELOW: u16 = 4;
/// The columns of numbers, with what stands above them.
const COLUMNS: [(&str, usize); 6] =
    [("raised", 7), ("wrong", 6), ("n/a", 5), ("twice", 6), ("no need", 8), ("share", 6)];

pub(super) fn draw(
    open: &Feedback,
    model: &Model,
    theme: &Theme,
    frame: &mut Frame,
    area: Rect,
    screen: &mut Screen,
) {
    let position = framed::position(open.cursor.selected, open.rows.len());
    let title = format!("How right the rules are · {}", open.period.words());
    let block = super::framed(theme, &title, &position, SIZE.0.min(area.width));
    let inner = super::open(&block, SIZE, frame, area, screen);
    if inner.height < 3 {
        return;
    }
    let head = Line::styled(
        cells("Rule", &COLUMNS.map(|(head, _)| head.to_owned()), inner.width),
        theme.dim(),
    );
    frame.buffer_mut().set_line(inner.x, inner.y, &head, inner.width);
    let below = if inner.height > BELOW + 6 { BELOW } else { 0 };
    let body = Rect { y: inner.y + 1, height: inner.height - 1 - below, ..inner };
    let rows = Rows { cursor: open.cursor, len: open.rows.len(), focus: Focus::Here };
    let (page, places) = list::draw(rows, theme, frame, body, |at, width| {
        let Some(row) = open.rows.get(at) else { return vec![Line::default()] };
        vec![Line::styled(line(row, model, width), style(row, model, theme))]
    });
    screen.popup = page;
    for (rect, at) in places {
        mark(screen, rect, Target::PopupRow(at));
    }
    let said = open.selected().map(|row| said(row, model)).unwrap_or_default();
    let foot = Rect { y: body.bottom(), height: below, ..inner };
    let room = usize::from(inner.width.saturating_sub(2)).max(1);
    let lines = said.iter().flat_map(|text| wrap(text, room));
    for (text, y) in lines.zip(foot.y + 1..foot.bottom()) {
        let line = Line::styled(format!(" {text}"), theme.dim());
        frame.buffer_mut().set_line(foot.x, y, &line, foot.width);
    }
}

/// A name and its numbers, as far as they fit: the last columns go first.
fn cells<const N: usize>(name: &str, numbers: &[String; N], width: u16) -> String {
    let width = usize::from(width).saturating_sub(2);
    let mut shown = N.min(COLUMNS.len());
    let taken = |shown: usize| COLUMNS.iter().take(shown).map(|(_, width)| width).sum::<usize>();
    while shown > 1 && taken(shown) + 24 > width {
        shown -= 1;
    }
    let room = width.saturating_sub(taken(shown));
    let name = fit(name, room.saturating_sub(1)).into_owned();
    let gap = " ".repeat(room.saturating_sub(columns(&name)));
    let told = numbers.iter().zip(COLUMNS).take(shown);
    let told: String = told.map(|(text, (_, width))| fit_right(text, width)).collect();
    format!(" {name}{gap}{told}")
}

fn line(row: &Row, model: &Model, width: u16) -> String {
    let share = row.share().map_or_else(|| "–".to_owned(), |share| format!("{share} %"));
    let count = |count: u32| count.to_string();
    let counts = [row.raised, row.wrong, row.not_applicable, row.duplicate, row.no_need].map(count);
    let [raised, wrong, not_applicable, duplicate, no_need] = counts;
    let off = if is_off(model, &row.rule) { "off: " } else { "" };
    let sign = if row.is_mostly_wrong() { "! " } else { "" };
    let name = format!("{sign}{off}{}", named(&row.rule));
    cells(&name, &[raised, wrong, not_applicable, duplicate, no_need, share], width)
}

fn style(row: &Row, model: &Model, theme: &Theme) -> Style {
    if is_off(model, &row.rule) {
        theme.dim()
    } else if row.is_mostly_wrong() {
        theme.warn()
    } else {
        Style::new()
    }
}

/// What is said of the selected rule: whether it is mostly wrong, its numbers, who may change them.
fn said(row: &Row, model: &Model) -> Vec<String> {
    let mut said = Vec::new();
    if row.is_mostly_wrong() {
        said.push(format!("Mostly not right: {} of {} raised.", row.against(), row.raised));
    }
    let tuning = model.records.tuning();
    let setting = tuning.map_or(Setting::Standard, |it| it.setting).words();
    let cap = tuning.map_or(CAP, |it| it.cap);
    let mut last = format!("Setting: {setting}, {cap} rows.");
    if !may_change(model) {
        last.push_str(" Only a senior tutor changes the numbers.");
    }
    said.push(last);
    let numbers = numbers_of(model, &row.rule);
    let short = |path: &str| path.strip_prefix("line.").unwrap_or(path).to_owned();
    let numbers: Vec<String> =
        numbers.iter().map(|it| format!("{} = {}", short(&it.path), it.value)).collect();
    if numbers.is_empty() {
        let of_score = Rule::iter().any(|rule| rule.key() == row.rule);
        let why = if of_score { "It has no number." } else { "It is no rule of the score." };
        said.push(why.to_owned());
    } else {
        said.push(numbers.join(", "));
    }
    said
}
