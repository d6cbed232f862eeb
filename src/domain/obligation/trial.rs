//! What a meeting would meet if it were recorded now: tried out on a copy of the student's file.

use chrono::NaiveDate;

use super::{Obligation, Plan, Status};
use crate::domain::{
    file::StudentFile,
    id::Id,
    meeting::{Attendance, Meeting, Mode, Outcome, With},
    policy::{Slot, What},
    record::Revision,
    records::Records,
    shared::Shared,
};

impl Plan {
    /// The open slot of a student that a 1-2-1 meeting held on this day by whoever works here would meet, if its form is
    /// filled in from that slot: the one that a meeting without a focus would meet, before others.
    #[must_use]
    pub fn would_meet(
        &self,
        records: &Records,
        file: &StudentFile,
        today: NaiveDate,
    ) -> Option<Obligation> {
        let now = self.obligations(records, file, today);
        let open = || now.iter().filter(|one| one.status.is_open() && self.slot(one).is_some());
        let met_with = |focus: &Shared| {
            let then =
                self.obligations(records, &with_meeting(records, file, focus, today)?, today);
            let met = |open: &&Obligation| {
                then.iter().any(|one| is_same(one, open) && matches!(one.status, Status::Met(_)))
            };
            open().find(met)
        };
        let first = met_with(&"".into())?;
        let meets_itself = |one: &&Obligation| {
            let slot = self.slot(one);
            slot.and_then(|slot| met_with(&slot.focus.as_str().into())) == Some(*one)
        };
        std::iter::once(first).chain(open()).find(meets_itself).copied()
    }

    fn slot(&self, one: &Obligation) -> Option<&Slot> {
        if let What::Slot(slot) = &self.duty(one)?.what { Some(slot) } else { None }
    }
}

fn is_same(one: &Obligation, other: &Obligation) -> bool {
    (one.duty, one.part, one.year) == (other.duty, other.part, other.year)
}

/// The file as it would be with a meeting held on this day.
fn with_meeting(
    records: &Records,
    file: &StudentFile,
    focus: &Shared,
    on: NaiveDate,
) -> Option<StudentFile> {
    let student = file.student.id;
    let meeting = Meeting {
        id: Id::from_bytes([u8::MAX; 16]),
        with: With::OneToOne(student),
        on,
        at: None,
        minutes: 0,
        mode: Mode::InPerson,
        place: Shared::default(),
        focus: focus.clone(),
        tutor: records.me()?.id,
    };
    let attendance = Attendance {
        id: Id::from_bytes([u8::MAX; 16]),
        meeting: meeting.id,
        student,
        outcome: Outcome::Held,
    };
    let mut tried = file.clone();
    tried.put(Revision(1), meeting.into());
    tried.put(Revision(1), attendance.into());
    Some(tried)
}
