//! TOML that a user writes by hand: every entry knows its line, and whatever means nothing is told with that
//! line and the name that was perhaps meant.

use std::ops::{Range, RangeInclusive};

use thiserror::Error;
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

/// What is wrong with a file, and where. It quotes what the user wrote into an options file, never a record.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("line {line}: {what}")]
pub struct Fault {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong, without a full stop.
    pub what: String,
}

/// A whole file.
#[derive(Debug)]
pub struct Table<'a> {
    text: &'a str,
    table: DeTable<'a>,
}

/// One name of the file and its value.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    text: &'a str,
    /// The name.
    pub name: &'a str,
    value: &'a DeValue<'a>,
    /// Where it stands.
    pub line: usize,
}

impl<'a> Table<'a> {
    /// The table in a text.
    ///
    /// # Errors
    /// When the text is no TOML.
    pub fn parse(text: &'a str) -> Result<Self, Fault> {
        let table = DeTable::parse(text).map_err(|error| Fault {
            line: error.span().map_or(1, |span| line_of(text, &span)),
            what: error.message().to_owned(),
        })?;
        Ok(Self { text, table: table.into_inner() })
    }

    /// Its entries.
    #[must_use]
    pub fn entries(&self) -> Vec<Entry<'_>> {
        entries(self.text, &self.table)
    }
}

fn entries<'a>(text: &'a str, table: &'a DeTable<'a>) -> Vec<Entry<'a>> {
    let entry = |(name, value): (&'a Spanned<_>, &'a Spanned<DeValue<'a>>)| {
        let name: &'a Spanned<std::borrow::Cow<'a, str>> = name;
        Entry {
            text,
            name: name.get_ref(),
            value: value.get_ref(),
            line: line_of(text, &name.span()),
        }
    };
    let mut entries: Vec<_> = table.iter().map(entry).collect();
    entries.sort_by_key(|entry| entry.line);
    entries
}

impl<'a> Entry<'a> {
    /// Something is wrong with it.
    #[must_use]
    pub fn fault(&self, what: String) -> Fault {
        Fault { line: self.line, what }
    }

    /// Its name means nothing; one of these was perhaps meant.
    #[must_use]
    pub fn unknown<'n>(&self, names: impl IntoIterator<Item = &'n str>) -> Fault {
        self.fault(unknown(self.name, names))
    }

    fn wants(&self, wanted: &str) -> Fault {
        self.fault(format!("{} must be {wanted}", self.name))
    }

    /// A whole number.
    ///
    /// # Errors
    /// When it is none, or out of this range.
    pub fn number(&self, range: RangeInclusive<u16>, wanted: &str) -> Result<u16, Fault> {
        let DeValue::Integer(number) = self.value else { return Err(self.wants(wanted)) };
        let number = u16::from_str_radix(number.as_str(), number.radix()).ok();
        number.filter(|number| range.contains(number)).ok_or_else(|| self.wants(wanted))
    }

    /// Yes or no.
    ///
    /// # Errors
    /// When it is neither.
    pub fn toggle(&self) -> Result<bool, Fault> {
        let DeValue::Boolean(value) = self.value else { return Err(self.wants("true or false")) };
        Ok(*value)
    }

    /// A text in quotes.
    ///
    /// # Errors
    /// When it is none.
    pub fn text(&self, wanted: &str) -> Result<&'a str, Fault> {
        let DeValue::String(value) = self.value else { return Err(self.wants(wanted)) };
        Ok(value)
    }

    /// A text, or a list of them.
    ///
    /// # Errors
    /// When it is neither.
    pub fn texts(&self, wanted: &str) -> Result<Vec<&'a str>, Fault> {
        let DeValue::Array(list) = self.value else { return Ok(vec![self.text(wanted)?]) };
        let texts =
            list.iter().map(|value| value.get_ref().as_str().ok_or_else(|| self.wants(wanted)));
        texts.collect()
    }

    /// The entries of a table.
    ///
    /// # Errors
    /// When it is none.
    pub fn table(&self, wanted: &str) -> Result<Vec<Entry<'a>>, Fault> {
        let DeValue::Table(table) = self.value else { return Err(self.wants(wanted)) };
        Ok(entries(self.text, table))
    }
}

fn line_of(text: &str, span: &Range<usize>) -> usize {
    text.as_bytes().iter().take(span.start).filter(|byte| **byte == b'\n').count() + 1
}

/// A sentence about a name that means nothing, with the name that was perhaps meant.
#[must_use]
pub fn unknown<'n>(written: &str, names: impl IntoIterator<Item = &'n str>) -> String {
    let near = nearest(written, names);
    let hint = near.map_or_else(String::new, |near| format!("; did you mean \"{near}\"?"));
    format!("there is nothing called \"{written}\"{hint}")
}

/// The name most like the one that was written, when one is like it at all.
#[must_use]
pub fn nearest<'n>(written: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let scored = names.into_iter().map(|name| (strsim::jaro_winkler(written, name), name));
    scored
        .filter(|(score, _)| *score > 0.7)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_come_in_the_order_of_their_lines() {
        let table = Table::parse("b = 1\na = \"x\"\n[c]\nd = true\n").unwrap();
        let entries = table.entries();
        let lines: Vec<_> = entries.iter().map(|entry| (entry.name, entry.line)).collect();
        assert_eq!(lines, [("b", 1), ("a", 2), ("c", 3)]);
        assert_eq!(entries[2].table("a table").unwrap()[0].line, 4);
        assert_eq!(entries[1].toggle().unwrap_err().to_string(), "line 2: a must be true or false");
        assert_eq!(Table::parse("a = ").unwrap_err().line, 1);
    }

    #[test]
    fn a_name_that_is_like_nothing_gets_no_advice() {
        assert_eq!(
            unknown("thene", ["theme"]),
            "there is nothing called \"thene\"; did you mean \"theme\"?"
        );
        assert_eq!(unknown("zzz", ["theme"]), "there is nothing called \"zzz\"");
    }
}
