//! Duty done: a yearly or monthly duty of a tutor that was carried out.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{duty_key::DutyKey, id::Id, tutor::TutorId};

/// Names a duty that was done.
pub type DutyDoneId = Id<DutyDone>;

/// A duty of a tutor that was carried out.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DutyDone {
    /// Identity.
    pub id: DutyDoneId,
    /// Which duty.
    pub duty: DutyKey,
    /// When.
    pub on: NaiveDate,
    /// By whom.
    pub tutor: TutorId,
    /// A remark; may be empty.
    pub note: String,
}
