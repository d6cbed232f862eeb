//! Drafts of the note being written: kept every few seconds while something changes.

use std::time::Duration;

use super::writing;
use crate::app::model::Model;
use crate::app::msg::{Effect, Timer};
use crate::domain::draft::Writing;

/// How long typed text may stay in memory alone.
const EVERY: Duration = Duration::from_secs(3);

/// Arms the timer, if text is unsaved and none runs.
pub fn changed(model: &mut Model) -> Vec<Effect> {
    match &mut model.desk.note.writing {
        Some(writing) if !writing.armed && writing.is_changed() => {
            writing.armed = true;
            vec![Effect::Arm(Timer::Draft, EVERY)]
        }
        Some(_) | None => Vec::new(),
    }
}

/// Keeps what was written since the last draft: when the timer is due, before a lock, before the end.
pub fn keep(model: &mut Model) -> Vec<Effect> {
    let now = model.now;
    let Some(writing) = &mut model.desk.note.writing else { return Vec::new() };
    writing.armed = false;
    writing.draft(now).map(Effect::KeepDraft).into_iter().collect()
}

/// Opens the newest unsaved note of last time, if there is one.
pub fn found(model: &mut Model) -> Vec<Effect> {
    let notes = model.drafts.iter().filter(|draft| matches!(draft.writing, Writing::Note(_)));
    match notes.max_by_key(|draft| draft.kept_ms).cloned() {
        Some(draft) => writing::recover(model, &draft),
        None => Vec::new(),
    }
}
