//! Colours and styles by meaning. Widgets never name a colour, and nothing is told by colour alone.

pub mod files;
mod palette;

use ratatui::style::{Color, Modifier, Style};
use ratatui::symbols::border;
use ratatui::text::{Line, Span};

use super::widget::frame::Framed;
use crate::app::form::Shade;
use crate::app::status::Tone;
use crate::domain::flag::Urgency;
use crate::domain::note::Confidentiality;

pub use palette::{Depth, Palette, Rgb, Role, contrast, rgb};

/// Whether colours are used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Colours {
    /// As the palette says.
    #[default]
    Used,
    /// Not at all (`NO_COLOR`): signs, words, bold and reverse tell everything.
    Unused,
}

/// What frames are drawn with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Lines {
    /// Box-drawing characters.
    #[default]
    Drawn,
    /// Plain ASCII, for a terminal that knows no more.
    Ascii,
}

/// Styles by meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    /// The colours.
    pub palette: Palette,
    /// Whether they are used.
    pub colours: Colours,
    /// What frames are drawn with.
    pub lines: Lines,
}

impl Default for Theme {
    fn default() -> Self {
        let palette = files::terminal();
        Self { palette, colours: Colours::default(), lines: Lines::default() }
    }
}

const ASCII: border::Set<'static> = border::Set {
    top_left: "+",
    top_right: "+",
    bottom_left: "+",
    bottom_right: "+",
    vertical_left: "|",
    vertical_right: "|",
    horizontal_top: "-",
    horizontal_bottom: "-",
};

const ASCII_FOCUS: border::Set<'static> = border::Set {
    horizontal_top: "=",
    horizontal_bottom: "=",
    vertical_left: "[",
    vertical_right: "]",
    ..ASCII
};

impl Theme {
    /// The usual colours, or none.
    #[must_use]
    pub fn new(colours: Colours) -> Self {
        Self { colours, ..Self::default() }
    }

    /// The frame of a pane; the one that has the keys is thick and coloured.
    #[must_use]
    pub fn pane<'a>(&self, title: impl Into<Line<'a>>, focused: bool) -> Framed<'a> {
        let (set, style) = match (self.lines, focused) {
            (Lines::Drawn, true) => (border::THICK, self.focus()),
            (Lines::Drawn, false) => (border::ROUNDED, self.frame()),
            (Lines::Ascii, true) => (ASCII_FOCUS, self.focus()),
            (Lines::Ascii, false) => (ASCII, self.frame()),
        };
        let title_style = if focused { self.focus() } else { self.heading() };
        Framed { set, style, title: title.into(), title_style, position: None }
    }

    /// The frame of a popup.
    #[must_use]
    pub fn popup<'a>(&self, title: impl Into<Line<'a>>) -> Framed<'a> {
        let set = if self.lines == Lines::Drawn { border::DOUBLE } else { ASCII_FOCUS };
        Framed { set, ..self.pane(title, true) }
    }

    /// The selected entry: reversed where the keys are, underlined elsewhere.
    #[must_use]
    pub fn cursor(&self, focused: bool) -> Style {
        Style::new().add_modifier(if focused { Modifier::REVERSED } else { Modifier::UNDERLINED })
    }

    /// A frame without the keys.
    #[must_use]
    pub fn frame(&self) -> Style {
        self.faint(Role::Frame)
    }

    /// The frame and title that have the keys.
    #[must_use]
    pub fn focus(&self) -> Style {
        self.paint(Role::Focus).add_modifier(Modifier::BOLD)
    }

    /// A heading.
    #[must_use]
    pub fn heading(&self) -> Style {
        self.paint(Role::Heading).add_modifier(Modifier::BOLD)
    }

    /// What is said beside the matter.
    #[must_use]
    pub fn dim(&self) -> Style {
        self.faint(Role::Dim)
    }

    /// A key in hints and help.
    #[must_use]
    pub fn key(&self) -> Style {
        self.paint(Role::Key).add_modifier(Modifier::BOLD)
    }

    /// Letters that a search found.
    #[must_use]
    pub fn hit(&self) -> Style {
        self.paint(Role::Hit).add_modifier(Modifier::BOLD | Modifier::UNDERLINED)
    }

    /// Done, met, saved.
    #[must_use]
    pub fn good(&self) -> Style {
        self.paint(Role::Good)
    }

    /// Needs a look.
    #[must_use]
    pub fn warn(&self) -> Style {
        self.paint(Role::Warn)
    }

    /// Overdue, failed, wrong.
    #[must_use]
    pub fn bad(&self) -> Style {
        self.paint(Role::Bad).add_modifier(Modifier::BOLD)
    }

    /// How urgent an alert is. Its sign is [`Theme::urgency_sign`].
    #[must_use]
    pub fn urgency(&self, urgency: Urgency) -> Style {
        match urgency {
            Urgency::Watch => Style::new(),
            Urgency::Soon => self.warn(),
            Urgency::Urgent => self.bad(),
        }
    }

    /// The sign of an alert: it says the same as the colour.
    #[must_use]
    pub fn urgency_sign(&self, urgency: Urgency) -> &'static str {
        match (urgency, self.lines) {
            (Urgency::Watch, Lines::Drawn) => "·",
            (Urgency::Watch, Lines::Ascii) => ".",
            (Urgency::Soon, _) => "!",
            (Urgency::Urgent, Lines::Drawn) => "‼",
            (Urgency::Urgent, Lines::Ascii) => "#",
        }
    }

    /// How far a note may go. The words of the level always stand beside it.
    #[must_use]
    pub fn confidentiality(&self, level: Confidentiality) -> Style {
        self.shade(shade_of(level))
    }

    /// The colour of an option in a form.
    #[must_use]
    pub fn shade(&self, shade: Shade) -> Style {
        match shade {
            Shade::Plain => Style::new(),
            Shade::Open => self.paint(Role::Open),
            Shade::Held => self.paint(Role::Held),
            Shade::Closed => self.paint(Role::Closed).add_modifier(Modifier::BOLD),
        }
    }

    /// A message in the status line.
    #[must_use]
    pub fn tone(&self, tone: Tone) -> Style {
        match tone {
            Tone::Saved => self.good(),
            Tone::Said | Tone::Today => Style::new(),
            Tone::Failed => self.bad(),
        }
    }

    /// A field that is typed into.
    #[must_use]
    pub fn field(&self, focused: bool) -> Style {
        if focused { Style::new().add_modifier(Modifier::UNDERLINED) } else { Style::new() }
    }

    /// What is wrong with a field, with its sign.
    #[must_use]
    pub fn error<'a>(&self, sentence: &str) -> Span<'a> {
        Span::styled(format!("✗ {sentence}"), self.bad())
    }

    fn paint(&self, role: Role) -> Style {
        match (self.colours, self.palette.get(role)) {
            (Colours::Unused, _) | (Colours::Used, Color::Reset) => Style::new(),
            (Colours::Used, colour) => Style::new().fg(colour),
        }
    }

    /// The terminal's own faint where there is no colour of ours, which is measured and must stay as it is.
    fn faint(&self, role: Role) -> Style {
        let style = self.paint(role);
        if style.fg.is_none() { style.add_modifier(Modifier::DIM) } else { style }
    }
}

/// What the colour of a level says.
#[must_use]
pub fn shade_of(level: Confidentiality) -> Shade {
    match level {
        Confidentiality::FactOnly => Shade::Plain,
        Confidentiality::Shared => Shade::Open,
        Confidentiality::TutorAndSenior => Shade::Held,
        Confidentiality::Restricted => Shade::Closed,
    }
}

#[cfg(test)]
mod tests {
    use strum::IntoEnumIterator;

    use super::*;
    use crate::domain::word::Choice;

    #[test]
    fn without_colours_no_style_has_one() {
        let theme = Theme::new(Colours::Unused);
        let mut styles = vec![
            theme.frame(),
            theme.focus(),
            theme.heading(),
            theme.key(),
            theme.hit(),
            theme.bad(),
        ];
        styles.extend(Urgency::iter().map(|urgency| theme.urgency(urgency)));
        styles.extend(Confidentiality::iter().map(|level| theme.confidentiality(level)));
        assert!(styles.iter().all(|style| style.fg.is_none() && style.bg.is_none()));
        assert_ne!(theme.cursor(true), theme.cursor(false));
    }

    #[test]
    fn every_level_of_confidentiality_has_its_own_colour_and_words() {
        let theme = Theme::default();
        let styles: Vec<_> =
            Confidentiality::iter().map(|level| theme.confidentiality(level)).collect();
        let words: Vec<_> = Confidentiality::iter().map(Choice::words).collect();
        for (at, style) in styles.iter().enumerate() {
            assert!(!styles[at + 1..].contains(style) && !words[at + 1..].contains(&words[at]));
        }
    }

    #[test]
    fn every_urgency_has_its_own_sign() {
        for lines in [Lines::Drawn, Lines::Ascii] {
            let theme = Theme { lines, ..Theme::default() };
            let signs: std::collections::HashSet<_> =
                Urgency::iter().map(|u| theme.urgency_sign(u)).collect();
            assert_eq!(signs.len(), Urgency::iter().count());
        }
    }
}
