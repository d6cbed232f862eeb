//! The least that a program on the same database needs: sled alone, with the cache that the program gives it, reading
//! every record once. What the program itself takes is its memory beyond this.

use std::{fs, io, path::Path};

use super::{Bench, program::Program, subject::profile, wire::Kind};
use crate::measure::say;

/// What it says once it has read everything.
const READ: &str = "all read";

/// How many bytes of pages sled keeps, as in the program.
const CACHE: u64 = 2 * 1024 * 1024;

/// Reads every record of the database in this folder, says so and waits for a line.
pub fn run(folder: &str) {
    let config = sled::Config::new().path(folder).cache_capacity(CACHE).flush_every_ms(None);
    let database = config.open().unwrap();
    let bytes = database.tree_names().into_iter().map(|name| {
        let tree = database.open_tree(name).unwrap();
        tree.iter().values().map(|value| value.unwrap().len()).sum::<usize>()
    });
    say(&format!("{READ}: {} B", bytes.sum::<usize>()));
    io::stdin().read_line(&mut String::new()).unwrap();
}

/// How many bytes of memory that took at its highest.
pub fn peak(bench: &Bench) -> u64 {
    let copy = tempfile::tempdir_in(bench.folder.path()).unwrap();
    copy_folder(&profile(bench.folder.path()).join("db"), copy.path());
    let program = std::env::current_exe().unwrap().display().to_string();
    let words = [program, "sled".into(), copy.path().display().to_string()];
    let mut program = Program::start(&words, Kind::Answering);
    program.see(READ);
    program.memory("VmHWM:")
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}
