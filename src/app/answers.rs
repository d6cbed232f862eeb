//! What follows when a change is durable, and where it is said that something failed.

use std::sync::Arc;

use super::{
    decide,
    forms::{self, RecordForm},
    model::Model,
    msg::{Committed, Effect},
    pane,
    popup::{FormKind, Popup},
    status::Toast,
};
use crate::domain::{
    change::{Change, Label, Part},
    record::Kind,
};

impl Model {
    /// Takes in a change that is durable.
    pub(super) fn committed(&mut self, committed: &Committed) -> Vec<Effect> {
        if committed.change.label.is_quiet() {
            return self.kept_tips(&committed.change);
        }
        if self.locked {
            // The records come anew with the passphrase; what was kept of the text is in them now.
            return std::mem::take(&mut self.unanswered)
                .into_iter()
                .map(Effect::DropDraft)
                .collect();
        }
        if let Err(conflict) = Arc::make_mut(&mut self.records).apply(&committed.change) {
            return self.failed(conflict.to_string());
        }
        self.tips_can_be_kept();
        if self.popups.iter().any(|popup| decide::waits_on_marked(self, popup)) {
            self.desk.tutees.marks.clear();
        }
        self.close_waiting(&|kind| !matches!(kind, FormKind::Passphrase | FormKind::Backup));
        self.import_done();
        let faults = self.follow_rules(&committed.change);
        pane::refresh(self, Some(&committed.change));
        let mut effects = pane::writing::committed(self, committed);
        let toast = Toast::done(committed, self.now);
        effects.extend(self.tell(faults.into_iter().next().map_or(toast, Toast::failed)));
        effects.extend(self.let_out(committed));
        effects.extend(self.follow_history());
        self.go_on(&committed.change);
        effects
    }

    /// Copies what was passed on, now that the record of it is saved.
    fn let_out(&mut self, committed: &Committed) -> Vec<Effect> {
        if committed.change.label != Label::Disclose {
            return Vec::new();
        }
        let Some(text) = self.outgoing.take() else { return Vec::new() };
        let at = self.now.local.format("%H:%M");
        let mut effects = vec![Effect::Copy(text)];
        effects.extend(self.tell(Toast::said(format!("✓ saved {at}, and copied to pass on"))));
        effects
    }

    /// What follows a change: the letter of a step, or a letter that says what a consent allows now.
    fn go_on(&mut self, change: &Change) {
        let touches = |kind: Kind| {
            let mut targets = change.parts.iter().filter_map(Part::target);
            targets.any(|(_, id)| id.kind == kind)
        };
        if touches(Kind::Ladder)
            && let Some(writing) = self.next_letter.take()
        {
            self.open_form(FormKind::Record(RecordForm::Letter(writing)));
        }
        if touches(Kind::Consent) {
            forms::letter::retold(self);
        }
    }

    /// Says what failed where it was asked for; what was typed stays.
    pub(super) fn failed(&mut self, sentence: String) -> Vec<Effect> {
        self.unanswered.clear();
        (self.outgoing, self.next_letter) = (None, None);
        let waits = |popup: &Popup| {
            matches!(popup, Popup::Form(form) if form.waiting)
                || matches!(popup, Popup::DryRun(dry_run) if dry_run.waiting)
                || matches!(popup, Popup::SignalRun(run) if run.waiting)
        };
        let asked = self.popups.iter().rposition(waits).or(self.popups.len().checked_sub(1));
        match asked.and_then(|place| self.popups.get_mut(place)) {
            Some(Popup::Form(form)) if form.waiting => {
                form.waiting = false;
                form.form.message = Some(sentence);
                Vec::new()
            }
            Some(Popup::DryRun(dry_run)) => {
                dry_run.waiting = false;
                dry_run.message = Some(sentence);
                Vec::new()
            }
            Some(Popup::SignalRun(run)) => {
                run.waiting = false;
                run.message = Some(sentence);
                Vec::new()
            }
            _ => {
                pane::writing::failed(self);
                self.tell(Toast::failed(sentence))
            }
        }
    }

    /// Closes the form whose text is durable now, perhaps under the help or the palette.
    pub(super) fn close_waiting(&mut self, done: &dyn Fn(&FormKind) -> bool) {
        let closes =
            |popup: &Popup| matches!(popup, Popup::Form(form) if form.waiting && done(&form.kind));
        self.popups.retain(|popup| !closes(popup));
    }
}
