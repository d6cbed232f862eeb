//! The settings on the command line: none of it needs a profile.

use std::fs;

use super::{Home, Run, run, tutelage};

/// The program in a folder without a profile.
fn config(home: &Home, arguments: &[&str]) -> Run {
    let data = home.path("nothing");
    run({
        let mut command = tutelage(&["config"]);
        command.args(arguments).arg("--data").arg(&data);
        command
    })
}

#[test]
fn the_sample_is_a_whole_file_that_can_be_used_as_it_is() {
    let home = Home::empty();
    let sample = config(&home, &["--sample"]);
    assert_eq!((sample.code, sample.err.as_str()), (Some(0), ""));
    let (before, keys) = sample.out.split_once("[keys]").unwrap();
    insta::assert_snapshot!(before);
    assert!(keys.contains("\n#meeting = [\"m\"] # Record a meeting\n"));
    let file = home.file("own.toml", &sample.out);
    assert_eq!(config(&home, &["--check", &file]).code, Some(0));
}

#[test]
fn everything_wrong_in_a_file_is_told_with_its_line() {
    let home = Home::empty();
    let text = "theme = \"drak\"\nkeys_preset = \"vim\"\nmouse = \"no\"\n[colours]\nfocuss = \"red\"\n\
                [keys]\nmeeting = \"ctrl-pgdn\"\nnoet = \"x\"\ncopy = \"n\"\n";
    let file = home.file("own.toml", text);
    let run = config(&home, &["--check", &file]);
    assert_eq!(run.code, Some(3));
    insta::assert_snapshot!(run.out + &run.err);
}

#[test]
fn without_a_file_the_usual_values_hold_and_nothing_is_made() {
    let home = Home::empty();
    let run = config(&home, &["--check"]);
    assert_eq!(run.code, Some(0));
    assert!(run.out.contains("everything has its usual value"), "{}", run.out);
    assert!(!home.path("nothing").exists());
    assert_eq!(config(&home, &["--check", "nowhere.toml"]).code, Some(1));
    fs::write(home.path("own.toml"), b"\xff\xfe").unwrap();
    let file = home.path("own.toml");
    assert_eq!(config(&home, &["--check", file.to_str().unwrap()]).code, Some(3));
}

#[test]
fn a_command_that_needs_the_settings_says_which_file_is_wrong_and_why() {
    let home = Home::with_students();
    let settings = home.path("profile").join("config.toml");
    let wrong: [(&[u8], &str); 2] = [(b"foo = 1\n", "line 1 of the"), (b"\xff\xfe", "no UTF-8")];
    for (text, why) in wrong {
        fs::write(&settings, text).unwrap();
        for command in ["list", "alerts"] {
            let (code, words) = home.refused(&[command]);
            assert_eq!(code, Some(3), "{words}");
            assert!(words.contains("profile/config.toml: ") && words.contains(why), "{words}");
        }
    }
}
