//! Absence: when a tutor is away, and who stands in.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{id::Id, tutor::TutorId};

/// Names an absence.
pub type AbsenceId = Id<Absence>;

/// One absence of one tutor.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Absence {
    /// Identity.
    pub id: AbsenceId,
    /// Whose.
    pub tutor: TutorId,
    /// First day.
    pub from: NaiveDate,
    /// Last day; none while it is open.
    pub to: Option<NaiveDate>,
    /// Why, in a word; may be empty.
    pub why: String,
    /// Who stands in; none if nobody does.
    pub deputy: Option<TutorId>,
}

impl Absence {
    /// Whether the tutor is away on that day.
    #[must_use]
    pub fn covers(&self, day: NaiveDate) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }
}
