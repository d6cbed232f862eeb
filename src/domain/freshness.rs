//! How old the imports are: each source of each module with the day its last file was made.
//!
//! What a source does not know any more is unknown, never nothing: an old source raises no alert.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{
    engagement::Source,
    file::StudentFile,
    module::ModuleId,
    records::Records,
    time::{show_day, show_distance},
    word::Choice,
};

/// More days than this: it is time for a new file.
const AMBER_DAYS: i64 = 8;
/// More days than this: an import says nothing about today.
pub const RED_DAYS: i64 = 21;

/// How old a file is that was made on this day, and that in words: `as of 20 Oct 2026 (32 days ago, old)`.
#[must_use]
pub fn made(as_of: NaiveDate, today: NaiveDate) -> (Age, String) {
    let age = Age::of((today - as_of).num_days());
    let told = match age {
        Age::Fresh => String::new(),
        Age::Amber | Age::Red => format!(", {}", age.words()),
    };
    let (day, distance) = (as_of.format("%-d %b %Y"), show_distance(as_of, today));
    (age, format!("as of {day} ({distance}{told})"))
}

/// How old an import is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Age {
    /// Of these days.
    Fresh,
    /// A new file is due.
    Amber,
    /// Too old to say anything about today.
    Red,
}

impl Age {
    /// How old that many days are.
    #[must_use]
    pub const fn of(days: i64) -> Self {
        if days > RED_DAYS {
            Self::Red
        } else if days > AMBER_DAYS {
            Self::Amber
        } else {
            Self::Fresh
        }
    }

    /// The word for it; a colour only adds to it.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Fresh => "fresh",
            Self::Amber => "getting old",
            Self::Red => "old",
        }
    }

    /// The sign before it, one column wide.
    #[must_use]
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Fresh => " ",
            Self::Amber => "!",
            Self::Red => "‼",
        }
    }
}

/// How far one source knows one module.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    /// The module.
    pub module: ModuleId,
    /// The source.
    pub source: Source,
    /// The day its last file was made: it knows every day before.
    pub as_of: NaiveDate,
    /// How many days ago that is; 0 for a day to come.
    pub days: i64,
    /// How old that is.
    pub age: Age,
}

impl Known {
    /// It in words: `as of 20 Nov`, `as of 20 Oct, 32 days old`.
    #[must_use]
    pub fn words(&self, today: NaiveDate) -> String {
        let day = show_day(self.as_of, today);
        match self.age {
            Age::Fresh => format!("as of {day}"),
            Age::Amber | Age::Red => format!("as of {day}, {} days old", self.days),
        }
    }

    /// The same with the source before it: `Moodle course log as of 20 Nov`.
    #[must_use]
    pub fn told(&self, today: NaiveDate) -> String {
        format!("{} {}", self.source.words(), self.words(today))
    }
}

/// Every source of every module, by module, the oldest first.
#[must_use]
pub fn all(records: &Records, today: NaiveDate) -> Vec<Known> {
    let mut known: Vec<Known> = records.sources().map(|it| known(it, today)).collect();
    known.sort_by_key(|it| (it.module, it.as_of, it.source));
    known
}

/// The sources of one module, the oldest first.
#[must_use]
pub fn of(records: &Records, module: ModuleId, today: NaiveDate) -> Vec<Known> {
    let of_module = records.sources_of(module).map(|(source, as_of)| (module, source, as_of));
    let mut known: Vec<Known> = of_module.map(|it| known(it, today)).collect();
    known.sort_by_key(|it| (it.as_of, it.source));
    known
}

/// The sources of the modules that a student takes or took, by module, the oldest first.
#[must_use]
pub fn of_student(records: &Records, file: &StudentFile, today: NaiveDate) -> Vec<Known> {
    let modules: BTreeSet<ModuleId> = file.engagements.iter().map(|held| held.module).collect();
    modules.into_iter().flat_map(|module| of(records, module, today)).collect()
}

fn known((module, source, as_of): (ModuleId, Source, NaiveDate), today: NaiveDate) -> Known {
    let days = (today - as_of).num_days().max(0);
    Known { module, source, as_of, days, age: Age::of(days) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::{batch::Batch, id::Id},
        fixture::{Fixture, ago, today},
    };

    fn known(batches: &[(Source, u64)]) -> Vec<String> {
        let mut world = Fixture::new();
        for (at, (source, days)) in (0..).zip(batches) {
            world.add(Batch {
                id: Id::from_bytes([at; 16]),
                source: *source,
                module: Id::from_bytes([1; 16]),
                on: today(),
                as_of: ago(*days),
                rows: 1,
                students: 1,
            });
        }
        let all = all(&world.records(), today());
        all.iter().map(|it| format!("{}{}", it.age.sign(), it.told(today()))).collect()
    }

    #[test]
    fn a_file_says_when_it_was_made_and_that_it_is_old() {
        let told = |days| made(ago(days), today());
        assert_eq!(told(0), (Age::Fresh, "as of 21 Nov 2026 (today)".into()));
        assert_eq!(told(8), (Age::Fresh, "as of 13 Nov 2026 (8 days ago)".into()));
        assert_eq!(told(9), (Age::Amber, "as of 12 Nov 2026 (9 days ago, getting old)".into()));
        assert_eq!(told(32), (Age::Red, "as of 20 Oct 2026 (32 days ago, old)".into()));
    }

    #[test]
    fn a_source_is_as_old_as_its_newest_file_and_says_so_from_eight_days_on() {
        let log = Source::MoodleLog;
        assert_eq!(known(&[(log, 30), (log, 8), (log, 12)]), [" Moodle course log as of 13 Nov"]);
        assert_eq!(
            known(&[(log, 9), (Source::Canvas, 22)]),
            [
                "‼Canvas grade book as of 30 Oct, 22 days old",
                "!Moodle course log as of 12 Nov, 9 days old"
            ]
        );
    }
}
