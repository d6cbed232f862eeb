//! Text without a quotation mark: every delimiter ends a cell and every line end a row, so that all cores can split it
//! where it lies. Whatever else there is to say about a file, the csv crate and its limits say.

use std::ops::Range;

use rayon::prelude::*;

use super::{MAX_CELL, MAX_CELLS, MAX_COLUMNS, MAX_ROWS, MAX_TEXT, Start, Table, narrow};

/// The text that is split at a time, in bytes.
const PIECE: usize = 128 << 10;

/// The rows of some lines of a text.
#[derive(Default)]
struct Piece {
    /// Their lines and cells are counted from here.
    rows: Vec<Start>,
    ends: Vec<u32>,
    lines: u32,
}

/// Splits a text; none where it has quotation marks, is beyond any limit, or has nothing in it.
pub(super) fn split(text: &str, delimiter: u8, skipped: u32) -> Option<Table> {
    let bytes = text.as_bytes();
    if memchr::memchr(b'"', bytes).is_some()
        || bytes.len() > MAX_TEXT
        || text.starts_with('\u{FEFF}')
    {
        return None;
    }
    let split = |range: Range<usize>| piece(bytes, range, delimiter);
    let ranges = ranges(bytes);
    let pieces: Option<Vec<Piece>> = if ranges.len() < 2 {
        ranges.into_iter().map(split).collect()
    } else {
        ranges.into_par_iter().map(split).collect()
    };
    let pieces = pieces?;
    let mut table = Table { gap: 1, ..Table::default() };
    table.rows.reserve(pieces.iter().map(|piece| piece.rows.len()).sum());
    table.ends.reserve(pieces.iter().map(|piece| piece.ends.len()).sum());
    let mut lines = skipped;
    for piece in pieces {
        let cells = narrow(table.ends.len());
        table.rows.extend(piece.rows.iter().map(|start| Start {
            number: lines + start.number,
            cell: cells + start.cell,
            text: start.text,
        }));
        table.ends.extend_from_slice(&piece.ends);
        lines += piece.lines;
    }
    let last = table.rows.last()?.number;
    if last > MAX_ROWS || table.ends.len() > MAX_CELLS {
        return None;
    }
    text.clone_into(&mut table.text);
    Some(table)
}

/// Whole lines, about so many bytes of them each time.
fn ranges(bytes: &[u8]) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut from = 0;
    while from < bytes.len() {
        let rest = bytes.get(from + PIECE..).unwrap_or_default();
        let to = memchr::memchr(b'\n', rest).map_or(bytes.len(), |at| from + PIECE + at + 1);
        ranges.push(from..to);
        from = to;
    }
    ranges
}

/// Splits some lines; none where a row is too long or has too many cells.
fn piece(bytes: &[u8], range: Range<usize>, delimiter: u8) -> Option<Piece> {
    let lines = bytes.get(range.clone())?;
    let mut piece = Piece::default();
    let mut from = range.start;
    let mut cell = 0;
    let end_row = |piece: &mut Piece, from: usize, to: usize, cell: usize| {
        let line = bytes.get(from..to)?;
        let nothing = |byte: &u8| *byte == delimiter || byte.is_ascii_whitespace();
        piece.lines += 1;
        if line.iter().all(nothing) {
            piece.ends.truncate(cell);
            return Some(());
        }
        piece.ends.push(narrow(to));
        let (number, cells) = (piece.lines, piece.ends.len() - cell);
        piece.rows.push(Start { number, cell: narrow(cell), text: narrow(from) });
        (cells <= MAX_COLUMNS && line.len() <= MAX_CELL).then_some(())
    };
    for at in memchr::memchr2_iter(delimiter, b'\n', lines).map(|at| range.start + at) {
        if bytes.get(at) == Some(&b'\n') {
            end_row(&mut piece, from, at, cell)?;
            (from, cell) = (at + 1, piece.ends.len());
        } else {
            piece.ends.push(narrow(at));
        }
    }
    if from < range.end {
        end_row(&mut piece, from, range.end, cell)?;
    }
    Some(piece)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cells(table: &Table) -> Vec<(u32, Vec<String>)> {
        let cells = |row: super::super::Row<'_>| {
            (0..row.len()).map(|column| row.raw(column).to_owned()).collect()
        };
        table.rows().map(|row| (row.number(), cells(row))).collect()
    }

    proptest! {
        #[test]
        fn what_is_split_is_what_the_csv_crate_reads(
            line in "[ab é,;\t\u{FEFF}\n]{0,30}",
            times in 1..4_usize,
            long in any::<bool>(),
            skipped in 0..2_u32,
        ) {
            let times = if long { times * PIECE / (line.len() + 1) } else { times };
            let text = format!("{line}\n").repeat(times);
            let text = text.strip_suffix('\n').filter(|_| times % 2 == 0).unwrap_or(&text);
            let read = super::super::read(text, b',', skipped);
            match split(text, b',', skipped) {
                Some(table) => {
                    prop_assert_eq!(cells(&table), cells(&read.unwrap()));
                }
                None => prop_assert!(read.is_err() || text.starts_with('\u{FEFF}'), "not split"),
            }
        }
    }

    #[test]
    fn what_is_beyond_a_limit_is_left_to_the_csv_crate() {
        assert!(split(&",".repeat(MAX_COLUMNS - 1).replace(',', "a,"), b',', 0).is_some());
        assert!(split(&"a,".repeat(MAX_COLUMNS), b',', 0).is_none());
        assert!(split(&"a".repeat(MAX_CELL + 1), b',', 0).is_none());
        assert!(split("a,\"b\"", b',', 0).is_none());
        assert!(split(" ,\n,", b',', 0).is_none());
    }
}
