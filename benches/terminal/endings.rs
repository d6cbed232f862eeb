//! However the program ends: the terminal as before, the exit code, at once, and nothing goes on.

use std::{
    fs, thread,
    time::{Duration, SystemTime},
};

use rustix::process::Signal;
use tempfile::tempdir;

use super::{
    Bench,
    program::Program,
    subject::LISTED,
    wire::{Kind, between, now},
};
use crate::measure::{Amount, Sheet, say};

/// What every ending may take.
const AT_ONCE: Duration = Duration::from_millis(100);

/// The exit code after a hang-up.
const HUNG_UP: u32 = 129;

pub fn run(bench: &Bench, sheet: &mut Sheet) {
    let signals =
        [("TERM", Signal::TERM, 143), ("HUP", Signal::HUP, 129), ("INT", Signal::INT, 130)];
    let mut failed = 0;
    let mut tell = |name: &str, took: Duration, is_good: bool| {
        let good = is_good && took <= AT_ONCE;
        failed += u64::from(!good);
        let verdict = if good { "kept" } else { "MISSED" };
        say(&format!("    {name:<8} {:>9.1} ms  {verdict}", took.as_secs_f64() * 1e3));
    };
    for (name, signal, expected) in signals {
        let mut program = bench.ours.opened();
        let at = program.signal(signal);
        let (end, code) = program.end();
        tell(name, between(at, end), code == expected && program.is_restored());
    }
    let (took, is_good) = stopped(bench);
    tell("TSTP", took, is_good);
    let (took, code) = hung_up(bench);
    tell("hang-up", took, code == HUNG_UP);
    let (took, code) = unheard(bench);
    tell("EIO", took, code == HUNG_UP);
    sheet.bar("endings of six that are not clean", Amount::Count(failed), Amount::Count(0));
}

/// A stop gives the terminal back and costs nothing; going on draws everything again.
fn stopped(bench: &Bench) -> (Duration, bool) {
    let mut program = bench.ours.opened();
    let at = program.signal(Signal::TSTP);
    let back = program.wait("main screen", |program| !program.screen().alternate_screen());
    program.rest(Duration::from_millis(50));
    let before = program.usage();
    program.rest(Duration::from_millis(300));
    let still = program.is_stopped() && program.is_restored();
    let still = still && program.usage().cpu == before.cpu;
    program.signal(Signal::CONT);
    program.wait("alternate screen", |program| program.screen().alternate_screen());
    program.see(LISTED);
    (between(at, back), still)
}

/// The terminal is closed, and the kernel says so.
fn hung_up(bench: &Bench) -> (Duration, u32) {
    let mut program = bench.ours.opened();
    let at = program.hang_up();
    let (end, code) = program.end();
    (between(at, end), code)
}

/// A shell that ignores the hang-up is between the terminal and the program: no signal says that the terminal is gone.
fn unheard(bench: &Bench) -> (Duration, u32) {
    let folder = tempdir().unwrap();
    let code = folder.path().join("code");
    let script = format!("trap '' HUP; \"$@\"; echo $? > '{}'", code.display());
    let mut words: Vec<String> = ["/bin/sh", "-c", &script, "sh"].map(str::to_owned).into();
    words.extend_from_slice(bench.ours.words());
    let mut program = Program::start(&words, Kind::Answering);
    bench.ours.wait(&mut program);
    program.rest(Duration::from_millis(700));
    let at = program.hang_up();
    let deadline: SystemTime = at + Duration::from_secs(10);
    loop {
        let said = fs::read_to_string(&code).unwrap_or_default();
        if said.ends_with('\n') || now() > deadline {
            return (between(at, now()), said.trim().parse().unwrap_or_default());
        }
        thread::park_timeout(Duration::from_millis(1));
    }
}
