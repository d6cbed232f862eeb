//! The lasting name of one obligation of a student, or of one duty of a tutor.

use serde::{Deserialize, Serialize};

/// Names one obligation for good, whatever the policy pack says later.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct DutyKey {
    /// In whose September the academic year begins.
    pub year: i32,
    /// The code of the obligation in the policy.
    pub code: String,
}
