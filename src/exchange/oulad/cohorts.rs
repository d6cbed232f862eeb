//! Runs of modules and who took them: the index by which all other tables find a student.

use std::collections::HashMap;

use super::{
    At, Fault, Table,
    rows::{Rows, unpacked},
};
use crate::domain::{
    evaluate::{Cohort, LAST_WEEK, Member, Outcome},
    signal::{Activity, EvidenceDay, Signals, Work},
};

/// Days that may be before or after the start.
pub(super) const DAYS: std::ops::RangeInclusive<i32> = -3000..=3000;

/// How many days a run of a module may take.
const LENGTHS: std::ops::RangeInclusive<i32> = 1..=3000;

/// Where students are, by the names of the tables.
#[derive(Default)]
pub(super) struct Index {
    cohorts: HashMap<Box<[u8]>, u16>,
    members: Vec<HashMap<Box<[u8]>, u32>>,
}

/// Finds students row by row; rows of one student mostly follow each other.
pub(super) struct Finder<'i> {
    index: &'i Index,
    cohort: (Vec<u8>, u16),
    member: (Vec<u8>, Option<At>),
}

impl Index {
    pub fn cohort(&self, name: &[u8]) -> Option<u16> {
        self.cohorts.get(name).copied()
    }

    pub fn len(&self) -> usize {
        self.members.len()
    }

    pub fn finder(&self) -> Finder<'_> {
        Finder { index: self, cohort: (Vec::new(), 0), member: (Vec::new(), None) }
    }
}

impl Finder<'_> {
    /// Which run the row's first column names.
    ///
    /// # Errors
    /// When there is none of this name.
    pub fn cohort<const N: usize>(&mut self, rows: &Rows<'_, N>) -> Result<u16, Fault> {
        let name = rows.cell(0);
        if self.cohort.0 != name || name.is_empty() {
            let unknown = || rows.fault(0, "is not among the presentations");
            let found = self.index.cohort(name).ok_or_else(unknown)?;
            self.cohort.0.clear();
            self.cohort.0.extend_from_slice(name);
            self.cohort.1 = found;
            self.member.1 = None;
        }
        Ok(self.cohort.1)
    }

    /// Whom the row's first two columns name.
    ///
    /// # Errors
    /// When there is nobody.
    pub fn member<const N: usize>(&mut self, rows: &Rows<'_, N>) -> Result<At, Fault> {
        let cohort = self.cohort(rows)?;
        let number = rows.cell(1);
        if let (known, Some(at)) = &self.member
            && known == number
        {
            return Ok(*at);
        }
        let members = self.index.members.get(usize::from(cohort));
        let found = members.and_then(|members| members.get(number)).copied();
        let member = found.ok_or_else(|| rows.fault(1, "is not among the enrolments"))?;
        let at = At { cohort, member };
        self.member.0.clear();
        self.member.0.extend_from_slice(number);
        self.member.1 = Some(at);
        Ok(at)
    }
}

/// Reads runs and students.
///
/// # Errors
/// The first fault.
pub(super) fn read(
    presentations: &Table,
    enrolments: &Table,
) -> Result<(Index, Vec<Cohort>), Fault> {
    let mut index = Index::default();
    let mut cohorts = runs(presentations, &mut index)?;
    let bytes = unpacked(enrolments)?;
    let names = [
        "pres",
        "id_student",
        "date_registration",
        "date_unregistration",
        "num_of_prev_attempts",
        "final_result",
    ];
    let mut rows = Rows::open(enrolments, &bytes, names)?;
    let mut people: HashMap<Box<[u8]>, u32> = HashMap::new();
    while rows.next()? {
        let number = index.cohort(rows.cell(0));
        let cohort = number.ok_or_else(|| rows.fault(0, "is not among the presentations"))?;
        let known = index.members.get_mut(usize::from(cohort));
        let list = cohorts.get_mut(usize::from(cohort));
        let (Some(known), Some(list)) = (known, list) else { continue };
        let place = u32::try_from(list.members.len()).unwrap_or(u32::MAX);
        if known.insert(rows.cell(1).into(), place).is_some() {
            return Err(rows.fault(1, "is enrolled twice in this presentation"));
        }
        let next = u32::try_from(people.len()).unwrap_or(u32::MAX);
        let who = *people.entry(rows.cell(1).into()).or_insert(next);
        list.members.push(Member { who, ..member(&rows)? });
    }
    Ok((index, cohorts))
}

fn runs(table: &Table, index: &mut Index) -> Result<Vec<Cohort>, Fault> {
    let bytes = unpacked(table)?;
    let mut rows = Rows::open(table, &bytes, ["pres", "length_days"])?;
    let mut cohorts = Vec::new();
    while rows.next()? {
        let number = u16::try_from(cohorts.len());
        let number = number.map_err(|_| rows.fault(0, "there are too many presentations"))?;
        if index.cohorts.insert(rows.cell(0).into(), number).is_some() {
            return Err(rows.fault(0, "stands here twice"));
        }
        index.members.push(HashMap::new());
        let name = String::from_utf8_lossy(rows.cell(0)).into_owned();
        let weeks = weeks(rows.needed(1, &LENGTHS)?);
        let (pieces, members, tutees) = (Vec::new(), Vec::new(), Vec::new());
        cohorts.push(Cohort { name, weeks, pieces, members, tutees });
    }
    Ok(cohorts)
}

/// The weeks of so many days, the last of them perhaps not whole; as many as are scored at most.
fn weeks(days: i32) -> u8 {
    u8::try_from((days + 6) / 7).map_or(LAST_WEEK, |weeks| weeks.min(LAST_WEEK))
}

fn member<const N: usize>(rows: &Rows<'_, N>) -> Result<Member, Fault> {
    let outcome = match rows.cell(5) {
        b"Pass" | b"Distinction" => Outcome::Passed,
        b"Fail" => Outcome::Failed,
        b"Withdrawn" => Outcome::Withdrawn,
        _ => return Err(rows.fault(5, "must be Pass, Distinction, Fail or Withdrawn")),
    };
    let signals = Signals {
        activity: Some(Activity::new(EvidenceDay::END)),
        attendance: None,
        work: Some(Work::new(EvidenceDay::END)),
        repeating: rows.whole(4, &(0..=100))?.unwrap_or(0) > 0,
    };
    Ok(Member { who: 0, signals, joined: day(rows, 2)?, left: day(rows, 3)?, outcome })
}

/// A day; none where the cell is empty.
///
/// # Errors
/// When it is none.
pub(super) fn day<const N: usize>(
    rows: &Rows<'_, N>,
    column: usize,
) -> Result<Option<EvidenceDay>, Fault> {
    let day = rows.whole(column, &DAYS)?;
    Ok(day.and_then(|day| i16::try_from(day).ok()).map(EvidenceDay))
}
