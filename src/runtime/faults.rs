//! Faults on demand, for the tests of how the program ends. A release build has none of them.

use std::io;

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

#[cfg(debug_assertions)]
fn asked(fault: &str) -> bool {
    std::env::var_os(WHERE).is_some_and(|asked| asked == fault)
}

/// Does nothing.
#[cfg(not(debug_assertions))]
pub fn panic_in(_place: &str) {}

/// Does nothing.
///
/// # Errors
/// Never.
#[cfg(not(debug_assertions))]
pub fn error_in(_place: &str) -> io::Result<()> {
    Ok(())
}
