//! Faults on demand, for the tests of how the program ends. A release build has none of them.

#[cfg(debug_assertions)]
use std::{fs, path::Path, sync::Arc};

use std::io;

#[cfg(debug_assertions)]
use crate::store::Fsync;
use crate::store::Options;

/// The name of the place that is to fail.
#[cfg(debug_assertions)]
const WHERE: &str = "TUTELAGE_TEST_FAULT";

/// Panics when a test asks for a panic in this place.
#[cfg(debug_assertions)]
pub fn panic_in(place: &str) {
    assert!(
        !asked(&format!("panic-{place}")),
        "asked for by a test, with the name Aisha Rahman in it"
    );
}

/// Fails when a test asks for an error in this place.
///
/// # Errors
/// When a test asks for it.
#[cfg(debug_assertions)]
pub fn error_in(place: &str) -> io::Result<()> {
    if asked(&format!("error-{place}")) {
        Err(io::Error::other("a test asked for this error"))
    } else {
        Ok(())
    }
}

/// The name of a file: while it is there, the disk is full for every file whose path ends as it says.
#[cfg(debug_assertions)]
const FULL: &str = "TUTELAGE_TEST_FULL";

/// How the profile is opened: on a disk that is full while a test says so.
#[cfg(debug_assertions)]
#[must_use]
pub fn options() -> Options {
    let Some(sign) = std::env::var_os(FULL) else { return Options::default() };
    let watch = move |path: &Path| match fs::read_to_string(&sign) {
        Ok(end) if path.ends_with(end.trim()) => Err(io::ErrorKind::StorageFull.into()),
        Ok(_) | Err(_) => Ok(()),
    };
    Options { fsync: Fsync::Watched(Arc::new(watch)), ..Options::default() }
}

/// The name of a file: while it is there, so many MiB of the disk are free as stand in it.
#[cfg(debug_assertions)]
const SHORT: &str = "TUTELAGE_TEST_SHORT";

/// How many MiB are free, as a test says it.
#[cfg(debug_assertions)]
pub fn short() -> Option<u64> {
    fs::read_to_string(std::env::var_os(SHORT)?).ok()?.trim().parse().ok()
}

/// Takes two seconds when a test asks for time in this place.
#[cfg(debug_assertions)]
pub fn wait_in(place: &str) {
    if asked(&format!("wait-{place}")) {
        std::thread::park_timeout(std::time::Duration::from_secs(2));
    }
}

#[cfg(debug_assertions)]
fn asked(fault: &str) -> bool {
    std::env::var_os(WHERE).is_some_and(|asked| asked == fault)
}

/// How the profile is opened.
#[cfg(not(debug_assertions))]
#[must_use]
pub fn options() -> Options {
    Options::default()
}

/// Does nothing.
#[cfg(not(debug_assertions))]
pub fn panic_in(_place: &str) {}

/// Does nothing.
#[cfg(not(debug_assertions))]
pub const fn short() -> Option<u64> {
    None
}

/// Does nothing.
#[cfg(not(debug_assertions))]
pub fn wait_in(_place: &str) {}

/// Does nothing.
///
/// # Errors
/// Never.
#[cfg(not(debug_assertions))]
pub fn error_in(_place: &str) -> io::Result<()> {
    Ok(())
}
