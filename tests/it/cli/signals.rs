//! Importing signals from the command line, and the modules they are about.

use std::fs;

use super::Home;
use crate::pty::Launch;

/// A course log of three weeks and a half, newest first, with somebody who is no tutee.
const LOG: &str = "\
Time,User full name,Affected user,Event context,Component,Event name,Description,Origin,IP address
\"16/11/26, 09:00\",Aisha Rahman,-,Course: COMP1001 Programming (2026/27),System,Course viewed,x,web,10.0.0.1
\"9/11/26, 12:39\",Aisha Rahman,-,Course: COMP1001 Programming (2026/27),System,Course viewed,x,web,10.0.0.1
\"6/10/26, 12:39\",Zed Zero,-,Course: COMP1001 Programming (2026/27),System,Course viewed,x,web,10.0.0.1
\"5/10/26, 12:39\",Zoë Łukasiewicz,-,Course: COMP1001 Programming (2026/27),System,Course viewed,x,web,10.0.0.1
\"28/9/26, 10:00\",Ben O'Connor,-,Course: COMP1001 Programming (2026/27),System,Course viewed,x,web,10.0.0.1
";

/// A grade book of two pieces, with a mark that cannot be one.
const GRADES: &str = "\
First name,Last name,ID number,Email address,Assignment: Essay (Real),Assignment: Report (Real),Course total (Real)
Aisha,Rahman,00481234,ar1@example.ac.uk,35.00,-,35.00
Benjamin,O'Connor,20481235,bo2@example.ac.uk,68.00,72.00,70.00
Zoë,Łukasiewicz,20481237,zl4@example.ac.uk,many,55.00,55.00
";

fn with_log(home: &Home) -> String {
    home.file("logs_COMP1001_20261116-0905.csv", LOG)
}

#[test]
fn a_dry_run_says_everything_and_writes_nothing() {
    let home = Home::with_students();
    let log = with_log(&home);
    let dry = home.does(&["import", "signals", &log, "--dry-run"]);
    insta::assert_snapshot!("signals-dry-run", dry);
    assert!(home.does(&["signals"]).starts_with("No signals yet"));
    let (code, words) = home.refused(&["import", "signals", &log]);
    assert_eq!(code, Some(3));
    assert!(words.contains("--yes"), "{words}");
}

#[test]
fn one_undo_takes_the_import_and_the_results_of_the_week_back() {
    let home = Home::with_students();
    let log = with_log(&home);
    let records = |home: &Home| home.json(&["export", "json"])["records"].clone();
    let before = records(&home);
    home.does(&["import", "signals", &log, "--yes"]);
    let after = records(&home);
    let count = |kind: &str| {
        let all = after.as_array().unwrap();
        all.iter().filter(|held| held.to_string().contains(&format!("\"{kind}\""))).count()
    };
    assert!(count("results") > 0 && count("engagement") > 0, "{after}");
    let again = home.does(&["import", "signals", &log, "--yes"]);
    assert!(again.ends_with("Nothing to import.\n"), "{again}");
    assert!(home.does(&["undo"]).contains("import signals"));
    assert_eq!(records(&home), before);
    assert!(home.does(&["redo"]).contains("import signals"));
    assert_eq!(records(&home), after);
}

#[test]
fn good_rows_are_imported_and_rejected_ones_saved_with_their_reasons() {
    let home = Home::with_students();
    let grades = home.file("COMP1001 Grades-20261118_1015.csv", GRADES);
    let rejects = home.path("rejects.csv");
    let rejects_to = rejects.to_str().unwrap();
    let imported = home.run(&["import", "signals", &grades, "--yes", "--rejects", rejects_to]);
    assert_eq!(imported.code, Some(3), "{}{}", imported.out, imported.err);
    insta::assert_snapshot!("signals-grades", imported.out);
    assert!(fs::read_to_string(rejects).unwrap().contains("Łukasiewicz"));
    let modules = home.json(&["module", "list", "--json"]);
    assert_eq!(modules[0]["pieces"][0]["name"], "Essay");
}

#[test]
fn of_several_files_each_is_named_and_their_rejected_rows_are_not_mixed() {
    let home = Home::with_students();
    let log = home.file("logs_COMP1001_20261116-0905.csv", &LOG.replace("Zoë", "Z"));
    let grades = home.file("COMP1001 Grades-20261118_1015.csv", GRADES);
    let dry = home.run(&["import", "signals", &log, &grades, "--dry-run"]);
    for line in [&log, &grades] {
        assert!(dry.out.lines().any(|shown| shown == line), "{}", dry.out);
    }
    assert!(dry.out.contains(&format!("Row 5 of {log}, Z Łukasiewicz")), "{}", dry.out);
    let more = home.file("COMP1002 Grades-20261118_1015.csv", GRADES);
    let rejects = home.path("rejects.csv");
    let to = rejects.to_str().unwrap();
    let both = ["import", "signals", &grades, &more, "--yes", "--rejects", to];
    let (code, words) = home.refused(&both);
    assert_eq!((code, words.contains("cannot mix them")), (Some(3), true), "{words}");
    assert!(!rejects.exists() && home.does(&["signals"]).starts_with("No signals yet"));
}

#[test]
fn days_and_weights_of_a_module_are_edited_and_said_beside_a_file() {
    let home = Home::with_students();
    let grades = home.file("COMP1001 Grades-20261118_1015.csv", &GRADES.replace("many", "61.00"));
    let due = ["--due", "Essay=30 Oct", "--weight", "Essay=40"];
    home.does(&[&["import", "signals", &grades, "--yes"], &due[..]].concat());
    home.does(&["module", "edit", "comp1001", "--due", "Report=12 Dec", "--weight", "Report=60"]);
    home.does(&["module", "edit", "comp1001", "--title", "Programming I"]);
    insta::assert_snapshot!("module-list", home.does(&["module", "list"]));
    assert!(home.does(&["undo"]).contains("edit a module"));
    let (code, words) = home.refused(&["module", "edit", "comp1001", "--due", "Exam=12 Dec"]);
    assert_eq!((code, words.contains("There are: Essay, Report")), (Some(3), true), "{words}");
    assert_eq!(home.refused(&["module", "edit", "hist", "--title", "X"]).0, Some(3));
    assert_eq!(home.refused(&["module", "edit", "comp1001"]).0, Some(2));
}

#[test]
fn each_source_says_how_far_it_knows() {
    let home = Home::with_students();
    let log = with_log(&home);
    home.does(&["import", "signals", &log, "--yes"]);
    let known = home.json(&["signals", "--json"]);
    assert_eq!(known[0]["source"], "Moodle course log");
    assert_eq!((&known[0]["as_of"], &known[0]["age"]), (&"2026-11-16".into(), &"fresh".into()));
    assert_eq!(known[0]["students"], 3);
    insta::assert_snapshot!("signals", home.does(&["signals"]));
}

#[test]
fn a_name_that_fits_loosely_is_chosen_once_and_remembered() {
    let home = Home::with_students();
    let log = home.file(
        "logs_COMP1001_20261116-0905.csv",
        &LOG.replace("Zoë Łukasiewicz", "Z Łukasiewicz").replace("Ben O'Connor", "O'Connor"),
    );
    let arguments = ["import", "signals", &log, "--yes"];
    let (code, words) = home.refused(&arguments);
    assert_eq!(code, Some(3));
    assert!(words.contains("--choose 'NAME=NUMBER'"), "{words}");
    assert!(home.does(&["signals"]).starts_with("No signals yet"), "nothing was imported");
    let choose = ["--choose", "Z Łukasiewicz=20481237", "--choose", "o'connor=none"];
    home.does(&[&arguments[..], &choose[..]].concat());
    let (_, words) = home.refused(&arguments);
    assert!(words.contains("--choose"), "who is nobody is not remembered: {words}");
    let again = home.does(&[&arguments[..], &choose[2..]].concat());
    assert!(again.ends_with("Nothing to import.\n"), "{again}");
    let nobody = ["--choose", "Ann Other=20481237"];
    assert_eq!(home.refused(&[&arguments[..], &nobody[..]].concat()).0, Some(3));
}

#[test]
fn a_terminal_is_asked_who_somebody_is() {
    let home = Home::with_students();
    let text = LOG.replace("Zoë Łukasiewicz", "Z Łukasiewicz");
    let log = home.file("logs_COMP1001_20261116-0905.csv", &text);
    let data = home.path("profile");
    let today = ["--today", super::TODAY];
    let mut program = Launch::new(&data).args(["import", "signals", &log]).args(today).start();
    program.see("Who is Z Łukasiewicz").see("1  20481237").press("1\n");
    program.see("Import this? [y/N]").press("y\n").see("Imported.");
    assert_eq!(program.exit_code(), 0);
    assert_eq!(home.json(&["signals", "--json"])[0]["students"], 3);
}

#[test]
fn what_the_file_does_not_say_is_asked_for() {
    let home = Home::with_students();
    let text = LOG.replace("COMP1001 Programming (2026/27)", "-").replace("Course: ", "");
    let log = home.file("log.csv", &text);
    let (code, words) = home.refused(&["import", "signals", &log, "--yes"]);
    assert_eq!(code, Some(3));
    assert!(words.contains("module: "), "{words}");
    home.does(&["import", "signals", &log, "--yes", "--module", "COMP1001"]);
    let late = ["import", "signals", &log, "--yes", "--module", "COMP1001", "--as-of", "tomorrow"];
    let (code, words) = home.refused(&late);
    assert_eq!((code, words.contains("as-of: This day lies ahead")), (Some(3), true), "{words}");
    let list = home.file("list.csv", super::LIST);
    let (code, words) = home.refused(&["import", "signals", &list, "--yes"]);
    assert_eq!((code, words.starts_with("tutelage: ")), (Some(3), true), "{words}");
}
