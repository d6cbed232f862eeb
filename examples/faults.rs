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
    io::{self, Write},
    panic,
    path::Path,
    process::{Command, ExitCode},
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use color_eyre::eyre::Result;
use faults::{Profile, Row, damaged, deleted, full_disk, jumping_clock, kills, table, two_starts};
use tutelage::store::{Fsync, Options, Store};
use workload::{change, last, options, secret, stamp};

const MIB: usize = 1024 * 1024;

fn main() -> Result<ExitCode> {
    let places = env::args().nth(1).map_or(Ok(40), |places| places.parse())?;
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
    print(kills(&profile), false)?;
    print(vec![full_disk(&profile)], false)?;
    match Mount::new(&["-t", "tmpfs", "-o", "size=192m", "none"])? {
        Some(mount) => print(vec![full_tmpfs(mount.0.path(), places * 4)], false)?,
        None => writeln!(io::stdout(), "full disk on a tmpfs: left out, it cannot be mounted\n")?,
    }
    read_only(&profile)?;
    print(vec![two_starts(&profile, 50), jumping_clock(50)], false)?;
    Ok(if good { ExitCode::SUCCESS } else { ExitCode::FAILURE })
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
