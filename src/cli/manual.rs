//! The manual: options from the definitions of the command line, keys from the table of commands.

use std::{fs, io, path::Path};

use clap::CommandFactory;
use clap_mangen::{
    Man,
    roff::{Roff, bold, roman},
};
use strum::VariantArray;

use super::{
    args::Args,
    exit::{Failure, Outcome},
};
use crate::app::{
    command::{SPECS, Scope},
    keymap::Keymap,
};

/// The keys of one scope: its title, and for each command its keys and its title.
pub struct Keys {
    /// Where they have their meaning.
    pub scope: Scope,
    /// Keys and title of each command.
    pub rows: Vec<(String, &'static str)>,
}

/// All keys, in the order in which help shows them.
#[must_use]
pub fn keys() -> Vec<Keys> {
    let keymap = Keymap::default();
    Scope::VARIANTS
        .iter()
        .map(|&scope| {
            let specs = SPECS.iter().filter(|spec| spec.scope() == scope);
            let rows = specs.map(|spec| (keymap.labels(spec.command), spec.title)).collect();
            Keys { scope, rows }
        })
        .collect()
}

/// The scopes that a newcomer meets first, for the README; help has all of them.
const FIRST: &[Scope] = &[
    Scope::Global,
    Scope::Desk,
    Scope::Panes,
    Scope::Student,
    Scope::List,
    Scope::Timeline,
    Scope::Meetings,
    Scope::Form,
];

/// The keys that a newcomer needs, as a table in Markdown.
#[must_use]
pub fn first_keys() -> String {
    let rows = keys().into_iter().filter(|keys| FIRST.contains(&keys.scope)).map(|keys| {
        let cells = keys.rows.into_iter().map(|(labels, title)| {
            let labels = labels.split(", ").map(|label| format!("`{label}`"));
            format!("{} {}", labels.collect::<Vec<_>>().join(" "), title.to_lowercase())
        });
        format!("| {} | {} |\n", keys.scope.title(), cells.collect::<Vec<_>>().join(" · "))
    });
    format!("| Where | Keys |\n|---|---|\n{}", rows.collect::<String>())
}

/// The manual page, as roff.
#[must_use]
pub fn page() -> Vec<u8> {
    let mut page = Vec::new();
    // A vector takes everything.
    render(&mut page).ok();
    page
}

fn render(page: &mut Vec<u8>) -> io::Result<()> {
    let man = man();
    man.render_title(page)?;
    man.render_name_section(page)?;
    man.render_synopsis_section(page)?;
    man.render_description_section(page)?;
    man.render_options_section(page)?;
    man.render_subcommands_section(page)?;
    exit_codes().to_writer(page)?;
    by_lines().to_writer(page)?;
    key_page().to_writer(page)?;
    files().to_writer(page)
}

fn man() -> Man {
    let command = Args::command().after_help("").after_long_help("");
    Man::new(command).manual("Personal tutoring").date("")
}

fn exit_codes() -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", ["EXIT STATUS"]);
    for line in super::exit::TABLE.lines().skip(1) {
        if let Some((code, meaning)) = line.trim().split_once("  ") {
            roff.control("TP", ["4"]).text([bold(code)]).text([roman(meaning)]);
        }
    }
    roff
}

fn key_page() -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", ["KEYS"]);
    for keys in keys() {
        roff.control("SS", [keys.scope.title()]);
        for (labels, title) in keys.rows {
            roff.control("TP", ["22"]).text([bold(labels)]).text([roman(title)]);
        }
    }
    roff
}

/// The session of lines: its words, those of the menu first.
fn by_lines() -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", ["A SESSION OF LINES"]);
    roff.text([
        bold("--plain"),
        roman(", or plain = true in the settings, asks and answers line by line: no frames, no colours, "),
        roman("every state in words. Type one of these words, the name of any command, a number of the list "),
        roman("that was printed last, or a student's name or number. In a form Enter keeps what stands in "),
        roman("brackets, a line with a single dot ends a long text, and :help says what else can be typed."),
    ]);
    for (name, title) in super::plain::words() {
        roff.control("TP", ["22"]).text([bold(name)]).text([roman(title)]);
    }
    roff
}

fn files() -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", ["FILES"]);
    for (path, meaning) in [
        ("$XDG_DATA_HOME/tutelage/default", "The profile; --data names another folder."),
        (
            "$XDG_CONFIG_HOME/tutelage/config.toml",
            "The settings: colours, keys, the mouse, when it locks. tutelage config --sample prints all of \
             them with what they do, tutelage config --check tells what is wrong, with line and nearest name.",
        ),
        (
            "$XDG_CONFIG_HOME/tutelage/themes/NAME.toml",
            "Colours of your own, chosen by theme = \"NAME\" in the settings.",
        ),
    ] {
        roff.control("TP", []).text([bold(path)]).text([roman(meaning)]);
    }
    roff
}

/// Writes this page and one for every command into a folder.
///
/// # Errors
/// When a file cannot be written.
pub fn write(folder: &Path) -> Outcome {
    let failed = |error: io::Error| Failure::unwritten(folder, &error);
    fs::create_dir_all(folder).map_err(failed)?;
    clap_mangen::generate_to(Args::command(), folder).map_err(failed)?;
    fs::write(folder.join("tutelage.1"), page()).map_err(failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_has_its_keys_in_the_manual() {
        assert_eq!(keys().iter().map(|keys| keys.rows.len()).sum::<usize>(), SPECS.len());
        assert!(keys().iter().flat_map(|keys| &keys.rows).all(|(keys, _)| !keys.is_empty()));
    }

    #[test]
    fn the_readme_has_the_keys_of_the_table() {
        let readme = include_str!("../../README.md");
        let keys = first_keys();
        assert!(readme.contains(&keys), "put this between the marks:\n{keys}");
    }
}
