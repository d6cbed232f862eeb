//! What a disk does to the program on the screen: full while a note is saved, damaged before it starts.

use std::{fs, path::Path, process::Command};

use super::{ASK, CLEAR, Home, PASSPHRASE, QUIT, REDO, SAVE, TODAY, find, quit, saved, unlocked};
use crate::pty::{Launch, Program, until};

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
    let launch = Launch::new(&data).args(["--today", TODAY]);
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

/// A command of the program in a terminal of its own, as somebody types it.
fn typed(arguments: &[&str], data: &Path) -> Program {
    let all = arguments.iter().copied().chain(["--today", TODAY, "--data"]);
    Launch::command(env!("CARGO_BIN_EXE_tutelage"))
        .args(all.chain([data.to_str().unwrap()]))
        .start()
}

#[test]
fn a_backup_that_was_typed_becomes_a_profile_on_another_machine_with_the_meeting_in_it() {
    let home = Home::with_tutees();
    let mut program = home.desk();
    program.see("Aisha Rahman ·").press("m").see("Meeting · Aisha Rahman");
    saved(program.press("Zeppelins, and busy.").press(SAVE)).see("Zeppelins, and busy.");
    quit(program);
    let (file, new) = (home.folder.path().join("tutees.backup"), home.folder.path().join("new"));
    let file = file.to_str().unwrap();
    let mut backup = typed(&["backup", file], &home.data());
    backup.see("Passphrase: ").press(PASSPHRASE).press("\r").see("Backed up ").see("of 3 students");
    assert_eq!(backup.exit_code(), 0);
    assert!(!backup.screen().contents().contains(PASSPHRASE), "it is not shown");
    let mut restore = typed(&["restore", file], &new);
    restore.see("Passphrase of the backup: ").press("wrong horse\r");
    restore.see("does not open");
    assert_eq!(restore.exit_code(), 5);
    assert!(!new.exists());
    let mut restore = typed(&["restore", file], &new);
    restore.see("Passphrase of the backup: ").press(PASSPHRASE).press("\r").see("Restored ");
    assert_eq!(restore.exit_code(), 0);
    let launch = Launch::new(&new).args(["--today", TODAY]);
    let mut program = unlocked(launch.start(), PASSPHRASE);
    find(&mut program, "Zeppelins", "Zeppelins, and busy.");
    program.see("Meeting, 30 min, in person").press("n").see("Note · Aisha Rahman");
    saved(program.press("Goes on here.").press(SAVE)).see("Goes on here.");
}

#[test]
fn a_backup_is_made_from_the_desk_too_and_replaces_no_file_unasked() {
    let home = Home::with_tutees();
    let (file, new) = (home.folder.path().join("a.backup"), home.folder.path().join("new"));
    let mut program = home.desk();
    program.see("Aisha Rahman ·");
    for is_there in [false, true, true] {
        program.press("gb").see("Back up").see("passphrase or the recovery code");
        program.press(CLEAR).press(file.to_str().unwrap()).press(SAVE);
        if is_there {
            program.see("Replace it?").press("n");
            program.wait("the form", |screen| !screen.contents().contains("Replace it?"));
            program.press(SAVE).see("Replace it?").press("y");
        }
        program.see("Backed up ").see("of 3 students").see("code of today opens it");
        program.press("\r").wait("the desk", |screen| {
            let shown = screen.contents();
            !shown.contains("Backed up") && !shown.contains("Back up")
        });
    }
    program.press("gb").see("Back up").press(CLEAR).press("/nowhere/a.backup").press(SAVE);
    program.see("Nothing is backed up.").press("\x1b").see("Leave without saving?").press("y");
    program.wait("the desk", |screen| !screen.contents().contains("Back up"));
    quit(program);
    let mut restore = typed(&["restore", file.to_str().unwrap()], &new);
    restore.see("Passphrase of the backup: ").press(PASSPHRASE).press("\r").see("Restored ");
    assert_eq!(restore.exit_code(), 0);
    unlocked(Launch::new(&new).start(), PASSPHRASE).see("Aisha Rahman");
}

#[test]
fn a_damaged_database_is_rebuilt_and_the_screen_says_from_what() {
    let home = Home::with_tutees();
    let mut program = home.desk();
    program.see("Aisha Rahman ·").press("m").see("Meeting · Aisha Rahman");
    saved(program.press("Zeppelins, and busy.").press(SAVE)).see("Zeppelins, and busy.");
    // The snapshot of the day is begun two seconds after the last key.
    let snapshots = home.data().join("snapshots");
    until("snapshot", || {
        let made = fs::read_dir(&snapshots).into_iter().flatten().flatten();
        made.count() == 1 && !snapshots.join("unfinished.new").exists()
    });
    quit(program);
    for name in ["db/db", "db/conf"] {
        fs::write(home.data().join(name), [7; 5000]).unwrap();
    }
    let mut program = home.desk();
    program.see("The database could not be opened.").see("snapshot of");
    program.see("nothing that was saved").see("db.aside-1");
    find(&mut program, "Zeppelins", "Zeppelins, and busy.");
    program.press(QUIT);
    assert_eq!(program.exit_code(), 0);
    // With a save that was cut short at the end of the journal there is more than one thing to say.
    let journal = home.data().join("journal/0001.log");
    let bytes = fs::read(&journal).unwrap();
    fs::write(&journal, [bytes, vec![9; 100]].concat()).unwrap();
    fs::remove_dir_all(home.data().join("db")).unwrap();
    let mut program = home.launch().start();
    program.see("Locked").press(PASSPHRASE).press("\r").see("Opening the profile");
    program.see("The database was missing.").see("journal is not whole").press("\r");
    program.see("Aisha Rahman");
    program.press(QUIT);
    assert_eq!(program.exit_code(), 0);
    assert!(home.check().contains("Everything is sound."), "{}", home.check());
}

#[test]
fn a_profile_on_a_disk_that_takes_nothing_is_looked_at_and_says_why_nothing_is_saved() {
    let home = Home::with_tutees();
    let disk = tempfile::tempdir().unwrap();
    let Some(_mount) = Mounted::new(disk.path()) else { return };
    let data = disk.path().join("data");
    crate::store::copy(&home.data(), &data);
    let ends = |arguments: &[&str], code: u32, words: &[&str]| {
        let mut run = typed(&[arguments, &["--passphrase-command", ASK]].concat(), &data);
        for said in words {
            run.see(said);
        }
        assert_eq!(run.exit_code(), code, "{arguments:?}");
    };
    fs::write(disk.path().join("filler"), vec![1; 150 * 1024 * 1024]).unwrap();
    for (is_full, why) in [(true, "too full"), (false, "disk is read-only")] {
        if !is_full {
            let mut mount = Command::new("mount");
            let done = mount.args(["-o", "remount,ro"]).arg(disk.path()).output().unwrap();
            assert!(done.status.success(), "{done:?}");
        }
        ends(&["list"], 0, &[why, "This view is read-only", "Aisha Rahman"]);
        ends(&["show", "aisha"], 0, &[why, "Rahman"]);
        ends(&["log", "meeting", "aisha"], 1, &[why]);
        let launch = Launch::new(&data).args(["--today", TODAY]);
        let mut program = launch.start();
        program.see("Passphrase").press("wrong horse\r").see("not the passphrase");
        program.press(CLEAR).press(PASSPHRASE).press("\r").see("Aisha Rahman ·").see(why);
        program.press("m").see("This view is read-only").see(why);
        quit(program);
    }
}
