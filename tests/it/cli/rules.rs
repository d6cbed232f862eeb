//! `rules`: how right each rule has been, and who may change it.

use super::Home;

#[test]
fn every_rule_of_the_card_is_listed_with_its_numbers() {
    let home = Home::with_students();
    let told = home.does(&["rules"]);
    assert!(told.lines().next().unwrap().starts_with("Rule"), "{told}");
    assert!(told.contains("work-overdue") && told.contains("look-low-mean"), "{told}");
    let json = home.json(&["rules", "--weeks", "all", "--json"]);
    let rows = json.as_array().unwrap();
    let low = rows.iter().find(|row| row["rule"] == "look-low-mean").unwrap();
    assert_eq!(low["numbers"][0]["path"], "look.mean-below");
    assert_eq!((low["raised"].as_u64(), low["off"].as_bool()), (Some(0), Some(false)));
}

#[test]
fn only_a_senior_tutor_changes_a_rule() {
    let home = Home::with_students();
    let (code, words) = home.refused(&["rules", "set", "look.mean-below", "45"]);
    assert!(code.is_some(), "{words}");
    assert!(words.contains("senior tutor"), "{words}");
}

#[test]
fn a_senior_tutor_tries_a_number_before_it_is_taken() {
    let home = Home::empty();
    home.does(&["init", "--name", "Dr Amara Okafor", "--role", "senior-tutor", "--no-passphrase"]);
    let dry = home.does(&["rules", "set", "look.mean-below", "45", "--dry-run"]);
    assert!(dry.contains("This week: 0") && dry.ends_with("Nothing was changed.\n"), "{dry}");
    let number = |home: &Home| {
        let json = home.json(&["rules", "--json"]);
        let rows = json.as_array().unwrap();
        let low = rows.iter().find(|row| row["rule"] == "look-low-mean").unwrap();
        low["numbers"][0]["value"].as_u64().unwrap()
    };
    assert_eq!(number(&home), 50);
    home.does(&["rules", "set", "look.mean-below", "45"]);
    assert_eq!(number(&home), 45);
    let (_, words) = home.refused(&["rules", "set", "look.mean-below", "101"]);
    assert!(words.contains("at most 100"), "{words}");
    home.does(&["undo"]);
    assert_eq!(number(&home), 50);
    home.does(&["rules", "off", "repeating"]);
    assert!(home.does(&["rules"]).contains("repeating (off)"));
    home.does(&["rules", "on", "repeating"]);
    assert!(!home.does(&["rules"]).contains("(off)"));
    for nothing in ["off", "on"] {
        let (code, words) = home.refused(&["rules", nothing, "concern"]);
        assert!(code == Some(3) && words.contains("“concern”"), "{words}");
    }
}
