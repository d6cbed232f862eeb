//! Help, manual and completions.

use tutelage::app::command::SPECS;

use super::{run, tutelage};

/// Every command, by the words that call it.
const COMMANDS: &[&str] = &[
    "",
    "init",
    "import",
    "import students",
    "import signals",
    "import json",
    "signals",
    "module",
    "module list",
    "module edit",
    "list",
    "show",
    "log",
    "log meeting",
    "note",
    "letter",
    "letter merge",
    "letter list",
    "letter check",
    "letter placeholders",
    "search",
    "alerts",
    "rules",
    "rules set",
    "rules off",
    "rules on",
    "undo",
    "redo",
    "export",
    "export json",
    "export csv",
    "export calendar",
    "policy",
    "policy check",
    "policy show",
    "policy list",
    "policy use",
    "policy diff",
    "policy new",
    "policy coverage",
    "duties",
    "erase",
    "evaluate",
    "fit",
    "backup",
    "restore",
    "check",
    "config",
    "passwd",
    "completions",
    "man",
];

fn help(command: &str) -> String {
    let words: Vec<&str> = command.split_whitespace().chain(["--help"]).collect();
    let run = run(tutelage(&words));
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""), "{command}");
    run.out
}

#[test]
fn every_command_explains_itself() {
    for command in COMMANDS {
        let name = format!("help {command}").trim().replace(' ', "-");
        insta::assert_snapshot!(name, help(command));
    }
}

#[test]
fn every_command_named_in_a_help_is_tested_here() {
    for command in COMMANDS {
        let help = help(command);
        let Some((_, list)) = help.split_once("Commands:\n") else { continue };
        for line in list.lines().take_while(|line| !line.is_empty()) {
            let child = line.split_whitespace().next().unwrap();
            let whole = format!("{command} {child}");
            assert!(COMMANDS.contains(&whole.trim()), "{whole}");
        }
    }
}

#[test]
fn no_line_of_help_is_wider_than_80_columns() {
    for command in COMMANDS {
        for line in help(command).lines() {
            assert!(line.chars().count() <= 80, "{command}: {line}");
        }
    }
}

#[test]
fn the_manual_has_options_exit_codes_and_keys() {
    let run = run(tutelage(&["man"]));
    assert_eq!(run.code, Some(0));
    let (before, keys) = run.out.split_once(".SH KEYS").unwrap();
    insta::assert_snapshot!("man", before);
    for spec in SPECS {
        let title = spec.title.replace('-', "\\-").replace('\'', "\\*(Aq");
        assert!(keys.contains(&title), "{title}");
    }
    assert!(keys.contains(".SH FILES"));
}

#[test]
fn there_is_a_page_for_every_command() {
    let folder = tempfile::tempdir().unwrap();
    let made = run(tutelage(&["man", "--folder", folder.path().to_str().unwrap()]));
    assert_eq!((made.code, made.err.as_str()), (Some(0), ""));
    for command in COMMANDS {
        let page = format!("tutelage {command}").trim().replace(' ', "-");
        assert!(folder.path().join(format!("{page}.1")).is_file(), "{page}");
    }
}

#[test]
fn every_shell_gets_completions_of_every_command() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = run(tutelage(&["completions", shell]));
        assert_eq!(script.code, Some(0), "{shell}");
        for word in ["tutelage", "meeting", "passphrase-fd", "dry-run"] {
            assert!(script.out.contains(word), "{shell}: {word}");
        }
    }
}

#[test]
fn wrong_arguments_end_with_2() {
    for words in [&["lst"][..], &["list", "--today", "someday"], &["show"], &["--demo", "village"]]
    {
        assert_eq!(run(tutelage(words)).code, Some(2), "{words:?}");
    }
}
