//! The first page: what a start shows before the records are there.

use super::{Home, PASSPHRASE, QUIT, quit, unlocked};
use crate::pty::{Program, until};

/// The program on the profile, which takes its time to open.
fn slow(home: &Home) -> Program {
    let mut program = home.launch().env("TUTELAGE_TEST_FAULT", "wait-opening").start();
    program.see("Locked").press(PASSPHRASE).press("\r");
    program
}

#[test]
fn the_desk_of_last_time_is_there_before_the_records_and_takes_the_first_keys() {
    let home = Home::with_tutees();
    let page = home.data().join("page");
    assert!(!page.exists());
    quit(home.desk());
    assert!(page.exists());

    let mut program = slow(&home);
    program.see("Aisha Rahman").see("Opening…");
    assert!(!program.screen().contents().contains("Locked"));
    program.press("n").see("Note · Aisha Rahman").press("Likes maps.");
    program.see("Likes maps.").press("\x13").see("✓ saved");
    assert!(!page.exists(), "it showed what is no longer so");
    until("the page of the next start", || page.exists());
    program.press(QUIT);
    assert_eq!(program.exit_code(), 0);

    let mut program = slow(&home);
    program.see("Likes maps.").press("q");
    assert_eq!(program.exit_code(), 0);
    program.assert_restored();
    assert!(home.check().contains("Everything is sound"), "{}", home.check());
}

#[test]
fn a_page_for_another_size_or_day_is_not_shown() {
    let home = Home::with_tutees();
    quit(home.desk());
    let opens = |program: Program| {
        let mut program = program;
        program.see("Locked").press(PASSPHRASE).press("\r");
        program.see("Locked").quiet(std::time::Duration::from_millis(700));
        assert!(!program.screen().contents().contains("Aisha"), "{}", program.screen().contents());
        program.see("Aisha Rahman");
        quit(program);
    };
    let slow = ("TUTELAGE_TEST_FAULT", "wait-opening");
    opens(home.launch().env(slow.0, slow.1).size(100, 30).start());
    let later = crate::pty::Launch::new(&home.data()).args(["--today", "2027-03-01"]);
    opens(later.env(slow.0, slow.1).size(100, 30).start());
    // It is made again for the screen that there was last.
    quit(unlocked(home.launch().size(100, 30).start(), PASSPHRASE));
    let mut program = home.launch().env(slow.0, slow.1).size(100, 30).start();
    program.see("Locked").press(PASSPHRASE).press("\r").see("Opening…").see("Aisha Rahman");
    quit(program);
}

#[test]
fn leaving_does_not_wait_for_a_profile_that_is_still_being_opened() {
    let home = Home::with_tutees();
    quit(home.desk());
    let mut program = slow(&home);
    program.see("Aisha Rahman").press(QUIT);
    let began = std::time::Instant::now();
    assert_eq!(program.exit_code(), 0);
    assert!(began.elapsed() < std::time::Duration::from_millis(1500), "{:?}", began.elapsed());
    program.assert_restored();
    quit(home.desk());
}
