use chrono::{NaiveTime, Offset, TimeZone};
use icalendar::{Calendar, CalendarDateTime, Component, DatePerhapsTime, Event, EventLike};
use proptest::prelude::*;

use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn entry(summary: &str) -> Entry {
    let at = NaiveTime::from_hms_opt(14, 30, 0);
    Entry {
        uid: "0123abcd".into(),
        sequence: 2,
        when: When { on: day("2026-11-25"), at, minutes: 30 },
        summary: summary.into(),
        place: "Room 3; Bennett, ground floor".into(),
        details: "one\ntwo".into(),
        cancelled: false,
    }
}

fn written(entries: &[Entry]) -> String {
    String::from_utf8(write(entries, 1_795_269_720_000)).unwrap()
}

/// The only entry, as another program reads it.
fn read(text: &str) -> Event {
    let calendar: Calendar = text.parse().unwrap();
    let mut events = calendar.events().cloned();
    let event = events.next().unwrap();
    assert!(events.next().is_none());
    event
}

#[test]
fn another_program_reads_what_was_written() {
    let text = written(&[entry("Tutoring meeting: AR")]);
    let event = read(&text);
    assert_eq!(event.get_uid(), Some("0123abcd@tutelage"));
    assert_eq!(event.get_sequence(), Some(2));
    assert_eq!(event.get_summary(), Some("Tutoring meeting: AR"));
    assert_eq!(event.get_location(), Some("Room 3; Bennett, ground floor"));
    assert_eq!(event.get_description(), Some("one\ntwo"));
    assert_eq!(event.get_timestamp().unwrap().to_string(), "2026-11-21 14:02:00 UTC");
    let at = |hour, minute| {
        let date_time = day("2026-11-25").and_hms_opt(hour, minute, 0).unwrap();
        let tzid = "Europe/London".to_owned();
        Some(DatePerhapsTime::DateTime(CalendarDateTime::WithTimezone { date_time, tzid }))
    };
    assert_eq!((event.get_start(), event.get_end()), (at(14, 30), at(15, 0)));
    assert!(text.contains("STATUS:CONFIRMED\r\n") && text.contains("CLASS:PRIVATE\r\n"));
    assert!(text.contains("METHOD:PUBLISH\r\n") && text.contains("BEGIN:VTIMEZONE\r\n"));
}

#[test]
fn a_whole_day_ends_before_the_next_and_takes_no_time() {
    let when = When { on: day("2026-12-31"), at: None, minutes: 0 };
    let text = written(&[Entry { when, cancelled: true, ..entry("Action due for AR") }]);
    let event = read(&text);
    assert_eq!(event.get_start(), Some(DatePerhapsTime::Date(day("2026-12-31"))));
    assert_eq!(event.get_end(), Some(DatePerhapsTime::Date(day("2027-01-01"))));
    assert!(text.contains("TRANSP:TRANSPARENT\r\n") && text.contains("STATUS:CANCELLED\r\n"));
    assert!(!text.contains("VTIMEZONE"), "nothing asks for it");
}

#[test]
fn a_calendar_without_entries_is_one() {
    let text = written(&[]);
    assert!(text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//tutelage//tutelage "));
    assert!(text.ends_with("\r\nEND:VCALENDAR\r\n"));
}

/// What the rules in the file say of a wall time: hours before universal time.
fn offset(at: NaiveDateTime) -> i32 {
    use chrono::{Datelike, Weekday};
    let told = |block: &str, name: &str| {
        let mut lines = ZONE_RULES.iter().skip_while(|line| **line != format!("BEGIN:{block}"));
        lines.find_map(|line| line.strip_prefix(name)).unwrap()
    };
    let hours = |block, name| told(block, name)[..3].parse::<i32>().unwrap();
    let begins = |block| {
        let first =
            NaiveDateTime::parse_from_str(told(block, "DTSTART:"), "%Y%m%dT%H%M%S").unwrap();
        let rule = told(block, "RRULE:FREQ=YEARLY;BYMONTH=").strip_suffix(";BYDAY=-1SU").unwrap();
        let mut day = NaiveDate::from_ymd_opt(at.year(), rule.parse().unwrap(), 31).unwrap();
        while day.weekday() != Weekday::Sun {
            day = day.pred_opt().unwrap();
        }
        assert_eq!(first.weekday(), Weekday::Sun);
        day.and_time(first.time())
    };
    let (summer, winter) = ("DAYLIGHT", "STANDARD");
    assert_eq!(hours(summer, "TZOFFSETFROM:"), hours(winter, "TZOFFSETTO:"));
    assert_eq!(hours(winter, "TZOFFSETFROM:"), hours(summer, "TZOFFSETTO:"));
    let is_summer = at >= begins(summer) && at < begins(winter);
    hours(if is_summer { summer } else { winter }, "TZOFFSETTO:")
}

#[test]
fn the_rules_of_the_zone_are_those_of_the_clock() {
    let mut at = day("2024-01-01").and_hms_opt(0, 30, 0).unwrap();
    while at < day("2032-01-01").and_hms_opt(0, 0, 0).unwrap() {
        // The hour that is left out in spring is none; of the one that comes twice the first is meant.
        if let Some(known) = chrono_tz::Europe::London.offset_from_local_datetime(&at).earliest() {
            assert_eq!(known.fix().local_minus_utc() / 3600, offset(at), "{at}");
        }
        at += TimeDelta::hours(1);
    }
}

proptest! {
    #[test]
    fn no_text_breaks_a_line_or_gets_out_of_its_value(summary in "\\PC{0,200}", more in ".{0,80}") {
        let text = written(&[Entry { details: more, ..entry(&summary) }]);
        for line in text.split_terminator("\r\n") {
            prop_assert!(line.len() <= LONGEST, "{line}");
            prop_assert!(!line.chars().any(char::is_control), "{line:?}");
        }
        let unfolded = text.replace("\r\n ", "");
        let events = unfolded.lines().filter(|line| *line == "BEGIN:VEVENT").count();
        prop_assert_eq!(events, 1);
        let event = read(&text);
        prop_assert_eq!(event.get_summary().unwrap_or_default(), summary);
    }
}
