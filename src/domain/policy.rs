//! A policy: one university's rules as data. Nothing here is about a person; `obligation` applies a policy
//! to students, `access` to what leaves, and the texts of letters live beside it.
//!
//! Every rule names the clause that it comes from, so that each alert, slot, warning and letter can say
//! why. Where a clause leaves a choice, the rule carries the choice and `why` it was made.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    calendar::{Calendar, CalendarId, Span, Term},
    note::Confidentiality,
};

mod duty;
#[cfg(test)]
pub(crate) mod example;
mod item;
mod ladder;
mod sharing;
mod tutor_duty;
mod when;
mod who;
mod words;

pub use duty::{Count, Detail, Duty, Format, Per, Slot, What};
pub use item::{Class, Item};
pub use ladder::{How, LadderRule, Step};
pub use sharing::{Content, Permission, RecipientKind, ShareRule, Sharing};
pub use tutor_duty::{Rounding, TutorDuty, TutorWhat, Workload};
pub use when::{MonthPart, When};
pub use who::{Entry, Who};

/// One university's rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Policy {
    /// Its short name, in small letters: `ljmu`.
    pub code: String,
    /// How its clauses are cited: `LJMU` in `LJMU 5`.
    pub cite: String,
    /// The university.
    pub university: String,
    /// The title of the document that it comes from.
    pub document: String,
    /// Which version of the document.
    pub version: String,
    /// How a new note starts (ESX PT5, WST 3.1).
    pub confidentiality: Choice<Confidentiality>,
    /// Working days in which a message from a tutee is to be answered (LEI App. 3, LJM 7).
    pub reply_days: Choice<u8>,
    /// Days after a referral at which to ask how it went (LEI App. 3); none if nothing asks for it.
    #[serde(default)]
    pub follow_up_days: Option<Choice<u8>>,
    /// From how many percent of a student's usual active days on fewer are told as a sudden drop beside the other reasons of
    /// an alert (LJM 9); none if nothing asks for it.
    #[serde(default)]
    pub sudden_drop: Option<Choice<u8>>,
    /// What the clauses say, each in one line.
    #[serde(rename = "clause")]
    pub clauses: Vec<Clause>,
    /// What is owed to a student: meetings, contacts, letters, an allocation.
    #[serde(rename = "duty", default)]
    pub duties: Vec<Duty>,
    /// What a tutor owes: caseload, training, terms of office.
    #[serde(rename = "tutor-duty", default)]
    pub tutor_duties: Vec<TutorDuty>,
    /// In which order somebody is contacted who is not reached.
    #[serde(rename = "ladder", default)]
    pub ladders: Vec<LadderRule>,
    /// What may be told to whom.
    pub sharing: Sharing,
    /// The letters, with the clause that asks for each.
    #[serde(rename = "letter", default)]
    pub letters: Vec<Template>,
    /// Example calendars, to be confirmed or edited by the user.
    #[serde(rename = "calendar", default)]
    pub years: Vec<Year>,
    /// Every demand of the document, where it lives and how it is tested.
    #[serde(rename = "item", default)]
    pub items: Vec<Item>,
}

/// A value where the document leaves a choice, with the reason for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice<T> {
    /// What was chosen.
    pub value: T,
    /// The clause that leaves it open; empty if none speaks of it.
    #[serde(default)]
    pub clause: String,
    /// Why.
    pub why: String,
}

/// One clause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clause {
    /// Its number as the document writes it: `5`, `PT5`, `App. 2`.
    pub id: String,
    /// What it says, in one line.
    pub says: String,
}

/// One academic year of a policy, whose dates are examples until somebody confirms them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Year {
    /// Its name: `2026/27`.
    pub year: String,
    /// First and last day.
    pub span: Span,
    /// Terms or semesters, in order.
    #[serde(rename = "term")]
    pub terms: Vec<Term>,
    /// Bank holidays.
    #[serde(default)]
    pub holidays: Vec<NaiveDate>,
    /// Closures of the university.
    #[serde(default)]
    pub closures: Vec<Span>,
}

impl Year {
    /// The calendar that it makes, to be confirmed or edited.
    #[must_use]
    pub fn calendar(&self, id: CalendarId) -> Calendar {
        Calendar {
            id,
            year: self.year.clone(),
            span: self.span,
            terms: self.terms.clone(),
            holidays: self.holidays.clone(),
            closures: self.closures.clone(),
            example: true,
        }
    }
}

/// A kind of letter that this policy has; its text is a file of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Template {
    /// What the letter is for, the same in every policy: `summary`, `missed-1`, `central`.
    pub kind: String,
    /// The clause that asks for it; empty if none does.
    #[serde(default)]
    pub clause: String,
    /// What it is called in lists.
    pub name: String,
    /// Whom it goes to.
    pub to: RecipientKind,
    /// The file of its text: `summary.txt`, or `ljmu/central.txt` where this policy has its own.
    pub file: String,
    /// The system whose block it is, for a text to paste: `e:Vision Tutor Notes`.
    #[serde(default)]
    pub system: String,
}

impl Policy {
    /// The clause as it is cited: `LJMU 5`; empty where a rule has none.
    #[must_use]
    pub fn cited(&self, clause: &str) -> String {
        if clause.is_empty() { String::new() } else { format!("{} {clause}", self.cite) }
    }

    /// What a clause says, in one line.
    #[must_use]
    pub fn says(&self, clause: &str) -> Option<&str> {
        self.clauses.iter().find(|it| it.id == clause).map(|it| it.says.as_str())
    }

    /// The duty with this code.
    #[must_use]
    pub fn duty(&self, code: &str) -> Option<&Duty> {
        self.duties.iter().find(|duty| duty.code == code)
    }

    /// The ladder with this code.
    #[must_use]
    pub fn ladder(&self, code: &str) -> Option<&LadderRule> {
        self.ladders.iter().find(|ladder| ladder.code == code)
    }

    /// The letter of this kind.
    #[must_use]
    pub fn letter(&self, kind: &str) -> Option<&Template> {
        self.letters.iter().find(|letter| letter.kind == kind)
    }
}
