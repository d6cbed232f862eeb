//! Rows and a mapping to drafts of students: one student once, and what is wrong with the rows left over.

use std::{
    borrow::Cow,
    collections::HashMap,
    hash::{BuildHasher, RandomState},
};

use chrono::NaiveDate;

use super::{
    Refusal,
    headers::Column,
    list::List,
    mapping::Mapping,
    signals,
    student_row::{Reader, Wrong},
};
use crate::domain::roll::{Listed, ListedEnrolment, Rejected, Remark};

/// The most students of a list.
pub const MAX_STUDENTS: u32 = 250_000;

/// What a list says, student by student.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Drafts {
    /// The students, in the order of their first row.
    pub students: Vec<Listed>,
    /// The rows that are not imported.
    pub rejected: Vec<Rejected>,
    /// What was left out or changed in rows that are imported.
    pub remarks: Vec<Remark>,
    /// What the reader should know about the list as a whole, as sentences.
    pub notes: Vec<String>,
}

/// Reads every row of a list.
///
/// # Errors
///
/// When the mapping names nobody or contradicts itself, or the rows are signals and no students.
pub fn drafts(list: &List, mapping: &Mapping, today: NaiveDate) -> Result<Drafts, Refusal> {
    signals::refuse_as_students(list)?;
    if u32::try_from(list.len()).is_ok_and(|rows| rows > MAX_STUDENTS) {
        return Err(Refusal::TooManyRows { rows: MAX_STUDENTS });
    }
    mapping.check(list)?;
    let mut reader = Reader::new(list, mapping, today);
    let mut drafts = Drafts { notes: reader.notes(), ..Drafts::default() };
    drafts.students.reserve(list.len());
    let mut seen = Seen::new(list.len());
    for (row, fault) in list.rows() {
        let read = match fault {
            Some(fault) => Err((Some(fault.column), fault.reason)),
            None => reader.read(row).and_then(|draft| seen.add(draft, &mut drafts, &reader)),
        };
        if let Err((column, reason)) = read {
            let column = column.map_or_else(String::new, |column| list.column_name(column));
            drafts.rejected.push(Rejected { row: row.number(), column, reason });
        }
    }
    drafts.remarks.append(&mut reader.remarks);
    drafts.remarks.sort_by_key(|remark| remark.row);
    drafts.note_short_numbers();
    Ok(drafts)
}

/// Where each student of the list is among the drafts, by number, else by e-mail address.
///
/// Keys are hashes, checked against the draft that they lead to: texts of their own would cost as much as
/// the drafts. Two of equal hash, one chance in millions of millions, would be taken for two new students.
struct Seen {
    hasher: RandomState,
    numbers: HashMap<u64, usize>,
    emails: HashMap<u64, usize>,
}

impl Seen {
    fn new(rows: usize) -> Self {
        Self {
            hasher: RandomState::new(),
            numbers: HashMap::with_capacity(rows),
            emails: HashMap::with_capacity(rows),
        }
    }

    /// The drafts that have this number, and this e-mail address.
    fn find(&self, draft: &Listed, students: &[Listed]) -> (Option<usize>, Option<usize>) {
        let number = (!draft.number.is_empty()).then(|| self.hasher.hash_one(&draft.number));
        let numbered = number.and_then(|hash| self.numbers.get(&hash)).copied();
        let email = (!draft.email.is_empty()).then(|| self.hasher.hash_one(lower(&draft.email)));
        let mailed = email.and_then(|hash| self.emails.get(&hash)).copied();
        let same = |at: &usize, same: fn(&Listed, &Listed) -> bool| {
            students.get(*at).is_some_and(|known| same(known, draft))
        };
        (
            numbered.filter(|at| same(at, |known, draft| known.number == draft.number)),
            mailed.filter(|at| same(at, |known, draft| lower(&known.email) == lower(&draft.email))),
        )
    }

    fn remember(&mut self, draft: &Listed, place: usize) {
        if !draft.number.is_empty() {
            self.numbers.insert(self.hasher.hash_one(&draft.number), place);
        }
        if !draft.email.is_empty() {
            self.emails.insert(self.hasher.hash_one(lower(&draft.email)), place);
        }
    }

    fn add(
        &mut self,
        draft: Listed,
        drafts: &mut Drafts,
        reader: &Reader<'_>,
    ) -> Result<(), Wrong> {
        let (by_number, by_email) = self.find(&draft, &drafts.students);
        let Some(held) = by_number.or(by_email) else {
            self.remember(&draft, drafts.students.len());
            drafts.students.push(draft);
            return Ok(());
        };
        if by_email.is_some_and(|other| other != held) {
            let reason = "is the e-mail address of another student in the list".to_owned();
            return Err((reader.position(Column::Email), reason));
        }
        let Some(known) = drafts.students.get_mut(held) else { return Ok(()) };
        let (row, first) = (draft.row, known.row);
        let mut merged = known.clone();
        let news = merge(&mut merged, draft).map_err(|column| {
            let reason = format!("contradicts row {first}, which is about the same student");
            (reader.position(column), reason)
        })?;
        let text = if news { "was joined with" } else { "says the same as" };
        let text = format!("the row {text} row {first}");
        drafts.remarks.push(Remark { row, column: String::new(), text });
        self.remember(&merged, held);
        *known = merged;
        Ok(())
    }
}

/// Lower case; addresses are nearly always ASCII.
fn lower(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.to_lowercase())
}

/// Adds what a second row says about a student and tells whether that is anything new.
///
/// The error is the column in which the rows contradict each other.
fn merge(known: &mut Listed, draft: Listed) -> Result<bool, Column> {
    let mut news = false;
    let texts = [
        (Column::Number, &mut known.number, draft.number),
        (Column::FirstName, &mut known.given, draft.given),
        (Column::FamilyName, &mut known.family, draft.family),
        (Column::PreferredName, &mut known.preferred, draft.preferred),
        (Column::Pronouns, &mut known.pronouns, draft.pronouns),
        (Column::Phone, &mut known.phone, draft.phone),
    ];
    for (column, known, said) in texts {
        news |= join(known, said, String::is_empty).map_err(|()| column)?;
    }
    if !known.email.eq_ignore_ascii_case(&draft.email) {
        news |=
            join(&mut known.email, draft.email, String::is_empty).map_err(|()| Column::Email)?;
    }
    news |= join(&mut known.entry, draft.entry, Option::is_none).map_err(|()| Column::EntryDate)?;
    news |= join(&mut known.new_entrant, draft.new_entrant, Option::is_none)
        .map_err(|()| Column::NewEntrant)?;
    news |= join(&mut known.under_18_until, draft.under_18_until, Option::is_none)
        .map_err(|()| Column::DateOfBirth)?;
    news |= join(&mut known.tutor, draft.tutor, Option::is_none).map_err(|()| Column::TutorName)?;
    for said in draft.enrolments {
        news |= merge_enrolment(&mut known.enrolments, said)?;
    }
    Ok(news)
}

fn merge_enrolment(
    known: &mut Vec<ListedEnrolment>,
    said: ListedEnrolment,
) -> Result<bool, Column> {
    let other_text = |a: &str, b: &str| !a.is_empty() && !b.is_empty() && a != b;
    let same = known.iter_mut().find(|known| {
        let another_programme = other_text(&known.programme, &said.programme)
            || other_text(&known.programme_code, &said.programme_code);
        known.sequence == said.sequence
            && known.year == said.year
            && (!known.sequence.is_empty() || !another_programme)
    });
    let Some(known) = same else {
        known.push(said);
        return Ok(true);
    };
    let mut news = false;
    let texts = [
        (Column::ProgrammeTitle, &mut known.programme, said.programme),
        (Column::ProgrammeCode, &mut known.programme_code, said.programme_code),
        (Column::School, &mut known.school, said.school),
        (Column::SecondDiscipline, &mut known.second_discipline, said.second_discipline),
    ];
    for (column, known, said) in texts {
        news |= join(known, said, String::is_empty).map_err(|()| column)?;
    }
    news |= join(&mut known.level, said.level, Option::is_none).map_err(|()| Column::Level)?;
    news |= join(&mut known.stage, said.stage, Option::is_none).map_err(|()| Column::Stage)?;
    news |= join(&mut known.mode, said.mode, Option::is_none).map_err(|()| Column::Mode)?;
    news |= join(&mut known.kind, said.kind, Option::is_none).map_err(|()| Column::Kind)?;
    news |= join(&mut known.status, said.status, Option::is_none).map_err(|()| Column::Status)?;
    Ok(news)
}

/// Takes what was said where nothing is known; an error where something else is.
fn join<T: PartialEq>(known: &mut T, said: T, is_empty: fn(&T) -> bool) -> Result<bool, ()> {
    if is_empty(&said) || *known == said {
        return Ok(false);
    }
    if !is_empty(known) {
        return Err(());
    }
    *known = said;
    Ok(true)
}

impl Drafts {
    /// Numbers of digits alone that are shorter than nearly all others have often lost their zeros.
    fn note_short_numbers(&mut self) {
        let mut lengths: HashMap<usize, usize> = HashMap::new();
        let digits = |draft: &&Listed| {
            !draft.number.is_empty() && draft.number.bytes().all(|b| b.is_ascii_digit())
        };
        for draft in self.students.iter().filter(digits) {
            *lengths.entry(draft.number.len()).or_default() += 1;
        }
        let Some((usual, often)) = lengths.iter().max_by_key(|(_, often)| **often) else { return };
        let shorter: usize =
            lengths.iter().filter(|(length, _)| *length < usual).map(|(_, often)| often).sum();
        if shorter > 0 && shorter * 10 <= *often {
            self.notes.push(format!(
                "{shorter} student numbers have fewer than {usual} digits: perhaps a spreadsheet took their leading zeros."
            ));
        }
    }
}
