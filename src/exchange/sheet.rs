//! The first visible sheet of an .xlsx workbook, as the same rows of text that a CSV file gives.
//!
//! Cells are read one after another and never as a rectangle: one stray cell in the last corner of a sheet
//! would make a rectangle of seventeen thousand million cells.

use std::io::{Cursor, Read};

use calamine::{Data, DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx};
use zip::ZipArchive;

use super::{
    Refusal,
    table::{Builder, MAX_COLUMNS, MAX_ROWS, Table},
};

/// The largest workbook when unpacked, in MiB.
const MAX_UNPACKED_MIB: u64 = 512;

/// Whether the bytes are a zip archive with a workbook in it.
#[must_use]
pub fn is_workbook(bytes: &[u8]) -> bool {
    let marks = |mark: &[u8]| bytes.windows(mark.len()).any(|window| window == mark);
    bytes.starts_with(b"PK\x03\x04") && marks(b"xl/workbook.xml")
}

/// Whether the bytes were a workbook before they were damaged: its parts have names that no text has beside zero bytes.
#[must_use]
pub fn was_workbook(bytes: &[u8]) -> bool {
    const PARTS: [&[u8]; 3] = [b"xl/workbook.xml", b"xl/worksheets/", b"xl/_rels/"];
    let marks = |mark: &[u8]| bytes.windows(mark.len()).any(|window| window == mark);
    bytes.contains(&0) && PARTS.into_iter().any(marks)
}

/// Reads the first visible sheet and its name.
///
/// # Errors
///
/// When the workbook is damaged, has no sheet with cells, or is larger than a list of students can be.
pub fn read(bytes: &[u8]) -> Result<(Table, String), Refusal> {
    check_archive(bytes)?;
    let broken = |why| move |_| Refusal::Workbook { why };
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(broken("its index is damaged"))?;
    let sheet = book
        .sheets_metadata()
        .iter()
        .find(|sheet| sheet.visible == SheetVisible::Visible && sheet.typ == SheetType::WorkSheet)
        .map(|sheet| sheet.name.clone())
        .ok_or(Refusal::Workbook { why: "it has no visible sheet" })?;
    let mut reader =
        book.worksheet_cells_reader(&sheet).map_err(broken("its first sheet is damaged"))?;
    let formats: Vec<usize> = reader
        .styles()
        .iter()
        .map(|style| style.number_format.as_ref().map_or(0, |format| zeros(&format.format_code)))
        .collect();
    let mut rows = Rows::default();
    while let Some((cell, style)) =
        reader.next_cell_with_style_id().map_err(broken("a cell of its first sheet is damaged"))?
    {
        let (row, column) = cell.get_position();
        let digits = formats.get(style).copied().unwrap_or(0);
        rows.cell(row, column as usize, &show(cell.get_value(), digits))?;
    }
    Ok((rows.table()?, sheet))
}

/// What the workbook reader takes on trust: that the archive is not larger than a list can be, and that it
/// has room for as many strings as it says.
fn check_archive(bytes: &[u8]) -> Result<(), Refusal> {
    let broken = Refusal::Workbook { why: "its archive is damaged" };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| broken.clone())?;
    let mut unpacked = 0_u64;
    for index in 0..archive.len() {
        let file = archive.by_index(index).map_err(|_| broken.clone())?;
        unpacked = unpacked.saturating_add(file.size());
        if unpacked > MAX_UNPACKED_MIB << 20 {
            return Err(Refusal::Workbook { why: "it unpacks to more than 512 MiB" });
        }
        let name = file.name().map_err(|_| broken.clone())?;
        if !name.to_lowercase().ends_with("sharedstrings.xml") {
            continue;
        }
        let size = file.size();
        let mut head = Vec::new();
        file.take(4_096).read_to_end(&mut head).map_err(|_| broken.clone())?;
        // The shortest string is `<si/>`.
        if strings_promised(&head) > size / 5 {
            return Err(Refusal::Workbook { why: "its table of strings is damaged" });
        }
    }
    Ok(())
}

/// The number behind `uniqueCount="` in the head of a table of strings.
fn strings_promised(head: &[u8]) -> u64 {
    let head = String::from_utf8_lossy(head);
    let behind = head.split_once("uniqueCount").map_or("", |(_, behind)| behind);
    let digits = behind.trim_start_matches(|letter: char| {
        letter.is_whitespace() || matches!(letter, '=' | '"' | '\'')
    });
    let end = digits.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(digits.len());
    match digits.get(..end).unwrap_or_default() {
        "" => 0,
        number => number.parse().unwrap_or(u64::MAX),
    }
}

/// The digits of a format that shows leading zeros, such as `00000000`; 0 for any other.
fn zeros(format: &str) -> usize {
    if format.len() > 1 && format.bytes().all(|byte| byte == b'0') { format.len() } else { 0 }
}

/// A cell as the text that a person would have typed: whole numbers without a point, days as ISO dates.
fn show(value: &DataRef<'_>, digits: usize) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => format!("{number:0digits$}"),
        DataRef::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => {
            format!("{number:0digits$.0}")
        }
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(truth) => truth.to_string(),
        DataRef::DateTime(moment) => show_moment(*moment),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            text.clone()
        }
        DataRef::Error(error) => Data::Error(error.clone()).to_string(),
    }
}

fn show_moment(moment: ExcelDateTime) -> String {
    if moment.is_duration() || !(0.0..2_958_466.0).contains(&moment.as_f64()) {
        return moment.as_f64().to_string();
    }
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    if (hour, minute, second) == (0, 0, 0) {
        format!("{year:04}-{month:02}-{day:02}")
    } else {
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")
    }
}

/// The row that is being read, and the table of those before.
#[derive(Default)]
struct Rows {
    builder: Builder,
    number: u32,
    text: String,
    ends: Vec<usize>,
}

impl Rows {
    fn cell(&mut self, row: u32, column: usize, text: &str) -> Result<(), Refusal> {
        let number = row.saturating_add(1);
        if number > MAX_ROWS {
            // Formatted but empty cells below the list are common; only a value is too much.
            return if text.trim().is_empty() {
                Ok(())
            } else {
                Err(Refusal::TooManyRows { rows: MAX_ROWS })
            };
        }
        if number < self.number || (number == self.number && column < self.ends.len()) {
            return Err(Refusal::Workbook { why: "its cells are not in order" });
        }
        if number > self.number {
            self.finish()?;
            self.number = number;
        }
        if column >= MAX_COLUMNS {
            let full = Refusal::TooManyColumns { row: number, columns: MAX_COLUMNS };
            return if text.trim().is_empty() { Ok(()) } else { Err(full) };
        }
        self.ends.resize(column, self.text.len());
        // The same line ends as in text files.
        self.text.push_str(&text.replace("\r\n", "\n").replace('\r', "\n"));
        self.ends.push(self.text.len());
        Ok(())
    }

    fn finish(&mut self) -> Result<(), Refusal> {
        if let Some(at) = self.text.find('\0') {
            let column = self.ends.iter().position(|end| *end > at).unwrap_or(0) + 1;
            return Err(Refusal::Binary {
                row: self.number,
                column: u32::try_from(column).unwrap_or(u32::MAX),
            });
        }
        self.builder.row(self.number, self.text.as_bytes(), self.ends.iter().copied())?;
        self.text.clear();
        self.ends.clear();
        Ok(())
    }

    fn table(mut self) -> Result<Table, Refusal> {
        self.finish()?;
        self.builder.table()
    }
}
