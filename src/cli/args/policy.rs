//! `policy` and its commands.

use std::path::PathBuf;

use clap::{Subcommand, ValueHint};

/// `policy`
#[derive(Debug, Subcommand)]
pub enum Policy {
    /// Check a policy file; every fault is told with its line and field
    Check {
        /// The file; - is standard input
        #[arg(value_hint = ValueHint::FilePath)]
        file: PathBuf,
    },
    /// Show in words what a policy asks, with the clause of each rule
    Show {
        /// Short name such as ljmu, or a file; the one in use if left out
        policy: Option<String>,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// List the policies that can be chosen
    List,
    /// Choose the policy that the profile runs by; what is recorded stays
    Use {
        /// Short name such as ljmu; none for no policy
        code: String,
    },
    /// Say in words in what two policies differ, rule by rule
    Diff {
        /// Short name of a built-in policy, or a file
        #[arg(value_name = "A")]
        one: String,
        /// The other
        #[arg(value_name = "B")]
        other: String,
    },
    /// Write a policy file to start from
    New {
        /// The file; one that is there is never replaced
        #[arg(value_hint = ValueHint::FilePath)]
        file: PathBuf,
        /// Start from this built-in policy
        #[arg(long, value_name = "CODE")]
        from: Option<String>,
    },
    /// List every demand, where it is met and how that is tested
    Coverage {
        /// Print the table in Markdown
        #[arg(long)]
        markdown: bool,
    },
}
