//! When a duty falls due, in the words of a policy; a calendar turns them into days.

use serde::{Deserialize, Serialize};

/// A stretch of the academic year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub enum When {
    /// Teaching weeks of a term, both included; 0 is induction week.
    Weeks {
        /// The term, by its name in the calendar.
        term: String,
        /// First week.
        from: u8,
        /// Last week.
        to: u8,
    },
    /// Teaching weeks counted through the whole year (LEI App. 2: “Week 19-20”).
    YearWeeks {
        /// First week.
        from: u8,
        /// Last week.
        to: u8,
    },
    /// A part of a month: “late February”.
    Month {
        /// 1 is January.
        month: u8,
        /// Which part.
        part: MonthPart,
    },
    /// From the first to the last day of a term, induction week and exams included.
    Term {
        /// The term, by its name in the calendar.
        term: String,
    },
    /// Once in each term.
    EachTerm,
    /// The days after the exams of a term: “post-exams”.
    AfterExams {
        /// The term, by its name in the calendar.
        term: String,
        /// How many days.
        days: u16,
    },
    /// The days from the student's first day on.
    AfterEntry {
        /// How many days.
        days: u16,
    },
    /// Again and again within the terms of the year.
    Every {
        /// Weeks from one to the next.
        weeks: u8,
    },
    /// Spread evenly over the teaching weeks of the year, or of one term.
    Spread {
        /// How many.
        times: u8,
        /// The term; the whole year if empty.
        #[serde(default)]
        term: String,
    },
    /// The whole academic year.
    Year,
}

/// A third of a month: the 1st to 10th, the 11th to 20th, the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MonthPart {
    /// Days 1 to 10.
    Early,
    /// Days 11 to 20.
    Mid,
    /// Day 21 to the end.
    Late,
    /// All of it.
    Whole,
}
