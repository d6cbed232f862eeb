//! Letters on the command line.

use std::fs;

use super::Home;

fn met() -> Home {
    let home = Home::with_students();
    let text = home.file("note.txt", "Settling in.\n- [ ] Aisha: book a workshop by 1 Dec\n");
    let shared = "shared with student";
    home.does(&["log", "meeting", "aisha", "--note", &text, "--confidentiality", shared]);
    home
}

#[test]
fn a_summary_is_printed_or_saved_and_kept_each_time() {
    let home = met();
    let printed = home.does(&["letter", "summary", "aisha"]);
    insta::assert_snapshot!("letter_summary", printed);
    let file = home.path("a.eml");
    let run = home.run(&["letter", "summary", "aisha", "--eml", file.to_str().unwrap(), "--sent"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.err.contains("not sealed"), "{}", run.err);
    assert!(fs::read_to_string(&file).unwrap().contains("X-Unsent: 1"));
    let again = home.refused(&["letter", "summary", "aisha", "--eml", file.to_str().unwrap()]);
    assert_eq!(again.0, Some(3), "{}", again.1);
    let shown = home.does(&["show", "aisha"]);
    assert_eq!(shown.matches("Our meeting on").count(), 2, "{shown}");
    assert_eq!(home.does(&["undo"]), "Taken back: keep a letter.\n");
}

#[test]
fn there_is_no_summary_of_a_meeting_that_was_not() {
    let home = met();
    let (code, why) = home.refused(&["letter", "summary", "20481235"]);
    assert_eq!(code, Some(3));
    assert!(why.contains("No meeting was held"), "{why}");
}

#[test]
fn what_may_not_go_is_refused_with_what_would_be_needed() {
    let home = met();
    let (code, why) = home.refused(&["letter", "referral", "aisha"]);
    assert_eq!(code, Some(3));
    assert!(why.contains("consent"), "{why}");
    assert_eq!(home.refused(&["letter", "nonsense", "aisha"]).0, Some(3));
    assert_eq!(home.refused(&["letter", "summary"]).0, Some(2));
    assert_eq!(home.refused(&["letter", "summary", "aisha", "--meeting", "1 Oct"]).0, Some(3));
}

#[test]
fn a_letter_for_many_goes_into_a_folder() {
    let home = met();
    let folder = home.path("out");
    let run = home.run(&[
        "letter",
        "merge",
        "invitation",
        "--students",
        "aisha",
        "20481235",
        "--folder",
        folder.to_str().unwrap(),
    ]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let mut names: Vec<_> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, ["00481234-invitation.eml", "20481235-invitation.eml"]);
    assert_eq!(home.does(&["undo"]), "Taken back: keep a letter.\n");
}

#[test]
fn a_letter_that_is_in_the_folder_already_is_named_before_anything_is_recorded() {
    let home = met();
    let folder = home.path("out");
    let merge = ["letter", "merge", "invitation", "--folder", folder.to_str().unwrap()];
    home.does(&[&merge[..], &["--students", "aisha"]].concat());
    let entries = |home: &Home| {
        let told = home.does(&["check"]);
        told.split(", ").find(|part| part.contains("entries")).unwrap().to_owned()
    };
    let before = entries(&home);
    let (code, why) = home.refused(&[&merge[..], &["--students", "20481235", "aisha"]].concat());
    assert_eq!(code, Some(3), "{why}");
    assert!(why.contains("out/00481234-invitation.eml already"), "{why}");
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
    assert_eq!(entries(&home), before);
}

#[test]
fn a_template_is_checked_and_one_of_the_profile_goes_before_the_built_in_one() {
    let home = met();
    let wrong = home.file("wrong.txt", "Subject: x\n\nDear {{ student.frist }},\n");
    let run = home.run(&["letter", "check", &wrong]);
    assert_eq!(run.code, Some(3));
    assert!(run.out.starts_with("wrong.txt, line 3: {{ student.frist }}: "), "{}", run.out);
    let sound = home.file("own.txt", "Subject: Hi\n\nHello {{ student.first }}\n");
    assert!(home.does(&["letter", "check", &sound]).contains("sound"));
    let letters = home.path("profile").join("letters");
    fs::create_dir(&letters).unwrap();
    fs::copy(&sound, letters.join("summary.txt")).unwrap();
    assert_eq!(home.does(&["letter", "summary", "aisha"]), "Hi\n\nHello Aisha\n");
    assert!(home.does(&["letter", "list"]).contains("letters/summary.txt"));
    assert!(home.does(&["letter", "placeholders"]).contains("student.first"));
}

#[test]
fn a_serious_risk_lets_a_refused_letter_go_and_every_letter_to_others_is_recorded_as_passed_on() {
    let home = met();
    let (code, why) = home.refused(&["letter", "change-registry", "aisha"]);
    assert!(code == Some(3) && why.contains("No change of tutor is recorded"), "{why}");
    let (_, why) = home.refused(&["letter", "allocation-registry", "aisha"]);
    assert!(why.contains("consent") && why.contains("--serious-risk REASON"), "{why}");
    let risk = "not safe tonight";
    home.does(&["letter", "allocation-registry", "aisha", "--serious-risk", risk]);
    let shown = home.does(&["show", "aisha", "--json"]);
    assert!(shown.contains("serious-risk") && shown.contains(risk), "{shown}");
    home.does(&["letter", "summary", "aisha"]);
    let again = home.does(&["show", "aisha", "--json"]);
    assert_eq!(again.matches("serious-risk").count(), 1, "a summary is for the student");
}
