//! CSV for spreadsheets: the tutees, one a row, under headers that the import knows again; and every table.
//!
//! Cells that a spreadsheet would take for a formula get an apostrophe in front, which the import takes off.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde_json::Value;

use crate::domain::{
    file::StudentFile,
    record::{Kind, Record},
    records::Records,
    word::Choice,
};

const HEADERS: [&str; 24] = [
    "Student number",
    "First name",
    "Family name",
    "Preferred name",
    "Pronouns",
    "E-mail",
    "Phone",
    "Programme code",
    "Programme",
    "Lead school",
    "Second discipline",
    "Level",
    "Stage",
    "Mode",
    "Kind of study",
    "Status",
    "Entry date",
    "New entrant",
    "Under 18 until",
    "Tutor",
    "Tutor e-mail",
    "Tutor number",
    "Allocated from",
    "Allocated to",
];

/// These students as they are on a day, one a row.
#[must_use]
pub fn tutees<'a>(
    records: &Records,
    files: impl IntoIterator<Item = &'a StudentFile>,
    day: NaiveDate,
) -> Vec<u8> {
    let mut sheet = Sheet::default();
    sheet.row(HEADERS.map(str::to_owned));
    for file in files {
        sheet.row(tutee(records, file, day));
    }
    sheet.0
}

fn tutee(records: &Records, file: &StudentFile, day: NaiveDate) -> [String; 24] {
    let student = &file.student;
    let course = file.enrolment(day);
    let allocation = file.allocation(day);
    let tutor = allocation.and_then(|allocation| records.tutor(allocation.tutor));
    // Number and sequence together, as student systems write them: one course is one row of theirs.
    let number = match course.map_or("", |course| &*course.sequence) {
        "" => student.number.clone(),
        sequence => format!("{}/{sequence}", student.number),
    };
    let said = |text: Option<&str>| text.unwrap_or_default().to_owned();
    let on = |day: Option<NaiveDate>| day.map_or(String::new(), |day| day.to_string());
    let digit = |number: Option<u8>| number.map_or(String::new(), |number| number.to_string());
    let yes_no = |yes: bool| if yes { "yes" } else { "no" }.to_owned();
    [
        number,
        student.name.given.clone(),
        student.name.family.clone(),
        student.name.preferred.clone(),
        student.pronouns.clone(),
        student.email.clone(),
        student.phone.clone(),
        said(course.map(|course| &*course.programme_code)),
        said(course.map(|course| &*course.programme)),
        said(course.map(|course| &*course.school)),
        said(course.map(|course| &*course.second_discipline)),
        digit(course.and_then(|course| course.level)),
        digit(course.and_then(|course| course.stage)),
        course.map_or("", |course| course.mode.words()).to_owned(),
        course.map_or("", |course| course.kind.words()).to_owned(),
        course.map_or("", |course| course.status.words()).to_owned(),
        on(student.entry),
        student.new_entrant.map_or(String::new(), yes_no),
        on(student.under_18_until),
        said(tutor.map(|tutor| &*tutor.name)),
        said(tutor.map(|tutor| &*tutor.email)),
        said(tutor.map(|tutor| &*tutor.number)),
        on(allocation.map(|allocation| allocation.from)),
        on(allocation.and_then(|allocation| allocation.to)),
    ]
}

/// One CSV file for each kind of record that there is, with its name.
#[must_use]
pub fn tables(records: &[Record]) -> Vec<(String, Vec<u8>)> {
    let mut rows: BTreeMap<Kind, Vec<BTreeMap<String, String>>> = BTreeMap::new();
    for record in records {
        let Ok(Value::Object(fields)) = serde_json::to_value(record) else { continue };
        let cells = fields
            .into_iter()
            .filter(|(name, _)| name != "record")
            .map(|(name, value)| (name, show(value)));
        rows.entry(record.id().kind).or_default().push(cells.collect());
    }
    rows.into_iter()
        .map(|(kind, rows)| (format!("{}.csv", kind.words().replace(' ', "-")), table(&rows)))
        .collect()
}

fn table(rows: &[BTreeMap<String, String>]) -> Vec<u8> {
    let names: BTreeSet<&String> = rows.iter().flat_map(BTreeMap::keys).collect();
    // Identities first; the others by name.
    let mut names: Vec<&String> = names.into_iter().collect();
    names.sort_by_key(|name| (name.as_str() != "id", name.as_str() != "student", name.as_str()));
    let mut sheet = Sheet::default();
    sheet.row(names.iter().map(|name| (*name).clone()));
    for row in rows {
        sheet.row(names.iter().map(|name| row.get(*name).cloned().unwrap_or_default()));
    }
    sheet.0
}

fn show(value: Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text,
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => value.to_string(),
    }
}

/// CSV that is being written, with the mark of UTF-8 in front, without which spreadsheets misread letters.
struct Sheet(Vec<u8>);

impl Default for Sheet {
    fn default() -> Self {
        Self("\u{FEFF}".into())
    }
}

impl Sheet {
    fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        let mut writer = csv::Writer::from_writer(&mut self.0);
        let cells = cells.into_iter().map(guarded);
        // Writing to memory does not fail.
        let done = writer.write_record(cells).and_then(|()| writer.flush().map_err(Into::into));
        debug_assert!(done.is_ok());
    }
}

/// Whether a spreadsheet would calculate with a text instead of showing it.
pub(super) fn is_formula(text: &str) -> bool {
    let digits = |rest: &str| {
        rest.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b' ' | b'(' | b')' | b'-'))
    };
    match text.as_bytes().first() {
        Some(b'=' | b'@' | b'\t' | b'\r') => true,
        Some(b'+' | b'-') => !digits(text.get(1..).unwrap_or_default()),
        _ => false,
    }
}

/// The text, with an apostrophe where it would be taken for a formula, or has such an apostrophe already.
fn guarded(text: String) -> String {
    if is_formula(text.trim_start_matches('\'')) { format!("'{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::{
            demo::{Demo, Scale},
            id::IdSource,
            time::Now,
            write::{Context, import},
        },
        exchange::{list::List, mapping::Guess, students},
    };

    fn day() -> NaiveDate {
        "2026-11-22".parse().unwrap()
    }

    fn demo() -> Records {
        Demo::new(Scale::Tutor, day()).records(|_, _| {})
    }

    #[test]
    fn an_exported_list_imported_again_changes_nothing() {
        let records = demo();
        let bytes = tutees(&records, records.files().map(|file| &**file), day());
        let list = List::read(&bytes).unwrap();
        let drafts = students::drafts(&list, &Guess::of(&list).mapping, day()).unwrap();
        assert_eq!((drafts.students.len(), drafts.rejected.len()), (records.files().len(), 0));
        let now = Now { local: day().and_hms_opt(9, 0, 0).unwrap(), utc_ms: 0 };
        let context = Context { records: &records, now, ids: &mut IdSource::new([1; 32]) };
        let plan = import::plan(context, &drafts.students, None);
        assert!(plan.rejected.is_empty(), "{:?}", plan.rejected);
        assert!(!plan.writes, "{:?}", plan.changed);
    }

    #[test]
    fn every_kind_of_record_has_its_table() {
        let records: Vec<Record> = demo().all().into_iter().map(|(_, record)| record).collect();
        let tables = tables(&records);
        let rows = |bytes: &[u8]| csv::Reader::from_reader(bytes).records().flatten().count();
        let total: usize = tables.iter().map(|(_, bytes)| rows(bytes)).sum();
        assert_eq!(total, records.len());
        let (_, students) = tables.iter().find(|(name, _)| name == "students.csv").unwrap();
        assert!(students.starts_with("\u{FEFF}id,".as_bytes()));
    }

    #[test]
    fn what_a_spreadsheet_would_calculate_is_guarded() {
        for (text, kept) in [("=1+1", "'=1+1"), ("@x", "'@x"), ("-x", "'-x"), ("'=1", "''=1")] {
            assert_eq!(guarded(text.to_owned()), kept);
        }
        for text in ["+44 (116) 496-0000", "-", "O'Connor", "'x", ""] {
            assert_eq!(guarded(text.to_owned()), text);
        }
    }
}
