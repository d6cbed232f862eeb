//! A column of weeks being filled from several sources of one student.

use super::Span;
use crate::domain::{
    module::Module,
    signal::{Activity, Attendance, EvidenceDay, Presence},
};

/// The weeks of one student.
pub(super) struct Column {
    span: Span,
    /// Active days as bits.
    days: Vec<u8>,
    /// Sessions attended, and expected.
    sessions: Vec<(u16, u16)>,
    /// Which weeks some source knows.
    known: Vec<bool>,
}

impl Column {
    pub(super) fn new(span: Span) -> Self {
        let (days, sessions) = (vec![0; span.weeks], vec![(0, 0); span.weeks]);
        Self { span, days, sessions, known: vec![false; span.weeks] }
    }

    /// Adds active days of a module.
    pub(super) fn active(&mut self, module: &Module, activity: &Activity) {
        for (from, until) in activity.known().spans() {
            self.know(module, (*from, *until));
        }
        let (first, weeks) = activity.weeks();
        let starts = (module.starts - self.span.first).num_days() + 7 * i64::from(first);
        for (start, bits) in (starts..).step_by(7).zip(weeks) {
            for day in (0..7).filter(|day| bits & (1 << day) != 0) {
                let on: i64 = start + day;
                let week = usize::try_from(on.div_euclid(7)).ok();
                if let Some(days) = week.and_then(|week| self.days.get_mut(week)) {
                    *days |= 1 << on.rem_euclid(7);
                }
            }
        }
    }

    /// Adds sessions of a module; one that was excused does not count.
    pub(super) fn sessions(&mut self, module: &Module, attendance: &Attendance) {
        self.know(module, (EvidenceDay::START, attendance.until()));
        let counted = |presence| presence != Presence::Authorised;
        for session in attendance.sessions().filter(|it| counted(it.presence)) {
            let week = module.date(session.day).and_then(|day| self.span.week(day));
            if let Some((attended, expected)) = week.and_then(|week| self.sessions.get_mut(week)) {
                *expected += 1;
                *attended += u16::from(session.presence != Presence::Absent);
            }
        }
    }

    /// The weeks that are wholly within these days of a module are known, and that in which it starts.
    fn know(&mut self, module: &Module, (from, until): (EvidenceDay, EvidenceDay)) {
        let starts = (module.starts - self.span.first).num_days();
        let weeks = |days: i64| usize::try_from(days.div_euclid(7)).unwrap_or(0);
        let first = match i64::from(from.0) {
            ..=0 => weeks(starts),
            from => weeks(starts + from + 6),
        };
        let last = weeks(starts + i64::from(until.0)).min(self.span.weeks);
        if let Some(known) = self.known.get_mut(first..last.max(first)) {
            known.fill(true);
        }
    }

    /// Active days of each week that is known.
    pub(super) fn days(&self) -> Vec<Option<u16>> {
        let days = self.days.iter().zip(&self.known);
        days.map(|(bits, known)| known.then_some(u16::try_from(bits.count_ones()).unwrap_or(7)))
            .collect()
    }

    /// Attended sessions in percent of each week that is known and has any.
    pub(super) fn percent(&self) -> Vec<Option<u16>> {
        let weeks = self.sessions.iter().zip(&self.known);
        weeks
            .map(|((attended, expected), known)| {
                (100 * attended).checked_div(*expected).filter(|_| *known)
            })
            .collect()
    }
}
