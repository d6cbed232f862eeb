//! From pressed keys to commands: sequences with a pending prefix, and what the next key may be.

use crokey::{KeyCombination, KeyCombinationFormat};
use crossterm::event::{KeyCode, KeyModifiers};

use super::command::{Command, SPECS, Scope};
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
        let row = |spec: &super::command::Spec| {
            (spec.command, spec.keys.iter().map(|keys| keys.to_vec()).collect())
        };
        Self { rows: SPECS.iter().map(row).collect() }
    }
}

impl Keymap {
    /// What the sequence means in the place.
    ///
    /// Where text is typed, a sequence that begins with a printable key means something only in the
    /// innermost scope, and only if `applies` says that its command can do something now.
    #[must_use]
    pub fn find(
        &self,
        place: Place,
        pressed: &[KeyCombination],
        applies: impl Fn(Command) -> bool,
    ) -> Found {
        let typed =
            place.takes_text() && pressed.first().is_some_and(|key| printable(*key).is_some());
        let scopes =
            if typed { place.scopes().get(..1).unwrap_or_default() } else { place.scopes() };
        let mut found = Found::Nothing;
        for (command, sequences) in
            self.rows.iter().filter(|(command, _)| scopes.contains(&Scope::from(*command)))
        {
            for keys in sequences.iter().filter(|keys| keys.starts_with(pressed)) {
                if typed && !applies(*command) {
                    continue;
                }
                if keys.len() == pressed.len() {
                    return Found::Command(*command);
                }
                found = Found::Prefix;
            }
        }
        found
    }

    /// The sequences of a command.
    #[must_use]
    pub fn keys(&self, command: Command) -> &[Vec<KeyCombination>] {
        let row = self.rows.iter().find(|(row, _)| *row == command);
        row.map_or(&[], |(_, keys)| keys.as_slice())
    }

    /// The first sequence of a command as text that can work in the place; empty if there is none.
    #[must_use]
    pub fn label(&self, command: Command, place: Place) -> String {
        let innermost = place.scopes().first() == Some(&Scope::from(command));
        let usable = |keys: &&Vec<KeyCombination>| {
            innermost
                || !place.takes_text()
                || keys.first().is_none_or(|key| printable(*key).is_none())
        };
        self.keys(command).iter().find(usable).map(|keys| sequence(keys)).unwrap_or_default()
    }

    /// All sequences of a command as text, separated by `, `.
    #[must_use]
    pub fn labels(&self, command: Command) -> String {
        self.keys(command).iter().map(|keys| sequence(keys)).collect::<Vec<_>>().join(", ")
    }

    /// What may follow the keys pressed so far: the rest of each sequence, and its command.
    #[must_use]
    pub fn continuations(
        &self,
        place: Place,
        pressed: &[KeyCombination],
    ) -> Vec<(String, Command)> {
        let mut found = Vec::new();
        for (command, sequences) in &self.rows {
            if place.scopes().contains(&Scope::from(*command)) {
                let rests = sequences.iter().filter_map(|keys| keys.strip_prefix(pressed));
                found.extend(
                    rests.filter(|rest| !rest.is_empty()).map(|rest| (sequence(rest), *command)),
                );
            }
        }
        found
    }

    /// The keys with the user's own: command names with their sequences, each key separated by a space.
    ///
    /// # Errors
    /// One sentence for each name or key that means nothing, and for each clash.
    pub fn with(mut self, own: &[(String, Vec<String>)]) -> Result<Self, Vec<String>> {
        let mut errors = Vec::new();
        for (name, sequences) in own {
            let Some(spec) = SPECS.iter().find(|spec| spec.name == name) else {
                errors
                    .push(format!("no command is called {name}; did you mean {}?", nearest(name)));
                continue;
            };
            let mut keys = Vec::new();
            for written in sequences {
                match written.split_whitespace().map(crokey::parse).collect::<Result<Vec<_>, _>>() {
                    Ok(sequence) if !sequence.is_empty() => keys.push(sequence),
                    Ok(_) | Err(_) => errors.push(format!("{name}: {written:?} is not a key")),
                }
            }
            if let Some(row) = self.rows.iter_mut().find(|(command, _)| *command == spec.command) {
                row.1 = keys;
            }
        }
        errors.extend(self.clashes());
        if errors.is_empty() { Ok(self) } else { Err(errors) }
    }

    /// One sentence for each place in which two commands want the same keys, or one begins like the other.
    #[must_use]
    pub fn clashes(&self) -> Vec<String> {
        let mut clashes = Vec::new();
        for place in <Place as strum::VariantArray>::VARIANTS {
            let mut seen: Vec<(&[KeyCombination], Command)> = Vec::new();
            for (command, sequences) in &self.rows {
                if !place.scopes().contains(&Scope::from(*command)) {
                    continue;
                }
                for keys in sequences {
                    for (other, by) in &seen {
                        if other.starts_with(keys) || keys.starts_with(other) {
                            clashes.push(format!(
                                "{}: {by:?} and {command:?} in {place:?}",
                                sequence(keys)
                            ));
                        }
                    }
                    seen.push((keys, *command));
                }
            }
        }
        clashes
    }
}

/// The command name that looks most like a wrong one.
fn nearest(name: &str) -> &'static str {
    let shared = |other: &str| other.chars().filter(|c| name.contains(*c)).count();
    let near = |spec: &&super::command::Spec| {
        let start = spec.name.chars().zip(name.chars()).take_while(|(a, b)| a == b).count();
        (start, shared(spec.name), usize::MAX - spec.name.len())
    };
    SPECS.iter().max_by_key(near).map_or("", |spec| spec.name)
}

/// The character that the key would type.
#[must_use]
pub fn printable(key: KeyCombination) -> Option<char> {
    let plain = (key.modifiers - KeyModifiers::SHIFT).is_empty();
    match key.codes {
        crokey::OneToThree::One(KeyCode::Char(c)) if plain => Some(c),
        _ => None,
    }
}

/// A sequence of keys as the user reads it.
#[must_use]
pub fn sequence(keys: &[KeyCombination]) -> String {
    keys.iter().map(|key| key_name(*key)).collect::<Vec<_>>().join(" ")
}

fn key_name(key: KeyCombination) -> String {
    if let Some(c) = printable(key).filter(|c| *c != ' ') {
        return c.to_string();
    }
    let format = KeyCombinationFormat::default().with_implicit_shift();
    format
        .to_string(key)
        .replace("BackTab", "Shift-Tab")
        .replace("PageDown", "PgDn")
        .replace("PageUp", "PgUp")
}
