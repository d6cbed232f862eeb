//! The rows of one table: columns by name, cells as numbers, faults with line and column.

use std::{io::Read, ops::RangeInclusive};

use csv::{ByteRecord, Reader, ReaderBuilder};
use flate2::read::MultiGzDecoder;

use super::{Fault, Table};

/// What a packed table begins with.
const GZIP: [u8; 2] = [0x1f, 0x8b];
/// The most bytes that a table may have, unpacked.
const LARGEST: u64 = 2 << 30;

/// The bytes of a table, unpacked.
///
/// # Errors
/// When they are damaged or too many.
pub(super) fn unpacked(table: &Table) -> Result<Vec<u8>, Fault> {
    if !table.bytes.starts_with(&GZIP) {
        return Ok(table.bytes.clone());
    }
    let mut bytes = Vec::with_capacity(table.bytes.len().saturating_mul(6));
    let unpacking = MultiGzDecoder::new(table.bytes.as_slice());
    let count = unpacking.take(LARGEST).read_to_end(&mut bytes).map_err(|_| {
        let line = bytes.split(|byte| *byte == b'\n').count();
        fault(table, line, "the file is damaged here: it cannot be unpacked")
    })?;
    if count as u64 == LARGEST {
        return Err(fault(table, 1, "the file is too large"));
    }
    Ok(bytes)
}

fn fault(table: &Table, line: usize, message: &str) -> Fault {
    let message = message.to_owned();
    Fault { file: table.name.clone(), line: line as u64, column: None, message }
}

/// The rows of a table, with the columns that are wanted.
pub(super) struct Rows<'a, const N: usize> {
    file: &'a str,
    reader: Reader<&'a [u8]>,
    record: ByteRecord,
    names: [&'static str; N],
    at: [usize; N],
}

impl<'a, const N: usize> Rows<'a, N> {
    /// Finds the columns.
    ///
    /// # Errors
    /// When one is missing.
    pub fn open(
        table: &'a Table,
        bytes: &'a [u8],
        names: [&'static str; N],
    ) -> Result<Self, Fault> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let mut reader = ReaderBuilder::new().from_reader(bytes);
        let heading = reader.byte_headers();
        let heading = heading.map_err(|_| fault(table, 1, "the heading cannot be read"))?;
        let mut at = [0; N];
        for (place, name) in at.iter_mut().zip(names) {
            let found = heading.iter().position(|cell| cell == name.as_bytes());
            *place = found.ok_or_else(|| {
                let there = told(heading, &names);
                let there = there.map_or_else(String::new, |there| format!("; there are: {there}"));
                let what = "the first line must name the columns";
                fault(table, 1, &format!("{what}, and \"{name}\" is missing{there}"))
            })?;
        }
        Ok(Self { file: &table.name, reader, record: ByteRecord::new(), names, at })
    }

    /// Goes to the next row.
    ///
    /// # Errors
    /// When it does not have as many cells as the heading.
    pub fn next(&mut self) -> Result<bool, Fault> {
        self.reader.read_byte_record(&mut self.record).map_err(|error| {
            let line = error.position().map_or(0, csv::Position::line);
            let kind = error.kind();
            let message = if let csv::ErrorKind::UnequalLengths { expected_len, len, .. } = kind {
                format!("the row has {len} cells, the heading has {expected_len}")
            } else {
                "the row cannot be read".to_owned()
            };
            Fault { file: self.file.to_owned(), line, column: None, message }
        })
    }

    /// A cell, by the number of its column in the wanted ones.
    pub fn cell(&self, column: usize) -> &[u8] {
        self.at.get(column).and_then(|at| self.record.get(*at)).unwrap_or_default()
    }

    /// A whole number in a range; none where the cell is empty.
    ///
    /// # Errors
    /// When it is none.
    pub fn whole(&self, column: usize, range: &RangeInclusive<i32>) -> Result<Option<i32>, Fault> {
        let cell = self.cell(column);
        if cell.is_empty() {
            return Ok(None);
        }
        let number = str::from_utf8(cell).ok().and_then(|cell| cell.parse().ok());
        let number = number.filter(|number| range.contains(number));
        let (from, to) = (range.start(), range.end());
        let wrong = || self.fault(column, format!("must be a whole number from {from} to {to}"));
        number.map(Some).ok_or_else(wrong)
    }

    /// The same where the cell must not be empty.
    ///
    /// # Errors
    /// When it is none.
    pub fn needed(&self, column: usize, range: &RangeInclusive<i32>) -> Result<i32, Fault> {
        let number = self.whole(column, range)?;
        number.ok_or_else(|| self.fault(column, "is empty; a whole number must stand here"))
    }

    /// Hundredths of a number from 0 to 100; none where the cell is empty.
    ///
    /// # Errors
    /// When it is none.
    pub fn percent(&self, column: usize) -> Result<Option<u16>, Fault> {
        let cell = self.cell(column);
        if cell.is_empty() {
            return Ok(None);
        }
        let number = str::from_utf8(cell).ok().and_then(hundredths).filter(|it| *it <= 10_000);
        let wrong = || self.fault(column, "must be a number from 0 to 100");
        number.map(Some).ok_or_else(wrong)
    }

    /// A fault of a cell.
    pub fn fault(&self, column: usize, message: impl Into<String>) -> Fault {
        let line = self.record.position().map_or(0, csv::Position::line);
        let name = self.names.get(column).copied().unwrap_or_default();
        let number = self.at.get(column).map_or(0, |at| at + 1);
        let column = Some((number, name.to_owned()));
        Fault { file: self.file.to_owned(), line, column, message: message.into() }
    }
}

/// The names in a heading; none where it may be a row, which is somebody's.
fn told(heading: &ByteRecord, wanted: &[&str]) -> Option<String> {
    let is_name = |cell: &&str| {
        let mut letters = cell.bytes();
        letters.next().is_some_and(|first| first.is_ascii_lowercase())
            && letters.all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'_')
    };
    let cells = heading.iter().filter_map(|cell| str::from_utf8(cell).ok());
    let names: Vec<&str> = cells.filter(is_name).collect();
    names.iter().any(|name| wanted.contains(name)).then(|| names.join(", "))
}

/// Hundredths of a decimal number; digits after the second are cut off.
fn hundredths(cell: &str) -> Option<u16> {
    let (whole, part) = cell.split_once('.').unwrap_or((cell, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(part) {
        return None;
    }
    let digit = |at: usize| part.as_bytes().get(at).map_or(0, |byte| u16::from(byte - b'0'));
    let whole: u16 = whole.parse().ok()?;
    whole.checked_mul(100)?.checked_add(10 * digit(0) + digit(1))
}
