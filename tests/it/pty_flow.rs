//! A tutor's first day in a real terminal: first start, import, quit, start again, lock, a second start.

use std::{fs, path::Path, time::Duration};

use rustix::process::Signal;
use tempfile::{TempDir, tempdir};

use crate::pty::{Launch, Program};

const SAVE: &str = "\x13";
const LOCK: &str = "\x0c";
const QUIT: &str = "\x03";
const CLEAR: &str = "\x15";
const PASSPHRASE: &str = "correct horse battery";

const LIST: &str = "Student number,Surname,First name,Programme,Level,Tutor\n\
    20481234,Rahman,Aisha,BSc Computer Science,4,Dr Amara Okafor\n\
    20481235,O'Connor,Ben,BSc Computer Science,4,Dr Amara Okafor\n\
    00481236,陈,伟,MSc Data Science,7,Dr Amara Okafor\n";

/// A folder for the profile and a list beside it.
fn desk() -> TempDir {
    let folder = tempdir().unwrap();
    fs::write(folder.path().join("tutees.csv"), LIST).unwrap();
    folder
}

fn launch(folder: &Path) -> Program {
    Launch::new(&folder.join("data")).start()
}

/// Answers what the first start asks.
fn first_start(folder: &Path) -> Program {
    let mut program = launch(folder);
    program.see("Welcome to tutelage").press("Dr Amara Okafor\t\tComputing\tExample\t\t");
    program.press(PASSPHRASE).press("\t").press(PASSPHRASE).press(SAVE);
    program.see("Recovery code").press("\r").see("How do you want to begin?");
    program
}

fn import(program: &mut Program, folder: &Path) {
    program.see("Import a tutee list").press("\r").see("file ");
    program.press(CLEAR).press(folder.join("tutees.csv").to_str().unwrap());
    program.see("tutees.csv").press("\r").see("Which column is what?").press(SAVE);
    program.see("nothing is written yet").see("3 new").press(SAVE).see("saved");
}

fn unlock(program: &mut Program) {
    program.see("Locked").press(PASSPHRASE).press("\r");
    program.wait("the desk", |screen| !screen.contents().contains("Locked"));
}

/// What the command line lists, from the same profile.
fn listed(folder: &Path) -> String {
    let ran = assert_cmd::Command::new(env!("CARGO_BIN_EXE_tutelage"))
        .arg("--data")
        .arg(folder.join("data"))
        .args(["--passphrase-command", &format!("echo {PASSPHRASE}"), "list"])
        .assert()
        .success();
    String::from_utf8(ran.get_output().stdout.clone()).unwrap()
}

#[test]
fn from_the_first_start_to_an_imported_list_that_is_there_the_next_time() {
    let folder = desk();
    let mut program = first_start(folder.path());
    import(&mut program, folder.path());
    program.press(QUIT);
    assert_eq!(program.exit_code(), 0);
    program.assert_restored();
    let listed = listed(folder.path());
    for text in ["Aisha Rahman", "Ben O'Connor", "00481236"] {
        assert!(listed.contains(text), "{listed}");
    }
    let mut program = launch(folder.path());
    program.see("Locked").press("wrong horse\r").see("This is not the passphrase");
    program.press(CLEAR);
    unlock(&mut program);
}

#[test]
fn what_is_called_saved_is_there_after_a_kill_at_that_moment() {
    let folder = desk();
    let mut program = first_start(folder.path());
    import(&mut program, folder.path());
    program.signal(Signal::KILL);
    program.exit_code();
    assert!(listed(folder.path()).contains("Aisha Rahman"));
}

#[test]
fn a_lock_takes_everything_off_the_screen_until_the_passphrase_comes() {
    let folder = desk();
    let mut program = first_start(folder.path());
    import(&mut program, folder.path());
    program.press(LOCK).see("Locked");
    assert!(!program.screen().contents().contains("Aisha"), "{}", program.screen().contents());
    unlock(&mut program);
}

#[test]
fn a_second_start_names_the_first_and_may_look() {
    let folder = desk();
    let first = first_start(folder.path());
    let mut second = launch(folder.path());
    second.see("Locked").press(PASSPHRASE).press("\r");
    second.see(&first.pid().as_raw_nonzero().to_string()).see("Look, without changing anything");
    second.press("\r").wait("the desk", |screen| !screen.contents().contains("Already open"));
    second.press(QUIT);
    assert_eq!(second.exit_code(), 0);
}

#[test]
fn with_an_open_profile_only_the_pool_of_the_database_wakes() {
    let folder = desk();
    let mut program = first_start(folder.path());
    program.quiet(Duration::from_millis(700));
    // sled keeps seven threads that look for work once a second; nothing of it can be set from outside.
    let ours = |program: &Program| -> Vec<(String, u64)> {
        program
            .switches()
            .into_iter()
            .filter(|(thread, _)| !thread.starts_with("sled-io-"))
            .collect()
    };
    let before = ours(&program);
    assert_eq!(program.quiet(Duration::from_secs(2)), 0, "bytes");
    assert_eq!(ours(&program), before, "wake-ups of our threads");
}
