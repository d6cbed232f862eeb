//! Turnitin's export of a class: who has handed in one piece of work, when, and the grade. Similarity is never read.
//!
//! `Last Name, First Name, User ID` (or `Email`)`, Turnitin User ID, Title, Paper ID, Word Count, Date Uploaded, Grade,
//! Similarity Score`; older ones have columns of overlap. Without a date of uploading nothing was handed in.

use std::collections::BTreeSet;

use super::{Export, marks, people::People, sayings::Sayings, when};
use crate::{
    domain::{
        engagement::Source,
        reading::{Fact, Reading, Who},
    },
    exchange::{Refusal, cell, dates::Order, headers, identity, student_row::Wrong, table::Row},
};

const UPLOADED: [&str; 5] =
    ["dateuploaded", "datesubmitted", "submissiondate", "uploaded", "dateofsubmission"];

/// Whether the headers are those of an export of a class.
pub(super) fn is(export: &Export<'_>) -> bool {
    let paper = export.column(&["paperid", "turnitinuserid", "similarityscore"]).is_some();
    paper && export.column(&UPLOADED).is_some()
}

/// Reads the export.
pub(super) fn read(export: &Export<'_>) -> Result<Reading, Refusal> {
    let lacks = |what| Refusal::Lacks { row: export.header_row(), what };
    let date = export.column(&UPLOADED).ok_or_else(|| lacks("a column of dates of uploading"))?;
    let cells = export.list.rows().map(|(row, _)| row.cell(date));
    let columns = Columns {
        people: People { number: None, ..People::of(export)? },
        user: export.column(&["userid", "studentid", "user"]),
        date,
        order: when::order(cells, export.told.today),
        grade: export.column(&["grade", "mark", "score"]),
    };
    let mut sayings = Sayings::of(export);
    let name = piece(export, &mut sayings);
    let task = sayings.task(&name);
    let most = columns.most(export, &name);
    if let (Err(why), Some(column)) = (most, columns.grade) {
        sayings.remarks.push(export.ask_most(column, &name, why));
        sayings.unmark(task);
    }
    // Who has handed in once has done so, whatever another row says.
    let (mut handed, mut missing) = (BTreeSet::new(), BTreeSet::new());
    export.each_row(&mut sayings, |sayings, row| {
        let (who, facts) = (columns.who(row)?, columns.facts(export, row, (task, most.ok()))?);
        let place = sayings.person(row.number(), who);
        for fact in facts.into_iter().flatten() {
            if matches!(fact, Fact::NotHanded(_)) {
                missing.insert(place);
                continue;
            }
            if matches!(fact, Fact::Handed(..)) {
                handed.insert(place);
            }
            sayings.add(place, fact);
        }
        Ok(())
    });
    for place in missing.difference(&handed) {
        sayings.add(*place, Fact::NotHanded(task));
    }
    sayings.module = export.file_module();
    sayings.as_of = export.file_day();
    Ok(sayings.reading(export, Source::Turnitin))
}

/// What the piece of work is called: as somebody says, as the rows above the header say, else as the file is named.
fn piece(export: &Export<'_>, sayings: &mut Sayings) -> String {
    if !export.told.piece.is_empty() {
        return export.told.piece.clone();
    }
    if let Some(name) = export.above(&["assignment", "assignmenttitle", "assignmentname"]) {
        return cell::clean(name).text.into_owned();
    }
    let name = export.told.file_name.rsplit_once('.').map_or("", |(name, _)| name);
    let copy = name.strip_suffix(')').and_then(|name| name.rsplit_once(" ("));
    let name =
        copy.filter(|(_, digits)| digits.parse::<u8>().is_ok()).map_or(name, |(name, _)| name);
    let name = if name.is_empty() { "Turnitin assignment" } else { name };
    let text = format!(
        "the piece of work is called “{name}”, as the file is: say its name if it has another"
    );
    sayings.remarks.push(crate::domain::roll::Remark {
        row: export.header_row(),
        column: String::new(),
        text,
    });
    name.to_owned()
}

struct Columns {
    people: People,
    user: Option<usize>,
    date: usize,
    order: Order,
    grade: Option<usize>,
}

impl Columns {
    /// The name and whatever the user's identity is: an address, a number, or a name of no use here.
    fn who(&self, row: Row<'_>) -> Result<Who, Wrong> {
        let text = self.user.map_or("", |column| row.cell(column));
        let user = cell::clean(text).text;
        let mut who = match self.people.who(row) {
            Ok(who) => who,
            Err(wrong) if cell::is_no_value(&user) => return Err(wrong),
            Err(_) => Who::default(),
        };
        if user.contains('@') {
            if who.email.is_empty() {
                identity::email(&user).unwrap_or_default().clone_into(&mut who.email);
            }
        } else if !cell::is_no_value(&user) && !cell::is_masked(&user) {
            let number = identity::number(&user).map_or("", |(number, _)| number);
            number.clone_into(&mut who.number);
        }
        if who == Who::default() {
            return Err((self.user, "does not say whom the row is about".to_owned()));
        }
        Ok(who)
    }

    /// What grades are out of that do not say it themselves.
    fn most(&self, export: &Export<'_>, name: &str) -> Result<u32, &'static str> {
        let cells = self.grade.into_iter().flat_map(|column| {
            export
                .list
                .rows()
                .map(move |(row, _)| row.cell(column))
                .filter(|text| !is_nothing(text))
        });
        let bare = cells.filter_map(number).filter(|(_, of)| of.is_none());
        marks::most(bare.map(|(number, _)| number), export.told.maxima.get(name).copied())
    }

    fn facts(
        &self,
        export: &Export<'_>,
        row: Row<'_>,
        (task, most): (usize, Option<u32>),
    ) -> Result<[Option<Fact>; 2], Wrong> {
        let text = row.cell(self.date);
        let handed = if is_nothing(text) {
            Fact::NotHanded(task)
        } else {
            let moment = when::moment(text, self.order, export.told.today);
            let moment = moment.ok_or((Some(self.date), "is no date".to_owned()))?;
            Fact::Handed(task, Some(moment.date()))
        };
        let grade = self.grade.map_or("", |column| row.cell(column));
        if is_nothing(grade) {
            return Ok([Some(handed), None]);
        }
        let wrong = |reason: &str| (self.grade, reason.to_owned());
        let (number, of) = number(grade).ok_or_else(|| wrong("is no mark"))?;
        let Some(most) = of.or(most) else { return Ok([Some(handed), None]) };
        let mark = marks::share(number, most).ok_or_else(|| wrong(marks::ABOVE))?;
        // Nothing was handed in, and the system shows a nought for that: no mark was given.
        let empty = matches!(handed, Fact::NotHanded(_)) && mark.as_hundredths() == 0;
        Ok([Some(handed), (!empty).then_some(Fact::Marked(task, mark))])
    }
}

fn is_nothing(text: &str) -> bool {
    const WORDS: [&str; 5] = ["", "nosubmission", "notsubmitted", "notgraded", "ungraded"];
    cell::is_no_value(text) || WORDS.contains(&headers::plain(text).as_str())
}

/// `67`, `67%`, `13.4/20`: a number and what it is out of, where it says so, both in hundredths.
fn number(text: &str) -> Option<(u32, Option<u32>)> {
    if let Some((number, most)) = text.split_once('/') {
        return Some((marks::hundredths(number)?, Some(marks::hundredths(most)?)));
    }
    let number = marks::hundredths(text)?;
    Some((number, text.trim_end().ends_with('%').then_some(marks::FULL)))
}

#[cfg(test)]
mod tests {
    use crate::exchange::signals::{
        Told,
        testing::{lines, read as read_one, read_bytes, told},
    };

    const CLASS: &str = "Last Name,First Name,User ID,Turnitin User ID,Title,Paper ID,Word Count,Date Uploaded,Grade,Similarity Score\n\
        Rahman,Aisha,20481234,5551,\"Essay, one\",777,1999,2026-11-02 16:59:01,67/100,12\n\
        O'Connor,Ben,bo12@example.ac.uk,5552,Essay,778,2001,03/11/2026,58%,99\n\
        Björk,Zoë,zoe,5553,-- No Submission --,--,--,--,--,--\n\
        Wu,Ci,20481237,5554,Essay,779,10,yesterday,,\n\
        Wu,Di,20481238,5555,Essay,780,10,4 Nov 2026,A+,\n\
        Ito,Ed,20481239,5556,Essay,,,,0,\n";

    #[test]
    fn who_has_handed_in_and_who_has_not_is_read_and_similarity_never_is() {
        let reading = read_one("COMP1001 Essay 1 (2).csv", CLASS).unwrap();
        assert_eq!(
            lines(&reading),
            "Turnitin \"COMP1001\" None\n\
             task \"COMP1001 Essay 1\" due None weight None\n\
             2: 20481234||Aisha Rahman: handed 0 2026-11-02; mark 0 6700\n\
             3: |bo12@example.ac.uk|Ben O'Connor: handed 0 2026-11-03; mark 0 5800\n\
             4: ||Zoë Björk: not handed 0\n\
             7: 20481239||Ed Ito: not handed 0\n\
             rejected 5 H (Date Uploaded): is no date\n\
             rejected 6 I (Grade): is no mark\n\
             remark 1 : the piece of work is called “COMP1001 Essay 1”, as the file is: say its name if it has another\n"
        );
        let other = CLASS.replace(",12\n", ",98\n").replace(",99\n", ",\n");
        assert_eq!(read_one("COMP1001 Essay 1 (2).csv", &other).unwrap(), reading);
    }

    #[test]
    fn the_piece_of_work_is_called_as_somebody_says() {
        let told = Told { piece: "Essay 1".into(), ..told("export.csv") };
        let readings = read_bytes(CLASS.as_bytes(), &told).unwrap();
        assert_eq!(readings[0].tasks[0].name, "Essay 1");
        assert_eq!(readings[0].remarks, []);
    }

    #[test]
    fn grades_are_out_of_what_they_say_else_of_what_somebody_says() {
        let header = "Last Name,First Name,User ID,Paper ID,Date Uploaded,Grade\n";
        let row = |at: u32, grade: &str| format!("A,B,2048123{at},{at},1/11/2026,{grade}\n");
        let text = (0..5).map(|at| row(at, &format!("1{at}"))).collect::<String>();
        let text = format!("{header}{text}{}", row(5, "13/20"));
        let reading = read_one("Essay.csv", &text).unwrap();
        assert!(reading.tasks[0].unmarked && reading.remarks[1].text.contains("hardly out of 100"));
        assert_eq!(lines(&reading).matches("mark 0").count(), 1);
        let mut told = told("Essay.csv");
        told.maxima.insert("Essay".into(), 20);
        let readings = read_bytes(text.as_bytes(), &told).unwrap();
        let said = lines(&readings[0]);
        assert!(said.contains("mark 0 5000") && said.contains("mark 0 6500"), "{said}");
    }

    #[test]
    fn older_exports_have_addresses_and_columns_of_overlap() {
        let text = "Assignment,Essay 2\n\
            Last Name,First Name,Email,Turnitin User ID,Title,Paper ID,Date Uploaded,Grade,Overlap,Internet Overlap,Publications Overlap,Student Papers Overlap\n\
            Rahman,Aisha,ar1@example.ac.uk,5551,Essay,777,17-Oct-2026 12:39PM,13.4/20,1,2,3,4\n";
        assert_eq!(
            lines(&read_one("export.csv", text).unwrap()),
            "Turnitin \"\" None\n\
             task \"Essay 2\" due None weight None\n\
             3: |ar1@example.ac.uk|Aisha Rahman: handed 0 2026-10-17; mark 0 6700\n"
        );
    }

    #[test]
    fn who_handed_in_a_second_time_has_handed_in() {
        let text = "Last Name,First Name,User ID,Paper ID,Date Uploaded\n\
            Rahman,Aisha,20481234,,\nRahman,Aisha,20481234,7,1/11/2026\n";
        let reading = read_one("a.csv", text).unwrap();
        assert!(lines(&reading).contains("Aisha Rahman: handed 0 2026-11-01\n"));
    }

    #[test]
    fn the_older_kind_of_workbook_is_refused_with_a_sentence() {
        use crate::exchange::list::List;
        let refusal = List::read(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1rest").unwrap_err();
        assert!(refusal.to_string().ends_with("Save it as .xlsx or CSV and import that."));
    }
}
