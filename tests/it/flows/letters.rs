//! From a meeting to its summary: one key, a draft for the mail program, and the stamp in the timeline.

use std::{fs, os::unix::fs::PermissionsExt};

use super::{Home, PASSPHRASE, SAVE, quit, saved, unlocked};

const CLEAR: &str = "\x15";

#[test]
fn a_meeting_is_recorded_its_summary_saved_as_a_draft_and_marked_as_sent() {
    let home = Home::with_tutees();
    let file = home.folder.path().join("aisha.eml");
    let mut program = unlocked(home.launch().size(120, 36).start(), PASSPHRASE);
    program.press("m").see("Meeting · Aisha Rahman");
    program.press("Homesick.\r- [ ] Aisha: join the society by 20 Dec").see("20 Dec");
    saved(program.press(SAVE));
    program.press("\t").press("w").see("Summary of a meeting · Aisha Rahman");
    program.see("join the society, by 20 December 2026");
    program.press("\t\t").press(CLEAR).press(file.to_str().unwrap()).see("aisha.eml");
    program.press(SAVE).see("It is saved in");
    let mail = fs::read_to_string(&file).unwrap();
    assert!(mail.contains("X-Unsent: 1") && mail.contains("a.rahman@example.ac.uk"), "{mail}");
    assert!(!mail.contains("Homesick"), "the note is for tutor and senior tutor: {mail}");
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    program.see("not sent").press("ggjjj").press("x").see("sent 21 Nov");
    quit_from_timeline(program);
    assert!(home.check().contains("Everything is sound."), "{}", home.check());
}

fn quit_from_timeline(mut program: crate::pty::Program) {
    program.press("q");
    quit(program);
}
