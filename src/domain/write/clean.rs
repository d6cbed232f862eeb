//! Makes typed, pasted and imported text fit to be kept and shown: no control characters, no overrides
//! of the writing direction, lines ended by LF.

use crate::domain::plain::is_unsafe;

/// Text on one line: every stretch of white space becomes one blank, none at the ends.
#[must_use]
pub fn line(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()) {
        let word: String = word.chars().filter(|c| !is_unsafe(*c)).collect();
        if !word.is_empty() {
            if !clean.is_empty() {
                clean.push(' ');
            }
            clean.push_str(&word);
        }
    }
    clean
}

/// Text of several lines: ends of lines become LF, tabs four blanks; blank lines at both ends go, and
/// blanks at the end of each line.
#[must_use]
pub fn text(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{85}', '\u{2028}', '\u{2029}'], "\n");
    let text = text.replace('\t', "    ");
    let lines = text.split('\n').map(|line| {
        let kept: String = line.chars().filter(|c| !is_unsafe(*c)).collect();
        kept.trim_end().to_owned()
    });
    let lines: Vec<String> = lines.collect();
    let first = lines.iter().position(|line| !line.is_empty());
    let last = lines.iter().rposition(|line| !line.is_empty());
    match (first, last) {
        (Some(first), Some(last)) => {
            lines.get(first..=last).map(|kept| kept.join("\n")).unwrap_or_default()
        }
        _ => String::new(),
    }
}

/// Whether a character would change how other text is shown, and is neither a control character nor the
/// end of a line.
#[must_use]
pub fn is_hostile(c: char) -> bool {
    is_unsafe(c) && !c.is_control() && !matches!(c, '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn control_and_override_characters_are_taken_out() {
        assert_eq!(line("  Aisha\u{1b}[31m\t Rah\u{202e}man\r\n"), "Aisha [31m Rahman");
        assert_eq!(text("\n a\r\nb\t\u{7}c \r\u{2066}d\u{2028}\n"), " a\nb    c\nd");
        assert_eq!(text(" \n\t\n"), "");
    }

    #[test]
    fn joiners_marks_and_wide_characters_stay() {
        for name in ["陈伟", "Zo\u{308}e", "👩‍🔬", "عائشة", "\u{200f}שלום", "🏴\u{e0067}\u{e0062}"]
        {
            assert_eq!(line(name), name);
            assert_eq!(text(name), name);
        }
    }

    proptest! {
        #[test]
        fn clean_text_stays_as_it_is_and_holds_nothing_hostile(raw in any::<String>()) {
            let (one, many) = (line(&raw), text(&raw));
            prop_assert!(!one.chars().any(is_unsafe));
            prop_assert!(!many.chars().any(|c| c != '\n' && is_unsafe(c)));
            prop_assert_eq!(line(&one), one.clone());
            prop_assert_eq!(text(&many), many.clone());
        }
    }
}
