//! Marks of SITS: one row for each student and module, with the year, the mark and the attempt.
//!
//! `SPR_CODE` or `STU_CODE`, `MOD_CODE`, `AYR_CODE`, `SMR_ACTM` (actual mark), `SMR_AGRM` (agreed mark), `SMR_AGRG`
//! (agreed grade), `SMR_CURA` (attempt). A file has several modules and may have several years: of each module the latest
//! is read, and earlier ones only tell who takes it again.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::{Export, marks, modules::Modules, people::People};
use crate::{
    domain::{
        engagement::Source,
        reading::{Fact, Reading, Who},
        signal::Mark,
    },
    exchange::{Refusal, cell, choices, student_row::Wrong, table::Row},
};

/// What the mark of a module as a whole is called.
const PIECE: &str = "Module mark";

const MARKS: [&str; 5] = ["smragrm", "smractm", "agreedmark", "actualmark", "smrmark"];
const YEARS: [&str; 4] = ["ayrcode", "academicyear", "smrayrc", "year"];
const ATTEMPTS: [&str; 6] =
    ["smrcura", "cura", "attempt", "attemptnumber", "currentattempt", "smrattempt"];

/// Whether there are the codes of a student and of a module, and a mark of it.
pub(super) fn is(export: &Export<'_>) -> bool {
    let module = export.column(&["modcode", "smrmodc"]).is_some();
    module && export.column(&MARKS).is_some() && People::of(export).is_ok()
}

/// Reads the marks.
pub(super) fn read(export: &Export<'_>) -> Result<Vec<Reading>, Refusal> {
    let columns = Columns::of(export)?;
    let years = Years::of(export, &columns);
    let mut modules = Modules::new(export, Some(columns.module));
    let mut before = 0_u32;
    modules.each_row(|modules, row| {
        let who = columns.people.who(row)?;
        let (code, year) = (row.cell(columns.module), columns.year(row)?);
        if cell::is_no_value(code) {
            return Err((Some(columns.module), "does not say which module".to_owned()));
        }
        let latest = years.latest.get(code).copied();
        if year.is_some() && year < latest {
            before += 1;
            return Ok(());
        }
        let again = columns.again(row)? || years.took(code, &who, latest);
        let fact = columns.result(row)?;
        let sayings = modules.of(row);
        sayings.year = latest;
        sayings.as_of = latest.and_then(|year| over(year, export.told.today));
        let task = sayings.task(PIECE);
        let place = sayings.person(row.number(), who);
        sayings.add(place, Fact::Member);
        if again {
            sayings.add(place, Fact::Repeating);
        }
        if let Some(result) = fact {
            sayings.add(place, result.fact(task));
        }
        Ok(())
    });
    if let Some(column) = columns.year.filter(|_| before > 0) {
        let text = format!("{before} rows of earlier years only tell who takes a module again");
        modules.remarks.push(export.about_column(column, text));
    }
    Ok(modules.readings(Source::Sits))
}

/// The last day of an academic year, if that is past.
fn over(year: i32, today: NaiveDate) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year.checked_add(1)?, 7, 31).filter(|day| *day < today)
}

/// What SITS says of a module's mark.
enum Outcome {
    Mark(Mark),
    NotHanded,
}

impl Outcome {
    fn fact(&self, task: usize) -> Fact {
        match self {
            Self::Mark(mark) => Fact::Marked(task, *mark),
            Self::NotHanded => Fact::NotHanded(task),
        }
    }
}

/// Where the list says what.
struct Columns {
    people: People,
    module: usize,
    year: Option<usize>,
    /// The agreed mark before the actual one.
    marks: Vec<usize>,
    grade: Option<usize>,
    attempt: Option<usize>,
}

impl Columns {
    fn of(export: &Export<'_>) -> Result<Self, Refusal> {
        let lacks = Refusal::Lacks { row: export.header_row(), what: "a column of modules" };
        Ok(Self {
            people: People::of(export)?,
            module: export.column(&["modcode", "smrmodc"]).ok_or(lacks)?,
            year: export.column(&YEARS),
            marks: MARKS.iter().filter_map(|name| export.column(&[name])).collect(),
            grade: export.column(&["smragrg", "agreedgrade", "smractg"]),
            attempt: export.column(&ATTEMPTS),
        })
    }

    fn year(&self, row: Row<'_>) -> Result<Option<i32>, Wrong> {
        let Some((column, text)) = self.year.map(|column| (column, row.cell(column))) else {
            return Ok(None);
        };
        if cell::is_no_value(text) {
            return Ok(None);
        }
        let year = choices::academic_year(text);
        year.map(Some).ok_or_else(|| (Some(column), "is no academic year".to_owned()))
    }

    /// Whether it is a second attempt or a later one.
    fn again(&self, row: Row<'_>) -> Result<bool, Wrong> {
        let Some((column, text)) = self.attempt.map(|column| (column, row.cell(column))) else {
            return Ok(false);
        };
        if cell::is_no_value(text) {
            return Ok(false);
        }
        let attempt = marks::hundredths(text).map(|attempt| attempt > 100);
        attempt.ok_or_else(|| (Some(column), "is no number of an attempt".to_owned()))
    }

    fn result(&self, row: Row<'_>) -> Result<Option<Outcome>, Wrong> {
        let cells = self.marks.iter().map(|column| (*column, row.cell(*column)));
        if let Some((column, text)) = cells.into_iter().find(|(_, text)| !cell::is_no_value(text)) {
            let number = marks::hundredths(text).filter(|number| *number <= 10_000);
            let wrong = || (Some(column), "is no mark of 0 to 100".to_owned());
            return Ok(marks::out_of(number.ok_or_else(wrong)?, 100).map(Outcome::Mark));
        }
        let grade = self.grade.map_or("", |column| row.cell(column)).to_uppercase();
        Ok(matches!(grade.as_str(), "NS" | "NN" | "NON-SUBMISSION").then_some(Outcome::NotHanded))
    }
}

/// Who took which module in which year.
struct Years {
    latest: BTreeMap<String, i32>,
    taken: BTreeSet<(String, Who, i32)>,
}

impl Years {
    fn of(export: &Export<'_>, columns: &Columns) -> Self {
        let mut years = Self { latest: BTreeMap::new(), taken: BTreeSet::new() };
        for (row, _) in export.list.rows().filter(|(_, fault)| fault.is_none()) {
            let (Ok(who), Ok(Some(year))) = (columns.people.who(row), columns.year(row)) else {
                continue;
            };
            let code = row.cell(columns.module).to_owned();
            let latest = years.latest.entry(code.clone()).or_insert(year);
            *latest = year.max(*latest);
            years.taken.insert((code, nameless(&who), year));
        }
        years
    }

    /// Whether somebody took a module before its latest year.
    fn took(&self, code: &str, who: &Who, latest: Option<i32>) -> bool {
        let from = (code.to_owned(), nameless(who), i32::MIN);
        let to = (code.to_owned(), nameless(who), latest.unwrap_or(i32::MIN));
        self.taken.range(from..to).next().is_some()
    }
}

/// By the number alone, if there is one: names may have changed between years.
fn nameless(who: &Who) -> Who {
    if who.number.is_empty() {
        return who.clone();
    }
    Who { number: who.number.clone(), ..Who::default() }
}

#[cfg(test)]
mod tests {
    use crate::exchange::signals::testing::{lines, read_bytes, told};

    const MARKS: &str = "SPR_CODE,STU_SURN,MOD_CODE,AYR_CODE,SES_CODE,SMR_CURA,SMR_ACTM,SMR_AGRM,SMR_AGRG\n\
        20481234/1,Rahman,COMP1001,2026/7,S1,1,61,58,P\n\
        20481234/1,Rahman,COMP1002,2026/7,S1,2,,,NS\n\
        20481235/1,O'Connor,COMP1001,2025/6,S1,1,12,12,F\n\
        20481235/1,O'Connor,COMP1001,2026/7,S1,1,44,,\n\
        20481236/2,Wu,COMP1001,2025/6,S1,1,70,70,P\n\
        20481237/1,Ito,COMP1001,2026/9,S1,1,70,70,P\n\
        20481238/1,Ito,COMP1001,2026/7,S1,first,70,70,P\n\
        20481239/1,Ito,COMP1001,2026/7,S1,1,70,107,P\n\
        20481240/1,Ito,,2026/7,S1,1,70,70,P\n";

    #[test]
    fn marks_are_read_module_by_module_and_earlier_years_tell_who_repeats() {
        let readings = read_bytes(MARKS.as_bytes(), &told("marks.csv")).unwrap();
        assert_eq!(
            readings.iter().map(lines).collect::<String>(),
            "Sits \"COMP1001\" None\n\
             task \"Module mark\" due None weight None\n\
             2: 20481234||Rahman: member; mark 0 5800\n\
             5: 20481235||O'Connor: member; repeating; mark 0 4400\n\
             rejected 7 D (AYR_CODE): is no academic year\n\
             rejected 8 F (SMR_CURA): is no number of an attempt\n\
             rejected 9 H (SMR_AGRM): is no mark of 0 to 100\n\
             rejected 10 C (MOD_CODE): does not say which module\n\
             remark 1 D (AYR_CODE): 2 rows of earlier years only tell who takes a module again\n\
             Sits \"COMP1002\" None\n\
             task \"Module mark\" due None weight None\n\
             3: 20481234||Rahman: member; repeating; not handed 0\n"
        );
    }

    #[test]
    fn marks_of_a_year_that_is_over_are_as_of_its_end() {
        let text = "STU_CODE;MOD_CODE;AYR_CODE;SMR_AGRM\n20481234;COMP1001;2024/5;58,5\n";
        let readings = read_bytes(text.as_bytes(), &told("marks.csv")).unwrap();
        assert_eq!((readings[0].as_of, readings[0].year), ("2025-07-31".parse().ok(), Some(2024)));
        assert!(lines(&readings[0]).contains("mark 0 5850"));
    }
}
