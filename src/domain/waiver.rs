//! Waiver: an obligation set aside, with its reason and by whom.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{duty_key::DutyKey, id::Id, student::StudentId, tutor::TutorId};

/// Names a waiver.
pub type WaiverId = Id<Waiver>;

/// One obligation of one student that need not be met.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiver {
    /// Identity.
    pub id: WaiverId,
    /// Whose.
    pub student: StudentId,
    /// Which obligation.
    pub duty: DutyKey,
    /// Why it is set aside.
    pub why: String,
    /// By whom.
    pub tutor: TutorId,
    /// When.
    pub on: NaiveDate,
}
