//! `module`: what modules ask for and when it is due, and editing that.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use serde::Serialize;

use super::{
    args::{Module as Arguments, ModuleEdit},
    exit::{Exit, Failure, Outcome},
    import::signals::said::pair,
    session::{self, Session},
};
use crate::domain::{
    fold::fold,
    module::{Module, ModuleId, Task},
    records::Records,
    write::module::{ModuleInput, edit, find, shown},
};

/// One module, as JSON.
#[derive(Serialize)]
struct Row {
    code: String,
    title: String,
    starts: NaiveDate,
    students: usize,
    pieces: Vec<Piece>,
}

/// One piece of work, as JSON.
#[derive(Serialize)]
struct Piece {
    name: String,
    due: Option<NaiveDate>,
    closes: Option<NaiveDate>,
    percent: Option<String>,
}

/// Lists or edits modules.
///
/// # Errors
/// When there is no such module, what is said of it makes no sense, or it cannot be read or saved.
pub fn module(session: &mut Session, arguments: Arguments) -> Outcome {
    match arguments {
        Arguments::List { json } => {
            let records = session.look()?.records;
            let rows: Vec<Row> = rows(&records);
            if json { session.out.json(&rows) } else { list(session, &rows) }
        }
        Arguments::Edit(edit) => change(session, &edit),
    }
}

fn rows(records: &Records) -> Vec<Row> {
    let mut modules: Vec<&Module> = records.modules().collect();
    modules.sort_by_key(|module| (module.starts, fold(&module.code).into_owned(), module.id));
    let students = students(records);
    let row = |module: &Module| Row {
        code: module.code.clone(),
        title: module.title.clone(),
        starts: module.starts,
        students: students.get(&module.id).copied().unwrap_or_default(),
        pieces: module.tasks.iter().map(piece).collect(),
    };
    modules.into_iter().map(row).collect()
}

fn piece(task: &Task) -> Piece {
    let percent = Some(task.weight).filter(|weight| *weight > 0);
    Piece {
        name: task.name.clone(),
        due: task.due,
        closes: task.closes,
        percent: percent.map(|weight| shown(weight.into())),
    }
}

/// How many students are on each module, as far as any source says.
fn students(records: &Records) -> HashMap<ModuleId, usize> {
    let mut students = HashMap::new();
    for file in records.files() {
        let modules: HashSet<ModuleId> = file.engagements.iter().map(|held| held.module).collect();
        for module in modules {
            *students.entry(module).or_default() += 1;
        }
    }
    students
}

fn list(session: &mut Session, rows: &[Row]) -> Outcome {
    if rows.is_empty() {
        return session.out.text("No modules yet: `tutelage import signals` brings them.");
    }
    for row in rows {
        let code = if row.code.is_empty() { "All modules" } else { &row.code };
        let title = if row.title.is_empty() { String::new() } else { format!(" {}", row.title) };
        let students = if row.students == 1 { "student" } else { "students" };
        let starts = row.starts.format("%-d %b %Y");
        session.out.text(&format!("{code}{title}: from {starts}, {} {students}", row.students))?;
        for piece in &row.pieces {
            session.out.text(&format!("  {}", told(piece)))?;
        }
    }
    Ok(())
}

fn told(piece: &Piece) -> String {
    let day = |day: NaiveDate| day.format("%-d %b %Y").to_string();
    let due = piece
        .due
        .map_or("nobody has said when it is due".to_owned(), |due| format!("due {}", day(due)));
    let closes =
        piece.closes.map_or_else(String::new, |closes| format!(", open until {}", day(closes)));
    let weight = piece.percent.as_ref().map_or_else(String::new, |it| format!(", {it} %"));
    format!("{}: {due}{closes}{weight}", piece.name)
}

fn change(session: &mut Session, arguments: &ModuleEdit) -> Outcome {
    let input = ModuleInput {
        title: arguments.title.clone(),
        due: pairs("due", &arguments.due)?,
        closes: pairs("closes", &arguments.closes)?,
        weights: pairs("weight", &arguments.weight)?,
    };
    if input == ModuleInput::default() {
        let sentence = "Say what changes: --title, --due, --closes or --weight.";
        return Err(Failure::new(Exit::Usage, sentence));
    }
    let mut profile = session.open()?;
    let id = find(&profile.records, &arguments.module).map_err(Failure::refused)?.id;
    let change = profile.write(|context| edit(context, id, &input))?;
    session.done(&mut profile, &session::saved(&change))
}

fn pairs(option: &str, said: &[String]) -> Outcome<Vec<(String, String)>> {
    let pairs = said.iter().map(|said| pair(option, said));
    pairs.map(|it| it.map(|(name, value)| (name.to_owned(), value.to_owned()))).collect()
}
