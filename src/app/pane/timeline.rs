//! The timeline of the student in hand: entries, kind filter, and where the reader stands.

use chrono::NaiveDate;

use crate::app::{area::Page, command::List, cursor::Cursor};
use crate::domain::{
    access::Viewer,
    change::record_id,
    obligation::{Obligation, Status},
    record::{Kind, RecordId},
    records::Records,
    student::StudentId,
    timeline::{Aspect, Entry, Filter, newest_past, timeline},
};

/// The state of the timeline.
#[derive(Debug, Clone, Default)]
pub struct Timeline {
    /// Whose it is.
    pub student: Option<StudentId>,
    /// The entries, future first.
    pub entries: Vec<Entry>,
    /// The slots of the policy that are open, not planned yet.
    pub slots: Vec<Obligation>,
    /// Where the reader stands.
    pub cursor: Cursor,
    /// Which kind is shown.
    pub filter: Filter,
}

impl Timeline {
    /// Shows a student; of the same student the position is kept.
    pub fn show(
        &mut self,
        records: &Records,
        student: Option<StudentId>,
        (viewer, today): (Option<Viewer>, NaiveDate),
        slots: Vec<Obligation>,
    ) {
        let file = student.and_then(|student| records.file(student));
        let before =
            self.entries.get(self.cursor.selected).copied().filter(|_| self.student == student);
        self.student = student.filter(|_| file.is_some());
        self.entries = match (file, viewer) {
            (Some(file), Some(viewer)) => timeline(records, file, viewer, self.filter, today),
            _ => Vec::new(),
        };
        self.slots = slots;
        if let Some(file) = file.filter(|_| self.filter.shows_slots()) {
            self.put_slots(record_id(file.student.id), today);
        }
        let kept = before.and_then(|before| {
            let same =
                |entry: &Entry| entry.record == before.record && entry.aspect == before.aspect;
            let place = self.entries.iter().position(same);
            place.or(Some(self.cursor.selected.min(self.entries.len().saturating_sub(1))))
        });
        match kept {
            Some(place) => self.cursor.selected = place,
            None => {
                self.cursor = Cursor { selected: newest_past(&self.entries, today), top: 0 };
            }
        }
    }

    /// Puts the open slots among the entries: what is overdue stands above today until it is met.
    fn put_slots(&mut self, student: RecordId, today: NaiveDate) {
        for (place, slot) in (0..).zip(&self.slots) {
            let upcoming = slot.status == Status::Upcoming;
            let on = if upcoming { slot.window.from } else { slot.window.to };
            let aspect = Aspect::Slot(place);
            let entry = Entry { on, at: None, record: student, aspect, nested: false };
            let rank = |entry: &Entry| match entry.aspect {
                Aspect::Slot(_) => entry.on.max(today),
                Aspect::Itself | Aspect::FollowUp | Aspect::End | Aspect::Step(_) => entry.on,
            };
            let above = self.entries.partition_point(|other| rank(other) > on.max(today));
            self.entries.insert(above, entry);
        }
    }

    /// The entry under the cursor; none while it is a slot, for which no record stands.
    #[must_use]
    pub fn selected(&self) -> Option<&Entry> {
        let entry = self.entries.get(self.cursor.selected);
        entry.filter(|entry| !matches!(entry.aspect, Aspect::Slot(_)))
    }

    /// The open slot under the cursor.
    #[must_use]
    pub fn slot(&self) -> Option<&Obligation> {
        self.slot_of(self.entries.get(self.cursor.selected)?)
    }

    /// The open slot that an entry stands for.
    #[must_use]
    pub fn slot_of(&self, entry: &Entry) -> Option<&Obligation> {
        match entry.aspect {
            Aspect::Slot(place) => self.slots.get(usize::from(place)),
            Aspect::Itself | Aspect::FollowUp | Aspect::End | Aspect::Step(_) => None,
        }
    }

    /// Moves in the list.
    pub fn go(&mut self, command: List, page: Page) {
        self.cursor.go(command, self.entries.len(), page);
    }

    /// Goes to a record; says whether it is there.
    pub fn jump(&mut self, record: RecordId) -> bool {
        let place = self.entries.iter().position(|entry| entry.record == record);
        if let Some(place) = place {
            self.cursor.selected = place;
        }
        place.is_some()
    }

    /// Goes to the next note below, or above; says whether there is one.
    pub fn next_note(&mut self, below: bool) -> bool {
        let is_note =
            |place: &usize| self.entries.get(*place).is_some_and(|it| it.record.kind == Kind::Note);
        let here = self.cursor.selected;
        let found = if below {
            (here + 1..self.entries.len()).find(is_note)
        } else {
            (0..here).rev().find(is_note)
        };
        if let Some(place) = found {
            self.cursor.selected = place;
        }
        found.is_some()
    }

    /// The note that the entry under the cursor stands for: itself, or the first of its meeting.
    #[must_use]
    pub fn note(&self) -> Option<RecordId> {
        let here = self.cursor.selected;
        let entry = self.entries.get(here)?;
        match entry.record.kind {
            Kind::Note => Some(entry.record),
            Kind::Meeting => {
                let below = self.entries.get(here + 1..)?.iter().take_while(|below| below.nested);
                below.map(|below| below.record).find(|record| record.kind == Kind::Note)
            }
            Kind::Profile
            | Kind::Tutor
            | Kind::Calendar
            | Kind::Mapping
            | Kind::Student
            | Kind::Enrolment
            | Kind::Allocation
            | Kind::Attendance
            | Kind::Contact
            | Kind::Action
            | Kind::Referral
            | Kind::Consent
            | Kind::Flag
            | Kind::Waiver
            | Kind::SlotChoice
            | Kind::Ladder
            | Kind::Letter
            | Kind::Disclosure
            | Kind::Training
            | Kind::Absence
            | Kind::RoleTerm
            | Kind::DutyDone
            | Kind::Module
            | Kind::Batch
            | Kind::Tuning
            | Kind::SavedView
            | Kind::Engagement
            | Kind::Results
            | Kind::Decision
            | Kind::Case
            | Kind::Alias => None,
        }
    }
}
