//! All that belongs to one student.

use std::{fmt, mem, ops::Deref};

use super::{
    action::Action,
    alias::Alias,
    case::Case,
    consent::Consent,
    contact::Contact,
    decision::Decision,
    disclosure::Disclosure,
    engagement::Engagement,
    entity::Entity,
    flag::Flag,
    id::Id,
    ladder::Ladder,
    letter::Letter,
    meeting::{Attendance, Meeting},
    note::Note,
    record::{Kind, Record, RecordId, Revision},
    referral::Referral,
    results::Results,
    slot_choice::SlotChoice,
    student::{Enrolment, Student},
    tutor::{Allocation, TutorId},
    waiver::Waiver,
};
use chrono::NaiveDate;

mod shelves;

/// A record with the revision it has now.
#[derive(Clone, PartialEq, Eq)]
pub struct Held<T> {
    /// How often it has been written.
    pub revision: Revision,
    /// The record.
    pub value: T,
}

impl<T> Deref for Held<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// Prints the revision, never content.
impl<T> fmt::Debug for Held<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "…@{}", self.revision.0)
    }
}

/// A student and everything recorded about them; each shelf is sorted by id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StudentFile {
    /// The student.
    pub student: Held<Student>,
    /// What they study, and studied.
    pub enrolments: Box<[Held<Enrolment>]>,
    /// Who tutors them, and tutored.
    pub allocations: Box<[Held<Allocation>]>,
    /// Their 1-2-1 meetings; group meetings are in the records.
    pub meetings: Box<[Held<Meeting>]>,
    /// Their part in meetings, 1-2-1 and group.
    pub attendances: Box<[Held<Attendance>]>,
    /// Contacts.
    pub contacts: Box<[Held<Contact>]>,
    /// Notes.
    pub notes: Box<[Held<Note>]>,
    /// Actions.
    pub actions: Box<[Held<Action>]>,
    /// Referrals.
    pub referrals: Box<[Held<Referral>]>,
    /// Consents.
    pub consents: Box<[Held<Consent>]>,
    /// Concerns and praise.
    pub flags: Box<[Held<Flag>]>,
    /// Obligations set aside.
    pub waivers: Box<[Held<Waiver>]>,
    /// Which meeting fills which slot, where it was chosen by hand.
    pub slot_choices: Box<[Held<SlotChoice>]>,
    /// Ladders of contact.
    pub ladders: Box<[Held<Ladder>]>,
    /// Letters, summaries, blocks for the central system.
    pub letters: Box<[Held<Letter>]>,
    /// What was passed on.
    pub disclosures: Box<[Held<Disclosure>]>,
    /// What each source knows of their engagement.
    pub engagements: Box<[Held<Engagement>]>,
    /// What each week's run found; one record.
    pub results: Box<[Held<Results>]>,
    /// What people decided about their alerts.
    pub decisions: Box<[Held<Decision>]>,
    /// Student Success Action Plans.
    pub cases: Box<[Held<Case>]>,
    /// What other programs call them.
    pub aliases: Box<[Held<Alias>]>,
}

/// A record type of which a student has any number.
pub trait Shelved: Entity {
    /// Where a file keeps them.
    fn shelf(file: &StudentFile) -> &[Held<Self>];

    /// The same, to change.
    fn shelf_mut(file: &mut StudentFile) -> &mut Box<[Held<Self>]>;
}

impl StudentFile {
    /// A file with nothing in it but the student.
    #[must_use]
    pub fn new(student: Held<Student>) -> Self {
        Self {
            student,
            enrolments: Box::default(),
            allocations: Box::default(),
            meetings: Box::default(),
            attendances: Box::default(),
            contacts: Box::default(),
            notes: Box::default(),
            actions: Box::default(),
            referrals: Box::default(),
            consents: Box::default(),
            flags: Box::default(),
            waivers: Box::default(),
            slot_choices: Box::default(),
            ladders: Box::default(),
            letters: Box::default(),
            disclosures: Box::default(),
            engagements: Box::default(),
            results: Box::default(),
            decisions: Box::default(),
            cases: Box::default(),
            aliases: Box::default(),
        }
    }

    /// The record with this id.
    #[must_use]
    pub fn find<T: Shelved>(&self, id: Id<T>) -> Option<&Held<T>> {
        let records = T::shelf(self);
        let place = records.binary_search_by_key(&id, |held| held.value.id()).ok()?;
        records.get(place)
    }

    /// The enrolment that runs on that day, else the latest one. Of several that began together one
    /// that goes on counts before one that ended, then the higher sequence (`…/2` before `…/1`).
    #[must_use]
    pub fn enrolment(&self, day: NaiveDate) -> Option<&Enrolment> {
        let rank = |held: &&Held<Enrolment>| {
            let number = held.sequence.parse().unwrap_or(0_u32);
            (held.from, held.status.is_current(), number, held.level)
        };
        let running = self.enrolments.iter().filter(|held| held.covers(day)).max_by_key(rank);
        let latest = || self.enrolments.iter().max_by_key(rank);
        running.or_else(latest).map(|held| &held.value)
    }

    /// Whether the student is with us on that day; a student without an enrolment is.
    #[must_use]
    pub fn is_current(&self, day: NaiveDate) -> bool {
        self.enrolment(day).is_none_or(|enrolment| enrolment.status.is_current())
    }

    /// The allocation that holds on that day.
    #[must_use]
    pub fn allocation(&self, day: NaiveDate) -> Option<&Held<Allocation>> {
        self.allocations.iter().filter(|held| held.covers(day)).max_by_key(|held| held.from)
    }

    /// Whether this tutor is the student's tutor on that day.
    #[must_use]
    pub fn is_tutee_of(&self, tutor: TutorId, day: NaiveDate) -> bool {
        self.allocation(day).is_some_and(|allocation| allocation.tutor == tutor)
    }

    /// Every record of the file with its revision, the student first.
    #[must_use]
    pub fn records(&self) -> Vec<(Revision, Record)> {
        let mut all = vec![(self.student.revision, Record::from(self.student.value.clone()))];
        all.extend(copies(&self.enrolments));
        all.extend(copies(&self.allocations));
        all.extend(copies(&self.meetings));
        all.extend(copies(&self.attendances));
        all.extend(copies(&self.contacts));
        all.extend(copies(&self.notes));
        all.extend(copies(&self.actions));
        all.extend(copies(&self.referrals));
        all.extend(copies(&self.consents));
        all.extend(copies(&self.flags));
        all.extend(copies(&self.waivers));
        all.extend(copies(&self.slot_choices));
        all.extend(copies(&self.ladders));
        all.extend(copies(&self.letters));
        all.extend(copies(&self.disclosures));
        all.extend(copies(&self.engagements));
        all.extend(copies(&self.results));
        all.extend(copies(&self.decisions));
        all.extend(copies(&self.cases));
        all.extend(copies(&self.aliases));
        all
    }

    /// How many records of each kind it holds, the student left out.
    #[must_use]
    pub fn counts(&self) -> [(Kind, usize); 20] {
        [
            (Kind::Enrolment, self.enrolments.len()),
            (Kind::Allocation, self.allocations.len()),
            (Kind::Meeting, self.meetings.len()),
            (Kind::Attendance, self.attendances.len()),
            (Kind::Contact, self.contacts.len()),
            (Kind::Note, self.notes.len()),
            (Kind::Action, self.actions.len()),
            (Kind::Referral, self.referrals.len()),
            (Kind::Consent, self.consents.len()),
            (Kind::Flag, self.flags.len()),
            (Kind::Waiver, self.waivers.len()),
            (Kind::SlotChoice, self.slot_choices.len()),
            (Kind::Ladder, self.ladders.len()),
            (Kind::Letter, self.letters.len()),
            (Kind::Disclosure, self.disclosures.len()),
            (Kind::Engagement, self.engagements.len()),
            (Kind::Results, self.results.len()),
            (Kind::Decision, self.decisions.len()),
            (Kind::Case, self.cases.len()),
            (Kind::Alias, self.aliases.len()),
        ]
    }

    /// The record with this id and its revision, if the file holds it.
    #[must_use]
    pub fn record(&self, id: RecordId) -> Option<(Revision, Record)> {
        match id.kind {
            Kind::Profile
            | Kind::Tutor
            | Kind::Calendar
            | Kind::Mapping
            | Kind::Training
            | Kind::Absence
            | Kind::RoleTerm
            | Kind::DutyDone
            | Kind::Module
            | Kind::Batch
            | Kind::Tuning
            | Kind::SavedView => None,
            Kind::Student => (self.student.id.bytes() == id.bytes)
                .then(|| (self.student.revision, self.student.value.clone().into())),
            Kind::Enrolment => self.copy::<Enrolment>(id.bytes),
            Kind::Allocation => self.copy::<Allocation>(id.bytes),
            Kind::Meeting => self.copy::<Meeting>(id.bytes),
            Kind::Attendance => self.copy::<Attendance>(id.bytes),
            Kind::Contact => self.copy::<Contact>(id.bytes),
            Kind::Note => self.copy::<Note>(id.bytes),
            Kind::Action => self.copy::<Action>(id.bytes),
            Kind::Referral => self.copy::<Referral>(id.bytes),
            Kind::Consent => self.copy::<Consent>(id.bytes),
            Kind::Flag => self.copy::<Flag>(id.bytes),
            Kind::Waiver => self.copy::<Waiver>(id.bytes),
            Kind::SlotChoice => self.copy::<SlotChoice>(id.bytes),
            Kind::Ladder => self.copy::<Ladder>(id.bytes),
            Kind::Letter => self.copy::<Letter>(id.bytes),
            Kind::Disclosure => self.copy::<Disclosure>(id.bytes),
            Kind::Engagement => self.copy::<Engagement>(id.bytes),
            Kind::Results => self.copy::<Results>(id.bytes),
            Kind::Decision => self.copy::<Decision>(id.bytes),
            Kind::Case => self.copy::<Case>(id.bytes),
            Kind::Alias => self.copy::<Alias>(id.bytes),
        }
    }

    fn copy<T: Shelved>(&self, bytes: [u8; 16]) -> Option<(Revision, Record)> {
        self.find(Id::<T>::from_bytes(bytes)).map(|held| (held.revision, held.value.clone().into()))
    }

    /// Puts a record in its place. Records of the profile, and the student, are not kept here.
    pub(super) fn put(&mut self, revision: Revision, record: Record) {
        match record {
            Record::Profile(_)
            | Record::Tutor(_)
            | Record::Calendar(_)
            | Record::Mapping(_)
            | Record::Training(_)
            | Record::Absence(_)
            | Record::RoleTerm(_)
            | Record::DutyDone(_)
            | Record::Module(_)
            | Record::Batch(_)
            | Record::Tuning(_)
            | Record::SavedView(_) => {}
            Record::Student(value) => self.student = Held { revision, value },
            Record::Enrolment(value) => self.shelve(revision, value),
            Record::Allocation(value) => self.shelve(revision, value),
            Record::Meeting(value) => self.shelve(revision, value),
            Record::Attendance(value) => self.shelve(revision, value),
            Record::Contact(value) => self.shelve(revision, value),
            Record::Note(value) => self.shelve(revision, value),
            Record::Action(value) => self.shelve(revision, value),
            Record::Referral(value) => self.shelve(revision, value),
            Record::Consent(value) => self.shelve(revision, value),
            Record::Flag(value) => self.shelve(revision, value),
            Record::Waiver(value) => self.shelve(revision, value),
            Record::SlotChoice(value) => self.shelve(revision, value),
            Record::Ladder(value) => self.shelve(revision, value),
            Record::Letter(value) => self.shelve(revision, value),
            Record::Disclosure(value) => self.shelve(revision, value),
            Record::Engagement(value) => self.shelve(revision, value),
            Record::Results(value) => self.shelve(revision, value),
            Record::Decision(value) => self.shelve(revision, value),
            Record::Case(value) => self.shelve(revision, value),
            Record::Alias(value) => self.shelve(revision, value),
        }
    }

    fn shelve<T: Shelved>(&mut self, revision: Revision, value: T) {
        let held = T::shelf_mut(self);
        let new = Held { revision, value };
        match held.binary_search_by_key(&new.value.id(), |one| one.value.id()) {
            Ok(place) => {
                if let Some(old) = held.get_mut(place) {
                    *old = new;
                }
            }
            // Most files stay as they are: room for more would be a third of all memory.
            Err(place) => {
                let mut records = mem::take(held).into_vec();
                records.reserve_exact(1);
                records.insert(place, new);
                *held = records.into();
            }
        }
    }

    /// Takes a record out of its place; the student itself goes with the file.
    pub(super) fn take(&mut self, id: RecordId) {
        match id.kind {
            Kind::Profile
            | Kind::Tutor
            | Kind::Calendar
            | Kind::Mapping
            | Kind::Student
            | Kind::Training
            | Kind::Absence
            | Kind::RoleTerm
            | Kind::DutyDone
            | Kind::Module
            | Kind::Batch
            | Kind::Tuning
            | Kind::SavedView => {}
            Kind::Enrolment => self.unshelve::<Enrolment>(id.bytes),
            Kind::Allocation => self.unshelve::<Allocation>(id.bytes),
            Kind::Meeting => self.unshelve::<Meeting>(id.bytes),
            Kind::Attendance => self.unshelve::<Attendance>(id.bytes),
            Kind::Contact => self.unshelve::<Contact>(id.bytes),
            Kind::Note => self.unshelve::<Note>(id.bytes),
            Kind::Action => self.unshelve::<Action>(id.bytes),
            Kind::Referral => self.unshelve::<Referral>(id.bytes),
            Kind::Consent => self.unshelve::<Consent>(id.bytes),
            Kind::Flag => self.unshelve::<Flag>(id.bytes),
            Kind::Waiver => self.unshelve::<Waiver>(id.bytes),
            Kind::SlotChoice => self.unshelve::<SlotChoice>(id.bytes),
            Kind::Ladder => self.unshelve::<Ladder>(id.bytes),
            Kind::Letter => self.unshelve::<Letter>(id.bytes),
            Kind::Disclosure => self.unshelve::<Disclosure>(id.bytes),
            Kind::Engagement => self.unshelve::<Engagement>(id.bytes),
            Kind::Results => self.unshelve::<Results>(id.bytes),
            Kind::Decision => self.unshelve::<Decision>(id.bytes),
            Kind::Case => self.unshelve::<Case>(id.bytes),
            Kind::Alias => self.unshelve::<Alias>(id.bytes),
        }
    }

    fn unshelve<T: Shelved>(&mut self, bytes: [u8; 16]) {
        let held = T::shelf_mut(self);
        let mut records = mem::take(held).into_vec();
        records.retain(|one| one.value.id().bytes() != bytes);
        *held = records.into();
    }
}

fn copies<T: Shelved>(shelf: &[Held<T>]) -> impl Iterator<Item = (Revision, Record)> {
    shelf.iter().map(|held| (held.revision, held.value.clone().into()))
}
