//! Canvas' grade book: one row for each student, one column for each piece of work.
//!
//! `Student, ID, SIS User ID, SIS Login ID, Section, <name> (<id>), …`, then sums (`Current Score`, `Unposted Final
//! Grade`), which are left out. A row `Points Possible` says what marks are out of, another that some are posted by hand;
//! the last one is `Student, Test`. `EX` is excused. Canvas' own `ID` is nobody's student number.

use std::collections::BTreeMap;

use super::{Export, is_protected, marks, module_code, sayings::Sayings};
use crate::{
    domain::{
        engagement::Source,
        reading::{Fact, Reading, Who},
        signal::Mark,
    },
    exchange::{
        Refusal, cell, headers, identity,
        names::{self, Form},
        student_row::Wrong,
        table::Row,
    },
};

/// Whether the headers are those of a grade book.
pub(super) fn is(export: &Export<'_>) -> bool {
    let student = export.column(&["student"]).is_some();
    let numbered = export.list.headers().iter().any(|header| piece_name(header).is_some());
    let own = export.column(&["sisuserid", "sisloginid", "section"]).is_some();
    student && own && (numbered || export.column(&["finalscore", "currentscore"]).is_some())
}

/// Reads the grade book.
pub(super) fn read(export: &Export<'_>) -> Result<Reading, Refusal> {
    let people = People::of(export)?;
    let mut sayings = Sayings::of(export);
    let pieces = pieces(export, &mut sayings);
    let mut section = String::new();
    export.each_row(&mut sayings, |sayings, row| {
        if people.is_nobody(row) {
            return Ok(());
        }
        let who = people.who(row)?;
        let facts = pieces.iter().map(|piece| piece.read(row)).collect::<Result<Vec<_>, _>>()?;
        let place = sayings.person(row.number(), who);
        sayings.add(place, Fact::Member);
        for fact in facts.into_iter().flatten().flatten() {
            sayings.add(place, fact);
        }
        if section.is_empty() {
            let code = people.section.and_then(|column| module_code::find(row.cell(column)));
            section = code.unwrap_or_default();
        }
        Ok(())
    });
    let named = export.file_module();
    sayings.module = if named.is_empty() { section } else { named };
    let first = export.told.file_name.get(..10).and_then(|day| day.parse().ok());
    sayings.as_of = first.or_else(|| export.file_day());
    Ok(sayings.reading(export, Source::Canvas))
}

/// The name in the header of a piece of work: `Essay 1 (123456)`.
fn piece_name(header: &str) -> Option<&str> {
    let (name, number) = header.trim().strip_suffix(')')?.rsplit_once('(')?;
    let digits = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let name = name.trim();
    (digits && !name.is_empty() && !is_protected(name)).then_some(name)
}

/// The columns that say whom a row is about.
struct People {
    student: usize,
    number: Option<usize>,
    login: Option<usize>,
    email: Option<usize>,
    section: Option<usize>,
    form: Form,
}

impl People {
    fn of(export: &Export<'_>) -> Result<Self, Refusal> {
        let (row, columns) = (export.header_row(), export.list.width());
        let student = export.column(&["student"]).ok_or(Refusal::NoIdentity { row, columns })?;
        Ok(Self {
            student,
            number: export.column(&["sisuserid"]),
            login: export.column(&["sisloginid"]),
            email: export.column(&["email", "emailaddress"]),
            section: export.column(&["section"]),
            form: names::form(export.list.rows().map(|(row, _)| row.cell(student))),
        })
    }

    /// Rows of what marks are out of, how they are posted, and of the student that Canvas made up for trying.
    fn is_nobody(&self, row: Row<'_>) -> bool {
        let student = row.cell(self.student);
        let empty =
            |column: Option<usize>| column.is_none_or(|column| cell::is_no_value(row.cell(column)));
        let made_up = matches!(headers::plain(student).as_str(), "pointspossible" | "studenttest");
        made_up && empty(self.number)
            || student.is_empty() && empty(self.number) && empty(self.login) && empty(self.email)
    }

    fn who(&self, row: Row<'_>) -> Result<Who, Wrong> {
        let text = |column: Option<usize>| {
            let text = cell::clean(column.map_or("", |column| row.cell(column))).text;
            if cell::is_no_value(&text) || cell::is_masked(&text) { "".into() } else { text }
        };
        let (sis, login, email) = (text(self.number), text(self.login), text(self.email));
        let address = |text: &str| identity::email(text).unwrap_or_default().to_owned();
        let digits = |text: &str| {
            identity::number(text).map(|(number, _)| number.to_owned()).unwrap_or_default()
        };
        let mut who = Who { email: address(&email), ..Who::default() };
        for text in [sis, login] {
            if text.contains('@') {
                let known = std::mem::take(&mut who.email);
                who.email = if known.is_empty() { address(&text) } else { known };
            } else if who.number.is_empty() {
                who.number = digits(&text);
            }
        }
        let student = text(Some(self.student));
        let (given, family) = names::split(&student, self.form);
        format!("{given} {family}").trim().clone_into(&mut who.name);
        if who == Who::default() {
            let reason = "does not say whom the row is about".to_owned();
            return Err((Some(self.student), reason));
        }
        Ok(who)
    }
}

/// A piece of work and its column.
struct Piece {
    column: usize,
    task: usize,
    /// What a mark is out of, in hundredths; none where that is not known.
    out_of: Option<u32>,
    /// Whether the cells are numbers.
    numbers: bool,
}

impl Piece {
    /// What a cell says: a mark of nothing may stand for work that never came.
    fn read(&self, row: Row<'_>) -> Result<Option<[Fact; 2]>, Wrong> {
        let text = row.cell(self.column);
        let handed = Fact::Handed(self.task, None);
        if cell::is_no_value(text) {
            return Ok(None);
        }
        match headers::plain(text).as_str() {
            "ex" | "excused" | "incomplete" => return Ok(None),
            "mi" | "missing" => return Ok(Some([Fact::NotHanded(self.task); 2])),
            "complete" => return Ok(Some([handed; 2])),
            _ if !self.numbers => return Ok(Some([handed; 2])),
            _ => {}
        }
        let number = marks::hundredths(text);
        let number = number.ok_or_else(|| (Some(self.column), "is no mark".to_owned()))?;
        Ok(match (self.mark(text, number), number) {
            (Some(mark), 0) => Some([Fact::Marked(self.task, mark); 2]),
            (Some(mark), _) => Some([handed, Fact::Marked(self.task, mark)]),
            (None, 0) => None,
            (None, _) => Some([handed; 2]),
        })
    }

    fn mark(&self, text: &str, number: u32) -> Option<Mark> {
        let out_of = if text.ends_with('%') { Some(10_000) } else { self.out_of };
        marks::out_of(number.checked_mul(100)?, out_of?)
    }
}

fn pieces(export: &Export<'_>, sayings: &mut Sayings) -> Vec<Piece> {
    let student = export.column(&["student"]).unwrap_or_default();
    let possible = export.list.rows().map(|(row, _)| row);
    let possible =
        possible.filter(|row| headers::plain(row.cell(student)) == "pointspossible").last();
    let mut names: BTreeMap<&str, usize> = BTreeMap::new();
    let headers = export.list.headers();
    let pieces = headers.iter().enumerate().filter_map(|(column, header)| {
        let name = piece_name(header)?;
        let often = names.entry(name).or_default();
        *often += 1;
        let name = if *often > 1 { header.trim() } else { name };
        let said = export.told.maxima.get(name).and_then(|most| most.checked_mul(100));
        let points = possible.and_then(|row| marks::hundredths(row.cell(column)));
        let out_of = said.or(points).filter(|points| *points > 0);
        Some(piece(export, sayings, (column, name), out_of))
    });
    pieces.collect()
}

fn piece(
    export: &Export<'_>,
    sayings: &mut Sayings,
    (column, name): (usize, &str),
    out_of: Option<u32>,
) -> Piece {
    let task = sayings.task(name);
    let cells = export.list.rows().skip(1).map(|(row, _)| row.cell(column));
    let mut marks = cells.filter(|text| marks::hundredths(text).is_some()).peekable();
    let numbers = marks.peek().is_some();
    if numbers && out_of.is_none() && marks.any(|text| !text.ends_with('%')) {
        let text = format!(
            "no points are possible, so its marks are left out: say what “{name}” is marked out of"
        );
        sayings.remarks.push(export.about_column(column, text));
    }
    Piece { column, task, out_of, numbers }
}

#[cfg(test)]
mod tests {
    use crate::exchange::signals::testing::{lines, read as read_one};

    const BOOK: &str = "Student,ID,SIS User ID,SIS Login ID,Section,Essay 1 (4001),Quiz (4002),Reflection (4003),Gender (4004),Essay 1 (4005),Current Score,Unposted Current Score,Final Grade\n\
        ,,,,,Manual Posting,,,,,(read only),(read only),(read only)\n\
        \u{20}   Points Possible,,,,,100,12.5,,,0,(read only),(read only),(read only)\n\
        \"Rahman, Aisha\",991,00481234,ar1@example.ac.uk,COMP1001 A,67.5,10,complete,1,5,67,67,B\n\
        \"O'Connor, Ben\",992,20481235/1,bo1,COMP1001 A,EX,0,,1,,0,0,F\n\
        \"Björk, Zoë\",993,,zb1@example.ac.uk,COMP1001 B,110,,missing,1,,0,0,F\n\
        \"Wu, Ci\",994,20481237,cw1,COMP1001 B,great,,,1,,0,0,F\n\
        \"Student, Test\",995,,a7c4,COMP1001 B,100,12,,1,,0,0,F\n";

    #[test]
    fn marks_are_in_percent_of_the_points_that_are_possible() {
        assert_eq!(
            lines(&read_one("2026-11-20T1412_Grades-COMP1001.csv", BOOK).unwrap()),
            "Canvas \"COMP1001\" Some(2026-11-20)\n\
             task \"Essay 1\" due None weight None\n\
             task \"Quiz\" due None weight None\n\
             task \"Reflection\" due None weight None\n\
             task \"Essay 1 (4005)\" due None weight None\n\
             4: 00481234|ar1@example.ac.uk|Aisha Rahman: member; handed 0; mark 0 6750; handed 1; mark 1 8000; handed 2; handed 3\n\
             5: 20481235||Ben O'Connor: member; mark 1 0\n\
             6: |zb1@example.ac.uk|Zoë Björk: member; handed 0; mark 0 10000; not handed 2\n\
             rejected 7 F (Essay 1 (4001)): is no mark\n\
             remark 1 I (Gender (4004)): is a protected characteristic: never read\n\
             remark 1 J (Essay 1 (4005)): no points are possible, so its marks are left out: say what “Essay 1 (4005)” is marked out of\n"
        );
    }

    #[test]
    fn the_module_is_that_of_the_section_where_the_file_does_not_name_it() {
        let reading = read_one("grades.csv", BOOK).unwrap();
        assert_eq!((reading.module.as_str(), reading.as_of), ("COMP1001", None));
    }

    #[test]
    fn letters_say_that_something_was_handed_in() {
        let text = "Student,ID,SIS User ID,Section,Essay (4001),Final Grade\n\
            Points Possible,,,,100,\nAisha Rahman,9,00481234,A,B+,B\n";
        let reading = read_one("grades.csv", text).unwrap();
        assert!(lines(&reading).contains("00481234||Aisha Rahman: member; handed 0\n"));
    }
}
