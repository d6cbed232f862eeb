//! Everything as JSON: one record on each line, read back without a loss.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Refusal;
use crate::domain::{record::Record, write::clean::is_hostile};

/// The version of the layout that is written.
const VERSION: u32 = 4;
const FORMAT: &str = "tutelage";

#[derive(Deserialize)]
struct Head {
    format: String,
    version: u32,
}

#[derive(Deserialize)]
struct Document {
    records: Vec<Record>,
}

/// Records as a JSON document: a head, and one record on each line.
#[must_use]
pub fn write(records: &[Record]) -> Vec<u8> {
    let mut out =
        format!("{{\"format\":\"{FORMAT}\",\"version\":{VERSION},\"records\":[").into_bytes();
    for (index, record) in records.iter().enumerate() {
        out.extend_from_slice(if index == 0 { b"\n" } else { b",\n" });
        push(&mut out, record);
    }
    out.extend_from_slice(b"\n]}\n");
    out
}

/// Writing plain structures to memory does not fail.
fn push(out: &mut Vec<u8>, record: &impl Serialize) {
    let start = out.len();
    if serde_json::to_writer(&mut *out, record).is_err() {
        out.truncate(start);
        out.extend_from_slice(b"null");
    }
}

/// Reads what [`write()`] wrote.
///
/// # Errors
/// When it is no such document, of a later version, or has text in it that this program never writes.
pub fn read(bytes: &[u8]) -> Result<Vec<Record>, Refusal> {
    if bytes.trim_ascii().is_empty() {
        return Err(Refusal::Empty);
    }
    let broken = |error: serde_json::Error| Refusal::NoTakeOut {
        line: error.line(),
        column: error.column(),
    };
    let head: Head = serde_json::from_slice(bytes).map_err(broken)?;
    if head.format != FORMAT {
        return Err(Refusal::NoTakeOut { line: 1, column: 1 });
    }
    if head.version > VERSION {
        return Err(Refusal::Later { version: head.version });
    }
    let document: Document = serde_json::from_slice(bytes).map_err(broken)?;
    let bad = |record: &Record| serde_json::to_value(record).is_ok_and(|value| has_hidden(&value));
    match document.records.iter().position(bad) {
        // The head is the first line.
        Some(index) => Err(Refusal::Hidden { line: index + 2 }),
        None => Ok(document.records),
    }
}

/// Control characters and overrides of the writing direction: nothing that was saved here holds one.
fn has_hidden(value: &Value) -> bool {
    match value {
        Value::String(text) => {
            text.chars().any(|c| (c.is_control() && !matches!(c, '\n' | '\t')) || is_hostile(c))
        }
        Value::Array(values) => values.iter().any(has_hidden),
        Value::Object(fields) => fields.values().any(has_hidden),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::demo::{Demo, Scale};

    fn records() -> Vec<Record> {
        let demo = Demo::new(Scale::Tutor, "2026-11-22".parse().unwrap()).records(|_, _| {});
        demo.all().into_iter().map(|(_, record)| record).collect()
    }

    #[test]
    fn every_record_is_read_back_equal() {
        let records = records();
        assert!(read(&write(&records)).unwrap() == records);
        assert!(read(&write(&[])).unwrap().is_empty());
    }

    #[test]
    fn each_record_stands_on_a_line_of_its_own() {
        let records = records();
        let text = String::from_utf8(write(&records)).unwrap();
        assert_eq!(text.lines().count(), records.len() + 2);
    }

    #[test]
    fn what_is_no_take_out_is_refused_with_its_place() {
        assert_eq!(read(b"{").unwrap_err(), Refusal::NoTakeOut { line: 1, column: 1 });
        let mut text = String::from_utf8(write(&records())).unwrap();
        text = text.replacen("\"record\":\"student\"", "\"record\":\"pupil\"", 1);
        assert!(matches!(read(text.as_bytes()).unwrap_err(), Refusal::NoTakeOut { line: 2.., .. }));
    }

    #[test]
    fn a_later_version_is_never_guessed_at() {
        let text = b"{\"format\":\"tutelage\",\"version\":5,\"records\":[{\"record\":\"pet\"}]}";
        assert_eq!(read(text).unwrap_err(), Refusal::Later { version: 5 });
    }

    #[test]
    fn control_characters_put_in_by_hand_are_refused() {
        let text = String::from_utf8(write(&records())).unwrap();
        let bad = text.replacen("\"family\":\"", "\"family\":\"\\u001b[2J", 1);
        assert!(matches!(read(bad.as_bytes()).unwrap_err(), Refusal::Hidden { .. }));
    }
}
