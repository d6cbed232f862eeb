//! How the terminal wants to be drawn: what the settings and the environment say, without asking the terminal.

use std::env;

use crate::{
    runtime::settings::Settings,
    ui::theme::{Colours, Lines, Theme},
};

/// The theme of the settings, as far as this terminal can show it.
#[must_use]
pub fn theme(settings: &Settings) -> Theme {
    Theme {
        palette: settings.palette,
        colours: colours(env::var("NO_COLOR").ok().as_deref()),
        lines: lines(["LC_ALL", "LC_CTYPE", "LANG"].map(|name| env::var(name).ok())),
    }
}

/// `NO_COLOR` counts when it says anything at all.
fn colours(no_colour: Option<&str>) -> Colours {
    if no_colour.is_some_and(|value| !value.is_empty()) { Colours::Unused } else { Colours::Used }
}

/// The first of these variables that says anything decides; nothing means the C locale, which knows ASCII alone.
fn lines(variables: [Option<String>; 3]) -> Lines {
    let locale =
        variables.into_iter().flatten().find(|value| !value.is_empty()).unwrap_or_default();
    let locale = locale.to_lowercase();
    if locale.contains("utf-8") || locale.contains("utf8") { Lines::Drawn } else { Lines::Ascii }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_without_colours_gets_none() {
        assert_eq!(colours(Some("1")), Colours::Unused);
        assert_eq!(colours(Some("")), Colours::Used);
        assert_eq!(colours(None), Colours::Used);
    }

    #[test]
    fn frames_are_ascii_where_the_locale_knows_no_more() {
        let locale = |all: &str, ctype: &str, lang: &str| {
            lines([all, ctype, lang].map(|text| Some(text.to_owned())))
        };
        assert_eq!(locale("", "", "en_GB.UTF-8"), Lines::Drawn);
        assert_eq!(locale("", "C.utf8", "C"), Lines::Drawn);
        assert_eq!(locale("C", "en_GB.UTF-8", "en_GB.UTF-8"), Lines::Ascii);
        assert_eq!(locale("", "", ""), Lines::Ascii);
        assert_eq!(lines([None, None, None]), Lines::Ascii);
    }
}
