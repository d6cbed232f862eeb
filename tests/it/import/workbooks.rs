//! Workbooks: what a spreadsheet shows is what is read.

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use tutelage::exchange::list::List;

use super::{import_twice, read, told};

fn save(mut book: Workbook) -> Vec<u8> {
    book.save_to_buffer().unwrap()
}

/// A list with a title, text and numeric numbers, a date, a level, and an empty formatted cell far below.
fn school() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("Tutees").unwrap();
    sheet.write(0, 0, "Tutees of the School").unwrap();
    for (column, header) in
        ["Student number", "First name", "Surname", "Level", "Start date", "Phone"]
            .iter()
            .enumerate()
    {
        sheet.write(2, u16::try_from(column).unwrap(), *header).unwrap();
    }
    let day = Format::new().set_num_format("dd/mm/yyyy");
    let zeros = Format::new().set_num_format("00000000");
    sheet.write(3, 0, "01234567").unwrap();
    sheet.write(3, 1, "Aisha").unwrap();
    sheet.write(3, 2, "Rahman").unwrap();
    sheet.write(3, 3, 4).unwrap();
    sheet.write_with_format(3, 4, ExcelDateTime::from_ymd(2026, 9, 21).unwrap(), &day).unwrap();
    sheet.write_number_with_format(4, 0, 1_234_568, &zeros).unwrap();
    sheet.write(4, 1, "陈").unwrap();
    sheet.write(4, 2, "伟").unwrap();
    sheet.write(4, 3, "L5").unwrap();
    sheet.write(5, 0, 20_481_234.0).unwrap();
    sheet.write(5, 1, "Ben").unwrap();
    sheet.write(5, 2, "O'Connor").unwrap();
    sheet.write(5, 4, "22/09/2025").unwrap();
    sheet.write(5, 5, "0116 496 0000").unwrap();
    sheet.write_blank(1_048_575, 16_383, &day).unwrap();
    book.add_worksheet().write(0, 0, "Another sheet").unwrap();
    save(book)
}

#[test]
fn the_first_sheet_is_read_as_it_is_shown() {
    insta::assert_snapshot!(told(&school()));
}

#[test]
fn a_workbook_is_imported_once() {
    let (_, _, drafts) = read(&school()).unwrap();
    assert_eq!(import_twice(&drafts.students).new.len(), 3);
}

#[test]
fn a_hidden_first_sheet_is_passed_over() {
    let mut book = Workbook::new();
    book.add_worksheet().set_hidden(true).write(0, 0, "Student number").unwrap();
    let sheet = book.add_worksheet().set_name("Shown").unwrap().set_active(true);
    sheet.write(0, 0, "Student number").unwrap();
    sheet.write(1, 0, "20481234/1").unwrap();
    let list = List::read(&save(book)).unwrap();
    assert_eq!(list.sheet(), Some("Shown"));
}

#[test]
fn formulas_give_their_result_and_errors_are_rejected() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "ID number").unwrap();
    sheet.write(0, 1, "Name").unwrap();
    sheet.write_formula(1, 0, rust_xlsxwriter::Formula::new("=A9").set_result("S0012345")).unwrap();
    sheet.write(1, 1, "Aisha Rahman").unwrap();
    sheet.write_formula(2, 0, rust_xlsxwriter::Formula::new("=NA()").set_result("#N/A")).unwrap();
    sheet.write(2, 1, "Ben O'Connor").unwrap();
    let (_, _, drafts) = read(&save(book)).unwrap();
    assert_eq!(drafts.students[0].number, "S0012345");
    assert_eq!((drafts.rejected[0].row, drafts.rejected[0].column.as_str()), (3, "A (ID number)"));
}

#[test]
fn an_empty_or_damaged_workbook_is_refused() {
    let mut book = Workbook::new();
    book.add_worksheet();
    let whole = school();
    assert_eq!(List::read(&save(book)).unwrap_err().to_string(), "The file is empty.");
    for end in (4..whole.len()).step_by(97) {
        assert!(List::read(&whole[..end]).is_err(), "cut at {end}");
    }
}

#[test]
fn a_workbook_with_any_byte_changed_never_panics() {
    let whole = school();
    for at in (0..whole.len()).step_by(3) {
        let mut damaged = whole.clone();
        damaged[at] ^= 0x41;
        let _ = read(&damaged);
    }
}
