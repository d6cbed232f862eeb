//! `backup` and `restore`.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::ValueHint;

/// `backup`
#[derive(Debug, clap::Args)]
#[command(
    after_help = "The file is sealed: it opens with the passphrase or the recovery code of today, on any \
                  machine. It is read back before it counts, and recorded in the journal. Keep it on \
                  another disk. Your own policies and letters are in it; config.toml, which belongs to the \
                  machine, is not."
)]
pub struct Backup {
    /// The file to write
    #[arg(required_unless_present = "list", value_hint = ValueHint::FilePath)]
    pub file: Option<PathBuf>,
    /// Replace the file if it is there
    #[arg(long)]
    pub force: bool,
    /// Write the automatic snapshot of this day, instead of everything as it is now
    #[arg(long, value_name = "DATE")]
    pub snapshot: Option<NaiveDate>,
    /// List the automatic snapshots instead
    #[arg(long, conflicts_with_all = ["file", "force", "snapshot"])]
    pub list: bool,
}

/// `restore`
#[derive(Debug, clap::Args)]
#[command(
    after_help = "The folder of the profile must be new or empty: --data names another one. All of the \
                  backup is verified before anything is put in place. The passphrase is that of the day on \
                  which it was made."
)]
pub struct Restore {
    /// The file that `tutelage backup` wrote
    #[arg(value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// Use the recovery code in place of the passphrase
    #[arg(long)]
    pub recovery: bool,
}
