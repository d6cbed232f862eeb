//! Reports as Teams writes them: names, times and addresses made up.

use super::{
    super::{
        Session, Told,
        testing::{self, lines, read_bytes},
    },
    *,
};
use crate::exchange::list::List;

const REPORT: &str = "1. Summary\n\
    Meeting title\tCOMP1001 WeThrive group 4\n\
    Attended participants\t4\n\
    Start time\t11/26/25, 4:00:54 PM\n\
    End time\t11/26/25, 5:02:10 PM\n\
    Meeting duration\t1h 1m 16s\n\
    Average attendance time\t43m 2s\n\
    \n\
    2. Participants\n\
    Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole\tEngagement: Cameras\n\
    Dr Amara Okafor\t11/26/25, 4:00:54 PM\t11/26/25, 5:02:10 PM\t1h 1m 16s\ta.okafor@example.ac.uk\tao1@example.ac.uk\tOrganizer\t3\n\
    Aisha Rahman\t11/26/25, 4:02:00 PM\t11/26/25, 5:02:09 PM\t1h 9s\taisha@example.ac.uk\t20481234@example.ac.uk\tAttendee\t1\n\
    Ben O'Connor (Guest)\t11/26/25, 4:16:54 PM\t11/26/25, 4:17:50 PM\t56s\t\t\tAttendee\t\n\
    Zoë Björk\t11/26/25, 4:16:54 PM\t11/26/25, 5:00:00 PM\t43m 6s\tZoe@example.ac.uk\tzb3@example.ac.uk\tAttendee\t0\n\
    \n\
    3. In-Meeting Activities\n\
    Name\tJoin Time\tLeave Time\tDuration\tEmail\tRole\n\
    Aisha Rahman\t11/26/25, 4:02:00 PM\t11/26/25, 5:02:09 PM\t1h 9s\taisha@example.ac.uk\tAttendee\n";

fn told() -> Told {
    testing::told("report.csv")
}

fn read(text: &str) -> Reading {
    testing::read("report.csv", text).unwrap()
}

fn utf16(text: &str) -> Vec<u8> {
    format!("\u{FEFF}{}", text.replace('\n', "\r\n"))
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect()
}

#[test]
fn a_report_of_three_blocks_says_who_came_and_who_hardly_did() {
    let readings = read_bytes(&utf16(REPORT), &told()).unwrap();
    assert_eq!(
        lines(&readings[0]),
        "Teams \"COMP1001\" None\n\
         12: 20481234|aisha@example.ac.uk|Aisha Rahman: present 2025-11-26 960\n\
         13: ||Ben O'Connor: absent 2025-11-26 960\n\
         14: |zoe@example.ac.uk|Zoë Björk: present 2025-11-26 960\n\
         remark 10 G (Role): one organiser or presenter was left out\n"
    );
}

#[test]
fn the_comings_and_goings_of_the_third_block_are_not_read() {
    let without = REPORT.split("3. In").next().unwrap();
    let (with, without) = (read(REPORT), read(without));
    assert_eq!((&with.people, with.rejected.len()), (&without.people, 0));
}

#[test]
fn a_session_for_everyone_is_held_so_that_who_is_missing_can_be_told() {
    let session = Session { minutes: 0, everyone: true, compulsory: true };
    let readings = read_bytes(REPORT.as_bytes(), &Told { session, ..told() }).unwrap();
    let said = lines(&readings[0]);
    assert!(said.contains("held 2025-11-26 at 960 true"), "{said}");
    assert!(said.contains("Ben O'Connor: present 2025-11-26 960 compulsory"), "{said}");
    assert_eq!(read(REPORT).held, []);
}

#[test]
fn who_presented_at_a_session_for_everyone_has_come() {
    let text = REPORT.replace("\tAttendee\t1\n", "\tPresenter\t1\n");
    let session = Session { everyone: true, ..Session::default() };
    let readings = read_bytes(text.as_bytes(), &Told { session, ..told() }).unwrap();
    let said = lines(&readings[0]);
    assert!(said.contains("Aisha Rahman: present 2025-11-26 960\n"), "{said}");
    assert!(said.contains("Dr Amara Okafor: present"), "{said}");
    assert!(said.contains("counted as having come, if they are students of yours"), "{said}");
    assert!(!lines(&read(&text)).contains("Aisha Rahman"), "left out where not all were to come");
}

#[test]
fn the_older_table_has_a_row_for_each_coming_and_they_are_added_up() {
    let reading = read(
        "Full Name\tJoin Time\tLeave Time\tDuration\tEmail\tRole\tParticipant ID (UPN)\n\
         Dr Amara Okafor\t2/10/2025, 9:55:11 AM\t2/10/2025, 11:01:00 AM\t1h 5m\tao@example.ac.uk\tOrganizer\tao@example.ac.uk\n\
         Aisha Rahman\t2/10/2025, 10:00:01 AM\t2/10/2025, 10:03:01 AM\t3m\tar@example.ac.uk\tPresenter\tar@example.ac.uk\n\
         Aisha Rahman\t2/10/2025, 10:20:01 AM\t2/10/2025, 10:23:01 AM\t3m\tAR@example.ac.uk\tPresenter\tar@example.ac.uk\n\
         Ben O'Connor\t2/10/2025, 10:20:01 AM\t2/10/2025, 10:23:01 AM\tlong\tbo@example.ac.uk\tPresenter\tbo@example.ac.uk\n\
         Ci Wu\tsoon\t\t3m\tcw@example.ac.uk\tPresenter\tcw@example.ac.uk\n",
    );
    assert_eq!(
        lines(&reading),
        "Teams \"\" None\n\
         3: |ar@example.ac.uk|Aisha Rahman: present 2025-02-10 595\n\
         rejected 5 D (Duration): is no duration such as 1h 2m 10s\n\
         rejected 6 B (Join Time): is no date with a time\n\
         remark 1 F (Role): everyone but the organiser was a presenter, so presenters are taken for students\n"
    );
}

#[test]
fn the_oldest_list_only_names_joining_and_leaving() {
    let reading = read(
        "Full Name\tUser Action\tTimestamp\n\
         Aisha Rahman\tJoined\t26/11/2025, 16:02:00\n\
         Aisha Rahman\tLeft\t26/11/2025, 17:02:00\n",
    );
    assert_eq!(lines(&reading), "Teams \"\" None\n2: ||Aisha Rahman: present 2025-11-26 962\n");
}

#[test]
fn dates_are_american_with_a_clock_of_twelve_hours_and_never_in_the_future() {
    let day = |text: &str| {
        let reading = read(&format!(
            "Full Name\tJoin Time\tLeave Time\tDuration\tEmail\nA B\t{text}\t\t9m\ta@example.org\n"
        ));
        lines(&reading).split("present ").nth(1).unwrap().trim().to_owned()
    };
    assert_eq!(day("11/10/25, 4:16:54 PM"), "2025-11-10 976");
    assert_eq!(day("11/10/25, 4:16:54\u{202F}PM"), "2025-11-10 976");
    assert_eq!(day("11/10/2025, 16:16:54"), "2025-10-11 976");
    assert_eq!(day("26/11/25, 4:16:54 PM"), "2025-11-26 976");
    assert_eq!(day("1/12/26, 4:16:54 PM"), "2026-01-12 976");
    assert_eq!(day("12/1/26, 4:16:54 PM"), "2026-01-12 976");
}

#[test]
fn a_report_without_any_time_is_refused() {
    let list = List::read(b"Full Name,Join Time,Leave Time,Email\nA B,,,a@example.org\n").unwrap();
    let refusal = super::super::read(&list, &told()).unwrap_err();
    assert_eq!(
        refusal.to_string(),
        "Row 1: the time of the meeting cannot be found, so nothing was read."
    );
}

#[test]
fn durations_are_read_in_every_usual_form() {
    for (text, seconds) in [
        ("1h 2m 10s", Some(3_730)),
        ("56s", Some(56)),
        ("1 hour 2 minutes", Some(3_720)),
        ("1:02:10", Some(3_730)),
        ("02:10", Some(130)),
        ("1h\u{202F}2m", Some(3_720)),
        ("99999999999h", None),
        ("4294967295h", None),
        ("long", None),
        ("12", None),
        ("", None),
    ] {
        assert_eq!(duration(text), seconds, "{text}");
    }
}
