//! The alerts: one row per student who needs a word, most urgent first; the first few, until more is asked for.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use chrono::NaiveDate;

use crate::app::{area::Page, command::List, cursor::Cursor};
use crate::domain::{
    alert::{Alert, State, Trend, first},
    freshness::{self, Age, Known},
    reason::Severity,
    records::Records,
    student::StudentId,
    tuning::{self, CAP},
    tutor::TutorId,
};

/// So many days after its start a module has ended.
const A_YEAR: i64 = 300;

/// How much of the list is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Breadth {
    /// The first few.
    #[default]
    First,
    /// All that speak.
    All,
    /// Those too that somebody quietened.
    Quiet,
}

/// One line of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// An alert, by its place among the rows.
    Alert(usize),
    /// So many more speak.
    More(usize),
    /// So many are quiet.
    Quiet(usize),
}

/// What the lines ask of a row, apart from the row so that all of them are run over quickly.
#[derive(Debug, Clone, Copy)]
struct Fact {
    student: StudentId,
    owner: Option<TutorId>,
    severity: Severity,
    is_quiet: bool,
    /// Whether it has been judged, and that for the first time.
    first_run: Option<bool>,
}

impl Fact {
    fn of(row: &Alert) -> Self {
        let is_first = || row.trend == Trend::First && row.state == State::New;
        Self {
            student: row.student,
            owner: row.owner,
            severity: row.severity(),
            is_quiet: row.quiet.is_some(),
            first_run: row.standing.as_ref().map(|_| is_first()),
        }
    }
}

/// What is told of all rows.
#[derive(Debug, Clone, Copy, Default)]
struct Told {
    loud: usize,
    quiet: usize,
    is_first_run: bool,
}

impl Told {
    fn of(rows: &[Fact]) -> Self {
        let quiet = rows.iter().filter(|row| row.is_quiet).count();
        let mut judged = rows.iter().filter_map(|row| row.first_run).peekable();
        let is_first_run = judged.peek().is_some() && judged.all(|is_first| is_first);
        Self { loud: rows.len() - quiet, quiet, is_first_run }
    }
}

/// The state of the list.
#[derive(Debug, Clone)]
pub struct Alerts {
    rows: Vec<Arc<Alert>>,
    facts: Vec<Fact>,
    /// The same by student.
    index: HashMap<StudentId, Arc<Alert>>,
    /// What is told of all rows, counted whenever they change.
    told: Told,
    /// How old the oldest source is of the modules that run, in words.
    fresh: Option<(Age, String)>,
    /// Where the list stands, counted in lines.
    pub cursor: Cursor,
    breadth: Breadth,
    cap: Option<u8>,
    lines: Vec<Line>,
}

impl Default for Alerts {
    fn default() -> Self {
        Self {
            rows: Vec::new(),
            facts: Vec::new(),
            index: HashMap::new(),
            told: Told::default(),
            fresh: None,
            cursor: Cursor::default(),
            breadth: Breadth::First,
            cap: Some(CAP),
            lines: Vec::new(),
        }
    }
}

impl Alerts {
    /// Takes all rows anew, in their order, and keeps the position.
    pub fn fill(&mut self, rows: Vec<Arc<Alert>>) {
        let selected = self.selected().map(|row| row.student);
        self.index = rows.iter().map(|row| (row.student, Arc::clone(row))).collect();
        self.facts = rows.iter().map(|row| Fact::of(row)).collect();
        self.rows = rows;
        self.told = Told::of(&self.facts);
        self.keep(selected);
    }

    /// Takes new rows for these students; who has none needs no word.
    pub fn replace(&mut self, students: &BTreeSet<StudentId>, rows: Vec<Arc<Alert>>) {
        let selected = self.selected().map(|row| row.student);
        for student in students {
            let Some(gone) = self.index.remove(student) else { continue };
            let place = self.rows.partition_point(|other| other.before(&gone).is_lt());
            if self.facts.get(place).is_some_and(|fact| fact.student == *student) {
                self.rows.remove(place);
                self.facts.remove(place);
            }
        }
        for row in rows {
            self.index.insert(row.student, Arc::clone(&row));
            let place = self.rows.partition_point(|other| other.before(&row).is_lt());
            self.facts.insert(place, Fact::of(&row));
            self.rows.insert(place, row);
        }
        self.told = Told::of(&self.facts);
        self.keep(selected);
    }

    /// Takes how many rows the profile shows at first, and how far the signals are known.
    pub fn take(&mut self, records: &Records, today: NaiveDate) {
        self.cap_at(tuning::cap(records.tuning()));
        self.fresh = fresh(records, today);
    }

    /// How old the oldest source is of the modules that run, in words.
    #[must_use]
    pub const fn fresh(&self) -> Option<&(Age, String)> {
        self.fresh.as_ref()
    }

    /// Shows so many rows until more is asked for; none for all.
    fn cap_at(&mut self, cap: Option<u8>) {
        if cap != self.cap {
            let selected = self.selected().map(|row| row.student);
            self.cap = cap;
            self.keep(selected);
        }
    }

    /// Shows more: all that speak, then those too that are quiet, then the first few again. On the line that counts the
    /// quiet ones, those.
    pub fn widen(&mut self) {
        if matches!(self.line(), Some(Line::Quiet(_))) {
            self.breadth = Breadth::Quiet;
            self.keep(None);
            self.cursor.selected = self.told.loud;
            return;
        }
        let selected = self.selected().map(|row| row.student);
        let hidden = |line: &Line| matches!(line, Line::More(_));
        let quiet = self.told.quiet > 0;
        self.breadth = match self.breadth {
            Breadth::First if self.lines.iter().any(hidden) => Breadth::All,
            Breadth::First | Breadth::All if quiet => Breadth::Quiet,
            Breadth::First | Breadth::All | Breadth::Quiet => Breadth::First,
        };
        self.keep(selected);
    }

    /// How much of the list is shown.
    #[must_use]
    pub const fn breadth(&self) -> Breadth {
        self.breadth
    }

    /// Whether there is more than the first few that speak.
    #[must_use]
    pub fn has_more(&self) -> bool {
        self.breadth != Breadth::First
            || self.lines.iter().any(|line| !matches!(line, Line::Alert(_)))
    }

    /// The rows, most urgent first, those included that are not shown.
    #[must_use]
    pub fn rows(&self) -> &[Arc<Alert>] {
        &self.rows
    }

    /// The lines that are shown.
    #[must_use]
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// The alert of a line.
    #[must_use]
    pub fn row(&self, line: Line) -> Option<&Alert> {
        match line {
            Line::Alert(place) => self.rows.get(place).map(|row| &**row),
            Line::More(_) | Line::Quiet(_) => None,
        }
    }

    /// The selected line.
    #[must_use]
    pub fn line(&self) -> Option<Line> {
        self.lines.get(self.cursor.selected).copied()
    }

    /// The selected row.
    #[must_use]
    pub fn selected(&self) -> Option<&Alert> {
        self.line().and_then(|line| self.row(line))
    }

    /// The row of a student, if there is one.
    #[must_use]
    pub fn find(&self, student: StudentId) -> Option<&Arc<Alert>> {
        self.index.get(&student)
    }

    /// Goes to the row of a student, or to the line that counts it among those that are not shown.
    pub fn turn_to(&mut self, student: StudentId) {
        let Some(row) = self.find(student) else { return };
        let is_quiet = row.quiet.is_some();
        let counts = |line: &Line| match line {
            Line::Alert(_) => false,
            Line::More(_) => !is_quiet,
            Line::Quiet(_) => is_quiet,
        };
        let place = self.place(student).or_else(|| self.lines.iter().position(counts));
        self.cursor.selected = place.unwrap_or(self.cursor.selected);
    }

    /// Selects the row of a student, if there is one; shows more where it is not among the first.
    pub fn select(&mut self, student: StudentId) {
        let Some(row) = self.find(student) else { return };
        let needed = if row.quiet.is_some() { Breadth::Quiet } else { Breadth::All };
        if self.place(student).is_none() {
            self.breadth = needed;
        }
        self.keep(Some(student));
    }

    /// Moves in the list.
    pub fn go(&mut self, command: List, page: Page) {
        self.cursor.go(command, self.lines.len(), page);
    }

    /// How many speak, and how many are quiet.
    #[must_use]
    pub const fn counts(&self) -> (usize, usize) {
        (self.told.loud, self.told.quiet)
    }

    /// Whether the signals have been judged for the first time: then nothing is new or continuing.
    #[must_use]
    pub const fn is_first_run(&self) -> bool {
        self.told.is_first_run
    }

    fn place(&self, student: StudentId) -> Option<usize> {
        let of = |line: &Line| match line {
            Line::Alert(place) => {
                self.facts.get(*place).is_some_and(|fact| fact.student == student)
            }
            Line::More(_) | Line::Quiet(_) => false,
        };
        self.lines.iter().position(of)
    }

    /// Lays the lines out anew, and stays at the student, or at the place where they were.
    fn keep(&mut self, selected: Option<StudentId>) {
        self.lines = self.lay();
        let place = selected.and_then(|student| self.place(student));
        self.cursor.selected = place.unwrap_or(self.cursor.selected);
        self.cursor.clamp(self.lines.len());
    }

    fn lay(&self) -> Vec<Line> {
        let (loud, quiet) = self.counts();
        let cap = self.cap.filter(|_| self.breadth == Breadth::First);
        let places = |silent: bool| {
            let facts = self.facts.iter().enumerate();
            facts.filter(move |(_, fact)| fact.is_quiet == silent)
        };
        let speaking = || places(false);
        let shown = first(speaking().map(|(_, fact)| (fact.owner, fact.severity)), cap);
        let firsts = speaking().zip(shown).filter(|(_, shown)| *shown);
        let mut lines: Vec<Line> = firsts.map(|((at, _), _)| Line::Alert(at)).collect();
        if loud > lines.len() {
            lines.push(Line::More(loud - lines.len()));
        }
        match self.breadth {
            Breadth::Quiet => lines.extend(places(true).map(|(at, _)| Line::Alert(at))),
            Breadth::First | Breadth::All if quiet > 0 => lines.push(Line::Quiet(quiet)),
            Breadth::First | Breadth::All => {}
        }
        lines
    }
}

/// How old the oldest source is of the modules that run, in words.
fn fresh(records: &Records, today: NaiveDate) -> Option<(Age, String)> {
    let runs = |known: &Known| {
        let module = records.module(known.module);
        module.is_some_and(|it| (0..A_YEAR).contains(&(today - it.starts).num_days()))
    };
    let all = freshness::all(records, today);
    let running: Vec<Known> = all.into_iter().filter(runs).collect();
    let oldest = running.iter().min_by_key(|known| known.as_of)?;
    let old = running.iter().filter(|known| known.age != Age::Fresh).count();
    Some(match (oldest.age, old) {
        (Age::Fresh, _) => (Age::Fresh, format!("signals {}", oldest.words(today))),
        (age, 1) => (age, format!("{}: {}", age.words(), oldest.told(today))),
        (age, _) => (age, format!("{old} sources {}: {}", age.words(), oldest.told(today))),
    })
}

#[cfg(test)]
mod tests;
