//! From the exec to the first rows: on a terminal that answers, on a mute one, and behind a passphrase.

use std::time::Duration;

use super::{
    Bench,
    program::{Answer, Program},
    subject,
    wire::{Kind, between},
};
use crate::{
    measure::{Against, Amount, Sheet, Times},
    world::secret,
};
use tutelage::{
    domain::demo::Scale,
    store::{Options, Secret},
};

/// What one start was.
struct Start {
    first: Answer,
    painted: u64,
}

pub fn run(bench: &Bench, sheet: &mut Sheet) {
    let rounds = if bench.world.scale == Scale::University { 7 } else { 21 };
    let (mut hello, mut ours, mut mute) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..rounds {
        hello.push(start(bench, Kind::Answering, false));
        ours.push(start(bench, Kind::Answering, true));
        mute.push(start(bench, Kind::Mute, true));
    }
    let times = |starts: &[Start]| starts.iter().map(|start| start.first.after).collect::<Times>();
    let (floor, took) = (times(&hello), times(&ours));
    let name = "start to the first rows, median";
    let hello_took = |percent| Against {
        what: "ratatui hello",
        took: floor.within(percent).into(),
        at_most: Some(2.5),
    };
    let mut against = vec![hello_took(50)];
    against.extend(sheet.smallest(name).map(|took| Against {
        what: "the same in the smallest profile",
        took,
        at_most: Some(1.5),
    }));
    sheet.row(name, took.median(), &against);
    sheet.row("start to the first rows, 95 of 100", took.within(95), &[hello_took(95)]);
    let answering = Against {
        what: "a terminal that answers",
        took: took.median().into(),
        at_most: Some(1.05),
    };
    sheet.row("start on a mute terminal, median", times(&mute).median(), &[answering]);
    let frame = Amount::Bytes(middle(hello.iter().map(|start| start.painted)));
    let first = middle(ours.iter().map(|start| start.first.bytes));
    let against = |at_most| [Against { what: "ratatui hello's frame", took: frame, at_most }];
    sheet.row("sent up to the first rows", Amount::Bytes(first), &against(Some(1.2)));
    let painted = middle(ours.iter().map(|start| start.painted));
    sheet.row("sent until the start is over", Amount::Bytes(painted), &against(None));
    if bench.world.scale != Scale::University {
        unlocked(bench, sheet);
    }
}

fn start(bench: &Bench, kind: Kind, is_ours: bool) -> Start {
    let subject = if is_ours { &bench.ours } else { &bench.hello };
    let (mut program, first) = subject.started(kind);
    program.rest(Duration::from_millis(150));
    let painted = program.received;
    program.press("q");
    program.end();
    Start { first, painted }
}

/// The same behind a passphrase: Argon2 is to be slow, so that its part counts apart.
fn unlocked(bench: &Bench, sheet: &mut Sheet) {
    let folder = bench.world.kept(&secret(), Options::default());
    let words = subject::tutelage(folder.path());
    let (mut asked, mut opened) = (Vec::new(), Vec::new());
    let Secret::Passphrase(passphrase) = secret() else { return };
    for _ in 0..7 {
        let mut program = Program::start(&words, Kind::Answering);
        let at = program.see("Passphrase");
        asked.push(between(program.began, at));
        program.rest(Duration::from_millis(100));
        program.key(&passphrase);
        let at = program.press("\r");
        opened.push(between(at, bench.ours.wait(&mut program)));
        program.rest(Duration::from_millis(150));
        program.press("q");
        program.end();
    }
    let median = |times: Vec<Duration>| times.into_iter().collect::<Times>().median();
    sheet.row("start to the question for a passphrase", median(asked), &[]);
    sheet.row("from the passphrase to the first rows", median(opened), &[]);
}

/// The median.
pub fn middle(amounts: impl Iterator<Item = u64>) -> u64 {
    let mut amounts: Vec<u64> = amounts.collect();
    amounts.sort_unstable();
    amounts.get(amounts.len() / 2).copied().unwrap_or_default()
}
