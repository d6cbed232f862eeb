//! The command line, run as a user runs it: help, exit codes, and the whole way from `init` to `export`.

mod backup;
mod config;
mod duties;
mod evaluate;
mod flow;
mod held;
mod help;
mod import;
mod letter;
mod passphrase;
mod plain;
mod policy;
mod prompts;
mod rules;
mod signals;

use std::{fs, path::PathBuf};

use assert_cmd::Command;
use tempfile::TempDir;

/// The day on which all of this happens.
const TODAY: &str = "2026-11-21";

/// A tutee list as a school sends it.
const LIST: &str = "\
Student Number,First name,Surname,Preferred name,Email,Programme,Level
00481234/1,Aisha,Rahman,,ar1@example.ac.uk,BSc Computer Science,4
20481235,Benjamin,O'Connor,Ben,bo2@example.ac.uk,BSc Computer Science,4
20481236,陈,伟,Chen Wei,cw3@example.ac.uk,BSc Mathematics,5
20481237,Zoë,Łukasiewicz,,zl4@example.ac.uk,BSc Mathematics,6
";

/// The program.
fn tutelage(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tutelage"));
    let path = std::env::var_os("PATH").unwrap_or_default();
    command.args(arguments).env_clear().env("LANG", "C.UTF-8").env("PATH", path);
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

/// A command that prints the passphrase of a sealed profile.
const OPEN: &str = "printf 'correct horse\\n'";

/// A folder with a profile in it.
struct Home {
    folder: TempDir,
    sealed: bool,
}

impl Home {
    /// An empty folder.
    fn empty() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), sealed: false }
    }

    /// A profile without a passphrase and without students.
    fn new() -> Self {
        let home = Self::empty();
        home.does(&[
            "init",
            "--name",
            "Dr Amara Okafor",
            "--school",
            "Computing",
            "--no-passphrase",
        ]);
        home
    }

    /// A profile with the students of [`LIST`], without a passphrase: each run would spend its time on it.
    fn with_students() -> Self {
        Self::new().filled()
    }

    /// A sealed profile with the students of [`LIST`].
    fn sealed() -> Self {
        let home = Self { sealed: true, ..Self::empty() };
        home.does(&["init", "--name", "Dr Amara Okafor", "--school", "Computing"]);
        home.filled()
    }

    fn filled(self) -> Self {
        let list = self.file("list.csv", LIST);
        self.does(&["import", "students", &list, "--yes"]);
        self
    }

    /// Writes a file beside the profile; answers its path.
    fn file(&self, name: &str, text: &str) -> String {
        let path = self.path(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The program on this profile, with what it reads from standard input.
    fn typed(&self, arguments: &[&str], input: &str) -> Run {
        let data = self.path("profile");
        let mut command = tutelage(arguments);
        command.arg("--data").arg(data).args(["--today", TODAY]).write_stdin(input.to_owned());
        if self.sealed {
            command.args(["--passphrase-command", OPEN]);
        }
        run(command)
    }

    fn run(&self, arguments: &[&str]) -> Run {
        self.typed(arguments, "")
    }

    /// What a command prints that must succeed.
    fn does(&self, arguments: &[&str]) -> String {
        let run = self.run(arguments);
        assert_eq!(run.code, Some(0), "{arguments:?}: {}{}", run.out, run.err);
        run.out
    }

    /// What `--json` prints.
    fn json(&self, arguments: &[&str]) -> serde_json::Value {
        serde_json::from_str(&self.does(arguments)).unwrap()
    }

    /// Exit code and words of a command that must be refused.
    fn refused(&self, arguments: &[&str]) -> (Option<i32>, String) {
        let run = self.run(arguments);
        assert_ne!(run.code, Some(0), "{arguments:?}: {}", run.out);
        (run.code, run.err)
    }
}
