//! Subcommands: each works without a screen, and all of them write through the functions that the screen uses.

pub mod alerts;
pub mod args;
pub mod exit;
pub mod list;
pub mod manual;
pub mod out;
pub mod passphrase;
pub mod search;
pub mod session;
pub mod show;
pub mod who;

use std::{
    io::{self, Write},
    process::ExitCode,
};

use clap::CommandFactory;
use color_eyre::eyre::Result;

pub use args::Args;
use args::{Command, Common};
use exit::{Exit, Failure, Outcome};
use out::Out;

use crate::runtime::run::{self, Options};

/// Does what the arguments ask for; without a command it opens the screen.
///
/// # Errors
/// When the screen cannot be used.
pub fn run(args: Args) -> Result<ExitCode> {
    let Some(command) = args.command else {
        let Common { data, today, .. } = args.common;
        let code = run::run(&Options { data, today })?;
        return Ok(u8::try_from(code).unwrap_or(u8::MAX).into());
    };
    let mut out = Out::standard();
    let done = carry_out(command, &mut out).and_then(|()| out.finish());
    Ok(done.map_or_else(|failure| report(&failure), |()| ExitCode::SUCCESS))
}

/// Says what went wrong, if that has not been said.
fn report(failure: &Failure) -> ExitCode {
    if !failure.sentence.is_empty() {
        writeln!(io::stderr(), "tutelage: {}", failure.sentence).ok();
    }
    failure.exit.into()
}

fn carry_out(command: Command, out: &mut Out) -> Outcome {
    match command {
        Command::Completions { shell } => completions(shell, out),
        Command::Man { folder: None } => out.bytes(&manual::page()),
        Command::Man { folder: Some(folder) } => manual::write(&folder),
        Command::Init(_)
        | Command::Import(_)
        | Command::List(_)
        | Command::Show(_)
        | Command::Log(_)
        | Command::Note(_)
        | Command::Search(_)
        | Command::Alerts(_)
        | Command::Undo
        | Command::Redo
        | Command::Export(_)
        | Command::Check
        | Command::Passwd(_) => Err(Failure::new(Exit::Failed, "This is not built yet.")),
    }
}

fn completions(shell: clap_complete::Shell, out: &mut Out) -> Outcome {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "tutelage", &mut script);
    out.bytes(&script)
}
