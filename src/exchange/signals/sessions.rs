//! Moodle's attendance activity: one row for each student, one column for each session.
//!
//! Above the header stand the course and the group. A session's header is when it began and for whom: `3 Oct 2025
//! 10.00AM All students`; its cells are `P`, `L`, `E`, `A`, or `?` where nobody took the register. Behind the sessions
//! stand sums (`Taken sessions`, `Percentage`), which are left out: what they count has no days.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Timelike};

use super::{
    Export, module_code,
    people::People,
    presence::{self, Said},
    sayings::Sayings,
    when,
};
use crate::{
    domain::{
        engagement::Source,
        reading::{Fact, Reading},
        signal::Presence,
    },
    exchange::{
        Refusal,
        dates::{self, Order},
        table::Row,
    },
};

/// Whether the headers are those of registers.
pub(super) fn is(export: &Export<'_>) -> bool {
    let summed = export.column(&["takensessions"]).is_some();
    People::of(export).is_ok() && (summed || !sessions(export).is_empty())
}

/// Reads the registers.
pub(super) fn read(export: &Export<'_>) -> Result<Reading, Refusal> {
    let people = People::of(export)?;
    let sessions = sessions(export);
    if sessions.is_empty() {
        return Err(Refusal::Lacks {
            row: export.header_row(),
            what: "a column whose name is the day and time of a session",
        });
    }
    let mut sayings = Sayings::of(export);
    let mut unknown = vec![0_u32; sessions.len()];
    export.each_row(&mut sayings, |sayings, row| {
        let place = sayings.person(row.number(), people.who(row)?);
        sayings.add(place, Fact::Member);
        for (session, unknown) in sessions.iter().zip(&mut unknown) {
            match session.read(row) {
                Some(Said::Nothing) => {}
                None => *unknown += 1,
                Some(Said::Was(presence)) => {
                    sayings.as_of = sayings.as_of.max(Some(session.on));
                    sayings.add(place, session.fact(presence));
                }
            }
        }
        Ok(())
    });
    for (session, cells) in sessions.iter().zip(unknown).filter(|(_, cells)| *cells > 0) {
        let text = format!("what {cells} cells say is not known (not P, L, E or A): left out");
        sayings.remarks.push(export.about_column(session.column, text));
    }
    sayings.as_of = export.file_day().max(sayings.as_of);
    let course = export.above(&["course"]).unwrap_or_default();
    sayings.module = module_code::find(course).unwrap_or_else(|| match export.file_module() {
        code if code.is_empty() => course.to_owned(),
        code => code,
    });
    Ok(sayings.reading(export, Source::MoodleAttendance))
}

/// A column that is a session.
struct Session {
    column: usize,
    on: NaiveDate,
    key: u16,
    compulsory: bool,
}

impl Session {
    fn fact(&self, presence: Presence) -> Fact {
        Fact::Session { on: self.on, key: self.key, presence, compulsory: self.compulsory }
    }

    /// What a cell says; none where that is not known. Points may stand behind the word: `P (2/2)`.
    fn read(&self, row: Row<'_>) -> Option<Said> {
        let text = row.cell(self.column);
        let word = text.split([' ', '(', ':']).next().unwrap_or_default();
        presence::status(text).or_else(|| presence::status(word))
    }
}

/// The columns whose headers begin with a day and a time.
fn sessions(export: &Export<'_>) -> Vec<Session> {
    let headers = export.list.headers();
    let order = dates::order(headers.iter().copied());
    let session = |(column, header): (usize, &&str)| {
        let moment = begins(header, order, export.told.today)?;
        let key = minute(moment.time());
        Some(Session { column, on: moment.date(), key, compulsory: is_compulsory(header) })
    };
    headers.iter().enumerate().filter_map(session).collect()
}

/// When a session began by its header; a header without a time is none.
fn begins(header: &str, order: Order, today: NaiveDate) -> Option<NaiveDateTime> {
    let digits = header.bytes().any(|byte| byte.is_ascii_digit());
    let (before, time, _) = when::at_time(header).filter(|_| digits)?;
    Some(when::day(before, order, today)?.and_time(time))
}

/// The minute of the day, by which the sessions of a day are told apart.
fn minute(time: NaiveTime) -> u16 {
    u16::try_from(time.num_seconds_from_midnight() / 60).unwrap_or_default()
}

/// Whether a session's name says that everybody must come.
fn is_compulsory(name: &str) -> bool {
    let name = name.to_lowercase();
    name.contains("compulsory") || name.contains("mandatory") || name.contains("personal tut")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::signals::testing::read;

    const REGISTERS: &str = "Course\tContract Law (LAW 2014)\nGroup\tAll participants\n\n\
        Last name\tFirst name\tID number\t3 Oct 2025 10.00AM All students\t10 Oct 2025 2.00PM Personal tutorial\tP\tL\tE\tA\tTaken sessions\tPercentage\n\
        Rahman\tAisha\t20481234\tP\tA\t1\t0\t0\t1\t2\t50.0%\n\
        Ito\tBen\t20481235\tL\tE\t0\t1\t1\t0\t2\t100.0%\n\
        Roe\tCy\t20481236\t?\tX\t0\t0\t0\t0\t0\t0.0%\n";

    #[test]
    fn registers_say_who_came_to_which_session() {
        let reading = read("x.csv", REGISTERS).unwrap();
        assert_eq!(
            (reading.module.as_str(), reading.as_of),
            ("LAW2014", "2025-10-10".parse().ok())
        );
        let session = |day: &str, key, presence, compulsory| {
            let on = day.parse().unwrap();
            Fact::Session { on, key, presence, compulsory }
        };
        let first = |presence| session("2025-10-03", 600, presence, false);
        let second = |presence| session("2025-10-10", 840, presence, true);
        let facts: Vec<_> = reading.people.iter().map(|seen| seen.facts.as_slice()).collect();
        assert_eq!(facts[0], [Fact::Member, first(Presence::Present), second(Presence::Absent)]);
        assert_eq!(facts[1], [Fact::Member, first(Presence::Late), second(Presence::Authorised)]);
        assert_eq!(facts[2], [Fact::Member]);
        assert_eq!(
            reading.remarks[0].text,
            "what 1 cells say is not known (not P, L, E or A): left out"
        );
    }

    #[test]
    fn sums_without_sessions_are_refused() {
        let text = "First name,Last name,Taken sessions,Percentage\nAisha,Rahman,2,50\n";
        assert_eq!(
            read("x.csv", text).unwrap_err().to_string(),
            "Row 1: a column whose name is the day and time of a session cannot be found, so nothing was read."
        );
    }
}
