//! What was typed into a form and not saved: as a draft, and back into the form.

mod code;

use std::{fmt, time::Duration};

use crate::{
    app::{
        form::{Entry, Form},
        model::Model,
        msg::{Effect, Timer},
        popup::{FormKind, FormPopup, Popup},
        status::Toast,
    },
    domain::{
        draft::{Draft, DraftId, Writing as What},
        time::Now,
    },
};

/// How long typed text may stay in memory alone.
const EVERY: Duration = Duration::from_secs(3);

/// What is said beside a choice whose words are those of another day.
pub(super) const GONE: &str = "What was chosen is not there any more: choose again.";

/// How far a form has been kept as a draft.
#[derive(Clone, Default)]
pub struct Keeping {
    /// The draft, once there is one.
    pub id: Option<DraftId>,
    /// The timer runs.
    armed: bool,
    /// What the draft holds, field by field.
    kept: Vec<String>,
}

/// Prints the draft's id, never content.
impl fmt::Debug for Keeping {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Keeping({:?} …)", self.id)
    }
}

/// The drafts that belong to open forms.
#[must_use]
pub fn open(model: &Model) -> Vec<DraftId> {
    forms(&model.popups).filter_map(|popup| popup.keeping.id).collect()
}

/// The drafts of what is being saved and not confirmed yet.
#[must_use]
pub fn unanswered(model: &Model) -> Vec<DraftId> {
    let forms = forms(&model.popups).filter(|popup| popup.waiting);
    let note = model.desk.note.writing.as_ref().filter(|writing| writing.waiting);
    let note = note.map(|writing| writing.draft_id());
    forms.filter_map(|popup| popup.keeping.id).chain(note).collect()
}

/// After every message: arms the timer if something typed is in memory alone, and forgets the drafts of
/// forms that were open before and have been saved or given up since.
pub fn settle(model: &mut Model, before: &[DraftId]) -> Vec<Effect> {
    let mut effects = Vec::new();
    for popup in forms_mut(&mut model.popups) {
        if !popup.keeping.armed && is_in_memory_alone(popup) {
            popup.keeping.armed = true;
            effects.push(Effect::Arm(Timer::Draft, EVERY));
        }
    }
    if !model.locked {
        let after = open(model);
        let gone = before.iter().filter(|id| !after.contains(id));
        effects.extend(gone.map(|id| Effect::DropDraft(*id)));
    }
    effects
}

/// Forgets the drafts of all that is being written: the user quits and knows that it is lost.
pub fn given_up(model: &Model) -> Vec<Effect> {
    let note = model.desk.note.writing.as_ref().map(|writing| writing.draft_id());
    open(model).into_iter().chain(note).map(Effect::DropDraft).collect()
}

/// Keeps what was typed since the last draft: when the timer is due, before a lock, before the end.
pub fn keep(model: &mut Model) -> Vec<Effect> {
    let (now, ids) = (model.now, &mut model.ids);
    let mut effects = Vec::new();
    for popup in forms_mut(&mut model.popups) {
        popup.keeping.armed = false;
        if is_in_memory_alone(popup) {
            let id = popup.keeping.id.unwrap_or_else(|| ids.fresh());
            popup.keeping.id = Some(id);
            popup.keeping.kept = raw(popup);
            effects.extend(draft_of(popup, id, now).map(Effect::KeepDraft));
        }
    }
    effects
}

/// Opens the forms of last time that were never saved, the newest on top; says so.
pub fn found(model: &mut Model) -> Vec<Effect> {
    let mut drafts: Vec<Draft> = model
        .drafts
        .iter()
        .filter(|draft| matches!(draft.writing, What::Form(_)))
        .cloned()
        .collect();
    drafts.sort_by_key(|draft| draft.kept_ms);
    let mut opened = false;
    for draft in drafts {
        if let Some(mut popup) = form_of(&draft, model) {
            model.drafts.retain(|other| other.id != draft.id);
            popup.keeping = Keeping { id: Some(draft.id), armed: false, kept: raw(&popup) };
            model.popups.push(Popup::Form(Box::new(popup)));
            opened = true;
        }
    }
    if opened {
        model.tell(Toast::said("This text of last time is not saved yet."))
    } else {
        Vec::new()
    }
}

/// Whether a crash now would lose something typed.
fn is_in_memory_alone(popup: &FormPopup) -> bool {
    matches!(popup.kind, FormKind::Record(_))
        && popup.form.is_changed()
        && raw(popup) != popup.keeping.kept
}

fn raw(popup: &FormPopup) -> Vec<String> {
    popup.form.fields.iter().map(|field| field.entry.raw()).collect()
}

fn forms(popups: &[Popup]) -> impl Iterator<Item = &FormPopup> {
    popups
        .iter()
        .filter_map(|popup| if let Popup::Form(form) = popup { Some(&**form) } else { None })
}

fn forms_mut(popups: &mut [Popup]) -> impl Iterator<Item = &mut FormPopup> {
    popups
        .iter_mut()
        .filter_map(|popup| if let Popup::Form(form) = popup { Some(&mut **form) } else { None })
}

/// The draft of a form. None if it writes no record: passphrases are never kept.
#[must_use]
pub fn draft_of(popup: &FormPopup, id: DraftId, now: Now) -> Option<Draft> {
    let FormKind::Record(form) = &popup.kind else { return None };
    let (code, student, mut fields) = code::key(form);
    let typed = popup.form.fields.iter();
    fields.extend(typed.map(|field| (field.name.to_owned(), field.entry.raw())));
    Some(Draft { id, student, writing: What::Form(code), fields, kept_ms: now.utc_ms })
}

/// The form of a draft, filled in as it was left; none if its record is gone.
#[must_use]
pub fn form_of(draft: &Draft, model: &Model) -> Option<FormPopup> {
    let kind = code::kind(draft, model)?;
    let mut popup = FormPopup::open(FormKind::Record(kind), model);
    for (name, raw) in &draft.fields {
        fill(&mut popup.form, name, raw);
    }
    popup.refresh();
    Some(popup)
}

/// Puts raw text back into a field; what a field of today cannot hold is left out. A choice that is not there any more is
/// an error beside its field, and is made again before anything is saved.
fn fill(form: &mut Form, name: &str, raw: &str) {
    let Some(field) = form.field_mut(name) else { return };
    match &mut field.entry {
        Entry::Line(line) => line.input = raw.into(),
        Entry::Choice(choice) => {
            choice.selected = choice.options.iter().position(|option| option.words == raw);
            if choice.selected.is_none() && !raw.is_empty() {
                field.error = Some(GONE.to_owned());
                field.required = true;
            }
        }
        Entry::Toggle(on) => *on = raw == "yes",
        Entry::Text(editor) => {
            editor.replace(raw);
            editor.go_end();
        }
        Entry::Ticks(ticks) => {
            let chosen: Vec<usize> = raw
                .trim_matches(['[', ']'])
                .split(", ")
                .filter_map(|chosen| chosen.parse().ok())
                .collect();
            if chosen.len() == ticks.lines.len() {
                for (line, chosen) in ticks.lines.iter_mut().zip(chosen) {
                    line.chosen = chosen.min(ticks.words.len().saturating_sub(1));
                }
            }
        }
    }
}
