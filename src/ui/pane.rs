//! The panes of the desk: which are shown where. Each has a file of its own.

mod alerts;
mod engagement;
mod entry;
mod note;
mod timeline;
pub(super) mod tutees;

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};

use super::Memory;
use super::theme::{Lines, Theme};
use super::widget::empty;
use super::widget::frame::{self as framed, mark};
use super::widget::list::{self, Focus, Rows};
use crate::app::command::{Command, Desk, Roll};
use crate::app::split::{Divider, Splits};
use crate::app::{Cursor, Model, Pane, Screen, Target};
use crate::domain::student::StudentId;
use crate::domain::tutee::Scope;

/// From this many columns on all panes are shown.
const ALL: u16 = 110;
/// From this many columns and rows on two are.
const TWO: (u16, u16) = (50, 8);
/// From this many rows on engagement stands below the alerts; below that, the focus decides which is shown.
const BOTH: u16 = 20;
/// The least and the most rows of engagement below the alerts.
const ENGAGEMENT: (u16, u16) = (10, 26);

/// The least columns of a pane, and the least rows of timeline and note, wherever a divider is dragged to.
const COLUMN: u16 = 20;
const HALF: u16 = 4;

/// Draws the panes, those that are as they were from memory.
pub fn draw(
    model: &Model,
    theme: &Theme,
    (frame, memory): (&mut Frame, &mut Memory),
    area: Rect,
    screen: &mut Screen,
) {
    let places = places(model.focus, area, model.splits);
    screen.panes = framed::area(area);
    for (pane, rect) in &places {
        mark(screen, *rect, Target::Pane(*pane));
        let canvas = Canvas { model, theme, pane: *pane, turned: model.focus == *pane };
        let draw = match pane {
            Pane::Tutees => tutees::draw,
            Pane::Timeline => timeline::draw,
            Pane::Note => note::draw,
            Pane::Engagement => engagement::draw,
            Pane::Alerts => alerts::draw,
        };
        memory.draw(&canvas, draw, frame, *rect, screen);
    }
    memory.keep_only(&places);
    for (divider, rect) in dividers(&places) {
        mark(screen, rect, Target::Divider(divider));
    }
    if let Some((_, rect)) = places.last() {
        draw_duties(model, theme, frame, *rect, screen);
    }
}

/// The frames where panes meet, which the mouse can hold.
fn dividers(places: &[(Pane, Rect)]) -> Vec<(Divider, Rect)> {
    let mut found = Vec::new();
    let column = |left: Rect, right: Rect| Rect { x: left.right() - 1, width: 2, ..right };
    let at = |wanted: Pane| places.iter().find(|(pane, _)| *pane == wanted).map(|(_, it)| *it);
    match *places {
        [(_, left), (_, right)] if left.y == right.y => {
            found.push((Divider::Two, column(left, right)));
        }
        [(_, left), (_, middle), (_, note), (_, right), ..] => {
            let rows = Rect { height: note.bottom() - middle.y, ..middle };
            found.push((Divider::Left, column(left, rows)));
            found.push((Divider::Right, column(middle, Rect { x: right.x, ..rows })));
        }
        _ => {}
    }
    if let (Some(above), Some(below)) = (at(Pane::Timeline), at(Pane::Note))
        && above.width > 2
    {
        let place =
            Rect { x: above.x + 1, width: above.width - 2, y: above.bottom() - 1, height: 2 };
        found.push((Divider::Across, place.intersection(above.union(below))));
    }
    found
}

/// Says at the foot of the last pane, the alerts where they are shown, that duties of a tutor wait.
fn draw_duties(model: &Model, theme: &Theme, frame: &mut Frame, rect: Rect, screen: &mut Screen) {
    let duties = &model.desk.duties;
    let Some(words) = duties.words().filter(|_| rect.height > 1) else { return };
    let command = Command::Desk(Desk::Duties);
    let said = |words: String| {
        Line::from(vec![
            Span::styled(format!(" ! {words} "), theme.warn()),
            Span::styled(format!("{} ", model.keymap.labels(command)), theme.key()),
        ])
    };
    let room = usize::from(rect.width.saturating_sub(2));
    let mut lengths = [said(words), said(duties.short())].into_iter();
    let Some(line) = lengths.find(|line| line.width() <= room) else { return };
    let width = u16::try_from(line.width()).unwrap_or(rect.width);
    let place = Rect { x: rect.right() - width - 1, y: rect.bottom() - 1, width, height: 1 };
    frame.buffer_mut().set_line(place.x, place.y, &line, place.width);
    mark(screen, place, Target::Command(command));
}

/// Which panes are shown where: all, two, or the one that has the keys.
fn places(focus: Pane, area: Rect, splits: Splits) -> Vec<(Pane, Rect)> {
    if area.width >= ALL && area.height >= TWO.1 {
        let part = |of: u16, least: u16, most: u16| (area.width * of / 100).clamp(least, most);
        let room = (COLUMN, area.width.saturating_sub(COLUMN));
        let [left, middle, right] = area.layout(&Layout::horizontal([
            Constraint::Length(Splits::size(splits.left, part(30, 34, 56), room)),
            Constraint::Min(COLUMN),
            Constraint::Length(Splits::size(splits.right, part(28, 30, 56), room)),
        ]));
        let [above, below] = halves(middle, splits);
        let mut all = vec![(Pane::Tutees, left), (Pane::Timeline, above), (Pane::Note, below)];
        if right.height < BOTH {
            all.push((if focus == Pane::Engagement { focus } else { Pane::Alerts }, right));
        } else {
            let part = (right.height * 2 / 5).clamp(ENGAGEMENT.0, ENGAGEMENT.1);
            let [above, below] =
                right.layout(&Layout::vertical([Constraint::Min(0), Constraint::Length(part)]));
            all.extend([(Pane::Engagement, below), (Pane::Alerts, above)]);
        }
        return all;
    }
    if area.width < TWO.0 || area.height < TWO.1 {
        return vec![(focus, area)];
    }
    let beside = |left: u16| {
        let first = splits.two.map_or(Constraint::Percentage(left), |dragged| {
            Constraint::Length(Splits::size(Some(dragged), dragged, (COLUMN, area.width)))
        });
        area.layout::<2>(&Layout::horizontal([first, Constraint::Min(0)]))
    };
    match focus {
        Pane::Tutees => {
            let [left, right] = beside(45);
            vec![(Pane::Tutees, left), (Pane::Timeline, right)]
        }
        Pane::Engagement | Pane::Alerts => {
            let [left, right] = beside(50);
            vec![(Pane::Timeline, left), (focus, right)]
        }
        Pane::Timeline | Pane::Note if area.height < 2 * TWO.1 => vec![(focus, area)],
        Pane::Timeline | Pane::Note => {
            let [above, below] = halves(area, splits);
            vec![(Pane::Timeline, above), (Pane::Note, below)]
        }
    }
}

fn halves(area: Rect, splits: Splits) -> [Rect; 2] {
    let above = splits.across.map_or(Constraint::Percentage(52), |dragged| {
        Constraint::Length(Splits::size(Some(dragged), dragged, (HALF, area.height)))
    });
    area.layout(&Layout::vertical([above, Constraint::Min(0)]))
}

/// What every pane draws with.
pub(super) struct Canvas<'a> {
    pub(super) model: &'a Model,
    pub(super) theme: &'a Theme,
    /// Under which name it tells what it shows of its list.
    pub(super) pane: Pane,
    /// Whether it has the keys while no popup is open.
    pub(super) turned: bool,
}

impl Canvas<'_> {
    /// Whether the pane has the keys.
    pub(super) fn has_keys(&self) -> bool {
        self.turned && self.model.popups.is_empty()
    }

    pub(super) fn focus(&self) -> Focus {
        if self.has_keys() { Focus::Here } else { Focus::Elsewhere }
    }

    /// Draws the frame of the pane and returns what is inside.
    pub(super) fn frame(&self, title: &str, position: &str, frame: &mut Frame, rect: Rect) -> Rect {
        let shown = framed::title(title, position, rect.width);
        let block = framed::with_position(self.theme.pane(shown, self.has_keys()), position);
        framed::draw(&block, frame, rect)
    }

    /// Draws the entries of the pane's list, tells how many fit, and marks them for the mouse.
    pub(super) fn list<'l>(
        &self,
        (cursor, len): (Cursor, usize),
        (frame, rect): (&mut Frame, Rect),
        screen: &mut Screen,
        entry: impl FnMut(usize, u16) -> Vec<Line<'l>>,
    ) -> Vec<(Rect, usize)> {
        let rows = Rows { cursor, len, focus: self.focus() };
        let (page, places) = list::draw(rows, self.theme, frame, rect, entry);
        screen.pages.push((self.pane, page));
        for (rect, at) in &places {
            mark(screen, *rect, Target::Row(self.pane, *at));
        }
        places
    }

    /// The sign before a student who is marked.
    pub(super) fn tick(&self, student: StudentId) -> Span<'static> {
        let tick = if self.theme.lines == Lines::Ascii { "x" } else { "✓" };
        let marked = self.model.desk.tutees.marks.contains(&student);
        Span::styled(if marked { tick } else { " " }, self.theme.key())
    }

    /// How many are marked, for a title; nothing while nobody is.
    pub(super) fn marked(marks: usize) -> String {
        if marks > 0 { format!(" · {marks} marked") } else { String::new() }
    }

    /// Says that nobody of the profile is in the scope of the desk.
    pub(super) fn say_nobody(&self, frame: &mut Frame, rect: Rect) {
        let why = match self.model.desk.scope {
            Scope::MyTutees(_) => "Nobody is your tutee today.",
            Scope::MySchool(_) => "Nobody is in your school today.",
            Scope::All => "",
        };
        self.say(why, &[(Command::Roll(Roll::Scope), "shows others")], frame, rect);
    }

    /// The keys that put somebody on the desk: the first tutees; none once there are some, and none in a
    /// profile that is only looked at.
    pub(super) fn beginnings(&self) -> &'static [(Command, &'static str)] {
        if self.model.records.files().len() == 0
            && self.model.applies(Command::Desk(Desk::AddStudent))
        {
            &[
                (Command::Desk(Desk::Import), "imports a tutee list"),
                (Command::Desk(Desk::AddStudent), "adds a student"),
            ]
        } else {
            &[]
        }
    }

    /// Says why the pane is empty, and which keys fill it.
    pub(super) fn say(&self, why: &str, keys: &[(Command, &str)], frame: &mut Frame, rect: Rect) {
        empty::say(why, keys, (self.model, self.theme), frame, rect);
    }
}

#[cfg(test)]
mod tests;
