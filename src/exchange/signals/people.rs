//! Whom a row is about: the columns that say so, and what they say in one row.

use super::Export;
use crate::{
    domain::reading::Who,
    exchange::{
        Refusal, cell,
        headers::{self, Column, Meaning},
        identity,
        student_row::Wrong,
        table::Row,
    },
};

/// The longest name that is read, in characters.
const LONGEST: usize = 200;

/// The columns that say whom a row is about.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct People {
    /// Student number.
    pub number: Option<usize>,
    /// E-mail address.
    pub email: Option<usize>,
    /// First name.
    pub first: Option<usize>,
    /// Family name.
    pub family: Option<usize>,
    /// Both in one cell.
    pub full: Option<usize>,
}

impl People {
    /// Finds the columns by their headers; of several the one that says it best.
    ///
    /// # Errors
    /// When none does.
    pub(super) fn of(export: &Export<'_>) -> Result<Self, Refusal> {
        let people = Self {
            number: best(export, Column::Number),
            email: best(export, Column::Email),
            first: best(export, Column::FirstName),
            family: best(export, Column::FamilyName),
            full: best(export, Column::FullName),
        };
        if people == Self::default() {
            let (row, columns) = (export.header_row(), export.list.width());
            return Err(Refusal::NoIdentity { row, columns });
        }
        Ok(people)
    }

    /// Whom a row is about.
    ///
    /// # Errors
    /// When it does not say, or a number or address is none.
    pub(super) fn who(&self, row: Row<'_>) -> Result<Who, Wrong> {
        let who = Who { number: self.number(row)?, email: self.email(row)?, name: self.name(row)? };
        if who == Who::default() {
            let column = self.number.or(self.email).or(self.full).or(self.family);
            return Err((column, "does not say whom the row is about".to_owned()));
        }
        Ok(who)
    }

    fn number(&self, row: Row<'_>) -> Result<String, Wrong> {
        let text = value(row, self.number);
        match identity::number(&text) {
            Ok((number, _)) => Ok(number.to_owned()),
            Err(reason) => Err((self.number, reason.to_owned())),
        }
    }

    fn email(&self, row: Row<'_>) -> Result<String, Wrong> {
        let text = value(row, self.email);
        let email = identity::email(&text).map(str::to_owned);
        email.ok_or_else(|| (self.email, "is no e-mail address".to_owned()))
    }

    fn name(&self, row: Row<'_>) -> Result<String, Wrong> {
        let (full, first, family) =
            (value(row, self.full), value(row, self.first), value(row, self.family));
        let name = match (first.is_empty(), family.is_empty()) {
            _ if !full.is_empty() => full,
            (false, false) => format!("{first} {family}"),
            (true, _) => family,
            (_, true) => first,
        };
        if name.chars().count() > LONGEST {
            let column = self.full.or(self.family).or(self.first);
            return Err((column, format!("is longer than {LONGEST} characters")));
        }
        Ok(name)
    }
}

/// The cell without what is hidden in it; empty where it says nothing.
fn value(row: Row<'_>, column: Option<usize>) -> String {
    let text = cell::clean(column.map_or("", |column| row.cell(column))).text;
    if cell::is_no_value(&text) || cell::is_masked(&text) {
        String::new()
    } else {
        text.into_owned()
    }
}

fn best(export: &Export<'_>, column: Column) -> Option<usize> {
    let headers = export.list.headers();
    let strengths =
        headers.iter().enumerate().filter_map(|(at, header)| match headers::meaning(header) {
            Some(Meaning::Of(of, strength)) if of == column => Some((strength, at)),
            _ => None,
        });
    // The first of equals.
    strengths.max_by_key(|(strength, at)| (*strength, std::cmp::Reverse(*at))).map(|(_, at)| at)
}
