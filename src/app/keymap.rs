//! From pressed keys to commands: sequences with a pending prefix, and what the next key may be.

use crokey::KeyCombination;

use super::command::{Command, SPECS};
use super::place::Place;

/// What the keys pressed so far mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// The command is complete.
    Command(Command),
    /// The keys begin a longer sequence.
    Prefix,
    /// Nothing begins like this.
    Nothing,
}

/// The keys of every command.
#[derive(Debug, Clone)]
pub struct Keymap {
    rows: Vec<(Command, Vec<Vec<KeyCombination>>)>,
}

impl Default for Keymap {
    fn default() -> Self {
        let keys =
            |spec: &super::command::Spec| spec.keys.iter().map(|keys| keys.to_vec()).collect();
        Self { rows: SPECS.iter().map(|spec| (spec.command, keys(spec))).collect() }
    }
}

impl Keymap {
    /// What the sequence means in the place.
    #[must_use]
    pub fn find(&self, place: Place, pressed: &[KeyCombination]) -> Found {
        let mut found = Found::Nothing;
        for scope in place.scopes() {
            let rows =
                self.rows.iter().filter(|(command, _)| super::Scope::from(*command) == *scope);
            for (command, sequences) in rows {
                for keys in sequences {
                    if keys == pressed {
                        return Found::Command(*command);
                    }
                    if keys.starts_with(pressed) {
                        found = Found::Prefix;
                    }
                }
            }
        }
        found
    }
}
