//! `rules` and its commands.

use clap::{Subcommand, ValueEnum};

/// `rules`
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Rules {
    /// What to do; the rules are listed if left out
    #[command(subcommand)]
    pub command: Option<Change>,
    /// Count these weeks
    #[arg(long, value_enum, default_value_t = Weeks::Year)]
    pub weeks: Weeks,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// Which weeks are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Weeks {
    /// The last four.
    Four,
    /// The academic year.
    Year,
    /// All there are.
    All,
}

/// What changes the rules; all of it says what it does to this week's list and to weeks past.
#[derive(Debug, Subcommand)]
pub enum Change {
    /// Change one number of the card
    Set {
        /// Where it stands, as `tutelage rules --json` has it: look.mean-below
        path: String,
        /// The new number; none takes a change back
        number: Option<u16>,
        /// Say what it would do, and change nothing
        #[arg(long)]
        dry_run: bool,
    },
    /// Switch a rule off
    Off {
        /// The rule: repeating
        rule: String,
        /// Say what it would do, and change nothing
        #[arg(long)]
        dry_run: bool,
    },
    /// Switch a rule on again
    On {
        /// The rule
        rule: String,
        /// Say what it would do, and change nothing
        #[arg(long)]
        dry_run: bool,
    },
}
