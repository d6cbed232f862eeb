//! The user's settings: one file, every name known, every mistake told with its line.

mod keys;
mod sample;
mod themes;

use std::{fs, io, path::Path, time::Duration};

use thiserror::Error;

use crate::{
    app::Keymap,
    domain::alert::AlertSettings,
    exchange::options::{Entry, Fault, Table},
    ui::theme::files::{self, Choice},
};

pub use sample::sample;

/// What a user may choose. Every field has a value when the file is not there.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is a line that is on or off")]
pub struct Settings {
    /// The program locks after so long without a key; zero means never.
    pub idle_lock: Duration,
    /// When the alerts speak up.
    pub alerts: AlertSettings,
    /// The mouse belongs to the program, not to the terminal's own selection.
    pub mouse: bool,
    /// The colours.
    pub colours: Choice,
    /// Signs and frames are ASCII alone; none if the terminal decides.
    pub ascii: Option<bool>,
    /// The program is a session of lines instead of a screen.
    pub plain: bool,
    /// Pictures appear at once where the terminal can do that.
    pub whole_pictures: bool,
    /// Commands that were never used are told of.
    pub tips: bool,
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
            colours: Choice::default(),
            ascii: None,
            plain: false,
            whole_pictures: true,
            tips: true,
            log: false,
            keymap: Keymap::default(),
        }
    }
}

/// One name that may stand in the file, outside the tables.
struct Setting {
    name: &'static str,
    /// What it does and what may stand behind it.
    about: &'static str,
    /// What holds without it, as TOML.
    usual: &'static str,
    take: fn(&mut Settings, &Entry<'_>, &Path) -> Result<(), Fault>,
}

/// The settings, in the order of the sample.
const SETTINGS: &[Setting] = &[
    Setting {
        name: "theme",
        about: "Colours: \"auto\" follows the background of the terminal, light or dark, where it tells; \
                \"dark\", \"light\" and \"high-contrast\" bring a background of their own; \"terminal\" keeps \
                to the sixteen colours of your terminal; \"none\" does without. Any other name is a file in \
                the folder themes beside this file, such as themes/mine.toml.",
        usual: "\"auto\"",
        take: |settings, entry, folder| {
            settings.colours.theme = themes::find(entry, folder)?;
            Ok(())
        },
    },
    Setting {
        name: "ascii",
        about: "Frames and signs of ASCII alone, as --ascii does. Without this line the locale and the \
                terminal decide.",
        usual: "false",
        take: |settings, entry, _| entry.toggle().map(|on| settings.ascii = Some(on)),
    },
    Setting {
        name: "plain",
        about: "Ask and answer line by line instead of on a screen, as --plain does, for screen readers.",
        usual: "false",
        take: |settings, entry, _| entry.toggle().map(|on| settings.plain = on),
    },
    Setting {
        name: "mouse",
        about: "The mouse belongs to the program; false leaves it to the terminal, to select text.",
        usual: "true",
        take: |settings, entry, _| entry.toggle().map(|on| settings.mouse = on),
    },
    Setting {
        name: "whole_pictures",
        about: "A large picture appears at once on terminals that say they can (mode 2026); false does not ask them.",
        usual: "true",
        take: |settings, entry, _| entry.toggle().map(|on| settings.whole_pictures = on),
    },
    Setting {
        name: "tips",
        about: "Beside the keys in the last line stands one command after the other that you have not used yet; \
                each is gone for good once you did.",
        usual: "true",
        take: |settings, entry, _| entry.toggle().map(|on| settings.tips = on),
    },
    Setting {
        name: "keys_preset",
        about: "Keys: \"usual\" knows arrows and letters, digits choose a screen; \"vim\" takes every digit \
                for a count, as in 12j; \"plain\" moves by arrows alone and adds Ctrl and function keys.",
        usual: "\"usual\"",
        take: |settings, entry, _| {
            settings.keymap = keys::preset(entry)?;
            Ok(())
        },
    },
    Setting {
        name: "idle_lock_minutes",
        about: "The program locks after so many minutes without a key; 0 means never.",
        usual: "10",
        take: |settings, entry, _| {
            let minutes =
                entry.number(0..=1440, "a number of minutes up to 1440; 0 means never")?;
            settings.idle_lock = Duration::from_mins(minutes.into());
            Ok(())
        },
    },
    Setting {
        name: "not_met_days",
        about: "After so many days without a meeting a tutee is on the list of alerts, where the policy does \
                not say when.",
        usual: "42",
        take: |settings, entry, _| {
            settings.alerts.not_met_days = days(entry)?;
            Ok(())
        },
    },
    Setting {
        name: "reply_days",
        about: "After so many days without a reply to an e-mail a tutee is on the list of alerts.",
        usual: "7",
        take: |settings, entry, _| {
            settings.alerts.reply_days = days(entry)?;
            Ok(())
        },
    },
    Setting {
        name: "log",
        about: "Write a log of numbers and times, never of a text, to report a fault with.",
        usual: "false",
        take: |settings, entry, _| entry.toggle().map(|on| settings.log = on),
    },
];

fn days(entry: &Entry<'_>) -> Result<u16, Fault> {
    entry.number(1..=366, "a number of days from 1 to 366")
}

/// The tables that may stand in the file.
const COLOURS: &str = "colours";
const KEYS: &str = "keys";

/// A file that cannot be used.
#[derive(Debug, Error)]
pub enum SettingsError {
    /// It cannot be read.
    #[error("the settings cannot be read")]
    Read(#[source] io::Error),
    /// It says something that means nothing.
    #[error("{}", told(.0))]
    Wrong(Vec<Fault>),
}

fn told(faults: &[Fault]) -> String {
    let told = faults.iter().map(|it| format!("line {} of the settings: {}", it.line, it.what));
    told.collect::<Vec<_>>().join("\n")
}

impl Settings {
    /// The settings in the file; the defaults when there is none.
    ///
    /// # Errors
    /// When the file cannot be read, or says something that means nothing.
    pub fn load(path: &Path) -> Result<Self, SettingsError> {
        let folder = path.parent().unwrap_or_else(|| Path::new(""));
        match fs::read_to_string(path) {
            Ok(text) => Self::parse(&text, folder),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(SettingsError::Read(error)),
        }
    }

    /// The settings in a text; themes of the user's own are looked for in this folder.
    ///
    /// # Errors
    /// Everything in it that means nothing.
    pub fn parse(text: &str, folder: &Path) -> Result<Self, SettingsError> {
        let table = Table::parse(text).map_err(|fault| SettingsError::Wrong(vec![fault]))?;
        let mut entries = table.entries();
        // Own keys change those of the preset, wherever in the file that stands.
        entries.sort_by_key(|entry| entry.name == KEYS);
        let (mut settings, mut faults) = (Self::default(), Vec::new());
        for entry in entries {
            faults.extend(settings.set(&entry, folder).err().unwrap_or_default());
        }
        if faults.is_empty() { Ok(settings) } else { Err(SettingsError::Wrong(faults)) }
    }

    fn set(&mut self, entry: &Entry<'_>, folder: &Path) -> Result<(), Vec<Fault>> {
        match entry.name {
            COLOURS => {
                let colours = entry.table("a table of colours").map_err(|it| vec![it])?;
                let (own, faults) = sorted(colours.iter().map(files::colour));
                self.colours.own = own;
                if faults.is_empty() { Ok(()) } else { Err(faults) }
            }
            KEYS => keys::own(&mut self.keymap, entry),
            name => {
                let known = SETTINGS.iter().find(|setting| setting.name == name);
                let names = SETTINGS.iter().map(|setting| setting.name).chain([COLOURS, KEYS]);
                let setting = known.ok_or_else(|| vec![entry.unknown(names)])?;
                (setting.take)(self, entry, folder).map_err(|fault| vec![fault])
            }
        }
    }
}

/// What could be read, and what is wrong with the rest.
fn sorted<T>(read: impl Iterator<Item = Result<T, Fault>>) -> (Vec<T>, Vec<Fault>) {
    let (mut good, mut faults) = (Vec::new(), Vec::new());
    for it in read {
        match it {
            Ok(it) => good.push(it),
            Err(fault) => faults.push(fault),
        }
    }
    (good, faults)
}

#[cfg(test)]
mod tests;
