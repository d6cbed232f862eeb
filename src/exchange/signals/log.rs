//! Moodle's course log: one row for each thing that somebody did, newest first.
//!
//! `Time, User full name, Affected user, Event context, Component, Event name, Description, Origin, IP address`; the
//! log of a whole site has `Course` before them. Names are all it says of people, and sites hide those as `-`.

use super::{Export, sayings::Sayings};
use crate::{
    domain::{engagement::Source, reading::Reading},
    exchange::Refusal,
};

mod events;
mod telling;

use events::Events;

/// Whether the headers are those of a log.
pub(super) fn is(export: &Export<'_>) -> bool {
    export.has(&["time", "eventcontext", "eventname"])
}

/// Reads a log.
pub(super) fn read(export: &Export<'_>) -> Result<Reading, Refusal> {
    let columns = Columns::of(export).ok_or_else(|| Refusal::NoIdentity {
        row: export.header_row(),
        columns: export.list.width(),
    })?;
    let mut sayings = Sayings::of(export);
    let mut events = Events::new(export, columns);
    export.each_row(&mut sayings, |_, row| events.take(row));
    events.refuse_hidden()?;
    telling::tell(&events, export, &mut sayings);
    Ok(sayings.reading(export, Source::MoodleLog))
}

#[derive(Clone, Copy)]
struct Columns {
    time: usize,
    name: usize,
    affected: Option<usize>,
    context: usize,
    event: usize,
    description: Option<usize>,
    origin: Option<usize>,
    course: Option<usize>,
}

impl Columns {
    fn of(export: &Export<'_>) -> Option<Self> {
        Some(Self {
            time: export.column(&["time"])?,
            name: export.column(&["userfullname", "fullname", "name"])?,
            affected: export.column(&["affecteduser"]),
            context: export.column(&["eventcontext"])?,
            event: export.column(&["eventname"])?,
            description: export.column(&["description"]),
            origin: export.column(&["origin"]),
            course: export.column(&["course"]),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::reading::Fact,
        exchange::{
            list::List,
            signals::{
                recognise,
                testing::{self, read},
            },
            students,
        },
    };

    const HEADER: &str = "Time,User full name,Affected user,Event context,Component,Event name,Description,Origin,IP address\n";

    fn log(rows: &[&str]) -> String {
        rows.iter().fold(HEADER.to_owned(), |text, row| text + row + "\n")
    }

    fn small() -> String {
        log(&[
            r#""17/10/25, 12:39",Aisha Rahman,-,Assignment: Essay 1,Assignment,A submission has been submitted.,x,web,192.0.2.1"#,
            r#""17/10/25, 12:38",Aisha Rahman,-,Course: Contract Law (LAW 2014),System,Course viewed,x,web,192.0.2.1"#,
            r#""16/10/25, 9:00",Dr Okafor,Ben Ito,Assignment: Essay 1,Assignment,An extension has been granted.,x,web,192.0.2.1"#,
            r#""16/10/25, 8:59",Dr Okafor,-,Assignment: Essay 1,Assignment,Grading table viewed,x,web,192.0.2.1"#,
            r#""15/10/25, 8:00",-,-,Course: Contract Law (LAW 2014),System,Course viewed,x,web,192.0.2.1"#,
            r#""29/02/25, 8:00",Ben Ito,-,Course: Contract Law (LAW 2014),System,Course viewed,x,web,192.0.2.1"#,
            r#""3/10/25, 8:00",Ben Ito,-,Course: Contract Law (LAW 2014),System,Course viewed,x,ws,192.0.2.1"#,
            r#""2/10/25, 23:59",Cy Roe,-,Course: Contract Law (LAW 2014),System,Course viewed,x,web,192.0.2.1"#,
            r#""2/10/25, 3:00",Cy Roe,-,Course: Contract Law (LAW 2014),System,Course activity completion updated,x,cli,"#,
            r#""1/10/25, 9:00",Dr Okafor,Di Noe,Course: Contract Law (LAW 2014),System,User enrolled in course,x,web,192.0.2.1"#,
        ])
    }

    #[test]
    fn a_log_says_who_was_active_when_and_what_was_handed_in() {
        let reading = read("logs.csv", &small()).unwrap();
        assert_eq!((reading.module.as_str(), reading.rows), ("LAW2014", 10));
        assert_eq!(reading.as_of, "2025-10-17".parse().ok());
        assert_eq!(reading.tasks[0].name, "Essay 1");
        let day = |day: &str| day.parse().unwrap();
        let facts = |name: &str| {
            let seen = reading.people.iter().find(|seen| seen.who.name == name);
            seen.map(|seen| seen.facts.clone())
        };
        let handed = Fact::Handed(0, Some(day("2025-10-17")));
        assert_eq!(facts("Aisha Rahman"), Some(vec![Fact::Active(day("2025-10-17")), handed]));
        assert_eq!(
            facts("Ben Ito"),
            Some(vec![Fact::Active(day("2025-10-03"))]),
            "has an extension"
        );
        let cy = vec![Fact::Active(day("2025-10-02")), Fact::NotHanded(0)];
        assert_eq!(facts("Cy Roe"), Some(cy));
        assert_eq!(facts("Di Noe"), Some(vec![Fact::Member]), "has no row of their own");
        assert_eq!(facts("Dr Okafor"), None, "teaches");
        assert_eq!((reading.rejected[0].row, reading.rejected[0].column.as_str()), (7, "A (Time)"));
        assert_eq!(reading.remarks.len(), 2);
    }

    #[test]
    fn a_log_of_everybody_says_also_what_those_have_not_done_who_did_nothing() {
        let mut told = testing::told("logs.csv");
        told.session.everyone = true;
        let readings = testing::read_bytes(small().as_bytes(), &told).unwrap();
        assert!(readings[0].everyone && readings[0].hides);
        let facts = |name: &str| {
            let seen = readings[0].people.iter().find(|seen| seen.who.name == name);
            seen.map(|seen| seen.facts.clone())
        };
        assert_eq!(facts("Di Noe"), Some(vec![Fact::Member, Fact::NotHanded(0)]));
    }

    #[test]
    fn what_one_hands_in_for_a_group_says_nothing_of_who_is_missing() {
        let missing = |description: &str| {
            let text =
                small().replace("been submitted.,x,", &format!("been submitted.,{description},"));
            let reading = read("logs.csv", &text).unwrap();
            let all = reading.people.iter().flat_map(|seen| &seen.facts);
            let missing = all.filter(|fact| matches!(fact, Fact::NotHanded(_))).count();
            (missing, reading.remarks.iter().any(|remark| remark.text.contains("for a group")))
        };
        assert_eq!(missing("has submitted the submission with id '7'"), (1, false));
        assert_eq!(missing("has submitted it for the group with id '3'"), (0, true));
    }

    #[test]
    fn a_mark_alone_makes_nobody_a_teacher() {
        let text = log(&[
            r#""17/10/25, 12:39",Aisha Rahman,Ben Ito,Workshop: Peer review,Workshop,User graded,x,web,192.0.2.1"#,
        ]);
        let reading = read("logs.csv", &text).unwrap();
        assert_eq!(reading.people[0].who.name, "Aisha Rahman");
    }

    #[test]
    fn who_was_unenrolled_has_left_unless_enrolled_again() {
        let row = |time: &str, event: &str| {
            format!(
                "\"{time}\",Dr Okafor,Di Noe,Course: X (LAW 2014),System,{event},x,web,192.0.2.1"
            )
        };
        let (left, came) = ("User unenrolled from course", "User enrolled in course");
        let read = |rows: &[String]| {
            let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
            let reading = read("logs.csv", &log(&rows)).unwrap();
            reading.people.iter().find(|seen| seen.who.name == "Di Noe").unwrap().facts.clone()
        };
        let gone = [row("9/10/25, 9:00", left), row("1/10/25, 9:00", came)];
        assert_eq!(read(&gone), [Fact::Left]);
        let back = [row("19/10/25, 9:00", came), gone[0].clone(), gone[1].clone()];
        assert_eq!(read(&back), [Fact::Member]);
    }

    #[test]
    fn a_log_that_begins_shortly_before_says_nothing_of_what_is_missing() {
        let rows = small();
        let recent: Vec<&str> = rows.lines().skip(1).take(4).collect();
        let reading = read("logs.csv", &log(&recent)).unwrap();
        let all = reading.people.iter().flat_map(|seen| &seen.facts);
        assert!(all.into_iter().all(|fact| !matches!(fact, Fact::NotHanded(_))));
    }

    #[test]
    fn the_log_of_a_site_says_only_who_was_active() {
        let row = |course: &str, name: &str| {
            format!(
                "{course},\"17/10/25, 12:39\",{name},-,Assignment: Essay,Assignment,A submission has been submitted.,x,web,::1\n"
            )
        };
        let text =
            format!("Course,{HEADER}{}{}", row("A", "Aisha Rahman"), row("B", "Aisha Rahman"));
        let reading = read("logs.csv", &text).unwrap();
        assert_eq!(
            (reading.module.as_str(), reading.tasks.len(), reading.people.len()),
            ("", 0, 1)
        );
        assert_eq!(reading.people[0].facts.len(), 1);
    }

    #[test]
    fn a_log_without_names_is_refused_with_its_place() {
        let text =
            log(&[r#""27/06/17, 05:54",-,-,Course: X,System,Course viewed,x,web,192.0.2.1"#]);
        assert_eq!(
            read("logs.csv", &text).unwrap_err().to_string(),
            "Row 2, column 2: the name is hidden in every row, so nobody can be told by it. Ask for the log with names, from somebody who may see them in Moodle."
        );
    }

    #[test]
    fn a_log_is_no_list_of_students() {
        let list = List::read(small().as_bytes()).unwrap();
        assert_eq!(recognise(&list, "x.csv"), Some(Source::MoodleLog));
        let mapping = crate::exchange::mapping::Guess::of(&list).mapping;
        let today = crate::exchange::signals::testing::today();
        assert_eq!(
            students::drafts(&list, &mapping, today).unwrap_err().to_string(),
            "This is a Moodle course log: import it as signals, not as students."
        );
    }
}
