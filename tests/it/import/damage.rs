//! Workbooks whose inner files are damaged: a refusal or rows, never a panic.

use rand_chacha::{
    ChaCha8Rng,
    rand_core::{Rng, SeedableRng},
};
use tutelage::exchange::list::List;

use super::read;

const PARTS: [(&str, &str); 7] = [
    (
        "[Content_Types].xml",
        r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#,
    ),
    (
        "_rels/.rels",
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
    ),
    (
        "xl/workbook.xml",
        r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="List" sheetId="1" r:id="rId1"/></sheets></workbook>"#,
    ),
    (
        "xl/_rels/workbook.xml.rels",
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#,
    ),
    (
        "xl/styles.xml",
        r#"<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="1"><numFmt numFmtId="164" formatCode="00000000"/></numFmts><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs></styleSheet>"#,
    ),
    (
        "xl/sharedStrings.xml",
        r#"<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="3" uniqueCount="3"><si><t>ID number</t></si><si><t>Start date</t></si><si><r><t>Na</t></r><r><t>me</t></r></si></sst>"#,
    ),
    (
        "xl/worksheets/sheet1.xml",
        r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:C3"/><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c></row><row r="2"><c r="A2" s="2"><v>1234567</v></c><c r="B2" s="1"><v>46286</v></c><c r="C2" t="inlineStr"><is><t>Aisha Rahman</t></is></c></row><row r="3"><c r="A3" t="str"><f>A2</f><v>20481234</v></c><c r="B3" t="e"><v>#N/A</v></c><c r="C3" t="d"><v>2026-09-21</v></c></row></sheetData></worksheet>"#,
    ),
];

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            (crc >> 1) ^ (0xEDB8_8320 & (crc & 1).wrapping_neg())
        })
    })
}

/// A zip archive that stores its files as they are.
fn zip(parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let size = |length: usize| u32::try_from(length).unwrap().to_le_bytes();
    let (mut all, mut index) = (Vec::new(), Vec::new());
    for (name, bytes) in parts {
        let start = size(all.len());
        let length = u16::try_from(name.len()).unwrap().to_le_bytes();
        let mut head = vec![20, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        for field in [crc32(bytes).to_le_bytes(), size(bytes.len()), size(bytes.len())] {
            head.extend(field);
        }
        head.extend(length);
        head.extend([0, 0]);
        all.extend(b"PK\x03\x04");
        all.extend(&head);
        all.extend(name.as_bytes());
        all.extend(bytes);
        index.extend(b"PK\x01\x02\x14\x00");
        index.extend(&head);
        index.extend([0; 10]);
        index.extend(start);
        index.extend(name.as_bytes());
    }
    let count = u16::try_from(parts.len()).unwrap().to_le_bytes();
    let (at, length) = (size(all.len()), size(index.len()));
    all.extend(index);
    all.extend(b"PK\x05\x06\0\0\0\0");
    for field in [&count[..], &count, &length, &at, &[0, 0]] {
        all.extend(field);
    }
    all
}

fn parts() -> Vec<(&'static str, Vec<u8>)> {
    PARTS.iter().map(|(name, text)| (*name, text.as_bytes().to_vec())).collect()
}

#[test]
fn the_whole_workbook_is_read() {
    let (_, _, drafts) = read(&zip(&parts())).unwrap();
    let numbers: Vec<&str> =
        drafts.students.iter().map(|student| student.number.as_str()).collect();
    assert_eq!(numbers, ["01234567"]);
    assert_eq!(drafts.rejected[0].row, 3);
}

#[test]
fn values_that_lie_outside_of_everything_are_refused_or_left_out() {
    let swaps = [
        ("r=\"A2\"", "r=\"A4294967296\""),
        ("r=\"A2\"", "r=\"ZZZZZZZZZZ2\""),
        ("r=\"A2\"", "r=\"\""),
        ("r=\"A2\"", "r=\"2\""),
        ("r=\"A2\"", "r=\"A0\""),
        ("r=\"A2\"", ""),
        ("row r=\"2\"", "row r=\"0\""),
        ("row r=\"2\"", "row r=\"99999999999999\""),
        ("<v>0</v>", "<v>4000000000</v>"),
        ("<v>0</v>", "<v>-1</v>"),
        ("s=\"2\"", "s=\"99999\""),
        ("46286", "1e308"),
        ("46286", "-5"),
        ("46286", "NaN"),
        ("1234567", "99999999999999999999999999"),
        ("A1:C3", "A1:XFD1048576"),
        ("A1:C3", "C3:A1"),
        ("A1:C3", "A0:"),
        ("Target=\"worksheets/sheet1.xml\"", "Target=\"/../../etc/passwd\""),
        ("uniqueCount=\"3\"", "uniqueCount=\"99999999999999\""),
        ("<sst", "<!DOCTYPE x [<!ENTITY a \"aaaaaaaa\">]><sst"),
        ("<t>ID number</t>", "<t>&a;&#0;&#x110000;</t>"),
    ];
    for (from, to) in swaps {
        let mut parts = parts();
        for (_, bytes) in &mut parts {
            *bytes = String::from_utf8(bytes.clone()).unwrap().replace(from, to).into_bytes();
        }
        let _ = List::read(&zip(&parts));
    }
}

#[test]
fn inner_files_with_random_damage_end_in_rows_or_a_refusal() {
    let mut dice = ChaCha8Rng::seed_from_u64(2);
    let mut below = |most: usize| usize::try_from(dice.next_u32()).unwrap() % most.max(1);
    for _ in 0..1_500 {
        let mut parts = parts();
        for _ in 0..=below(3) {
            let part = below(parts.len());
            let bytes = &mut parts[part].1;
            let at = below(bytes.len());
            match below(4) {
                0 => bytes[at] = b"<>\"/=&09A\x80"[below(10)],
                1 => drop(bytes.drain(at..(at + 1 + below(12)).min(bytes.len()))),
                2 => bytes.truncate(at.max(1)),
                _ => {
                    let end = (at + 1 + below(20)).min(bytes.len());
                    let again = bytes[at..end].to_vec();
                    bytes.splice(at..at, again);
                }
            }
            if bytes.is_empty() {
                bytes.push(b' ');
            }
        }
        let _ = read(&zip(&parts));
    }
}
