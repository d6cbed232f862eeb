//! One rule is one reason, in however many modules it holds.

use crate::domain::reason::{InModule, Reason, Scored};

/// A reason of one module, whose evidence is still to be told.
pub(super) struct Told {
    /// The reason.
    pub(super) reason: Reason,
    /// What its module is called; none where that is not said.
    pub(super) code: Option<String>,
    /// The evidence without the module.
    pub(super) words: String,
}

impl Told {
    fn points(&self) -> u8 {
        self.reason.scored.as_ref().map_or(0, |scored| scored.points)
    }

    fn evidence(&self) -> String {
        evidence(self.code.as_slice(), &self.words)
    }
}

/// The words after the modules of which they are said.
fn evidence(codes: &[impl AsRef<str>], words: &str) -> String {
    let codes: Vec<&str> = codes.iter().map(AsRef::as_ref).collect();
    if codes.is_empty() { words.to_owned() } else { format!("{}: {words}", codes.join(", ")) }
}

/// Each rule once, in the order in which they are told first.
pub(super) fn by_rule(all: Vec<Told>) -> Vec<Reason> {
    let mut rules: Vec<Vec<Told>> = Vec::new();
    for told in all {
        let same = |rule: &&mut Vec<Told>| {
            rule.first().is_some_and(|first| first.reason.kind == told.reason.kind)
        };
        match rules.iter_mut().find(same) {
            Some(rule) => rule.push(told),
            None => rules.push(vec![told]),
        }
    }
    rules.into_iter().filter_map(one).collect()
}

/// One reason of all modules of a rule: the words of the one with the most points, with the modules of which they are
/// true, and the others by name.
fn one(mut rule: Vec<Told>) -> Option<Reason> {
    rule.sort_by_key(|told| std::cmp::Reverse(told.points()));
    let first = rule.first()?;
    let mut reason = first.reason.clone();
    if rule.len() == 1 {
        reason.evidence = first.evidence();
        return Some(reason);
    }
    let (same, others): (Vec<&Told>, Vec<&Told>) =
        rule.iter().partition(|told| told.words == first.words);
    let codes =
        |of: &[&Told]| of.iter().filter_map(|told| told.code.clone()).collect::<Vec<String>>();
    let (same, others) = (codes(&same), codes(&others));
    reason.evidence = evidence(&same, &first.words);
    if !others.is_empty() {
        reason.evidence += &format!("; also in {}", others.join(", "));
    }
    reason.since = rule.iter().map(|told| told.reason.since).min()?;
    let each = rule.iter().filter_map(|told| {
        let Scored { module, points, .. } = told.reason.scored.as_ref()?;
        let (evidence, since) = (told.evidence(), told.reason.since);
        Some(InModule { module: *module, points: *points, evidence, since })
    });
    let each = each.collect();
    reason.scored = reason.scored.map(|scored| Scored { each, ..scored });
    Some(reason)
}
