//! The colours of a theme by what they mean, how well they can be read, and what of them a terminal can show.

use ratatui::style::Color;
use strum::{EnumString, IntoStaticStr, VariantArray};

/// What a colour is for. The names are those of theme files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, VariantArray, EnumString, IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum Role {
    /// Text that means nothing in particular.
    Text,
    /// What lies behind everything; `reset` leaves the background of the terminal.
    Ground,
    /// Frames without the keys.
    Frame,
    /// The frame that has the keys.
    Focus,
    /// Headings.
    Heading,
    /// What is said beside the matter.
    Dim,
    /// Keys in hints and help.
    Key,
    /// Letters that a search found.
    Hit,
    /// Done, met, saved.
    Good,
    /// Needs a look.
    Warn,
    /// Overdue, failed, wrong.
    Bad,
    /// Open to the student.
    Open,
    /// Held between tutor and senior tutor.
    Held,
    /// Closed: for its author alone.
    Closed,
}

impl Role {
    /// The name in theme files.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.into()
    }

    /// What it is for, in a few words.
    #[must_use]
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Text => "text that means nothing in particular",
            Self::Ground => "what lies behind everything",
            Self::Frame => "frames without the keys",
            Self::Focus => "the frame that has the keys",
            Self::Heading => "headings",
            Self::Dim => "what is said beside the matter",
            Self::Key => "keys in hints and help",
            Self::Hit => "letters that a search found",
            Self::Good => "done, met, saved",
            Self::Warn => "needs a look",
            Self::Bad => "overdue, failed, wrong",
            Self::Open => "open to the student",
            Self::Held => "held between tutor and senior tutor",
            Self::Closed => "closed: for its author alone",
        }
    }

    /// Whether it colours words, which need more contrast than lines.
    #[must_use]
    pub const fn is_read(self) -> bool {
        !matches!(self, Self::Ground | Self::Frame)
    }
}

/// One colour for each role; [`Color::Reset`] is the terminal's own.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Palette([Color; Role::VARIANTS.len()]);

/// How many colours a terminal has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Depth {
    /// None: bold, reverse, signs and words must do.
    None,
    /// Eight or sixteen, of the user's own choice.
    Sixteen,
    /// 256, most of them the same everywhere.
    Many,
    /// All.
    Every,
}

impl Palette {
    /// The colour of a role.
    #[must_use]
    pub fn get(&self, role: Role) -> Color {
        self.0.get(role as usize).copied().unwrap_or_default()
    }

    /// Chooses the colour of a role.
    pub fn set(&mut self, role: Role, colour: Color) {
        if let Some(place) = self.0.get_mut(role as usize) {
            *place = colour;
        }
    }

    /// The same colours on the background of the terminal.
    #[must_use]
    pub fn on_its_own_ground(mut self) -> Self {
        self.set(Role::Text, Color::Reset);
        self.set(Role::Ground, Color::Reset);
        self
    }

    /// What a terminal of this depth can show of it; `sixteen` stands in for what it cannot.
    #[must_use]
    pub fn shown_in(mut self, depth: Depth, sixteen: impl FnOnce() -> Self) -> Self {
        let sixteen = if depth == Depth::Sixteen { sixteen() } else { self };
        for role in Role::VARIANTS {
            let colour = match (self.get(*role), depth) {
                (_, Depth::None) => Color::Reset,
                (Color::Rgb(..) | Color::Indexed(16..), Depth::Sixteen) => sixteen.get(*role),
                (Color::Rgb(r, g, b), Depth::Many) => nearest_of_many((r, g, b)),
                (colour, _) => colour,
            };
            self.set(*role, colour);
        }
        self
    }

    /// The least contrast of what is read, before this background, as WCAG 2 measures it; colours that
    /// are the terminal's own do not count.
    #[must_use]
    pub fn least_contrast(&self, ground: Rgb) -> f64 {
        let read = Role::VARIANTS.iter().filter(|role| role.is_read());
        let ratios = read.filter_map(|role| rgb(self.get(*role))).map(|it| contrast(it, ground));
        ratios.fold(f64::INFINITY, f64::min)
    }
}

/// Red, green and blue.
pub type Rgb = (u8, u8, u8);

/// The colour as numbers, where these are the same in every terminal.
#[must_use]
pub fn rgb(colour: Color) -> Option<Rgb> {
    let step = |n: u8| if n == 0 { 0 } else { n * 40 + 55 };
    match colour {
        Color::Rgb(r, g, b) => Some((r, g, b)),
        Color::Indexed(n @ 232..) => Some([(n - 232) * 10 + 8; 3].into()),
        Color::Indexed(n @ 16..) => {
            let n = n - 16;
            Some((step(n / 36), step(n / 6 % 6), step(n % 6)))
        }
        Color::Reset
        | Color::Black
        | Color::Red
        | Color::Green
        | Color::Yellow
        | Color::Blue
        | Color::Magenta
        | Color::Cyan
        | Color::Gray
        | Color::DarkGray
        | Color::LightRed
        | Color::LightGreen
        | Color::LightYellow
        | Color::LightBlue
        | Color::LightMagenta
        | Color::LightCyan
        | Color::White
        | Color::Indexed(_) => None,
    }
}

fn nearest_of_many(wanted: Rgb) -> Color {
    let far = |(a, b): (u8, u8)| u32::from(a.abs_diff(b)).pow(2);
    let distance = |n: &u8| {
        rgb(Color::Indexed(*n))
            .map(|it| far((it.0, wanted.0)) + far((it.1, wanted.1)) + far((it.2, wanted.2)))
    };
    (16..=u8::MAX).min_by_key(distance).map_or(Color::Reset, Color::Indexed)
}

/// The contrast of two colours as WCAG 2 measures it: from 1 to 21.
#[must_use]
pub fn contrast(one: Rgb, other: Rgb) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn luminance((r, g, b): Rgb) -> f64 {
    let linear = |part: u8| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_wcag() {
        let near = |a: f64, b: f64| (a - b).abs() < 0.01;
        assert!(near(contrast((0, 0, 0), (255, 255, 255)), 21.0));
        assert!(near(contrast((118, 118, 118), (255, 255, 255)), 4.54));
        assert!(near(contrast((9, 9, 9), (9, 9, 9)), 1.0));
    }

    #[test]
    fn every_role_keeps_its_own_colour() {
        let mut palette = Palette::default();
        for (n, role) in (0..).zip(Role::VARIANTS) {
            palette.set(*role, Color::Indexed(n));
        }
        for (n, role) in (0..).zip(Role::VARIANTS) {
            assert_eq!(palette.get(*role), Color::Indexed(n));
            assert_eq!(role.name().parse(), Ok(*role));
        }
    }

    #[test]
    fn a_terminal_shows_the_nearest_of_the_colours_it_has() {
        assert_eq!(nearest_of_many((255, 0, 0)), Color::Indexed(196));
        assert_eq!(nearest_of_many((0x12, 0x12, 0x12)), Color::Indexed(233));
        let (mut own, mut sixteen) = (Palette::default(), Palette::default());
        own.set(Role::Bad, Color::Rgb(255, 0, 0));
        own.set(Role::Good, Color::Cyan);
        sixteen.set(Role::Bad, Color::LightRed);
        let shown = |depth| {
            let palette = own.shown_in(depth, || sixteen);
            (palette.get(Role::Bad), palette.get(Role::Good))
        };
        assert_eq!(shown(Depth::Every), (Color::Rgb(255, 0, 0), Color::Cyan));
        assert_eq!(shown(Depth::Many), (Color::Indexed(196), Color::Cyan));
        assert_eq!(shown(Depth::Sixteen), (Color::LightRed, Color::Cyan));
        assert_eq!(shown(Depth::None), (Color::Reset, Color::Reset));
    }
}
