//! Attendance: the sessions that a student was to come to, and whether they did. A compulsory tutorial is a session too.

use serde::{Deserialize, Serialize};
use strum::EnumIter;

use super::{EvidenceDay, WeekEnd};
use crate::domain::word::Choice;

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

/// The attendance of one student.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attendance {
    /// By day and key, each at most once.
    sessions: Box<[Session]>,
    until: EvidenceDay,
}

impl Attendance {
    /// No session at all, by a source that knows the days before `until`.
    #[must_use]
    pub fn new(until: EvidenceDay) -> Self {
        Self { sessions: Box::default(), until }
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
    #[must_use]
    pub fn sessions(&self) -> &[Session] {
        &self.sessions
    }

    /// Adds a session. Of the same one twice the newer file counts; of two as new, the kinder word. So the order in which
    /// files come does not matter, and the same file twice changes nothing.
    pub fn add(&mut self, session: Session) {
        let place = |known: &Session| (known.day, known.key);
        match self.sessions.binary_search_by_key(&place(&session), place) {
            Ok(at) => {
                let rank = |it: &Session| (it.read, it.presence, it.compulsory);
                if let Some(known) = self.sessions.get_mut(at)
                    && rank(&session) > rank(known)
                {
                    *known = session;
                }
            }
            Err(at) => super::insert(&mut self.sessions, at, session),
        }
    }

    /// Adds what another source says.
    pub fn merge(&mut self, other: &Self) {
        for session in &*other.sessions {
            self.add(*session);
        }
        self.know_until(other.until);
    }

    /// The attendance as it was kept: by day and key, each session at most once, or else put in order.
    #[must_use]
    pub fn kept(sessions: Vec<Session>, until: EvidenceDay) -> Self {
        if sessions.is_sorted_by(|a, b| (a.day, a.key) < (b.day, b.key)) {
            return Self { sessions: sessions.into(), until };
        }
        let mut kept = Self::new(until);
        for session in sessions {
            kept.add(session);
        }
        kept
    }

    /// The same, seen from a module that starts so many days later.
    #[must_use]
    pub fn seen_from(mut self, later: i16) -> Self {
        if later != 0 {
            for session in &mut self.sessions {
                session.day = session.day.plus(-later);
                session.read = session.read.plus(-later);
            }
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
        let counted = self.sessions.iter().filter(|session| {
            (from..to).contains(&session.day) && session.presence != Presence::Authorised
        });
        Some(counted.fold((0, 0), |(expected, attended), session| {
            (expected + 1, attended + u16::from(session.presence != Presence::Absent))
        }))
    }

    /// How many compulsory tutorials in a row were missed, up to a week's end.
    #[must_use]
    pub fn missed_in_a_row(&self, end: WeekEnd) -> u8 {
        let known = self.sessions.iter().rev().filter(|session| {
            session.compulsory
                && session.day < end.day()
                && session.presence != Presence::Authorised
        });
        let missed = known.take_while(|session| session.presence == Presence::Absent).count();
        u8::try_from(missed).unwrap_or(u8::MAX)
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
        assert_eq!(of([old, new]).sessions(), [new]);
    }
}
