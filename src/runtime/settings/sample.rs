//! The sample of the settings file, from the tables that the program itself reads.

use std::fmt::Write;

use strum::VariantArray;

use super::{COLOURS, KEYS, SETTINGS};
use crate::{
    app::{
        Keymap,
        command::{SPECS, Scope},
        keymap::written,
    },
    ui::theme::{Role, files},
};

/// Columns of the prose.
const WIDTH: usize = 98;

/// A whole settings file: every name with what it does and what holds without it. Each line that sets something
/// is commented out by a `#` without a space behind it.
#[must_use]
pub fn sample() -> String {
    let mut text = String::new();
    say(
        &mut text,
        "Settings of tutelage. Everything has a value without this file: take the # away from a line to \
         change it. \"tutelage config --check\" tells what is wrong with it.",
    );
    for setting in SETTINGS {
        text.push('\n');
        say(&mut text, setting.about);
        set(&mut text, setting.name, setting.usual);
    }
    colours(&mut text);
    keys(&mut text);
    text
}

fn colours(text: &mut String) {
    text.push('\n');
    say(
        text,
        "Single colours over those of the theme: red, light-blue, #ff8800, a number up to 255, or reset for \
         the terminal's own. These are those of the theme \"terminal\".",
    );
    heading(text, COLOURS);
    let theme = files::terminal();
    for role in Role::VARIANTS {
        let colour = theme.get(*role).to_string().to_lowercase();
        set(text, role.name(), &format!("\"{colour}\" # {}", role.meaning()));
    }
}

fn keys(text: &mut String) {
    text.push('\n');
    say(
        text,
        "Keys by the name of their command, one or several; what stands here replaces all keys of the command, \
         and [] leaves it to the palette. Keys pressed one after the other have a space between them: \"g g\". \
         Chords are written as in ctrl-s, shift-f7, alt-left. These are the usual keys.",
    );
    heading(text, KEYS);
    let keymap = Keymap::default();
    for scope in Scope::VARIANTS {
        text.push('\n');
        say(text, scope.title());
        for spec in SPECS.iter().filter(|spec| spec.scope() == *scope) {
            let keys: Vec<_> =
                keymap.keys(spec.command).iter().map(|keys| quoted(&written(keys))).collect();
            set(text, spec.name, &format!("[{}] # {}", keys.join(", "), spec.title));
        }
    }
}

fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

fn say(text: &mut String, prose: &str) {
    for line in textwrap::wrap(prose, WIDTH) {
        // Writing to a string cannot fail.
        writeln!(text, "# {line}").ok();
    }
}

fn heading(text: &mut String, name: &str) {
    writeln!(text, "[{name}]").ok();
}

fn set(text: &mut String, name: &str, value: &str) {
    writeln!(text, "#{name} = {value}").ok();
}
