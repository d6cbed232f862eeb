//! Policy packs: TOML to [`Policy`], with every fault told by file, line and field. The built-in packs are part of
//! the program; a pack in a profile is read by the same function.
//!
//! A pack is read in three steps, each of which tells all that it finds: `source` (is it TOML, and where is what),
//! `schema` (is every field known and of its kind), `meaning` (does it make sense as a whole).

use std::fmt;

use crate::domain::policy::Policy;

mod meaning;
mod schema;
mod sentence;
pub(super) mod source;

use source::Source;

/// A pack that comes with the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pack {
    /// Its short name: `ljmu`.
    pub code: &'static str,
    /// The file as it was written, comments and all.
    pub text: &'static str,
}

impl Pack {
    /// What its file is called: `ljmu.toml`.
    #[must_use]
    pub fn file(&self) -> String {
        format!("{}.toml", self.code)
    }
}

/// The packs of the program, in the order in which they are offered.
pub const BUILTIN: &[Pack] = &[
    Pack { code: "leicester", text: include_str!("../../assets/policies/leicester.toml") },
    Pack { code: "ljmu", text: include_str!("../../assets/policies/ljmu.toml") },
    Pack { code: "essex", text: include_str!("../../assets/policies/essex.toml") },
    Pack { code: "leeds", text: include_str!("../../assets/policies/leeds.toml") },
    Pack { code: "westminster", text: include_str!("../../assets/policies/westminster.toml") },
];

/// A pack to start from: one rule of each kind, with comments. It is a policy of no university.
pub const EXAMPLE: &str = include_str!("../../assets/policies/example.toml");

/// The most bytes that a pack may have.
pub const LARGEST: usize = 1024 * 1024;

/// What is wrong with a pack, and where. It may quote the pack, which holds nothing about a person.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Fault {
    /// The file, as it was named to [`read`].
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// The rule that it is in: `duty "first-review"`; empty if in none.
    pub rule: String,
    /// The field, with those that hold it: `what.slot.format`; empty if it is about the rule or the whole file.
    pub field: String,
    /// What is wrong, and what may stand there.
    pub message: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, line {}", self.file, self.line)?;
        if !self.rule.is_empty() {
            write!(f, ", {}", self.rule)?;
        }
        if !self.field.is_empty() {
            write!(f, ", field \"{}\"", self.field)?;
        }
        write!(f, ": {}", self.message)
    }
}

/// The built-in pack with this code, in any case.
#[must_use]
pub fn pack(code: &str) -> Option<&'static Pack> {
    BUILTIN.iter().find(|pack| pack.code.eq_ignore_ascii_case(code))
}

/// The policy of a built-in pack.
#[must_use]
pub fn builtin(code: &str) -> Option<Policy> {
    let pack = pack(code)?;
    read(pack.text, &pack.file()).ok()
}

/// The policy that a text describes. `file` is what faults call it.
///
/// # Errors
/// Everything that is wrong with it, in the order of its lines; never empty.
pub fn read(text: &str, file: &str) -> Result<Policy, Vec<Fault>> {
    let source = Source::parse(text, file)?;
    let policy = schema::read(&source)?;
    let mut faults = meaning::check(&policy, &source);
    if faults.is_empty() {
        return Ok(policy);
    }
    faults.sort_by_key(|fault| (fault.line, fault.column));
    Err(faults)
}

/// The same for a file that is found by the code of its policy, which must therefore be `code`.
///
/// # Errors
/// Everything that is wrong with it; never empty.
pub fn read_as(code: &str, text: &str, file: &str) -> Result<Policy, Vec<Fault>> {
    let policy = read(text, file)?;
    if policy.code == code {
        return Ok(policy);
    }
    let message = format!("\"{}\" is not what the file is called; it can be {code}", policy.code);
    Err(vec![Source::parse(text, file)?.fault_at("code", message)])
}

/// The policy that the bytes of a file describe, which must be UTF-8.
///
/// # Errors
/// Everything that is wrong with it; never empty.
pub fn read_bytes(bytes: &[u8], file: &str) -> Result<Policy, Vec<Fault>> {
    read(source::utf8(bytes, file)?, file)
}

#[cfg(test)]
mod tests;
