//! From who has not met yet to the invitations, and to a list that is shorter by one.

use std::fs;

use super::{CLEAR, Home, PASSPHRASE, SAVE, quit, unlocked};

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
    program.press("lll").press("f").see("Not yet met");
    program.press("i").see("for ").see("students").press(CLEAR);
    program.press(letters.to_str().unwrap()).press(SAVE).see("saved");
    program.wait("the form gone", |screen| !screen.contents().contains("for your mail program"));
    assert!(fs::read_dir(&letters).unwrap().count() > 0);
    program.press("ggm").see("Meeting ·").press(SAVE).see("✓ saved");
    program.see("Not yet met").press("q").press("q").see("Alerts");
    quit(program);
    assert!(home.check().contains("Everything is sound."), "{}", home.check());
}
