//! From an empty folder to everything a tutor does with it.

use std::fs;

use serde_json::Value;

use super::{Home, OPEN, run, tutelage};

/// Records of one kind in what `show --json` prints.
fn of_kind<'a>(shown: &'a Value, kind: &str) -> Vec<&'a Value> {
    let records = shown["records"].as_array().unwrap();
    records.iter().filter(|record| record["record"] == kind).collect()
}

#[test]
fn a_tutor_imports_a_list_records_a_meeting_and_finds_both_again() {
    let home = Home::sealed();
    insta::assert_snapshot!("list", home.does(&["list"]));
    let note = "Settling in; wants help with referencing.\n- [ ] Aisha: book a workshop by 5 Dec\n";
    let logged = home.typed(
        &[
            "log",
            "meeting",
            "aisha",
            "--on",
            "20 Nov",
            "--at",
            "14:30",
            "--minutes",
            "25",
            "--note",
            "-",
        ],
        note,
    );
    assert_eq!((logged.code, logged.out.as_str()), (Some(0), "Saved: record a meeting.\n"));
    let written =
        home.typed(&["note", "20481236", "--confidentiality", "shared"], "Zürich rät ab.");
    assert_eq!(written.code, Some(0), "{}", written.err);
    insta::assert_snapshot!("search", home.does(&["search", "REFERENCING"]));
    insta::assert_snapshot!("show", home.does(&["show", "00481234"]));
    let shown = home.json(&["show", "rahman", "--json"]);
    assert_eq!(shown["name"], "Aisha Rahman");
    assert_eq!(of_kind(&shown, "meeting")[0]["minutes"], 25);
    assert_eq!(of_kind(&shown, "action")[0]["due"], "2026-12-05");
    assert_eq!(home.json(&["search", "zurich", "--json"])[0]["number"], "20481236");
    assert!(home.does(&["check"]).ends_with("Everything is sound.\n"));
}

#[test]
fn who_is_erased_is_gone_for_good_and_in_nobodys_way() {
    let home = Home::sealed();
    home.typed(&["note", "ben"], "About somebody else.");
    home.typed(&["note", "aisha", "--confidentiality", "restricted"], "About her alone.");
    let (code, words) = home.refused(&["erase", "aisha"]);
    assert_eq!(code, Some(3), "{words}");
    assert!(
        words.contains("--yes") && home.does(&["search", "alone"]).contains("Aisha"),
        "{words}"
    );
    let backup = home.path("before.backup").to_str().unwrap().to_owned();
    home.does(&["backup", &backup]);
    let told = home.does(&["erase", "aisha", "--yes"]);
    assert!(told.starts_with("Erased: ") && told.contains("1 note among them"), "{told}");
    assert_eq!(home.json(&["list", "--json"]).as_array().unwrap().len(), 3);
    assert_eq!(home.refused(&["show", "aisha"]).0, Some(3));
    assert!(!home.does(&["search", "alone"]).contains("Aisha"));
    assert!(home.does(&["check"]).ends_with("Everything is sound.\n"));
    assert_eq!(home.does(&["undo"]), "Taken back: write a note.\n", "the other's");
    assert_eq!(home.does(&["undo"]), "Taken back: import a tutee list.\n", "but for her");
    assert_eq!(home.json(&["list", "--json"]), Value::Array(Vec::new()));
    assert_eq!(home.does(&["redo"]), "Done again: import a tutee list.\n");
    assert_eq!(home.does(&["redo"]), "Done again: write a note.\n");
    assert_eq!(home.json(&["list", "--json"]).as_array().unwrap().len(), 3);
    fs::remove_dir_all(home.path("profile/db")).unwrap();
    assert_eq!(home.json(&["list", "--json"]).as_array().unwrap().len(), 3, "rebuilt");
    assert!(home.does(&["check"]).ends_with("Everything is sound.\n"));
    // A backup made before is restored without her, for this profile stands beside the new one.
    let new = home.path("new").to_str().unwrap().to_owned();
    let in_new = |arguments: &[&str]| {
        run(tutelage(&[arguments, &["--data", &new, "--passphrase-command", OPEN]].concat()))
    };
    let restored = in_new(&["restore", &backup]);
    assert!(
        restored.out.contains(" of 3 students ") && restored.out.contains("Left out: 1 student"),
        "{}",
        restored.out
    );
    assert!(!in_new(&["list"]).out.contains("Aisha") && in_new(&["list"]).out.contains("Ben"));
    let check = in_new(&["check"]);
    assert!(check.out.ends_with("Everything is sound.\n"), "{}", check.out);
}

#[test]
fn undo_and_redo_work_from_one_run_to_the_next() {
    let home = Home::sealed();
    home.typed(&["note", "aisha"], "First.");
    home.typed(&["note", "aisha"], "Second.");
    assert_eq!(home.does(&["undo"]), "Taken back: write a note.\n");
    assert_eq!(home.does(&["undo"]), "Taken back: write a note.\n");
    assert_eq!(home.does(&["undo"]), "Taken back: import a tutee list.\n");
    assert_eq!(home.json(&["list", "--json"]), Value::Array(Vec::new()));
    for label in ["import a tutee list", "write a note", "write a note"] {
        assert_eq!(home.does(&["redo"]), format!("Done again: {label}.\n"));
    }
    let shown = home.json(&["show", "aisha", "--json"]);
    assert_eq!(of_kind(&shown, "note").len(), 2);
    let (code, words) = home.refused(&["redo"]);
    assert_eq!((code, words.as_str()), (Some(3), "tutelage: There is nothing to redo.\n"));
}

#[test]
fn several_students_make_a_group_meeting_with_a_register() {
    let home = Home::with_students();
    let arguments =
        ["log", "meeting", "aisha", "ben", "zoe", "--missed", "ben", "--focus", "Induction"];
    home.does(&arguments);
    let came = home.json(&["show", "aisha", "--json"]);
    let missed = home.json(&["show", "ben", "--json"]);
    assert_eq!(of_kind(&came, "meeting")[0]["with"], "group");
    assert_eq!(of_kind(&came, "attendance")[0]["outcome"], "held");
    assert_eq!(of_kind(&missed, "attendance")[0]["outcome"], "missed");
    let (code, _) = home.refused(&["log", "meeting", "aisha", "ben", "--missed", "zoe"]);
    assert_eq!(code, Some(3));
}

#[test]
fn a_fact_alone_takes_no_text() {
    let home = Home::with_students();
    home.does(&["note", "aisha", "--confidentiality", "fact only"]);
    let refused = home.typed(&["log", "meeting", "ben", "--note", "-"], "");
    assert_eq!(refused.code, Some(0), "a meeting without a note: {}", refused.err);
    let shown = home.json(&["show", "aisha", "--json"]);
    assert_eq!(of_kind(&shown, "note")[0]["confidentiality"], "fact-only");
}

#[test]
fn what_makes_no_sense_is_refused_beside_its_field_and_nothing_is_saved() {
    let home = Home::with_students();
    let (code, words) = home.refused(&[
        "log",
        "meeting",
        "aisha",
        "--on",
        "someday",
        "--minutes",
        "-3",
        "--mode",
        "owl",
    ]);
    assert_eq!(code, Some(2), "a value that looks like an option: {words}");
    let (code, words) =
        home.refused(&["log", "meeting", "aisha", "--on", "someday", "--mode", "owl"]);
    assert_eq!(code, Some(3));
    insta::assert_snapshot!("refused-meeting", words);
    assert!(home.does(&["undo"]).contains("import"));
}

#[test]
fn a_student_is_found_by_number_or_name_and_several_are_listed() {
    let home = Home::with_students();
    for words in ["00481234", "00481234/1", "aisha", "Rahman", "aisha rahman"] {
        assert_eq!(home.json(&["show", words, "--json"])["number"], "00481234", "{words}");
    }
    let several = home.run(&["show", "a"]);
    assert_eq!(several.code, Some(3));
    assert_eq!(several.err, "tutelage: 3 students can be meant: use the number.\n");
    insta::assert_snapshot!("several", several.out);
    let (code, words) = home.refused(&["show", "Nobody"]);
    assert_eq!(code, Some(3));
    assert!(!words.contains("Nobody"), "{words}");
}

#[test]
fn the_list_is_narrowed_by_words_and_by_tutor() {
    let home = Home::with_students();
    let numbers = |arguments: &[&str]| {
        let rows = home.json(arguments);
        let number = |row: &Value| row["number"].as_str().unwrap().to_owned();
        rows.as_array().unwrap().iter().map(number).collect::<Vec<_>>()
    };
    assert_eq!(numbers(&["list", "mathematics", "lukas", "--json"]), ["20481237"]);
    assert_eq!(numbers(&["list", "--tutor", "okafor", "--json"]).len(), 4);
    assert_eq!(home.refused(&["list", "--tutor", "nobody"]).0, Some(3));
}

#[test]
fn alerts_say_why_and_what_next() {
    let home = Home::with_students();
    let alerts = home.does(&["alerts"]);
    for words in ["Ben O'Connor  20481235  soon\n", "\n  never met, ", ", 81 days\n    → meet\n"]
    {
        assert!(alerts.contains(words), "{alerts}");
    }
    assert_eq!(home.json(&["alerts", "--json"])[0]["reasons"][0]["next"], "meet");
}

#[test]
fn a_folder_without_a_profile_says_what_to_do() {
    let (code, words) = Home::empty().refused(&["list"]);
    assert_eq!(code, Some(1));
    assert!(words.contains("tutelage init"), "{words}");
}

#[test]
fn a_profile_is_never_made_over_another() {
    let home = Home::new();
    let (code, words) = home.refused(&["init", "--name", "Another", "--no-passphrase"]);
    assert_eq!(code, Some(3));
    assert!(words.contains("already"), "{words}");
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let home = Home::with_students();
    let data = home.path("profile");
    let script = format!(
        "({} list --data {} ; echo $? >&2) | true",
        tutelage(&[]).get_program().to_str().unwrap(),
        data.display()
    );
    let output = std::process::Command::new("sh").args(["-c", &script]).output().unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "0\n");
}

#[test]
fn an_export_is_equal_when_it_is_brought_back_into_an_empty_profile() {
    let home = Home::sealed();
    let note = "Zürich rät ab.\n- [ ] tutor: ask the registry by 5 Dec\n";
    home.typed(&["log", "meeting", "aisha", "ben", "--note", "-"], note);
    home.typed(&["note", "zoe", "--confidentiality", "restricted"], "👩🏽‍🎓 \u{2728} a\tb \"c\" \\d");
    let file = home.path("all.json");
    let out = home.run(&["export", "json", file.to_str().unwrap()]);
    assert_eq!((out.code, out.out.as_str()), (Some(0), ""));
    assert!(out.err.contains("not sealed") && out.err.contains("journal"), "{}", out.err);
    let again = Home::new();
    again.does(&["import", "json", file.to_str().unwrap(), "--yes"]);
    assert_eq!(home.does(&["export", "json"]), again.does(&["export", "json"]));
    assert_eq!(home.does(&["list"]), again.does(&["list"]));
    again.does(&["check"]);
    assert!(again.does(&["import", "json", file.to_str().unwrap()]).contains("already"));
    let full = Home::with_students();
    assert_eq!(full.refused(&["import", "json", file.to_str().unwrap(), "--yes"]).0, Some(3));
}

#[test]
fn an_export_is_recorded_for_its_owner_alone_and_never_replaces_a_file_unasked() {
    use std::os::unix::fs::PermissionsExt;
    let home = Home::with_students();
    let entries = |home: &Home| {
        let check = home.does(&["check"]);
        let words: Vec<&str> = check.split_whitespace().collect();
        words[words.iter().position(|word| word.starts_with("entries")).unwrap() - 1].to_owned()
    };
    let before = entries(&home);
    let file = home.path("tutees.csv");
    home.does(&["export", "csv", file.to_str().unwrap()]);
    assert_ne!(before, entries(&home));
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(home.refused(&["export", "csv", file.to_str().unwrap()]).0, Some(3));
    home.does(&["export", "csv", file.to_str().unwrap(), "--force"]);
    insta::assert_snapshot!("csv", std::fs::read_to_string(&file).unwrap());
    assert_eq!(home.does(&["undo"]), "Taken back: import a tutee list.\n");
}

#[test]
fn every_table_goes_into_a_folder_one_file_for_each_kind() {
    let home = Home::with_students();
    let folder = home.path("tables");
    home.does(&["export", "csv", "--tables", folder.to_str().unwrap()]);
    let students = std::fs::read_to_string(folder.join("students.csv")).unwrap();
    assert_eq!(students.lines().count(), 5);
    assert!(folder.join("enrolments.csv").exists() && !folder.join("notes.csv").exists());
}

#[test]
fn tutees_exported_as_a_table_change_nothing_when_they_are_imported() {
    let home = Home::with_students();
    let table = home.file("tutees.csv", &home.does(&["export", "csv"]));
    let again = home.does(&["import", "students", &table, "--yes"]);
    assert!(again.contains("0 new, 0 changed, 4 unchanged, 0 rejected"), "{again}");
}

#[test]
fn what_is_to_come_is_written_as_a_calendar_without_names_unless_they_are_asked_for() {
    let home = Home::with_students();
    let meet = ["log", "meeting", "aisha", "--on", "2 Dec 2026", "--at", "14:30"];
    home.does(&[&meet[..], &["--place", "Room 3", "--focus", "money"]].concat());
    let note = "- [ ] Aisha: book a workshop by 5 Dec 2026\n";
    home.typed(&["log", "meeting", "aisha", "--on", "20 Nov 2026", "--note", "-"], note);
    let file = home.path("tutoring.ics");
    home.does(&["export", "calendar", file.to_str().unwrap()]);
    let text = std::fs::read_to_string(&file).unwrap();
    let has = |line: &str| text.contains(&format!("\r\n{line}\r\n"));
    assert!(has("SUMMARY:Tutoring meeting: AR") && has("LOCATION:Room 3"), "{text}");
    assert!(has("DTSTART;TZID=Europe/London:20261202T143000"), "{text}");
    assert!(has("SUMMARY:Action of AR due") && has("DTSTART;VALUE=DATE:20261205"), "{text}");
    assert!(!text.contains("Aisha") && !text.contains("money") && !text.contains("00481234"));
    assert!(home.refused(&["export", "calendar", file.to_str().unwrap()]).1.contains("--force"));
    let named = home.does(&["export", "calendar", "--student", "aisha", "--show", "all"]);
    assert!(named.contains("Aisha Rahman to do: book a workshop") && named.contains("money"));
    let of_ben = home.refused(&["export", "calendar", "--student", "20481235"]).1;
    assert!(of_ben.contains("Nothing is planned, due or expected"), "{of_ben}");
}

#[test]
fn a_senior_tutor_sees_the_students_of_whom_the_list_says_no_school() {
    let home = Home::empty();
    let senior = ["--role", "senior-tutor", "--school", "Computing", "--no-passphrase"];
    home.does(&[&["init", "--name", "Prof Ada Lee"], &senior[..]].concat());
    assert_eq!(home.does(&["alerts"]), home.does(&["list"]));
    let list = "Student number,Name,Lead school,Tutor\n1,Ben Ali,Law,\n";
    home.does(&["import", "students", &home.file("law.csv", list), "--yes"]);
    let nobody = "Nobody. `tutelage list --all` shows every student.\n";
    assert_eq!((&*home.does(&["alerts"]), &*home.does(&["list"])), (nobody, nobody));
    let list = "Student number,Name,Tutor\n2,Eve Kim,Dr Lin\n3,Kay Roy,\n";
    home.does(&["import", "students", &home.file("all.csv", list), "--yes"]);
    let rows = home.json(&["list", "--json"]);
    let numbers: Vec<&Value> = rows.as_array().unwrap().iter().map(|row| &row["number"]).collect();
    assert_eq!(numbers, ["2", "3"]);
    assert_eq!(home.does(&["alerts"]), "Nobody needs a word.\n");
}

#[test]
fn who_cannot_read_the_answer_is_told_that_the_change_was_made() {
    let home = Home::with_students();
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    let run = std::process::Command::new(env!("CARGO_BIN_EXE_tutelage"))
        .args(["log", "meeting", "aisha", "--today", super::TODAY, "--data"])
        .arg(home.path("profile"))
        .env_clear()
        .stdout(full)
        .output()
        .unwrap();
    let words = String::from_utf8(run.stderr).unwrap();
    assert_eq!(run.status.code(), Some(1));
    assert!(words.contains("the disk is full") && words.contains("is done"), "{words}");
    assert!(home.does(&["show", "aisha"]).contains("Meeting, held"));
}
