//! The `tutelage` program: arguments, hooks, exit code.

use std::{
    io::{self, Write},
    process::ExitCode,
};

use tutelage::cli::{self, Args};

fn main() -> ExitCode {
    let args = Args::typed();
    // First of the hooks: the terminal's and our own come after it, so that they run before it.
    let outcome = color_eyre::install().and_then(|()| cli::run(args));
    outcome.unwrap_or_else(|report| {
        writeln!(io::stderr(), "tutelage: {report:#}").ok();
        ExitCode::FAILURE
    })
}
