//! Online activity: which days of a year somebody was active, one byte a week.

use serde::{Deserialize, Serialize};

use super::{EvidenceDay, Known, WeekEnd};

/// The active days of one student, by week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Activity {
    /// The week of the first byte.
    first: i8,
    /// Bit `b` of a week: active on its day `b`.
    weeks: Box<[u8]>,
    known: Known,
}

/// All seven days of a week.
const WEEK: u8 = 0x7f;

impl Activity {
    /// No active day, by a source that knows the days before `until`.
    #[must_use]
    pub fn new(until: EvidenceDay) -> Self {
        Self::knowing(Known::before(until))
    }

    /// No active day, by a source that knows these days.
    #[must_use]
    pub fn knowing(known: Known) -> Self {
        Self { first: 0, weeks: Box::default(), known }
    }

    /// Adds the active days of a week, bit 0 its first day; the same days twice change nothing.
    pub fn add(&mut self, week: i8, days: u8) {
        if self.weeks.is_empty() {
            self.first = week;
        }
        let steps = i16::from(week) - i16::from(self.first);
        let earlier = usize::try_from(-steps).unwrap_or(0);
        if earlier > 0 {
            self.weeks = [&*vec![0; earlier], &self.weeks].concat().into();
            self.first = week;
        }
        let at = usize::try_from(steps).unwrap_or(0);
        if let Some(missing) = (at + 1).checked_sub(self.weeks.len()).filter(|it| *it > 0) {
            let mut weeks = std::mem::take(&mut self.weeks).into_vec();
            weeks.reserve_exact(missing);
            weeks.resize(at + 1, 0);
            self.weeks = weeks.into();
        }
        if let Some(known) = self.weeks.get_mut(at) {
            *known |= days & WEEK;
        }
    }

    /// The activity as it was kept.
    #[must_use]
    pub fn kept(first: i8, weeks: Vec<u8>, known: Known) -> Self {
        Self { first, weeks: weeks.into(), known }
    }

    /// Which days the source knows.
    #[must_use]
    pub const fn known(&self) -> &Known {
        &self.known
    }

    /// The source knows these days too.
    pub fn know(&mut self, known: &Known) {
        self.known.add(known);
    }

    /// The first week, and the active days of every week from it on.
    #[must_use]
    pub fn weeks(&self) -> (i8, &[u8]) {
        (self.first, &self.weeks)
    }

    /// Adds one active day; days too far from the start to be of the module's year are left out.
    pub fn add_day(&mut self, day: EvidenceDay) {
        if let Ok(week) = i8::try_from(day.0.div_euclid(7)) {
            self.add(week, 1 << day.0.rem_euclid(7));
        }
    }

    /// What several sources say side by side: an active day is a fact, whoever tells it; that a day was not active is known
    /// only where every source that knows any day knows it. None without a source.
    #[must_use]
    pub fn together<'a>(sources: impl IntoIterator<Item = &'a Self>) -> Option<Self> {
        let mut sources = sources.into_iter();
        let mut all = sources.next()?.clone();
        let mut told = !all.known.is_nothing();
        for source in sources {
            all.add_all(source);
            if !source.known.is_nothing() {
                all.known = if told { all.known.both(&source.known) } else { source.known.clone() };
                told = true;
            }
        }
        Some(all)
    }

    /// Adds the active days of another, and nothing of what it knows.
    pub fn add_all(&mut self, other: &Self) {
        for (week, days) in (other.first..).zip(&*other.weeks) {
            self.add(week, *days);
        }
    }

    /// The same days, of a source of which nobody knows any more what it leaves out.
    #[must_use]
    pub fn days_alone(&self) -> Self {
        Self { known: Known::before(EvidenceDay::START), ..self.clone() }
    }

    /// The same, seen from a module that starts so many days later.
    #[must_use]
    pub fn seen_from(&self, later: i16) -> Self {
        let mut seen = Self::knowing(self.known.seen_from(later));
        for (week, days) in (i16::from(self.first)..).zip(&*self.weeks) {
            for day in (0..7).filter(|day| days & (1 << day) != 0) {
                seen.add_day(EvidenceDay(7 * week + day).plus(-later));
            }
        }
        seen
    }

    /// Whether all days from the start of the module up to this one are known.
    #[must_use]
    pub fn covers(&self, day: EvidenceDay) -> bool {
        self.known.covers(WeekEnd(0).day(), day)
    }

    /// How many days were active from one day up to, and without, another.
    #[must_use]
    pub fn days(&self, from: EvidenceDay, to: EvidenceDay) -> u16 {
        let (from, to) = (i32::from(from.0), i32::from(to.0));
        let first = i32::from(self.first);
        let skip = usize::try_from(from.div_euclid(7) - first).unwrap_or(0);
        let weeks = self.weeks.iter().enumerate().skip(skip);
        let starts = weeks.map(|(at, days)| (7 * (first + i32::try_from(at).unwrap_or(0)), *days));
        starts
            .take_while(|(start, _)| *start < to)
            .map(|(start, days)| {
                let known = before(to - start) & !before(from - start);
                u16::from((days & known).count_ones().to_le_bytes()[0])
            })
            .sum()
    }

    /// The last active day before this one.
    #[must_use]
    pub fn last(&self, before_day: EvidenceDay) -> Option<EvidenceDay> {
        let end = i32::from(before_day.0);
        let mut weeks = self.weeks.iter().enumerate().rev();
        weeks
            .find_map(|(at, days)| {
                let start = 7 * (i32::from(self.first) + i32::try_from(at).ok()?);
                let days = days & before(end - start);
                let top = 7_i32 - i32::try_from(days.leading_zeros()).ok()?;
                (days != 0).then_some(i16::try_from(start + top).ok()?)
            })
            .map(EvidenceDay)
    }
}

/// The days of a week before its day `day`, as bits.
fn before(day: i32) -> u8 {
    let days = u32::try_from(day.clamp(0, 7)).unwrap_or(0);
    WEEK & !(u8::MAX.checked_shl(days).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Active on these days.
    fn on(days: &[i16]) -> Activity {
        let mut activity = Activity::new(EvidenceDay::END);
        for day in days {
            let week = i8::try_from(day.div_euclid(7)).unwrap();
            activity.add(week, 1 << day.rem_euclid(7));
        }
        activity
    }

    #[test]
    fn days_are_counted_from_one_up_to_and_without_another() {
        let activity = on(&[-9, -1, 0, 6, 7, 20, 21]);
        let count = |from, to| activity.days(EvidenceDay(from), EvidenceDay(to));
        assert_eq!(count(0, 21), 4);
        assert_eq!(count(7, 21), 2);
        assert_eq!(count(-9, 0), 2);
        assert_eq!(count(-8, 1), 2);
        assert_eq!(count(3, 8), 2);
        assert_eq!(count(21, 21), 0);
        assert_eq!(count(-99, 999), 7);
    }

    #[test]
    fn the_last_active_day_may_be_before_the_start() {
        let activity = on(&[-9, 4]);
        assert_eq!(activity.last(EvidenceDay(21)), Some(EvidenceDay(4)));
        assert_eq!(activity.last(EvidenceDay(4)), Some(EvidenceDay(-9)));
        assert_eq!(activity.last(EvidenceDay(-9)), None);
    }

    #[test]
    fn weeks_may_come_in_any_order_and_twice() {
        assert_eq!(on(&[20, -9, 4, 4]), on(&[4, 20, -9]));
        assert_eq!(on(&[20, 4]).days(EvidenceDay(0), EvidenceDay(28)), 2);
    }

    #[test]
    fn silence_is_known_only_where_every_source_that_knows_anything_knows() {
        let of = |day: i16, from: i16, until: i16| {
            let mut activity =
                Activity::knowing(Known::between(EvidenceDay(from), EvidenceDay(until)));
            activity.add_day(EvidenceDay(day));
            activity
        };
        let (log, teams, old) = (of(3, 0, 20), of(16, 0, 40), of(30, 0, 50).days_alone());
        for sources in [[&log, &teams, &old], [&old, &teams, &log]] {
            let all = Activity::together(sources).unwrap();
            assert!(all.covers(EvidenceDay(20)) && !all.covers(EvidenceDay(21)));
            assert_eq!(all.days(EvidenceDay(0), EvidenceDay(40)), 3, "active days are facts");
        }
        // Two that know no day together know nothing, whatever a third knows.
        let (one, other) = (of(3, 0, 20), of(30, 20, 40));
        for sources in [[&one, &other, &teams], [&teams, &one, &other], [&other, &one, &teams]] {
            assert!(!Activity::together(sources).unwrap().covers(EvidenceDay(1)));
        }
        assert!(!Activity::together([&old]).unwrap().covers(EvidenceDay(1)));
        assert_eq!(Activity::together([]), None);
    }
}
