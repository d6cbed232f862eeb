//! What was said and agreed, as far as it may be told.

use super::{Agreed, Asked, gather::day};
use crate::domain::{
    access::{Viewer, note_visible_to},
    action::{Action, Owner},
    meeting::MeetingId,
    note::{Confidentiality, Note},
    policy::{Content, RecipientKind},
    word::Choice,
};

impl Asked<'_> {
    /// What was agreed at the meeting; without one, all that is open.
    pub(super) fn actions(&self, content: Content, meeting: Option<MeetingId>) -> Vec<Agreed> {
        if content != Content::Substance {
            return Vec::new();
        }
        let mut actions: Vec<&Action> = self
            .file
            .actions
            .iter()
            .map(|held| &held.value)
            .filter(|it| if meeting.is_some() { it.meeting == meeting } else { it.done.is_none() })
            .filter(|it| !self.is_restricted(&it.what))
            .collect();
        actions.sort_by_key(|it| (it.due.is_none(), it.due, it.id));
        let agreed = |it: &Action| Agreed {
            what: it.what.trim_end_matches('.').to_owned(),
            who: match it.owner {
                Owner::Student => self.file.student.name.first().to_owned(),
                Owner::Tutor => self.records.tutor(it.author).map_or("", |it| &it.name).to_owned(),
            },
            due: it.due.map(day).unwrap_or_default(),
        };
        actions.into_iter().map(agreed).collect()
    }

    /// Whether these words stand in a note that nobody but its author may see.
    fn is_restricted(&self, words: &str) -> bool {
        self.file.notes.iter().any(|note| {
            note.confidentiality == Confidentiality::Restricted && note.text.contains(words)
        })
    }

    /// The notes of the meeting, in a handover all of them, as far as their level lets them go there.
    pub(super) fn notes(
        &self,
        content: Content,
        meeting: Option<MeetingId>,
        withheld: &mut Vec<String>,
    ) -> Vec<String> {
        let handover = self.letter.to == RecipientKind::NewTutor;
        let Some(viewer) = Viewer::of(self.records) else { return Vec::new() };
        if content != Content::Substance || (meeting.is_none() && !handover) {
            return Vec::new();
        }
        let mut notes: Vec<&Note> = self.file.notes.iter().map(|held| &held.value).collect();
        notes.retain(|it| if meeting.is_some() { it.meeting == meeting } else { true });
        notes.sort_by_key(|it| (it.on, it.part, it.id));
        let mut told = Vec::new();
        for note in notes.into_iter().filter(|note| note_visible_to(viewer, self.file, note)) {
            if !goes_to(note.confidentiality, self.letter.to) {
                withheld.push(format!(
                    "Left out: a note of {} that is “{}”.",
                    day(note.on),
                    note.confidentiality.words()
                ));
                continue;
            }
            let text = without_actions(&note.text);
            if !text.is_empty() {
                let date = format!("{}:\n", day(note.on));
                told.push(if meeting.is_none() { date + &text } else { text });
            }
        }
        told
    }
}

/// Whether a level lets a note go to such a recipient. What is restricted goes to nobody.
const fn goes_to(level: Confidentiality, to: RecipientKind) -> bool {
    match level {
        Confidentiality::FactOnly | Confidentiality::Shared => true,
        Confidentiality::TutorAndSenior => matches!(
            to,
            RecipientKind::SeniorTutor | RecipientKind::NewTutor | RecipientKind::CentralSystem
        ),
        Confidentiality::Restricted => false,
    }
}

/// A note without the lines that became actions, which stand on their own, and without the signs of headings.
fn without_actions(text: &str) -> String {
    let is_action = |line: &&str| {
        let line = line.trim_start();
        ["- [ ]", "- [x]", "- [X]"].iter().any(|mark| line.starts_with(mark))
    };
    let kept: Vec<&str> = text
        .lines()
        .filter(|line| !is_action(line))
        .map(|line| if line.starts_with('#') { line.trim_matches(['#', ' ']) } else { line })
        .collect();
    kept.join("\n").trim().to_owned()
}
