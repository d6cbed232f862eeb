//! Bytes to text: finds the encoding of a file, says which one it took, and refuses what it cannot read.
//!
//! Never guesses where a wrong guess would pass for right: damaged UTF-8 is refused, not read as Windows-1252.

use std::{borrow::Cow, fmt};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::Refusal;

/// The largest file that is read, in MiB: a log of a module with two million rows.
pub const MAX_MIB: usize = 512;

/// The encoding that a file was read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// UTF-16, little end first, with or without a byte order mark.
    Utf16Le,
    /// UTF-16, big end first, with or without a byte order mark.
    Utf16Be,
    /// Windows-1252, the usual encoding of older Western programs.
    Windows1252,
    /// Another one, guessed from the letters: the reader should look at the names.
    Guessed(&'static str),
    /// No text: the cells of a workbook.
    Workbook,
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Utf8 => f.write_str("UTF-8"),
            Self::Utf16Le => f.write_str("UTF-16 (little endian)"),
            Self::Utf16Be => f.write_str("UTF-16 (big endian)"),
            Self::Windows1252 => f.write_str("Windows-1252"),
            Self::Guessed(name) => write!(f, "{name} (a guess: check the names)"),
            Self::Workbook => f.write_str("Excel workbook"),
        }
    }
}

/// A file as text, and how it became one. Line ends are all `\n`.
#[derive(PartialEq, Eq)]
pub struct Text<'a> {
    /// The letters, without a byte order mark.
    pub text: Cow<'a, str>,
    /// What the bytes were read as.
    pub encoding: Encoding,
}

impl fmt::Debug for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Text({}, …)", self.encoding)
    }
}

/// Reads bytes as text.
///
/// # Errors
///
/// When they are empty, too many, binary, or not decodable without loss.
pub fn decode(bytes: &[u8]) -> Result<Text<'_>, Refusal> {
    if bytes.len() > MAX_MIB << 20 {
        return Err(Refusal::TooLarge { mib: MAX_MIB });
    }
    if let Some((what, hint)) = known_binary(bytes) {
        return Err(Refusal::NotAList { what, hint });
    }
    let (text, encoding) = match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => (utf8(rest)?, Encoding::Utf8),
        [0xFF, 0xFE, rest @ ..] => (utf16(rest, Encoding::Utf16Le)?.into(), Encoding::Utf16Le),
        [0xFE, 0xFF, rest @ ..] => (utf16(rest, Encoding::Utf16Be)?.into(), Encoding::Utf16Be),
        _ => without_mark(bytes)?,
    };
    let text = plain_line_ends(text);
    if text.trim().is_empty() {
        return Err(Refusal::Empty);
    }
    // A character that no exported list has; the others are the business of the cell they are in.
    if let Some(at) = memchr::memchr(0, text.as_bytes()) {
        let (row, column) = place(text.as_bytes(), at);
        return Err(Refusal::Binary { row, column });
    }
    Ok(Text { text, encoding })
}

/// File kinds that people pick by mistake, by their first bytes.
fn known_binary(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    const SAVE: &str = "Save it as .xlsx or CSV and import that.";
    const OTHER: &str = "Choose a CSV or .xlsx file.";
    let kinds: [(&[u8], &str, &str); 9] = [
        (b"\xD0\xCF\x11\xE0", "an old or password-protected Excel or Word document", SAVE),
        (b"PK\x03\x04", "a zip archive, a document or a damaged workbook", SAVE),
        (b"%PDF", "a PDF", "Ask for the list as CSV or .xlsx."),
        (b"\x1F\x8B", "a compressed file", "Unpack it and import what is inside."),
        (b"\x89PNG", "a picture", OTHER),
        (b"\xFF\xD8\xFF", "a picture", OTHER),
        (b"GIF8", "a picture", OTHER),
        (b"SQLite format 3", "a database", OTHER),
        (b"{\\rtf", "a Word document", SAVE),
    ];
    kinds
        .into_iter()
        .find(|(magic, ..)| bytes.starts_with(magic))
        .map(|(_, what, hint)| (what, hint))
}

fn utf8(bytes: &[u8]) -> Result<Cow<'_, str>, Refusal> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.into()),
        Err(error) => {
            let (row, column) = place(bytes, error.valid_up_to());
            Err(Refusal::Undecodable { row, column, encoding: "UTF-8" })
        }
    }
}

fn utf16(bytes: &[u8], encoding: Encoding) -> Result<String, Refusal> {
    let (decoder, name) = if encoding == Encoding::Utf16Be {
        (UTF_16BE, "big-endian UTF-16")
    } else {
        (UTF_16LE, "little-endian UTF-16")
    };
    if let Some(text) = decoder.decode_without_bom_handling_and_without_replacement(bytes) {
        return Ok(text.into_owned());
    }
    let (lossy, _) = decoder.decode_without_bom_handling(bytes);
    let at = lossy.find('\u{FFFD}').unwrap_or(lossy.len());
    let (row, column) = place(lossy.as_bytes(), at);
    Err(Refusal::Undecodable { row, column, encoding: name })
}

fn without_mark(bytes: &[u8]) -> Result<(Cow<'_, str>, Encoding), Refusal> {
    if let Some(encoding) = unmarked_utf16(bytes) {
        return Ok((utf16(bytes, encoding)?.into(), encoding));
    }
    let error = match std::str::from_utf8(bytes) {
        Ok(text) => return Ok((text.into(), Encoding::Utf8)),
        Err(error) => error,
    };
    if mostly_utf8(bytes) {
        let (row, column) = place(bytes, error.valid_up_to());
        return Err(Refusal::Undecodable { row, column, encoding: "UTF-8" });
    }
    if is_no_text(bytes) {
        let hint =
            "Choose a CSV or .xlsx file; one that was damaged on its way has to be fetched again.";
        return Err(Refusal::NotAList { what: "no text at all", hint });
    }
    legacy(bytes)
}

/// More than one control character among fifty letters: no encoding has so many.
fn is_no_text(bytes: &[u8]) -> bool {
    let control = |byte: &&u8| **byte < 0x20 && !matches!(**byte, b'\t' | b'\n' | b'\r');
    bytes.iter().filter(control).count() > bytes.len() / 50
}

/// UTF-16 without a mark shows in the zero bytes of its line ends and of Latin letters and digits.
fn unmarked_utf16(bytes: &[u8]) -> Option<Encoding> {
    if bytes.len() < 4 || !bytes.len().is_multiple_of(2) || memchr::memchr(0, bytes).is_none() {
        return None;
    }
    let zeros_at =
        |offset: usize| bytes.iter().skip(offset).step_by(2).filter(|&&byte| byte == 0).count();
    let (even, odd) = (zeros_at(0), zeros_at(1));
    // Even a list of Chinese names has a fifth of Latin letters, digits and delimiters; nothing else has.
    let enough = bytes.len() / 10;
    if odd >= enough.max(even * 20).max(1) {
        Some(Encoding::Utf16Le)
    } else if even >= enough.max(odd * 20).max(1) {
        Some(Encoding::Utf16Be)
    } else {
        None
    }
}

/// More whole multi-byte letters than broken ones: UTF-8 that was damaged on its way.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().bytes().filter(|byte| *byte >= 0xC0).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    whole > broken
}

fn legacy(bytes: &[u8]) -> Result<(Cow<'_, str>, Encoding), Refusal> {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(Some(b"uk"), Utf8Detection::Deny);
    let (encoding, taken) = if guess == WINDOWS_1252 {
        (WINDOWS_1252, Encoding::Windows1252)
    } else {
        (guess, Encoding::Guessed(guess.name()))
    };
    let (lossy, _) = encoding.decode_without_bom_handling(bytes);
    match lossy.find(|letter| letter == '\u{FFFD}' || ('\u{80}'..='\u{9F}').contains(&letter)) {
        None => Ok((lossy.into_owned().into(), taken)),
        Some(at) => {
            let (row, column) = place(lossy.as_bytes(), at);
            Err(Refusal::Undecodable { row, column, encoding: encoding.name() })
        }
    }
}

/// CRLF and CR become LF, so that rows are counted one way; a file with CR alone is an old Mac's.
fn plain_line_ends(text: Cow<'_, str>) -> Cow<'_, str> {
    if memchr::memchr(b'\r', text.as_bytes()).is_none() {
        return text;
    }
    let mut plain = String::with_capacity(text.len());
    let mut from = 0;
    for at in memchr::memchr_iter(b'\r', text.as_bytes()) {
        plain.push_str(text.get(from..at).unwrap_or_default());
        from = at + 1;
        if text.as_bytes().get(from) != Some(&b'\n') {
            plain.push('\n');
        }
    }
    plain.push_str(text.get(from..).unwrap_or_default());
    plain.into()
}

/// Row and column, from 1, of a byte: columns are counted by the delimiter that its row has most of.
fn place(bytes: &[u8], at: usize) -> (u32, u32) {
    let before = bytes.get(..at).unwrap_or(bytes);
    let count = |bytes: &[u8], wanted: u8| bytes.split(|byte| *byte == wanted).count() - 1;
    let newline = if bytes.contains(&b'\n') { b'\n' } else { b'\r' };
    let row = count(before, newline) + 1;
    let start = before.iter().rposition(|&byte| byte == newline).map_or(0, |at| at + 1);
    let line = bytes.get(start..).unwrap_or_default();
    let line = line.split(|&byte| byte == newline).next().unwrap_or_default();
    let delimiter = [b'|', b';', b'\t', b','].into_iter().max_by_key(|&byte| count(line, byte));
    let column =
        delimiter.map_or(1, |byte| count(before.get(start..).unwrap_or_default(), byte) + 1);
    (u32::try_from(row).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(bytes: &[u8]) -> (String, Encoding) {
        let text = decode(bytes).unwrap();
        (text.text.into_owned(), text.encoding)
    }

    fn utf16_bytes(text: &str, little: bool) -> Vec<u8> {
        let bytes = |unit: u16| if little { unit.to_le_bytes() } else { unit.to_be_bytes() };
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn utf8_is_read_with_and_without_its_mark() {
        assert_eq!(read("Zoë,陈伟".as_bytes()), ("Zoë,陈伟".to_owned(), Encoding::Utf8));
        assert_eq!(read(b"\xEF\xBB\xBFid\n1"), ("id\n1".to_owned(), Encoding::Utf8));
    }

    #[test]
    fn utf16_is_read_either_way_round_with_and_without_its_mark() {
        let text = "ID number,Name\n20481234,陈伟\n";
        for (little, encoding) in [(true, Encoding::Utf16Le), (false, Encoding::Utf16Be)] {
            assert_eq!(read(&utf16_bytes(text, little)), (text.to_owned(), encoding));
            let marked = utf16_bytes(&format!("\u{FEFF}{text}"), little);
            assert_eq!(read(&marked), (text.to_owned(), encoding));
        }
    }

    #[test]
    fn western_letters_of_older_programs_are_windows_1252() {
        assert_eq!(
            read(b"a,b,c\n1,2,3\n4,5,\xA9"),
            ("a,b,c\n1,2,3\n4,5,©".to_owned(), Encoding::Windows1252)
        );
        let (text, encoding) =
            read(b"Name,Email\nZo\xEB O\x92Brien,z@example.org\nRen\xE9e Bj\xF6rk,r@example.org\n");
        assert!(text.contains("Zoë O’Brien") && text.contains("Renée Björk"), "{text}");
        assert_eq!(encoding, Encoding::Windows1252);
    }

    #[test]
    fn damaged_utf8_is_refused_with_its_place_and_not_read_as_something_else() {
        let mut bytes = "id,name\n1,Zoë\n2,Renée\n3,Bj".as_bytes().to_vec();
        bytes.extend(b"\xFFrk\n4,x\n");
        assert_eq!(
            decode(&bytes).unwrap_err(),
            Refusal::Undecodable { row: 4, column: 2, encoding: "UTF-8" }
        );
    }

    #[test]
    fn half_a_letter_of_utf16_is_refused_with_its_place() {
        let mut bytes = utf16_bytes("\u{FEFF}id,name\n1,x", true);
        bytes.extend([0x00, 0xD8, b'\n', 0]);
        let refusal = decode(&bytes).unwrap_err();
        assert_eq!(
            refusal,
            Refusal::Undecodable { row: 2, column: 2, encoding: "little-endian UTF-16" }
        );
    }

    #[test]
    fn other_kinds_of_files_are_named() {
        assert!(decode(b"%PDF-1.7").unwrap_err().to_string().starts_with("The file is a PDF"));
        assert!(
            decode(b"\xD0\xCF\x11\xE0\xA1")
                .unwrap_err()
                .to_string()
                .contains("old or password-protected Excel")
        );
        assert_eq!(
            decode(b"a,b\0,c\n1,2,\x003").unwrap_err(),
            Refusal::Binary { row: 1, column: 2 }
        );
        assert_eq!(decode(b"").unwrap_err(), Refusal::Empty);
        assert_eq!(decode(b"\xEF\xBB\xBF \r\n").unwrap_err(), Refusal::Empty);
    }

    #[test]
    fn every_kind_of_line_end_becomes_one() {
        assert_eq!(read(b"a\rb\rc").0, "a\nb\nc");
        assert_eq!(read(b"a\r\nb\r\n").0, "a\nb\n");
    }

    proptest! {
        #[test]
        fn any_bytes_end_in_text_or_refusal(bytes: Vec<u8>) {
            if let Ok(text) = decode(&bytes) {
                prop_assert!(!text.text.contains('\r'));
            }
        }

        #[test]
        fn any_text_without_control_characters_is_read_back(text in "[^\\x00-\\x1F\\x7F\u{FEFF}]{1,40}") {
            prop_assume!(!text.trim().is_empty());
            prop_assume!(known_binary(text.as_bytes()).is_none());
            prop_assert_eq!(read(text.as_bytes()), (text.clone(), Encoding::Utf8));
            let marked = format!("\u{FEFF}{text}");
            prop_assert_eq!(read(&utf16_bytes(&marked, true)), (text.clone(), Encoding::Utf16Le));
            prop_assert_eq!(read(&utf16_bytes(&marked, false)), (text, Encoding::Utf16Be));
        }
    }
}
