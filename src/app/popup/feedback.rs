//! How right each rule has been, and what a senior tutor can change about it.

use super::{FormKind, Popup, Trial};
use crate::{
    app::{
        command::Feedback as Command,
        cursor::Cursor,
        forms::{RecordForm, TuningForm, numbers_of},
        model::Model,
        msg::{Access, Effect},
        status::Toast,
    },
    domain::{
        feedback::{self, Period},
        score::Rule,
        write::{
            Context,
            tuning::{self, Switch},
        },
    },
    exchange::card::numbers,
};
use strum::IntoEnumIterator;

/// The list that is open.
#[derive(Debug, Clone, Default)]
pub struct Feedback {
    /// Which weeks are counted.
    pub period: Period,
    /// The rules.
    pub rows: Vec<feedback::Feedback>,
    /// Where the list stands.
    pub cursor: Cursor,
}

impl Feedback {
    /// The list for a period.
    #[must_use]
    pub fn of(model: &Model, period: Period) -> Self {
        let first = period.first(&model.records, model.now.today());
        let rows = feedback::feedback(&model.records, first);
        let rows = feedback::of_card(rows, |rule| !numbers_of(model, rule).is_empty());
        Self { period, rows, cursor: Cursor::default() }
    }

    /// The selected row.
    #[must_use]
    pub fn selected(&self) -> Option<&feedback::Feedback> {
        self.rows.get(self.cursor.selected)
    }
}

/// Whether a rule is switched off.
#[must_use]
pub fn is_off(model: &Model, rule: &str) -> bool {
    model.records.tuning().is_some_and(|tuning| tuning.off.iter().any(|key| key == rule))
}

/// Whether who works here may change the numbers.
#[must_use]
pub fn may_change(model: &Model) -> bool {
    model.access == Access::Write && tuning::may_change(&model.records, model.now.today())
}

/// Whether a command of the list can do something now.
#[must_use]
pub fn applies(model: &Model, command: Command) -> bool {
    let Some(Popup::Feedback(open)) = model.popups.last() else { return false };
    let rule = open.selected().map_or("", |row| row.rule.as_str());
    let of_score = Rule::iter().any(|known| known.key() == rule);
    match command {
        Command::Leave | Command::Period => true,
        Command::Setting => model.access == Access::Write,
        Command::Number => may_change(model) && !numbers_of(model, rule).is_empty(),
        Command::Switch => may_change(model) && of_score,
    }
}

impl Model {
    /// Carries out a command of the list of rules.
    pub(in crate::app) fn feedback(&mut self, command: Command) -> Vec<Effect> {
        if !applies(self, command) {
            return Vec::new();
        }
        let Some(Popup::Feedback(open)) = self.popups.last() else { return Vec::new() };
        let (period, selected) = (open.period, open.cursor);
        let rule = open.selected().map(|row| row.rule.clone()).unwrap_or_default();
        match command {
            Command::Leave => drop(self.popups.pop()),
            Command::Period => {
                let next = Feedback { cursor: selected, ..Feedback::of(self, period.next()) };
                self.popups.pop();
                self.popups.push(Popup::Feedback(next));
            }
            Command::Setting => {
                self.open_form(FormKind::Record(RecordForm::Tuning(TuningForm::Setting)));
            }
            Command::Number => {
                self.open_form(FormKind::Record(RecordForm::Tuning(TuningForm::Number(rule))));
            }
            Command::Switch => return self.switch(&rule),
        }
        Vec::new()
    }

    /// Shows what it would do to switch a rule off, or on again.
    fn switch(&mut self, rule: &str) -> Vec<Effect> {
        let to = if is_off(self, rule) { Switch::On } else { Switch::Off };
        let records = std::sync::Arc::clone(&self.records);
        let mut context = Context { records: &records, now: self.now, ids: &mut self.ids };
        match tuning::switch(&mut context, (rule, to), &numbers::check) {
            Ok(change) => {
                let trial = Trial::of(self, change);
                self.popups.push(Popup::Trial(trial));
                Vec::new()
            }
            Err(errors) => {
                let told: Vec<String> = errors.into_iter().map(|error| error.message).collect();
                self.tell(Toast::failed(told.join(" ")))
            }
        }
    }
}

#[cfg(test)]
mod tests;
