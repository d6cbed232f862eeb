//! A tutor's day, from the first start to the next morning; and the same when the power goes.

use rustix::process::Signal;

use super::{ASK, CLEAR, Home, PASSPHRASE, QUIT, REDO, SAVE, find, quit, saved, unlocked};
use crate::pty::Program;

/// Answers what the first start asks; gives the recovery code that it shows.
fn first_start(program: &mut Program) -> String {
    program.see("Welcome to tutelage").press("Dr Amara Okafor\t\tComputing\tExample\t\t\t");
    program.press(PASSPHRASE).press("\t").press(PASSPHRASE).press(SAVE).see("written it down");
    let shown = program.screen().contents();
    let code = shown.split_whitespace().find(|word| word.split('-').count() == 5);
    let code = code.unwrap_or_else(|| panic!("no code:\n{shown}")).to_owned();
    program.press("\r").see("How do you want to begin?");
    code
}

fn import(program: &mut Program, home: &Home) {
    program.press("\r").see("file ").press(CLEAR);
    program.press(home.folder.path().join("tutees.csv").to_str().unwrap()).see("tutees.csv");
    program.press("\r").see("Which column is what?").see("✓ student number").press(SAVE);
    program.see("nothing is written yet").see("3 new").see("20481235 Ben O'Connor").press(SAVE);
    program.see("saved").see("1 of 3");
}

fn meet(program: &mut Program) {
    program.press("m").see("Meeting · Aisha Rahman");
    program.press("Homesick; the zeppelin project helps.\r- [ ] Aisha: join the society by 20 Dec");
    saved(program.see("20 Dec").press(SAVE));
}

#[test]
fn from_the_first_start_over_a_meeting_to_the_next_morning() {
    let home = Home::empty();
    let mut program = home.launch().start();
    let code = first_start(&mut program);
    import(&mut program, &home);
    meet(&mut program);
    quit(program);

    let mut program = home.desk();
    find(&mut program, "zeppelin", "☐ Aisha: join the society");
    program.see("Aisha Rahman ·").see("Meeting, 30 min, in person");
    program.press(QUIT);
    assert_eq!(program.exit_code(), 0);
    assert!(home.check().contains("Everything is sound."), "{}", home.check());

    let mut program = unlocked(home.launch().start(), &code);
    program.see("Aisha Rahman").press("G").see("Aisha Rahman ·").see("zeppelin");
}

#[test]
fn a_meeting_is_there_after_a_kill_at_the_moment_it_is_called_saved() {
    let home = Home::with_tutees();
    let mut program = home.desk();
    meet(&mut program);
    program.signal(Signal::KILL);
    program.exit_code();
    let mut program = home.desk();
    find(&mut program, "zeppelin", "☐ Aisha: join the society");
    drop(program);
    assert!(home.check().contains("Everything is sound."), "{}", home.check());
}

#[test]
fn undo_and_redo_reach_over_quits() {
    let home = Home::with_tutees();
    let mut program = home.desk();
    meet(&mut program);
    quit(program);
    let mut program = home.desk();
    program
        .see("Aisha Rahman")
        .press("G")
        .see("Homesick")
        .press("u")
        .see("undone: record a meeting");
    program.wait("no meeting", |screen| !screen.contents().contains("Homesick"));
    quit(program);
    let mut program = home.desk();
    assert!(!program.screen().contents().contains("Homesick"));
    program.press(REDO).see("done again: record a meeting").see("Homesick");
}

#[test]
fn an_import_is_there_after_a_kill_at_the_moment_it_is_called_saved() {
    let home = Home::empty();
    let mut program = home.launch().start();
    first_start(&mut program);
    import(&mut program, &home);
    program.signal(Signal::KILL);
    program.exit_code();
    let listed = home.run(&["list", "--passphrase-command", ASK]);
    for text in ["Aisha Rahman", "Ben O'Connor", "00481236"] {
        assert!(listed.contains(text), "{listed}");
    }
}
