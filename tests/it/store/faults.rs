//! Faults on the real store: damaged, cut and deleted files, a full disk, a kill at every force onto the disk,
//! two starts at once, a clock that jumps. Each answers a row of a table; the example runs them for longer.

use std::{
    collections::BTreeMap,
    fmt::Write,
    fs, io,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::{
        Arc, Barrier, Mutex,
        atomic::{AtomicU64, Ordering},
    },
    thread,
    time::Instant,
};

use tempfile::TempDir;
use tutelage::{
    domain::{
        change::{Builder, Label},
        records::Records,
    },
    store::{Error, Fsync, Loaded, Options, Secret, Standing, Store, Work},
};

use super::workload::{change, last, open_or_create, options, secret, stamp, verify};

/// Saturday, 21 November 2026, at noon.
const NOW: i64 = 1_795_262_400_000;
/// Commits before the snapshot of the profile that is damaged, and in all.
const SNAPSHOT_AT: u64 = 30;
pub const COMMITS: u64 = 45;
/// A date in a sentence counts as a number.
const MONTHS: &[&str] =
    &["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Profiles that the program wrote when a version of the schema was the newest, zipped. Never written anew.
pub const STORED: [(u16, &[u8]); 3] = [
    (1, include_bytes!("profiles/v1.zip")),
    (2, include_bytes!("profiles/v2.zip")),
    (3, include_bytes!("profiles/v3.zip")),
];

/// Unpacks one of them; answers its passphrase.
pub fn unzip(zipped: &[u8], folder: &Path) -> Secret {
    zip::ZipArchive::new(io::Cursor::new(zipped)).unwrap().extract(folder).unwrap();
    Secret::Passphrase("correct horse".to_owned().into())
}

/// What happened in all cycles of one fault.
#[derive(Debug, Default)]
pub struct Row {
    pub fault: String,
    pub cycles: u64,
    /// Commits that had been acknowledged.
    pub acknowledged: u64,
    /// Of them those that were not there afterwards.
    pub lost: u64,
    /// Records that showed something else than what was written.
    pub wrong: u64,
    pub panics: u64,
    /// Cycles after which nothing opened.
    pub refused: u64,
    /// Milliseconds that the slowest start took.
    pub slowest: u128,
    /// What was said, and how often; numbers are left out.
    pub told: BTreeMap<String, u64>,
}

impl Row {
    pub fn new(fault: impl Into<String>) -> Self {
        Self { fault: fault.into(), ..Self::default() }
    }

    /// Counts a sentence.
    pub fn tell(&mut self, words: &str) {
        let mut plain = String::new();
        for letter in words.chars().map(|c| if c.is_ascii_digit() { '#' } else { c }) {
            if letter != '#' || !plain.ends_with('#') {
                plain.push(letter);
            }
        }
        for month in MONTHS {
            plain = plain.replace(&format!("# {month} #"), "#");
        }
        *self.told.entry(plain).or_default() += 1;
    }

    /// Opens what a fault left, compares it with what was acknowledged, and goes on working.
    pub fn look(&mut self, folder: &Path, acknowledged: u64, secrets: &[Secret]) {
        if let Some((store, loaded)) = self.open(folder, acknowledged, secrets) {
            self.compare(store, &loaded, acknowledged);
        }
    }

    fn open(
        &mut self,
        folder: &Path,
        acknowledged: u64,
        secrets: &[Secret],
    ) -> Option<(Store, Loaded)> {
        self.cycles += 1;
        self.acknowledged += acknowledged;
        let start = Instant::now();
        let opened = catch_unwind(AssertUnwindSafe(|| {
            let mut refusal = None;
            for secret in secrets {
                match Store::open(folder, secret, 0, options()) {
                    Ok(opened) => return Ok(opened),
                    Err(error) => refusal = Some(error),
                }
            }
            Err(refusal.unwrap())
        }));
        self.slowest = self.slowest.max(start.elapsed().as_millis());
        match opened {
            Err(_) => self.panics += 1,
            Ok(Err(Error::NoProfile)) if acknowledged == 0 => self.tell("no profile yet"),
            Ok(Err(error)) => {
                self.refused += 1;
                self.tell(&error.to_string());
            }
            Ok(Ok((store, loaded))) => {
                loaded.notices.iter().for_each(|notice| self.tell(notice));
                return Some((store, loaded));
            }
        }
        None
    }

    fn compare(&mut self, mut store: Store, loaded: &Loaded, acknowledged: u64) {
        let (faults, _) = verify(&loaded.records);
        let found = last(&loaded.records);
        self.lost += acknowledged.saturating_sub(found);
        self.lost += u64::from(faults.iter().any(|fault| fault.starts_with("missing")));
        self.wrong += faults.iter().filter(|fault| !fault.starts_with("missing")).count() as u64;
        let next = change(&loaded.records, found + 1, 1);
        if let Err(error) = store.commit(&next, stamp(found + 1)) {
            self.lost += 1;
            self.tell(&format!("does not go on: {error}"));
        }
    }

    /// Whether nothing was lost, wrong or broken, and as much was refused as has to be.
    pub fn is_good(&self, may_refuse: bool) -> bool {
        (self.lost, self.wrong, self.panics) == (0, 0, 0) && (may_refuse || self.refused == 0)
    }
}

/// The rows as a table.
pub fn table(rows: &[Row]) -> String {
    let mut text = format!(
        "{:<52} {:>6} {:>7} {:>5} {:>5} {:>6} {:>7} {:>7}\n",
        "fault", "cycles", "acked", "lost", "wrong", "panics", "refused", "max ms"
    );
    for row in rows {
        let Row { fault, cycles, acknowledged, lost, wrong, panics, refused, slowest, told } = row;
        writeln!(
            text,
            "{fault:<52} {cycles:>6} {acknowledged:>7} {lost:>5} {wrong:>5} {panics:>6} {refused:>7} {slowest:>7}"
        )
        .unwrap();
        for (words, count) in told {
            writeln!(text, "    {count:>5} × {words}").unwrap();
        }
    }
    text
}

/// A closed profile with [`COMMITS`] commits and a snapshot on the way.
pub struct Profile(TempDir);

impl Profile {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (mut store, loaded) = open_or_create(folder.path(), options()).unwrap();
        let mut records = loaded.records;
        commit(&mut store, &mut records, SNAPSHOT_AT);
        while store.work_on_snapshot(NOW).unwrap() == Work::More {}
        commit(&mut store, &mut records, COMMITS);
        Self(folder)
    }

    fn copied(&self) -> TempDir {
        let folder = tempfile::tempdir().unwrap();
        self.copy_to(folder.path());
        folder
    }

    /// A copy of it, closed.
    pub fn copy_to(&self, folder: &Path) {
        copy(self.0.path(), folder);
    }

    /// Its files, by their paths inside it.
    pub fn files(&self) -> Vec<PathBuf> {
        let mut files = Vec::new();
        list(self.0.path(), self.0.path(), &mut files);
        files.sort();
        files
    }
}

fn list(root: &Path, folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            list(root, &path, files);
        } else {
            files.push(path.strip_prefix(root).unwrap().to_owned());
        }
    }
}

pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Commits up to number `until`.
fn commit(store: &mut Store, records: &mut Records, until: u64) {
    for n in last(records) + 1..=until {
        let change = change(records, n, 1);
        store.commit(&change, stamp(n)).unwrap();
        records.apply(&change).unwrap();
    }
}

/// Cuts a file off at so many places, or flips a bit there.
pub fn damaged(profile: &Profile, file: &Path, places: u64, is_cut: bool) -> Row {
    let what = if is_cut { "cut off" } else { "one bit flipped" };
    let name = file.parent().filter(|folder| folder.ends_with("snapshots")).unwrap_or(file);
    let mut row = Row::new(format!("{} {what}", name.display()));
    let sound = fs::read(profile.0.path().join(file)).unwrap();
    for place in 0..places {
        let folder = profile.copied();
        let at = usize::try_from(sound.len() as u64 * place / places).unwrap();
        let mut bytes = sound.clone();
        if is_cut {
            bytes.truncate(at);
        } else if let Some(byte) = bytes.get_mut(at) {
            *byte ^= 1 << (place % 8);
        }
        fs::write(folder.path().join(file), bytes).unwrap();
        row.look(folder.path(), COMMITS, &[secret()]);
    }
    row
}

/// Deletes a file or a folder.
pub fn deleted(profile: &Profile, names: &[&str]) -> Row {
    let mut row = Row::new(format!("deleted: {}", names.join(", ")));
    let folder = profile.copied();
    for name in names {
        let path = folder.path().join(name);
        if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) }.unwrap();
    }
    row.look(folder.path(), COMMITS, &[secret()]);
    row
}

/// What a run tells the watch: how much is acknowledged by now.
pub type Acknowledged = Arc<AtomicU64>;

/// Runs something and looks, at every force onto the disk, at the files as a kill there would leave them.
pub fn killed(
    fault: &str,
    profile: Option<&Profile>,
    secrets: Vec<Secret>,
    run: impl FnOnce(&Path, Options, &Acknowledged),
) -> Row {
    let folder = profile.map_or_else(|| tempfile::tempdir().unwrap(), Profile::copied);
    let acknowledged = Acknowledged::default();
    acknowledged.store(profile.map_or(0, |_| COMMITS), Ordering::SeqCst);
    let by_then = acknowledged.clone();
    let look = move |row: &mut Row, image: &Path| {
        row.look(image, by_then.load(Ordering::SeqCst), &secrets);
    };
    killed_at_each_force(fault, folder.path(), look, |options| {
        run(folder.path(), options, &acknowledged);
    })
}

/// Runs something and gives, at every force onto the disk, a copy of the folder to `look`, and at its end.
fn killed_at_each_force(
    fault: &str,
    folder: &Path,
    look: impl Fn(&mut Row, &Path) + Send + Sync + 'static,
    run: impl FnOnce(Options),
) -> Row {
    let row = Arc::new(Mutex::new(Row::new(format!("kill during {fault}"))));
    let looked = {
        let (row, path) = (row.clone(), folder.to_owned());
        move || {
            let image = tempfile::tempdir().unwrap();
            copy(&path, image.path());
            look(&mut row.lock().unwrap(), image.path());
        }
    };
    let looked = Arc::new(looked);
    let watch = {
        let looked = looked.clone();
        move |_: &Path| {
            looked();
            Ok(())
        }
    };
    run(Options { fsync: Fsync::Watched(Arc::new(watch)), ..options() });
    looked();
    std::mem::take(&mut *row.lock().unwrap())
}

/// Kills while a backup is restored: there is no profile yet, and it can be restored once more, or there is all
/// of it.
fn restore_kills(profile: &Profile) -> Row {
    let folder = tempfile::tempdir().unwrap();
    let copied = profile.copied();
    let (mut store, _) = Store::open(copied.path(), &secret(), 0, options()).unwrap();
    store.backup(&folder.path().join("backup"), NOW).unwrap();
    drop(store);
    let restored = |folder: &Path, options: &Options| {
        Store::restore(&folder.join("backup"), &folder.join("new"), &secret(), NOW, options)
    };
    let look = move |row: &mut Row, image: &Path| {
        if Store::standing(&image.join("new")).unwrap() == Standing::Absent {
            row.tell("no profile yet; restored once more");
            restored(image, &options()).unwrap();
        }
        row.look(&image.join("new"), COMMITS, &[secret()]);
        row.wrong += fs::read_dir(image).unwrap().count().abs_diff(2) as u64;
    };
    killed_at_each_force("restoring a backup", folder.path(), look, |options| {
        restored(folder.path(), &options).unwrap();
    })
}

/// Kills while a profile of an older version is opened, changed and gets a snapshot: it holds what it held, or
/// that with the change that was under way. Their passphrase costs what a real one costs: only at each so many
/// forces is looked.
fn version_kills((version, zipped): (u16, &[u8]), each: u64) -> Row {
    let folder = tempfile::tempdir().unwrap();
    let secret = unzip(zipped, folder.path());
    let other = tempfile::tempdir().unwrap();
    unzip(zipped, other.path());
    let (_, Loaded { records, .. }) = Store::open(other.path(), &secret, 0, options()).unwrap();
    // What is acknowledged, and what may be there as well.
    let states = Arc::new(Mutex::new((records.clone(), records)));
    let look = {
        let (states, secret, forces) = (states.clone(), secret.clone(), AtomicU64::new(0));
        move |row: &mut Row, image: &Path| {
            if !forces.fetch_add(1, Ordering::SeqCst).is_multiple_of(each) {
                return;
            }
            let Some((store, loaded)) = row.open(image, 1, std::slice::from_ref(&secret)) else {
                return;
            };
            let states = states.lock().unwrap();
            let is_known = [&states.0, &states.1].contains(&&loaded.records);
            row.wrong += u64::from(!is_known || !store.check().unwrap().problems.is_empty());
        }
    };
    let fault = format!("opening and changing version {version}");
    killed_at_each_force(&fault, folder.path(), look, |options| {
        let (mut store, _) = Store::open(folder.path(), &secret, 0, options).unwrap();
        for n in 1..=3 {
            let before = states.lock().unwrap().0.clone();
            let mut student = before.files().next().unwrap().student.value.clone();
            student.phone = n.to_string();
            let change = Builder::new(Label::EditStudent, &before).put(student).build();
            let mut after = before;
            after.apply(&change).unwrap();
            states.lock().unwrap().1 = after.clone();
            store.commit(&change, stamp(n)).unwrap();
            states.lock().unwrap().0 = after;
        }
        while store.work_on_snapshot(NOW).unwrap() == Work::More {}
    })
}

/// All the kills: during creation, opening, recovery, snapshot, backup, restore, change of the passphrase, and
/// the first changes of a profile that an older version of the schema wrote, there at each so many forces.
pub fn kills(profile: &Profile, each: u64) -> Vec<Row> {
    let mut rows = kills_of(profile);
    rows.push(restore_kills(profile));
    rows.extend(STORED.map(|stored| version_kills(stored, each)));
    rows
}

fn kills_of(profile: &Profile) -> Vec<Row> {
    let usual = || vec![secret()];
    let other = || Secret::Passphrase("another eight words".to_owned().into());
    vec![
        killed("creation and first commits", None, usual(), |folder, options, acknowledged| {
            let (mut store, loaded) = open_or_create(folder, options).unwrap();
            let mut records = loaded.records;
            for n in 1..=5 {
                commit(&mut store, &mut records, n);
                acknowledged.store(n, Ordering::SeqCst);
            }
        }),
        killed("opening", Some(profile), usual(), |folder, options, _| {
            drop(Store::open(folder, &secret(), 0, options).unwrap());
        }),
        killed(
            "recovery from snapshot and journal",
            Some(profile),
            usual(),
            |folder, options, _| {
                fs::write(folder.join("db/conf"), [7; 64]).unwrap();
                drop(Store::open(folder, &secret(), 0, options).unwrap());
            },
        ),
        killed(
            "recovery from the snapshot alone",
            Some(profile),
            usual(),
            |folder, options, acked| {
                acked.store(SNAPSHOT_AT, Ordering::SeqCst);
                fs::remove_dir_all(folder.join("db")).unwrap();
                fs::remove_dir_all(folder.join("journal")).unwrap();
                drop(Store::open(folder, &secret(), 0, options).unwrap());
            },
        ),
        killed("snapshot and commits", Some(profile), usual(), |folder, options, acknowledged| {
            let (mut store, loaded) = Store::open(folder, &secret(), 0, options).unwrap();
            let (mut records, mut n) = (loaded.records, COMMITS + 1);
            while store.work_on_snapshot(NOW + 86_400_000).unwrap() == Work::More {
                commit(&mut store, &mut records, n);
                acknowledged.store(n, Ordering::SeqCst);
                n += 1;
            }
        }),
        killed("backup", Some(profile), usual(), |folder, options, _| {
            let (mut store, _) = Store::open(folder, &secret(), 0, options).unwrap();
            store.backup(&folder.join("backup"), NOW).unwrap();
        }),
        killed(
            "change of the passphrase",
            Some(profile),
            vec![secret(), other()],
            |folder, options, _| {
                let (mut store, _) = Store::open(folder, &secret(), 0, options).unwrap();
                store.change_passphrase(&secret(), &other()).unwrap();
                store.new_recovery_code().unwrap();
            },
        ),
    ]
}

/// A disk that is full from one force onto the disk on, for each in turn: the change is refused, and after
/// space was made it is saved.
pub fn full_disk(profile: &Profile) -> Row {
    let mut row = Row::new("disk full at every force onto the disk");
    for failing in 0.. {
        let folder = profile.copied();
        let (left, armed) = (Arc::new(AtomicU64::new(failing)), Arc::new(AtomicU64::new(0)));
        let watch = {
            let (left, armed) = (left.clone(), armed.clone());
            move |_: &Path| {
                let is_full = armed.load(Ordering::SeqCst) == 1
                    && left
                        .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |n| n.checked_sub(1))
                        .is_err();
                if is_full { Err(io::ErrorKind::StorageFull.into()) } else { Ok(()) }
            }
        };
        let watched = Options { fsync: Fsync::Watched(Arc::new(watch)), ..options() };
        let (mut store, loaded) = Store::open(folder.path(), &secret(), 0, watched).unwrap();
        armed.store(1, Ordering::SeqCst);
        let next = change(&loaded.records, COMMITS + 1, 1);
        let saved = store.commit(&next, stamp(COMMITS + 1));
        armed.store(0, Ordering::SeqCst);
        drop(store);
        let acknowledged = COMMITS + u64::from(saved.is_ok());
        row.look(folder.path(), acknowledged, &[secret()]);
        match saved {
            Ok(()) => break,
            Err(error) => row.tell(&format!("refused: {error}")),
        }
    }
    row
}

/// Two starts at the same moment: one opens, the other hears who holds it.
pub fn two_starts(profile: &Profile, cycles: u64) -> Row {
    let mut row = Row::new("two starts at once");
    for cycle in 0..cycles {
        let folder = if cycle % 2 == 0 { profile.copied() } else { tempfile::tempdir().unwrap() };
        let (begin, end) = (Barrier::new(2), Barrier::new(2));
        let start = || {
            begin.wait();
            let opened = open_or_create(folder.path(), options());
            end.wait();
            opened.map(|(_, loaded)| last(&loaded.records))
        };
        let outcomes = thread::scope(|scope| {
            let both = [scope.spawn(start), scope.spawn(start)];
            both.map(thread::ScopedJoinHandle::join)
        });
        let mut open = 0;
        for outcome in outcomes {
            match outcome {
                Err(_) => row.panics += 1,
                Ok(Ok(_)) => open += 1,
                Ok(Err(error @ (Error::Held(_) | Error::ProfileExists | Error::NoProfile))) => {
                    row.tell(error.to_string().split(" (").next().unwrap());
                }
                Ok(Err(error)) => row.tell(&format!("refused: {error}")),
            }
        }
        row.wrong += u64::from(open != 1);
        let acknowledged = if cycle % 2 == 0 { COMMITS } else { 0 };
        row.look(folder.path(), acknowledged, &[secret()]);
    }
    row
}

/// A clock that jumps between commits and snapshots: order comes from the journal.
pub fn jumping_clock(cycles: u64) -> Row {
    let mut row = Row::new("clock set back and forth");
    let folder = tempfile::tempdir().unwrap();
    let mut random = 0x9E37_79B9_7F4A_7C15_u64;
    for cycle in 1..=cycles {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(cycle);
        let jump = i64::try_from(random >> 32).unwrap() * 60 - 100_000_000_000;
        let (mut store, loaded) = open_or_create(folder.path(), options()).unwrap();
        let n = last(&loaded.records) + 1;
        let change = change(&loaded.records, n, 1);
        let stamp = tutelage::store::Stamp { utc_ms: jump, ..stamp(n) };
        store.commit(&change, stamp).unwrap();
        if store.is_snapshot_due(jump) {
            while store.work_on_snapshot(jump).unwrap() == Work::More {}
        }
        drop(store);
        let image = tempfile::tempdir().unwrap();
        copy(folder.path(), image.path());
        if cycle % 2 == 0 {
            fs::remove_dir_all(image.path().join("db")).unwrap();
        }
        row.look(image.path(), n, &[secret()]);
    }
    row
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_damage_of_one_file_loses_anything() {
        let profile = Profile::new();
        for file in profile.files() {
            for is_cut in [true, false] {
                let row = damaged(&profile, &file, 5, is_cut);
                assert!(row.is_good(false), "{}", table(&[row]));
            }
        }
    }

    #[test]
    fn no_deleted_file_loses_what_another_one_holds() {
        let profile = Profile::new();
        for names in [
            &["db"][..],
            &["journal"],
            &["snapshots"],
            &["db/conf"],
            &["db/db"],
            &["lock"],
            &["db", "snapshots"],
            &["keys"],
            &["keyring", "keys.copy"],
        ] {
            let row = deleted(&profile, names);
            assert!(row.is_good(false), "{}", table(&[row]));
        }
        for names in [&["keys", "keys.copy"], &["keyring", "keyring.copy"]] {
            let row = deleted(&profile, names);
            assert!(row.is_good(true) && row.refused == 1, "{}", table(&[row]));
        }
    }

    #[test]
    fn a_kill_at_any_force_onto_the_disk_loses_nothing_acknowledged() {
        for row in kills(&Profile::new(), 7) {
            assert!(row.cycles > 0 && row.is_good(false), "{}", table(&[row]));
        }
    }

    #[test]
    fn a_full_disk_refuses_a_change_and_takes_it_after_space_was_made() {
        let row = full_disk(&Profile::new());
        assert!(row.cycles > 2 && row.is_good(false), "{}", table(&[row]));
    }

    #[test]
    fn of_two_starts_at_once_one_opens_and_the_other_is_told() {
        let row = two_starts(&Profile::new(), 50);
        assert!(row.is_good(false), "{}", table(&[row]));
    }

    #[test]
    fn a_clock_that_jumps_loses_nothing() {
        let row = jumping_clock(12);
        assert!(row.is_good(false), "{}", table(&[row]));
    }
}
