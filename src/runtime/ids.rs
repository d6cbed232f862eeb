//! Where new identities get their randomness.

use std::io;

/// The seed of a source of identities, from the system.
///
/// # Errors
/// When the system has no randomness to give.
pub fn seed() -> io::Result<[u8; 32]> {
    let mut seed = [0; 32];
    getrandom::fill(&mut seed).map_err(io::Error::other)?;
    Ok(seed)
}
