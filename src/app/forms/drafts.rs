//! What was typed into a form and not saved: as a draft, and back into the form.

use std::{fmt, time::Duration};

use super::{LadderForm, RecordForm, Which, group::Register, meeting::Sitting, slot::Filling};
use crate::{
    app::{
        form::{Entry, Form},
        letters::{Many, Writing},
        model::Model,
        msg::{Effect, Timer},
        popup::{FormKind, FormPopup, Popup},
        status::Toast,
    },
    domain::{
        draft::{Draft, DraftId, Writing as What},
        duty_key::DutyKey,
        flag::FlagKind,
        id::Id,
        student::StudentId,
        time::Now,
        training::Course,
    },
};

/// The fields of a draft that say about which record it is; no field of a form is called so.
const RECORD: &str = "=record";
const MEETING: &str = "=meeting";
const STUDENTS: &str = "=students";
const LETTER: &str = "=letter";
const DUTY: &str = "=duty";

/// How long typed text may stay in memory alone.
const EVERY: Duration = Duration::from_secs(3);

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
    let (code, student, mut fields) = key(form);
    let typed = popup.form.fields.iter();
    fields.extend(typed.map(|field| (field.name.to_owned(), field.entry.raw())));
    Some(Draft { id, student, writing: What::Form(code), fields, kept_ms: now.utc_ms })
}

/// The form of a draft, filled in as it was left; none if its record is gone.
#[must_use]
pub fn form_of(draft: &Draft, model: &Model) -> Option<FormPopup> {
    let kind = of_tutor(draft, model).or_else(|| kind(draft, model))?;
    let mut popup = FormPopup::open(FormKind::Record(kind), model);
    for (name, raw) in &draft.fields {
        fill(&mut popup.form, name, raw);
    }
    popup.refresh();
    Some(popup)
}

/// Which form it is, in a code that stays the same, about whom, and about which record.
#[expect(clippy::too_many_lines, reason = "a table with a row for each form")]
fn key(form: &RecordForm) -> (u8, Option<StudentId>, Vec<(String, String)>) {
    fn id<T>(name: &str, which: Which<Id<T>>) -> Vec<(String, String)> {
        match which {
            Which::New => Vec::new(),
            Which::Edit(id) => vec![(name.to_owned(), id.to_string())],
        }
    }
    fn some<T>(id: Option<Id<T>>) -> Which<Id<T>> {
        id.map_or(Which::New, Which::Edit)
    }
    match form {
        RecordForm::Student(which) => (
            1,
            match which {
                Which::New => None,
                Which::Edit(student) => Some(*student),
            },
            Vec::new(),
        ),
        RecordForm::Tutor(which) => (2, None, id(RECORD, *which)),
        RecordForm::Calendar(which) => (40, None, id(RECORD, *which)),
        RecordForm::Allocation(student) => (3, Some(*student), Vec::new()),
        RecordForm::Meeting(sitting) => {
            (4, Some(sitting.student), id(MEETING, some(sitting.meeting)))
        }
        RecordForm::Group(register) => {
            let mut fields = id(MEETING, some(register.meeting));
            let students: Vec<String> = register.students.iter().map(Id::to_string).collect();
            fields.push((STUDENTS.to_owned(), students.join(" ")));
            (5, None, fields)
        }
        RecordForm::Contact(student, which) => (6, Some(*student), id(RECORD, *which)),
        RecordForm::Note(student, which, meeting) => {
            let mut fields = id(RECORD, *which);
            fields.extend(id(MEETING, some(*meeting)));
            (7, Some(*student), fields)
        }
        RecordForm::Action(student, which) => (8, Some(*student), id(RECORD, *which)),
        RecordForm::Referral(student, which) => (9, Some(*student), id(RECORD, *which)),
        RecordForm::Consent(student, which) => (10, Some(*student), id(RECORD, *which)),
        RecordForm::Flag(student, FlagKind::Concern, which) => {
            (11, Some(*student), id(RECORD, *which))
        }
        RecordForm::Flag(student, FlagKind::Praise, which) => {
            (12, Some(*student), id(RECORD, *which))
        }
        RecordForm::Training(_, _, which) => (20, None, id(RECORD, *which)),
        RecordForm::Absence(_, which) => (21, None, id(RECORD, *which)),
        RecordForm::Term(_, which) => (22, None, id(RECORD, *which)),
        RecordForm::DutyDone(_, duty, which) => {
            let fields = vec![(DUTY.to_owned(), duty.text())];
            (23, None, [fields, id(RECORD, *which)].concat())
        }
        RecordForm::Waiver(student, key) => {
            (24, Some(*student), vec![(DUTY.to_owned(), key.text())])
        }
        RecordForm::Slot(Filling::Meeting(student, meeting)) => {
            (25, Some(*student), id(MEETING, Which::Edit(*meeting)))
        }
        RecordForm::Slot(Filling::Slot(student, key)) => {
            (26, Some(*student), vec![(DUTY.to_owned(), key.text())])
        }
        RecordForm::Share(student) => (30, Some(*student), Vec::new()),
        RecordForm::Ladder(LadderForm::Start(student)) => (31, Some(*student), Vec::new()),
        RecordForm::Ladder(LadderForm::Step(student, ladder)) => {
            (32, Some(*student), id(RECORD, Which::Edit(*ladder)))
        }
        RecordForm::Ladder(LadderForm::End(student, ladder)) => {
            (33, Some(*student), id(RECORD, Which::Edit(*ladder)))
        }
        RecordForm::Letter(writing) => {
            let mut fields = id(RECORD, some(writing.letter));
            fields.extend(id(MEETING, some(writing.meeting)));
            fields.push((LETTER.to_owned(), writing.kind.clone()));
            (13, Some(writing.student), fields)
        }
        RecordForm::Letters(many) => {
            let mut fields = id(MEETING, some(many.meeting));
            let students: Vec<String> = many.students.iter().map(Id::to_string).collect();
            fields.push((STUDENTS.to_owned(), students.join(" ")));
            fields.push((LETTER.to_owned(), many.kind.clone()));
            (14, None, fields)
        }
    }
}

#[expect(clippy::too_many_lines, reason = "a table with a row for each form")]
fn kind(draft: &Draft, model: &Model) -> Option<RecordForm> {
    let What::Form(code) = draft.writing else { return None };
    let (today, meeting) = (model.now.today(), draft_id(draft, MEETING));
    let duty = || value(draft, DUTY).and_then(DutyKey::parse);
    if matches!(code, 5 | 14) {
        let students = value(draft, STUDENTS)?.split(' ').filter_map(Id::parse);
        let known: Vec<StudentId> =
            students.filter(|student| model.records.file(*student).is_some()).collect();
        if code == 14 {
            let kind = value(draft, LETTER)?.to_owned();
            return Some(RecordForm::Letters(Many { students: known, kind, meeting }));
        }
        let register = match meeting {
            Some(id) => Register::of(&model.records, id, today)?,
            None => Register::new(known.clone(), today),
        };
        return Some(RecordForm::Group(Register { students: known, ..register }));
    }
    if code == 40 {
        let known = |id| model.records.calendars().any(|calendar| calendar.id == id);
        return Some(RecordForm::Calendar(which(draft, known)?));
    }
    if matches!(code, 1 | 2) && draft.student.is_none() {
        return Some(match (code, draft_id(draft, RECORD)) {
            (1, _) => RecordForm::Student(Which::New),
            (_, Some(tutor)) => {
                model.records.tutor(tutor)?;
                RecordForm::Tutor(Which::Edit(tutor))
            }
            (_, None) => RecordForm::Tutor(Which::New),
        });
    }
    let student = draft.student?;
    let file = model.records.file(student)?;
    Some(match code {
        1 => RecordForm::Student(Which::Edit(student)),
        3 => RecordForm::Allocation(student),
        4 => {
            if let Some(meeting) = meeting {
                file.find(meeting)?;
            }
            RecordForm::Meeting(Sitting { meeting, ..Sitting::new(student, today) })
        }
        6 => RecordForm::Contact(student, which(draft, |id| file.find(id).is_some())?),
        7 => RecordForm::Note(student, which(draft, |id| file.find(id).is_some())?, meeting),
        8 => RecordForm::Action(student, which(draft, |id| file.find(id).is_some())?),
        9 => RecordForm::Referral(student, which(draft, |id| file.find(id).is_some())?),
        10 => RecordForm::Consent(student, which(draft, |id| file.find(id).is_some())?),
        11 | 12 => {
            let kind = if code == 11 { FlagKind::Concern } else { FlagKind::Praise };
            RecordForm::Flag(student, kind, which(draft, |id| file.find(id).is_some())?)
        }
        24 => RecordForm::Waiver(student, duty()?),
        25 => RecordForm::Slot(Filling::Meeting(student, meeting?)),
        26 => RecordForm::Slot(Filling::Slot(student, duty()?)),
        30 => RecordForm::Share(student),
        31 => RecordForm::Ladder(LadderForm::Start(student)),
        32 | 33 => {
            let ladder = draft_id(draft, RECORD)?;
            file.find(ladder)?;
            RecordForm::Ladder(if code == 32 {
                LadderForm::Step(student, ladder)
            } else {
                LadderForm::End(student, ladder)
            })
        }
        13 => {
            let letter = draft_id(draft, RECORD);
            if let Some(letter) = letter {
                file.find(letter)?;
            }
            let kind = value(draft, LETTER)?.to_owned();
            RecordForm::Letter(Writing { student, kind, meeting, letter })
        }
        _ => return None,
    })
}

/// The form of a duty of a tutor; whose it is stands in a field.
fn of_tutor(draft: &Draft, model: &Model) -> Option<RecordForm> {
    let What::Form(code) = draft.writing else { return None };
    let (records, me) = (&model.records, model.records.me()?.id);
    Some(match code {
        20 => {
            let which = which(draft, |id| records.training(id).is_some())?;
            RecordForm::Training(me, Course::Other, which)
        }
        21 => RecordForm::Absence(me, which(draft, |id| records.absence(id).is_some())?),
        22 => RecordForm::Term(me, which(draft, |id| records.role_term(id).is_some())?),
        23 => {
            let duty = value(draft, DUTY).and_then(DutyKey::parse)?;
            let which = which(draft, |id| records.duty_done(id).is_some())?;
            RecordForm::DutyDone(me, duty, which)
        }
        _ => return None,
    })
}

/// A new record, or the one that the draft names if it is still there.
fn which<T>(draft: &Draft, found: impl Fn(Id<T>) -> bool) -> Option<Which<Id<T>>> {
    match draft_id(draft, RECORD) {
        None => Some(Which::New),
        Some(id) => found(id).then_some(Which::Edit(id)),
    }
}

fn value<'a>(draft: &'a Draft, name: &str) -> Option<&'a str> {
    draft.fields.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
}

fn draft_id<T>(draft: &Draft, name: &str) -> Option<Id<T>> {
    value(draft, name).and_then(Id::parse)
}

/// Puts raw text back into a field; what a field of today cannot hold is left out.
fn fill(form: &mut Form, name: &str, raw: &str) {
    let Some(field) = form.field_mut(name) else { return };
    match &mut field.entry {
        Entry::Line(line) => line.input = raw.into(),
        Entry::Choice(choice) => {
            let at = choice.options.iter().position(|option| option.words == raw);
            choice.selected = at.or(choice.selected);
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
