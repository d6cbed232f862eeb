//! The forms that change how alerts are made: how wide, how many rows, one number of a rule. What is written is shown as a
//! trial before it is taken.

use super::{
    drafts::GONE,
    parts::{beside, choice, line},
};
use crate::{
    app::{
        form::{self, Field, Form},
        model::Model,
        msg::Effect,
        popup::{Popup, Trial, form::Errors},
    },
    domain::{
        feedback::named,
        score::{Rule, Setting},
        tuning::CAP,
        word::Choice,
        write::{
            Context,
            tuning::{self, TuningInput},
        },
    },
    exchange::card::{
        self,
        numbers::{self, Number},
    },
};

/// What is changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TuningForm {
    /// How many alerts are wanted, and how many rows are shown.
    Setting,
    /// One number of a rule, by its key; of what concerns all if it is empty.
    Number(String),
}

/// The numbers of a rule as they are in use.
#[must_use]
pub fn numbers_of(model: &Model, rule: &str) -> Vec<Number> {
    let card = card::in_use(model.records.tuning());
    let all = card.as_ref().map(numbers::all).unwrap_or_default();
    all.into_iter().filter(|it| it.rule.map_or("", Rule::key) == rule).collect()
}

pub(super) fn form(model: &Model, what: &TuningForm) -> Form {
    match what {
        TuningForm::Setting => {
            let tuning = model.records.tuning();
            let setting = tuning.map_or(Setting::Standard, |it| it.setting);
            let cap = tuning.map_or(CAP, |it| it.cap).to_string();
            let fields = vec![
                choice::<Setting>("setting", "How many", setting.words())
                    .hint("wide: more names, more of them without need; narrow: fewer"),
                line("cap", "Rows shown", &cap)
                    .hint("for a tutor in a week; the others are shown when asked for"),
            ];
            Form::new("How many alerts", fields)
        }
        TuningForm::Number(rule) => {
            let numbers = numbers_of(model, rule);
            let words = numbers.iter().map(words_of);
            let value = numbers.first().map(|it| it.value.to_string()).unwrap_or_default();
            let fields = vec![
                Field::new("which", "Which", form::Choice::new(words, Some(0)))
                    .hint("as it is now; the path is that of the card"),
                line("number", "New number", &value).hint("empty is as the card has it"),
            ];
            Form::new(&format!("Change a number · {}", named(rule)), fields)
        }
    }
}

/// A number as the choice shows it.
fn words_of(number: &Number) -> String {
    let path = number.path.strip_prefix("line.").unwrap_or(&number.path);
    format!("{path} = {}", number.value)
}

pub(super) fn submit(
    form: &Form,
    model: &mut Model,
    what: &TuningForm,
) -> Result<Vec<Effect>, Errors> {
    let chosen = form.value("which");
    let numbers =
        if let TuningForm::Number(rule) = what { numbers_of(model, rule) } else { Vec::new() };
    let path = numbers.into_iter().find(|number| words_of(number) == chosen).map(|it| it.path);
    if path.is_none() && matches!(what, TuningForm::Number(_)) {
        return Err(vec![("which", GONE.to_owned())]);
    }
    let records = std::sync::Arc::clone(&model.records);
    let mut context = Context { records: &records, now: model.now, ids: &mut model.ids };
    let written = match what {
        TuningForm::Setting => {
            let input = TuningInput { setting: form.value("setting"), cap: form.value("cap") };
            tuning::set(&mut context, &input)
        }
        TuningForm::Number(_) => {
            let (path, raw) = (path.unwrap_or_default(), form.value("number"));
            tuning::number(&mut context, (&path, &raw), &numbers::check)
        }
    };
    let change = written.map_err(beside)?;
    if !change.is_empty() {
        let trial = Trial::of(model, change);
        model.popups.push(Popup::Trial(trial));
    }
    Ok(Vec::new())
}
