//! What a policy calls “Autumn week 6”, “late February” or “post-exams”, as days of one academic year.

use chrono::{Datelike, Days, NaiveDate};

use super::{Calendar, Span, Term, weeks::sunday_of};
use crate::domain::policy::{MonthPart, When};

impl Calendar {
    /// The stretches of this year that are meant, in order: one each, or several where a duty comes again
    /// and again. None where the year has no such term or week, or nobody came in it.
    ///
    /// `entry` is the student's first day, for what is counted from it.
    #[must_use]
    pub fn resolve(&self, when: &When, entry: Option<NaiveDate>) -> Vec<Span> {
        match when {
            When::Weeks { term, from, to } => {
                one(self.term(term).and_then(|term| term.weeks_between(*from, *to)))
            }
            When::YearWeeks { from, to } => one(self.year_weeks(*from, *to)),
            When::Month { month, part } => one(self.month(*month, *part)),
            When::Term { term } => one(self.term(term).and_then(Term::span)),
            When::EachTerm => self.terms.iter().filter_map(Term::span).collect(),
            When::AfterExams { term, days } => {
                one(self.term(term).and_then(|term| after_exams(term, *days)))
            }
            When::AfterEntry { days } => one(self.after_entry(entry, *days)),
            When::Every { weeks } => {
                self.terms.iter().flat_map(|term| every(term, (*weeks).into())).collect()
            }
            When::Spread { times, term } => self.spread((*times).into(), term),
            When::Year => one(Span::new(self.span.from, self.span.to)),
        }
    }

    fn year_weeks(&self, from: u8, to: u8) -> Option<Span> {
        let begin = match from.checked_sub(1) {
            None => self.terms.first()?.week_zero()?,
            Some(before) => self.teaching_mondays().nth(before.into())?,
        };
        let end = match to {
            0 => self.terms.first()?.week_zero()?,
            _ => self.teaching_mondays().take(to.into()).last()?,
        };
        Span::new(begin, sunday_of(end)?)
    }

    /// Of the months of this name around the year the one with the most days in it.
    fn month(&self, month: u8, part: MonthPart) -> Option<Span> {
        let years = self.span.from.year()..=self.span.to.year().min(self.span.from.year() + 2);
        years
            .filter_map(|year| month_part(year, month.into(), part))
            .filter(|span| span.meets(&self.span))
            .rev()
            .max_by_key(|span| {
                let from = span.from.max(self.span.from);
                (span.to.min(self.span.to) - from).num_days()
            })
    }

    fn after_entry(&self, entry: Option<NaiveDate>, days: u16) -> Option<Span> {
        let first = entry.filter(|day| self.span.holds(*day))?;
        Span::new(first, first.checked_add_days(Days::new(days.into()))?)
    }

    fn spread(&self, times: usize, term: &str) -> Vec<Span> {
        let mondays: Vec<NaiveDate> = if term.is_empty() {
            self.teaching_mondays().collect()
        } else {
            self.term(term).into_iter().flat_map(Term::mondays).collect()
        };
        let weeks = mondays.len();
        let share = |part: usize| {
            let first = (part * weeks / times).min(weeks.saturating_sub(1));
            let last = ((part + 1) * weeks / times).saturating_sub(1).max(first);
            Span::new(*mondays.get(first)?, sunday_of(*mondays.get(last)?)?)
        };
        (0..times).filter_map(share).collect()
    }
}

fn one(span: Option<Span>) -> Vec<Span> {
    span.into_iter().collect()
}

fn month_part(year: i32, month: u32, part: MonthPart) -> Option<Span> {
    let day = |day: u32| NaiveDate::from_ymd_opt(year, month, day);
    let last = (28..=31).rev().find_map(day);
    match part {
        MonthPart::Early => Span::new(day(1)?, day(10)?),
        MonthPart::Mid => Span::new(day(11)?, day(20)?),
        MonthPart::Late => Span::new(day(21)?, last?),
        MonthPart::Whole => Span::new(day(1)?, last?),
    }
}

/// Where a term has no exams, they are over when the teaching is.
fn after_exams(term: &Term, days: u16) -> Option<Span> {
    let over = term.exams.map(|exams| exams.to).or_else(|| term.last_teaching_day())?;
    Span::new(over.succ_opt()?, over.checked_add_days(Days::new(days.into()))?)
}

/// Stretches of so many teaching weeks; what is left at the end of a term makes one of its own.
fn every(term: &Term, weeks: usize) -> Vec<Span> {
    let mondays: Vec<NaiveDate> = term.mondays().collect();
    let ends = |chunk: &[NaiveDate]| Span::new(*chunk.first()?, sunday_of(*chunk.last()?)?);
    mondays.chunks(weeks.max(1)).filter_map(ends).collect()
}

#[cfg(test)]
mod tests;
