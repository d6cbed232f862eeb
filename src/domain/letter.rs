//! Letter: a text that was made from a template for or about a student, and what became of it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{id::Id, meeting::MeetingId, student::StudentId, tutor::TutorId};

mod exit;
mod facts;
mod gather;
mod kinds;
mod needs;
mod said;
mod slot;

pub use exit::{Told, may_go, of_gate, purpose, told};
pub use facts::{Agreed, Facts, Met, NAMES, Named, Person, Referred, Rule, Slot, Studying};
pub use gather::{Asked, Gathered};
pub use kinds::{kind, kinds};
pub use slot::next_slot;

/// Names a letter.
pub type LetterId = Id<Letter>;

/// A letter, a summary, or a block for the central system. Never printed by `Debug`: it has none.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// Identity.
    pub id: LetterId,
    /// About whom.
    pub student: StudentId,
    /// The code of its template; `central` for a block that goes into the central system.
    pub kind: String,
    /// The meeting that it tells of, if it does.
    pub meeting: Option<MeetingId>,
    /// To whom; may be empty.
    pub to: String,
    /// Its subject.
    pub subject: String,
    /// Its text as it was made and edited.
    pub text: String,
    /// When it was made.
    pub made: NaiveDate,
    /// When it was sent, or copied.
    pub sent: Option<NaiveDate>,
    /// When the student agreed with it.
    pub agreed: Option<NaiveDate>,
    /// Which tutor made it.
    pub tutor: TutorId,
}

impl Letter {
    /// The kind of a block that goes into the central system.
    pub const CENTRAL: &'static str = "central";

    /// The kind of a summary of a meeting.
    pub const SUMMARY: &'static str = "summary";

    /// What becomes of it: sent, or copied into the central system.
    #[must_use]
    pub fn fate(&self) -> &'static str {
        if self.kind == Self::CENTRAL { "copied" } else { "sent" }
    }
}
