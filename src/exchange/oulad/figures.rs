//! The tables with figures: work that was asked for, work handed in, online activity.

use std::collections::HashMap;

use super::{
    At, Fault, Table, WEEKS,
    cohorts::{Index, day},
    rows::{Rows, unpacked},
};
use crate::domain::{
    evaluate::Cohort,
    signal::{Entry, EvidenceDay, Mark, Marked, Piece},
};

/// How long a quiz stays open after its day.
const QUIZ_OPEN: i16 = 6;
/// After how many days the mark of a quiz is back …
const QUIZ_MARKED: i16 = 1;
/// … and that of other work.
const MARKED: i16 = 14;

/// Where a piece is, by cohort and its number in the tables; none where it does not count.
pub(super) type Pieces = HashMap<(u16, Box<[u8]>), Option<Known>>;

/// A piece that counts.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known {
    place: u16,
    due: EvidenceDay,
    marked_after: i16,
}

/// Reads the work that modules asked for.
///
/// # Errors
/// The first fault.
pub(super) fn pieces(
    table: &Table,
    index: &Index,
    cohorts: &mut [Cohort],
) -> Result<Pieces, Fault> {
    let bytes = unpacked(table)?;
    let names = ["pres", "id_assessment", "assessment_type", "date", "weight"];
    let mut rows = Rows::open(table, &bytes, names)?;
    let (mut finder, mut pieces) = (index.finder(), Pieces::new());
    while rows.next()? {
        let cohort = finder.cohort(&rows)?;
        let key = (cohort, rows.cell(1).into());
        if pieces.contains_key(&key) {
            return Err(rows.fault(1, "stands here twice in this presentation"));
        }
        let weight = rows.percent(4)?.unwrap_or(0);
        let (open, marked_after) = match rows.cell(2) {
            b"TMA" => (0, MARKED),
            b"CMA" => (QUIZ_OPEN, QUIZ_MARKED),
            b"Exam" => {
                pieces.insert(key, None);
                continue;
            }
            _ => return Err(rows.fault(2, "must be TMA, CMA or Exam")),
        };
        let counts = open == 0 || weight > 0;
        let due = day(&rows, 3)?;
        let due = due.ok_or_else(|| rows.fault(3, "is empty; only an exam has no day"))?;
        let list = cohorts.get_mut(usize::from(cohort)).map(|cohort| &mut cohort.pieces);
        let known = list.filter(|_| counts).map(|list| {
            let place = u16::try_from(list.len()).unwrap_or(u16::MAX);
            list.push(Piece { due, closes: due.plus(open), weight });
            Known { place, due, marked_after }
        });
        pieces.insert(key, known);
    }
    Ok(pieces)
}

/// Reads the work that was handed in.
///
/// # Errors
/// The first fault.
pub(super) fn handed(
    table: &Table,
    index: &Index,
    pieces: &Pieces,
) -> Result<Vec<(At, Entry)>, Fault> {
    let bytes = unpacked(table)?;
    let names = ["pres", "id_student", "id_assessment", "date_submitted", "score"];
    let mut rows = Rows::open(table, &bytes, names)?;
    let (mut finder, mut entries) = (index.finder(), Vec::new());
    let mut key: (u16, Box<[u8]>) = (0, Box::default());
    let mut last: Option<Option<Known>> = None;
    while rows.next()? {
        let at = finder.member(&rows)?;
        if last.is_none() || key.0 != at.cohort || *key.1 != *rows.cell(2) {
            key = (at.cohort, rows.cell(2).into());
            last = pieces.get(&key).copied();
        }
        let known = last.ok_or_else(|| rows.fault(2, "is not among the assessments"))?;
        let handed = day(&rows, 3)?;
        let handed = handed.ok_or_else(|| rows.fault(3, "is empty; a day must stand here"))?;
        let mark = rows.percent(4)?.and_then(Mark::hundredths);
        let Some(known) = known else { continue };
        let seen = known.due.max(handed).plus(known.marked_after);
        let mark = mark.map(|mark| Marked { mark, seen, read: seen });
        let entry = Entry { handed: Some(handed), mark, ..Entry::new(known.place) };
        entries.push((at, entry));
    }
    Ok(entries)
}

/// Reads online activity: the days of a week as bits.
///
/// # Errors
/// The first fault.
pub(super) fn active(table: &Table, index: &Index) -> Result<Vec<(At, i8, u8)>, Fault> {
    let bytes = unpacked(table)?;
    let mut rows = Rows::open(table, &bytes, ["pres", "id_student", "week", "day_mask"])?;
    let (mut finder, mut active) = (index.finder(), Vec::with_capacity(bytes.len() / 32));
    while rows.next()? {
        let at = finder.member(&rows)?;
        let (week, days) = (rows.needed(2, &WEEKS)?, rows.needed(3, &(0..=127))?);
        let week = i8::try_from(week).unwrap_or(i8::MAX);
        active.push((at, week, u8::try_from(days).unwrap_or(0)));
    }
    Ok(active)
}
