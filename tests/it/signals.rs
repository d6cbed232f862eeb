//! Exports of other programs as signals: one small file of each kind, and what must hold for all of them.

use tutelage::{
    domain::{
        engagement::Source,
        reading::{Fact, Reading},
    },
    exchange::{
        Refusal,
        list::List,
        signals::{self, Told},
    },
};

mod imported;
mod messy;
mod properties;

/// A small file of one kind: its name, header and rows, with commas between its cells and none in them.
pub struct File {
    pub source: Source,
    pub name: &'static str,
    pub header: &'static str,
    pub rows: &'static [&'static str],
    /// What the columns mean, where somebody must say so.
    pub columns: &'static [&'static str],
}

const fn file(source: Source, header: &'static str, rows: &'static [&'static str]) -> File {
    File { source, name: "COMP1001 export.csv", header, rows, columns: &[] }
}

/// One of each kind.
#[rustfmt::skip]
pub const FILES: &[File] = &[
    file(Source::MoodleGrades,
        "First name,Last name,ID number,Email address,Assignment: Essay 1 (Real),Assignment: Essay 2 (Real),Course total (Real),Last downloaded from this course",
        &["Aisha,Rahman,00481234,ar1@example.ac.uk,67.50,-,67.50,1795269720", "Ben,O'Connor,00481235,bo1@example.ac.uk,0.00,55,27.5,1795269720",
          "Zoë,Björk,00481236,zb1@example.ac.uk,71,80,75.5,1795269720"]),
    file(Source::MoodleLog,
        "Time,User full name,Affected user,Event context,Component,Event name,Description,Origin,IP address",
        &["17/10/26 12:39,Aisha Rahman,-,Course: Networks (COMP 1001),System,Course viewed,x,web,192.0.2.1",
          "16/10/26 09:00,Ben O'Connor,-,Course: Networks (COMP 1001),System,Course viewed,x,web,192.0.2.1",
          "03/10/26 09:00,Aisha Rahman,-,Assignment: Essay 1,Assignment,A submission has been submitted.,x,web,192.0.2.1"]),
    file(Source::MoodleParticipants,
        "First name,Last name,Email address,ID number,Roles",
        &["Aisha,Rahman,ar1@example.ac.uk,00481234,Student", "Ben,O'Connor,bo1@example.ac.uk,00481235,Student",
          "Amara,Okafor,ao1@example.ac.uk,00001,Teacher"]),
    file(Source::MoodleAttendance,
        "Last name,First name,ID number,3 Oct 2026 10.00AM All students,10 Oct 2026 2.00PM All students,Taken sessions",
        &["Rahman,Aisha,00481234,P,A,2", "O'Connor,Ben,00481235,L,E,2", "Björk,Zoë,00481236,?,P,1"]),
    file(Source::Teams,
        "Name,First Join,Last Leave,In-Meeting Duration,Email,Participant ID (UPN),Role",
        &["Aisha Rahman,11/18/26 4:02:00 PM,11/18/26 5:02:09 PM,1h 9s,ar1@example.ac.uk,ar1@example.ac.uk,Attendee",
          "Ben O'Connor,11/18/26 4:16:54 PM,11/18/26 4:17:50 PM,56s,bo1@example.ac.uk,bo1@example.ac.uk,Attendee",
          "Dr Amara Okafor,11/18/26 4:00:54 PM,11/18/26 5:02:10 PM,1h 1m 16s,ao1@example.ac.uk,ao1@example.ac.uk,Organizer"]),
    file(Source::Turnitin,
        "Last Name,First Name,User ID,Turnitin User ID,Title,Paper ID,Word Count,Date Uploaded,Grade,Similarity Score",
        &["Rahman,Aisha,00481234,5551,Essay,777,1999,02/11/2026,67/100,12", "O'Connor,Ben,bo1@example.ac.uk,5552,Essay,778,2001,03/11/2026,,99",
          "Björk,Zoë,00481236,5553,--,--,--,--,--,--"]),
    file(Source::Attendance,
        "Student ID,Module,Date,Event,Status",
        &["00481234,COMP1001,17/11/2026 10:00,Lecture,Present", "00481235,COMP1001,17/11/2026 10:00,Lecture,Did not attend",
          "00481234,COMP1002,18/11/2026,Lab,Authorised absence", "00481235,COMP1002,18/11/2026,Lab,Late"]),
    file(Source::Canvas,
        "Student,ID,SIS User ID,SIS Login ID,Section,Essay 1 (4001),Quiz (4002),Current Score,Final Grade",
        &["    Points Possible,,,,,100,20,(read only),(read only)", "Aisha Rahman,991,00481234,ar1@example.ac.uk,COMP1001,67.5,10,67,B",
          "Ben O'Connor,992,00481235,bo1,COMP1001,EX,0,0,F", "Zoë Björk,993,,zb1@example.ac.uk,COMP1001,,missing,0,F"]),
    file(Source::Sits,
        "SPR_CODE,STU_SURN,MOD_CODE,AYR_CODE,SES_CODE,SMR_CURA,SMR_ACTM,SMR_AGRM,SMR_AGRG",
        &["00481234/1,Rahman,COMP1001,2026/7,S1,1,61,58,P", "00481234/1,Rahman,COMP1002,2026/7,S1,2,,,NS",
          "00481235/1,O'Connor,COMP1001,2025/6,S1,1,12,12,F", "00481235/1,O'Connor,COMP1001,2026/7,S1,1,44,,"]),
    file(Source::Rating,
        "student_id,date,band,source",
        &["00481234,16/11/2026,Very low,StREAM", "00481234,17/11/2026,4,StREAM", "00481235,16/11/2026,High,StREAM"]),
    file(Source::Other,
        "Student number,Module,Date,Logins",
        &["00481234,COMP1001,16/11/2026,3", "00481234,COMP1001,17/11/2026,0", "00481235,COMP1001,16/11/2026,1"]),
    File {
        source: Source::Other, name: "COMP1001 export.csv", header: "id,date,value,piece",
        rows: &["00481234,16/11/2026,3/4,Quiz", "00481234,17/11/2026,70%,Essay", "00481235,16/11/2026,12,Quiz"],
        columns: &["student number", "handed in", "mark", "piece of work"],
    },
];

impl File {
    /// What is said of the file beside it.
    pub fn told(&self) -> Told {
        let mut told = Told::of_file(self.name, "2026-11-22".parse().unwrap());
        told.columns = self.columns.iter().map(|&label| label.to_owned()).collect();
        told.session.everyone = true;
        told
    }

    /// Its cells, header first.
    pub fn cells(&self) -> Vec<Vec<String>> {
        let lines = std::iter::once(&self.header).chain(self.rows);
        lines.map(|line| line.split(',').map(str::to_owned).collect()).collect()
    }
}

/// Cells as a CSV file.
pub fn csv(cells: &[Vec<String>]) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    for row in cells {
        writer.write_record(row).unwrap();
    }
    writer.into_inner().unwrap()
}

pub fn read(bytes: &[u8], told: &Told) -> Result<Vec<Reading>, Refusal> {
    signals::read(&List::read(bytes)?, told)
}

/// What readings say, whatever the order of rows and of pieces of work: module, who, and fact.
pub fn said(readings: &[Reading]) -> Vec<String> {
    let mut said = Vec::new();
    for reading in readings {
        let module = &reading.module;
        said.extend(reading.held.iter().map(|held| format!("{module} held {held:?}")));
        said.extend(reading.tasks.iter().map(|task| format!("{module} task {task:?}")));
        for seen in &reading.people {
            let who = &seen.who;
            for fact in &seen.facts {
                let task = match fact {
                    Fact::Handed(task, _)
                    | Fact::NotHanded(task)
                    | Fact::Extended(task, _)
                    | Fact::Marked(task, _) => reading.tasks[*task].name.as_str(),
                    Fact::Member
                    | Fact::Left
                    | Fact::Repeating
                    | Fact::Active(_)
                    | Fact::Session { .. }
                    | Fact::Rated(..) => "",
                };
                let fact = format!("{fact:?}");
                let fact =
                    if task.is_empty() { fact } else { fact.replacen(char::is_numeric, task, 1) };
                said.push(format!("{module} {}|{}|{}: {fact}", who.number, who.email, who.name));
            }
        }
    }
    said.sort();
    said.dedup();
    said
}

#[test]
fn one_small_file_of_each_kind_is_known_and_read_without_a_loss() {
    for file in FILES {
        let bytes = csv(&file.cells());
        let list = List::read(&bytes).unwrap();
        if file.columns.is_empty() {
            assert_eq!(signals::recognise(&list, file.name), Some(file.source), "{}", file.header);
        }
        let readings = read(&bytes, &file.told()).unwrap();
        let rejected: usize = readings.iter().map(|reading| reading.rejected.len()).sum();
        assert_eq!(rejected, 0, "{:?}: {readings:?}", file.source);
        assert!(readings.iter().all(|reading| reading.source == file.source), "{}", file.header);
        assert!(said(&readings).len() >= 2, "{:?}", file.source);
    }
}

#[test]
fn every_kind_is_read_the_same_from_every_way_to_write_it() {
    for file in FILES {
        let cells = file.cells();
        let plain = csv(&cells);
        let expected = said(&read(&plain, &file.told()).unwrap());
        let text = String::from_utf8(plain.clone()).unwrap();
        let utf16 = format!("\u{FEFF}{}", text.replace('\n', "\r\n"));
        let windows: Vec<u8> =
            text.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap()).collect();
        let with = |delimiter: &str| {
            cells.iter().map(|row| row.join(delimiter) + "\n").collect::<String>().into_bytes()
        };
        let quoted: String = cells
            .iter()
            .map(|row| {
                row.iter().map(|cell| format!("\"{cell}\"")).collect::<Vec<_>>().join(",") + "\r\n"
            })
            .collect();
        for (how, bytes) in [
            ("a byte order mark", [b"\xEF\xBB\xBF".as_slice(), &plain].concat()),
            ("UTF-16", utf16.encode_utf16().flat_map(u16::to_le_bytes).collect()),
            ("Windows-1252", windows),
            ("tabs", with("\t")),
            ("semicolons", with(";")),
            ("quotation marks", quoted.into_bytes()),
            ("a workbook", workbook(&cells)),
        ] {
            let read = read(&bytes, &file.told()).unwrap();
            assert_eq!(said(&read), expected, "{:?} with {how}", file.source);
        }
    }
}

fn workbook(cells: &[Vec<String>]) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in (0..).zip(cells) {
        for (column, cell) in (0..).zip(cells) {
            sheet.write(row, column, cell.as_str()).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}
