//! Does to a real profile what disks, kills and clocks do, and prints a table: cycles, acknowledged commits,
//! lost ones, wrong records, and the sentences that were said. `faults [PLACES]`: how many places of each file
//! are damaged, 40 if left out. A full and a read-only disk need the right to mount; without it they are
//! left out. The suite runs the same, shorter.
#![expect(clippy::unwrap_used, reason = "the faults are shared with the tests")]

#[path = "../tests/it/store/faults.rs"]
mod faults;
#[path = "../tests/it/store/workload.rs"]
mod workload;

use std::{
    env, fs,
    io::{self, BufRead, BufReader, Write},
    panic,
    path::Path,
    process::{Command, ExitCode, Stdio},
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use color_eyre::eyre::{Result, eyre};
use faults::{
    COMMITS, Profile, Row, damaged, deleted, full_disk, jumping_clock, kills, table, two_starts,
};
use tutelage::store::{Fsync, Options, Standing, Store, Work};
use workload::{change, last, options, secret, stamp};

const MIB: usize = 1024 * 1024;

fn main() -> Result<ExitCode> {
    let words: Vec<String> = env::args().skip(1).collect();
    if let [child, what, folder] = words.as_slice()
        && child == "child"
    {
        let what = Sudden::ALL.into_iter().find(|known| known.words() == what);
        return what.map_or(Ok(ExitCode::FAILURE), |what| what.run(Path::new(folder)));
    }
    let places = words.first().map_or(Ok(40), |places| places.parse())?;
    // A panic counts; it need not be printed.
    panic::set_hook(Box::new(|_| {}));
    let profile = Profile::new();
    let (mut good, mut out) = (true, io::stdout());
    let mut print = |rows: Vec<Row>, may_refuse: bool| -> io::Result<()> {
        good &= rows.iter().all(|row| row.is_good(may_refuse));
        writeln!(out, "{}", table(&rows))
    };
    for file in profile.files() {
        let rows = [true, false].map(|is_cut| damaged(&profile, &file, places, is_cut));
        print(rows.into(), false)?;
    }
    let names = ["db", "journal", "snapshots", "db/db", "db/conf", "lock", "keys", "keyring"];
    print(names.iter().map(|name| deleted(&profile, &[name])).collect(), false)?;
    let both = [["keys", "keys.copy"], ["keyring", "keyring.copy"]];
    print(both.iter().map(|names| deleted(&profile, names)).collect(), true)?;
    print(kills(&profile, 1), false)?;
    let sudden = Sudden::ALL.iter().map(|what| sudden_kills(&profile, *what, places * 2));
    print(sudden.collect::<Result<_>>()?, false)?;
    print(vec![full_disk(&profile)], false)?;
    match Mount::new(&["-t", "tmpfs", "-o", "size=192m", "none"])? {
        Some(mount) => print(vec![full_tmpfs(mount.0.path(), places * 4)], false)?,
        None => writeln!(io::stdout(), "full disk on a tmpfs: left out, it cannot be mounted\n")?,
    }
    read_only(&profile)?;
    print(vec![two_starts(&profile, 50), jumping_clock(50)], false)?;
    Ok(if good { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What a process is killed in the middle of.
#[derive(Clone, Copy)]
enum Sudden {
    Opening,
    Recovery,
    Snapshots,
    Restore,
}

impl Sudden {
    const ALL: [Self; 4] = [Self::Opening, Self::Recovery, Self::Snapshots, Self::Restore];

    const fn words(self) -> &'static str {
        match self {
            Self::Opening => "opening",
            Self::Recovery => "recovery",
            Self::Snapshots => "snapshots and commits",
            Self::Restore => "restoring a backup",
        }
    }

    /// What is there before it begins.
    fn prepare(self, profile: &Profile, folder: &Path) {
        let place = folder.join("profile");
        profile.copy_to(&place);
        match self {
            Self::Opening | Self::Snapshots => {}
            Self::Recovery => fs::write(place.join("db/conf"), [7; 64]).unwrap(),
            Self::Restore => {
                let (mut store, _) = Store::open(&place, &secret(), 0, options()).unwrap();
                store.backup(&folder.join("backup"), 1).unwrap();
                drop(store);
                fs::remove_dir_all(place).unwrap();
            }
        }
    }

    /// The child: says when it begins, each commit that it was told is saved, and when it is done.
    fn run(self, folder: &Path) -> Result<ExitCode> {
        let (place, mut out) = (folder.join("profile"), io::stdout());
        writeln!(out, "begun")?;
        if matches!(self, Self::Restore) {
            Store::restore(&folder.join("backup"), &place, &secret(), 1, &options())?;
        } else {
            let (mut store, loaded) = Store::open(&place, &secret(), 0, options())?;
            let (mut records, mut day) = (loaded.records, 1_800_000_000_000);
            let first = last(&records) + 1;
            let commits = if matches!(self, Self::Snapshots) { first..first + 40 } else { 0..0 };
            for n in commits {
                let next = change(&records, n, 1);
                store.commit(&next, stamp(n))?;
                records.apply(&next)?;
                writeln!(out, "A {n}")?;
                if store.work_on_snapshot(day)? == Work::Done {
                    day += 86_400_000;
                }
            }
        }
        writeln!(out, "done")?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Starts a child, lets it run for as long as it may take, and tells what it said; killed or ended.
fn child(what: Sudden, folder: &Path, patience: Option<Duration>) -> Result<(u64, Duration, bool)> {
    let mut command = Command::new(env::current_exe()?);
    command.args(["child", what.words()]).arg(folder).stdout(Stdio::piped());
    let mut child = command.spawn()?;
    let lines = child.stdout.take().ok_or_else(|| eyre!("the child has no output"))?;
    let mut lines = BufReader::new(lines).lines();
    let begun = lines.next().transpose()?;
    let start = Instant::now();
    assert_eq!(begun.as_deref(), Some("begun"), "the child says something else");
    if let Some(patience) = patience {
        while start.elapsed() < patience {
            thread::park_timeout(patience.saturating_sub(start.elapsed()));
        }
        child.kill()?;
    }
    let (mut acknowledged, mut is_done) = (0, false);
    for line in lines {
        let line = line?;
        is_done |= line == "done";
        acknowledged = line.strip_prefix("A ").map_or(Ok(acknowledged), str::parse)?;
    }
    let took = start.elapsed();
    child.wait()?;
    Ok((acknowledged, took, is_done))
}

/// Kills at random moments of something, by SIGKILL.
fn sudden_kills(profile: &Profile, what: Sudden, cycles: u64) -> Result<Row> {
    let mut row = Row::new(format!("SIGKILL at a random moment of {}", what.words()));
    let mut random = 0x9E37_79B9_7F4A_7C15_u64;
    let folder = tempfile::tempdir()?;
    what.prepare(profile, folder.path());
    let (_, whole, _) = child(what, folder.path(), None)?;
    for cycle in 0..cycles {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(cycle);
        let folder = tempfile::tempdir()?;
        what.prepare(profile, folder.path());
        let patience = whole.mul_f64(f64::from(u32::try_from(random >> 32)?) / f64::from(u32::MAX));
        let (said, _, is_done) = child(what, folder.path(), Some(patience))?;
        row.tell(if is_done { "it was done already" } else { "killed on the way" });
        let place = folder.path().join("profile");
        if matches!(what, Sudden::Restore) && Store::standing(&place)? == Standing::Absent {
            row.tell("no profile yet; restored once more");
            Store::restore(&folder.path().join("backup"), &place, &secret(), 1, &options())?;
        }
        row.look(&place, said.max(COMMITS), &[secret()]);
    }
    Ok(row)
}

/// A folder on which something is mounted until it is dropped.
struct Mount(tempfile::TempDir);

impl Mount {
    fn new(arguments: &[&str]) -> Result<Option<Self>> {
        let folder = tempfile::tempdir()?;
        let mounted = Command::new("mount").args(arguments).arg(folder.path()).output();
        Ok(mounted.is_ok_and(|output| output.status.success()).then_some(Self(folder)))
    }
}

impl Drop for Mount {
    fn drop(&mut self) {
        Command::new("umount").arg(self.0.path()).status().ok();
    }
}

/// Fills a real, small disk to a few bytes at some force onto it while a new profile takes its first
/// commits, makes room and goes on: every other time with the same program, which opens the profile anew.
fn full_tmpfs(disk: &Path, cycles: u64) -> Row {
    let (folder, filler) = (disk.join("profile"), disk.join("filler"));
    let mut row = Row::new("a tmpfs that fills up during commits");
    let mut random = 0x2545_F491_4F6C_DD1D_u64;
    for cycle in 0..cycles {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        let room = usize::try_from(random >> 20 & 0x1FFF).unwrap();
        let (left, filling) = (Arc::new(AtomicI64::new(i64::MAX)), filler.clone());
        let counter = left.clone();
        let watch = move |_: &Path| {
            if counter.fetch_sub(1, Ordering::SeqCst) == 0 {
                fill(&filling, room)?;
            }
            Ok(())
        };
        let watched = Options { fsync: Fsync::Watched(Arc::new(watch)), ..options() };
        let (mut store, loaded) = workload::open_or_create(&folder, watched).unwrap();
        let mut records = loaded.records;
        left.store(i64::try_from(random % 60).unwrap(), Ordering::SeqCst);
        for _ in 0..14 {
            let n = last(&records) + 1;
            let next = change(&records, n, 1);
            match store.commit(&next, stamp(n)) {
                Ok(()) => records.apply(&next).unwrap(),
                Err(error) => {
                    row.tell(&format!("refused: {error}"));
                    break;
                }
            }
        }
        if store.is_dead() && store.reopen(stamp(last(&records))).is_ok() {
            row.tell("went on while the disk was full");
        }
        fs::remove_file(&filler).ok();
        if store.is_dead() && cycle % 2 == 0 {
            match store.reopen(stamp(last(&records))) {
                Ok(loaded) => {
                    row.wrong += u64::from(last(&loaded.records) != last(&records));
                    row.tell("opened anew in the same program");
                }
                Err(error) => row.tell(&format!("not opened anew: {error}")),
            }
        }
        drop(store);
        row.look(&folder, last(&records), &[secret()]);
        fs::remove_dir_all(&folder).unwrap();
    }
    row
}

/// Takes all of the disk but about `room` bytes.
fn fill(path: &Path, room: usize) -> io::Result<()> {
    let mut file = fs::File::create(path)?;
    for piece in [vec![0; MIB], vec![0; 4096]] {
        while file.write_all(&piece).is_ok() {}
    }
    let length = file.metadata()?.len();
    file.set_len(length.saturating_sub(u64::try_from(room).unwrap_or(0)))
}

/// A profile on a disk that takes nothing: a sentence, and it can still be looked at.
fn read_only(profile: &Profile) -> Result<()> {
    let mut out = io::stdout();
    let Some(mount) = Mount::new(&["-t", "tmpfs", "-o", "size=192m", "none"])? else {
        return Ok(writeln!(out, "read-only folder: left out, it cannot be mounted\n")?);
    };
    let folder = mount.0.path().join("profile");
    profile.copy_to(&folder);
    let remounted =
        Command::new("mount").args(["-o", "remount,ro"]).arg(mount.0.path()).status()?;
    assert!(remounted.success(), "the disk cannot be made read-only");
    let refused = Store::open(&folder, &secret(), 0, options()).err().unwrap();
    let view = Store::open_read_only(&folder, &secret(), &options())?;
    let shown = last(&view.records);
    Ok(writeln!(out, "read-only folder: {refused}; looked at, it shows all {shown} commits\n")?)
}
