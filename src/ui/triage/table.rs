//! The list: as many columns as there is room for, the line over it, and how many rows there are in all.

use std::collections::BTreeSet;

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::command::{Command, Desk, Global, Roll, Triage as TriageCommand};
use crate::app::decide;
use crate::app::triage::{Column, LINE, Listing, Row};
use crate::app::views;
use crate::app::{Screen, Target};
use crate::domain::time::show_day;
use crate::ui::pane::Canvas;
use crate::ui::theme::Lines;
use crate::ui::widget::frame::{mark, position};
use crate::ui::widget::line::{self, Show};
use crate::ui::widget::text::{columns, fit, fit_left, fit_right};

/// The columns beside those that grow, in the order in which they come when there is room, each with its width and
/// the room from which on it is there.
const FIXED: [(Column, u16, u16); 7] = [
    (Column::Age, 5, 34),
    (Column::Severity, 10, 46),
    (Column::Owner, 14, 62),
    (Column::Step, 6, 82),
    (Column::Due, 9, 92),
    (Column::FirstSeen, 10, 104),
    (Column::Tutor, 18, 118),
];
/// The same where the severity is a sign alone.
const SIGN: u16 = 1;
/// The least columns of a name, and the most.
const NAME: (u16, u16) = (12, 32);
/// The least columns of a reason.
const WHY: u16 = 12;
/// From this many rows on there is a head and a foot.
const WITH_HEAD: u16 = 5;

pub(super) fn draw(canvas: &Canvas<'_>, frame: &mut Frame, rect: Rect, screen: &mut Screen) {
    let triage = &canvas.model.desk.triage;
    let at = position(triage.cursor.selected, triage.len());
    let mut inner = canvas.frame(&title(canvas), &at, frame, rect);
    if inner.is_empty() {
        return;
    }
    if triage.line.is_some() {
        inner = draw_line(canvas, frame, inner);
    }
    let tall = u16::from(inner.height >= WITH_HEAD);
    let [head, body, foot] = inner.layout(&Layout::vertical([
        Constraint::Length(tall),
        Constraint::Min(0),
        Constraint::Length(tall),
    ]));
    let Some(list) = triage.list.as_ref().filter(|list| !list.is_empty()) else {
        let below = draw_empty(canvas, frame, inner);
        if tall > 0 && below {
            draw_foot(canvas, frame, foot, screen);
        }
        return;
    };
    let table = Table { canvas, list, columns: widths(body.width, &triage.hidden) };
    if tall > 0 {
        table.draw_head(frame, head, screen);
        draw_foot(canvas, frame, foot, screen);
    }
    let rows = (triage.cursor, triage.len());
    canvas.list(rows, (frame, body), screen, |at, _| {
        vec![list.row(at).map_or_else(Line::default, |row| table.row(row))]
    });
}

/// Whose rows they are, which view it is, and how many are marked.
fn title(canvas: &Canvas<'_>) -> String {
    let desk = &canvas.model.desk;
    let marked = Canvas::marked(decide::marked(canvas.model).count());
    let view = views::current(canvas.model).map(|view| format!(" · “{}”", view.name));
    format!("Triage · {}{}{marked}", desk.scope.words(), view.unwrap_or_default())
}

/// The line over the list, and beside it what of it means nothing.
fn draw_line(canvas: &Canvas<'_>, frame: &mut Frame, rect: Rect) -> Rect {
    let triage = &canvas.model.desk.triage;
    let Some(asked) = &triage.line else { return rect };
    let theme = canvas.theme;
    let wrong = triage.list.as_ref().and_then(|list| list.query().wrong.first());
    let room = usize::from(rect.width).saturating_sub(columns(triage.asked()) + 5);
    let told = wrong.map(|wrong| fit(wrong, room.max(usize::from(rect.width) / 2)));
    let taken = told.as_ref().map_or(0, |told| u16::try_from(columns(told) + 2).unwrap_or(0));
    let buffer = frame.buffer_mut();
    buffer.set_line(rect.x, rect.y, &Line::styled("/", theme.key()), rect.width);
    let width = rect.width.saturating_sub(1 + taken);
    let typed = Rect { x: rect.x + 1, width, height: 1, ..rect };
    line::draw(&asked.input, Show::Plain, asked.typing && canvas.has_keys(), theme, frame, typed);
    if triage.asked().is_empty() {
        let room = usize::from(typed.width.saturating_sub(2));
        let line = Line::styled(fit(LINE, room).into_owned(), theme.dim());
        frame.buffer_mut().set_line(typed.x + 1, typed.y, &line, typed.width.saturating_sub(1));
    }
    if let Some(told) = told {
        let x = typed.right() + 1;
        let line = Line::styled(told.into_owned(), theme.bad());
        frame.buffer_mut().set_line(x, rect.y, &line, rect.right().saturating_sub(x));
    }
    Rect { y: rect.y + 1, height: rect.height - 1, ..rect }
}

/// `5 of 17 shown · 12 more: f · 3 snoozed`, and the key that shows more.
fn draw_foot(canvas: &Canvas<'_>, frame: &mut Frame, rect: Rect, screen: &mut Screen) {
    let (theme, triage) = (canvas.theme, &canvas.model.desk.triage);
    let counts = triage.list.as_ref().map(Listing::counts).unwrap_or_default();
    let mut told = vec![Span::raw(format!(" {} of {} shown", counts.shown, counts.of))];
    let mut say = |text: String, command: Option<Command>| {
        told.push(Span::styled(format!(" · {text}"), theme.dim()));
        if let Some(command) = command {
            let key = canvas.model.keymap.labels(command);
            told.push(Span::styled(format!(" {key}"), theme.key()));
            let wide = told.iter().map(Span::width).sum::<usize>();
            let width = u16::try_from(wide).unwrap_or(rect.width).min(rect.width);
            mark(screen, Rect { width, ..rect }, Target::Command(command));
        }
    };
    let all = Command::Triage(TriageCommand::All);
    if counts.more > 0 {
        say(format!("{} more:", counts.more), Some(all));
    } else if triage.all && triage.asked().is_empty() {
        say("only the first few:".into(), Some(all));
    }
    if counts.quiet > 0 {
        let settled = counts.quiet - counts.snoozed;
        let text = match (counts.snoozed, settled) {
            (0, settled) => format!("{settled} settled"),
            (snoozed, 0) => format!("{snoozed} snoozed"),
            (snoozed, settled) => format!("{snoozed} snoozed · {settled} settled"),
        };
        say(text, None);
    }
    frame.buffer_mut().set_line(rect.x, rect.y, &Line::from(told), rect.width);
}

/// Why nobody is shown; says whether the counts still tell something.
fn draw_empty(canvas: &Canvas<'_>, frame: &mut Frame, rect: Rect) -> bool {
    let (model, desk) = (canvas.model, &canvas.model.desk);
    let counts = desk.triage.list.as_ref().map(Listing::counts).unwrap_or_default();
    let clear = [(Command::Roll(Roll::ClearFilter), "shows all again")];
    if desk.triage.list.as_ref().is_some_and(|list| !list.query().is_empty()) {
        canvas.say("Nobody matches.", &clear, frame, rect);
        return true;
    }
    if counts.quiet > 0 {
        let why =
            "Nobody needs a word now. Who is snoozed is shown by “snoozed:yes” in the filter.";
        canvas.say(why, &[(Command::Desk(Desk::Filter), "opens the filter")], frame, rect);
        return true;
    }
    if desk.tutees.rows_in_scope() == 0 && model.records.files().len() > 0 {
        canvas.say_nobody(frame, rect);
    } else if desk.tutees.rows_in_scope() == 0 {
        let why = "Who needs a word stands here, and why.";
        canvas.say(why, canvas.beginnings(), frame, rect);
    } else {
        let why = "Nobody needs a word: no open concern, nothing overdue, everybody met.";
        let keys = [
            (Command::Global(Global::Desk), "goes to the desk, where a concern is raised"),
            (Command::Desk(Desk::Import), "imports what other programs know"),
        ];
        canvas.say(why, &keys, frame, rect);
    }
    false
}

/// Which columns there is room for, from the left, each with its width. Name and reason share what is left.
fn widths(width: u16, hidden: &BTreeSet<Column>) -> Vec<(Column, u16)> {
    // What is hidden leaves its room to those that come later.
    let gone = FIXED.iter().filter(|(it, _, from)| hidden.contains(it) && width >= *from);
    let freed: u16 = gone.map(|(_, wide, _)| wide + 1).sum();
    let there = |column: Column| {
        let fits = |from: u16| width + freed >= from && !hidden.contains(&column);
        let row = FIXED.iter().find(|(it, _, from)| *it == column && fits(*from));
        row.map(|(_, wide, _)| *wide)
    };
    let severity = there(Column::Severity).unwrap_or(SIGN);
    let fixed = [Column::Age, Column::Step, Column::Due, Column::FirstSeen]
        .into_iter()
        .chain([Column::Owner, Column::Tutor])
        .filter_map(|column| Some((column, there(column)?)));
    let fixed: Vec<(Column, u16)> = fixed.collect();
    // The mark, the severity, a gap after each column.
    let taken: u16 = fixed.iter().map(|(_, wide)| wide + 1).sum();
    let left = width.saturating_sub(1 + severity + 1 + taken);
    let name = (left * 40 / 100).clamp(NAME.0, NAME.1).min(left);
    let why = if hidden.contains(&Column::Why) { 0 } else { left.saturating_sub(name + 1) };
    let (name, why) = if why < WHY { (left, 0) } else { (name, why) };
    let grown = |column| match column {
        Column::Severity => Some(severity),
        Column::Student => Some(name),
        Column::Why => (why > 0).then_some(why),
        Column::Tutor
        | Column::FirstSeen
        | Column::Age
        | Column::Step
        | Column::Owner
        | Column::Due => fixed.iter().find(|(it, _)| *it == column).map(|(_, wide)| *wide),
    };
    let order = [
        Column::Severity,
        Column::Student,
        Column::Tutor,
        Column::Why,
        Column::FirstSeen,
        Column::Age,
        Column::Step,
        Column::Owner,
        Column::Due,
    ];
    order.into_iter().filter_map(|column| Some((column, grown(column)?))).collect()
}

/// The rows in sight.
struct Table<'a> {
    canvas: &'a Canvas<'a>,
    list: &'a Listing,
    columns: Vec<(Column, u16)>,
}

impl Table<'_> {
    /// The names of the columns; the one that orders the list has a sign.
    fn draw_head(&self, frame: &mut Frame, rect: Rect, screen: &mut Screen) {
        let theme = self.canvas.theme;
        let order = self.canvas.model.desk.triage.order;
        let (up, down) = if theme.lines == Lines::Ascii { ("^", "v") } else { ("↑", "↓") };
        let mut x = rect.x + 1;
        for (column, wide) in &self.columns {
            let (wide, here) = (*wide, order.column == *column);
            let sign = if order.rises() { up } else { down };
            let short = if wide < 4 { "" } else { short(*column, wide) };
            let room = usize::from(wide);
            let text = match (here, short) {
                (true, "") => sign.to_owned(),
                (true, title) => format!("{} {sign}", fit(title, room.saturating_sub(2))),
                (false, title) => fit(title, room).into_owned(),
            };
            let right = matches!(column, Column::Age);
            let text = if right { fit_right(&text, room) } else { fit_left(&text, room) };
            let style = if here { theme.key() } else { theme.heading() };
            let place = Rect { x, width: wide.min(rect.right().saturating_sub(x)), ..rect };
            frame.buffer_mut().set_line(x, rect.y, &Line::styled(text, style), place.width);
            mark(screen, place, Target::Head(*column));
            x = x.saturating_add(wide + 1).min(rect.right());
        }
    }

    fn row(&self, row: &Row) -> Line<'static> {
        let mut spans = vec![self.canvas.tick(row.student())];
        for (column, wide) in &self.columns {
            let (text, style) = self.cell(row, *column, usize::from(*wide));
            spans.push(Span::styled(text, style));
            spans.push(Span::raw(" "));
        }
        Line::from(spans)
    }

    fn cell(&self, row: &Row, column: Column, wide: usize) -> (String, Style) {
        let (theme, model) = (self.canvas.theme, self.canvas.model);
        let today = model.desk.today;
        let quiet = if row.is_quiet() { theme.dim() } else { Style::new() };
        let day = |day: Option<chrono::NaiveDate>| day.map(|day| show_day(day, today));
        let named = |place: Option<u32>| {
            let tutor = place.and_then(|place| self.list.names().tutor(place));
            tutor.and_then(|tutor| model.records.tutor(tutor)).map(|tutor| tutor.name.clone())
        };
        let text = match column {
            Column::Severity => {
                let urgency = row.alert.severity().urgency();
                let sign = theme.urgency_sign(urgency);
                let text = format!("{sign} {}", row.alert.severity().words());
                let text = if wide < 4 { sign.to_owned() } else { text };
                return (fit_left(&text, wide), theme.urgency(urgency));
            }
            Column::Student => {
                let file = model.records.file(row.student());
                let name = file.map(|file| file.student.name.shown()).unwrap_or_default();
                return (fit_left(&name, wide), quiet);
            }
            Column::Tutor => named(row.tutor),
            Column::Why => match &row.alert.quiet {
                Some(decided) => Some(decided.words(today)),
                None => Some(row.why().to_owned()),
            },
            Column::FirstSeen => day(Some(row.alert.first_seen)),
            Column::Age => {
                return (fit_right(&format!("{} d", row.age(today)), wide), quiet);
            }
            Column::Step => row.step.map(|step| format!("{} of {}", step.at, step.of)),
            Column::Owner => {
                let me = model.desk.viewer.map(|viewer| viewer.tutor);
                let mine = me.and_then(|me| self.list.names().place(me));
                let you = row.owner.is_some() && row.owner == mine;
                if you { Some("you".into()) } else { named(row.owner) }
            }
            Column::Due => {
                let late = row.due.is_some_and(|day| day < today) && !row.is_quiet();
                let text = day(row.due).unwrap_or_else(|| "–".into());
                return (fit_left(&text, wide), if late { theme.bad() } else { quiet });
            }
        };
        (fit_left(text.as_deref().unwrap_or("–"), wide), quiet)
    }
}

/// The title of a column that fits, with room for a sign.
fn short(column: Column, wide: u16) -> &'static str {
    match column {
        Column::FirstSeen if wide < 11 => "Since",
        Column::Due if wide < 10 => "Due",
        Column::Step if wide < 7 => "Step",
        Column::Severity
        | Column::Student
        | Column::Tutor
        | Column::Why
        | Column::FirstSeen
        | Column::Age
        | Column::Step
        | Column::Owner
        | Column::Due => column.title(),
    }
}
