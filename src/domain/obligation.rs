//! Obligations: what a policy asks for one student in one academic year, and what became of it.
//!
//! A pure function of policy, calendars, records and day: nothing here is stored. A [`Plan`] is made once
//! from policy and calendars; after a change only the students that it touches are looked at again.

use chrono::NaiveDate;

use super::{
    calendar::Span,
    contact::ContactId,
    duty_key::DutyKey,
    letter::LetterId,
    meeting::MeetingId,
    policy::Duty,
    student::{EnrolmentId, StudentId},
    tutor::AllocationId,
    waiver::WaiverId,
};

mod condition;
mod events;
mod fit;
mod judge;
mod plan;
mod seen;
mod slots;
mod subject;
mod trial;

pub use condition::Condition;
pub use plan::{Plan, Unresolved};

/// One duty applied to one student.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Obligation {
    /// Which duty, by its place in the policy.
    pub duty: usize,
    /// Which of several, where the duty comes again and again.
    pub part: Part,
    /// In whose September the academic year begins.
    pub year: i32,
    /// When it is to be met.
    pub window: Span,
    /// What became of it.
    pub status: Status,
    /// The meeting that is planned for it, if it is not met yet.
    pub planned: Option<MeetingId>,
    /// How many of how many meetings, where a number is asked for.
    pub progress: Option<Progress>,
}

/// How many meetings of how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Held so far.
    pub held: u8,
    /// Asked for.
    pub of: u8,
}

/// Which of several obligations of one duty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The only one.
    Whole,
    /// So many of those of the year, from 1.
    Nth(u16),
    /// For this meeting.
    Meeting(MeetingId),
    /// For this allocation.
    Allocation(AllocationId),
}

/// What became of an obligation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Its time has not come.
    Upcoming,
    /// Its time is now.
    Due,
    /// Its time is over.
    Overdue,
    /// Met, by this.
    Met(By),
    /// Set aside by a person.
    Waived(WaiverId),
    /// Not for this student.
    NotApplicable(Condition),
}

impl Status {
    /// The word for it.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Upcoming => "upcoming",
            Self::Due => "due",
            Self::Overdue => "overdue",
            Self::Met(_) => "met",
            Self::Waived(_) => "waived",
            Self::NotApplicable(_) => "not applicable",
        }
    }

    /// Whether somebody still has to do something, now or later.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Upcoming | Self::Due | Self::Overdue)
    }

    /// Whether it counts among what is expected of a tutor: met or still open.
    #[must_use]
    pub const fn is_expected(self) -> bool {
        self.is_open() || matches!(self, Self::Met(_))
    }

    /// Where an open obligation stands on a day.
    #[must_use]
    pub(crate) fn open(window: Span, today: NaiveDate) -> Self {
        if today < window.from {
            Self::Upcoming
        } else if today <= window.to {
            Self::Due
        } else {
            Self::Overdue
        }
    }
}

/// The record that meets an obligation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// A meeting; of several the one that made up the number.
    Meeting(MeetingId),
    /// A contact.
    Contact(ContactId),
    /// An allocation.
    Allocation(AllocationId),
    /// A letter.
    Letter(LetterId),
    /// What is filled in on an enrolment.
    Enrolment(EnrolmentId),
    /// What is filled in on the student's record.
    Student(StudentId),
}

impl Obligation {
    /// The lasting name of it, as waivers and slot choices keep it.
    #[must_use]
    pub fn key(&self, duty: &Duty) -> DutyKey {
        let code = match self.part {
            Part::Whole => duty.code.clone(),
            Part::Nth(number) => format!("{}/{number}", duty.code),
            Part::Meeting(id) => format!("{}/{id}", duty.code),
            Part::Allocation(id) => format!("{}/{id}", duty.code),
        };
        DutyKey { year: self.year, code }
    }

    /// Whether a key names it, without making a key.
    #[must_use]
    pub fn is(&self, duty: &Duty, key: &DutyKey) -> bool {
        let Some(rest) = key.code.strip_prefix(duty.code.as_str()) else { return false };
        self.year == key.year
            && match (self.part, rest.strip_prefix('/')) {
                (Part::Whole, None) => rest.is_empty(),
                (Part::Nth(number), Some(rest)) => rest.parse() == Ok(number),
                (Part::Meeting(id), Some(rest)) => MeetingId::parse(rest) == Some(id),
                (Part::Allocation(id), Some(rest)) => AllocationId::parse(rest) == Some(id),
                (Part::Whole, Some(_))
                | (Part::Nth(_) | Part::Meeting(_) | Part::Allocation(_), None) => false,
            }
    }

    /// The meeting, contact, letter that met it, if one did.
    #[must_use]
    pub const fn met_by(&self) -> Option<By> {
        match self.status {
            Status::Met(by) => Some(by),
            Status::Upcoming
            | Status::Due
            | Status::Overdue
            | Status::Waived(_)
            | Status::NotApplicable(_) => None,
        }
    }

    /// Days until its last day; negative once it is overdue.
    #[must_use]
    pub fn days_left(&self, today: NaiveDate) -> i64 {
        (self.window.to - today).num_days()
    }
}

#[cfg(test)]
mod tests;
