//! From a grade book and a course log to an alert with its reasons, and to what a person decides about it.

use std::{fmt::Write as _, fs};

use super::{ASK, CLEAR, Home, PASSPHRASE, SAVE, quit, unlocked};
use crate::pty::Program;

const TRIAGE: &str = "\x1bOR";

/// A grade book as Moodle exports it.
const GRADES: &str = "First name,Surname,ID number,Institution,Department,Email address,\
    Assignment: Lab report (Percentage),Course total (Real),Last downloaded from this course\n\
    Aisha,Rahman,20481234,,,a.rahman@example.ac.uk,31.00 %,-,1795165200\n\
    Benjamin,O'Connor,20481235,,,b.oconnor@example.ac.uk,72.00 %,-,1795165200\n\
    伟,陈,00481236,,,w.chen@example.ac.uk,68.00 %,-,1795165200\n";

/// A course log as Moodle exports it, the newest row first: two were online on most days, one in the first days alone.
fn log() -> String {
    let mut text = "Time,User full name,Affected user,Event context,Component,Event name,Description,Origin,IP address\n".to_owned();
    let days = (21..=30).map(|day| (day, 9)).chain((1..=31).map(|day| (day, 10)));
    let days: Vec<(u8, u8)> = days.chain((1..=20).map(|day| (day, 11))).collect();
    for (date, month) in days.into_iter().rev() {
        for name in ["Aisha Rahman", "Ben O'Connor", "伟 陈"] {
            if name != "Aisha Rahman" || month == 9 {
                writeln!(
                    text,
                    "\"{date}/{month:02}/26, 10:15\",{name},-,Course: COMP1001 Programming,System,Course viewed,viewed,web,10.0.0.1"
                )
                .unwrap();
            }
        }
    }
    text
}

/// Imports a file of signals on the screen.
fn import(program: &mut Program, home: &Home, file: &str, source: &str) {
    program.press("I").see("file ").press(CLEAR);
    program.press(home.folder.path().join(file).to_str().unwrap()).see(file).press("\r");
    if source == "Moodle grade book" {
        program.see("What to import?").press("\r");
    }
    program
        .see(&format!("Import · {source}"))
        .see("COMP1001")
        .press(SAVE)
        .see("nothing is written yet")
        .see("3 new")
        .press(SAVE);
    program.wait("the import", |screen| {
        let shown = screen.contents();
        shown.contains("✓ saved") && !shown.contains("nothing is written yet")
    });
}

/// Waits until a form is gone and what it decided is saved.
fn decided<'a>(program: &'a mut Program, form: &str, then: &str) -> &'a mut Program {
    program.wait(then, |screen| {
        let shown = screen.contents();
        !shown.contains(form) && shown.contains(then)
    })
}

#[test]
fn signals_become_an_alert_with_its_reasons_and_a_person_decides() {
    let home = Home::with_tutees();
    fs::write(home.folder.path().join("COMP1001_grades.csv"), GRADES).unwrap();
    fs::write(home.folder.path().join("logs_COMP1001.csv"), log()).unwrap();
    home.run(&["policy", "use", "ljmu", "--passphrase-command", ASK]);
    let mut program = unlocked(home.launch().size(120, 36).start(), PASSPHRASE);
    import(&mut program, &home, "COMP1001_grades.csv", "Moodle grade book");
    import(&mut program, &home, "logs_COMP1001.csv", "Moodle course log");

    program.press(TRIAGE).see("Aisha Rahman").see("mean mark 31 so far").see("not online");
    program.press("\r").see("Start a ladder · Aisha Rahman").press(SAVE);
    decided(&mut program, "Start a ladder", "ladder 1 of 3");

    program.press("j").press("z").see("Snooze ·").press(SAVE);
    decided(&mut program, "Snooze ·", "1 snoozed");
    program.press("x").see("Not right ·").press("\t\tOn a field course").press(SAVE);
    decided(&mut program, "Not right ·", "1 snoozed · 1 settled");
    program.press("u").see("1 snoozed").press("u");
    program.wait("both are back", |screen| !screen.contents().contains("snoozed"));

    program.press("gg").press("D").see("Close the alert · Aisha Rahman");
    program.press(" ").press(SAVE);
    decided(&mut program, "Close the alert", "1 settled");
    program.press("q").see("Tutees by alert");
    quit(program);
    assert!(home.check().contains("Everything is sound."), "{}", home.check());
}
