//! What an export of another program says about engagement, before it is compared with the records.
//!
//! Only what is listed here can come in: there is no fact for who somebody is.

use std::fmt;

use chrono::NaiveDate;

use super::{
    engagement::Source,
    roll::{Rejected, Remark},
    signal::{Mark, Presence},
};

/// A file of signals, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Which program wrote it.
    pub source: Source,
    /// The module as the file says it; empty if it does not.
    pub module: String,
    /// The year in whose September the academic year begins of which it speaks, where it says so.
    pub year: Option<i32>,
    /// The day the file was made, where it says so: it knows every day before.
    pub as_of: Option<NaiveDate>,
    /// Pieces of work that it speaks of.
    pub tasks: Vec<ListedTask>,
    /// Sessions that the file says took place, for everyone on the module: who is not said to have come to one of them was
    /// absent, as far as it is known who is on the module.
    pub held: Vec<Held>,
    /// Whether it is of everybody on the module, so that who is on it and not named did nothing.
    pub everyone: bool,
    /// Whether it hides who some of its rows are about.
    pub hides: bool,
    /// Who, with what is said of them; a person may come more than once.
    pub people: Vec<Seen>,
    /// Rows that are left out, and why.
    pub rejected: Vec<Rejected>,
    /// What the reader should know.
    pub remarks: Vec<Remark>,
    /// How many rows it has, the header left out.
    pub rows: u32,
}

impl Reading {
    /// Nothing yet of a source.
    #[must_use]
    pub const fn new(source: Source) -> Self {
        Self {
            source,
            module: String::new(),
            year: None,
            as_of: None,
            tasks: Vec::new(),
            held: Vec::new(),
            everyone: false,
            hides: false,
            people: Vec::new(),
            rejected: Vec::new(),
            remarks: Vec::new(),
            rows: 0,
        }
    }
}

/// A session for everyone on the module, of which a file names only those who came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// The day.
    pub on: NaiveDate,
    /// Which of the day's sessions, as in [`Fact::Session`].
    pub key: u16,
    /// Whether it is a compulsory tutorial.
    pub compulsory: bool,
}

/// A piece of work that a file speaks of.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListedTask {
    /// What it is called there.
    pub name: String,
    /// The day it is due, where the file says so.
    pub due: Option<NaiveDate>,
    /// Its share of the module in hundredths of a percent, where the file says so.
    pub weight: Option<u16>,
    /// Whether its marks are left out until somebody says what they are out of.
    pub unmarked: bool,
}

/// What a file says of somebody.
#[derive(Clone, PartialEq, Eq)]
pub struct Seen {
    /// The row it was said in, from 1.
    pub row: u32,
    /// Of whom.
    pub who: Who,
    /// What.
    pub facts: Vec<Fact>,
}

/// Prints the row and how much is said, never of whom.
impl fmt::Debug for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Seen(row {}, {} facts)", self.row, self.facts.len())
    }
}

/// How a file names somebody; at least one is not empty.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Who {
    /// Student number without `/1`.
    pub number: String,
    /// E-mail address.
    pub email: String,
    /// The name as the file writes it.
    pub name: String,
}

/// Prints nothing of the name.
impl fmt::Debug for Who {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Who(…)")
    }
}

/// One thing that a file says of somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fact {
    /// Is on the module.
    Member,
    /// Has left the module.
    Left,
    /// Takes the module again.
    Repeating,
    /// Was active online on a day.
    Active(NaiveDate),
    /// Was to come to a session.
    Session {
        /// The day.
        on: NaiveDate,
        /// Which of the day's sessions: the minute of the day when it began, or a hash of its name.
        key: u16,
        /// Whether they came.
        presence: Presence,
        /// Whether it is a compulsory tutorial.
        compulsory: bool,
    },
    /// Handed a piece in: its place in the tasks of the reading, and the day, if it is known.
    Handed(usize, Option<NaiveDate>),
    /// Had not handed a piece in when the file was made.
    NotHanded(usize),
    /// Has their own last day for a piece.
    Extended(usize, NaiveDate),
    /// Got a mark for a piece, in percent.
    Marked(usize, Mark),
    /// Was in a band of engagement on a day, 0 (none) to 5 (very high).
    Rated(NaiveDate, u8),
}
