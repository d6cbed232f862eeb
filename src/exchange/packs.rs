//! The policies and letters at hand: those that are built in, and the user's own in their place. Whoever may
//! read files hands their texts in.

use std::collections::BTreeMap;

use super::policy::{self, BUILTIN};
use crate::domain::policy::Policy;

/// Texts of the user's own, by file name without folder.
pub type Texts = BTreeMap<String, String>;

/// Every pack and letter that can be chosen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Packs {
    own: Texts,
    letters: Texts,
}

/// A policy that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// Its short name.
    pub code: String,
    /// The university, or the file that it is in.
    pub name: String,
}

impl Packs {
    /// The built-in packs, with the user's own policies and letters in their place.
    #[must_use]
    pub fn new(policies: Texts, letters: Texts) -> Self {
        Self { own: policies, letters }
    }

    /// The policies that can be chosen, by the name of their university.
    #[must_use]
    pub fn offers(&self) -> Vec<Offer> {
        let built_in = BUILTIN.iter().filter_map(|pack| {
            let name = policy::builtin(pack.code)?.university;
            Some(Offer { code: pack.code.to_owned(), name })
        });
        let own = self.own.keys().filter_map(|file| {
            let code = file.strip_suffix(".toml")?;
            let new = BUILTIN.iter().all(|pack| pack.code != code);
            new.then(|| Offer { code: code.to_owned(), name: format!("{code} (policies/{file})") })
        });
        let mut offers: Vec<Offer> = built_in.chain(own).collect();
        offers.sort_by(|one, other| one.name.cmp(&other.name));
        offers
    }

    /// The policy with this code: the user's own if it is sound, else the built-in one; and what is wrong
    /// with the user's own, in sentences.
    #[must_use]
    pub fn policy(&self, code: &str) -> (Option<Policy>, Vec<String>) {
        let file = format!("{code}.toml");
        let built_in = || policy::builtin(code);
        match self.own.get(&file) {
            _ if code.is_empty() => (None, Vec::new()),
            None if BUILTIN.iter().all(|pack| pack.code != code) => {
                let known: Vec<String> = self.offers().into_iter().map(|it| it.code).collect();
                (None, vec![format!("There is no policy {code}: choose {}.", known.join(", "))])
            }
            None => (built_in(), Vec::new()),
            Some(text) => match policy::read_as(code, text, &format!("policies/{file}")) {
                Ok(policy) => (Some(policy), Vec::new()),
                Err(faults) => (built_in(), faults.iter().map(ToString::to_string).collect()),
            },
        }
    }

    /// The user's own text of a letter, by the file name in its pack.
    #[must_use]
    pub fn letter(&self, file: &str) -> Option<&str> {
        self.letters.get(file).map(String::as_str)
    }
}
