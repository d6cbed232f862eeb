//! What opens over the desk, as lines and a question: menus, questions, search, files, columns, dry runs, ledgers. Forms
//! have a file of their own.

use super::{lists, talk::Turn, words::counted};
use crate::app::{
    Command, Model, SPECS, Scope, Typed,
    command::{
        Choose, Confirm, DryRun, Duties, Feedback, Global, History, Ledger, Mapping,
        Menu as OfMenu, Trial, Versions,
    },
    form::pick,
    popup::{Columns, Hits, Menu, Picker, Popup},
};

/// How many files of a folder are named.
const FILES: usize = 100;

/// What it says, the rows of its list numbered from 1.
#[must_use]
pub fn body(popup: &Popup, model: &Model) -> Vec<String> {
    match popup {
        Popup::Confirm(asked) => vec![asked.question.clone()],
        Popup::Menu(menu) => of_menu(menu),
        Popup::Hits(hits) => of_hits(hits, model),
        Popup::Picker(picker) => of_picker(picker),
        Popup::Columns(columns) => of_columns(columns),
        Popup::DryRun(run) => {
            let mut says = vec![format!("This import would do: {}", run.summary())];
            says.extend(run.plan.notes.iter().cloned());
            says.extend(run.lines.iter().map(|line| run.words(*line)));
            says
        }
        Popup::SignalRun(run) => {
            let mut says = vec![format!("This import would do: {}", run.summary)];
            says.extend(run.notes.iter().map(|(_, note)| note.clone()));
            says.extend(run.lines.iter().map(|(_, line)| line.clone()));
            says
        }
        Popup::Ledger(_)
        | Popup::Duties(_)
        | Popup::Feedback(_)
        | Popup::Trial(_)
        | Popup::History(_)
        | Popup::Versions(_) => lists::of_popup(popup, model),
        Popup::Form(_) | Popup::Palette(_) | Popup::Help(_) => Vec::new(),
    }
}

/// What came of the last answer.
#[must_use]
pub fn notice(popup: &Popup) -> Option<String> {
    match popup {
        Popup::Picker(picker) => picker.problem.clone(),
        Popup::Columns(columns) => columns.problem.clone(),
        Popup::DryRun(run) => run.message.clone(),
        Popup::SignalRun(run) => run.message.clone(),
        Popup::Confirm(_)
        | Popup::Menu(_)
        | Popup::Hits(_)
        | Popup::Ledger(_)
        | Popup::Duties(_)
        | Popup::Feedback(_)
        | Popup::Trial(_)
        | Popup::History(_)
        | Popup::Versions(_)
        | Popup::Form(_)
        | Popup::Palette(_)
        | Popup::Help(_) => None,
    }
}

/// What stands before the answer.
#[must_use]
pub fn prompt(popup: &Popup) -> String {
    match popup {
        Popup::Confirm(_) => "y or n: ",
        Popup::Menu(menu) if menu.may_close => "Number, or Enter to leave: ",
        Popup::Menu(_) => "Number: ",
        Popup::Hits(hits) if hits.query.value().is_empty() => "Words to search for: ",
        Popup::Hits(_) => "Number to open, other words to search, or Enter to leave: ",
        Popup::Picker(_) => "File, number, or Enter to leave: ",
        Popup::Columns(_) => "go, signals, a number with a meaning, or Enter to leave: ",
        Popup::DryRun(_) | Popup::SignalRun(_) => "Import? y, n, or w to save the rejected rows: ",
        Popup::Ledger(_)
        | Popup::Duties(_)
        | Popup::Feedback(_)
        | Popup::History(_)
        | Popup::Versions(_) => "Number, command, help, or Enter to leave: ",
        Popup::Trial(_) => "take-numbers, or Enter to leave: ",
        Popup::Form(_) | Popup::Palette(_) | Popup::Help(_) => "Enter to leave: ",
    }
    .to_owned()
}

/// Takes an answer.
pub fn hear(turn: &mut Turn<'_>, line: &str) {
    match line {
        "quit" | ":quit" => return turn.run(Command::Global(Global::Leave)),
        "lock" | ":lock" if !turn.model.locked => return turn.run(Command::Global(Global::Lock)),
        _ => {}
    }
    let Some(popup) = turn.model.popups.last() else { return };
    match popup {
        Popup::Confirm(_) => match line.to_lowercase().as_str() {
            "y" | "yes" => turn.run(Command::Confirm(Confirm::Yes)),
            "n" | "no" => turn.run(Command::Confirm(Confirm::No)),
            _ => turn.say("Type y or n."),
        },
        Popup::Menu(_) => hear_menu(turn, line),
        Popup::Hits(_) => hear_hits(turn, line),
        Popup::Picker(_) => hear_picker(turn, line),
        Popup::Columns(_) => hear_columns(turn, line),
        Popup::DryRun(_) | Popup::SignalRun(_) => match line.to_lowercase().as_str() {
            "y" | "yes" => turn.run(Command::DryRun(DryRun::Import)),
            "w" => turn.run(Command::DryRun(DryRun::SaveRejects)),
            "n" | "no" | "leave" => turn.run(Command::DryRun(DryRun::Leave)),
            _ => turn.say("Type y, n or w."),
        },
        Popup::Ledger(_) => hear_list(turn, line, Command::Ledger(Ledger::Leave)),
        Popup::Duties(_) => hear_list(turn, line, Command::Duties(Duties::Leave)),
        Popup::Feedback(_) => hear_list(turn, line, Command::Feedback(Feedback::Leave)),
        Popup::History(_) => hear_list(turn, line, Command::History(History::Leave)),
        Popup::Versions(_) => hear_list(turn, line, Command::Versions(Versions::Leave)),
        Popup::Trial(_) => hear_list(turn, line, Command::Trial(Trial::Leave)),
        Popup::Form(_) => {}
        Popup::Palette(_) | Popup::Help(_) => turn.run(Command::Choose(Choose::Leave)),
    }
}

fn of_menu(menu: &Menu) -> Vec<String> {
    let mut says = vec![menu.title.clone()];
    says.extend(menu.text.iter().cloned());
    says.extend(menu.code.iter().map(|code| code.0.clone()));
    for (number, way) in (1..).zip(&menu.ways) {
        let hint = if way.hint.is_empty() { String::new() } else { format!(": {}", way.hint) };
        says.push(format!("{number} {}{hint}", way.label));
    }
    says
}

fn hear_menu(turn: &mut Turn<'_>, line: &str) {
    let Some(Popup::Menu(menu)) = turn.model.popups.last() else { return };
    if matches!(line, "" | "leave") && menu.may_close {
        return turn.run(Command::Menu(OfMenu::Leave));
    }
    match pick(menu.ways.iter().map(|way| way.label.as_str()), line) {
        Ok(at) => {
            turn.send(Typed::Row(at));
            turn.run(Command::Menu(OfMenu::Choose));
        }
        Err(why) => turn.say(format!("Nothing was chosen: {why}.")),
    }
}

fn of_hits(hits: &Hits, model: &Model) -> Vec<String> {
    let (found, typed) = (&hits.found.first, hits.query.value().trim());
    if typed.is_empty() {
        return vec!["Search everything".into()];
    }
    if found.is_empty() {
        return vec!["Nothing holds all these words.".into()];
    }
    let mut says = vec![format!("{} found.", counted(hits.found.total, "place"))];
    says.extend(
        (1..).zip(found).map(|(number, hit)| format!("{number} {}", lists::hit(hit, model))),
    );
    says
}

fn hear_hits(turn: &mut Turn<'_>, line: &str) {
    let Some(Popup::Hits(hits)) = turn.model.popups.last() else { return };
    let place = line.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    match place.filter(|place| *place < hits.found.first.len()) {
        _ if line.is_empty() => turn.run(Command::Choose(Choose::Leave)),
        Some(place) => {
            turn.send(Typed::Row(place));
            turn.run(Command::Choose(Choose::Accept));
        }
        None => turn.send(Typed::Line(line.to_owned())),
    }
}

fn of_picker(picker: &Picker) -> Vec<String> {
    let typed = picker.input.value();
    let folder = typed.rfind('/').and_then(|at| typed.get(..=at)).unwrap_or("this folder");
    let mut says = vec![
        "Import students or signals: CSV, TSV or XLSX. ~ is your home folder.".to_owned(),
        format!("In {folder}:"),
    ];
    let files = picker.matches();
    let named = (1..).zip(&files).take(FILES);
    says.extend(named.map(|(number, file)| {
        let folder = if file.is_folder { ", a folder" } else { "" };
        format!("{number} {}{folder}", file.name)
    }));
    if files.len() > FILES {
        says.push(format!("and {} more", files.len() - FILES));
    }
    says
}

fn hear_picker(turn: &mut Turn<'_>, line: &str) {
    let Some(Popup::Picker(picker)) = turn.model.popups.last() else { return };
    if line.is_empty() {
        return turn.run(Command::Choose(Choose::Leave));
    }
    let place = line.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    match place.filter(|place| *place < picker.matches().len()) {
        Some(place) => turn.send(Typed::Row(place)),
        None => turn.send(Typed::Line(line.to_owned())),
    }
    turn.run(Command::Choose(Choose::Accept));
}

fn of_columns(columns: &Columns) -> Vec<String> {
    let what = if columns.signals.is_some() { "signals" } else { "students" };
    let mut says = vec![format!("Which column is what? The list is taken for {what}.")];
    says.extend(columns.list.notes().iter().map(ToString::to_string));
    if columns.remembered {
        says.push("The columns are as you set them last time.".into());
    }
    if !columns.protected.is_empty() {
        let left = columns.protected.join(", ");
        says.push(format!("Left out, as protected characteristics: {left}."));
    }
    for at in 0..columns.len() {
        let label = columns.label(at).unwrap_or("left out");
        let samples = columns.samples(at).join(", ");
        says.push(format!(
            "{} {}: {label}; such as {samples}",
            at + 1,
            columns.list.column_name(at)
        ));
    }
    says
}

fn hear_columns(turn: &mut Turn<'_>, line: &str) {
    let Some(Popup::Columns(columns)) = turn.model.popups.last() else { return };
    let (word, meaning) = line.split_once(' ').unwrap_or((line, ""));
    let place = word.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    let place = place.filter(|place| *place < columns.len());
    let mut meanings = columns.meanings();
    match (word, place) {
        ("" | "leave", _) => turn.run(Command::Mapping(Mapping::Leave)),
        ("go" | "y", _) => turn.run(Command::Mapping(Mapping::Accept)),
        ("signals" | "students", _) => turn.run(Command::Mapping(Mapping::Signals)),
        (_, Some(_)) if meaning.is_empty() => {
            meanings.push("left out");
            let all = meanings.join("; ");
            turn.say(format!(
                "A column can be: {all}. Type the number of the column and one of these."
            ));
        }
        (_, Some(place)) if meaning == "left out" => turn.send(Typed::Meaning(place, None)),
        (_, Some(place)) => match pick(meanings.iter().copied(), meaning) {
            Ok(at) => turn.send(Typed::Meaning(place, meanings.get(at).copied())),
            Err(_) => {
                turn.say("There is no such meaning: the number of the column alone names them.");
            }
        },
        (_, None) => {
            turn.say("Type go, signals, or the number of a column and what it is, such as 2 family name.");
        }
    }
}

/// A number, a command of the list, or both.
fn hear_list(turn: &mut Turn<'_>, line: &str, leave: Command) {
    let scope = Scope::from(leave);
    if matches!(line, "" | "leave") {
        return turn.run(leave);
    }
    let commands = || SPECS.iter().filter(|spec| spec.scope() == scope && spec.command != leave);
    let mut words = line.split_whitespace().peekable();
    let len = turn.model.popups.last().map_or(0, |popup| popup.len(turn.model));
    let number = words.peek().and_then(|word| word.parse::<usize>().ok());
    if let Some(number) = number {
        words.next();
        let Some(place) = number.checked_sub(1).filter(|place| *place < len) else {
            return turn.say(format!("There are {} here.", counted(len, "row")));
        };
        turn.send(Typed::Row(place));
    }
    let Some(word) = words.next() else {
        turn.say(format!("Row {} is selected.", number.unwrap_or_default()));
        return read_version(turn);
    };
    let named = pick(commands().map(|spec| spec.name), word).ok();
    let named = named.filter(|_| word.parse::<usize>().is_err());
    if let Some(spec) = named.and_then(|at| commands().nth(at)) {
        return turn.run(spec.command);
    }
    turn.says.extend(commands().map(|spec| format!("{}: {}.", spec.name, spec.title)));
}

/// The text of the version of a note that is selected; a look at a restricted one is recorded.
fn read_version(turn: &mut Turn<'_>) {
    let Some(Popup::Versions(open)) = turn.model.popups.last() else { return };
    let text = open.selected().map(|version| version.note.text.clone()).unwrap_or_default();
    let look = (open.student, open.note);
    turn.says.extend(text.lines().map(str::to_owned));
    turn.send(Typed::Read(vec![look]));
}
