//! A student's meetings of one academic year, as far as obligations look at them.

use chrono::NaiveDate;

use super::plan::Plan;
use crate::domain::{
    file::StudentFile,
    meeting::{Attendance, Meeting, MeetingId, Outcome, With},
    policy::Format,
    records::Records,
    tutor::Role,
};

/// One meeting as one student had it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seen<'a> {
    pub(super) id: MeetingId,
    pub(super) on: NaiveDate,
    pub(super) state: State,
    group: bool,
    /// By a senior tutor, where a duty asks for it.
    senior: bool,
    focus: &'a str,
    /// Which series it belongs to, by its place in the plan.
    pub(super) series: Option<usize>,
}

/// What came of a meeting, seen on a day: what lies ahead has not happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// It took place.
    Held,
    /// It is still to come.
    Planned,
    /// Its day is over, and nobody has said what came of it.
    Silent,
    /// It did not take place, or not with this student.
    Not,
}

impl<'a> Seen<'a> {
    /// All meetings of a student, by day.
    pub(super) fn all(
        plan: &Plan,
        records: &'a Records,
        file: &'a StudentFile,
        today: NaiveDate,
    ) -> Vec<Self> {
        let meetings = records.meetings_of(file);
        let mut all: Vec<Self> = meetings
            .map(|(meeting, attendance)| Self::of(plan, records, (meeting, attendance), today))
            .collect();
        all.sort_unstable_by_key(|seen| (seen.on, seen.id));
        all
    }

    fn of(
        plan: &Plan,
        records: &Records,
        (meeting, attendance): (&'a Meeting, &Attendance),
        today: NaiveDate,
    ) -> Self {
        let senior = plan.asks_senior
            && records.tutor(meeting.tutor).is_some_and(|tutor| tutor.role == Role::SeniorTutor);
        let state = match attendance.outcome {
            Outcome::Held | Outcome::Planned if meeting.on > today => State::Planned,
            Outcome::Held => State::Held,
            Outcome::Planned if meeting.on == today => State::Planned,
            Outcome::Planned => State::Silent,
            Outcome::MissedWithNotice
            | Outcome::Missed
            | Outcome::Cancelled
            | Outcome::Rescheduled => State::Not,
        };
        Self {
            id: meeting.id,
            on: meeting.on,
            state,
            group: meeting.with == With::Group,
            senior,
            focus: &meeting.focus,
            series: plan.series.iter().position(|word| begins_with(&meeting.focus, word)),
        }
    }

    /// Whether somebody gave it the focus of a slot, as a form that is filled in from one does.
    pub(super) fn is_about(&self, focus: &str) -> bool {
        !focus.is_empty() && self.focus.trim().eq_ignore_ascii_case(focus.trim())
    }

    /// Whether it is of a format, and by a senior tutor where only theirs count.
    pub(super) fn is(&self, format: Format, by: Option<Role>) -> bool {
        let fits = match format {
            Format::OneToOne => !self.group,
            Format::Group => self.group,
            Format::Either => true,
        };
        fits && (by != Some(Role::SeniorTutor) || self.senior)
    }
}

/// Whether a text begins with a word, whatever its letters' case.
fn begins_with(text: &str, word: &str) -> bool {
    let mut letters = text.trim_start().chars().flat_map(char::to_lowercase);
    word.trim().chars().flat_map(char::to_lowercase).all(|letter| letters.next() == Some(letter))
}
