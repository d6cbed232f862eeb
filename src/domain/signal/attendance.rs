//! Attendance: the sessions that a student was to come to, and whether they did. A compulsory tutorial is a session too.

use serde::{Deserialize, Serialize};
use strum::EnumIter;

use super::{EvidenceDay, WeekEnd};
use crate::domain::word::Choice;

mod packed;

use packed::Packed;

/// Whether somebody came.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Presence {
    /// Did not come.
    Absent,
    /// Came late: counts as having come.
    Late,
    /// Came.
    Present,
    /// Was excused: the session does not count.
    Authorised,
}

impl Choice for Presence {
    fn code(self) -> u8 {
        match self {
            Self::Absent => 0,
            Self::Late => 1,
            Self::Present => 2,
            Self::Authorised => 3,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Absent => "absent",
            Self::Late => "late",
            Self::Present => "present",
            Self::Authorised => "authorised",
        }
    }
}

/// One session of one student.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// The day.
    pub day: EvidenceDay,
    /// Which of the day's sessions.
    pub key: u16,
    /// Whether the student came.
    pub presence: Presence,
    /// Whether it is a compulsory tutorial.
    pub compulsory: bool,
    /// The day of the file that says so.
    pub read: EvidenceDay,
}

impl Session {
    /// What tells one session of a student from another.
    const fn place(self) -> (EvidenceDay, u16) {
        (self.day, self.key)
    }

    /// Of two about the same session the greater counts.
    const fn rank(self) -> (EvidenceDay, Presence, bool) {
        (self.read, self.presence, self.compulsory)
    }
}

/// The attendance of one student.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attendance {
    /// By day and key, each at most once.
    sessions: Packed,
    until: EvidenceDay,
}

impl Attendance {
    /// No session at all, by a source that knows the days before `until`.
    #[must_use]
    pub fn new(until: EvidenceDay) -> Self {
        Self { sessions: Packed::default(), until }
    }

    /// Until when the source knows.
    #[must_use]
    pub const fn until(&self) -> EvidenceDay {
        self.until
    }

    /// The source knows the days before this one, if it did not know more.
    pub fn know_until(&mut self, day: EvidenceDay) {
        self.until = self.until.max(day);
    }

    /// By day and key.
    pub fn sessions(&self) -> impl Iterator<Item = Session> {
        self.sessions.iter()
    }

    /// Adds a session. Of the same one twice the newer file counts; of two as new, the kinder word. So the order in which
    /// files come does not matter, and the same file twice changes nothing.
    pub fn add(&mut self, session: Session) {
        self.add_all([session]);
    }

    /// Adds what another source says.
    pub fn merge(&mut self, other: &Self) {
        self.add_all(other.sessions());
        self.know_until(other.until);
    }

    fn add_all(&mut self, sessions: impl IntoIterator<Item = Session>) {
        let mut all: Vec<Session> = self.sessions().collect();
        for session in sessions {
            match all.binary_search_by_key(&session.place(), |it| it.place()) {
                Ok(at) => {
                    if let Some(known) =
                        all.get_mut(at).filter(|known| session.rank() > known.rank())
                    {
                        *known = session;
                    }
                }
                Err(at) => all.insert(at, session),
            }
        }
        self.sessions = all.into();
    }

    /// The attendance as it was kept: by day and key, each session at most once, or else put in order.
    #[must_use]
    pub fn kept(sessions: Vec<Session>, until: EvidenceDay) -> Self {
        if sessions.is_sorted_by(|a, b| a.place() < b.place()) {
            return Self { sessions: sessions.into(), until };
        }
        let mut kept = Self::new(until);
        kept.add_all(sessions);
        kept
    }

    /// Its sessions as bytes, for [`unpacked`](Self::unpacked).
    pub(in crate::domain) const fn packed(&self) -> &[u8] {
        self.sessions.bytes()
    }

    /// The sessions in these bytes.
    pub(in crate::domain) fn sessions_of(bytes: &[u8]) -> impl Iterator<Item = Session> + use<'_> {
        packed::sessions(bytes)
    }

    /// The attendance with these bytes.
    pub(in crate::domain) fn unpacked(until: EvidenceDay, bytes: &[u8]) -> Self {
        Self { sessions: Packed::of_bytes(bytes), until }
    }

    /// The same, seen from a module that starts so many days later.
    #[must_use]
    pub fn seen_from(mut self, later: i16) -> Self {
        if later != 0 {
            let seen = |session: Session| Session {
                day: session.day.plus(-later),
                read: session.read.plus(-later),
                ..session
            };
            self.sessions = self.sessions().map(seen).collect::<Vec<_>>().into();
            self.until = self.until.plus(-later);
        }
        self
    }

    /// Sessions expected and attended in the last weeks before a week's end; none where the source does not know
    /// all of them.
    #[must_use]
    pub fn last_weeks(&self, end: WeekEnd, weeks: u8) -> Option<(u16, u16)> {
        let to = end.day();
        if self.until < to {
            return None;
        }
        let from = to.plus(-7 * i16::from(weeks));
        let counted = self.sessions().filter(|session| {
            (from..to).contains(&session.day) && session.presence != Presence::Authorised
        });
        Some(counted.fold((0, 0), |(expected, attended), session| {
            (expected + 1, attended + u16::from(session.presence != Presence::Absent))
        }))
    }

    /// How many compulsory tutorials in a row were missed, up to a week's end.
    #[must_use]
    pub fn missed_in_a_row(&self, end: WeekEnd) -> u8 {
        let known = self.sessions().filter(|session| {
            session.compulsory
                && session.day < end.day()
                && session.presence != Presence::Authorised
        });
        known.fold(0, |missed: u8, session| match session.presence {
            Presence::Absent => missed.saturating_add(1),
            Presence::Late | Presence::Present | Presence::Authorised => 0,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn session(day: i16, key: u16, presence: Presence) -> Session {
        let compulsory = key == 0;
        Session { day: EvidenceDay(day), key, presence, compulsory, read: EvidenceDay(30) }
    }

    #[test]
    fn a_compulsory_tutorial_counts_as_one_session() {
        let mut attendance = Attendance::new(EvidenceDay::END);
        attendance.add(session(8, 600, Presence::Present));
        attendance.add(session(8, 720, Presence::Late));
        attendance.add(session(9, 600, Presence::Absent));
        attendance.add(session(10, 600, Presence::Authorised));
        attendance.add(session(8, 0, Presence::Absent));
        assert_eq!(attendance.last_weeks(WeekEnd(4), 4), Some((4, 2)));
        assert_eq!(attendance.last_weeks(WeekEnd(1), 4), Some((0, 0)));
        assert_eq!(attendance.last_weeks(WeekEnd(9), 4), Some((0, 0)));
        assert_eq!(attendance.missed_in_a_row(WeekEnd(4)), 1);
        assert_eq!(attendance.seen_from(7).last_weeks(WeekEnd(1), 1), Some((4, 2)));
    }

    #[test]
    fn a_source_that_has_stopped_says_nothing() {
        let mut attendance = Attendance::new(EvidenceDay(20));
        attendance.add(session(8, 600, Presence::Absent));
        assert_eq!(attendance.last_weeks(WeekEnd(3), 4), None);
    }

    #[test]
    fn the_newer_file_counts_in_whatever_order_they_come() {
        let old = session(8, 600, Presence::Present);
        let new = Session { presence: Presence::Absent, read: EvidenceDay(31), ..old };
        let of = |sessions: [Session; 2]| {
            let mut attendance = Attendance::new(EvidenceDay::END);
            for session in sessions {
                attendance.add(session);
            }
            attendance
        };
        assert_eq!(of([old, new]), of([new, old]));
        assert!(of([old, new]).sessions().eq([new]));
    }
}
