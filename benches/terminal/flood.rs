//! Many keys: held down, and all at once. Nothing may be drawn twice, and nothing may lag behind.

use std::{
    thread,
    time::{Duration, Instant},
};

use super::{Bench, program::Program, subject::Subject};
use crate::measure::{Against, Amount, Sheet};

/// How many keys, and how far apart when one is held down.
const KEYS: u32 = 60;
const APART: Duration = Duration::from_millis(33);

pub fn run(bench: &Bench, sheet: &mut Sheet) {
    let (lag, cpu) = held_down(&bench.ours);
    let (floor_lag, floor_cpu) = held_down(&bench.hello);
    // csvlens lags 1.54 times as long behind as the floor, and computes 1.56 times as long: 0.8 times that is allowed.
    let against = |took: Duration, at_most| {
        [Against { what: "ratatui hello", took: took.into(), at_most: Some(at_most) }]
    };
    sheet.row("key held down: lag after the last", lag, &against(floor_lag, 1.54));
    sheet.row("key held down: processor time a key", cpu, &against(floor_cpu, 1.25));
    let mut program = bench.ours.settled();
    let one = middle_key(&mut program);
    let burst = format!("j{}", "kj".repeat((KEYS / 2).try_into().unwrap_or_default()));
    let sent = program.key(&burst).map_or(0, |answer| answer.bytes);
    let against = Against { what: "one key", took: Amount::Bytes(one), at_most: Some(3.0) };
    sheet.row("61 keys at once that move by one, sent", Amount::Bytes(sent), &[against]);
}

/// What one key sends, there and back.
fn middle_key(program: &mut Program) -> u64 {
    let sent = ["j", "k", "j", "k"].map(|key| program.key(key).map_or(0, |answer| answer.bytes));
    sent.into_iter().max().unwrap_or_default()
}

/// How long after the last key the last byte comes, and what a key costs.
fn held_down(subject: &Subject) -> (Duration, Duration) {
    let mut program = subject.settled();
    let before = program.usage().cpu;
    let began = Instant::now();
    let mut last = None;
    for key in 0..KEYS {
        let due = began + APART * key;
        while let left @ 1.. = due.saturating_duration_since(Instant::now()).as_nanos() {
            thread::park_timeout(Duration::from_nanos(left.try_into().unwrap_or(u64::MAX)));
        }
        program.rest(Duration::ZERO);
        last = Some(program.press(if key % 16 < 8 { "j" } else { "k" }));
    }
    let lag = last.and_then(|at| program.answer(at)).map(|answer| answer.after);
    (lag.unwrap_or_default(), program.usage().cpu.saturating_sub(before) / KEYS)
}
