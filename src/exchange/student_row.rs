//! One row of a tutee list as a draft of a student, by the mapping and what the whole columns show.

use std::borrow::Cow;

use chrono::{Datelike, Months, NaiveDate};

use super::{
    cell,
    choices::{self, Scale},
    dates::{self, Order},
    headers::{self, Column},
    identity,
    list::List,
    mapping::Mapping,
    names::{self, Form},
    spreadsheet,
    table::Row,
};
use crate::domain::{
    roll::{Listed, ListedEnrolment, ListedTutor, Remark},
    student::KindOfStudy,
};

/// The longest text of a cell that is imported, in characters.
const LONGEST: usize = 200;

/// Why a row cannot be imported: which column, and a sentence without content.
pub(super) type Wrong = (Option<usize>, String);

/// Reads rows: knows where each column is and how it writes its values.
#[derive(Clone)]
pub(super) struct Reader<'a> {
    list: &'a List,
    today: NaiveDate,
    at: [Option<usize>; Column::ALL.len()],
    orders: [Order; 3],
    scale: Scale,
    form: Form,
    status_letters: bool,
    pub remarks: Vec<Remark>,
}

/// The columns of days, in the order of [`Reader::orders`].
const DAYS: [Column; 3] = [Column::EntryDate, Column::DateOfBirth, Column::Under18Until];

impl<'a> Reader<'a> {
    pub(super) fn new(list: &'a List, mapping: &Mapping, today: NaiveDate) -> Self {
        let mut at = [None; Column::ALL.len()];
        for (slot, column) in at.iter_mut().zip(Column::ALL) {
            *slot = mapping.position(*column);
        }
        let cells = |column: Column| {
            let index = mapping.position(column);
            index.into_iter().flat_map(|index| list.rows().map(move |(row, _)| row.cell(index)))
        };
        let status =
            mapping.position(Column::Status).and_then(|index| list.headers().get(index).copied());
        Self {
            list,
            today,
            at,
            orders: DAYS.map(|column| dates::order(cells(column))),
            scale: choices::scale(cells(Column::Level)),
            form: names::form(cells(Column::FullName)),
            status_letters: status.is_some_and(|header| headers::plain(header).ends_with("stac")),
            remarks: Vec::new(),
        }
    }

    /// What the reader should know about how columns were read, as sentences.
    pub(super) fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        for (column, order) in DAYS.iter().zip(self.orders) {
            if let (Order::MonthFirst, Some(index)) = (order, self.position(*column)) {
                let name = self.list.column_name(index);
                notes.push(format!(
                    "Dates in column {name} are read month first, as one of them shows."
                ));
            }
        }
        if self.position(Column::Level).is_some() && self.scale == Scale::Years {
            notes.push("The levels were read as years of the programme: 1 is level 4.".to_owned());
        }
        if self.splits_names() && self.form == Form::GivenFirst && self.has_names() {
            notes.push(
                "Whole names were split at the last word; correct those where that is wrong."
                    .to_owned(),
            );
        }
        if self.position(Column::DateOfBirth).is_some() {
            notes.push(
                "Dates of birth only say until when a student is under 18; they are not kept."
                    .to_owned(),
            );
        }
        notes
    }

    /// Reads a row.
    pub(super) fn read(&mut self, row: Row<'_>) -> Result<Listed, Wrong> {
        if let Some(index) = self.position(Column::FormerRow)
            && !cell::is_no_value(row.cell(index))
        {
            return Err((Some(index), "the row is marked as a former name or number".to_owned()));
        }
        let (number, sequence) = self.number(row)?;
        let email = self.email(row, Column::Email)?;
        if number.is_empty() && email.is_empty() {
            let index = self.position(Column::Number).or_else(|| self.position(Column::Email));
            return Err((
                index,
                "there is neither a student number nor an e-mail address".to_owned(),
            ));
        }
        let (given, family) = self.name(row)?;
        let entry = self.day(row, Column::EntryDate, 5)?;
        let enrolment = self.enrolment(row, sequence)?;
        let tutor = ListedTutor {
            name: self.text(row, Column::TutorName)?.into_owned(),
            email: self.email(row, Column::TutorEmail)?,
            number: self.text(row, Column::TutorNumber)?.into_owned(),
        };
        Ok(Listed {
            row: row.number(),
            number,
            given,
            family,
            preferred: self.text(row, Column::PreferredName)?.into_owned(),
            pronouns: self.text(row, Column::Pronouns)?.into_owned(),
            email,
            phone: self.phone(row)?,
            entry,
            new_entrant: self.word(row, Column::NewEntrant, choices::truth)?,
            under_18_until: self.under_18(row, entry)?,
            enrolments: if enrolment.is_empty() { Vec::new() } else { vec![enrolment] },
            tutor: (!tutor.is_empty()).then_some(tutor),
        })
    }

    #[inline]
    pub(super) fn position(&self, column: Column) -> Option<usize> {
        self.at.get(column as usize).copied().flatten()
    }

    /// Whether any whole name is neither missing nor masked.
    fn has_names(&self) -> bool {
        let Some(index) = self.position(Column::FullName) else { return false };
        let is_name = |cell: &str| !cell::is_nothing(cell) && !cell::is_masked(cell);
        self.list.rows().any(|(row, _)| is_name(row.cell(index)))
    }

    fn splits_names(&self) -> bool {
        self.position(Column::FullName).is_some()
            && self.position(Column::FirstName).is_none()
            && self.position(Column::FamilyName).is_none()
    }

    fn remark(&mut self, row: Row<'_>, column: Column, text: &str) {
        let name =
            self.position(column).map_or_else(String::new, |index| self.list.column_name(index));
        self.remarks.push(Remark { row: row.number(), column: name, text: text.to_owned() });
    }

    fn wrong<T>(&self, column: Column, reason: &str) -> Result<T, Wrong> {
        Err((self.position(column), reason.to_owned()))
    }

    /// The text of a column, empty where the row says nothing there.
    #[inline]
    fn text<'r>(&mut self, row: Row<'r>, column: Column) -> Result<Cow<'r, str>, Wrong> {
        match self.position(column) {
            Some(index) => self.text_at(row, column, index),
            None => Ok(Cow::Borrowed("")),
        }
    }

    fn text_at<'r>(
        &mut self,
        row: Row<'r>,
        column: Column,
        index: usize,
    ) -> Result<Cow<'r, str>, Wrong> {
        let raw = row.raw(index);
        if let Some(text) = cell::plain(raw)
            && text.len() <= LONGEST
        {
            return Ok(Cow::Borrowed(text));
        }
        let clean = cell::clean(raw);
        if clean.stripped {
            self.remark(row, column, "hidden control characters were taken out");
        }
        self.odd_text(row, column, clean.text)
    }

    /// The same for a text that may stand for nothing, or has something wrong with it.
    fn odd_text<'r>(
        &mut self,
        row: Row<'r>,
        column: Column,
        mut text: Cow<'r, str>,
    ) -> Result<Cow<'r, str>, Wrong> {
        if let Some(plain) = text
            .strip_prefix('\'')
            .filter(|rest| spreadsheet::is_formula(rest.trim_start_matches('\'')))
        {
            text = plain.to_owned().into();
            let why = "the apostrophe that keeps spreadsheets from calculating was taken off";
            self.remark(row, column, why);
        }
        let named = matches!(
            column,
            Column::FirstName
                | Column::MiddleNames
                | Column::FamilyName
                | Column::FullName
                | Column::PreferredName
                | Column::TutorName
        );
        if if named { cell::is_nothing(&text) } else { cell::is_no_value(&text) } {
            return Ok(Cow::Borrowed(""));
        }
        if cell::is_masked(&text) {
            self.remark(row, column, "is masked and was left out");
            return Ok(Cow::Borrowed(""));
        }
        if cell::is_error(&text) {
            return self.wrong(column, "is an error of a spreadsheet formula");
        }
        if text.len() > LONGEST && text.chars().count() > LONGEST {
            return self.wrong(column, "is longer than 200 characters");
        }
        if text.contains('\u{FFFD}') {
            self.remark(row, column, "has a letter that was lost before (�): correct it");
        }
        Ok(text)
    }

    /// The number without `/1`, and the `1`.
    fn number(&mut self, row: Row<'_>) -> Result<(String, String), Wrong> {
        let text = self.text(row, Column::Number)?;
        match identity::number(&text) {
            Ok((number, sequence)) => Ok((number.to_owned(), sequence.to_owned())),
            Err(reason) => self.wrong(Column::Number, reason),
        }
    }

    fn email(&mut self, row: Row<'_>, column: Column) -> Result<String, Wrong> {
        let Some(index) = self.position(column) else { return Ok(String::new()) };
        let text = self.text_at(row, column, index)?;
        match identity::email(&text) {
            Some(email) => Ok(email.to_owned()),
            None => self.wrong(column, "is no e-mail address"),
        }
    }

    fn phone(&mut self, row: Row<'_>) -> Result<String, Wrong> {
        let Some(index) = self.position(Column::Phone) else { return Ok(String::new()) };
        let text = self.text_at(row, Column::Phone, index)?;
        let phone = cell::unguarded(&text);
        if identity::is_shortened(phone) {
            self.remark(row, Column::Phone, "was shortened by a spreadsheet and was left out");
            return Ok(String::new());
        }
        Ok(phone.to_owned())
    }

    fn name(&mut self, row: Row<'_>) -> Result<(String, String), Wrong> {
        let mut given = self.text(row, Column::FirstName)?;
        let middle = self.text(row, Column::MiddleNames)?;
        let family = self.text(row, Column::FamilyName)?;
        if given.is_empty() && family.is_empty() {
            let full = self.text(row, Column::FullName)?;
            return Ok(names::split(&full, self.form));
        }
        if !middle.is_empty() {
            given = if given.is_empty() { middle } else { format!("{given} {middle}").into() };
        }
        Ok((given.into_owned(), family.into_owned()))
    }

    fn day(
        &mut self,
        row: Row<'_>,
        column: Column,
        ahead: i32,
    ) -> Result<Option<NaiveDate>, Wrong> {
        let Some(index) = self.position(column) else { return Ok(None) };
        let text = self.text_at(row, column, index)?;
        if text.is_empty() {
            return Ok(None);
        }
        let order = DAYS
            .iter()
            .zip(self.orders)
            .find(|(day, _)| **day == column)
            .map_or(Order::DayFirst, |(_, o)| o);
        match dates::parse(&text, order, self.today, ahead) {
            Some(day) if (1900..2200).contains(&day.year()) => Ok(Some(day)),
            _ => self.wrong(column, "is no date (as 21/09/2026 or 2026-09-21)"),
        }
    }

    /// Until when a student is under 18: said, or found from the date of birth where it lies ahead at entry.
    fn under_18(
        &mut self,
        row: Row<'_>,
        entry: Option<NaiveDate>,
    ) -> Result<Option<NaiveDate>, Wrong> {
        if let Some(index) = self.position(Column::Under18Until)
            && let Some(under) = choices::truth(row.cell(index))
        {
            if under {
                self.remark(
                    row,
                    Column::Under18Until,
                    "says nothing about when the student becomes 18: add that",
                );
            }
        } else if let Some(until) = self.day(row, Column::Under18Until, 20)? {
            return Ok(Some(until));
        }
        let Some(born) = self.day(row, Column::DateOfBirth, 0)? else { return Ok(None) };
        if born > self.today {
            return self.wrong(Column::DateOfBirth, "is a date of birth that lies ahead");
        }
        // Whoever was born on 29 February is under 18 until 1 March.
        let leap = born.day() == 29 && born.month() == 2;
        let until = born
            .checked_add_months(Months::new(18 * 12))
            .map(|day| if leap { day.succ_opt().unwrap_or(day) } else { day });
        Ok(until.filter(|until| *until > entry.unwrap_or(self.today)))
    }

    fn enrolment(&mut self, row: Row<'_>, sequence: String) -> Result<ListedEnrolment, Wrong> {
        let scale = self.scale;
        let letters = self.status_letters;
        Ok(ListedEnrolment {
            sequence,
            programme: self.text(row, Column::ProgrammeTitle)?.into_owned(),
            programme_code: self.text(row, Column::ProgrammeCode)?.into_owned(),
            school: self.text(row, Column::School)?.into_owned(),
            second_discipline: self.text(row, Column::SecondDiscipline)?.into_owned(),
            level: self.word(row, Column::Level, |text| choices::level(text, scale))?,
            stage: self.word(row, Column::Stage, choices::stage)?,
            mode: self.word(row, Column::Mode, choices::mode)?,
            kind: self.kind(row)?,
            status: self.word(row, Column::Status, |text| choices::status(text, letters))?,
            year: self.word(row, Column::AcademicYear, choices::academic_year)?,
        })
    }

    fn kind(&mut self, row: Row<'_>) -> Result<Option<KindOfStudy>, Wrong> {
        let index = self.position(Column::Kind);
        if index.is_some_and(|index| choices::says_no_kind(row.cell(index))) {
            return Ok(None);
        }
        self.word(row, Column::Kind, choices::kind)
    }

    /// A word or code; one that is not known is left out and told.
    fn word<T>(
        &mut self,
        row: Row<'_>,
        column: Column,
        read: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<T>, Wrong> {
        let Some(index) = self.position(column) else { return Ok(None) };
        let text = self.text_at(row, column, index)?;
        if text.is_empty() {
            return Ok(None);
        }
        let value = read(&text);
        if value.is_none() {
            self.remark(row, column, "is not a known value and was left out");
        }
        Ok(value)
    }
}
