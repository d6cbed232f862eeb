//! Weeks of a term as days: the n-th teaching week, the whole term, its end.

use chrono::{Days, NaiveDate};

use super::{Calendar, Span, Term};
use crate::domain::time::monday_of;

/// Weeks after which a term is no longer looked through, however long its breaks are.
const LONGEST_TERM: u64 = 106;

impl Term {
    /// The Mondays of its teaching weeks, in order, breaks left out; the first is that of week 1.
    pub fn mondays(&self) -> impl Iterator<Item = NaiveDate> {
        let first = monday_of(self.first);
        (0..LONGEST_TERM)
            .map_while(move |week| first.checked_add_days(Days::new(week * 7)))
            .filter(|monday| !self.breaks.iter().any(|pause| pause.holds(*monday)))
            .take(self.weeks.into())
    }

    /// The Monday of the week before week 1: induction week, where there is one.
    #[must_use]
    pub fn week_zero(&self) -> Option<NaiveDate> {
        monday_of(self.first).checked_sub_days(Days::new(7))
    }

    /// From the Monday of one teaching week to the Sunday of another; 0 is the week before the first. A
    /// week after the last stands for the last; none if the term has not even the first of them.
    #[must_use]
    pub fn weeks_between(&self, from: u8, to: u8) -> Option<Span> {
        let begin = match from.checked_sub(1) {
            None => self.week_zero()?,
            Some(before) => self.mondays().nth(before.into())?,
        };
        let end = match to {
            0 => self.week_zero()?,
            _ => self.mondays().take(to.into()).last()?,
        };
        Span::new(begin, sunday_of(end)?)
    }

    /// The Sunday of its last teaching week.
    #[must_use]
    pub fn last_teaching_day(&self) -> Option<NaiveDate> {
        sunday_of(self.mondays().last()?)
    }

    /// From the first to the last day, induction week and exams included.
    #[must_use]
    pub fn span(&self) -> Option<Span> {
        let first = monday_of(self.first);
        let begin = if self.induction { self.week_zero()? } else { first };
        let taught = self.last_teaching_day();
        let end = taught.max(self.exams.map(|exams| exams.to))?;
        Span::new(begin, end)
    }

    /// Whether the day lies in a reading week.
    #[must_use]
    pub fn is_reading(&self, day: NaiveDate) -> bool {
        self.reading.iter().any(|weeks| weeks.holds(day))
    }
}

impl Calendar {
    /// The Mondays of all teaching weeks of the year, in order; the first is that of week 1.
    pub fn teaching_mondays(&self) -> impl Iterator<Item = NaiveDate> {
        self.terms.iter().flat_map(Term::mondays)
    }

    /// The term of this name, whatever its letters' case.
    #[must_use]
    pub fn term(&self, name: &str) -> Option<&Term> {
        let name = name.trim().to_lowercase();
        self.terms.iter().find(|term| term.name.trim().to_lowercase() == name)
    }
}

/// The Sunday of the week that begins on this Monday.
pub(super) fn sunday_of(monday: NaiveDate) -> Option<NaiveDate> {
    monday.checked_add_days(Days::new(6))
}
