//! Version 1 of meetings, attendance, contacts and notes.

use chrono::{NaiveTime, Timelike};
use serde::{Deserialize, Serialize};

use super::{Day, Id, choice, date, day, maybe_date, maybe_day};
use crate::{
    domain::{contact, meeting, note, student::StudentId, tutor::TutorId, word::Choice},
    store::error::{Error, Result},
};

#[derive(Serialize, Deserialize)]
pub(super) struct Meeting {
    id: Id,
    /// The student of a 1-2-1; none for a group.
    student: Option<Id>,
    on: Day,
    /// Seconds since midnight.
    at: Option<u32>,
    minutes: u16,
    mode: u8,
    place: String,
    focus: String,
    tutor: Id,
}

impl From<&meeting::Meeting> for Meeting {
    fn from(it: &meeting::Meeting) -> Self {
        Self {
            id: it.id.bytes(),
            student: match it.with {
                meeting::With::OneToOne(student) => Some(student.bytes()),
                meeting::With::Group => None,
            },
            on: day(it.on),
            at: it.at.map(|time| time.num_seconds_from_midnight()),
            minutes: it.minutes,
            mode: it.mode.code(),
            place: it.place.to_string(),
            focus: it.focus.to_string(),
            tutor: it.tutor.bytes(),
        }
    }
}

impl TryFrom<Meeting> for meeting::Meeting {
    type Error = Error;

    fn try_from(it: Meeting) -> Result<Self> {
        let time = |seconds| {
            NaiveTime::from_num_seconds_from_midnight_opt(seconds, 0)
                .ok_or(Error::Damaged { what: "a time" })
        };
        Ok(Self {
            id: meeting::MeetingId::from_bytes(it.id),
            with: it.student.map_or(meeting::With::Group, |student| {
                meeting::With::OneToOne(StudentId::from_bytes(student))
            }),
            on: date(it.on)?,
            at: it.at.map(time).transpose()?,
            minutes: it.minutes,
            mode: choice(it.mode)?,
            place: it.place.into(),
            focus: it.focus.into(),
            tutor: TutorId::from_bytes(it.tutor),
        })
    }
}

#[derive(Serialize, Deserialize)]
pub(super) struct Attendance {
    id: Id,
    meeting: Id,
    student: Id,
    outcome: u8,
}

impl From<&meeting::Attendance> for Attendance {
    fn from(it: &meeting::Attendance) -> Self {
        Self {
            id: it.id.bytes(),
            meeting: it.meeting.bytes(),
            student: it.student.bytes(),
            outcome: it.outcome.code(),
        }
    }
}

impl TryFrom<Attendance> for meeting::Attendance {
    type Error = Error;

    fn try_from(it: Attendance) -> Result<Self> {
        Ok(Self {
            id: meeting::AttendanceId::from_bytes(it.id),
            meeting: meeting::MeetingId::from_bytes(it.meeting),
            student: StudentId::from_bytes(it.student),
            outcome: choice(it.outcome)?,
        })
    }
}

#[derive(Serialize, Deserialize)]
pub(super) struct Contact {
    id: Id,
    student: Id,
    on: Day,
    channel: u8,
    reply: u8,
    replied: Option<Day>,
    about: String,
    tutor: Id,
}

impl From<&contact::Contact> for Contact {
    fn from(it: &contact::Contact) -> Self {
        Self {
            id: it.id.bytes(),
            student: it.student.bytes(),
            on: day(it.on),
            channel: it.channel.code(),
            reply: it.reply.code(),
            replied: maybe_day(it.replied),
            about: it.about.clone(),
            tutor: it.tutor.bytes(),
        }
    }
}

impl TryFrom<Contact> for contact::Contact {
    type Error = Error;

    fn try_from(it: Contact) -> Result<Self> {
        Ok(Self {
            id: contact::ContactId::from_bytes(it.id),
            student: StudentId::from_bytes(it.student),
            on: date(it.on)?,
            channel: choice(it.channel)?,
            reply: choice(it.reply)?,
            replied: maybe_date(it.replied)?,
            about: it.about,
            tutor: TutorId::from_bytes(it.tutor),
        })
    }
}

#[derive(Serialize, Deserialize)]
pub(super) struct Note {
    id: Id,
    student: Id,
    on: Day,
    meeting: Option<Id>,
    part: u8,
    confidentiality: u8,
    text: String,
    author: Id,
}

impl From<&note::Note> for Note {
    fn from(it: &note::Note) -> Self {
        Self {
            id: it.id.bytes(),
            student: it.student.bytes(),
            on: day(it.on),
            meeting: it.meeting.map(meeting::MeetingId::bytes),
            part: it.part.code(),
            confidentiality: it.confidentiality.code(),
            text: it.text.clone(),
            author: it.author.bytes(),
        }
    }
}

impl TryFrom<Note> for note::Note {
    type Error = Error;

    fn try_from(it: Note) -> Result<Self> {
        Ok(Self {
            id: note::NoteId::from_bytes(it.id),
            student: StudentId::from_bytes(it.student),
            on: date(it.on)?,
            meeting: it.meeting.map(meeting::MeetingId::from_bytes),
            part: choice(it.part)?,
            confidentiality: choice(it.confidentiality)?,
            text: it.text,
            author: TutorId::from_bytes(it.author),
        })
    }
}
