//! Shows that no kill loses an acknowledged change. `write DIR SEED` opens or creates a sealed profile and
//! prints `A n` after each acknowledged commit, for ever or COUNT times; `verify DIR` prints `OK last count`,
//! or each missing, torn or wrong `n`; `cycles N [DIR]` kills and verifies N times by itself.
#![expect(clippy::unwrap_used, reason = "the workload is shared with the tests")]

#[path = "../tests/it/store/workload.rs"]
mod workload;

use std::{
    env,
    io::{self, BufRead, BufReader, Write},
    path::Path,
    process::{Command, ExitCode, Stdio},
};

use color_eyre::eyre::{Result, bail, eyre};
use tutelage::store::{Standing, Store};
use workload::{change, last, open_or_create, options, stamp, verify};

const USAGE: &str = "crash write DIR SEED [COUNT] | crash verify DIR | crash cycles N [DIR]";

fn main() -> Result<ExitCode> {
    let words: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match *words.as_slice() {
        ["write", folder, seed] => write(Path::new(folder), seed.parse()?, u64::MAX),
        ["write", folder, seed, count] => write(Path::new(folder), seed.parse()?, count.parse()?),
        ["verify", folder] => check(Path::new(folder)),
        ["cycles", count] => cycles(count.parse()?, tempfile::tempdir()?.path()),
        ["cycles", count, folder] => cycles(count.parse()?, Path::new(folder)),
        _ => bail!(USAGE),
    }
}

fn write(folder: &Path, seed: u64, count: u64) -> Result<ExitCode> {
    let (mut store, loaded) = open_or_create(folder, options())?;
    let mut records = loaded.records;
    let mut out = io::stdout();
    let first = last(&records) + 1;
    for n in first..first.saturating_add(count) {
        let change = change(&records, n, seed);
        store.commit(&change, stamp(n))?;
        records.apply(&change)?;
        writeln!(out, "A {n}")?;
        out.flush()?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The last commit and the number of records, or what is wrong.
fn look(folder: &Path) -> Result<std::result::Result<(u64, usize), Vec<String>>> {
    if Store::standing(folder)? == Standing::Absent {
        return Ok(Ok((0, 0)));
    }
    let (store, loaded) = open_or_create(folder, options())?;
    let (mut faults, count) = verify(&loaded.records);
    faults.extend(store.check()?.problems);
    Ok(if faults.is_empty() { Ok((last(&loaded.records), count)) } else { Err(faults) })
}

fn check(folder: &Path) -> Result<ExitCode> {
    let mut out = io::stdout();
    match look(folder)? {
        Ok((last, count)) => {
            writeln!(out, "OK {last} {count}")?;
            Ok(ExitCode::SUCCESS)
        }
        Err(faults) => {
            faults.iter().try_for_each(|fault| writeln!(out, "{fault}"))?;
            Ok(ExitCode::FAILURE)
        }
    }
}

fn cycles(count: u64, folder: &Path) -> Result<ExitCode> {
    let mut out = io::stdout();
    let mut random = 0x9E37_79B9_7F4A_7C15_u64;
    let mut highest = 0;
    for cycle in 1..=count {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(cycle);
        let mut child = Command::new(env::current_exe()?)
            .arg("write")
            .arg(folder)
            .arg(cycle.to_string())
            .stdout(Stdio::piped())
            .spawn()?;
        let lines = child.stdout.take().ok_or_else(|| eyre!("the child has no output"))?;
        let mut lines = BufReader::new(lines).lines();
        for line in lines.by_ref().take(usize::try_from(random >> 60)?) {
            highest = acknowledged(&line?)?;
        }
        for step in 0..random >> 44 & 0x3_FFFF {
            std::hint::black_box(step);
        }
        child.kill()?;
        for line in lines {
            highest = acknowledged(&line?)?;
        }
        child.wait()?;
        match look(folder)? {
            Ok((last, _)) if last >= highest => {}
            Ok((last, _)) => bail!("cycle {cycle}: {highest} was acknowledged, {last} is there"),
            Err(faults) => bail!("cycle {cycle}: {}", faults.join(", ")),
        }
    }
    writeln!(out, "{count} kills, {highest} acknowledged commits, nothing lost")?;
    Ok(ExitCode::SUCCESS)
}

fn acknowledged(line: &str) -> Result<u64> {
    Ok(line.strip_prefix("A ").ok_or_else(|| eyre!("the child says {line}"))?.parse()?)
}
