//! The last touch on a picture: the colours of text and ground, and ASCII where a terminal knows no more.

use ratatui::buffer::Buffer;
use ratatui::style::Color;

use super::Theme;
use super::theme::{Colours, Lines, Role};

/// Every sign that the program draws, and the one character that stands for it in ASCII. What a person has
/// written keeps its letters.
const SIGNS: &[(&str, &str)] = &[
    ("·•◦", "."),
    ("…", "~"),
    ("‼◆", "#"),
    ("→»›⇒▸▶", ">"),
    ("←«‹", "<"),
    ("↑▲", "^"),
    ("↓▼", "v"),
    ("–—−‐‑", "-"),
    ("“”„", "\""),
    ("‘’ʼ′", "'"),
    ("×✗✕☒", "x"),
    ("✓✔☑★", "+"),
    ("●◉", "*"),
    ("○◌", "o"),
    ("☐", "_"),
    ("∅", "w"),
    ("✉", "@"),
    ("☎", "t"),
    ("✎", "n"),
    ("§", "c"),
    ("≡", "="),
    ("¶", "l"),
    ("☾", "z"),
    ("─━═╌┄", "-"),
    ("│┃║", "|"),
    ("┌┐└┘├┤┬┴┼╭╮╯╰┏┓┗┛┣┫┳┻╋╔╗╚╝╠╣╦╩╬", "+"),
    ("█▇▆▅▄▐▌▓", "#"),
    ("▃▂▁▒░", ":"),
];

/// Finishes a picture.
pub fn finish(theme: &Theme, picture: &mut Buffer) {
    if theme.lines == Lines::Ascii {
        picture.content.iter_mut().for_each(|cell| {
            if let Some(plain) = ascii(cell.symbol()) {
                cell.set_symbol(plain);
            }
        });
    }
    let (text, ground) = (theme.palette.get(Role::Text), theme.palette.get(Role::Ground));
    if theme.colours == Colours::Unused || (text, ground) == (Color::Reset, Color::Reset) {
        return;
    }
    for cell in &mut picture.content {
        if cell.fg == Color::Reset {
            cell.fg = text;
        }
        if cell.bg == Color::Reset {
            cell.bg = ground;
        }
    }
}

/// What stands for a sign of ours; none for everything else.
fn ascii(symbol: &str) -> Option<&'static str> {
    if symbol.is_ascii() {
        return None;
    }
    SIGNS.iter().find(|(signs, _)| signs.contains(symbol)).map(|(_, plain)| *plain)
}

#[cfg(test)]
mod tests {
    use unicode_width::UnicodeWidthStr;

    use super::*;

    #[test]
    fn each_sign_stands_once_and_takes_as_much_room_as_what_stands_for_it() {
        let all: Vec<char> = SIGNS.iter().flat_map(|(signs, _)| signs.chars()).collect();
        for (at, sign) in all.iter().enumerate() {
            assert!(!all[at + 1..].contains(sign), "{sign}");
            assert_eq!(sign.to_string().width(), 1, "{sign}");
        }
        assert!(SIGNS.iter().all(|(_, plain)| plain.is_ascii() && plain.len() == 1));
    }

    #[test]
    fn letters_of_a_name_are_no_signs() {
        for letter in ["ß", "é", "陈", "ة", "e\u{301}"] {
            assert_eq!(ascii(letter), None);
        }
    }
}
