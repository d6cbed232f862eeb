//! A policy in words, with the clause of each rule and the reason of each choice.

use std::borrow::Cow;

use super::rule::{self, Rule};
use crate::domain::policy::Policy;

/// The widest line.
const WIDEST: usize = 80;

/// Columns of the name of a part; its words stand beside it.
const MARGIN: usize = 18;

/// The whole policy as text.
pub(super) fn text(policy: &Policy) -> String {
    let Policy { cite, university, document, version, .. } = policy;
    let mut lines = vec![format!("{cite} · {university}"), format!("{document}, {version}")];
    let mut section = "";
    for rule in rule::all(policy).iter().filter(|rule| rule.section != rule::CLAUSES) {
        if rule.section != section {
            section = rule.section;
            lines.extend([String::new(), section.to_uppercase()]);
        }
        lines.push(String::new());
        lines.extend(of_rule(rule));
    }
    lines.join("\n")
}

fn of_rule(rule: &Rule) -> Vec<String> {
    let title = match (rule.name.as_str(), rule.title.as_str()) {
        ("", title) => title.to_owned(),
        (name, title) => format!("{title} ({name})"),
    };
    let mut lines = wrapped(&title, "", "  ");
    let margin = " ".repeat(MARGIN);
    for (name, words) in &rule.parts {
        let start = format!("  {name:<width$}", width = MARGIN - 2);
        // A long name stands on a line of its own.
        let start = if start.len() > MARGIN {
            lines.push(start);
            &margin
        } else {
            &start
        };
        lines.extend(wrapped(words, start, &margin));
    }
    lines
}

fn wrapped(text: &str, first: &str, rest: &str) -> Vec<String> {
    let options = textwrap::Options::new(WIDEST).initial_indent(first).subsequent_indent(rest);
    let lines = textwrap::wrap(text, options).into_iter().map(Cow::into_owned);
    lines.map(|line| line.trim_end().to_owned()).collect()
}
