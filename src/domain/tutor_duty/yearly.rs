//! What is done once in an academic year, or in every month in which there is teaching.

use chrono::{Datelike, Days, Months, NaiveDate};

use super::{DutyStatus, DutyStep, Found, Look};
use crate::domain::{
    calendar::academic_year_of,
    change::record_id,
    duty_done::DutyDone,
    duty_key::DutyKey,
    tutor::{Tutor, TutorId},
};

/// From so many days before its day on it is time for a yearly duty.
const MONTH: i64 = 30;
/// From so many days before the end of the month on it is time for a monthly one.
const WEEK: i64 = 7;

impl Look<'_> {
    pub(super) fn yearly(self, code: &str, (month, day): (u8, u8), tutor: &Tutor) -> Found {
        let key = DutyKey { year: academic_year_of(self.today), code: code.to_owned() };
        let step = DutyStep::MarkDone(key.clone());
        if let Some(done) =
            self.done(tutor.id, code).filter(|it| it.duty == key).max_by_key(|it| (it.on, it.id))
        {
            let evidence = format!("Done on {}.", self.day(done.on));
            let step = DutyStep::EditDone(key, done.id);
            return Found::new(DutyStatus::Fine, evidence, step).by(done.id);
        }
        let year = if month >= 9 { key.year } else { key.year + 1 };
        let Some(by) = NaiveDate::from_ymd_opt(year, month.into(), day.into()) else {
            return Found::new(DutyStatus::Unknown, "The policy names no day of the year.", step);
        };
        let evidence = format!("Not done yet this year; by {}.", self.day(by));
        Found::new(by_then((by - self.today).num_days(), MONTH), evidence, step)
    }

    pub(super) fn monthly(self, code: &str, tutor: &Tutor) -> Found {
        let key = DutyKey { year: academic_year_of(self.today), code: code.to_owned() };
        let step = DutyStep::MarkDone(key.clone());
        if self.records.calendar(self.today).is_none() {
            return Found::new(DutyStatus::Unknown, "No calendar has today.", step);
        }
        let done = self
            .done(tutor.id, code)
            .filter(|it| it.on <= self.today)
            .max_by_key(|it| (it.on, it.id));
        let (done, id) = (done.map(|done| done.on), done.map(|done| done.id));
        let said =
            done.map_or_else(|| "none recorded".into(), |on| format!("last on {}", self.day(on)));
        let this = first_of(self.today);
        // Months before the first that is recorded are not known to have been missed.
        let missed = self.taught_before(this).filter(|month| done.is_some_and(|on| on < *month));
        if let Some(missed) = missed {
            let end = end_of(missed);
            let evidence = format!("Not done in {}; {said}.", missed.format("%B %Y"));
            return Found::new(DutyStatus::Overdue((self.today - end).num_days()), evidence, step);
        }
        if done.is_some_and(|on| on >= this) {
            let step = id.map_or(step, |id| DutyStep::EditDone(key, id));
            let found = Found::new(DutyStatus::Fine, format!("Done this month; {said}."), step);
            return Found { record: id.map(record_id), ..found };
        }
        if !self.teaches(this) {
            let evidence = format!("No teaching this month; {said}.");
            return Found::new(DutyStatus::Fine, evidence, step);
        }
        let left = (end_of(this) - self.today).num_days();
        let evidence = format!("Not done yet in {}; {said}.", this.format("%B"));
        Found::new(by_then(left, WEEK), evidence, step)
    }

    fn done<'a>(&'a self, tutor: TutorId, code: &'a str) -> impl Iterator<Item = &'a DutyDone> {
        self.records.duties_done().filter(move |it| it.tutor == tutor && it.duty.code == code)
    }

    /// The last month with teaching before this one, in the same academic year.
    fn taught_before(self, this: NaiveDate) -> Option<NaiveDate> {
        let year = academic_year_of(this);
        let mut months = (1..12).filter_map(|back| this.checked_sub_months(Months::new(back)));
        months.find(|month| self.teaches(*month)).filter(|month| academic_year_of(*month) == year)
    }

    /// Whether there is teaching in the month that begins on this day.
    fn teaches(self, first: NaiveDate) -> bool {
        let mut days = first.iter_days().take_while(|day| day.month() == first.month());
        days.any(|day| self.records.calendar(day).is_some_and(|it| it.week_of(day).is_some()))
    }
}

/// Due from so many days before its day on, upcoming before that, overdue after it.
const fn by_then(left: i64, soon: i64) -> DutyStatus {
    if left < 0 {
        DutyStatus::Overdue(-left)
    } else if left <= soon {
        DutyStatus::Due(left)
    } else {
        DutyStatus::Upcoming(left)
    }
}

fn first_of(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day)
}

/// The last day of the month that begins on this day.
fn end_of(first: NaiveDate) -> NaiveDate {
    let next = first.checked_add_months(Months::new(1)).unwrap_or(first);
    next.checked_sub_days(Days::new(1)).unwrap_or(first)
}
