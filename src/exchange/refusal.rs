//! Why a whole file cannot be imported, as a sentence with what to do about it. Never holds a cell's content.

use thiserror::Error;

use crate::domain::{engagement::Source, word::Choice};

/// Why nothing of a file was read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Refusal {
    /// No bytes, or nothing but blanks.
    #[error("The file is empty.")]
    Empty,
    /// More bytes than any list needs.
    #[error("The file is larger than {mib} MiB; no list is that large.")]
    TooLarge {
        /// The limit in MiB.
        mib: usize,
    },
    /// The file is of another kind.
    #[error("The file is {what}, not a list. {hint}")]
    NotAList {
        /// What it is, with its article.
        what: &'static str,
        /// What to do instead.
        hint: &'static str,
    },
    /// A byte that the encoding does not have.
    #[error(
        "Row {row}, column {column}: the letters cannot be read as {encoding}. Save the file again as UTF-8 and import that."
    )]
    Undecodable {
        /// The row as a spreadsheet counts, from 1.
        row: u32,
        /// The column, from 1.
        column: u32,
        /// The encoding that was tried.
        encoding: &'static str,
    },
    /// A control character that no text has.
    #[error(
        "Row {row}, column {column}: there is a control character, so this is not a text file."
    )]
    Binary {
        /// The row, from 1.
        row: u32,
        /// The column, from 1.
        column: u32,
    },
    /// A quotation mark without its partner.
    #[error(
        "Row {row}, column {column}: a quotation mark is opened and never closed, so the rest of the file cannot be read. Close it and import again."
    )]
    OpenQuote {
        /// The row where it opens, from 1.
        row: u32,
        /// The column, from 1.
        column: u32,
    },
    /// More rows than the limit.
    #[error("The file has more than {rows} rows.")]
    TooManyRows {
        /// The limit.
        rows: u32,
    },
    /// More columns than the limit.
    #[error("Row {row} has more than {columns} columns.")]
    TooManyColumns {
        /// The row, from 1.
        row: u32,
        /// The limit.
        columns: usize,
    },
    /// A workbook that cannot be read.
    #[error(
        "The workbook cannot be read ({why}). Open it in a spreadsheet program and save it again as .xlsx or CSV."
    )]
    Workbook {
        /// Where reading ended; never a cell's content.
        why: &'static str,
    },
    /// A list of signals, where one of students was asked for.
    #[error("This is {}: import it as signals, not as students.", described(*of))]
    Signals {
        /// What it is.
        of: Source,
    },
    /// A list that no format of signals knows.
    #[error(
        "Row {row}: this is no export that is known as signals (columns: {columns}). Say which column is which, or name them in the first row."
    )]
    NoSignals {
        /// The row taken for the header, from 1.
        row: u32,
        /// How many columns it has.
        columns: usize,
    },
    /// Without it nothing in the file can be understood.
    #[error("Row {row}: {what} cannot be found, so nothing was read.")]
    Lacks {
        /// The row taken for the header, from 1.
        row: u32,
        /// What is missing.
        what: &'static str,
    },
    /// Every cell of a column is hidden, and without it nothing is said of anybody.
    #[error(
        "Row {row}, column {column}: {what} is hidden in every row, so nobody can be told by it. {hint}"
    )]
    Hushed {
        /// The first row under the header, from 1.
        row: u32,
        /// The column, from 1.
        column: usize,
        /// What is hidden.
        what: &'static str,
        /// What to do instead.
        hint: &'static str,
    },
    /// No column says who a row is about.
    #[error(
        "Row {row}: no column is known as a student number or an e-mail address (columns: {columns}). Say which column is which, or name them in the first row."
    )]
    NoIdentity {
        /// The row taken for the header, from 1.
        row: u32,
        /// How many columns it has.
        columns: usize,
    },
    /// The chosen columns contradict each other.
    #[error("Columns {first} and {second} cannot both be the {what}. Choose one of them.")]
    TwiceMapped {
        /// The first column, from 1.
        first: usize,
        /// The second column, from 1.
        second: usize,
        /// What both are said to be.
        what: &'static str,
    },
    /// A header and nothing under it.
    #[error("The file has a header and no rows under it.")]
    NoRows,
    /// JSON that no take-out of this program is.
    #[error(
        "Line {line}, column {column}: this is no export of tutelage, or it was changed by hand. Choose a file that `export json` wrote."
    )]
    NoTakeOut {
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
    },
    /// A take-out of a later program.
    #[error(
        "The export is of layout {version}, which a later version of tutelage wrote: please upgrade."
    )]
    Later {
        /// The version of the layout.
        version: u32,
    },
    /// Text that this program never writes.
    #[error(
        "Line {line}: there are hidden control characters in a text, so the export was changed by hand."
    )]
    Hidden {
        /// The line, from 1.
        line: usize,
    },
}

/// A source with its article.
fn described(source: Source) -> String {
    let words = source.words();
    match source {
        Source::MoodleLog => "a Moodle course log".to_owned(),
        Source::Attendance => format!("an {words}"),
        Source::Rating | Source::Sits | Source::MoodleAttendance | Source::MoodleParticipants => {
            words.to_owned()
        }
        Source::MoodleGrades
        | Source::Teams
        | Source::Turnitin
        | Source::Canvas
        | Source::Other => format!("a {words}"),
    }
}
