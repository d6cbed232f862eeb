//! What may be typed behind `tutelage letter`.

use std::path::PathBuf;

use clap::{Subcommand, ValueHint};

/// `letter`
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
#[command(
    after_help = "Nothing goes to others without the consent that the policy asks for. A file is not \
                        sealed: that it leaves is recorded in the journal. Your own templates are in the \
                        folder letters of the profile."
)]
pub struct Letter {
    /// One of the further commands.
    #[command(subcommand)]
    pub command: Option<LetterCommand>,
    /// One letter.
    #[command(flatten)]
    pub one: LetterOne,
}

/// `letter KIND STUDENT`
#[derive(Debug, clap::Args)]
pub struct LetterOne {
    /// Which letter, such as summary: `letter list` shows all
    #[arg(required = true)]
    pub kind: Option<String>,
    /// Student number, or a part of the name that only one has
    #[arg(required = true)]
    pub student: Option<String>,
    /// Day of the meeting that it tells of; a summary tells of the latest
    #[arg(long, value_name = "DATE")]
    pub meeting: Option<String>,
    /// Write a draft for your mail program to this file; - is standard output
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with = "text")]
    pub eml: Option<PathBuf>,
    /// Write text to this file; - is standard output, as without an option
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub text: Option<PathBuf>,
    /// Why somebody is at serious risk: lets go what only that allows, and is recorded
    #[arg(long, value_name = "REASON")]
    pub serious_risk: Option<String>,
    /// Mark it as sent today
    #[arg(long)]
    pub sent: bool,
}

/// `letter …`
#[derive(Debug, Subcommand)]
pub enum LetterCommand {
    /// Write a letter for each of many students into a folder
    Merge(LetterMerge),
    /// List the letters, with the clause that asks for each
    List,
    /// Check a template: syntax, placeholders, subject
    Check {
        /// The template
        #[arg(value_hint = ValueHint::FilePath)]
        file: PathBuf,
    },
    /// List what a template can name
    Placeholders,
}

/// `letter merge`
#[derive(Debug, clap::Args)]
pub struct LetterMerge {
    /// Which letter, such as invitation
    pub kind: String,
    /// Who gets it: student numbers, or parts of names
    #[arg(long, required = true, num_args = 1.., value_name = "WHO")]
    pub students: Vec<String>,
    /// Where to write the files, each named by a student number
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub folder: PathBuf,
    /// Write text in place of drafts for a mail program
    #[arg(long)]
    pub as_text: bool,
    /// Mark them as sent today
    #[arg(long)]
    pub sent: bool,
}
