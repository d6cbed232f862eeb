//! Moodle's grade book: one row for each student, one column for each piece of work.
//!
//! `First name, Last name` (once `Surname`) `, ID number, Institution, Department, Email address, Assignment: <name>
//! (Real), …, Course total (Real), Last downloaded from this course`. Columns end in how they show a mark: `(Real)`,
//! `(Percentage)`, `(Letter)`; older sites leave that out. `-` is no mark yet, and says nothing about handing in.

use std::collections::BTreeMap;

use super::{Export, is_protected, marks, people::People, sayings::Sayings, short_names, when};
use crate::{
    domain::{
        engagement::Source,
        reading::{Fact, Reading},
    },
    exchange::{Refusal, cell, student_row::Wrong, table::Row},
};

/// Whether the headers are those of a grade book.
pub(super) fn is(export: &Export<'_>) -> bool {
    let headers = export.list.headers();
    let piece = |header: &&str| Column::parse(header).is_some();
    let told = export.column(&["lastdownloadedfromthiscourse", "coursetotal"]).is_some()
        || headers.iter().any(|header| shown(header).0 != Shown::Plain);
    told && headers.iter().any(piece) && People::of(export).is_ok()
}

/// Reads a grade book.
pub(super) fn read(export: &Export<'_>) -> Result<Reading, Refusal> {
    let people = People::of(export)?;
    let mut sayings = Sayings::of(export);
    let pieces = pieces(export, &mut sayings);
    export.each_row(&mut sayings, |sayings, row| {
        let who = people.who(row)?;
        let facts =
            pieces.iter().map(|piece| piece.read(row)).collect::<Result<Vec<_>, Wrong>>()?;
        let place = sayings.person(row.number(), who);
        sayings.add(place, Fact::Member);
        for fact in facts.into_iter().flatten().flatten() {
            sayings.add(place, fact);
        }
        Ok(())
    });
    sayings.module = export.file_module();
    sayings.as_of = downloaded(export).or_else(|| export.file_day());
    Ok(sayings.reading(export, Source::MoodleGrades))
}

/// How a column shows a mark, the best to read last.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Shown {
    Letter,
    Plain,
    Real,
    Percentage,
}

/// How a header says that its marks are shown, and the header without that.
fn shown(header: &str) -> (Shown, &str) {
    for (end, shown) in
        [("(Real)", Shown::Real), ("(Percentage)", Shown::Percentage), ("(Letter)", Shown::Letter)]
    {
        if let Some(name) = header.strip_suffix(end) {
            return (shown, name.trim_end());
        }
    }
    (Shown::Plain, header)
}

/// A column of marks by its header.
struct Column<'a> {
    /// The name with its kind.
    name: &'a str,
    shown: Shown,
}

impl<'a> Column<'a> {
    /// None for who somebody is, for feedback and for totals.
    fn parse(header: &'a str) -> Option<Self> {
        let (shown, name) = shown(header);
        let protected = is_protected(header);
        let feedback = name.starts_with("Feedback:") || name.ends_with("(Feedback)");
        let total = name.ends_with(" total");
        let plain_piece = name.contains(": ");
        let piece = shown != Shown::Plain || plain_piece;
        (piece && !protected && !feedback && !total && !name.is_empty())
            .then_some(Self { name, shown })
    }
}

/// A piece of work, and how its column is read.
struct Piece {
    column: usize,
    task: usize,
    /// What a mark is out of, in hundredths; none where marks are letters or that is not known.
    out_of: Option<u32>,
    /// Whether the cells are numbers.
    numbers: bool,
    /// Whether they are in percent, which may be more than all where there are marks on top.
    percent: bool,
}

impl Piece {
    /// What a cell says, nothing for `-`. A mark of nothing may stand for work that never came.
    fn read(&self, row: Row<'_>) -> Result<Option<[Fact; 2]>, Wrong> {
        let text = row.cell(self.column);
        if cell::is_no_value(text) {
            return Ok(None);
        }
        let handed = Fact::Handed(self.task, None);
        if !self.numbers {
            return Ok(Some([handed; 2]));
        }
        let wrong = || (Some(self.column), "is no mark".to_owned());
        let number = marks::hundredths(text).ok_or_else(wrong)?;
        let mark = match self.out_of {
            Some(most) if self.percent => marks::share(number.min(most), most),
            Some(most) => {
                let above = || (Some(self.column), marks::ABOVE.to_owned());
                Some(marks::share(number, most).ok_or_else(above)?)
            }
            None => None,
        };
        Ok(match (mark, number) {
            (Some(mark), 0) => Some([Fact::Marked(self.task, mark); 2]),
            (Some(mark), _) => Some([handed, Fact::Marked(self.task, mark)]),
            (None, 0) => None,
            (None, _) => Some([handed; 2]),
        })
    }
}

/// The columns that are read: of several for one piece the one that says it best.
fn pieces(export: &Export<'_>, sayings: &mut Sayings) -> Vec<Piece> {
    let headers = export.list.headers();
    let mut best: BTreeMap<&str, (Shown, usize)> = BTreeMap::new();
    for (at, column) in
        headers.iter().enumerate().filter_map(|(at, header)| Some((at, Column::parse(header)?)))
    {
        let known = best.entry(column.name).or_insert((column.shown, at));
        if column.shown > known.0 {
            *known = (column.shown, at);
        }
    }
    let mut columns: Vec<(usize, &str, Shown)> =
        best.into_iter().map(|(name, (shown, at))| (at, name, shown)).collect();
    columns.sort_unstable();
    let names = short_names(columns.iter().map(|(_, name, _)| *name));
    let columns = columns.iter().zip(names);
    columns
        .map(|((column, _, shown), name)| piece(export, sayings, (*column, name), *shown))
        .collect()
}

fn piece(
    export: &Export<'_>,
    sayings: &mut Sayings,
    (column, name): (usize, &str),
    shown: Shown,
) -> Piece {
    let task = sayings.task(name);
    let cells = export.list.rows().map(|(row, _)| row.cell(column));
    let cells = cells.filter(|text| !cell::is_no_value(text));
    let found: Vec<u32> = cells.filter_map(marks::hundredths).collect();
    let numbers = shown != Shown::Letter && !found.is_empty();
    let percent = shown == Shown::Percentage;
    let most = if percent {
        Ok(marks::FULL)
    } else {
        marks::most(found.into_iter(), export.told.maxima.get(name).copied())
    };
    if let (true, Err(why)) = (numbers, most) {
        sayings.remarks.push(export.ask_most(column, name, why));
        sayings.unmark(task);
    }
    Piece { column, task, out_of: most.ok().filter(|_| numbers), numbers, percent }
}

/// The day in the last column: the newest, as a number of seconds or in words.
fn downloaded(export: &Export<'_>) -> Option<chrono::NaiveDate> {
    let column = export.column(&["lastdownloadedfromthiscourse"])?;
    let cells = || export.list.rows().map(|(row, _)| row.cell(column));
    let order = when::order(cells(), export.told.today);
    let days = cells().filter_map(|text| when::moment(text, order, export.told.today));
    days.max().map(|moment| moment.date())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{domain::signal::Mark, exchange::signals::testing};

    fn read(text: &str) -> Reading {
        testing::read("LAW2014 Grades-20251003_1412-comma_separated.csv", text).unwrap()
    }

    fn said(reading: &Reading) -> Vec<String> {
        reading
            .people
            .iter()
            .map(|seen| format!("{} {:?}", seen.who.number, &seen.facts[1..]))
            .collect()
    }

    #[test]
    fn the_grade_book_of_moodles_own_tests_is_read() {
        let reading = read(
            "First name,Surname,ID number,Institution,Department,Email address,Assignment: Essay,Feedback: Essay,Course total,Last downloaded from this course\n\
             Aisha,Rahman,20481234,,,aisha@example.org,65.00,good,65.00,1759500720\n\
             Ben,Ito,20481235,,,ben@example.org,-,,-,1759500720\n\
             Cy,Roe,20481236,,,cy@example.org,0.00,,0.00,1759500720\n",
        );
        assert_eq!(
            (reading.module.as_str(), reading.as_of),
            ("LAW2014", "2025-10-03".parse().ok())
        );
        assert_eq!(
            reading.tasks.iter().map(|task| task.name.as_str()).collect::<Vec<_>>(),
            ["Essay"]
        );
        let mark = Mark::hundredths(6500).unwrap();
        assert_eq!(
            reading.people[0].facts,
            [Fact::Member, Fact::Handed(0, None), Fact::Marked(0, mark)]
        );
        assert_eq!(
            reading.people[1].facts,
            [Fact::Member],
            "no mark says nothing about handing in"
        );
        assert_eq!(reading.people[2].facts[1..], [Fact::Marked(0, Mark::hundredths(0).unwrap())]);
        assert_eq!((reading.rejected.len(), reading.remarks.len()), (0, 0));
    }

    #[test]
    fn of_several_ways_to_show_a_mark_the_percentage_is_read() {
        let reading = read(
            "First name,Last name,Email address,Quiz: One (Real),Quiz: One (Percentage),Quiz: One (Letter),Talk (Letter),Marks total (Real)\n\
             Aisha,Rahman,aisha@example.org,7.50,75.00 %,B,A,7.50\n\
             Ben,Ito,ben@example.org,-,-,-,-,-\n",
        );
        assert_eq!(reading.tasks.len(), 2);
        assert_eq!(
            said(&reading),
            [" [Handed(0, None), Marked(0, Mark(7500)), Handed(1, None)]", " []"]
        );
        assert_eq!(reading.as_of, "2025-10-03".parse().ok(), "the name of the file says so");
    }

    #[test]
    fn a_column_that_is_hardly_out_of_100_is_left_out_until_somebody_says_what_it_is_out_of() {
        let text = "ID number,Assignment: Essay (Real),Quiz: One (Real)\n\
            1,150.00,11.00\n2,90,12\n3,80,13\n4,70,14\n5,-,15\n6,x,16\n";
        let reading = read(text);
        assert_eq!(said(&reading)[0], "1 [Handed(0, None), Handed(1, None)]");
        let remarks: Vec<&str> =
            reading.remarks.iter().map(|remark| remark.text.as_str()).collect();
        assert_eq!(
            remarks,
            [
                "there are marks above 100, so its marks are left out: say what “Essay” is marked out of",
                "no mark is above 50, which is hardly out of 100, so its marks are left out: say what “One” is marked out of",
            ]
        );
        let rejected = &reading.rejected[0];
        assert_eq!(
            (rejected.row, rejected.column.as_str(), rejected.reason.as_str()),
            (7, "B (Assignment: Essay (Real))", "is no mark")
        );
        let mut told = testing::told("x.csv");
        told.maxima = [("Essay".to_owned(), 200), ("One".to_owned(), 20)].into();
        let reading = testing::read_bytes(text.as_bytes(), &told).unwrap().remove(0);
        assert_eq!(
            said(&reading)[0],
            "1 [Handed(0, None), Marked(0, Mark(7500)), Handed(1, None), Marked(1, Mark(5500))]"
        );
        assert_eq!(reading.remarks, []);
    }

    #[test]
    fn only_known_kinds_are_taken_off_a_name_and_one_that_is_taken_keeps_its_kind() {
        let reading = read(
            "ID number,Assignment: Essay (Real),Quiz: Essay (Real),Essay: part two (Real),Turnitin Assignment 2: Report (Real)\n\
             1,61,62,63,64\n",
        );
        let names: Vec<&str> = reading.tasks.iter().map(|task| task.name.as_str()).collect();
        assert_eq!(names, ["Essay", "Quiz: Essay", "Essay: part two", "Report"]);
        assert_eq!(reading.people[0].facts.len(), 9);
    }

    #[test]
    fn protected_columns_are_named_and_never_read() {
        let reading =
            read("ID number,Gender,Disability (Real),Assignment: Essay (Real)\n1,50,60,70\n");
        assert_eq!(reading.tasks.len(), 1);
        let columns: Vec<&str> =
            reading.remarks.iter().map(|remark| remark.column.as_str()).collect();
        assert_eq!(columns, ["B (Gender)", "C (Disability (Real))"]);
    }
}
