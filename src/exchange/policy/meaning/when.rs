//! Windows: the terms and weeks that a rule names are in every calendar of the pack.

use super::Check;
use crate::domain::{
    calendar::Term,
    policy::{When, Year},
};

impl Check<'_, '_> {
    pub(super) fn when(&mut self, path: &str, when: &When) {
        let at = |field: &str| format!("{path}.{field}");
        match when {
            When::Weeks { term, from, to } => {
                self.upright(&at("weeks.to"), *from, *to);
                let last = self.in_each_year(&at("weeks.term"), term, |term| u32::from(term.weeks));
                self.in_weeks(&at("weeks"), *from, *to, last);
                if *from == 0 {
                    self.in_each_year(&at("weeks.from"), term, |term| u32::from(term.induction))
                        .filter(|(least, _)| *least == 0)
                        .into_iter()
                        .for_each(|(_, year)| {
                            let message = format!(
                                "0 is induction week, which {term} of {year} does not have"
                            );
                            self.fault(&at("weeks.from"), message);
                        });
                }
            }
            When::YearWeeks { from, to } => {
                self.upright(&at("year-weeks.to"), *from, *to);
                let last =
                    self.least(|year| year.terms.iter().map(|term| u32::from(term.weeks)).sum());
                self.in_weeks(&at("year-weeks"), *from, *to, last);
            }
            When::Month { month, .. } => self.number(&at("month.month"), *month, 1..=12),
            When::Term { term } => {
                self.in_each_year(&at("term.term"), term, |_| 0);
            }
            When::AfterExams { term, days } => {
                self.number(&at("after-exams.days"), *days, 1..=120);
                let exams = |term: &Term| u32::from(term.exams.is_some());
                if let Some((0, year)) = self.in_each_year(&at("after-exams.term"), term, exams) {
                    let message = format!("{term} has no exams in the calendar {year}");
                    self.fault(&at("after-exams.term"), message);
                }
            }
            When::AfterEntry { days } => self.number(&at("after-entry.days"), *days, 1..=366),
            When::Every { weeks } => self.number(&at("every.weeks"), *weeks, 1..=52),
            When::Spread { times, term } => {
                self.number(&at("spread.times"), *times, 1..=52);
                let last = if term.is_empty() {
                    self.least(|year| year.terms.iter().map(|term| u32::from(term.weeks)).sum())
                } else {
                    self.in_each_year(&at("spread.term"), term, |term| u32::from(term.weeks))
                };
                if let Some((weeks, year)) = last.filter(|(weeks, _)| u32::from(*times) > *weeks) {
                    let message =
                        format!("{times} do not fit into the {weeks} teaching weeks of {year}");
                    self.fault(&at("spread.times"), message);
                }
            }
            When::EachTerm | When::Year => {}
        }
    }

    fn upright(&mut self, path: &str, from: u8, to: u8) {
        if from > to {
            self.fault(path, format!("week {to} is before week {from}; the window is upside down"));
        }
    }

    fn in_weeks(&mut self, path: &str, from: u8, to: u8, last: Option<(u32, String)>) {
        if let Some((weeks, year)) = last.filter(|(weeks, _)| u32::from(from.max(to)) > *weeks) {
            let field = if u32::from(from) > weeks { "from" } else { "to" };
            let message =
                format!("there are {weeks} teaching weeks in {year}; {} is beyond", from.max(to));
            self.fault(&format!("{path}.{field}"), message);
        }
    }

    /// The least of a number over the calendars, with the year that has it; a term that is not in one is a fault.
    fn in_each_year(
        &mut self,
        path: &str,
        name: &str,
        number: impl Fn(&Term) -> u32,
    ) -> Option<(u32, String)> {
        let years = &self.policy.years;
        let find = |year: &Year| year.terms.iter().find(|term| term.name == name).map(&number);
        for year in years {
            if find(year).is_none() {
                let terms = super::listed(year.terms.iter().map(|term| term.name.as_str()));
                let message =
                    format!("the calendar {} has no term \"{name}\"; it has {terms}", year.year);
                // Once is enough, although a rule may ask for several numbers of a term.
                if !self
                    .faults
                    .iter()
                    .any(|fault| fault.message == message && path.ends_with(&fault.field))
                {
                    self.fault(path, message);
                }
                return None;
            }
        }
        self.least(|year| find(year).unwrap_or_default())
    }

    fn least(&self, number: impl Fn(&Year) -> u32) -> Option<(u32, String)> {
        let years = self.policy.years.iter();
        years.map(|year| (number(year), year.year.clone())).min_by_key(|(number, _)| *number)
    }
}
