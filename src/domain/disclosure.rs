//! Disclosure: what was passed on about a student, to whom, and what allowed it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use strum::EnumIter;

use super::{id::Id, student::StudentId, tutor::TutorId, word::Choice};

/// Names a disclosure.
pub type DisclosureId = Id<Disclosure>;

/// Something about a student that left the program, or was told.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disclosure {
    /// Identity.
    pub id: DisclosureId,
    /// About whom.
    pub student: StudentId,
    /// To whom.
    pub to: String,
    /// For what.
    pub purpose: String,
    /// What was passed on, in short.
    pub what: String,
    /// What allowed it.
    pub basis: Basis,
    /// The reason in words; may be empty where the policy or a consent is reason enough.
    pub reason: String,
    /// When.
    pub on: NaiveDate,
    /// Which tutor passed it on.
    pub tutor: TutorId,
}

/// What allowed a disclosure.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// The policy shares it by default.
    Policy,
    /// The student consented.
    Consent,
    /// A serious risk to the student or others.
    SeriousRisk,
}

impl Choice for Basis {
    fn code(self) -> u8 {
        match self {
            Self::Policy => 0,
            Self::Consent => 1,
            Self::SeriousRisk => 2,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Policy => "policy",
            Self::Consent => "consent",
            Self::SeriousRisk => "serious risk",
        }
    }
}
