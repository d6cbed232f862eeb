//! Keys as a user writes them: presets as files, and the user's own over one of them.

use crokey::KeyCombination;

use super::sorted;
use crate::{
    app::{
        Command, Keymap, SPECS, Spec,
        keymap::{Clash, parse, sequence},
    },
    exchange::options::{Entry, Fault, Table, nearest, unknown},
};

/// The keys of the table of commands, as they are.
const USUAL: &str = "usual";

/// The other presets, each as a table of keys over the usual ones.
const PRESETS: &[(&str, &str)] = &[
    ("vim", include_str!("../../../assets/keys/vim.toml")),
    ("plain", include_str!("../../../assets/keys/plain.toml")),
];

/// What a chord is written with, for the hint of what was perhaps meant.
const NAMES: &[&str] = &[
    "alt",
    "backspace",
    "backtab",
    "ctrl",
    "delete",
    "down",
    "end",
    "enter",
    "esc",
    "f1",
    "f2",
    "f3",
    "f4",
    "f5",
    "f6",
    "f7",
    "f8",
    "f9",
    "f10",
    "f11",
    "f12",
    "home",
    "insert",
    "left",
    "pagedown",
    "pageup",
    "right",
    "shift",
    "space",
    "tab",
    "up",
];

/// The keys of the preset that the entry names.
///
/// # Errors
/// When there is none of this name.
pub fn preset(entry: &Entry<'_>) -> Result<Keymap, Fault> {
    let name = entry.text("the name of a preset in quotes")?;
    if name == USUAL {
        return Ok(Keymap::default());
    }
    let Some((_, text)) = PRESETS.iter().find(|(other, _)| *other == name) else {
        let names = PRESETS.iter().map(|(name, _)| *name).chain([USUAL]);
        return Err(entry.fault(unknown(name, names)));
    };
    let mut keymap = Keymap::default();
    for entry in Table::parse(text)?.entries() {
        let (command, keys) = read(&entry)?;
        keymap.set(command, keys);
    }
    Ok(keymap)
}

/// Puts the user's own keys over those of the preset.
///
/// # Errors
/// Everything that means nothing, and what cannot be had at the same time.
pub fn own(keymap: &mut Keymap, entry: &Entry<'_>) -> Result<(), Vec<Fault>> {
    let entries = entry.table("a table of commands").map_err(|fault| vec![fault])?;
    let (own, mut faults) = sorted(entries.iter().map(|entry| Ok((read(entry)?, entry))));
    for ((command, keys), _) in &own {
        keymap.set(*command, keys.clone());
    }
    for clash in keymap.clashes() {
        let wanted = [clash.one, clash.other];
        let at = own.iter().rev().find(|((command, _), _)| wanted.contains(command));
        let fault = at.map_or(entry, |(_, entry)| entry).fault(clashing(&clash));
        // One for each line will do: a prefix clashes with all that begins with it.
        if faults.iter().all(|told| told.line != fault.line) {
            faults.push(fault);
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(faults) }
}

fn clashing(clash: &Clash) -> String {
    let name = |command| Spec::of(command).map_or("", |spec| spec.name);
    let (one, other) = (name(clash.one), name(clash.other));
    if clash.first == clash.second {
        return format!("{} cannot be both {one} and {other}", sequence(&clash.first));
    }
    let (first, second) = (sequence(&clash.first), sequence(&clash.second));
    format!("{first} for {one} and {second} for {other} begin alike")
}

/// A command and the sequences that start it.
fn read(entry: &Entry<'_>) -> Result<(Command, Vec<Vec<KeyCombination>>), Fault> {
    let spec = SPECS.iter().find(|spec| spec.name == entry.name);
    let spec = spec.ok_or_else(|| entry.unknown(SPECS.iter().map(|spec| spec.name)))?;
    let written = entry.texts("a key in quotes, or a list of them")?;
    let keys = written.iter().map(|keys| {
        let keys: Vec<_> =
            keys.split_whitespace().map(|key| chord(entry, key)).collect::<Result<_, _>>()?;
        if keys.is_empty() {
            Err(entry.fault("a key is missing between the quotes".into()))
        } else {
            Ok(keys)
        }
    });
    Ok((spec.command, keys.collect::<Result<_, _>>()?))
}

fn chord(entry: &Entry<'_>, written: &str) -> Result<KeyCombination, Fault> {
    parse(written).ok_or_else(|| {
        let lower = written.to_lowercase();
        let wrong = lower.split('-').find(|it| it.chars().count() > 1 && !NAMES.contains(it));
        let near = wrong.and_then(|it| nearest(it, NAMES.iter().copied()));
        let hint = near.map_or_else(String::new, |near| format!("; did you mean \"{near}\"?"));
        entry.fault(format!("{written} is not a key{hint}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_preset_can_be_read_and_wants_no_key_twice() {
        for (name, _) in PRESETS {
            let text = format!("keys_preset = \"{name}\"");
            let table = Table::parse(&text).unwrap();
            let keymap = preset(&table.entries()[0]).unwrap();
            assert_eq!(
                keymap.clashes().iter().map(clashing).collect::<Vec<_>>(),
                Vec::<String>::new()
            );
        }
    }

    #[test]
    fn the_plain_preset_moves_without_letters() {
        use crate::app::{command::List, keymap::printable};
        let table = Table::parse("keys_preset = \"plain\"").unwrap();
        let keymap = preset(&table.entries()[0]).unwrap();
        let lists = <List as strum::VariantArray>::VARIANTS.iter().map(|it| Command::List(*it));
        for command in lists {
            let keys = keymap.keys(command).iter().flatten();
            assert!(
                keys.clone().count() > 0 && keys.into_iter().all(|key| printable(*key).is_none())
            );
        }
    }
}
