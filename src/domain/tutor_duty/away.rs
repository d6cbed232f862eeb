//! Who is away for longer than the policy allows: absences that follow one another are one, and only the days
//! within one term count where the policy says so.

use chrono::NaiveDate;

use super::{DutyStatus, DutyStep, Found, Look, counted};
use crate::domain::{
    absence::{Absence, AbsenceId},
    calendar::{Span, Term},
    time::show_day,
    tutor::{Tutor, TutorId},
};

/// From so many days before the limit on it is time to look for another tutor.
const SOON: i64 = 14;

/// One stretch of being away.
#[derive(Debug, Clone, Copy)]
struct Away {
    /// The last absence in it.
    id: AbsenceId,
    /// First day.
    from: NaiveDate,
    /// Last day; today while it is open.
    to: NaiveDate,
    /// Whether nobody knows yet when it ends.
    open: bool,
    /// Who stands in.
    deputy: Option<TutorId>,
}

/// How many days count, and in which term.
struct Count<'a> {
    days: i64,
    term: Option<&'a Term>,
}

impl<'a> Look<'a> {
    pub(super) fn absence(self, limit: i64, within_term: bool, tutor: &Tutor) -> Found {
        let stretches = self.stretches(tutor.id);
        let current = stretches.into_iter().filter(|away| away.open || away.to >= self.today);
        let found = current.map(|away| self.away(away, limit, within_term).by(away.id));
        let mut worst = found
            .max_by_key(|found| found.status.severity())
            .unwrap_or_else(|| Found::new(DutyStatus::Fine, "Not away.", DutyStep::RecordAbsence));
        let mut tutees = self.load(tutor.id).tutees;
        if worst.status == DutyStatus::Fine || matches!(worst.status, DutyStatus::Upcoming(_)) {
            return worst;
        }
        if tutees.is_empty() && worst.status != DutyStatus::Unknown {
            worst.evidence.push_str("; no tutees are left to hand over");
            worst.status = DutyStatus::Fine;
            return worst;
        }
        if !matches!(worst.status, DutyStatus::Unknown) {
            let many = counted(tutees.len(), "tutee");
            let need = if tutees.len() == 1 { "needs" } else { "need" };
            worst.evidence = format!("{}; {many} {need} another tutor", worst.evidence);
            worst.tutees.append(&mut tutees);
        }
        worst
    }

    fn away(self, away: Away, limit: i64, within_term: bool) -> Found {
        let step = DutyStep::EditAbsence(away.id);
        let deputy = away.deputy.and_then(|id| self.records.tutor(id));
        let deputy = deputy.map_or_else(String::new, |it| format!("; {} stands in", it.name));
        let says = |words: String| format!("{}{words}{deputy}", self.since(away));
        if within_term && !self.is_known(away) {
            return Found::new(
                DutyStatus::Unknown,
                says(", but no calendar has these days".into()),
                step,
            );
        }
        let count = self.count(away, within_term);
        let place = count.term.map_or_else(String::new, |term| format!(" in {}", term.name));
        let counted_days = format!(", {} of {limit} days{place}", count.days);
        let ahead = (away.from - self.today).num_days();
        if count.days > limit {
            let over = usize::try_from(count.days - limit).unwrap_or(usize::MAX);
            let words =
                format!(", {}{place} where {limit} are the most", counted(count.days, "day"));
            let status = if ahead > 0 { DutyStatus::Due(ahead) } else { DutyStatus::Over(over) };
            return Found::new(status, says(words), step);
        }
        let left = away.open.then(|| self.left(away, limit, within_term)).flatten();
        let status = match left {
            Some(days) if ahead <= 0 && days <= SOON => DutyStatus::Due(days),
            Some(days) if ahead <= 0 => DutyStatus::Upcoming(days),
            Some(_) | None => DutyStatus::Fine,
        };
        Found::new(status, says(counted_days), step)
    }

    /// `Away since 5 Oct`, `Away from 1 Dec to 20 Dec`.
    fn since(self, away: Away) -> String {
        let day = |day| show_day(day, self.today);
        match away.open {
            true if away.from <= self.today => format!("Away since {}", day(away.from)),
            true => format!("Away from {}, without an end yet", day(away.from)),
            false => format!("Away from {} to {}", day(away.from), day(away.to)),
        }
    }

    /// The absences of a tutor as stretches: those between which nobody works are one.
    fn stretches(self, tutor: TutorId) -> Vec<Away> {
        let mut absences: Vec<&Absence> =
            self.records.absences().filter(|absence| absence.tutor == tutor).collect();
        absences.sort_by_key(|absence| (absence.from, absence.to, absence.id));
        let mut all: Vec<Away> = Vec::new();
        for absence in absences {
            let open = absence.to.is_none();
            let to = absence.to.unwrap_or(self.today).max(absence.from);
            match all.last_mut() {
                Some(last) if self.follows(last.to, absence.from) => {
                    last.to = last.to.max(to);
                    last.open |= open;
                    last.id = absence.id;
                    last.deputy = absence.deputy.or(last.deputy);
                }
                _ => {
                    let deputy = absence.deputy;
                    all.push(Away { id: absence.id, from: absence.from, to, open, deputy });
                }
            }
        }
        all
    }

    /// Whether nobody works between the last day of one absence and the first of the next.
    fn follows(self, last: NaiveDate, next: NaiveDate) -> bool {
        let mut between = last.iter_days().skip(1).take_while(|day| *day < next);
        next <= last || !between.any(|day| self.works(day))
    }

    fn works(self, day: NaiveDate) -> bool {
        self.records.calendar(day).map_or_else(
            || {
                !matches!(
                    chrono::Datelike::weekday(&day),
                    chrono::Weekday::Sat | chrono::Weekday::Sun
                )
            },
            |calendar| calendar.is_working_day(day),
        )
    }

    fn is_known(self, away: Away) -> bool {
        self.records.calendar(away.from).is_some() || self.records.calendar(away.to).is_some()
    }

    /// The days that count: all of them, or those in the term that has the most of them.
    fn count(self, away: Away, within_term: bool) -> Count<'a> {
        if !within_term {
            return Count { days: (away.to - away.from).num_days() + 1, term: None };
        }
        let counts = self.terms().map(|term| Count { days: days_in(term, away), term: Some(term) });
        let most = counts.max_by_key(|count| count.days).filter(|count| count.days > 0);
        most.unwrap_or(Count { days: 0, term: None })
    }

    fn terms(self) -> impl Iterator<Item = &'a Term> {
        self.records.calendars().flat_map(|calendar| &calendar.terms)
    }

    /// In how many days an open absence is longer than the limit; none if the term ends before.
    fn left(self, away: Away, limit: i64, within_term: bool) -> Option<i64> {
        let mut days = self.today.iter_days().skip(1).take(366);
        let over = |to: &NaiveDate| self.count(Away { to: *to, ..away }, within_term).days > limit;
        let term = self.terms().find(|term| term.span().is_some_and(|span| span.holds(self.today)));
        let end = term.and_then(Term::span).map(|span| span.to).filter(|_| within_term);
        if within_term && end.is_none() {
            return None;
        }
        let first = days.find(over).filter(|day| end.is_none_or(|end| *day <= end))?;
        Some((first - self.today).num_days())
    }
}

/// The days of an absence in a term, its breaks left out.
fn days_in(term: &Term, away: Away) -> i64 {
    let Some(span) = term.span() else { return 0 };
    let inside = overlap(span, Span { from: away.from, to: away.to });
    let Some(inside) = inside else { return 0 };
    let days = inside.from.iter_days().take_while(|day| *day <= inside.to);
    let counts = days.filter(|day| !term.breaks.iter().any(|pause| pause.holds(*day)));
    i64::try_from(counts.count()).unwrap_or(i64::MAX)
}

fn overlap(one: Span, other: Span) -> Option<Span> {
    Span::new(one.from.max(other.from), one.to.min(other.to))
}
