//! `duties` and `policy use`: the policy of a profile, what it asks of its tutor, and a list that brings
//! somebody over the caseload.

use std::fmt::Write;

use super::Home;

#[test]
fn without_a_policy_it_says_how_to_choose_one() {
    let home = Home::new();
    let (code, said) = home.refused(&["duties"]);
    assert_ne!(code, Some(0));
    assert!(said.contains("policy use CODE"), "{said}");
}

#[test]
fn a_policy_is_chosen_changed_and_given_up_and_undo_takes_it_back() {
    let home = Home::with_students();
    let said = home.does(&["policy", "use", "ljmu"]);
    assert_eq!(said, "Saved: choose the policy. Liverpool John Moores University is in use.\n");
    let duties = home.json(&["duties", "--json"]);
    let caseload = duties.as_array().unwrap().iter().find(|duty| duty["duty"] == "caseload");
    let caseload = caseload.unwrap();
    assert_eq!(caseload["status"], "fine");
    assert_eq!(caseload["clause"], "LJMU 1c");
    assert!(caseload["evidence"].as_str().unwrap().starts_with("4 of 30 in all"));
    insta::assert_snapshot!("duties", home.does(&["duties"]));
    home.does(&["policy", "use", "westminster"]);
    assert!(home.does(&["duties"]).contains("Westminster "));
    assert!(home.does(&["policy", "use", "none"]).ends_with("No policy is in use.\n"));
    home.refused(&["duties"]);
    home.does(&["undo"]);
    home.does(&["duties"]);
    let (_, said) = home.refused(&["policy", "use", "nowhere"]);
    assert!(said.contains("There is no policy nowhere"), "{said}");
}

#[test]
fn a_list_that_brings_a_tutor_over_the_caseload_says_so_and_is_still_imported() {
    let home = Home::new();
    home.does(&["policy", "use", "ljmu"]);
    let mut list = "Student Number,First name,Surname,Level\n".to_owned();
    for at in 10..21 {
        writeln!(list, "204812{at},Tutee,Number{at},4").unwrap();
    }
    let list = home.file("eleven.csv", &list);
    let said = home.does(&["import", "students", &list, "--dry-run"]);
    let warning = "Dr Amara Okafor would have 11 tutees at level 4; LJMU 1c says 10.";
    assert!(said.contains(warning), "{said}");
    home.does(&["import", "students", &list, "--yes"]);
    let duties = home.does(&["duties"]);
    assert!(duties.contains("over by 1"), "{duties}");
}
