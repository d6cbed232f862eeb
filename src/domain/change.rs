//! A change of records: what it is called, its parts, and its inverse.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use thiserror::Error;

use super::{
    id::Id,
    record::{Owner, Record, RecordId, Revision},
    records::Records,
    student::StudentId,
};

mod label;

pub use label::Label;

/// One record before and after a change.
#[derive(Clone, PartialEq, Eq)]
pub struct Part {
    /// The revision that the record was edited from; none if it is new.
    pub base: Option<Revision>,
    /// The record before; none if it is new.
    pub before: Option<Record>,
    /// The record after; none if it is deleted.
    pub after: Option<Record>,
}

impl Part {
    /// Whose it is and which record; none for a part without a record.
    #[must_use]
    pub fn target(&self) -> Option<(Owner, RecordId)> {
        let record = self.after.as_ref().or(self.before.as_ref())?;
        Some((record.owner(), record.id()))
    }
}

/// Prints ids and revisions, never content.
impl fmt::Debug for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = self.after.as_ref().or(self.before.as_ref());
        let verb = match (&self.before, &self.after) {
            (None, _) => "new",
            (_, None) => "gone",
            (Some(_), Some(_)) => "changed",
        };
        write!(f, "{verb} {shown:?} from {:?}", self.base.map(|base| base.0))
    }
}

/// What one step of a tutor's work does to the records: all of it or nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What it is called.
    pub label: Label,
    /// The records it touches, each at most once, a new student before their records.
    pub parts: Vec<Part>,
}

/// A record has changed since the change was made, or belongs to a student who is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("this record has changed since: open it again")]
pub struct Conflict {
    /// Which record.
    pub id: RecordId,
}

impl Change {
    /// The students it touches.
    #[must_use]
    pub fn students(&self) -> BTreeSet<StudentId> {
        let owners = self.parts.iter().filter_map(Part::target);
        owners
            .filter_map(|(owner, _)| match owner {
                Owner::Student(student) => Some(student),
                Owner::Profile => None,
            })
            .collect()
    }

    /// Whether it does nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// This change and one that was made upon it, as one: each record from what it was before both to
    /// what it is after both.
    #[must_use]
    pub fn followed_by(self, next: Self) -> Self {
        let mut places = BTreeMap::new();
        let mut parts: Vec<Option<Part>> = Vec::with_capacity(self.parts.len());
        for part in self.parts {
            places.extend(part.target().map(|(_, id)| (id, parts.len())));
            parts.push(Some(part));
        }
        for mut part in next.parts {
            let place = part.target().and_then(|(_, id)| places.get(&id).copied());
            let Some(slot) = place.and_then(|place| parts.get_mut(place)) else {
                parts.push(Some(part));
                continue;
            };
            if let Some(first) = slot.take() {
                (part.base, part.before) = (first.base, first.before);
            }
            // What goes, goes at its new place: records before their student.
            if part.after.is_some() {
                *slot = Some(part);
            } else {
                parts.push(Some(part));
            }
        }
        // A record that is again as it was stays a part: what follows counts its revision from here.
        let was_ever = |part: &Part| part.before.is_some() || part.after.is_some();
        let parts = parts.into_iter().flatten().filter(was_ever).collect();
        Self { label: self.label, parts }
    }

    /// The change that takes this one back, made for the records as they are now.
    ///
    /// # Errors
    /// When one of its records has changed since.
    pub fn inverse(&self, records: &Records) -> Result<Self, Conflict> {
        let mut parts = Vec::with_capacity(self.parts.len());
        for part in self.parts.iter().rev() {
            let Some((owner, id)) = part.target() else { continue };
            let current = records.record(owner, id);
            if current.as_ref().map(|(_, record)| record) != part.after.as_ref() {
                return Err(Conflict { id });
            }
            parts.push(Part {
                base: current.map(|(revision, _)| revision),
                before: part.after.clone(),
                after: part.before.clone(),
            });
        }
        Ok(Self { label: self.label, parts })
    }
}

/// Builds a change against records as they are.
#[derive(Debug)]
pub struct Builder<'a> {
    records: &'a Records,
    change: Change,
}

impl<'a> Builder<'a> {
    /// A change that does nothing yet.
    #[must_use]
    pub fn new(label: Label, records: &'a Records) -> Self {
        Self { records, change: Change { label, parts: Vec::new() } }
    }

    /// Adds or replaces a record. One that would stay as it is makes no part.
    #[must_use]
    pub fn put(mut self, record: impl Into<Record>) -> Self {
        self.push(record.into());
        self
    }

    /// The same as [`Builder::put`], for loops.
    pub fn push(&mut self, record: impl Into<Record>) {
        let record = record.into();
        let held = self.records.record(record.owner(), record.id());
        let (base, before) = held.unzip();
        if before.as_ref() != Some(&record) {
            self.change.parts.push(Part { base, before, after: Some(record) });
        }
    }

    /// Takes a record away, if it is there.
    pub fn delete(&mut self, owner: Owner, id: RecordId) {
        if let Some((base, before)) = self.records.record(owner, id) {
            self.change.parts.push(Part { base: Some(base), before: Some(before), after: None });
        }
    }

    /// The change.
    #[must_use]
    pub fn build(self) -> Change {
        self.change
    }
}

/// The id of a record, from the typed id.
#[must_use]
pub fn record_id<T: super::entity::Entity>(id: Id<T>) -> RecordId {
    RecordId { kind: T::KIND, bytes: id.bytes() }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;
    use strum::IntoEnumIterator;

    use super::*;
    use crate::domain::{
        contact::{Channel, Contact, Reply},
        id::IdSource,
        meeting::{Attendance, Meeting, Mode, Outcome, With},
        student::{Name, Student},
        word::Choice,
    };

    #[derive(Debug, Clone)]
    enum Step {
        Student(u8, String),
        Contact(u8, u8, String),
        Group(u8, u8),
        DropContact(u8, u8),
        DropStudent(u8),
    }

    fn step() -> impl Strategy<Value = Step> {
        let who = 0..4_u8;
        prop_oneof![
            (who.clone(), "[0-9]{1,3}").prop_map(|(who, number)| Step::Student(who, number)),
            (who.clone(), 0..3_u8, "[a-z]{0,3}").prop_map(|(w, c, text)| Step::Contact(w, c, text)),
            (who.clone(), 0..3_u8).prop_map(|(who, meeting)| Step::Group(who, meeting)),
            (who.clone(), 0..3_u8).prop_map(|(who, contact)| Step::DropContact(who, contact)),
            who.prop_map(Step::DropStudent),
        ]
    }

    fn id<T>(kind: u8, a: u8, b: u8) -> Id<T> {
        let mut bytes = [kind; 16];
        (bytes[1], bytes[2]) = (a, b);
        Id::from_bytes(bytes)
    }

    fn student(who: u8, number: &str) -> Student {
        Student {
            id: id(1, who, 0),
            number: number.into(),
            name: Name::default(),
            pronouns: String::new(),
            email: String::new(),
            phone: String::new(),
            entry: None,
            new_entrant: None,
            under_18_until: None,
            placement_contacts: vec![],
            trusted_contacts: vec![],
        }
    }

    fn change(records: &Records, step: &Step) -> Change {
        let on = "2026-11-21".parse().unwrap();
        let tutor = id(9, 0, 0);
        let exists = |who: u8| records.file(id(1, who, 0)).is_some();
        let mut builder = Builder::new(Label::Demo, records);
        match step {
            Step::Student(who, number) => builder.push(student(*who, number)),
            Step::Contact(who, which, about) if exists(*who) => builder.push(Contact {
                id: id(2, *who, *which),
                student: id(1, *who, 0),
                on,
                channel: Channel::Email,
                reply: Reply::Awaited,
                replied: None,
                about: about.clone(),
                tutor,
            }),
            Step::Group(who, which) if exists(*who) => {
                let meeting = id(3, *which, 0);
                builder.push(Meeting {
                    id: meeting,
                    with: With::Group,
                    on,
                    at: None,
                    minutes: 30,
                    mode: Mode::Online,
                    place: "".into(),
                    focus: "".into(),
                    tutor,
                });
                builder.push(Attendance {
                    id: id(4, *who, *which),
                    meeting,
                    student: id(1, *who, 0),
                    outcome: Outcome::Held,
                });
            }
            Step::DropContact(who, which) => {
                let contact = record_id(id::<Contact>(2, *who, *which));
                builder.delete(Owner::Student(id(1, *who, 0)), contact);
            }
            Step::DropStudent(who) => {
                if let Some(file) = records.file(id(1, *who, 0)) {
                    for (_, record) in file.records().iter().rev() {
                        builder.delete(record.owner(), record.id());
                    }
                }
            }
            Step::Contact(..) | Step::Group(..) => {}
        }
        builder.build()
    }

    fn values(records: &Records) -> Vec<Record> {
        records.all().into_iter().map(|(_, record)| record).collect()
    }

    proptest! {
        #[test]
        fn the_inverse_of_every_change_brings_the_records_back(
            steps in prop::collection::vec(step(), 1..40),
        ) {
            let mut records = Records::default();
            let mut history = Vec::new();
            for step in &steps {
                let before = values(&records);
                let change = change(&records, step);
                records.apply(&change).unwrap();
                history.push((before, change));
            }
            for (before, change) in history.into_iter().rev() {
                let inverse = change.inverse(&records).unwrap();
                records.apply(&inverse).unwrap();
                prop_assert!(values(&records) == before);
            }
        }

        #[test]
        fn gathering_the_records_in_any_order_gives_the_same(
            steps in prop::collection::vec(step(), 1..40),
            seed in any::<u64>(),
        ) {
            let mut records = Records::default();
            for step in &steps {
                let change = change(&records, step);
                records.apply(&change).unwrap();
            }
            let mut all = records.all();
            let mut ids = IdSource::new([u8::try_from(seed % 251).unwrap(); 32]);
            all.sort_by_cached_key(|_| ids.fresh::<()>());
            let (gathered, orphans) = Records::gather(all);
            prop_assert!(orphans.is_empty());
            prop_assert!(gathered == records);
            let counted: usize = records.counts().values().sum();
            prop_assert_eq!(counted, records.all().len());
        }
    }

    proptest! {
        #[test]
        fn changes_joined_into_one_lead_to_the_same_records_and_go_back_as_one(
            earlier in prop::collection::vec(step(), 0..10),
            steps in prop::collection::vec(step(), 1..10),
        ) {
            let mut records = Records::default();
            for step in &earlier {
                let change = change(&records, step);
                records.apply(&change).unwrap();
            }
            let (mut joined, mut one_by_one) = (None::<Change>, records.clone());
            for step in &steps {
                let change = change(&one_by_one, step);
                one_by_one.apply(&change).unwrap();
                joined = Some(match joined {
                    Some(joined) => joined.followed_by(change),
                    None => change,
                });
            }
            let (joined, before) = (joined.unwrap(), values(&records));
            records.apply(&joined).unwrap();
            prop_assert!(values(&records) == values(&one_by_one));
            let inverse = joined.inverse(&records).unwrap();
            records.apply(&inverse).unwrap();
            prop_assert!(values(&records) == before);
        }
    }

    #[test]
    fn changes_that_come_back_to_what_was_can_be_followed_by_another() {
        let mut records = Records::default();
        records.apply(&change(&records, &Step::Student(2, "8".into()))).unwrap();
        let (mut joined, mut one_by_one) = (None::<Change>, records.clone());
        for number in ["0", "8", "0"] {
            let change = change(&one_by_one, &Step::Student(2, number.into()));
            one_by_one.apply(&change).unwrap();
            joined = Some(joined.map_or(change.clone(), |joined| joined.followed_by(change)));
        }
        records.apply(&joined.unwrap()).unwrap();
        assert!(values(&records) == values(&one_by_one));
    }

    #[test]
    fn a_change_made_from_an_old_revision_is_refused_whole() {
        let mut records = Records::default();
        records.apply(&change(&records, &Step::Student(0, "1".into()))).unwrap();
        let stale = change(&records, &Step::Student(0, "2".into()));
        records.apply(&change(&records, &Step::Student(0, "3".into()))).unwrap();
        let before = records.clone();
        assert!(records.apply(&stale).is_err());
        assert_eq!(records, before);
        assert_eq!(records.numbered("3").count(), 1);
        assert_eq!(records.numbered("1").count(), 0);
    }

    #[test]
    fn labels_have_their_own_codes_and_words() {
        let codes: HashSet<u8> = Label::iter().map(Choice::code).collect();
        assert_eq!(codes.len(), Label::iter().count());
        assert!(Label::iter().all(|label| Label::from_words(label.words()) == Some(label)));
    }
}
