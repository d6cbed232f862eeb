//! How the terminal wants to be drawn: what the settings and the environment say, and what the terminal has said
//! of itself. Nothing in here waits for that.

use std::env;

use crate::{
    runtime::settings::Settings,
    ui::theme::{
        Colours, Depth, Lines, Rgb, Theme,
        files::{self, Choice},
    },
};

/// Terminals that have no colours.
const COLOURLESS: &[&str] = &["dumb", "vt", "ansi-m", "xterm-mono"];

/// Terminals of all colours that do not say so in `COLORTERM`.
const COLOURFUL: &[&str] =
    &["direct", "kitty", "alacritty", "foot", "wezterm", "ghostty", "contour"];

/// Terminals whose letters are those of a text console: no heavy lines and few signs.
const CONSOLES: &[&str] = &["linux", "dumb", "vt"];

/// Variables that say what is known before anything is drawn.
const LOCALE: [&str; 3] = ["LC_ALL", "LC_CTYPE", "LANG"];

/// Variables that tell one kind of terminal from another, and stay the same from one start to the next.
const NAMES: [&str; 5] = ["TERM", "TERM_PROGRAM", "COLORTERM", "COLORFGBG", "VTE_VERSION"];

/// How this terminal is drawn.
#[derive(Debug, Clone, Hash)]
pub struct Look {
    /// What names the terminal: what was heard of another one says nothing about it.
    named: Vec<String>,
    choice: Choice,
    depth: Depth,
    lines: Lines,
    /// What the environment says about the background.
    hint: Option<Rgb>,
    /// Whether the terminal may take text for the clipboard.
    copies: bool,
    /// Whether tmux stands between, which keeps such a text to itself unless it is told to pass it on.
    in_tmux: bool,
    /// Whether pictures are to be shown at once.
    holds: bool,
}

impl Look {
    /// What the settings and the environment say; `ascii` when the command line wants no more than that.
    #[must_use]
    pub fn new(settings: &Settings, ascii: bool) -> Self {
        Self::of(settings, ascii, &|name| env::var(name).unwrap_or_default())
    }

    fn of(settings: &Settings, ascii: bool, said: &dyn Fn(&str) -> String) -> Self {
        let kind = said("TERM");
        let wanted = if ascii { Some(true) } else { settings.ascii };
        let lines = match wanted {
            Some(true) => Lines::Ascii,
            Some(false) => Lines::Drawn,
            None if is_one_of(&kind, CONSOLES) => Lines::Ascii,
            None => lines(LOCALE.map(said)),
        };
        let multiplexed = kind.starts_with("tmux") || kind.starts_with("screen");
        Self {
            named: NAMES.iter().map(|name| said(name)).collect(),
            choice: settings.colours.clone(),
            depth: depth(&kind, &said("COLORTERM"), &said("NO_COLOR")),
            lines,
            // What is outside of a multiplexer may be another terminal by now.
            copies: !is_one_of(&kind, CONSOLES),
            in_tmux: kind.starts_with("tmux") || !said("TMUX").is_empty(),
            holds: settings.whole_pictures,
            hint: if multiplexed { None } else { ground(&said("COLORFGBG")) },
        }
    }

    /// Whether the terminal may take text for the clipboard (OSC 52): it never answers, so only those are known that do
    /// not.
    #[must_use]
    pub const fn copies(&self) -> bool {
        self.copies
    }

    /// What is to be said of a text that was sent to the clipboard, where it may not have come there.
    #[must_use]
    pub fn copied(&self) -> Option<&'static str> {
        self.in_tmux.then_some("sent to tmux, to pass on if its set-clipboard is on")
    }

    /// A terminal of which nothing is known but its letters.
    #[cfg(test)]
    pub(super) fn plain() -> Self {
        let said = |name: &str| if name == "LANG" { "C.UTF-8" } else { "" }.to_owned();
        Self::of(&Settings::default(), false, &said)
    }

    /// Whether the answer of the terminal about its background changes anything.
    #[must_use]
    pub fn wants_ground(&self) -> bool {
        self.choice.theme.is_none() && matches!(self.depth, Depth::Many | Depth::Every)
    }

    /// Whether the terminal is asked if it can hold a picture back until it is whole. A text console would print a part
    /// of the question.
    #[must_use]
    pub const fn wants_hold(&self) -> bool {
        self.holds && matches!(self.depth, Depth::Many | Depth::Every)
    }

    /// The theme on a background, as far as it is known.
    #[must_use]
    pub fn theme(&self, ground: Option<Rgb>) -> Theme {
        let palette = self.choice.palette(ground.or(self.hint));
        Theme {
            palette: palette.shown_in(self.depth, files::terminal),
            colours: if self.depth == Depth::None { Colours::Unused } else { Colours::Used },
            lines: self.lines,
        }
    }
}

fn is_one_of(kind: &str, kinds: &[&str]) -> bool {
    kinds.iter().any(|it| kind == *it || (*it == "vt" && kind.starts_with("vt")))
}

/// `NO_COLOR` counts when it says anything at all.
fn depth(kind: &str, colour_term: &str, no_colour: &str) -> Depth {
    if !no_colour.is_empty() || is_one_of(kind, COLOURLESS) {
        Depth::None
    } else if matches!(colour_term, "truecolor" | "24bit")
        || COLOURFUL.iter().any(|it| kind.contains(it))
    {
        Depth::Every
    } else if kind.contains("256color") {
        Depth::Many
    } else {
        Depth::Sixteen
    }
}

/// `COLORFGBG`, such as `15;0` or `0;default;15`: the last is the background, one of sixteen.
fn ground(said: &str) -> Option<Rgb> {
    match said.rsplit(';').next()?.parse::<u8>().ok()? {
        7 | 9..=15 => Some((255, 255, 255)),
        0..=6 | 8 => Some((0, 0, 0)),
        _ => None,
    }
}

/// The first of these variables that says anything decides; nothing means the C locale, which knows ASCII alone.
fn lines(variables: [String; 3]) -> Lines {
    let locale = variables.into_iter().find(|value| !value.is_empty()).unwrap_or_default();
    let locale = locale.to_lowercase();
    if locale.contains("utf-8") || locale.contains("utf8") { Lines::Drawn } else { Lines::Ascii }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;
    use std::path::Path;

    use super::*;
    use crate::ui::theme::{Palette, Role, rgb};

    fn look(settings: &str, said: &[(&str, &str)]) -> Look {
        let settings = Settings::parse(settings, Path::new("/nowhere")).unwrap();
        let said: HashMap<_, _> = said.iter().copied().collect();
        Look::of(&settings, false, &|name| said.get(name).copied().unwrap_or_default().to_owned())
    }

    const UTF8: (&str, &str) = ("LANG", "en_GB.UTF-8");
    const XTERM: (&str, &str) = ("TERM", "xterm-256color");

    #[test]
    fn in_tmux_nobody_is_told_that_a_text_is_on_the_clipboard() {
        for said in [("TERM", "tmux-256color"), ("TMUX", "/tmp/tmux-1000/default,1,0")] {
            let look = look("", &[UTF8, said]);
            assert!(look.copies() && look.copied().is_some_and(|told| told.contains("tmux")));
        }
        assert_eq!(look("", &[UTF8, XTERM]).copied(), None);
    }

    #[test]
    fn a_user_without_colours_gets_none() {
        for said in [("NO_COLOR", "1"), ("TERM", "dumb"), ("TERM", "vt220")] {
            let theme = look("theme = \"dark\"", &[UTF8, said]).theme(None);
            assert_eq!((theme.colours, theme.palette), (Colours::Unused, Palette::default()));
        }
        let theme = look("", &[UTF8, XTERM, ("NO_COLOR", "")]).theme(None);
        assert_eq!(theme.colours, Colours::Used);
    }

    #[test]
    fn a_terminal_of_few_colours_gets_its_own_and_is_asked_nothing() {
        for kind in ["linux", "screen", "xterm", "rxvt"] {
            let dark = look("theme = \"dark\"", &[UTF8, ("TERM", kind)]).theme(None);
            assert_eq!(dark.palette, files::terminal(), "{kind}");
            assert!(!look("", &[UTF8, ("TERM", kind)]).wants_ground());
        }
    }

    #[test]
    fn only_a_terminal_that_says_so_gets_true_colours() {
        let bad = |said: &[(&str, &str)]| {
            look("theme = \"dark\"", said).theme(None).palette.get(Role::Bad)
        };
        let many = bad(&[UTF8, XTERM]);
        assert!(matches!(many, ratatui::style::Color::Indexed(16..)));
        assert!(rgb(many).is_some());
        let every = bad(&[UTF8, XTERM, ("COLORTERM", "truecolor")]);
        assert!(matches!(every, ratatui::style::Color::Rgb(..)));
    }

    #[test]
    fn without_an_answer_the_colours_are_those_of_the_terminal() {
        let auto = look("", &[UTF8, XTERM, ("COLORTERM", "truecolor")]);
        assert!(auto.wants_ground());
        assert_eq!(auto.theme(None).palette, files::terminal());
        assert_eq!(auto.theme(Some((255, 255, 255))).palette, files::suiting((255, 255, 255)));
        assert!(!look("theme = \"light\"", &[UTF8, XTERM]).wants_ground());
        assert!(auto.wants_hold());
        assert!(!look("whole_pictures = false", &[UTF8, XTERM]).wants_hold());
        assert!(!look("", &[UTF8, ("TERM", "linux")]).wants_hold());
        let hinted =
            [UTF8, ("TERM", "rxvt-256color"), ("COLORTERM", "24bit"), ("COLORFGBG", "0;15")];
        assert_eq!(look("", &hinted).theme(None).palette, files::suiting((255, 255, 255)));
        assert_eq!(look("", &hinted).theme(Some((0, 0, 0))).palette, files::suiting((0, 0, 0)));
        let inside = [UTF8, ("TERM", "tmux-256color"), ("COLORFGBG", "0;15")];
        assert_eq!(look("", &inside).theme(None).palette, files::terminal());
    }

    #[test]
    fn frames_are_ascii_where_the_locale_or_the_terminal_knows_no_more() {
        let locale =
            |all: &str, ctype: &str, lang: &str| lines([all, ctype, lang].map(str::to_owned));
        assert_eq!(locale("", "", "en_GB.UTF-8"), Lines::Drawn);
        assert_eq!(locale("", "C.utf8", "C"), Lines::Drawn);
        assert_eq!(locale("C", "en_GB.UTF-8", "en_GB.UTF-8"), Lines::Ascii);
        assert_eq!(locale("", "", ""), Lines::Ascii);
        let lines =
            |settings: &str, kind| look(settings, &[UTF8, ("TERM", kind)]).theme(None).lines;
        assert_eq!(lines("", "xterm"), Lines::Drawn);
        assert_eq!(lines("", "linux"), Lines::Ascii);
        assert_eq!(lines("ascii = false", "linux"), Lines::Drawn);
        assert_eq!(lines("ascii = true", "xterm"), Lines::Ascii);
    }
}
