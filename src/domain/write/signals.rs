//! The dry run of imported signals: compares what an export says with the records and plans one change.
//!
//! Nothing is written here. Students are found by number, e-mail, a remembered choice or the whole name, never guessed;
//! who is not a student of this profile gets no record. The same file planned twice changes nothing the second time, and
//! the order in which files come does not matter.

use std::{collections::BTreeMap, fmt};

use chrono::NaiveDate;

use super::{Context, FieldError};
use crate::domain::{
    change::{Change, Label},
    engagement::Source,
    module::Module,
    reading::{Fact, Reading, Who},
    roll::{Rejected, Remark},
    score::Card,
    student::StudentId,
    tuning::Tuning,
    weekly,
};

mod columns;
mod count;
pub(super) mod course;
mod import;
mod who;

#[cfg(test)]
mod tests;

use columns::Rolls;
use import::{Import, Made};
use who::Index;

/// Why a file cannot be planned: the fields are module, starts, as-of, due and weight.
type Refused = Vec<FieldError>;

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

/// How many students of this profile are on a module, and how many of them a file names.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Members {
    /// All of them.
    pub all: u32,
    /// Whom the file names; in a log, of whom it shows that they did something.
    pub named: u32,
}

/// People in a file who are not students of this profile.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Strangers {
    /// How many.
    pub people: u32,
    /// In how many rows.
    pub rows: u32,
}

/// What an import would do with what one source says of one module.
#[derive(Clone, PartialEq, Eq)]
pub struct SignalPlan {
    /// Who says it.
    pub source: Source,
    /// The module as it will be.
    pub module: Module,
    /// Whether it is new.
    pub new_module: bool,
    /// The day the file was made, as far as is known: it knows every day before.
    pub as_of: NaiveDate,
    /// Whether the file, what is in it, or the reader says so; else it does not matter, and it is today.
    pub dated: bool,
    /// Students of whom this source knew nothing in this module.
    pub new: Vec<StudentId>,
    /// Students of whom it now knows more.
    pub changed: Vec<StudentId>,
    /// Students in the file of whom nothing changes.
    pub unchanged: Vec<StudentId>,
    /// How much is new.
    pub counts: Counts,
    /// Who is on the module, and whom the file names.
    pub members: Members,
    /// Who is left out, because they are not students of this profile.
    pub strangers: Strangers,
    /// Of whom a person must say who they are; nothing is imported of them until then.
    pub ambiguous: Vec<Ambiguous>,
    /// Rows that are left out, and why.
    pub rejected: Vec<Rejected>,
    /// What the reader should know.
    pub remarks: Vec<Remark>,
}

/// What an import of one file or of several would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignalImport {
    /// What is read of each module and source, in the order it was given.
    pub plans: Vec<SignalPlan>,
    /// All of it as one change, for one undo.
    pub change: Change,
}

impl SignalImport {
    /// Of whom a person must say who they are, each once.
    #[must_use]
    pub fn ambiguous(&self) -> Vec<&Ambiguous> {
        let mut all: Vec<&Ambiguous> = Vec::new();
        for ambiguous in self.plans.iter().flat_map(|plan| &plan.ambiguous) {
            if !all.iter().any(|known| known.who == ambiguous.who) {
                all.push(ambiguous);
            }
        }
        all
    }
}

/// Prints how much, never of whom.
impl fmt::Debug for SignalPlan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SignalPlan({} new, {} changed …)", self.new.len(), self.changed.len())
    }
}

/// Plans the import of everything that one file or several say, as one change.
///
/// # Errors
/// What the reader must say first, or said wrongly, by the names of the fields of [`Wanted`].
pub fn plan(
    context: &mut Context<'_>,
    readings: &[Reading],
    wanted: &Wanted,
    card: &Card,
) -> Result<SignalImport, Refused> {
    one_module(readings, wanted)?;
    let mut records = context.records.clone();
    let change = Change { label: Label::ImportSignals, parts: Vec::new() };
    let mut import = SignalImport { plans: Vec::new(), change };
    let index = Index::new(context.records);
    let mut shared =
        Shared { index, rolls: Rolls::of(&records), pieces: course::Named::new(wanted) };
    for reading in readings {
        let mut context = Context { records: &records, now: context.now, ids: context.ids };
        let (plan, change) = read(&mut context, reading, wanted, &mut shared)?;
        records.apply(&change).map_err(|conflict| FieldError::whole(conflict.to_string()))?;
        shared.rolls.add(plan.module.id, change.students());
        import.plans.push(plan);
        import.change = import.change.followed_by(change);
    }
    shared.pieces.check()?;
    let (records, today) = (context.records, context.now.today());
    let card = |_: Option<&Tuning>| Some(card.clone());
    import.change = weekly::carried(records, import.change, card, today, context.ids);
    Ok(import)
}

/// A module that the reader names cannot be that of a file which speaks of several.
fn one_module(readings: &[Reading], wanted: &Wanted) -> Result<(), Refused> {
    let several = readings.iter().enumerate().any(|(at, one)| {
        let mut others = readings.iter().skip(at + 1);
        others.any(|other| other.source == one.source && other.module != one.module)
    });
    if several && wanted.module.is_some() {
        let sentence = "The file speaks of several modules: import it without a module.";
        return Err(vec![FieldError::new("module", sentence)]);
    }
    Ok(())
}

/// What all files of an import need, found once.
struct Shared<'a> {
    index: Index<'a>,
    rolls: Rolls,
    pieces: course::Named<'a>,
}

/// Plans what one source says of one module.
fn read(
    context: &mut Context<'_>,
    reading: &Reading,
    wanted: &Wanted,
    shared: &mut Shared<'_>,
) -> Result<(SignalPlan, Change), Refused> {
    let today = context.now.today();
    let (as_of, dated, mut remarks) = as_of(reading, wanted, today)?;
    let said = (reading, wanted);
    let mut course = course::course(context.records, said, as_of, context.ids)?;
    shared.pieces.tell(&mut course.module);
    remarks.append(&mut course.remarks);
    if !reading.tasks.is_empty() {
        remarks.extend(course::gaps(&course.module));
    }
    let people = who::people(&shared.index, reading, wanted);
    let made = Made { as_of, dated };
    let import = Import {
        records: context.records,
        rolls: &shared.rolls,
        reading,
        course: &course,
        made,
        today,
    };
    let (mut plan, change) = import.plan(people, context.ids);
    remarks.append(&mut plan.remarks);
    plan.remarks = remarks;
    Ok((plan, change))
}

/// The day a file was made, and whether anybody or anything says so: the file, the reader, else the last day in it. Where
/// what it says hangs on that day, it is asked for; today is no answer, as the file may be an old one.
fn as_of(
    reading: &Reading,
    wanted: &Wanted,
    today: NaiveDate,
) -> Result<(NaiveDate, bool, Vec<Remark>), Refused> {
    let refused = |message: &str| vec![FieldError::new("as-of", message)];
    if let Some(said) = reading.as_of.or(wanted.as_of) {
        if said > today {
            return Err(refused("The day the file was made lies ahead: check it."));
        }
        return Ok((said, true, Vec::new()));
    }
    let Some(last) = course::days(reading).filter(|day| *day <= today).max() else {
        if hangs_on_its_day(reading) {
            return Err(refused("The file does not say when it was made: say the day."));
        }
        return Ok((today, false, Vec::new()));
    };
    let shown = last.format("%-d %b %Y");
    let text = format!(
        "the file does not say when it was made; nothing in it is later than {shown}, so it is taken to know no more"
    );
    Ok((last, true, vec![Remark { row: 0, column: String::new(), text }]))
}

/// Whether a file says what was so on the day it was made: what had no mark, was not handed in, or who had not come.
fn hangs_on_its_day(reading: &Reading) -> bool {
    let mut facts = reading.people.iter().flat_map(|seen| &seen.facts);
    columns::knows_marks(reading.source)
        || !reading.held.is_empty()
        || facts.any(|fact| matches!(fact, Fact::NotHanded(_) | Fact::Marked(..)))
}
