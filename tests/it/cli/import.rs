//! Importing a tutee list from the command line.

use std::fs;

use super::{Home, LIST};

/// The list a year later: one has another level, one is new, one row is wrong.
const LATER: &str = "\
Student Number,First name,Surname,Preferred name,Email,Programme,Level
00481234/1,Aisha,Rahman,,ar1@example.ac.uk,BSc Computer Science,5
20481235,Benjamin,O'Connor,Ben,bo2@example.ac.uk,BSc Computer Science,4
20481240,Ewa,Nowak,,en5@example.ac.uk,BSc Mathematics,4
20481241,Farid,Haddad,,not an address,BSc Mathematics,4
";

#[test]
fn a_dry_run_says_everything_and_writes_nothing() {
    let home = Home::with_students();
    let later = home.file("later.csv", LATER);
    let dry = home.run(&["import", "students", &later, "--dry-run"]);
    assert_eq!(dry.code, Some(3), "a rejected row");
    insta::assert_snapshot!("dry-run", dry.out);
    assert!(home.does(&["undo"]).contains("import"));
    assert_eq!(
        home.refused(&["undo"]),
        (Some(3), "tutelage: There is nothing to undo.\n".to_owned())
    );
}

#[test]
fn without_a_terminal_and_without_yes_nothing_is_imported() {
    let home = Home::new();
    let list = home.file("list.csv", LIST);
    let (code, words) = home.refused(&["import", "students", &list]);
    assert_eq!(code, Some(3));
    assert!(words.contains("--yes"), "{words}");
    assert!(home.does(&["list"]).starts_with("No students yet"));
}

#[test]
fn the_same_list_twice_changes_nothing() {
    let home = Home::with_students();
    let list = home.file("list.csv", LIST);
    let again = home.does(&["import", "students", &list, "--yes"]);
    assert!(
        again.ends_with("0 new, 0 changed, 4 unchanged, 0 rejected.\nNothing to import.\n"),
        "{again}"
    );
}

#[test]
fn good_rows_are_imported_and_rejected_ones_saved_with_their_reasons() {
    let home = Home::with_students();
    let later = home.file("later.csv", LATER);
    let rejects = home.path("rejects.csv");
    let imported =
        home.run(&["import", "students", &later, "--yes", "--rejects", rejects.to_str().unwrap()]);
    assert_eq!(imported.code, Some(3), "{}", imported.err);
    assert_eq!(home.json(&["show", "nowak", "--json"])["number"], "20481240");
    insta::assert_snapshot!("rejects", fs::read_to_string(rejects).unwrap());
}

#[test]
fn columns_are_corrected_and_remembered() {
    let home = Home::new();
    let list = home.file("odd.csv", "Ref,Who,Course\n20481234,\"Rahman, Aisha\",Computing\n");
    let mapped = ["--map", "Ref=number", "--map", "Who=full name", "--map", "C=programme"];
    let arguments = [&["import", "students", &list, "--yes"], &mapped[..]].concat();
    let run = home.run(&arguments);
    assert_eq!(run.code, Some(3), "number fits several fields: {}", run.err);
    let mapped = ["--map", "Ref=student number", "--map", "Who=full name", "--map", "C=programme"];
    home.does(&[&["import", "students", &list, "--yes"], &mapped[..]].concat());
    assert_eq!(home.json(&["show", "20481234", "--json"])["name"], "Aisha Rahman");
    let more = home.file("more.csv", "Ref,Who,Course\n20481235,\"O'Connor, Ben\",Computing\n");
    home.does(&["import", "students", &more, "--yes"]);
    assert_eq!(home.json(&["show", "20481235", "--json"])["name"], "Ben O'Connor");
}

#[test]
fn what_is_no_list_is_refused_with_a_sentence() {
    let home = Home::new();
    let empty = home.file("empty.csv", "");
    let (code, words) = home.refused(&["import", "students", &empty, "--yes"]);
    assert_eq!((code, words), (Some(3), format!("tutelage: {empty}: The file is empty.\n")));
    let (code, words) = home.refused(&["import", "students", "/nowhere/at/all.csv"]);
    let why = "/nowhere/at/all.csv cannot be read: there is no such file or folder.";
    assert_eq!((code, words), (Some(1), format!("tutelage: {why}\n")));
}

#[test]
fn every_file_that_cannot_be_taken_is_named_with_what_is_wrong() {
    let home = Home::with_students();
    // A calendar of nothing would be refused for that.
    home.does(&["log", "meeting", "aisha", "--on", "2 Dec 2026"]);
    let folder = home.path("").display().to_string();
    let binary = home.file("damaged.xlsx", "\u{1}\u{2}\u{3}\u{0}xl/workbook.xml");
    let list = home.file("list.csv", "Number,Name\n1,\"Aisha\n");
    let json = home.file("all.json", "{\"a\":1}");
    let cases: [(&[&str], &str, &str); 14] = [
        (
            &["import", "students"],
            &binary,
            "The workbook cannot be read (its beginning is damaged)",
        ),
        (&["import", "signals"], &binary, "The workbook cannot be read (its beginning is damaged)"),
        (&["import", "students"], &list, "Row 2, column 2: a quotation mark"),
        (&["import", "students"], &folder, "it is a folder"),
        (&["import", "signals"], &folder, "it is a folder"),
        (&["import", "json"], &json, "Line 1, column"),
        (&["import", "json"], "none.json", "there is no such file"),
        (&["policy", "check"], "none.toml", "there is no such file"),
        (&["letter", "check"], "none.txt", "there is no such file"),
        (&["restore"], "none.backup", "there is no such file"),
        (&["backup"], &folder, "name a file in it"),
        (&["export", "json"], &folder, "name a file in it"),
        (&["export", "calendar"], "none/at.ics", "there is no such file or folder"),
        (&["evaluate"], &list, "name the one that the tables are in"),
    ];
    for (command, file, why) in cases {
        let (_, words) = home.refused(&[command, &[file]].concat());
        assert!(words.contains(file) && words.contains(why), "{command:?}: {words}");
    }
}

#[test]
fn a_list_comes_from_standard_input_as_well() {
    let home = Home::new();
    let imported = home.typed(&["import", "students", "-", "--yes"], LIST);
    assert_eq!(imported.code, Some(0), "{}", imported.err);
    assert_eq!(home.json(&["list", "--json"]).as_array().unwrap().len(), 4);
}

#[test]
fn a_tutor_whom_the_list_calls_otherwise_says_who_they_are() {
    let home = Home::new();
    let list = home.file(
        "tutors.csv",
        "Student number,First name,Surname,Personal tutor,Tutor number\n\
         20481234,Aisha,Rahman,OKAFOR A C,s0042\n20481235,Ben,O'Connor,LEE K,s0043\n",
    );
    let unknown = home.run(&["import", "students", &list, "--yes"]);
    assert!(unknown.err.contains("--me"), "{}", unknown.err);
    let is_mine = || {
        let mine = home.json(&["list", "--json"]);
        assert_eq!((mine.as_array().unwrap().len(), &mine[0]["number"]), (1, &"20481234".into()));
    };
    home.does(&["import", "students", &list, "--yes", "--me", "s0042"]);
    is_mine();
    home.does(&["undo"]);
    home.does(&["undo"]);
    let before = home.does(&["export", "json"]);
    let nobody = home.refused(&["import", "students", &list, "--yes", "--me", "s0099"]);
    assert!(nobody.1.ends_with("Nothing was imported.\n"), "{}", nobody.1);
    let said = home.does(&["import", "students", &list, "--yes", "--me", "s0042"]);
    assert!(said.ends_with("Imported. `tutelage undo` takes it back.\n"), "{said}");
    is_mine();
    assert_eq!(home.does(&["undo"]), "Taken back: import a tutee list.\n");
    assert_eq!(home.does(&["export", "json"]), before);
}
