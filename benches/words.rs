//! What is asked for behind `cargo bench --`: scales and parts by their names; both bench programs get all the words.

use std::env;

use strum::IntoEnumIterator;
use tutelage::domain::demo::Scale;

/// The words of the command line without its options.
pub struct Words(pub Vec<String>);

impl Words {
    /// What was typed.
    pub fn typed() -> Self {
        Self(env::args().skip(1).filter(|word| !word.starts_with('-')).collect())
    }

    /// The scales that are named; `others` when none is.
    pub fn scales(&self, others: &[Scale]) -> Vec<Scale> {
        let named: Vec<Scale> = Scale::iter().filter(|scale| self.name((*scale).into())).collect();
        if named.is_empty() { others.to_vec() } else { named }
    }

    /// Whether a part is asked for: by its name, or because no part is named at all.
    pub fn ask_for(&self, part: &str) -> bool {
        let is_scale = |word: &String| Scale::iter().any(|scale| word == <&str>::from(scale));
        self.name(part) || self.0.iter().all(is_scale)
    }

    fn name(&self, name: &str) -> bool {
        self.0.iter().any(|word| word == name)
    }
}
