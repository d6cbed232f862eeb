//! What is typed is kept, and nobody else reads it: drafts, lock, a second start, looks at restricted notes.

use std::fs;

use rustix::process::Signal;

use super::{ASK, CLEAR, Home, LOCK, PASSPHRASE, QUIT, SAVE, TODAY, quit, saved, unlocked};
use crate::pty::until;

#[test]
fn a_note_that_is_written_on_is_found_again_after_a_kill() {
    let home = Home::with_tutees();
    let mut program = unlocked(home.launch().size(120, 36).start(), PASSPHRASE);
    program.press("n").see("Note · Aisha Rahman").press("Likes maps.");
    saved(program.see("Likes maps.").press(SAVE));
    program.press("\tgg\t").see("Enter write").press("i").see("Ctrl-S save");
    program.press("\x1b[FAnd half a sentence").see("half a sentence");
    home.until_drafts(1);
    program.signal(Signal::KILL);
    program.exit_code();

    let mut program = unlocked(home.launch().size(120, 36).start(), PASSPHRASE);
    program.see("half a sentence").see("not saved yet").press(SAVE).see("✓ saved");
    home.until_drafts(0);
}

#[test]
fn a_lock_hides_everything_and_the_typed_text_comes_back_with_the_passphrase() {
    let home = Home::with_tutees();
    let mut program = home.desk();
    program.press("m").see("Meeting · Aisha Rahman").press("half a sentence");
    program.see("half a sentence").press(LOCK).see("Enter unlocks");
    program.wait("only help in the last line", |screen| {
        screen.contents().trim_end().lines().last().is_some_and(|last| last.trim() == "F1 help")
    });
    let shown = program.screen().contents();
    for readable in ["Aisha", "Okafor", "Ben", "20481234", "half", "Meeting"] {
        assert!(!shown.contains(readable), "{readable} in\n{shown}");
    }
    program.press("wrong horse battery\r").see("This is not the passphrase").press(CLEAR);
    assert!(!program.screen().contents().contains("Aisha"));
    let mut program = unlocked(program, PASSPHRASE);
    program.see("Meeting · Aisha Rahman").see("half a sentence").press(SAVE);
    saved(&mut program);
    home.until_drafts(0);
}

#[test]
fn a_second_start_names_the_first_shows_the_tutees_and_changes_nothing() {
    let home = Home::with_tutees();
    let mut first = home.desk();
    let mut second = home.launch().size(160, 40).start();
    second.see("Locked").press(PASSPHRASE).press("\r").see("This profile is already open");
    let terminal = first.terminal();
    let terminal = terminal.strip_prefix("/dev").unwrap().to_str().unwrap();
    second.see(&first.pid().as_raw_nonzero().to_string()).see(terminal).see("since");
    second.press("\r").see("Aisha Rahman").see("read-only: held by process");
    for change in ["m", "A", "u"] {
        second.press(change).see("holds the profile.").press("j");
        second.wait("no message", |screen| !screen.contents().contains("holds the profile."));
    }
    first.press("n").see("Note · Aisha Rahman").press("Still mine.").see("Still").press(SAVE);
    saved(&mut first);
    second.press(QUIT);
    assert_eq!(second.exit_code(), 0);
}

/// Aisha gets a note that is restricted to its author.
fn restrict(home: &Home) {
    let mut note = assert_cmd::Command::new(env!("CARGO_BIN_EXE_tutelage"));
    note.args(["note", "aisha", "--confidentiality", "restricted to author", "--today", TODAY])
        .args(["--passphrase-command", ASK, "--data"])
        .arg(home.data())
        .write_stdin("Fears the landlord.")
        .assert()
        .success();
}

#[test]
fn a_restricted_note_that_stays_on_the_screen_is_an_entry_in_the_journal_that_undo_passes_over() {
    let home = Home::with_tutees();
    restrict(&home);
    let entries = |more: usize| format!("{} entries in the journal, ", 3 + more);
    assert!(home.check().contains(&entries(0)), "{}", home.check());
    let journal = || -> u64 {
        let pieces = fs::read_dir(home.data().join("journal")).unwrap();
        pieces.map(|piece| piece.unwrap().metadata().unwrap().len()).sum()
    };
    let before = journal();
    let mut program = unlocked(home.launch().size(120, 36).start(), PASSPHRASE);
    program.see("Fears the landlord.");
    until("look in the journal", || journal() > before);
    program.press("u");
    program.wait("undone", |screen| !screen.contents().contains("landlord"));
    quit(program);
    // The look and the undo of the note: one entry each, however often it was drawn.
    assert!(home.check().contains(&entries(2)), "{}", home.check());
}
