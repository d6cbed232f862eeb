//! A profile that another process holds, and one that is damaged.

use std::{
    fs,
    io::Write,
    process::{Child, Command, Stdio},
    thread,
    time::Instant,
};

use super::{Home, OPEN, TODAY};
use crate::pty::PATIENCE;

/// A run that holds the profile: a note whose text never ends.
fn holder(home: &Home) -> Child {
    let child = Command::new(env!("CARGO_BIN_EXE_tutelage"))
        .args(["note", "aisha", "--today", TODAY, "--passphrase-command", OPEN, "--data"])
        .arg(home.path("profile"))
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let deadline = Instant::now() + PATIENCE;
    let lock = home.path("profile").join("lock");
    while !fs::read_to_string(&lock).unwrap().starts_with(&format!("{}\n", child.id())) {
        assert!(Instant::now() < deadline, "the profile is never held");
        thread::yield_now();
    }
    child
}

#[test]
fn a_profile_that_lost_its_keys_says_so_and_is_never_made_anew() {
    let home = Home::with_students();
    let (keys, aside) = (home.path("profile").join("keys"), home.path("aside"));
    fs::rename(&keys, &aside).unwrap();
    assert_eq!(home.run(&["list"]).code, Some(0), "it is kept twice");
    fs::rename(&keys, &aside).unwrap();
    fs::remove_file(home.path("profile").join("keys.copy")).unwrap();
    let anew = ["init", "--name", "Dr Amara Okafor", "--no-passphrase"];
    for arguments in [&["list"][..], &["check"], &["undo"], &anew] {
        let (code, words) = home.refused(arguments);
        assert_eq!(code, Some(6), "{arguments:?}: {words}");
        assert!(words.contains("lost its file `keys`") && words.contains("copy"), "{words}");
    }
    fs::rename(&aside, &keys).unwrap();
    assert_eq!(home.json(&["list", "--json"]).as_array().unwrap().len(), 4);
}

#[test]
fn who_only_looks_may_look_at_a_held_profile_and_who_writes_is_told_who_holds_it() {
    let home = Home::sealed();
    let mut child = holder(&home);
    assert_eq!(home.json(&["list", "--json"]).as_array().unwrap().len(), 4);
    assert!(home.does(&["show", "aisha"]).contains("00481234"));
    for arguments in [&["undo"][..], &["export", "json"], &["check"], &["note", "ben"]] {
        let (code, words) = home.refused(arguments);
        assert_eq!(code, Some(4), "{arguments:?}");
        assert!(words.contains(&format!("process {}", child.id())), "{words}");
    }
    child.stdin.take().unwrap().write_all(b"Kept.").unwrap();
    assert!(child.wait().unwrap().success());
    assert_eq!(home.json(&["search", "kept", "--json"])[0]["number"], "00481234");
}

#[test]
fn damage_has_an_exit_code_of_its_own() {
    let home = Home::with_students();
    let keys = home.path("profile").join("keys");
    let mut bytes = fs::read(&keys).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0x40;
    fs::write(&keys, bytes).unwrap();
    fs::remove_file(home.path("profile").join("keys.copy")).unwrap();
    let (code, words) = home.refused(&["list"]);
    assert_eq!(code, Some(6), "{words}");
}
