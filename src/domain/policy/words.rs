//! The rules of a policy in words, for lists, letters and the command line.

use chrono::Month;

use super::{
    Count, Detail, Duty, Entry, Format, How, MonthPart, Per, Permission, Rounding, Slot, TutorDuty,
    TutorWhat, What, When, Who, Workload,
};
use crate::domain::{tutor::Role, word::Choice};

impl When {
    /// `Autumn, week 6`, `late February`, `each term`.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Weeks { term, from: 0, to: 0 } => format!("{term}, induction week"),
            Self::Weeks { term, from: 0, to } => format!("{term}, induction week to week {to}"),
            Self::Weeks { term, from, to } => format!("{term}, {}", weeks(*from, *to)),
            Self::YearWeeks { from, to } => format!("{} of the year", weeks(*from, *to)),
            Self::Month { month, part } => match part {
                MonthPart::Early => format!("early {}", month_name(*month)),
                MonthPart::Mid => format!("mid {}", month_name(*month)),
                MonthPart::Late => format!("late {}", month_name(*month)),
                MonthPart::Whole => month_name(*month).to_owned(),
            },
            Self::Term { term } => term.clone(),
            Self::EachTerm => "each term".into(),
            Self::AfterExams { term, days } => {
                format!("after the exams of {term}, within {}", counted(*days, "day"))
            }
            Self::AfterEntry { days } => {
                format!("within {} of the first day", counted(*days, "day"))
            }
            Self::Every { weeks: 1 } => "every week of the terms".into(),
            Self::Every { weeks } => format!("every {weeks} weeks of the terms"),
            Self::Spread { times, term } => {
                let over = if term.is_empty() { "the year" } else { term };
                format!("{} spread over {over}", counted(*times, "time"))
            }
            Self::Year => "the academic year".into(),
        }
    }
}

impl Who {
    /// `level 4, part-time, not CPD`; `all students` where nothing narrows it.
    #[must_use]
    pub fn words(&self) -> String {
        let mut parts = Vec::new();
        let numbers = |name: &str, numbers: &[u8]| {
            let listed: Vec<String> = numbers.iter().map(u8::to_string).collect();
            (!listed.is_empty()).then(|| format!("{name} {}", listed.join(" or ")))
        };
        parts.extend(numbers("level", &self.levels));
        parts.extend(numbers("year", &self.stages));
        parts.extend(any_of(&self.modes));
        parts.extend(any_of(&self.kinds));
        parts.extend(any_of(&self.not_kinds).map(|kinds| format!("not {kinds}")));
        parts.extend(any_of(&self.statuses));
        let mut say = |when: Option<bool>, yes: &str, no: &str| {
            parts.extend(when.map(|when| if when { yes.to_owned() } else { no.to_owned() }));
        };
        say(self.new_entrant, "new this year", "not new this year");
        say(self.under_18, "under 18", "18 or older");
        say(self.entry.map(|entry| entry == Entry::InTime), "came in time", "came late or direct");
        say(self.joint, "with a second discipline", "with one discipline");
        if parts.is_empty() { "all students".into() } else { parts.join(", ") }
    }
}

fn any_of<C: Choice>(choices: &[C]) -> Option<String> {
    let words: Vec<&str> = choices.iter().map(|choice| choice.words()).collect();
    (!words.is_empty()).then(|| words.join(" or "))
}

impl What {
    /// `1-2-1 meeting: progress review`, `at least 3 meetings`.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Slot(slot) => slot.words(),
            Self::Count(count) => count.words(),
            Self::Tutor => "a tutor allocated".into(),
            Self::Contact => "a contact or meeting".into(),
            Self::Filled(Detail::PlacementContact) => "a key contact at the placement".into(),
            Self::Filled(Detail::SecondDiscipline) => "the second discipline recorded".into(),
            Self::Letter { kind, per, days } => {
                let days = days.map_or_else(String::new, |days| {
                    format!(", within {} of it", counted(days, "day"))
                });
                let per = match per {
                    Per::Allocation => "the first allocation",
                    Per::Change => "each change of tutor",
                    Per::Meeting => "each meeting held",
                    Per::Year => "the year",
                };
                format!("the letter \"{kind}\" for {per}{days}")
            }
            Self::Outcome { days } => {
                format!("what came of each meeting, written down within {}", counted(*days, "day"))
            }
        }
    }
}

impl Slot {
    /// `group meeting: welcome`.
    #[must_use]
    pub fn words(&self) -> String {
        let mut words = format!("{} meeting", self.format.words());
        if !self.focus.is_empty() {
            words = format!("{words}: {}", self.focus);
        }
        if !self.series.is_empty() {
            words = format!("{words} ({})", self.series);
        }
        words
    }
}

impl Count {
    /// `at least 3 meetings, 1-2-1 or group`.
    #[must_use]
    pub fn words(&self) -> String {
        let meetings = counted(self.at_least, "meeting");
        let series = if self.series_count { ", those of a series counted" } else { "" };
        format!("at least {meetings}, {}{series}", self.format.words())
    }
}

impl Format {
    /// `1-2-1`, `group`, `1-2-1 or group`.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::OneToOne => "1-2-1",
            Self::Group => "group",
            Self::Either => "1-2-1 or group",
        }
    }
}

impl Duty {
    /// Who carries it out.
    #[must_use]
    pub fn by_words(&self) -> &'static str {
        self.by.unwrap_or(Role::Tutor).words()
    }
}

impl How {
    /// `by e-mail`, `a meeting`, `tell Student Wellbeing`.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Contact(channel) => format!("by {}", channel.words()),
            Self::Meeting => "a meeting".into(),
            Self::Tell(whom) => format!("tell {whom}"),
        }
    }
}

impl Permission {
    /// `allowed`, `with permission`, `with written permission`, `never`.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Allowed => "allowed",
            Self::Consent => "with permission",
            Self::WrittenConsent => "with written permission",
            Self::Never => "never",
        }
    }
}

impl TutorDuty {
    /// Whom it binds.
    #[must_use]
    pub fn role_words(&self) -> &'static str {
        self.role.map_or("every tutor", Role::words)
    }
}

impl TutorWhat {
    /// `at most 10 tutees at one level and 30 in all`.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Caseload { per_level, total } => {
                let level = per_level.map(|most| format!("{most} tutees at one level"));
                let total = total.map(|most| format!("{most} tutees in all"));
                let both: Vec<String> = level.into_iter().chain(total).collect();
                format!("at most {}", both.join(" and "))
            }
            Self::Absence { days, within_term } => {
                let within = if *within_term { " within one term" } else { "" };
                format!(
                    "away for more than {}{within}: tutees get another tutor",
                    counted(*days, "day")
                )
            }
            Self::Training { course, months } => {
                let again = months.map_or_else(String::new, |months| {
                    format!(", again after {}", counted(months, "month"))
                });
                format!("training: {}{again}", course.words())
            }
            Self::Term { years, remind } => {
                let months: Vec<String> = remind.iter().map(u8::to_string).collect();
                let before = if months.is_empty() {
                    String::new()
                } else {
                    format!(", reminded {} months before its end", months.join(", "))
                };
                format!("a term of office of {}{before}", counted(*years, "year"))
            }
            Self::Yearly { month, day } => format!("once a year, by {day} {}", month_name(*month)),
            Self::Monthly => "every month with teaching".into(),
            Self::Workload(hours) => hours.words(),
        }
    }
}

impl Workload {
    /// `200 hours for up to 1000 tutees, then one more for each 10, at most 300`.
    #[must_use]
    pub fn words(&self) -> String {
        let Self { base, upto, per, cap, rounding } = self;
        let rounding = match rounding {
            Rounding::Down => "only full steps count",
            Rounding::Nearest => "to the nearest hour",
            Rounding::Up => "a step that has begun counts",
        };
        format!(
            "{base} hours for up to {upto} tutees, then one more for each {per}, at most {cap}; {rounding}"
        )
    }
}

fn weeks(from: u8, to: u8) -> String {
    if from == to { format!("week {from}") } else { format!("weeks {from} to {to}") }
}

/// The name of a month; nothing for a number that is none.
fn month_name(number: u8) -> &'static str {
    Month::try_from(number).map_or("", |month| month.name())
}

/// `1 day`, `14 days`.
fn counted(number: impl Into<u32>, thing: &str) -> String {
    let number = number.into();
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {thing}{plural}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::student::{KindOfStudy, Mode};

    #[test]
    fn a_window_is_named_as_policies_name_it() {
        let weeks = |from, to| When::Weeks { term: "Autumn".into(), from, to }.words();
        assert_eq!(weeks(0, 0), "Autumn, induction week");
        assert_eq!(weeks(6, 6), "Autumn, week 6");
        assert_eq!(weeks(8, 9), "Autumn, weeks 8 to 9");
        assert_eq!(When::Month { month: 2, part: MonthPart::Late }.words(), "late February");
        assert_eq!(When::AfterEntry { days: 1 }.words(), "within 1 day of the first day");
    }

    #[test]
    fn a_rule_for_nobody_in_particular_is_for_all_students() {
        assert_eq!(Who::default().words(), "all students");
        let who = Who {
            levels: vec![3, 4],
            modes: vec![Mode::PartTime],
            not_kinds: vec![KindOfStudy::Cpd],
            under_18: Some(false),
            ..Who::default()
        };
        assert_eq!(who.words(), "level 3 or 4, part-time, not CPD, 18 or older");
    }
}
