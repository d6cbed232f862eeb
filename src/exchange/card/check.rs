//! What must hold for the numbers of a card, beyond that they are there.

use super::Fault;
use crate::{
    domain::score::{
        Card,
        card::{Band, Limit, Line, MOST_POINTS, Step},
        measure::Scale,
    },
    exchange::policy::source::Source,
};

/// Everything that is wrong, in the order of the lines.
pub(super) fn faults(card: &Card, source: &Source<'_>) -> Vec<Fault> {
    let mut check = Check { source, faults: Vec::new() };
    check.card(card);
    check.faults.sort_by_key(|fault| (fault.line, fault.column));
    check.faults
}

struct Check<'a, 's> {
    source: &'a Source<'s>,
    faults: Vec<Fault>,
}

impl Check<'_, '_> {
    fn card(&mut self, card: &Card) {
        if card.name.trim().is_empty() || card.name.contains(char::is_control) {
            self.fault("name", "must be one line that says something");
        }
        if card.lines.is_empty() {
            self.fault("line", "a card needs at least one [[line]]");
        }
        for (place, line) in card.lines.iter().enumerate() {
            self.line(&format!("line.{place}"), line, card.lines.get(..place).unwrap_or_default());
        }
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

    /// One line, after those before it.
    fn line(&mut self, path: &str, line: &Line, before: &[Line]) {
        if before.iter().any(|other| other.measure == line.measure) {
            self.fault(&format!("{path}.measure"), "this is measured by another line already");
        }
        if line.bands.is_empty() {
            self.fault(&format!("{path}.bands"), "needs at least one band");
        }
        let of_peers = line.measure.is_of_peers();
        for (field, given) in
            [("peers-from", line.peers_from), ("one-day-in-weeks", line.one_day_in_weeks)]
        {
            if given.is_some() && !of_peers {
                let message = "is only for active days compared with those of the peers";
                self.fault(&format!("{path}.{field}"), message);
            }
        }
        if of_peers && line.peers_from.unwrap_or(0) == 0 && line.one_day_in_weeks.is_none() {
            let message =
                "needs peers-from or one-day-in-weeks, so that nobody is compared with nothing";
            self.fault(&format!("{path}.measure"), message);
        }
        self.at_least(&format!("{path}.one-day-in-weeks"), line.one_day_in_weeks.unwrap_or(1), 1);
        self.unless(path, line, before);
        for (place, step) in line.bands.iter().enumerate() {
            self.step(&format!("{path}.bands.{place}"), line, *step);
        }
        for (place, pair) in line.bands.windows(2).enumerate() {
            if let [worse, milder] = pair {
                self.steps(&format!("{path}.bands.{}", place + 1), *worse, *milder);
            }
        }
    }

    fn unless(&mut self, path: &str, line: &Line, before: &[Line]) {
        let Some(measure) = line.unless else { return };
        let path = format!("{path}.unless");
        let Some(other) = before.iter().find(|other| other.measure == measure) else {
            return self.fault(&path, "must be the measure of a line before this one");
        };
        let most = line.bands.iter().map(|step| step.points).max();
        let least = other.bands.iter().map(|step| step.points).min();
        if most > least {
            self.fault(
                &path,
                "that line must not be worth less than this one, which it stands for",
            );
        }
    }

    fn step(&mut self, path: &str, line: &Line, step: Step) {
        self.points(&format!("{path}.points"), step.points);
        let fits = match (line.measure.scale(), step.limit) {
            (Scale::More, Limit::From(_)) | (Scale::Less, Limit::Below(_) | Limit::UpTo(_)) => true,
            (Scale::More, _) | (Scale::Less, Limit::From(_)) => false,
        };
        if !fits {
            self.fault(
                path,
                match line.measure.scale() {
                    Scale::More => "more of this is worse: the limit is written as from",
                    Scale::Less => "less of this is worse: the limit is written as below or up-to",
                },
            );
        } else if step.limit == Limit::From(0) {
            self.fault(path, "from 0 would give everybody points");
        }
    }

    /// Two bands of a line, one after the other.
    fn steps(&mut self, path: &str, worse: Step, milder: Step) {
        let in_order = match (worse.limit, milder.limit) {
            (Limit::From(one), Limit::From(two)) => one > two,
            (Limit::UpTo(one), Limit::Below(two)) => one < two,
            (one, two) => one.number() < two.number(),
        };
        if !in_order {
            self.fault(path, "the worst comes first: bands stand in the order of their limits");
        }
        if milder.points > worse.points {
            self.fault(path, "what is better must not be worth more points");
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
