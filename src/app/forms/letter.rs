//! The form of a letter: what it says, to whom, and how it goes out. It is kept with the student's file.

use std::path::PathBuf;

use super::{
    parts::{commit, day, line, title},
    share,
};
use crate::{
    app::{
        form::{Choice, Entry, Field, Form},
        forms::RecordForm,
        letters::{self, Kept, Writing},
        model::Model,
        msg::{Destination, Effect, LetOut, Private},
        popup::{FormKind, Popup, form::Errors},
    },
    domain::{
        change::{Change, Part, record_id},
        letter::Letter,
        record::{Kind, RecordId},
        time::Now,
        write::{
            WHOLE,
            letter::{LetterInput, edit, record},
        },
    },
    exchange::letter::{
        Rendered,
        merge::{self, bytes},
    },
};

/// The fields that the template fills in.
const OF_TEMPLATE: &[&str] = &["to", "subject", "text"];
const KEEP: &str = "only keep it here";
const COPY: &str = "copy it to the clipboard";
const MAIL: &str = "save it as a draft for your mail program";
const TEXT: &str = "save it as text";

pub(super) fn form(model: &Model, writing: &Writing) -> Form {
    let central = writing.kind == Letter::CENTRAL;
    let kept = kept(model, writing).map(LetterInput::of);
    let made = letters::make(model, writing);
    let (input, message) = match (&kept, &made) {
        (Some(input), _) => (input.clone(), None),
        (None, Some(made)) => begun(made),
        (None, None) => (LetterInput::default(), Some("There is no such letter.".to_owned())),
    };
    let ways: &[&str] = if central { &[COPY, TEXT, KEEP] } else { &[MAIL, COPY, TEXT, KEEP] };
    let name = letters::template(model, &writing.kind).map_or("Letter".to_owned(), |it| it.name);
    let permit = made.as_ref().and_then(|made| made.may.as_ref().ok());
    let allowed = permit.filter(|it| !it.is_empty()).map(|it| format!("{it} lets it go there"));
    let file = letters::path(model, writing.student, &writing.kind, merge::Form::Mail);
    let (stamp, sent) = if central {
        ("Copied", "the day on which you put it into the central system; empty if not yet")
    } else {
        ("Sent", "the day on which you sent it; empty if not yet")
    };
    let agreed = day("agreed", "Agreed", &input.agreed)
        .hint("the day on which the student agreed; empty if not yet");
    let mut form = Form::new(
        &title(model, &name, writing.student),
        vec![
            line("to", "To", &input.to).hint(allowed.as_deref().unwrap_or_default()),
            line("subject", "Subject", &input.subject),
            Field::new("text", "Text", crate::app::editor::Editor::new(&input.text)),
            Field::new("then", "Then", Choice::new(ways.iter().copied(), Some(0))),
            line("file", "File", &file).hint("it is not sealed: whoever gets it can read it"),
            day("sent", stamp, &input.sent).hint(sent),
            if kept.is_some() && !central { agreed } else { agreed.hidden() },
            line("risk", "Serious risk", "")
                .required()
                .hint("why somebody is at serious risk: recorded with what was told")
                .hidden(),
        ],
    );
    form.message = message;
    form.focus_on("text");
    refresh(&mut form);
    form
}

/// The fields of a letter that is new, and what is to be known about it.
fn begun(made: &letters::Made) -> (LetterInput, Option<String>) {
    let mut said: Vec<String> = Vec::new();
    let text = match &made.text {
        Ok(text) => text.clone(),
        Err(fault) => {
            said.push(fault.to_string());
            Rendered { subject: String::new(), text: String::new() }
        }
    };
    said.extend(
        made.may.as_ref().err().map(|refusal| format!("It may not go. {}", refusal.sentence())),
    );
    said.extend(made.gathered.withheld.iter().cloned());
    said.dedup();
    let input = LetterInput {
        to: made.gathered.to.clone(),
        subject: text.subject,
        text: text.text,
        ..LetterInput::default()
    };
    (input, Some(said.join(" ")).filter(|said| !said.is_empty()))
}

fn kept<'a>(model: &'a Model, writing: &Writing) -> Option<&'a Letter> {
    let file = model.records.file(writing.student)?;
    file.find(writing.letter?).map(|held| &held.value)
}

/// A file is asked for only where one is saved, and ends as it is meant.
pub(super) fn refresh(form: &mut Form) {
    share::refresh(form);
    let then = form.value("then");
    if then == KEEP {
        form.show("risk", false);
    }
    let ending = match then.as_str() {
        MAIL => Some(merge::Form::Mail),
        TEXT => Some(merge::Form::Text),
        _ => None,
    };
    form.show("file", ending.is_some());
    let (Some(ending), Some(field)) = (ending, form.field_mut("file")) else { return };
    if let Entry::Line(line) = &mut field.entry {
        let stem = line.input.value();
        let other = ["eml", "txt"].into_iter().find(|it| *it != ending.ending());
        let stem = other.and_then(|other| stem.strip_suffix(&format!(".{other}")));
        if let Some(stem) = stem {
            line.input = format!("{stem}.{}", ending.ending()).into();
        }
    }
}

pub(super) fn submit(
    form: &Form,
    model: &mut Model,
    writing: &Writing,
) -> Result<Vec<Effect>, Errors> {
    let made = letters::make(model, writing);
    let old = kept(model, writing);
    let meeting = old.map_or_else(|| made.and_then(|it| it.gathered.meeting), |old| old.meeting);
    let input = LetterInput {
        kind: writing.kind.clone(),
        meeting,
        to: form.value("to"),
        subject: form.value("subject"),
        text: form.value("text"),
        sent: form.value("sent"),
        agreed: form.value("agreed"),
        told: None,
    };
    let typed = Rendered {
        subject: input.subject.trim().to_owned(),
        text: format!("{}\n", input.text.trim_end()),
    };
    let then = form.value("then");
    let told = if then == KEEP {
        None
    } else {
        let kept = letters::may_go_as(model, writing, &typed, (&input.to, &form.value("risk")));
        kept.map_err(|kept| refused(model, writing, &kept))?
    };
    let input = LetterInput { told, ..input };
    let now = model.now;
    let effects = commit(model, |context| match writing.letter {
        Some(letter) => edit(context, writing.student, letter, &input),
        None => record(context, writing.student, &input),
    })?;
    let typed = LetterInput { subject: typed.subject, text: typed.text, ..input };
    out(form, model, (effects, writing), &typed, now)
}

/// Says why a letter may not go, and opens the menu of what can be done about what the gate refused.
fn refused(model: &mut Model, writing: &Writing, kept: &Kept) -> Errors {
    if let Kept::Refused(refused) = kept {
        share::refused(model, writing.student, &refused.asked, &refused.refusal);
    }
    vec![(WHOLE, kept.sentence())]
}

/// The letter on top says what may be told now, if nobody has written into it: after a consent.
pub fn retold(model: &mut Model) {
    let Some(Popup::Form(popup)) = model.popups.last() else { return };
    let FormKind::Record(RecordForm::Letter(writing)) = &popup.kind else { return };
    if popup.waiting || popup.form.is_changed_in(OF_TEMPLATE) {
        return;
    }
    let new = form(model, &writing.clone());
    if let Some(Popup::Form(popup)) = model.popups.last_mut() {
        popup.form.take(new, OF_TEMPLATE);
    }
}

/// Sends the letter on the chosen way, together with what is saved.
fn out(
    form: &Form,
    model: &Model,
    (mut effects, writing): (Vec<Effect>, &Writing),
    typed: &LetterInput,
    now: Now,
) -> Result<Vec<Effect>, Errors> {
    let save_as = match form.value("then").as_str() {
        MAIL => merge::Form::Mail,
        TEXT => merge::Form::Text,
        COPY => {
            effects.insert(0, Effect::Copy(Private(typed.text.clone())));
            return Ok(effects);
        }
        _ => return Ok(effects),
    };
    let path = form.value("file");
    if path.trim().is_empty() {
        return Err(vec![("file", "Write where it is to be saved.".to_owned())]);
    }
    let change = effects.into_iter().find_map(changed);
    let letters = letters_of(change.as_ref(), writing);
    let bytes = bytes(&model.records, typed, save_as, now);
    let to = Destination::File(PathBuf::from(path.trim()));
    Ok(vec![Effect::LetOut(Box::new(LetOut {
        to,
        files: vec![(String::new(), bytes)],
        change,
        letters,
    }))])
}

/// The change that an effect saves.
pub(super) fn changed(effect: Effect) -> Option<Change> {
    if let Effect::Commit(change) = effect { Some(change) } else { None }
}

fn letters_of(change: Option<&Change>, writing: &Writing) -> Vec<RecordId> {
    let parts = change.iter().flat_map(|change| &change.parts);
    let new = parts.filter_map(Part::target).map(|(_, id)| id);
    let new = new.filter(|id| id.kind == Kind::Letter);
    let mut letters: Vec<RecordId> = new.collect();
    if letters.is_empty() {
        letters.extend(writing.letter.map(record_id));
    }
    letters
}
