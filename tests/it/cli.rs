//! The command line, run as a user runs it: help, exit codes, and the whole way from `init` to `export`.

mod help;

use assert_cmd::Command;

/// The program.
fn tutelage(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tutelage"));
    command.args(arguments).env_clear().env("LANG", "C.UTF-8");
    command
}

/// What a run printed, and how it ended.
struct Run {
    code: Option<i32>,
    out: String,
    err: String,
}

/// Runs a command to its end.
fn run(mut command: Command) -> Run {
    let output = command.output().unwrap();
    Run {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}
