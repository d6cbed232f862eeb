//! Student numbers and e-mail addresses as lists write them.

use super::cell;

/// The longest student number, in bytes.
const LONGEST: usize = 40;

/// The number without `/1`, and the `1`; nothing where there is nothing.
///
/// The error is a sentence about the cell, without its content.
pub(super) fn number(text: &str) -> Result<(&str, &str), &'static str> {
    if is_digits(text) && text.len() <= LONGEST {
        return Ok((text, ""));
    }
    let text = cell::unguarded(text);
    let (number, sequence) = match text.rsplit_once('/') {
        Some((number, tail)) if matches!(tail.len(), 1 | 2) && is_digits(tail) => {
            (number.trim_end(), tail)
        }
        _ => (text, ""),
    };
    // A spreadsheet may have made a decimal number of it: 20481234.0.
    let number = match number.split_once('.') {
        Some((whole, zeros))
            if is_digits(whole) && is_digits(zeros) && zeros.trim_matches('0').is_empty() =>
        {
            whole
        }
        _ => number,
    };
    if is_shortened(number) {
        return Err("was shortened by a spreadsheet (as 2.05E+07): export the list again");
    }
    if number.len() > LONGEST {
        return Err("is too long for a student number");
    }
    if !number.is_empty() && !number.chars().any(|letter| letter.is_ascii_digit()) {
        return Err("is no student number: there is no digit in it");
    }
    Ok((number, sequence))
}

/// An e-mail address, also from `Name <address>` and `mailto:address`; empty for an empty text.
pub(super) fn email(text: &str) -> Option<&str> {
    if is_plain_address(text) {
        return Some(text);
    }
    taken_out(text)
}

/// The same of any text.
fn taken_out(text: &str) -> Option<&str> {
    let plain = match (text.find('<'), text.find('>')) {
        (Some(open), Some(close)) if open < close => text.get(open + 1..close)?,
        _ => text.strip_prefix("mailto:").unwrap_or(text),
    };
    let plain = plain.trim();
    if plain.is_empty() {
        return text.is_empty().then_some("");
    }
    let (local, domain) = plain.split_once('@')?;
    let odd = |letter: char| {
        letter.is_whitespace() || matches!(letter, ',' | ';' | '<' | '>' | '"' | '@')
    };
    let whole = !local.is_empty()
        && domain.contains('.')
        && !domain.starts_with('.')
        && !domain.ends_with('.');
    (whole && !local.contains(odd) && !domain.contains(odd)).then_some(plain)
}

/// Whether it is an address of letters, digits, points and dashes alone, as nearly all are.
fn is_plain_address(text: &str) -> bool {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
    let bytes = text.as_bytes();
    let Some(at) = bytes.iter().position(|byte| !plain(byte)) else { return false };
    let (local, domain) = bytes.split_at(at);
    matches!((local, domain), ([_, ..], [b'@', first, .., last]) if *first != b'.' && *last != b'.')
        && domain.iter().skip(1).all(plain)
        && domain.contains(&b'.')
}

/// `2.05E+07`: digits that a spreadsheet has thrown away.
pub(super) fn is_shortened(text: &str) -> bool {
    let Some((number, power)) = text.split_once(['E', 'e']) else { return false };
    power.strip_prefix('+').is_some_and(is_digits) && number.split('.').all(is_digits)
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_keep_their_zeros_and_lose_what_others_put_around_them() {
        for (text, kept, sequence) in [
            ("00123456", "00123456", ""),
            ("S1234567/1", "S1234567", "1"),
            ("20481234.0", "20481234", ""),
            ("=\"00123456\"", "00123456", ""),
            ("'00123456", "00123456", ""),
            ("Student 501", "Student 501", ""),
            ("12/2026", "12/2026", ""),
            ("", "", ""),
        ] {
            assert_eq!(number(text), Ok((kept, sequence)), "{text}");
        }
        for text in ["2.05E+07", "2e+7", "Rahman", &"1".repeat(41)] {
            assert!(number(text).is_err(), "{text}");
        }
    }

    #[test]
    fn addresses_are_taken_out_of_what_is_around_them() {
        for text in ["a@example.org", "Aisha <a@example.org>", "mailto:a@example.org"] {
            assert_eq!(email(text), Some("a@example.org"), "{text}");
        }
        assert_eq!(email(""), Some(""));
        for text in ["a", "a@b", "@b.c", "a@.c", "a@b.", "a b@c.d", "a@b.c, d@e.f", "a@@b.c", "<>"]
        {
            assert_eq!(email(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_plainly_an_address_is_one(text in "[ab.@<>, -]{0,9}|mailto:a@b.c") {
            if is_plain_address(&text) {
                prop_assert_eq!(taken_out(&text), Some(text.as_str()));
            }
        }
    }
}
