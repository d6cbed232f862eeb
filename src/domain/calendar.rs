//! The academic calendar as data: terms or semesters, teaching weeks, holidays and closures.

use chrono::{Datelike, Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{id::Id, time::monday_of};

mod resolve;
mod weeks;

#[cfg(test)]
pub(crate) mod tests_support;

/// Names a calendar.
pub type CalendarId = Id<Calendar>;

/// A teaching week: 1 is the first teaching week, 0 is induction week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TeachingWeek(pub u8);

/// A week of evidence, counted from 0 at the start of a module; never a teaching week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct EvidenceWeek(pub u16);

/// A stretch of days, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Span {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
}

impl Span {
    /// Whether the day lies within.
    #[must_use]
    pub fn holds(&self, day: NaiveDate) -> bool {
        self.from <= day && day <= self.to
    }

    /// The stretch between two days; none if it would end before it begins.
    #[must_use]
    pub fn new(from: NaiveDate, to: NaiveDate) -> Option<Self> {
        (from <= to).then_some(Self { from, to })
    }

    /// Whether it shares a day with another.
    #[must_use]
    pub fn meets(&self, other: &Self) -> bool {
        self.from <= other.to && other.from <= self.to
    }

    /// How many days a day lies outside; 0 within.
    #[must_use]
    pub fn distance(&self, day: NaiveDate) -> i64 {
        (self.from - day).num_days().max((day - self.to).num_days()).max(0)
    }
}

/// One term or semester.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// Its name: `Semester 1`, `Autumn`.
    pub name: String,
    /// Monday of the first teaching week.
    pub first: NaiveDate,
    /// Number of teaching weeks, breaks not counted.
    pub weeks: u8,
    /// Whether the week before the first is an induction week.
    #[serde(default)]
    pub induction: bool,
    /// Weeks without teaching inside the term, such as a winter break.
    #[serde(default)]
    pub breaks: Vec<Span>,
    /// Reading weeks: counted as teaching weeks, but marked.
    #[serde(default)]
    pub reading: Vec<Span>,
    /// Exam period.
    #[serde(default)]
    pub exams: Option<Span>,
}

/// Days after which nobody counts working days any more.
const LONGEST_WAIT: u32 = 1_000;

/// One academic year of an institution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calendar {
    /// Identity.
    pub id: CalendarId,
    /// Its name: `2026/27`.
    pub year: String,
    /// First and last day.
    pub span: Span,
    /// Terms or semesters, in order.
    pub terms: Vec<Term>,
    /// Bank holidays.
    pub holidays: Vec<NaiveDate>,
    /// Closures of the institution.
    pub closures: Vec<Span>,
    /// Whether the dates are an example that nobody has confirmed.
    pub example: bool,
}

impl Term {
    /// The teaching week of a day: none in a break, after the last week, or before induction.
    #[must_use]
    pub fn week_of(&self, day: NaiveDate) -> Option<TeachingWeek> {
        let monday = monday_of(day);
        let first = monday_of(self.first);
        if self.induction && monday.checked_add_days(Days::new(7)) == Some(first) {
            return Some(TeachingWeek(0));
        }
        if monday < first || self.breaks.iter().any(|pause| pause.holds(monday)) {
            return None;
        }
        let lost = (0..)
            .map_while(|week| first.checked_add_days(Days::new(week * 7)))
            .take_while(|other| *other < monday)
            .filter(|other| self.breaks.iter().any(|pause| pause.holds(*other)))
            .count();
        let passed = (monday - first).num_weeks() - i64::try_from(lost).ok()?;
        let week = u8::try_from(passed + 1).ok()?;
        (week <= self.weeks).then_some(TeachingWeek(week))
    }
}

impl Calendar {
    /// How a day is called: `Semester 1, week 9`; none outside any term.
    #[must_use]
    pub fn week_of(&self, day: NaiveDate) -> Option<(&Term, TeachingWeek)> {
        self.terms.iter().find_map(|term| Some((term, term.week_of(day)?)))
    }

    /// The year in whose September this one begins, as its name says it, else by its days.
    #[must_use]
    pub fn begins(&self) -> i32 {
        let named = self.year.get(..4).and_then(|year| year.parse().ok());
        named.unwrap_or_else(|| {
            let inside = self.span.from.checked_add_days(Days::new(120));
            academic_year_of(inside.unwrap_or(self.span.from))
        })
    }

    /// Whether people work that day: not at a weekend, on a bank holiday, or in a closure.
    #[must_use]
    pub fn is_working_day(&self, day: NaiveDate) -> bool {
        day.weekday().number_from_monday() <= 5
            && !self.holidays.contains(&day)
            && !self.closures.iter().any(|closure| closure.holds(day))
    }

    /// The working day so many working days later; with 0 the day itself if people work on it, else the
    /// next one on which they do. A closure without end does not make it wait for ever.
    #[must_use]
    pub fn add_working_days(&self, day: NaiveDate, days: u16) -> NaiveDate {
        let mut left = days;
        let mut current = day;
        for _ in 0..LONGEST_WAIT {
            if self.is_working_day(current) {
                if left == 0 {
                    return current;
                }
                left -= 1;
            }
            let Some(next) = current.succ_opt() else { return current };
            current = next;
        }
        day.checked_add_days(Days::new(days.into())).unwrap_or(day)
    }

    /// A plain year of two semesters of twelve weeks for the year that begins in September of
    /// `start`, marked as an example for the user to confirm.
    #[must_use]
    pub fn example(id: CalendarId, start: i32) -> Option<Self> {
        let late_september = monday_of(NaiveDate::from_ymd_opt(start, 9, 28)?);
        let late_january = monday_of(NaiveDate::from_ymd_opt(start + 1, 1, 28)?);
        let weeks = |from: NaiveDate, skip: u64, long: u64| {
            Some(Span {
                from: from.checked_add_days(Days::new(skip * 7))?,
                to: from.checked_add_days(Days::new((skip + long) * 7 - 1))?,
            })
        };
        let semester = |name: &str, first, induction, breaks, exams| Term {
            name: name.into(),
            first,
            weeks: 12,
            induction,
            breaks,
            reading: vec![],
            exams,
        };
        let spring_break = weeks(late_january, 8, 3)?;
        Some(Self {
            id,
            year: format!("{start}/{:02}", (start + 1).rem_euclid(100)),
            span: Span {
                from: NaiveDate::from_ymd_opt(start, 9, 1)?,
                to: NaiveDate::from_ymd_opt(start + 1, 8, 31)?,
            },
            terms: vec![
                semester("Semester 1", late_september, true, vec![], weeks(late_september, 14, 3)),
                semester(
                    "Semester 2",
                    late_january,
                    false,
                    vec![spring_break],
                    weeks(late_january, 15, 3),
                ),
            ],
            holidays: vec![],
            closures: vec![],
            example: true,
        })
    }
}

/// The year in whose September an academic year begins, for a day in it.
#[must_use]
pub fn academic_year_of(day: NaiveDate) -> i32 {
    if day.month() >= 9 { day.year() } else { day.year() - 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_day_is_named_by_its_teaching_week() {
        let calendar = Calendar::example(Id::from_bytes([0; 16]), 2026).unwrap();
        let week =
            |text: &str| calendar.week_of(day(text)).map(|(term, week)| (&*term.name, week.0));
        assert_eq!(calendar.year, "2026/27");
        assert_eq!(week("2026-09-21"), Some(("Semester 1", 0)));
        assert_eq!(week("2026-10-04"), Some(("Semester 1", 1)));
        assert_eq!(week("2026-11-21"), Some(("Semester 1", 8)));
        assert_eq!(week("2026-12-21"), None);
        assert_eq!(week("2027-01-25"), Some(("Semester 2", 1)));
        assert_eq!(week("2027-03-24"), None, "spring break");
        assert_eq!(week("2027-04-12"), Some(("Semester 2", 9)));
        assert_eq!(week("2030-01-01"), None);
    }

    #[test]
    fn working_days_step_over_weekends_holidays_and_closures() {
        let mut calendar = Calendar::example(Id::from_bytes([0; 16]), 2026).unwrap();
        calendar.closures.push(Span { from: day("2026-12-24"), to: day("2027-01-01") });
        calendar.holidays.push(day("2026-12-21"));
        for (from, days, to) in [
            ("2026-11-20", 0, "2026-11-20"),
            ("2026-11-21", 0, "2026-11-23"),
            ("2026-11-20", 1, "2026-11-23"),
            ("2026-11-21", 1, "2026-11-24"),
            ("2026-12-18", 2, "2026-12-23"),
            ("2026-12-23", 1, "2027-01-04"),
            ("2026-11-23", 5, "2026-11-30"),
        ] {
            assert_eq!(calendar.add_working_days(day(from), days), day(to), "{from} + {days}");
        }
        calendar.closures.push(Span { from: NaiveDate::MIN, to: NaiveDate::MAX });
        assert_eq!(calendar.add_working_days(day("2026-11-20"), 3), day("2026-11-23"));
    }

    #[test]
    fn an_academic_year_is_known_by_its_name_else_by_its_days() {
        let mut calendar = Calendar::example(Id::from_bytes([0; 16]), 2026).unwrap();
        assert_eq!(calendar.begins(), 2026);
        calendar.year = "this year".into();
        assert_eq!(calendar.begins(), 2026);
        calendar.span.from = day("2026-08-01");
        assert_eq!(calendar.begins(), 2026);
        calendar.span.from = NaiveDate::MAX;
        assert_eq!(calendar.begins(), NaiveDate::MAX.year());
    }

    #[test]
    fn weekends_and_closures_are_no_working_days() {
        let mut calendar = Calendar::example(Id::from_bytes([0; 16]), 2026).unwrap();
        calendar.closures.push(Span { from: day("2026-12-24"), to: day("2027-01-01") });
        assert!(calendar.is_working_day(day("2026-11-20")));
        assert!(!calendar.is_working_day(day("2026-11-21")));
        assert!(!calendar.is_working_day(day("2026-12-29")));
    }
}
