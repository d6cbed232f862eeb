//! A form: one row for each field, what is wrong under it, the long text in what room is left.

mod field;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::frame::{area, mark};
use super::text::{columns, wrap};
use crate::app::form::{Entry, Field, Form};
use crate::app::{Screen, Target};
use crate::ui::Theme;

/// A long text has at least so many rows, if the form has.
const TEXT_ROWS: u16 = 5;
/// A list to tick shows at most so many lines at once.
const TICK_ROWS: u16 = 8;
/// From this many columns on, how to fill a field in takes two rows.
const WIDE: usize = 50;
/// What concerns the whole form leaves at least so many rows to its fields.
const FIELD_ROWS: u16 = 4;
/// In a low form it takes so many all the same, but one.
const FEW_ROWS: u16 = 3;

/// How many rows the form would like in a width.
#[must_use]
pub fn rows(form: &Form, width: u16) -> u16 {
    let text = if form.holds_text() { 2 * TEXT_ROWS } else { 0 };
    let fields: u16 = asked(form).map(|(at, field)| fixed_rows(form, at, field, width)).sum();
    fields + text + message(form, width)
}

/// The columns of the longest label with its mark.
fn label_width(form: &Form, width: u16) -> u16 {
    let longest = asked(form).filter(|(_, field)| !matches!(field.entry, Entry::Text(_)));
    let longest = longest.map(|(_, field)| columns(&field.label)).max().unwrap_or(0) + 3;
    u16::try_from(longest).unwrap_or(width).min(width / 2)
}

fn asked(form: &Form) -> impl Iterator<Item = (usize, &Field)> {
    form.fields.iter().enumerate().filter(|(_, field)| !field.hidden)
}

/// The rows of a field without those of its long text.
fn fixed_rows(form: &Form, at: usize, field: &Field, width: u16) -> u16 {
    let entry = match &field.entry {
        Entry::Line(_) | Entry::Choice(_) | Entry::Toggle(_) | Entry::Text(_) => 1,
        Entry::Ticks(ticks) => {
            u16::try_from(ticks.lines.len()).unwrap_or(TICK_ROWS).clamp(1, TICK_ROWS)
        }
    };
    entry + u16::try_from(below(form, at, field, width).len()).unwrap_or(0)
}

/// What stands under a field: what is wrong with it, or how to fill it in.
fn below(form: &Form, at: usize, field: &Field, width: u16) -> Vec<String> {
    let beside = match field.entry {
        Entry::Text(_) => 0,
        Entry::Line(_) | Entry::Choice(_) | Entry::Toggle(_) | Entry::Ticks(_) => {
            label_width(form, width)
        }
    };
    let room = usize::from(width.saturating_sub(beside)).max(1);
    match &field.error {
        Some(error) => wrap(&format!("✗ {error}"), room),
        None if at == form.focus && !field.hint.is_empty() => {
            let rows = if room < WIDE { 1 } else { 2 };
            wrap(&field.hint, room).into_iter().take(rows).collect()
        }
        None => Vec::new(),
    }
}

fn message(form: &Form, width: u16) -> u16 {
    let lines = form.message.as_deref().map_or(0, |text| wrap(text, width.into()).len());
    u16::try_from(lines).unwrap_or(0)
}

/// Draws the form into a rectangle of any size, the field that has the keys in sight.
pub fn draw(
    form: &Form,
    focused: bool,
    theme: &Theme,
    frame: &mut Frame,
    rect: Rect,
    screen: &mut Screen,
) {
    if rect.is_empty() {
        return;
    }
    let low = rect.height.saturating_sub(1).min(FEW_ROWS);
    let most = rect.height.saturating_sub(FIELD_ROWS).max(low);
    let top = message(form, rect.width).min(most);
    let lines =
        form.message.as_deref().map(|text| wrap(text, rect.width.into())).unwrap_or_default();
    for (y, line) in (rect.y..rect.y + top).zip(lines) {
        frame.buffer_mut().set_line(rect.x, y, &Line::styled(line, theme.bad()), rect.width);
    }
    let view = Rect { y: rect.y + top, height: rect.height - top, ..rect };
    let fixed: u16 = asked(form).map(|(at, field)| fixed_rows(form, at, field, rect.width)).sum();
    let text =
        view.height.saturating_sub(fixed).max(TEXT_ROWS).min(view.height.saturating_sub(1).max(1));
    let places = places(form, rect.width, text);
    let skip = scroll(form, &places, view.height);
    for (at, begin, height) in places {
        let Some(field) = form.fields.get(at) else { continue };
        let Some(place) = visible(view, begin, height, skip) else { continue };
        mark(screen, place, Target::Field(at));
        let cut = u16::try_from((skip - i32::from(begin)).max(0)).unwrap_or(0);
        let look = field::Look {
            focused: focused && at == form.focus,
            label: label_width(form, rect.width),
            cut,
        };
        let below = below(form, at, field, rect.width);
        let text = field::draw(field, &below, look, theme, frame, place);
        screen.text = text.map(area).or(screen.text);
    }
}

/// Where each field begins, counted from the first row of the form, and how many rows it takes.
fn places(form: &Form, width: u16, text: u16) -> Vec<(usize, u16, u16)> {
    let mut next = 0;
    let mut places = Vec::new();
    for (at, field) in asked(form) {
        let more = if matches!(field.entry, Entry::Text(_)) { text } else { 0 };
        let height = fixed_rows(form, at, field, width) + more;
        places.push((at, next, height));
        next += height;
    }
    places
}

/// How many rows are scrolled away so that the field with the keys is in sight, in the middle if it can be.
fn scroll(form: &Form, places: &[(usize, u16, u16)], height: u16) -> i32 {
    let total: u16 = places.iter().map(|(_, _, rows)| rows).sum();
    let Some((_, begin, rows)) = places.iter().find(|(at, _, _)| *at == form.focus) else {
        return 0;
    };
    let middle = i32::from(*begin) + i32::from(*rows / 2) - i32::from(height / 2);
    let furthest = i32::from(total.saturating_sub(height));
    // A field that is higher than the view shows its beginning.
    middle
        .min(i32::from(*begin))
        .max(i32::from(*begin + *rows) - i32::from(height))
        .min(i32::from(*begin))
        .clamp(0, furthest)
}

/// The part of a field that is in sight.
fn visible(view: Rect, begin: u16, height: u16, skip: i32) -> Option<Rect> {
    let from = (i32::from(begin) - skip).max(0);
    let to = (i32::from(begin) + i32::from(height) - skip).min(i32::from(view.height));
    let (from, to) = (u16::try_from(from).ok()?, u16::try_from(to).ok()?);
    (from < to).then(|| Rect { y: view.y + from, height: to - from, ..view })
}
