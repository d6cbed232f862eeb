//! What a profile knows of modules, imports of signals, and how it uses the score.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::{
    Records, copy,
    tutorship::{copies, insert},
};
use crate::domain::{
    batch::{Batch, BatchId},
    engagement::Source,
    file::Held,
    id::Id,
    module::{Module, ModuleId},
    record::{Kind, Record, RecordId, Revision},
    saved_view::{SavedView, SavedViewId},
    student::StudentId,
    tuning::{Tuning, TuningId},
};

/// The records behind the alerts that are not of one student, each kind by its ids.
#[derive(Clone, Default, PartialEq, Eq)]
pub(super) struct Watch {
    modules: BTreeMap<ModuleId, Held<Module>>,
    /// Those of them that stand for a programme as a whole: one a year, among thousands.
    wholes: BTreeSet<ModuleId>,
    batches: BTreeMap<BatchId, Held<Batch>>,
    /// The imports by their module, of which a university has thousands.
    of_module: BTreeSet<(ModuleId, BatchId)>,
    /// The day of the newest file of each source of a module, which every look at a student asks for.
    newest: BTreeMap<(ModuleId, Source), NaiveDate>,
    tunings: BTreeMap<TuningId, Held<Tuning>>,
    saved_views: BTreeMap<SavedViewId, Held<SavedView>>,
}

impl Watch {
    /// The record with this id and its revision.
    pub(super) fn record(&self, id: RecordId) -> Option<(Revision, Record)> {
        if id.kind == Kind::Module {
            return copy(self.modules.get(&Id::from_bytes(id.bytes)));
        }
        if id.kind == Kind::Batch {
            return copy(self.batches.get(&Id::from_bytes(id.bytes)));
        }
        if id.kind == Kind::Tuning {
            return copy(self.tunings.get(&Id::from_bytes(id.bytes)));
        }
        if id.kind == Kind::SavedView {
            return copy(self.saved_views.get(&Id::from_bytes(id.bytes)));
        }
        None
    }

    /// Every record with its revision.
    pub(super) fn records(&self) -> impl Iterator<Item = (Revision, Record)> {
        copies(&self.modules)
            .chain(copies(&self.batches))
            .chain(copies(&self.tunings))
            .chain(copies(&self.saved_views))
    }

    /// How many records there are of each kind.
    pub(super) fn counts(&self) -> [(Kind, usize); 4] {
        [
            (Kind::Module, self.modules.len()),
            (Kind::Batch, self.batches.len()),
            (Kind::Tuning, self.tunings.len()),
            (Kind::SavedView, self.saved_views.len()),
        ]
    }

    /// Puts a record in its place; others are not kept here.
    pub(super) fn put(&mut self, revision: Revision, record: Record) {
        if let Record::Module(value) = record {
            if value.code.is_empty() {
                self.wholes.insert(value.id);
            } else {
                self.wholes.remove(&value.id);
            }
            insert(&mut self.modules, revision, value);
        } else if let Record::Batch(value) = record {
            self.forget(value.id);
            self.of_module.insert((value.module, value.id));
            let newest = self.newest.entry((value.module, value.source)).or_insert(value.as_of);
            *newest = value.as_of.max(*newest);
            insert(&mut self.batches, revision, value);
        } else if let Record::Tuning(value) = record {
            insert(&mut self.tunings, revision, value);
        } else if let Record::SavedView(value) = record {
            insert(&mut self.saved_views, revision, value);
        }
    }

    /// Takes a record out of its place.
    pub(super) fn take(&mut self, id: RecordId) {
        self.modules.remove(&Id::from_bytes(id.bytes));
        self.wholes.remove(&Id::from_bytes(id.bytes));
        self.forget(Id::from_bytes(id.bytes));
        self.tunings.remove(&Id::from_bytes(id.bytes));
        self.saved_views.remove(&Id::from_bytes(id.bytes));
    }

    fn forget(&mut self, batch: BatchId) {
        if let Some(gone) = self.batches.remove(&batch) {
            self.of_module.remove(&(gone.module, batch));
            let others = of_module(self, gone.module).filter(|it| it.source == gone.source);
            match others.map(|it| it.as_of).max() {
                Some(newest) => self.newest.insert((gone.module, gone.source), newest),
                None => self.newest.remove(&(gone.module, gone.source)),
            };
        }
    }
}

/// The imports of one module.
fn of_module(watch: &Watch, module: ModuleId) -> impl Iterator<Item = &Batch> {
    let (first, last) = (Id::from_bytes([0; 16]), Id::from_bytes([u8::MAX; 16]));
    let ids = watch.of_module.range((module, first)..=(module, last));
    ids.filter_map(|(_, batch)| watch.batches.get(batch)).map(|held| &held.value)
}

impl Records {
    /// The module with this id.
    #[must_use]
    pub fn module(&self, id: ModuleId) -> Option<&Module> {
        self.watch.modules.get(&id).map(|held| &held.value)
    }

    /// All modules.
    pub fn modules(&self) -> impl Iterator<Item = &Module> {
        self.watch.modules.values().map(|held| &held.value)
    }

    /// The modules that stand for a programme as a whole.
    pub fn whole_modules(&self) -> impl Iterator<Item = &Module> {
        self.watch.wholes.iter().filter_map(|id| self.module(*id))
    }

    /// All imports of signals.
    pub fn batches(&self) -> impl Iterator<Item = &Batch> {
        self.watch.batches.values().map(|held| &held.value)
    }

    /// Each source of each module with the day of its newest file, by module.
    pub fn sources(&self) -> impl Iterator<Item = (ModuleId, Source, NaiveDate)> {
        let all = self.watch.newest.iter();
        all.map(|((module, source), as_of)| (*module, *source, *as_of))
    }

    /// The same of one module.
    pub fn sources_of(&self, module: ModuleId) -> impl Iterator<Item = (Source, NaiveDate)> {
        let all = self.watch.newest.range((module, Source::FIRST)..);
        let of_module = all.take_while(move |((other, _), _)| *other == module);
        of_module.map(|((_, source), as_of)| (*source, *as_of))
    }

    /// How the score is used here; none while nobody has changed it.
    #[must_use]
    pub fn tuning(&self) -> Option<&Tuning> {
        self.watch.tunings.values().next().map(|held| &held.value)
    }

    /// All views that have a name, and those that hold who is pinned, what was used and which columns are not shown.
    pub fn saved_views(&self) -> impl Iterator<Item = &SavedView> {
        self.watch.saved_views.values().map(|held| &held.value)
    }

    /// Who is pinned to the top of the list of tutees.
    #[must_use]
    pub fn pinned(&self) -> BTreeSet<StudentId> {
        self.saved_views().flat_map(SavedView::pinned).collect()
    }

    /// The words that are kept under an order that no view has.
    pub fn kept(&self, sort: &str) -> impl Iterator<Item = &str> {
        let view = self.saved_views().find(|view| view.sort == sort);
        view.into_iter().flat_map(|view| view.filter.split_whitespace())
    }
}
