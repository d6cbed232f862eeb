//! What a person is asked on a terminal.

use super::{Home, LIST};
use crate::pty::Launch;

#[test]
fn a_passphrase_is_typed_unseen_twice_and_once_from_then_on() {
    let home = Home::empty();
    let data = home.path("profile");
    let mut program = Launch::new(&data).args(["init", "--name", "Dr Amara Okafor"]).start();
    program.see("New passphrase:").press("correct horse\n");
    program.see("The same again:").press("correct horse\n");
    program.see("Recovery code:").see("never shown again");
    assert!(!program.screen().contents().contains("correct"));
    assert_eq!(program.exit_code(), 0);
    let mut program = Launch::new(&data).args(["list"]).start();
    program.see("Passphrase:").press("correct horse\n").see("No students yet");
    assert_eq!(program.exit_code(), 0);
}

#[test]
fn two_different_passphrases_make_no_profile() {
    let home = Home::empty();
    let data = home.path("profile");
    let mut program = Launch::new(&data).args(["init", "--name", "Dr Amara Okafor"]).start();
    program.see("New passphrase:").press("correct horse\n");
    program.see("The same again:").press("correct hearse\n").see("differ");
    assert_eq!(program.exit_code(), 5);
    assert!(!data.join("keys").exists());
}

#[test]
fn an_import_asks_first_and_no_means_no() {
    let home = Home::new();
    let list = home.file("list.csv", LIST);
    let data = home.path("profile");
    for (answer, expected, code) in [("n", "Nothing was imported", 3), ("y", "Imported.", 0)] {
        let mut program = Launch::new(&data).args(["import", "students", &list]).start();
        program.see("4 new").see("Import this? [y/N]").press(answer).press("\n").see(expected);
        assert_eq!(program.exit_code(), code);
    }
}

#[test]
fn no_control_character_of_a_record_reaches_the_terminal() {
    let home = Home::sealed();
    let data = home.path("profile");
    home.typed(&["note", "aisha"], "before \u{1b}[31m\u{9b}2J\u{202e}after");
    let mut program = Launch::new(&data).args(["show", "aisha"]).start();
    program.see("Passphrase:").press("correct horse\n");
    program.see("before").see("after");
    assert_eq!(program.exit_code(), 0);
}
