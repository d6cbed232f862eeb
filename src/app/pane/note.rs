//! The note pane: reading the note under the timeline's cursor, and writing on in it, with drafts.

use std::fmt;

use crate::app::{
    area::Page,
    command::{List, Text},
    editor::Editor,
};
use crate::domain::{
    draft::{self, Draft, DraftId},
    id::IdSource,
    note::{Confidentiality, Note},
    student::StudentId,
    time::Now,
    word::Choice,
};
use strum::IntoEnumIterator;

/// The names of the fields of a draft.
const TEXT: &str = "text";
const LEVEL: &str = "confidentiality";

/// The state of the pane.
#[derive(Debug, Clone, Default)]
pub struct NotePane {
    /// The line that reading begins with.
    pub top: usize,
    /// The note that is being written.
    pub writing: Option<Box<Writing>>,
}

impl NotePane {
    /// Scrolls while reading; while writing the wheel moves the cursor.
    pub fn go(&mut self, command: List, page: Page, now: Now) {
        if let Some(writing) = &mut self.writing {
            let up = matches!(command, List::Up | List::HalfPageUp | List::PageUp | List::First);
            return writing.editor.run(if up { Text::Up } else { Text::Down }, now);
        }
        self.top = page.scrolled(command);
    }
}

/// A note being written.
#[derive(Clone)]
pub struct Writing {
    /// About whom.
    pub student: StudentId,
    /// The note as it is stored.
    pub before: Note,
    /// Its text as it is being written.
    pub editor: Editor,
    /// Its level as it is chosen.
    pub confidentiality: Confidentiality,
    /// Whether it waits until the text is durable.
    pub waiting: bool,
    /// Whether the timer for the draft runs.
    pub armed: bool,
    draft: DraftId,
    kept: Option<(u64, Confidentiality)>,
}

/// Prints ids, never text.
impl fmt::Debug for Writing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Writing({} …)", self.before.id)
    }
}

impl Writing {
    /// Begins with the note as it is stored, or as an unsaved draft has it.
    #[must_use]
    pub fn new(note: &Note, draft: Option<&Draft>, ids: &mut IdSource) -> Self {
        let field = |name: &str| {
            let fields = draft.iter().flat_map(|draft| &draft.fields);
            fields.clone().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
        };
        let level = field(LEVEL).and_then(Confidentiality::from_words);
        Self {
            student: note.student,
            editor: Editor::new(field(TEXT).unwrap_or(&note.text)),
            confidentiality: level.unwrap_or(note.confidentiality),
            before: note.clone(),
            waiting: false,
            armed: false,
            draft: draft.map_or_else(|| ids.fresh(), |draft| draft.id),
            kept: None,
        }
    }

    /// Whether anything differs from what is stored.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        self.confidentiality != self.before.confidentiality
            || self.editor.text() != self.before.text
    }

    /// Takes the next level of confidentiality.
    pub fn next_level(&mut self) {
        let levels: Vec<_> = Confidentiality::iter().collect();
        let here = levels.iter().position(|level| *level == self.confidentiality);
        let next = here.and_then(|here| levels.get(here + 1)).or(levels.first());
        self.confidentiality = next.copied().unwrap_or(self.confidentiality);
    }

    /// The draft to keep, if something was written since the last one.
    pub fn draft(&mut self, now: Now) -> Option<Draft> {
        let state = (self.editor.revision(), self.confidentiality);
        if self.kept == Some(state) || !self.is_changed() {
            return None;
        }
        self.kept = Some(state);
        Some(Draft {
            id: self.draft,
            student: Some(self.student),
            writing: draft::Writing::Note(self.before.id),
            fields: vec![
                (TEXT.into(), self.editor.text()),
                (LEVEL.into(), self.confidentiality.words().into()),
            ],
            kept_ms: now.utc_ms,
        })
    }

    /// Which draft to forget when the text is saved or given up.
    #[must_use]
    pub fn draft_id(&self) -> DraftId {
        self.draft
    }
}
