//! From pressed keys to commands: sequences with a pending prefix, and what the next key may be.

use crokey::{KeyCombination, KeyCombinationFormat};
use crossterm::event::KeyModifiers;

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
#[derive(Debug, Clone, Hash)]
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

    /// Gives a command other keys than it has.
    pub fn set(&mut self, command: Command, keys: Vec<Vec<KeyCombination>>) {
        if let Some((_, row)) = self.rows.iter_mut().find(|(row, _)| *row == command) {
            *row = keys;
        }
    }

    /// Wherever two commands want the same keys in one place, or one begins like the other.
    #[must_use]
    pub fn clashes(&self) -> Vec<Clash> {
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
                            let (first, second) = (other.to_vec(), keys.clone());
                            clashes.push(Clash { one: *by, first, other: *command, second });
                        }
                    }
                    seen.push((keys, *command));
                }
            }
        }
        clashes
    }
}

/// Two commands that cannot both have the keys they want.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    /// One of them.
    pub one: Command,
    /// What it wants.
    pub first: Vec<KeyCombination>,
    /// The other.
    pub other: Command,
    /// What that one wants.
    pub second: Vec<KeyCombination>,
}

/// The character that the key would type.
#[must_use]
pub fn printable(key: KeyCombination) -> Option<char> {
    let plain = (key.modifiers - KeyModifiers::SHIFT).is_empty();
    key.is_ansi_compatible().then(|| *key.codes.first()).filter(|_| plain)?.as_char()
}

/// A sequence of keys as the user reads it.
#[must_use]
pub fn sequence(keys: &[KeyCombination]) -> String {
    keys.iter().map(|key| key_name(*key)).collect::<Vec<_>>().join(" ")
}

/// One key as it stands in the settings; a capital is its letter with Shift. None if it means nothing.
#[must_use]
pub fn parse(written: &str) -> Option<KeyCombination> {
    let mut letters = written.chars();
    let capital = letters.next().filter(|c| c.is_uppercase() && letters.next().is_none());
    let shifted = capital.map(|c| format!("shift-{}", c.to_lowercase()));
    crokey::parse(shifted.as_deref().unwrap_or(written)).ok()
}

/// A sequence of keys as it stands in the settings.
#[must_use]
pub fn written(keys: &[KeyCombination]) -> String {
    let name = |key: &KeyCombination| match printable(*key) {
        Some(c) if c != ' ' && c != '-' => c.to_string(),
        _ => key.to_string().to_lowercase(),
    };
    keys.iter().map(name).collect::<Vec<_>>().join(" ")
}

fn key_name(key: KeyCombination) -> String {
    if let Some(c) = printable(key).filter(|c| *c != ' ') {
        return c.to_string();
    }
    let format = KeyCombinationFormat::default().with_implicit_shift();
    let name = format.to_string(key);
    match name.rsplit_once('-') {
        Some((chord, letter)) if letter.chars().count() == 1 => {
            format!("{chord}-{}", letter.to_uppercase())
        }
        _ => name
            .replace("BackTab", "Shift-Tab")
            .replace("PageDown", "PgDn")
            .replace("PageUp", "PgUp"),
    }
}

#[cfg(test)]
mod tests {
    use crokey::key;

    use super::*;
    use crate::app::command::{Field, Global, List, Student};

    fn find(place: Place, keys: &[KeyCombination]) -> Found {
        Keymap::default().find(place, keys, |_| true)
    }

    #[test]
    fn no_key_means_two_things_in_one_place_and_none_begins_another() {
        assert_eq!(Keymap::default().clashes(), Vec::new());
    }

    #[test]
    fn a_sequence_waits_for_its_second_key() {
        assert_eq!(find(Place::Tutees, &[key!(g)]), Found::Prefix);
        assert_eq!(
            find(Place::Tutees, &[key!(g), key!(g)]),
            Found::Command(Command::List(List::First))
        );
        assert_eq!(find(Place::Tutees, &[key!(g), key!(z)]), Found::Nothing);
        let rest = Keymap::default().continuations(Place::Tutees, &[key!(g)]);
        assert!(rest.contains(&("g".to_owned(), Command::List(List::First))), "{rest:?}");
    }

    #[test]
    fn printable_keys_are_typed_where_text_is_typed_and_chords_still_work() {
        assert_eq!(
            find(Place::Tutees, &[key!(m)]),
            Found::Command(Command::Student(Student::Meeting))
        );
        for place in [
            Place::Field,
            Place::FormText,
            Place::Palette,
            Place::Help,
            Place::Writing,
            Place::Find,
        ] {
            assert_eq!(find(place, &[key!(m)]), Found::Nothing);
            assert_eq!(find(place, &[key!('?')]), Found::Nothing);
            assert_eq!(find(place, &[key!(shift - g)]), Found::Nothing);
            assert_eq!(
                find(place, &[key!(ctrl - c)]),
                Found::Command(Command::Global(Global::Leave))
            );
            assert_eq!(find(place, &[key!(f1)]), Found::Command(Command::Global(Global::Help)));
        }
    }

    #[test]
    fn space_chooses_only_where_there_is_a_choice() {
        let keymap = Keymap::default();
        let toggle = Command::Field(Field::Toggle);
        assert_eq!(keymap.find(Place::Field, &[key!(space)], |_| true), Found::Command(toggle));
        assert_eq!(keymap.find(Place::Field, &[key!(space)], |_| false), Found::Nothing);
    }

    #[test]
    fn keys_are_written_as_they_are_pressed() {
        let keymap = Keymap::default();
        assert_eq!(keymap.labels(Command::List(List::First)), "g g, Home");
        assert_eq!(keymap.labels(Command::List(List::Last)), "G, End");
        assert_eq!(keymap.label(Command::Global(Global::Palette), Place::Tutees), ":");
        assert_eq!(keymap.label(Command::Global(Global::Palette), Place::Field), "Ctrl-P");
        assert_eq!(keymap.label(Command::Global(Global::Help), Place::Field), "F1");
        assert_eq!(keymap.label(Command::Field(Field::Toggle), Place::Field), "Space");
    }

    #[test]
    fn own_keys_replace_the_usual_ones() {
        let (mut keymap, meeting) = (Keymap::default(), Command::Student(Student::Meeting));
        keymap.set(meeting, vec![vec![key!(g), key!(x)]]);
        assert_eq!(
            keymap.find(Place::Tutees, &[key!(g), key!(x)], |_| true),
            Found::Command(meeting)
        );
        assert_eq!(keymap.find(Place::Tutees, &[key!(m)], |_| true), Found::Nothing);
        keymap.set(meeting, vec![vec![key!(n)]]);
        let note = Command::Student(Student::Note);
        assert!(keymap.clashes().iter().all(|it| (it.one, it.other) == (meeting, note)));
        assert_ne!(keymap.clashes(), Vec::new());
    }

    #[test]
    fn what_is_written_in_the_settings_is_read_as_the_same_keys() {
        for keys in SPECS.iter().flat_map(|spec| spec.keys) {
            let written = written(keys);
            let read: Vec<_> = written.split(' ').map(|key| parse(key).unwrap()).collect();
            assert_eq!(read, *keys, "{written}");
        }
    }
}
