//! Everything a profile knows, in memory: one part per student, shared with whoever searches or scores.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    sync::Arc,
};

use chrono::NaiveDate;

use super::{
    calendar::{Calendar, CalendarId},
    change::{Change, Conflict, Part},
    file::{Held, StudentFile},
    id::Id,
    meeting::{Attendance, Meeting, MeetingId},
    profile::{Mapping, MappingId, Profile},
    record::{Kind, Owner, Record, RecordId, Revision},
    shared::Texts,
    student::StudentId,
    tutor::{Tutor, TutorId},
};

mod gathering;
mod meetings;
mod numbers;
mod tutorship;
mod watch;

pub use gathering::Gathering;

use numbers::Numbers;
use tutorship::Tutorship;
use watch::Watch;

/// All records of a profile. Cloning shares the students' files.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Records {
    profile: Option<Held<Profile>>,
    tutors: BTreeMap<TutorId, Held<Tutor>>,
    calendars: BTreeMap<CalendarId, Held<Calendar>>,
    mappings: BTreeMap<MappingId, Held<Mapping>>,
    groups: BTreeMap<MeetingId, Arc<Held<Meeting>>>,
    tutorship: Tutorship,
    watch: Watch,
    files: BTreeMap<StudentId, Arc<StudentFile>>,
    numbers: Numbers,
    texts: Texts,
    registers: BTreeMap<MeetingId, BTreeSet<StudentId>>,
}

/// Prints how many, never content.
impl fmt::Debug for Records {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Records({} students …)", self.files.len())
    }
}

impl Records {
    /// Builds the records that a store holds. What belongs to a student who is not there is
    /// returned beside them.
    #[must_use]
    pub fn gather(all: impl IntoIterator<Item = (Revision, Record)>) -> (Self, Vec<RecordId>) {
        let mut gathering = Gathering::default();
        for (revision, record) in all {
            gathering.put(revision, record);
        }
        gathering.finish()
    }

    /// Whose profile this is.
    #[must_use]
    pub fn profile(&self) -> Option<&Profile> {
        self.profile.as_ref().map(|held| &held.value)
    }

    /// The tutor who works here.
    #[must_use]
    pub fn me(&self) -> Option<&Tutor> {
        self.tutor(self.profile()?.owner)
    }

    /// The tutor with this id.
    #[must_use]
    pub fn tutor(&self, id: TutorId) -> Option<&Tutor> {
        self.tutors.get(&id).map(|held| &held.value)
    }

    /// All tutors.
    pub fn tutors(&self) -> impl Iterator<Item = &Tutor> {
        self.tutors.values().map(|held| &held.value)
    }

    /// All calendars.
    pub fn calendars(&self) -> impl Iterator<Item = &Calendar> {
        self.calendars.values().map(|held| &held.value)
    }

    /// The calendar of the academic year in which the day lies.
    #[must_use]
    pub fn calendar(&self, day: NaiveDate) -> Option<&Calendar> {
        self.calendars().find(|calendar| calendar.span.holds(day))
    }

    /// All remembered mappings.
    pub fn mappings(&self) -> impl Iterator<Item = &Mapping> {
        self.mappings.values().map(|held| &held.value)
    }

    /// The file of a student.
    #[must_use]
    pub fn file(&self, id: StudentId) -> Option<&Arc<StudentFile>> {
        self.files.get(&id)
    }

    /// All files, in no meaningful order.
    #[must_use]
    pub fn files(&self) -> impl ExactSizeIterator<Item = &Arc<StudentFile>> {
        self.files.values()
    }

    /// The students with this number: one, unless two sources disagree.
    pub fn numbered(&self, number: &str) -> impl Iterator<Item = StudentId> {
        self.numbers.of(number)
    }

    /// The record with this id and its revision.
    #[must_use]
    pub fn record(&self, owner: Owner, id: RecordId) -> Option<(Revision, Record)> {
        match owner {
            Owner::Student(student) => self.files.get(&student)?.record(id),
            Owner::Profile => match id.kind {
                Kind::Profile => {
                    copy(self.profile.as_ref().filter(|held| held.id.bytes() == id.bytes))
                }
                Kind::Tutor => copy(self.tutors.get(&Id::from_bytes(id.bytes))),
                Kind::Calendar => copy(self.calendars.get(&Id::from_bytes(id.bytes))),
                Kind::Mapping => copy(self.mappings.get(&Id::from_bytes(id.bytes))),
                Kind::Meeting => {
                    copy(self.groups.get(&Id::from_bytes(id.bytes)).map(|held| &**held))
                }
                Kind::Training | Kind::Absence | Kind::RoleTerm | Kind::DutyDone => {
                    self.tutorship.record(id)
                }
                Kind::Module | Kind::Batch | Kind::Tuning | Kind::SavedView => {
                    self.watch.record(id)
                }
                Kind::Student
                | Kind::Enrolment
                | Kind::Allocation
                | Kind::Attendance
                | Kind::Contact
                | Kind::Note
                | Kind::Action
                | Kind::Referral
                | Kind::Consent
                | Kind::Flag
                | Kind::Waiver
                | Kind::SlotChoice
                | Kind::Ladder
                | Kind::Letter
                | Kind::Disclosure
                | Kind::Engagement
                | Kind::Results
                | Kind::Decision
                | Kind::Case
                | Kind::Alias => None,
            },
        }
    }

    /// Every record with its revision: what the profile owns first, students before their records.
    #[must_use]
    pub fn all(&self) -> Vec<(Revision, Record)> {
        let mut all: Vec<_> = copy(self.profile.as_ref()).into_iter().collect();
        all.extend(self.tutors.values().filter_map(|held| copy(Some(held))));
        all.extend(self.calendars.values().filter_map(|held| copy(Some(held))));
        all.extend(self.mappings.values().filter_map(|held| copy(Some(held))));
        all.extend(self.groups.values().filter_map(|held| copy(Some(&**held))));
        all.extend(self.tutorship.records());
        all.extend(self.watch.records());
        all.extend(self.files.values().flat_map(|file| file.records()));
        all
    }

    /// How many records there are of each kind.
    #[must_use]
    pub fn counts(&self) -> BTreeMap<Kind, usize> {
        let mut counts = BTreeMap::from([
            (Kind::Profile, usize::from(self.profile.is_some())),
            (Kind::Tutor, self.tutors.len()),
            (Kind::Calendar, self.calendars.len()),
            (Kind::Mapping, self.mappings.len()),
            (Kind::Student, self.files.len()),
            (Kind::Meeting, self.groups.len()),
        ]);
        counts.extend(self.tutorship.counts());
        counts.extend(self.watch.counts());
        for file in self.files.values() {
            for (kind, count) in file.counts() {
                *counts.entry(kind).or_default() += count;
            }
        }
        counts
    }

    /// Applies a change, whole or not at all.
    ///
    /// # Errors
    /// When a record is not at the revision that the change was made from.
    pub fn apply(&mut self, change: &Change) -> Result<(), Conflict> {
        self.check(change)?;
        for part in &change.parts {
            match (&part.before, &part.after) {
                (_, Some(after)) => {
                    let revision = part.base.map_or(Revision::FIRST, Revision::next);
                    self.put(revision, after.clone());
                }
                (Some(before), None) => self.take(before.owner(), before.id()),
                (None, None) => {}
            }
        }
        if change.parts.iter().any(|part| part.after.is_none()) {
            self.texts.forget();
        }
        Ok(())
    }

    fn check(&self, change: &Change) -> Result<(), Conflict> {
        let mut seen = BTreeSet::new();
        let mut created = BTreeSet::new();
        for Part { base, before, after } in &change.parts {
            let Some(record) = after.as_ref().or(before.as_ref()) else { continue };
            let (owner, id) = (record.owner(), record.id());
            let current = self.record(owner, id).map(|(revision, _)| revision);
            if current != *base || base.is_some() != before.is_some() || !seen.insert(id) {
                return Err(Conflict { id });
            }
            if let Owner::Student(student) = owner {
                let exists = self.files.contains_key(&student) || created.contains(&student);
                if id.kind == Kind::Student {
                    created.insert(student);
                } else if !exists {
                    return Err(Conflict { id });
                }
            }
        }
        Ok(())
    }

    fn put(&mut self, revision: Revision, mut record: Record) {
        self.texts.share_in(&mut record);
        if let Owner::Student(student) = record.owner() {
            return self.put_for(student, revision, record);
        }
        match record {
            Record::Profile(value) => self.profile = Some(Held { revision, value }),
            Record::Tutor(value) => {
                self.tutors.insert(value.id, Held { revision, value });
            }
            Record::Calendar(value) => {
                self.calendars.insert(value.id, Held { revision, value });
            }
            Record::Mapping(value) => {
                self.mappings.insert(value.id, Held { revision, value });
            }
            Record::Meeting(value) => {
                self.groups.insert(value.id, Arc::new(Held { revision, value }));
            }
            record @ (Record::Training(_)
            | Record::Absence(_)
            | Record::RoleTerm(_)
            | Record::DutyDone(_)) => self.tutorship.put(revision, record),
            record @ (Record::Module(_)
            | Record::Batch(_)
            | Record::Tuning(_)
            | Record::SavedView(_)) => self.watch.put(revision, record),
            Record::Student(_)
            | Record::Enrolment(_)
            | Record::Allocation(_)
            | Record::Attendance(_)
            | Record::Contact(_)
            | Record::Note(_)
            | Record::Action(_)
            | Record::Referral(_)
            | Record::Consent(_)
            | Record::Flag(_)
            | Record::Waiver(_)
            | Record::SlotChoice(_)
            | Record::Ladder(_)
            | Record::Letter(_)
            | Record::Disclosure(_)
            | Record::Engagement(_)
            | Record::Results(_)
            | Record::Decision(_)
            | Record::Case(_)
            | Record::Alias(_) => {}
        }
    }

    fn put_for(&mut self, student: StudentId, revision: Revision, record: Record) {
        match (self.files.get_mut(&student), record) {
            (None, Record::Student(value)) => {
                self.numbers.follow(student, None, Some(&value.number));
                self.files.insert(student, Arc::new(StudentFile::new(Held { revision, value })));
            }
            (None, _) => {}
            (Some(file), record) => {
                if let Record::Attendance(attendance) = &record
                    && file.find(attendance.meeting).is_none()
                {
                    self.registers.entry(attendance.meeting).or_default().insert(student);
                }
                if let Record::Meeting(meeting) = &record {
                    self.registers.remove(&meeting.id);
                }
                if let Record::Student(new) = &record {
                    let old = Some(file.student.number.as_str());
                    self.numbers.follow(student, old, Some(&new.number));
                }
                Arc::make_mut(file).put(revision, record);
            }
        }
    }

    fn take(&mut self, owner: Owner, id: RecordId) {
        match owner {
            Owner::Profile => {
                self.tutors.remove(&Id::from_bytes(id.bytes));
                self.calendars.remove(&Id::from_bytes(id.bytes));
                self.mappings.remove(&Id::from_bytes(id.bytes));
                self.groups.remove(&Id::from_bytes(id.bytes));
                self.tutorship.take(id);
                self.watch.take(id);
                if self.profile.as_ref().is_some_and(|held| held.id.bytes() == id.bytes) {
                    self.profile = None;
                }
            }
            Owner::Student(student) => {
                let Some(file) = self.files.get_mut(&student) else { return };
                if id.kind == Kind::Student {
                    self.numbers.follow(student, Some(&file.student.number), None);
                    self.files.remove(&student);
                    return;
                }
                if id.kind == Kind::Attendance
                    && let Some(gone) = file.find(Id::<Attendance>::from_bytes(id.bytes))
                    && let Some(register) = self.registers.get_mut(&gone.meeting)
                {
                    register.remove(&student);
                    if register.is_empty() {
                        self.registers.remove(&gone.meeting);
                    }
                }
                Arc::make_mut(file).take(id);
            }
        }
    }
}

fn copy<T: Clone + Into<Record>>(held: Option<&Held<T>>) -> Option<(Revision, Record)> {
    held.map(|held| (held.revision, held.value.clone().into()))
}
