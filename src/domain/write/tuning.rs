//! Changes how the score is used here: how wide it looks, how many rows a week, numbers of the card, rules switched off.

use chrono::NaiveDate;

use super::{Context, FieldError, Written, read::Reader};
use crate::domain::{
    change::Label,
    records::Records,
    role_term::RoleTerm,
    score::Setting,
    tuning::{CAP, Tuning},
    tutor::Role,
};

/// Says what is wrong with a card whose numbers are changed like this; the readers of cards know.
pub type Check<'a> = &'a dyn Fn(&Tuning) -> Result<(), String>;

/// How wide it looks and how much it shows, as typed.
#[derive(Clone, Default)]
pub struct TuningInput {
    /// How many alerts are wanted, in words; empty is as it is.
    pub setting: String,
    /// How many students a tutor is shown a week; empty is as it is.
    pub cap: String,
}

/// Sets how many alerts are wanted, and how many rows a tutor is shown.
///
/// # Errors
/// All that is wrong with the fields.
pub fn set(context: &mut Context<'_>, input: &TuningInput) -> Written {
    let old = current(context);
    let mut reader = Reader::new(context.now);
    let setting = reader.choice("setting", &input.setting, old.setting);
    let cap = reader.number("cap", &input.cap, 1, 200).unwrap_or(old.cap);
    let tuning = reader.finish(Tuning { setting, cap, ..old })?;
    Ok(context.change(Label::Tune).put(tuning).build())
}

/// Changes one number of the card, by its path; empty takes the change back.
///
/// # Errors
/// When it is no number, or the card would not be sound.
pub fn number(context: &mut Context<'_>, (path, raw): (&str, &str), check: Check<'_>) -> Written {
    let mut tuning = current(context);
    tuning.numbers.retain(|(other, _)| other != path);
    let raw = raw.trim();
    if !raw.is_empty() {
        let number = raw.parse::<u16>();
        let wrong = |_| vec![FieldError::new("number", "Write a whole number from 0 to 65535.")];
        tuning.numbers.push((path.to_owned(), number.map_err(wrong)?));
        tuning.numbers.sort();
    }
    check(&tuning).map_err(|sentence| vec![FieldError::new("number", sentence)])?;
    Ok(context.change(Label::Tune).put(tuning).build())
}

/// Whether who works here may change numbers and rules: a senior tutor, by role or by term of office.
#[must_use]
pub fn may_change(records: &Records, today: NaiveDate) -> bool {
    records.me().is_some_and(|me| {
        let holds =
            |it: &RoleTerm| it.tutor == me.id && it.role == Role::SeniorTutor && it.covers(today);
        me.role == Role::SeniorTutor || records.role_terms().any(holds)
    })
}

/// What becomes of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Switch {
    /// It applies.
    On,
    /// It raises nothing.
    Off,
}

/// Switches a rule on or off, by its key.
///
/// # Errors
/// When the card would not be sound, or knows no such rule.
pub fn switch(context: &mut Context<'_>, (key, to): (&str, Switch), check: Check<'_>) -> Written {
    let mut tuning = current(context);
    tuning.off.retain(|other| other != key);
    let mut without = tuning.clone();
    without.off.push(key.to_owned());
    without.off.sort();
    // Only what can be switched off can be on.
    check(&without).map_err(FieldError::whole)?;
    if to == Switch::Off {
        tuning = without;
    }
    check(&tuning).map_err(FieldError::whole)?;
    Ok(context.change(Label::Tune).put(tuning).build())
}

/// How the score is used now; as the program comes while nobody has changed it.
fn current(context: &mut Context<'_>) -> Tuning {
    context.records.tuning().cloned().unwrap_or_else(|| Tuning {
        id: context.ids.fresh(),
        setting: Setting::Standard,
        cap: CAP,
        card: String::new(),
        numbers: Vec::new(),
        off: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::write::fixture::Desk;

    const SOUND: fn(&Tuning) -> Result<(), String> = |_| Ok(());

    #[test]
    fn the_setting_and_the_number_of_rows_are_set() {
        let mut desk = Desk::new();
        let input = TuningInput { setting: "narrow".into(), cap: "8".into() };
        let written = set(&mut desk.context(), &input);
        assert_eq!(desk.apply(written).label, Label::Tune);
        let tuning = desk.records.tuning().unwrap().clone();
        assert_eq!((tuning.setting, tuning.cap), (Setting::Narrow, 8));
        let written = set(&mut desk.context(), &TuningInput::default());
        assert!(desk.apply(written).is_empty());
        let input = TuningInput { setting: "huge".into(), cap: "0".into() };
        let errors = set(&mut desk.context(), &input).unwrap_err();
        let fields: Vec<_> = errors.iter().map(|error| error.field).collect();
        assert_eq!(fields, ["setting", "cap"]);
    }

    #[test]
    fn a_number_is_changed_once_and_goes_back_to_that_of_the_card() {
        let mut desk = Desk::new();
        for raw in ["45", "55"] {
            let written = number(&mut desk.context(), ("look.mean-below", raw), &SOUND);
            desk.apply(written);
        }
        assert_eq!(desk.records.tuning().unwrap().numbers, [("look.mean-below".to_owned(), 55)]);
        let refused = number(&mut desk.context(), ("look.mean-below", "many"), &SOUND);
        assert_eq!(refused.unwrap_err()[0].field, "number");
        let unsound = |_: &Tuning| Err("it can be at most 100".to_owned());
        let refused = number(&mut desk.context(), ("look.mean-below", "101"), &unsound);
        assert_eq!(refused.unwrap_err()[0].message, "it can be at most 100");
        let written = number(&mut desk.context(), ("look.mean-below", ""), &SOUND);
        desk.apply(written);
        assert!(desk.records.tuning().unwrap().numbers.is_empty());
    }

    #[test]
    fn a_rule_is_switched_off_and_on() {
        let mut desk = Desk::new();
        for (to, off) in [(Switch::Off, 1), (Switch::Off, 1), (Switch::On, 0)] {
            let written = switch(&mut desk.context(), ("repeating", to), &SOUND);
            desk.apply(written);
            assert_eq!(desk.records.tuning().unwrap().off.len(), off);
        }
    }
}
