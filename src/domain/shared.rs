//! Texts that many records have in common, such as a place or a programme: in memory each stands once.

use std::{collections::HashSet, fmt, ops::Deref, sync::Arc};

use serde::{Deserialize, Serialize};

use super::record::Record;

/// A text that other records may have as well.
#[derive(Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Shared(Arc<str>);

impl Deref for Shared {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self)
    }
}

/// Never content.
impl fmt::Debug for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

impl From<&str> for Shared {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl From<String> for Shared {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl From<Shared> for String {
    fn from(text: Shared) -> Self {
        (*text.0).into()
    }
}

impl PartialEq<str> for Shared {
    fn eq(&self, other: &str) -> bool {
        **self == *other
    }
}

impl PartialEq<String> for Shared {
    fn eq(&self, other: &String) -> bool {
        **self == **other
    }
}

impl PartialEq<&str> for Shared {
    fn eq(&self, other: &&str) -> bool {
        **self == **other
    }
}

/// The texts that records share.
#[derive(Clone, Default)]
pub(super) struct Texts(HashSet<Shared>);

/// Which texts are shared says nothing about records.
impl PartialEq for Texts {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Texts {}

impl Texts {
    /// Lets a record share its texts with the others.
    pub(super) fn share_in(&mut self, record: &mut Record) {
        if let Record::Meeting(it) = record {
            self.share([&mut it.place, &mut it.focus]);
        } else if let Record::Enrolment(it) = record {
            self.share([&mut it.programme, &mut it.programme_code, &mut it.school]);
            self.share([&mut it.second_discipline, &mut it.sequence]);
        }
    }

    /// Puts the one that is known in the place of its equals.
    fn share<const N: usize>(&mut self, texts: [&mut Shared; N]) {
        for text in texts {
            match self.0.get(text) {
                Some(known) => *text = known.clone(),
                None => _ = self.0.insert(text.clone()),
            }
        }
    }

    /// Forgets what no record has any more.
    pub(super) fn forget(&mut self) {
        self.0.retain(|text| Arc::strong_count(&text.0) > 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_texts_stand_in_memory_once_until_nobody_has_them() {
        let mut texts = Texts::default();
        let (mut one, mut other) = (Shared::from("Room 2.14"), Shared::from("Room 2.14"));
        texts.share([&mut one, &mut other]);
        assert!(Arc::ptr_eq(&one.0, &other.0));
        drop((one, other));
        texts.forget();
        assert!(texts.0.is_empty());
    }
}
