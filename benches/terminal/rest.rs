//! What the program costs while nothing happens, how much memory it takes, and what a new size and leaving take.

use std::time::Duration;

use tutelage::domain::demo::Scale;

use super::{
    Bench, database,
    program::{Program, SIZE},
    subject::{LISTED, Subject},
    wire::between,
};
use crate::measure::{Against, Amount, Sheet, Times};

/// Sizes of a terminal in which nothing can be read.
const TINY: [(u16, u16); 3] = [(10, 3), (1, 1), (0, 0)];

const MIB: u64 = 1024 * 1024;

pub fn idle(bench: &Bench, sheet: &mut Sheet) {
    let mut program = bench.ours.settled();
    let before = program.usage();
    let sent = program.rest_for(Duration::from_secs(10));
    let after = program.usage();
    let wakes = Amount::Count(after.wakes - before.wakes);
    sheet.bar("idle for 10 s: wake-ups", wakes, Amount::Count(0));
    sheet.bar("idle for 10 s: sent", Amount::Bytes(sent), Amount::Bytes(0));
    let cpu = after.cpu.saturating_sub(before.cpu);
    sheet.bar("idle for 10 s: processor time", cpu, Duration::ZERO.into());
    sheet.row("memory at rest", Amount::Bytes(program.memory("VmRSS:")), &[]);
    let peak = program.memory("VmHWM:");
    drop(program);
    let sled = database::peak(bench);
    sheet.row("peak memory", Amount::Bytes(peak), &[]);
    sheet.row("peak memory of sled alone that reads the same records", Amount::Bytes(sled), &[]);
    let (beyond, name) = (Amount::Bytes(peak.saturating_sub(sled)), "peak memory beyond that");
    match bench.world.scale {
        Scale::Tutor => sheet.bar(name, beyond, Amount::Bytes(12 * MIB)),
        Scale::School => sheet.bar(name, beyond, Amount::Bytes(35 * MIB)),
        // Measured against its text in the figures.
        Scale::University => sheet.row(name, beyond, &[]),
    }
}

pub fn sizes(bench: &Bench, sheet: &mut Sheet) {
    let mut program = bench.ours.settled();
    let (ours, floor) = (resized(&mut program), resized(&mut bench.hello.settled()));
    let against = [
        Against { what: "ratatui hello", took: floor.median().into(), at_most: None },
        Against { what: "gitui", took: Duration::from_micros(4700).into(), at_most: Some(1.0) },
    ];
    sheet.row("another size, 200 x 60, median", ours.median(), &against);
    for size in TINY {
        program.resize(size);
    }
    let drawn = program.resize(SIZE).map_or(0, |answer| answer.bytes);
    let gone = u64::from(drawn == 0 || !program.screen().contents().contains(LISTED));
    sheet.bar("not there after 10 x 3, 1 x 1, 0 x 0", Amount::Count(gone), Amount::Count(0));
    drop(program);
    let (ours, floor) = (left(&bench.ours), left(&bench.hello));
    let against = [
        Against { what: "ratatui hello", took: floor.median().into(), at_most: None },
        Against { what: "5 ms", took: Duration::from_millis(5).into(), at_most: Some(1.0) },
    ];
    sheet.row("leaving, median", ours.median(), &against);
}

/// How long it takes to fill a larger terminal.
fn resized(program: &mut Program) -> Times {
    let sizes = [(200, 60), SIZE].into_iter().cycle().take(14);
    let answers = sizes.filter_map(|size| Some((size, program.resize(size)?)));
    answers.filter(|(size, _)| *size != SIZE).map(|(_, answer)| answer.after).collect()
}

/// How long leaving takes.
fn left(subject: &Subject) -> Times {
    let left = (0..9).map(|_| {
        let mut program = subject.opened();
        let at = program.press("q");
        between(at, program.end().0)
    });
    left.collect()
}
