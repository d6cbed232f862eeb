//! From who has not met yet to the invitations, and to a list that is shorter by one.

use std::fs;

use super::{CLEAR, Home, PASSPHRASE, SAVE, quit, unlocked};
use crate::pty::{Program, until};

/// How many students the list of the screen has: `Not yet met: Progress Review ━━ 1 of 3`.
fn count(shown: &str) -> usize {
    let title = shown.lines().find(|line| line.contains("Not yet met"));
    let words: Vec<&str> = title.unwrap_or_default().split_whitespace().collect();
    let of = words.iter().position(|word| *word == "of").and_then(|place| words.get(place + 1));
    of.and_then(|number| number.parse().ok()).unwrap_or(0)
}

fn listed(program: &Program) -> usize {
    let before = count(&program.screen().contents());
    assert!(before > 0, "{}", program.screen().contents());
    before
}

#[test]
fn who_has_not_met_is_listed_and_invited_and_the_list_shrinks_when_one_is_met() {
    let home = Home::with_tutees();
    let letters = home.folder.path().join("invitations");
    let mut program = unlocked(home.launch().size(120, 36).start(), PASSPHRASE);
    program.see("Aisha Rahman ·").press("go").see("Liverpool John Moores").click("Liverpool John");
    program.wait("the policy", |screen| {
        let shown = screen.contents();
        shown.contains("✓ saved") && !shown.contains("Liverpool John")
    });
    program.press("3").see("3 Meetings").see("Progress");
    program.press("l").press("f").see("Not yet met: First Progress Review");
    program.press("i").see("for 2 students").press(CLEAR);
    program.press(letters.to_str().unwrap()).press(SAVE);
    until("invitations", || fs::read_dir(&letters).is_ok_and(|files| files.count() == 2));
    program.wait("the form gone", |screen| !screen.contents().contains("for 2 students"));
    let before = listed(&program);
    program.press("ggm").see("Meeting ·").press(SAVE).wait("a list shorter by one", |screen| {
        let shown = screen.contents();
        !shown.contains("Meeting ·") && count(&shown) == before - 1
    });
    program.see("Not yet met").press("q").press("q").see("Alerts");
    quit(program);
    assert!(home.check().contains("Everything is sound."), "{}", home.check());
}
