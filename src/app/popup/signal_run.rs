//! What an import of signals would do, before anything is written: module by module, then what is left out.

use std::fmt;

use chrono::NaiveDate;

use crate::{
    app::{cursor::Cursor, importing::signals::SignalAnswer},
    domain::{
        change::Change,
        freshness::{self, Age},
        records::Records,
        roll::Rejected,
        student::StudentId,
        word::Choice as _,
        write::signals::{SignalImport, SignalPlan},
    },
};

/// How a line of the report weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// The heading of what is left out.
    Bad,
    /// Another heading.
    Heading,
    /// A student or a row.
    Plain,
    /// What to know.
    Dim,
}

/// The report of a dry run of signals.
#[derive(Clone)]
pub struct SignalRun {
    /// The file, and what would be done.
    pub answer: Box<SignalAnswer>,
    /// How many are new, changed, unchanged, rejected and nobody's, in one line.
    pub summary: String,
    /// What is imported of which module, a line each, with the age of the file.
    pub notes: Vec<(Age, String)>,
    /// The report line by line.
    pub lines: Vec<(Weight, String)>,
    /// The selected line.
    pub cursor: Cursor,
    /// Whether it waits until the import is durable.
    pub waiting: bool,
    /// What came of the last command here.
    pub message: Option<String>,
    change: Change,
}

/// Prints how many lines, never content.
impl fmt::Debug for SignalRun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SignalRun({} lines …)", self.lines.len())
    }
}

impl SignalRun {
    /// The report of an import; none while something must be said first.
    #[must_use]
    pub fn of(answer: Box<SignalAnswer>, records: &Records, today: NaiveDate) -> Option<Self> {
        let import = answer.import.as_ref().ok()?;
        let (summary, change) = (summary(import), import.change.clone());
        let notes = import.plans.iter().map(|plan| note(plan, today)).collect();
        let lines = lines(import, records);
        let cursor = Cursor::default();
        Some(Self { answer, summary, notes, lines, cursor, waiting: false, message: None, change })
    }

    /// What would be written.
    #[must_use]
    pub fn change(&self) -> &Change {
        &self.change
    }

    /// Rows that are left out.
    #[must_use]
    pub fn rejected(&self) -> Vec<Rejected> {
        let plans = self.answer.import.iter().flat_map(|import| &import.plans);
        let mut rejected: Vec<Rejected> = plans.flat_map(|plan| &plan.rejected).cloned().collect();
        rejected.sort_by(|a, b| (a.row, &a.column, &a.reason).cmp(&(b.row, &b.column, &b.reason)));
        rejected.dedup();
        rejected
    }
}

fn summary(import: &SignalImport) -> String {
    let sum = |count: fn(&SignalPlan) -> usize| import.plans.iter().map(count).sum::<usize>();
    let strangers: u32 = import.plans.iter().map(|plan| plan.strangers.people).sum();
    format!(
        "{} new · {} changed · {} unchanged · {} rejected · {strangers} not yours",
        sum(|plan| plan.new.len()),
        sum(|plan| plan.changed.len()),
        sum(|plan| plan.unchanged.len()),
        sum(|plan| plan.rejected.len()),
    )
}

/// The module, how fresh the file is, and how much is new in it.
fn note(plan: &SignalPlan, today: NaiveDate) -> (Age, String) {
    let module = plan.module.shown();
    let new = if plan.new_module {
        format!(", a new module from {}", plan.module.starts.format("%-d %b %Y"))
    } else {
        String::new()
    };
    let (age, made) = freshness::made(plan.as_of, today);
    let counts = plan.counts.words();
    let source = plan.source.words();
    let parts = [format!("{module}{new}"), source.to_owned(), made, counts];
    let said: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    (age, said.join(" · "))
}

fn lines(import: &SignalImport, records: &Records) -> Vec<(Weight, String)> {
    let mut lines = Vec::new();
    let mut section = |weight, title: &str, entries: Vec<(Weight, String)>| {
        if !entries.is_empty() {
            lines.push((weight, format!("{title} ({})", entries.len())));
            lines.extend(entries);
        }
    };
    let row = |row: u32, column: &str, text: &str| match (row, column) {
        (0, _) => text.to_owned(),
        (row, "") => format!("row {row}: {text}"),
        (row, column) => format!("row {row}, column {column}: {text}"),
    };
    let open = import.ambiguous().into_iter().map(|one| {
        let name = [&one.who.name, &one.who.email, &one.who.number];
        let name = name.into_iter().find(|part| !part.is_empty()).cloned().unwrap_or_default();
        (Weight::Plain, format!("row {}: {name}", one.row))
    });
    section(Weight::Bad, "Left out, as nobody said who this is", open.collect());
    let plans = || import.plans.iter();
    let rejected = plans().flat_map(|plan| &plan.rejected);
    let rejected = rejected.map(|it| (Weight::Plain, row(it.row, &it.column, &it.reason)));
    section(Weight::Bad, "Rejected", rejected.collect());
    let remarks = plans().flat_map(|plan| &plan.remarks);
    let mut remarks: Vec<_> =
        remarks.map(|it| (Weight::Dim, row(it.row, &it.column, &it.text))).collect();
    remarks.dedup();
    section(Weight::Heading, "To know", remarks);
    let several = import.plans.len() > 1;
    let named = |plan: &SignalPlan, ids: &[StudentId]| {
        let module = if several { format!("{}: ", plan.module.shown()) } else { String::new() };
        let entry = |id: &StudentId| (Weight::Plain, format!("{module}{}", called(records, *id)));
        let mut entries: Vec<_> = ids.iter().map(entry).collect();
        entries.sort_by(|(_, one), (_, other)| one.cmp(other));
        entries
    };
    let changed = plans().flat_map(|plan| named(plan, &plan.changed));
    section(Weight::Heading, "More is known", changed.collect());
    let new = plans().flat_map(|plan| named(plan, &plan.new));
    section(Weight::Heading, "New", new.collect());
    lines
}

/// Number and name.
fn called(records: &Records, student: StudentId) -> String {
    let Some(file) = records.file(student) else { return String::new() };
    format!("{} {}", file.student.number, file.student.name.shown()).trim().to_owned()
}
