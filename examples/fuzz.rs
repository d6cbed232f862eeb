//! Gives every parser of bytes from outside inputs that are changed at random, and prints a table. `fuzz
//! [SECONDS] [SEED]`: how long each parser is worked on, 10 seconds if left out. An input that makes one
//! panic or hang is written to the folder for temporary files, and the example fails.
#![expect(clippy::unwrap_used, reason = "the targets are shared with the tests")]

#[path = "../tests/it/fuzz.rs"]
mod fuzz;

use std::{
    env, fs,
    io::{self, Write},
    panic,
    process::ExitCode,
    time::{Duration, Instant},
};

use color_eyre::eyre::Result;

fn main() -> Result<ExitCode> {
    let number = |at| env::args().nth(at).map(|word| word.parse::<u64>()).transpose();
    let (seconds, seed) = (number(1)?.unwrap_or(10), number(2)?.unwrap_or(1));
    // A panic counts; it need not be printed.
    panic::set_hook(Box::new(|_| {}));
    let (mut out, mut is_good) = (io::stdout(), true);
    writeln!(
        out,
        "{:<32} {:>9} {:>7} {:>6} {:>11}",
        "parser", "inputs", "panics", "hangs", "slowest ms"
    )?;
    for target in fuzz::targets() {
        let tally = target.run(seed, u64::MAX, Instant::now() + Duration::from_secs(seconds));
        let fuzz::Tally { inputs, panics, hangs, slowest, example } = tally;
        let slowest = slowest.as_millis();
        writeln!(out, "{:<32} {inputs:>9} {panics:>7} {hangs:>6} {slowest:>11}", target.name)?;
        if let Some(bytes) = example {
            let path =
                env::temp_dir().join(format!("tutelage-fuzz-{}", target.name.replace(' ', "-")));
            fs::write(&path, bytes)?;
            writeln!(out, "    an input is kept as {}", path.display())?;
            is_good = false;
        }
    }
    Ok(if is_good { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
