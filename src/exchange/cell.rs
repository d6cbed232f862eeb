//! One cell as text: what is no letter is taken out and told, what stands for nothing is nothing.

use std::borrow::Cow;

use crate::domain::write::clean::is_hostile;

/// Text of a cell, and whether something invisible was taken out of it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Clean<'a> {
    pub text: Cow<'a, str>,
    pub stripped: bool,
}

/// Takes control characters, hidden marks and overrides of the writing direction out of a text, and makes
/// every run of blanks with a line end or tab one blank. Everything else stays letter by letter.
pub(super) fn clean(cell: &str) -> Clean<'_> {
    if !cell.chars().any(|letter| is_hidden(letter) || is_break(letter)) {
        return Clean { text: Cow::Borrowed(cell.trim()), stripped: false };
    }
    let stripped = cell.chars().any(is_hidden);
    let visible: String = cell.chars().filter(|letter| !is_hidden(*letter)).collect();
    let mut text = String::with_capacity(visible.len());
    for part in visible.split(is_break).map(str::trim).filter(|part| !part.is_empty()) {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(part);
    }
    Clean { text: Cow::Owned(text), stripped }
}

fn is_break(letter: char) -> bool {
    matches!(letter, '\n' | '\r' | '\t' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Letters that a terminal, or the direction of the text around, would obey instead of show.
fn is_hidden(letter: char) -> bool {
    (letter.is_control() && !is_break(letter))
        || is_hostile(letter)
        || matches!(letter, '\u{200B}' | '\u{2060}'..='\u{2064}')
}

/// The text of a cell of printable ASCII that begins like none of the texts below: nearly all do, and there are half a
/// million of them.
pub(super) fn plain(cell: &str) -> Option<&str> {
    let odd = |first: u8| {
        matches!(first, b'x' | b'X' | b'n' | b'N' | b'u' | b'U') || !first.is_ascii_alphanumeric()
    };
    // To the end in any case: then it takes many letters at a time.
    let printable = cell.bytes().fold(true, |all, byte| all & (b' '..0x7F).contains(&byte));
    let text = cell.trim_ascii();
    (printable && !text.bytes().next().is_some_and(odd)).then_some(text)
}

/// A cell that was masked before the list was handed out: `xxxxxxxx`, `****`.
pub(super) fn is_masked(text: &str) -> bool {
    let mut letters = text.bytes();
    let Some(first) = letters.next() else { return false };
    matches!(first, b'x' | b'X' | b'*' | b'#')
        && text.len() >= 3
        && letters.all(|letter| letter == first)
}

/// What programs write for nothing. `Null` and `None` are family names as well, so they are not here.
pub(super) fn is_nothing(text: &str) -> bool {
    matches!(text, "" | "-" | "–" | "—")
}

/// The same in columns that hold no names.
pub(super) fn is_no_value(text: &str) -> bool {
    const WORDS: [&str; 9] =
        ["n/a", "na", "null", "(null)", "none", "nil", "unknown", "not known", "not set"];
    is_nothing(text) || WORDS.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// An error that a spreadsheet shows in place of a value.
pub(super) fn is_error(text: &str) -> bool {
    matches!(
        text,
        "#N/A" | "#REF!" | "#VALUE!" | "#NAME?" | "#DIV/0!" | "#NULL!" | "#NUM!" | "#GETTING_DATA"
    )
}

/// Takes off what people put around a number so that spreadsheets keep its zeros: `="007"` and `'007`.
pub(super) fn unguarded(text: &str) -> &str {
    let inner = text.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
    inner.unwrap_or_else(|| text.strip_prefix('\'').unwrap_or(text)).trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cleaned(cell: &str) -> (String, bool) {
        let clean = clean(cell);
        (clean.text.into_owned(), clean.stripped)
    }

    #[test]
    fn ordinary_text_stays_as_it_is() {
        for text in ["Zoë  O’Brien", "陈伟", "مُنذر", "👩‍👩‍👧 x", "e\u{301}", "\u{200F}عالم"]
        {
            assert_eq!(cleaned(text), (text.to_owned(), false));
        }
    }

    #[test]
    fn control_characters_and_overrides_are_taken_out_and_told() {
        assert_eq!(cleaned("Ai\u{1b}sha\u{202E}x"), ("Aishax".to_owned(), true));
        assert_eq!(cleaned("\u{FEFF}A\u{7}"), ("A".to_owned(), true));
    }

    #[test]
    fn line_ends_become_one_blank() {
        assert_eq!(cleaned(" Aisha \n\t Rahman\r\n"), ("Aisha Rahman".to_owned(), false));
        for end in ["\u{2028}", "\u{2029}", "\u{85}", "\u{b}", "\u{c}", " \u{2028}\u{3000}\r "] {
            assert_eq!(cleaned(&format!("\u{2d7f}{end}0")), ("\u{2d7f} 0".to_owned(), false));
        }
    }

    #[test]
    fn masks_and_marks_for_nothing_are_known() {
        assert!(is_masked("xxxxxxxx") && is_masked("***") && !is_masked("Xx") && !is_masked("xxy"));
        assert!(is_nothing("-") && !is_nothing("Null") && is_no_value("NULL"));
        assert_eq!(
            (unguarded("=\"007\""), unguarded("'007"), unguarded("007")),
            ("007", "007", "007")
        );
    }
}
