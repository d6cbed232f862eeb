//! From a write function of the domain to the effect that saves its change, where no form stands between.

use super::{
    model::Model,
    msg::{Access, Effect},
    status::Toast,
};
use crate::domain::{
    change::Change,
    weekly,
    write::{Context, Written},
};
use crate::exchange::card;

impl Model {
    /// A change with the weekly run that it asks for: where it changes how the score is used, or what a module asks for.
    pub(super) fn carried(&mut self, change: Change) -> Change {
        weekly::carried(&self.records, change, card::in_use, self.now.today(), &mut self.ids)
    }

    /// Asks for a change to be saved, or says why it cannot be made; nothing if nothing changes.
    pub(super) fn write(
        &mut self,
        change: impl FnOnce(&mut Context<'_>) -> Written,
    ) -> Vec<Effect> {
        if self.access != Access::Write {
            return self
                .tell(Toast::failed("this profile is only shown: another process holds it"));
        }
        let mut context = Context { records: &self.records, now: self.now, ids: &mut self.ids };
        match change(&mut context) {
            Ok(change) if change.is_empty() => Vec::new(),
            Ok(change) => vec![Effect::Commit(self.carried(change))],
            Err(errors) => {
                let all: Vec<String> = errors.into_iter().map(|error| error.message).collect();
                self.tell(Toast::failed(all.join(" ")))
            }
        }
    }
}
