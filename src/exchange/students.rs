//! Rows and a mapping to drafts of students: one student once, and what is wrong with the rows left over.

use chrono::NaiveDate;
use rayon::prelude::*;

use super::{
    Refusal,
    headers::Column,
    list::List,
    mapping::Mapping,
    signals,
    student_row::{Reader, Wrong},
};
use crate::domain::{
    places::{Hashes, Places, lower},
    roll::{Listed, ListedEnrolment, Rejected, Remark},
};

/// The most students of a list.
pub const MAX_STUDENTS: u32 = 250_000;

/// A shorter list is read before other cores have woken.
const SHORT: usize = 256;

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
    let reader = Reader::new(list, mapping, today);
    let mut drafts = Drafts { notes: reader.notes(), ..Drafts::default() };
    let (mut said, mut rows) = read_all(list, &reader);
    if !all_differ(&rows) {
        join_all(&mut said, &rows, &reader, &mut drafts.remarks);
    }
    for (said, row) in said.iter_mut().zip(&mut rows) {
        drafts.remarks.append(&mut row.remarks);
        if let Err(wrong) = said
            && let Some((column, reason)) = wrong.take()
        {
            let column = column.map_or_else(String::new, |column| list.column_name(column));
            drafts.rejected.push(Rejected { row: row.number, column, reason });
        }
    }
    drafts.students = said.into_iter().filter_map(Result::ok).collect();
    drafts.remarks.sort_by_key(|remark| remark.row);
    drafts.note_short_numbers();
    Ok(drafts)
}

/// What a row says; else why it is left out, and nothing where it was joined with another.
type Said = Result<Listed, Option<Wrong>>;

/// A row that was read: what is needed beside what it says.
#[derive(Default)]
struct Known {
    number: u32,
    /// The hashes of student number and e-mail address, where there are such.
    keys: [Option<u64>; 2],
    remarks: Vec<Remark>,
}

/// Reads each row for itself, on every core.
fn read_all(list: &List, reader: &Reader<'_>) -> (Vec<Said>, Vec<Known>) {
    let hashes = Hashes::default();
    let key = |text: &str| (!text.is_empty()).then(|| hashes.of(text));
    let read = |reader: &mut Reader<'_>, index: usize| {
        let Some((row, fault)) = list.row(index) else { return (Err(None), Known::default()) };
        let said = match fault {
            Some(fault) => Err((Some(fault.column), fault.reason)),
            None => reader.read(row),
        };
        let keys = match &said {
            Ok(said) => [key(&said.number), key(&lower(&said.email))],
            Err(_) => [None; 2],
        };
        let remarks = std::mem::take(&mut reader.remarks);
        (said.map_err(Some), Known { number: row.number(), keys, remarks })
    };
    if list.len() < SHORT {
        let mut reader = reader.clone();
        return (0..list.len()).map(|index| read(&mut reader, index)).unzip();
    }
    let rows = (0..list.len()).into_par_iter().with_min_len(SHORT);
    let (mut said, mut known) = (Vec::new(), Vec::new());
    rows.map_init(|| reader.clone(), read).unzip_into_vecs(&mut said, &mut known);
    (said, known)
}

/// Whether no two rows have a number or an address in common, as in most lists.
fn all_differ(rows: &[Known]) -> bool {
    let differ = |which: usize| {
        let mut seen = Places::with_capacity(rows.len());
        let mut keys = rows.iter().filter_map(|row| row.keys.get(which).copied().flatten());
        keys.all(|key| seen.is_first(key))
    };
    if rows.len() < SHORT {
        return differ(0) && differ(1);
    }
    let (numbers, emails) = rayon::join(|| differ(0), || differ(1));
    numbers && emails
}

/// Joins the rows that are about one student: by number, else by e-mail address.
fn join_all(said: &mut [Said], rows: &[Known], reader: &Reader<'_>, remarks: &mut Vec<Remark>) {
    let mut seen = [Places::with_capacity(rows.len()), Places::with_capacity(rows.len())];
    for (at, row) in rows.iter().enumerate() {
        let remember = |seen: &mut [Places; 2], place: usize| {
            for (places, key) in seen.iter_mut().zip(row.keys) {
                if let Some(key) = key {
                    places.put(key, place);
                }
            }
        };
        let met = seen
            .iter()
            .zip(row.keys)
            .any(|(places, key)| key.is_some_and(|key| places.at(key).next().is_some()));
        if !met {
            remember(&mut seen, at);
            continue;
        }
        let (before, rest) = said.split_at_mut(at);
        let Some(read) = rest.first_mut() else { continue };
        let Ok(draft) = read else { continue };
        match join(&seen, row.keys, draft, before, reader) {
            Ok(None) => remember(&mut seen, at),
            Ok(Some((held, remark))) => {
                remarks.push(remark);
                remember(&mut seen, held);
                *read = Err(None);
            }
            Err(wrong) => *read = Err(Some(wrong)),
        }
    }
}

/// Joins a row with the earlier one about the same student, if there is one: answers which, and what to know.
fn join(
    [numbers, emails]: &[Places; 2],
    [number, email]: [Option<u64>; 2],
    draft: &Listed,
    before: &mut [Said],
    reader: &Reader<'_>,
) -> Result<Option<(usize, Remark)>, Wrong> {
    let find = |places: &Places, key: Option<u64>, same: &dyn Fn(&Listed) -> bool| {
        let known = |place: &usize| before.get(*place).and_then(|said| said.as_ref().ok());
        key.and_then(|key| places.at(key).find(|place| known(place).is_some_and(same)))
    };
    let by_number = find(numbers, number, &|known| known.number == draft.number);
    let by_email = find(emails, email, &|known| lower(&known.email) == lower(&draft.email));
    let Some(held) = by_number.or(by_email) else { return Ok(None) };
    if by_email.is_some_and(|other| other != held) {
        let reason = "is the e-mail address of another student in the list".to_owned();
        return Err((reader.position(Column::Email), reason));
    }
    let Some(Ok(known)) = before.get_mut(held) else { return Ok(None) };
    let (row, first) = (draft.row, known.row);
    let mut merged = known.clone();
    let news = merge(&mut merged, draft.clone()).map_err(|column| {
        let reason = format!("contradicts row {first}, which is about the same student");
        (reader.position(column), reason)
    })?;
    *known = merged;
    let text = if news { "was joined with" } else { "says the same as" };
    let text = format!("the row {text} row {first}");
    Ok(Some((held, Remark { row, column: String::new(), text })))
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
        news |= take(known, said, String::is_empty).map_err(|()| column)?;
    }
    if !known.email.eq_ignore_ascii_case(&draft.email) {
        news |=
            take(&mut known.email, draft.email, String::is_empty).map_err(|()| Column::Email)?;
    }
    news |= take(&mut known.entry, draft.entry, Option::is_none).map_err(|()| Column::EntryDate)?;
    news |= take(&mut known.new_entrant, draft.new_entrant, Option::is_none)
        .map_err(|()| Column::NewEntrant)?;
    news |= take(&mut known.under_18_until, draft.under_18_until, Option::is_none)
        .map_err(|()| Column::DateOfBirth)?;
    news |= take(&mut known.tutor, draft.tutor, Option::is_none).map_err(|()| Column::TutorName)?;
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
        news |= take(known, said, String::is_empty).map_err(|()| column)?;
    }
    news |= take(&mut known.level, said.level, Option::is_none).map_err(|()| Column::Level)?;
    news |= take(&mut known.stage, said.stage, Option::is_none).map_err(|()| Column::Stage)?;
    news |= take(&mut known.mode, said.mode, Option::is_none).map_err(|()| Column::Mode)?;
    news |= take(&mut known.kind, said.kind, Option::is_none).map_err(|()| Column::Kind)?;
    news |= take(&mut known.status, said.status, Option::is_none).map_err(|()| Column::Status)?;
    Ok(news)
}

/// Takes what was said where nothing is known; an error where something else is.
fn take<T: PartialEq>(known: &mut T, said: T, is_empty: fn(&T) -> bool) -> Result<bool, ()> {
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
        let mut lengths = Vec::new();
        let digits = |draft: &&Listed| {
            !draft.number.is_empty() && draft.number.bytes().all(|b| b.is_ascii_digit())
        };
        for draft in self.students.iter().filter(digits) {
            let length = draft.number.len();
            lengths.resize(lengths.len().max(length + 1), 0_usize);
            if let Some(often) = lengths.get_mut(length) {
                *often += 1;
            }
        }
        let Some((usual, often)) = lengths.iter().enumerate().max_by_key(|(_, often)| **often)
        else {
            return;
        };
        let shorter: usize = lengths.iter().take(usual).sum();
        if shorter > 0 && shorter * 10 <= *often {
            self.notes.push(format!(
                "{shorter} student numbers have fewer than {usual} digits: perhaps a spreadsheet took their leading zeros."
            ));
        }
    }
}
