//! What may be typed where no command follows: the way to the screen.

use clap::Parser;

use super::{Args, Common, Scale};

impl Args {
    /// What was typed. The way to the screen does not wait until the words of all commands are put together.
    #[must_use]
    pub fn typed() -> Self {
        Bare::try_parse().map_or_else(
            |_| Self::parse(),
            |Bare { screen, common }| Self { screen, common, command: None },
        )
    }
}

/// The command line without a command; what does not fit is for [`Args`] to understand or refuse.
#[derive(Debug, Parser)]
#[command(disable_help_flag = true)]
struct Bare {
    #[command(flatten)]
    screen: Screen,
    #[command(flatten)]
    common: Common,
}

/// What the screen has to know.
#[derive(Debug, Clone, Copy, clap::Args)]
pub struct Screen {
    /// Open a demo in a temporary folder: tutor, school or university
    #[arg(long, value_name = "SCALE", num_args = 0..=1, default_missing_value = "tutor")]
    #[arg(hide_possible_values = true, conflicts_with = "data")]
    pub demo: Option<Scale>,
    /// Draw frames and signs with ASCII characters alone
    #[arg(long)]
    pub ascii: bool,
    /// Ask and answer line by line instead of on a screen, for screen readers
    #[arg(long)]
    pub plain: bool,
}
