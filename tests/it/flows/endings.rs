//! However the program ends, what was typed is kept; the own editor leaves nothing; and silence in between.

use std::{fs, path::Path, time::Duration};

use rustix::process::Signal;

use super::{Home, PASSPHRASE, SAVE, saved, unlocked};
use crate::pty::{Program, until};

/// Opens the form for a meeting with Aisha and types a note with an action.
fn write_note(program: &mut Program) {
    program.see("Aisha Rahman ·").press("m").see("Meeting · Aisha Rahman");
    program.press("Wants help with referencing\r- [ ] Aisha: book workshop by 20 Dec");
    program.see("20 Dec");
}

/// A command that stands for an editor.
fn editor(home: &Home, script: &str) -> String {
    let path = home.folder.path().join("editor.sh");
    fs::write(&path, script).unwrap();
    format!("sh '{}'", path.display())
}

#[test]
fn an_open_profile_neither_wakes_nor_writes_also_after_a_change_was_saved() {
    let home = Home::with_tutees();
    let mut program = home.desk();
    program.assert_asleep(Duration::from_secs(2));
    write_note(&mut program);
    saved(program.press(SAVE));
    // The timer that keeps drafts runs out once more.
    program.quiet(Duration::from_millis(3500));
    program.assert_asleep(Duration::from_secs(2));
}

#[test]
fn what_was_typed_is_there_again_however_the_program_was_ended() {
    let home = Home::with_tutees();
    let mut program = home.desk();
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
        program = home.desk();
        program.see(&format!("20 Dec{letter}")).press("\x7f");
        program.wait("last letter gone", |screen| {
            !screen.contents().contains(&format!("20 Dec{letter}"))
        });
    }
}

#[test]
fn the_editor_of_the_user_gets_the_text_and_leaves_nothing_behind() {
    let home = Home::with_tutees();
    let seen = home.folder.path().join("seen");
    let script =
        format!("cat $1 > {0}; echo $1 >> {0}; echo Written outside. >> $1", seen.display());
    let editor = editor(&home, &script);
    let launch = home.launch().env("VISUAL", &editor);
    let mut program = unlocked(launch.start(), PASSPHRASE);
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
    let home = Home::with_tutees();
    let seen = home.folder.path().join("seen");
    let editor = editor(
        &home,
        &format!("echo $1 > {0}.new; mv {0}.new {0}; exec sleep 600", seen.display()),
    );
    let launch = home.launch().env("EDITOR", &editor);
    let mut program = unlocked(launch.start(), PASSPHRASE);
    write_note(&mut program);
    program.press("\x05");
    until("editor", || seen.exists());
    program.signal(Signal::TERM);
    assert_eq!(program.exit_code(), 143);
    program.assert_restored();
    let file = fs::read_to_string(seen).unwrap();
    assert!(!Path::new(file.trim()).exists(), "{file}");
}
