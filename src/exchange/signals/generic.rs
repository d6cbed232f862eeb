//! Any list of who, when and what, once somebody says what its columns are: a guess from the headers that they may correct.

use super::{Export, is_protected, modules::Modules};
use crate::{
    domain::{engagement::Source, reading::Reading},
    exchange::{
        Refusal,
        headers::{self, Meaning},
        list::List,
    },
};

mod field;
mod row;

pub(super) use field::Field;

/// What each column means; protected characteristics have no meaning, whatever somebody says.
struct Mapping {
    columns: Vec<Option<Field>>,
}

impl Mapping {
    /// As somebody says, else as the headers say.
    fn of(export: &Export<'_>) -> Self {
        let said = &export.told.columns;
        let columns = if said.is_empty() {
            guess(export.list)
        } else {
            said.iter().map(|label| Field::named(label)).collect()
        };
        let headers = export.list.headers();
        let allowed = |(column, field): (usize, Option<Field>)| {
            field.filter(|_| !headers.get(column).is_some_and(|header| is_protected(header)))
        };
        Self { columns: columns.into_iter().enumerate().map(allowed).collect() }
    }

    fn position(&self, field: Field) -> Option<usize> {
        self.columns.iter().position(|other| *other == Some(field))
    }

    /// Every column of a field; only marks may have several.
    fn all(&self, field: Field) -> impl Iterator<Item = usize> {
        let columns = self.columns.iter().enumerate();
        columns.filter(move |(_, other)| **other == Some(field)).map(|(column, _)| column)
    }

    fn has(&self, fields: &[Field]) -> bool {
        fields.iter().any(|field| self.position(*field).is_some())
    }

    /// Whether the columns together say something of somebody.
    fn check(&self, export: &Export<'_>) -> Result<(), Refusal> {
        let row = export.header_row();
        for (second, field) in self.columns.iter().enumerate() {
            let Some(field) = field.as_ref().filter(|field| **field != Field::Mark) else {
                continue;
            };
            let first = self.position(*field).unwrap_or(second);
            if first < second {
                let what = field.label();
                return Err(Refusal::TwiceMapped { first: first + 1, second: second + 1, what });
            }
        }
        if !self.has(&Field::WHO) {
            return Err(Refusal::NoIdentity { row, columns: export.list.width() });
        }
        if !self.has(&Field::VALUES) {
            return Err(Refusal::Lacks { row, what: "a column that says what somebody did" });
        }
        if self.has(&Field::DATED) && self.position(Field::Date).is_none() {
            return Err(Refusal::Lacks { row, what: "a column of dates" });
        }
        Ok(())
    }
}

/// Whether somebody says what the columns are, or the headers do.
pub(super) fn is(export: &Export<'_>) -> bool {
    !export.told.columns.is_empty() || Mapping::of(export).check(export).is_ok()
}

/// Reads the list.
pub(super) fn read(export: &Export<'_>) -> Result<Vec<Reading>, Refusal> {
    let mapping = Mapping::of(export);
    mapping.check(export)?;
    let mut modules = Modules::new(export, mapping.position(Field::Module));
    row::read(export, &mapping, &mut modules);
    Ok(modules.readings(Source::Other))
}

/// What each column seems to mean, by its header; of several with one meaning the first.
fn guess(list: &List) -> Vec<Option<Field>> {
    let mut taken = Vec::new();
    let field = |header: &str| {
        let field = match headers::meaning(header) {
            Some(Meaning::Protected) => None,
            Some(Meaning::Of(column, _)) => {
                Field::of_column(column).or_else(|| Field::named(header))
            }
            Some(Meaning::Unused) | None => Field::named(header),
        };
        let field = field.filter(|field| !taken.contains(field));
        taken.extend(field);
        field
    };
    list.headers().into_iter().map(field).collect()
}

/// What each column of a list seems to mean, as labels; empty where it is left out.
#[must_use]
pub fn guess_labels(list: &List) -> Vec<String> {
    guess(list).into_iter().map(|field| field.map_or("", Field::label).to_owned()).collect()
}

/// Labels for the columns of a list from pairs of a header and what it means; other columns are guessed.
///
/// # Errors
/// A sentence when there is no such column or meaning, or the column may not be read.
pub fn map_labels(list: &List, pairs: &[(String, String)]) -> Result<Vec<String>, String> {
    let headers = list.headers();
    let mut columns = guess(list);
    for (header, meaning) in pairs {
        let wanted = headers::plain(header);
        let mut plain = headers.iter().map(|header| headers::plain(header));
        let Some(column) = plain.position(|plain| plain == wanted) else {
            let known: Vec<&str> = headers.iter().copied().filter(|it| !it.is_empty()).collect();
            return Err(format!("There is no column “{header}”: {}.", known.join(", ")));
        };
        let field = match meaning.trim() {
            "" | "-" => None,
            name => Some(Field::named(name).ok_or_else(|| {
                format!(
                    "“{name}” is nothing that a column can mean: {}.",
                    Field::labels().join(", ")
                )
            })?),
        };
        if field.is_some() && is_protected(header) {
            let why = "is a protected characteristic and is never read";
            return Err(format!("The column “{header}” {why}."));
        }
        let other_column = field.is_some() && field != Some(Field::Mark);
        columns.iter_mut().filter(|other| other_column && **other == field).for_each(|other| {
            *other = None;
        });
        if let Some(slot) = columns.get_mut(column) {
            *slot = field;
        }
    }
    Ok(columns.into_iter().map(|field| field.map_or("", Field::label).to_owned()).collect())
}

#[cfg(test)]
mod tests;
