//! Past students in the folder format of the Open University data: tables joined by presentation and student number, days
//! counted from the start. Any university can write it; `evaluate` reads it.
//!
//! What is knowable when is decided here: a mark is back 14 days after the work was handed in and due (a quiz: after one),
//! quizzes stay open for six days and count only with a weight, exams are left out.

use std::fmt;

use rayon::join;

use crate::domain::{
    evaluate::{Cohort, Division, Expected, Groups, Member, Past},
    signal::{Activity, EvidenceDay, Work},
};

mod cohorts;
mod figures;
mod groups;
mod rows;

/// The tables that must be there, without the end of their names: `.csv` or `.csv.gz`.
pub const REQUIRED: [&str; 6] =
    ["presentations", "enrolments", "weekly_vle", "assessments", "submissions", "tutor_groups"];
/// Points to compare with.
pub const REFERENCE: &str = "reference_points";
/// Groups for the equality audit, and for nothing else.
pub const AUDIT: &str = "audit_groups";

/// A table as it is on the disk.
#[derive(Clone, Default)]
pub struct Table {
    /// The name of its file, as faults tell it.
    pub name: String,
    /// Its bytes, packed by gzip or not.
    pub bytes: Vec<u8>,
}

impl fmt::Debug for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Table({}, …)", self.name)
    }
}

/// The tables of a folder.
#[derive(Debug, Clone, Default)]
pub struct Folder {
    /// Runs of modules.
    pub presentations: Table,
    /// Who took them, and how it ended.
    pub enrolments: Table,
    /// Online activity by week.
    pub weekly_vle: Table,
    /// Work that was asked for.
    pub assessments: Table,
    /// Work that was handed in.
    pub submissions: Table,
    /// Tutor groups.
    pub tutor_groups: Table,
    /// Points to compare with.
    pub reference: Option<Table>,
    /// Groups for the equality audit.
    pub audit: Option<Table>,
}

/// What is wrong with a table, and where; without content of the row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: u64,
    /// The column by number, from 1, and by name; none if it is about the line.
    pub column: Option<(usize, String)>,
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, line {}", self.file, self.line)?;
        if let Some((number, name)) = &self.column {
            write!(f, ", column {number} ({name})")?;
        }
        write!(f, ": {}", self.message)
    }
}

/// Reads the tables of a folder.
///
/// # Errors
/// The first fault of one of them.
pub fn read(folder: &Folder) -> Result<Past, Fault> {
    let (index, mut cohorts) = cohorts::read(&folder.presentations, &folder.enrolments)?;
    let pieces = figures::pieces(&folder.assessments, &index, &mut cohorts)?;
    let index = &index;
    let ((active, handed), (tutees, (expected, groups))) = join(
        || {
            join(
                || figures::active(&folder.weekly_vle, index),
                || figures::handed(&folder.submissions, index, &pieces),
            )
        },
        || {
            join(
                || groups::tutees(&folder.tutor_groups, index),
                || {
                    join(
                        || folder.reference.as_ref().map(|table| groups::expected(table, index)),
                        || folder.audit.as_ref().map(|table| groups::divisions(table, index)),
                    )
                },
            )
        },
    );
    for (at, week, days) in active? {
        if let Some(member) = at.of(&mut cohorts) {
            let known = member.signals.activity.get_or_insert(Activity::new(EvidenceDay::END));
            known.add(week, days);
        }
    }
    for (at, entry) in handed? {
        if let Some(member) = at.of(&mut cohorts) {
            member.signals.work.get_or_insert(Work::new(EvidenceDay::END)).add(entry);
        }
    }
    for (cohort, tutees) in cohorts.iter_mut().zip(tutees?) {
        cohort.tutees = tutees;
    }
    let expected: Option<Vec<Expected>> = expected.transpose()?;
    let by: Option<Vec<Division>> = groups.transpose()?;
    Ok(Past { cohorts, expected, groups: by.map(|by| Groups { by }) })
}

/// One student in one run of a module.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct At {
    cohort: u16,
    member: u32,
}

impl At {
    fn of(self, cohorts: &mut [Cohort]) -> Option<&mut Member> {
        cohorts.get_mut(usize::from(self.cohort))?.members.get_mut(self.member as usize)
    }
}

/// The weeks that a table may name.
const WEEKS: std::ops::RangeInclusive<i32> = -52..=110;

#[cfg(test)]
mod tests;
