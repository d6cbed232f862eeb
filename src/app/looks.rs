//! Looks at notes that are restricted to their author: what stays on the screen for a moment is recorded, once a
//! visit. What only passes by while one scrolls is not.

use std::{collections::BTreeSet, time::Duration};

use super::area::Screen;
use super::model::Model;
use super::msg::{Access, Effect, Timer};
use crate::domain::note::{Confidentiality, Note, NoteId};
use crate::domain::student::StudentId;

/// How long a note must stay on the screen to count as looked at; at most twice as long when another came before.
const MOMENT: Duration = Duration::from_secs(1);

/// Which restricted notes are on the screen, and which have been looked at.
#[derive(Debug, Clone, Default)]
pub struct Looks {
    /// On the screen since the timer was armed.
    here: Vec<NoteId>,
    /// On the screen since later.
    new: Vec<NoteId>,
    /// Recorded in this visit.
    recorded: BTreeSet<NoteId>,
}

impl Looks {
    /// Takes in which restricted notes the picture shows now; arms the timer for those that have come.
    fn see(&mut self, shown: &[NoteId]) -> Vec<Effect> {
        let waited = !self.here.is_empty();
        self.here.retain(|note| shown.contains(note));
        let known = |note: &&NoteId| !self.here.contains(note) && !self.recorded.contains(note);
        self.new = shown.iter().filter(known).copied().collect();
        if !self.here.is_empty() {
            return Vec::new();
        }
        self.begin(waited)
    }

    /// Counts from now on for what has come.
    fn begin(&mut self, armed: bool) -> Vec<Effect> {
        self.here = std::mem::take(&mut self.new);
        match (self.here.is_empty(), armed) {
            (false, _) => vec![Effect::Arm(Timer::Look, MOMENT)],
            (true, true) => vec![Effect::Disarm(Timer::Look)],
            (true, false) => Vec::new(),
        }
    }

    /// What has stayed is recorded.
    fn due(&mut self) -> Vec<Effect> {
        let stayed = std::mem::take(&mut self.here);
        let mut effects = self.record(stayed);
        effects.extend(self.begin(false));
        effects
    }

    /// Records what was not recorded in this visit.
    fn record(&mut self, mut notes: Vec<NoteId>) -> Vec<Effect> {
        notes.retain(|note| self.recorded.insert(*note));
        if notes.is_empty() { Vec::new() } else { vec![Effect::RecordLook(notes)] }
    }
}

impl Model {
    /// Takes in what the drawing learnt. A profile that is only looked at records nothing.
    pub fn drawn(&mut self, screen: Screen) -> Vec<Effect> {
        self.screen = screen;
        if self.access == Access::Write {
            self.looks.see(&self.screen.restricted)
        } else {
            Vec::new()
        }
    }

    /// What the picture has shown for a moment counts as looked at.
    pub(super) fn looked(&mut self) -> Vec<Effect> {
        self.looks.due()
    }

    /// A note is copied: a restricted one counts as looked at, for however short a time.
    pub(super) fn took(&mut self, note: &Note) -> Vec<Effect> {
        if note.confidentiality == Confidentiality::Restricted && self.access == Access::Write {
            self.looks.record(vec![note.id])
        } else {
            Vec::new()
        }
    }
}

/// Notes are printed, where they stay: restricted ones count as looked at.
pub(super) fn read(model: &mut Model, notes: &[(StudentId, NoteId)]) -> Vec<Effect> {
    if model.access != Access::Write {
        return Vec::new();
    }
    let records = &model.records;
    let restricted = |&&(student, note): &&(StudentId, NoteId)| {
        let held = records.file(student).and_then(|file| file.find(note));
        held.is_some_and(|note| note.confidentiality == Confidentiality::Restricted)
    };
    let notes = notes.iter().filter(restricted).map(|(_, note)| *note).collect();
    model.looks.record(notes)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::app::msg::{Holder, Msg, Opened};
    use crate::app::popup::Popup;
    use crate::app::testing::Desk;
    use crate::domain::{id::Id, meeting::Outcome, records::Records, search::Index};
    use crate::fixture::{Fixture, ago};

    const COME: &[Effect] = &[Effect::Arm(Timer::Look, MOMENT)];

    /// Aisha with a note restricted to its author in hand, Ben with an open one.
    fn world() -> (Records, NoteId) {
        let mut world = Fixture::new();
        let (aisha, me) = (world.tutee("20481234", "Aisha Rahman", 4), world.me);
        let about = (aisha, ago(3), None);
        let note = world.note_by(me, Confidentiality::Restricted, about, "Fears the landlord.");
        let ben = world.tutee("20481235", "Ben O'Connor", 4);
        world.note(ben, ago(3), None, "Likes maps.");
        (world.records(), note)
    }

    fn shown(width: u16) -> (Desk, NoteId) {
        let (records, note) = world();
        let mut desk = Desk::with(records);
        let _picture = desk.frame(width, 36);
        (desk, note)
    }

    /// What was asked for since the last time.
    fn asked(desk: &mut Desk) -> Vec<Effect> {
        std::mem::take(&mut desk.effects)
    }

    #[test]
    fn a_restricted_note_that_stays_on_the_screen_is_recorded_once_a_visit() {
        let (mut desk, note) = shown(120);
        assert_eq!(asked(&mut desk), COME);
        desk.send(Msg::Due(Timer::Look));
        assert_eq!(asked(&mut desk), [Effect::RecordLook(vec![note])]);
        let mut desk = desk.keys("jk⇥");
        let _picture = desk.frame(120, 36);
        desk.send(Msg::Due(Timer::Look));
        assert_eq!(asked(&mut desk), []);
    }

    #[test]
    fn what_one_scrolls_past_is_not_recorded() {
        let (mut desk, note) = shown(120);
        asked(&mut desk);
        let mut desk = desk.keys("j");
        assert!(!desk.frame(120, 36).contains("landlord"));
        assert_eq!(asked(&mut desk), [Effect::Disarm(Timer::Look)]);
        desk.send(Msg::Due(Timer::Look));
        assert_eq!(asked(&mut desk), []);
        let mut desk = desk.keys("k");
        let _picture = desk.frame(120, 36);
        assert_eq!(asked(&mut desk), COME);
        desk.send(Msg::Due(Timer::Look));
        assert_eq!(asked(&mut desk), [Effect::RecordLook(vec![note])]);
    }

    #[test]
    fn a_note_that_comes_while_another_waits_has_its_own_moment() {
        let [first, second] = [1, 2].map(|id| Id::from_bytes([id; 16]));
        let mut looks = Looks::default();
        assert_eq!(looks.see(&[first]), COME);
        assert_eq!(looks.see(&[first, second]), []);
        assert_eq!(looks.due(), [Effect::RecordLook(vec![first]), COME[0].clone()]);
        assert_eq!(looks.due(), [Effect::RecordLook(vec![second])]);
    }

    #[test]
    fn the_form_of_a_meeting_counts_that_holds_the_text() {
        let mut world = Fixture::new();
        let (aisha, me) = (world.tutee("20481234", "Aisha Rahman", 4), world.me);
        let meeting = world.meeting(aisha, ago(3), Outcome::Held, "Progress review");
        let about = (aisha, ago(3), Some(meeting));
        let note = world.note_by(me, Confidentiality::Restricted, about, "Fears the landlord.");
        let mut desk = Desk::with(world.records()).keys("⇥e");
        let form = desk.model.popups.last().cloned();
        assert!(matches!(form, Some(Popup::Form(_))));
        // Nothing of it is to be seen in the panes.
        desk.model.desk.take(&Records::default(), None);
        assert!(desk.frame(120, 36).contains("landlord"));
        assert_eq!(desk.model.screen.restricted, [note]);
    }

    #[test]
    fn a_hit_counts_and_so_does_the_editor_that_holds_the_text() {
        let (records, note) = world();
        let only_the_tutees = |keys: &str| {
            let mut desk = Desk::with(records.clone()).keys("j").keys(keys);
            let _picture = desk.frame(120, 36);
            desk
        };
        assert_eq!(only_the_tutees("").model.screen.restricted, []);
        let mut hits = only_the_tutees("//landlord");
        // The first letter is asked for at once, the rest when that is answered.
        for _ in 0..2 {
            let search = |effect: &Effect| {
                if let Effect::Search(search) = effect { Some(search.clone()) } else { None }
            };
            let asked = hits.effects.iter().rev().find_map(search);
            let asked = asked.unwrap();
            let found = Index::new(&records).find(&records, asked.viewer, &asked.text.0, 50);
            hits.send(Msg::Found(asked.ticket, found));
        }
        let picture = hits.frame(120, 36);
        assert!(picture.contains("Fears the landlord."), "{picture}");
        assert_eq!(hits.model.screen.restricted, [note]);
        let mut writing = hits.keys("⏎e");
        let picture = writing.frame(120, 36);
        assert!(picture.contains("· writ"), "{picture}");
        assert!(writing.model.screen.restricted.contains(&note));
    }

    #[test]
    fn only_what_is_drawn_counts() {
        let (records, _) = world();
        let mut desk = Desk::with(records).keys("⇥⇥⇥");
        let picture = desk.frame(40, 12);
        assert!(!picture.contains("landlord"), "{picture}");
        assert_eq!(desk.effects, []);
    }

    #[test]
    fn a_copy_is_recorded_at_once_and_a_lock_begins_another_visit() {
        let (desk, note) = shown(120);
        let recorded = |desk: &Desk| {
            let looks = desk.effects.iter().filter(|it| **it == Effect::RecordLook(vec![note]));
            looks.count()
        };
        let mut desk = desk.keys("⇥⇥y⏎y⏎");
        desk.send(Msg::Due(Timer::Look));
        assert_eq!(recorded(&desk), 1);
        let (records, _) = world();
        let opened = Opened::of(Arc::new(records));
        let mut desk = desk.keys("‹ctrl-l›").after(Msg::Opened(Box::new(opened)));
        let _picture = desk.frame(120, 36);
        desk.send(Msg::Due(Timer::Look));
        assert_eq!(recorded(&desk), 2);
    }

    #[test]
    fn a_profile_that_is_only_looked_at_records_nothing() {
        let holder = Holder { process: 4711, terminal: "pts/3".into(), since: "14:02".into() };
        let mut desk = Desk::with(world().0);
        desk.model.access = Access::ReadOnly(holder);
        assert!(desk.frame(120, 36).contains("landlord"));
        let mut desk = desk.keys("⇥⇥y⏎");
        desk.send(Msg::Due(Timer::Look));
        let looks =
            |effect: &Effect| matches!(effect, Effect::RecordLook(_) | Effect::Arm(Timer::Look, _));
        assert!(!desk.effects.iter().any(looks), "{:?}", desk.effects);
    }
}
