//! Marks as exports write them: `65.00`, `65,5`, `65 %`, and out of what.

use crate::domain::signal::Mark;

/// A number that is not negative, in hundredths: `65`, `65.00`, `65,5`, `65.00 %`.
pub(super) fn hundredths(text: &str) -> Option<u32> {
    let text = text.trim().trim_end_matches('%').trim_end();
    let (whole, part) = text.split_once(['.', ',']).unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 6 || !digits(whole) || !digits(part) {
        return None;
    }
    let mut decimals = part.bytes().map(|digit| u32::from(digit - b'0'));
    let mut next = || decimals.next().unwrap_or(0);
    let (tenths, hundredths, rest) = (next(), next(), next());
    Some(whole.parse::<u32>().ok()? * 100 + tenths * 10 + hundredths + u32::from(rest >= 5))
}

/// A number of hundredths out of a maximum, as a mark in percent; more than the maximum is the maximum.
pub(super) fn out_of(hundredths: u32, maximum: u32) -> Option<Mark> {
    let maximum = u64::from(maximum);
    let share = (u64::from(hundredths) * 100 + maximum / 2).checked_div(maximum)?;
    Mark::hundredths(u16::try_from(share.min(10_000)).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_exports_write_them() {
        for (text, read) in [
            ("65", Some(6500)),
            ("65.00 %", Some(6500)),
            ("65,5", Some(6550)),
            ("65.005", Some(6501)),
            ("0.00", Some(0)),
            ("-1", None),
            ("A", None),
            ("", None),
            ("1e3", None),
            ("99999999", None),
        ] {
            assert_eq!(hundredths(text), read, "{text}");
        }
    }

    #[test]
    fn a_mark_is_a_share_of_its_maximum() {
        assert_eq!(out_of(1500, 20), Mark::hundredths(7500));
        assert_eq!(out_of(2100, 20), Some(Mark::FULL));
        assert_eq!(out_of(1, 0), None);
    }
}
