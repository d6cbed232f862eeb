//! The rows of a Moodle log one by one: who did what on which day.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;

use super::Columns;
use crate::exchange::{
    Refusal, cell,
    dates::Order,
    signals::{Export, when},
    student_row::Wrong,
    table::Row,
};

/// Something was handed in.
const HANDED: [&str; 5] = [
    "A submission has been submitted.",
    "A submission has been uploaded.",
    "Quiz attempt submitted",
    "Quiz attempt submitted.",
    "Add Submission",
];

/// What the description says where one hands in for several.
const FOR_A_GROUP: &str = "for the group with id";

/// Only those who teach do this.
const TEACHES: [&str; 9] = [
    "Grader report viewed",
    "Grading table viewed",
    "Grading form viewed",
    "Log report viewed",
    "Course module created",
    "Course module updated",
    "Course module deleted",
    "Course section updated",
    "All the submissions are being downloaded.",
];

/// Somebody has their own last day for a piece, which the log does not tell.
const EXCUSED: [&str; 3] =
    ["An extension has been granted.", "User override created", "User override updated"];

/// What the log says of somebody.
pub(super) struct Person<'a> {
    /// The first row that names them.
    pub row: u32,
    /// The name as the log writes it.
    pub name: String,
    /// The days on which they did anything.
    pub days: BTreeSet<NaiveDate>,
    /// The first day on which each piece was handed in.
    pub handed: BTreeMap<usize, NaiveDate>,
    /// The contexts of pieces for which they have more time.
    pub excused: BTreeSet<&'a str>,
    /// What the newest row about it says.
    pub enrolled: Option<bool>,
    /// Whether they did what only those do who teach.
    pub teaches: bool,
}

/// A piece of work that somebody handed in.
pub(super) struct Piece<'a> {
    /// What it is called: `Assignment: Essay 1`.
    pub context: &'a str,
    /// The first day on which anybody handed it in.
    pub first: NaiveDate,
    /// Somebody handed it in, and the log hides who.
    pub hidden: bool,
    /// One handed it in for a group, and the log does not say who is in it.
    pub shared: bool,
}

/// Everything that a log says.
pub(super) struct Events<'a> {
    columns: Columns,
    order: Order,
    today: NaiveDate,
    day: (&'a str, Option<NaiveDate>),
    places: HashMap<&'a str, Option<usize>>,
    piece_places: HashMap<&'a str, usize>,
    /// Everybody whom it names.
    pub people: Vec<Person<'a>>,
    /// Everything that was handed in.
    pub pieces: Vec<Piece<'a>>,
    /// The courses of a site's log.
    pub courses: BTreeSet<&'a str>,
    /// The course that the rows are about.
    pub course: &'a str,
    /// The oldest and the newest day.
    pub span: Option<(NaiveDate, NaiveDate)>,
    /// How many rows name nobody, and the first of them.
    pub hidden: (u32, u32),
}

impl<'a> Events<'a> {
    pub(super) fn new(export: &Export<'a>, columns: Columns) -> Self {
        let times = export.list.rows().map(|(row, _)| row.cell(columns.time));
        Self {
            columns,
            order: when::order(times, export.told.today),
            today: export.told.today,
            day: ("", None),
            places: HashMap::new(),
            piece_places: HashMap::new(),
            people: Vec::new(),
            pieces: Vec::new(),
            courses: BTreeSet::new(),
            course: "",
            span: None,
            hidden: (0, 0),
        }
    }

    /// Reads a row.
    pub(super) fn take(&mut self, row: Row<'a>) -> Result<(), Wrong> {
        let columns = self.columns;
        let cell = |column: Option<usize>| column.map_or("", |column| row.cell(column));
        let day = self.day(row.cell(columns.time))?;
        self.span = Some(self.span.map_or((day, day), |(a, b)| (a.min(day), b.max(day))));
        let (context, event) = (row.cell(columns.context), row.cell(columns.event));
        self.course = context.strip_prefix("Course: ").unwrap_or(self.course);
        if columns.course.is_some() {
            self.courses.insert(cell(columns.course));
        }
        let (name, affected) = (row.cell(columns.name), cell(columns.affected));
        // What the site does by itself is nobody's activity.
        let by_itself = matches!(cell(columns.origin), "cli" | "restore");
        let actor = if by_itself { None } else { self.person(row.number(), name) };
        let other = if affected == name { None } else { self.person(row.number(), affected) };
        if actor.is_none() && !by_itself {
            let (rows, first) = self.hidden;
            self.hidden = (rows + 1, if rows == 0 { row.number() } else { first });
        }
        if let Some(actor) = actor.and_then(|actor| self.people.get_mut(actor)) {
            actor.days.insert(day);
            actor.teaches |= TEACHES.contains(&event);
        }
        if HANDED.contains(&event) {
            self.hand_in(context, day, other.or(actor));
            let shared = cell(columns.description).contains(FOR_A_GROUP);
            let piece = self.piece_places.get(context).and_then(|at| self.pieces.get_mut(*at));
            if let Some(piece) = piece.filter(|_| shared) {
                piece.shared = true;
            }
        }
        if let Some(whom) = other.or(actor).and_then(|whom| self.people.get_mut(whom)) {
            match event {
                "User enrolled in course" => whom.enrolled = whom.enrolled.or(Some(true)),
                "User unenrolled from course" => whom.enrolled = whom.enrolled.or(Some(false)),
                _ if EXCUSED.contains(&event) => drop(whom.excused.insert(context)),
                _ => {}
            }
        }
        Ok(())
    }

    /// A log in which every name is hidden says nothing of anybody.
    pub(super) fn refuse_hidden(&self) -> Result<(), Refusal> {
        let (rows, row) = self.hidden;
        if !self.people.is_empty() || rows == 0 {
            return Ok(());
        }
        Err(Refusal::Hushed {
            row,
            column: self.columns.name + 1,
            what: "the name",
            hint: "Ask for the log with names, from somebody who may see them in Moodle.",
        })
    }

    fn day(&mut self, text: &'a str) -> Result<NaiveDate, Wrong> {
        // Rows of one day follow each other, and their texts differ in the time alone.
        let (date, time) = text.split_once(',').unwrap_or((text, ""));
        if date != self.day.0 || when::time(time).is_none() {
            let moment = when::moment(text, self.order, self.today);
            self.day = (date, moment.map(|moment| moment.date()));
        }
        let wrong = |reason: &str| Err((Some(self.columns.time), reason.to_owned()));
        match self.day.1 {
            None => wrong("is no date and time"),
            Some(day) if day > self.today => wrong("is after today"),
            Some(day) => Ok(day),
        }
    }

    /// The place of a name; none where it is hidden.
    fn person(&mut self, row: u32, name: &'a str) -> Option<usize> {
        let next = self.people.len();
        let place = *self.places.entry(name).or_insert_with(|| {
            let clean = cell::clean(name).text;
            let hidden = cell::is_no_value(&clean) || cell::is_masked(&clean);
            (!hidden).then_some(next)
        });
        if place == Some(next) {
            self.people.push(Person {
                row,
                name: cell::clean(name).text.into_owned(),
                days: BTreeSet::new(),
                handed: BTreeMap::new(),
                excused: BTreeSet::new(),
                enrolled: None,
                teaches: false,
            });
        }
        place
    }

    fn hand_in(&mut self, context: &'a str, day: NaiveDate, who: Option<usize>) {
        let next = self.pieces.len();
        let place = *self.piece_places.entry(context).or_insert(next);
        if place == next {
            self.pieces.push(Piece { context, first: day, hidden: false, shared: false });
        }
        let Some(piece) = self.pieces.get_mut(place) else { return };
        piece.first = piece.first.min(day);
        match who.and_then(|who| self.people.get_mut(who)) {
            None => piece.hidden = true,
            Some(person) => {
                let first = person.handed.entry(place).or_insert(day);
                *first = day.min(*first);
            }
        }
    }
}
