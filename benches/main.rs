//! What takes how long, each as a ratio to something comparable that is measured in the same run.
//!
//! `cargo bench` runs everything at three scales; `cargo bench -- search tutor school` only that. Trust the
//! ratios: the times depend on the machine and on what else it does.
#![expect(clippy::unwrap_used, reason = "a bench that cannot run should say where it stopped")]

mod editor;
mod floor;
mod import;
mod keys;
mod measure;
mod obligations;
mod save;
mod score;
mod seal;
mod search;
mod start;
mod triage;
mod world;

use std::{env, path::Path};

use strum::IntoEnumIterator;
use tutelage::domain::demo::Scale;

use measure::Sheet;
use world::World;

/// A bench that is run once per scale.
type Bench = fn(&World, &mut Sheet);

const BENCHES: [(&str, Bench); 9] = [
    ("keys", keys::run),
    ("search", search::run),
    ("editor", editor::run),
    ("import", import::run),
    ("obligations", obligations::run),
    ("score", score::run),
    ("triage", triage::run),
    ("start", start::run),
    ("save", save::run),
];

fn main() {
    let words: Vec<String> = env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    if let [word, folder] = words.as_slice()
        && word == "child"
    {
        return start::child(Path::new(folder));
    }
    if let [word, scale] = words.as_slice()
        && word == "held"
    {
        return score::child(scale);
    }
    let names = |name: &str| words.iter().any(|word| word == name);
    let scales: Vec<Scale> = Scale::iter().filter(|scale| names((*scale).into())).collect();
    let scales = if scales.is_empty() { Scale::iter().collect() } else { scales };
    let benches: Vec<_> = BENCHES.into_iter().filter(|(name, _)| names(name)).collect();
    let benches = if benches.is_empty() { BENCHES.to_vec() } else { benches };
    let mut sheet = Sheet::new();
    for scale in scales {
        let world = World::new(scale);
        sheet.part(&world);
        for (_, bench) in &benches {
            bench(&world, &mut sheet);
        }
    }
    sheet.growth();
}
