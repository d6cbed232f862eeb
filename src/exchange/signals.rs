//! Exports of other programs that say how students engage: which kind a file is, and what it says of whom.
//!
//! Each format is a file of its own under `signals/`: it knows its headers and what a row means. What they share is
//! here and beside them: whom a row is about (`people`), when (`when`), and where it is noted down (`sayings`).

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::{
    Refusal,
    headers::{self, Meaning},
    list::List,
    student_row::Wrong,
    table::Row,
};
use crate::domain::{engagement::Source, reading::Reading, roll::Remark};

mod attendance;
mod canvas;
mod generic;
mod grades;
mod log;
mod marks;
mod module_code;
mod modules;
mod participants;
mod people;
mod presence;
mod ratings;
mod sayings;
mod sessions;
mod sits;
mod teams;
mod turnitin;
mod when;

use How::{Each, One};
pub use generic::{guess_labels, map_labels};

/// What somebody says of a file beside what is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The name of the file, which may hold the module and the day it was made.
    pub file_name: String,
    /// Today: years of two digits are read by it, and no export is of a later day.
    pub today: NaiveDate,
    /// The day the file was made, where somebody said so.
    pub as_of: Option<NaiveDate>,
    /// The most that a piece of work can be marked with, by its name.
    pub maxima: BTreeMap<String, u32>,
    /// What each column of a generic list means, in words; empty where nobody said.
    pub columns: Vec<String>,
    /// What the piece of work is called, where the file is about one and does not name it.
    pub piece: String,
    /// What a file of one session does not say of it.
    pub session: Session,
}

/// What somebody says of the one session that a file is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Session {
    /// How many minutes somebody must have stayed to have come.
    pub minutes: u16,
    /// Whether everyone on the module was to come, or a log is of everybody on it, so that who is not named was absent or
    /// not online.
    pub everyone: bool,
    /// Whether it was a compulsory tutorial.
    pub compulsory: bool,
}

impl Default for Session {
    fn default() -> Self {
        Self { minutes: 5, everyone: false, compulsory: false }
    }
}

impl Told {
    /// Nothing but the file's name.
    #[must_use]
    pub fn of_file(file_name: &str, today: NaiveDate) -> Self {
        Self {
            file_name: file_name.to_owned(),
            today,
            as_of: None,
            maxima: BTreeMap::new(),
            columns: Vec::new(),
            piece: String::new(),
            session: Session::default(),
        }
    }
}

/// One kind of export.
struct Format {
    source: Source,
    /// Whether it is a list of students as well, so that it can be imported as one.
    lists_students: bool,
    is: fn(&Export<'_>) -> bool,
    read: How,
}

/// How an export is read.
enum How {
    /// As what it says of one module.
    One(fn(&Export<'_>) -> Result<Reading, Refusal>),
    /// As what it says of each of its modules.
    Each(fn(&Export<'_>) -> Result<Vec<Reading>, Refusal>),
}

/// Every format, the most particular first.
#[rustfmt::skip]
const FORMATS: &[Format] = &[
    Format { source: Source::Teams, lists_students: false, is: teams::is, read: One(teams::read) },
    Format { source: Source::Turnitin, lists_students: false, is: turnitin::is, read: One(turnitin::read) },
    Format { source: Source::Canvas, lists_students: true, is: canvas::is, read: One(canvas::read) },
    Format { source: Source::Sits, lists_students: true, is: sits::is, read: Each(sits::read) },
    Format { source: Source::MoodleLog, lists_students: false, is: log::is, read: One(log::read) },
    Format { source: Source::MoodleGrades, lists_students: true, is: grades::is, read: One(grades::read) },
    Format { source: Source::MoodleAttendance, lists_students: true, is: sessions::is, read: One(sessions::read) },
    Format { source: Source::MoodleParticipants, lists_students: true, is: participants::is, read: One(participants::read) },
    Format { source: Source::Attendance, lists_students: false, is: attendance::is, read: Each(attendance::read) },
    Format { source: Source::Rating, lists_students: false, is: ratings::is, read: Each(ratings::read) },
    Format { source: Source::Other, lists_students: true, is: generic::is, read: Each(generic::read) },
];

/// Which kind of export a list is, by its headers and the name of its file.
#[must_use]
pub fn recognise(list: &List, file_name: &str) -> Option<Source> {
    let told = Told::of_file(file_name, NaiveDate::default());
    format(&Export::new(list, &told)).map(|format| format.source)
}

/// Reads what an export says, module by module: most speak of one, and all are at least one.
///
/// # Errors
/// When it is none that is known, or cannot be read as what it is.
pub fn read(list: &List, told: &Told) -> Result<Vec<Reading>, Refusal> {
    let export = Export::new(list, told);
    let format = format(&export).ok_or_else(|| Refusal::NoSignals {
        row: list.header_row().unwrap_or(1),
        columns: list.width(),
    })?;
    match format.read {
        One(read) => read(&export).map(|reading| vec![reading]),
        Each(read) => read(&export),
    }
}

/// Refuses, as a list of students, what can only be signals.
///
/// # Errors
/// When its rows are no students.
pub fn refuse_as_students(list: &List) -> Result<(), Refusal> {
    let told = Told::of_file("", NaiveDate::default());
    match format(&Export::new(list, &told)) {
        Some(format) if !format.lists_students => Err(Refusal::Signals { of: format.source }),
        _ => Ok(()),
    }
}

/// Whether an export of this source can be imported as a list of students as well.
#[must_use]
pub fn lists_students(source: Source) -> bool {
    FORMATS.iter().any(|format| format.source == source && format.lists_students)
}

/// Where somebody says what the columns are, it is a list of any kind, whatever its headers are.
fn format(export: &Export<'_>) -> Option<&'static Format> {
    let said = !export.told.columns.is_empty();
    FORMATS.iter().find(
        |format| {
            if said { format.source == Source::Other } else { (format.is)(export) }
        },
    )
}

/// What a column of any list can mean, in words.
#[must_use]
pub fn meanings() -> Vec<&'static str> {
    generic::Field::labels()
}

/// An export as a format reads it.
struct Export<'a> {
    list: &'a List,
    told: &'a Told,
    /// The headers as [`headers::plain`] leaves them.
    plain: Vec<String>,
}

impl<'a> Export<'a> {
    fn new(list: &'a List, told: &'a Told) -> Self {
        Self { list, told, plain: list.headers().into_iter().map(headers::plain).collect() }
    }

    /// The first column with one of these names, written as [`headers::plain`] leaves them.
    fn column(&self, names: &[&str]) -> Option<usize> {
        names.iter().find_map(|name| self.plain.iter().position(|header| header == name))
    }

    /// Whether there is a column of every name.
    fn has(&self, names: &[&str]) -> bool {
        names.iter().all(|name| self.column(&[name]).is_some())
    }

    /// What stands beside a name in the rows above the header.
    fn above(&self, names: &[&str]) -> Option<&'a str> {
        let above = self.list.table().rows().take_while(|row| row.number() < self.header_row());
        let is_it = |row: &Row<'_>| names.contains(&headers::plain(row.cell(0)).as_str());
        above.filter(is_it).map(|row| row.cell(1)).find(|text| !text.is_empty())
    }

    /// The header's row, for what is said about a whole column.
    fn header_row(&self) -> u32 {
        self.list.header_row().unwrap_or(1)
    }

    /// A remark about a whole column.
    fn about_column(&self, column: usize, text: impl Into<String>) -> Remark {
        let (row, column) = (self.header_row(), self.list.column_name(column));
        Remark { row, column, text: text.into() }
    }

    /// Says that marks of a piece are left out until somebody says what they are out of.
    fn ask_most(&self, column: usize, name: &str, why: &str) -> Remark {
        let text = format!("{why}, so its marks are left out: say what “{name}” is marked out of");
        self.about_column(column, text)
    }

    /// Names the columns that are never read, because they say who somebody is.
    fn protected(&self) -> Vec<Remark> {
        let protected = |header: &&str| is_protected(header);
        let columns = self.list.headers();
        let columns = columns.iter().enumerate().filter(|(_, header)| protected(header));
        columns
            .map(|(column, _)| {
                self.about_column(column, "is a protected characteristic: never read")
            })
            .collect()
    }

    /// The day in the name of the file.
    fn file_day(&self) -> Option<NaiveDate> {
        module_code::day_in(&self.told.file_name, self.told.today)
    }

    /// The module in the name of the file; empty if there is none.
    fn file_module(&self) -> String {
        module_code::find(&self.told.file_name).unwrap_or_default()
    }

    /// Reads row by row; a row that cannot be read is rejected, and the others go on.
    fn each_row(
        &self,
        sayings: &mut sayings::Sayings,
        mut read: impl FnMut(&mut sayings::Sayings, Row<'a>) -> Result<(), Wrong>,
    ) {
        for (row, fault) in self.list.rows() {
            let read = match fault {
                Some(fault) => Err((Some(fault.column), fault.reason)),
                None => read(sayings, row),
            };
            if let Err(wrong) = read {
                sayings.reject(self, row.number(), wrong);
            }
        }
    }
}

/// Whether a header says who somebody is, as a mark's column may as well: `Disability (Real)`.
fn is_protected(header: &str) -> bool {
    let bare = header.rfind(" (").and_then(|at| header.get(..at)).unwrap_or(header);
    let behind = bare.split_once(": ").map_or(bare, |(_, name)| name.trim());
    [header, bare, behind].iter().any(|name| headers::meaning(name) == Some(Meaning::Protected))
}

/// The kinds that Moodle puts before the name of a piece of work, as [`headers::plain`] leaves them.
const KINDS: [&str; 17] = [
    "assignment",
    "turnitinassignment",
    "turnitinassignment2",
    "quiz",
    "workshop",
    "lesson",
    "forum",
    "feedback",
    "database",
    "glossary",
    "scormpackage",
    "h5p",
    "interactivecontent",
    "externaltool",
    "questionnaire",
    "checklist",
    "manualitem",
];

/// What a piece of work is called, without the kind that Moodle puts before it: `Assignment: Essay 1`. Another word before
/// a colon is part of the name.
fn task_name(text: &str) -> &str {
    let (kind, name) = text.split_once(": ").unwrap_or(("", text));
    let name = name.trim();
    if !name.is_empty() && KINDS.contains(&headers::plain(kind).as_str()) { name } else { text }
}

/// What different pieces of work are called in short; one whose short name is taken keeps its kind.
fn short_names<'t>(texts: impl Iterator<Item = &'t str>) -> Vec<&'t str> {
    let mut taken = BTreeSet::new();
    texts
        .map(|text| {
            let short = task_name(text);
            if taken.insert(short) { short } else { text }
        })
        .collect()
}

#[cfg(test)]
mod testing;
