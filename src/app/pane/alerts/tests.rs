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
fn the_line_of_the_quiet_ones_shows_those_whatever_else_is_held_back() {
    for key in ["⏎", "f"] {
        let desk = eight().keys("z‹ctrl-s›").saved().keys("G");
        assert_eq!(lines(&desk)[5..], [Line::More(2), Line::Quiet(1)]);
        assert_eq!(desk.model.desk.alerts.line(), Some(Line::Quiet(1)));
        let desk = desk.keys(key);
        let alerts = &desk.model.desk.alerts;
        assert_eq!((lines(&desk).len(), alerts.breadth()), (8, Breadth::Quiet));
        assert!(alerts.selected().is_some_and(|row| row.quiet.is_some()), "the first of them");
        assert_eq!(lines(&desk.keys("f")).len(), 7, "once more shows the first few again");
    }
}

#[test]
fn what_is_told_of_the_list_follows_every_change_of_it() {
    let same = |desk: &Desk| {
        let alerts = &desk.model.desk.alerts;
        let anew = Desk::with((*desk.model.records).clone());
        assert_eq!(alerts.counts(), anew.model.desk.alerts.counts());
        assert_eq!(alerts.is_first_run(), anew.model.desk.alerts.is_first_run());
        assert_eq!(alerts.fresh(), anew.model.desk.alerts.fresh());
        for file in desk.model.records.files() {
            let row = alerts.rows().iter().find(|row| row.student == file.student.id);
            assert_eq!(alerts.find(file.student.id), row);
        }
    };
    let desk = eight();
    same(&desk);
    let desk = desk.keys("z‹ctrl-s›").saved();
    assert_eq!(desk.model.desk.alerts.counts(), (7, 1));
    same(&desk);
    same(&desk.keys("U").saved());
}

#[test]
fn a_student_who_is_not_among_the_first_is_found_by_showing_all() {
    let mut desk = eight();
    let last = desk.model.desk.alerts.rows()[7].student;
    desk.model.desk.alerts.select(last);
    assert_eq!(desk.model.desk.alerts.selected().map(|row| row.student), Some(last));
}

#[test]
fn who_is_in_hand_and_not_shown_stays_in_hand_on_the_line_that_counts_them() {
    let mut desk = eight();
    let hidden = desk.model.desk.alerts.rows()[7].student;
    desk.model.focus = crate::app::Pane::Tutees;
    desk.model.desk.select(&desk.model.records, hidden);
    let desk = desk.keys("⇤");
    assert_eq!(desk.model.desk.alerts.line(), Some(Line::More(3)));
    assert_eq!(desk.model.desk.student(), Some(hidden));
}

#[test]
fn the_number_of_rows_is_that_of_the_profile() {
    let mut desk = eight();
    desk.model.desk.alerts.cap_at(Some(2));
    assert_eq!((lines(&desk).len(), lines(&desk)[2]), (3, Line::More(6)));
    desk.model.desk.alerts.cap_at(Some(8));
    assert_eq!(lines(&desk).len(), 8);
    desk.model.desk.alerts.cap_at(Some(1));
    assert_eq!(lines(&desk).len(), 2);
    desk.model.desk.alerts.cap_at(None);
    assert_eq!(lines(&desk).len(), 8, "a number of none shows all");
}
