//! A list as it was found in a file: encoding, header row, and the rows under it.

use super::{
    Refusal,
    bytes::{self, Encoding},
    headers, sheet,
    table::{self, Fault, Row, Table},
};

/// How many rows from the top may hold the header.
const HEADER_WITHIN: usize = 20;

/// The rows of a file, with its header told apart.
#[derive(Debug)]
pub struct List {
    table: Table,
    encoding: Encoding,
    sheet: Option<String>,
    header: Option<usize>,
    first: usize,
    width: usize,
}

impl List {
    /// Reads a CSV, TSV, semicolon or .xlsx file.
    ///
    /// # Errors
    ///
    /// When the file is no list.
    pub fn read(bytes: &[u8]) -> Result<Self, Refusal> {
        let (table, encoding, sheet) = if sheet::is_workbook(bytes) {
            let (table, name) = sheet::read(bytes)?;
            (table, Encoding::Workbook, Some(name))
        } else if sheet::was_workbook(bytes) {
            return Err(Refusal::Workbook { why: "its beginning is damaged" });
        } else {
            let text = bytes::decode(bytes)?;
            (table::parse(&text.text)?, text.encoding, None)
        };
        let usual = usual_width(&table);
        let header = find_header(&table, usual);
        let first = header.map_or_else(|| comments(&table), |row| row + 1);
        let width = header.and_then(|row| table.row(row)).map_or(usual, |row| filled(&row));
        let list = Self { table, encoding, sheet, header, first, width };
        if list.is_empty() { Err(Refusal::NoRows) } else { Ok(list) }
    }

    /// What the bytes were read as.
    #[must_use]
    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// The name of the sheet, if it was a workbook.
    #[must_use]
    pub fn sheet(&self) -> Option<&str> {
        self.sheet.as_deref()
    }

    /// How many columns there are.
    #[must_use]
    pub fn width(&self) -> usize {
        self.width
    }

    /// How many rows there are under the header.
    #[must_use]
    pub fn len(&self) -> usize {
        self.table.len() - self.first.min(self.table.len())
    }

    /// Whether there are no rows; never so for a list that was read.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The header row's number in the file, if there is a header.
    #[must_use]
    pub fn header_row(&self) -> Option<u32> {
        Some(self.table.row(self.header?)?.number())
    }

    /// The headers, empty where there is no header row.
    #[must_use]
    pub fn headers(&self) -> Vec<&str> {
        let row = self.header.and_then(|row| self.table.row(row));
        (0..self.width).map(|column| row.map_or("", |row| row.cell(column))).collect()
    }

    /// The rows under the header, each with what is wrong with it as a row.
    pub fn rows(&self) -> impl Iterator<Item = (Row<'_>, Option<Fault>)> {
        (0..self.len()).filter_map(|index| self.row(index))
    }

    /// One of them, from 0.
    pub(super) fn row(&self, index: usize) -> Option<(Row<'_>, Option<Fault>)> {
        let index = self.first + index;
        let row = self.table.row(index)?;
        Some((row, self.table.fault(index).cloned().or_else(|| self.ragged(row))))
    }

    /// What a column is called in messages: its letter, as in a spreadsheet, and its header.
    #[must_use]
    pub fn column_name(&self, column: usize) -> String {
        let header =
            self.header.and_then(|row| self.table.row(row)).map_or("", |row| row.cell(column));
        if header.is_empty() { letters(column) } else { format!("{} ({header})", letters(column)) }
    }

    /// What the reader should know about how the file was read, as sentences.
    #[must_use]
    pub fn notes(&self) -> Vec<String> {
        let mut notes = vec![match &self.sheet {
            Some(sheet) => format!("Read from the sheet “{sheet}” of a workbook."),
            None => format!("Read as {}.", self.encoding),
        }];
        match self.header {
            None => {
                notes.push("There is no header row: every row was taken for a student.".to_owned());
            }
            Some(0) => {}
            Some(1) => notes.push("The row above the header was left out.".to_owned()),
            Some(above) => notes.push(format!("{above} rows above the header were left out.")),
        }
        if self.looks_encoded_twice() {
            notes.push("Some letters look as if the file had been saved in two encodings, as in “Ã©” for “é”: check the names.".to_owned());
        }
        notes
    }

    /// Cells too many or too few: what they say cannot be told from what their neighbours say.
    fn ragged(&self, row: Row<'_>) -> Option<Fault> {
        let extra = (self.width..row.len()).find(|column| !row.cell(*column).is_empty());
        if let Some(column) = extra {
            let reason =
                format!("the row has {} cells, but there are {} columns", filled(&row), self.width);
            return Some(Fault { column, reason });
        }
        // Workbooks know where a cell stands, text does not.
        (row.len() < self.width && self.sheet.is_none()).then(|| Fault {
            column: row.len(),
            reason: format!(
                "the row has only {} cells, but there are {} columns",
                row.len(),
                self.width
            ),
        })
    }

    /// Every row of the file, the header and what stands above it among them.
    #[must_use]
    pub(super) fn table(&self) -> &Table {
        &self.table
    }

    fn looks_encoded_twice(&self) -> bool {
        let twice = |cell: &str| {
            let mut letters = cell.chars().peekable();
            std::iter::from_fn(|| letters.next().map(|letter| (letter, letters.peek().copied())))
                .any(|(letter, next)| {
                    matches!(letter, 'Ã' | 'Â')
                        && next.is_some_and(|next| ('\u{A0}'..='\u{BF}').contains(&next))
                })
                || cell.contains("â€")
        };
        self.table
            .rows()
            .take(5_000)
            .any(|row| row.cells().any(|cell| !cell.is_ascii() && twice(cell)))
    }
}

/// A column as a spreadsheet names it: A, B, … Z, AA.
#[must_use]
pub fn letters(column: usize) -> String {
    let mut rest = column + 1;
    let mut letters = Vec::new();
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).unwrap_or(0);
        letters.push(char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// Whether a cell looks like a student number or an e-mail address, so that its row is no header.
#[must_use]
pub(super) fn looks_like_identity(cell: &str) -> bool {
    looks_like_number(cell) || looks_like_email(cell)
}

/// One or two letters at most, five to ten digits, perhaps `/1`.
pub(super) fn looks_like_number(cell: &str) -> bool {
    let (number, suffix) = cell.split_once('/').unwrap_or((cell, "1"));
    let digits = number.trim_start_matches(|letter: char| letter.is_ascii_alphabetic());
    number.len() - digits.len() <= 2
        && (5..=10).contains(&digits.len())
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && suffix.len() == 1
        && suffix.bytes().all(|byte| byte.is_ascii_digit())
}

pub(super) fn looks_like_email(cell: &str) -> bool {
    cell.split_once('@').is_some_and(|(local, domain)| !local.is_empty() && domain.contains('.'))
        && !cell.contains(char::is_whitespace)
}

/// Cells up to the last that is not empty.
fn filled(row: &Row<'_>) -> usize {
    (0..row.len()).rev().find(|column| !row.cell(*column).is_empty()).map_or(0, |column| column + 1)
}

fn usual_width(table: &Table) -> usize {
    let widths: Vec<usize> = table.rows().take(60).map(|row| row.len()).collect();
    table::usual_width(&widths)
}

/// Comment lines at the top.
fn comments(table: &Table) -> usize {
    table.rows().take_while(|row| row.cell(0).starts_with('#')).count()
}

/// The row with the most known headers near the top, unless it or the first full row reads like a student.
fn find_header(table: &Table, usual: usize) -> Option<usize> {
    let is_data = |row: &Row<'_>| row.cells().any(looks_like_identity);
    let mut best: Option<(usize, usize)> = None;
    for (index, row) in table.rows().enumerate().take(HEADER_WITHIN).skip(comments(table)) {
        let known = headers::count_known(row.cells());
        if known > best.map_or(0, |(_, most)| most) && !is_data(&row) {
            best = Some((index, known));
        }
    }
    let top = comments(table);
    match best {
        Some((index, known)) if known > 1 || index == top => Some(index),
        _ => {
            let full = table
                .rows()
                .enumerate()
                .skip(top)
                .take(HEADER_WITHIN)
                .find(|(_, row)| row.len() == usual);
            let (index, row) = full.or_else(|| table.row(top).map(|row| (top, row)))?;
            // Rows above a table without a known header are not left out: nobody could tell a title from a student.
            (!is_data(&row)).then_some(index)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(text: &str) -> List {
        List::read(text.as_bytes()).unwrap()
    }

    #[test]
    fn titles_comments_and_blank_lines_above_the_header_are_left_out() {
        let list = list("# from SITS\nTutees of the School\n\nStudent number,Name\n1,A\n");
        assert_eq!(list.header_row(), Some(4));
        assert_eq!(list.headers(), ["Student number", "Name"]);
        assert_eq!(list.len(), 1);
        assert_eq!(list.notes(), ["Read as UTF-8.", "2 rows above the header were left out."]);
    }

    #[test]
    fn a_list_without_a_header_is_known_by_its_first_row() {
        let list = list("S1234567/1\nS7654321/2\n");
        assert_eq!((list.header_row(), list.len(), list.width()), (None, 2, 1));
    }

    #[test]
    fn rows_with_too_many_or_too_few_cells_are_faults_with_their_place() {
        let list = list(
            "Number,Name,Email\n1,A,a@example.org\n2,B\n3,C,c@example.org,x\n4,D,d@example.org,\n",
        );
        let faults: Vec<_> = list.rows().map(|(row, fault)| (row.number(), fault)).collect();
        assert_eq!(faults[0].1, None);
        assert_eq!(
            faults[1].1.as_ref().unwrap().reason,
            "the row has only 2 cells, but there are 3 columns"
        );
        assert_eq!(faults[2].1.as_ref().unwrap().column, 3);
        assert_eq!(faults[3].1, None);
    }

    #[test]
    fn columns_are_named_as_in_a_spreadsheet() {
        assert_eq!([0, 25, 26, 701, 702].map(letters), ["A", "Z", "AA", "ZZ", "AAA"]);
    }

    #[test]
    fn letters_encoded_twice_are_pointed_out() {
        assert!(
            list("Number,Name\n1,ZoÃ«\n").notes().iter().any(|note| note.contains("two encodings"))
        );
        assert_eq!(list("Number,Name\n1,Zoë São\n").notes().len(), 1);
    }

    #[test]
    fn a_header_alone_is_refused() {
        assert_eq!(List::read(b"Number,Name\n").unwrap_err(), Refusal::NoRows);
    }
}
