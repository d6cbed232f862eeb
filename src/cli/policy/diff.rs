//! In what two policies differ, rule by rule, in words.

use super::rule::{self, Rule};
use crate::domain::policy::Policy;

/// The differences between two policies, each with the name it was asked for by.
pub(super) fn text(one: (&str, &Policy), other: (&str, &Policy)) -> String {
    let (mut first, mut second) = (rule::all(one.1), rule::all(other.1));
    first.insert(0, head(one.1));
    second.insert(0, head(other.1));
    let mut sections: Vec<&str> = Vec::new();
    for rule in first.iter().chain(&second) {
        if !sections.contains(&rule.section) {
            sections.push(rule.section);
        }
    }
    let mut parts = Vec::new();
    for section in sections {
        let of = |rule: &&Rule| rule.section == section;
        let mut lines = vec![section.to_uppercase()];
        for rule in first.iter().filter(of) {
            match second.iter().find(|other| same(rule, other)) {
                None => lines.push(format!("  only in {}: {}", one.0, called(rule))),
                Some(other) => lines.extend(changes(rule, other)),
            }
        }
        for rule in second.iter().filter(of).filter(|rule| !first.iter().any(|one| same(one, rule)))
        {
            lines.push(format!("  only in {}: {}", other.0, called(rule)));
        }
        if lines.len() > 1 {
            parts.push(lines.join("\n"));
        }
    }
    if parts.is_empty() {
        return format!("{} and {} say the same.", one.0, other.0);
    }
    parts.join("\n\n")
}

fn head(policy: &Policy) -> Rule {
    let parts = [
        ("code", &policy.code),
        ("cited as", &policy.cite),
        ("university", &policy.university),
        ("document", &policy.document),
        ("version", &policy.version),
    ];
    Rule {
        section: "The policy",
        name: String::new(),
        title: String::new(),
        parts: parts.map(|(name, words)| (name.to_owned(), words.clone())).to_vec(),
    }
}

/// Whether two rules are the same rule, whatever they say: a rule without a name goes by its title.
fn same(one: &Rule, other: &Rule) -> bool {
    one.section == other.section
        && one.name == other.name
        && (!one.name.is_empty() || one.title == other.title)
}

fn called(rule: &Rule) -> String {
    match (rule.name.as_str(), rule.title.as_str()) {
        ("", title) => title.to_owned(),
        (name, "") => name.to_owned(),
        (name, title) => format!("{name} ({title})"),
    }
}

fn part<'a>(rule: &'a Rule, name: &str) -> Option<&'a str> {
    rule.parts.iter().find(|part| part.0 == name).map(|part| part.1.as_str())
}

fn changes(one: &Rule, other: &Rule) -> Vec<String> {
    let mut changes = Vec::new();
    if one.title != other.title {
        changes.push(("called", one.title.as_str(), other.title.as_str()));
    }
    for (name, words) in &one.parts {
        let now = part(other, name).unwrap_or("nothing");
        if now != words {
            changes.push((name, words, now));
        }
    }
    for (name, words) in &other.parts {
        if part(one, name).is_none() {
            changes.push((name, "nothing", words));
        }
    }
    let name = if one.name.is_empty() { &one.title } else { &one.name };
    let name = if name.is_empty() { String::new() } else { format!("{name}, ") };
    changes.iter().map(|(part, was, is)| format!("  {name}{part}: {was} → {is}")).collect()
}
