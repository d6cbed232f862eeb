//! What a profile knows of tutors beside who they are: trainings, absences, terms of office, duties done.

use std::collections::BTreeMap;

use super::{Records, copy};
use crate::domain::{
    absence::{Absence, AbsenceId},
    duty_done::{DutyDone, DutyDoneId},
    entity::Entity,
    file::Held,
    id::Id,
    record::{Kind, Record, RecordId, Revision},
    role_term::{RoleTerm, RoleTermId},
    training::{Training, TrainingId},
};

/// The records of tutorship, each kind by its ids.
#[derive(Clone, Default, PartialEq, Eq)]
pub(super) struct Tutorship {
    /// What tutors have attended.
    pub(super) trainings: BTreeMap<TrainingId, Held<Training>>,
    /// When tutors are away.
    pub(super) absences: BTreeMap<AbsenceId, Held<Absence>>,
    /// Who holds a role until when.
    pub(super) role_terms: BTreeMap<RoleTermId, Held<RoleTerm>>,
    /// Which duties were done.
    pub(super) duties_done: BTreeMap<DutyDoneId, Held<DutyDone>>,
}

impl Tutorship {
    /// The record with this id and its revision.
    pub(super) fn record(&self, id: RecordId) -> Option<(Revision, Record)> {
        if id.kind == Kind::Training {
            return copy(self.trainings.get(&Id::from_bytes(id.bytes)));
        }
        if id.kind == Kind::Absence {
            return copy(self.absences.get(&Id::from_bytes(id.bytes)));
        }
        if id.kind == Kind::RoleTerm {
            return copy(self.role_terms.get(&Id::from_bytes(id.bytes)));
        }
        if id.kind == Kind::DutyDone {
            return copy(self.duties_done.get(&Id::from_bytes(id.bytes)));
        }
        None
    }

    /// Every record with its revision.
    pub(super) fn records(&self) -> impl Iterator<Item = (Revision, Record)> {
        copies(&self.trainings)
            .chain(copies(&self.absences))
            .chain(copies(&self.role_terms))
            .chain(copies(&self.duties_done))
    }

    /// How many records there are of each kind.
    pub(super) fn counts(&self) -> [(Kind, usize); 4] {
        [
            (Kind::Training, self.trainings.len()),
            (Kind::Absence, self.absences.len()),
            (Kind::RoleTerm, self.role_terms.len()),
            (Kind::DutyDone, self.duties_done.len()),
        ]
    }

    /// Puts a record in its place; others are not kept here.
    pub(super) fn put(&mut self, revision: Revision, record: Record) {
        if let Record::Training(value) = record {
            insert(&mut self.trainings, revision, value);
        } else if let Record::Absence(value) = record {
            insert(&mut self.absences, revision, value);
        } else if let Record::RoleTerm(value) = record {
            insert(&mut self.role_terms, revision, value);
        } else if let Record::DutyDone(value) = record {
            insert(&mut self.duties_done, revision, value);
        }
    }

    /// Takes a record out of its place.
    pub(super) fn take(&mut self, id: RecordId) {
        self.trainings.remove(&Id::from_bytes(id.bytes));
        self.absences.remove(&Id::from_bytes(id.bytes));
        self.role_terms.remove(&Id::from_bytes(id.bytes));
        self.duties_done.remove(&Id::from_bytes(id.bytes));
    }
}

impl Records {
    /// The training with this id.
    #[must_use]
    pub fn training(&self, id: TrainingId) -> Option<&Training> {
        self.tutorship.trainings.get(&id).map(|held| &held.value)
    }

    /// The absence with this id.
    #[must_use]
    pub fn absence(&self, id: AbsenceId) -> Option<&Absence> {
        self.tutorship.absences.get(&id).map(|held| &held.value)
    }

    /// The term of office with this id.
    #[must_use]
    pub fn role_term(&self, id: RoleTermId) -> Option<&RoleTerm> {
        self.tutorship.role_terms.get(&id).map(|held| &held.value)
    }

    /// The duty done with this id.
    #[must_use]
    pub fn duty_done(&self, id: DutyDoneId) -> Option<&DutyDone> {
        self.tutorship.duties_done.get(&id).map(|held| &held.value)
    }

    /// All trainings of tutors.
    pub fn trainings(&self) -> impl Iterator<Item = &Training> {
        self.tutorship.trainings.values().map(|held| &held.value)
    }

    /// All absences of tutors.
    pub fn absences(&self) -> impl Iterator<Item = &Absence> {
        self.tutorship.absences.values().map(|held| &held.value)
    }

    /// All terms of office.
    pub fn role_terms(&self) -> impl Iterator<Item = &RoleTerm> {
        self.tutorship.role_terms.values().map(|held| &held.value)
    }

    /// All duties of tutors that were done.
    pub fn duties_done(&self) -> impl Iterator<Item = &DutyDone> {
        self.tutorship.duties_done.values().map(|held| &held.value)
    }
}

pub(super) fn insert<T: Entity>(held: &mut BTreeMap<Id<T>, Held<T>>, revision: Revision, value: T) {
    held.insert(value.id(), Held { revision, value });
}

pub(super) fn copies<T: Entity>(
    held: &BTreeMap<Id<T>, Held<T>>,
) -> impl Iterator<Item = (Revision, Record)> {
    held.values().filter_map(|held| copy(Some(held)))
}
