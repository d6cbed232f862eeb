//! Plain text: what a person may type or paste, and what may reach a screen.

use std::borrow::Cow;

/// Whether the character could move the cursor, ring the bell or turn the reading direction round.
///
/// Joiners that build emoji and Indic letters are safe; line breaks and tabs are not, a screen has its own.
#[must_use]
pub fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{2028}' | '\u{2029}')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
        || matches!(c, '\u{fdd0}'..='\u{fdef}')
}

/// Text of several lines as it is kept: LF line ends and tabs, nothing else that is unsafe.
#[must_use]
pub fn lines(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| c != '\n' && c != '\t' && is_unsafe(c)) {
        return Cow::Borrowed(text);
    }
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}', '\u{85}'], "\n");
    Cow::Owned(text.chars().filter(|c| matches!(c, '\n' | '\t') || !is_unsafe(*c)).collect())
}

/// Text of one line as it is kept: line ends and tabs become spaces, all else that is unsafe goes.
#[must_use]
pub fn line(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_unsafe) {
        return Cow::Borrowed(text);
    }
    let text = lines(text.trim_end_matches(['\r', '\n'])).replace(['\n', '\t'], " ");
    Cow::Owned(text)
}

/// Text for the screen: each unsafe character shows as `·`, so that its presence is seen and does nothing.
#[must_use]
pub fn shown(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_unsafe) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(
        text.chars()
            .map(|c| {
                if c == '\t' {
                    ' '
                } else if is_unsafe(c) {
                    '·'
                } else {
                    c
                }
            })
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_end_becomes_one_newline() {
        assert_eq!(lines("a\r\nb\rc\nd\u{2028}e"), "a\nb\nc\nd\ne");
    }

    #[test]
    fn control_and_direction_characters_are_dropped_and_joiners_stay() {
        assert_eq!(lines("a\u{1b}[31mb\u{202e}c\u{0}\u{9b}"), "a[31mbc");
        assert_eq!(lines("👨\u{200d}👩\u{200d}👧\tx"), "👨\u{200d}👩\u{200d}👧\tx");
    }

    #[test]
    fn one_line_stays_one_line() {
        assert_eq!(line("Aisha\r\nRahman\n"), "Aisha Rahman");
    }

    #[test]
    fn what_is_unsafe_shows_as_a_dot() {
        assert_eq!(shown("a\u{7}\tb"), "a· b");
    }
}
