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

impl DutyKey {
    /// `2026 first-review`: one line that [`DutyKey::parse`] reads back.
    #[must_use]
    pub fn text(&self) -> String {
        format!("{} {}", self.year, self.code)
    }

    /// The key of a line.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (year, code) = text.split_once(' ')?;
        Some(Self { year: year.parse().ok()?, code: code.to_owned() })
    }
}
