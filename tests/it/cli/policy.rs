//! Policies on the command line: none of it needs a profile.

use std::{collections::BTreeSet, fs, path::Path};

use tutelage::{
    domain::policy::{Class, Item},
    exchange::policy::{BUILTIN, EXAMPLE, builtin},
};

use super::{Home, Run, run, tutelage};

/// The program in a folder without a profile.
fn policy(home: &Home, arguments: &[&str]) -> Run {
    let data = home.path("nothing");
    let run = run({
        let mut command = tutelage(&["policy"]);
        command.args(arguments).arg("--data").arg(&data);
        command
    });
    assert!(!data.exists(), "a profile was begun");
    run
}

#[test]
fn a_sound_file_is_told_with_what_it_holds() {
    let home = Home::empty();
    let file = home.file("own.toml", EXAMPLE);
    let run = policy(&home, &["check", &file]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    insta::assert_snapshot!(run.out.replace(&file, "own.toml"));
}

#[test]
fn every_fault_of_a_file_is_told_with_line_and_field() {
    let home = Home::empty();
    let text = EXAMPLE
        .replace("format = \"1-2-1\"", "format = \"grup\"")
        .replace("wait = 5", "wait = \"long\"")
        .replace("first = 2027-01-11", "frist = 2027-01-11");
    let file = home.file("own.toml", &text);
    let run = policy(&home, &["check", &file]);
    assert_eq!(run.code, Some(3));
    insta::assert_snapshot!((run.out + &run.err).replace(&file, "own.toml"));
}

#[test]
fn a_file_that_is_no_text_has_a_line_too() {
    let home = Home::empty();
    let file = home.path("own.toml");
    fs::write(&file, b"code = \"own\"\n\xff\xfe").unwrap();
    let run = policy(&home, &["check", file.to_str().unwrap()]);
    assert_eq!(run.code, Some(3));
    assert!(run.out.contains("line 2: this is no UTF-8"), "{}", run.out);
    assert_eq!(policy(&home, &["check", "nowhere.toml"]).code, Some(1));
}

#[test]
fn a_policy_is_shown_in_words_with_its_clauses() {
    let home = Home::empty();
    let file = home.file("own.toml", EXAMPLE);
    let run = policy(&home, &["show", &file]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    insta::assert_snapshot!(run.out);
}

#[test]
fn every_built_in_policy_is_shown_in_words_and_as_json() {
    let home = Home::empty();
    for pack in BUILTIN {
        let run = policy(&home, &["show", pack.code]);
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""), "{}", pack.code);
        let json = policy(&home, &["show", pack.code, "--json"]);
        let json: serde_json::Value = serde_json::from_str(&json.out).unwrap();
        assert_eq!(json["code"], pack.code);
        assert!(run.out.contains(json["university"].as_str().unwrap()));
        for duty in json["duty"].as_array().unwrap() {
            assert!(run.out.contains(&format!("({})", duty["code"].as_str().unwrap())));
        }
    }
}

#[test]
fn a_policy_that_nobody_has_is_refused_with_those_that_are_there() {
    let home = Home::empty();
    let run = policy(&home, &["show", "oxford"]);
    assert_eq!((run.code, run.out.as_str()), (Some(3), ""));
    assert!(run.err.contains("leicester, westminster"), "{}", run.err);
    assert_eq!(policy(&home, &["show"]).code, Some(3));
}

#[test]
fn the_policies_are_listed_and_one_in_the_profile_says_so() {
    let home = Home::new();
    let built_in = home.does(&["policy", "list"]);
    assert_eq!(built_in.lines().count(), BUILTIN.len() + 1);
    assert_eq!(built_in.matches("built in").count(), BUILTIN.len());
    let folder = home.path("profile/policies");
    fs::create_dir_all(&folder).unwrap();
    let own = BUILTIN[1].text.replace("cite = \"LJMU\"", "cite = \"OURS\"");
    fs::write(folder.join("ljmu.toml"), own).unwrap();
    assert!(home.does(&["policy", "list"]).contains("the profile"));
    assert!(home.does(&["policy", "show", "ljmu"]).starts_with("OURS"));
    fs::write(folder.join("ljmu.toml"), "code = 1").unwrap();
    assert!(home.does(&["policy", "list"]).contains("has faults"));
}

#[test]
fn two_policies_are_compared_rule_by_rule_in_words() {
    let home = Home::empty();
    let one = home.file("one.toml", EXAMPLE);
    let text = EXAMPLE
        .replace("version = \"September 2026\"", "version = \"May 2027\"")
        .replace("from = 1, to = 4", "from = 1, to = 6")
        .replace("wait = 3", "wait = 1")
        .replace("code = \"each-term\"", "code = \"termly\"")
        .replace("duty each-term", "duty termly")
        .replace("may = \"never\"", "may = \"written-consent\"")
        .replace("first = 2027-01-11", "first = 2027-01-18");
    let other = home.file("other.toml", &text);
    let run = policy(&home, &["diff", &one, &other]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    insta::assert_snapshot!(run.out.replace(&one, "one.toml").replace(&other, "other.toml"));
    let same = policy(&home, &["diff", "ljmu", "ljmu"]);
    assert_eq!(same.out, "ljmu and ljmu say the same.\n");
}

#[test]
fn a_new_file_has_no_faults_and_never_replaces_one() {
    let home = Home::empty();
    for (name, from) in [("a.toml", None), ("b.toml", Some("ljmu"))] {
        let file = home.path(name);
        let file = file.to_str().unwrap();
        let mut words = vec!["new", file];
        words.extend(from.into_iter().flat_map(|code| ["--from", code]));
        assert_eq!(policy(&home, &words).code, Some(0));
        assert_eq!(policy(&home, &["check", file]).code, Some(0));
        let before = fs::read(file).unwrap();
        assert_eq!(policy(&home, &words).code, Some(3));
        assert_eq!(fs::read(file).unwrap(), before);
    }
    let file = home.path("c.toml");
    let run = policy(&home, &["new", file.to_str().unwrap(), "--from", "oxford"]);
    assert_eq!((run.code, file.exists()), (Some(3), false));
}

#[test]
fn the_table_of_demands_is_the_one_that_the_command_writes() {
    let run = policy(&Home::empty(), &["coverage", "--markdown"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/POLICIES.md");
    let written = fs::read_to_string(file).unwrap();
    assert!(run.out == written, "tutelage policy coverage --markdown > assets/POLICIES.md");
}

#[test]
fn every_test_that_the_table_names_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut text = String::new();
    for folder in ["src", "tests"] {
        read_all(&root.join(folder), &mut text);
    }
    for pack in BUILTIN {
        for item in builtin(pack.code).unwrap().items {
            for test in item.tests {
                let there = text.contains(&format!("fn {test}("));
                assert!(there, "{} {} names {test}", pack.code, item.number);
            }
        }
    }
}

/// The text of every source file below a folder.
fn read_all(folder: &Path, text: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read_all(&path, text);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            text.push_str(&fs::read_to_string(path).unwrap());
        }
    }
}

#[test]
fn no_demand_of_the_five_documents_is_left_out() {
    let policies = BUILTIN.iter().map(|pack| builtin(pack.code).unwrap());
    let items: Vec<Item> = policies.flat_map(|policy| policy.items).collect();
    let numbers: BTreeSet<u8> = items.iter().map(|item| item.number).collect();
    assert!(numbers.into_iter().eq(1..=63));
    for item in items.iter().filter(|item| item.class != Class::People) {
        assert!(!item.lives.is_empty() || !item.later.is_empty(), "{} lives nowhere", item.number);
        assert!(!item.tests.is_empty() || !item.later.is_empty(), "{} has no test", item.number);
    }
}
