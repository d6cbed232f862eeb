//! Enums that a tutor chooses from: each value has a code for storage and words for the screen.

use strum::IntoEnumIterator;

/// A closed choice: explicit codes, only ever appended, and the words that screens and files use.
pub trait Choice: Copy + Eq + IntoEnumIterator {
    /// The stored code. Never reused, never changed.
    fn code(self) -> u8;

    /// The words a tutor reads.
    fn words(self) -> &'static str;

    /// The value with this code, if this version knows it.
    #[must_use]
    fn from_code(code: u8) -> Option<Self> {
        Self::iter().find(|choice| choice.code() == code)
    }

    /// The value whose words these are, in any case, or which they begin when only one does.
    #[must_use]
    fn from_words(text: &str) -> Option<Self> {
        let text = text.trim().to_lowercase();
        let exact = Self::iter().find(|choice| choice.words().to_lowercase() == text);
        let mut starts = Self::iter().filter(|c| c.words().to_lowercase().starts_with(&text));
        exact.or_else(|| match (starts.next(), starts.next()) {
            (Some(only), None) if !text.is_empty() => Some(only),
            _ => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::domain::{contact, flag, meeting, note, student, tutor};

    fn sound<C: Choice + std::fmt::Debug>() {
        let codes: HashSet<u8> = C::iter().map(C::code).collect();
        let words: HashSet<&str> = C::iter().map(C::words).collect();
        assert_eq!((codes.len(), words.len()), (C::iter().count(), C::iter().count()));
        for choice in C::iter() {
            assert_eq!(C::from_code(choice.code()), Some(choice));
            assert_eq!(C::from_words(choice.words()), Some(choice));
        }
    }

    #[test]
    fn every_choice_is_found_again_by_its_code_and_its_words() {
        sound::<student::Mode>();
        sound::<student::KindOfStudy>();
        sound::<student::Status>();
        sound::<tutor::Role>();
        sound::<meeting::Mode>();
        sound::<meeting::Outcome>();
        sound::<contact::Channel>();
        sound::<contact::Reply>();
        sound::<note::Confidentiality>();
        sound::<note::NotePart>();
        sound::<flag::FlagKind>();
        sound::<flag::Urgency>();
        sound::<crate::domain::action::Owner>();
        sound::<crate::domain::consent::HowGiven>();
        sound::<crate::domain::ladder::LadderEnd>();
        sound::<crate::domain::disclosure::Basis>();
        sound::<crate::domain::training::Course>();
    }
}
