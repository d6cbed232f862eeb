//! Opening a profile with all its records, against reading the same bytes and unsealing them on all cores;
//! and the memory that it takes, measured in a process of its own.

use std::{env, fs, path::Path, process::Command};

use rayon::prelude::*;
use tutelage::{domain::records::Records, store::Store};

use crate::{
    measure::{Against, Amount, Sheet, Times, say},
    save::size,
    score::figures,
    seal::Cipher,
    world::{World, options, secret},
};

/// What sled itself keeps in memory.
const SLED: u64 = 105 * 1024 * 1024;

pub fn run(world: &World, sheet: &mut Sheet) {
    let folder = world.profile();
    let rounds = if world.records.files().len() > 10_000 { 1 } else { 7 };
    let open = Times::of(rounds, |_| {
        let (store, loaded) = Store::open(&folder, &secret(), world.now.utc_ms, options()).unwrap();
        assert_eq!(loaded.notices, Vec::<String>::new());
        (store, loaded)
    });
    let many: usize = world.records.counts().values().sum();
    let journal = usize::try_from(size(&folder.join("journal"))).unwrap();
    let cipher = Cipher::new();
    let sealed = cipher.seal(&vec![b'a'; journal / many]);
    let least = Times::of(rounds, |_| {
        let read = read_all(&folder.join("db"));
        let opened: usize = (0..many).into_par_iter().map(|_| cipher.open(&sealed).len()).sum();
        read + opened
    });
    sheet.row(
        "open and load everything, median",
        open.median(),
        &[Against {
            what: "reading the bytes and unsealing as many",
            took: least.median().into(),
            at_most: Some(1.5),
        }],
    );
    let text = text(&world.records);
    sheet.row(
        "memory after loading",
        Amount::Bytes(in_a_child(&["child", folder.to_str().unwrap()])),
        &[Against {
            what: "1.5 times its text, 8 bytes a figure, sled's share",
            took: Amount::Bytes(text * 3 / 2 + 8 * figures(&world.records) + SLED),
            at_most: Some(1.0),
        }],
    );
}

/// Opens the profile and prints how much memory that took; the benches start themselves again for it.
pub fn child(folder: &Path) {
    let held = Store::open(folder, &secret(), 0, options()).unwrap();
    say(&resident().to_string());
    drop(held);
}

/// What the benches print when they are started again with these words.
pub fn in_a_child(words: &[&str]) -> u64 {
    let program = env::current_exe().unwrap();
    let output = Command::new(program).args(words).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim().parse().unwrap()
}

/// `VmRSS`, in bytes.
pub fn resident() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() * 1024
}

fn read_all(folder: &Path) -> usize {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files
        .map(|path| if path.is_dir() { read_all(&path) } else { fs::read(path).unwrap().len() })
        .sum()
}

/// The bytes of everything that somebody wrote or that names somebody.
pub fn text(records: &Records) -> u64 {
    let records = records.all().into_iter().map(|(_, record)| record);
    let strings = records.map(|record| strings(&serde_json::to_value(record).unwrap()));
    strings.sum()
}

/// The bytes of the texts in a record, without its ids and days.
fn strings(value: &serde_json::Value) -> u64 {
    match value {
        serde_json::Value::String(text) if is_id(text) => 0,
        serde_json::Value::String(text) => text.len() as u64,
        serde_json::Value::Array(values) => values.iter().map(strings).sum(),
        serde_json::Value::Object(fields) => {
            fields.iter().filter(|(name, _)| *name != "kind").map(|(_, value)| strings(value)).sum()
        }
        serde_json::Value::Null | serde_json::Value::Bool(_) | serde_json::Value::Number(_) => 0,
    }
}

fn is_id(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}
