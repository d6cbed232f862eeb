//! Tutor groups of past students: who of them is there at the end of a week, and what they are compared with.

use super::{Cohort, Member};
use crate::domain::{
    score::{Evidence, Peers},
    signal::WeekEnd,
};

/// A tutor group of one cohort.
#[derive(Debug, Clone, Copy)]
pub struct Group<'a> {
    /// Which cohort.
    pub at: usize,
    /// The cohort.
    pub cohort: &'a Cohort,
    /// Places among its members.
    pub tutees: &'a [u32],
}

/// Somebody who is there at the end of a week.
#[derive(Debug, Clone)]
pub struct There<'a> {
    /// The place among the tutees of the group.
    pub place: usize,
    /// Who.
    pub member: &'a Member,
    /// What is known of them.
    pub evidence: Evidence,
}

impl<'a> Group<'a> {
    /// Every group of every cohort.
    #[must_use]
    pub fn all(cohorts: &'a [Cohort]) -> Vec<Self> {
        let cohorts = cohorts.iter().enumerate();
        let groups = cohorts.flat_map(|(at, cohort)| {
            cohort.tutees.iter().map(move |tutees| Self { at, cohort, tutees })
        });
        groups.collect()
    }

    /// Who is there at the end of a week, and what each is compared with; nobody once the cohort is over.
    #[must_use]
    pub fn there(&self, week: WeekEnd, attendance_weeks: u8) -> (Vec<There<'a>>, Peers) {
        let runs = week.0 <= self.cohort.weeks;
        let tutees = self.tutees.iter().enumerate().filter(|_| runs);
        let members =
            tutees.filter_map(|(place, at)| Some((place, self.cohort.members.get(*at as usize)?)));
        let there: Vec<There<'a>> = members
            .filter(|(_, member)| member.is_there(week))
            .map(|(place, member)| {
                let pieces = &self.cohort.pieces;
                let evidence = Evidence::new(&member.signals, pieces, week, attendance_weeks);
                There { place, member, evidence }
            })
            .collect();
        let peers = Peers::of(there.iter().map(|it| &it.evidence));
        (there, peers)
    }
}
