//! A session of lines: a tutor's day through a pipe, and what a person has on a terminal.

use std::fs;

use super::{Home, LIST, Run};
use crate::pty::Launch;

/// Runs a session that is given these lines.
fn session(home: &Home, lines: &[&str]) -> Run {
    home.typed(&["--plain"], &(lines.join("\n") + "\n"))
}

/// A session that ends well; nothing but ASCII is printed, the names of students aside.
fn says(home: &Home, lines: &[&str]) -> String {
    let run = session(home, lines);
    assert_eq!(run.code, Some(0), "{}{}", run.out, run.err);
    let mut own = run.out.clone();
    for name in ["陈伟", "陈, 伟", "陈", "伟", "Zoë Łukasiewicz", "Zoë", "Łukasiewicz"] {
        own = own.replace(name, "");
    }
    let strange: String = own.chars().filter(|c| !c.is_ascii()).collect();
    assert_eq!(strange, "", "{own}");
    assert!(!own.contains(|c: char| c.is_control() && c != '\n'), "{own:?}");
    run.out
}

fn in_order(out: &str, parts: &[&str]) {
    let mut rest = out;
    for part in parts {
        let Some((_, after)) = rest.split_once(part) else { panic!("no {part:?} in:\n{rest}") };
        rest = after;
    }
}

#[test]
fn a_first_day_goes_by_lines_alone() {
    let home = Home::empty();
    let set_up = ["Dr Amara Okafor", "1", "Computing", "", "1", "2", "y", "3"];
    let add = ["add", "20489999", "Aisha", "Rahman", ":save", "y"];
    let meet = [
        "meeting",
        "",
        "today",
        "10:00",
        "25",
        "online",
        "",
        "Settling in",
        "",
        "Wants help with referencing.",
        "- [ ] Aisha: book a workshop by 30 Nov",
        ".",
        ":save",
        "y",
    ];
    let then = [
        "timeline",
        "undo",
        "redo",
        "search referencing",
        "1",
        "concern",
        "Not seen since Monday.",
        ".",
        ":save",
        "y",
        "alerts",
        "list",
        "quit",
    ];
    let out = says(&home, &[&set_up[..], &add, &meet, &then].concat());
    in_order(
        &out,
        &[
            "Your name, required: ",
            "Welcome",
            "Type menu for the choices",
            "New student",
            "Saved ",
            "Meeting, Aisha Rahman",
            "Saved ",
            "Timeline of Aisha Rahman, the latest first",
            "Meeting, held, 10:00, 25 min, online, Settling in",
            "Undone: record a meeting",
            "Done again: record a meeting",
            "1 place found.",
            "Wants help with referencing.",
            "Concern, Aisha Rahman",
            "Saved ",
            "1 Aisha Rahman, 20489999, ",
            "Not seen since Monday.",
            "Next: ",
            "Tutees by alert: 1 of 1.",
        ],
    );
    assert!(home.does(&["show", "aisha"]).contains("book a workshop"));
}

#[test]
fn actions_are_done_alerts_decided_and_letters_written_by_number() {
    let home = Home::with_students();
    let letter = home.path("summary.eml");
    let lines = [
        &[
            "ben",
            "action",
            "book a workshop",
            "",
            "20 Nov 2026",
            "y",
            "alerts",
            "snooze 1",
            ":leave",
        ][..],
        &["ben", "timeline", "done 1", "timeline", "summary", "meeting", ":save", "y", "summary"],
        &[
            "",
            "",
            "",
            "",
            letter.to_str().unwrap(),
            ":save",
            "y",
            "consents",
            "help",
            "",
            "rules",
            "",
        ],
        &["duties", "", "history", "", "sort-tutees", "commands", "quit"],
    ];
    let out = says(&home, &lines.concat());
    in_order(
        &out,
        &[
            "Action, Ben O'Connor",
            "Saved ",
            "Next: ",
            "Snooze",
            "Action, overdue: Ben: book a workshop",
            "Action, done: Ben: book a workshop",
            "No meeting was held that a summary could tell of.",
            "Summary of a meeting, Ben O'Connor",
            "It is saved in ",
            "Consents of Ben O'Connor",
            "record-consent: Record consent.",
            "What was done, the latest first",
            "Tutees by name: 4 of 4.",
        ],
    );
}

#[test]
fn a_set_is_marked_by_number_and_contacted_exported_and_met_as_a_group() {
    let home = Home::with_students();
    let table = home.path("tutees.csv");
    let lines = [
        &["list", "mark 1 3-4", "contact marked"][..],
        &[":save", "y", "marked", "unmark 1", "export", "", table.to_str().unwrap(), ":save", "y"],
        &["group", ":save", "y", "triage", "meetings", "undo", "history", "", "quit"],
    ];
    let out = says(&home, &lines.concat());
    in_order(
        &out,
        &[
            "3 students are marked: ",
            "contact marked, action marked, letter marked",
            "Contact, for 3 students",
            "Saved ",
            "3 students are marked: ",
            "2 students are marked: ",
            "Export, for 2 students",
            "tutees.csv",
            "Group meeting",
            "Saved ",
            "Triage, tutees: ",
            "No policy runs here",
            "Undone: record a meeting",
            "What was done, the latest first",
            "took back: record a meeting",
            "log a contact",
        ],
    );
    assert_eq!(fs::read_to_string(table).unwrap().lines().count(), 3, "two students and the head");
}

#[test]
fn a_form_that_prints_a_restricted_note_records_that_it_was_looked_at() {
    let home = Home::with_students();
    let note =
        ["aisha", "note", "", "", "restricted to author", "Fears the landlord.", ".", ":save", "y"];
    let looked = ["timeline", "history", "", "edit 1", ":fields", ":leave", "history", "", "quit"];
    let out = says(&home, &[&note[..], &looked].concat());
    let (before, after) = out.split_once("Fears the landlord.").unwrap();
    assert!(!before.contains("ooked at a restricted note"), "{before}");
    in_order(after, &["What was done, the latest first", "ooked at a restricted note"]);
}

#[test]
fn an_import_is_told_in_sentences_and_asks_before_it_writes() {
    let home = Home::new();
    let list = home.file("list.csv", &(LIST.to_owned() + ",Nobody,Atall,,,,\n"));
    let out = says(&home, &["import", "none.csv", &list, "8", "go", "w", "y", "list", "4", "quit"]);
    in_order(
        &out,
        &[
            "none.csv cannot be read",
            "Which column is what? The list is taken for students.",
            "1 A (Student Number): student number",
            "This import would do: 4 new, 0 changed, 0 unchanged, 1 rejected",
            "Import? y, n, or w to save the rejected rows: ",
            "1 rejected row is saved in ",
            "Saved ",
            "4 of 4.",
        ],
    );
}

#[test]
fn what_is_typed_when_the_input_ends_is_there_at_the_next_start() {
    let home = Home::with_students();
    let cut = session(&home, &["aisha", "note", "", "", "", "Half a thought"]);
    assert_eq!(cut.code, Some(1), "{}", cut.out);
    assert!(cut.out.contains("is kept for the next start"), "{}", cut.out);
    let out = says(&home, &[":fields", ":save", "y", "aisha", "timeline", "quit"]);
    in_order(&out, &["not saved yet", "Note: Half a thought", "Saved ", "Note, "]);
}

#[test]
fn the_settings_choose_a_session_of_lines_too() {
    let home = Home::with_students();
    fs::write(home.path("profile").join("config.toml"), "plain = true\n").unwrap();
    let run = home.typed(&[], "quit\n");
    assert!(run.out.starts_with("tutelage, Dr Amara Okafor\n"), "{}{}", run.out, run.err);
}

#[test]
fn on_a_terminal_the_passphrase_is_unseen_and_ctrl_c_keeps_what_was_typed() {
    let home = Home::sealed();
    let data = home.path("profile");
    let mut program = Launch::new(&data).args(["--plain"]).start();
    program.see("Passphrase, not shown:").press("wrong horse\n").see("not the passphrase");
    program.wait("a second question", |screen| {
        screen.contents().matches("Passphrase, not shown:").count() == 2
    });
    program.press("correct horse\n").see("Command:").press("aisha\n").see("In hand: Aisha");
    program.press("note\n\n\n\n").see("Note: ").press("Half a thought\nand more\n");
    program.press("\n:fields\n").see("Half a thought / and more");
    program.press("\x03").see("Ended. What was typed and not saved is kept");
    assert_eq!(program.exit_code(), 130);
    assert!(program.line_settings().contains("ECHO | ECHOCTL | ISIG | ICANON"));
    let raw = String::from_utf8_lossy(program.raw()).into_owned();
    assert!(!raw.contains('\x1b') && !raw.contains("correct"), "{raw:?}");
    let mut program = Launch::new(&data).args(["--plain"]).start();
    program.see("Passphrase, not shown:").press("correct horse\n").see("not saved yet");
    program.press(":fields\n").see("Half a thought / and more");
    program.press("\x04").see("The input has ended");
    assert_eq!(program.exit_code(), 1);
    let mut program = Launch::new(&data).args(["--plain"]).start();
    program.see("Passphrase, not shown:").press("\x03");
    assert!(program.exit_code() <= 130);
    assert!(program.line_settings().contains("ECHO | ECHOCTL | ISIG | ICANON"));
}

#[test]
fn a_terminal_is_given_a_page_at_a_time_and_a_lock_asks_again() {
    let home = Home::sealed();
    let mut program = Launch::new(&home.path("profile")).args(["--plain"]).start();
    program.see("Passphrase, not shown:").press("correct horse\n").see("Command:");
    program.press("commands\n").see("Enter for more, n for no more:").press("n\n");
    program.press("lock\n").see("Locked.").see("Passphrase, not shown:");
    program.press("correct horse\n").see("Type menu for the choices").press("quit\n");
    assert_eq!(program.exit_code(), 0);
}

#[test]
fn everything_is_backed_up_by_lines_and_no_file_is_replaced_unasked() {
    let home = Home::with_students();
    let file = home.path("a.backup");
    let name = file.to_str().unwrap();
    let back_up = |answers: &[&str]| {
        let out = says(&home, &[&["backup", name], answers, &["quit"]].concat());
        (out, fs::metadata(&file).unwrap().len())
    };
    let (out, length) = back_up(&[":save", "y", "1"]);
    in_order(&out, &["Back up", "Backed up ", "of 4 students", "whoever gets this file"]);
    fs::write(&file, "not a backup").unwrap();
    let (out, kept) = back_up(&[":save", "y", "n", ":leave", "y"]);
    in_order(&out, &["already. Replace it?"]);
    assert_eq!(kept, 12);
    let (out, again) = back_up(&[":save", "y", "y", "1"]);
    in_order(&out, &["already. Replace it?", "Backed up "]);
    assert_eq!(again, length);
}

#[test]
fn what_was_done_about_many_says_how_many_and_about_few_who() {
    let home = Home::with_students();
    let out = says(&home, &["history", "", "quit"]);
    in_order(&out, &["What was done", "import a tutee list: 4 students"]);
    home.does(&["log", "meeting", "aisha"]);
    let out = says(&home, &["history", "", "quit"]);
    in_order(&out, &["record a meeting: Aisha Rahman", "import a tutee list: 4 students"]);
}
