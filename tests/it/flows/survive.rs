//! What a disk does to the program on the screen: full while a note is saved, damaged before it starts.

use std::{fs, path::Path, process::Command};

use super::{ASK, Home, PASSPHRASE, QUIT, REDO, SAVE, find, quit, saved, unlocked};
use crate::pty::Program;

/// Saves, and waits until it is said that this failed; what was typed is still there.
fn refused(program: &mut Program, why: &str, typed: &str) {
    program.press(SAVE).see("Not saved.").see(why).see("make room").see(typed);
}

/// The note is there once, after a restart too, and everything is sound.
fn is_kept_once(home: &Home, words: &str) {
    let mut program = home.desk();
    find(&mut program, "Zeppelins", words);
    program.press(QUIT);
    assert_eq!(program.exit_code(), 0);
    let found = home.run(&["search", "Zeppelins", "--passphrase-command", ASK]);
    assert_eq!(found.matches("Zeppelins").count(), 1, "{found}");
    let said = home.check();
    assert!(said.contains("Everything is sound."), "{said}");
}

#[test]
fn a_disk_that_fills_up_during_a_save_takes_the_note_after_room_was_made_without_a_lock() {
    // In turn: nothing can be forced onto the disk, not the journal, not the database behind it.
    for end in ["", "0001.log", "db/db"] {
        let home = Home::with_tutees();
        let full = home.folder.path().join("full");
        let launch = home.launch().env("TUTELAGE_TEST_FULL", full.to_str().unwrap());
        let mut program = unlocked(launch.start(), PASSPHRASE);
        program.see("Aisha Rahman ·").press("m").see("Meeting · Aisha Rahman");
        program.press("Zeppelins, ").see("Zeppelins, ");
        home.until_drafts(1);
        fs::write(&full, end).unwrap();
        refused(&mut program, "force a file", "Zeppelins, ");
        program.press("and busy.");
        fs::remove_file(&full).unwrap();
        saved(program.see("and busy.").press(SAVE));
        program.see("Zeppelins, and busy.").press("u").see("undone");
        program.press(REDO).see("done again").see("Zeppelins, and busy.");
        quit(program);
        is_kept_once(&home, "Zeppelins, and busy.");
    }
}

#[test]
fn a_small_disk_that_is_full_refuses_the_note_and_takes_it_after_room_was_made() {
    let home = Home::with_tutees();
    let disk = tempfile::tempdir().unwrap();
    let Some(_mount) = Mounted::new(disk.path()) else { return };
    let data = disk.path().join("data");
    crate::store::copy(&home.data(), &data);
    let launch = crate::pty::Launch::new(&data).args(["--today", super::TODAY]);
    let mut program = unlocked(launch.start(), PASSPHRASE);
    program.see("Aisha Rahman ·").press("n").see("Note · Aisha Rahman").press("Zeppelins.");
    let filler = disk.path().join("filler");
    fs::write(&filler, vec![1; 150 * 1024 * 1024]).unwrap();
    refused(&mut program, "too full to go on safely", "Zeppelins.");
    fs::remove_file(filler).unwrap();
    saved(program.press(SAVE)).see("Zeppelins.");
    quit(program);
}

/// A small disk in memory, where there is the right to make one.
struct Mounted<'a>(&'a Path);

impl<'a> Mounted<'a> {
    fn new(folder: &'a Path) -> Option<Self> {
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", "size=160m", "none"]).arg(folder);
        mount.output().is_ok_and(|done| done.status.success()).then_some(Self(folder))
    }
}

impl Drop for Mounted<'_> {
    fn drop(&mut self) {
        // What still runs there may hold it for a moment.
        Command::new("umount").arg("-l").arg(self.0).status().ok();
    }
}
