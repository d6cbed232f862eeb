//! The versions of a note: who wrote which and when, what each changed, and a way back to any.

use similar::{ChangeTag, TextDiff};

use crate::{
    app::{
        command::Versions as Command, cursor::Cursor, model::Model, msg::Effect, popup::Popup,
        status::Toast,
    },
    domain::{
        access::note_visible_to,
        history,
        note::{Note, NoteId},
        record::Record,
        student::StudentId,
        write::note::{self, NoteInput},
    },
};
use chrono::NaiveDateTime;

/// Lines around a change that are shown with it.
const AROUND: usize = 2;

/// A line of a version, compared with the version before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// In both.
    Same,
    /// New in this version.
    Added,
    /// Not in this version any more.
    Gone,
    /// Some lines that are in both are not shown.
    Left,
}

/// One version.
#[derive(Clone)]
pub struct Version {
    /// Since when.
    pub at: NaiveDateTime,
    /// Who wrote it, by name.
    pub author: String,
    /// The note.
    pub note: Note,
    /// What changed, line by line.
    pub changes: Vec<(Mark, String)>,
}

/// Prints when, never what.
impl std::fmt::Debug for Version {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Version({} …)", self.at)
    }
}

/// The versions that are open.
#[derive(Debug, Clone)]
pub struct Versions {
    /// Whose note.
    pub student: StudentId,
    /// Which.
    pub note: NoteId,
    /// The versions, the newest first; none until the answer is there.
    pub found: Option<Vec<Version>>,
    /// Where the list stands.
    pub cursor: Cursor,
    /// Whether the whole text is shown, and not what changed.
    pub whole: bool,
    /// The first line of the text that is shown.
    pub top: usize,
}

impl Versions {
    /// Opens the versions of the note in hand.
    pub fn open(model: &mut Model, student: StudentId, note: NoteId) -> Vec<Effect> {
        let cursor = Cursor::default();
        let open = Self { student, note, found: None, cursor, whole: false, top: 0 };
        model.popups.push(Popup::Versions(open));
        vec![Effect::ListVersions(note)]
    }

    /// How many versions there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.found.as_ref().map_or(0, Vec::len)
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The version under the cursor.
    #[must_use]
    pub fn selected(&self) -> Option<&Version> {
        self.found.as_ref()?.get(self.cursor.selected)
    }

    /// The lines to show of the version under the cursor.
    #[must_use]
    pub fn lines(&self) -> Vec<(Mark, &str)> {
        let Some(version) = self.selected() else { return Vec::new() };
        if self.whole {
            return version.note.text.lines().map(|line| (Mark::Same, line)).collect();
        }
        version.changes.iter().map(|(mark, line)| (*mark, line.as_str())).collect()
    }

    /// Whether a command can do something now.
    #[must_use]
    pub fn applies(&self, command: Command) -> bool {
        match command {
            Command::Restore => self.cursor.selected > 0 && self.selected().is_some(),
            Command::Earlier
            | Command::Later
            | Command::Whole
            | Command::ScrollDown
            | Command::ScrollUp => !self.is_empty(),
            Command::Leave => true,
        }
    }
}

/// What a version changed, line by line, with a few lines around.
fn changes(before: &str, after: &str) -> Vec<(Mark, String)> {
    // Lines without their ends: the last one is the same when another follows it.
    let (before, after): (Vec<&str>, Vec<&str>) =
        (before.lines().collect(), after.lines().collect());
    let diff = TextDiff::from_slices(&before, &after);
    let mut lines = Vec::new();
    let mut reached = 0;
    for group in diff.grouped_ops(AROUND) {
        let first = group.first().map_or(0, |op| op.new_range().start);
        if first > reached {
            lines.push((Mark::Left, String::new()));
        }
        for change in group.iter().flat_map(|op| diff.iter_changes(op)) {
            let mark = match change.tag() {
                ChangeTag::Equal => Mark::Same,
                ChangeTag::Insert => Mark::Added,
                ChangeTag::Delete => Mark::Gone,
            };
            lines.push((mark, change.value().to_owned()));
        }
        reached = group.last().map_or(reached, |op| op.new_range().end);
    }
    if !lines.is_empty() && reached < after.len() {
        lines.push((Mark::Left, String::new()));
    }
    lines
}

impl Model {
    /// Carries out a command of the versions.
    pub(in crate::app) fn versions(&mut self, command: Command) -> Vec<Effect> {
        let page = self.screen.popup.rows.max(1);
        let Some(Popup::Versions(open)) = self.popups.last_mut() else { return Vec::new() };
        if !open.applies(command) {
            return Vec::new();
        }
        match command {
            Command::Leave => drop(self.popups.pop()),
            Command::Earlier | Command::Later => {
                let last = open.len().saturating_sub(1);
                let here = open.cursor.selected;
                let earlier = command == Command::Earlier;
                let to = if earlier { here + 1 } else { here.saturating_sub(1) };
                (open.cursor.selected, open.top) = (to.min(last), 0);
            }
            Command::Whole => (open.whole, open.top) = (!open.whole, 0),
            Command::ScrollDown => {
                let last = open.lines().len().saturating_sub(1);
                open.top = open.top.saturating_add(page / 2 + 1).min(last);
            }
            Command::ScrollUp => open.top = open.top.saturating_sub(page / 2 + 1),
            Command::Restore => {
                let Some(version) = open.selected() else { return Vec::new() };
                let (student, id) = (open.student, open.note);
                let input = NoteInput::of(&version.note);
                self.popups.pop();
                return self.write(|context| note::edit(context, student, id, &input));
            }
        }
        Vec::new()
    }

    /// Takes the answer about the versions of a note.
    pub(in crate::app) fn versions_listed(
        &mut self,
        note: NoteId,
        answer: Result<Vec<history::Version>, String>,
    ) -> Vec<Effect> {
        let is_asked = |popup: &Popup| matches!(popup, Popup::Versions(open) if open.note == note);
        let Some(at) = self.popups.iter().position(is_asked) else { return Vec::new() };
        let found = match answer {
            Ok(found) => found,
            Err(why) => {
                self.popups.remove(at);
                return self.tell(Toast::failed(why));
            }
        };
        let Popup::Versions(open) = self.popups.remove(at) else { return Vec::new() };
        let found = Some(self.told_versions(open.student, found));
        self.popups.insert(at, Popup::Versions(Versions { found, ..open }));
        Vec::new()
    }

    /// The versions that who works here may see, each with what it changed.
    fn told_versions(&self, student: StudentId, found: Vec<history::Version>) -> Vec<Version> {
        let (Some(file), Some(viewer)) = (self.records.file(student), self.desk.viewer) else {
            return Vec::new();
        };
        let mut told: Vec<Version> = Vec::new();
        for version in found.into_iter().rev() {
            let Some(Record::Note(note)) = version.record else { continue };
            if !note_visible_to(viewer, file, &note) {
                continue;
            }
            let before = told.last().map_or("", |version| version.note.text.as_str());
            let changes = changes(before, &note.text);
            let name = self.records.tutor(version.author).map(|tutor| tutor.name.clone());
            let author = name.unwrap_or_default();
            told.push(Version { at: version.at, author, note, changes });
        }
        told.reverse();
        told
    }
}

#[cfg(test)]
mod tests;
