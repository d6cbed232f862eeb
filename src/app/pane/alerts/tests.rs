//! The first few of a long list, what shows the rest, and where the cursor stays.

use super::*;
use crate::app::testing::Desk;
use crate::domain::flag::{FlagKind, Urgency};
use crate::fixture::{Fixture, ago};

/// Eight tutees with a concern each, and the keys in the alerts.
fn eight() -> Desk {
    let mut world = Fixture::new();
    for number in 0..8 {
        let name = format!("Tutee Number{number}");
        let student = world.tutee(&format!("2048123{number}"), &name, 4);
        world.flag(student, ago(number + 1), FlagKind::Concern, Urgency::Soon, "seen nowhere");
    }
    Desk::with(world.records()).keys("⇤")
}

fn lines(desk: &Desk) -> &[Line] {
    desk.model.desk.alerts.lines()
}

#[test]
fn five_are_shown_and_how_many_more_there_are() {
    let desk = eight();
    assert_eq!((lines(&desk).len(), lines(&desk)[5]), (6, Line::More(3)));
    let desk = desk.keys("f");
    assert_eq!((lines(&desk).len(), desk.model.desk.alerts.breadth()), (8, Breadth::All));
    let desk = desk.keys("f");
    assert_eq!(lines(&desk).len(), 6);
}

#[test]
fn enter_on_the_line_for_more_shows_all_and_the_cursor_stays() {
    let desk = eight().keys("G");
    assert_eq!(desk.model.desk.alerts.line(), Some(Line::More(3)));
    let desk = desk.keys("⏎");
    assert!(desk.model.popups.is_empty(), "nothing else was opened");
    assert_eq!((lines(&desk).len(), desk.model.desk.alerts.cursor.selected), (8, 5));
}

#[test]
fn a_student_who_is_not_among_the_first_is_found_by_showing_all() {
    let mut desk = eight();
    let last = desk.model.desk.alerts.rows()[7].student;
    desk.model.desk.alerts.select(last);
    assert_eq!(desk.model.desk.alerts.selected().map(|row| row.student), Some(last));
}

#[test]
fn the_number_of_rows_is_that_of_the_profile() {
    let mut desk = eight();
    desk.model.desk.alerts.cap_at(2);
    assert_eq!((lines(&desk).len(), lines(&desk)[2]), (3, Line::More(6)));
    desk.model.desk.alerts.cap_at(8);
    assert_eq!(lines(&desk).len(), 8);
}
