//! One field of a form: its label, what is typed or chosen, and what stands under it.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::text::{Line as Words, Span};

use crate::app::form::{Choice, Entry, Field, Line, LineKind, Ticks};
use crate::ui::Theme;
use crate::ui::widget::line::{self, Show};
use crate::ui::widget::text::{columns, fit, fit_left};
use crate::ui::widget::{editor, list};

/// What is chosen, and who is ticked, keeps so many columns before anything stands beside it.
const SHORTEST: usize = 8;

/// How a field is drawn.
#[derive(Debug, Clone, Copy)]
pub(super) struct Look {
    /// Whether it has the keys.
    pub focused: bool,
    /// The columns of all labels.
    pub label: u16,
    /// How many of its rows are scrolled away above.
    pub cut: u16,
}

/// Draws the field; returns where its long text lies, if it has one and begins in sight.
pub(super) fn draw(
    field: &Field,
    below: &[String],
    look: Look,
    theme: &Theme,
    frame: &mut Frame,
    rect: Rect,
) -> Option<Rect> {
    let under = u16::try_from(below.len()).unwrap_or(0).min(rect.height.saturating_sub(1));
    let own = Rect { height: rect.height - under, ..rect };
    let head = u16::from(look.cut == 0);
    let body = Rect { y: own.y + head, height: own.height - head, ..own };
    if let Entry::Text(text) = &field.entry {
        if head > 0 {
            heading(field, look, theme, frame, own);
        }
        editor::draw(text, look.focused, theme, frame, body);
    } else {
        if look.cut == 0 {
            label(field, look, theme, frame, own);
        }
        let value =
            Rect { x: own.x + look.label, width: own.width.saturating_sub(look.label), ..own };
        entry(&field.entry, look, theme, frame, value);
    }
    let indent = if matches!(field.entry, Entry::Text(_)) { 0 } else { look.label };
    let style = if field.error.is_some() { theme.bad() } else { theme.dim() };
    for (y, text) in (own.bottom()..rect.bottom()).zip(below) {
        let width = rect.width.saturating_sub(indent);
        let line = Words::styled(fit(text, width.into()).into_owned(), style);
        frame.buffer_mut().set_line(rect.x + indent, y, &line, width);
    }
    (head > 0 && indent == 0 && !body.is_empty()).then_some(body)
}

fn marked(field: &Field) -> String {
    format!("{}{}", field.label, if field.required { "*" } else { "" })
}

fn label(field: &Field, look: Look, theme: &Theme, frame: &mut Frame, rect: Rect) {
    let style = match (look.focused, &field.error) {
        (_, Some(_)) => theme.bad(),
        (true, None) => theme.focus(),
        (false, None) => theme.heading().remove_modifier(Modifier::BOLD),
    };
    let mark = if look.focused { "▸" } else { " " };
    let text = format!("{mark}{}", marked(field));
    let width = look.label.saturating_sub(1);
    let line = Words::styled(fit(&text, width.into()).into_owned(), style);
    frame.buffer_mut().set_line(rect.x, rect.y, &line, width);
}

/// The label of a long text is a rule over it.
fn heading(field: &Field, look: Look, theme: &Theme, frame: &mut Frame, rect: Rect) {
    let (mark, style) = if look.focused { ("▸", theme.focus()) } else { ("─", theme.frame()) };
    let title = format!("{mark}{} ", marked(field));
    let title = fit(&title, rect.width.into()).into_owned();
    let left = usize::from(rect.width).saturating_sub(columns(&title));
    let rule = if look.focused { "━" } else { "─" }.repeat(left);
    let line = Words::from(vec![Span::styled(title, style), Span::styled(rule, style)]);
    frame.buffer_mut().set_line(rect.x, rect.y, &line, rect.width);
}

fn entry(entry: &Entry, look: Look, theme: &Theme, frame: &mut Frame, rect: Rect) {
    match entry {
        Entry::Line(typed) => typed_line(typed, look, theme, frame, rect),
        Entry::Choice(choice) => {
            let words = choice_line(choice, look, theme, rect.width);
            frame.buffer_mut().set_line(rect.x, rect.y, &words, rect.width);
        }
        Entry::Toggle(on) => {
            let text = if *on { "☑ yes" } else { "☐ no" };
            let style = if look.focused { theme.cursor(true) } else { theme.field(false) };
            frame.buffer_mut().set_line(rect.x, rect.y, &Words::styled(text, style), rect.width);
        }
        Entry::Ticks(ticks) => tick_lines(ticks, look, theme, frame, rect),
        Entry::Text(_) => {}
    }
}

fn typed_line(typed: &Line, look: Look, theme: &Theme, frame: &mut Frame, rect: Rect) {
    let show = if typed.kind == LineKind::Secret { Show::Masked } else { Show::Plain };
    line::draw(&typed.input, show, look.focused, theme, frame, rect);
    let room = usize::from(rect.width).saturating_sub(columns(typed.input.value()) + 1);
    if let Some(offer) = typed.offer().filter(|_| look.focused && room > 0) {
        let x = rect.x + u16::try_from(columns(typed.input.value())).unwrap_or(0);
        let offered = Words::styled(fit(offer, room).into_owned(), theme.dim());
        frame.buffer_mut().set_line(x, rect.y, &offered, rect.right().saturating_sub(x));
    }
}

/// All possibilities where they fit, else the chosen one between arrows.
fn choice_line<'a>(choice: &'a Choice, look: Look, theme: &Theme, width: u16) -> Words<'a> {
    let all: usize = choice.options.iter().map(|option| columns(&option.words) + 4).sum();
    if all <= usize::from(width) + 2 {
        let mut spans = Vec::new();
        for (at, option) in choice.options.iter().enumerate() {
            let chosen = choice.selected == Some(at);
            let style = match (chosen, look.focused) {
                (true, true) => theme.shade(option.shade).add_modifier(Modifier::REVERSED),
                (true, false) => theme.shade(option.shade).add_modifier(Modifier::BOLD),
                (false, _) => theme.dim(),
            };
            let sign = if chosen { "● " } else { "○ " };
            spans.push(Span::styled(format!("{sign}{}", fit(&option.words, width.into())), style));
            spans.push(Span::raw("  "));
        }
        return Words::from(spans);
    }
    let position = choice
        .selected
        .map_or_else(String::new, |at| format!("  {} of {}", at + 1, choice.options.len()));
    let room = usize::from(width).saturating_sub(columns(&position) + 4);
    let (room, position) = if room < SHORTEST {
        (usize::from(width).saturating_sub(4), String::new())
    } else {
        (room, position)
    };
    let (words, mut style) = choice
        .chosen()
        .map_or(("choose", theme.dim()), |o| (o.words.as_str(), theme.shade(o.shade)));
    if look.focused {
        style = style.add_modifier(Modifier::REVERSED);
    }
    Words::from(vec![
        Span::styled(format!("‹ {} ›", fit(words, room)), style),
        Span::styled(position, theme.dim()),
    ])
}

fn tick_lines(ticks: &Ticks, look: Look, theme: &Theme, frame: &mut Frame, rect: Rect) {
    let widest = ticks.words.iter().map(|(_, words)| columns(words)).max().unwrap_or(0);
    let focus = if look.focused { list::Focus::Here } else { list::Focus::Nowhere };
    let cursor = crate::app::Cursor { selected: ticks.at, top: 0 };
    let rows = list::Rows { cursor, len: ticks.lines.len(), focus };
    let _places = list::draw(rows, theme, frame, rect, |at, width| {
        let Some(line) = ticks.lines.get(at) else { return vec![Words::default()] };
        let (sign, words) =
            ticks.words.get(line.chosen).map_or(("", ""), |(sign, words)| (*sign, words.as_str()));
        let room = usize::from(width).saturating_sub(columns(sign) + 3);
        let beside = match ticks.words.len() {
            0..=2 => 0,
            _ if room < 2 * SHORTEST => 0,
            _ => widest.min(room / 2),
        };
        let label = fit_left(&line.label, room - beside);
        vec![Words::from(format!("{sign} {label} {}", fit(words, beside)))]
    });
}
