//! A line of 9,600 bytes a second: when the first rows stand, and that keys are taken while they are still coming.

use std::time::Duration;

use super::{Bench, subject::LISTED, wire::Kind};
use crate::measure::{Against, Amount, Sheet};

const LINE: Kind = Kind::Slow(9600);

/// The picture has come when nothing more has for so long.
const OVER: Duration = Duration::from_millis(300);

pub fn run(bench: &Bench, sheet: &mut Sheet) {
    let (_, floor) = bench.hello.started(LINE);
    let (program, first) = bench.ours.started(LINE);
    let against = [
        Against { what: "ratatui hello", took: floor.after.into(), at_most: None },
        Against { what: "0.75 s", took: Duration::from_millis(750).into(), at_most: Some(1.0) },
    ];
    sheet.row("9,600 bytes a second: first rows", first.after, &against);
    drop(program);
    let mut program = bench.ours.start(LINE);
    program.see(LISTED);
    program.press("jjj");
    program.see("help");
    program.rest(OVER);
    let taken = u64::from(program.row(1, 40).contains("4 of "));
    sheet.bar("keys lost while it paints", Amount::Count(3 * (1 - taken)), Amount::Count(0));
}
