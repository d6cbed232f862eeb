//! Forms in a real terminal: what is recorded comes back, what was only typed survives a kill.

use std::path::Path;

use rustix::process::Signal;
use tempfile::tempdir;

use crate::pty::{Launch, Program, drafts, until};

const SAVE: &str = "\x13";
const PASSPHRASE: &str = "correct horse battery";

/// A new profile with one student.
fn desk(data: &Path) -> Program {
    let mut program = Launch::new(data).start();
    program.see("Welcome to tutelage").press("Dr Amara Okafor\t\tComputing\tExample\t\t\t");
    program.press(PASSPHRASE).press("\t").press(PASSPHRASE).press(SAVE);
    program.see("Recovery code").press("\r").see("How do you want to begin?").press("\x1b");
    program.wait("the desk", |screen| !screen.contents().contains("How do you want"));
    program.press("A").see("New student").press("20481234\tAisha\tRahman").press(SAVE);
    program.see("saved");
    program
}

fn closed(program: &mut Program) {
    program.wait("the desk", |screen| !screen.contents().contains("Confidentiality"));
}

#[test]
fn a_meeting_is_recorded_in_one_form_and_its_action_returns_at_the_next() {
    let folder = tempdir().unwrap();
    let mut program = desk(&folder.path().join("data"));
    program.press("m").see("Meeting · Aisha Rahman");
    program.press("Settling in.\r- [ ] Zoe: book workshop").press(SAVE).see("Line 2: “Zoe”");
    program.press(&"\x7f".repeat(18)).press("Aisha: book workshop by 20 Dec").press(SAVE);
    closed(&mut program);
    program.see("Settling in.").press("m").see("☐ Aisha: book workshop, due 20 Dec");
}

#[test]
fn a_form_that_was_never_saved_opens_again_after_a_kill() {
    let folder = tempdir().unwrap();
    let data = folder.path().join("data");
    let mut program = desk(&data);
    program
        .press("m")
        .see("Meeting · Aisha Rahman")
        .press("half a sentence")
        .see("half a sentence");
    until("draft", || drafts(&data) == 1);
    program.signal(Signal::KILL);
    program.exit_code();
    let mut program = Launch::new(&data).start();
    program.see("Locked").press(PASSPHRASE).press("\r").see("half a sentence");
    program.press("\x1b").see("Leave without saving?").press("y");
    closed(&mut program);
}
