//! The form before an import of signals: the module, the day the file was made, and what it does not say of its pieces.

use std::sync::Arc;

use chrono::NaiveDate;

use super::parts::{beside, day, known, line, lines, show};
use crate::{
    app::{
        form::{Entry, Field, Form, Line, LineKind},
        importing::signals::SignalAnswer,
        model::Model,
        msg::Effect,
        popup::form::Errors,
    },
    domain::{
        engagement::Source,
        module::Task,
        reading::Reading,
        time::{Leaning, Now},
        word::Choice as _,
        write::{
            piece_lines::{DUE, OUT_OF, due_days, maxima},
            read::Reader,
            signals::{SignalPlan, Wanted},
        },
    },
    exchange::signals::Told,
};

/// What stands for the programme as a whole in place of a module.
const ALL: &str = "all modules";

/// The form, prefilled from the file and from what an import without a word more would do.
pub(crate) fn form(answer: &SignalAnswer, model: &Model) -> Form {
    let plans = answer.import.as_ref().map_or(&[][..], |import| import.plans.as_slice());
    let several = answer.readings.len() > 1;
    let module = module_of(answer, plans);
    let codes = model.records.modules().map(|module| module.shown().to_owned());
    let new = plans.is_empty() || plans.iter().any(|plan| plan.new_module);
    let starts = plans.first().filter(|plan| plan.new_module);
    let starts = starts.map(|plan| show(plan.module.starts)).unwrap_or_default();
    let made = plans.first().filter(|plan| plan.dated).map(|plan| plan.as_of);
    let made = made.or_else(|| answer.readings.iter().find_map(|reading| reading.as_of));
    let mut fields = vec![
        known("module", "Module", &module, codes)
            .hint("its code; “all modules” is the programme as a whole")
            .required(),
        day("starts", "First day", &starts).hint("of the new module's first week; it stays"),
        day("as-of", "File made on", &made.map(show).unwrap_or_default())
            .hint("the file knows every day before"),
    ];
    shown(&mut fields, "module", !several);
    shown(&mut fields, "starts", new && !several);
    fields.extend(session(answer));
    let due = due_lines(plans, &answer.readings);
    let unmarked = unmarked(&answer.readings);
    if !due.is_empty() {
        let hint =
            "a line for each piece: its name, a colon, the day; without a day nothing is overdue";
        fields.push(lines(DUE, "Due days", &due).hint(hint));
    }
    if !unmarked.is_empty() {
        let hint = "the best mark there is, as 20, where it is not 100";
        fields.push(lines(OUT_OF, "Out of", &unmarked).hint(hint));
    }
    Form::new(&format!("Import · {}", answer.file.source.words()), fields)
}

fn shown(fields: &mut [Field], name: &str, shown: bool) {
    if let Some(field) = fields.iter_mut().find(|field| field.name == name) {
        field.hidden = !shown;
    }
}

/// What a file of one session or one piece does not say of it.
fn session(answer: &SignalAnswer) -> Vec<Field> {
    let told = &answer.file.told;
    match answer.file.source {
        Source::Teams => vec![
            Field::new(
                "minutes",
                "Minutes",
                Line::new(LineKind::Number, &told.session.minutes.to_string()),
            )
            .hint("who stayed for less has not come"),
            Field::new("everyone", "For everyone", Entry::Toggle(told.session.everyone))
                .hint("yes: who is on the module and not in the file was absent"),
            Field::new("compulsory", "Compulsory", Entry::Toggle(told.session.compulsory))
                .hint("a tutorial that everyone must come to"),
        ],
        Source::Turnitin => {
            vec![line("piece", "Piece of work", &told.piece).hint("what the file is about")]
        }
        Source::MoodleLog => {
            vec![Field::new("everyone", "Of everybody", Entry::Toggle(told.session.everyone)).hint(
                "yes: the log is of everybody on the module; who is not in it was not online",
            )]
        }
        Source::MoodleGrades
        | Source::MoodleParticipants
        | Source::MoodleAttendance
        | Source::Attendance
        | Source::Canvas
        | Source::Sits
        | Source::Rating
        | Source::Other => Vec::new(),
    }
}

fn module_of(answer: &SignalAnswer, plans: &[SignalPlan]) -> String {
    let planned = plans.first().map(|plan| plan.module.shown().to_owned());
    let read = || answer.readings.first().map(|reading| reading.module.clone());
    planned.or_else(read).unwrap_or_default()
}

/// A line for each piece of work, with its day where that is known.
fn due_lines(plans: &[SignalPlan], readings: &[Reading]) -> String {
    let planned = plans.iter().flat_map(|plan| &plan.module.tasks);
    let line = |name: &str, due: Option<NaiveDate>| match due {
        Some(due) => format!("{name}: {}", show(due)),
        None => format!("{name}: "),
    };
    let mut lines: Vec<String> = planned.map(|Task { name, due, .. }| line(name, *due)).collect();
    if lines.is_empty() {
        let read = readings.iter().flat_map(|reading| &reading.tasks);
        lines = read.map(|task| line(&task.name, task.due)).collect();
    }
    lines.join("\n")
}

/// A line for each piece whose marks are left out until somebody says what they are out of.
fn unmarked(readings: &[Reading]) -> String {
    let tasks = readings.iter().flat_map(|reading| &reading.tasks).filter(|task| task.unmarked);
    let mut names: Vec<&str> = tasks.map(|task| task.name.as_str()).collect();
    names.dedup();
    names.iter().map(|name| format!("{name}: ")).collect::<Vec<_>>().join("\n")
}

/// What saving asks of the world: the same file, read and compared with what is said now.
pub(crate) fn submit(
    form: &Form,
    answer: &SignalAnswer,
    model: &mut Model,
) -> Result<Vec<Effect>, Errors> {
    let mut file = answer.file.clone();
    let said = Said::of(form, answer, model.now)?;
    let same = said.told == file.told;
    let chosen = std::mem::take(&mut file.wanted.chosen);
    (file.told, file.wanted, file.others_out) =
        (said.told, Wanted { chosen, ..said.wanted }, false);
    let readings = same.then(|| Arc::clone(&answer.readings));
    Ok(model.plan_signals(file, readings))
}

/// What stands in the form.
struct Said {
    told: Told,
    wanted: Wanted,
}

impl Said {
    fn of(form: &Form, answer: &SignalAnswer, now: Now) -> Result<Self, Errors> {
        let mut reader = Reader::new(now);
        let mut told = answer.file.told.clone();
        let mut wanted = Wanted::default();
        if form.field("module").is_some_and(|field| !field.hidden) {
            let ask = "Say the module; “all modules” is the programme as a whole.";
            let module = reader.required("module", &form.value("module"), ask);
            wanted.module = Some(if module == ALL { String::new() } else { module });
        }
        let optional = |name| !form.value(name).trim().is_empty();
        if optional("starts") {
            wanted.starts = Some(reader.day("starts", &form.value("starts"), Leaning::Past));
        }
        if optional("as-of") {
            let as_of = reader.day("as-of", &form.value("as-of"), Leaning::Past);
            wanted.as_of = Some(as_of);
            told.as_of = Some(as_of);
        }
        match due_days(&form.value(DUE), now.today()) {
            Ok(due) => wanted.due = due,
            Err(error) => reader.refuse(DUE, error.message),
        }
        match maxima(&form.value(OUT_OF)) {
            Ok(said) => told.maxima.extend(said),
            Err(error) => reader.refuse(OUT_OF, error.message),
        }
        if form.field("piece").is_some() {
            told.piece = reader.line("piece", &form.value("piece"));
        }
        if form.field("minutes").is_some() {
            match form.value("minutes").trim().parse() {
                Ok(minutes) => told.session.minutes = minutes,
                Err(_) => reader.refuse("minutes", "Write a number of minutes, as 5."),
            }
            told.session.compulsory = form.value("compulsory") == "yes";
        }
        if form.field("everyone").is_some() {
            told.session.everyone = form.value("everyone") == "yes";
        }
        reader.finish(Self { told, wanted }).map_err(beside)
    }
}
