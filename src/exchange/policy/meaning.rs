//! Whether a pack makes sense as a whole: clauses, terms, letters and duties that are named must be there, numbers
//! must be possible, and no rule may stand where it can never apply.

use std::{collections::HashMap, ops::RangeInclusive};

use super::{Fault, source::Source};
use crate::domain::policy::{Choice, Policy};

mod items;
mod rules;
mod sharing;
mod when;
mod year;

/// Everything that makes no sense, in no order.
pub(super) fn check(policy: &Policy, source: &Source<'_>) -> Vec<Fault> {
    let mut check = Check { policy, source, faults: Vec::new() };
    check.head();
    check.duties();
    check.tutor_duties();
    check.ladders();
    check.sharing();
    check.letters();
    check.years();
    check.items();
    check.faults
}

/// The checking of one pack.
struct Check<'a, 's> {
    policy: &'a Policy,
    source: &'a Source<'s>,
    faults: Vec<Fault>,
}

impl Check<'_, '_> {
    fn head(&mut self) {
        let policy = self.policy;
        self.code("code", &policy.code);
        for (field, text) in [
            ("cite", &policy.cite),
            ("university", &policy.university),
            ("document", &policy.document),
            ("version", &policy.version),
        ] {
            self.text(field, text);
        }
        self.choice("confidentiality", &policy.confidentiality);
        self.choice("reply-days", &policy.reply_days);
        self.number("reply-days.value", policy.reply_days.value, 1..=60);
        if let Some(days) = &policy.follow_up_days {
            self.choice("follow-up-days", days);
            self.number("follow-up-days.value", days.value, 1..=90);
        }
        if let Some(percent) = &policy.sudden_drop {
            self.choice("sudden-drop", percent);
            self.number("sudden-drop.value", percent.value, 1..=90);
        }
        if policy.clauses.is_empty() {
            self.fault(
                "clause",
                "there is no [[clause]]; every rule names the clause it comes from",
            );
        }
        self.once("clause", "id", policy.clauses.iter().map(|clause| clause.id.as_str()));
        for (place, clause) in policy.clauses.iter().enumerate() {
            self.text(&format!("clause.{place}.id"), &clause.id);
            self.text(&format!("clause.{place}.says"), &clause.says);
        }
    }

    fn fault(&mut self, path: &str, message: impl Into<String>) {
        self.faults.push(self.source.fault_at(path, message.into()));
    }

    /// A value where the document leaves a choice: its clause is known, its reason is given.
    fn choice<T>(&mut self, path: &str, choice: &Choice<T>) {
        self.clause_if_any(&format!("{path}.clause"), &choice.clause);
        self.text(&format!("{path}.why"), &choice.why);
    }

    /// A clause that must be there.
    fn clause(&mut self, path: &str, clause: &str) {
        if self.policy.says(clause).is_some() {
            return;
        }
        let message = if clause.is_empty() {
            "a clause must stand here: every rule says where it comes from".to_owned()
        } else {
            let ids = self.policy.clauses.iter().map(|clause| clause.id.as_str());
            format!("there is no clause \"{clause}\"; the file has {}", listed(ids))
        };
        self.fault(path, message);
    }

    fn clause_if_any(&mut self, path: &str, clause: &str) {
        if !clause.is_empty() {
            self.clause(path, clause);
        }
    }

    /// A letter that must be there.
    fn letter(&mut self, path: &str, kind: &str) {
        if self.policy.letter(kind).is_none() {
            let kinds = self.policy.letters.iter().map(|letter| letter.kind.as_str());
            let message = format!("there is no letter \"{kind}\"; the file has {}", listed(kinds));
            self.fault(path, message);
        }
    }

    /// One line that says something.
    fn text(&mut self, path: &str, text: &str) {
        if text.trim().is_empty() {
            self.fault(path, "is empty");
        } else if text.contains(char::is_control) {
            self.fault(path, "must be one line, without control characters");
        }
    }

    /// A list of lines that say something.
    fn texts(&mut self, path: &str, texts: &[String]) {
        for (place, text) in texts.iter().enumerate() {
            self.text(&format!("{path}.{place}"), text);
        }
    }

    /// A short name: small letters, digits and hyphens.
    fn code(&mut self, path: &str, code: &str) {
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if code.is_empty() || !code.chars().all(fits) {
            self.fault(path, "must be small letters, digits and hyphens, such as \"first-review\"");
        }
    }

    fn number<N: Into<u32>>(&mut self, path: &str, number: N, range: RangeInclusive<u32>) {
        let number = number.into();
        if !range.contains(&number) {
            let (from, to) = range.into_inner();
            self.fault(path, format!("{number} is not possible; it can be {from} to {to}"));
        }
    }

    /// Each name only once among the rules of a kind.
    fn once<'n>(&mut self, section: &str, field: &str, names: impl Iterator<Item = &'n str>) {
        let mut seen = HashMap::new();
        for (place, name) in names.enumerate() {
            if let Some(first) = seen.insert(name, place) {
                let first =
                    self.source.fault_at(&format!("{section}.{first}.{field}"), String::new());
                let message =
                    format!("\"{name}\" stands here again; it is in line {} already", first.line);
                self.fault(&format!("{section}.{place}.{field}"), message);
            }
        }
    }
}

/// Names in a sentence.
fn listed<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<&str> = names.collect();
    if names.is_empty() { "none".into() } else { names.join(", ") }
}
