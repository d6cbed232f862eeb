//! Folding: text without case and accents, so that `Zoe` finds `Zoë` and `o'connor` finds `O’Connor`.

use std::borrow::Cow;
use std::ops::Range;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The text in lower case, without accents, with plain quotes and dashes.
#[must_use]
pub fn fold(text: &str) -> Cow<'_, str> {
    if !text.is_ascii() {
        let mut folded = String::with_capacity(text.len());
        text.chars().for_each(|c| fold_char(c, |c| folded.push(c)));
        Cow::Owned(folded)
    } else if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(text.to_ascii_lowercase())
    } else {
        Cow::Borrowed(text)
    }
}

/// A folded text that knows where each of its bytes came from.
#[derive(Clone)]
pub struct Traced {
    /// The folded text.
    pub folded: String,
    from: Vec<usize>,
    end: usize,
}

impl Traced {
    /// Folds a text and remembers the way back.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut folded = String::with_capacity(text.len());
        let mut from = Vec::with_capacity(text.len());
        for (at, c) in text.char_indices() {
            fold_char(c, |c| {
                folded.push(c);
                from.resize(folded.len(), at);
            });
        }
        Self { folded, from, end: text.len() }
    }

    /// The bytes of the text that a range of the folded text came from, accents that follow included.
    #[must_use]
    pub fn origin(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.from.get(range.start).copied().unwrap_or(self.end);
        let last = range.end.checked_sub(1).and_then(|last| self.from.get(last)).copied();
        let rest = self.from.get(range.end..).unwrap_or_default();
        let end = rest.iter().copied().find(|at| last.is_none_or(|last| *at > last));
        start..end.unwrap_or(self.end).max(start)
    }
}

fn fold_char(c: char, mut push: impl FnMut(char)) {
    if c.is_ascii() {
        return push(c.to_ascii_lowercase());
    }
    for part in std::iter::once(c).nfkd().flat_map(char::to_lowercase) {
        match plain(part) {
            "" if is_combining_mark(part) => {}
            "" => push(part),
            plain => plain.chars().for_each(&mut push),
        }
    }
}

/// Letters and signs that do not decompose but have a plain spelling; empty for all others.
fn plain(lower: char) -> &'static str {
    match lower {
        'ß' => "ss",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'ł' => "l",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        'ı' => "i",
        '‘' | '’' | 'ʼ' | '′' => "'",
        '“' | '”' => "\"",
        '‐' | '‑' | '–' | '—' | '−' => "-",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn case_and_accents_do_not_matter() {
        for (text, folded) in [
            ("Zoë", "zoe"),
            ("Zoe\u{308}", "zoe"),
            ("O’Connor", "o'connor"),
            ("Łukasz Żółć", "lukasz zolc"),
            ("Straße", "strasse"),
            ("Dafydd", "dafydd"),
            ("İpek", "ipek"),
            ("陈伟", "陈伟"),
        ] {
            assert_eq!(fold(text), folded);
            assert_eq!(Traced::new(text).folded, folded);
        }
    }

    #[test]
    fn a_place_in_the_folded_text_leads_back_to_the_accents() {
        let text = "met Zoe\u{308} Straße";
        let traced = Traced::new(text);
        let at = |word: &str| {
            let start = traced.folded.find(word).unwrap();
            &text[traced.origin(&(start..start + word.len()))]
        };
        assert_eq!(at("zoe"), "Zoe\u{308}");
        assert_eq!(at("strasse"), "Straße");
        assert_eq!(at("met"), "met");
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(text in "\\PC{0,40}") {
            let once = fold(&text).into_owned();
            prop_assert_eq!(fold(&once), once.as_str());
        }

        #[test]
        fn every_place_leads_to_whole_characters(text in "\\PC{0,40}") {
            let traced = Traced::new(&text);
            for (start, c) in traced.folded.char_indices() {
                let range = traced.origin(&(start..start + c.len_utf8()));
                prop_assert!(text.get(range).is_some());
            }
        }
    }
}
