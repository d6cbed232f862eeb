//! The automatic snapshots of a profile: the folder `snapshots`, one file a day on which something changed.

use std::{
    fs,
    io::ErrorKind as Kind,
    path::{Path, PathBuf},
};

use chrono::{DateTime, NaiveDateTime};

use super::{
    Store, disk, engine_path,
    error::{Error, Result},
    open::require_free,
    retention,
    snapshot::{Around, Copying, Snapshot, Source, Step},
};

const ENDING: &str = "snapshot";
/// How a moment stands in a name.
const STAMP: &str = "%Y%m%dT%H%M%S";
/// While it is being written.
const UNFINISHED: &str = "unfinished.new";
/// Bytes that stay free beside a snapshot.
const SPARE: u64 = 64 * 1024 * 1024;

/// A file in the folder, as its name says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Kept {
    pub path: PathBuf,
    /// Number of the last entry of the journal that is in it.
    pub sequence: u64,
    /// When it was begun.
    pub utc_ms: i64,
}

/// An automatic snapshot, as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// When it was made, in milliseconds since 1970.
    pub utc_ms: i64,
    /// How long the file is.
    pub bytes: u64,
    /// How many records it holds; none if it is damaged.
    pub records: Option<u64>,
}

/// How far a snapshot is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Work {
    /// There is more to do.
    More,
    /// It is there.
    Done,
}

/// The snapshots that were made or are being made since the profile was opened.
#[derive(Default)]
pub(crate) struct Shelf {
    copying: Option<Copying>,
    /// Number of the last entry in the newest one, and when it was made.
    newest: Option<(u64, i64)>,
    /// One is wanted whatever day it is: something had been broken.
    pub is_urgent: bool,
}

impl Shelf {
    /// What lies in the folder.
    pub(crate) fn of(profile: &Path, is_urgent: bool) -> Result<Self> {
        let newest = list(profile)?.first().map(|kept| (kept.sequence, kept.utc_ms));
        Ok(Self { copying: None, newest, is_urgent })
    }
}

impl Store {
    /// Whether it is time for a snapshot: something has changed since the newest one, which is of another day.
    #[must_use]
    pub fn is_snapshot_due(&self, utc_ms: i64) -> bool {
        let sequence = self.engine.progress().head.sequence;
        let is_changed = self.shelf.newest.is_none_or(|(at, _)| at != sequence) && sequence > 0;
        let is_of_today = self
            .shelf
            .newest
            .is_some_and(|(_, made)| retention::day(made) == retention::day(utc_ms));
        !self.is_dead() && is_changed && (self.shelf.is_urgent || !is_of_today)
    }

    /// Whether a snapshot is being made.
    #[must_use]
    pub const fn is_snapshot_begun(&self) -> bool {
        self.shelf.copying.is_some()
    }

    /// Lets go of a snapshot in the making; no part of it is left behind.
    pub(super) fn give_up_snapshot(&mut self) {
        self.shelf.copying = None;
    }

    /// Does a few milliseconds of work on the snapshot of today; it counts when it has been read back, and
    /// then those go that retention does not keep. The profile may change in between.
    ///
    /// # Errors
    /// When it cannot be written, or the database does not hold what it should; it is given up for today.
    pub fn work_on_snapshot(&mut self, utc_ms: i64) -> Result<Work> {
        let worked = self.step(utc_ms);
        if worked.is_err() {
            self.shelf.copying = None;
            self.shelf.is_urgent = false;
            self.shelf.newest = Some((self.engine.progress().head.sequence, utc_ms));
        }
        worked
    }

    fn step(&mut self, utc_ms: i64) -> Result<Work> {
        let source =
            Source { engine: &self.engine, database: &self.keys.database, folder: &self.folder };
        let Some(copying) = &mut self.shelf.copying else {
            let folder = folder(&self.folder);
            disk::new_folder(&folder)?;
            let database = fs::metadata(engine_path(&self.folder).join("db"));
            require_free(&folder, SPARE + database.map_or(0, |file| file.len()))?;
            let (path, fsync) = (folder.join(UNFINISHED), self.options.fsync.clone());
            self.shelf.copying =
                Some(Copying::begin(path, Around::default(), source, utc_ms, fsync)?);
            return Ok(Work::More);
        };
        match copying.step(source)? {
            Step::More => Ok(Work::More),
            Step::Overtaken => {
                self.shelf.copying = None;
                Ok(Work::More)
            }
            Step::Done => {
                let summary = copying.summary();
                let (sequence, made) = (summary.progress.head.sequence, summary.utc_ms);
                let path = folder(&self.folder).join(name(sequence, made));
                if let Some(copying) = self.shelf.copying.take() {
                    copying.name(&path)?;
                }
                self.shelf.newest = Some((sequence, made));
                self.shelf.is_urgent = false;
                prune(&self.folder, utc_ms)?;
                self.options.fsync.folder(&folder(&self.folder))?;
                Ok(Work::Done)
            }
        }
    }

    /// The automatic snapshots of a profile, the newest first; reads all of them.
    ///
    /// # Errors
    /// When their folder cannot be read.
    pub fn snapshots(profile: &Path) -> Result<Vec<Listed>> {
        let listed = list(profile)?.into_iter().map(|kept| {
            let counts = Snapshot::open(&kept.path).and_then(|snapshot| {
                let counts = snapshot.summary.progress.counts;
                snapshot.verified().map(|_| counts)
            });
            Listed {
                utc_ms: kept.utc_ms,
                bytes: fs::metadata(&kept.path).map_or(0, |file| file.len()),
                records: counts.ok().map(|counts| counts.iter().sum()),
            }
        });
        Ok(listed.collect())
    }
}

/// The folder of a profile's snapshots.
pub(crate) fn folder(profile: &Path) -> PathBuf {
    profile.join("snapshots")
}

/// How a snapshot is called: in the order of the journal, whatever the clock said.
pub(crate) fn name(sequence: u64, utc_ms: i64) -> String {
    let made = DateTime::from_timestamp_millis(utc_ms).unwrap_or_default();
    format!("{sequence:012}-{}.{ENDING}", made.format(STAMP))
}

/// The snapshots of a profile by their names, the newest first.
pub(crate) fn list(profile: &Path) -> Result<Vec<Kept>> {
    let doing = "list the snapshots";
    let entries = match fs::read_dir(folder(profile)) {
        Ok(entries) => entries,
        // Something else in the way keeps nobody from opening the profile; making a snapshot then fails.
        Err(error) if matches!(error.kind(), Kind::NotFound | Kind::NotADirectory) => {
            return Ok(Vec::new());
        }
        Err(error) => return Err(Error::io(doing)(error)),
    };
    let mut all = Vec::new();
    for entry in entries {
        all.extend(named(entry.map_err(Error::io(doing))?.path()));
    }
    all.sort_by_key(|kept: &Kept| std::cmp::Reverse((kept.sequence, kept.utc_ms)));
    Ok(all)
}

/// Sets snapshots aside that hold more than the profile, as after an older copy of its folder was put in its place: a
/// rebuild from one would bring back another history. Says which.
pub(crate) fn set_aside(profile: &Path, head: u64) -> Result<Vec<String>> {
    let mut notices = Vec::new();
    for kept in list(profile)?.into_iter().filter(|kept| kept.sequence > head) {
        let aside = kept.path.with_extension("aside");
        fs::rename(&kept.path, &aside).map_err(Error::io("set a snapshot aside"))?;
        let name = aside.file_name().unwrap_or_default().to_string_lossy().into_owned();
        notices.push(format!(
            "The snapshot of {} holds changes that this profile does not have, as after an older copy of \
             the folder was put in its place. It is kept as snapshots/{name}.",
            moment(kept.utc_ms)
        ));
    }
    Ok(notices)
}

fn named(path: PathBuf) -> Option<Kept> {
    let name = path.file_name()?.to_str()?.strip_suffix(ENDING)?.strip_suffix('.')?;
    let (sequence, made) = name.split_once('-')?;
    let made = NaiveDateTime::parse_from_str(made, STAMP).ok()?;
    let (sequence, utc_ms) = (sequence.parse().ok()?, made.and_utc().timestamp_millis());
    Some(Kept { path, sequence, utc_ms })
}

/// Opens a snapshot of this database.
pub(crate) fn open(path: &Path, database: &[u8; 16]) -> Result<Snapshot> {
    let snapshot = Snapshot::open(path)?;
    if snapshot.summary.database == *database {
        Ok(snapshot)
    } else {
        Err(Error::Damaged { what: "it belongs to another profile, or" })
    }
}

/// Removes the snapshots that are not kept any longer.
fn prune(profile: &Path, now: i64) -> Result<()> {
    let all = list(profile)?;
    let times: Vec<i64> = all.iter().map(|kept| kept.utc_ms).collect();
    let stay = retention::kept(&times, now);
    for (_, kept) in all.iter().enumerate().filter(|(at, _)| !stay.contains(at)) {
        fs::remove_file(&kept.path).map_err(Error::io("remove an old snapshot"))?;
    }
    Ok(())
}

/// A moment as sentences name it.
pub(crate) fn moment(utc_ms: i64) -> String {
    let time = DateTime::from_timestamp_millis(utc_ms).unwrap_or_default();
    time.format("%-d %b %Y, %H:%M UTC").to_string()
}
