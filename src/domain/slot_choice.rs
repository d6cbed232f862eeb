//! Slot choice: which slot a meeting fills where a person has decided, not the rule.

use serde::{Deserialize, Serialize};

use super::{duty_key::DutyKey, id::Id, meeting::MeetingId, student::StudentId};

/// Names a slot choice.
pub type SlotChoiceId = Id<SlotChoice>;

/// Which slot of a student a meeting fills, chosen by hand.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlotChoice {
    /// Identity.
    pub id: SlotChoiceId,
    /// Whose slot.
    pub student: StudentId,
    /// Which meeting.
    pub meeting: MeetingId,
    /// The slot it fills; none if it fills none.
    pub slot: Option<DutyKey>,
}
