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

/// What most marks are out of, in hundredths.
pub(super) const FULL: u32 = 10_000;

/// What is said of a mark that is above what it is out of.
pub(super) const ABOVE: &str = "is more than can be got";

/// The best of so many marks at least being this or less, they are hardly out of 100.
const HARDLY_OUT_OF_100: (usize, u32) = (5, 5_000);

/// What the marks of a piece are out of, in hundredths: as somebody says, else 100.
///
/// # Errors
/// Why they are hardly out of 100, so that somebody must say it.
pub(super) fn most(
    marks: impl Iterator<Item = u32>,
    said: Option<u32>,
) -> Result<u32, &'static str> {
    if let Some(most) = said.and_then(|most| most.checked_mul(100)).filter(|most| *most > 0) {
        return Ok(most);
    }
    let (mut count, mut best) = (0, 0);
    for mark in marks {
        (count, best) = (count + 1, best.max(mark));
    }
    if best > FULL {
        return Err("there are marks above 100");
    }
    if count >= HARDLY_OUT_OF_100.0 && best <= HARDLY_OUT_OF_100.1 {
        return Err("no mark is above 50, which is hardly out of 100");
    }
    Ok(FULL)
}

/// A mark of at most a maximum, both in hundredths; none where it is above that, or the maximum is nothing.
pub(super) fn share(hundredths: u32, most: u32) -> Option<Mark> {
    if hundredths > most { None } else { out_of(hundredths.checked_mul(100)?, most) }
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
    fn marks_are_out_of_100_unless_they_hardly_are_or_somebody_says_otherwise() {
        let of = |marks: &[u32], said| most(marks.iter().copied(), said);
        assert_eq!(of(&[1200, 1800, 1500, 2000], None), Ok(FULL), "too few to tell");
        assert!(of(&[1200, 1800, 1500, 2000, 900], None).is_err());
        assert!(of(&[5000, 10_100], None).is_err());
        assert_eq!(of(&[1200, 1800, 1500, 2000, 900], Some(20)), Ok(2_000));
        assert_eq!((share(1_500, 2_000), share(2_100, 2_000)), (Mark::hundredths(7_500), None));
        assert_eq!(share(0, 0), None);
    }

    #[test]
    fn a_mark_is_a_share_of_its_maximum() {
        assert_eq!(out_of(1500, 20), Mark::hundredths(7500));
        assert_eq!(out_of(2100, 20), Some(Mark::FULL));
        assert_eq!(out_of(1, 0), None);
    }
}
