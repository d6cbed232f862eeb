//! What a new passphrase must be, wherever it is chosen.

/// The shortest passphrase, in characters.
pub const SHORTEST: usize = 8;

/// Checks a new passphrase.
///
/// # Errors
/// A sentence that says what to do.
pub fn check(passphrase: &str) -> Result<(), String> {
    if passphrase.chars().count() < SHORTEST {
        return Err(format!("Take at least {SHORTEST} characters."));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passphrase_is_measured_in_characters() {
        assert!(check("éééééééé").is_ok());
        assert_eq!(check("ééééééé"), Err("Take at least 8 characters.".to_owned()));
    }
}
