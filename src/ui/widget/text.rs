//! Text for cells: safe to show, cut by columns and never inside a character.

use std::borrow::Cow;
use std::iter::repeat_n;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::domain::plain;

/// How many columns the text takes.
#[must_use]
pub fn columns(text: &str) -> usize {
    if is_plain(text) { text.len() } else { text.width() }
}

/// Whether every byte is a letter of one column that joins with nothing.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

/// The text, safe to show, in at most so many columns; what does not fit ends in `…`.
#[must_use]
pub fn fit(text: &str, width: usize) -> Cow<'_, str> {
    let text = if is_plain(text) { Cow::Borrowed(text) } else { plain::shown(text) };
    if columns(&text) <= width {
        return text;
    }
    let mut kept = head(&text, width.saturating_sub(1)).to_owned();
    if width > 0 {
        kept.push('…');
    }
    Cow::Owned(kept)
}

/// The same, filled with spaces to exactly so many columns.
#[must_use]
pub fn fit_left(text: &str, width: usize) -> String {
    let mut kept = fit(text, width).into_owned();
    kept.extend(repeat_n(' ', width.saturating_sub(columns(&kept))));
    kept
}

/// The same, at the right end of its columns.
#[must_use]
pub fn fit_right(text: &str, width: usize) -> String {
    let kept = fit(text, width);
    let gap = repeat_n(' ', width.saturating_sub(columns(&kept)));
    gap.chain(kept.chars()).collect()
}

/// The beginning of the text that takes at most so many columns.
#[must_use]
pub fn head(text: &str, width: usize) -> &str {
    if is_plain(text) {
        return text.get(..width).unwrap_or(text);
    }
    let (mut end, mut used) = (0, 0);
    for (at, whole) in text.grapheme_indices(true) {
        used += whole.width();
        if used > width {
            break;
        }
        end = at + whole.len();
    }
    text.get(..end).unwrap_or_default()
}

/// The text without its first columns; a wide character that is cut in half leaves a space.
#[must_use]
pub fn tail(text: &str, skip: usize) -> String {
    let mut used = 0;
    let mut kept = String::new();
    for whole in text.graphemes(true) {
        let next = used + whole.width();
        if used >= skip {
            kept.push_str(whole);
        } else if next > skip {
            kept.push(' ');
        }
        used = next;
    }
    kept
}

/// The text, safe to show, broken at words into lines of at most so many columns.
#[must_use]
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let lines = text.split('\n').map(plain::shown);
    lines.flat_map(|line| wrap_line(&line, width.max(1))).collect()
}

fn wrap_line(line: &str, width: usize) -> Vec<String> {
    let options = textwrap::Options::new(width).break_words(false);
    let broken = textwrap::wrap(line, options.wrap_algorithm(textwrap::WrapAlgorithm::FirstFit));
    let mut lines = Vec::new();
    for piece in broken {
        let mut rest: &str = &piece;
        while columns(rest) > width {
            let first = rest.graphemes(true).next().unwrap_or_default();
            let kept = Some(head(rest, width)).filter(|kept| !kept.is_empty()).unwrap_or(first);
            lines.push(kept.to_owned());
            rest = rest.get(kept.len()..).unwrap_or_default();
        }
        lines.push(rest.to_owned());
    }
    lines
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_cut_never_splits_a_wide_character() {
        assert_eq!(fit("陈伟 Chen Wei", 4), "陈…");
        assert_eq!(fit_left("陈伟", 3), "陈…");
        assert_eq!(fit_left("陈伟", 4), "陈伟");
        assert_eq!(fit_right("ab", 4), "  ab");
        assert_eq!(fit("abc", 0), "");
        assert_eq!(tail("陈伟", 1), " 伟");
    }

    #[test]
    fn control_characters_never_pass() {
        assert_eq!(fit("a\u{1b}[2J\tb\nc", 20), "a·[2J b·c");
    }

    #[test]
    fn words_stay_whole_where_they_can() {
        assert_eq!(
            wrap("feedback on first coursework\n\nwell", 12),
            ["feedback on", "first", "coursework", "", "well"]
        );
        assert_eq!(wrap("陈伟陈伟", 3), ["陈", "伟", "陈", "伟"]);
    }

    proptest! {
        #[test]
        fn what_is_cut_fits_and_is_safe(text in any::<String>(), width in 0usize..20) {
            let kept = fit(&text, width);
            prop_assert!(kept.width() <= width);
            prop_assert_eq!(columns(&text), text.width());
            prop_assert!(!kept.chars().any(plain::is_unsafe));
            prop_assert_eq!(fit_left(&text, width).width(), width);
            for line in wrap(&text, width.max(2)) {
                prop_assert!(line.width() <= width.max(2) || line.graphemes(true).count() == 1, "{line:?}");
            }
        }
    }
}
