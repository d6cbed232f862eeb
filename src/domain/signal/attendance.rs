//! Attendance: sessions expected and attended, two bytes a week, and the compulsory tutorials one by one.

use super::{EvidenceDay, WeekEnd};

/// The teaching sessions of one week.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sessions {
    /// How many the student was to come to.
    pub expected: u8,
    /// To how many of them the student came.
    pub attended: u8,
}

/// The attendance of one student.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attendance {
    /// From week 0 on.
    weeks: Vec<Sessions>,
    /// Compulsory tutorials by day, and whether the student came.
    tutorials: Vec<(EvidenceDay, bool)>,
    until: EvidenceDay,
}

impl Attendance {
    /// No session at all, by a source that knows the days before `until`.
    #[must_use]
    pub const fn new(until: EvidenceDay) -> Self {
        Self { weeks: Vec::new(), tutorials: Vec::new(), until }
    }

    /// Adds sessions of a week, from 0.
    pub fn add(&mut self, week: u8, sessions: Sessions) {
        let at = usize::from(week);
        if at >= self.weeks.len() {
            self.weeks.resize(at + 1, Sessions::default());
        }
        if let Some(known) = self.weeks.get_mut(at) {
            known.expected = known.expected.saturating_add(sessions.expected);
            known.attended = known.attended.saturating_add(sessions.attended).min(known.expected);
        }
    }

    /// Adds a compulsory tutorial, which counts as one session; the same day twice counts once.
    pub fn tutorial(&mut self, day: EvidenceDay, came: bool) {
        match self.tutorials.binary_search_by_key(&day, |(day, _)| *day) {
            Ok(at) => {
                if let Some(known) = self.tutorials.get_mut(at) {
                    known.1 |= came;
                }
            }
            Err(at) => self.tutorials.insert(at, (day, came)),
        }
    }

    /// Sessions expected and attended in the last weeks before a week's end; none where the source does not know
    /// all of them.
    #[must_use]
    pub fn last_weeks(&self, end: WeekEnd, weeks: u8) -> Option<(u16, u16)> {
        let to = end.day();
        if self.until < to {
            return None;
        }
        let (first, last) = (usize::from(end.0.saturating_sub(weeks)), usize::from(end.0));
        let from = to.plus(-7 * i16::from(weeks));
        let sessions = self.weeks.iter().take(last).skip(first);
        let sessions = sessions.map(|week| (u16::from(week.expected), u16::from(week.attended)));
        let tutorials = self.tutorials.iter().filter(|(day, _)| (from..to).contains(day));
        let tutorials = tutorials.map(|(_, came)| (1, u16::from(*came)));
        Some(sessions.chain(tutorials).fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1)))
    }

    /// How many compulsory tutorials in a row were missed, up to a week's end.
    #[must_use]
    pub fn missed_in_a_row(&self, end: WeekEnd) -> u8 {
        let known = self.tutorials.iter().rev().filter(|(day, _)| *day < end.day());
        u8::try_from(known.take_while(|(_, came)| !came).count()).unwrap_or(u8::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_compulsory_tutorial_counts_as_one_session() {
        let mut attendance = Attendance::new(EvidenceDay::END);
        attendance.add(1, Sessions { expected: 3, attended: 2 });
        attendance.tutorial(EvidenceDay(8), false);
        assert_eq!(attendance.last_weeks(WeekEnd(4), 4), Some((4, 2)));
        assert_eq!(attendance.last_weeks(WeekEnd(1), 4), Some((0, 0)));
        assert_eq!(attendance.last_weeks(WeekEnd(9), 4), Some((0, 0)));
        assert_eq!(attendance.missed_in_a_row(WeekEnd(4)), 1);
    }

    #[test]
    fn a_source_that_has_stopped_says_nothing() {
        let mut attendance = Attendance::new(EvidenceDay(20));
        attendance.add(1, Sessions { expected: 3, attended: 0 });
        assert_eq!(attendance.last_weeks(WeekEnd(3), 4), None);
    }
}
