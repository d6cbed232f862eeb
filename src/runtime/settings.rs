//! The user's settings: one file, every name known, every mistake told with its line.

use std::{fs, io, ops::Range, path::Path, time::Duration};

use thiserror::Error;
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

/// What a user may choose. Every field has a value when the file is not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The program locks after so long without a key; none = never.
    pub idle_lock: Option<Duration>,
    /// A tutee not met for so many days is shown among the alerts.
    pub not_met_days: u32,
    /// The mouse belongs to the program, not to the terminal's own selection.
    pub mouse: bool,
    /// The name of the colours.
    pub theme: String,
    /// A log is written: ids and counts, never a text.
    pub log: bool,
    /// Command names with the keys that replace their own, each with its line in the file.
    pub keys: Vec<KeyChoice>,
}

/// A command with the user's keys, not looked at yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyChoice {
    /// The name of the command.
    pub command: String,
    /// Key sequences, as written.
    pub keys: Vec<String>,
    /// Where it stands.
    pub line: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            idle_lock: Some(Duration::from_mins(10)),
            not_met_days: 28,
            mouse: true,
            theme: "default".to_owned(),
            log: false,
            keys: Vec::new(),
        }
    }
}

/// The names that may stand in the file.
const NAMES: &[&str] = &["idle_lock_minutes", "not_met_days", "mouse", "theme", "log", "keys"];

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
    #[error("line {line} of the settings: there is no setting \"{name}\"{}", hint(.near.as_deref()))]
    Unknown {
        /// Where.
        line: usize,
        /// The name.
        name: String,
        /// The name that is most like it.
        near: Option<String>,
    },
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
        let line = |span: Range<usize>| line_of(text, span.start);
        let table = DeTable::parse(text).map_err(|error| SettingsError::Syntax {
            line: error.span().map_or(1, line),
            what: error.message().to_owned(),
        })?;
        let mut settings = Self::default();
        for (name, value) in table.get_ref() {
            let entry =
                Entry { name: name.get_ref(), value: value.get_ref(), line: line(name.span()) };
            settings.set(&entry, |span| line_of(text, span.start))?;
        }
        Ok(settings)
    }

    fn set(
        &mut self,
        entry: &Entry<'_>,
        line: impl Fn(Range<usize>) -> usize,
    ) -> Result<(), SettingsError> {
        match entry.name {
            "idle_lock_minutes" => {
                let minutes =
                    entry.number(0..=24 * 60, "a number of minutes up to 1440; 0 means never")?;
                self.idle_lock = (minutes > 0).then(|| Duration::from_mins(minutes.into()));
            }
            "not_met_days" => {
                self.not_met_days = entry.number(1..=366, "a number of days from 1 to 366")?;
            }
            "mouse" => self.mouse = entry.toggle()?,
            "log" => self.log = entry.toggle()?,
            "theme" => self.theme = entry.text("the name of a theme in quotes")?,
            "keys" => {
                let DeValue::Table(table) = entry.value else {
                    return Err(entry.wants("a table of commands"));
                };
                for (command, keys) in table {
                    self.keys.push(key_choice(command.get_ref(), keys, line(command.span()))?);
                }
            }
            unknown => {
                return Err(SettingsError::Unknown {
                    line: entry.line,
                    name: unknown.to_owned(),
                    near: nearest(unknown, NAMES.iter().copied()).map(str::to_owned),
                });
            }
        }
        Ok(())
    }
}

/// One line of the file.
struct Entry<'a> {
    name: &'a str,
    value: &'a DeValue<'a>,
    line: usize,
}

impl Entry<'_> {
    fn wants(&self, wanted: &'static str) -> SettingsError {
        SettingsError::Value { line: self.line, name: self.name.to_owned(), wanted }
    }

    fn number(
        &self,
        range: std::ops::RangeInclusive<u32>,
        wanted: &'static str,
    ) -> Result<u32, SettingsError> {
        let DeValue::Integer(number) = self.value else { return Err(self.wants(wanted)) };
        let number = u32::from_str_radix(number.as_str(), number.radix()).ok();
        number.filter(|number| range.contains(number)).ok_or_else(|| self.wants(wanted))
    }

    fn toggle(&self) -> Result<bool, SettingsError> {
        let DeValue::Boolean(value) = self.value else { return Err(self.wants("true or false")) };
        Ok(*value)
    }

    fn text(&self, wanted: &'static str) -> Result<String, SettingsError> {
        let DeValue::String(value) = self.value else { return Err(self.wants(wanted)) };
        Ok(value.clone().into_owned())
    }
}

fn key_choice(
    command: &str,
    keys: &Spanned<DeValue<'_>>,
    line: usize,
) -> Result<KeyChoice, SettingsError> {
    let entry = Entry { name: command, value: keys.get_ref(), line };
    let wanted = "a key in quotes, or a list of them";
    let texts = |key: &Spanned<DeValue<'_>>| {
        Entry { name: command, value: key.get_ref(), line }.text(wanted)
    };
    let keys = if let DeValue::Array(list) = entry.value {
        list.iter().map(texts).collect::<Result<_, _>>()?
    } else {
        vec![entry.text(wanted)?]
    };
    Ok(KeyChoice { command: command.to_owned(), keys, line })
}

fn line_of(text: &str, at: usize) -> usize {
    text.as_bytes().iter().take(at).filter(|byte| **byte == b'\n').count() + 1
}

/// The name most like the one that was written, when one is like it at all.
pub fn nearest<'a>(written: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let scored = names.map(|name| (strsim::jaro_winkler(written, name), name));
    scored
        .filter(|(score, _)| *score > 0.7)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(text: &str) -> String {
        Settings::parse(text).unwrap_err().to_string()
    }

    #[test]
    fn an_empty_file_means_the_defaults() {
        assert_eq!(Settings::parse("").unwrap(), Settings::default());
        assert_eq!(Settings::load(Path::new("/nowhere/config.toml")).unwrap(), Settings::default());
    }

    #[test]
    fn every_setting_can_be_chosen() {
        let text = "idle_lock_minutes = 0\nnot_met_days = 21\nmouse = false\ntheme = \"light\"\nlog = true\n\
                    [keys]\nplan-meeting = \"p\"\nquit = [\"q\", \"ctrl-c\"]\n";
        let settings = Settings::parse(text).unwrap();
        assert_eq!(settings.idle_lock, None);
        assert_eq!((settings.not_met_days, settings.mouse, settings.log), (21, false, true));
        assert_eq!(settings.theme, "light");
        let choice = |command: &str, keys: &[&str], line| KeyChoice {
            command: command.to_owned(),
            keys: keys.iter().map(|key| (*key).to_owned()).collect(),
            line,
        };
        assert_eq!(
            settings.keys,
            [choice("plan-meeting", &["p"], 7), choice("quit", &["q", "ctrl-c"], 8)]
        );
    }

    #[test]
    fn an_unknown_name_is_told_with_its_line_and_the_nearest() {
        assert_eq!(
            refusal("mouse = true\nidle_lock_minute = 5"),
            "line 2 of the settings: there is no setting \"idle_lock_minute\"; did you mean \"idle_lock_minutes\"?"
        );
        assert_eq!(refusal("zzz = 1"), "line 1 of the settings: there is no setting \"zzz\"");
    }

    #[test]
    fn a_wrong_value_says_what_it_must_be() {
        assert_eq!(refusal("\nmouse = 1"), "line 2 of the settings: mouse must be true or false");
        assert_eq!(
            refusal("not_met_days = 0"),
            "line 1 of the settings: not_met_days must be a number of days from 1 to 366"
        );
        assert!(refusal("mouse = ").starts_with("line 1 of the settings: "));
    }
}
