//! Attendance reports of Microsoft Teams: who came to one meeting and how long they stayed.
//!
//! Newer reports have three blocks: a summary, the participants, and each of their comings and goings, which is not
//! read. Older ones have one table with a row for each coming; the oldest only name joining and leaving.

use std::collections::HashMap;

use chrono::{NaiveDateTime, Timelike};

use super::{Export, module_code, people::People, sayings::Sayings, when};
use crate::{
    domain::{
        engagement::Source,
        reading::{Fact, Held, Reading, Who},
        roll::Remark,
        signal::Presence,
    },
    exchange::{
        Refusal, cell,
        dates::Order,
        headers, identity, list,
        student_row::Wrong,
        table::{Fault, Row},
    },
};

const JOINED: [&str; 4] = ["firstjoin", "jointime", "firstjointime", "timestamp"];
const LEFT: [&str; 3] = ["lastleave", "leavetime", "lastleavetime"];
const STAYED: [&str; 4] = ["inmeetingduration", "duration", "totalduration", "attendanceduration"];

/// Whether the headers are those of a report.
pub(super) fn is(export: &Export<'_>) -> bool {
    export.has(&["firstjoin", "lastleave"])
        || export.has(&["jointime", "leavetime"])
        || export.has(&["useraction", "timestamp"])
}

/// What the rows about one person say together.
struct Guest {
    row: u32,
    who: Who,
    role: Role,
    /// Seconds in the meeting; none where no row says so.
    stayed: Option<u32>,
    came: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Role {
    Attendee,
    Presenter,
    Organiser,
}

/// Reads a report.
pub(super) fn read(export: &Export<'_>) -> Result<Reading, Refusal> {
    let report = Report::of(export)?;
    let mut sayings = Sayings::of(export);
    let title = export.above(&["meetingtitle", "title"]);
    let titled = title.and_then(module_code::find);
    sayings.module = titled.unwrap_or_else(|| export.file_module());
    let guests = report.guests(&mut sayings);
    let Some(start) = report.start() else {
        return Err(Refusal::Lacks { row: export.header_row(), what: "the time of the meeting" });
    };
    let told = export.told.session;
    let students = who_teaches(export, &guests, &mut sayings);
    let (on, key) = (start.date(), minute(start));
    for guest in guests {
        // Of a session for everyone it must be known who came, whatever they did there.
        if guest.role > students && !(told.everyone && guest.came) {
            continue;
        }
        let long = guest.stayed.is_none_or(|stayed| stayed >= u32::from(told.minutes) * 60);
        let came = guest.came && (long || guest.role > students);
        let presence = if came { Presence::Present } else { Presence::Absent };
        let person = sayings.person(guest.row, guest.who);
        let compulsory = told.compulsory;
        sayings.add(person, Fact::Session { on, key, presence, compulsory });
    }
    if told.everyone {
        sayings.held.push(Held { on, key, compulsory: told.compulsory });
    }
    Ok(sayings.reading(export, Source::Teams))
}

/// Which minute of its day a moment is in.
fn minute(moment: NaiveDateTime) -> u16 {
    u16::try_from(moment.hour() * 60 + moment.minute()).unwrap_or(0)
}

/// Up to which role somebody is a student: where nobody only attends, everyone may present, and presenters are students.
fn who_teaches(export: &Export<'_>, guests: &[Guest], sayings: &mut Sayings) -> Role {
    let attends = guests.iter().any(|guest| guest.role == Role::Attendee);
    let students = if attends { Role::Attendee } else { Role::Presenter };
    let staff = guests.iter().filter(|guest| guest.role > students).count();
    if staff > 0 {
        let done = if export.told.session.everyone {
            "counted as having come, if they are students of yours"
        } else {
            "left out"
        };
        let text = match (attends, staff) {
            (true, 1) => format!("one organiser or presenter was {done}"),
            (true, _) => format!("{staff} organisers and presenters were {done}"),
            (false, _) => {
                "everyone but the organiser was a presenter, so presenters are taken for students"
                    .to_owned()
            }
        };
        let column = export.column(&["role"]);
        let column = column.map_or_else(String::new, |column| export.list.column_name(column));
        sayings.remarks.push(Remark { row: export.header_row(), column, text });
    }
    students
}

/// Where the report says what, and how it writes its times.
struct Report<'a> {
    export: &'a Export<'a>,
    people: People,
    address: Option<usize>,
    joined: usize,
    left: Option<usize>,
    stayed: Option<usize>,
    role: Option<usize>,
    action: Option<usize>,
    order: Order,
}

impl<'a> Report<'a> {
    fn of(export: &'a Export<'a>) -> Result<Self, Refusal> {
        let joined = export.column(&JOINED);
        let joined = joined.ok_or(Refusal::Lacks {
            row: export.header_row(),
            what: "a column of when people came",
        })?;
        let mut report = Self {
            export,
            people: People { number: None, ..People::of(export)? },
            address: export.column(&[
                "participantidupn",
                "upn",
                "participantid",
                "userprincipalname",
            ]),
            joined,
            left: export.column(&LEFT),
            stayed: export.column(&STAYED),
            role: export.column(&["role"]),
            action: export.column(&["useraction"]),
            order: Order::MonthFirst,
        };
        report.order = report.order_of_dates();
        Ok(report)
    }

    /// The participants, up to the block of comings and goings.
    fn rows(&self) -> impl Iterator<Item = (Row<'a>, Option<&'a Fault>)> {
        let (table, header) = (self.export.list.table(), self.export.header_row());
        let rows = table.rows().enumerate().skip_while(move |(_, row)| row.number() <= header);
        rows.take_while(|(_, row)| headers::plain(row.cell(0)) != "inmeetingactivities")
            .map(|(index, row)| (row, table.fault(index)))
    }

    /// Month first with a clock of twelve hours, day first with one of twenty-four, unless the dates say otherwise; no
    /// meeting is in the future.
    fn order_of_dates(&self) -> Order {
        let joined = self.rows().map(|(row, _)| row.cell(self.joined));
        let texts: Vec<&str> = self.export.above(&STARTS).into_iter().chain(joined).collect();
        let of_twelve = |text: &&str| {
            text.to_lowercase().ends_with('m') && self.moment_in(text, Order::MonthFirst).is_some()
        };
        match when::fitting(&texts, self.export.told.today) {
            (true, false) => Order::MonthFirst,
            (true, true) if texts.iter().any(of_twelve) => Order::MonthFirst,
            _ => Order::DayFirst,
        }
    }

    fn moment_in(&self, text: &str, order: Order) -> Option<NaiveDateTime> {
        when::moment(text, order, self.export.told.today)
    }

    fn moment(&self, text: &str) -> Option<NaiveDateTime> {
        self.moment_in(text, self.order)
    }

    /// When the meeting began: as the summary says, else when the first came.
    fn start(&self) -> Option<NaiveDateTime> {
        let told = self.export.above(&STARTS).and_then(|text| self.moment(text));
        told.or_else(|| {
            let joined = |row: Row<'_>| self.moment(row.cell(self.joined));
            self.rows().filter_map(|(row, _)| joined(row)).min()
        })
    }

    /// Everyone once, however often they came.
    fn guests(&self, sayings: &mut Sayings) -> Vec<Guest> {
        let mut guests: Vec<Guest> = Vec::new();
        let mut places: HashMap<Who, usize> = HashMap::new();
        for (row, fault) in self.rows() {
            let read = match fault {
                Some(fault) => Err((Some(fault.column), fault.reason.clone())),
                None => self.guest(row),
            };
            let guest = match read {
                Ok(guest) => guest,
                Err(wrong) => {
                    sayings.reject(self.export, row.number(), wrong);
                    continue;
                }
            };
            let next = guests.len();
            match guests.get_mut(*places.entry(guest.who.clone()).or_insert(next)) {
                Some(known) => {
                    known.role = known.role.max(guest.role);
                    known.came |= guest.came;
                    known.stayed = match (known.stayed, guest.stayed) {
                        (Some(one), Some(two)) => Some(one.saturating_add(two)),
                        (one, two) => one.or(two),
                    };
                }
                None => guests.push(guest),
            }
        }
        guests
    }

    fn guest(&self, row: Row<'_>) -> Result<Guest, Wrong> {
        let mut who = self.people.who(row)?;
        let address = self.address.and_then(|column| identity::email(row.cell(column)));
        if let Some(address) = address {
            let local = address.split('@').next().unwrap_or_default();
            if list::looks_like_number(local) {
                local.clone_into(&mut who.number);
            }
            if who.email.is_empty() {
                address.clone_into(&mut who.email);
            }
        }
        who.email = who.email.to_lowercase();
        who.name.truncate(without_mark(&who.name).len());
        let joined = row.cell(self.joined);
        let came = !cell::is_no_value(joined);
        if came && self.moment(joined).is_none() {
            return Err((Some(self.joined), "is no date with a time".to_owned()));
        }
        let role = self.role.map_or(Role::Attendee, |column| role(row.cell(column)));
        Ok(Guest { row: row.number(), who, role, stayed: self.stay(row)?, came })
    }

    /// Seconds in the meeting, from the duration or from coming and leaving.
    fn stay(&self, row: Row<'_>) -> Result<Option<u32>, Wrong> {
        if let Some(column) = self.stayed
            && !cell::is_no_value(row.cell(column))
        {
            let seconds = duration(row.cell(column));
            return match seconds {
                Some(seconds) => Ok(Some(seconds)),
                None => Err((Some(column), "is no duration such as 1h 2m 10s".to_owned())),
            };
        }
        if self.action.is_some() {
            return Ok(None);
        }
        let left = self.left.and_then(|column| self.moment(row.cell(column)));
        let stay = left.zip(self.moment(row.cell(self.joined))).map(|(left, came)| left - came);
        Ok(stay.and_then(|stay| u32::try_from(stay.num_seconds()).ok()))
    }
}

const STARTS: [&str; 3] = ["starttime", "meetingstarttime", "meetingstart"];

/// The name without what Teams writes behind it: `Aisha Rahman (Guest)`.
fn without_mark(name: &str) -> &str {
    let bare = name.strip_suffix(')').and_then(|name| name.rsplit_once(" ("));
    match bare {
        Some((bare, mark))
            if ["guest", "unverified", "external"].contains(&mark.to_lowercase().as_str()) =>
        {
            bare.trim_end()
        }
        _ => name,
    }
}

fn role(text: &str) -> Role {
    match headers::plain(text).as_str() {
        "organizer" | "organiser" | "coorganizer" | "coorganiser" => Role::Organiser,
        "presenter" => Role::Presenter,
        _ => Role::Attendee,
    }
}

/// Seconds of `1h 2m 10s`, `62m`, `1 hour 2 minutes`, `1:02:10`.
fn duration(text: &str) -> Option<u32> {
    let text = text.trim().to_lowercase();
    if text.contains(':') {
        let parts: Option<Vec<u32>> =
            text.split(':').map(|part| part.trim().parse().ok()).collect();
        return match parts?.as_slice() {
            [hours, minutes, seconds] => sum([(*hours, 3_600), (*minutes, 60), (*seconds, 1)]),
            [minutes, seconds] => sum([(*minutes, 60), (*seconds, 1), (0, 0)]),
            _ => None,
        };
    }
    let mut seconds = 0_u32;
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let end = rest.find(|letter: char| !letter.is_ascii_digit())?;
        let (number, behind) = rest.split_at_checked(end)?;
        let unit = behind.trim_start();
        let length = unit.find(|letter: char| !letter.is_alphabetic()).unwrap_or(unit.len());
        let (unit, behind) = unit.split_at_checked(length)?;
        let each = match unit {
            "d" | "day" | "days" => 86_400,
            "h" | "hr" | "hrs" | "hour" | "hours" => 3_600,
            "m" | "min" | "mins" | "minute" | "minutes" => 60,
            "s" | "sec" | "secs" | "second" | "seconds" => 1,
            _ => return None,
        };
        seconds = seconds.checked_add(number.parse::<u32>().ok()?.checked_mul(each)?)?;
        rest = behind.trim_start_matches([' ', ',', '.', '\u{202F}', '\u{A0}']);
    }
    (!text.is_empty()).then_some(seconds)
}

fn sum(parts: [(u32, u32); 3]) -> Option<u32> {
    parts
        .into_iter()
        .try_fold(0_u32, |sum, (number, each)| sum.checked_add(number.checked_mul(each)?))
}

#[cfg(test)]
mod tests;
