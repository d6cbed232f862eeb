//! Subcommands: each works without a screen.

use std::{path::PathBuf, process::ExitCode};

use chrono::NaiveDate;
use clap::Parser;
use color_eyre::eyre::Result;

use crate::runtime::run::{self, Options};

/// Personal tutoring in the terminal.
#[derive(Debug, Parser)]
#[command(version, about)]
pub struct Args {
    /// Keep everything in this folder instead of your own.
    #[arg(long, global = true, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// See the records as on this day, for instance 2026-11-21.
    #[arg(long, global = true, value_name = "DATE")]
    pub today: Option<NaiveDate>,
}

/// Does what the arguments ask for.
///
/// # Errors
/// When it cannot be done; the report says why, for the user.
pub fn run(args: Args) -> Result<ExitCode> {
    let code = run::run(&Options { data: args.data, today: args.today })?;
    Ok(ExitCode::from(u8::try_from(code).unwrap_or(u8::MAX)))
}
