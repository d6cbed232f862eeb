//! Text to rows of cells with the numbers that a spreadsheet would show, and what is wrong with a row.
//!
//! Cells are one text with marks, not strings of their own: a list of a university has half a million.

use std::fmt;

use csv::{ByteRecord, ReaderBuilder, Terminator};

use super::{Refusal, headers};

mod unquoted;

/// The most rows that are read: logs of activity have the most.
pub const MAX_ROWS: u32 = 2_000_000;
/// The most columns of a row.
pub const MAX_COLUMNS: usize = 512;
/// The longest cell in bytes; spreadsheets end at 32,767 letters.
pub const MAX_CELL: usize = 128 << 10;

/// The most cells of a file: twenty in each row.
const MAX_CELLS: usize = 40_000_000;
/// The most text of a file in bytes, which places in it of four bytes can name.
const MAX_TEXT: usize = 1 << 30;

/// The text of a longer file is not searched as a whole for what its first rows show.
const SHORT: usize = 64 << 10;

/// What is wrong with one row as a row, before its cells are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The column, from 0, where there is one to point at.
    pub column: usize,
    /// A sentence without content of the row.
    pub reason: String,
}

/// The cells of a file by row, blank rows left out.
#[derive(Default, PartialEq, Eq)]
pub struct Table {
    text: String,
    /// What stands in the text between two cells of a row, in bytes.
    gap: u32,
    ends: Vec<u32>,
    rows: Vec<Start>,
    faults: Vec<(usize, Fault)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
struct Start {
    number: u32,
    /// Its first cell, and where that begins in the text.
    cell: u32,
    text: u32,
}

impl fmt::Debug for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Table({} rows, …)", self.rows.len())
    }
}

/// One row of a [`Table`].
#[derive(Clone, Copy)]
pub struct Row<'a> {
    table: &'a Table,
    number: u32,
    text: u32,
    first: usize,
    end: usize,
}

impl<'a> Row<'a> {
    /// The row's number in the file, from 1, as a spreadsheet shows it.
    #[must_use]
    pub fn number(&self) -> u32 {
        self.number
    }

    /// How many cells it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.end - self.first
    }

    /// Whether it has no cells at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.end == self.first
    }

    /// The cell of a column, from 0, without the blanks around it; empty where the row is shorter.
    #[must_use]
    pub fn cell(&self, column: usize) -> &'a str {
        self.raw(column).trim()
    }

    /// The cell of a column, from 0, as it is in the file.
    #[must_use]
    pub fn raw(&self, column: usize) -> &'a str {
        if column >= self.len() {
            return "";
        }
        let end = |column| self.table.ends.get(self.first + column).copied().unwrap_or_default();
        let start = column.checked_sub(1).map_or(self.text, |last| end(last) + self.table.gap);
        self.table.text.get(wide(start)..wide(end(column))).unwrap_or_default()
    }

    /// All cells without the blanks around them.
    pub fn cells(self) -> impl Iterator<Item = &'a str> {
        (0..self.len()).map(move |column| self.cell(column))
    }
}

impl Table {
    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The row of an index, from 0, blank rows not counted.
    #[must_use]
    pub fn row(&self, index: usize) -> Option<Row<'_>> {
        let start = self.rows.get(index)?;
        let end = self.rows.get(index + 1).map_or(self.ends.len(), |next| wide(next.cell));
        let Start { number, cell, text } = *start;
        Some(Row { table: self, number, text, first: wide(cell), end })
    }

    /// All rows in their order.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        (0..self.len()).filter_map(|index| self.row(index))
    }

    /// What is wrong with the row of an index.
    #[must_use]
    pub fn fault(&self, index: usize) -> Option<&Fault> {
        let at = self.faults.binary_search_by_key(&index, |(row, _)| *row).ok()?;
        self.faults.get(at).map(|(_, fault)| fault)
    }
}

/// Collects cells into a [`Table`] and keeps its limits.
#[derive(Default)]
pub(super) struct Builder {
    text: Vec<u8>,
    ends: Vec<u32>,
    rows: Vec<Start>,
    faults: Vec<(usize, Fault)>,
}

impl Builder {
    /// Adds a row whose cells stand one after another in `text`, each until its end.
    pub(super) fn row(
        &mut self,
        number: u32,
        text: &[u8],
        ends: impl Iterator<Item = usize>,
    ) -> Result<(), Refusal> {
        if text.iter().all(u8::is_ascii_whitespace) {
            return Ok(());
        }
        if number > MAX_ROWS {
            return Err(Refusal::TooManyRows { rows: MAX_ROWS });
        }
        let (base, cell) = (self.text.len(), self.ends.len());
        self.ends.extend(ends.take(MAX_COLUMNS + 1).map(|end| narrow(base + end)));
        if self.ends.len() - cell > MAX_COLUMNS {
            return Err(Refusal::TooManyColumns { row: number, columns: MAX_COLUMNS });
        }
        if self.ends.len() > MAX_CELLS || base + text.len() > MAX_TEXT {
            return Err(Refusal::TooManyRows { rows: number.saturating_sub(1) });
        }
        self.text.extend_from_slice(text);
        self.rows.push(Start { number, cell: narrow(cell), text: narrow(base) });
        if text.len() > MAX_CELL {
            self.check_lengths(cell);
        }
        Ok(())
    }

    /// Notes what is wrong with the row added last.
    pub(super) fn fault(&mut self, column: usize, reason: String) {
        let row = self.rows.len().saturating_sub(1);
        if self.faults.last().is_none_or(|(last, _)| *last != row) {
            self.faults.push((row, Fault { column, reason }));
        }
    }

    pub(super) fn table(self) -> Result<Table, Refusal> {
        // The cells were cut at ASCII bytes out of valid text, so this cannot fail.
        let text =
            String::from_utf8(self.text).map_err(|_| Refusal::Binary { row: 1, column: 1 })?;
        if self.rows.is_empty() {
            return Err(Refusal::Empty);
        }
        Ok(Table { text, gap: 0, ends: self.ends, rows: self.rows, faults: self.faults })
    }

    fn check_lengths(&mut self, first: usize) {
        let mut start = first.checked_sub(1).and_then(|at| self.ends.get(at)).copied().unwrap_or(0);
        let ends = self.ends.get(first..).unwrap_or_default().to_vec();
        for (column, end) in ends.into_iter().enumerate() {
            if wide(end - start) > MAX_CELL {
                self.fault(column, format!("is longer than {} KiB", MAX_CELL >> 10));
            }
            start = end;
        }
    }
}

/// A place as a table keeps it: a log has ten million of them. [`MAX_TEXT`] and [`MAX_CELLS`] are smaller than the most.
fn narrow(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

fn wide(place: u32) -> usize {
    usize::try_from(place).unwrap_or(usize::MAX)
}

/// Reads delimited text whose line ends are `\n`. The delimiter is found, not told.
///
/// # Errors
///
/// When there is nothing, too much, or a quotation mark that is never closed.
pub fn parse(text: &str) -> Result<Table, Refusal> {
    let (text, skipped, told) = told_delimiter(text);
    let delimiter = told.unwrap_or_else(|| sniff(text));
    match unquoted::split(text, delimiter, skipped) {
        Some(table) => Ok(table),
        None => read(text, delimiter, skipped),
    }
}

fn read(text: &str, delimiter: u8, skipped: u32) -> Result<Table, Refusal> {
    let mut builder = Builder::default();
    let mut reader = reader(text, delimiter);
    let mut record = ByteRecord::new();
    let mut number = skipped;
    while reader.read_byte_record(&mut record).unwrap_or(false) {
        let from = record.position().map_or(0, csv::Position::byte);
        let raw = raw_record(text, from, reader.position().byte());
        let blank = raw.bytes().take_while(|byte| *byte == b'\n').count();
        number = number.saturating_add(u32::try_from(blank).unwrap_or(u32::MAX)).saturating_add(1);
        let ends =
            (0..record.len()).filter_map(|column| record.range(column)).map(|range| range.end);
        builder.row(number, record.as_slice(), ends)?;
        if memchr::memchr(b'"', raw.as_bytes()).is_some() {
            check_quotes(&mut builder, raw, delimiter, number)?;
        }
    }
    builder.table()
}

fn reader(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .terminator(Terminator::Any(b'\n'))
        .from_reader(text.as_bytes())
}

fn raw_record(text: &str, from: u64, to: u64) -> &str {
    let index = |at: u64| usize::try_from(at).unwrap_or(text.len()).min(text.len());
    text.get(index(from)..index(to)).unwrap_or_default()
}

/// Excel's own first line `sep=;` names the delimiter.
fn told_delimiter(text: &str) -> (&str, u32, Option<u8>) {
    let line = text.split('\n').next().unwrap_or_default();
    let told = line.trim().trim_matches('"').strip_prefix("sep=").map(str::as_bytes);
    match told {
        Some(&[delimiter]) => (text.get(line.len() + 1..).unwrap_or_default(), 1, Some(delimiter)),
        // `sep=` and a tab, which the trimming took.
        Some([]) if line.contains('\t') => {
            (text.get(line.len() + 1..).unwrap_or_default(), 1, Some(b'\t'))
        }
        _ => (text, 0, None),
    }
}

/// The delimiter that gives the most known headers, then the most even rows, then the most columns.
fn sniff(text: &str) -> u8 {
    const SAMPLE: usize = 60;
    let score = |delimiter: u8| {
        let mut widths = Vec::new();
        let mut known = 0;
        for record in reader(text, delimiter).into_byte_records().take(SAMPLE).flatten() {
            widths.push(record.len());
            let cells = record.iter().filter_map(|cell| std::str::from_utf8(cell).ok());
            known = known.max(headers::count_known(cells));
        }
        let usual = usual_width(&widths);
        let even = widths.iter().filter(|width| **width == usual).count();
        (known, if usual > 1 { even } else { 0 }, usual)
    };
    // `max_by_key` takes the last of equals, so the usual one comes last. Those that do not occur are all equal.
    let occurs = |one: &u8| text.len() > SHORT || memchr::memchr(*one, text.as_bytes()).is_some();
    let all = [b'|', b'\t', b';', b','];
    let last_absent = all.iter().rev().find(|one| !occurs(one));
    let possible = all.iter().copied().filter(|one| occurs(one) || last_absent == Some(one));
    possible.max_by_key(|delimiter| score(*delimiter)).unwrap_or(b',')
}

/// The width that most rows have; the greater of two equally frequent ones.
pub(super) fn usual_width(widths: &[usize]) -> usize {
    let often = |width: usize| widths.iter().filter(|other| **other == width).count();
    widths.iter().copied().max_by_key(|width| (often(*width), *width)).unwrap_or(0)
}

enum Quote {
    Open,
    After,
    Before,
}

/// Faults that the csv crate repairs in silence, so that a name would come out as another text.
fn check_quotes(builder: &mut Builder, raw: &str, delimiter: u8, row: u32) -> Result<(), Refusal> {
    let raw = raw.trim_start_matches('\n');
    let Some((column, quote)) = quote_fault(raw.as_bytes(), delimiter) else { return Ok(()) };
    let lines = raw.trim_end_matches('\n').matches('\n').count() + 1;
    let swallowed =
        if lines > 1 { format!("; the row runs over {lines} lines") } else { String::new() };
    let reason = match quote {
        Quote::Open => {
            let column = u32::try_from(column + 1).unwrap_or(u32::MAX);
            return Err(Refusal::OpenQuote { row, column });
        }
        Quote::After => {
            format!(
                "has text after a closing quotation mark (a mark inside is written twice){swallowed}"
            )
        }
        Quote::Before => format!("has a blank before a quotation mark{swallowed}"),
    };
    builder.fault(column, reason);
    Ok(())
}

fn quote_fault(raw: &[u8], delimiter: u8) -> Option<(usize, Quote)> {
    let (mut at, mut column) = (0, 0);
    let ends = |byte: Option<&u8>| byte.is_none_or(|byte| *byte == delimiter || *byte == b'\n');
    loop {
        let field = raw.get(at..).unwrap_or_default();
        if field.first() == Some(&b'"') {
            at += 1;
            loop {
                let rest = raw.get(at..).unwrap_or_default();
                let Some(close) = rest.iter().position(|byte| *byte == b'"') else {
                    return Some((column, Quote::Open));
                };
                at += close + 1;
                if raw.get(at) != Some(&b'"') {
                    break;
                }
                at += 1;
            }
            at +=
                raw.get(at..).unwrap_or_default().iter().take_while(|byte| **byte == b' ').count();
            if !ends(raw.get(at)) {
                return Some((column, Quote::After));
            }
        } else {
            let blanks = field.iter().take_while(|byte| **byte == b' ').count();
            if blanks > 0 && field.get(blanks) == Some(&b'"') {
                return Some((column, Quote::Before));
            }
            at += field.iter().take_while(|byte| !ends(Some(byte))).count();
        }
        if raw.get(at) != Some(&delimiter) {
            return None;
        }
        (at, column) = (at + 1, column + 1);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cells(text: &str) -> Vec<(u32, Vec<String>)> {
        let table = parse(text).unwrap();
        table.rows().map(|row| (row.number(), row.cells().map(str::to_owned).collect())).collect()
    }

    fn row(number: u32, cells: &[&str]) -> (u32, Vec<String>) {
        (number, cells.iter().map(|cell| (*cell).to_owned()).collect())
    }

    #[test]
    fn every_usual_delimiter_is_found() {
        for delimiter in [",", ";", "\t", "|"] {
            let text = "ID number,Name,Email\n007,Rahman,a@example.org\n".replace(',', delimiter);
            assert_eq!(
                cells(&text)[1],
                row(2, &["007", "Rahman", "a@example.org"]),
                "{delimiter:?}"
            );
        }
    }

    #[test]
    fn a_comma_in_every_name_does_not_make_it_the_delimiter() {
        let text = "Student;Name\n1;Rahman, Aisha\n2;O'Connor, Ben\n";
        assert_eq!(cells(text)[2], row(3, &["2", "O'Connor, Ben"]));
    }

    #[test]
    fn excels_own_first_line_names_the_delimiter() {
        assert_eq!(cells("sep=;\na,x;b\n1;2\n"), [row(2, &["a,x", "b"]), row(3, &["1", "2"])]);
        assert_eq!(cells("sep=\t\na,x\tb\n"), [row(2, &["a,x", "b"])]);
    }

    #[test]
    fn rows_have_the_numbers_that_a_spreadsheet_shows() {
        let text = "\na,b\n\n\n1,\"two\nlines\"\n,\n3,4";
        assert_eq!(
            cells(text),
            [row(2, &["a", "b"]), row(5, &["1", "two\nlines"]), row(7, &["3", "4"])]
        );
    }

    #[test]
    fn a_quotation_mark_that_is_never_closed_is_refused_with_its_place() {
        let refusal = parse("a,b\n1,2\n3,\"four\n5,6\n").unwrap_err();
        assert_eq!(refusal, Refusal::OpenQuote { row: 3, column: 2 });
    }

    #[test]
    fn text_after_a_closing_quotation_mark_is_a_fault_of_its_row() {
        let table = parse("a,b,c\n1,\"some \\\"escaped\\\" value\",2\n5,6,7\n").unwrap();
        let fault = table.fault(1).unwrap();
        assert_eq!(fault.column, 1);
        assert!(
            fault.reason.starts_with("has text after a closing quotation mark"),
            "{}",
            fault.reason
        );
        assert!(table.fault(0).is_none() && table.fault(2).is_none());
    }

    #[test]
    fn doubled_quotation_marks_and_inches_are_no_faults() {
        let table = parse("a,b\n1,\"ha \"\"ha\"\" ha\"\n5\" disk,6\n").unwrap();
        assert_eq!(table.row(1).unwrap().cell(1), "ha \"ha\" ha");
        assert_eq!(table.row(2).unwrap().cell(0), "5\" disk");
        assert!((0..3).all(|index| table.fault(index).is_none()));
    }

    #[test]
    fn limits_are_kept() {
        let wide = ",".repeat(MAX_COLUMNS + 1).replace(',', "x,");
        assert_eq!(
            parse(&wide).unwrap_err(),
            Refusal::TooManyColumns { row: 1, columns: MAX_COLUMNS }
        );
        let long = format!("a,b\n1,{}\n", "x".repeat(MAX_CELL + 1));
        assert_eq!(parse(&long).unwrap().fault(1).unwrap().column, 1);
        let tall = "1,2\n".repeat(MAX_ROWS as usize + 1);
        assert_eq!(parse(&tall).unwrap_err(), Refusal::TooManyRows { rows: MAX_ROWS });
    }

    proptest! {
        #[test]
        fn any_text_ends_in_rows_or_refusal(text in "[a\",;|\t\n \\\\x]{0,60}") {
            let _ = parse(&text);
        }

        #[test]
        fn written_cells_are_read_back(
            rows in proptest::collection::vec(proptest::collection::vec("[a-z,;\"\n \u{e9}\u{4e2d}]{1,8}x", 3), 1..6)
        ) {
            let mut writer = csv::Writer::from_writer(Vec::new());
            writer.write_record(["Student number", "First name", "Last name"]).unwrap();
            for row in &rows {
                writer.write_record(row).unwrap();
            }
            let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
            let table = parse(&text).unwrap();
            let read: Vec<Vec<&str>> =
                table.rows().skip(1).map(|row| (0..row.len()).map(|at| row.raw(at)).collect()).collect();
            prop_assert_eq!(read, rows);
        }
    }
}
