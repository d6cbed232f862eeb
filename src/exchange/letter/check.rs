//! What is wrong with a template: the line, the placeholder, the nearest name that there is.

use minijinja::{Error, ErrorKind};
use strsim::jaro_winkler;

use super::{FIRST, Fault, Source, environment, joined};
use crate::domain::letter::{Agreed, Facts, Met, NAMES};

/// How alike two names must be for one to be offered in place of the other.
const ALIKE: f64 = 0.8;

/// What the library finds, in our words.
const WORDS: &[(ErrorKind, &str)] = &[
    (
        ErrorKind::UndefinedError,
        "it names something that is not there: `tutelage letter placeholders` lists all.",
    ),
    (ErrorKind::UnknownFilter, "there is no such filter behind the bar |."),
    (ErrorKind::UnknownFunction, "there is no such function."),
    (ErrorKind::UnknownTest, "there is no such test behind the word “is”."),
    (ErrorKind::SyntaxError, "it is not written as a placeholder is."),
];

/// Everything that is wrong with a template, in the order of its lines.
#[must_use]
pub fn check(source: &Source<'_>) -> Vec<Fault> {
    let mut faults = names(source);
    if !source.text.starts_with(FIRST) {
        faults.insert(0, no_subject(source));
    }
    if faults.is_empty() {
        // What hangs on the values shows only when it is filled in: once with lists, once without.
        let tried = [sample(), Facts::default()];
        faults.extend(tried.iter().find_map(|facts| super::render(source, facts).err()));
    }
    faults.sort_by_key(|fault| fault.line);
    faults
}

/// Syntax, and placeholders that do not exist.
pub(super) fn names(source: &Source<'_>) -> Vec<Fault> {
    let text = joined(&source.text);
    let environment = environment();
    let template = match environment.template_from_named_str(&source.file, &text) {
        Ok(template) => template,
        Err(error) => return vec![fault(source, &text, &error)],
    };
    let unknown = template.undeclared_variables(true).into_iter().filter(|name| !is_known(name));
    let mut faults: Vec<Fault> = unknown.map(|name| unknown_name(source, &name)).collect();
    faults.sort_by(|a, b| (a.line, &a.placeholder).cmp(&(b.line, &b.placeholder)));
    faults
}

fn is_known(name: &str) -> bool {
    NAMES.iter().any(|it| it.name == name)
}

fn unknown_name(source: &Source<'_>, name: &str) -> Fault {
    let (line, placeholder) = place(&source.text, name);
    Fault { file: source.file.clone(), line, placeholder, message: nearest(name) }
}

/// That there is no such name, and which one may be meant.
fn nearest(name: &str) -> String {
    let near = NAMES
        .iter()
        .map(|it| (jaro_winkler(it.name, name), it.name))
        .filter(|(alike, _)| *alike >= ALIKE)
        .max_by(|a, b| a.0.total_cmp(&b.0));
    let meant = near.map_or_else(String::new, |(_, name)| format!(" Is {name} meant?"));
    format!(
        "there is no placeholder {name}.{meant} `tutelage letter placeholders` lists all of them."
    )
}

/// The line of a name within a tag, and the tag.
fn place(text: &str, name: &str) -> (usize, Option<String>) {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.');
    let mut from = 0;
    while let Some(open) = text.get(from..).and_then(|rest| rest.find('{')).map(|at| from + at) {
        from = open + 1;
        let Some(tag) = text.get(open..).filter(|it| it.starts_with("{{") || it.starts_with("{%"))
        else {
            continue;
        };
        let close = if tag.starts_with("{{") { "}}" } else { "%}" };
        let Some(tag) = tag.find(close).and_then(|end| tag.get(..end + close.len())) else { break };
        let holds = tag.match_indices(name).any(|(at, _)| {
            let before = tag.get(..at).and_then(|it| it.chars().next_back());
            let after = tag.get(at + name.len()..).and_then(|it| it.chars().next());
            !before.is_some_and(is_part) && !after.is_some_and(is_part)
        });
        if holds {
            return (line_of(text, open), Some(tag.to_owned()));
        }
        from = open + tag.len();
    }
    (1, None)
}

fn line_of(text: &str, at: usize) -> usize {
    text.get(..at).map_or(0, |before| before.matches('\n').count()) + 1
}

/// What the library found, in our words.
pub(super) fn fault(source: &Source<'_>, text: &str, error: &Error) -> Fault {
    let tag = error.range().and_then(|range| tag_around(text, range.start));
    let known = WORDS.iter().find(|(kind, _)| *kind == error.kind());
    let message = match (error.kind(), error.detail()) {
        (ErrorKind::SyntaxError, Some(detail)) => {
            format!("it is not written as a placeholder is: {detail}.")
        }
        _ => known.map_or("it cannot be filled in.", |(_, words)| words).to_owned(),
    };
    let line = error.line().unwrap_or(1);
    Fault { file: source.file.clone(), line, placeholder: tag, message }
}

/// The tag in which a place lies.
fn tag_around(text: &str, at: usize) -> Option<String> {
    let before = text.get(..at)?;
    let open = before.rfind("{{").max(before.rfind("{%"))?;
    let rest = text.get(open..)?;
    let end = rest.find("}}").into_iter().chain(rest.find("%}")).min()? + 2;
    (open + end > at).then(|| rest.get(..end)).flatten().map(str::to_owned)
}

pub(super) fn no_subject(source: &Source<'_>) -> Fault {
    Fault {
        file: source.file.clone(),
        line: 1,
        placeholder: None,
        message: "the first line must be the subject: “Subject: …”.".to_owned(),
    }
}

/// Something in every list, so that what stands within them is tried.
fn sample() -> Facts {
    let met = Met { day: "x".into(), ..Met::default() };
    let agreed = Agreed { what: "x".into(), who: "x".into(), due: "x".into() };
    Facts {
        missed: vec![met.clone(), met.clone()],
        meetings: vec![met],
        actions: vec![agreed],
        notes: vec!["x".into()],
        services: vec!["x".into()],
        ..Facts::default()
    }
}
