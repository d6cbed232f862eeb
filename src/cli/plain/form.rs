//! A form as questions, one field after the other: its value in brackets, Enter keeps it, what is wrong is said and asked
//! again. A long text ends with a line that holds a single dot.

use std::mem;

use super::talk::{Question, Turn};
use crate::app::{
    Command, Model, Typed,
    command::{Form as FormCommand, Global},
    form::{Entry, Field, Form, LineKind, Ticks, pick},
    popup::{FormKind, FormPopup, Popup},
};

/// What was written in a line before is named while it is no more than this.
const NAMED: usize = 8;

/// What can be typed instead of an answer.
const HELP: &[&str] = &[
    "Enter keeps what stands in brackets. A long text ends with a line that holds a single dot.",
    ":back asks the field before again, :clear empties the field, :fields reads all of them,",
    ":save goes to the question whether to save, :leave leaves the form, :lock locks, :quit ends the program.",
];

/// Where a form stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// At a field.
    Field(usize),
    /// At a line of a checklist or register.
    Tick(usize, usize),
    /// At the question whether to save.
    Save,
}

/// A form that is being filled in.
#[derive(Clone)]
pub struct Filling {
    /// How many popups were open with it.
    pub depth: usize,
    title: String,
    step: Step,
    /// Whether its title has been said.
    told: bool,
    /// Whether it only mends what is wrong, or one field.
    mends: bool,
    /// Whether it was to be saved: then what came of that is said.
    saves: bool,
    text: Writing,
}

/// A long text that is being typed.
#[derive(Clone, PartialEq, Eq)]
enum Writing {
    /// None is.
    Not,
    /// As far as it is typed.
    On(String),
    /// It takes no more lines; that has been said.
    Full,
}

impl Filling {
    /// A form at its first field.
    #[must_use]
    pub fn new(depth: usize, popup: &FormPopup) -> Self {
        Self {
            depth,
            title: popup.form.title.clone(),
            step: Step::Field(0),
            told: false,
            mends: false,
            saves: false,
            text: Writing::Not,
        }
    }

    /// Whether it is still there, perhaps under another popup.
    #[must_use]
    pub fn is_open(&self, model: &Model) -> bool {
        let place = self.depth.checked_sub(1).and_then(|place| model.popups.get(place));
        matches!(place, Some(Popup::Form(popup)) if popup.form.title == self.title)
    }

    /// What is asked now.
    pub fn ask(&mut self, popup: &FormPopup) -> Question {
        let form = &popup.form;
        let mut says = Vec::new();
        if !self.told {
            self.told = true;
            says.push(form.title.clone());
            says.push(
                "Enter keeps what stands in brackets; :help says what else can be typed.".into(),
            );
            self.saves = true;
        }
        if mem::take(&mut self.saves) {
            says.extend(form.message.clone());
        }
        self.settle(popup);
        let (prompt, unseen) = match self.step {
            _ if self.text != Writing::Not => (String::new(), false),
            Step::Save => ("Save? y saves, n leaves, a field's name asks it again: ".into(), false),
            Step::Field(at) => match form.fields.get(at) {
                Some(field) => asked(field, &mut says),
                None => Default::default(),
            },
            Step::Tick(at, line) => match form.fields.get(at) {
                Some(Field { entry: Entry::Ticks(ticks), error, .. }) => {
                    says.extend(error.clone());
                    (asked_tick(ticks, line), false)
                }
                _ => Default::default(),
            },
        };
        Question { says, prompt, unseen }
    }

    /// Goes on to a field that can be asked, or to one that was refused.
    fn settle(&mut self, popup: &FormPopup) {
        let form = &popup.form;
        if self.step == Step::Save {
            if popup.kind == FormKind::Unlock {
                self.step = Step::Field(0);
            } else if let Some(at) =
                form.fields.iter().position(|it| !it.hidden && it.error.is_some())
            {
                (self.step, self.mends) = (begin(form, at), true);
            }
        }
        if let Step::Field(at) = self.step {
            self.step = first(form, at, false);
        }
    }

    /// Takes an answer.
    pub fn hear(&mut self, turn: &mut Turn<'_>, line: &str) {
        if self.obeys(turn, line.trim()) {
            return;
        }
        match self.step {
            Step::Save => self.hear_save(turn, line.trim()),
            Step::Field(at) => self.hear_field(turn, at, line),
            Step::Tick(at, row) => self.hear_tick(turn, (at, row), line.trim()),
        }
    }

    /// Carries out what is typed instead of an answer.
    fn obeys(&mut self, turn: &mut Turn<'_>, line: &str) -> bool {
        match line {
            ":help" => HELP.iter().for_each(|help| turn.say(*help)),
            ":leave" => turn.run(Command::Form(FormCommand::Leave)),
            ":quit" => turn.run(Command::Global(Global::Leave)),
            ":lock" => turn.run(Command::Global(Global::Lock)),
            ":save" => self.step = Step::Save,
            ":back" => self.step = self.before(turn.model),
            ":clear" => {
                if let Some(name) = self.field(turn.model) {
                    turn.send(Typed::Fill(name, Some(String::new())));
                }
            }
            ":fields" => {
                if let Some(form) = form(turn.model) {
                    turn.says.extend(form.fields.iter().filter(|it| !it.hidden).map(read));
                }
            }
            _ => return false,
        }
        // Who only asks types on in the same text.
        if !matches!(line, ":help" | ":fields") {
            self.text = Writing::Not;
        }
        true
    }

    fn hear_save(&mut self, turn: &mut Turn<'_>, line: &str) {
        match line.to_lowercase().as_str() {
            "y" | "yes" => {
                self.saves = true;
                return turn.run(Command::Form(FormCommand::Save));
            }
            "n" | "no" => return turn.run(Command::Form(FormCommand::Leave)),
            "" => return turn.say("Type y or n."),
            _ => {}
        }
        let Some(form) = form(turn.model) else { return };
        let shown: Vec<usize> = (0..form.fields.len()).filter(|at| is_shown(form, *at)).collect();
        let labels = shown.iter().filter_map(|at| form.fields.get(*at)).map(|it| it.label.as_str());
        match pick(labels, line) {
            Ok(picked) => {
                let at = shown.get(picked).copied().unwrap_or_default();
                (self.step, self.mends) = (begin(form, at), true);
            }
            Err(_) => turn.say("Type y, n, or the name or number of a field."),
        }
    }

    fn hear_field(&mut self, turn: &mut Turn<'_>, at: usize, line: &str) {
        let Some(field) = form(turn.model).and_then(|form| form.fields.get(at)) else { return };
        let name = field.name;
        match (&field.entry, line.trim()) {
            (Entry::Text(editor), _) => {
                let before = editor.text();
                return self.hear_text(turn, (at, name), (&before, line));
            }
            (_, "") => turn.send(Typed::Fill(name, None)),
            _ => turn.send(Typed::Fill(name, Some(line.to_owned()))),
        }
        self.go_on(turn, at);
    }

    fn hear_text(
        &mut self,
        turn: &mut Turn<'_>,
        (at, name): (usize, &'static str),
        (before, line): (&str, &str),
    ) {
        let ends = line.trim_end() == ".";
        // As in mail: a line that is to hold a dot alone is typed with two.
        let typed = if line.trim_end() == ".." { "." } else { line };
        let (text, goes_on) = match mem::replace(&mut self.text, Writing::Not) {
            Writing::Not if ends || line.trim().is_empty() => {
                turn.send(Typed::Fill(name, None));
                return self.go_on(turn, at);
            }
            Writing::On(_) | Writing::Full if ends => return self.go_on(turn, at),
            Writing::Not if line.trim() == "+" && !before.is_empty() => {
                self.text = Writing::On(before.trim_end().to_owned());
                return;
            }
            Writing::Not => (typed.to_owned(), false),
            Writing::On(text) => (text + "\n" + typed, true),
            Writing::Full => {
                self.text = Writing::Full;
                return;
            }
        };
        turn.send(Typed::Fill(name, Some(text.clone())));
        let field = form(turn.model).and_then(|form| form.fields.get(at));
        match field.map(|field| (&field.label, &field.error)) {
            Some((_, None)) => self.text = Writing::On(text),
            // What is typed on may come from a file: it must not begin the text anew.
            Some((label, Some(why))) if goes_on => {
                let says = format!("{label}: {why}. This line and what follows it are left out.");
                turn.say(says);
                turn.send(Typed::Fill(name, None));
                self.text = Writing::Full;
            }
            Some(_) | None => {}
        }
    }

    fn hear_tick(&mut self, turn: &mut Turn<'_>, (at, row): (usize, usize), line: &str) {
        let Some(field) = form(turn.model).and_then(|form| form.fields.get(at)) else { return };
        let Entry::Ticks(ticks) = &field.entry else { return };
        let (name, last) = (field.name, row + 1 >= ticks.lines.len());
        if line.is_empty() {
            turn.send(Typed::Fill(name, None));
        } else {
            turn.send(Typed::Tick(name, row, line.to_owned()));
            let field = form(turn.model).and_then(|form| form.fields.get(at));
            if field.is_some_and(|field| field.error.is_some()) {
                return;
            }
        }
        if last { self.go_on(turn, at) } else { self.step = Step::Tick(at, row + 1) }
    }

    /// Goes on after a field, unless its value was refused.
    fn go_on(&mut self, turn: &mut Turn<'_>, at: usize) {
        let Some(Popup::Form(popup)) = turn.model.popups.last() else { return };
        if popup.form.fields.get(at).is_some_and(|field| field.error.is_some()) {
            return;
        }
        self.step = first(&popup.form, at + 1, self.mends);
        if popup.kind == FormKind::Unlock {
            (self.step, self.saves) = (Step::Save, true);
            turn.run(Command::Form(FormCommand::Save));
        }
    }

    fn before(&self, model: &Model) -> Step {
        let (Some(form), at) = (form(model), self.place(model)) else { return self.step };
        let before = (0..at).rev().find(|at| is_shown(form, *at));
        before.map_or(self.step, |at| begin(form, at))
    }

    fn place(&self, model: &Model) -> usize {
        match self.step {
            Step::Field(at) | Step::Tick(at, _) => at,
            Step::Save => form(model).map_or(0, |form| form.fields.len()),
        }
    }

    fn field(&self, model: &Model) -> Option<&'static str> {
        form(model)?.fields.get(self.place(model)).map(|field| field.name)
    }
}

/// The form on top.
fn form(model: &Model) -> Option<&Form> {
    if let Some(Popup::Form(popup)) = model.popups.last() { Some(&popup.form) } else { None }
}

fn is_shown(form: &Form, at: usize) -> bool {
    form.fields.get(at).is_some_and(|field| {
        let empty = matches!(&field.entry, Entry::Ticks(ticks) if ticks.lines.is_empty());
        !field.hidden && !empty
    })
}

/// The first field from here on that is asked for, or that is wrong; the question whether to save after the last.
fn first(form: &Form, from: usize, wrong: bool) -> Step {
    let asks = |at: &usize| {
        let is_wrong = form.fields.get(*at).is_some_and(|field| field.error.is_some());
        is_shown(form, *at) && (is_wrong || !wrong)
    };
    (from..form.fields.len()).find(asks).map_or(Step::Save, |at| begin(form, at))
}

fn begin(form: &Form, at: usize) -> Step {
    match form.fields.get(at).map(|field| &field.entry) {
        Some(Entry::Ticks(_)) => Step::Tick(at, 0),
        _ => Step::Field(at),
    }
}

/// The question for a field; what helps to answer it is said before.
fn asked(field: &Field, says: &mut Vec<String>) -> (String, bool) {
    let label = &field.label;
    says.extend(field.error.as_ref().map(|error| format!("{label}: {error}.").replace("..", ".")));
    if !field.hint.is_empty() {
        says.push(format!("{label}: {}.", field.hint.trim_end_matches('.')));
    }
    let required = if field.required { ", required" } else { "" };
    let value = field.entry.raw();
    let kept = if value.is_empty() { String::new() } else { format!(" [{value}]") };
    match &field.entry {
        Entry::Line(line) if line.kind == LineKind::Secret => {
            return (format!("{label}, not shown: "), true);
        }
        Entry::Line(line) => {
            if (1..=NAMED).contains(&line.suggestions.len()) {
                says.push(format!("Known: {}.", line.suggestions.join("; ")));
            }
        }
        Entry::Choice(choice) => {
            let options = (1..).zip(&choice.options);
            says.extend(options.map(|(number, option)| format!("  {number} {}", option.words)));
        }
        Entry::Toggle(_) => return (format!("{label}, y or n{kept}: "), false),
        Entry::Text(_) => {
            if value.trim().is_empty() {
                says.push(format!(
                    "{label}: a text; a line with a single dot ends it. Enter leaves it empty."
                ));
            } else {
                says.push(format!("{label} says:"));
                says.extend(value.lines().map(str::to_owned));
                says.push(
                    "Enter keeps this text. What you type takes its place, + adds below it; a line with a single dot ends it."
                        .into(),
                );
            }
            return (format!("{label}{required}: "), false);
        }
        Entry::Ticks(_) => {}
    }
    (format!("{label}{required}{kept}: "), false)
}

fn asked_tick(ticks: &Ticks, line: usize) -> String {
    let Some(tick) = ticks.lines.get(line) else { return String::new() };
    let words: Vec<&str> = ticks.words.iter().map(|(_, words)| words.as_str()).collect();
    let chosen = words.get(tick.chosen).copied().unwrap_or_default();
    format!("{}, {} [{chosen}]: ", tick.label, words.join(" / "))
}

/// A field and its value, to be read out.
fn read(field: &Field) -> String {
    let value = match &field.entry {
        Entry::Line(line) if line.kind == LineKind::Secret => "not shown".to_owned(),
        Entry::Ticks(ticks) => {
            let word = |at: usize| ticks.words.get(at).map_or("", |(_, words)| words.as_str());
            let lines = ticks.lines.iter().map(|it| format!("{} {}", it.label, word(it.chosen)));
            lines.collect::<Vec<_>>().join("; ")
        }
        Entry::Line(_) | Entry::Choice(_) | Entry::Toggle(_) | Entry::Text(_) => field.entry.raw(),
    };
    let value = if value.is_empty() { "empty".to_owned() } else { value };
    format!("{}: {}", field.label, value.replace('\n', " / "))
}
