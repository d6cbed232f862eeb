//! The tables of the screens as lists: triage with its columns, and what became of each slot of the policy.

use std::collections::BTreeSet;

use super::{Home, Turn};
use crate::{
    app::{
        Model, Typed,
        meetings::{Cell, Column, State},
        triage::{Listing, Row},
    },
    cli::plain::{lists, words::counted},
    domain::{fold::fold, obligation::Plan, student::StudentId, time::show_day},
};

/// The word that shows more than the first few rows of each tutor.
const ALL: &str = "all";
/// The word that leaves out who owes nothing now.
const OPEN: &str = "open";

impl Home {
    /// The triage list, cut to what the words ask for.
    pub(super) fn triage(&mut self, turn: &mut Turn<'_>, words: &str) {
        let (all, rest) = split(words, ALL);
        turn.send(Typed::Triage(rest, all));
        let model = &*turn.model;
        let Some(list) = &model.desk.triage.list else { return };
        let counts = list.counts();
        let mut says: Vec<String> = list.query().wrong.clone();
        says.push(format!(
            "Triage, {}: {} of {} shown.",
            model.desk.scope.words().to_lowercase(),
            counts.shown,
            counts.of
        ));
        let rows = (0..list.len()).filter_map(|place| list.row(place));
        let (students, lines): (Vec<StudentId>, Vec<String>) =
            rows.map(|row| (row.student(), line(row, list, model))).unzip();
        says.extend((1..).zip(lines).map(|(number, line): (usize, _)| format!("{number} {line}")));
        if counts.more > 0 {
            says.push(format!("{} more: triage all shows them.", counts.more));
        }
        if counts.quiet > 0 {
            says.push(format!("{} quiet: triage snoozed:yes shows them.", counts.quiet));
        }
        turn.says.extend(says);
        self.rows = super::Rows::Students(students);
    }

    /// The board of meetings: how each slot stands, then a line for each tutee.
    pub(super) fn meetings(&mut self, turn: &mut Turn<'_>, words: &str) {
        let (open, rest) = split(words, OPEN);
        turn.send(Typed::Board);
        let model = &*turn.model;
        let Some(plan) = model.rules.plan.as_deref() else {
            return turn.say("No policy runs here: there are no slots. choose-policy chooses one.");
        };
        let (board, year) = (model.desk.meetings.board.as_ref(), model.desk.meetings.year);
        let (Some(board), Some(year)) = (board, year.and_then(|year| plan.calendar(year))) else {
            return turn
                .say("No calendar knows this day. edit-years writes the dates of the year.");
        };
        let columns: Vec<Column> = board.columns().collect();
        let mut says = vec![format!("Meetings of {}, by {}", year.year, plan.policy().university)];
        says.extend(columns.iter().map(|column| {
            let total = board.total(*column);
            let late = if total.overdue > 0 {
                format!(", {} overdue", total.overdue)
            } else {
                String::new()
            };
            format!("{}: {} of {} met{late}.", column.name(plan), total.met, total.of)
        }));
        let (mut students, mut lines) = (Vec::new(), Vec::new());
        for student in chosen(model, &rest) {
            let cells = || columns.iter().filter_map(|it| Some((*it, board.cell(student, *it)?)));
            let owes = |cell: Cell| matches!(cell.state, State::Due | State::Overdue);
            if open && !cells().any(|(_, cell)| owes(cell)) {
                continue;
            }
            let told: Vec<String> =
                cells().filter_map(|(column, cell)| slot(plan, column, cell, model)).collect();
            students.push(student);
            lines.push(format!("{}: {}", lists::name(model, student), told.join("; ")));
        }
        says.extend((1..).zip(lines).map(|(number, line): (usize, _)| format!("{number} {line}")));
        if students.is_empty() {
            says.push("Nobody: there is no such tutee, or nobody owes a meeting now.".into());
        }
        turn.says.extend(says);
        self.rows = super::Rows::Students(students);
    }
}

/// Whether a word stands among others, and the others.
fn split(words: &str, wanted: &str) -> (bool, String) {
    let rest: Vec<&str> = words.split_whitespace().filter(|word| *word != wanted).collect();
    (words.split_whitespace().any(|word| word == wanted), rest.join(" "))
}

/// The tutees whose names, numbers and programmes hold all words.
pub(super) fn chosen(model: &Model, words: &str) -> Vec<StudentId> {
    let (tutees, wanted) = (&model.desk.tutees, fold(words).into_owned());
    let all = tutees.students().filter_map(|student| tutees.find(student));
    let has = |text: &str| wanted.split_whitespace().all(|word| text.contains(word));
    let rows =
        all.filter(|row| has(&fold(&format!("{} {} {}", row.name, row.number, row.programme))));
    rows.map(|row| row.student).collect()
}

/// A row of triage: the columns that say something, each with its name.
fn line(row: &Row, list: &Listing, model: &Model) -> String {
    let today = model.desk.today;
    let name = |place: Option<u32>| {
        let tutor = list.names().tutor(place?)?;
        Some(model.records.tutor(tutor)?.name.clone())
    };
    let me = model.desk.viewer.and_then(|viewer| list.names().place(viewer.tutor));
    let owner =
        if row.owner.is_some() && row.owner == me { Some("you".into()) } else { name(row.owner) };
    let days = usize::try_from(row.age(today)).unwrap_or(0);
    let why = row.alert.quiet.as_ref().map_or_else(|| row.why().to_owned(), |it| it.words(today));
    let late = |day| if day < today { ", overdue" } else { "" };
    let parts = [
        Some(lists::name(model, row.student())),
        Some(row.alert.severity().words().to_owned()),
        Some(why),
        Some(format!(
            "on the list for {}, since {}",
            counted(days, "day"),
            show_day(row.alert.first_seen, today)
        )),
        name(row.tutor).map(|tutor| format!("tutor {tutor}")),
        Some(owner.map_or_else(|| "owned by nobody".into(), |owner| format!("owner {owner}"))),
        row.step.map(|step| format!("ladder step {} of {}", step.at, step.of)),
        row.due.map(|day| format!("next due {}{}", show_day(day, today), late(day))),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// A slot and what became of it; none where it is not for the student.
fn slot(plan: &Plan, column: Column, cell: Cell, model: &Model) -> Option<String> {
    let day = show_day(cell.day, model.desk.today);
    let what = match cell.state {
        State::Overdue => format!("overdue since {day}"),
        State::Due => format!("due by {day}"),
        State::Planned => format!("planned for {day}"),
        State::Upcoming => format!("from {day} on"),
        State::Met => format!("met {day}"),
        State::Waived => "waived".to_owned(),
        State::NotApplicable => return None,
    };
    let held = if cell.held.1 > 1 {
        format!(", {} of {} held", cell.held.0, cell.held.1)
    } else {
        String::new()
    };
    Some(format!("{} {what}{held}", column.name(plan)))
}

/// The students with these numbers in a list: `1 3-5`, or all of them. What is no number of it is given back.
pub(super) fn numbered(list: &[StudentId], words: &str) -> Result<Vec<StudentId>, String> {
    let mut places = BTreeSet::new();
    for word in words.split([' ', ',']).filter(|word| !word.is_empty()) {
        if word == ALL {
            return Ok(list.to_vec());
        }
        let (from, to) = word.split_once('-').unwrap_or((word, word));
        match (from.parse::<usize>(), to.parse::<usize>()) {
            (Ok(from), Ok(to)) if 1 <= from && from <= to && to <= list.len() => {
                places.extend(from..=to);
            }
            _ => return Err(word.to_owned()),
        }
    }
    Ok(places.into_iter().filter_map(|place| list.get(place - 1)).copied().collect())
}
