//! What may be typed behind `tutelage evaluate` and `tutelage fit`.

use std::path::PathBuf;

use clap::ValueHint;

/// `evaluate`
#[derive(Debug, clap::Args)]
#[command(
    after_help = "DATA has the tables of the Open University data as CSV, packed by gzip or not: \
                        presentations, enrolments, weekly_vle, assessments, submissions, \
                        tutor_groups; and, if there are any, reference_points and audit_groups. \
                        Nothing of a profile is read or written."
)]
pub struct Evaluate {
    /// Folder with past students, their work and how it ended
    #[arg(value_name = "DATA", value_hint = ValueHint::DirPath)]
    pub folder: PathBuf,
    /// Judge this score card too; a copy of the one in assets/cards, changed
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub card: Vec<PathBuf>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// `fit`
#[derive(Debug, clap::Args)]
#[command(
    after_help = "DATA is a folder as for `evaluate`; reference_points and audit_groups are not \
                        opened. The card is never put into use: it is written to FILE, to be read, \
                        judged by `evaluate` and changed. The same folder gives the same card."
)]
pub struct Fit {
    /// Folder with past students, their work and how it ended
    #[arg(value_name = "DATA", value_hint = ValueHint::DirPath)]
    pub folder: PathBuf,
    /// What is left out in turn to judge the card on what it has not seen
    #[arg(long, value_name = "GROUP", value_enum, default_value_t = LeaveOut::Module)]
    pub leave_out: LeaveOut,
    /// Compare with this card instead of the program's
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub card: Option<PathBuf>,
    /// Write the card to this file, which must not be there yet
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub out: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// What `fit` leaves out in turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum LeaveOut {
    /// All runs of a module
    Module,
    /// One run of a module
    Presentation,
}
