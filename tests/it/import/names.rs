//! Names of 60 languages and strings that break programs, as names of students: what is read is equal, or told.

use std::fs;

use proptest::prelude::*;
use tutelage::domain::plain::is_unsafe;

use super::{data, import_twice, read};

/// The list as a school would write it, with numbers.
fn written(names: &[(String, String)]) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["Student number", "First name", "Family name"]).unwrap();
    for (index, (given, family)) in names.iter().enumerate() {
        writer.write_record([&format!("{:08}", index + 1), given, family]).unwrap();
    }
    writer.into_inner().unwrap()
}

fn utf16(bytes: &[u8]) -> Vec<u8> {
    let text = std::str::from_utf8(bytes).unwrap();
    format!("\u{FEFF}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn names() -> Vec<(String, String, String)> {
    let mut reader = csv::Reader::from_path(data("names/names.csv")).unwrap();
    let field = |row: &csv::StringRecord, at: usize| row.get(at).unwrap().to_owned();
    reader
        .records()
        .map(|row| row.unwrap())
        .map(|row| (field(&row, 1), field(&row, 2), field(&row, 3)))
        .collect()
}

#[test]
fn names_of_sixty_languages_are_read_letter_by_letter() {
    let names: Vec<(String, String)> =
        names().into_iter().map(|(given, family, _)| (given, family)).collect();
    let list = written(&names);
    for bytes in [list.clone(), utf16(&list)] {
        let (_, _, drafts) = read(&bytes).unwrap();
        assert!(drafts.rejected.is_empty(), "{:?}", drafts.rejected);
        assert_eq!(drafts.students.len(), names.len());
        for (student, name) in drafts.students.iter().zip(&names) {
            assert_eq!(
                (student.given.as_str(), student.family.as_str()),
                (name.0.trim(), name.1.trim())
            );
        }
        import_twice(&drafts.students);
    }
}

#[test]
fn whole_names_are_shown_as_they_were_written_or_turned_at_their_comma() {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["ID number", "Name"]).unwrap();
    let names = names();
    for (index, (_, _, full)) in names.iter().enumerate() {
        writer.write_record([&format!("{:08}", index + 1), full]).unwrap();
    }
    let (_, _, drafts) = read(&writer.into_inner().unwrap()).unwrap();
    for (student, (_, _, full)) in drafts.students.iter().zip(&names) {
        let shown = [student.given.as_str(), &student.family].join(" ");
        let turned = format!("{}, {}", student.family, student.given);
        assert!(shown.trim_start() == full || &turned == full, "{full} became {shown}");
    }
    assert_eq!(drafts.students.len(), names.len());
}

#[test]
fn strings_that_break_programs_are_read_as_they_are_or_it_is_told() {
    let strings: Vec<String> =
        serde_json::from_slice(&fs::read(data("naughty/blns.json")).unwrap()).unwrap();
    let names: Vec<(String, String)> =
        strings.iter().map(|text| (text.clone(), "Naughty".to_owned())).collect();
    let (_, _, drafts) = read(&written(&names)).unwrap();
    let mut equal = 0;
    for (index, text) in strings.iter().enumerate() {
        let row = u32::try_from(index + 2).unwrap();
        let told = drafts.remarks.iter().any(|remark| remark.row == row);
        match drafts.students.iter().find(|student| student.row == row) {
            None => assert!(drafts.rejected.iter().any(|rejected| rejected.row == row), "{text:?}"),
            Some(student) if student.given == text.trim() => equal += 1,
            // Blanks of all kinds, and marks for nothing, stand for no name.
            Some(student) if student.given.is_empty() => {
                assert!(told || text.trim().is_empty() || text == "-", "{text:?}");
            }
            Some(student) => {
                let hard = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
                assert!(told || text.contains(hard), "{text:?} became {:?}", student.given);
            }
        }
        if let Some(student) = drafts.students.iter().find(|student| student.row == row) {
            assert!(!student.given.contains(|c: char| c.is_control()), "{text:?}");
        }
    }
    assert!(equal > strings.len() * 95 / 100, "only {equal} of {} are equal", strings.len());
    import_twice(&drafts.students);
}

#[test]
fn the_list_of_such_strings_itself_is_no_list_of_students() {
    let refusal = read(&fs::read(data("naughty/blns.txt")).unwrap()).unwrap_err();
    assert!(refusal.contains("ow "), "{refusal}");
}

/// A name as a list may give it: no line holds more than one, so what ends a line, or a tab, is one blank with
/// all blanks around it; a dash stands for no name. Nothing else is changed in silence.
fn kept(name: &str) -> String {
    let ends_line = |c: char| ('\t'..='\r').contains(&c) || "\u{85}\u{2028}\u{2029}".contains(c);
    let words = name.split(ends_line).map(str::trim).filter(|word| !word.is_empty());
    let name = words.collect::<Vec<_>>().join(" ");
    if matches!(name.as_str(), "-" | "–" | "—") { String::new() } else { name }
}

/// Any name, often with blanks and line ends of all kinds in it.
fn any_name() -> impl Strategy<Value = String> {
    let odd: Vec<char> =
        "\t\n\u{b}\u{c}\r\u{85}\u{2028}\u{2029} \u{a0}\u{3000}\"',;'=-–—".chars().collect();
    let letter =
        prop_oneof![8 => any::<char>(), 4 => proptest::sample::select(odd), 1 => Just('a')];
    proptest::collection::vec(letter, 1..20).prop_map(|letters| letters.into_iter().collect())
}

#[test]
fn a_line_end_within_a_name_becomes_one_blank() {
    let name = ("\u{2d7f}\u{2028}0".to_owned(), "A\u{85} \u{a0}\u{2029}\r\n0\u{b}".to_owned());
    let (_, _, drafts) = read(&written(&[name])).unwrap();
    assert!(drafts.remarks.is_empty() && drafts.rejected.is_empty());
    assert_eq!(drafts.students[0].given, "\u{2d7f} 0");
    assert_eq!(drafts.students[0].family, "A 0");
}

proptest! {
    #[test]
    fn any_name_is_read_as_it_is_or_it_is_told(given in any_name(), family in any_name()) {
        let Ok((_, _, drafts)) = read(&written(&[(given.clone(), family.clone())])) else {
            // Only bytes that are no text make a list unreadable.
            prop_assert!(given.contains('\0') || family.contains('\0'));
            return Ok(());
        };
        for student in &drafts.students {
            let clean = |name: &str| !name.contains(is_unsafe) && name.trim() == name;
            prop_assert!(clean(&student.given) && clean(&student.family));
        }
        if drafts.remarks.is_empty() && drafts.rejected.is_empty() {
            prop_assert_eq!(&drafts.students[0].given, &kept(&given));
            prop_assert_eq!(&drafts.students[0].family, &kept(&family));
        }
    }

    #[test]
    fn any_bytes_under_a_header_end_in_students_or_a_refusal(bytes: Vec<u8>) {
        let mut list = b"Student number,Name,Email,Level,Start date\n".to_vec();
        list.extend(bytes);
        if let Ok((_, _, drafts)) = read(&list) {
            import_twice(&drafts.students);
        }
    }
}
