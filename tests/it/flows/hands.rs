//! Sizes and the mouse.

use super::Home;

#[test]
fn any_size_is_drawn_and_the_first_picture_comes_back() {
    let home = Home::with_tutees();
    let mut program = home.desk();
    // The last line is drawn last.
    program.see("Aisha Rahman ·").see("? help");
    let before = program.screen().contents();
    program.resize(20, 6).see("Aish…");
    program.resize(10, 3).see("needs 20");
    program.resize(200, 60).see("Alerts");
    program.resize(80, 24).wait("the same picture", |screen| screen.contents() == before);
}

#[test]
fn a_click_takes_a_tutee_in_hand() {
    let home = Home::with_tutees();
    let mut program = home.desk();
    program.see("Aisha Rahman ·").click("Ben O'Connor").see("Ben O'Connor ·");
    program.click("m meeting").see("Meeting · Ben O'Connor");
}
