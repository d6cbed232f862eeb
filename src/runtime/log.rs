//! The log: off by default, ids and counts only, for the owner's eyes.

use std::{fs::OpenOptions, io, os::unix::fs::OpenOptionsExt, path::Path, sync::Mutex};

use crate::runtime::paths;

/// Writes what `tracing` reports to the file from now on.
///
/// # Errors
/// When the file cannot be opened.
pub fn start(path: &Path) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        paths::private_folder(folder)?;
    }
    let file = OpenOptions::new().create(true).append(true).mode(0o600).open(path)?;
    let subscriber = tracing_subscriber::fmt()
        .with_writer(Mutex::new(file))
        .with_ansi(false)
        .with_target(false)
        .finish();
    tracing::subscriber::set_global_default(subscriber).map_err(io::Error::other)
}
