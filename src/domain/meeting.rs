//! Meetings, 1-2-1 or group, and who came.

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};
use strum::EnumIter;

use super::{id::Id, shared::Shared, student::StudentId, time::Now, tutor::TutorId, word::Choice};

/// Names a meeting.
pub type MeetingId = Id<Meeting>;

/// Names an attendance.
pub type AttendanceId = Id<Attendance>;

/// With whom a meeting is. A group meeting is a header without persons; attendance is kept per student.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum With {
    /// A 1-2-1 with this student.
    OneToOne(StudentId),
    /// A group: see the attendances.
    Group,
}

/// A planned or past tutorial.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meeting {
    /// Identity.
    pub id: MeetingId,
    /// 1-2-1 or group.
    pub with: With,
    /// Local date at the institution.
    pub on: NaiveDate,
    /// Wall time at the institution, if known.
    pub at: Option<NaiveTime>,
    /// Duration in minutes.
    pub minutes: u16,
    /// How it is held.
    pub mode: Mode,
    /// Room or link; may be empty.
    pub place: Shared,
    /// Main focus (LEI 3.5c); may be empty. Of a group: nothing about a person.
    pub focus: Shared,
    /// Whose meeting it is.
    pub tutor: TutorId,
}

impl Meeting {
    /// Whether it has begun for certain: of one today without a time nobody knows.
    #[must_use]
    pub fn has_begun(&self, now: Now) -> bool {
        self.on < now.today() || (self.at.is_some() && !self.is_ahead(now))
    }

    /// Whether it has not begun, as far as one knows.
    #[must_use]
    pub fn is_ahead(&self, now: Now) -> bool {
        let today = now.today();
        self.on > today || (self.on == today && self.at.is_some_and(|at| at > now.local.time()))
    }
}

/// One student's part in a meeting.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attendance {
    /// Identity.
    pub id: AttendanceId,
    /// Which meeting.
    pub meeting: MeetingId,
    /// Who.
    pub student: StudentId,
    /// What came of it.
    pub outcome: Outcome,
}

/// How a meeting is held.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// Face to face.
    InPerson,
    /// By video (LJM 6, ESX Summary).
    Online,
    /// By telephone.
    Phone,
}

impl Choice for Mode {
    fn code(self) -> u8 {
        match self {
            Self::InPerson => 0,
            Self::Online => 1,
            Self::Phone => 2,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::InPerson => "in person",
            Self::Online => "online",
            Self::Phone => "phone",
        }
    }
}

/// What came of a meeting for one student.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Still to come, or nobody has said yet.
    Planned,
    /// The student was there.
    Held,
    /// Not there, and told us (LJM Students 3).
    MissedWithNotice,
    /// Not there, and did not tell us.
    Missed,
    /// Called off.
    Cancelled,
    /// Moved to another day.
    Rescheduled,
}

impl Choice for Outcome {
    fn code(self) -> u8 {
        match self {
            Self::Planned => 0,
            Self::Held => 1,
            Self::MissedWithNotice => 2,
            Self::Missed => 3,
            Self::Cancelled => 4,
            Self::Rescheduled => 5,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Held => "held",
            Self::MissedWithNotice => "missed with notice",
            Self::Missed => "missed without notice",
            Self::Cancelled => "cancelled",
            Self::Rescheduled => "rescheduled",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::Id;

    #[test]
    fn one_of_today_without_a_time_is_neither_ahead_nor_begun() {
        let day: NaiveDate = "2026-11-21".parse().unwrap();
        let now = Now { local: day.and_hms_opt(8, 0, 0).unwrap(), utc_ms: 0 };
        let of = |on: NaiveDate, hour: Option<u32>| Meeting {
            id: Id::from_bytes([1; 16]),
            with: With::Group,
            on,
            at: hour.and_then(|hour| NaiveTime::from_hms_opt(hour, 0, 0)),
            minutes: 30,
            mode: Mode::InPerson,
            place: Shared::default(),
            focus: Shared::default(),
            tutor: TutorId::from_bytes([1; 16]),
        };
        let said = |meeting: Meeting| (meeting.is_ahead(now), meeting.has_begun(now));
        assert_eq!(said(of(day, None)), (false, false));
        assert_eq!(said(of(day, Some(7))), (false, true));
        assert_eq!(said(of(day, Some(9))), (true, false));
        assert_eq!(said(of(day.pred_opt().unwrap(), None)), (false, true));
        assert_eq!(said(of(day.succ_opt().unwrap(), None)), (true, false));
    }
}
