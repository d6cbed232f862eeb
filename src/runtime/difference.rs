//! From one picture to the next in few bytes. Rows that are alike cost a comparison each, which is why the general
//! difference is used only where letters of several columns stand.

use ratatui::{
    buffer::{Buffer, Cell, CellDiffOption, CellWidth},
    layout::Rect,
};
use unicode_width::UnicodeWidthStr;

use crate::runtime::pen::Pen;

/// Whether terminals may disagree about the width of what is in the cell.
pub fn is_doubtful(cell: &Cell) -> bool {
    let symbol = cell.symbol();
    if symbol.len() < 2 {
        return false;
    }
    let mut letters = symbol.chars();
    let first = letters.next().unwrap_or(' ');
    // Arabic to Georgian, presentation forms, emoji; or several characters in one letter.
    letters.next().is_some()
        || matches!(u32::from(first), 0x0600..=0x10ff | 0xfb1d..=0xfdff | 0xfe70..=0xfeff | 0x1_f000..)
}

/// The bytes that turn a picture into another one of the same place.
pub fn difference(from: &Buffer, to: &Buffer) -> Vec<u8> {
    let mut pen = Pen::default();
    let (area, width) = (to.area, usize::from(to.area.width).max(1));
    let rows = from.content.chunks_exact(width).zip(to.content.chunks_exact(width));
    for ((old, new), y) in rows.zip(area.y..) {
        if old.iter().zip(new).all(|(old, new)| is_same(old, new)) {
            continue;
        }
        let (from, to) = general_part(old, new);
        let column = |at: usize| u16::try_from(at).unwrap_or(u16::MAX).saturating_add(area.x);
        let part = |from: usize, to: usize| {
            (old.get(from..to).unwrap_or_default(), new.get(from..to).unwrap_or_default())
        };
        put_simple(&mut pen, (area.x, y), part(0, from));
        if from < to {
            let place = Rect { x: column(from), y, width: column(to) - column(from), height: 1 };
            put_general(&mut pen, place, part(from, to));
            put_simple(&mut pen, (column(to), y), part(to, width));
        }
    }
    pen.take()
}

/// As `==`, which looks at the letters as texts of any length first.
fn is_same(one: &Cell, other: &Cell) -> bool {
    (one.fg, one.bg, one.modifier) == (other.fg, other.bg, other.modifier)
        && one.diff_option == other.diff_option
        && match (one.symbol().as_bytes(), other.symbol().as_bytes()) {
            ([one], [other]) => one == other,
            (one, other) => one == other,
        }
}

/// Whether the cell holds a letter of one column, and nothing is asked for it.
fn is_simple(cell: &Cell) -> bool {
    let symbol = cell.symbol();
    cell.diff_option == CellDiffOption::None
        && (symbol.len() == 1 || symbol.width() == 1 && !is_doubtful(cell))
}

/// From where to where letters of other widths stand in either row, with all columns that they take.
fn general_part(old: &[Cell], new: &[Cell]) -> (usize, usize) {
    let width =
        |cell: &Cell| if is_simple(cell) { 1 } else { usize::from(cell.cell_width()).max(1) };
    let mut part = (old.len(), 0);
    for (at, (old, new)) in old.iter().zip(new).enumerate() {
        if !(is_simple(old) && is_simple(new)) {
            part = (part.0.min(at), part.1.max(at + width(old).max(width(new))));
        }
    }
    (part.0, part.1.min(old.len()))
}

fn put_simple(pen: &mut Pen, (left, y): (u16, u16), (old, new): (&[Cell], &[Cell])) {
    let column = |at: usize| u16::try_from(at).unwrap_or(u16::MAX).saturating_add(left);
    let mut behind = 0;
    for (at, (old, cell)) in old.iter().zip(new).enumerate() {
        if is_same(old, cell) {
            continue;
        }
        if behind > 0 {
            pen.bridge(column(behind), y, new.get(behind..at).unwrap_or_default());
        }
        pen.put(column(at), y, cell);
        behind = at + 1;
    }
}

fn put_general(pen: &mut Pen, area: Rect, (old, new): (&[Cell], &[Cell])) {
    let row = |cells: &[Cell]| Buffer { area, content: cells.to_vec() };
    let (before, after) = (row(old), row(new));
    let mut changed = vec![false; new.len()];
    for (x, _, _) in before.diff_iter(&after) {
        mark(&mut changed, usize::from(x - area.x), 1);
    }
    let mut covered = vec![false; new.len()];
    wide(new).for_each(|(at, width)| mark(&mut covered, at + 1, width - 1));
    // Of a letter that is written over a terminal clears the other columns, each in its own way: all are written.
    for (at, width) in wide(old) {
        let stands = covered.get(at) == Some(&false)
            && old.get(at).zip(new.get(at)).is_some_and(|(old, new)| is_same(old, new));
        if !stands {
            mark(&mut changed, at, width);
        }
    }
    let cells = new.iter().zip(area.x..).zip(changed.into_iter().zip(covered));
    for ((cell, x), (changed, covered)) in cells {
        if !changed || covered {
            continue;
        }
        if is_doubtful(cell) {
            pen.put_doubtful(x, area.y, cell);
        } else {
            pen.put(x, area.y, cell);
        }
    }
}

/// The letters of several columns in a row: where each begins, and how many it takes.
fn wide(row: &[Cell]) -> impl Iterator<Item = (usize, usize)> {
    let mut behind = 0;
    row.iter().enumerate().filter_map(move |(at, cell)| {
        let width = usize::from(cell.cell_width());
        let begins = at >= behind && width > 1;
        if begins {
            behind = at + width;
        }
        begins.then_some((at, width))
    })
}

fn mark(columns: &mut [bool], from: usize, many: usize) {
    columns.iter_mut().skip(from).take(many).for_each(|column| *column = true);
}
