//! Bytes from outside, changed at random from a small corpus: each parser reads or refuses them, and never
//! panics or hangs. Shared with the example, which goes on for longer.

use std::{
    collections::BTreeMap,
    fs, io,
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    time::{Duration, Instant},
};

use tempfile::TempDir;
use tutelage::{
    exchange::{
        card, json,
        list::List,
        policy,
        signals::{self, Told},
    },
    runtime::settings::Settings,
    store::{Cost, Options, Secret, Store, read_as_everything},
};

/// Longer than this over one small file is a hang.
const LONG: Duration = Duration::from_secs(5);

/// Reads or refuses bytes.
type Reader = Box<dyn Fn(&[u8])>;

/// One parser, and what its inputs are made from.
pub struct Target {
    pub name: &'static str,
    corpus: Vec<Vec<u8>>,
    read: Reader,
}

/// What a target did with its inputs.
#[derive(Debug, Default)]
pub struct Tally {
    pub inputs: u64,
    pub panics: u64,
    pub hangs: u64,
    pub slowest: Duration,
    /// An input that made it panic or hang.
    pub example: Option<Vec<u8>>,
}

/// Numbers that look random and are the same each time.
pub struct Random(u64);

impl Random {
    pub const fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).unwrap() % end.max(1)
    }
}

/// A text of the corpus with some places changed, doubled, cut out or overwritten.
fn changed(corpus: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    let mut bytes = corpus[random.below(corpus.len())].clone();
    for _ in 0..=random.below(6) {
        let at = random.below(bytes.len());
        let end = (at + random.below(40)).min(bytes.len());
        match random.below(7) {
            0 if at < bytes.len() => bytes[at] ^= 1 << random.below(8),
            1 => bytes.truncate(at),
            2 => drop(bytes.drain(at..end)),
            3 => {
                let piece = bytes[at..end].repeat(random.below(20));
                bytes.splice(at..at, piece);
            }
            4 => {
                let other = &corpus[random.below(corpus.len())];
                let from = random.below(other.len());
                let piece = other[from..(from + random.below(60)).min(other.len())].to_vec();
                bytes.splice(at..end, piece);
            }
            5 => {
                let odd: [&[u8]; 8] = [
                    &[0xFF; 4],
                    &[0; 8],
                    b"\"",
                    b"\r\n",
                    b"9999999999",
                    "\u{202e}".as_bytes(),
                    &[0x80],
                    b",,,,",
                ];
                bytes.splice(at..at, odd[random.below(8)].to_vec());
            }
            _ => bytes.extend((0..random.below(9)).map(|n| u8::try_from(n * 31 % 256).unwrap())),
        }
    }
    bytes
}

impl Target {
    /// Gives it so many inputs, or as many as the time allows.
    pub fn run(&self, seed: u64, count: u64, until: Instant) -> Tally {
        let (mut tally, mut random) = (Tally::default(), Random::new(seed));
        while tally.inputs < count && Instant::now() < until {
            let bytes = changed(&self.corpus, &mut random);
            let start = Instant::now();
            let is_panic = catch_unwind(AssertUnwindSafe(|| (self.read)(&bytes))).is_err();
            let took = start.elapsed();
            tally.inputs += 1;
            tally.slowest = tally.slowest.max(took);
            tally.panics += u64::from(is_panic);
            tally.hangs += u64::from(took > LONG);
            if is_panic || took > LONG {
                tally.example = Some(bytes);
            }
        }
        tally
    }
}

fn target(name: &'static str, corpus: &[&[u8]], read: impl Fn(&[u8]) + 'static) -> Target {
    let corpus = corpus.iter().map(|bytes| bytes.to_vec()).collect();
    Target { name, corpus, read: Box::new(read) }
}

/// All parsers of bytes that come from outside.
pub fn targets() -> Vec<Target> {
    let (log, list) = (include_bytes!("fuzz/log.csv"), include_bytes!("fuzz/list.csv"));
    let take_out = include_bytes!("fuzz/take-out.json");
    let policies: [&[u8]; 2] = [
        include_bytes!("../../assets/policies/essex.toml"),
        include_bytes!("../../assets/policies/leeds.toml"),
    ];
    let cards: [&[u8]; 1] = [include_bytes!("../../assets/cards/points-v2.toml")];
    let profile = unpacked();
    let stored = |name: &str| fs::read(profile.path().join(name)).unwrap();
    let (journal, keys) = (stored("journal/0001.log"), stored("keys"));
    let backup = backed_up(profile.path());
    let everything: [&[u8]; 3] = [&journal, &keys, &journal[60..]];
    vec![
        target("list or signals", &[log, list, &workbook()], read_list),
        target("take-out", &[take_out], |bytes| drop(json::read(bytes))),
        target("policy", &policies, |bytes| drop(policy::read_bytes(bytes, "a.toml"))),
        target("score card", &cards, |bytes| drop(card::read_bytes(bytes, "a.toml"))),
        target("config", &[include_bytes!("fuzz/config.toml")], |bytes| {
            drop(Settings::parse(&String::from_utf8_lossy(bytes), Path::new("/nowhere")));
        }),
        target("frame, envelope, keys, record", &everything, read_as_everything),
        in_profile("journal", "journal/0001.log"),
        in_profile("keys", "keys"),
        in_profile("keyring", "keyring"),
        target("backup", &[&backup], |bytes| {
            let folder = tempfile::tempdir().unwrap();
            let (file, place) = (folder.path().join("file"), folder.path().join("profile"));
            fs::write(&file, bytes).unwrap();
            drop(Store::standing_of_backup(&file));
            let restored = Store::restore(&file, &place, &Secret::None, 0, &options());
            assert_eq!(restored.is_ok(), place.exists());
        }),
    ]
}

fn options() -> Options {
    Options { cost: Cost { memory_kib: 64, passes: 1 }, ..Options::default() }
}

fn read_list(bytes: &[u8]) {
    let Ok(list) = List::read(bytes) else { return };
    let told = Told {
        file_name: "logs_COMP1001_20261121.csv".into(),
        today: chrono::NaiveDate::from_ymd_opt(2026, 11, 21).unwrap(),
        as_of: None,
        maxima: BTreeMap::new(),
        columns: Vec::new(),
        piece: String::new(),
        session: signals::Session::default(),
    };
    assert!(list.rows().count() >= list.len().min(1));
    let _recognised = signals::recognise(&list, &told.file_name);
    drop(signals::read(&list, &told));
    drop(signals::refuse_as_students(&list));
}

fn workbook() -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, line) in include_str!("fuzz/list.csv").lines().enumerate() {
        for (column, cell) in line.split(',').enumerate() {
            let (row, column) = (u32::try_from(row).unwrap(), u16::try_from(column).unwrap());
            sheet.write_string(row, column, cell).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

/// A profile without a passphrase, made of the stored one of version 3.
fn unpacked() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let zipped = io::Cursor::new(include_bytes!("store/profiles/v3.zip"));
    zip::ZipArchive::new(zipped).unwrap().extract(folder.path()).unwrap();
    let secret = Secret::Passphrase("correct horse".to_owned().into());
    let (mut store, _) = Store::open(folder.path(), &secret, 0, options()).unwrap();
    store.change_passphrase(&secret, &Secret::None).unwrap();
    folder
}

fn backed_up(profile: &Path) -> Vec<u8> {
    let (mut store, _) = Store::open(profile, &Secret::None, 0, options()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    store.backup(&file, 0).unwrap();
    fs::read(file).unwrap()
}

/// A file of a profile that is looked at afterwards.
fn in_profile(name: &'static str, file: &'static str) -> Target {
    let folder = unpacked();
    for name in ["keys.copy", "keyring.copy"] {
        fs::remove_file(folder.path().join(name)).unwrap();
    }
    let before = fs::read(folder.path().join(file)).unwrap();
    // Keys are made anew for each profile: those of this one count, and each has its own journal.
    let corpus = before.clone();
    target(name, &[&corpus], move |bytes| {
        fs::write(folder.path().join(file), bytes).unwrap();
        drop(Store::standing(folder.path()));
        drop(Store::open_read_only(folder.path(), &Secret::None, &options()));
        fs::write(folder.path().join(file), &before).unwrap();
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_parser_panics_or_hangs_over_bytes_from_outside() {
        for target in targets() {
            let tally = target.run(1, 150, Instant::now() + Duration::from_secs(20));
            let Tally { panics, hangs, example, .. } = &tally;
            assert_eq!((*panics, *hangs), (0, 0), "{}: {example:?}", target.name);
            assert!(tally.inputs > 5, "{}: {} inputs", target.name, tally.inputs);
        }
    }
}
