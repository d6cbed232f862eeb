//! The user's settings: one file, every name known, every mistake told with its line.

use std::{
    fs, io,
    ops::{Range, RangeInclusive},
    path::Path,
    time::Duration,
};

use thiserror::Error;
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use crate::{
    app::{Keymap, SPECS},
    domain::alert::AlertSettings,
    ui::theme::Palette,
};

/// What a user may choose. Every field has a value when the file is not there.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The program locks after so long without a key; zero means never.
    pub idle_lock: Duration,
    /// When the alerts speak up.
    pub alerts: AlertSettings,
    /// The mouse belongs to the program, not to the terminal's own selection.
    pub mouse: bool,
    /// The colours.
    pub palette: Palette,
    /// A log is written: ids and counts, never a text.
    pub log: bool,
    /// The keys, with the user's own.
    pub keymap: Keymap,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            idle_lock: Duration::from_mins(10),
            alerts: AlertSettings::default(),
            mouse: true,
            palette: Palette::default(),
            log: false,
            keymap: Keymap::default(),
        }
    }
}

/// The names that may stand in the file.
const NAMES: &[&str] =
    &["idle_lock_minutes", "not_met_days", "reply_days", "mouse", "colours", "log", "keys"];

/// A file that cannot be used.
#[derive(Debug, Error)]
pub enum SettingsError {
    /// It cannot be read.
    #[error("the settings cannot be read")]
    Read(#[source] io::Error),
    /// It is no TOML.
    #[error("line {line} of the settings: {what}")]
    Syntax {
        /// Where.
        line: usize,
        /// What is wrong.
        what: String,
    },
    /// A name that means nothing.
    #[error("line {line} of the settings: there is nothing called \"{name}\"{}", hint(.near.as_deref()))]
    Unknown {
        /// Where.
        line: usize,
        /// The name.
        name: String,
        /// The name that is most like it.
        near: Option<String>,
    },
    /// A colour or key that means nothing.
    #[error("line {line} of the settings: {what}")]
    Meaningless {
        /// Where.
        line: usize,
        /// What is wrong.
        what: String,
    },
    /// Keys that cannot all be had.
    #[error("the keys in the settings: {}", .0.join("; "))]
    Keys(Vec<String>),
    /// A value of the wrong kind.
    #[error("line {line} of the settings: {name} must be {wanted}")]
    Value {
        /// Where.
        line: usize,
        /// The setting.
        name: String,
        /// What it must be.
        wanted: &'static str,
    },
}

fn hint(near: Option<&str>) -> String {
    near.map_or_else(String::new, |near| format!("; did you mean \"{near}\"?"))
}

impl Settings {
    /// The settings in the file; the defaults when there is none.
    ///
    /// # Errors
    /// When the file cannot be read, or says something that means nothing.
    pub fn load(path: &Path) -> Result<Self, SettingsError> {
        match fs::read_to_string(path) {
            Ok(text) => Self::parse(&text),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(SettingsError::Read(error)),
        }
    }

    /// The settings in a text.
    ///
    /// # Errors
    /// When it says something that means nothing.
    pub fn parse(text: &str) -> Result<Self, SettingsError> {
        let table = DeTable::parse(text).map_err(|error| SettingsError::Syntax {
            line: error.span().map_or(1, |span| line_of(text, &span)),
            what: error.message().to_owned(),
        })?;
        let mut settings = Self::default();
        for entry in entries(text, table.get_ref()) {
            settings.set(text, &entry)?;
        }
        Ok(settings)
    }

    fn set(&mut self, text: &str, entry: &Entry<'_>) -> Result<(), SettingsError> {
        match entry.name {
            "idle_lock_minutes" => {
                let minutes =
                    entry.number(0..=1440, "a number of minutes up to 1440; 0 means never")?;
                self.idle_lock = Duration::from_mins(minutes.into());
            }
            "not_met_days" => {
                self.alerts.not_met_days =
                    entry.number(1..=366, "a number of days from 1 to 366")?;
            }
            "reply_days" => {
                self.alerts.reply_days = entry.number(1..=366, "a number of days from 1 to 366")?;
            }
            "mouse" => self.mouse = entry.toggle()?,
            "log" => self.log = entry.toggle()?,
            "colours" => {
                for entry in entries(text, entry.table("a table of colours")?) {
                    let colour = entry.text("a colour in quotes")?;
                    self.palette.set(entry.name, colour).map_err(|what| entry.meaningless(what))?;
                }
            }
            "keys" => {
                let table = entry.table("a table of commands")?;
                let own = entries(text, table)
                    .map(|entry| own_keys(&entry))
                    .collect::<Result<Vec<_>, _>>()?;
                self.keymap = Keymap::default().with(&own).map_err(SettingsError::Keys)?;
            }
            unknown => return Err(entry.unknown(nearest(unknown, NAMES.iter().copied()))),
        }
        Ok(())
    }
}

/// A command and the keys that are to start it instead of its own.
fn own_keys(entry: &Entry<'_>) -> Result<(String, Vec<String>), SettingsError> {
    if !SPECS.iter().any(|spec| spec.name == entry.name) {
        return Err(entry.unknown(nearest(entry.name, SPECS.iter().map(|spec| spec.name))));
    }
    let keys = entry.texts("a key in quotes, or a list of them")?;
    for key in keys.iter().flat_map(|keys| keys.split_whitespace()) {
        crokey::parse(key).map_err(|_| entry.meaningless(format!("{key} is not a key")))?;
    }
    Ok((entry.name.to_owned(), keys))
}

/// One line of the file.
struct Entry<'a> {
    name: &'a str,
    value: &'a DeValue<'a>,
    line: usize,
}

fn entries<'a>(text: &'a str, table: &'a DeTable<'a>) -> impl Iterator<Item = Entry<'a>> {
    table.iter().map(|(name, value)| Entry {
        name: name.get_ref(),
        value: value.get_ref(),
        line: line_of(text, &name.span()),
    })
}

impl<'a> Entry<'a> {
    fn wants(&self, wanted: &'static str) -> SettingsError {
        SettingsError::Value { line: self.line, name: self.name.to_owned(), wanted }
    }

    fn unknown(&self, near: Option<&str>) -> SettingsError {
        let near = near.map(str::to_owned);
        SettingsError::Unknown { line: self.line, name: self.name.to_owned(), near }
    }

    fn meaningless(&self, what: String) -> SettingsError {
        SettingsError::Meaningless { line: self.line, what }
    }

    fn number(
        &self,
        range: RangeInclusive<u16>,
        wanted: &'static str,
    ) -> Result<u16, SettingsError> {
        let DeValue::Integer(number) = self.value else { return Err(self.wants(wanted)) };
        let number = u16::from_str_radix(number.as_str(), number.radix()).ok();
        number.filter(|number| range.contains(number)).ok_or_else(|| self.wants(wanted))
    }

    fn toggle(&self) -> Result<bool, SettingsError> {
        let DeValue::Boolean(value) = self.value else { return Err(self.wants("true or false")) };
        Ok(*value)
    }

    fn text(&self, wanted: &'static str) -> Result<&'a str, SettingsError> {
        let DeValue::String(value) = self.value else { return Err(self.wants(wanted)) };
        Ok(value)
    }

    fn texts(&self, wanted: &'static str) -> Result<Vec<String>, SettingsError> {
        let DeValue::Array(list) = self.value else {
            return Ok(vec![self.text(wanted)?.to_owned()]);
        };
        let text = |value: &Spanned<DeValue<'_>>| match value.get_ref().as_str() {
            Some(text) => Ok(text.to_owned()),
            None => Err(self.wants(wanted)),
        };
        list.iter().map(text).collect()
    }

    fn table(&self, wanted: &'static str) -> Result<&'a DeTable<'a>, SettingsError> {
        let DeValue::Table(table) = self.value else { return Err(self.wants(wanted)) };
        Ok(table)
    }
}

fn line_of(text: &str, span: &Range<usize>) -> usize {
    text.as_bytes().iter().take(span.start).filter(|byte| **byte == b'\n').count() + 1
}

/// The name most like the one that was written, when one is like it at all.
fn nearest<'a>(written: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let scored = names.map(|name| (strsim::jaro_winkler(written, name), name));
    scored
        .filter(|(score, _)| *score > 0.7)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Command;

    fn refusal(text: &str) -> String {
        Settings::parse(text).unwrap_err().to_string()
    }

    fn keys(settings: &Settings, name: &str) -> Vec<String> {
        let spec = SPECS.iter().find(|spec| spec.name == name).unwrap();
        settings
            .keymap
            .keys(spec.command)
            .iter()
            .map(|keys| crate::app::keymap::sequence(keys))
            .collect()
    }

    #[test]
    fn without_a_file_everything_has_its_default() {
        let settings = Settings::load(Path::new("/nowhere/config.toml")).unwrap();
        assert_eq!(settings.idle_lock, Duration::from_mins(10));
        assert!(settings.mouse && !settings.log);
    }

    #[test]
    fn every_setting_can_be_chosen() {
        let name =
            SPECS.iter().find(|spec| matches!(spec.command, Command::Global(_))).unwrap().name;
        let settings = Settings::parse(&format!(
            "idle_lock_minutes = 0\nnot_met_days = 21\nreply_days = 3\nmouse = false\nlog = true\n\
             [colours]\nfocus = \"#ff8800\"\n[keys]\n{name} = [\"F9\", \"g ctrl-x\"]\n"
        ))
        .unwrap();
        assert_eq!(settings.idle_lock, Duration::ZERO);
        assert_eq!((settings.alerts.not_met_days, settings.alerts.reply_days), (21, 3));
        assert!(!settings.mouse && settings.log);
        assert_ne!(settings.palette, Palette::default());
        assert_eq!(keys(&settings, name).len(), 2);
    }

    #[test]
    fn an_unknown_name_is_told_with_its_line_and_the_nearest() {
        assert_eq!(
            refusal("mouse = true\nidle_lock_minute = 5"),
            "line 2 of the settings: there is nothing called \"idle_lock_minute\"; did you mean \"idle_lock_minutes\"?"
        );
        assert_eq!(refusal("zzz = 1"), "line 1 of the settings: there is nothing called \"zzz\"");
        let name = SPECS[0].name;
        assert_eq!(
            refusal(&format!("[keys]\n{name}s = \"x\"")),
            format!(
                "line 2 of the settings: there is nothing called \"{name}s\"; did you mean \"{name}\"?"
            )
        );
    }

    #[test]
    fn a_wrong_value_says_what_it_must_be() {
        assert_eq!(refusal("\nmouse = 1"), "line 2 of the settings: mouse must be true or false");
        assert_eq!(
            refusal("not_met_days = 0"),
            "line 1 of the settings: not_met_days must be a number of days from 1 to 366"
        );
        assert!(refusal("mouse = ").starts_with("line 1 of the settings: "));
        assert_eq!(
            refusal("[colours]\nbad = \"reddish\""),
            "line 2 of the settings: bad: reddish is not a colour"
        );
        let name = SPECS[0].name;
        assert_eq!(
            refusal(&format!("[keys]\n{name} = \"hyper-q\"")),
            "line 2 of the settings: hyper-q is not a key"
        );
    }
}
