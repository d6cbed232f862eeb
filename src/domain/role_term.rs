//! Term of office: for how long a tutor holds a role, and with which share of the work.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    id::Id,
    tutor::{Role, TutorId},
};

/// Names a term of office.
pub type RoleTermId = Id<RoleTerm>;

/// One term of office of one tutor.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleTerm {
    /// Identity.
    pub id: RoleTermId,
    /// Whose.
    pub tutor: TutorId,
    /// Which role.
    pub role: Role,
    /// Share of the working time, in percent.
    pub share: u8,
    /// When it was approved, if it was.
    pub approved: Option<NaiveDate>,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub until: NaiveDate,
}

impl RoleTerm {
    /// Whether it holds on that day.
    #[must_use]
    pub fn covers(&self, day: NaiveDate) -> bool {
        self.from <= day && day <= self.until
    }
}
