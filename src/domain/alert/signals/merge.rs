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
/// how many more there are. A module that is not said is not counted. A number that is said of several is said of each: two
/// pieces of work are two in each of them.
fn evidence(words: &str, same: &[Option<&str>], others: &[Option<&str>]) -> String {
    let said = |of: &[Option<&str>]| of.iter().flatten().count();
    let (alike, rest) = (said(same), said(others));
    let first = alike.min(NAMED);
    let list = |of: &[Option<&str>], most: usize| {
        of.iter().flatten().take(most).copied().collect::<Vec<_>>().join(", ")
    };
    let more = |count: usize| if count > 0 { format!(" +{count}") } else { String::new() };
    let mut parts = Vec::new();
    if alike > 0 {
        parts.push(format!("{}{}", list(same, first), more(alike - first)));
    }
    if rest > 0 {
        let also = list(others, NAMED - first);
        let also = if also.is_empty() { also } else { format!("also {also}") };
        let unnamed = rest.saturating_sub(NAMED - first);
        parts.push(format!("{also}{}", more(unnamed)).trim_start().to_owned());
    }
    let counts = alike > 1 && words.contains(|c: char| c.is_ascii_digit());
    let each = if counts { " each" } else { "" };
    if parts.is_empty() {
        words.to_owned()
    } else {
        format!("{words}{each} ({})", parts.join("; "))
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
    fn a_number_is_said_of_each_module() {
        let both = [Some("A"), Some("B")];
        assert_eq!(evidence("2 late", &both, &[]), "2 late each (A, B)");
        assert_eq!(evidence("2 late", &both[..1], &both[1..]), "2 late (A; also B)");
    }

    #[test]
    fn the_words_come_first_then_two_modules_and_how_many_more() {
        let told = |same: &[Option<&str>], others: &[Option<&str>]| evidence("late", same, others);
        assert_eq!(told(&[None], &[]), "late");
        assert_eq!(told(&[Some("A")], &[]), "late (A)");
        assert_eq!(told(&[Some("A"), Some("B")], &[]), "late (A, B)");
        assert_eq!(told(&[Some("A"), Some("B"), Some("C")], &[]), "late (A, B +1)");
        assert_eq!(told(&[Some("A")], &[Some("B")]), "late (A; also B)");
        assert_eq!(told(&[Some("A")], &[Some("B"), Some("C")]), "late (A; also B +1)");
        let others = [Some("C"), Some("D")];
        assert_eq!(told(&[Some("A"), Some("B")], &others), "late (A, B; +2)");
        assert_eq!(told(&[None], &[Some("B")]), "late (also B)");
    }
}
