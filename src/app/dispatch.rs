//! From keys, mouse and paste to commands, and from commands to what they do.

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind};
use tui_input::backend::crossterm::EventHandler;
use tui_input::{Input, InputRequest};

use super::command::{
    Choose, Command, Confirm as Answer, Desk, Find, Global, List, Menu as MenuCommand, Panes, Text,
};
use super::decide;
use super::form::{Entry, Verdict};
use super::jumps::Way;
use super::keymap::Found;
use super::meetings;
use super::model::{Model, View};
use super::msg::Effect;
use super::pane;
use super::place::Place;
use super::popup::confirm::Below;
use super::popup::{Confirm, FormPopup, Help, Hits, Ledger, Palette, Popup};
use super::status::{Toast, Tone};
use super::triage;
use crate::domain::plain;

impl Model {
    /// Carries a command out, whether a key, the palette or the mouse asked for it.
    pub fn run(&mut self, command: Command) -> Vec<Effect> {
        if let Some(why) = self.only_looking(command) {
            return self.tell(Toast::failed(why));
        }
        self.learn(command);
        let mut effects = self.carry_out(command);
        effects.extend(self.keep_tips());
        effects
    }

    fn carry_out(&mut self, command: Command) -> Vec<Effect> {
        match command {
            Command::Global(command) => self.global(command),
            Command::Desk(command) => self.desk(command),
            Command::Panes(command) => self.turn(command),
            Command::Triage(command) => triage::run(self, command),
            Command::Meetings(command) => meetings::run(self, command),
            Command::List(command) => self.go(command),
            Command::Choose(command) => self.choose(command),
            Command::Confirm(answer) => self.answer(answer),
            Command::Form(command) => self.in_form(|popup| popup.form.run(command)),
            Command::Field(command) => self.in_form(|popup| popup.form.run_field(command)),
            Command::Text(command) => self.text(command),
            Command::Find(command) => self.find(command),
            Command::Student(_)
            | Command::Tutees(_)
            | Command::Roll(_)
            | Command::Timeline(_)
            | Command::Note(_)
            | Command::Alerts(_)
            | Command::Writing(_)
            | Command::Filter(_) => pane::run(self, command),
            Command::Menu(command) => self.menu(command),
            Command::Ledger(command) => Ledger::run(self, command),
            Command::Picker(command) => self.picker(command),
            Command::Mapping(command) => self.mapping(command),
            Command::DryRun(command) => self.dry_run(command),
            Command::Duties(command) => self.duties(command),
            Command::Feedback(command) => self.feedback(command),
            Command::Trial(command) => self.trial(command),
            Command::History(command) => self.history(command),
            Command::Versions(command) => self.versions(command),
            Command::Decide(command) => decide::run(self, command),
        }
    }

    pub(super) fn key(&mut self, key: KeyEvent) -> Vec<Effect> {
        if key.kind == KeyEventKind::Release {
            return Vec::new();
        }
        self.toast.take_if(|toast| matches!(toast.tone, Tone::Failed | Tone::Today));
        if self.counts(key.into()) {
            return Vec::new();
        }
        if key.code == KeyCode::Esc && self.count.take().is_some() {
            self.pending.clear();
            return Vec::new();
        }
        self.pending.push(key.into());
        let found = self.keymap.find(self.place(), &self.pending, |command| self.applies(command));
        if found == Found::Prefix {
            return Vec::new();
        }
        let alone = self.pending.len() == 1;
        self.pending.clear();
        match found {
            Found::Command(command) if self.is_unseen(command) => self.look_first(),
            Found::Command(command) => self.run_counted(command),
            Found::Nothing | Found::Prefix => {
                self.count = None;
                if alone { self.type_key(key) } else { Vec::new() }
            }
        }
    }

    pub(super) fn paste(&mut self, text: &str) -> Vec<Effect> {
        match self.popups.last_mut() {
            Some(Popup::Form(popup)) => popup.form.paste(text),
            Some(popup) => {
                if let Some((line, cursor)) = popup.line() {
                    for c in plain::line(text).chars() {
                        line.handle(InputRequest::InsertChar(c));
                    }
                    cursor.selected = 0;
                    return self.line_changed();
                }
            }
            None => return pane::paste(self, text),
        }
        Vec::new()
    }

    /// The line over the list of a popup has changed.
    pub(super) fn line_changed(&mut self) -> Vec<Effect> {
        match self.popups.last_mut() {
            Some(Popup::Picker(picker)) => picker.changed(),
            Some(Popup::Hits(_)) => Hits::ask(self),
            _ => Vec::new(),
        }
    }

    /// Moves in the list of the popup on top, or of the pane.
    fn go(&mut self, command: List) -> Vec<Effect> {
        let (len, page) = (self.popup_len(), self.screen.popup);
        match self.popups.last_mut() {
            Some(popup) => {
                if let Some(cursor) = popup.cursor() {
                    cursor.go(command, len, page);
                }
                Vec::new()
            }
            None if self.view == View::Triage => triage::go(self, command),
            None if self.view == View::Meetings => meetings::go(self, command),
            None => pane::go(self, self.focus, command),
        }
    }

    fn type_key(&mut self, key: KeyEvent) -> Vec<Effect> {
        let now = self.now;
        match self.popups.last_mut() {
            Some(Popup::Form(popup)) if popup.waiting => {}
            Some(Popup::Form(popup)) => {
                match popup.form.fields.get_mut(popup.form.focus).map(|field| &mut field.entry) {
                    Some(Entry::Text(editor)) if editor.find.is_some() => {
                        type_line(editor.find.get_or_insert_default(), key);
                        editor.find_next(true, true);
                    }
                    _ => {
                        popup.form.type_key(key, now);
                        popup.refresh();
                    }
                }
            }
            Some(popup) => {
                if let Some((line, cursor)) = popup.line() {
                    type_line(line, key);
                    cursor.selected = 0;
                    return self.line_changed();
                }
            }
            None => return pane::type_key(self, key),
        }
        Vec::new()
    }

    fn global(&mut self, command: Global) -> Vec<Effect> {
        let place = self.place();
        match command {
            Global::Help if matches!(self.popups.last(), Some(Popup::Help(_))) => {
                drop(self.popups.pop());
            }
            Global::Help => self.popups.push(Popup::Help(Help::new(place))),
            Global::Palette if self.locked || place == Place::Palette => {}
            Global::Palette => self.popups.push(Popup::Palette(Palette::new(place))),
            Global::Desk => self.show(View::Desk),
            Global::Triage => self.show(View::Triage),
            Global::Meetings => self.show(View::Meetings),
            Global::Lock => return self.lock(),
            Global::Leave => return self.leave(),
        }
        Vec::new()
    }

    fn leave(&mut self) -> Vec<Effect> {
        let asking = matches!(self.popups.last(), Some(Popup::Confirm(asked)) if asked.then == [Effect::Quit]);
        if self.is_unsaved() && !asking {
            let question = "Quit without saving? What you typed would be lost.";
            self.popups.push(Popup::Confirm(Confirm::new(question, Effect::Quit)));
            return Vec::new();
        }
        vec![Effect::Quit]
    }

    /// Shows a screen, under whatever popups are open; a note that is being written stays in sight.
    fn show(&mut self, view: View) {
        if self.locked || self.view == view || self.desk.note.writing.is_some() {
            return;
        }
        self.view = view;
        self.focus = super::Pane::Tutees;
        meetings::shown(self);
        triage::shown(self);
        if let Some(student) = self.desk.student().filter(|_| view == View::Desk) {
            self.desk.select(&self.records, student);
        }
    }

    fn turn(&mut self, command: Panes) -> Vec<Effect> {
        let panes = <super::Pane as strum::VariantArray>::VARIANTS;
        let at = panes.iter().position(|pane| *pane == self.focus).unwrap_or(0);
        let by = match command {
            Panes::Next => 1,
            Panes::Previous => panes.len() - 1,
        };
        let pane = panes.get((at + by) % panes.len()).copied().unwrap_or(self.focus);
        pane::turn_to(self, pane)
    }

    fn desk(&mut self, command: Desk) -> Vec<Effect> {
        match command {
            Desk::Undo => vec![Effect::Undo],
            Desk::Redo => vec![Effect::Redo],
            Desk::Import => self.begin_import(),
            Desk::StudentBefore => self.walk(Way::Back),
            Desk::StudentAfter => self.walk(Way::On),
            Desk::Back
            | Desk::Filter
            | Desk::Search
            | Desk::AddStudent
            | Desk::AddTutor
            | Desk::EditMe
            | Desk::Policy
            | Desk::Years
            | Desk::Duties
            | Desk::Feedback
            | Desk::History
            | Desk::Calendar
            | Desk::Backup
            | Desk::Passphrase => pane::run(self, Command::Desk(command)),
        }
    }

    pub(super) fn choose(&mut self, command: Choose) -> Vec<Effect> {
        let (len, page) = (self.popup_len(), self.screen.popup);
        let Some(popup) = self.popups.last_mut() else {
            return pane::run(self, Command::Choose(command));
        };
        if popup.cursor().is_none_or(|cursor| cursor.choose(command, len, page)) {
            return Vec::new();
        }
        match (popup, command) {
            (Popup::Picker(picker), Choose::Accept) => picker.accept(),
            (Popup::Palette(_), Choose::Accept) => match self.popups.pop() {
                Some(Popup::Palette(palette)) => self.run_palette(&palette),
                _ => Vec::new(),
            },
            (Popup::Hits(_), Choose::Accept) => match self.popups.pop() {
                Some(Popup::Hits(hits)) => hits.jump(self),
                _ => Vec::new(),
            },
            (_, _) => {
                self.popups.pop();
                Vec::new()
            }
        }
    }

    pub(super) fn menu(&mut self, command: MenuCommand) -> Vec<Effect> {
        let Some(Popup::Menu(menu)) = self.popups.last() else { return Vec::new() };
        if command == MenuCommand::Leave {
            self.popups.pop_if(|popup| matches!(popup, Popup::Menu(menu) if menu.may_close));
            return Vec::new();
        }
        let Some(way) = menu.ways.get(menu.cursor.selected) else { return Vec::new() };
        let then = way.then.clone();
        // What the world refuses is asked again: the menu of a profile that is not open stays.
        if !self.locked {
            self.popups.pop();
        }
        self.go_way(then)
    }

    fn popup_len(&self) -> usize {
        self.popups.last().map_or(0, |popup| popup.len(self))
    }

    fn run_palette(&mut self, palette: &Palette) -> Vec<Effect> {
        match palette.found(self).get(palette.cursor.selected) {
            Some((spec, true)) => self.run(spec.command),
            Some((spec, false)) => {
                self.tell(Toast::said(format!("“{}” can do nothing here now", spec.title)))
            }
            None => Vec::new(),
        }
    }

    fn answer(&mut self, answer: Answer) -> Vec<Effect> {
        match (self.popups.pop(), answer) {
            (Some(Popup::Confirm(Confirm { then, below, .. })), Answer::Yes) => {
                match below {
                    Below::Stays => {}
                    Below::Waits => {
                        if let Some(Popup::Form(form)) = self.popups.last_mut() {
                            form.waiting = true;
                        }
                    }
                    Below::Closes => drop(self.popups.pop()),
                    Below::NoteReverts => return pane::writing::leave(self),
                }
                then
            }
            _ => Vec::new(),
        }
    }

    fn in_form(&mut self, act: impl FnOnce(&mut FormPopup) -> Verdict) -> Vec<Effect> {
        let Some(Popup::Form(popup)) = self.popups.last_mut() else { return Vec::new() };
        if popup.waiting {
            return Vec::new();
        }
        let verdict = act(popup);
        popup.refresh();
        match verdict {
            Verdict::Stay => {}
            Verdict::Close | Verdict::Ask if !popup.may_close() => {}
            Verdict::Close => drop(self.popups.pop()),
            Verdict::Ask => self.popups.push(Popup::Confirm(Confirm::leaving())),
            Verdict::Save => return self.submit(),
        }
        Vec::new()
    }

    fn submit(&mut self) -> Vec<Effect> {
        let Some(Popup::Form(mut popup)) = self.popups.pop() else { return Vec::new() };
        let (mut effects, place) = (Vec::new(), self.popups.len());
        match popup.submit(self) {
            Ok(wanted) => {
                // What is put on the clipboard is answered by nobody.
                popup.waiting = wanted.iter().any(|it| !matches!(it, Effect::Copy(_)));
                effects = wanted;
            }
            Err(errors) => popup.form.refuse(errors),
        }
        if popup.waiting
            || popup.form.fields.iter().any(|field| field.error.is_some())
            || popup.form.message.is_some()
        {
            // What it has opened, such as the way out of a refusal, stays above it.
            self.popups.insert(place.min(self.popups.len()), Popup::Form(popup));
        }
        effects
    }

    fn text(&mut self, command: Text) -> Vec<Effect> {
        if command == Text::Editor && self.form_text().is_some() {
            return self.edit_outside();
        }
        let now = self.now;
        if self.popups.is_empty() {
            return pane::run(self, Command::Text(command));
        }
        if let Some(editor) = self.form_text() {
            editor.run(command, now);
        }
        Vec::new()
    }

    fn find(&mut self, command: Find) -> Vec<Effect> {
        if self.popups.is_empty() {
            return pane::run(self, Command::Find(command));
        }
        if let Some(editor) = self.form_text() {
            editor.run_find(command);
        }
        Vec::new()
    }
}

/// Types into a line of letters that narrow a list.
pub(super) fn type_line(line: &mut Input, key: KeyEvent) {
    if key.code.as_char().is_none_or(|c| !plain::is_unsafe(c)) {
        line.handle_event(&crossterm::event::Event::Key(key));
    }
}
