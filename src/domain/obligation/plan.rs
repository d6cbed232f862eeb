//! A policy laid over the calendars: which days each duty means in each academic year.

use std::sync::Arc;

use chrono::{Days, NaiveDate};
use rayon::prelude::*;

use super::{Obligation, Part, judge, subject::Subject};
use crate::domain::{
    calendar::{Calendar, Span},
    duty_key::DutyKey,
    file::StudentFile,
    policy::{Duty, Policy, What, When},
    records::Records,
    student::StudentId,
    tutor::Role,
};

/// For so many days before an academic year its obligations are shown as what comes next.
const AHEAD: u64 = 92;

/// A policy and the calendars it is applied to. Made again when either changes.
#[derive(Debug, Clone)]
pub struct Plan {
    policy: Arc<Policy>,
    years: Vec<Year>,
    unresolved: Vec<Unresolved>,
    /// Words with which the focus of a meeting of a series begins.
    pub(super) series: Vec<String>,
    /// Whether any duty is for senior tutors: only then is looked who held a meeting.
    pub(super) asks_senior: bool,
}

/// One academic year with the windows of each duty, in the order of the policy.
#[derive(Debug, Clone)]
pub(super) struct Year {
    calendar: Calendar,
    pub(super) begins: i32,
    induction_over: NaiveDate,
    windows: Vec<Vec<Span>>,
}

/// A duty whose time an academic year does not have: a term of another name, a week too many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unresolved {
    /// Which duty, by its place in the policy.
    pub duty: usize,
    /// In whose September the academic year begins.
    pub year: i32,
}

impl Year {
    fn new(policy: &Policy, calendar: &Calendar) -> Self {
        let first = calendar.terms.iter().min_by_key(|term| term.first);
        let arrival = first.and_then(|term| {
            let week = u8::from(!term.induction);
            term.weeks_between(week, week).map(|week| week.to)
        });
        let windows = policy.duties.iter().map(|duty| calendar.resolve(&duty.when, None));
        Self {
            begins: calendar.begins(),
            induction_over: arrival.unwrap_or(calendar.span.from),
            windows: windows.collect(),
            calendar: calendar.clone(),
        }
    }

    pub(super) const fn span(&self) -> Span {
        self.calendar.span
    }

    /// The last day of induction week, or of week 1 where there is none: who comes later comes late.
    pub(super) const fn induction_over(&self) -> NaiveDate {
        self.induction_over
    }

    /// The windows of a duty, with the parts that they are.
    pub(super) fn windows(
        &self,
        place: usize,
        duty: &Duty,
        entry: Option<NaiveDate>,
    ) -> Vec<(Part, Span)> {
        let own;
        let spans = match (&duty.when, self.windows.get(place)) {
            (When::AfterEntry { .. }, _) | (_, None) => {
                own = self.calendar.resolve(&duty.when, entry);
                &own
            }
            (_, Some(spans)) => spans,
        };
        let again = comes_again(&duty.when);
        let numbered = spans
            .iter()
            .zip(1_u16..)
            .map(|(span, number)| (if again { Part::Nth(number) } else { Part::Whole }, *span));
        numbered.collect()
    }
}

/// Whether a duty comes again and again, however often it does in a year.
const fn comes_again(when: &When) -> bool {
    matches!(when, When::EachTerm | When::Every { .. } | When::Spread { .. })
}

impl Plan {
    /// Lays a policy over calendars. Of two calendars of one year a confirmed one counts;
    /// one that ends before it begins counts for nothing.
    #[must_use]
    pub fn new<'a>(policy: Arc<Policy>, calendars: impl IntoIterator<Item = &'a Calendar>) -> Self {
        let sound = calendars.into_iter().filter(|it| it.span.from <= it.span.to);
        let mut years: Vec<Year> = sound.map(|calendar| Year::new(&policy, calendar)).collect();
        years.sort_by_key(|year| (year.begins, year.calendar.example, year.calendar.id));
        years.dedup_by_key(|year| year.begins);
        let mut unresolved = Vec::new();
        for year in &years {
            for (duty, (rule, windows)) in policy.duties.iter().zip(&year.windows).enumerate() {
                if windows.is_empty() && !matches!(rule.when, When::AfterEntry { .. }) {
                    unresolved.push(Unresolved { duty, year: year.begins });
                }
            }
        }
        let series = policy.duties.iter().filter_map(|duty| match &duty.what {
            What::Slot(slot) if !slot.series.is_empty() => Some(slot.series.clone()),
            What::Slot(_)
            | What::Count(_)
            | What::Tutor
            | What::Contact
            | What::Filled(_)
            | What::Letter { .. }
            | What::Outcome { .. } => None,
        });
        let mut series: Vec<String> = series.collect();
        series.sort();
        series.dedup();
        let asks_senior = policy.duties.iter().any(|duty| duty.by == Some(Role::SeniorTutor));
        Self { policy, years, unresolved, series, asks_senior }
    }

    /// The policy.
    #[must_use]
    pub const fn policy(&self) -> &Arc<Policy> {
        &self.policy
    }

    /// The academic years it knows, in order: each by the year in whose September it begins.
    pub fn years(&self) -> impl Iterator<Item = i32> {
        self.years.iter().map(|year| year.begins)
    }

    /// The calendar of an academic year.
    #[must_use]
    pub fn calendar(&self, year: i32) -> Option<&Calendar> {
        self.year(year).map(|year| &year.calendar)
    }

    /// Duties whose time an academic year does not have: nobody is asked for them until the calendar or
    /// the policy is put right.
    #[must_use]
    pub fn unresolved(&self) -> &[Unresolved] {
        &self.unresolved
    }

    /// The academic year of a day; between two years, and a little before the first, the one that comes.
    #[must_use]
    pub fn year_of(&self, day: NaiveDate) -> Option<i32> {
        let within = self.years.iter().find(|year| year.span().holds(day));
        let horizon = day.checked_add_days(Days::new(AHEAD));
        let next = || {
            self.years
                .iter()
                .filter(|year| {
                    day < year.span().from && horizon.is_none_or(|to| year.span().from <= to)
                })
                .min_by_key(|year| year.span().from)
        };
        within.or_else(next).map(|year| year.begins)
    }

    /// A student's obligations of the academic year of this day, in the order of the policy. None where
    /// no calendar knows the day.
    #[must_use]
    pub fn obligations(
        &self,
        records: &Records,
        file: &StudentFile,
        today: NaiveDate,
    ) -> Vec<Obligation> {
        let year = self.year_of(today);
        year.map_or_else(Vec::new, |year| self.obligations_in(year, records, file, today))
    }

    /// A student's obligations of one academic year, seen on a day.
    #[must_use]
    pub fn obligations_in(
        &self,
        year: i32,
        records: &Records,
        file: &StudentFile,
        today: NaiveDate,
    ) -> Vec<Obligation> {
        self.year(year).map_or_else(Vec::new, |year| {
            let subject = Subject::new(file, year, today);
            judge::Case { plan: self, year, records, file, subject, today }.obligations()
        })
    }

    /// The obligations of every student, on all cores.
    #[must_use]
    pub fn all(&self, records: &Records, today: NaiveDate) -> Vec<(StudentId, Vec<Obligation>)> {
        let files: Vec<_> = records.files().collect();
        files
            .into_par_iter()
            .map(|file| (file.student.id, self.obligations(records, file, today)))
            .collect()
    }

    /// The duty of an obligation of this plan.
    #[must_use]
    pub fn duty(&self, obligation: &Obligation) -> Option<&Duty> {
        self.policy.duties.get(obligation.duty)
    }

    /// The lasting name of an obligation of this plan.
    #[must_use]
    pub fn key(&self, obligation: &Obligation) -> Option<DutyKey> {
        self.duty(obligation).map(|duty| obligation.key(duty))
    }

    /// The clause of an obligation as it is cited: `LJMU 5`.
    #[must_use]
    pub fn cited(&self, obligation: &Obligation) -> String {
        self.duty(obligation).map_or_else(String::new, |duty| self.policy.cited(&duty.clause))
    }

    fn year(&self, begins: i32) -> Option<&Year> {
        let place = self.years.binary_search_by_key(&begins, |year| year.begins).ok()?;
        self.years.get(place)
    }
}
