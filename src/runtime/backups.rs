//! Backups, as the command and the program on the screen make them: recorded first, then written and read back.

use std::path::Path;

use crate::{
    runtime::clock::Clock,
    store::{self, Contents, Look, Stamp, Store},
};

/// What is to be known where nothing protects the file.
pub const OPEN: &str = "Without a passphrase, whoever gets this file can read it.";

/// Writes everything as it is now into a file.
///
/// # Errors
/// When it cannot be recorded, written or read back.
pub fn write(store: &mut Store, file: &Path, stamp: Stamp) -> store::Result<Contents> {
    store.record_look(Look::Backup, &[], stamp)?;
    store.backup(file, stamp.utc_ms)
}

/// What is in it, where it is and what opens it, in sentences.
#[must_use]
pub fn told(clock: Clock, contents: Contents, file: &Path, is_sealed: bool) -> Vec<String> {
    let opens = if is_sealed {
        "The passphrase or the recovery code of today opens it, on any machine."
    } else {
        OPEN
    };
    let mut said = vec![
        format!("Backed up {}, and read it back.", words(clock, contents)),
        format!("It is {}. {opens} Keep it on another disk.", file.display()),
    ];
    said.extend(left_out(contents));
    said
}

/// How many of the user's own policies and letters are not in it, in a sentence.
#[must_use]
pub fn left_out(contents: Contents) -> Option<String> {
    let count = (contents.left_out > 0).then_some(contents.left_out)?;
    Some(format!(
        "Not in it of the folders policies and letters: {count} (too long, too deep, or no text for a name)."
    ))
}

/// `412 records of 28 students as of 21 Nov 2026, 14:02, with 1 of your own policies and letters`
#[must_use]
pub fn words(clock: Clock, Contents { utc_ms, records, students, own, .. }: Contents) -> String {
    let with = match own {
        0 => String::new(),
        own => format!(", with {own} of your own policies and letters"),
    };
    format!("{records} records of {students} students as of {}{with}", moment(clock, utc_ms))
}

/// What a restore did not bring back.
#[must_use]
pub fn erased(contents: Contents) -> Option<String> {
    let many = (contents.erased > 0).then_some(contents.erased)?;
    let whom = if many == 1 {
        "1 student who has".to_owned()
    } else {
        format!("{many} students who have")
    };
    Some(format!("Left out: {whom} been erased since the backup was made."))
}

/// A moment at the institution.
#[must_use]
pub fn moment(clock: Clock, utc_ms: i64) -> String {
    let wall = clock.wall(utc_ms);
    wall.map_or_else(String::new, |wall| wall.format("%-d %b %Y, %H:%M").to_string())
}
