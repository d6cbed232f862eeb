//! What takes how long, each as a ratio to something comparable that is measured in the same run.
//!
//! `cargo bench --bench figures` runs everything at three scales, `cargo bench --bench figures -- search tutor school`
//! only that. Trust the ratios: the times depend on the machine and on what else it does.
#![expect(clippy::unwrap_used, reason = "a bench that cannot run should say where it stopped")]

mod editor;
mod evaluate;
mod floor;
mod import;
mod keys;
#[expect(dead_code, reason = "the benches of the terminal use the rest")]
mod measure;
mod obligations;
mod save;
mod score;
mod seal;
mod search;
mod sqlite;
mod start;
mod triage;
mod words;
mod world;

use std::path::Path;

use tutelage::domain::demo::Scale;

use measure::Sheet;
use words::Words;
use world::World;

/// A bench that is run once per scale.
type Bench = fn(&World, &mut Sheet);

const BENCHES: [(&str, Bench); 10] = [
    ("keys", keys::run),
    ("search", search::run),
    ("editor", editor::run),
    ("import", import::run),
    ("obligations", obligations::run),
    ("score", score::run),
    ("triage", triage::run),
    ("start", start::run),
    ("save", save::run),
    ("evaluate", evaluate::run),
];

fn main() {
    let words = Words::typed();
    match words.0.as_slice() {
        [word, folder] if word == "child" => return start::child(Path::new(folder)),
        [word, scale] if word == "held" => return score::child(scale),
        _ => {}
    }
    let benches: Vec<_> = BENCHES.into_iter().filter(|(name, _)| words.ask_for(name)).collect();
    if benches.is_empty() {
        return;
    }
    let mut sheet = Sheet::new();
    for scale in words.scales(&[Scale::Tutor, Scale::School, Scale::University]) {
        let world = World::new(scale);
        sheet.part(&world);
        for (_, bench) in &benches {
            bench(&world, &mut sheet);
        }
    }
    sheet.growth();
}
