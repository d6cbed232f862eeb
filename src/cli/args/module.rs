//! What may be typed behind `tutelage module`.

use clap::Subcommand;

/// `module`
#[derive(Debug, Subcommand)]
pub enum Module {
    /// List the modules, what they ask for and when it is due
    List {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Edit a module: its title, and the days and weights of its work
    Edit(ModuleEdit),
}

/// `module edit`
#[derive(Debug, clap::Args)]
#[command(after_help = "When days or weights change, this week's alerts are worked out anew.")]
pub struct ModuleEdit {
    /// Code of the module, or a part of its title that only one has
    pub module: String,
    /// What it is called
    #[arg(long)]
    pub title: Option<String>,
    /// When a piece of work is due, such as 'Essay=30 Oct'; without a day nobody knows
    #[arg(long, value_name = "PIECE=DAY")]
    pub due: Vec<String>,
    /// The last day on which it is not late, where that is after the due day
    #[arg(long, value_name = "PIECE=DAY")]
    pub closes: Vec<String>,
    /// How many percent of the module it counts
    #[arg(long, value_name = "PIECE=PERCENT")]
    pub weight: Vec<String>,
}
