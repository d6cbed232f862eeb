//! A change of what signals say, joined with what the week then comes to, so that one undo takes back both.

use std::collections::BTreeSet;

use super::Context;
use crate::domain::{change::Change, module::ModuleId, score::Card, weekly};

/// The change, followed by the weekly run of the modules that it touches. A change that does nothing stays so.
#[must_use]
pub fn with_week(
    context: &mut Context<'_>,
    change: Change,
    card: &Card,
    modules: &BTreeSet<ModuleId>,
) -> Change {
    let mut after = context.records.clone();
    if change.is_empty() || after.apply(&change).is_err() {
        return change;
    }
    // What is known of the programme as a whole counts in every module.
    let whole = |id: &ModuleId| after.module(*id).is_none_or(|module| module.code.is_empty());
    let only = Some(modules).filter(|modules| !modules.iter().any(whole));
    let today = context.now.today();
    let week = weekly::change(&after, card, today, context.ids, only);
    change.followed_by(week)
}
