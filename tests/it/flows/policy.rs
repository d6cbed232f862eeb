//! What the policy lets out and what it refuses, and a ladder from the e-mail to who helps.

use super::{Home, SAVE, unlocked};
use crate::pty::Program;

/// The desk of a profile in which LJMU's policy was chosen.
fn desk(home: &Home) -> Program {
    let mut program = unlocked(home.launch().start(), super::PASSPHRASE);
    program.see("Aisha Rahman ·").press("go").see("Liverpool John Moores").click("Liverpool John");
    program.wait("the policy", |screen| {
        let shown = screen.contents();
        shown.contains("✓ saved") && !shown.contains("Liverpool John")
    });
    program
}

/// Saves the form on top and waits until it is gone.
fn save<'a>(program: &'a mut Program, title: &str) -> &'a mut Program {
    program.press(SAVE).wait("the form gone", |screen| !screen.contents().contains(title))
}

#[test]
fn a_refused_share_shows_its_clause_and_is_done_once_consent_is_recorded() {
    let home = Home::with_tutees();
    let mut program = desk(&home);
    program.press("p").see("Pass on · Aisha Rahman");
    program.press("p\tDr Menon\tprogress\tw").see("what was said, agreed").press(SAVE);
    program.see("Not passed on").see("LJMU 10").see("written consent");
    program.press("\r").see("Consent · Aisha Rahman").see("Dr Menon");
    save(&mut program, "How given").see("Pass on · Aisha Rahman");
    save(&mut program, "Pass on · Aisha").see("copied");
    program.press("gc").see("permits: what was said").see("consent: LJMU 10");
    program.press("w").see("withdrawn 21 Nov").press("\u{1b}");
    program.wait("the ledger gone", |screen| !screen.contents().contains("what was passed on"));
    program.press("p").see("Pass on · Aisha Rahman");
    program.press("p\tDr Menon\tprogress\tw").see("what was said, agreed").press(SAVE);
    program.see("Not passed on").see("21 Nov 2026 was withdrawn");
    program.press("\u{3}").see("Quit without saving?").press("y");
    assert_eq!(program.exit_code(), 0);
}

#[test]
fn a_ladder_goes_from_the_e_mail_to_the_wellbeing_team() {
    let home = Home::with_tutees();
    let mut program = desk(&home);
    program.press("t").see("Start a ladder").see("LJMU 9").press("\t\u{15}not seen");
    save(&mut program, "Start a ladder").press("\u{1b}[Z").see("ladder 1 of 3").see("(LJMU 9)");
    program.click("ladder 1 of 3").press("\r").see("Ladder 1 of 3");
    save(&mut program, "About").see("Worth a check-in").press("\u{1b}");
    program.wait("the letter gone", |screen| !screen.contents().contains("Worth a check-in"));
    program.press("t").see("Ladder 2 of 3: Telephone");
    save(&mut program, "About").press("t").see("Ladder 3 of 3: Student Wellbeing Team");
    save(&mut program, "What is told").see("Then").press("\u{1b}");
    program.wait("the letter gone", |screen| !screen.contents().contains("Then "));
    program.press("gc").see("Student Wellbeing Team");
    program.see("policy: LJMU 9").press("\u{1b}");
    program.wait("the ledger gone", |screen| !screen.contents().contains("what was passed on"));
    program.press("t").see("End the ladder");
    save(&mut program, "What came of it").press("q").wait("the desk", |_| true);
    let alerts = home.run(&["alerts", "--passphrase-command", super::ASK]);
    assert!(!alerts.contains("ladder"), "{alerts}");
}

#[test]
fn a_policy_is_chosen_at_the_first_start_and_another_one_later() {
    let home = Home::empty();
    let mut program = home.launch().size(120, 36).start();
    program.see("Welcome to tutelage").press("Dr Amara Okafor\t\tComputing\tExample\t\u{1b}[C");
    program
        .see("Liverpool John Moores")
        .press("\t\u{1b}[C")
        .see("anyone with this disk")
        .press(SAVE);
    program.see("How do you want to begin?").press("\u{1b}");
    program.wait("the desk", |screen| !screen.contents().contains("to begin?"));
    program.see("example dates").see("Semester 1");
    program.press("go").see("Which policy?").click("University of Essex");
    program.see("Autumn, week").see("example dates");
    program.press("gd").see("Term dates").see("2027/28").press("\r").see("Academic year");
    save(program.press("\u{1b}[Z\u{1b}[C").see("● right"), "Academic year");
    program.wait("confirmed dates", |screen| !screen.contents().contains("example dates"));
    program.press("q");
    assert_eq!(program.exit_code(), 0);

    let mut program = home.launch().size(120, 36).start();
    program.see("to begin?").see("Autumn, week").press("\u{1b}");
    program.wait("the desk", |screen| !screen.contents().contains("to begin?"));
    program.press("go").see("in use").press("\u{1b}");
    program.wait("the desk", |screen| !screen.contents().contains("Which policy?")).press("q");
    assert_eq!(program.exit_code(), 0);
}

#[test]
fn an_own_pack_with_a_fault_is_told_with_its_line_and_the_built_in_one_runs() {
    let home = Home::empty();
    home.run(&["init", "--name", "Dr A", "--no-passphrase", "--policy", "essex"]);
    let folder = home.data().join("policies");
    std::fs::create_dir(&folder).unwrap();
    let faulty = "code = \"essex\"\ncite = 5\n";
    std::fs::write(folder.join("essex.toml"), faulty).unwrap();
    let mut program = home.launch().size(120, 36).start();
    program.see("policies/essex.toml, line 2").see("Autumn, week");
    program.press("\u{1b}").wait("the desk", |screen| !screen.contents().contains("to begin?"));
    program.press("q");
    assert_eq!(program.exit_code(), 0);
}
