//! Every demand of a policy's document, where the program meets it and how that is tested.

use serde::{Deserialize, Serialize};

/// One demand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Item {
    /// Its number in the list of demands; a number stands more than once where its demands differ in class.
    pub number: u8,
    /// The clauses it comes from.
    pub clauses: Vec<String>,
    /// What it asks, in one line.
    pub asks: String,
    /// What the program does about it.
    pub class: Class,
    /// Where it lives: `duty first-review`, `letter summary`, `field pronouns`.
    #[serde(default)]
    pub lives: Vec<String>,
    /// The tests that show it, by name.
    #[serde(default)]
    pub tests: Vec<String>,
    /// What waits, and for what; empty if nothing does.
    #[serde(default)]
    pub later: String,
}

/// What the program does about a demand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Class {
    /// It does it.
    #[serde(rename = "a")]
    Does,
    /// It can only give evidence.
    #[serde(rename = "a/b")]
    Evidences,
    /// It is for people alone.
    #[serde(rename = "b")]
    People,
}
