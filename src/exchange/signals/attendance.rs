//! Attendance as `SEAtS` and its like export it: one row for each student and session.
//!
//! A student, a date (perhaps with a time), an event, and a status: present, absent, late, authorised, in many words.
//! Columns of modules and of whether a session is compulsory are read where there are any.

use super::{
    Export,
    modules::{self, Modules},
    people::People,
    presence::{self, Said},
    when,
};
use crate::{
    domain::{
        engagement::Source,
        reading::{Fact, Reading},
    },
    exchange::{Refusal, cell, dates::Order, headers, student_row::Wrong, table::Row},
};

const STATUS: [&str; 12] = [
    "attendancestatus",
    "status",
    "attendance",
    "attendancecode",
    "attended",
    "present",
    "presence",
    "registerstatus",
    "registermark",
    "attendancetype",
    "attendanceoutcome",
    "outcome",
];
const DATE: [&str; 14] = [
    "date",
    "sessiondate",
    "eventdate",
    "classdate",
    "attendancedate",
    "day",
    "datetime",
    "sessionstart",
    "eventstart",
    "startdatetime",
    "starttime",
    "start",
    "startdate",
    "timestamp",
];
const TIME: [&str; 7] =
    ["time", "starttime", "sessiontime", "eventtime", "classtime", "start", "from"];
const EVENT: [&str; 12] = [
    "event",
    "eventname",
    "eventtitle",
    "session",
    "sessionname",
    "sessiontitle",
    "class",
    "classname",
    "activity",
    "activityname",
    "eventid",
    "sessionid",
];
const COMPULSORY: [&str; 4] = ["compulsory", "mandatory", "required", "iscompulsory"];

/// Whether there are a date, and a status that mostly holds words for attendance.
pub(super) fn is(export: &Export<'_>) -> bool {
    let Some(status) = export.column(&STATUS) else { return false };
    if export.column(&DATE).is_none() || People::of(export).is_err() {
        return false;
    }
    let (mut known, mut all) = (0, 0);
    for (row, _) in export.list.rows().take(500) {
        let text = row.cell(status);
        if !cell::is_no_value(text) {
            all += 1;
            known += usize::from(presence::status(text).is_some());
        }
    }
    all > 0 && known * 2 > all
}

/// Reads the list.
pub(super) fn read(export: &Export<'_>) -> Result<Vec<Reading>, Refusal> {
    let people = People::of(export)?;
    let lacks = |what| Refusal::Lacks { row: export.header_row(), what };
    let columns =
        Columns::of(export).ok_or_else(|| lacks("a column of dates and one of who came"))?;
    let mut modules = Modules::new(export, export.column(&modules::HEADERS));
    let mut untaken = 0_u32;
    modules.each_row(|modules, row| {
        let who = people.who(row)?;
        match columns.session(export, row)? {
            Some(fact) => {
                let sayings = modules.of(row);
                let place = sayings.person(row.number(), who);
                sayings.add(place, fact);
            }
            None => untaken += 1,
        }
        Ok(())
    });
    if untaken > 0 {
        let text = format!("{untaken} rows do not say whether somebody came: left out");
        modules.remarks.push(export.about_column(columns.status, text));
    }
    if columns.order == Order::MonthFirst {
        let text = "dates are read month first, as one of them shows";
        modules.remarks.push(export.about_column(columns.date, text));
    }
    Ok(modules.readings(Source::Attendance))
}

/// Where the list says what.
struct Columns {
    status: usize,
    date: usize,
    order: Order,
    time: Option<usize>,
    event: Option<usize>,
    compulsory: Option<usize>,
}

impl Columns {
    fn of(export: &Export<'_>) -> Option<Self> {
        let date = export.column(&DATE)?;
        let dates = export.list.rows().map(|(row, _)| row.cell(date));
        Some(Self {
            status: export.column(&STATUS)?,
            date,
            order: when::order(dates, export.told.today),
            time: export.column(&TIME).filter(|time| *time != date),
            event: export.column(&EVENT),
            compulsory: export.column(&COMPULSORY),
        })
    }

    /// What a row says of a session; nothing while nobody knows.
    fn session(&self, export: &Export<'_>, row: Row<'_>) -> Result<Option<Fact>, Wrong> {
        let wrong = |column: usize, reason: &str| (Some(column), reason.to_owned());
        let presence = match presence::status(row.cell(self.status)) {
            Some(Said::Was(presence)) => presence,
            Some(Said::Nothing) => return Ok(None),
            None => return Err(wrong(self.status, "is no known word for whether somebody came")),
        };
        let today = export.told.today;
        let moment = when::moment(row.cell(self.date), self.order, today)
            .ok_or_else(|| wrong(self.date, "is no date"))?;
        if moment.date() > today {
            return Err(wrong(self.date, "is in the future"));
        }
        let time = match self.time.map(|column| (column, row.cell(column))) {
            Some((_, text)) if cell::is_no_value(text) => None,
            Some((column, text)) => {
                // A spreadsheet may have put a day before the time.
                let time = when::time(text)
                    .or_else(|| when::moment(text, self.order, today).map(|moment| moment.time()));
                Some(time.ok_or_else(|| wrong(column, "is no time"))?)
            }
            None => None,
        };
        let time =
            time.or_else(|| Some(moment.time()).filter(|time| *time != chrono::NaiveTime::MIN));
        let event = self.event.map_or("", |column| row.cell(column));
        let compulsory = self.compulsory.is_some_and(|column| is_yes(row.cell(column)));
        let key = presence::key(time, event);
        Ok(Some(Fact::Session { on: moment.date(), key, presence, compulsory }))
    }
}

fn is_yes(text: &str) -> bool {
    matches!(
        headers::plain(text).as_str(),
        "yes" | "y" | "true" | "1" | "compulsory" | "mandatory" | "required"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::signals::testing::{lines, read as read_one, read_bytes, told};

    #[test]
    fn a_list_of_student_date_event_and_status_is_read() {
        let reading = read_one(
            "attendance_20261120.csv",
            "Student ID;Date;Event;Status\n\
             00123456;17/11/2026 10:00;Lecture;Present\n\
             00123456;18/11/2026 10:00;Lecture;Late\n\
             00123457;17/11/2026 10:00;Lecture;Authorised absence\n\
             00123457;18/11/2026;Lab;Did not attend\n\
             00123457;19/11/2026;Lab;\n\
             00123458;soon;Lab;Absent\n\
             00123458;19/11/2026;Lab;Perhaps\n\
             ;19/11/2026;Lab;Absent\n\
             00123458;19/11/2027;Lab;Absent\n",
        )
        .unwrap();
        let lab = presence::key(None, "Lab");
        assert_eq!(
            lines(&reading),
            format!(
                "Attendance \"\" Some(2026-11-20)\n\
                 2: 00123456||: present 2026-11-17 600; late 2026-11-18 600\n\
                 4: 00123457||: authorised 2026-11-17 600; absent 2026-11-18 {lab}\n\
                 rejected 7 B (Date): is no date\n\
                 rejected 8 D (Status): is no known word for whether somebody came\n\
                 rejected 9 A (Student ID): does not say whom the row is about\n\
                 rejected 10 B (Date): is in the future\n\
                 remark 1 D (Status): 1 rows do not say whether somebody came: left out\n"
            )
        );
    }

    #[test]
    fn modules_times_and_compulsory_tutorials_have_columns_of_their_own() {
        let text = "Student number,Module,Session date,Start time,Compulsory,Attended,Ethnicity\n\
             01234567,COMP1001 Programming,11/17/2026,9:00 AM,yes,Y,x\n\
             01234567,COMP1002,11/18/2026,14:00,,N,y\n";
        let readings = read_bytes(text.as_bytes(), &told("list.csv")).unwrap();
        assert_eq!(
            readings.iter().map(lines).collect::<String>(),
            "Attendance \"COMP1001\" None\n\
             2: 01234567||: present 2026-11-17 540 compulsory\n\
             remark 1 G (Ethnicity): is a protected characteristic: never read\n\
             remark 1 C (Session date): dates are read month first, as one of them shows\n\
             Attendance \"COMP1002\" None\n\
             3: 01234567||: absent 2026-11-18 840\n"
        );
    }

    #[test]
    fn a_list_of_students_with_a_status_is_no_attendance() {
        use crate::exchange::{list::List, signals::recognise};
        let text = "Student number,Name,Status,Start date\n1,Aisha Rahman,Enrolled,21/09/2026\n";
        assert_eq!(recognise(&List::read(text.as_bytes()).unwrap(), "tutees.csv"), None);
    }
}
