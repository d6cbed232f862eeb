//! The numbers of a card by their paths, and a card with some of them changed or rules switched off.
//!
//! A path is that of the file, with the measure in place of the number of a line: `line.work-overdue.bands.0.points`.

use strum::IntoEnumIterator;
use toml::{Table, Value};

use super::{DEFAULT, builtin, default_card, read};
use crate::domain::{
    score::{Card, Rule, card::Line, measure::Measure},
    tuning::Tuning,
};

/// One number of a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// Where it stands.
    pub path: String,
    /// What it is.
    pub value: u16,
    /// The rule that it belongs to; none for what concerns all.
    pub rule: Option<Rule>,
}

/// Every number of a card, in the order of the file.
#[must_use]
pub fn all(card: &Card) -> Vec<Number> {
    let mut found = Vec::new();
    if let Ok(table) = Table::try_from(card) {
        gather(card, &Value::Table(table), "", &mut found);
    }
    found
}

fn gather(card: &Card, value: &Value, path: &str, found: &mut Vec<Number>) {
    let join =
        |part: &str| if path.is_empty() { part.to_owned() } else { format!("{path}.{part}") };
    match value {
        Value::Integer(number) => {
            if let Ok(value) = u16::try_from(*number) {
                found.push(Number { path: path.to_owned(), value, rule: rule_of(card, path) });
            }
        }
        Value::Table(table) => {
            for (key, value) in table {
                gather(card, value, &join(key), found);
            }
        }
        Value::Array(values) => {
            for (place, value) in values.iter().enumerate() {
                let measure = value.get("measure").and_then(Value::as_str);
                let part = measure.map_or_else(|| place.to_string(), str::to_owned);
                gather(card, value, &join(&part), found);
            }
        }
        Value::String(_) | Value::Float(_) | Value::Boolean(_) | Value::Datetime(_) => {}
    }
}

/// The rule that a number belongs to.
fn rule_of(card: &Card, path: &str) -> Option<Rule> {
    if let Some(rest) = path.strip_prefix("line.") {
        let name = rest.split('.').next()?;
        let line = card.lines.iter().find(|line| name_of(line.measure) == name)?;
        return Some(rule(line.measure));
    }
    Some(match path {
        "look.idle-days" | "look.idle-peers-median" => Rule::Quiet,
        "look.overdue" => Rule::Overdue,
        "look.mean-below" => Rule::LowMean,
        "look.none-for-days" => Rule::Gone,
        "attendance.tutorials-in-a-row" | "attendance.tutorials-points" => Rule::TutorialsMissed,
        path if path.starts_with("attendance.") => Rule::Attendance,
        _ => return None,
    })
}

/// The rule whose points a measure gives.
const fn rule(measure: Measure) -> Rule {
    match measure {
        Measure::DaysNotOnline => Rule::NotOnline,
        Measure::ActiveDays14 => Rule::FewDays,
        Measure::ActiveDays28 => Rule::FewInMonth,
        Measure::ActiveDays => Rule::FewSinceStart,
        Measure::WorkOverdue => Rule::WorkOverdue,
        Measure::WorkOverduePercent => Rule::ShareOverdue,
        Measure::DeadlinesMissed => Rule::DeadlinesMissed,
        Measure::LastMinutePercent => Rule::LastMinute,
        Measure::MeanMark => Rule::MeanMark,
        Measure::MarkBelowPeers => Rule::BelowPeers,
        Measure::NoMarkPercent => Rule::NoMark,
        Measure::Repeating => Rule::Repeating,
    }
}

/// What a measure is called in a file.
pub(super) fn name_of(measure: Measure) -> String {
    Value::try_from(measure).ok().and_then(|it| Some(it.as_str()?.to_owned())).unwrap_or_default()
}

/// The card with the numbers of a tuning and without the rules that it switches off.
///
/// # Errors
/// A sentence for what is wrong: a number that the card does not have or cannot have, a rule that nobody knows.
pub fn tuned(card: &Card, tuning: &Tuning) -> Result<Card, String> {
    let table = Table::try_from(card).map_err(|_| "This card cannot be changed.".to_owned())?;
    let mut whole = Value::Table(table);
    for (path, number) in &tuning.numbers {
        let place = find(&mut whole, path).filter(|value| value.is_integer());
        let Some(place) = place else {
            return Err(format!("The card has no number “{path}”."));
        };
        *place = Value::Integer(i64::from(*number));
    }
    let text = toml::to_string(&whole).map_err(|_| "This card cannot be changed.".to_owned())?;
    let mut changed = read(&text, &card.name).map_err(|faults| {
        let told = faults.iter().map(|fault| format!("{}: {}.", fault.field, fault.message));
        told.collect::<Vec<_>>().join(" ")
    })?;
    for key in &tuning.off {
        let off = Rule::iter().find(|rule| rule.key() == key);
        let Some(off) = off else {
            return Err(format!("No rule of the score is called “{key}”."));
        };
        silence(&mut changed, off);
    }
    Ok(changed)
}

/// Says whether the card that a tuning names stays sound with it.
///
/// # Errors
/// What is wrong with it, in a sentence.
pub fn check(tuning: &Tuning) -> Result<(), String> {
    let unread = || "The card of the program cannot be read.".to_owned();
    tuned(&base(tuning).ok_or_else(unread)?, tuning).map(|_| ())
}

/// The card that a tuning names, as it comes.
fn base(tuning: &Tuning) -> Option<Card> {
    let name = if tuning.card.is_empty() { DEFAULT } else { &tuning.card };
    builtin(name).or_else(default_card)
}

/// The value at a path; a line is found by its measure too.
fn find<'a>(value: &'a mut Value, path: &str) -> Option<&'a mut Value> {
    path.split('.').try_fold(value, |value, part| match value {
        Value::Table(table) => table.get_mut(part),
        Value::Array(values) => {
            let named = |it: &Value| it.get("measure").and_then(Value::as_str) == Some(part);
            let place = part.parse().ok().or_else(|| values.iter().position(named));
            values.get_mut(place?)
        }
        Value::String(_)
        | Value::Integer(_)
        | Value::Float(_)
        | Value::Boolean(_)
        | Value::Datetime(_) => None,
    })
}

/// Takes the points of a rule away. What asks for a look is left out by the weekly run.
fn silence(card: &mut Card, off: Rule) {
    let silenced = |line: &&mut Line| rule(line.measure) == off;
    for line in card.lines.iter_mut().filter(silenced) {
        line.bands.iter_mut().for_each(|step| step.points = 0);
    }
    if off == Rule::Attendance {
        card.attendance.bands.iter_mut().for_each(|band| band.points = 0);
    }
    if off == Rule::TutorialsMissed {
        card.attendance.tutorials_points = 0;
    }
}

/// The card that a profile uses: the named one or the program's, as it is tuned. What a card of today cannot have any more
/// is left out.
#[must_use]
pub fn in_use(tuning: Option<&Tuning>) -> Option<Card> {
    let Some(tuning) = tuning else { return default_card() };
    let card = base(tuning)?;
    if let Ok(tuned) = tuned(&card, tuning) {
        return Some(tuned);
    }
    let with = |number: &(String, u16)| Tuning {
        numbers: vec![number.clone()],
        off: Vec::new(),
        ..tuning.clone()
    };
    let mut sound = tuning.clone();
    sound.numbers.retain(|number| tuned(&card, &with(number)).is_ok());
    sound.off.retain(|key| Rule::iter().any(|rule| rule.key() == key));
    Some(tuned(&card, &sound).unwrap_or(card))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{id::Id, score::Setting};

    fn tuning(numbers: &[(&str, u16)], off: &[&str]) -> Tuning {
        Tuning {
            id: Id::from_bytes([1; 16]),
            setting: Setting::Standard,
            cap: 5,
            card: String::new(),
            numbers: numbers.iter().map(|(path, number)| ((*path).into(), *number)).collect(),
            off: off.iter().map(|key| (*key).into()).collect(),
        }
    }

    #[test]
    fn every_number_of_the_card_of_the_program_can_be_found_by_its_path() {
        let card = default_card().unwrap();
        let all = all(&card);
        assert!(all.iter().any(|it| it.path == "look.mean-below" && it.value == 50));
        let first = all.iter().find(|it| it.rule == Some(Rule::WorkOverdue)).unwrap();
        assert!(first.path.starts_with("line.work-overdue.bands.0."), "{}", first.path);
        for number in &all {
            let same = tuning(&[(&number.path, number.value)], &[]);
            assert_eq!(tuned(&card, &same).as_ref(), Ok(&card), "{}", number.path);
        }
    }

    #[test]
    fn a_number_is_changed_unless_the_card_would_not_be_sound() {
        let card = default_card().unwrap();
        let changed = tuned(&card, &tuning(&[("look.mean-below", 45)], &[])).unwrap();
        assert_eq!(changed.look.mean_below, 45);
        for (path, number) in [
            ("look.mean-below", 101),
            ("look.nothing", 1),
            ("line.work-overdue.bands.2.points", 19),
            ("name", 1),
            ("line.work-overdue", 1),
        ] {
            assert!(tuned(&card, &tuning(&[(path, number)], &[])).is_err(), "{path}");
        }
    }

    #[test]
    fn a_rule_that_is_off_gives_no_points_and_nobody_knows_an_invented_one() {
        let card = default_card().unwrap();
        let off = ["repeating", "attendance", "tutorials-missed", "look-gone"];
        let quiet = tuned(&card, &tuning(&[], &off)).unwrap();
        let points: u8 = quiet.attendance.bands.iter().map(|band| band.points).sum();
        assert_eq!((points, quiet.attendance.tutorials_points), (0, 0));
        let line = quiet.lines.iter().find(|line| line.measure == Measure::Repeating).unwrap();
        assert_eq!(line.bands[0].points, 0);
        assert!(tuned(&card, &tuning(&[], &["concern"])).is_err());
    }

    #[test]
    fn the_card_in_use_leaves_out_what_cannot_be() {
        let card = default_card();
        assert_eq!(in_use(None), card);
        let some = tuning(&[("look.mean-below", 45), ("gone.away", 3)], &["repeating", "gone"]);
        let used = in_use(Some(&some)).unwrap();
        assert_eq!(used.look.mean_below, 45);
        let line = used.lines.iter().find(|line| line.measure == Measure::Repeating).unwrap();
        assert_eq!(line.bands[0].points, 0);
    }
}
