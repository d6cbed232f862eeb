//! What the terminal answers when it is asked for its background and its abilities.

use crate::ui::theme::Rgb;

/// How the answers begin that are waited for: a colour, that the terminal has turned light or dark, and whether it
/// shows a picture at once.
pub const BEGINNINGS: [&[u8]; 3] = [b"\x1b]11;", b"\x1b[?997;", b"\x1b[?2026;"];

/// Whether the byte can stand in a colour.
#[must_use]
pub const fn in_a_colour(byte: u8) -> bool {
    byte.is_ascii_hexdigit() || matches!(byte, b'r' | b'g' | b'#' | b':' | b'/')
}

/// A colour as X11 writes it: `rgb:ffff/ffff/ffff`, or with less digits, or with a share of transparency behind.
#[must_use]
pub fn colour(written: &[u8]) -> Option<Rgb> {
    let written = std::str::from_utf8(written).ok()?;
    let parts = written.strip_prefix("rgb:").or_else(|| written.strip_prefix("rgba:"))?;
    let mut parts = parts.split('/').map(part);
    Some((parts.next()??, parts.next()??, parts.next()??))
}

/// One to four digits, of which the highest number is full light.
fn part(digits: &str) -> Option<u8> {
    let most = match digits.len() {
        length @ 1..=4 => (1_u32 << (4 * length)) - 1,
        _ => return None,
    };
    u8::try_from(u32::from_str_radix(digits, 16).ok()? * 255 / most).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_has_one_to_four_digits_a_part() {
        assert_eq!(colour(b"rgb:ffff/8080/0000"), Some((255, 128, 0)));
        assert_eq!(colour(b"rgb:f/8/0"), Some((255, 136, 0)));
        assert_eq!(colour(b"rgba:00/2b/36/ff"), Some((0, 0x2b, 0x36)));
        for wrong in [&b"rgb:fffff/0/0"[..], b"rgb:ff/ff", b"#ffffff", b"", b"rgb:x/y/z"] {
            assert_eq!(colour(wrong), None);
        }
    }
}
