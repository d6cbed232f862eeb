//! However the program ends, the terminal is put back, and while nothing happens it does nothing.

use std::{fs, path::Path, time::Duration};

use rustix::process::Signal;
use tempfile::tempdir;

use crate::pty::{Launch, Program, until};

fn opened(data: &Path) -> Program {
    let mut program = Launch::new(data).start();
    program.see("Welcome to tutelage");
    program
}

#[test]
fn a_signal_ends_the_program_and_restores_the_terminal() {
    for signal in [Signal::TERM, Signal::HUP, Signal::INT, Signal::QUIT] {
        let data = tempdir().unwrap();
        let mut program = opened(data.path());
        assert_ne!(
            program.line_settings(),
            Launch::command("true").start().line_settings(),
            "raw mode"
        );
        program.signal(signal);
        assert_eq!(program.exit_code(), 128 + u32::try_from(signal.as_raw()).unwrap());
        program.assert_restored();
    }
}

#[test]
fn a_stop_gives_the_terminal_back_and_going_on_takes_it_again() {
    let data = tempdir().unwrap();
    let mut program = opened(data.path());
    let before = program.screen().contents();
    program.signal(Signal::TSTP).wait("main screen", |screen| !screen.alternate_screen());
    until("stopped", || state(&program) == 'T');
    program.assert_restored();
    program.signal(Signal::CONT).wait("same picture", |screen| {
        screen.alternate_screen() && screen.bracketed_paste() && screen.contents() == before
    });
    program.signal(Signal::TERM);
    assert_eq!(program.exit_code(), 143);
    program.assert_restored();
}

#[test]
fn going_on_after_a_hard_stop_draws_everything_again() {
    let data = tempdir().unwrap();
    let mut program = opened(data.path());
    let before = program.screen().contents();
    program.signal(Signal::STOP);
    until("stopped", || state(&program) == 'T');
    program
        .forget()
        .signal(Signal::CONT)
        .wait("same picture", |screen| screen.alternate_screen() && screen.contents() == before);
}

#[test]
fn a_hang_up_ends_the_program() {
    let data = tempdir().unwrap();
    let mut program = opened(data.path());
    program.hang_up();
    assert_eq!(program.exit_code(), 129);
}

/// A shell that ignores the hang-up is between the terminal and the program, so that no signal reaches it: it must
/// notice by itself that there is nothing to read any more.
#[test]
fn a_terminal_that_goes_without_a_signal_ends_the_program() {
    let data = tempdir().unwrap();
    let code = data.path().join("code");
    let script = format!(
        "trap '' HUP; \"$0\" --data '{}'; echo $? > '{}'",
        data.path().display(),
        code.display()
    );
    let mut program =
        Launch::command("sh").args(["-c", &script, env!("CARGO_BIN_EXE_tutelage")]).start();
    program.see("Welcome to tutelage");
    program.hang_up();
    until("end of the program", || {
        fs::read_to_string(&code).is_ok_and(|code| code.ends_with('\n'))
    });
    assert_eq!(fs::read_to_string(&code).unwrap(), "129\n");
}

#[test]
fn an_error_before_the_first_frame_leaves_the_terminal_as_it_was() {
    let data = tempdir().unwrap();
    let mut program = Launch::new(data.path()).env("TUTELAGE_TEST_FAULT", "error-start").start();
    assert_eq!(program.exit_code(), 1);
    program.assert_restored();
    program.see("tutelage: a test asked for this error");
}

#[test]
fn settings_that_mean_nothing_are_told_before_the_screen_is_taken() {
    let data = tempdir().unwrap();
    fs::write(data.path().join("config.toml"), "mouse = true\nnot_met_day = 3\n").unwrap();
    let mut program = Launch::new(data.path()).size(200, 24).start();
    assert_eq!(program.exit_code(), 1);
    program.assert_restored();
    program.see("line 2 of the settings: there is nothing called \"not_met_day\"; did you mean \"not_met_days\"?");
}

#[test]
fn a_panic_in_the_worker_ends_the_program_and_tells_no_name() {
    let data = tempdir().unwrap();
    let mut program = Launch::new(data.path()).env("TUTELAGE_TEST_FAULT", "panic-worker").start();
    assert_eq!(program.exit_code(), 101);
    program.assert_restored();
    program.see("a fault in the program ended it (src/runtime/faults.rs:");
    assert!(!program.screen().contents().contains("Aisha"), "{}", program.screen().contents());
}

#[test]
fn without_a_terminal_it_says_a_sentence() {
    let data = tempdir().unwrap();
    let ran = assert_cmd::Command::new(env!("CARGO_BIN_EXE_tutelage"))
        .arg("--data")
        .arg(data.path())
        .assert();
    let output = ran.failure().get_output().clone();
    assert_eq!(String::from_utf8_lossy(&output.stdout), "");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("needs a terminal"), "{said}");
}

#[test]
fn it_neither_wakes_nor_writes_while_nothing_happens() {
    let data = tempdir().unwrap();
    let mut program = opened(data.path());
    program.assert_asleep(Duration::from_secs(2));
}

#[test]
fn a_long_burst_of_keys_is_taken_whole() {
    let data = tempdir().unwrap();
    let mut program = opened(data.path());
    for _ in 0..8 {
        program.press(&"jk".repeat(700));
    }
    program.assert_asleep(Duration::from_secs(1));
}

#[test]
fn no_size_of_the_terminal_ends_it() {
    let data = tempdir().unwrap();
    let mut program = opened(data.path());
    for (columns, rows) in [(20, 6), (1, 1), (0, 0), (200, 60), (80, 24)] {
        program.resize(columns, rows);
        program.quiet(Duration::from_millis(50));
    }
    program.wait("a picture", |screen| !screen.contents().trim().is_empty());
    program.signal(Signal::TERM);
    assert_eq!(program.exit_code(), 143);
    program.assert_restored();
}

/// The state letter of the process.
fn state(program: &Program) -> char {
    let stat =
        fs::read_to_string(format!("/proc/{}/stat", program.pid().as_raw_nonzero())).unwrap();
    stat.rsplit(") ").next().and_then(|rest| rest.chars().next()).unwrap()
}
