//! A profile into one file, and out of it on another machine.

use std::fs;

use super::{Home, LIST, OPEN, run, tutelage};

/// Restores a backup into a folder beside the profile; exit code and words.
fn restored(home: &Home, file: &str, into: &str, secret: &[&str]) -> (Option<i32>, String) {
    let data = home.path(into);
    let arguments = [&["restore", file, "--data", data.to_str().unwrap()], secret].concat();
    let run = run(tutelage(&arguments));
    (run.code, run.out + &run.err)
}

fn listed(home: &Home, folder: &str) -> String {
    let data = home.path(folder);
    let arguments =
        ["list", "--json", "--data", data.to_str().unwrap(), "--passphrase-command", OPEN];
    let run = run(tutelage(&arguments));
    assert_eq!(run.code, Some(0), "{}", run.err);
    run.out
}

#[test]
fn a_sealed_profile_moves_to_another_machine_in_one_file() {
    let home = Home::sealed();
    let file = home.path("tutees.backup").to_str().unwrap().to_owned();
    let told = home.does(&["backup", &file]);
    assert!(told.starts_with("Backed up ") && told.contains("of 4 students"), "{told}");
    let bytes = fs::read(&file).unwrap();
    for line in LIST.lines().skip(1) {
        let name = line.split(',').nth(2).unwrap();
        assert!(!bytes.windows(name.len()).any(|window| window == name.as_bytes()));
    }
    let (code, words) = home.refused(&["backup", &file]);
    assert_eq!(code, Some(3), "{words}");
    home.does(&["backup", &file, "--force"]);
    let (code, words) = restored(&home, &file, "new", &["--passphrase-command", OPEN]);
    assert_eq!(code, Some(0), "{words}");
    assert!(words.contains("Restored") && words.contains("4 students"), "{words}");
    assert_eq!(listed(&home, "new"), listed(&home, "profile"));
    let data = home.path("new");
    let check = ["check", "--passphrase-command", OPEN, "--data", data.to_str().unwrap()];
    let check = run(tutelage(&check));
    assert!(check.out.contains("Everything is sound."), "{}{}", check.out, check.err);
}

#[test]
fn what_cannot_be_restored_is_refused_with_a_sentence_and_nothing_is_made() {
    let home = Home::sealed();
    let file = home.path("tutees.backup").to_str().unwrap().to_owned();
    home.does(&["backup", &file]);
    let refused = |into: &str, code: i32, words: &str| {
        let told = restored(&home, &file, into, &["--passphrase-command", OPEN]);
        assert_eq!(told.0, Some(code), "{}", told.1);
        assert!(told.1.contains(words), "{words}: {}", told.1);
    };
    refused("profile", 3, "This folder is not empty");
    let told = restored(&home, &file, "new", &["--passphrase-command", "echo wrong"]);
    assert_eq!(told.0, Some(5), "{}", told.1);
    let sound = fs::read(&file).unwrap();
    fs::write(&file, &sound[..sound.len() - 100]).unwrap();
    refused("new", 6, "damaged or cut short; nothing was restored");
    let mut flipped = sound.clone();
    flipped[sound.len() / 2] ^= 1;
    fs::write(&file, flipped).unwrap();
    refused("new", 6, "damaged or cut short; nothing was restored");
    fs::write(&file, "Student Number,First name").unwrap();
    refused("new", 3, "is no backup");
    assert!(!home.path("new").exists());
    let left = fs::read_dir(home.path(".")).unwrap();
    let left: Vec<_> = left.map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left.len(), 3, "{left:?}");
}

#[test]
fn a_profile_without_snapshots_says_so() {
    let home = Home::new();
    fs::remove_dir_all(home.path("profile/snapshots")).ok();
    assert!(home.does(&["backup", "--list"]).contains("no snapshot yet"));
    let (code, words) = home.refused(&["backup", "x", "--snapshot", "2026-11-20"]);
    assert_eq!(code, Some(3), "{words}");
    assert_eq!(Home::empty().refused(&["backup", "--list"]).0, Some(1));
}

#[test]
fn a_backup_says_how_many_of_the_own_policies_and_letters_it_leaves_out() {
    let home = Home::new();
    fs::create_dir_all(home.path("profile/letters/ours/old")).unwrap();
    std::os::unix::fs::symlink("amara@desk.4711", home.path("profile/letters/.#a.txt")).unwrap();
    let file = home.path("tutees.backup").to_str().unwrap().to_owned();
    let run = home.run(&["backup", &file]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.err.contains("Not in it of the folders policies and letters: 1 ("), "{}", run.err);
}

#[test]
fn a_backup_may_go_into_the_folder_one_stands_in() {
    let home = Home::sealed();
    let data = home.path("profile");
    let arguments =
        ["backup", "here.backup", "--data", data.to_str().unwrap(), "--passphrase-command", OPEN];
    let mut command = tutelage(&arguments);
    command.current_dir(home.path("."));
    let run = run(command);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(home.path("here.backup").exists());
}

/// How many snapshots the profile has.
fn snapshots(home: &Home) -> usize {
    fs::read_dir(home.path("profile/snapshots")).map_or(0, Iterator::count)
}

#[test]
fn a_profile_that_only_commands_write_to_has_its_snapshot_of_the_day() {
    let home = Home::new();
    assert_eq!(snapshots(&home), 0);
    home.does(&["list"]);
    assert_eq!(snapshots(&home), 0, "nothing was written");
    let list = home.file("list.csv", LIST);
    home.does(&["import", "students", &list, "--yes"]);
    assert_eq!(snapshots(&home), 1);
    home.typed(&["note", "20481234"], "Settling in.");
    assert_eq!(snapshots(&home), 1, "one a day");
    assert!(home.does(&["backup", "--list"]).contains("records"));
    assert!(home.does(&["check"]).contains("Everything is sound."));
}

#[test]
fn a_snapshot_that_fails_is_a_notice_behind_the_result() {
    let home = Home::new();
    fs::write(home.path("profile/snapshots"), "in the way").unwrap();
    let list = home.file("list.csv", LIST);
    let run = home.run(&["import", "students", &list, "--yes"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.out.contains("Imported."), "{}", run.out);
    assert!(run.err.contains("No snapshot was made today: "), "{}", run.err);
}
