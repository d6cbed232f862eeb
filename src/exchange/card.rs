//! Score cards: TOML to [`Card`], with every fault told by line and field, as policy packs are read.
//!
//! A card that would reward missing work, or a worse mark, is refused.

use serde::Deserialize;
use toml::{
    Spanned,
    de::{DeValue, ValueDeserializer},
};

use super::policy::{Fault, source::Source};
use crate::domain::score::{Card, card::Band};

/// The card of the program as it was written, comments and all.
pub const DEFAULT: &str = include_str!("../../assets/cards/points-v1.toml");

/// The card of the program.
#[must_use]
pub fn default_card() -> Option<Card> {
    read(DEFAULT, "points-v1.toml").ok()
}

/// The card that a text describes. `file` is what faults call it.
///
/// # Errors
/// Everything that is wrong with it, in the order of its lines; never empty.
pub fn read(text: &str, file: &str) -> Result<Card, Vec<Fault>> {
    let source = Source::parse(text, file)?;
    let table = source.table().clone();
    let whole = Spanned::new(table.span(), DeValue::Table(table.into_inner()));
    let card = Card::deserialize(ValueDeserializer::from(whole))
        .map_err(|error| vec![source.fault_in(&error, &[])])?;
    let mut check = Check { source: &source, faults: Vec::new() };
    check.card(&card);
    if check.faults.is_empty() {
        return Ok(card);
    }
    check.faults.sort_by_key(|fault| (fault.line, fault.column));
    Err(check.faults)
}

/// The same from the bytes of a file, which must be UTF-8.
///
/// # Errors
/// Everything that is wrong with it; never empty.
pub fn read_bytes(bytes: &[u8], file: &str) -> Result<Card, Vec<Fault>> {
    let text = str::from_utf8(bytes).map_err(|error| {
        let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
        vec![Fault {
            file: file.to_owned(),
            line: String::from_utf8_lossy(before).matches('\n').count() + 1,
            column: 1,
            rule: String::new(),
            field: String::new(),
            message: "this is no UTF-8; save the file again as UTF-8".to_owned(),
        }]
    })?;
    read(text, file)
}

/// The most points that one reason may bring, so that a sum always fits.
const MOST_POINTS: u8 = 20;

struct Check<'a, 's> {
    source: &'a Source<'s>,
    faults: Vec<Fault>,
}

impl Check<'_, '_> {
    fn card(&mut self, card: &Card) {
        if card.name.trim().is_empty() || card.name.contains(char::is_control) {
            self.fault("name", "must be one line that says something");
        }
        let recent = &card.recent;
        self.falling(&[
            ("recent.none-points", recent.none_points),
            ("recent.low-points", recent.low_points),
            ("recent.below-points", recent.below_points),
        ]);
        self.at_most("recent.low-percent", recent.low_percent, 100);
        let since = &card.since_start;
        self.falling(&[
            ("since-start.very-low-points", since.very_low_points),
            ("since-start.low-points", since.low_points),
        ]);
        self.rising(&[
            ("since-start.very-low-percent", since.very_low_percent),
            ("since-start.low-percent", since.low_percent),
        ]);
        self.at_least("since-start.one-day-in-weeks", since.one_day_in_weeks, 1);
        self.overdue(&card.submissions.overdue);
        self.bands("marks.bands", &card.marks.bands);
        self.points("marks.none-points", card.marks.none_points);
        self.at_least("marks.none-peers-percent", card.marks.none_peers_percent, 1);
        self.at_most("marks.none-peers-percent", card.marks.none_peers_percent, 100);
        self.points("history.repeating-points", card.history.repeating_points);
        self.bands("attendance.bands", &card.attendance.bands);
        self.at_least("attendance.weeks", card.attendance.weeks, 1);
        self.points("attendance.tutorials-points", card.attendance.tutorials_points);
        self.alert(card);
    }

    fn alert(&mut self, card: &Card) {
        let alert = &card.alert;
        self.at_least("alert.wide", alert.wide, 1);
        self.rising(&[
            ("alert.wide", alert.wide),
            ("alert.standard", alert.standard),
            ("alert.narrow", alert.narrow),
        ]);
        self.at_least("alert.urgent", alert.urgent, 1);
        for (place, pair) in alert.stages.windows(2).enumerate() {
            if let [one, next] = pair
                && next.from_week <= one.from_week
            {
                let path = format!("alert.stages.{}.from-week", place + 1);
                self.fault(&path, "stages stand in the order of their weeks");
            }
        }
        self.at_least("look.overdue", card.look.overdue, 1);
        self.at_most("look.mean-below", card.look.mean_below, 100);
    }

    fn overdue(&mut self, steps: &[u8]) {
        if steps.is_empty() {
            self.fault("submissions.overdue", "needs at least the points for one piece");
        }
        for (place, points) in steps.iter().enumerate() {
            self.points(&format!("submissions.overdue.{place}"), *points);
        }
        for (place, pair) in steps.windows(2).enumerate() {
            if let [fewer, more] = pair
                && more < fewer
            {
                let path = format!("submissions.overdue.{}", place + 1);
                self.fault(&path, "more missing work must not be worth fewer points");
            }
        }
    }

    fn bands(&mut self, path: &str, bands: &[Band]) {
        for (place, band) in bands.iter().enumerate() {
            self.points(&format!("{path}.{place}.points"), band.points);
            self.at_most(&format!("{path}.{place}.below"), band.below, 100);
        }
        for (place, pair) in bands.windows(2).enumerate() {
            let [low, high] = pair else { continue };
            if high.below <= low.below {
                let path = format!("{path}.{}.below", place + 1);
                self.fault(&path, "limits rise from line to line");
            }
            if high.points > low.points {
                let path = format!("{path}.{}.points", place + 1);
                self.fault(&path, "what is better must not be worth more points");
            }
        }
    }

    /// Points that must not grow from one to the next.
    fn falling(&mut self, points: &[(&str, u8)]) {
        for (path, points) in points {
            self.points(path, *points);
        }
        for pair in points.windows(2) {
            if let [(_, worse), (path, better)] = pair
                && better > worse
            {
                self.fault(path, format!("must not be more than the {worse} of what is worse"));
            }
        }
    }

    /// Numbers that must not fall from one to the next.
    fn rising(&mut self, numbers: &[(&str, u8)]) {
        for pair in numbers.windows(2) {
            if let [(_, low), (path, high)] = pair
                && high < low
            {
                self.fault(path, format!("must not be less than the {low} before it"));
            }
        }
    }

    fn points(&mut self, path: &str, points: u8) {
        self.at_most(path, points, MOST_POINTS);
    }

    fn at_most(&mut self, path: &str, number: u8, most: u8) {
        if number > most {
            self.fault(path, format!("{number} is not possible; it can be at most {most}"));
        }
    }

    fn at_least(&mut self, path: &str, number: u8, least: u8) {
        if number < least {
            self.fault(path, format!("{number} is not possible; it must be at least {least}"));
        }
    }

    fn fault(&mut self, path: &str, message: impl Into<String>) {
        self.faults.push(self.source.fault_at(path, message.into()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The faults after one change, which must be told by its line.
    fn faults(from: &str, to: &str) -> Vec<String> {
        assert!(DEFAULT.contains(from), "no {from}");
        let line = DEFAULT.split(from).next().unwrap().matches('\n').count() + 1;
        let faults = read(&DEFAULT.replacen(from, to, 1), "own.toml").unwrap_err();
        assert_eq!(faults[0].line, line, "{}", faults[0]);
        faults.iter().map(|fault| format!("{} | {}", fault.field, fault.message)).collect()
    }

    #[test]
    fn the_card_of_the_program_has_no_fault() {
        assert_eq!(read(DEFAULT, "points-v1.toml").map(|card| card.name).unwrap(), "points v1");
    }

    #[test]
    fn a_card_that_rewards_missing_work_or_a_worse_mark_is_refused() {
        assert_eq!(
            faults("overdue = [2, 3, 6]", "overdue = [2, 1, 6]"),
            ["submissions.overdue.1 | more missing work must not be worth fewer points"]
        );
        assert_eq!(
            faults("{ below = 60, points = 2 }", "{ below = 60, points = 5 }"),
            ["marks.bands.2.points | what is better must not be worth more points"]
        );
    }

    #[test]
    fn an_unknown_or_missing_number_is_told_by_its_line() {
        let told = faults("very-low-points = 2", "late-points = 2");
        assert!(told[0].contains("late-points"), "{told:?}");
        let told = faults("none-points = 3\n", "none-points = \"three\"\n");
        assert!(told[0].starts_with("recent.none-points"), "{told:?}");
        let told = faults("standard = 4", "standard = 1");
        assert_eq!(told.len(), 1, "{told:?}");
    }

    #[test]
    fn no_number_can_be_given_for_who_somebody_is() {
        for field in
            ["sex = 1", "age = 1", "disability = 1", "ethnicity = 1", "late = 1", "drop = 1"]
        {
            let told =
                read(&DEFAULT.replacen("[history]", &format!("[history]\n{field}"), 1), "own.toml");
            assert!(told.is_err(), "{field}");
        }
    }
}
