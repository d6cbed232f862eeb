//! From a write function of the domain to the effect that saves its change, where no form stands between.

use super::{
    model::Model,
    msg::{Access, Effect},
    status::Toast,
};
use crate::domain::write::{Context, Written};

impl Model {
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
            Ok(change) => vec![Effect::Commit(change)],
            Err(errors) => {
                let all: Vec<String> = errors.into_iter().map(|error| error.message).collect();
                self.tell(Toast::failed(all.join(" ")))
            }
        }
    }
}
