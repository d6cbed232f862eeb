//! Kills at random moments, and power cuts: nothing acknowledged is lost, and every start works. Because a
//! kill cannot show a missing fsync, the power cut is played: what is opened again is the journal and the
//! database as they were at our last fsync.

use std::{
    collections::BTreeSet,
    env, fs,
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
};

use tutelage::store::{Fsync, Options, Store};

use super::{
    copy,
    workload::{change, last, open_or_create, options, secret, stamp, verify},
};

const FOLDER: &str = "TUTELAGE_CRASH_FOLDER";

#[test]
#[ignore = "the child that the next test kills"]
fn a_child_commits_until_it_is_killed() {
    let Ok(folder) = env::var(FOLDER) else { return };
    let (mut store, loaded) = open_or_create(Path::new(&folder), options()).unwrap();
    let mut records = loaded.records;
    let mut out = std::io::stderr();
    for n in last(&records) + 1.. {
        let change = change(&records, n, u64::from(std::process::id()));
        store.commit(&change, stamp(n)).unwrap();
        records.apply(&change).unwrap();
        writeln!(out, "A {n}").unwrap();
    }
}

fn start(folder: &Path) -> Child {
    Command::new(env::current_exe().unwrap())
        .args(["--exact", "store::crash::a_child_commits_until_it_is_killed", "--ignored"])
        .arg("--nocapture")
        .env(FOLDER, folder)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Kills the child in the middle of what follows its `count`th acknowledgement; the last one it gave.
fn kill_after(mut child: Child, count: usize, mut spin: u32) -> u64 {
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
    let mut acknowledged = 0;
    let mut hear = |line: std::io::Result<String>| {
        let line = line.unwrap();
        let number = line.strip_prefix("A ").unwrap_or_else(|| panic!("the child says {line}"));
        acknowledged = number.parse().unwrap();
    };
    lines.by_ref().take(count).for_each(&mut hear);
    while spin > 0 {
        spin = std::hint::black_box(spin - 1);
    }
    child.kill().unwrap();
    lines.for_each(&mut hear);
    child.wait().unwrap();
    acknowledged
}

#[test]
fn nothing_acknowledged_is_lost_when_the_program_is_killed() {
    let mut folder = tempfile::tempdir().unwrap();
    let mut random = 0x2545_F491_4F6C_DD1D_u64;
    for cycle in 0..100 {
        if cycle % 20 == 0 {
            folder = tempfile::tempdir().unwrap();
        }
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        let spin = u32::try_from(random >> 16 & 0x3_FFFF).unwrap();
        let count = usize::try_from(random % 6).unwrap();
        let acknowledged = kill_after(start(folder.path()), count, spin);
        // Creation may have been cut short: then there is nothing to lose.
        let (_, loaded) = open_or_create(folder.path(), options()).unwrap();
        let (faults, _) = verify(&loaded.records);
        assert_eq!(faults, Vec::<String>::new(), "cycle {cycle}");
        let found = last(&loaded.records);
        assert!(found >= acknowledged, "cycle {cycle}: {acknowledged} is lost, {found} is there");
    }
}

/// The disk as a power cut would leave it at the worst: each file as it was when we last forced it.
struct Image {
    folder: PathBuf,
    disk: PathBuf,
}

impl Image {
    fn new(folder: &Path, disk: &Path) -> Self {
        let image = Self { folder: folder.to_owned(), disk: disk.to_owned() };
        copy(folder, disk);
        image
    }

    fn forced(&self, path: &Path) {
        let Ok(inside) = path.strip_prefix(&self.folder) else { return };
        let first = inside.components().next().map(|first| first.as_os_str().to_owned());
        match first {
            Some(first) if first == "db" => {
                drop(fs::remove_dir_all(self.disk.join("db")));
                copy(&self.folder.join("db"), &self.disk.join("db"));
            }
            Some(_) if path.is_file() && path.extension().is_none_or(|end| end != "new") => {
                fs::create_dir_all(self.disk.join(inside).parent().unwrap()).unwrap();
                fs::copy(path, self.disk.join(inside)).unwrap();
            }
            None => {
                for name in ["keys", "keyring"] {
                    fs::copy(self.folder.join(name), self.disk.join(name)).unwrap();
                }
            }
            Some(_) => {}
        }
    }

    /// Whether a start after a power cut now shows everything up to `acknowledged`.
    fn keeps(&self, acknowledged: u64) -> bool {
        let again = tempfile::tempdir().unwrap();
        copy(&self.disk, again.path());
        let Ok((_, loaded)) = Store::open(again.path(), &secret(), 0, options()) else {
            return false;
        };
        verify(&loaded.records).0.is_empty() && last(&loaded.records) >= acknowledged
    }
}

/// Works on a profile and plays a power cut at many points, between our fsyncs too; the commits after
/// which something acknowledged was missing.
fn power_cuts(fsync: impl FnOnce(Arc<dyn Fn(&Path) + Send + Sync>) -> Fsync) -> BTreeSet<u64> {
    let (folder, disk) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    drop(open_or_create(folder.path(), options()).unwrap());
    let image = Arc::new(Image::new(folder.path(), disk.path()));
    let acknowledged = Arc::new(AtomicU64::new(0));
    let lost = Arc::new(Mutex::new(BTreeSet::new()));
    let watch: Arc<dyn Fn(&Path) + Send + Sync> = {
        let (image, acknowledged, lost) = (image.clone(), acknowledged.clone(), lost.clone());
        Arc::new(move |path: &Path| {
            image.forced(path);
            let now = acknowledged.load(Ordering::SeqCst);
            if now % 7 == 3 && !image.keeps(now) {
                lost.lock().unwrap().insert(now);
            }
        })
    };
    let watched = Options { fsync: fsync(watch), ..options() };
    let (mut store, loaded) = open_or_create(folder.path(), watched).unwrap();
    let mut records = loaded.records;
    for n in 1..=80 {
        let change = change(&records, n, 1);
        store.commit(&change, stamp(n)).unwrap();
        records.apply(&change).unwrap();
        acknowledged.store(n, Ordering::SeqCst);
        if n % 5 == 0 && !image.keeps(n) {
            lost.lock().unwrap().insert(n);
        }
    }
    lost.lock().unwrap().clone()
}

#[test]
fn a_power_cut_takes_nothing_that_was_acknowledged() {
    let lost = power_cuts(|watch| {
        Fsync::Watched(Arc::new(move |path: &Path| {
            watch(path);
            Ok(())
        }))
    });
    assert_eq!(lost, BTreeSet::new());
}

#[test]
fn without_fsync_a_power_cut_takes_what_was_acknowledged() {
    let lost = power_cuts(|_| Fsync::Off);
    assert_eq!(lost.len(), 16, "the test above cannot see a missing fsync");
}
