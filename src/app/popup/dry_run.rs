//! What an import would do, before anything is written: new, changed field by field, unchanged, rejected.

use std::{fmt, path::PathBuf, sync::Arc};

use crate::{
    app::{cursor::Cursor, msg::ImportPlan},
    domain::{student::Name, write::import::name_of},
};

/// One line of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// The heading of a section with this many entries.
    Heading(Section, usize),
    /// A row that is not imported.
    Rejected(usize),
    /// A remark about a row that is.
    Remark(usize),
    /// A student of whom something changes.
    Changed(usize),
    /// A field of that student.
    Field(usize, usize),
    /// A new student.
    New(usize),
}

/// A section of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// Rows that are not imported.
    Rejected,
    /// Students of whom something changes.
    Changed,
    /// New students.
    New,
    /// What to know about rows that are imported.
    Remarks,
}

impl Section {
    /// Its heading.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Rejected => "Rejected",
            Self::Changed => "Changed",
            Self::New => "New",
            Self::Remarks => "To know",
        }
    }
}

/// The report of a dry run.
#[derive(Clone)]
pub struct DryRun {
    /// Where the list comes from.
    pub path: PathBuf,
    /// What would be done.
    pub plan: Arc<ImportPlan>,
    /// The report line by line.
    pub lines: Vec<Line>,
    /// The selected line.
    pub cursor: Cursor,
    /// Whether it waits until the import is durable.
    pub waiting: bool,
    /// What came of the last command here.
    pub message: Option<String>,
}

/// Prints how many lines, never content.
impl fmt::Debug for DryRun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DryRun({} lines …)", self.lines.len())
    }
}

impl DryRun {
    /// The report of a plan.
    #[must_use]
    pub fn of(path: PathBuf, plan: Arc<ImportPlan>) -> Self {
        let what = &plan.plan;
        let mut lines = Vec::new();
        let mut section = |title, entries: Vec<Line>, count| {
            if count > 0 {
                lines.push(Line::Heading(title, count));
                lines.extend(entries);
            }
        };
        let rejected = (0..what.rejected.len()).map(Line::Rejected).collect();
        section(Section::Rejected, rejected, what.rejected.len());
        let changed = what.changed.iter().enumerate().flat_map(|(at, student)| {
            let fields = (0..student.fields.len()).map(move |field| Line::Field(at, field));
            std::iter::once(Line::Changed(at)).chain(fields)
        });
        section(Section::Changed, changed.collect(), what.changed.len());
        section(Section::New, (0..what.new.len()).map(Line::New).collect(), what.new.len());
        let remarks = (0..what.remarks.len()).map(Line::Remark).collect();
        section(Section::Remarks, remarks, what.remarks.len());
        Self { path, plan, lines, cursor: Cursor::default(), waiting: false, message: None }
    }

    /// How many are new, changed, unchanged and rejected, in one line.
    #[must_use]
    pub fn summary(&self) -> String {
        let plan = &self.plan.plan;
        format!(
            "{} new · {} changed · {} unchanged · {} rejected",
            plan.new.len(),
            plan.changed.len(),
            plan.unchanged.len(),
            plan.rejected.len()
        )
    }

    /// Whether the import would write anything.
    #[must_use]
    pub fn would_write(&self) -> bool {
        !self.plan.plan.new.is_empty()
            || !self.plan.plan.changed.is_empty()
            || !self.plan.plan.new_tutors.is_empty()
            || !self.plan.plan.changed_tutors.is_empty()
    }

    /// The words of a line.
    #[must_use]
    pub fn words(&self, line: Line) -> String {
        let plan = &self.plan.plan;
        let words = match line {
            Line::Heading(section, count) => Some(format!("{} ({count})", section.title())),
            Line::Rejected(at) => {
                plan.rejected.get(at).map(|it| row_words(it.row, &it.column, &it.reason))
            }
            Line::Remark(at) => {
                plan.remarks.get(at).map(|it| row_words(it.row, &it.column, &it.text))
            }
            Line::Changed(at) => plan
                .changed
                .get(at)
                .map(|it| format!("row {}: {}", it.row, called(&it.number, &it.name))),
            Line::Field(at, field) => {
                plan.changed.get(at).and_then(|it| it.fields.get(field)).map(|change| match change
                    .before
                    .as_str()
                {
                    "" => format!("    {}: {}", change.field, change.after),
                    before => format!("    {}: {before} → {}", change.field, change.after),
                })
            }
            Line::New(at) => plan
                .new
                .get(at)
                .and_then(|place| self.plan.students.get(*place))
                .map(|it| format!("row {}: {}", it.row, called(&it.number, &name_of(it)))),
        };
        words.unwrap_or_default()
    }
}

fn row_words(row: u32, column: &str, reason: &str) -> String {
    if column.is_empty() {
        format!("row {row}: {reason}")
    } else {
        format!("row {row}, column {column}: {reason}")
    }
}

/// Number and name, or the one that there is.
fn called(number: &str, name: &Name) -> String {
    let name = name.shown();
    if number.is_empty() || name == number { name } else { format!("{number} {name}") }
}
