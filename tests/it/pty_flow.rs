//! A tutor's first day in a real terminal: first start, import, quit, start again, lock, a second start.

use std::{fs, path::Path, time::Duration};

use rustix::process::Signal;
use tempfile::{TempDir, tempdir};

use crate::pty::{Launch, Program, until};

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
    answer_first_start(launch(folder))
}

fn answer_first_start(mut program: Program) -> Program {
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

/// Opens the form for a meeting with Aisha and types a note with an action.
fn write_note(program: &mut Program) {
    program
        .see("Aisha Rahman")
        .press("/Aisha\r")
        .see("1 of 1")
        .press("m")
        .see("Meeting · Aisha Rahman");
    program
        .press("Wants help with referencing\r- [ ] Aisha: book workshop by 20 Dec")
        .see("20 Dec");
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

#[test]
fn a_meeting_with_its_note_and_action_is_found_again_after_a_kill_when_it_was_called_saved() {
    let folder = desk();
    let mut program = first_start(folder.path());
    import(&mut program, folder.path());
    write_note(&mut program);
    program.press(SAVE).wait("saved meeting", |screen| {
        let text = screen.contents();
        text.contains("saved") && !text.contains("Meeting · Aisha")
    });
    program.signal(Signal::KILL);
    program.exit_code();
    let mut program = launch(folder.path());
    unlock(&mut program);
    program
        .see("Aisha Rahman")
        .press("//")
        .see("Search")
        .press("referenc")
        .see("1 of 1")
        .press("\r");
    program.see("Wants help with referencing").see("☐ Aisha: book workshop");
    program.press("u").wait("no meeting", |screen| !screen.contents().contains("referencing"));
    program.press(QUIT);
    assert_eq!(program.exit_code(), 0);
}

#[test]
fn what_was_typed_is_there_again_after_a_kill() {
    let folder = desk();
    let mut program = first_start(folder.path());
    import(&mut program, folder.path());
    write_note(&mut program);
    until("draft", || drafts(folder.path()) > 0);
    program.signal(Signal::KILL);
    program.exit_code();
    let mut program = launch(folder.path());
    unlock(&mut program);
    program.see("Wants help with referencing");
}

#[test]
fn what_was_typed_is_there_again_however_the_program_was_ended() {
    let folder = desk();
    let mut program = first_start(folder.path());
    import(&mut program, folder.path());
    write_note(&mut program);
    for (signal, letter) in [
        (Some(Signal::TERM), "t"),
        (Some(Signal::HUP), "h"),
        (Some(Signal::INT), "i"),
        (Some(Signal::QUIT), "q"),
        (None, "n"),
    ] {
        program.press(letter).see(&format!("20 Dec{letter}"));
        match signal {
            Some(signal) => program.signal(signal),
            None => program.hang_up(),
        };
        assert_eq!(
            program.exit_code(),
            128 + signal.map_or(1, |signal| signal.as_raw().try_into().unwrap())
        );
        program = launch(folder.path());
        unlock(&mut program);
        program.see(&format!("20 Dec{letter}")).press("\x7f");
        program.wait("last letter gone", |screen| {
            !screen.contents().contains(&format!("20 Dec{letter}"))
        });
    }
}

#[test]
fn the_editor_of_the_user_gets_the_text_and_leaves_nothing_behind() {
    let folder = desk();
    let seen = folder.path().join("seen");
    let script =
        format!("cat $1 > {0}; echo $1 >> {0}; echo Written outside. >> $1", seen.display());
    let editor = editor(folder.path(), &script);
    let launch = Launch::new(&folder.path().join("data")).env("VISUAL", &editor);
    let mut program = answer_first_start(launch.start());
    import(&mut program, folder.path());
    write_note(&mut program);
    program.press("\x05").see("Written outside.");
    let seen = fs::read_to_string(seen).unwrap();
    assert!(
        seen.contains("Wants help with referencing\n- [ ] Aisha: book workshop by 20 Dec\n"),
        "{seen}"
    );
    let file = Path::new(seen.lines().last().unwrap());
    assert!(!file.parent().unwrap().exists(), "{}", file.display());
}

#[test]
fn a_signal_ends_the_program_and_its_editor_and_takes_the_text_away() {
    let folder = desk();
    let seen = folder.path().join("seen");
    let editor = editor(
        folder.path(),
        &format!("echo $1 > {0}.new; mv {0}.new {0}; exec sleep 600", seen.display()),
    );
    let launch = Launch::new(&folder.path().join("data")).env("EDITOR", &editor);
    let mut program = answer_first_start(launch.start());
    import(&mut program, folder.path());
    write_note(&mut program);
    program.press("\x05");
    until("editor", || seen.exists());
    program.signal(Signal::TERM);
    assert_eq!(program.exit_code(), 143);
    program.assert_restored();
    let file = fs::read_to_string(seen).unwrap();
    assert!(!Path::new(file.trim()).exists(), "{file}");
}

/// How many drafts are kept whole.
fn drafts(folder: &Path) -> usize {
    let files = fs::read_dir(folder.join("data/drafts")).into_iter().flatten().flatten();
    files.filter(|file| file.path().extension().is_some_and(|ending| ending == "draft")).count()
}

/// A command that stands for an editor.
fn editor(folder: &Path, script: &str) -> String {
    let path = folder.join("editor.sh");
    fs::write(&path, script).unwrap();
    format!("sh '{}'", path.display())
}
