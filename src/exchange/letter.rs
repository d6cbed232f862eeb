//! Letters from their templates: plain text with placeholders, whose errors name file, line and placeholder.
//!
//! The templates of the program are in `assets/letters`; a file of the same name in the user's own folder
//! goes before them, and one in the folder of a policy goes before a general one.

mod builtin;
mod check;
pub mod merge;

use std::borrow::Cow;

use minijinja::{AutoEscape, Environment, UndefinedBehavior};
use thiserror::Error;

pub use check::check;

use crate::domain::{letter::Facts, plain, policy::Template};

/// How the first line of a template begins.
const FIRST: &str = "Subject:";

/// The text of one template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source<'a> {
    /// The name of its file.
    pub file: String,
    /// Its text.
    pub text: Cow<'a, str>,
}

/// A letter, ready to be read.
#[derive(Clone, PartialEq, Eq)]
pub struct Rendered {
    /// Its subject.
    pub subject: String,
    /// Its text, lines ended by LF.
    pub text: String,
}

/// What is wrong with a template. It holds words of the template alone, never of a record.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{file}, line {line}: {}{message}", .placeholder.as_ref().map(|it| format!("{it}: ")).unwrap_or_default())]
pub struct Fault {
    /// The name of its file.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The placeholder as it is written, where it is about one.
    pub placeholder: Option<String>,
    /// What is wrong and what to do, in sentences.
    pub message: String,
}

/// The text of a letter under the policy with this code, which may be empty: the user's own if there is one.
///
/// # Errors
/// When the file that the policy names is neither the user's nor the program's.
pub fn find<'a>(own: Option<&'a str>, code: &str, letter: &Template) -> Result<Source<'a>, Fault> {
    let file = letter.file.clone();
    match own.or_else(|| builtin::text(code, &file)) {
        Some(text) => Ok(Source { file, text: Cow::Borrowed(text) }),
        None => Err(Fault {
            file,
            line: 1,
            placeholder: None,
            message: "there is no template of this name: write one in the folder “letters” of the \
                      profile."
                .to_owned(),
        }),
    }
}

/// Fills a template in.
///
/// # Errors
/// What is wrong with the template.
pub fn render(source: &Source<'_>, facts: &Facts) -> Result<Rendered, Fault> {
    if let Some(fault) = check::names(source).into_iter().next() {
        return Err(fault);
    }
    let text = joined(&source.text);
    let environment = environment();
    let filled = environment
        .template_from_named_str(&source.file, &text)
        .and_then(|template| template.render(facts))
        .map_err(|error| check::fault(source, &text, &error))?;
    let filled = plain::lines(&filled);
    let (first, rest) = filled.split_once('\n').unwrap_or((&filled, ""));
    let Some(subject) = first.strip_prefix(FIRST) else {
        return Err(check::no_subject(source));
    };
    Ok(Rendered { subject: one_line(subject), text: tidy(rest) })
}

fn environment() -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::None);
    environment
}

/// A line that holds nothing but a tag leaves no line behind: its end is put into a comment, so that the
/// lines of errors stay those of the file.
fn joined(text: &str) -> String {
    let mut joined = String::with_capacity(text.len() + 64);
    for line in text.split_inclusive('\n') {
        let bare = line.trim();
        let tag = bare.starts_with("{%") && bare.ends_with("%}") && bare.matches("{%").count() == 1;
        match line.strip_suffix('\n').filter(|_| tag) {
            Some(_) => joined.extend([bare, "{#\n#}"]),
            None => joined.push_str(line),
        }
    }
    joined
}

fn one_line(text: &str) -> String {
    plain::line(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// No blank lines in a row, none at the start or end, no blanks at the end of a line.
fn tidy(text: &str) -> String {
    let mut tidy = String::with_capacity(text.len());
    let mut blank = true;
    for line in text.lines().map(str::trim_end) {
        if !(line.is_empty() && blank) {
            tidy.extend([line, "\n"]);
        }
        blank = line.is_empty();
    }
    tidy.truncate(tidy.trim_end().len());
    if !tidy.is_empty() {
        tidy.push('\n');
    }
    tidy
}

#[cfg(test)]
mod tests;
