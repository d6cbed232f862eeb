//! Edits a module: what it is called, and when its work is due and how much it counts.
//!
//! Its first day stays: all evidence is counted from it. When days or weights change, the week is judged anew
//! ([`weekly::carried`](crate::domain::weekly::carried)).

use super::{
    Context, FieldError, Written,
    read::{Reader, percent},
    signals::course::place_of,
};
use crate::domain::{
    change::Label,
    fold::fold,
    module::{Module, ModuleId, Task},
    records::Records,
    time::Leaning,
};

/// What is typed about a module; pieces of work are named as they are called.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ModuleInput {
    /// Its title; none leaves it as it is.
    pub title: Option<String>,
    /// Pieces, and the days on which they are due; an empty day is not known.
    pub due: Vec<(String, String)>,
    /// Pieces, and the last days on which they are not late; an empty day is the due day.
    pub closes: Vec<(String, String)>,
    /// Pieces, and how many percent they count; empty is unknown.
    pub weights: Vec<(String, String)>,
}

/// Edits a module.
///
/// # Errors
/// When it is not there any more, or all that is wrong with the fields: title, due, closes and weight.
pub fn edit(context: &mut Context<'_>, id: ModuleId, input: &ModuleInput) -> Written {
    let gone = || FieldError::whole("This module is not there any more.");
    let mut module = context.records.module(id).ok_or_else(gone)?.clone();
    let mut reader = Reader::new(context.now);
    if let Some(title) = &input.title {
        module.title = reader.line("title", title);
    }
    for (name, raw) in &input.due {
        let Some(task) = task(&mut reader, &mut module, ("due", name)) else { continue };
        let is_known = !raw.trim().is_empty();
        task.due = is_known.then(|| reader.near_day("due", raw, Leaning::Future));
    }
    for (name, raw) in &input.closes {
        let Some(task) = task(&mut reader, &mut module, ("closes", name)) else { continue };
        let is_known = !raw.trim().is_empty();
        task.closes = is_known.then(|| reader.near_day("closes", raw, Leaning::Future));
    }
    for (name, raw) in &input.weights {
        let Some(task) = task(&mut reader, &mut module, ("weight", name)) else { continue };
        let read = if raw.trim().is_empty() { Ok(0) } else { percent(raw) };
        task.weight = read.unwrap_or_else(|why| {
            reader.refuse("weight", why);
            0
        });
    }
    check(&mut reader, &module);
    reader.finish(())?;
    Ok(context.change(Label::EditModule).put(module).build())
}

/// The piece of this name, or why there is none.
fn task<'m>(
    reader: &mut Reader,
    module: &'m mut Module,
    (field, name): (&'static str, &str),
) -> Option<&'m mut Task> {
    match place_of(module, name) {
        Ok(place) => module.tasks.get_mut(place),
        Err(why) => {
            reader.refuse(field, why);
            None
        }
    }
}

fn check(reader: &mut Reader, module: &Module) {
    let early =
        |task: &&Task| task.closes.is_some_and(|closes| task.due.is_none_or(|due| closes < due));
    if let Some(task) = module.tasks.iter().find(early) {
        let why = format!("{} cannot close before it is due: check both days.", task.name);
        reader.refuse("closes", why);
    }
    let sum: u32 = module.tasks.iter().map(|task| u32::from(task.weight)).sum();
    if sum > 10_000 {
        let why = format!("All weights together are {} %, which is more than 100.", shown(sum));
        reader.refuse("weight", why);
    }
}

/// A share in percent, as it is written: `40`, `12.5`.
#[must_use]
pub fn shown(hundredths: u32) -> String {
    let (whole, part) = (hundredths / 100, hundredths % 100);
    if part == 0 {
        whole.to_string()
    } else {
        format!("{whole}.{part:02}").trim_end_matches('0').to_owned()
    }
}

/// The module meant by its code, or by a part of code or title that only one has; of several years the latest.
///
/// # Errors
/// A sentence, if none is meant or several.
pub fn find<'a>(records: &'a Records, text: &str) -> Result<&'a Module, String> {
    let wanted = fold(text.trim()).into_owned();
    let exact = |module: &&Module| fold(&module.code) == wanted;
    let close = |module: &&Module| {
        !wanted.is_empty()
            && (fold(&module.code).contains(&wanted) || fold(&module.title).contains(&wanted))
    };
    let mut found: Vec<&Module> = records.modules().filter(exact).collect();
    if found.is_empty() {
        found = records.modules().filter(close).collect();
    }
    let latest = found.iter().copied().max_by_key(|module| module.starts);
    let one = latest.filter(|latest| found.iter().all(|it| fold(&it.code) == fold(&latest.code)));
    match one {
        Some(module) => Ok(module),
        None if found.is_empty() => Err("No module has this code or title.".to_owned()),
        None => Err("Several modules have this in their titles: write the code of one.".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        engagement::Source,
        reading::{Fact, ListedTask, Reading, Seen, Who},
        record::Record,
        score::Card,
        weekly,
        write::{
            fixture::{Desk, day},
            signals::{Wanted, plan},
        },
    };

    fn card() -> Card {
        crate::exchange::card::default_card().unwrap()
    }

    fn desk() -> (Desk, ModuleId) {
        let mut desk = Desk::new();
        let id = desk.ids.fresh();
        let task = |name: &str| Task { name: name.into(), due: None, closes: None, weight: 0 };
        let module = Module {
            id,
            code: "COMP1001".into(),
            title: "Programming".into(),
            starts: day("2026-09-28"),
            tasks: vec![task("Essay 1"), task("Essay 2"), task("Quiz")],
        };
        let change = desk.context().change(Label::EditModule).put(module).build();
        desk.apply(Ok(change));
        (desk, id)
    }

    fn pairs(all: &[(&str, &str)]) -> Vec<(String, String)> {
        all.iter().map(|(name, raw)| ((*name).to_owned(), (*raw).to_owned())).collect()
    }

    #[test]
    fn days_and_weights_are_set_by_the_names_of_pieces() {
        let (mut desk, id) = desk();
        let input = ModuleInput {
            title: Some("Programming I".into()),
            due: pairs(&[("quiz", "30 Oct"), ("Essay 1", "12 Dec")]),
            closes: pairs(&[("quiz", "6 Nov")]),
            weights: pairs(&[("essay 2", "12.5 %")]),
        };
        let written = edit(&mut desk.context(), id, &input);
        desk.apply(written);
        let module = desk.records.module(id).unwrap();
        let [essay, other, quiz] = &module.tasks[..] else { panic!() };
        assert_eq!((essay.due, quiz.due), (Some(day("2026-12-12")), Some(day("2026-10-30"))));
        assert_eq!((quiz.closes, other.weight), (Some(day("2026-11-06")), 1_250));
        assert_eq!((module.title.as_str(), shown(1_250)), ("Programming I", "12.5".to_owned()));
        let input = ModuleInput { due: pairs(&[("Essay 1", "")]), ..ModuleInput::default() };
        let written = edit(&mut desk.context(), id, &input);
        desk.apply(written);
        assert_eq!(desk.records.module(id).unwrap().tasks[0].due, None);
        let again = edit(&mut desk.context(), id, &input).unwrap();
        assert!(again.is_empty());
    }

    #[test]
    fn a_day_that_has_passed_is_judged_with_the_change_that_says_it() {
        let mut desk = Desk::new();
        let mut reading = Reading::new(Source::MoodleGrades);
        (reading.module, reading.as_of) = ("COMP1001".into(), Some(day("2026-11-20")));
        reading.tasks.push(ListedTask { name: "Essay".into(), ..ListedTask::default() });
        for (row, number) in [(2, "20481234"), (3, "20481235")] {
            let who = Who { number: number.into(), ..Who::default() };
            reading.people.push(Seen { row, who, facts: vec![Fact::NotHanded(0)] });
        }
        let starts = Some(day("2026-09-28"));
        let wanted = Wanted { starts, ..Wanted::default() };
        let import = plan(&mut desk.context(), &[reading], &wanted, &card()).unwrap();
        desk.apply(Ok(import.change));
        let module = desk.records.modules().next().unwrap().id;
        let due = pairs(&[("Essay", "30 Oct")]);
        let input = ModuleInput { due, ..ModuleInput::default() };
        let edit = edit(&mut desk.context(), module, &input).unwrap();
        let today = desk.now.today();
        let change = weekly::carried(&desk.records, edit, |_| Some(card()), today, &mut desk.ids);
        desk.apply(Ok(change.clone()));
        let points = change.parts.iter().filter_map(|part| match &part.after {
            Some(Record::Results(results)) => results.weeks.last().map(|week| week.points),
            _ => None,
        });
        assert_eq!(points.collect::<Vec<_>>(), [2, 2], "one piece is overdue");
    }

    #[test]
    fn everything_wrong_is_said_at_once() {
        let (mut desk, id) = desk();
        let input = ModuleInput {
            title: None,
            due: pairs(&[("Essay", "30 Oct"), ("Quiz", "soon")]),
            closes: pairs(&[("Quiz", "1 Oct")]),
            weights: pairs(&[("Essay 1", "60"), ("Essay 2", "60"), ("Quiz", "much")]),
        };
        let errors = edit(&mut desk.context(), id, &input).unwrap_err();
        let fields: Vec<_> = errors.iter().map(|error| error.field).collect();
        assert_eq!(fields, ["due", "due", "weight", "closes", "weight"]);
    }

    #[test]
    fn a_module_is_found_by_its_code_or_by_what_only_one_has() {
        let (desk, id) = desk();
        for text in ["comp1001", "COMP1001 ", "program"] {
            assert_eq!(find(&desk.records, text).unwrap().id, id);
        }
        assert!(find(&desk.records, "history").is_err());
        assert!(find(&desk.records, "").is_err());
    }
}
