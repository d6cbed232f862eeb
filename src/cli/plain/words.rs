//! Words instead of signs: what is printed holds ASCII alone but for what people have written themselves.

use crate::domain::plain;

/// Signs of our own texts, and what is printed for them.
const SIGNS: &[(&str, &str)] = &[
    ("✓ ", ""),
    (" · ", ", "),
    ("·", "-"),
    (" → ", " to "),
    ("→", " to "),
    ("…", "..."),
    ("–", "-"),
    ("—", "-"),
    ("‘", "'"),
    ("’", "'"),
    ("“", "\""),
    ("”", "\""),
    ("×", "x"),
    ("\u{a0}", " "),
];

/// A line as it is printed: no control character, no sign of ours.
#[must_use]
pub fn said(text: &str) -> String {
    let mut text = plain::shown(text).into_owned();
    if !text.is_ascii() {
        for (sign, words) in SIGNS {
            text = text.replace(sign, words);
        }
    }
    text
}

/// The same with a capital at the start.
#[must_use]
pub fn sentence(text: &str) -> String {
    let text = said(text);
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_uppercase().collect::<String>());
    first.map_or_else(String::new, |first| first + letters.as_str())
}

/// `1 note`, `2 notes`.
#[must_use]
pub fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_become_words_and_names_stay() {
        assert_eq!(sentence("✓ saved 14:02"), "Saved 14:02");
        assert_eq!(said("Note · Zoë Łukasiewicz"), "Note, Zoë Łukasiewicz");
        assert_eq!(said("level: 4 → 5"), "level: 4 to 5");
        assert_eq!(said("“Undo” can’t … 9–11"), "\"Undo\" can't ... 9-11");
    }

    #[test]
    fn no_control_character_is_printed() {
        assert!(!said("a\u{1b}[31mb\u{7}").contains(['\u{1b}', '\u{7}']));
    }
}
