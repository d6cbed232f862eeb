//! The note under the timeline's cursor, or the one being written; its confidentiality in words and colour.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::Canvas;
use super::entry::{Teller, capital};
use crate::app::command::{Command, Student};
use crate::app::pane::note::Writing;
use crate::app::{Page, Screen};
use crate::domain::file::StudentFile;
use crate::domain::id::Id;
use crate::domain::note::{Confidentiality, Note};
use crate::domain::time::show_day;
use crate::domain::word::Choice;
use crate::ui::widget::editor;
use crate::ui::widget::frame as framed;
use crate::ui::widget::ink;
use crate::ui::widget::text::{columns, fit, wrap};

pub(super) fn draw(canvas: &Canvas<'_>, frame: &mut Frame, rect: Rect, screen: &mut Screen) {
    let desk = &canvas.model.desk;
    if let Some(writing) = &desk.note.writing {
        return draw_writing(canvas, writing, frame, rect, screen);
    }
    let file = desk.student().and_then(|student| canvas.model.records.file(student));
    let note = desk.timeline.note().map(|record| Id::<Note>::from_bytes(record.bytes));
    match (file, file.zip(note).and_then(|(file, note)| file.find(note))) {
        (_, Some(note)) => draw_note(canvas, note, frame, rect, screen),
        (Some(file), None) => draw_entry(canvas, file, frame, rect, screen),
        (None, None) => {
            let inner = canvas.frame("Note", "", frame, rect);
            canvas.say("Notes stand here.", canvas.beginnings(), frame, inner);
        }
    }
}

fn draw_writing(
    canvas: &Canvas<'_>,
    writing: &Writing,
    frame: &mut Frame,
    rect: Rect,
    screen: &mut Screen,
) {
    let state = if writing.waiting {
        "saving"
    } else if writing.is_changed() {
        "not saved"
    } else {
        "writing"
    };
    let inner = leveled(canvas, &writing.before, writing.confidentiality, state, frame, rect);
    if !inner.is_empty() {
        screen.shows(&writing.before);
    }
    screen.text = Some(framed::area(inner));
    editor::draw(&writing.editor, canvas.has_keys(), canvas.theme, frame, inner);
}

fn draw_note(canvas: &Canvas<'_>, note: &Note, frame: &mut Frame, rect: Rect, screen: &mut Screen) {
    let inside = rect.width.saturating_sub(4).max(1);
    let lines = wrap(&note.text, inside.into());
    let fact = note.confidentiality == Confidentiality::FactOnly;
    let inner = leveled(canvas, note, note.confidentiality, "", frame, rect);
    if fact {
        let why = "That there was a contact is recorded, and no text.";
        return canvas.say(why, &[], frame, inner);
    }
    if !inner.is_empty() {
        screen.shows(note);
    }
    let styled = |line: String| {
        let heading = line.starts_with('#');
        Line::styled(line, if heading { canvas.theme.heading() } else { Style::new() })
    };
    let lines: Vec<Line<'_>> = lines.into_iter().map(styled).collect();
    read(canvas, &lines, frame, inner, screen);
}

/// The frame of a note: its day, its level in words and colour, and how writing stands.
fn leveled(
    canvas: &Canvas<'_>,
    note: &Note,
    level: Confidentiality,
    state: &str,
    frame: &mut Frame,
    rect: Rect,
) -> Rect {
    let style = canvas.theme.confidentiality(level);
    let day = show_day(note.on, canvas.model.desk.today);
    let words = fit(level.words(), usize::from(rect.width.saturating_sub(4)));
    let words = format!(" {words} ");
    let room = usize::from(rect.width).saturating_sub(columns(&words) + 4);
    let tail = if state.is_empty() { String::new() } else { format!("· {state} ") };
    let lead = fit(&format!(" Note · {day} ·"), room).into_owned();
    let tail = fit(&tail, room.saturating_sub(columns(&lead))).into_owned();
    let title = Line::from(vec![Span::raw(lead), Span::styled(words, style), Span::raw(tail)]);
    framed::draw(&canvas.theme.pane(title, canvas.has_keys()), frame, rect)
}

/// An entry that is no note, in full.
fn draw_entry(
    canvas: &Canvas<'_>,
    file: &StudentFile,
    frame: &mut Frame,
    rect: Rect,
    screen: &mut Screen,
) {
    let (model, today) = (canvas.model, canvas.model.desk.today);
    let Some(entry) = model.desk.timeline.selected() else {
        let inner = canvas.frame("Note", "", frame, rect);
        let keys = [(Command::Student(Student::Note), "writes a note")];
        return canvas.say("No entry is selected.", &keys, frame, inner);
    };
    let policy = model.rules.policy.as_deref();
    let teller = Teller { records: &model.records, file, policy, theme: canvas.theme, today };
    let told = teller.tell(entry);
    let title = format!("{} · {}", capital(entry.record.kind.one()), show_day(entry.on, today));
    let inner = canvas.frame(&title, "", frame, rect);
    let text = teller.text(entry);
    let gap = if text.is_empty() { "" } else { "\n\n" };
    let words = [&told.words, gap, &text].concat();
    let lines = wrap(&words, inner.width.saturating_sub(2).max(1).into());
    let lines: Vec<Line<'_>> = lines.into_iter().map(Line::from).collect();
    read(canvas, &lines, frame, inner, screen);
}

/// Shows lines from where reading stands.
fn read(
    canvas: &Canvas<'_>,
    lines: &[Line<'_>],
    frame: &mut Frame,
    rect: Rect,
    screen: &mut Screen,
) {
    let rows = usize::from(rect.height);
    let top = canvas.model.desk.note.top.min(lines.len().saturating_sub(rows));
    for (line, y) in lines.iter().skip(top).zip(rect.y..rect.bottom()) {
        ink::line(frame.buffer_mut(), (rect.x + 1, y), line, rect.width.saturating_sub(2));
    }
    screen.pages.push((canvas.pane, Page { top, rows }));
}
