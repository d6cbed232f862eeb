//! What a person at a terminal feels: the real program in a pseudo-terminal, measured from outside, beside the least
//! that a ratatui program does.
//!
//! `cargo bench --bench terminal` runs everything with the tutees of one tutor and with those of a school,
//! `cargo bench --bench terminal -- start keys university` only that. Every row is printed with what was promised.
//! Trust the ratios: the times depend on the machine and on what else it does.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a bench that cannot run should say where it stopped"
)]

#[expect(dead_code, reason = "the other benches use the rest")]
mod measure;
mod words;
#[expect(dead_code, reason = "the other benches use the rest")]
mod world;

/// The parts of this bench.
mod terminal {
    pub mod database;
    pub mod endings;
    pub mod flood;
    pub mod hello;
    pub mod keys;
    mod pane;
    pub mod program;
    pub mod rest;
    pub mod slow;
    pub mod start;
    pub mod subject;
    pub mod wire;

    use tempfile::TempDir;

    use crate::world::World;
    use subject::Subject;

    /// What all parts work with.
    pub struct Bench {
        pub world: World,
        pub folder: TempDir,
        pub ours: Subject,
        pub hello: Subject,
        pub vim: Option<Subject>,
    }
}

use std::fs;

use tutelage::{
    domain::demo::Scale,
    store::{Options, Secret},
};

use measure::{Sheet, say};
use terminal::{
    Bench, database, endings, flood, hello, keys, program, rest, slow, start, subject::Subject,
};
use words::Words;
use world::World;

/// A part that is run once per scale.
type Part = fn(&Bench, &mut Sheet);

const PARTS: [(&str, Part); 8] = [
    ("start", start::run),
    ("keys", keys::run),
    ("search", keys::search),
    ("flood", flood::run),
    ("idle", rest::idle),
    ("sizes", rest::sizes),
    ("slow", slow::run),
    ("endings", endings::run),
];

/// How many lines vim is given.
const LINES: usize = 10_000;

fn main() {
    let words = Words::typed();
    match words.0.as_slice() {
        [word] if word == "hello" => return hello::run(),
        [word, folder] if word == "sled" => return database::run(folder),
        [word, ..] if word == program::BECOME => {
            // With its options.
            let all: Vec<String> = std::env::args().skip(2).collect();
            return program::become_program(&all);
        }
        _ => {}
    }
    let parts: Vec<_> = PARTS.into_iter().filter(|(name, _)| words.ask_for(name)).collect();
    if parts.is_empty() {
        return;
    }
    let mut sheet = Sheet::new();
    for scale in words.scales(&[Scale::Tutor, Scale::School]) {
        let world = World::new(scale);
        sheet.part(&world);
        let folder = world.kept(&Secret::None, Options::default());
        let text = folder.path().join("text");
        let lines = (1..=LINES).map(|line| format!("line {line} of a text as plain as can be\n"));
        fs::write(&text, lines.collect::<String>()).unwrap();
        let ours = Subject::tutelage(folder.path());
        let (hello, vim) = (Subject::hello(), Subject::vim(&text));
        if vim.is_none() {
            say("  (vim is not installed: left out)");
        }
        let bench = Bench { world, folder, ours, hello, vim };
        for (_, part) in &parts {
            part(&bench, &mut sheet);
        }
    }
    sheet.growth();
}
