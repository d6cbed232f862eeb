//! Where new identities get their randomness.

use std::io;

use crate::domain::id::IdSource;

/// A source of identities, seeded by the system.
///
/// # Errors
/// When the system has no randomness to give.
pub fn fresh() -> io::Result<IdSource> {
    let mut seed = [0; 32];
    getrandom::fill(&mut seed).map_err(io::Error::other)?;
    Ok(IdSource::new(seed))
}
