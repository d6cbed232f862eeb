//! The dry run of imported signals: compares what an export says with the records and plans one change.
//!
//! Nothing is written here. Students are found by number, e-mail, a remembered choice or the whole name, never guessed;
//! who is not a student of this profile gets no record. The same file planned twice changes nothing the second time, and
//! the order in which files come does not matter.

use std::{collections::BTreeMap, fmt};

use chrono::NaiveDate;

use crate::domain::{
    change::Change,
    module::Module,
    reading::Who,
    roll::{Rejected, Remark},
    student::StudentId,
};

/// What the reader says beside the file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// The code of the module, where the file does not say it or says it badly; an empty one is the programme as a whole.
    pub module: Option<String>,
    /// The first day of a new module.
    pub starts: Option<NaiveDate>,
    /// The day the file was made, where it does not say so itself.
    pub as_of: Option<NaiveDate>,
    /// Days on which pieces of work are due, by their names.
    pub due: Vec<(String, NaiveDate)>,
    /// Shares of the module, in hundredths of a percent, by the names of pieces.
    pub weights: Vec<(String, u16)>,
    /// Who somebody is that the plan could not tell.
    pub chosen: BTreeMap<Who, Chosen>,
}

/// Who somebody in a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chosen {
    /// This student; it is remembered.
    Student(StudentId),
    /// Nobody of this profile.
    Nobody,
}

/// Somebody in a file who may be one of several students, or one whose name fits only loosely.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ambiguous {
    /// The first row that speaks of them.
    pub row: u32,
    /// How the file names them.
    pub who: Who,
    /// Who it may be; never empty.
    pub candidates: Vec<StudentId>,
}

/// How much is new of tutees.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Active days online.
    pub days: u32,
    /// Teaching sessions.
    pub sessions: u32,
    /// Pieces handed in.
    pub submissions: u32,
    /// Marks, new or another than before.
    pub marks: u32,
    /// Bands of engagement.
    pub ratings: u32,
    /// Pieces of work that the module asks for.
    pub pieces: u32,
}

/// People in a file who are not students of this profile.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Strangers {
    /// How many.
    pub people: u32,
    /// In how many rows.
    pub rows: u32,
}

/// What an import would do.
#[derive(Clone, PartialEq, Eq)]
pub struct SignalPlan {
    /// The module as it will be.
    pub module: Module,
    /// Whether it is new.
    pub new_module: bool,
    /// The day the file was made, as far as is known: it knows every day before.
    pub as_of: NaiveDate,
    /// Students of whom this source knew nothing in this module.
    pub new: Vec<StudentId>,
    /// Students of whom it now knows more.
    pub changed: Vec<StudentId>,
    /// Students in the file of whom nothing changes.
    pub unchanged: Vec<StudentId>,
    /// How much is new.
    pub counts: Counts,
    /// Who is left out, because they are not students of this profile.
    pub strangers: Strangers,
    /// Of whom a person must say who they are; nothing is imported of them until then.
    pub ambiguous: Vec<Ambiguous>,
    /// Rows that are left out, and why.
    pub rejected: Vec<Rejected>,
    /// What the reader should know.
    pub remarks: Vec<Remark>,
    /// All of it as one change, for one undo.
    pub change: Change,
}

/// Prints how much, never of whom.
impl fmt::Debug for SignalPlan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SignalPlan({} new, {} changed …)", self.new.len(), self.changed.len())
    }
}
