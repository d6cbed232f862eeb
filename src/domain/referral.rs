//! Referrals to a service, with the question "how did it go?" (LEI Appendix 3).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{id::Id, student::StudentId, tutor::TutorId};

/// Names a referral.
pub type ReferralId = Id<Referral>;

/// A student sent to a service.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Referral {
    /// Identity.
    pub id: ReferralId,
    /// Who.
    pub student: StudentId,
    /// When.
    pub on: NaiveDate,
    /// To which service.
    pub service: String,
    /// Why, in short; may be empty.
    pub reason: String,
    /// When to ask how it went.
    pub follow_up: Option<NaiveDate>,
    /// How it went; none until asked.
    pub outcome: Option<Outcome>,
    /// Which tutor.
    pub tutor: TutorId,
}

/// How a referral went.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// When the student said so.
    pub on: NaiveDate,
    /// What they said.
    pub text: String,
}

impl Referral {
    /// Whether it is time to ask how it went.
    #[must_use]
    pub fn follow_up_due(&self, today: NaiveDate) -> bool {
        self.outcome.is_none() && self.follow_up.is_some_and(|day| day <= today)
    }
}
