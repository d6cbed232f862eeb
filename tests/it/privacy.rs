//! Nothing readable on disk: everything that somebody wrote or that names somebody is looked for in every file
//! that the program writes. The same search finds it all where sealing is switched off, or it would prove nothing.

mod program;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use regex::Regex;
use tutelage::{
    domain::{
        change::{Builder, Label},
        demo::{Demo, Scale},
        fold::fold,
        id::IdSource,
        record::{Owner, Record},
        records::Records,
    },
    store::{Cost, Draft, Options, Sealing, Secret, Stamp, Store},
};
use zeroize::Zeroizing;

/// Shorter texts turn up by chance among random bytes.
const LONG_ENOUGH: usize = 8;

/// Text of a note that was not saved before the program ended.
const UNSAVED: &str = "an unsaved thought about pomegranates";

#[test]
fn nothing_that_names_or_quotes_a_student_is_readable_in_a_profile_with_a_passphrase() {
    let secret = Secret::Passphrase(Zeroizing::new("correct horse".into()));
    let profile = Profile::filled(&secret, Sealing::On);
    assert_eq!(profile.found(), BTreeSet::new());
}

#[test]
fn without_a_passphrase_everything_is_sealed_as_well() {
    let profile = Profile::filled(&Secret::None, Sealing::On);
    assert_eq!(profile.found(), BTreeSet::new());
}

#[test]
fn the_search_finds_every_text_where_sealing_is_switched_off() {
    let secret = Secret::Passphrase(Zeroizing::new("correct horse".into()));
    let profile = Profile::filled(&secret, Sealing::Off);
    let found = profile.found();
    let missed: Vec<_> = profile.words.difference(&found).collect();
    assert!(profile.words.len() > 500, "only {} texts to look for", profile.words.len());
    assert_eq!(missed, Vec::<&String>::new());
}

#[test]
fn the_search_reads_every_file_in_every_encoding() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("Aisha Rahman")).unwrap();
    let words = BTreeSet::from(["Aisha Rahman".to_owned(), "Müller-Strauß".to_owned()]);
    assert_eq!(traces(folder.path(), &words).len(), 1, "in the name of a folder");
    let utf16: Vec<u8> = "x MÜLLER-STRAUß".encode_utf16().flat_map(u16::to_le_bytes).collect();
    fs::write(folder.path().join("Aisha Rahman/file"), utf16).unwrap();
    assert_eq!(traces(folder.path(), &words), words);
}

/// A profile in a temporary folder, and all that may not be read in it.
struct Profile {
    folder: tempfile::TempDir,
    words: BTreeSet<String>,
}

impl Profile {
    /// The demo, written, changed, taken back, locked and opened again; and a draft.
    fn filled(secret: &Secret, sealing: Sealing) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("profile");
        let options = || Options { cost: CHEAP, sealing, ..Options::default() };
        let (mut store, _) = Store::create(&path, secret, 0, options()).unwrap();
        let demo = Demo::new(Scale::Tutor, "2026-11-21".parse().unwrap());
        let records = demo.records(|_, _| {});
        let stamp = Stamp { utc_ms: 1, author: records.me().unwrap().id };
        for change in demo.changes() {
            store.commit(&change, stamp).unwrap();
        }
        let mut student = records.files().next().unwrap().student.value.clone();
        student.pronouns = "a pronoun of their own".into();
        let change = Builder::new(Label::EditStudent, &records).put(student).build();
        store.commit(&change, stamp).unwrap();
        store.undo(stamp).unwrap();
        store.redo(stamp).unwrap();
        store.save_draft(&draft(&records)).unwrap();
        drop(store);
        drop(Store::open(&path, secret, 2, options()).unwrap());
        let mut words: BTreeSet<String> =
            records.all().iter().flat_map(|(_, record)| texts(record)).collect();
        words.insert(UNSAVED.to_owned());
        Self { folder, words }
    }

    fn found(&self) -> BTreeSet<String> {
        traces(self.folder.path(), &self.words)
    }
}

/// Guessing is made cheap, so that the test is quick.
const CHEAP: Cost = Cost { memory_kib: 64, passes: 1 };

fn draft(records: &Records) -> Draft {
    let mut ids = IdSource::new([4; 32]);
    let student = records.files().next().unwrap().student.id;
    Draft { id: ids.fresh(), owner: Owner::Student(student), text: Zeroizing::new(UNSAVED.into()) }
}

/// What somebody wrote in a record, or what names somebody: line by line, long enough.
fn texts(record: &Record) -> Vec<String> {
    let mut texts = Vec::new();
    collect(&serde_json::to_value(record).unwrap(), &mut texts);
    texts
}

fn collect(value: &serde_json::Value, texts: &mut Vec<String>) {
    match value {
        serde_json::Value::String(text) => {
            let is_said = |line: &&str| line.len() >= LONG_ENOUGH && !is_coded(line);
            texts.extend(text.lines().filter(is_said).map(str::to_owned));
        }
        serde_json::Value::Array(values) => {
            for value in values {
                collect(value, texts);
            }
        }
        serde_json::Value::Object(fields) => {
            let spoken = fields.iter().filter(|(name, _)| !CHOICES.contains(&name.as_str()));
            spoken.for_each(|(_, value)| collect(value, texts));
        }
        serde_json::Value::Null | serde_json::Value::Bool(_) | serde_json::Value::Number(_) => {}
    }
}

/// Fields that hold one of a few fixed words; those are stored as codes.
const CHOICES: [&str; 14] = [
    "record",
    "kind",
    "mode",
    "status",
    "role",
    "outcome",
    "channel",
    "reply",
    "part",
    "confidentiality",
    "urgency",
    "how",
    "presence",
    "source",
];

/// Ids, days and times: stored as numbers.
fn is_coded(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
        || text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b':'))
            && text.contains(['-', ':'])
}

/// Which of the words are somewhere in a folder: in the content or the name of any file, as UTF-8 or UTF-16,
/// in any case, folded for search or not.
pub fn traces(folder: &Path, words: &BTreeSet<String>) -> BTreeSet<String> {
    let haystacks: Vec<String> = files(folder).into_iter().flat_map(haystacks).collect();
    let mut forms: BTreeMap<String, BTreeSet<&String>> = BTreeMap::new();
    for word in words {
        for form in [word.to_lowercase(), fold(word).to_lowercase()] {
            forms.entry(form).or_default().insert(word);
        }
    }
    let mut found = BTreeSet::new();
    // One form can hide another that overlaps it: what was found is taken out, and the rest looked for again.
    while !forms.is_empty() {
        let any: Vec<String> = forms.keys().map(|form| regex::escape(form)).collect();
        let any = Regex::new(&any.join("|")).unwrap();
        let seen: BTreeSet<&str> =
            haystacks.iter().flat_map(|hay| any.find_iter(hay)).map(|hit| hit.as_str()).collect();
        if seen.is_empty() {
            break;
        }
        let gone: Vec<_> = seen.into_iter().filter_map(|form| forms.remove(form)).collect();
        found.extend(gone.into_iter().flatten().cloned());
    }
    found
}

/// The name and the bytes of a file in small letters; and the bytes read as UTF-16 from both ends of a pair.
fn haystacks(path: PathBuf) -> Vec<String> {
    let name = path.to_string_lossy().to_lowercase();
    let bytes = if path.is_dir() { Vec::new() } else { fs::read(path).unwrap() };
    let wide = |from: usize| {
        let pairs = bytes.get(from..).unwrap_or_default().chunks_exact(2);
        let units: Vec<u16> = pairs.map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
        String::from_utf16_lossy(&units).to_lowercase()
    };
    vec![name, wide(0), wide(1), String::from_utf8_lossy(&bytes).to_lowercase()]
}

/// Every file and folder below.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries
        .flat_map(|path| {
            let below = if path.is_dir() { files(&path) } else { Vec::new() };
            std::iter::once(path).chain(below).collect::<Vec<_>>()
        })
        .collect()
}
