//! Tips: one command after the other that the person has not used yet, told beside the hints. Once it was used, no tip
//! tells of it again, in this profile.

use std::{collections::BTreeSet, sync::Arc};

use super::{
    command::{Command, Desk, Global, Panes, Roll, Scope, Spec, Student},
    model::Model,
    msg::{Access, Effect},
};
use crate::domain::{change::Change, saved_view::SavedView, write::saved_view};

/// The commands, in the order in which they are told, each with what it is for.
const TIPS: [(Command, &str); 9] = [
    (Command::Student(Student::Meeting), "a meeting"),
    (Command::Global(Global::Help), "help"),
    (Command::Panes(Panes::Next), "the next pane"),
    (Command::Desk(Desk::Filter), "a name"),
    (Command::Global(Global::Triage), "who needs a word"),
    (Command::Global(Global::Meetings), "who was met"),
    (Command::Global(Global::Palette), "any command"),
    (Command::Roll(Roll::Views), "saved lists"),
    (Command::Desk(Desk::History), "what was done"),
];

/// So many students are looked through for a first meeting.
const LOOKED_AT: usize = 500;

/// Which of the commands were used.
#[derive(Debug, Clone, Default)]
pub struct Tips {
    /// Whether there are tips at all.
    pub shown: bool,
    /// The names of those that were used since the start.
    used: BTreeSet<&'static str>,
    keeping: Keeping,
}

/// Whether they come into the profile.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Keeping {
    /// As soon as there are any.
    #[default]
    Ready,
    /// Some are on the way.
    Underway,
    /// They could not: not before something else was saved.
    Refused,
}

impl Tips {
    /// With tips, or without.
    #[must_use]
    pub fn new(shown: bool) -> Self {
        Self { shown, ..Self::default() }
    }

    /// A profile is open, and nothing is on the way into it.
    pub(super) const fn begin(&mut self) {
        self.keeping = Keeping::Ready;
    }
}

impl Model {
    /// The first command that was never used and can do something here; none while somebody types or decides.
    #[must_use]
    pub fn tip(&self) -> Option<String> {
        let resting = self.popups.is_empty() && self.pending.is_empty() && !self.locked;
        if !self.tips.shown || !resting || self.place().takes_text() {
            return None;
        }
        if self.records.files().len() == 0 {
            return None;
        }
        let (command, what) = TIPS.iter().find(|(command, _)| self.teaches(*command))?;
        Some(format!("try {} for {what}", self.keymap.label(*command, self.place())))
    }

    /// Whether a command can do something here and was never used in this profile.
    fn teaches(&self, command: Command) -> bool {
        let place = self.place();
        self.view.command() != command
            && place.scopes().contains(&Scope::from(command))
            && self.applies(command)
            && !self.keymap.label(command, place).is_empty()
            && !self.was_used(command)
    }

    fn was_used(&self, command: Command) -> bool {
        let Some(name) = Spec::of(command).map(|spec| spec.name) else { return true };
        self.tips.used.contains(name)
            || self.records.kept(SavedView::TIPS).any(|used| used == name)
            || command == Command::Student(Student::Meeting) && self.is_begun()
    }

    /// Whether something was recorded about somebody.
    fn is_begun(&self) -> bool {
        self.records.files().take(LOOKED_AT).any(|file| {
            !(file.attendances.is_empty() && file.notes.is_empty() && file.contacts.is_empty())
        })
    }

    /// A command is used.
    pub(super) fn learn(&mut self, command: Command) {
        let told = TIPS.iter().any(|(tip, _)| *tip == command);
        if let Some(spec) = Spec::of(command)
            .filter(|_| told && self.tips.shown && !self.locked && self.applies(command))
        {
            self.tips.used.insert(spec.name);
        }
    }

    /// Remembers in the profile what was used; one change at a time, as the next is made from it.
    pub(super) fn keep_tips(&mut self) -> Vec<Effect> {
        let known: BTreeSet<&str> = self.records.kept(SavedView::TIPS).collect();
        let ready = self.tips.keeping == Keeping::Ready && !self.locked;
        if self.access != Access::Write || !ready {
            return Vec::new();
        }
        if self.tips.used.iter().all(|used| known.contains(used)) {
            return Vec::new();
        }
        let all: Vec<String> =
            known.into_iter().chain(self.tips.used.iter().copied()).map(str::to_owned).collect();
        let all: BTreeSet<&str> = all.iter().map(String::as_str).collect();
        let all: Vec<&str> = all.into_iter().collect();
        let effects = self.write(|context| saved_view::learn(context, &all));
        if !effects.is_empty() {
            self.tips.keeping = Keeping::Underway;
        }
        effects
    }

    /// What was used has come into the profile; behind the lock there are no records to take it in.
    pub(super) fn kept_tips(&mut self, change: &Change) -> Vec<Effect> {
        self.tips.keeping = Keeping::Ready;
        if !self.locked && Arc::make_mut(&mut self.records).apply(change).is_err() {
            return self.tips_not_kept();
        }
        self.keep_tips()
    }

    /// What was used could not come into the profile: it is not tried with every command.
    pub(super) fn tips_not_kept(&mut self) -> Vec<Effect> {
        self.tips.keeping = Keeping::Refused;
        Vec::new()
    }

    /// Something was saved: what was used can come into the profile as well.
    pub(super) fn tips_can_be_kept(&mut self) {
        if self.tips.keeping == Keeping::Refused {
            self.tips.keeping = Keeping::Ready;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::msg::{Holder, Msg, Opened};
    use crate::app::testing::Desk;
    use crate::domain::meeting::Outcome;
    use crate::domain::records::Records;
    use crate::fixture::{Fixture, ago};

    #[test]
    fn a_new_desk_tells_the_first_meeting_and_then_one_command_after_the_other() {
        assert_eq!(taught(Fixture::new().records()).model.tip(), None, "the panes say it");
        let mut desk = taught(one(false));
        assert_eq!(desk.model.tip().unwrap(), "try m for a meeting");
        assert!(desk.frame(80, 24).contains("try m for a meeting"));
        assert_eq!(taught(one(false)).keys(":").model.tip(), None, "somebody types");
        let desk = taught(one(true));
        assert_eq!(desk.model.tip().unwrap(), "try ? for help");
        let desk = desk.keys("?⎋");
        assert_eq!(desk.model.tip().unwrap(), "try Tab for the next pane");
        let desk = desk.keys("⇥/⎋2");
        assert_eq!(desk.model.tip().unwrap(), "try 3 for who was met");
        let desk = desk.keys("31:⎋").keys("⇤v⎋gu⎋");
        assert_eq!(desk.model.tip(), None, "all were used");
    }

    #[test]
    fn what_was_used_is_kept_in_the_profile_one_change_at_a_time_and_nothing_is_said_of_it() {
        let desk = taught(one(true)).keys("?⎋/⎋");
        let commits =
            |desk: &Desk| desk.effects.iter().filter(|it| matches!(it, Effect::Commit(_))).count();
        assert_eq!(commits(&desk), 1);
        let desk = desk.saved();
        assert_eq!(commits(&desk), 1, "what was used meanwhile comes after it");
        let desk = desk.saved();
        assert_eq!(commits(&desk), 0);
        assert!(desk.model.toast.is_none());
        let again = taught((*desk.model.records).clone());
        assert_eq!(again.model.tip().unwrap(), "try Tab for the next pane");
    }

    #[test]
    fn tips_can_be_switched_off_and_a_view_only_keeps_them_while_it_is_open() {
        assert_eq!(Desk::with(one(false)).keys("?⎋").model.tip(), None);
        assert_eq!(Desk::with(one(false)).keys("?⎋").effects, []);
        let mut desk = taught(one(true));
        let holder = Holder { process: 4711, terminal: "pts/3".into(), since: "14:02".into() };
        desk.model.access = Access::ReadOnly(holder);
        let desk = desk.keys("?⎋");
        assert_eq!(desk.effects, []);
        assert_eq!(desk.model.tip().unwrap(), "try Tab for the next pane");
    }

    #[test]
    fn a_tip_names_the_key_that_the_user_has_given_it_and_none_without_a_key() {
        let mut desk = taught(one(true));
        let keys = crokey::parse("f9").unwrap();
        desk.model.keymap.set(Command::Global(Global::Help), vec![vec![keys]]);
        assert_eq!(desk.model.tip().unwrap(), "try F9 for help");
        desk.model.keymap.set(Command::Global(Global::Help), Vec::new());
        assert_eq!(desk.model.tip().unwrap(), "try Tab for the next pane");
    }

    #[test]
    fn what_could_not_be_kept_is_tried_again_once_something_was_saved_and_not_before() {
        let mut desk = taught(one(true)).keys("?⎋");
        desk.effects.clear();
        desk.send(Msg::NotKept);
        let desk = desk.keys("/⎋?⎋");
        assert_eq!((&desk.effects, desk.model.toast.is_none()), (&Vec::new(), true));
        let desk = desk.keys("ms‹ctrl-s›").saved().keys("?⎋");
        let kept = |it: &&Effect| matches!(it, Effect::Commit(change) if change.label.is_quiet());
        assert_eq!(desk.effects.iter().filter(kept).count(), 1);
    }

    #[test]
    fn a_save_that_is_underway_is_waited_for_when_what_was_used_cannot_be_kept() {
        let mut desk = taught(one(true)).keys("?⎋ms‹ctrl-s›");
        assert!(desk.model.form().unwrap().waiting);
        desk.send(Msg::NotKept);
        assert!(desk.model.form().unwrap().waiting);
        assert_eq!((&desk.form().message, desk.model.toast.is_none()), (&None, true));
        desk.effects.retain(|it| matches!(it, Effect::Commit(change) if !change.label.is_quiet()));
        assert_eq!(desk.effects.len(), 1);
        let desk = desk.saved();
        assert!(desk.model.form().is_none(), "saved, and closed");
    }

    #[test]
    fn what_was_used_before_a_lock_says_nothing_behind_it_and_is_kept_after_it() {
        let mut desk = taught(one(true)).keys("?⎋").saved().keys("/⎋");
        let known = Arc::clone(&desk.model.records);
        let _ = desk.model.lock();
        let mut desk = desk.saved();
        assert_eq!((desk.model.records.saved_views().count(), &desk.model.toast), (0, &None));
        desk.effects.clear();
        desk.send(opened(Arc::clone(&known)));
        desk = desk.keys("?⎋");
        assert_eq!(desk.effects.iter().filter(|it| matches!(it, Effect::Commit(_))).count(), 1);
        desk.effects.clear();
        desk.send(opened(known));
        desk = desk.keys("?⎋");
        let commits = desk.effects.iter().filter(|it| matches!(it, Effect::Commit(_))).count();
        assert_eq!(commits, 1, "nobody answered, and it is another opening");
    }

    fn opened(records: Arc<Records>) -> Msg {
        Msg::Opened(Box::new(Opened::of(records)))
    }

    /// A desk that gives tips.
    fn taught(records: Records) -> Desk {
        let mut desk = Desk::with(records);
        desk.model.tips = Tips::new(true);
        desk
    }

    /// A desk with one tutee, who was met or not.
    fn one(met: bool) -> Records {
        let mut world = Fixture::new();
        let student = world.tutee("20481234", "Aisha Rahman", 4);
        if met {
            world.meeting(student, ago(9), Outcome::Held, "Progress review");
        }
        world.records()
    }
}
