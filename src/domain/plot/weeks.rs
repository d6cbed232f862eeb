//! The weeks of a student beside those of their group, each counted from several sources in one pass. Nothing that is
//! kept is opened or copied for it: there are a million columns.

use super::{LEAST, Series, Span};
use crate::domain::{
    engagement::Days,
    file::StudentFile,
    module::{Module, ModuleId},
    records::Records,
    score::Median,
    signal::{EvidenceDay, Presence, Session},
};

/// The series that compare a student with their group.
pub(super) struct Sides {
    /// Days a week on which somebody was active in any module.
    pub(super) online: Series,
    /// Attended sessions of each week, in percent.
    pub(super) attendance: Series,
    /// Active days in each module, in the order in which they were asked for.
    pub(super) modules: Vec<Series>,
}

/// A student beside their group, over all modules and in each of these.
pub(super) fn beside(
    (span, records): (Span, &Records),
    modules: &[&Module],
    file: &StudentFile,
    group: Option<&Behind>,
) -> Sides {
    let mut own = Weeks::new(span);
    own.count(&mut Starts { span, records, found: Vec::new() }, file);
    let none = || vec![None; span.weeks];
    let series = |own: &Column, unit, behind: Option<&Vec<Option<u16>>>| {
        let own: Vec<Option<u16>> = own.values(unit).collect();
        if own.iter().all(Option::is_none) {
            return Series::default();
        }
        Series { own, behind: behind.cloned().unwrap_or_else(none) }
    };
    let in_module = |module: &&Module| {
        let column = own.of_module.iter().find(|(id, _)| *id == module.id);
        column.map_or_else(Series::default, |(id, column)| {
            series(column, Unit::Days, group.and_then(|group| group.in_module(*id)))
        })
    };
    Sides {
        online: series(&own.online, Unit::Days, group.map(|group| &group.online)),
        attendance: series(&own.attendance, Unit::Percent, group.map(|group| &group.attendance)),
        modules: modules.iter().map(in_module).collect(),
    }
}

/// The medians of a group, of everybody of whom a week is known; none where those are too few.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Behind {
    online: Vec<Option<u16>>,
    attendance: Vec<Option<u16>>,
    modules: Vec<(ModuleId, Vec<Option<u16>>)>,
}

impl Behind {
    /// How many weeks they are.
    pub(super) const fn weeks(&self) -> usize {
        self.online.len()
    }

    fn in_module(&self, module: ModuleId) -> Option<&Vec<Option<u16>>> {
        self.modules.iter().find(|(id, _)| *id == module).map(|(_, behind)| behind)
    }
}

/// What a group did in these weeks.
pub(super) fn behind(span: Span, records: &Records, group: &[&StudentFile]) -> Behind {
    let mut weeks = Weeks::new(span);
    let mut starts = Starts { span, records, found: Vec::new() };
    let room = || Vec::with_capacity(group.len() * span.weeks);
    let (mut online, mut attendance) = (room(), room());
    let mut modules: Vec<(ModuleId, Vec<Option<u16>>)> = Vec::new();
    for file in group {
        weeks.count(&mut starts, file);
        online.extend(weeks.online.values(Unit::Days));
        attendance.extend(weeks.attendance.values(Unit::Percent));
        for (module, column) in &weeks.of_module {
            let place = modules.iter().position(|(id, _)| id == module).unwrap_or_else(|| {
                modules.push((*module, room()));
                modules.len() - 1
            });
            if let Some((_, values)) = modules.get_mut(place) {
                values.extend(column.values(Unit::Days));
            }
        }
    }
    let modules =
        modules.into_iter().map(|(module, values)| (module, medians(&values, span.weeks)));
    Behind {
        online: medians(&online, span.weeks),
        attendance: medians(&attendance, span.weeks),
        modules: modules.collect(),
    }
}

/// The median of each week over students of so many weeks each.
fn medians(all: &[Option<u16>], weeks: usize) -> Vec<Option<u16>> {
    let mut known: Vec<u16> = Vec::with_capacity(all.len() / weeks.max(1));
    let median = |week| {
        known.clear();
        known.extend(all.iter().skip(week).step_by(weeks).flatten());
        let median = Median::of(&mut known).filter(|_| known.len() >= LEAST)?;
        u16::try_from(median.halves() / 2).ok()
    };
    (0..weeks).map(median).collect()
}

/// What the weeks of a column are told in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    /// Active days.
    Days,
    /// Attended sessions of those expected.
    Percent,
}

/// One week.
#[derive(Debug, Clone, Copy, Default)]
struct Week {
    /// Whether some source knows it.
    is_known: bool,
    /// Active days as bits.
    days: u8,
    /// Sessions attended, and expected.
    sessions: (u16, u16),
}

impl Week {
    /// The value; none where nobody knows it, or where there was nothing to attend.
    fn value(self, unit: Unit) -> Option<u16> {
        let (attended, expected) = self.sessions;
        let value = match unit {
            Unit::Days => u16::try_from(self.days.count_ones()).ok(),
            Unit::Percent => (100 * attended).checked_div(expected),
        };
        value.filter(|_| self.is_known)
    }
}

/// Weeks being filled from several sources.
#[derive(Debug, Clone)]
struct Column(Vec<Week>);

impl Column {
    fn values(&self, unit: Unit) -> impl Iterator<Item = Option<u16>> {
        self.0.iter().map(move |week| week.value(unit))
    }

    /// Adds active days of a module that starts so many days after the first week.
    fn active(&mut self, starts: i64, told: &Days<'_>) {
        for span in told.known() {
            self.know(starts, span);
        }
        let begin = starts + 7 * i64::from(told.first);
        let (first, later) = (begin.div_euclid(7), begin.rem_euclid(7));
        for (week, bits) in (first..).zip(told.weeks) {
            // The module's week may begin in the middle of one of ours.
            let bits = u16::from(bits & 0x7f) << later;
            for (week, bits) in [(week, bits & 0x7f), (week + 1, bits >> 7)] {
                let place = usize::try_from(week).ok().and_then(|week| self.0.get_mut(week));
                if let Some((place, bits)) = place.zip(u8::try_from(bits).ok()) {
                    place.days |= bits;
                }
            }
        }
    }

    /// Adds sessions of a module; one that was excused does not count.
    fn attended(
        &mut self,
        starts: i64,
        until: EvidenceDay,
        sessions: impl Iterator<Item = Session>,
    ) {
        self.know(starts, (EvidenceDay::START, until));
        for session in sessions.filter(|it| it.presence != Presence::Authorised) {
            let week = (starts + i64::from(session.day.0)).div_euclid(7);
            let week = usize::try_from(week).ok().and_then(|week| self.0.get_mut(week));
            if let Some(Week { sessions: (attended, expected), .. }) = week {
                *expected += 1;
                *attended += u16::from(session.presence != Presence::Absent);
            }
        }
    }

    /// The weeks that are wholly within these days of a module are known, and that in which it starts.
    fn know(&mut self, starts: i64, (from, until): (EvidenceDay, EvidenceDay)) {
        let weeks = |days: i64| usize::try_from(days.div_euclid(7)).unwrap_or(0);
        let first = match i64::from(from.0) {
            ..=0 => weeks(starts),
            from => weeks(starts + from + 6),
        };
        let last = weeks(starts + i64::from(until.0)).min(self.0.len());
        for week in self.0.get_mut(first..last.max(first)).into_iter().flatten() {
            week.is_known = true;
        }
    }
}

/// How many days after the first week each module starts: looked up once for a whole group.
struct Starts<'a> {
    span: Span,
    records: &'a Records,
    found: Vec<(ModuleId, Option<i64>)>,
}

impl Starts<'_> {
    /// None for a module that is not of these weeks.
    fn of(&mut self, module: ModuleId) -> Option<i64> {
        if let Some((_, starts)) = self.found.iter().find(|(id, _)| *id == module) {
            return *starts;
        }
        let days = self.records.module(module).map(|it| (it.starts - self.span.first).num_days());
        let starts = days.filter(|days| *days >= 0);
        self.found.push((module, starts));
        starts
    }
}

/// The columns of one student.
struct Weeks {
    span: Span,
    online: Column,
    attendance: Column,
    of_module: Vec<(ModuleId, Column)>,
}

impl Weeks {
    fn new(span: Span) -> Self {
        let column = Column(vec![Week::default(); span.weeks]);
        Self { span, online: column.clone(), attendance: column, of_module: Vec::new() }
    }

    /// Counts what a student did, in place of what another one did.
    fn count(&mut self, starts: &mut Starts<'_>, file: &StudentFile) {
        for column in [&mut self.online, &mut self.attendance] {
            column.0.fill(Week::default());
        }
        self.of_module.clear();
        for held in &file.engagements {
            let Some(starts) = starts.of(held.module) else { continue };
            if let Some(told) = held.kept.days() {
                self.online.active(starts, &told);
                let found = self.of_module.iter_mut().find(|(id, _)| *id == held.module);
                if let Some((_, column)) = found {
                    column.active(starts, &told);
                } else {
                    let mut column = Column(vec![Week::default(); self.span.weeks]);
                    column.active(starts, &told);
                    self.of_module.push((held.module, column));
                }
            }
            if let Some((until, sessions)) = held.kept.sessions() {
                self.attendance.attended(starts, until, sessions);
            }
        }
    }
}
