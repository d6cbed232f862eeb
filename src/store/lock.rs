//! One writer a profile: a lock file that says who has it open.

use std::{
    fmt,
    fs::{File, OpenOptions},
    io::{self, Read},
    os::unix::fs::{FileExt, OpenOptionsExt},
    path::Path,
    process,
};

use rustix::fs::{FlockOperation, flock};

use super::error::{Error, Result};

const TAKING: &str = "take the lock of the profile";

/// Who has a profile open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// Number of the process; 0 if it did not say.
    pub pid: u32,
    /// Its terminal, such as `/dev/pts/3`; empty without one.
    pub terminal: String,
    /// Since when, in milliseconds since 1970 (UTC).
    pub since: i64,
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.pid == 0 {
            return f.write_str("another tutelage");
        }
        write!(f, "another tutelage (process {}", self.pid)?;
        if !self.terminal.is_empty() {
            write!(f, " on {}", self.terminal)?;
        }
        if let Some(since) = chrono::DateTime::from_timestamp_millis(self.since) {
            write!(f, ", since {} UTC", since.format("%-d %b %H:%M"))?;
        }
        f.write_str(")")
    }
}

/// Holds the profile for this process until dropped.
#[derive(Debug)]
pub(crate) struct Lock(File);

/// Closing the file is not enough: a child that is just being started holds a copy of it.
impl Drop for Lock {
    fn drop(&mut self) {
        flock(&self.0, FlockOperation::Unlock).ok();
    }
}

impl Lock {
    /// Takes the lock and says who has it now, or answers who has.
    pub(crate) fn take(path: &Path, utc_ms: i64) -> Result<Self> {
        let lock = Self::seize(path)?;
        lock.sign(utc_ms)?;
        Ok(lock)
    }

    /// Takes the lock without a word, or answers who has it: it is signed next.
    pub(crate) fn seize(path: &Path) -> Result<Self> {
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o600)
            .open(path)
            .map_err(Error::io(TAKING))?;
        match flock(&file, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => {}
            Err(rustix::io::Errno::WOULDBLOCK) => return Err(Error::Held(read(&mut file))),
            Err(error) => return Err(Error::io(TAKING)(error.into())),
        }
        Ok(Self(file))
    }

    /// Says who has it.
    pub(crate) fn sign(&self, utc_ms: i64) -> Result<()> {
        let text = format!("{}\n{}\n{utc_ms}\n", process::id(), terminal());
        let file = &self.0;
        let signed = file.set_len(0).and_then(|()| file.write_all_at(text.as_bytes(), 0));
        signed.map_err(Error::io(TAKING))
    }
}

fn read(file: &mut File) -> Holder {
    let mut text = String::new();
    let length = file.take(1024).read_to_string(&mut text).unwrap_or(0);
    let mut lines = text.get(..length).unwrap_or_default().lines();
    Holder {
        pid: lines.next().and_then(|line| line.parse().ok()).unwrap_or(0),
        terminal: lines.next().unwrap_or_default().to_owned(),
        since: lines.next().and_then(|line| line.parse().ok()).unwrap_or(0),
    }
}

fn terminal() -> String {
    rustix::termios::ttyname(io::stdin(), Vec::new())
        .or_else(|_| rustix::termios::ttyname(io::stderr(), Vec::new()))
        .ok()
        .and_then(|name| name.into_string().ok())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_opener_hears_who_holds_the_profile() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        let lock = Lock::take(&path, 1_790_000_000_000).unwrap();
        let Err(Error::Held(holder)) = Lock::take(&path, 0) else { panic!("not held") };
        assert_eq!((holder.pid, holder.since), (process::id(), 1_790_000_000_000));
        assert!(holder.to_string().contains("since 21 Sep"), "{holder}");
        drop(lock);
        assert!(Lock::take(&path, 0).is_ok());
    }
}
