//! Writing on in a note, in its pane: keys, saving, leaving, and the user's own editor.

use crossterm::event::KeyEvent;

use crate::app::command::{Note, Text, Writing as Command};
use crate::app::dispatch::type_line;
use crate::app::model::{Model, Pane};
use crate::app::msg::{Access, Committed, Effect, Private};
use crate::app::popup::{Confirm, Popup, Versions};
use crate::app::status::Toast;
use crate::domain::{
    access::note_visible_to,
    change::Part,
    draft::{Draft, Writing as Of},
    id::Id,
    note::{self, NoteId},
    record::Kind,
    student::StudentId,
    word::Choice,
    write::note as write,
};

use super::{drafts, note::Writing, step};

/// Whether a command of the pane can do something while reading.
#[must_use]
pub fn applies(model: &Model, command: Note) -> bool {
    let timeline = &model.desk.timeline;
    match command {
        Note::Write | Note::Versions => model.access == Access::Write && timeline.note().is_some(),
        Note::Next | Note::Previous => {
            timeline.entries.iter().any(|entry| entry.record.kind == Kind::Note)
        }
    }
}

/// Carries out a command of the pane while reading.
pub fn run_reading(model: &mut Model, command: Note) -> Vec<Effect> {
    match command {
        Note::Write => return begin(model),
        Note::Versions => {
            let note = model.desk.timeline.note().map(|record| Id::from_bytes(record.bytes));
            let of = model.desk.student().zip(note);
            return of
                .map_or_else(Vec::new, |(student, note)| Versions::open(model, student, note));
        }
        Note::Next => model.desk.timeline.next_note(true),
        Note::Previous => model.desk.timeline.next_note(false),
    };
    model.desk.note.top = 0;
    Vec::new()
}

/// Begins to write on in the note under the timeline's cursor, with its unsaved text if there is some.
pub fn begin(model: &mut Model) -> Vec<Effect> {
    model.turn_to(Pane::Note);
    if model.desk.note.writing.is_some() {
        return Vec::new();
    }
    let id = model.desk.timeline.note().map(|record| Id::from_bytes(record.bytes));
    let note = model.desk.student().zip(id).and_then(|(student, id)| stored(model, student, id));
    let Some(note) = note else { return Vec::new() };
    let place = model.drafts.iter().position(|draft| draft.writing == Of::Note(note.id));
    let draft = place.map(|place| model.drafts.remove(place));
    let writing = Writing::new(&note, draft.as_ref(), &mut model.ids);
    model.desk.note.writing = Some(Box::new(writing));
    match draft {
        Some(_) => model.tell(Toast::said("this text of last time is not saved yet")),
        None => Vec::new(),
    }
}

/// Opens the note of a draft that was found at the start.
pub fn recover(model: &mut Model, draft: &Draft) -> Vec<Effect> {
    let (Some(student), Of::Note(note)) = (draft.student, draft.writing) else {
        return Vec::new();
    };
    if stored(model, student, note).is_none() {
        return Vec::new();
    }
    model.desk.select(&model.records, student);
    drop(step::jump(model, crate::domain::change::record_id(note)));
    begin(model)
}

/// The note as it is stored, if the viewer may see it.
fn stored(model: &Model, student: StudentId, id: NoteId) -> Option<note::Note> {
    let (file, viewer) = (model.records.file(student)?, model.desk.viewer?);
    let note = file.find(id).map(|held| &held.value);
    note.filter(|note| note_visible_to(viewer, file, note)).cloned()
}

/// Carries out a command while writing.
pub fn run(model: &mut Model, command: Command) -> Vec<Effect> {
    let Some(writing) = &mut model.desk.note.writing else { return Vec::new() };
    match command {
        Command::Save => return save(model),
        Command::Confidentiality => writing.next_level(),
        Command::Leave if writing.is_changed() => {
            model.popups.push(Popup::Confirm(Confirm::leaving_note()));
            return Vec::new();
        }
        Command::Leave => return leave(model),
    }
    drafts::changed(model)
}

/// Gives up what was written.
pub fn leave(model: &mut Model) -> Vec<Effect> {
    match model.desk.note.writing.take() {
        Some(writing) => vec![Effect::DropDraft(writing.draft_id())],
        None => Vec::new(),
    }
}

fn save(model: &mut Model) -> Vec<Effect> {
    let Some(writing) = &mut model.desk.note.writing else { return Vec::new() };
    if writing.waiting {
        return Vec::new();
    }
    if !writing.is_changed() {
        return leave(model);
    }
    let (student, note) = (writing.student, writing.before.id);
    if let Some(now) = stored(model, student, note)
        && let Some(writing) = &mut model.desk.note.writing
        && now != writing.before
    {
        writing.before = now;
        let why = "this note has changed since you began: save again to put your text in its place";
        return model.tell(Toast::failed(why));
    }
    let Some(writing) = &mut model.desk.note.writing else { return Vec::new() };
    let input = write::NoteInput {
        text: writing.editor.text(),
        confidentiality: writing.confidentiality.words().to_owned(),
        ..write::NoteInput::of(&writing.before)
    };
    let effects = model.write(|context| write::edit(context, student, note, &input));
    if let Some(writing) = &mut model.desk.note.writing {
        writing.waiting = effects.iter().any(|effect| matches!(effect, Effect::Commit(_)));
    }
    effects
}

/// Ends writing once the note is durable.
pub fn committed(model: &mut Model, committed: &Committed) -> Vec<Effect> {
    let Some(writing) = &model.desk.note.writing else { return Vec::new() };
    let note = writing.before.id.bytes();
    let mut targets = committed.change.parts.iter().filter_map(Part::target);
    let is_it = targets.any(|(_, id)| id.kind == Kind::Note && id.bytes == note);
    if writing.waiting && is_it { leave(model) } else { Vec::new() }
}

/// Writing goes on when a save has failed.
pub fn failed(model: &mut Model) {
    if let Some(writing) = &mut model.desk.note.writing {
        writing.waiting = false;
    }
}

/// Carries out a command of the text.
pub fn text(model: &mut Model, command: Text) -> Vec<Effect> {
    let now = model.now;
    let Some(writing) = &mut model.desk.note.writing else { return Vec::new() };
    if command == Text::Editor {
        return vec![Effect::EditOutside(Private(writing.editor.text()))];
    }
    writing.editor.run(command, now);
    drafts::changed(model)
}

/// Types a key.
pub fn type_key(model: &mut Model, key: KeyEvent) -> Vec<Effect> {
    let now = model.now;
    let Some(writing) = &mut model.desk.note.writing else { return Vec::new() };
    if let Some(line) = &mut writing.editor.find {
        type_line(line, key);
        writing.editor.find_next(true, true);
        return Vec::new();
    }
    if let Some(c) = key.code.as_char() {
        writing.editor.type_char(c, now);
    }
    drafts::changed(model)
}

/// Pastes text.
pub fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    if let Some(writing) = &mut model.desk.note.writing {
        writing.editor.paste(text);
    }
    drafts::changed(model)
}

/// Takes the text back from the user's own editor.
pub fn edited(model: &mut Model, text: Result<Private, String>) -> Vec<Effect> {
    let Some(writing) = &mut model.desk.note.writing else { return Vec::new() };
    match text {
        Ok(text) => {
            writing.editor.replace(&text.0);
            drafts::changed(model)
        }
        Err(why) => model.tell(Toast::failed(why)),
    }
}
