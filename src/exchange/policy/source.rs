//! The TOML of a pack with the place of each part, so that a fault of any kind can be told by its line.
//!
//! A path names a part by the fields and numbers that lead to it: `duty.3.when.weeks.term`.

use std::{borrow::Cow, ops::Range};

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{Fault, LARGEST, sentence};

/// A text that is TOML.
pub(in crate::exchange) struct Source<'a> {
    text: &'a str,
    file: &'a str,
    table: Spanned<DeTable<'a>>,
}

/// One part of the file: how it is reached, and where it is.
struct Part {
    path: Vec<String>,
    span: Range<usize>,
}

/// The text of a file, which must be UTF-8.
///
/// # Errors
/// Where it is none.
pub(in crate::exchange) fn utf8<'a>(bytes: &'a [u8], file: &str) -> Result<&'a str, Vec<Fault>> {
    str::from_utf8(bytes).map_err(|error| {
        let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
        let before = String::from_utf8_lossy(before);
        vec![Fault {
            file: file.to_owned(),
            line: before.matches('\n').count() + 1,
            column: before.rsplit('\n').next().unwrap_or_default().chars().count() + 1,
            rule: String::new(),
            field: String::new(),
            message: "this is no UTF-8; save the file again as UTF-8".to_owned(),
        }]
    })
}

impl<'a> Source<'a> {
    /// Reads a text as TOML.
    ///
    /// # Errors
    /// Every place where it is none.
    pub fn parse(text: &'a str, file: &'a str) -> Result<Self, Vec<Fault>> {
        let empty = Spanned::new(0..0, DeTable::new());
        if text.len() > LARGEST {
            let source = Self { text, file, table: empty };
            let message = format!("the file is larger than {} KiB", LARGEST / 1024);
            return Err(vec![source.fault(&[], &(0..0), message)]);
        }
        let (table, errors) = DeTable::parse_recoverable(text);
        let mut source = Self { text, file, table };
        if errors.is_empty() {
            dates_as_text(source.table.get_mut());
            return Ok(source);
        }
        let faults = errors.iter().map(|error| {
            let span = error.span().unwrap_or(0..0);
            source.fault(&[], &span, sentence::syntax(error.message()))
        });
        let mut faults: Vec<Fault> = faults.collect();
        faults.sort_by_key(|fault| (fault.line, fault.column));
        // What follows a mistake on its line is mostly its consequence.
        faults.dedup_by_key(|fault| fault.line);
        Err(faults)
    }

    /// The whole as a table.
    pub const fn table(&self) -> &Spanned<DeTable<'a>> {
        &self.table
    }

    /// A fault of the part at a path; where it is not written, of what would hold it.
    pub fn fault_at(&self, path: &str, message: String) -> Fault {
        let path: Vec<String> = path.split('.').map(str::to_owned).collect();
        let span = self.span_of(&path);
        self.fault(&path, &span, message)
    }

    /// A fault that was found while reading values: its path is found by its place.
    pub fn fault_in(&self, error: &toml::de::Error, within: &[String]) -> Fault {
        let span = error.span();
        let parts = self.parts();
        let found = span.as_ref().and_then(|span| {
            let exact = parts.iter().filter(|part| part.span == *span);
            let around = parts.iter().filter(|part| part.span.contains(&span.start));
            let smallest = around.min_by_key(|part| part.span.len());
            exact.max_by_key(|part| part.path.len()).or(smallest)
        });
        let path = found.map_or(within, |part| &part.path);
        let span = span.unwrap_or_else(|| self.span_of(path));
        let written = self.value(path).and_then(|value| value.as_str());
        let told = sentence::value(error.message(), written);
        let mut path = path.to_vec();
        path.extend(told.missing);
        self.fault(&path, &span, told.message)
    }

    fn fault(&self, path: &[String], span: &Range<usize>, message: String) -> Fault {
        let before = self.text.get(..span.start).unwrap_or(self.text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        let (rule, field) = self.named(path);
        Fault { file: self.file.to_owned(), line, column, rule, field, message }
    }

    /// How a tutor calls what is at a path: the rule by its name, and the field in it.
    fn named(&self, path: &[String]) -> (String, String) {
        let (number, section) = match path {
            [sharing, rules, number, ..] if sharing == "sharing" && rules == "rule" => (number, 2),
            [_, number, ..] => (number, 1),
            _ => return (String::new(), path.join(".")),
        };
        let Ok(place) = number.parse::<usize>() else { return (String::new(), path.join(".")) };
        let (head, field) = path.split_at(section + 1);
        let section = head.get(..section).unwrap_or_default().join(" ");
        let rule = ["code", "id", "kind", "year", "number", "measure"].iter().find_map(|name| {
            let mut path = head.to_vec();
            path.push((*name).to_owned());
            match self.value(&path)? {
                DeValue::String(text) => Some(format!("{section} \"{text}\"")),
                DeValue::Integer(number) => Some(format!("{section} {number}")),
                DeValue::Float(_)
                | DeValue::Boolean(_)
                | DeValue::Datetime(_)
                | DeValue::Array(_)
                | DeValue::Table(_) => None,
            }
        });
        (rule.unwrap_or_else(|| format!("{section} {}", place + 1)), field.join("."))
    }

    fn value(&self, path: &[String]) -> Option<&DeValue<'a>> {
        let (first, rest) = path.split_first()?;
        let mut value = self.table.get_ref().get(first.as_str())?.get_ref();
        for key in rest {
            value = child(value, key)?.get_ref();
        }
        Some(value)
    }

    /// Where the part at a path is; where it is not written, what would hold it.
    fn span_of(&self, path: &[String]) -> Range<usize> {
        let Some((first, rest)) = path.split_first() else { return 0..0 };
        let Some(mut value) = self.table.get_ref().get(first.as_str()) else { return 0..0 };
        for key in rest {
            match child(value.get_ref(), key) {
                Some(part) => value = part,
                None => break,
            }
        }
        value.span()
    }

    fn parts(&self) -> Vec<Part> {
        let mut parts = vec![Part { path: Vec::new(), span: self.table.span() }];
        table_parts(self.table.get_ref(), &[], &mut parts);
        parts
    }
}

fn child<'v, 'a>(value: &'v DeValue<'a>, key: &str) -> Option<&'v Spanned<DeValue<'a>>> {
    match value {
        DeValue::Table(table) => table.get(key),
        DeValue::Array(list) => list.get(key.parse::<usize>().ok()?),
        DeValue::String(_)
        | DeValue::Integer(_)
        | DeValue::Float(_)
        | DeValue::Boolean(_)
        | DeValue::Datetime(_) => None,
    }
}

fn table_parts(table: &DeTable<'_>, path: &[String], parts: &mut Vec<Part>) {
    for (key, value) in table {
        let path = longer(path, key.get_ref());
        parts.push(Part { path: path.clone(), span: key.span() });
        value_parts(value, path, parts);
    }
}

fn value_parts(value: &Spanned<DeValue<'_>>, path: Vec<String>, parts: &mut Vec<Part>) {
    match value.get_ref() {
        DeValue::Table(table) => table_parts(table, &path, parts),
        DeValue::Array(list) => {
            for (place, value) in list.iter().enumerate() {
                value_parts(value, longer(&path, &place.to_string()), parts);
            }
        }
        DeValue::String(_)
        | DeValue::Integer(_)
        | DeValue::Float(_)
        | DeValue::Boolean(_)
        | DeValue::Datetime(_) => {}
    }
    parts.push(Part { path, span: value.span() });
}

fn longer(path: &[String], key: &str) -> Vec<String> {
    path.iter().cloned().chain([key.to_owned()]).collect()
}

/// A date without quotes is as good as one in quotes.
fn dates_as_text(table: &mut DeTable<'_>) {
    for (_, value) in table.iter_mut() {
        date_as_text(value.get_mut());
    }
}

fn date_as_text(value: &mut DeValue<'_>) {
    match value {
        DeValue::Datetime(date) => *value = DeValue::String(Cow::Owned(date.to_string())),
        DeValue::Table(table) => dates_as_text(table),
        DeValue::Array(list) => {
            for place in 0..list.len() {
                if let Some(value) = list.get_mut(place) {
                    date_as_text(value.get_mut());
                }
            }
        }
        DeValue::String(_) | DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) => {}
    }
}
