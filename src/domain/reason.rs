//! Why a student needs a word: the reasons that make an alert.

use std::fmt;

use chrono::NaiveDate;

use super::{
    action::ActionId,
    contact::ContactId,
    flag::{FlagId, Urgency},
    referral::ReferralId,
};

/// How soon somebody should act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Good to know.
    Watch,
    /// This week.
    Soon,
    /// Today.
    Urgent,
}

impl Severity {
    /// The sign before a name, one column wide; colour only adds to it.
    #[must_use]
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Watch => "·",
            Self::Soon => "!",
            Self::Urgent => "‼",
        }
    }

    /// How urgent a concern would be that asked for the same.
    #[must_use]
    pub const fn urgency(self) -> Urgency {
        match self {
            Self::Watch => Urgency::Watch,
            Self::Soon => Urgency::Soon,
            Self::Urgent => Urgency::Urgent,
        }
    }

    /// The word for it.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Watch => "watch",
            Self::Soon => "soon",
            Self::Urgent => "urgent",
        }
    }
}

/// What kind of thing speaks for a word with the student.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ReasonKind {
    /// A person raised a concern that nobody has closed.
    Concern,
    /// An agreed action is past its day.
    OverdueAction,
    /// It is time to ask how a referral went.
    FollowUp,
    /// Contacts were not answered.
    NoReply,
    /// No meeting was held for long.
    NotMet,
}

/// What to do about a reason; Enter in the alerts does it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NextStep {
    /// Get in touch about the concern.
    GetInTouch(FlagId),
    /// Mark the action as done.
    MarkDone(ActionId),
    /// Ask how the referral went, and write it down.
    AskHowItWent(ReferralId),
    /// Try another contact after this one.
    ContactAgain(ContactId),
    /// Meet, and record the meeting.
    Meet,
}

impl NextStep {
    /// What it is called beside the arrow.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::GetInTouch(_) => "get in touch",
            Self::MarkDone(_) => "mark as done",
            Self::AskHowItWent(_) => "ask how it went",
            Self::ContactAgain(_) => "contact again",
            Self::Meet => "meet",
        }
    }
}

/// One reason: what, the evidence with its days, how soon, and what to do.
#[derive(Clone, PartialEq, Eq)]
pub struct Reason {
    /// What kind.
    pub kind: ReasonKind,
    /// The evidence in a tutor's words, with its days.
    pub evidence: String,
    /// Since when it holds.
    pub since: NaiveDate,
    /// How soon somebody should act.
    pub severity: Severity,
    /// What to do.
    pub next: NextStep,
}

/// Prints kind and day, never evidence.
impl fmt::Debug for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} {:?} since {} …", self.severity, self.kind, self.since)
    }
}
