//! What is to come, for the tutor's own calendar: planned meetings, actions that are due, the last days of slots.
//!
//! Calendars are shared, synchronised and shown on walls: without being asked an entry tells no more of a student
//! than the initials.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, NaiveTime};
use strum::EnumIter;

use super::{
    access::{Exit, Recipient, Viewer, record_may_leave},
    action::{Action, Owner as Doer},
    change::record_id,
    file::{Held, StudentFile},
    meeting::{Attendance, Meeting, MeetingId, Mode, Outcome, With},
    obligation::{Obligation, Plan, Status},
    policy::What,
    record::{Owner, Record},
    records::Records,
    student::{Name, StudentId},
    word::Choice,
};

/// How much an entry tells of a student.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumIter)]
pub enum Show {
    /// The initials.
    Initials,
    /// The name.
    Names,
    /// The name, what a meeting is about and what was agreed.
    All,
}

impl Choice for Show {
    fn code(self) -> u8 {
        match self {
            Self::Initials => 0,
            Self::Names => 1,
            Self::All => 2,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Initials => "initials",
            Self::Names => "names",
            Self::All => "names, focus and what was agreed",
        }
    }
}

/// When an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct When {
    /// The day at the institution.
    pub on: NaiveDate,
    /// The wall time there; none for the whole day.
    pub at: Option<NaiveTime>,
    /// How long, in minutes.
    pub minutes: u16,
}

impl When {
    const fn day(on: NaiveDate) -> Self {
        Self { on, at: None, minutes: 0 }
    }
}

/// One entry of a calendar.
#[derive(Clone, PartialEq, Eq)]
pub struct Entry {
    /// The same whenever this is written again; tells nothing.
    pub uid: String,
    /// Higher after each change of a meeting or an action, but for who is taken off a register; slots count none.
    pub sequence: u32,
    /// When.
    pub when: When,
    /// What, in a line.
    pub summary: String,
    /// Where; may be empty.
    pub place: String,
    /// More about it; may be empty.
    pub details: String,
    /// Whether it was called off.
    pub cancelled: bool,
}

/// Prints when, never content.
impl std::fmt::Debug for Entry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Entry({:?} …)", self.when)
    }
}

/// What is to come, and about whom it tells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Agenda {
    /// The entries, the first first.
    pub entries: Vec<Entry>,
    /// The students of whom an entry tells.
    pub students: BTreeSet<StudentId>,
}

/// What is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// Of these students, whoever their tutor is; of nobody named: all that is the viewer's own.
    pub students: &'a BTreeSet<StudentId>,
    /// How much is told.
    pub show: Show,
    /// From which day on.
    pub today: NaiveDate,
}

/// Gathers what is to come. Without a plan there are no slots; where nobody works, nothing.
#[must_use]
pub fn agenda(records: &Records, plan: Option<&Plan>, asked: Asked<'_>) -> Agenda {
    let Some(viewer) = Viewer::of(records) else { return Agenda::default() };
    let mut gather = Gather {
        records,
        viewer,
        asked,
        groups: BTreeMap::new(),
        slots: BTreeMap::new(),
        found: Agenda::default(),
    };
    let named = asked.students.iter().filter_map(|student| records.file(*student));
    if asked.students.is_empty() {
        records.files().for_each(|file| gather.student(file, plan));
    } else {
        named.for_each(|file| gather.student(file, plan));
    }
    gather.finish()
}

/// A group meeting, as far as it has been seen in the files of students.
struct Group {
    meeting: Meeting,
    changes: u32,
    planned: usize,
}

/// A slot whose last day is to come: of whom, where students were named, else of all of them together.
type SlotKey = (NaiveDate, String, Option<StudentId>);

/// What is told of such a slot.
struct Slot {
    name: String,
    details: String,
    who: Vec<String>,
}

struct Gather<'a> {
    records: &'a Records,
    viewer: Viewer,
    asked: Asked<'a>,
    groups: BTreeMap<MeetingId, Group>,
    slots: BTreeMap<SlotKey, Slot>,
    found: Agenda,
}

impl Gather<'_> {
    fn student(&mut self, file: &StudentFile, plan: Option<&Plan>) {
        let Asked { students, today, .. } = self.asked;
        let mine = file.is_tutee_of(self.viewer.tutor, today);
        let named = !students.is_empty();
        for attendance in &file.attendances {
            let meeting = self.records.meeting(file, attendance.meeting);
            if let Some(meeting) = meeting.filter(|it| it.on >= today)
                && (named || meeting.tutor == self.viewer.tutor)
            {
                self.meeting(file, meeting, attendance);
            }
        }
        for action in &file.actions {
            let due = action.due.filter(|due| action.done.is_none() && *due >= today);
            if let Some(due) = due
                && (named || mine || action.author == self.viewer.tutor)
            {
                self.action(file, action, due);
            }
        }
        if let Some(plan) = plan.filter(|_| named || mine) {
            for one in plan.obligations(self.records, file, today) {
                self.slot(file, plan, &one);
            }
        }
    }

    fn meeting(&mut self, file: &StudentFile, meeting: &Meeting, part: &Held<Attendance>) {
        let gone = match part.outcome {
            Outcome::Planned => false,
            Outcome::Cancelled | Outcome::Rescheduled => true,
            Outcome::Held | Outcome::Missed | Outcome::MissedWithNotice => return,
        };
        let owner = match meeting.with {
            With::OneToOne(student) => Owner::Student(student),
            With::Group => Owner::Profile,
        };
        if !self.lets_out(file, &meeting.clone().into()) {
            return;
        }
        self.found.students.insert(file.student.id);
        let written = self.records.record(owner, record_id(meeting.id)).map_or(0, |(it, _)| it.0);
        let (header, own) = (written.saturating_sub(1), part.revision.0.saturating_sub(1));
        if meeting.with == With::Group {
            let group = self.groups.entry(meeting.id).or_insert_with(|| Group {
                meeting: meeting.clone(),
                changes: header,
                planned: 0,
            });
            group.changes = group.changes.saturating_add(own);
            group.planned += usize::from(!gone);
        } else {
            let whose = self.whose(&file.student.name);
            let summary = format!("Tutoring meeting: {whose}");
            self.put_meeting(meeting, header.saturating_add(own), summary, gone);
        }
    }

    fn put_meeting(&mut self, meeting: &Meeting, sequence: u32, summary: String, gone: bool) {
        let place = match meeting.mode {
            Mode::Online | Mode::Phone if meeting.place.is_empty() => meeting.mode.words(),
            Mode::InPerson | Mode::Online | Mode::Phone => &meeting.place,
        };
        let details = if self.asked.show == Show::All { &*meeting.focus } else { "" };
        self.found.entries.push(Entry {
            uid: meeting.id.to_string(),
            sequence,
            when: When { on: meeting.on, at: meeting.at, minutes: meeting.minutes },
            summary,
            place: place.to_owned(),
            details: details.to_owned(),
            cancelled: gone,
        });
    }

    fn action(&mut self, file: &StudentFile, action: &Held<Action>, due: NaiveDate) {
        if !self.lets_out(file, &action.value.clone().into()) {
            return;
        }
        self.found.students.insert(file.student.id);
        let whose = self.whose(&file.student.name);
        let summary = match (self.asked.show, action.owner) {
            (Show::All, Doer::Tutor) => format!("To do for {whose}: {}", action.what),
            (Show::All, Doer::Student) => format!("{whose} to do: {}", action.what),
            (Show::Initials | Show::Names, Doer::Tutor) => format!("Action due for {whose}"),
            (Show::Initials | Show::Names, Doer::Student) => format!("Action of {whose} due"),
        };
        self.found.entries.push(Entry {
            uid: action.id.to_string(),
            sequence: action.revision.0.saturating_sub(1),
            when: When::day(due),
            summary,
            place: String::new(),
            details: String::new(),
            cancelled: false,
        });
    }

    /// Unless students were named, those of all that end on the same day are one entry.
    fn slot(&mut self, file: &StudentFile, plan: &Plan, one: &Obligation) {
        let open = matches!(one.status, Status::Upcoming | Status::Due) && one.planned.is_none();
        let Some(duty) = plan.duty(one).filter(|_| open && one.window.to >= self.asked.today)
        else {
            return;
        };
        if !matches!(duty.what, What::Slot(_) | What::Count(_) | What::Contact) {
            return;
        }
        self.found.students.insert(file.student.id);
        let whose = self.whose(&file.student.name);
        let of = (!self.asked.students.is_empty()).then_some(file.student.id);
        let key = (one.window.to, one.key(duty).text(), of);
        let slot = self.slots.entry(key).or_insert_with(|| {
            let day = |day: NaiveDate| day.format("%-d %b %Y");
            let (from, to) = (day(one.window.from), day(one.window.to));
            let details = format!("{}: from {from} to {to}", plan.cited(one));
            Slot { name: duty.name.clone(), details, who: Vec::new() }
        });
        slot.who.push(whose);
    }

    fn finish(mut self) -> Agenda {
        for group in std::mem::take(&mut self.groups).into_values() {
            let summary = match group.planned {
                0 => "Group tutoring meeting".to_owned(),
                1 => "Group tutoring meeting with 1 student".to_owned(),
                many => format!("Group tutoring meeting with {many} students"),
            };
            self.put_meeting(&group.meeting, group.changes, summary, group.planned == 0);
        }
        for ((on, key, of), slot) in std::mem::take(&mut self.slots) {
            let whose = of.map_or_else(|| self.viewer.tutor.to_string(), |it| it.to_string());
            let who = match slot.who.as_slice() {
                [only] => only.clone(),
                many => format!("{} students to meet", many.len()),
            };
            self.found.entries.push(Entry {
                // A duty can end on another day for each student: on each there is one entry.
                uid: format!("{}-{}-{whose}", key.replace([' ', '/'], "-"), on.format("%Y%m%d")),
                sequence: 0,
                when: When::day(on),
                summary: format!("Last day: {}, {who}", slot.name),
                place: String::new(),
                details: slot.details,
                cancelled: false,
            });
        }
        self.found.entries.sort_by(|a, b| (a.when, &a.uid).cmp(&(b.when, &b.uid)));
        self.found
    }

    fn lets_out(&self, file: &StudentFile, record: &Record) -> bool {
        let day = self.asked.today;
        let exit = Exit { recipient: Recipient::Myself, purpose: "calendar", day };
        record_may_leave(None, self.viewer, file, record, &exit).is_ok()
    }

    fn whose(&self, name: &Name) -> String {
        match self.asked.show {
            Show::Initials => initials(name),
            Show::Names | Show::All => name.shown(),
        }
    }
}

/// The initials of what a student is called, as far as the name is in letters that have capitals: a letter of
/// other scripts can be a whole name.
#[must_use]
pub fn initials(name: &Name) -> String {
    let first = |word: &str| {
        let letter = word.chars().next().filter(|c| c.is_uppercase() || c.is_lowercase())?;
        Some(letter.to_uppercase().to_string())
    };
    let shown = name.shown();
    let found: Vec<String> = shown.split([' ', '-']).filter_map(first).collect();
    match found.as_slice() {
        [] => "a student".to_owned(),
        [only] => only.clone(),
        [one, .., last] => format!("{one}{last}"),
    }
}

#[cfg(test)]
mod tests;
