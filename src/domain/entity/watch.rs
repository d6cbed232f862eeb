//! The records of signals, scores and what people decided about them, as entities.

use super::Entity;
use crate::domain::{
    alias::Alias,
    batch::Batch,
    case::Case,
    decision::Decision,
    engagement::Engagement,
    id::Id,
    module::Module,
    record::{Kind, Record},
    results::Results,
    saved_view::SavedView,
    tuning::Tuning,
};

impl From<Module> for Record {
    fn from(it: Module) -> Self {
        Self::Module(it)
    }
}

impl Entity for Module {
    const KIND: Kind = Kind::Module;

    fn id(&self) -> Id<Self> {
        self.id
    }
}

impl From<Batch> for Record {
    fn from(it: Batch) -> Self {
        Self::Batch(it)
    }
}

impl Entity for Batch {
    const KIND: Kind = Kind::Batch;

    fn id(&self) -> Id<Self> {
        self.id
    }
}

impl From<Tuning> for Record {
    fn from(it: Tuning) -> Self {
        Self::Tuning(it)
    }
}

impl Entity for Tuning {
    const KIND: Kind = Kind::Tuning;

    fn id(&self) -> Id<Self> {
        self.id
    }
}

impl From<SavedView> for Record {
    fn from(it: SavedView) -> Self {
        Self::SavedView(it)
    }
}

impl Entity for SavedView {
    const KIND: Kind = Kind::SavedView;

    fn id(&self) -> Id<Self> {
        self.id
    }
}

impl From<Engagement> for Record {
    fn from(it: Engagement) -> Self {
        Self::Engagement(it)
    }
}

impl Entity for Engagement {
    const KIND: Kind = Kind::Engagement;

    fn id(&self) -> Id<Self> {
        self.id
    }
}

impl From<Results> for Record {
    fn from(it: Results) -> Self {
        Self::Results(it)
    }
}

impl Entity for Results {
    const KIND: Kind = Kind::Results;

    fn id(&self) -> Id<Self> {
        self.id
    }
}

impl From<Decision> for Record {
    fn from(it: Decision) -> Self {
        Self::Decision(it)
    }
}

impl Entity for Decision {
    const KIND: Kind = Kind::Decision;

    fn id(&self) -> Id<Self> {
        self.id
    }
}

impl From<Case> for Record {
    fn from(it: Case) -> Self {
        Self::Case(it)
    }
}

impl Entity for Case {
    const KIND: Kind = Kind::Case;

    fn id(&self) -> Id<Self> {
        self.id
    }
}

impl From<Alias> for Record {
    fn from(it: Alias) -> Self {
        Self::Alias(it)
    }
}

impl Entity for Alias {
    const KIND: Kind = Kind::Alias;

    fn id(&self) -> Id<Self> {
        self.id
    }
}
