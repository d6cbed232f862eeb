//! The list of demands: without gaps, each with its clauses and a place where the program meets it.

use super::Check;
use crate::domain::policy::{Class, Item};

impl Check<'_, '_> {
    pub(super) fn items(&mut self) {
        let mut before: Option<u8> = None;
        for (place, item) in self.policy.items.iter().enumerate() {
            let path = format!("item.{place}");
            if let Some(before) = before {
                let next = before.saturating_add(1);
                if item.number != before && item.number != next {
                    let message =
                        format!("comes after {before}; {before} or {next} must stand here");
                    self.fault(&format!("{path}.number"), message);
                }
            } else if item.number == 0 {
                self.fault(&format!("{path}.number"), "0 is not possible; demands count from 1");
            }
            before = Some(item.number);
            self.item(&path, item);
        }
    }

    fn item(&mut self, path: &str, item: &Item) {
        self.text(&format!("{path}.asks"), &item.asks);
        if item.clauses.is_empty() {
            self.fault(&format!("{path}.clauses"), "a demand comes from at least one clause");
        }
        for (place, clause) in item.clauses.iter().enumerate() {
            self.clause(&format!("{path}.clauses.{place}"), clause);
        }
        if item.class != Class::People && item.lives.is_empty() && item.later.is_empty() {
            let message = "the program does this, so \"lives\" or \"later\" must say where or when";
            self.fault(&format!("{path}.lives"), message);
        }
        for (place, lives) in item.lives.iter().enumerate() {
            self.lives(&format!("{path}.lives.{place}"), lives);
        }
        self.texts(&format!("{path}.tests"), &item.tests);
    }

    /// A place is free text, but a rule that it names must be there.
    fn lives(&mut self, path: &str, lives: &str) {
        self.text(path, lives);
        let Some((kind, name)) = lives.split_once(' ') else { return };
        let policy = self.policy;
        let known = match kind {
            "duty" => policy.duty(name).is_some(),
            "tutor-duty" => policy.tutor_duties.iter().any(|duty| duty.code == name),
            "ladder" => policy.ladder(name).is_some(),
            "letter" => policy.letter(name).is_some(),
            _ => return,
        };
        if !known {
            self.fault(path, format!("there is no {kind} \"{name}\" in this file"));
        }
    }
}
