//! One rule is one reason, in however many modules it holds.

use crate::domain::reason::{InModule, Reason, Scored};

/// So many modules are named in one reason: it has two short lines on the desk.
const NAMED: usize = 2;

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
        evidence(&self.words, &[self.code.as_deref()], &[])
    }
}

/// The words before the modules of which they are said, and the others in which the rule holds: as many as are named, and
/// how many more there are. A module that is not said is not counted.
fn evidence(words: &str, same: &[Option<&str>], others: &[Option<&str>]) -> String {
    let said = |of: &[Option<&str>]| of.iter().flatten().count();
    let (all, first) = (said(same) + said(others), said(same).min(NAMED));
    let list = |of: &[Option<&str>], most: usize| {
        of.iter().flatten().take(most).copied().collect::<Vec<_>>().join(", ")
    };
    let (same, others) = (list(same, first), list(others, NAMED - first));
    let also = match (same.is_empty(), others.is_empty()) {
        (_, true) => "",
        (true, false) => "also ",
        (false, false) => "; also ",
    };
    match all.saturating_sub(NAMED) {
        _ if all == 0 => words.to_owned(),
        0 => format!("{words} ({same}{also}{others})"),
        more => format!("{words} ({same}{also}{others} +{more})"),
    }
}

/// What the modules are called.
fn codes<'a>(of: &[&'a Told]) -> Vec<Option<&'a str>> {
    of.iter().map(|told| told.code.as_deref()).collect()
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

/// One reason of all modules of a rule: the words of the one with the most points, then the modules of which they are
/// true, then the others.
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
    reason.evidence = evidence(&first.words, &codes(&same), &codes(&others));
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

#[cfg(test)]
mod tests {
    use super::evidence;

    #[test]
    fn the_words_come_first_then_two_modules_and_how_many_more() {
        let told = |same: &[Option<&str>], others: &[Option<&str>]| evidence("late", same, others);
        assert_eq!(told(&[None], &[]), "late");
        assert_eq!(told(&[Some("A")], &[]), "late (A)");
        assert_eq!(told(&[Some("A"), Some("B")], &[]), "late (A, B)");
        assert_eq!(told(&[Some("A"), Some("B"), Some("C")], &[]), "late (A, B +1)");
        assert_eq!(told(&[Some("A")], &[Some("B")]), "late (A; also B)");
        assert_eq!(told(&[Some("A")], &[Some("B"), Some("C")]), "late (A; also B +1)");
        assert_eq!(told(&[Some("A"), Some("B")], &[Some("C"), Some("D")]), "late (A, B +2)");
        assert_eq!(told(&[None], &[Some("B")]), "late (also B)");
    }
}
