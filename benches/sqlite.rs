//! The same records kept by `SQLite`, through its own program: nothing of it is built for this.

use std::{
    fmt::Write as _,
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Command, Stdio},
};

use crate::measure::Times;

/// Says that everything before it is done.
const DONE: &str = "done";

/// So many changes of three records each, one transaction each, in a database with a journal that is forced onto the disk
/// at every commit; none where there is no `sqlite3`.
pub fn inserts(path: &Path, changes: usize, bytes: usize) -> Option<Times> {
    // Its answers are to come line by line, into a pipe too.
    let mut program = Command::new("stdbuf");
    program.args(["-oL", "sqlite3", "-batch"]).arg(path);
    program.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut program = program.stderr(Stdio::null()).spawn().ok()?;
    let mut input = program.stdin.take()?;
    let mut output = BufReader::new(program.stdout.take()?);
    let mut run = |words: &str| {
        writeln!(input, "{words}\n.print {DONE}").ok()?;
        let mut line = String::new();
        while line.trim_end() != DONE {
            line.clear();
            if output.read_line(&mut line).ok()? == 0 {
                return None;
            }
        }
        Some(())
    };
    run("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; \
         CREATE TABLE record (id BLOB PRIMARY KEY, sealed BLOB) WITHOUT ROWID;")?;
    let sealed = "a7".repeat(bytes);
    let inserts = Times::of(changes, |round| {
        let mut words = String::from("BEGIN;");
        for part in 0..3 {
            write!(words, "INSERT INTO record VALUES (x'{:032x}', x'{sealed}');", round * 3 + part)
                .unwrap();
        }
        run(&(words + "COMMIT;")).unwrap();
    });
    drop(input);
    program.wait().unwrap();
    Some(inserts)
}
