//! Which module a file is about: found by its code within the academic year, or made; and the work that it asks for.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::{Refused, Wanted};
use crate::domain::{
    calendar::{Calendar, academic_year_of},
    engagement::Source,
    fold::fold,
    id::IdSource,
    module::{Module, ModuleId, Task},
    reading::{Fact, Reading},
    records::Records,
    roll::Remark,
    time::monday_of,
    write::FieldError,
};

/// The module of an import, as it will be.
pub(super) struct Course {
    pub module: Module,
    pub is_new: bool,
    /// The piece of the module for each piece of the file.
    pub pieces: Vec<u16>,
    /// How many pieces are new.
    pub added: u32,
    pub remarks: Vec<Remark>,
}

/// Finds the module of a file, or makes it, with the work that the file and the reader speak of.
pub(super) fn course(
    records: &Records,
    (reading, wanted): (&Reading, &Wanted),
    as_of: NaiveDate,
    ids: &mut IdSource,
) -> Result<Course, Refused> {
    let said = wanted.module.as_deref().unwrap_or(&reading.module).trim();
    if said.is_empty() && wanted.module.is_none() && speaks_of_one(reading.source) {
        return Err(refused("module", "The file does not say which module it is about: say it."));
    }
    let about = about(reading, as_of);
    let year = year_of(records, about);
    let found = find(records, said, year).map_err(|()| {
        refused("module", "Several modules of this year have this name: say the code of one.")
    })?;
    let is_new = found.is_none();
    let module = match found {
        Some(module) => {
            same_start(module, wanted)?;
            module.clone()
        }
        None => new(records, (reading, wanted), (said, about), ids),
    };
    let before = module.tasks.len();
    let mut course = Course { module, is_new, pieces: Vec::new(), added: 0, remarks: Vec::new() };
    course.take(reading)?;
    course.added = count(course.module.tasks.len() - before);
    Ok(course)
}

/// Whether a source speaks of one module, so that without its name nobody knows of which.
const fn speaks_of_one(source: Source) -> bool {
    match source {
        Source::MoodleGrades
        | Source::MoodleLog
        | Source::MoodleParticipants
        | Source::MoodleAttendance
        | Source::Teams
        | Source::Turnitin
        | Source::Canvas
        | Source::Sits => true,
        Source::Attendance | Source::Rating | Source::Other => false,
    }
}

/// The day as of which a file is about its module: in the year of which it speaks, whenever it was made.
fn about(reading: &Reading, as_of: NaiveDate) -> NaiveDate {
    let day = |year: i32, month, day| NaiveDate::from_ymd_opt(year, month, day);
    let span = reading.year.and_then(|year| day(year, 9, 1).zip(day(year + 1, 7, 31)));
    span.map_or(as_of, |(first, last)| as_of.clamp(first, last))
}

/// The year in whose September the academic year of a day begins.
pub(super) fn year_of(records: &Records, day: NaiveDate) -> i32 {
    records.calendar(day).map_or_else(|| academic_year_of(day), Calendar::begins)
}

/// The module of a year with this code, or whose code is a word of this course name.
fn find<'a>(records: &'a Records, said: &str, year: i32) -> Result<Option<&'a Module>, ()> {
    let said = fold(said);
    let this_year = || records.modules().filter(|it| year_of(records, it.starts) == year);
    let exact = this_year().find(|module| fold(&module.code) == said);
    if exact.is_some() || said.is_empty() {
        return Ok(exact);
    }
    let part = |c: char| !(c.is_alphanumeric() || c == '-');
    let words = || said.split(part).filter(|word| !word.is_empty());
    let by_code =
        |module: &Module| !module.code.is_empty() && words().any(|it| it == fold(&module.code));
    let by_title = |module: &Module| !module.title.is_empty() && fold(&module.title) == said;
    let mut fitting = this_year().filter(|module| by_code(module) || by_title(module));
    match (fitting.next(), fitting.next()) {
        (found, None) => Ok(found),
        (_, Some(_)) => Err(()),
    }
}

/// A module keeps its first day.
fn same_start(module: &Module, wanted: &Wanted) -> Result<(), Refused> {
    if wanted.starts.is_none_or(|starts| monday_of(starts) == module.starts) {
        return Ok(());
    }
    let starts = module.starts.format("%-d %b %Y");
    let sentence = format!("{} began on {starts}: its first day stays.", module.shown());
    Err(refused("starts", sentence))
}

fn new(
    records: &Records,
    (reading, wanted): (&Reading, &Wanted),
    (said, about): (&str, NaiveDate),
    ids: &mut IdSource,
) -> Module {
    let (code, mut title) = split(said);
    if title.is_empty() && wanted.module.is_some() {
        let (also, of_file) = split(&reading.module);
        title = if of_file.is_empty() && fold(&also) != fold(&code) { also } else { of_file };
    }
    let starts = wanted.starts.unwrap_or_else(|| first_day(records, reading, &code, about));
    Module { id: ids.fresh(), code, title, starts: monday_of(starts), tasks: Vec::new() }
}

/// Code and title of a course name such as `COMP1001 Programming (2026/27)`. Where no word looks like a code, all of it
/// stands for the code.
fn split(said: &str) -> (String, String) {
    let said = said.trim();
    let is_code = |word: &&str| {
        let (letters, digits) = (|c: char| c.is_alphabetic(), |c: char| c.is_ascii_digit());
        word.starts_with(letters) && word.contains(digits) && word.len() >= 4
    };
    let words = || said.split([' ', ':', '_', '(', ')', ',']).filter(|word| !word.is_empty());
    let Some(code) = words().find(is_code) else { return (said.to_owned(), String::new()) };
    let rest = said.replacen(code, "", 1);
    let is_year =
        |word: &&str| word.chars().any(|c| c.is_ascii_digit()) && word.contains(['/', '-']);
    let title: Vec<&str> = rest
        .split_whitespace()
        .map(|word| word.trim_matches(['(', ')', ':', '_', ',', '-', '–']))
        .filter(|word| !word.is_empty() && !is_year(word))
        .collect();
    (code.to_owned(), title.join(" "))
}

/// The first teaching day of the term in which the file was made, of the year for the programme as a whole or where that is
/// over; without a calendar the earliest day that the file speaks of.
fn first_day(records: &Records, reading: &Reading, code: &str, about: NaiveDate) -> NaiveDate {
    let calendar = records.calendar(about);
    let ended = reading.year.filter(|year| NaiveDate::from_ymd_opt(year + 1, 7, 31) == Some(about));
    let first = calendar.and_then(|calendar| {
        let terms = &calendar.terms;
        let begun = terms.iter().filter(|term| term.first <= about).max_by_key(|term| term.first);
        let of_year = code.is_empty() || ended.is_some();
        let term = if of_year { terms.first() } else { begun.or_else(|| terms.first()) };
        term.map(|term| term.first)
    });
    let autumn = || ended.and_then(|year| NaiveDate::from_ymd_opt(year, 9, 21));
    first.or_else(|| days(reading).min()).or_else(autumn).unwrap_or(about)
}

/// Every day on which something happened.
pub(super) fn days(reading: &Reading) -> impl Iterator<Item = NaiveDate> {
    let facts = reading.people.iter().flat_map(|seen| &seen.facts);
    let held = reading.held.iter().map(|held| held.on);
    facts
        .filter_map(|fact| match fact {
            Fact::Active(on) | Fact::Session { on, .. } | Fact::Rated(on, _) => Some(*on),
            Fact::Handed(_, on) => *on,
            Fact::Member
            | Fact::Left
            | Fact::Repeating
            | Fact::NotHanded(_)
            | Fact::Extended(..)
            | Fact::Marked(..) => None,
        })
        .chain(held)
}

impl Course {
    /// The work that a file speaks of: what is not known is appended, gaps are filled, and what is known stays.
    fn take(&mut self, reading: &Reading) -> Result<(), Refused> {
        for listed in &reading.tasks {
            let name = listed.name.trim();
            let known = self.module.tasks.iter().position(|task| fold(&task.name) == fold(name));
            let place = known.unwrap_or_else(|| {
                let name = name.to_owned();
                self.module.tasks.push(Task { name, due: None, closes: None, weight: 0 });
                self.module.tasks.len() - 1
            });
            let too_many =
                || refused("module", "The module has more pieces of work than can be kept.");
            self.pieces.push(u16::try_from(place).map_err(|_| too_many())?);
            let Some(task) = self.module.tasks.get_mut(place) else { continue };
            if let (Some(known), Some(said)) = (task.due, listed.due)
                && known != said
            {
                let (known, said) = (known.format("%-d %b %Y"), said.format("%-d %b %Y"));
                let text = format!("{name} stays due on {known}; the file says {said}");
                self.remarks.push(whole(text));
            }
            task.due = task.due.or(listed.due);
            if task.weight == 0 {
                task.weight = listed.weight.unwrap_or(0);
            }
        }
        Ok(())
    }
}

/// Due days and weights that the reader says of pieces by their names: each must be the name of one piece of one module.
pub(super) struct Named<'a> {
    wanted: &'a Wanted,
    /// By field and name: where it was found, or why not.
    found: BTreeMap<(&'static str, &'a str), Result<BTreeSet<ModuleId>, String>>,
}

impl<'a> Named<'a> {
    pub(super) const fn new(wanted: &'a Wanted) -> Self {
        Self { wanted, found: BTreeMap::new() }
    }

    /// Sets what is said of the pieces of a module.
    pub(super) fn tell(&mut self, module: &mut Module) {
        let wanted = self.wanted;
        for (name, due) in &wanted.due {
            if let Some(task) = self.task(module, "due", name) {
                task.due = Some(*due);
            }
        }
        for (name, weight) in &wanted.weights {
            if let Some(task) = self.task(module, "weight", name) {
                task.weight = *weight;
            }
        }
    }

    fn task<'m>(
        &mut self,
        module: &'m mut Module,
        field: &'static str,
        name: &'a str,
    ) -> Option<&'m mut Task> {
        let place = place_of(module, name);
        let known = self.found.entry((field, name)).or_insert_with(|| Ok(BTreeSet::new()));
        match (&place, known) {
            (Ok(_), Ok(modules)) => _ = modules.insert(module.id),
            (Ok(_), known) => *known = Ok(BTreeSet::from([module.id])),
            (Err(why), known) if known.as_ref().is_ok_and(BTreeSet::is_empty) => {
                *known = Err(why.clone());
            }
            (Err(_), _) => {}
        }
        module.tasks.get_mut(place.ok()?)
    }

    /// Whether every name was that of one piece.
    pub(super) fn check(self) -> Result<(), Refused> {
        for ((field, name), found) in self.found {
            let modules = found.map_err(|why| refused(field, why))?;
            if modules.len() > 1 {
                let sentence =
                    format!("Several modules have a piece called {name}: import them one by one.");
                return Err(refused(field, sentence));
            }
        }
        Ok(())
    }
}

/// What is not known of the pieces of a module, and what follows from it.
pub(super) fn gaps(module: &Module) -> Vec<Remark> {
    let mut remarks = Vec::new();
    let undated = module.tasks.iter().filter(|task| task.due.is_none());
    let names: Vec<&str> = undated.map(|task| task.name.as_str()).collect();
    if !names.is_empty() {
        let names = names.join(", ");
        remarks.push(whole(format!(
            "nothing is overdue of these until you say when they are due: {names}"
        )));
    }
    if module.tasks.len() > 1 && module.tasks.iter().all(|task| task.weight == 0) {
        let text = "no piece of work has a weight, so the marks of all count alike";
        remarks.push(whole(text.to_owned()));
    }
    remarks
}

/// The place of the piece with this name, or of which it is the only part.
///
/// # Errors
/// A sentence with the names that there are.
pub(in crate::domain::write) fn place_of(module: &Module, name: &str) -> Result<usize, String> {
    let wanted = fold(name.trim()).into_owned();
    let tasks = || module.tasks.iter().map(|task| fold(&task.name)).enumerate();
    let exact = tasks().find(|(_, known)| *known == wanted);
    let mut close = tasks().filter(|(_, known)| !wanted.is_empty() && known.contains(&wanted));
    match (exact, close.next(), close.next()) {
        (Some((place, _)), ..) | (None, Some((place, _)), None) => Ok(place),
        (None, ..) => {
            let names: Vec<&str> = module.tasks.iter().map(|task| task.name.as_str()).collect();
            let all = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
            Err(format!("No one piece of work is called that. There are: {all}."))
        }
    }
}

fn whole(text: String) -> Remark {
    Remark { row: 0, column: String::new(), text }
}

fn refused(field: &'static str, message: impl Into<String>) -> Refused {
    vec![FieldError::new(field, message)]
}

fn count(many: usize) -> u32 {
    u32::try_from(many).unwrap_or(u32::MAX)
}
