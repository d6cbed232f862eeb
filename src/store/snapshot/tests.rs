//! Snapshots are read back as they were written, whatever changes meanwhile, and damage never passes.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::*;
use crate::store::{
    disk::Fsync,
    frame::{Deed, tests::header},
    journal::Journal,
    replay::after,
};

const DATABASE: [u8; 16] = [3; 16];

/// A database with its journal, without any store around them.
struct Bench {
    folder: tempfile::TempDir,
    engine: Engine,
    journal: Journal,
    keyring: PathBuf,
}

impl Bench {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let engine = Engine::open(&at("db"), crate::store::kinds(), &Fsync::On).unwrap();
        let journal = Journal::create(at("journal"), DATABASE, Fsync::On).unwrap();
        let keyring = at("keyring");
        fs::write(&keyring, b"sealed keys").unwrap();
        Self { folder, engine, journal, keyring }
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Puts records, or takes those away that are empty.
    fn put(&mut self, records: impl IntoIterator<Item = (u8, u8, Option<Vec<u8>>)>) {
        let images: Vec<Image> = records
            .into_iter()
            .map(|(tree, byte, after)| {
                let record = [byte; 16];
                let before = self.engine.get(tree, &record).unwrap();
                Image { tree, record, before, after }
            })
            .collect();
        let header = header(self.journal.head().sequence + 1, Deed::Commit);
        let at = self.journal.append(&header, &images).unwrap();
        let progress = after(self.engine.progress(), &header, at, self.journal.head());
        self.engine.apply(&images, &progress).unwrap();
    }

    /// Writes a snapshot, and does something between its slices.
    fn copied(&mut self, name: &str, mut between: impl FnMut(&mut Self, usize)) -> Option<PathBuf> {
        let folder = self.folder.path().to_owned();
        let temporary = self.file("making.new");
        let mut copying = Copying::begin(
            temporary,
            Around::default(),
            from(&self.engine, &folder),
            77,
            Fsync::On,
        )
        .unwrap();
        for slice in 0.. {
            match copying.step(from(&self.engine, &folder)).unwrap() {
                Step::More => between(self, slice),
                Step::Overtaken => return None,
                Step::Done => break,
            }
        }
        assert_eq!(copying.summary().progress.head, self.engine.progress().head);
        let path = self.file(name);
        copying.name(&path).unwrap();
        Some(path)
    }
}

fn from<'a>(engine: &'a Engine, folder: &'a Path) -> Source<'a> {
    Source { engine, database: &DATABASE, folder }
}

/// Tree, identity and bytes.
type Records = Vec<(u8, [u8; 16], Vec<u8>)>;

/// All records of a database.
fn all(engine: &Engine) -> Records {
    let mut all = Vec::new();
    for tree in 0..crate::store::kinds() {
        let batch = engine.batch(tree, None, usize::MAX).unwrap();
        all.extend(batch.into_iter().map(|(record, sealed)| (tree, record, sealed.to_vec())));
    }
    all
}

fn filled(path: &Path) -> Result<(Records, Vec<u8>)> {
    let folder = tempfile::tempdir().unwrap();
    let mut engine =
        Engine::open(&folder.path().join("db"), crate::store::kinds(), &Fsync::On).unwrap();
    let keyring = Snapshot::open(path)?.fill(&mut engine)?;
    Ok((all(&engine), keyring.keyring))
}

#[test]
fn a_snapshot_holds_every_record_and_the_keyring() {
    let mut bench = Bench::new();
    bench.put((0..40).map(|n| (n % 3, n, Some(vec![n; 500]))));
    let path = bench.copied("all.snapshot", |_, _| {}).unwrap();
    let (records, keyring) = filled(&path).unwrap();
    assert_eq!(records, all(&bench.engine));
    assert_eq!(keyring, b"sealed keys");
    assert_eq!(Snapshot::open(&path).unwrap().summary.utc_ms, 77);
    assert!(!bench.file("making.new").exists());
}

#[test]
fn what_changes_while_a_snapshot_is_written_is_in_it_in_its_last_state() {
    let mut bench = Bench::new();
    let large = |byte: u8| Some(vec![byte; 200_000]);
    for n in 0..30 {
        bench.put([(n % 3, n, large(n))]);
    }
    let path = bench.copied("all.snapshot", |bench, slice| match slice {
        0 => bench.put([(0, 0, large(100)), (2, 29, None), (0, 1, large(5)), (0, 3, None)]),
        1 => bench.put([(0, 1, large(6)), (0, 3, large(7)), (1, 200, large(8)), (0, 0, None)]),
        2 => bench.put([(0, 1, None), (2, 250, large(9))]),
        _ => {}
    });
    assert_eq!(filled(&path.unwrap()).unwrap().0, all(&bench.engine));
}

#[test]
fn a_flood_of_changes_overtakes_a_snapshot_and_leaves_nothing_of_it() {
    let mut bench = Bench::new();
    for n in 0..20 {
        bench.put([(0, n, Some(vec![n; 200_000]))]);
    }
    let flood = |bench: &mut Bench, _| {
        for n in 0..60 {
            bench.put([(1, n, Some(vec![n; 200_000]))]);
        }
    };
    assert_eq!(bench.copied("all.snapshot", flood), None);
    assert!(!bench.file("making.new").exists());
}

#[test]
fn one_flipped_bit_or_a_missing_end_is_noticed_wherever_it_is() {
    let mut bench = Bench::new();
    bench.put((0..9).map(|n| (n % 3, n, Some(vec![n; 40]))));
    let path = bench.copied("all.snapshot", |_, _| {}).unwrap();
    let sound = fs::read(&path).unwrap();
    let verify = || Snapshot::open(&path).and_then(Snapshot::verified);
    assert!(verify().is_ok());
    for at in 0..sound.len() {
        let mut bytes = sound.clone();
        bytes[at] ^= 1 << (at % 8);
        fs::write(&path, bytes).unwrap();
        assert!(verify().is_err(), "bit in byte {at}");
        fs::write(&path, &sound[..at]).unwrap();
        assert!(verify().is_err(), "cut off at {at}");
    }
    fs::write(&path, [&sound[..], b"more"].concat()).unwrap();
    assert!(verify().is_err(), "something behind it");
}

#[test]
fn a_backup_has_the_keys_in_front() {
    let mut bench = Bench::new();
    bench.put([(0, 1, Some(vec![1; 40]))]);
    let secret = crate::store::Secret::None;
    let (keys, ..) = Keys::new(&secret, crate::store::Cost::default()).unwrap();
    let source = from(&bench.engine, bench.folder.path());
    let around = Around { front: backup_front(&keys), own: None };
    let path = bench.file("backup.new");
    let mut copying = Copying::begin(path.clone(), around, source, 5, Fsync::On).unwrap();
    while copying.step(source).unwrap() == Step::More {}
    let snapshot = Snapshot::open(&path).unwrap();
    assert!(snapshot.keys.as_ref().unwrap().unlock(&secret).is_ok());
    assert_eq!(snapshot.verified().unwrap().keyring, b"sealed keys");
    assert!(matches!(
        Snapshot::open(&bench.keyring),
        Err(Error::Damaged { .. } | Error::NotABackup)
    ));
}
