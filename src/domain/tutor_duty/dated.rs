//! What runs out on a day: trainings and terms of office.

use chrono::{Days, Months, NaiveDate};

use super::{DutyStatus, DutyStep, Found, Look, counted};
use crate::domain::{
    role_term::RoleTerm,
    time::show_day,
    training::{Course, Training},
    tutor::{Role, Tutor},
    word::Choice,
};

/// From so many days before a training runs out on it is time for the next.
const SOON: i64 = 60;

impl Look<'_> {
    pub(super) fn training(self, course: Course, months: Option<u16>, tutor: &Tutor) -> Found {
        let step = DutyStep::RecordTraining(course);
        let attended = |it: &&Training| {
            it.tutor == tutor.id && it.course.answers(course) && it.on <= self.today
        };
        let ends =
            |it: &Training| earlier(it.expires, months.and_then(|months| after(it.on, months)));
        let best = self.records.trainings().filter(attended).max_by_key(|it| {
            let end = ends(it);
            (end.is_none(), end, it.on, it.id)
        });
        let Some(best) = best else {
            let evidence = format!("No {} is recorded.", course.words());
            return Found::new(DutyStatus::Unknown, evidence, step);
        };
        let on = show_day(best.on, self.today);
        let Some(end) = ends(best) else {
            let evidence = format!("Attended on {on}; it does not run out.");
            return Found::new(DutyStatus::Fine, evidence, step).by(best.id);
        };
        let (left, day) = ((end - self.today).num_days(), show_day(end, self.today));
        let (status, ends) = if left < 0 {
            (DutyStatus::Overdue(-left), "ran out after")
        } else if left <= SOON {
            (DutyStatus::Due(left), "counts until")
        } else {
            (DutyStatus::Fine, "counts until")
        };
        Found::new(status, format!("Attended on {on}; it {ends} {day}."), step).by(best.id)
    }

    pub(super) fn term(self, years: u8, remind: &[u8], role: Role, tutor: &Tutor) -> Found {
        let mut terms: Vec<&RoleTerm> = self
            .records
            .role_terms()
            .filter(|it| it.tutor == tutor.id && it.role == role)
            .collect();
        terms.sort_by_key(|term| (term.from, term.until, term.id));
        let Some(current) = terms.iter().rfind(|term| term.from <= self.today).copied() else {
            return self.term_ahead(terms.first().copied(), role);
        };
        let mut last = current;
        for term in &terms {
            let next = last.until.checked_add_days(Days::new(1)).unwrap_or(last.until);
            if term.from <= next && term.until > last.until {
                last = term;
            }
        }
        let step = DutyStep::EditTerm(last.id);
        let (from, until) = (self.day(current.from), self.day(last.until));
        let left = (last.until - self.today).num_days();
        if left < 0 {
            let evidence = format!("The term of office from {from} ended on {until}.");
            return Found::new(DutyStatus::Overdue(-left), evidence, DutyStep::RecordTerm)
                .by(last.id);
        }
        let long =
            after(current.from, u16::from(years) * 12).is_some_and(|end| current.until > end);
        let long =
            if long { format!("; longer than {}", counted(years, "year")) } else { String::new() };
        let mut due: Vec<u8> =
            remind.iter().copied().filter(|it| self.reminds(last, *it)).collect();
        due.sort_unstable();
        if let Some(months) = due.first() {
            let evidence = format!(
                "{} from {from} to {until}; the reminder {} before the end is due{long}.",
                title(role),
                counted(*months, "month")
            );
            Found::new(DutyStatus::Due(left), evidence, step).by(last.id)
        } else {
            let evidence = format!("{} from {from} to {until}{long}.", title(role));
            Found::new(DutyStatus::Fine, evidence, step).by(last.id)
        }
    }

    /// A term of office that has not begun, or none at all.
    fn term_ahead(self, next: Option<&RoleTerm>, role: Role) -> Found {
        if let Some(next) = next {
            let evidence = format!("{} from {} on.", title(role), self.day(next.from));
            Found::new(DutyStatus::Fine, evidence, DutyStep::EditTerm(next.id)).by(next.id)
        } else {
            let evidence = format!("No term of office as {} is recorded.", role.words());
            Found::new(DutyStatus::Unknown, evidence, DutyStep::RecordTerm)
        }
    }

    fn reminds(self, term: &RoleTerm, months: u8) -> bool {
        let first = term.until.checked_sub_months(Months::new(months.into()));
        first.is_some_and(|first| first <= self.today)
    }

    pub(super) fn day(self, day: NaiveDate) -> String {
        show_day(day, self.today)
    }
}

/// What a role is called at the start of a sentence.
const fn title(role: Role) -> &'static str {
    match role {
        Role::Tutor => "Tutor",
        Role::SeniorTutor => "Senior tutor",
    }
}

/// The last day of so many months that begin on a day.
fn after(day: NaiveDate, months: u16) -> Option<NaiveDate> {
    day.checked_add_months(Months::new(months.into()))?.pred_opt()
}

/// The earlier of two days, where there are any.
fn earlier(one: Option<NaiveDate>, other: Option<NaiveDate>) -> Option<NaiveDate> {
    one.into_iter().chain(other).min()
}
