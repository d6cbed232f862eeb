//! Themes as files: the built-in ones and the user's own are read in the same way.

use std::str::FromStr;

use ratatui::style::Color;
use strum::VariantArray;

use super::palette::{Palette, Rgb, Role};
use crate::exchange::options::{Entry, Fault, Table};

/// What every theme that measures its colours keeps for words.
pub const READABLE: f64 = 4.5;

/// The theme of the terminal's own sixteen colours.
pub const TERMINAL: &str = "terminal";

/// The built-in themes by name.
pub const BUILTIN: &[(&str, &str)] = &[
    ("dark", include_str!("../../../assets/themes/dark.toml")),
    ("light", include_str!("../../../assets/themes/light.toml")),
    ("high-contrast", include_str!("../../../assets/themes/high-contrast.toml")),
    (TERMINAL, include_str!("../../../assets/themes/terminal.toml")),
    ("none", include_str!("../../../assets/themes/none.toml")),
];

/// A built-in theme.
#[must_use]
pub fn builtin(name: &str) -> Option<Palette> {
    let (_, text) = BUILTIN.iter().find(|(other, _)| *other == name)?;
    read(text).ok()
}

/// The terminal's own sixteen colours.
#[must_use]
pub fn terminal() -> Palette {
    builtin(TERMINAL).unwrap_or_default()
}

/// The theme in a file: what it does not name is the terminal's own.
///
/// # Errors
/// When it says something that means nothing.
pub fn read(text: &str) -> Result<Palette, Fault> {
    let mut palette = Palette::default();
    for entry in Table::parse(text)?.entries() {
        let (role, colour) = colour(&entry)?;
        palette.set(role, colour);
    }
    Ok(palette)
}

/// One colour: `red`, `light-blue`, `#ff8800`, a number up to 255, or `reset` for the terminal's own.
///
/// # Errors
/// When the role or the colour means nothing.
pub fn colour(entry: &Entry<'_>) -> Result<(Role, Color), Fault> {
    let role = Role::from_str(entry.name)
        .map_err(|_| entry.unknown(Role::VARIANTS.iter().map(|role| role.name())))?;
    let written = entry.text("a colour in quotes")?;
    let colour = Color::from_str(written)
        .map_err(|_| entry.fault(format!("{}: {written} is not a colour", entry.name)))?;
    Ok((role, colour))
}

/// The theme for a terminal whose background is this: dark or light, whichever can be read better, on that
/// background; the terminal's own colours where neither can be read.
#[must_use]
pub fn suiting(ground: Rgb) -> Palette {
    let themes = ["dark", "light"].into_iter().filter_map(builtin);
    let measured = themes.map(|theme| (theme.least_contrast(ground), theme));
    let best = measured.max_by(|a, b| a.0.total_cmp(&b.0));
    best.filter(|(contrast, _)| *contrast >= READABLE)
        .map_or_else(terminal, |(_, theme)| theme.on_its_own_ground())
}

/// Which colours a user has chosen.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Choice {
    /// The theme; none for the one that suits the background, as far as that is known.
    pub theme: Option<Palette>,
    /// Single colours of the user's own, which come over those of the theme.
    pub own: Vec<(Role, Color)>,
}

impl Choice {
    /// The colours on this background; an unknown one gets the terminal's own.
    #[must_use]
    pub fn palette(&self, ground: Option<Rgb>) -> Palette {
        let suits = || ground.map_or_else(terminal, suiting);
        let mut palette = self.theme.unwrap_or_else(suits);
        for (role, colour) in &self.own {
            palette.set(*role, *colour);
        }
        palette
    }
}

#[cfg(test)]
mod tests {
    use super::super::palette::{Depth, contrast, rgb};
    use super::*;

    #[test]
    fn every_built_in_theme_can_be_read_and_names_every_role() {
        for (name, text) in BUILTIN {
            let table = Table::parse(text).unwrap();
            assert_eq!(table.entries().len(), Role::VARIANTS.len(), "{name}");
            assert_eq!(read(text).map(Some), Ok(builtin(name)), "{name}");
        }
    }

    #[test]
    fn words_and_frames_have_the_contrast_that_the_theme_promises() {
        for (name, words, frames) in
            [("dark", READABLE, 3.0), ("light", READABLE, 3.0), ("high-contrast", 7.0, 7.0)]
        {
            for depth in [Depth::Every, Depth::Many] {
                let theme = builtin(name).unwrap().shown_in(depth, terminal);
                let ground = rgb(theme.get(Role::Ground)).unwrap();
                for role in Role::VARIANTS.iter().filter(|role| **role != Role::Ground) {
                    let ratio = contrast(rgb(theme.get(*role)).unwrap(), ground);
                    let promised = if role.is_read() { words } else { frames };
                    assert!(ratio >= promised, "{name}, {depth:?}: {role:?} has {ratio:.2}");
                }
            }
        }
    }

    #[test]
    fn a_theme_tells_apart_what_means_different_things() {
        for name in ["dark", "light", "high-contrast", "terminal"] {
            let theme = builtin(name).unwrap();
            for roles in [
                &[Role::Good, Role::Warn, Role::Bad][..],
                &[Role::Text, Role::Open, Role::Held, Role::Closed],
                &[Role::Frame, Role::Focus],
            ] {
                for (at, role) in roles.iter().enumerate() {
                    let others = roles.iter().skip(at + 1);
                    let same = others.filter(|other| theme.get(**other) == theme.get(*role));
                    assert_eq!(same.count(), 0, "{name}: {role:?}");
                }
            }
        }
    }

    #[test]
    fn a_background_gets_the_theme_that_can_be_read_on_it() {
        let on = |name: &str| builtin(name).unwrap().on_its_own_ground();
        assert_eq!(suiting((0, 0, 0)), on("dark"));
        assert_eq!(suiting((0x00, 0x2b, 0x36)), on("dark"), "Solarized dark");
        assert_eq!(suiting((0x28, 0x2c, 0x34)), on("dark"), "One dark");
        assert_eq!(suiting((255, 255, 255)), on("light"));
        assert_eq!(suiting((0xfd, 0xf6, 0xe3)), on("light"), "Solarized light");
        assert_eq!(suiting((128, 128, 128)), terminal());
    }

    #[test]
    fn a_wrong_theme_is_told_with_its_line_and_the_nearest_name() {
        let fault = |text: &str| read(text).unwrap_err().to_string();
        assert_eq!(
            fault("good = \"green\"\nwarning = \"red\""),
            "line 2: there is nothing called \"warning\"; did you mean \"warn\"?"
        );
        assert_eq!(fault("bad = \"reddish\""), "line 1: bad: reddish is not a colour");
        assert_eq!(fault("bad = 1"), "line 1: bad must be a colour in quotes");
    }
}
