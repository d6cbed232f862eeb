//! Which commands can do something now: hint line, help and palette tell.

use super::command::{
    Alerts, Choose, Command, Desk, Duties, Feedback, Field, Form, Global, History, Ledger, Menu,
    Note, Roll, SPECS, Spec, Student, Timeline, Trial, Tutees, Versions,
};
use super::count::takes_count;
use super::keymap::sequence;
use super::model::Model;
use super::msg::Access;
use super::pane;
use super::place::Place;
use super::popup::{FormKind, FormPopup, Popup, duties, feedback};
use super::{decide, meetings, triage};

/// What puts the first students on the desk, in this order.
const BEGINNINGS: [Command; 2] = [Command::Desk(Desk::Import), Command::Desk(Desk::AddStudent)];

/// One command in the hint line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// The keys.
    pub keys: String,
    /// What they do, in a word.
    pub label: &'static str,
    /// The command, for the mouse.
    pub command: Command,
}

impl Model {
    /// Whether the command can do something now.
    #[must_use]
    pub fn applies(&self, command: Command) -> bool {
        if writes(command) && self.access != Access::Write {
            return false;
        }
        match command {
            Command::Global(Global::Palette) => !self.locked && self.place() != Place::Palette,
            Command::Global(Global::Lock) => !self.locked,
            Command::Field(Field::Toggle) => self
                .form()
                .and_then(|popup| popup.form.focused())
                .is_some_and(|field| field.entry.chooses()),
            Command::Form(Form::Leave) => self.form().is_none_or(FormPopup::may_close),
            Command::Choose(Choose::Accept)
                if matches!(self.popups.last(), Some(Popup::Help(_))) =>
            {
                false
            }
            Command::Global(Global::Desk | Global::Triage | Global::Meetings) => {
                !self.locked && self.desk.note.writing.is_none()
            }
            Command::Global(Global::Help | Global::Leave)
            | Command::Panes(_)
            | Command::Desk(Desk::Undo | Desk::Redo)
            | Command::Choose(_)
            | Command::Confirm(_)
            | Command::Form(_)
            | Command::Field(_)
            | Command::Text(_)
            | Command::Find(_)
            | Command::Picker(_)
            | Command::Mapping(_)
            | Command::DryRun(_)
            | Command::Trial(_)
            | Command::Menu(Menu::Choose) => true,
            Command::Ledger(command) => matches!(self.popups.last(),
                Some(Popup::Ledger(ledger)) if ledger.applies(self, command)),
            Command::Menu(Menu::Leave) => {
                matches!(self.popups.last(), Some(Popup::Menu(menu)) if menu.may_close)
            }
            Command::Desk(Desk::Import) => !self.locked && self.access == Access::Write,
            Command::List(_) if !self.popups.is_empty() => true,
            Command::Desk(_)
            | Command::Student(_)
            | Command::List(_)
            | Command::Tutees(_)
            | Command::Roll(_)
            | Command::Timeline(_)
            | Command::Note(_)
            | Command::Alerts(_)
            | Command::Writing(_)
            | Command::Filter(_) => pane::applies(self, command),
            Command::Triage(command) => triage::applies(self, command),
            Command::Meetings(command) => meetings::applies(self, command),
            Command::Duties(command) => duties::applies(self, command),
            Command::Feedback(command) => feedback::applies(self, command),
            Command::Decide(command) => decide::applies(self, command),
            Command::History(command) => matches!(self.popups.last(),
                Some(Popup::History(open)) if open.applies(self, command)),
            Command::Versions(command) => matches!(self.popups.last(),
                Some(Popup::Versions(open)) if open.applies(command)),
        }
    }

    /// Why a command does nothing that would change a profile which is only looked at.
    #[must_use]
    pub(super) fn only_looking(&self, command: Command) -> Option<String> {
        let why = match &self.access {
            Access::Write => return None,
            Access::ReadOnly(holder) => format!("{holder} holds the profile."),
            Access::Newer => "a newer tutelage wrote the profile; please upgrade.".to_owned(),
            Access::Unwritable(why) => format!("{why}. Start again once that is mended."),
        };
        writes(command).then(|| format!("This view is read-only: {why}"))
    }

    /// The commands for the hint line, the nearest first; after the first key of a sequence, or a count, how it
    /// may go on.
    #[must_use]
    pub fn hints(&self) -> Vec<Hint> {
        let place = self.place();
        if !self.pressed().is_empty() {
            return self.following();
        }
        let mut hints = Vec::new();
        for scope in place.scopes() {
            let rows = SPECS.iter().filter(|spec| spec.scope() == *scope && !spec.hint.is_empty());
            for spec in rows.filter(|spec| self.offers(spec.command)) {
                let keys = self.keymap.label(spec.command, place);
                if !keys.is_empty() {
                    hints.push(Hint { keys, label: spec.hint, command: spec.command });
                }
            }
        }
        hints.sort_by_key(|hint| {
            BEGINNINGS.iter().position(|it| *it == hint.command).unwrap_or(BEGINNINGS.len())
        });
        hints
    }

    /// The keys of a sequence that is not complete yet, and the count before it; empty if there are none.
    #[must_use]
    pub fn pressed(&self) -> String {
        let count = self.count.map(|count| count.to_string());
        let pending = Some(sequence(&self.pending)).filter(|keys| !keys.is_empty());
        count.into_iter().chain(pending).collect::<Vec<_>>().join(" ")
    }

    /// What may follow them: the rest of each sequence, or the moves that a count repeats.
    fn following(&self) -> Vec<Hint> {
        let place = self.place();
        let counted = |command: Command| self.count.is_none() || takes_count(command);
        let mut rest = self.keymap.continuations(place, &self.pending);
        rest.retain(|(_, command)| counted(*command) && self.applies(*command));
        if self.pending.is_empty() {
            // One key for each move will do.
            rest.dedup_by_key(|(_, command)| *command);
        }
        let title = |command| Spec::of(command).map_or("", |spec| spec.title);
        let hint = |(keys, command)| Hint { keys, label: title(command), command };
        rest.into_iter().map(hint).collect()
    }

    /// Whether the hint line names the command: what begins a desk while nobody is on it, what finds
    /// somebody and takes back once somebody is. What is decided about alerts is named beside them.
    fn offers(&self, command: Command) -> bool {
        let nobody = self.records.files().len() == 0;
        let finds = matches!(command, Command::Desk(Desk::Filter | Desk::Undo));
        let saves = matches!(command, Command::Form(Form::Save | Form::NextField));
        let beside = !matches!(command, Command::Decide(_)) || self.place() != Place::Tutees;
        let elsewhere = command == Command::Roll(Roll::Views) && self.place() != Place::Triage;
        let unlocks = self.form().is_some_and(|form| form.kind == FormKind::Unlock);
        self.applies(command)
            && !(finds && nobody)
            && beside
            && !elsewhere
            && !(saves && unlocks)
            && (nobody || !BEGINNINGS.contains(&command))
    }
}

/// Whether the command leads to a change of the records.
fn writes(command: Command) -> bool {
    match command {
        Command::Student(command) => !matches!(command, Student::Copy | Student::Consents),
        Command::Ledger(command) => command != Ledger::Leave,
        Command::Desk(command) => match command {
            Desk::Undo
            | Desk::Redo
            | Desk::AddStudent
            | Desk::AddTutor
            | Desk::EditMe
            | Desk::Policy
            | Desk::Years
            | Desk::Passphrase
            | Desk::Calendar
            | Desk::Backup
            | Desk::Import => true,
            Desk::Filter
            | Desk::Search
            | Desk::StudentBefore
            | Desk::StudentAfter
            | Desk::Duties
            | Desk::Feedback
            | Desk::History
            | Desk::Back => false,
        },
        Command::Roll(command) => matches!(command, Roll::Export | Roll::SaveView | Roll::Columns),
        Command::Tutees(command) => matches!(command, Tutees::Group | Tutees::Pin),
        Command::Timeline(command) => command == Timeline::Done,
        Command::Note(command) => command == Note::Write,
        Command::Alerts(command) => command == Alerts::Step,
        Command::Writing(_) | Command::Decide(_) => true,
        Command::Duties(command) => !matches!(command, Duties::School | Duties::Leave),
        Command::Feedback(command) => !matches!(command, Feedback::Period | Feedback::Leave),
        Command::Trial(command) => command == Trial::Take,
        Command::History(command) => matches!(command, History::Undo | History::Redo),
        Command::Versions(command) => command == Versions::Restore,
        Command::Global(_)
        | Command::Panes(_)
        | Command::List(_)
        | Command::Triage(_)
        | Command::Meetings(_)
        | Command::Text(_)
        | Command::Find(_)
        | Command::Filter(_)
        | Command::Choose(_)
        | Command::Form(_)
        | Command::Field(_)
        | Command::Confirm(_)
        | Command::Picker(_)
        | Command::Menu(_)
        | Command::Mapping(_)
        | Command::DryRun(_) => false,
    }
}
