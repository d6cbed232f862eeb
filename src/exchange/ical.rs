//! iCalendar files (RFC 5545): an agenda to the bytes that Outlook, Google Calendar, Thunderbird and phones read.
//!
//! Written by hand: the writers at hand leave lines of 76 octets when they fold, and read the clock by themselves.

use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, TimeDelta};

use crate::domain::agenda::{Entry, When};

/// The most octets of a line without its end.
const LONGEST: usize = 75;

/// Where wall times are, as RFC 5545 names it and explains it. The rule is that of Britain since 1996.
const ZONE: &str = "Europe/London";
const ZONE_RULES: [&str; 16] = [
    "BEGIN:VTIMEZONE",
    "TZID:Europe/London",
    "BEGIN:DAYLIGHT",
    "TZNAME:BST",
    "TZOFFSETFROM:+0000",
    "TZOFFSETTO:+0100",
    "DTSTART:19960331T010000",
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
    "END:DAYLIGHT",
    "BEGIN:STANDARD",
    "TZNAME:GMT",
    "TZOFFSETFROM:+0100",
    "TZOFFSETTO:+0000",
    "DTSTART:19961027T020000",
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
    "END:STANDARD",
];

/// The file. Whoever sees a shared calendar sees that these times are taken, and no more: every entry is private.
#[must_use]
pub fn write(entries: &[Entry], utc_ms: i64) -> Vec<u8> {
    let mut out = Lines::default();
    out.put("BEGIN:VCALENDAR");
    out.put("VERSION:2.0");
    out.put(concat!("PRODID:-//tutelage//tutelage ", env!("CARGO_PKG_VERSION"), "//EN"));
    out.put("CALSCALE:GREGORIAN");
    out.put("METHOD:PUBLISH");
    if entries.iter().any(|entry| entry.when.at.is_some()) {
        for line in ZONE_RULES {
            out.put(line);
        }
        out.put("END:VTIMEZONE");
    }
    let stamp = DateTime::from_timestamp_millis(utc_ms).unwrap_or_default().naive_utc();
    for entry in entries {
        event(&mut out, entry, stamp);
    }
    out.put("END:VCALENDAR");
    out.0
}

fn event(out: &mut Lines, entry: &Entry, stamp: NaiveDateTime) {
    out.put("BEGIN:VEVENT");
    out.put(&format!("UID:{}@tutelage", text(&entry.uid)));
    out.put(&format!("DTSTAMP:{}Z", moment(stamp)));
    out.put(&format!("SEQUENCE:{}", entry.sequence));
    out.put(if entry.cancelled { "STATUS:CANCELLED" } else { "STATUS:CONFIRMED" });
    span(out, entry.when);
    out.put(&format!("SUMMARY:{}", text(&entry.summary)));
    for (name, value) in [("LOCATION", &entry.place), ("DESCRIPTION", &entry.details)] {
        if !value.is_empty() {
            out.put(&format!("{name}:{}", text(value)));
        }
    }
    out.put("CLASS:PRIVATE");
    out.put("END:VEVENT");
}

/// From when to when; a whole day takes nobody's time. The end does not belong to it.
fn span(out: &mut Lines, when: When) {
    let Some(at) = when.at else {
        out.put(&format!("DTSTART;VALUE=DATE:{}", date(when.on)));
        let next = when.on.checked_add_days(Days::new(1)).unwrap_or(when.on);
        out.put(&format!("DTEND;VALUE=DATE:{}", date(next)));
        return out.put("TRANSP:TRANSPARENT");
    };
    let from = when.on.and_time(at);
    let to = from.checked_add_signed(TimeDelta::minutes(when.minutes.into())).unwrap_or(from);
    out.put(&format!("DTSTART;TZID={ZONE}:{}", moment(from)));
    if to > from {
        out.put(&format!("DTEND;TZID={ZONE}:{}", moment(to)));
    }
}

fn moment(at: NaiveDateTime) -> String {
    at.format("%Y%m%dT%H%M%S").to_string()
}

fn date(day: NaiveDate) -> String {
    day.format("%Y%m%d").to_string()
}

/// A text as a value: what has a meaning gets a backslash, and what no text may hold becomes a blank.
fn text(value: &str) -> String {
    let mut escaped = String::with_capacity(value.len());
    for c in value.replace("\r\n", "\n").chars() {
        match c {
            '\\' | ';' | ',' => escaped.extend(['\\', c]),
            '\n' => escaped.push_str("\\n"),
            c if c.is_control() => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}

/// The lines of a file.
#[derive(Default)]
struct Lines(Vec<u8>);

impl Lines {
    /// One line, folded where it is long and never inside a letter.
    fn put(&mut self, line: &str) {
        let mut room = LONGEST;
        for c in line.chars() {
            if c.len_utf8() > room {
                self.0.extend_from_slice(b"\r\n ");
                room = LONGEST - 1;
            }
            room -= c.len_utf8();
            self.0.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
        }
        self.0.extend_from_slice(b"\r\n");
    }
}

#[cfg(test)]
mod tests;
