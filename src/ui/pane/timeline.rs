//! The timeline of the student in hand.

use chrono::Datelike;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::Canvas;
use super::entry::{Teller, Told};
use crate::app::Screen;
use crate::app::command::{Command, Student, Timeline};
use crate::domain::file::StudentFile;
use crate::domain::id::Id;
use crate::domain::note::Note;
use crate::domain::record::Kind;
use crate::domain::timeline::{Entry, Filter};
use crate::ui::meetings::told;
use crate::ui::widget::frame::position;
use crate::ui::widget::text::{fit, fit_right};

/// Columns of a day of this year, and of another.
const DAY: usize = 6;
const DAY_AND_YEAR: usize = 9;

pub(super) fn draw(canvas: &Canvas<'_>, frame: &mut Frame, rect: Rect, screen: &mut Screen) {
    let (model, timeline) = (canvas.model, &canvas.model.desk.timeline);
    let at = position(timeline.cursor.selected, timeline.entries.len());
    let file = timeline.student.and_then(|student| model.records.file(student));
    let Some(file) = file else {
        let inner = canvas.frame("Timeline", &at, frame, rect);
        let why = "Everything about the tutee in hand stands here.";
        return canvas.say(why, canvas.beginnings(), frame, inner);
    };
    let inner = canvas.frame(&title(canvas, file), &at, frame, rect);
    if inner.is_empty() {
        return;
    }
    if timeline.entries.is_empty() {
        return draw_empty(canvas, frame, inner);
    }
    let (theme, today) = (canvas.theme, model.desk.today);
    let policy = model.rules.policy.as_deref();
    let teller = Teller { records: &model.records, file, policy, theme, today };
    let ends = [timeline.entries.first(), timeline.entries.last()];
    let other = ends.into_iter().flatten().any(|entry| entry.on.year() != today.year());
    let days = if other { DAY_AND_YEAR } else { DAY };
    let rows = (timeline.cursor, timeline.entries.len());
    let places = canvas.list(rows, (frame, inner), screen, |at, width| {
        let Some(entry) = timeline.entries.get(at) else { return vec![Line::default()] };
        let told = slot(canvas, entry).unwrap_or_else(|| teller.tell(entry));
        let lead = day(entry, days, today.year());
        let room = usize::from(width).saturating_sub(lead.len() + 5);
        let indent = if entry.nested { "  " } else { "" };
        vec![Line::from(vec![
            Span::styled(format!(" {lead} {indent}"), theme.dim()),
            Span::styled(told.sign, told.style),
            Span::raw(" "),
            Span::raw(fit(&told.words, room.saturating_sub(indent.len())).into_owned()),
        ])]
    });
    for (_, at) in places {
        let entry = timeline.entries.get(at).filter(|entry| entry.record.kind == Kind::Note);
        let note = entry.and_then(|entry| file.find(Id::<Note>::from_bytes(entry.record.bytes)));
        if let Some(note) = note {
            screen.shows(note);
        }
    }
}

/// A slot of the policy that is open, with its countdown and its clause.
fn slot(canvas: &Canvas<'_>, entry: &Entry) -> Option<Told> {
    let (model, theme) = (canvas.model, canvas.theme);
    let one = model.desk.timeline.slot_of(entry)?;
    let plan = model.rules.plan.as_deref()?;
    let file = model.records.file(model.desk.timeline.student?)?;
    let (records, today) = (&*model.records, model.desk.today);
    let slots = told::Teller { plan, records, file, theme, today };
    let told = slots.tell(one);
    let words = format!("{}, {} ({})", slots.name(one), told.sentence, plan.cited(one));
    Some(Told { sign: told.sign, style: told.style, words })
}

fn title(canvas: &Canvas<'_>, file: &StudentFile) -> String {
    let desk = &canvas.model.desk;
    let enrolment = file.enrolment(desk.today);
    let level = enrolment.and_then(|it| it.level).map(|level| format!("L{level} "));
    let programme = enrolment.map_or("", |it| &*it.programme);
    let filter = desk.timeline.filter;
    let only =
        if filter == Filter::All { String::new() } else { format!(" · only {}", filter.words()) };
    let course = format!("{}{programme}", level.unwrap_or_default());
    let parts = [file.student.name.shown(), course, file.student.number.clone()];
    let told: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    if only.is_empty() { told.join(" · ") } else { format!("{}{only}", file.student.name.shown()) }
}

fn day(entry: &Entry, columns: usize, year: i32) -> String {
    if entry.nested {
        return " ".repeat(columns);
    }
    let format = if entry.on.year() == year { "%-d %b" } else { "%-d %b %y" };
    fit_right(&entry.on.format(format).to_string(), columns)
}

fn draw_empty(canvas: &Canvas<'_>, frame: &mut Frame, rect: Rect) {
    if canvas.model.desk.timeline.filter == Filter::All {
        let keys = [
            (Command::Student(Student::Meeting), "records a meeting"),
            (Command::Student(Student::Note), "writes a note"),
        ];
        return canvas.say("Nothing is recorded yet.", &keys, frame, rect);
    }
    let keys = [(Command::Timeline(Timeline::Kinds), "shows another kind")];
    canvas.say("Nothing of this kind is recorded.", &keys, frame, rect);
}
