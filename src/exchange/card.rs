//! Score cards: TOML to [`Card`], with every fault told by line and field, as policy packs are read.
//!
//! A card that would reward missing work, or a worse mark, is refused.

use serde::Deserialize;
use toml::{
    Spanned,
    de::{DeValue, ValueDeserializer},
};

use super::policy::{
    Fault,
    source::{self, Source},
};
use crate::domain::score::Card;

mod check;
pub mod numbers;
pub mod write;

pub use numbers::in_use;

/// A card of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Builtin {
    /// What it is called.
    pub name: &'static str,
    /// What faults call it.
    pub file: &'static str,
    /// The card as it was written, comments and all.
    pub text: &'static str,
}

impl Builtin {
    /// The card itself.
    ///
    /// # Errors
    /// Never, unless the program was built with a faulty card.
    pub fn card(&self) -> Result<Card, Vec<Fault>> {
        read(self.text, self.file)
    }
}

/// The cards of the program, the oldest first.
pub const BUILTIN: &[Builtin] = &[
    Builtin {
        name: "points v1",
        file: "points-v1.toml",
        text: include_str!("../../assets/cards/points-v1.toml"),
    },
    Builtin {
        name: "points v2",
        file: "points-v2.toml",
        text: include_str!("../../assets/cards/points-v2.toml"),
    },
];

/// The name of the card that is used where none is chosen.
pub const DEFAULT: &str = "points v1";

/// The card of the program that has this name.
#[must_use]
pub fn builtin(name: &str) -> Option<Card> {
    BUILTIN.iter().find(|card| card.name == name)?.card().ok()
}

/// The card that is used where none is chosen.
#[must_use]
pub fn default_card() -> Option<Card> {
    builtin(DEFAULT)
}

/// The card that a text describes. `file` is what faults call it.
///
/// # Errors
/// Everything that is wrong with it, in the order of its lines; never empty.
pub fn read(text: &str, file: &str) -> Result<Card, Vec<Fault>> {
    let source = Source::parse(text, file)?;
    let table = source.table().clone();
    let whole = Spanned::new(table.span(), DeValue::Table(table.into_inner()));
    let card = Card::deserialize(ValueDeserializer::from(whole))
        .map_err(|error| vec![source.fault_in(&error, &[])])?;
    let faults = check::faults(&card, &source);
    if faults.is_empty() { Ok(card) } else { Err(faults) }
}

/// The same from the bytes of a file, which must be UTF-8.
///
/// # Errors
/// Everything that is wrong with it; never empty.
pub fn read_bytes(bytes: &[u8], file: &str) -> Result<Card, Vec<Fault>> {
    read(source::utf8(bytes, file)?, file)
}

#[cfg(test)]
mod tests;
