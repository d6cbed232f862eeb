//! The engagement of the student in hand: plots and the age of their sources, made once when they are
//! taken in hand, and the groups behind them.

use std::collections::BTreeSet;

use crate::app::{area::Page, command::List};
use crate::domain::{
    change::{Change, Part},
    freshness::{self, Known},
    plot::{self, Groups, Plots},
    record::Kind,
    records::Records,
    student::StudentId,
};
use chrono::NaiveDate;

/// The state of the pane.
#[derive(Debug, Clone, Default)]
pub struct Engagement {
    /// Who is whose tutee.
    groups: Groups,
    /// What is drawn of the student in hand.
    pub plots: Option<Plots>,
    /// How far each source of the student's modules knows.
    pub sources: Vec<Known>,
    /// The line that reading begins with.
    pub top: usize,
}

impl Engagement {
    /// Finds out anew who is whose tutee.
    pub fn regroup(&mut self, records: &Records, today: NaiveDate) {
        self.groups = Groups::of(records, today);
    }

    /// Follows a change that may alter who is whose tutee, or what they did: of these students alone, but of everybody
    /// where a module has other weeks.
    pub fn follow(
        &mut self,
        records: &Records,
        change: &Change,
        students: &BTreeSet<StudentId>,
        today: NaiveDate,
    ) {
        let is_of = |part: &Part, kinds: &[Kind]| {
            part.target().is_some_and(|(_, id)| kinds.contains(&id.kind))
        };
        let mut held = change.parts.iter().filter(|part| part.before.is_some());
        if held.any(|part| is_of(part, &[Kind::Module])) {
            return self.regroup(records, today);
        }
        let kinds = [Kind::Student, Kind::Enrolment, Kind::Allocation, Kind::Engagement];
        if change.parts.iter().any(|part| is_of(part, &kinds)) {
            self.groups.follow(records, students, today);
        }
    }

    /// Draws another student, or the same anew.
    pub fn take(&mut self, records: &Records, student: Option<StudentId>, today: NaiveDate) {
        let file = student.and_then(|student| records.file(student));
        self.plots = file.map(|file| plot::of(records, &self.groups, file, today));
        let sources = file.map(|file| freshness::of_student(records, file, today));
        self.sources = sources.unwrap_or_default();
    }

    /// Whether there is something to scroll in.
    #[must_use]
    pub fn is_shown(&self) -> bool {
        self.plots.as_ref().is_some_and(|plots| !plots.is_empty())
    }

    /// Scrolls.
    pub fn go(&mut self, command: List, page: Page) {
        self.top = page.scrolled(command);
    }
}
